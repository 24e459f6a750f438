"""`kind: Group` → Group, as written: inheritance is resolved later."""

from collections.abc import Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.model.group import (
    ComponentOverride,
    DeletionPolicy,
    EnvironmentRef,
    Group,
    Patch,
    PatchTarget,
    PluginRef,
    RuntimeRef,
    State,
    UpdatePolicy,
)
from generator.stages.load import backup, fields, monitoring
from generator.yamlio.cursor import Cursor

LONGEST_NAME = 40
"""Room for what templates append: a StatefulSet's pods carry a hash, a CronJob's jobs a time (52 characters each)."""


def group(cursor: Cursor) -> Group:
    """A whole Group document; `status` is read over."""
    meta = cursor.field("metadata", fields.metadata)
    if len(meta.name) > LONGEST_NAME:
        cursor.at("metadata", "name").fail(
            f"the name has {len(meta.name)} characters, {LONGEST_NAME} are allowed",
            code="MW221",
            hint="templates append to it, and Kubernetes cuts nothing off: it refuses",
        )
    cursor.at("metadata").optional("name", fields.name)
    result = cursor.field("spec", lambda spec: _spec(spec, meta, cursor))
    cursor.no_other_fields("apiVersion", "kind", "status")
    return result


def _spec(cursor: Cursor, meta: fields.Metadata, document: Cursor) -> Group:
    has_environments = cursor.has("environments")
    environments = cursor.each("environments", _environment)
    depends_on = cursor.each("dependsOn", fields.name)
    result = Group(
        name=meta.name,
        namespace=meta.namespace,
        labels=meta.labels,
        annotations=meta.annotations,
        extends=cursor.optional("extends", str, ""),
        abstract=cursor.optional("abstract", bool, default=False),
        plugin=cursor.optional("plugin", _plugin),
        topology=cursor.optional("topology", str, ""),
        runtime=cursor.optional("runtime", _runtime),
        state=cursor.optional("state", State),
        deletion_policy=cursor.optional("deletionPolicy", DeletionPolicy),
        values=cursor.optional("values", fields.free_map, {}),
        components=cursor.mapping("components", _component),
        exclude_templates=cursor.optional("templates", _exclusions),
        secrets=cursor.mapping("secrets", _secret),
        backup=cursor.optional("backup", backup.choices, {}),
        monitoring=cursor.optional("monitoring", monitoring.choices, {}),
        depends_on=depends_on if cursor.has("dependsOn") else None,
        environments=environments if has_environments else None,
        patches=cursor.each("patches", _patch),
        place=document.place,
    )
    cursor.no_other_fields()
    seen: set[str] = set()
    for number, entry in enumerate(environments):
        if entry.name in seen:
            cursor.at("environments", number, "name").fail(
                f'environment "{entry.name}" stands twice', code="MW218", hint="merge the two entries"
            )
        seen.add(entry.name)
    return result


def _plugin(cursor: Cursor) -> PluginRef:
    if isinstance(cursor.value, str):
        return PluginRef(name=cursor.value, place=cursor.place)
    result = PluginRef(
        name=cursor.optional("name", str, ""),
        constraint=cursor.optional("version", str, ""),
        update_policy=cursor.optional("updatePolicy", UpdatePolicy),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _runtime(cursor: Cursor) -> RuntimeRef:
    result = RuntimeRef(
        name=cursor.optional("name", str, ""),
        version=cursor.optional("version", str, ""),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _component(cursor: Cursor) -> ComponentOverride:
    values = cursor.optional("values", fields.free_map, {})
    replicas = cursor.optional("replicas", int)
    result = ComponentOverride(
        enabled=cursor.optional("enabled", bool),
        values=values if replicas is None else {"replicas": replicas, **values},
        runtime=cursor.optional("runtime", _runtime),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _environment(cursor: Cursor) -> EnvironmentRef:
    result = EnvironmentRef(
        name=cursor.field("name", fields.name),
        namespace=cursor.optional("namespace", fields.name, ""),
        state=cursor.optional("state", State),
        runtime=cursor.optional("runtime", _runtime),
        values=cursor.optional("values", fields.free_map, {}),
        backup=cursor.optional("backup", backup.choices, {}),
        monitoring=cursor.optional("monitoring", monitoring.choices, {}),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _exclusions(cursor: Cursor) -> tuple[str, ...]:
    result = cursor.each("exclude", str)
    cursor.no_other_fields()
    return result


def _secret(cursor: Cursor) -> Mapping[str, Any]:
    """A reference to a Secret that exists: never its value, which has no place in git."""
    value = cursor.read(dict)
    for field in ("value", "password", "data", "stringData"):
        if field in value:
            cursor.found.add(
                Diagnostic(
                    code="MW222",
                    message="a secret's value does not belong into git",
                    primary=Label(_without_text((cursor.place / field).span(key=True))),
                    hint="make a Secret in the cluster and name it: {existingSecret: NAME, key: KEY}",
                    field=str(cursor.place / field),
                )
            )
    return value


def _without_text(span: Span) -> Span:
    """The same place in a file whose line is not shown: what stands there is nobody's business."""
    line, column = span.file.position(span.start)
    blank = SourceFile(span.file.path, "\n" * (line - 1) + " " * column)
    return Span(blank, len(blank.text) - 1, len(blank.text))


def _patch(cursor: Cursor) -> Patch:
    merge = cursor.optional("merge", fields.free_map)
    operations = cursor.each("json", fields.free_map) if cursor.has("json") else None
    if (merge is None) == (operations is None):
        cursor.fail(
            "a patch has either merge or json",
            code="MW223",
            hint="merge is a strategic merge patch, json a list of RFC 6902 operations",
        )
    result = Patch(
        target=cursor.optional("target", _target, PatchTarget()), merge=merge, json=operations, place=cursor.place
    )
    cursor.no_other_fields()
    return result


def _target(cursor: Cursor) -> PatchTarget:
    result = PatchTarget(
        group=cursor.optional("group", str, ""),
        version=cursor.optional("version", str, ""),
        kind=cursor.optional("kind", str, ""),
        name=cursor.optional("name", str, ""),
        namespace=cursor.optional("namespace", str, ""),
        component=cursor.optional("component", str, ""),
        label_selector=cursor.optional("labelSelector", str, ""),
        annotation_selector=cursor.optional("annotationSelector", str, ""),
    )
    cursor.no_other_fields()
    return result
