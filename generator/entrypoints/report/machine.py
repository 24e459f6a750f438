"""Diagnostics for programs: JSON, and the annotations of GitHub's workflow commands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Diagnostic, Label, Severity
from generator.entrypoints.report.discreet import discreet

if TYPE_CHECKING:
    from generator.entrypoints.report.notes import Note

_GITHUB_MOST = 10
"""GitHub shows this many annotations of a severity a step; more are dropped, so errors go first."""


def as_json(found: Sequence[Diagnostic]) -> list[dict[str, Any]]:
    """Each diagnostic as a map; empty fields are left out."""
    return [_as_map(one) for one in discreet(found)]


def _as_map(one: Diagnostic) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "code": one.code,
        "severity": str(one.severity),
        "message": one.message,
        "place": _place(one.primary) if one.primary else None,
        "related": [_place(label) for label in one.secondary],
        "hint": one.hint,
        "bundle": one.subject,
        "object": one.resource,
        "field": one.field,
    }
    return {key: value for key, value in fields.items() if value}


def _place(label: Label) -> dict[str, Any]:
    span = label.span
    line, column = span.file.position(span.start)
    end_line, end_column = span.file.position(max(span.start, span.end))
    place: dict[str, Any] = {
        "file": span.file.path,
        "line": line,
        "column": column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {**place, "text": label.text} if label.text else place


def github(notes: "Sequence[Note]") -> list[str]:
    """Workflow commands: the gravest first, ten of a severity, and one that counts the rest."""
    commands = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines: list[str] = []
    for severity, command in commands.items():
        own = [one for one in notes if one.severity is severity]
        most = _GITHUB_MOST if len(own) <= _GITHUB_MOST else _GITHUB_MOST - 1
        lines += [_command(command, one) for one in own[:most]]
        if len(own) > most:
            lines.append(f"::{command}::{len(own) - most} more {severity}s, see the log")
    return lines


def _command(command: str, one: "Note") -> str:
    properties = {"title": one.rule}
    if one.file:
        properties |= {"file": one.file, "line": str(one.line), "col": str(one.column)}
    text = f"{one.message}\n{one.hint}" if one.hint else one.message
    listed = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    return f"::{command} {listed}::{_escaped(text)}"


def _escaped(text: str, more: str = "") -> str:
    """As the runner's toolkit escapes data, and properties with `:` and `,` besides."""
    return "".join(f"%{ord(char):02X}" if char in f"%\r\n{more}" else char for char in text)
