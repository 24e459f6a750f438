"""The state of one execution: budgets, and the provider of clock and randomness. Programs hold no state."""

from collections.abc import Callable
from dataclasses import dataclass

from generator.engines.gotemplate.provider import Provider, Refusing


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one execution may use. Exceeding any is a `TemplateError` of kind `limit`."""

    steps: int = 20_000_000
    """Loop rounds and template calls."""
    work: int = 256 << 20
    """What functions build, in all: bytes of text, elements of lists."""
    output: int = 64 << 20
    """Bytes of output, nested templates included."""


class LimitExceeded(Exception):  # noqa: N818 - it is no mistake of the program but the end of a budget
    """A budget is used up; the engine adds the place."""

    def __init__(self, limit: str, allowed: int) -> None:
        super().__init__(limit, allowed)
        self.limit = limit
        self.allowed = allowed


class Run:
    """One execution of a program. Functions that ask for it (`Func.wants_run`) get it as their first argument."""

    __slots__ = ("deadline", "limits", "provider", "steps", "work")

    def __init__(
        self,
        *,
        provider: Provider | None = None,
        limits: Limits | None = None,
        deadline: Callable[[], bool] | None = None,
    ) -> None:
        self.provider: Provider = Refusing() if provider is None else provider
        self.limits = Limits() if limits is None else limits
        self.deadline = deadline
        self.steps = 0
        self.work = 0

    def spend(self, amount: int) -> None:
        """Account for `amount` bytes or elements that a function is about to build; call it before building.

        Raises:
            LimitExceeded: the run may not build that much; let it pass.
        """
        self.work += amount
        if self.work > self.limits.work:
            raise LimitExceeded("work", self.limits.work)
