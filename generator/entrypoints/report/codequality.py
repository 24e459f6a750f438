"""GitLab's code quality report: a list of Code Climate issues (docs.gitlab.com/ci/testing/code_quality)."""

from collections.abc import Sequence
from typing import Any, Final

from generator.diagnostics import Severity
from generator.entrypoints.report.notes import Note

_SEVERITIES: Final = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def codequality(notes: Sequence[Note]) -> list[dict[str, Any]]:
    """Each note once: GitLab drops what has a known fingerprint, and shows nothing without a place."""
    issues = {
        note.fingerprint: {
            "description": f"{note.message}: {note.hint}" if note.hint else note.message,
            "check_name": note.rule,
            "fingerprint": note.fingerprint,
            "severity": _SEVERITIES[note.severity],
            "location": {"path": note.shown_in, "lines": {"begin": note.line, "end": note.end_line}},
        }
        for note in notes
    }
    return list(issues.values())
