"""The fields in which two values differ, with the elements of lists told apart by their Kubernetes keys.

The walk is our own, not DeepDiff's: it knows which list elements belong together before it compares them, its
paths name elements instead of counting them, and it costs microseconds where DeepDiff costs milliseconds.
DeepDiff does what it is good at, in `lists`: it says how much two structures of unknown shape resemble each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from generator.model.change import ChangeKind
from generator.model.merge_rules import MergeRule
from generator.stages.compare.lists import Aligned, align


class ListKey(NamedTuple):
    """A step into a list with keys: the element that has these values, such as `name=redis`."""

    pairs: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return "[" + ",".join(f"{key}={value}" for key, value in self.pairs) + "]"


Path: TypeAlias = tuple[str | int | ListKey, ...]
"""Steps into a value: the names of fields, the keys of list elements, or their indexes where a list has no keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that differs.

    In a list without keys, an index in `path` counts in the old list, but for an added element, where it counts
    in the new one.
    """

    path: Path
    kind: ChangeKind
    old: Any = None
    """The value before; for a moved element its old index."""

    new: Any = None
    """The value after; for a moved element its new index."""

    at: int | None = None
    """Of an added or moved element of a list: its index in the new list."""


def pointer(path: Path) -> str:
    """A path as a JSON Pointer whose list steps are keys: `/spec/containers/[name=redis]/image`."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def differences(old: Any, new: Any, rule: MergeRule) -> tuple[FieldChange, ...]:
    """Every field in which *new* differs from *old*: taken together, exactly what makes *new* of *old*.

    Types count: 1, 1.0, "1" and true are four different values.
    """
    found: list[FieldChange] = []
    _walk(old, new, rule, (), found)
    return tuple(found)


def _walk(old: Any, new: Any, rule: MergeRule, path: Path, found: list[FieldChange]) -> None:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in sorted(old.keys() | new.keys()):
            here = (*path, name)
            if name not in new:
                found.append(FieldChange(path=here, kind=ChangeKind.REMOVED, old=old[name]))
            elif name not in old:
                found.append(FieldChange(path=here, kind=ChangeKind.ADDED, new=new[name]))
            else:
                _walk(old[name], new[name], rule.of(name), here, found)
    elif isinstance(old, list) and isinstance(new, list):
        # Most lists are equal, and texts are made faster than elements are paired; unlike ==, they tell 1 from true.
        if repr(old) != repr(new):
            for one in align(old, new, rule):
                _element(one, rule, path, found)
    elif type(old) is not type(new) or old != new:
        found.append(FieldChange(path=path, kind=ChangeKind.CHANGED, old=old, new=new))


def _element(one: Aligned, rule: MergeRule, path: Path, found: list[FieldChange]) -> None:
    """What happened to one element of a list."""
    step: str | int | ListKey = ListKey(one.key) if one.key else one.index
    here = (*path, step)
    if one.before is None:
        found.append(FieldChange(path=here, kind=ChangeKind.ADDED, new=one.new, at=one.after))
    elif one.after is None:
        found.append(FieldChange(path=here, kind=ChangeKind.REMOVED, old=one.old))
    else:
        if one.moved:
            moved = FieldChange(path=here, kind=ChangeKind.MOVED, old=one.before, new=one.after, at=one.after)
            found.append(moved)
        _walk(one.old, one.new, rule, here, found)
