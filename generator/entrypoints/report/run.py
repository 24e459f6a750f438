"""A run's result: what happened to which bundle, for people on standard output, for programs as JSON."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Severity
from generator.entrypoints.report.machine import as_json
from generator.entrypoints.report.style import Style
from generator.model.order import Operation, stage_text
from generator.model.outcome import Outcome, Result

_COLOURS = {
    Operation.PROVISION: "green",
    Operation.UPDATE: "cyan",
    Operation.UPGRADE: "yellow",
    Operation.STOP: "yellow",
    Operation.DELETE: "red",
}
_MOST_ROWS = 40
"""Bundles that are listed one by one; of more, the rest is counted."""


def text(result: Result, style: Style, *, done: str) -> Iterator[str]:
    """One row a changed bundle, and a last line that counts; *done* says what became of files."""
    changed = result.differing
    width = max((len(str(one.key)) for one in changed[:_MOST_ROWS]), default=0)
    for one in changed[:_MOST_ROWS]:
        yield _row(one, width, style)
    if len(changed) > _MOST_ROWS:
        rest = Counter(one.operation for one in changed[_MOST_ROWS:])
        listed = ", ".join(f"{count} {operation}" for operation, count in sorted(rest.items()))
        yield style(f"… and {len(changed) - _MOST_ROWS} more: {listed}", "dim")
    yield _totals(result, done)


def _row(one: Outcome, width: int, style: Style) -> str:
    operation = style(f"{one.operation:9}", _COLOURS[one.operation])
    parts = [f"{operation}  {one.key!s:{width}}"]
    if one.lock:
        parts.append(f"{one.lock.plugin} {one.lock.plugin_version}, {one.lock.runtime} {one.lock.runtime_version}")
    counts = [f"{sign}{len(ids)}" for sign, ids in (("+", one.added), ("~", one.changed), ("-", one.removed)) if ids]
    parts.append(" ".join(counts) or "record only")
    if one.lock:
        parts.append(style(stage_text(one.order), "dim"))
    if one.upgrades:
        parts.append(style(", ".join(one.upgrades), "bold"))
    return "  ".join(parts)


def _totals(result: Result, done: str) -> str:
    changed = result.differing
    same = len(result.outcomes) - len(changed) + result.unchanged
    writes, removes = len(result.files), len(result.remove)
    if not writes and not removes:
        return f"{count(same, 'bundle')} up to date, nothing to write"
    gone = f", {removes} removed" if removes else ""
    return f"{count(len(changed), 'bundle')} changed, {same} up to date; {count(writes, 'file')} {done}{gone}"


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_document(result: Result) -> str:
    """The result as JSON: bundles that change, counts, and diagnostics."""
    document: dict[str, Any] = {
        "bundles": [_bundle(one) for one in result.differing],
        "environments": [
            {"name": one.name, "files": {"written": sorted(one.write), "removed": list(one.remove)}}
            for one in result.environments
            if one.write or one.remove
        ],
        "unchanged": len(result.outcomes) - len(result.differing) + result.unchanged,
        "diagnostics": as_json(result.diagnostics),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def diagnostics_document(found: Sequence[Diagnostic]) -> str:
    """Diagnostics alone, as JSON."""
    return json.dumps({"diagnostics": as_json(found)}, indent=2, ensure_ascii=False)


def _bundle(one: Outcome) -> dict[str, Any]:
    lock = one.lock
    return {
        "environment": one.key.environment,
        "group": one.key.group,
        "operation": str(one.operation),
        "upgrades": list(one.upgrades),
        "order": [list(stage) for stage in one.order],
        "plugin": {"name": lock.plugin, "version": lock.plugin_version} if lock else None,
        "runtime": {"name": lock.runtime, "version": lock.runtime_version} if lock else None,
        "objects": {
            "added": [str(key) for key in one.added],
            "changed": [str(key) for key in one.changed],
            "removed": [str(key) for key in one.removed],
        },
        "files": {"written": sorted(one.files), "removed": list(one.remove)},
    }


def worst(diagnostics: tuple[Diagnostic, ...]) -> int:
    """The exit code that the diagnostics ask for."""
    return 1 if any(one.severity is Severity.ERROR for one in diagnostics) else 0
