"""Rules about NetworkPolicies: what a plugin says others come for, its own policies must let through."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Label
from generator.model import selectors
from generator.model.plugin import Exporter
from generator.model.resource import Resource
from generator.model.values import maps
from generator.stages.expand import exporter, pods
from generator.stages.expand.exporter import Endpoint
from generator.stages.lint.subject import Subject, Tried, warning


def metrics(subject: Subject) -> Iterator[Diagnostic]:
    """Where policies keep the exporter's port from everybody, Prometheus gets nothing, and all alerts are silent."""
    found = subject.plugin.exporter
    if found is None:
        return
    told: set[tuple[str, str]] = set()
    for tried in (*subject.tried, *subject.switched):
        for endpoint in exporter.endpoints(tried.resources, found):
            workload = endpoint.workload.id
            policies = [one for one in tried.resources if _isolates(one, endpoint)]
            if not policies or any(_lets(rule, endpoint) for one in policies for rule in _rules(one)):
                continue
            if (workload.kind, workload.name) not in told:
                told.add((workload.kind, workload.name))
                yield _kept_in(tried, found, policies, endpoint)


def _kept_in(tried: Tried, found: Exporter, policies: list[Resource], endpoint: Endpoint) -> Diagnostic:
    workload, port = endpoint.workload, endpoint.port or str(endpoint.number)
    first = policies[0]
    return warning(
        "MW268",
        f"no rule lets anybody come for the metrics of {workload.id.kind} {workload.id.name} (port {port}): "
        "Prometheus gets none of them",
        tried.label(first, ("spec", "ingress") if "ingress" in first.body["spec"] else ("spec",)),
        f"let those in who measure: - from: […] ports: [{{port: {port}}}]",
        *(tried.label(one, ("spec",)) for one in policies[1:]),
        Label(found.place.span(key=True), "which are here"),
    )


def _isolates(one: Resource, endpoint: Endpoint) -> bool:
    """Whether an object is a policy that says who reaches the pods: others then do not.

    https://kubernetes.io/docs/concepts/services-networking/network-policies/: without `policyTypes` that is Ingress.
    """
    spec = one.body.get("spec")
    workload = endpoint.workload
    if (one.id.group, one.id.kind, one.id.namespace) != ("networking.k8s.io", "NetworkPolicy", workload.id.namespace):
        return False
    if not isinstance(spec, Mapping) or "Ingress" not in (spec.get("policyTypes") or ("Ingress",)):
        return False
    selector = spec.get("podSelector")
    return isinstance(selector, Mapping) and selectors.of_object(selector).matches(pods.labels(workload))


def _rules(policy: Resource) -> list[Mapping[str, Any]]:
    return maps(policy.body["spec"].get("ingress"))


def _lets(rule: Mapping[str, Any], endpoint: Endpoint) -> bool:
    """Whether a rule has the port; one without ports has all."""
    listed = maps(rule.get("ports"))
    return not listed or any(_is_port(one, endpoint) for one in listed)


def _is_port(said: Mapping[str, Any], endpoint: Endpoint) -> bool:
    if said.get("protocol", "TCP") != "TCP":
        return False
    port = said.get("port")
    if isinstance(port, int):
        last = said.get("endPort")
        return port <= endpoint.number <= (last if isinstance(last, int) else port)
    return port is None or port == endpoint.port
