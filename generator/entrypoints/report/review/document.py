"""A review for programs: JSON after `schemas/review.schema.json`.

The `changes` of an object are a JSON Patch (RFC 6902): applied to the object before, secrets masked, they give the
object after. What stands in them besides (the old value, a path for people) is for readers, and a patcher passes over
it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.diagnostics import SourceFile
from generator.entrypoints.report.machine import as_json
from generator.model.resource import ResourceId
from generator.model.review import (
    BundleReview,
    Cause,
    ChangeKind,
    Effect,
    Family,
    FieldChange,
    FoldedField,
    FoldedObject,
    ObjectChange,
    Review,
    Side,
)
from generator.yamlio.load import document

FORMAT = 1
_OPERATIONS = {ChangeKind.ADDED: "add", ChangeKind.REMOVED: "remove", ChangeKind.MOVED: "move"}


def as_document(review: Review) -> dict[str, Any]:
    """The review as a value for JSON."""
    return {
        "reviewVersion": FORMAT,
        "base": _side(review.base),
        "head": _side(review.head),
        "changed": bool(review.bundles),
        "counts": {
            "bundles": len(review.bundles),
            "unchanged": review.unchanged,
            "families": len(review.families),
            "effects": {str(kind): count for kind, count in review.by_effect.items()},
            "operations": {str(operation): count for operation, count in review.by_operation.items()},
            "noise": {str(kind): count for kind, count in review.noise.items()},
        },
        "families": [_family(one) for one in review.families],
        "bundles": [_bundle(one) for one in review.bundles],
        "diagnostics": as_json(review.diagnostics),
    }


def text(review: Review) -> str:
    """The document as text: one family, bundle or diagnostic a line."""
    whole = as_document(review)
    rows = ("families", "bundles", "diagnostics")
    fields = [
        f'  "{name}": {json.dumps(value, ensure_ascii=False)}' for name, value in whole.items() if name not in rows
    ]
    for name in rows:
        lines = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in whole[name])
        fields.append(f'  "{name}": [\n{lines}\n  ]' if lines else f'  "{name}": []')
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _side(one: Side) -> dict[str, Any]:
    found = {"name": one.name, "commit": one.commit, "subject": one.subject, "why": one.why}
    return {**_filled(found), "rendered": one.rendered}


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are not empty."""
    return {name: value for name, value in fields.items() if value not in ("", None, [], {}, ())}


def _id(one: ResourceId) -> dict[str, str]:
    return one._asdict()


def _effect(one: Effect) -> dict[str, Any]:
    return _filled(
        {
            "kind": str(one.kind),
            "rule": one.rule,
            "reason": one.reason,
            "object": _id(one.object) if one.object else None,
            "field": one.field,
            "way": one.way,
        }
    )


def _cause(one: Cause) -> dict[str, Any]:
    return _filled({"kind": str(one.kind), "name": one.name, "file": one.file, "line": one.line or None})


def _versions(pair: tuple[str, str]) -> dict[str, str]:
    return _filled({"before": pair[0], "after": pair[1]})


# --- families


def _family(one: Family) -> dict[str, Any]:
    return {
        "id": one.id,
        "members": [str(key) for key in one.members],
        "operation": str(one.operation),
        "effect": str(one.effect),
        **_filled({"upgrades": list(one.upgrades), "plugin": one.plugin, "versions": _versions(one.versions)}),
        "stages": [list(stage) for stage in one.stages],
        "effects": [_effect(each) for each in one.effects],
        "objects": [_folded_object(each) for each in one.objects],
    }


def _folded_object(one: FoldedObject) -> dict[str, Any]:
    return {
        "id": _id(one.id),
        "change": str(one.kind),
        **_filled(
            {
                "component": one.component,
                "previous": _id(one.previous) if one.previous else None,
                "previousComponent": one.previous_component,
            }
        ),
        "fields": [_folded_field(each) for each in one.fields],
    }


def _folded_field(one: FoldedField) -> dict[str, Any]:
    return {
        "path": one.path,
        "change": str(one.kind),
        "variants": [{"old": each.old, "new": each.new, "count": each.count} for each in one.variants],
        **_filled({"secret": one.secret or None}),
    }


# --- bundles


def _bundle(one: BundleReview) -> dict[str, Any]:
    return {
        "environment": one.key.environment,
        "group": one.key.group,
        "operation": str(one.operation),
        "effect": str(one.effect),
        "family": one.family,
        **_filled(
            {
                "upgrades": list(one.upgrades),
                "plugin": {"name": one.plugin, **_versions(one.versions)} if one.plugin else None,
                "runtime": {"name": one.runtime, **_versions(one.runtime_versions)} if one.runtime else None,
                "namespace": one.namespace,
                "cluster": one.cluster,
                "target": one.target,
                "previous": str(one.previous) if one.previous else None,
                "file": one.file,
                "line": one.line or None,
            }
        ),
        "stages": [list(stage) for stage in one.stages],
        "causes": [_cause(each) for each in one.causes],
        "effects": [_effect(each) for each in one.effects],
        "unchanged": one.unchanged,
        "objects": [_object(each) for each in one.objects],
    }


def _object(one: ObjectChange) -> dict[str, Any]:
    return {
        "id": _id(one.id),
        "change": str(one.kind),
        **_filled(
            {
                "component": one.component,
                "path": one.path,
                "previous": _id(one.previous) if one.previous else None,
                "previousComponent": one.previous_component,
                "before": _body(one.old) if one.kind is ChangeKind.REMOVED else None,
                "after": _body(one.new) if one.kind is ChangeKind.ADDED else None,
            }
        ),
        "changes": [_field(each) for each in one.fields],
    }


def _body(yaml: str) -> Any:
    return document(SourceFile("", yaml)).value


def _field(one: FieldChange) -> dict[str, Any]:
    """One operation of a JSON Patch, and what readers want to know besides."""
    found: dict[str, Any] = {"op": _OPERATIONS.get(one.kind, "replace"), "path": one.pointer}
    if one.kind is ChangeKind.MOVED:
        found["from"] = one.source
    elif one.kind is not ChangeKind.REMOVED:
        found["value"] = one.new
    if one.kind in {ChangeKind.REMOVED, ChangeKind.CHANGED}:
        found["old"] = one.old
    found["keyPath"] = one.path
    if one.secret:
        found["secret"] = True
    if one.noise:
        found["noise"] = str(one.noise)
    return found


def patch(fields: Sequence[FieldChange]) -> list[dict[str, Any]]:
    """The changes of an object as a JSON Patch."""
    return [_field(one) for one in fields]
