"""The fields in which two objects differ, as a review has them: each with a path for people and one for programs.

Taken in their order, the changes are a JSON Patch: removals from a list from its end, then what is new or moved in
the order of the new list, then what changed inside of elements.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.model.kinds import is_built_in
from generator.model.merge_rules import PLAIN, MergeRule, merge_rule
from generator.model.resource import ResourceId
from generator.model.review import ChangeKind, FieldChange, Noise
from generator.model.values import Object
from generator.stages.compare.fields import ListKey, Path, pointer
from generator.stages.compare.lists import Aligned, align
from generator.stages.review.masks import is_masked
from generator.stages.review.noise import is_default, is_order, noise_of, same_meaning
from generator.stages.review.same import same


def changes(old: Object, new: Object, id_: ResourceId) -> tuple[FieldChange, ...]:
    """Every field in which the masked object *new* differs from *old*; types count, 1 is not "1"."""
    walk = _Walk(id=id_, built_in=is_built_in(id_.group, id_.kind), found=[])
    walk.values(old, new, merge_rule(id_.group, id_.kind), _Here())
    return tuple(walk.found)


def annotations(old: Object, new: Object, id_: ResourceId) -> tuple[FieldChange, ...]:
    """The changes of two objects that differ in single annotations only, none of which can be a secret."""
    before, after = (body["metadata"]["annotations"] for body in (old, new))
    names = sorted(before.keys() | after.keys())
    values = [(name, before.get(name), after.get(name)) for name in names]
    if all(value.__class__ is str for value in (*before.values(), *after.values())):
        return tuple(_annotation(*each) for each in values if each[1] != each[2])
    walk = _Walk(id=id_, built_in=True, found=[])
    walk.values(before, after, PLAIN, _Here(_ANNOTATIONS, _ANNOTATIONS))
    return tuple(walk.found)


_ANNOTATIONS = ("metadata", "annotations")


@lru_cache(maxsize=1_000)
def _annotation(name: str, old: str | None, new: str | None) -> FieldChange:
    """One annotation that tells nothing; None: not there. Objects and bundles have many such changes in common."""
    here = _Here((*_ANNOTATIONS, name), (*_ANNOTATIONS, name))
    kind = ChangeKind.ADDED if old is None else ChangeKind.REMOVED if new is None else ChangeKind.CHANGED
    noise = noise_of(here.steps)
    return FieldChange(path=pointer(here.steps), pointer=here.pointer, kind=kind, old=old, new=new, noise=noise)


@dataclass(frozen=True, slots=True)
class _Here:
    """A place in both objects."""

    steps: Path = ()
    """For people: names, keys of elements, indexes."""

    places: tuple[str | int, ...] = ()
    """For programs: names and indexes in the list as it is by then."""

    def below(self, step: str | int | ListKey, place: str | int) -> "_Here":
        return _Here((*self.steps, step), (*self.places, place))

    @property
    def pointer(self) -> str:
        return "".join("/" + str(place).replace("~", "~0").replace("/", "~1") for place in self.places)


@dataclass(frozen=True, slots=True)
class _Walk:
    id: ResourceId
    built_in: bool
    found: list[FieldChange]

    def values(self, old: Any, new: Any, rule: MergeRule, here: _Here) -> None:
        if isinstance(old, dict) and isinstance(new, dict):
            for name in sorted(old.keys() | new.keys()):
                if name not in new:
                    self._tell(ChangeKind.REMOVED, here.below(name, name), old[name], None)
                elif name not in old:
                    self._tell(ChangeKind.ADDED, here.below(name, name), None, new[name])
                elif not same(old[name], new[name]):
                    self.values(old[name], new[name], rule.of(name), here.below(name, name))
        elif isinstance(old, list) and isinstance(new, list):
            if not same(old, new):
                self._lists(list(align(old, new, rule)), len(old), rule, here)
        elif type(old) is not type(new) or old != new:
            self._tell(ChangeKind.CHANGED, here, old, new)

    def _lists(self, elements: list[Aligned], length: int, rule: MergeRule, here: _Here) -> None:
        gone = [one for one in elements if one.after is None]
        for one in sorted(gone, key=lambda each: -each.index):
            self._tell(ChangeKind.REMOVED, here.below(_step(one), one.index), one.old, None)
        there = sorted((one for one in elements if one.after is not None), key=lambda each: each.after or 0)
        if any(one.moved for one in there):
            self._reordered(there, length, {one.before for one in gone}, here)
        else:
            for one in there:
                if one.before is None:
                    self._tell(ChangeKind.ADDED, here.below(_step(one), one.index), None, one.new)
        for one in there:
            if one.before is not None and one.after is not None:
                self.values(one.old, one.new, rule, here.below(_step(one), one.after))

    def _reordered(self, there: list[Aligned], length: int, gone: set[int | None], here: _Here) -> None:
        """What is new or moved, each put behind the element that it follows in the end. Every element has a key."""
        now: list[Any] = [index for index in range(length) if index not in gone]
        before: Any = None
        for one in there:
            me: Any = ("new", one.after) if one.before is None else one.before
            if one.before is None or one.moved:
                source = None
                if one.before is not None:
                    source = now.index(me)
                    del now[source]
                at = 0 if before is None else now.index(before) + 1
                now.insert(at, me)
                if source is None:
                    self._tell(ChangeKind.ADDED, here.below(_step(one), at), None, one.new)
                elif source != at:
                    moved = here.below(_step(one), at)
                    self.found.append(
                        FieldChange(
                            path=pointer(moved.steps),
                            pointer=moved.pointer,
                            kind=ChangeKind.MOVED,
                            source=here.below(_step(one), source).pointer,
                            noise=Noise.ORDER if is_order(self.id, moved.steps) else None,
                        )
                    )
            before = me

    def _tell(self, kind: ChangeKind, here: _Here, old: Any, new: Any) -> None:
        self.found.append(
            FieldChange(
                path=pointer(here.steps),
                pointer=here.pointer,
                kind=kind,
                old=old,
                new=new,
                secret=is_masked(old) or is_masked(new),
                noise=self._noise(kind, here, old, new),
            )
        )

    def _noise(self, kind: ChangeKind, here: _Here, old: Any, new: Any) -> Noise | None:
        steps = here.steps
        if is_order(self.id, steps):
            return Noise.ORDER
        if kind is ChangeKind.CHANGED:
            if same_meaning(steps, old, new, built_in=self.built_in):
                return Noise.NOTATION
        elif is_default(steps, old if kind is ChangeKind.REMOVED else new, built_in=self.built_in):
            return Noise.NOTATION
        plain = noise_of(steps)
        if plain is None and kind is not ChangeKind.CHANGED and steps[-1:] in {("annotations",), ("labels",)}:
            whole = old if kind is ChangeKind.REMOVED else new
            kinds = {noise_of((*steps, name)) for name in whole} if isinstance(whole, dict) else {None}
            plain = next(iter(kinds)) if len(kinds) == 1 else None
        return plain


def _step(one: Aligned) -> str | int | ListKey:
    return ListKey(one.key) if one.key else one.index
