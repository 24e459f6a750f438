"""Writes diagnostics where the chosen format wants them."""

import sys
from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.entrypoints.report import machine, text
from generator.entrypoints.report.style import style_for


def diagnostics(found: Sequence[Diagnostic], report_format: str) -> None:
    """People read standard error; GitHub reads commands on standard output; JSON is part of the result itself."""
    if report_format == "json":
        return
    if report_format == "github":
        sys.stdout.writelines(f"{line}\n" for line in machine.github(found))
    sys.stderr.write(text.diagnostics(found, style_for(sys.stderr)))
