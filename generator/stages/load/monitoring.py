"""`spec.monitoring` and `spec.exporter` of a plugin, and `spec.monitoring` of a group."""

import re
from collections.abc import Mapping
from typing import Any

from generator.model.plugin import Alert, Exporter
from generator.stages.load import fields
from generator.yamlio.cursor import Cursor

_LABEL = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*\Z")


def alerts(cursor: Cursor) -> tuple[Alert, ...]:
    """`spec.monitoring` of a plugin; two alerts of a name would be one for whoever switches it off."""
    result = cursor.each("alerts", _alert)
    cursor.no_other_fields()
    fields.unique(cursor, "alerts", [one.name for one in result])
    return result


def _alert(cursor: Cursor) -> Alert:
    result = Alert(
        name=cursor.field("name", str),
        expr=cursor.field("expr", str),
        duration=cursor.optional("for", fields.duration, ""),
        keep_firing_for=cursor.optional("keepFiringFor", fields.duration, ""),
        severity=cursor.optional("severity", str, ""),
        labels=cursor.optional("labels", _labels, {}),
        annotations=cursor.optional("annotations", _labels, {}),
        scoped=cursor.optional("scoped", bool, default=True),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _labels(cursor: Cursor) -> dict[str, str]:
    """A map of texts whose keys are names of labels, as Prometheus has them."""
    _check_names(cursor)
    return {key: entry.read(str) for key, entry in cursor.items()}


def _matchers(cursor: Cursor) -> dict[str, str | None]:
    """The same, where null takes away what a base says."""
    _check_names(cursor)
    return {key: entry.read(fields.text_or_null) for key, entry in cursor.items()}


def _check_names(cursor: Cursor) -> None:
    for key, entry in cursor.items() if cursor.is_a(dict) else ():
        if not _LABEL.match(key):
            entry.fail(
                f'"{key}" is no name of a label or annotation for Prometheus',
                code="MW204",
                hint='letters, digits and "_", not a digit first',
                key=True,
            )


def exporter(cursor: Cursor) -> Exporter:
    """`spec.exporter` of a plugin."""
    result = Exporter(
        port=cursor.field("port", int),
        path=cursor.optional("path", str, "/metrics"),
        image=cursor.optional("image", str, ""),
        args=cursor.each("args", str),
        env=cursor.mapping("env", str),
        secret_env=cursor.mapping("secretEnv", str),
        resources=cursor.optional("resources", fields.free_map, {}),
        interval=cursor.optional("interval", fields.duration, ""),
        component=cursor.optional("component", str, ""),
        watches=cursor.optional("watches", fields.texts, ()),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


# --- a group's choices -----------------------------------------------------------------------------------------------


def choices(cursor: Cursor) -> Mapping[str, Any]:
    """`spec.monitoring` of a group, as written: bases and group are merged later."""
    cursor.optional("enabled", bool)
    cursor.optional("interval", fields.duration)
    fields.check_labels(cursor.at("ruleLabels"), cursor.mapping("ruleLabels", fields.text_or_null))
    cursor.optional("matchLabels", _matchers)
    cursor.optional("alerts", _alert_choices)
    cursor.no_other_fields()
    return cursor.read(dict)


def _alert_choices(cursor: Cursor) -> None:
    cursor.each("disable", str)
    cursor.mapping("override", _override)
    cursor.no_other_fields()


def _override(cursor: Cursor) -> None:
    if cursor.value is None:
        return  # takes away what a base says
    cursor.optional("for", fields.duration)
    cursor.optional("keepFiringFor", fields.duration)
    cursor.optional("severity", str)
    cursor.optional("labels", _labels)
    cursor.optional("annotations", _labels)
    cursor.no_other_fields()
