"""SARIF 2.1.0 (OASIS), as GitHub's code scanning and editors read it.

Code scanning refuses a whole file for one result without a place, and for more results than it takes
(docs.github.com, "SARIF results exceed one or more limits").
"""

from collections.abc import Sequence
from typing import Any, Final

from generator import __version__
from generator.diagnostics import Severity
from generator.entrypoints.report.notes import Note

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST: Final = 25_000
"""Results of one run."""

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(notes: Sequence[Note], asides: Sequence[Note] = ()) -> dict[str, Any]:
    """One run of one tool: each rule once, each note a result at its place; the gravest, where there are too many.

    *asides* are no results, which a host would make alerts of, but notifications.
    """
    notes = _most(notes)
    rules = {note.rule: note for note in notes}
    index = {rule: number for number, rule in enumerate(rules)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "mwgen",
                        "language": "en-US",
                        "semanticVersion": __version__,
                        "rules": [
                            {
                                "id": rule,
                                "shortDescription": {"text": note.about or rule},
                                "defaultConfiguration": {"level": _LEVELS[note.severity]},
                            }
                            for rule, note in rules.items()
                        ],
                    }
                },
                "language": "en-US",
                "columnKind": "unicodeCodePoints",
                "newlineSequences": ["\r\n", "\n"],
                **_invocation(asides),
                "results": [_result(note, index[note.rule]) for note in notes],
            }
        ],
    }


def _most(notes: Sequence[Note]) -> Sequence[Note]:
    """The *notes*, or as many of the gravest as code scanning takes, and one that counts the others."""
    if len(notes) <= MOST:
        return notes
    levels = list(_LEVELS)
    kept = sorted(notes, key=lambda note: levels.index(note.severity))[: MOST - 1]
    message = f"{len(notes) - len(kept):,} more are not here: a file of SARIF holds {MOST:,}"
    return [*kept, Note(rule="not-shown", about="what did not fit", severity=Severity.WARNING, message=message)]


def _invocation(asides: Sequence[Note]) -> dict[str, Any]:
    if not asides:
        return {}
    told = [{"level": _LEVELS[one.severity], "message": {"text": one.message}} for one in asides]
    return {"invocations": [{"executionSuccessful": True, "toolExecutionNotifications": told}]}


def _result(note: Note, rule: int) -> dict[str, Any]:
    region = {
        "startLine": note.line,
        "startColumn": note.column,
        "endLine": note.end_line,
        "endColumn": max(note.end_column, note.column + (note.line == note.end_line)),
    }
    return {
        "ruleId": note.rule,
        "ruleIndex": rule,
        "level": _LEVELS[note.severity],
        "message": {"text": f"{note.message}\n{note.hint}" if note.hint else note.message},
        "partialFingerprints": {"mwgen/v1": note.fingerprint},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(note.shown_in)}, "region": region}}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
