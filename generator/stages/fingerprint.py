"""Short hashes of what a bundle is made from: the plugin, the values, the templates' texts."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.plan import Plan

_LENGTH = 16
"""Hexadecimal digits: 64 bits, far beyond chance for the few thousand things that are ever compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The hashes of one bundle, whole and in parts."""

    plugin: str
    values: Mapping[str, str]
    """By component."""

    templates: Mapping[str, str]
    """By template."""

    def summary(self) -> dict[str, str]:
        """One hash each for plugin, values and templates, as the lock has them."""
        return {
            "plugin": self.plugin,
            "values": short(json.dumps(self.values, sort_keys=True)),
            "templates": short(json.dumps(self.templates, sort_keys=True)),
        }


def fingerprint(plan: Plan, values: Mapping[str, Mapping[str, Any]]) -> Fingerprint:
    """The hashes of *plan* with the *values* of its components."""
    return Fingerprint(
        plugin=plan.plugin_hash,
        values={name: short(json.dumps(own, sort_keys=True)) for name, own in values.items()},
        templates={one.ref.name: one.text.digest[:_LENGTH] for one in plan.templates},
    )


def short(text: str) -> str:
    """The head of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
