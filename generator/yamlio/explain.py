"""The problems of a YAML text as diagnostics, with the hint that most probably helps."""

from typing import Final

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.goyaml.errors import ErrorKind, Problem, YamlError

_CODES: Final[dict[ErrorKind, str]] = {
    ErrorKind.SYNTAX: "MW101",
    ErrorKind.ANCHOR: "MW101",
    ErrorKind.TAG: "MW101",
    ErrorKind.DUPLICATE: "MW102",
    ErrorKind.LIMIT: "MW103",
    ErrorKind.ENCODING: "MW104",
    ErrorKind.KEY: "MW105",
    ErrorKind.NUMBER: "MW106",
    ErrorKind.TRAILING: "MW107",
}


def diagnostics_of(file: SourceFile, start: int, error: YamlError) -> tuple[Diagnostic, ...]:
    """The problems of the text that starts at *start* in *file*."""
    return tuple(_diagnostic(file, start, problem) for problem in error.problems)


def _diagnostic(file: SourceFile, base: int, problem: Problem) -> Diagnostic:
    secondary: tuple[Label, ...] = ()
    if problem.context >= 0:
        at = base + problem.context
        secondary = (Label(Span(file, at, at + 1), "it belongs to what starts here"),)
    return Diagnostic(
        code=_CODES[problem.kind],
        message=problem.message,
        primary=Label(Span(file, base + problem.start, base + problem.end)),
        secondary=secondary,
        hint="",
        field=problem.key,
    )
