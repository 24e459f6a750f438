"""What an API server refuses of a part of an object as a whole: fields that exclude each other, or need each other.

By the part's type, so that a rule about containers holds wherever containers are. Each function takes the part, whose
fields have their types, or not: it must bear anything, and gives issues with pointers from the part on.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from generator.model import quantity
from generator.model.resource import labels_of
from generator.stages.objects import syntax
from generator.stages.objects.issue import Issue, refused
from generator.yamlio.wording import choices

StructRule: TypeAlias = Callable[[Mapping[str, Any]], Iterator[Issue]]


def maps(value: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The maps in a list, with their indexes; nothing where *value* is no list."""
    for index, element in enumerate(value if isinstance(value, list) else ()):
        if isinstance(element, dict):
            yield index, element


def _one(struct: Mapping[str, Any], *names: str, at_most: bool = False) -> Iterator[Issue]:
    there = [name for name in names if struct.get(name) is not None]
    if len(there) > 1:
        yield Issue(
            "MW579", (there[1],), f"{' and '.join(there)} exclude each other", f"keep one of {', '.join(there)}"
        )
    elif not there and not at_most:
        yield Issue("MW573", (), f"has none of {', '.join(names)}", "one of them is required")


def _probe(probe: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _one(probe, "exec", "httpGet", "tcpSocket", "grpc")


def _handler(handler: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _one(handler, "exec", "httpGet", "tcpSocket", "sleep")


def _environment_variable(variable: Mapping[str, Any]) -> Iterator[Issue]:
    if variable.get("value") not in (None, ""):
        yield from _one(variable, "value", "valueFrom", at_most=True)


def _value_from(source: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _one(source, "configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef", "fileKeyRef")


_SOURCES = frozenset(
    (
        *("configMap", "secret", "emptyDir", "persistentVolumeClaim", "hostPath", "projected", "downwardAPI", "csi"),
        *(
            "ephemeral",
            "nfs",
            "iscsi",
            "fc",
            "rbd",
            "awsElasticBlockStore",
            "azureDisk",
            "azureFile",
            "cephfs",
            "cinder",
        ),
        *("flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "photonPersistentDisk", "image"),
        *("portworxVolume", "quobyte", "scaleIO", "storageos", "vsphereVolume"),
    )
)


def _volume(volume: Mapping[str, Any]) -> Iterator[Issue]:
    there = [name for name in volume if name in _SOURCES and volume[name] is not None]
    if len(there) > 1:
        yield Issue("MW579", (there[1],), f"{' and '.join(there)} exclude each other", "a volume has one source")


def _resources(resources: Mapping[str, Any]) -> Iterator[Issue]:
    """Requests beyond their limits."""
    requests, limits = resources.get("requests"), resources.get("limits")
    if not isinstance(requests, dict) or not isinstance(limits, dict):
        return
    for name, wanted in requests.items():
        limit = limits.get(name)
        if limit is None or not isinstance(wanted, (str, int, float)) or not isinstance(limit, (str, int, float)):
            continue
        if _beyond(wanted, limit):
            yield refused(
                ("requests", name), f"{wanted} is beyond the limit {limit}", "raise the limit with the request"
            )


@lru_cache(maxsize=1024)
def _beyond(wanted: str | float, limit: str | float) -> bool:
    try:
        return quantity.parse(wanted) > quantity.parse(limit)
    except quantity.QuantityError:
        return False


def _container(container: Mapping[str, Any]) -> Iterator[Issue]:
    if container.get("image") is None:
        yield Issue("MW573", (), "has no image", "an image is required here")
    names: dict[Any, int] = {}
    for index, port in maps(container.get("ports")):
        name = port.get("name")
        if isinstance(name, str) and names.setdefault(name, index) != index:
            yield Issue("MW578", ("ports", index, "name"), f"two ports are called {name}")


def _pod(spec: Mapping[str, Any]) -> Iterator[Issue]:
    if spec.get("containers") == []:
        yield Issue("MW573", ("containers",), "has no container", "a pod has at least one")
    initial = {container.get("name") for _, container in maps(spec.get("initContainers"))}
    for index, container in maps(spec.get("containers")):
        if container.get("name") in initial:
            yield Issue("MW578", ("containers", index, "name"), f"an init container is called {container['name']}, too")


# --- what makes pods


def _template(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    template = spec.get("template")
    return template if isinstance(template, dict) else {}


def _pod_of(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    pod = _template(spec).get("spec")
    return pod if isinstance(pod, dict) else {}


def _mounts(pod: Mapping[str, Any], *prefix: str, claims: frozenset[Any] = frozenset()) -> Iterator[Issue]:
    """Mounts of volumes that the pod does not have."""
    volumes = {volume.get("name") for _, volume in maps(pod.get("volumes"))} | claims
    for field in ("initContainers", "containers"):
        for index, container in maps(pod.get(field)):
            for number, mount in maps(container.get("volumeMounts")):
                if mount.get("name") not in volumes:
                    yield refused(
                        (*prefix, field, index, "volumeMounts", number, "name"),
                        f"the pod has no volume {mount.get('name')}",
                        nearest_of(mount.get("name"), volumes) or "declare it below volumes of the pod",
                    )


def nearest_of(name: Any, known: Iterable[Any]) -> str:
    """A hint on the nearest of *known*."""
    return choices(str(name), sorted(str(one) for one in known if one is not None))


def _running(spec: Mapping[str, Any]) -> Iterator[Issue]:
    """A controller of pods that run for ever: Deployment, StatefulSet, DaemonSet, ReplicaSet."""
    labels, selector = labels_of(_template(spec)), spec.get("selector")
    wanted = selector.get("matchLabels") if isinstance(selector, dict) else None
    if isinstance(selector, dict) and not selector:
        yield refused(("selector",), "is empty, and would select every pod")
    for key, value in wanted.items() if isinstance(wanted, dict) and _template(spec) else ():
        if labels.get(key) != value:
            yield refused(
                ("selector", "matchLabels", key),
                f"the pod template has not the label {key}: {value}",
                "the labels of spec.template.metadata must have all of spec.selector.matchLabels",
            )
    policy = _pod_of(spec).get("restartPolicy")
    if policy not in (None, "Always"):
        yield refused(("template", "spec", "restartPolicy"), f"{policy} is not for pods that run for ever", "Always")


def _replicated(spec: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _running(spec)
    yield from _mounts(_pod_of(spec), "template", "spec")


def _stateful(spec: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _running(spec)
    claims = set()
    for index, claim in maps(spec.get("volumeClaimTemplates")):
        metadata = claim.get("metadata")
        name = metadata.get("name") if isinstance(metadata, dict) else None
        if name in claims:
            yield Issue("MW578", ("volumeClaimTemplates", index, "metadata", "name"), f"two claims are called {name}")
        claims.add(name)
    yield from _mounts(_pod_of(spec), "template", "spec", claims=frozenset(claims))


def _job(spec: Mapping[str, Any]) -> Iterator[Issue]:
    policy = _pod_of(spec).get("restartPolicy")
    if policy not in ("Never", "OnFailure"):
        yield refused(
            ("template", "spec", "restartPolicy"),
            f"{'a Job must say it' if policy is None else f'{policy} is not for Jobs'}: Never or OnFailure",
        )
    yield from _mounts(_pod_of(spec), "template", "spec")


# --- all else


def _metadata(metadata: Mapping[str, Any]) -> Iterator[Issue]:
    labels, annotations = metadata.get("labels"), metadata.get("annotations")
    for key, message in syntax.label_mistakes(labels) if isinstance(labels, dict) else ():
        yield Issue(
            "MW577", ("labels", key), message, "letters, digits, '-', '_' and '.', with a letter or digit at both ends"
        )
    if not isinstance(annotations, dict):
        return
    size = 0
    for key, value in annotations.items():
        size += len(key) + (len(value) if isinstance(value, str) else 0)
        if not syntax.is_label_key(key.lower()):
            yield Issue("MW577", ("annotations", key), f'"{key}" is no annotation key')
    if size > 256 * 1024:
        yield Issue("MW584", ("annotations",), f"the annotations are {size // 1024} KiB together; 256 KiB are allowed")


def _selector(selector: Mapping[str, Any]) -> Iterator[Issue]:
    labels = selector.get("matchLabels")
    for key, message in syntax.label_mistakes(labels) if isinstance(labels, dict) else ():
        yield Issue("MW577", ("matchLabels", key), message)
    for index, one in maps(selector.get("matchExpressions")):
        listed = bool(one.get("values"))
        if one.get("operator") in ("In", "NotIn") and not listed:
            yield Issue("MW573", ("matchExpressions", index), f"{one['operator']} has no values")
        elif one.get("operator") in ("Exists", "DoesNotExist") and listed:
            yield Issue("MW579", ("matchExpressions", index, "values"), f"{one['operator']} takes no values")


def _service(spec: Mapping[str, Any]) -> Iterator[Issue]:
    ports, kind = spec.get("ports"), spec.get("type") or "ClusterIP"
    if kind == "ExternalName":
        if not spec.get("externalName"):
            yield Issue("MW573", (), "has no externalName", "type ExternalName requires it")
        return
    if not ports and spec.get("clusterIP") != "None":
        yield Issue("MW573", (), "has no port", "only a headless Service may do without")
    if spec.get("clusterIP") == "None" and kind != "ClusterIP":
        yield Issue("MW579", ("clusterIP",), f"a Service of type {kind} cannot be headless")
    names: set[Any] = set()
    for index, port in maps(ports):
        name = port.get("name")
        if name is None and isinstance(ports, list) and len(ports) > 1:
            yield Issue("MW573", ("ports", index), "has no name", "of several ports each has a name")
        elif name is not None and name in names:
            yield Issue("MW578", ("ports", index, "name"), f"two ports are called {name}")
        names.add(name)
        if port.get("nodePort") and kind == "ClusterIP":
            yield Issue("MW579", ("ports", index, "nodePort"), "a Service of type ClusterIP has no nodePort")


def _budget(spec: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _one(spec, "minAvailable", "maxUnavailable", at_most=True)


def _claim(spec: Mapping[str, Any]) -> Iterator[Issue]:
    resources = spec.get("resources")
    requests = resources.get("requests") if isinstance(resources, dict) else None
    if not isinstance(requests, dict) or requests.get("storage") is None:
        yield Issue("MW573", (), "requests no storage", "resources.requests.storage is required")
    modes = spec.get("accessModes")
    if not modes:
        yield Issue("MW573", (), "has no accessModes", "ReadWriteOnce is the usual one")
    elif isinstance(modes, list) and "ReadWriteOncePod" in modes and len(modes) > 1:
        yield Issue("MW579", ("accessModes",), "ReadWriteOncePod stands alone")


def _autoscaler(spec: Mapping[str, Any]) -> Iterator[Issue]:
    low, high = spec.get("minReplicas"), spec.get("maxReplicas")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield refused(("minReplicas",), f"{low} is more than maxReplicas, {high}")


def _peer(peer: Mapping[str, Any]) -> Iterator[Issue]:
    if peer.get("ipBlock") is not None:
        yield from _one(peer, "ipBlock", "podSelector", at_most=True)
        yield from _one(peer, "ipBlock", "namespaceSelector", at_most=True)
    elif peer.get("podSelector") is None and peer.get("namespaceSelector") is None:
        yield Issue("MW573", (), "has none of podSelector, namespaceSelector, ipBlock", "one of them is required")


def _policy_port(port: Mapping[str, Any]) -> Iterator[Issue]:
    if port.get("endPort") is not None and not isinstance(port.get("port"), int):
        yield Issue("MW579", ("endPort",), "needs a port that is a number")


def _config(config: Mapping[str, Any]) -> Iterator[Issue]:
    """A ConfigMap's or Secret's keys, and its size."""
    size = 0
    seen: set[str] = set()
    for field in ("data", "binaryData"):
        data = config.get(field)
        for key, value in data.items() if isinstance(data, dict) else ():
            size += len(value.encode()) if isinstance(value, str) else 0
            if not syntax.is_config_key(key):
                yield Issue("MW577", (field, key), f'"{key}" is no key', 'letters, digits, "-", "_" and "."')
            if key in seen:
                yield Issue("MW578", (field, key), f"{key} stands in data, too")
            seen.add(key)
    if size > 1024 * 1024:
        yield Issue("MW584", (), f"is {size // 1024} KiB; 1 MiB is allowed", "mount a volume, or part it")


def _rule(rule: Mapping[str, Any]) -> Iterator[Issue]:
    yield from _one(rule, "alert", "record")


STRUCT_RULES: dict[str, tuple[StructRule, ...]] = {
    "meta.v1.ObjectMeta": (_metadata,),
    "meta.v1.LabelSelector": (_selector,),
    "core.v1.PodSpec": (_pod,),
    "core.v1.Container": (_container,),
    "core.v1.Probe": (_probe,),
    "core.v1.LifecycleHandler": (_handler,),
    "core.v1.EnvVar": (_environment_variable,),
    "core.v1.EnvVarSource": (_value_from,),
    "core.v1.Volume": (_volume,),
    "core.v1.ResourceRequirements": (_resources,),
    "core.v1.ServiceSpec": (_service,),
    "core.v1.PersistentVolumeClaimSpec": (_claim,),
    "core.v1.ConfigMap": (_config,),
    "core.v1.Secret": (_config,),
    "apps.v1.DeploymentSpec": (_replicated,),
    "apps.v1.ReplicaSetSpec": (_replicated,),
    "apps.v1.DaemonSetSpec": (_replicated,),
    "apps.v1.StatefulSetSpec": (_stateful,),
    "batch.v1.JobSpec": (_job,),
    "policy.v1.PodDisruptionBudgetSpec": (_budget,),
    "autoscaling.v2.HorizontalPodAutoscalerSpec": (_autoscaler,),
    "networking.v1.NetworkPolicyPeer": (_peer,),
    "networking.v1.NetworkPolicyPort": (_policy_port,),
    "monitoring.Rule": (_rule,),
}
"""By type."""
