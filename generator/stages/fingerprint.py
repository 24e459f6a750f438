"""Short hashes of what a bundle is made from: the plugin, the values, the templates' texts."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.plan import Plan
from generator.stages import project

_json = json.JSONEncoder(sort_keys=True).encode

_LENGTH = 16
"""Hexadecimal digits: 64 bits, far beyond chance for the few thousand things that are ever compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The hashes of one bundle, whole and in parts."""

    plugin: str
    values: Mapping[str, str]
    """By component; under an empty name, those of the plugin's chart."""

    templates: Mapping[str, str]
    """By template."""

    group: str
    """What the group says besides values: which components and templates, which patches."""

    def summary(self) -> dict[str, str]:
        """One hash each, as the lock has them."""
        return {
            "group": self.group,
            "plugin": self.plugin,
            "values": short(_json(self.values)),
            "templates": short(_json(self.templates)),
        }


def fingerprint(plan: Plan, values: Mapping[str, Mapping[str, Any]]) -> Fingerprint:
    """The hashes of *plan* with the *values* of its components."""
    return Fingerprint(
        plugin=plan.plugin_hash,
        values={name: short(_json(own)) for name, own in (*values.items(), *_chart(plan, values))},
        group=short(_json(_choices(plan))),
        templates={one.ref.name: one.text.digest[:_LENGTH] for one in plan.templates},
    )


def _chart(plan: Plan, values: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The values of the chart: nulls among them delete its defaults, and the values of components have none."""
    if plan.plugin.chart:
        yield "", project.chart_values(plan, values)


def _choices(plan: Plan) -> dict[str, Any]:
    return {
        "namespace": plan.namespace,
        "labels": dict(plan.labels),
        "annotations": dict(plan.annotations),
        "registries": dict(plan.environment.registries),
        "components": [one.name for one in plan.components if one.enabled],
        "templates": [[one.ref.name, one.component] for one in plan.templates],
        "patches": [[repr(one.target), one.merge, one.json] for one in plan.patches],
    }


def inputs(plan: Plan, hashes: Fingerprint) -> str:
    """One digest of all that a bundle is rendered from, but for its lock: equal digests, equal bundles."""
    environment = plan.environment
    return short(
        _json(
            {
                **hashes.summary(),
                "plugin name": [plan.plugin.name, plan.plugin.version],
                "runtime": [plan.runtime, plan.runtime_version, plan.topology],
                "state": [plan.state, plan.deletion_policy],
                "orders": sorted(plan.orders.by_operation.items()),
                "environment": [environment.cluster, environment.target, dict(environment.storage_classes)],
                "cluster": [environment.kube_version, environment.api_versions, dict(environment.rule_labels)],
                "depends on": [plan.depends_on, plan.after, plan.tier],
                "delivery": repr(plan.delivery),
            }
        )
    )


def short(text: str) -> str:
    """The head of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
