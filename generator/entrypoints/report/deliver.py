"""Writes diagnostics where the chosen format wants them."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic
from generator.entrypoints.report import text
from generator.entrypoints.report.style import style_for

if TYPE_CHECKING:
    from generator.entrypoints.report.notes import Note


def _github(told: "Sequence[Note]") -> str:
    from generator.entrypoints.report import machine

    return "".join(f"{line}\n" for line in machine.github(told))


def _sarif(told: "Sequence[Note]") -> str:
    from generator.entrypoints.report import sarif

    return json.dumps(sarif.sarif(told), indent=2, ensure_ascii=False) + "\n"


def _codequality(told: "Sequence[Note]") -> str:
    from generator.entrypoints.report import codequality

    return json.dumps(codequality.codequality(told), indent=2, ensure_ascii=False) + "\n"


MACHINES: "Mapping[str, Callable[[Sequence[Note]], str]]" = {
    "github": _github,
    "sarif": _sarif,
    "codequality": _codequality,
}
"""By name: what CI systems read."""


def diagnostics(found: Sequence[Diagnostic], report_format: str) -> None:
    """People read standard error; machines read standard output; JSON is part of the result itself."""
    if report_format == "json":
        return
    if report_format in MACHINES:
        from generator.entrypoints.report import notes

        sys.stdout.write(MACHINES[report_format](notes.of_diagnostics(found)))
    sys.stderr.write(text.diagnostics(found, style_for(sys.stderr)))
