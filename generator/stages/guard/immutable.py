"""Changes that the API server refuses: fields that cannot change once an object exists.

From the `ValidateUpdate` of each kind in Kubernetes 1.37, whose verdicts on the tests' cases are recorded. What a
manifest leaves out counts as the default that the server fills in; where only the cluster knows it (the default
storage class), stating it later counts as a change. Quantities go by value. An object that its target deletes and
makes anew (an Argo CD hook, `Force=true,Replace=true`, Flux's `force`) is refused nothing, unless it holds data.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.model.finding import Finding
from generator.model.merge_rules import merge_rule
from generator.model.resource import ResourceId, annotations_of
from generator.model.values import Object
from generator.stages.compare.fields import FieldChange, differences, pointer
from generator.stages.guard.equal import at, same
from generator.stages.guard.immutable_kinds import RULES, Refusal, deployment_server_side

_FIELDS: dict[tuple[str, str], dict[str, Any]] = {
    ("", "ResourceQuota"): {"spec.scopes": None},
    ("apiextensions.k8s.io", "CustomResourceDefinition"): {
        "spec.group": None,
        "spec.scope": None,
        "spec.names.kind": None,
        "spec.names.plural": None,
    },
    ("apps", "DaemonSet"): {"spec.selector": None},
    ("apps", "Deployment"): {"spec.selector": None},
    ("apps", "ReplicaSet"): {"spec.selector": None},
    ("batch", "Job"): {
        "spec.selector": None,
        "spec.completionMode": "NonIndexed",
        "spec.podFailurePolicy": None,
        "spec.backoffLimitPerIndex": None,
        "spec.managedBy": None,
        "spec.successPolicy": None,
    },
    ("networking.k8s.io", "IngressClass"): {"spec.controller": None},
    ("node.k8s.io", "RuntimeClass"): {"handler": None},
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): {"roleRef.kind": None, "roleRef.name": None},
    ("rbac.authorization.k8s.io", "RoleBinding"): {"roleRef.kind": None, "roleRef.name": None},
    ("scheduling.k8s.io", "PriorityClass"): {"value": 0, "preemptionPolicy": "PreemptLowerPriority"},
    ("snapshot.storage.k8s.io", "VolumeSnapshot"): {"spec.source": None},
    ("storage.k8s.io", "CSIDriver"): {"spec.attachRequired": True, "spec.volumeLifecycleModes": ["Persistent"]},
    ("storage.k8s.io", "StorageClass"): {
        "provisioner": None,
        "parameters": None,
        "reclaimPolicy": "Delete",
        "volumeBindingMode": "Immediate",
    },
    ("storage.k8s.io", "VolumeAttributesClass"): {"driverName": None, "parameters": None},
}
"""Fields that must stay, with the server's default of each. `immutable_kinds` has the rules that are no list."""

_ANEW = "{delete}; the next sync makes it anew"
_SELECTOR = f"keep out of the selector what changes, such as a version; else {_ANEW}, and its pods with it"
_REMEDIES = {
    "CustomResourceDefinition": "make another definition: to delete this one deletes every object of its kind",
    "DaemonSet": _SELECTOR,
    "Deployment": _SELECTOR,
    "Job": "give the Job another name (a hash of its content, say)",
    "PriorityClass": "make a class under another name and let pods name that",
    "ReplicaSet": _SELECTOR,
    "StorageClass": f"{_ANEW}; volumes that exist keep what they were made with",
    "VolumeAttributesClass": "make a class under another name and let claims name that",
    "VolumeSnapshot": "make a snapshot under another name",
}
"""By kind, where to delete it and make it anew is not the whole answer."""

_HOLD_DATA = frozenset({"CustomResourceDefinition", "PersistentVolume", "PersistentVolumeClaim"})
_SHOWN = 3
"""How many differences inside a field a message tells."""


def guards(id_: ResourceId) -> bool:
    """Whether there is any rule for objects of that kind."""
    return (id_.group, id_.kind) in _FIELDS or (id_.group, id_.kind) in RULES


def findings(old: Iterable[Object], new: Iterable[Object], *, server_side: bool = False) -> tuple[Finding, ...]:
    """What the API server will refuse when the objects *old* become *new*, by identity, in the order of *new*.

    *server_side*: whether they are applied so, as Flux does; Argo CD does it where an object asks for it.
    """
    before = {ResourceId.of(body): body for body in old}
    found: list[Finding] = []
    for body in new:
        id_ = ResourceId.of(body)
        if id_ in before and (id_.kind in _HOLD_DATA or not is_made_anew(body)):
            found += (_finding(before[id_], body, id_, one) for one in _refusals(before[id_], body, id_))
            if id_.kind == "Deployment" and (server_side or "ServerSideApply=true" in _sync_options(body)):
                found += (_finding(before[id_], body, id_, one) for one in deployment_server_side(before[id_], body))
    return tuple(found)


def _refusals(old: Object, new: Object, id_: ResourceId) -> Iterator[Refusal]:
    key = (id_.group, id_.kind)
    for path, default in _FIELDS.get(key, {}).items():
        if not same(at(old, path, default), at(new, path, default)):
            yield Refusal(path, _REMEDIES.get(id_.kind, _ANEW))
    if key in RULES:
        yield from RULES[key](old, new)


def _finding(old: Object, new: Object, id_: ResourceId, refusal: Refusal) -> Finding:
    detail = refusal.detail or _detail(old, new, refusal.path)
    where = f" -n {id_.namespace}" if id_.namespace else ""
    delete = f"kubectl delete {id_.kind.lower()} {id_.name}{where}"
    return Finding(
        code="MW604",
        id=id_,
        field=refusal.path,
        message=f"{refusal.path} of {id_.kind} {id_.name} cannot change: {detail}",
        reason=f"{refusal.path} cannot change: {detail}",
        hint=refusal.remedy.format(delete=delete, name=id_.name, where=where),
    )


def _detail(old: Object, new: Object, path: str) -> str:
    """The differences inside the field, as far as a message has room."""
    rule = merge_rule(*ResourceId.of(new)[:2])
    for name in path.split("."):
        rule = rule.of(name)
    changes = differences(at(old, path), at(new, path), rule)
    shown = [_told(change) for change in changes[:_SHOWN]]
    more = [f"and {len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else []
    return ", ".join((*shown, *more))


def _told(change: FieldChange) -> str:
    where = pointer(change.path)
    what = f"was {_short(change.old)}, is {_short(change.new)}" if change.kind == "changed" else str(change.kind)
    return f"{where} {what}".strip()


def _short(value: Any) -> str:
    return repr(value) if isinstance(value, str | int | float | None) else "something else"


def refusals(old: Object, new: Object) -> tuple[str, ...]:
    """The fields that a cluster would not change, whether or not the target makes the object anew."""
    return tuple(one.path for one in _refusals(old, new, ResourceId.of(new)))


def is_made_anew(body: Object) -> bool:
    """Whether the target deletes the object before it applies a new one."""
    annotations = annotations_of(body)
    return (
        "argocd.argoproj.io/hook" in annotations
        or {"Force=true", "Replace=true"} <= _sync_options(body)
        or annotations.get("kustomize.toolkit.fluxcd.io/force") == "enabled"
    )


def _sync_options(body: Object) -> set[str]:
    """What Argo CD is asked to do about the object."""
    annotations = annotations_of(body)
    return {option.strip() for option in str(annotations.get("argocd.argoproj.io/sync-options", "")).split(",")}
