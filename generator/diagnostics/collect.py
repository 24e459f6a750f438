"""Collect mistakes, carry on, report all of them at the end."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from generator.diagnostics.diagnostic import Diagnostic, Severity

Item = TypeVar("Item")
Result = TypeVar("Result")


class DiagnosticError(Exception):
    """A user's mistake, or several, on their way up to the next collector.

    One without any means that something cannot be had because of a mistake which has been told.
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(*diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "; ".join(f"{found.code}: {found.message}" for found in self.diagnostics)


class Collector:
    """Gathers diagnostics; the only place that catches a `DiagnosticError`."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep *diagnostic*; an equal one is kept once."""
        self._found[diagnostic] = None

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep every one of *diagnostics*."""
        for diagnostic in diagnostics:
            self.add(diagnostic)

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
        """The results of *work* on those *items* that it has no complaint about."""
        results: list[Result] = []
        for item in items:
            try:
                results.append(work(item))
            except DiagnosticError as error:
                self.extend(error.diagnostics)
        return results

    def attempt(self, work: Callable[[], Result]) -> Result | None:
        """What *work* returns; None, and its diagnostics kept, where it meets a user's mistake."""
        results = self.each(lambda _: work(), (None,))
        return results[0] if results else None

    @property
    def failed(self) -> bool:
        """Whether an error (not just a warning) was found."""
        return any(found.severity is Severity.ERROR for found in self._found)

    def sorted(self) -> tuple[Diagnostic, ...]:
        """Everything found, by file, place, code."""
        return tuple(sorted(self._found, key=lambda found: found.sort_key))

    def raise_errors(self) -> None:
        """Raise what was found if there is an error in it."""
        if self.failed:
            raise DiagnosticError(*self.sorted())
