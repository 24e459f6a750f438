"""reflect.DeepEqual: equal types all the way down, then equal values."""

from typing import Any, Final

from generator.engines.gotemplate.gotypes import GoObject
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.cost import STEP

_SCALARS: Final = frozenset({str, bool, int, float, bytes, type(None)})


def deep_equal(run: Run, left: Any, right: Any) -> bool:
    """Whether two values are equal and of equal types throughout: 3 of type int is not 3 of type int64 or float64."""
    kind = left.__class__
    if kind is not right.__class__:
        return False
    if kind in _SCALARS:
        return bool(left == right)
    pairs = [(left, right)]
    # Lists may hold the same list many times over: each two are compared once.
    seen: set[tuple[int, int]] = set()
    while pairs:
        left, right = pairs.pop()
        kind = left.__class__
        if kind is not right.__class__:
            return False
        run.spend(STEP)
        if isinstance(left, GoObject) or not isinstance(left, list | dict):
            if left != right:
                return False
        elif left is not right and (id(left), id(right)) not in seen:
            if len(left) != len(right):
                return False
            seen.add((id(left), id(right)))
            if isinstance(left, list):
                pairs.extend(zip(left, right, strict=True))
            elif left.keys() != right.keys():
                return False
            else:
                pairs.extend((element, right[key]) for key, element in left.items())
    return True


class Seen:
    """Values that were met, found again by `deep_equal`."""

    __slots__ = ("_others", "_run", "_scalars")

    def __init__(self, run: Run, values: list[Any] | tuple[Any, ...] = ()) -> None:
        self._run = run
        self._scalars: set[tuple[type, Any]] = set()
        self._others: list[Any] = []
        for value in values:
            self.add(value)

    def add(self, value: Any) -> None:
        """Remember a value."""
        if value.__class__ in _SCALARS:
            # A set finds an object by identity first, but NaN equals nothing, not even itself.
            if value == value:  # noqa: PLR0124 - the test for NaN
                self._scalars.add((value.__class__, value))
        else:
            self._others.append(value)

    def __contains__(self, value: Any) -> bool:
        if value.__class__ in _SCALARS:
            return (value.__class__, value) in self._scalars
        return any(deep_equal(self._run, value, other) for other in self._others)
