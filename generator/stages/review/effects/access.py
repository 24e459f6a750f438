"""Who can reach it, what it may do: Services, routes, network policies, RBAC, privileges."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.kinds import pod_template
from generator.model.resource import ResourceId, annotations_of, labels_of
from generator.model.review import ChangeKind, Effect
from generator.stages.guard.equal import at
from generator.stages.review.effects.change import (
    Around,
    Change,
    containers,
    left_running,
    listed,
    metadata_changed,
    told,
)
from generator.stages.review.effects.table import effect

_WIDE = frozenset({"LoadBalancer", "NodePort"})
_BALANCER = ("service.beta.kubernetes.io/", "service.kubernetes.io/", "networking.gke.io/", "cloud.google.com/",
             "metallb.", "external-dns.alpha.kubernetes.io/", "tailscale.com/")  # fmt: skip
_REACH = ("/spec/externalIPs", "/spec/externalName", "/spec/externalTrafficPolicy", "/spec/loadBalancerSourceRanges",
          "/spec/loadBalancerClass", "/spec/loadBalancerIP", "/spec/publishNotReadyAddresses")  # fmt: skip


def service(change: Change, around: Around) -> Iterator[Effect]:
    """A Service: from where it is reached, under which ports, and what answers."""
    del around
    old, new = (at(body, "spec.type", "ClusterIP") for body in (change.old or {}, change.new or {}))
    if change.new is None:
        return
    if change.old is None:
        if new in _WIDE:
            yield effect("service-type", f"a Service of type {new}: {_where(new)}", change.id, "/spec/type")
        return
    if old != new:
        reason = f"its type goes from {old} to {new}: {_where(new)}"
        yield effect("service-type", reason, change.id, "/spec/type")
    reach = [told(one.path) for one in change.under(*_REACH)]
    reach += [name for name in metadata_changed(change, annotations_of) if any(part in name for part in _BALANCER)]
    if reach:
        yield effect("service-reach", f"from where it is reached changes ({', '.join(reach)})", change.id)
    ports = change.under("/spec/ports")
    if ports:
        yield effect("service-port", f"{_ports(change)}", change.id, "/spec/ports")
    selector = change.under("/spec/selector")
    if selector:
        yield effect("service-selector", "it leads to other pods", change.id, "/spec/selector")


def _where(kind: str) -> str:
    return {
        "LoadBalancer": "reached from outside the cluster, through a load balancer",
        "NodePort": "reached from outside the cluster, on every node",
        "ExternalName": "another name for something outside the cluster",
    }.get(kind, "reached from inside the cluster only")


def _ports(change: Change) -> str:
    old, new = (
        {str(one.get("port")) for one in at(body or {}, "spec.ports", ()) if isinstance(one, Mapping)}
        for body in (change.old, change.new)
    )
    gone, fresh = sorted(old - new), sorted(new - old)
    if gone and fresh:
        return f"port {', '.join(gone)} becomes {', '.join(fresh)}: clients must follow"
    if gone:
        return f"port {', '.join(gone)} is closed: its clients fail"
    if fresh:
        return f"port {', '.join(fresh)} is opened"
    return f"its ports lead elsewhere ({listed(change.under('/spec/ports'))})"


def route(change: Change, around: Around) -> Iterator[Effect]:
    """An Ingress, a Gateway, or a route of one."""
    del around
    if change.kind is ChangeKind.REMOVED:
        yield effect("route", "what it led to is no longer reached by it", change.was)
    elif change.old is None:
        yield effect("route", "something is reached from outside that was not", change.id)
    elif change.under("/spec"):
        yield effect("route", f"from where something is reached changes ({listed(change.under('/spec'))})", change.id)


def network_policy(change: Change, around: Around) -> Iterator[Effect]:
    """Which traffic is allowed. A policy that goes allows everything that no other one forbids."""
    if change.kind is ChangeKind.REMOVED:
        if around.after is None and not left_running(around):
            return  # the pods that it selected go, too
        if _selects(change.old, around.old) and around.after is not None and not _selects(change.old, around.new):
            return  # likewise, while other pods stay
        reason = "the pods that it selected accept and open any connection, unless another policy says otherwise"
        yield effect("network-policy", reason, change.was)
    elif change.old is None:
        comes_with_its_pods = _selects(change.new, around.new) and not _selects(change.new, around.old)
        if around.before is not None and not comes_with_its_pods:
            yield effect("network-policy", "connections that it does not list stop working", change.id)
    elif change.under("/spec"):
        spec = change.under("/spec")
        yield effect("network-policy", f"which connections are allowed changes ({listed(spec)})", change.id, "/spec")


def _selects(policy: Mapping[str, Any] | None, objects: Mapping[ResourceId, Any]) -> bool:
    """Whether the policy is about pods of any of the *objects*; what a selector says in expressions counts as met."""
    wanted = at(policy or {}, "spec.podSelector.matchLabels")
    labels = dict(wanted) if isinstance(wanted, Mapping) else {}
    for body in objects.values():
        pod = pod_template(body)
        if pod is not None and labels.items() <= labels_of(pod).items():
            return True
    return False


def rbac(change: Change, around: Around) -> Iterator[Effect]:
    """What a service account may do."""
    del around
    if change.kind is ChangeKind.REMOVED:
        yield effect("rbac", "rights are taken away", change.was)
    elif change.old is None:
        wide = " in the whole cluster" if change.id.kind.startswith("Cluster") else ""
        yield effect("rbac", f"rights are given{wide}", change.id)
    else:
        fields = change.under("/rules", "/subjects", "/roleRef", "/aggregationRule")
        if fields:
            yield effect("rbac", f"rights change ({listed(fields)})", change.id, fields[0].path)


_IDENTITIES = ("eks.amazonaws.com/role-arn", "iam.gke.io/gcp-service-account", "azure.workload.identity/client-id")


def service_account(change: Change, around: Around) -> Iterator[Effect]:
    """An identity: its token, or the cloud role that it takes."""
    del around
    if change.old is None or change.new is None:
        return
    fields = [told(one.path) for one in change.under("/automountServiceAccountToken", "/secrets", "/imagePullSecrets")]
    fields += [name for name in metadata_changed(change, annotations_of) if name in _IDENTITIES]
    if fields:
        yield effect("service-account", f"{', '.join(fields)} changes", change.id)


def namespace(change: Change, around: Around) -> Iterator[Effect]:
    """What pods in a namespace may do."""
    del around
    if change.old is not None and change.new is not None:
        names = [name for name in metadata_changed(change, labels_of) if "pod-security.kubernetes.io" in name]
        if names:
            yield effect("pod-security", f"{', '.join(names)} changes", change.id)


def webhook(change: Change, around: Around) -> Iterator[Effect]:
    """Who admits or changes objects of the cluster."""
    del around
    yield effect("webhook", "it decides over objects of the whole cluster", change.id)


# --- privileges of pods


def privileges(change: Change, around: Around) -> Iterator[Effect]:
    """What a pod may do on its node that it could not before."""
    del around
    if change.new is None:
        return
    before = _privileges(change.old) if change.old is not None else {}
    after = _privileges(change.new)
    for field, reason in sorted(after.items()):
        if field not in before:
            yield effect("pod-privileges", reason, change.id, f"{change.template_path or ''}{field}")


def _privileges(body: Mapping[str, Any]) -> dict[str, str]:
    """Reasons by field, inside the pod template."""
    pod = pod_template(body)
    if pod is None or not isinstance(pod.get("spec"), Mapping):
        return {}
    spec: Mapping[str, Any] = pod["spec"]
    found: dict[str, str] = {}
    for name, what in (("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "shared memory")):
        if spec.get(name) is True:
            found[f"/spec/{name}"] = f"its pods share the {what} of their node"
    for one in spec.get("volumes") or ():
        path = at(one, "hostPath.path") if isinstance(one, Mapping) else None
        if path:
            found[f"/spec/volumes/[name={one.get('name')}]/hostPath"] = f"its pods see {path} of their node"
    if at(spec, "securityContext.runAsUser") == 0:
        found["/spec/securityContext/runAsUser"] = "its pods run as root"
    for container in containers(pod):
        found |= _of_container(container)
    return found


def _of_container(container: Mapping[str, Any]) -> dict[str, str]:
    name = container.get("name")
    here = f"/spec/containers/[name={name}]"
    given = container.get("securityContext")
    context = given if isinstance(given, Mapping) else {}
    found: dict[str, str] = {}
    if context.get("privileged") is True:
        found[f"{here}/securityContext/privileged"] = f"container {name} is privileged"
    if context.get("allowPrivilegeEscalation") is True:
        found[f"{here}/securityContext/allowPrivilegeEscalation"] = f"container {name} may gain privileges"
    if context.get("runAsUser") == 0:
        found[f"{here}/securityContext/runAsUser"] = f"container {name} runs as root"
    added = at(context, "capabilities.add", ())
    for capability in added if isinstance(added, list) else ():
        found[f"{here}/securityContext/capabilities/add/{capability}"] = f"container {name} gets {capability}"
    ports = container.get("ports")
    for port in ports if isinstance(ports, list) else ():
        if isinstance(port, Mapping) and port.get("hostPort"):
            found[f"{here}/ports/{port['hostPort']}"] = f"container {name} takes port {port['hostPort']} of its node"
    return found
