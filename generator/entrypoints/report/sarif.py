"""SARIF 2.1.0 (OASIS), as GitHub's code scanning and editors read it."""

from collections.abc import Sequence
from typing import Any, Final

from generator import __version__
from generator.diagnostics import Severity
from generator.entrypoints.report.notes import Note

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif(notes: Sequence[Note]) -> dict[str, Any]:
    """One run of one tool: each rule once, each note a result at its place."""
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
                "results": [_result(note, index[note.rule]) for note in notes],
            }
        ],
    }


def _result(note: Note, rule: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": note.rule,
        "ruleIndex": rule,
        "level": _LEVELS[note.severity],
        "message": {"text": f"{note.message}\n{note.hint}" if note.hint else note.message},
        "partialFingerprints": {"mwgen/v1": note.fingerprint},
    }
    if note.file:
        region = {
            "startLine": note.line,
            "startColumn": note.column,
            "endLine": note.end_line,
            "endColumn": max(note.end_column, note.column + (note.line == note.end_line)),
        }
        result["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": _uri(note.file)}, "region": region}}]
    return result


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path)
