"""References between the objects of one bundle: what names something must find it, what selects must select.

All of it is warnings: what is missing here may come from elsewhere. What a group declares comes from elsewhere indeed:
the Secrets under `secrets` and `backup`, and whatever is called as a group that it depends on.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from generator.diagnostics import Severity
from generator.model import kinds
from generator.model.plan import Plan
from generator.model.references import Reference, references
from generator.model.resource import Resource, labels_of
from generator.model.values import Pointer
from generator.stages.objects.fleet import exclusive
from generator.stages.objects.issue import Issue
from generator.stages.objects.structs import maps
from generator.stages.objects.whole import spec
from generator.yamlio.wording import choices

AT_RUN_TIME: Final = frozenset({
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "middleware.io/role",
    "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
})  # fmt: skip
"""Labels that pods get while they run: no template has them."""

_GIVEN: Final = {"ConfigMap": {"kube-root-ca.crt"}, "ServiceAccount": {"default"}}
"""What every namespace has."""


class Told(NamedTuple):
    """An issue of one of the bundle's objects."""

    resource: Resource
    issue: Issue


class _Pods(NamedTuple):
    owner: Resource
    path: Pointer
    template: Mapping[str, Any]
    labels: Mapping[str, Any]


def links(resources: Sequence[Resource], plan: Plan) -> Iterator[Told]:
    """What leads nowhere in a bundle."""
    names: dict[tuple[str, str], set[str]] = {}
    for one in resources:
        names.setdefault((one.id.kind, one.id.namespace), set()).add(one.id.name)
        names.setdefault(("PersistentVolumeClaim", one.id.namespace), set()).update(_made_claims(one))
    pods = [_pods(one, template) for one in resources if (template := kinds.pod_template(one.body)) is not None]
    elsewhere = _declared(plan)
    for each in pods:
        yield from _used(each, names, elsewhere, plan)
    taken: dict[str, Resource] = {}
    for one in resources:
        for claim in exclusive([one]):
            if (other := taken.setdefault(claim, one)) is not one:
                yield Told(one, Issue("MW585", ("spec",), f"{other.id.kind} {other.id.name} wants {claim}, too"))
    for one in resources:
        for issue in _RULES.get((one.id.group, one.id.kind), _nothing)(one, resources, pods, names):
            yield Told(one, issue)


def _pods(owner: Resource, template: Mapping[str, Any]) -> _Pods:
    group, kind, _, _ = owner.id
    path = kinds.pod_template_path(group, kind) or ()
    return _Pods(owner, path, template, labels_of(template))


def _made_claims(one: Resource) -> Iterator[str]:
    """The claims that a StatefulSet makes, for the pods that it has; a stopped one keeps its first pod's."""
    if one.id[:2] == ("apps", "StatefulSet"):
        fields = spec(one.body)
        replicas = fields.get("replicas", 1)
        for _, claim in maps(fields.get("volumeClaimTemplates")):
            name = (claim.get("metadata") or {}).get("name")
            for ordinal in range(max(replicas, 1) if isinstance(replicas, int) else 1):
                yield f"{name}-{one.id.name}-{ordinal}"


def _declared(plan: Plan) -> set[str]:
    """Every text in what the group says of secrets, backup and monitoring: names of things that are there already."""
    found: set[str] = set()
    waiting: list[Any] = [plan.secrets, plan.backup, plan.monitoring]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, (list, tuple)):
            waiting += value
    return found


def _warning(code: str, pointer: Pointer, message: str, hint: str = "") -> Issue:
    return Issue(code, pointer, message, hint, Severity.WARNING)


# --- what pods use


def _used(pods: _Pods, names: Mapping[tuple[str, str], set[str]], elsewhere: set[str], plan: Plan) -> Iterator[Told]:
    for use in references(pods.template):
        there = names.get((use.kind, pods.owner.id.namespace), set())
        if use.optional or use.name in there or use.name in elsewhere or use.name in _GIVEN.get(use.kind, ()):
            continue
        if any(use.name == group or use.name.startswith(f"{group}-") for group in plan.depends_on):
            continue
        hint = choices(use.name, there)
        if use.kind == "Secret":
            hint = hint if hint.startswith("did") else "name it under spec.secrets of the group, so that readers know"
        pointer = _mention(pods.template, use)
        yield Told(
            pods.owner,
            _warning("MW581", (*pods.path, *pointer), f"there is no {use.kind} {use.name} in the bundle", hint),
        )


_NAMED_BY: Final = {
    "ConfigMap": {"configMap", "configMapRef", "configMapKeyRef"},
    "Secret": {"secret", "secretRef", "secretKeyRef"},
    "PersistentVolumeClaim": {"persistentVolumeClaim"},
}
"""By kind: the fields that hold a name of it."""


def _mention(value: Any, use: Reference, pointer: Pointer = ()) -> Pointer:
    """Where a pod template, or a part of it, says what it uses; nothing, where that part does not."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in steps:
        if part == use.name and (
            step == "serviceAccountName"
            if use.kind == "ServiceAccount"
            else bool(pointer) and pointer[-1] in _NAMED_BY[use.kind]
        ):
            return (*pointer, step)
        if found := _mention(part, use, (*pointer, step)):
            return found
    return ()


# --- what selects pods


def _nothing(*_: Any) -> Iterator[Issue]:
    yield from ()


def _selected(labels: Mapping[str, Any], pods: Sequence[_Pods], namespace: str) -> list[_Pods]:
    wanted = {key: value for key, value in labels.items() if key not in AT_RUN_TIME}.items()
    return [one for one in pods if one.owner.id.namespace == namespace and wanted <= one.labels.items()]


def _service(one: Resource, _: Sequence[Resource], pods: Sequence[_Pods], __: Any) -> Iterator[Issue]:
    selector = spec(one.body).get("selector")
    if not isinstance(selector, dict) or not selector:
        return
    selected = _selected(selector, pods, one.id.namespace)
    if not selected:
        yield _warning("MW582", ("spec", "selector"), "no pod of the bundle has these labels")
        return
    ports = {name for each in selected for name in _port_names(each.template)}
    for index, port in maps(spec(one.body).get("ports")):
        target = port.get("targetPort")
        if isinstance(target, str) and target not in ports:
            yield _warning(
                "MW581",
                ("spec", "ports", index, "targetPort"),
                f"no container that the Service selects has a port called {target}",
                choices(target, sorted(ports)),
            )


def _port_names(template: Mapping[str, Any]) -> Iterator[str]:
    pod = template.get("spec")
    for field in ("containers", "initContainers"):
        for _, container in maps(pod.get(field)) if isinstance(pod, dict) else ():
            yield from (str(port["name"]) for _, port in maps(container.get("ports")) if port.get("name"))


def _selecting(field: str) -> Any:
    def rule(one: Resource, _: Sequence[Resource], pods: Sequence[_Pods], __: Any) -> Iterator[Issue]:
        selector = spec(one.body).get(field)
        labels = selector.get("matchLabels") if isinstance(selector, dict) else None
        if isinstance(labels, dict) and labels and not _selected(labels, pods, one.id.namespace):
            yield _warning("MW582", ("spec", field, "matchLabels"), "no pod of the bundle has these labels")

    return rule


def _monitor(one: Resource, resources: Sequence[Resource], _: Any, __: Any) -> Iterator[Issue]:
    """A ServiceMonitor's Services, and the names of their ports."""
    selector = spec(one.body).get("selector")
    labels = selector.get("matchLabels") if isinstance(selector, dict) else None
    if not isinstance(labels, dict):
        return
    found = [each for each in resources if each.id.kind == "Service" and labels.items() <= labels_of(each.body).items()]
    if not found:
        yield _warning("MW582", ("spec", "selector", "matchLabels"), "no Service of the bundle has these labels")
        return
    ports = {str(port.get("name")) for each in found for _, port in maps(spec(each.body).get("ports"))}
    for index, endpoint in maps(spec(one.body).get("endpoints")):
        if isinstance(endpoint.get("port"), str) and endpoint["port"] not in ports:
            yield _warning(
                "MW581",
                ("spec", "endpoints", index, "port"),
                f"no Service that is selected has a port called {endpoint['port']}",
                choices(endpoint["port"], sorted(ports)),
            )


def _pod_monitor(one: Resource, _: Sequence[Resource], pods: Sequence[_Pods], __: Any) -> Iterator[Issue]:
    selector = spec(one.body).get("selector")
    labels = selector.get("matchLabels") if isinstance(selector, dict) else None
    if not isinstance(labels, dict):
        return
    selected = _selected(labels, pods, one.id.namespace)
    if not selected:
        yield _warning("MW582", ("spec", "selector", "matchLabels"), "no pod of the bundle has these labels")
        return
    ports = {name for each in selected for name in _port_names(each.template)}
    for index, endpoint in maps(spec(one.body).get("podMetricsEndpoints")):
        if isinstance(endpoint.get("port"), str) and endpoint["port"] not in ports:
            yield _warning(
                "MW581",
                ("spec", "podMetricsEndpoints", index, "port"),
                f"no container that is selected has a port called {endpoint['port']}",
                choices(endpoint["port"], sorted(ports)),
            )


# --- what names another object


def _stateful(one: Resource, resources: Sequence[Resource], pods: Any, names: Any) -> Iterator[Issue]:
    del resources, pods
    wanted = spec(one.body).get("serviceName")
    services = names.get(("Service", one.id.namespace), set())
    if isinstance(wanted, str) and wanted and wanted not in services:
        yield _warning(
            "MW581",
            ("spec", "serviceName"),
            f"there is no Service {wanted} in the bundle: the pods have no names in DNS",
            choices(wanted, sorted(services)),
        )


def _autoscaler(one: Resource, resources: Sequence[Resource], pods: Any, names: Any) -> Iterator[Issue]:
    del pods, names
    target = spec(one.body).get("scaleTargetRef")
    if isinstance(target, dict) and not any(
        each.id.kind == target.get("kind") and each.id.name == target.get("name") for each in resources
    ):
        yield _warning(
            "MW581",
            ("spec", "scaleTargetRef", "name"),
            f"there is no {target.get('kind')} {target.get('name')} in the bundle",
        )


def _binding(one: Resource, resources: Sequence[Resource], pods: Any, names: Any) -> Iterator[Issue]:
    del resources, pods
    role = one.body.get("roleRef")
    if isinstance(role, dict) and role.get("kind") == "Role":
        roles = names.get(("Role", one.id.namespace), set())
        if role.get("name") not in roles:
            yield _warning("MW581", ("roleRef", "name"), f"there is no Role {role.get('name')} in the bundle")
    for index, subject in maps(one.body.get("subjects")):
        accounts = names.get(("ServiceAccount", str(subject.get("namespace") or one.id.namespace)), set())
        if subject.get("kind") == "ServiceAccount" and subject.get("name") not in {*accounts, "default"}:
            yield _warning(
                "MW581", ("subjects", index, "name"), f"there is no ServiceAccount {subject.get('name')} in the bundle"
            )


def _shared(one: Resource, resources: Sequence[Resource], pods: Any, names: Any) -> Iterator[Issue]:
    """A claim that only one node can mount, and several pods that want it."""
    del pods, names
    replicas = spec(one.body).get("replicas")
    template = kinds.pod_template(one.body)
    if not isinstance(replicas, int) or replicas < 2 or template is None:
        return
    claims = {each.id.name: each for each in resources if each.id[:2] == ("", "PersistentVolumeClaim")}
    for use in references(template):
        claim = claims.get(use.name) if use.kind == "PersistentVolumeClaim" else None
        modes = spec(claim.body).get("accessModes") if claim else None
        if isinstance(modes, list) and not {"ReadWriteMany", "ReadOnlyMany"} & {*modes}:
            yield _warning(
                "MW583",
                ("spec", "replicas"),
                f"{replicas} pods share the claim {use.name}, which is {', '.join(map(str, modes))}: pods on another"
                " node never start, and those on one node write into each other's data",
                "use a StatefulSet with volumeClaimTemplates, or one replica",
            )


_RULES = {
    ("", "Service"): _service,
    ("apps", "StatefulSet"): _stateful,
    ("apps", "Deployment"): _shared,
    ("policy", "PodDisruptionBudget"): _selecting("selector"),
    ("networking.k8s.io", "NetworkPolicy"): _selecting("podSelector"),
    ("autoscaling", "HorizontalPodAutoscaler"): _autoscaler,
    ("rbac.authorization.k8s.io", "RoleBinding"): _binding,
    ("monitoring.coreos.com", "ServiceMonitor"): _monitor,
    ("monitoring.coreos.com", "PodMonitor"): _pod_monitor,
}
"""By group and kind. Each takes the object, the bundle, its pods, and its names by kind and namespace."""
