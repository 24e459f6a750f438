"""Diagnostics as a function's results: what kpt lists by file, and any tool can show."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Severity, Span
from generator.entrypoints.krm_function.resource_list import FUNCTION_CONFIG, index_of, path_of
from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_manifest
from generator.goyaml.stream import parts
from generator.model.resource import is_object
from generator.model.values import Object

_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


def results(
    found: Sequence[Diagnostic], indexes: Mapping[str, Sequence[int]], config: Object | None = None
) -> list[dict[str, Any]]:
    """One result each.

    *indexes* are those of the definitions that came as items, by their file; *config* is the function's configuration.
    """
    return [_result(one, indexes, config) for one in found]


def _result(one: Diagnostic, indexes: Mapping[str, Sequence[int]], config: Object | None) -> dict[str, Any]:
    hint = f" ({one.hint})" if one.hint else ""
    tags = {"code": one.code, "bundle": one.subject, "object": one.resource}
    fields: dict[str, Any] = {
        "message": f"{one.message}{hint}",
        "severity": _SEVERITIES[one.severity],
        "field": {"path": one.field} if one.field else None,
        "tags": {key: text for key, text in tags.items() if text},
    }
    span = one.primary.span if one.primary else None
    if span and span.file.path == FUNCTION_CONFIG and config:
        fields["resourceRef"] = _reference(config)
        fields["file"] = {"path": path_of(config), "index": index_of(config)} if path_of(config) else None
    elif span and not span.file.path.startswith("("):
        number = _document(span)
        own = indexes.get(span.file.path)
        fields["file"] = {"path": span.file.path, "index": own[number] if own and number < len(own) else number}
        fields["resourceRef"] = _reference(_object(span, number))
    return {key: value for key, value in fields.items() if value}


def _document(span: Span) -> int:
    """Which of its file's documents the place is in."""
    return next((at for at, (_, end) in enumerate(parts(span.file.text)) if span.start <= end), 0)


def _object(span: Span, number: int) -> Any:
    """What stands in the document that the place is in; None where that cannot be read."""
    start, end = list(parts(span.file.text))[number]
    try:
        return read_manifest(span.file.text[start:end])
    except YamlError:
        return None


def _reference(value: Any) -> dict[str, str] | None:
    if not is_object(value):
        return None
    metadata = value["metadata"]
    reference = {"apiVersion": value["apiVersion"], "kind": value["kind"], "name": metadata["name"]}
    namespace = metadata.get("namespace")
    return {**reference, "namespace": namespace} if isinstance(namespace, str) else reference
