"""Kinds whose immutable fields cannot be listed: which changes of each the API server refuses, and what to do.

A remedy may hold `{delete}` (the command that deletes the object), `{name}` and `{where}` (` -n NAMESPACE`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from generator.model.quantity import QuantityError, parse
from generator.stages.guard.equal import at, same, secret_data

Body: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One field that the server will not change."""

    path: str
    remedy: str
    detail: str = ""
    """What is wrong with the change; empty where the two values say it."""


_ANEW = "{delete}; the next sync makes it anew"
_NEW_CLAIM = "make a claim under another name and bring the data over; this one keeps its data until it is deleted"
_NEW_NAME = "give what changes another name (a hash of its content, say) and let pods name that"
_OTHER_JOB = (
    "give the Job another name (a hash of its content, say), or let the target replace it: annotate "
    "argocd.argoproj.io/sync-options: Force=true,Replace=true or kustomize.toolkit.fluxcd.io/force: enabled"
)
_ORPHAN = "{delete} --cascade=orphan; the next sync makes it anew, and it takes over its pods and claims"
_GROW = "{delete} --cascade=orphan; the next sync makes it anew; and grow each claim that exists"
_SHRINK = (
    "keep the size: no claim shrinks. For new pods alone: {delete} --cascade=orphan; the next sync makes it anew, and "
    "claims that exist keep their size"
)


# --- workloads

_STATEFUL_SET_MUTABLE = frozenset({
    "minReadySeconds", "ordinals", "persistentVolumeClaimRetentionPolicy", "replicas", "revisionHistoryLimit",
    "template", "updateStrategy",
})  # fmt: skip
_STATEFUL_SET_DEFAULTS = {"podManagementPolicy": "OrderedReady"}


def _stateful_set(old: Body, new: Body) -> Iterator[Refusal]:
    for name in _fields(old, new, _STATEFUL_SET_MUTABLE):
        default = _STATEFUL_SET_DEFAULTS.get(name)
        one, other = at(old, f"spec.{name}", default), at(new, f"spec.{name}", default)
        if name == "volumeClaimTemplates":
            one, other = _claim_templates(one), _claim_templates(other)
        if not same(one, other):
            remedy = _ORPHAN
            if name == "volumeClaimTemplates" and same(*map(_without_sizes, (one, other))):
                remedy = _SHRINK if any(map(_is_smaller, one, other)) else _GROW + _each_claim(old, one, other)
            if name == "selector":
                remedy = f"{_ANEW}, and its pods with it: pods that a new selector does not match are never adopted"
            yield Refusal(f"spec.{name}", remedy)
    if at(old, "spec.updateStrategy.type") is None:
        yield from _rolling_stays(old, new, "spec.updateStrategy", "OnDelete")


def _rolling_stays(old: Body, new: Body, path: str, other: str) -> Iterator[Refusal]:
    """The `rollingUpdate` that the server filled in belongs to nobody: it stays, and is refused beside another type."""
    if at(new, f"{path}.type") == other and "rollingUpdate" not in (at(old, path) or {}):
        yield Refusal(
            path,
            f"first have {path}.rollingUpdate: {{{{}}}} applied, in a change of its own; then the server drops it",
            f"the rollingUpdate that the server filled in stays, and is refused beside type {other}",
        )


def deployment_server_side(old: Body, new: Body) -> Iterator[Refusal]:
    """What server-side apply is refused of a Deployment; client-side apply drops the field."""
    yield from _rolling_stays(old, new, "spec.strategy", "Recreate")


def _claim_templates(templates: Any) -> list[dict[str, Any]]:
    """Claim templates as the server keeps them."""
    return [
        {
            "metadata": one.get("metadata"),
            "spec": {"volumeMode": "Filesystem", **(one.get("spec") or {})},
        }
        for one in templates or ()
        if isinstance(one, Mapping)
    ]


def _each_claim(body: Body, old: Sequence[Body], new: Sequence[Body]) -> str:
    """The commands that make the claims of each template as large as it says, by now."""
    replicas = at(body, "spec.replicas", 1)
    last = max(replicas - 1, 0) if isinstance(replicas, int) else 0
    told: list[str] = []
    for one, other in zip(old, new, strict=True):
        size = at(other["spec"], "resources.requests.storage")
        if size == at(one["spec"], "resources.requests.storage"):
            continue
        name = f"{at(other, 'metadata.name')}-{at(body, 'metadata.name')}".replace("{", "{{").replace("}", "}}")
        patch = f'{{{{"spec": {{{{"resources": {{{{"requests": {{{{"storage": "{size}"}}}}}}}}}}}}}}}}'
        each = f", {name}-0 to {name}-{last}" if last else ""
        told.append(f"{each}: kubectl patch pvc {name}-0{{where}} --patch '{patch}'")
    return "".join(told)


def _is_smaller(one: Body, other: Body) -> bool:
    """Whether a claim template asks for less than before."""
    before, after = (at(each["spec"], "resources.requests.storage", 0) for each in (one, other))
    try:
        return parse(after) < parse(before)
    except QuantityError:
        return False


def _without_sizes(templates: Sequence[Body]) -> list[Body]:
    return [{**one, "spec": {**one["spec"], "resources": None}} for one in templates]


_SCHEDULING = frozenset({"affinity", "nodeSelector", "schedulingGates", "tolerations"})


def _job(old: Body, new: Body) -> Iterator[Refusal]:
    one, other = at(old, "spec.template"), at(new, "spec.template")
    if at(old, "spec.suspend") is True:
        one, other = _without_scheduling(one), _without_scheduling(other)
    if not same(one, other):
        yield Refusal("spec.template", _OTHER_JOB)
    indexed = at(new, "spec.completionMode") == "Indexed"
    if not indexed and not same(_completions(old), _completions(new)):
        yield Refusal("spec.completions", _OTHER_JOB, f"was {_completions(old)}, is {_completions(new)}")
    if (
        indexed
        and not same(_completions(old), _completions(new))
        and at(new, "spec.completions") != at(new, "spec.parallelism", 1)
    ):
        yield Refusal("spec.completions", "change spec.parallelism to the same number", "it is not spec.parallelism")


def _completions(body: Body) -> Any:
    """The server's default of completions depends on parallelism."""
    return at(body, "spec.completions", 1 if at(body, "spec.parallelism") is None else None)


def _without_scheduling(template: Any) -> Any:
    """What must stay of the template of a Job that is suspended."""
    spec = template.get("spec") or {} if isinstance(template, Mapping) else {}
    return {"spec": {name: value for name, value in spec.items() if name not in _SCHEDULING}}


_POD_MUTABLE = frozenset({"activeDeadlineSeconds", "schedulingGates", "tolerations"})


def _pod(old: Body, new: Body) -> Iterator[Refusal]:
    for name in _fields(old, new, _POD_MUTABLE):
        one, other = at(old, f"spec.{name}"), at(new, f"spec.{name}")
        if name in {"containers", "initContainers"}:
            one, other = _without_images(one), _without_images(other)
        if not same(one, other):
            yield Refusal(f"spec.{name}", _ANEW)


def _without_images(containers: Any) -> Any:
    return [{**one, "image": None} for one in containers or () if isinstance(one, Mapping)]


# --- storage


def _claim(old: Body, new: Body) -> Iterator[Refusal]:
    for name in _fields(old, new, frozenset({"dataSource", "dataSourceRef", "resources", "volumeAttributesClassName"})):
        one, other = (body["spec"].get(name, "Filesystem" if name == "volumeMode" else None) for body in (old, new))
        if name == "storageClassName":
            if one != other:
                yield Refusal("spec.storageClassName", _NEW_CLAIM, f"was {_class(one)}, is {_class(other)}")
        elif not same(one, other) and (name != "volumeName" or one):
            yield Refusal(f"spec.{name}", _NEW_CLAIM)
    if not same(_source(old), _source(new)):
        yield Refusal("spec.dataSource", _NEW_CLAIM, "what a claim was filled from is history")
    yield from _sizes(old, new)
    if at(old, "spec.volumeAttributesClassName") and not at(new, "spec.volumeAttributesClassName"):
        yield Refusal("spec.volumeAttributesClassName", "name another class: a claim cannot go back to none")


def _class(name: str | None) -> str:
    if name is None:
        return "left to the cluster's default"
    return repr(name) if name else "'' (none)"


def _source(body: Body) -> Any:
    source = at(body, "spec.dataSourceRef") or at(body, "spec.dataSource") or {}
    return {name: source.get(name) for name in ("apiGroup", "kind", "name", "namespace")}


def _sizes(old: Body, new: Body) -> Iterator[Refusal]:
    one, other = at(old, "spec.resources", {}), at(new, "spec.resources", {})
    path = "spec.resources.requests.storage"
    before, after = at(old, path), at(new, path)
    if not same({**one, "requests": None}, {**other, "requests": None}):
        yield Refusal("spec.resources", _NEW_CLAIM)
    try:
        shrinks = before is not None and after is not None and parse(after) < parse(before)
    except QuantityError:
        return  # whatever it is, it does not get as far as the claim
    if shrinks:
        detail = f"a claim only grows, and {after} is less than {before}"
        yield Refusal(path, f"keep {before}, or {_NEW_CLAIM}", detail)
    elif (before is None) != (after is None):
        yield Refusal(path, _NEW_CLAIM)


_VOLUME_MUTABLE = frozenset({
    "accessModes", "capacity", "claimRef", "mountOptions", "nodeAffinity", "persistentVolumeReclaimPolicy",
    "storageClassName", "volumeAttributesClassName",
})  # fmt: skip


def _volume(old: Body, new: Body) -> Iterator[Refusal]:
    for name in _fields(old, new, _VOLUME_MUTABLE):
        default = "Filesystem" if name == "volumeMode" else None
        if not same(at(old, f"spec.{name}", default), at(new, f"spec.{name}", default)):
            yield Refusal(f"spec.{name}", "make a volume under another name; the data stay where they are")


# --- the rest


def _service(old: Body, new: Body) -> Iterator[Refusal]:
    types = {at(body, "spec.type", "ClusterIP") for body in (old, new)}
    if "ExternalName" in types:
        return
    before, after = at(old, "spec.clusterIP"), at(new, "spec.clusterIP")
    remedy = f"{_ANEW}, with another address; or make a Service under another name"
    if before == "None" and after is None:
        yield Refusal("spec.clusterIP", remedy, "a headless Service stays headless until it is made anew")
    elif after == "None" and before != "None":
        yield Refusal("spec.clusterIP", remedy, "a Service with an address does not become headless")
    elif before is not None and after is not None and before != after:
        yield Refusal("spec.clusterIP", remedy)
    first, now = at(old, "spec.ipFamilies"), at(new, "spec.ipFamilies")
    if first and now and first[0] != now[0] and "None" not in {before, after}:
        yield Refusal("spec.ipFamilies", remedy, f"the first family was {first[0]}, is {now[0]}")
    if types == {"LoadBalancer"} and not same(at(old, "spec.loadBalancerClass"), at(new, "spec.loadBalancerClass")):
        yield Refusal("spec.loadBalancerClass", remedy)


def _config_map(old: Body, new: Body) -> Iterator[Refusal]:
    if old.get("immutable") is True:
        if new.get("immutable") is not True:
            yield Refusal("immutable", _NEW_NAME, "it is immutable once and for all")
        for field, one, other in (
            ("data", secret_data(old), secret_data(new)),
            ("binaryData", old.get("binaryData") or {}, new.get("binaryData") or {}),
        ):
            if one != other:
                # Keys only: what a Secret holds must not get into any message.
                keys = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
                yield Refusal(field, _NEW_NAME, f"it is immutable, and {', '.join(keys)} differ")


def _secret(old: Body, new: Body) -> Iterator[Refusal]:
    if not same(old.get("type") or "Opaque", new.get("type") or "Opaque"):
        yield Refusal("type", _ANEW)
    yield from _config_map(old, new)


def _definition(old: Body, new: Body) -> Iterator[Refusal]:
    """Of a CustomResourceDefinition: a version in which objects are stored cannot go."""
    served = {one.get("name") for one in at(new, "spec.versions", ())}
    for one in at(old, "spec.versions", ()):
        if one.get("storage") is True and one.get("name") not in served:
            yield Refusal(
                "spec.versions",
                "keep the version with served: false until every object is stored in another and "
                "status.storedVersions no longer names it",
                f"objects are stored as {one.get('name')}, which is no longer there",
            )


def _fields(old: Body, new: Body, mutable: frozenset[str]) -> list[str]:
    """The fields of either spec that are not *mutable*."""
    specs = [at(body, "spec") for body in (old, new)]
    return sorted({str(name) for spec in specs if isinstance(spec, Mapping) for name in spec} - mutable)


RULES: dict[tuple[str, str], Callable[[Body, Body], Iterator[Refusal]]] = {
    ("", "ConfigMap"): _config_map,
    ("", "PersistentVolume"): _volume,
    ("", "PersistentVolumeClaim"): _claim,
    ("", "Pod"): _pod,
    ("", "Secret"): _secret,
    ("", "Service"): _service,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): _definition,
    ("apps", "StatefulSet"): _stateful_set,
    ("batch", "Job"): _job,
}
"""By group and kind."""
