"""What one rendering may use, counted as the default engine counts it; and the guards at what could use too much.

The sandbox keeps templates away from Python's inside; it leaves open that a short template asks for a huge result. So
whatever joins, repeats or writes out is asked beforehand how large the result will be.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jinja2 import Undefined

from generator.engines.base import SECONDS, Timer, deadline
from generator.engines.gotemplate.run import LimitExceeded, Limits, Run

LIMITS: Final = Limits()
LARGE: Final = 4096
"""A text that is longer costs what is done with it; a shorter one costs nothing."""

_NODE: Final = 8  # what looking at a value is counted for
_CHARACTER: Final = 16  # and what taking a text apart is counted for, a character
_DEEPEST: Final = 1000
_MOST_BITS: Final = 4096
_SCALARS: Final = frozenset({str, int, float, bool, type(None)})


class Budget:
    """The budgets of a program's renderings, of which there is one at a time."""

    def __init__(self, factor: int = 1, timer: Timer | None = None) -> None:
        self._limits = LIMITS.times(factor)
        self._seconds = SECONDS * factor
        self._timer = timer
        self.run = Run(limits=self._limits)

    def start(self) -> None:
        """A new rendering begins."""
        self.run = Run(limits=self._limits, deadline=deadline(self._timer, self._seconds))

    def step(self, size: int = 0) -> None:
        """One round of a loop, or call of a macro or include, more; it writes that much of the template's own text."""
        self.run.step(1)
        self.run.spend(size)

    def written(self, size: int) -> None:
        """A template has written so many characters in all."""
        if size > self._limits.output:
            raise LimitExceeded("output", self._limits.output)

    # -- values

    def weigh(self, value: Any) -> Any:
        """The value, once it is known not to unfold to more than there may be: a list can hold one list many times."""
        if value.__class__ in _SCALARS or isinstance(value, Undefined):
            return value
        level = [value]
        for _ in range(_DEEPEST):
            self.run.spend(_NODE * len(level))
            below: list[Any] = []
            for one in level:
                if isinstance(one, str):
                    self.run.spend(len(one))
                elif isinstance(one, Undefined):
                    str(one)
                elif isinstance(one, Mapping):
                    below += one.values()
                elif isinstance(one, Sequence | set | frozenset) and not isinstance(one, bytes | range):
                    below += one
            if not below:
                return value
            level = below
        raise LimitExceeded("depth", _DEEPEST)

    def text(self, value: Any) -> str:
        """A value as text."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(self.weigh(value))

    def concatenated(self, *values: Any) -> str:
        """The operator `~`."""
        texts = [self.text(value) for value in values]
        self.run.spend(sum(map(len, texts)))
        return "".join(texts)

    def taken_apart(self, value: Any) -> Any:
        """A value that is about to become a list, or to be looked through."""
        if not isinstance(value, str):
            return self.weigh(value)
        if len(value) > LARGE:
            self.run.spend(_CHARACTER * len(value))
        return value

    # -- operators and methods

    def operands(self, operator: str, left: Any, right: Any) -> None:
        """Refuse operands whose result would be out of bounds."""
        if operator == "*":
            self._repeated(left, right)
            self._repeated(right, left)
        elif operator == "+":
            for value in (left, right):
                if isinstance(value, str | list | tuple):
                    self.run.spend(len(value))
        elif operator == "**":
            if _bits(left) > 64 or (isinstance(right, int) and right > 64):
                raise LimitExceeded("number", _MOST_BITS)
        elif operator == "%" and isinstance(left, str):
            self.weigh(right)
            self.formatted(left)

    def _repeated(self, value: Any, times: Any) -> None:
        if isinstance(value, str | list | tuple) and isinstance(times, int):
            self.run.spend(len(value) * max(times, 0))
            self.weigh(value)
        if _bits(value) > _MOST_BITS:
            raise LimitExceeded("number", _MOST_BITS)

    def formatted(self, pattern: str) -> None:
        """Refuse a format of `%` with widths beyond four digits, or with widths that are arguments."""
        digits = 0
        for char in pattern:
            digits = digits + 1 if char.isdigit() else 0
            if digits > 4 or char == "*":
                raise LimitExceeded("width", 9999)
        self.run.spend(len(pattern))

    def replaced(self, text: str, old: str, new: str) -> None:
        """A text that is about to be replaced in."""
        self.run.spend(len(text) + (text.count(old) if old else len(text) + 1) * len(new))

    def method(self, owner: str, name: str, args: Sequence[Any]) -> None:
        """A method of a text that is about to be called."""
        if name == "replace" and len(args) > 1 and isinstance(args[0], str) and isinstance(args[1], str):
            self.replaced(owner, args[0], args[1])
        elif name == "join" and args and isinstance(args[0], Sequence):
            parts = [part for part in args[0] if isinstance(part, str)]
            self.run.spend(sum(map(len, parts)) + len(owner) * len(parts))
        elif len(owner) > LARGE:
            self.run.spend(_CHARACTER * len(owner))


def _bits(number: Any) -> int:
    return number.bit_length() if isinstance(number, int) else 0
