"""Which elements of two lists belong together: by key where there is one, else by likeness and order."""

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from generator.model.merge_rules import KEY_DEFAULTS, MergeRule

Key: TypeAlias = tuple[tuple[str, Any], ...]

_GUESSES = ("name", "metadata.name", "alert", "record", "host", "key", "id", "type", "path")
"""What tells elements apart where the API names no key, if every element has a text of its own there."""

_UNPAIRED = 0.1
"""What an element without a partner costs; two elements pair only if their distance is less than two of these."""

_MOST_PAIRS = 256
"""How many pairs of elements are compared with each other before lists are taken to pair by position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """An element of the old list, of the new one, or one of each that belong together."""

    key: Key = ()
    before: int | None
    after: int | None
    old: Any = None
    new: Any = None
    moved: bool = False

    @property
    def index(self) -> int:
        """Its index in the old list; of a new element, in the new list."""
        index = self.after if self.before is None else self.before
        assert index is not None
        return index


def align(old: Sequence[Any], new: Sequence[Any], rule: MergeRule) -> Iterator[Aligned]:
    """The elements of both lists, each once, those that belong together in pairs."""
    keyed = _keyed(old, new, rule)
    return _by_key(old, new, *keyed) if keyed else _by_likeness(old, new)


# --- by key


def _keyed(old: Sequence[Any], new: Sequence[Any], rule: MergeRule) -> tuple[list[Key], list[Key]] | None:
    """The keys of all elements of both lists, by the first way that gives each element one of its own."""
    if not all(isinstance(element, Mapping) for element in (*old, *new)):
        return None
    ways: list[Callable[[Mapping[str, Any]], Key | None]] = [_guess(path) for path in _GUESSES]
    if rule.keys:
        ways.insert(0, lambda element: _stated(element, rule))
    for way in ways:
        before, after = list(map(way, old)), list(map(way, new))
        if _tell_apart(before) and _tell_apart(after):
            return [key for key in before if key], [key for key in after if key]
    return None


def _stated(element: Mapping[str, Any], rule: MergeRule) -> Key | None:
    """The key that the API names; without what the element leaves to a default that has nothing to say."""
    if rule.keys[0] not in element:
        return None
    pairs = ((key, element.get(key, KEY_DEFAULTS.get(key))) for key in rule.keys)
    return tuple((key, value) for key, value in pairs if value is not None) or None


def _guess(path: str) -> Callable[[Mapping[str, Any]], Key | None]:
    def way(element: Mapping[str, Any]) -> Key | None:
        value: Any = element
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
        return ((path, value),) if isinstance(value, str) else None

    return way


def _tell_apart(keys: Sequence[Key | None]) -> bool:
    """Whether every element has a key, and no two the same."""
    if None in keys:
        return False
    try:
        return len(set(keys)) == len(keys)
    except TypeError:  # a key whose value is a list or a map
        return False


def _by_key(old: Sequence[Any], new: Sequence[Any], before: Sequence[Key], after: Sequence[Key]) -> Iterator[Aligned]:
    places = {key: index for index, key in enumerate(after)}
    common = [key for key in before if key in places]
    steady = {common[index] for index in _longest_rising([places[key] for key in common])}
    for index, key in enumerate(before):
        if key not in places:
            yield Aligned(key=key, before=index, after=None, old=old[index])
    olds = {key: index for index, key in enumerate(before)}
    for index, key in enumerate(after):
        was = olds.get(key)
        value = None if was is None else old[was]
        moved = was is not None and key not in steady
        yield Aligned(key=key, before=was, after=index, old=value, new=new[index], moved=moved)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The indexes of a longest rising subsequence: the elements that need not move."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, number in enumerate(numbers):
        at = bisect_left(tails, number)
        previous.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
    found: list[int] = []
    here = ends[-1] if ends else None
    while here is not None:
        found.append(here)
        here = previous[here]
    return found[::-1]


# --- by likeness


def _by_likeness(old: Sequence[Any], new: Sequence[Any]) -> Iterator[Aligned]:
    before, after = ([json.dumps(element, sort_keys=True) for element in side] for side in (old, new))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for i, j in _pairs(old[i1:i2], new[j1:j2]):
            yield Aligned(
                before=None if i is None else i1 + i,
                after=None if j is None else j1 + j,
                old=None if i is None else old[i1 + i],
                new=None if j is None else new[j1 + j],
            )


def _pairs(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of indexes, both rising, at the least total distance; None beside an element without a partner."""
    if len(old) * len(new) > _MOST_PAIRS:
        both = min(len(old), len(new))
        yield from ((index, index) for index in range(both))
        yield from ((index, None) for index in range(both, len(old)))
        yield from ((None, index) for index in range(both, len(new)))
        return
    # cost[i][j]: the least cost of pairing what follows from old[i] and new[j] on.
    cost = [[_UNPAIRED * (len(old) - i + len(new) - j) for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    pair = [[_UNPAIRED * 2] * len(new) for _ in old]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            pair[i][j] = min(_distance(old[i], new[j]), _UNPAIRED * 2)
            cost[i][j] = min(pair[i][j] + cost[i + 1][j + 1], _UNPAIRED + cost[i + 1][j], _UNPAIRED + cost[i][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        if (
            i < len(old)
            and j < len(new)
            and pair[i][j] < _UNPAIRED * 2
            and cost[i][j] == pair[i][j] + cost[i + 1][j + 1]
        ):
            yield i, j
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or cost[i][j] == _UNPAIRED + cost[i + 1][j]):
            yield i, None
            i += 1
        else:
            yield None, j
            j += 1


def _distance(one: Any, other: Any) -> float:
    """How unlike two elements are, from 0 (equal) on; DeepDiff's measure for maps and lists."""
    if type(one) is not type(other):
        return 1.0
    if isinstance(one, str):
        return (1 - SequenceMatcher(None, one, other, autojunk=False).ratio()) * _UNPAIRED * 4
    if isinstance(one, Mapping | list):
        from deepdiff import DeepDiff

        return float(DeepDiff(one, other, get_deep_distance=True).get("deep_distance", 0.0))
    return _UNPAIRED
