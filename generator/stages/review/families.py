"""Bundles that change alike, folded into one: five hundred groups of a plugin are one line, not five hundred pages.

Two bundles are of one family if they undergo the same operation with the same effects, and the same fields of the same
objects change in them, once each group's name, namespace and environment are taken out of names, paths and texts.
What is noise is not compared: a group with alerts and one without undergo the same, if the alerts' hashes are all.
Values may differ: a family keeps each variant with its count, so that nothing hides behind the first member.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, NamedTuple

from generator.model.bundle import BundleKey
from generator.model.resource import ResourceId
from generator.model.review import (
    BundleReview,
    Effect,
    EffectKind,
    Family,
    FieldChange,
    FoldedField,
    FoldedObject,
    ObjectChange,
    Variant,
)

GROUP, NAMESPACE, ENVIRONMENT = "<group>", "<namespace>", "<environment>"

_Plain = Callable[[str], str]


class Folded(NamedTuple):
    """One bundle, ready to be folded with others. A worker makes it, so it is small and quick to send."""

    key: BundleKey
    signature: str
    """What all members of a family have in common, as a digest."""

    reasons: tuple[str, ...]
    """Of the effects, normalised."""

    ways: tuple[str, ...]
    """Likewise."""

    values: tuple[tuple[Any, Any], ...]
    """Of all fields that tell something, in their order, normalised."""


def folded(one: BundleReview) -> Folded:
    """What the bundle has in common with others, and what it has of its own."""
    plain = normaliser(one)
    reasons = tuple(plain(each.reason) for each in one.effects)
    values = tuple(_values(field, plain) for each in one.telling for field in each.telling)
    ways = tuple(plain(each.way) for each in one.effects)
    return Folded(one.key, _signature(one, plain), reasons, ways, values)


def families(bundles: Sequence[BundleReview], prepared: Sequence[Folded]) -> tuple[Family, ...]:
    """All families, the gravest first, then the largest; one of a single member has its own names.

    *prepared* are the *bundles*, folded, in the same order.
    """
    members: dict[str, list[int]] = {}
    for at, one in enumerate(prepared):
        members.setdefault(one.signature, []).append(at)
    found = [_family([bundles[at] for at in ats], [prepared[at] for at in ats]) for ats in members.values()]
    return tuple(sorted(found, key=lambda one: (-one.effect.gravity, -len(one.members), one.members)))


# --- what is in common


def _signature(one: BundleReview, plain: _Plain) -> str:
    runtime = one.runtime_versions if len(set(one.runtime_versions)) > 1 else ()
    if _is_silent(one):
        silent = [one.operation, one.upgrades, one.plugin, one.versions, [each.rule for each in one.effects]]
        return hashlib.sha256(json.dumps(silent).encode()).hexdigest()[:12]
    shape = [
        [one.operation, one.upgrades, one.stages, one.plugin, one.versions, one.runtime, runtime],
        [
            [each.kind, each.rule, _name(each.object, plain), plain(each.field)]
            for each in one.effects
        ],
        [_shape(each, plain) for each in one.telling],
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(shape).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_silent(one: BundleReview) -> bool:
    """Whether nothing but noise differs, and does nothing: whatever objects that is in, it is told once."""
    return one.is_noise and one.effect is EffectKind.NONE and all(each.object is None for each in one.effects)


def _shape(one: ObjectChange, plain: _Plain) -> list[Any]:
    return [
        _name(one.id, plain),
        one.kind,
        one.component,
        _name(one.previous, plain),
        one.previous_component,
        [[plain(field.path), field.kind] for field in one.telling],
    ]


def _name(id_: ResourceId | None, plain: _Plain) -> list[str] | None:
    return None if id_ is None else [id_.group, id_.kind, plain(id_.namespace), plain(id_.name)]


def _values(field: FieldChange, plain: _Plain) -> tuple[Any, Any]:
    """Both values, normalised. Of texts with several lines only the lines that differ."""
    old, new = field.old, field.new
    if isinstance(old, str) and isinstance(new, str) and ("\n" in old or "\n" in new):
        old, new = _different_lines(old, new)
    return _plain_value(old, plain), _plain_value(new, plain)


def _plain_value(value: Any, plain: _Plain) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(key): _plain_value(inner, plain) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain_value(inner, plain) for inner in value]
    return value


@lru_cache(maxsize=1_000)
def _different_lines(old: str, new: str) -> tuple[str, str]:
    one, other = old.splitlines(), new.splitlines()
    codes = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [code for code in codes if code[0] != "equal"]
    if not changed:  # only the end of the last line differs
        return old[-1:], new[-1:]
    olds = "\n".join(line for _, i1, i2, _, _ in changed for line in one[i1:i2])
    news = "\n".join(line for _, _, _, j1, j2 in changed for line in other[j1:j2])
    return olds, news


def normaliser(one: BundleReview) -> _Plain:
    """What puts stand-ins for the group's own name, namespace and environment into a text."""
    names = {
        one.namespace: NAMESPACE,
        one.key.environment: ENVIRONMENT,
        one.key.group: GROUP,
    }
    names.pop("", None)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    known: dict[str, str] = {}

    def plain(text: str) -> str:
        found = known.get(text)
        if found is None:
            found = text
            for name in longest_first:
                if name in found:
                    found = _replaced(found, name, names[name])
            known[text] = found
        return found

    return plain


_DOMAIN = re.compile(r"\.(?:[a-z0-9-]+\.)*(?:[a-z]+~1|io/)")
"""What follows the first word of a qualified name, such as that of a label: `middleware.io/group`."""


def _replaced(text: str, name: str, stand_in: str) -> str:
    """*text* with *stand_in* for *name*, where that is no part of a longer word or of a qualified name's domain."""
    parts: list[str] = []
    start = 0
    while (at := text.find(name, start)) >= 0:
        end = at + len(name)
        whole = not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum() or _DOMAIN.match(text, end))
        parts += [text[start:at], stand_in if whole else name]
        start = end
    return "".join((*parts, text[start:]))


# --- the family


@dataclass(frozen=True, slots=True)
class _Values:
    """The values of all members, field by field."""

    rows: Sequence[Folded]

    def variants(self, at: int) -> tuple[Variant, ...]:
        """The different values of the field number *at*, the most common first."""
        found: dict[str, tuple[Any, Any]] = {}
        counts: Counter[str] = Counter()
        for row in self.rows:
            text = json.dumps(row.values[at], sort_keys=True)
            found[text] = row.values[at]
            counts[text] += 1
        ordered = sorted(counts, key=lambda text: (-counts[text], text))
        return tuple(Variant(old=found[text][0], new=found[text][1], count=counts[text]) for text in ordered)


def _family(bundles: Sequence[BundleReview], rows: Sequence[Folded]) -> Family:
    first = bundles[0]
    plain = normaliser(first) if len(rows) > 1 else str
    values = _Values(rows)
    at = 0
    objects: list[FoldedObject] = []
    for one in first.telling:
        fields: list[FoldedField] = []
        for field in one.telling:
            variants = values.variants(at) if len(rows) > 1 else _own(field)
            at += 1
            fields.append(FoldedField(path=plain(field.path), kind=field.kind, variants=variants, secret=field.secret))
        objects.append(
            FoldedObject(
                id=_plain_id(one.id, plain),
                kind=one.kind,
                component=one.component,
                previous=_plain_id(one.previous, plain) if one.previous else None,
                previous_component=one.previous_component,
                fields=tuple(fields),
            )
        )
    return Family(
        id=rows[0].signature,
        members=tuple(sorted(row.key for row in rows)),
        operation=first.operation,
        upgrades=first.upgrades,
        stages=first.stages if all(one.stages == first.stages for one in bundles) else (),
        effects=tuple(_effect(each, at, rows, plain) for at, each in enumerate(first.effects)),
        objects=tuple(objects),
        plugin=first.plugin,
        versions=first.versions,
    )


def _own(field: FieldChange) -> tuple[Variant, ...]:
    old, new = _values(field, str)
    return (Variant(old=old, new=new, count=1),)


def _effect(one: Effect, at: int, rows: Sequence[Folded], plain: _Plain) -> Effect:
    """The effect for all members: with the most common reason, and how many others there are."""
    if len(rows) == 1:
        return one
    counts = Counter(row.reasons[at] for row in rows)
    reason = min(counts, key=lambda text: (-counts[text], text))
    if len(counts) > 1:
        rest = len(rows) - counts[reason]
        reason = f"{reason}; {rest} of {len(rows)} groups with values of their own"
    ways = Counter(row.ways[at] for row in rows)
    way = min(ways, key=lambda text: (-ways[text], text))
    if len(ways) > 1:
        way = f"{way}; so in {ways[way]} of {len(rows)} groups, with values of their own in the others"
    object_ = _plain_id(one.object, plain) if one.object else None
    return replace(one, reason=reason, object=object_, field=plain(one.field), way=way)


def _plain_id(id_: ResourceId, plain: _Plain) -> ResourceId:
    return ResourceId(id_.group, id_.kind, plain(id_.namespace), plain(id_.name))


def marked(bundles: Iterable[BundleReview], prepared: Iterable[Folded]) -> tuple[BundleReview, ...]:
    """The bundles with the ids of their families."""
    return tuple(replace(one, family=row.signature) for one, row in zip(bundles, prepared, strict=True))
