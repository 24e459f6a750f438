"""Rules about the texts of templates: what they read."""

import re
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Label
from generator.model.plugin import Plugin, TemplateText
from generator.model.values import at, dotted
from generator.stages.lint.subject import Subject, note, warning
from generator.stages.project import ALIASES

_WORKLOADS = frozenset({"Deployment", "StatefulSet", "DaemonSet"})
_SELF = ("bucket", "appName")
"""Aliases of what mwgen itself knows: no value of the plugin could be meant."""


def aliases(subject: Subject) -> Iterator[Diagnostic]:
    """Short names that only mwgen knows, in templates that a cluster may hold: somebody else may render them."""
    plugin = subject.plugin
    for name, pointer in ALIASES.items():
        if name in _SELF or name in plugin.default_values:
            continue
        spans = [
            text.span(found.start(), found.end())
            for ref, text in subject.texts
            if ref.config_map
            for found in re.finditer(rf"\.Values\.{name}\b(?!\.)", text.text)
        ]
        if spans:
            target = dotted(pointer)
            known = at(plugin.default_values, pointer) is not None
            yield note(
                "MW232",
                f".Values.{name} is no value of the plugin; mwgen takes {target} for it"
                + ("" if known else ", or a default of its own"),
                spans[0],
                f"write .Values.{target}, which every renderer understands" if known else f"give the plugin {target}",
                *(Label(span) for span in spans[1:]),
            )


def reloadable(subject: Subject) -> Iterator[Diagnostic]:
    """Configuration in a pod template: a change of it restarts, whatever the plugin says of reloading."""
    plugin = subject.plugin
    if "configReload" not in plugin.capabilities:
        return
    for ref, text in subject.texts:
        if ref.type not in _WORKLOADS:
            continue
        for name in _configuration(plugin):
            found = _read(text, name)
            if found:
                yield warning(
                    "MW243",
                    f"the pod template reads .Values.{name}: each change of it restarts the pods, "
                    "which contradicts the capability configReload",
                    text.span(*found),
                    "put it into a ConfigMap that is mounted as a whole",
                )


def _read(text: TemplateText, name: str) -> tuple[int, int] | None:
    """Where a text goes through a map of values; a mere question whether it is there does not count."""
    pattern = rf"\{{\{{-?\s*(?:range\b[^}}]*|toYaml\s+|with\s+)\.Values\.{name}\b"
    found = re.search(pattern, text.text)
    if not found:
        return None
    start = text.text.index(f".Values.{name}", found.start())
    return start, start + len(f".Values.{name}")


def _configuration(plugin: Plugin) -> list[str]:
    """The values that are the middleware's configuration: maps that are called so."""
    return [
        name
        for name, value in plugin.default_values.items()
        if isinstance(value, dict) and (name.lower() in ("config", "settings") or name.endswith("Config"))
    ]
