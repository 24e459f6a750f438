"""The state of one execution: budgets, provider of clock and randomness, definitions. Programs hold no state."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.provider import Provider, Refusing

Body = Callable[["Run", Callable[[str], None], Any], None]
"""A compiled definition: writes what it gives for a value as dot."""

_MANY_PIECES: Final = 1 << 16
FEW_ROUNDS: Final = 1 << 6
"""What a loop may run without being asked in between how much it has used."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one execution may use. Exceeding any is a `TemplateError` of kind `limit`."""

    steps: int = 2_000_000
    """Rounds of loops, and calls of templates."""
    work: int = 64 << 20
    """What functions and templates build, in all: bytes of text, and what lists and maps take."""
    output: int = 32 << 20
    """Characters that one template gives."""

    def times(self, factor: int) -> "Limits":
        """So many times as much."""
        return Limits(self.steps * factor, self.work * factor, self.output * factor)


class LimitExceeded(Exception):  # noqa: N818 - it is no mistake of the program but the end of a budget
    """A budget is used up; the engine adds the place."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(limit, allowed)
        self.limit = limit
        self.allowed = allowed


class Run:
    """One execution of a program. Functions that ask for it (`Func.wants_run`) get it as their first argument."""

    __slots__ = (
        "_checked",
        "_folded",
        "_folded_of",
        "deadline",
        "limits",
        "out",
        "provider",
        "state",
        "steps",
        "table",
        "work",
    )

    def __init__(
        self,
        *,
        table: Mapping[str, Body] | None = None,
        provider: Provider | None = None,
        limits: Limits | None = None,
        deadline: Callable[[], bool] | None = None,
        state: Any = None,
    ) -> None:
        self.table: Mapping[str, Body] = {} if table is None else table
        """All definitions by name."""
        self.provider: Provider = Refusing() if provider is None else provider
        self.limits = Limits() if limits is None else limits
        self.deadline = deadline
        """Says whether the time is up; this package has no clock."""
        self.state = state
        """What the dialect's functions keep."""
        self.out: list[str] = []
        """What the template that is being executed has written so far."""
        self.steps = 0
        self.work = 0
        self._checked = 0
        self._folded = 0
        self._folded_of: list[str] | None = None

    def spend(self, amount: int) -> None:
        """Account for `amount` bytes that a function is about to build; call it before building.

        Raises:
            LimitExceeded: the run may not build that much; let it pass.
        """
        self.work += amount
        if self.work > self.limits.work:
            raise LimitExceeded("work", self.limits.work)
        if self.deadline is not None and self.work - self._checked > _MANY_PIECES:
            self._checked = self.work
            self.check_deadline()

    def step(self, amount: int) -> None:
        """Account for rounds of a loop, or calls of templates, that are about to be."""
        self.steps += amount
        if self.steps > self.limits.steps:
            raise LimitExceeded("steps", self.limits.steps)
        if len(self.out) > _MANY_PIECES:
            self._fold()
        if self.deadline is not None:
            self.check_deadline()

    def check_deadline(self) -> None:
        """Refuse to go on when the time is up."""
        if self.deadline is not None and self.deadline():
            raise LimitExceeded("time", 0)

    def rounds(self, elements: Sequence[Any]) -> Collection[Any]:
        """What a loop runs over, accounted for."""
        if len(elements) <= FEW_ROUNDS:
            self.step(len(elements))
            return elements
        self.step(0)
        return _Rounds(self, elements)

    def capture(self, body: Body, dot: Any) -> str:
        """The text that a definition gives for a value."""
        outer = self.out
        pieces: list[str] = []
        self.out = pieces
        body(self, pieces.append, dot)
        self.check_size(pieces)
        self.out = outer
        return "".join(pieces)

    def check_size(self, pieces: list[str]) -> None:
        """Account for a text that is about to be joined of its pieces."""
        size = sum(map(len, pieces))
        if size > self.limits.output:
            raise LimitExceeded("output", self.limits.output)
        self.work += size
        if self.work > self.limits.work:
            raise LimitExceeded("work", self.limits.work)

    def _fold(self) -> None:
        """Make one of the many pieces since this was done last: memory is for text, not for pieces of it."""
        start = self._folded if self._folded_of is self.out else 0
        if sum(map(len, self.out)) > self.limits.output:
            raise LimitExceeded("output", self.limits.output)
        self.out[start:] = ["".join(self.out[start:])]
        self._folded_of, self._folded = self.out, start + 1


class _Rounds(Collection[Any]):
    """A long loop, which is accounted for while it runs."""

    def __init__(self, run: Run, elements: Sequence[Any]) -> None:
        self.run = run
        self.elements = elements

    def __len__(self) -> int:
        return len(self.elements)

    def __contains__(self, element: object) -> bool:
        return element in self.elements

    def __iter__(self) -> Iterator[Any]:
        for start in range(0, len(self.elements), FEW_ROUNDS):
            self.run.step(min(FEW_ROUNDS, len(self.elements) - start))
            for at in range(start, min(start + FEW_ROUNDS, len(self.elements))):
                yield self.elements[at]
