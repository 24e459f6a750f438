"""Alerts become a PrometheusRule, an exporter a ServiceMonitor or PodMonitor.

Annotations are Prometheus' templates and are not touched. Expressions are narrowed to the group's own series: a plugin
knows one middleware, a cluster has many groups of it. The label that tells groups apart, `middleware_io_group`, is put
on the series by the monitor.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, Severity
from generator.model.plan import Plan
from generator.model.plugin import Alert, Exporter
from generator.model.resource import Resource, labels_of
from generator.model.values import Object, at, maps
from generator.stages.expand import exporter, pods, promql
from generator.stages.expand.expansion import Expansion
from generator.stages.expand.exporter import Endpoint
from generator.yamlio.wording import choices

API_VERSION = "monitoring.coreos.com/v1"
GROUP_LABEL = "middleware_io_group"
PLUGIN_LABEL = "middleware_io_plugin"

_IDENTITY = ("app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component")


def wanted(of: Expansion, found: Collector) -> bool:
    """Whether the bundle gets objects for the Prometheus Operator.

    Where the group does not say, it does if the environment says that its cluster knows them. Where the group says so
    and the environment says that it does not, they are left out with a note: a sync would fail on them.
    """
    plan = of.plan
    said = plan.monitoring.get("enabled")
    known = plan.environment.api_versions
    has = any(one == API_VERSION or one.startswith(f"{API_VERSION}/") for one in known)
    if said is None:
        return has
    if said and known and not has and (plan.plugin.alerts or plan.plugin.exporter):
        found.add(
            Diagnostic(
                code="MW542",
                severity=Severity.NOTE,
                message=f"environment {plan.environment.name} has no {API_VERSION} among its apiVersions: "
                "rules and monitors are left out",
                primary=Label(of.stated("monitoring", "enabled").span()),
                hint="leave monitoring.enabled out of the group: it then follows what the environment has",
                subject=str(plan.key),
            )
        )
        return False
    return bool(said)


def objects(resources: Sequence[Resource], of: Expansion, found: Collector) -> Iterator[Resource]:
    """The PrometheusRule and the monitors of a bundle; mistakes go to *found*.

    A group whose exporter is off has neither: nothing would ever be measured.
    """
    plan = of.plan
    own = exporter.component(plan)
    if own is None or (plan.plugin.exporter and not exporter.is_on(of)):
        return
    rules = found.each(lambda one: _rule(one, own.name, of), _enabled(plan))
    labels = _rule_labels(plan)
    if rules:
        yield of.resource(
            (API_VERSION, "PrometheusRule"),
            plan.key.group,
            own.name,
            plan.plugin.place / "spec" / "monitoring",
            labels=labels,
            spec={"groups": [{"name": f"{plan.namespace}.{plan.key.group}", "rules": rules}]},
        )
    if plan.plugin.exporter:
        yield from _monitors(plan.plugin.exporter, own.name, resources, of, labels)


def _rule_labels(plan: Plan) -> dict[str, str]:
    own = plan.monitoring.get("ruleLabels")
    chosen = own.items() if isinstance(own, Mapping) else ()
    return {**plan.environment.rule_labels, **{name: str(text) for name, text in chosen}}


# --- rules


def _enabled(plan: Plan) -> list[Alert]:
    disabled = _choices(plan).get("disable") or ()
    return [one for one in plan.plugin.alerts if one.name not in disabled]


def _choices(plan: Plan) -> Mapping[str, Any]:
    alerts = plan.monitoring.get("alerts")
    return alerts if isinstance(alerts, Mapping) else {}


def unknown_alerts(of: Expansion) -> Iterator[Diagnostic]:
    """Alerts that the group speaks of and the plugin does not have."""
    plugin = of.plan.plugin
    names = [one.name for one in plugin.alerts]
    said = _choices(of.plan)
    if not said:
        return
    disabled = of.stated("monitoring", "alerts", "disable")
    places = {name: disabled / number for number, name in enumerate(said.get("disable") or ())}
    places |= {name: of.stated("monitoring", "alerts", "override", name) for name in said.get("override") or {}}
    for name, place in places.items():
        if name not in names:
            yield Diagnostic(
                code="MW335",
                message=f'plugin {plugin.name} {plugin.version} has no alert "{name}"',
                primary=Label(place.span(key=True)),
                hint=choices(name, names),
                subject=str(of.plan.key),
            )


def _rule(alert: Alert, component: str, of: Expansion) -> Object:
    override = (_choices(of.plan).get("override") or {}).get(alert.name) or {}
    labels = {
        **alert.labels,
        **(override.get("labels") or {}),
        "severity": override.get("severity") or alert.severity,
        GROUP_LABEL: of.plan.key.group,
        PLUGIN_LABEL: of.plan.plugin.name,
    }
    rule = {
        "alert": alert.name,
        "expr": _expression(alert, component, of),
        "for": override.get("for") or alert.duration,
        "keep_firing_for": override.get("keepFiringFor") or alert.keep_firing_for,
        "labels": {name: text for name, text in labels.items() if text},
        "annotations": {**alert.annotations, **(override.get("annotations") or {})},
    }
    return {field: value for field, value in rule.items() if value}


def _expression(alert: Alert, component: str, of: Expansion) -> str:
    place = alert.place / "expr"
    expr = of.text(place, alert.expr, component).strip()
    try:
        return promql.narrowed(expr, _matchers(of.plan) if alert.scoped else {})
    except ValueError as error:
        shown = f" `{expr}`" if expr != alert.expr.strip() else ""
        raise DiagnosticError(
            Diagnostic(
                code="MW227",
                message=f"the expression of alert {alert.name}{shown} is no PromQL: {error}",
                primary=Label(place.span()),
                hint=promql.likely(expr)
                or "promtool check rules, or Prometheus' own page, helps to find out what it wants",
            )
        ) from None


def _matchers(plan: Plan) -> dict[str, str]:
    """The labels that the group's series have, as far as the group does not know better."""
    own = plan.monitoring.get("matchLabels")
    if isinstance(own, Mapping) and own:
        return {name: str(value) for name, value in own.items()}
    return {"namespace": plan.namespace, GROUP_LABEL: plan.key.group}


# --- monitors


def _monitors(
    found: Exporter, component: str, resources: Sequence[Resource], of: Expansion, labels: Mapping[str, str]
) -> Iterator[Resource]:
    """A ServiceMonitor where one Service, and no other, leads to all that is served; else a PodMonitor a workload."""
    served = exporter.endpoints(resources, found)
    interval = of.plan.monitoring.get("interval") or found.interval
    scrape = {
        "path": found.path,
        **({"interval": interval} if interval else {}),
        "relabelings": [{"targetLabel": GROUP_LABEL, "replacement": of.plan.key.group}],
    }
    services = [(one, port) for one in resources for port in _ports(one, served)] if served else []
    if len(services) == 1:
        service, port = services[0]
        yield of.resource(
            (API_VERSION, "ServiceMonitor"),
            of.plan.key.group,
            component,
            found.place,
            labels=labels,
            spec={"selector": {"matchLabels": _identity(service, of.plan)}, "endpoints": [{"port": port, **scrape}]},
        )
        return
    for endpoint in served:
        port_field = {"port": endpoint.port} if endpoint.port else {"portNumber": endpoint.number}
        selector = at(endpoint.workload.body, ("spec", "selector"))
        yield of.resource(
            (API_VERSION, "PodMonitor"),
            endpoint.workload.id.name,
            endpoint.workload.component,
            found.place,
            labels=labels,
            spec={"selector": selector, "podMetricsEndpoints": [{**port_field, **scrape}]},
        )


def _identity(service: Resource, plan: Plan) -> dict[str, str]:
    """The labels by which a Service is found: those of its own that never change, and mwgen's."""
    own = labels_of(service.body)
    return {
        **{name: own[name] for name in _IDENTITY if name in own},
        "middleware.io/group": plan.key.group,
        "middleware.io/component": service.component,
    }


def _ports(service: Resource, served: Sequence[Endpoint]) -> Iterator[str]:
    """The names of the Service's ports that lead to the metrics of all that is *served*."""
    spec = service.body.get("spec")
    if service.id[:2] != ("", "Service") or not isinstance(spec, Mapping):
        return
    selector = spec.get("selector")
    if not isinstance(selector, Mapping) or not all(_selects(selector, one) for one in served):
        return
    for port in maps(spec.get("ports")):
        target = port.get("targetPort", port.get("port"))
        if port.get("name") and all(target in (one.port, one.number) for one in served):
            yield str(port["name"])


def _selects(selector: Mapping[str, Any], endpoint: Endpoint) -> bool:
    labels = pods.labels(endpoint.workload)
    return all(labels.get(name) == value for name, value in selector.items())
