"""Which object of the one side is which of the other: by identity; then, of what is left, the same under another name.

Objects hold mwgen's hashes of what they were rendered from, which differ in all of them whenever anything does. So
objects are first told apart by what else they hold, in one pass over bytes; only those that differ there are masked
and walked through.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.model.resource import ResourceId
from generator.model.review import ChangeKind
from generator.model.values import Object
from generator.stages.review.half import Held
from generator.stages.review.noise import noise_of
from generator.stages.review.same import same, sharing

_ALIKE = 0.75
"""The share of fields that two objects of one kind must have in common to be one that was renamed and changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An object on both sides, or on one. Objects that are equal are in no pair."""

    kind: ChangeKind
    old: Held | None
    new: Held | None
    plain: bool = False
    """Whether nothing but noise among the annotations differs: then no value can be a secret."""


def pairs(old: Sequence[Held], new: Sequence[Held]) -> Iterator[Pair]:
    """What differs, by identity."""
    before, after = _by_id(old), _by_id(new)
    gone = [one for key, one in before.items() if key not in after]
    fresh = [one for key, one in after.items() if key not in before]
    renamed = {id(new): old for old, new in _renamed(gone, fresh)} if gone and fresh else {}
    found: list[Pair] = [
        Pair(kind=ChangeKind.RENAMED, old=renamed[id(one)], new=one)
        if id(one) in renamed
        else Pair(kind=ChangeKind.ADDED, old=None, new=one)
        for one in fresh
    ]
    left = {id(one) for one in renamed.values()}
    found += [Pair(kind=ChangeKind.REMOVED, old=one, new=None) for one in gone if id(one) not in left]
    for key, one in after.items():
        was = before.get(key)
        if was is None:
            continue
        moves = one.component != was.component
        equal, plain = _compared(was.body, one.body)
        if moves or not equal:
            kind = ChangeKind.MOVED if moves else ChangeKind.CHANGED
            plain = plain and not moves
            shown = one if plain else replace(one, body=sharing(was.body, one.body))
            found.append(Pair(kind=kind, old=was, new=shown, plain=plain))
    yield from sorted(found, key=_order)


def _by_id(objects: Sequence[Held]) -> dict[tuple[ResourceId, int], Held]:
    """Objects by identity; several of one identity, which a tree of files may hold by mistake, by their number."""
    found: dict[tuple[ResourceId, int], Held] = {}
    for one in objects:
        number = 0
        while (one.id, number) in found:
            number += 1
        found[one.id, number] = one
    return found


def _order(pair: Pair) -> ResourceId:
    one = pair.new or pair.old
    assert one is not None
    return one.id


def _compared(old: Object, new: Object) -> tuple[bool, bool]:
    """Whether two objects are equal, types included; and whether only noise among their annotations differs."""
    one, other = old.get("metadata"), new.get("metadata")
    if not isinstance(one, dict) or not isinstance(other, dict) or old.keys() != new.keys():
        return False, False
    annotations, others = one.get("annotations"), other.get("annotations")
    # Of what was rendered once for both sides, most parts are one object: nothing is quicker to compare.
    if not all(key == "metadata" or same(value, new[key]) for key, value in old.items()):
        return False, False
    if not same({**one, "annotations": None}, {**other, "annotations": None}):
        return False, False
    if same(annotations, others):
        return True, False
    if not isinstance(annotations, dict) or not isinstance(others, dict):
        return False, False
    different = [key for key in annotations.keys() | others.keys() if not same(annotations.get(key), others.get(key))]
    noise = all(noise_of(("metadata", "annotations", key)) for key in different)
    return not different, noise


# --- renames


def _renamed(gone: Sequence[Held], fresh: Sequence[Held]) -> Iterator[tuple[Held, Held]]:
    """Objects of one kind under two names: those with the same content first, then those that are much alike."""
    by_kind: dict[tuple[str, str], tuple[list[Held], list[Held]]] = defaultdict(lambda: ([], []))
    for one in gone:
        by_kind[one.id[:2]][0].append(one)
    for one in fresh:
        by_kind[one.id[:2]][1].append(one)
    for olds, news in by_kind.values():
        yield from _in_other_namespaces(olds, news)
        candidates = [
            (-_likeness(_leaves(one), _leaves(other)), old_at, new_at)
            for old_at, one in enumerate(olds)
            for new_at, other in enumerate(news)
        ]
        taken: tuple[set[int], set[int]] = (set(), set())
        for unlike, old_at, new_at in sorted(candidates):
            if -unlike >= _ALIKE and old_at not in taken[0] and new_at not in taken[1]:
                taken[0].add(old_at)
                taken[1].add(new_at)
                yield olds[old_at], news[new_at]


def _in_other_namespaces(olds: list[Held], news: list[Held]) -> Iterator[tuple[Held, Held]]:
    """Objects with one name in two namespaces, which are the same whatever else differs; they leave the lists."""
    by_name: dict[str, list[Held]] = defaultdict(list)
    for one in news:
        by_name[one.id.name].append(one)
    for one in [*olds]:
        others = by_name.get(one.id.name, [])
        if len(others) == 1 and one.id.namespace and others[0].id.namespace:
            olds.remove(one)
            news.remove(others[0])
            yield one, others.pop()


def _likeness(one: frozenset[Any], other: frozenset[Any]) -> float:
    """From 0 to 1: the share of all their fields that both have."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _leaves(held: Held) -> frozenset[tuple[str, str]]:
    """Every scalar with its path, the object's own name taken out; without labels, annotations and namespace."""
    name = re.compile(rf"(?<![A-Za-z0-9]){re.escape(held.id.name)}(?![A-Za-z0-9])")
    found: set[tuple[str, str]] = set()

    def walk(value: Any, path: tuple[str, ...]) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                walk(inner, (*path, str(key)))
        elif isinstance(value, list):
            for inner in value:
                walk(inner, (*path, "-"))
        else:
            found.add(("/".join(path), name.sub("\0", f"{type(value).__name__}:{value}")))

    walk({key: value for key, value in held.body.items() if key != "metadata"}, ())
    return frozenset(found)
