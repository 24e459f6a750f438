"""What the page shows, as JSON: lines of manifests are kept once, since those of many groups are alike."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, TypeAlias

from generator.entrypoints.report.review import words
from generator.model.review import (
    BundleReview,
    Cause,
    ChangeKind,
    Effect,
    EffectKind,
    Family,
    FieldChange,
    ObjectChange,
    Review,
    noise_of,
)

Json: TypeAlias = Any

_SIGNS = {
    ChangeKind.ADDED: "+",
    ChangeKind.CHANGED: "~",
    ChangeKind.MOVED: "~",
    ChangeKind.RENAMED: "~",
    ChangeKind.REMOVED: "−",  # noqa: RUF001 - the sign of subtraction, as wide as the plus
}


class _Lines:
    """Numbers for lines; equal lines have one."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, text: str) -> list[int]:
        known = self.known
        return [known.setdefault(line, len(known)) for line in text.removesuffix("\n").split("\n")] if text else []


def page_data(review: Review) -> Json:
    """All of the review, the gravest bundles first."""
    lines = _Lines()
    bundles = sorted(review.bundles, key=lambda one: (-one.effect.gravity, one.key))
    return {
        "effects": [str(kind) for kind in reversed(EffectKind)],
        "counts": [[str(kind), count] for kind, count in review.by_effect.items()],
        "bundles": [_bundle(one, lines) for one in bundles],
        "families": [_family(one, review) for one in review.families],
        "lines": list(lines.known),
    }


def _bundle(one: BundleReview, lines: _Lines) -> Json:
    before, after = one.runtime_versions
    counts = Counter(_SIGNS[each.kind] for each in one.telling)
    return {
        "environment": one.key.environment,
        "group": one.key.group,
        "operation": str(one.operation),
        "upgrades": list(one.upgrades),
        "stages": [list(stage) for stage in one.stages],
        "effect": str(one.effect),
        "effects": _effects(one.effects),
        "objects": [_object(each, lines) for each in one.objects],
        "counts": [[sign, counts[sign]] for sign in dict.fromkeys(_SIGNS.values()) if counts[sign]],
        "noise": _noise(one.objects),
        "unchanged": one.unchanged,
        "causes": [_cause(each) for each in one.causes],
        "plugin": one.plugin,
        "versions": list(one.versions),
        "runtime": f"{one.runtime} {before} → {after}" if before and after and before != after else "",
        "namespace": one.namespace,
        "target": one.target,
        "previous": str(one.previous) if one.previous else "",
        "file": one.file,
        "line": one.line,
        "family": one.family,
    }


def _cause(one: Cause) -> str:
    place = f" ({one.file}{f':{one.line}' if one.line else ''})" if one.file else ""
    return f"{one.kind} {one.name}{place}"


def _effects(effects: Iterable[Effect]) -> Json:
    return [
        {
            "kind": str(one.kind),
            "rule": one.rule,
            "reason": one.reason,
            "object": str(one.object) if one.object else "",
            "what": f"{one.object.kind} {one.object.name}" if one.object else "",
            "field": one.field,
            "way": one.way,
        }
        for one in effects
    ]


def _object(one: ObjectChange, lines: _Lines) -> Json:
    moved = one.previous_component and one.previous_component != one.component
    old, new = (_fields(one, is_new=False), _fields(one, is_new=True)) if one.is_noise else (one.old, one.new)
    return {
        "kind": one.id.kind,
        "name": one.id.name,
        "change": str(one.kind),
        "component": f"{one.previous_component} → {one.component}" if moved else one.component,
        "previous": words.previously(one),
        "fields": [each.path for each in one.telling],
        "noise": one.is_noise,
        "silent": lines.of("\n".join(sorted(words.silent_names(one)))) if one.old and one.new else [],
        "old": lines.of(old),
        "new": lines.of(new),
    }


def _fields(one: ObjectChange, *, is_new: bool) -> str:
    """The fields of an object in which nothing but noise differs, a line each: it is not written out as a whole."""
    return "\n".join(f"{each.path}: {_value(each, is_new=is_new)}" for each in one.fields)


def _value(one: FieldChange, *, is_new: bool) -> str:
    if one.kind is ChangeKind.MOVED:
        return f"at {one.pointer if is_new else one.source}"
    if one.kind is (ChangeKind.REMOVED if is_new else ChangeKind.ADDED):
        return "not there"
    return words.value(one.new if is_new else one.old)


def _noise(objects: Iterable[ObjectChange]) -> str:
    return ", ".join(f"{kind} {count}" for kind, count in noise_of(objects).items())


def _family(one: Family, review: Review) -> Json:
    return {
        "id": one.id,
        "members": len(one.members),
        "first": str(one.members[0]),
        "subject": words.family_subject(one, review),
        "operation": str(one.operation),
        "stages": [list(stage) for stage in one.stages],
        "effect": str(one.effect),
        "effects": _effects(one.effects),
    }
