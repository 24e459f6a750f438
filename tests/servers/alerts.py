"""Alerts and what an exporter says: every metric that an alert names must be there."""

from generator.stages.expand import promql
from tests.servers.yard import Bundle


def metrics(bundle: Bundle) -> set[str]:
    """The metrics that a bundle's rules name."""
    rules = [
        rule
        for body in bundle.of("PrometheusRule").values()
        for group in body["spec"]["groups"]
        for rule in group["rules"]
    ]
    assert rules
    return {name for rule in rules for name in promql.metrics(rule["expr"])}


def exported(text: str) -> set[str]:
    """The metrics of what an exporter answers, in Prometheus' text format."""
    return {line.split("{")[0].split(" ")[0] for line in text.splitlines() if line and not line.startswith("#")}
