"""How the parts of a review are said in every report: counts, names, values, lines that differ."""

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from generator.model.bundle import BundleKey
from generator.model.order import Operation, Order, stage_text
from generator.model.resource import ResourceId
from generator.model.review import (
    BundleReview,
    ChangeKind,
    Effect,
    EffectKind,
    Family,
    FoldedObject,
    Noise,
    ObjectChange,
    Review,
    Side,
    noise_of,
)

_LONGEST_VALUE = 120
_LONGEST_SUBJECT = 72
SIGNS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "+",
    ChangeKind.REMOVED: "-",
    ChangeKind.CHANGED: "~",
    ChangeKind.RENAMED: "→",
    ChangeKind.MOVED: "↦",
}


def count(number: int, noun: str) -> str:
    """`1 group`, `2,000 groups`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def side(one: Side) -> str:
    """A side as a person would name it: `HEAD^1 3c6af121 (the first parent …)`."""
    parts = [one.name]
    if one.commit and not one.commit.startswith(one.name):
        parts.append(one.commit[:12])
    elif one.commit:
        parts = [one.commit[:12]]
    if one.subject:
        parts.append(f'"{_cut(printable(one.subject), _LONGEST_SUBJECT)}"')
    if one.why:
        parts.append(f"({one.why})")
    return " ".join(parts)


def step(one: Family, review: Review) -> str:
    """What of a family changes its version, and what that is called; empty where nothing does."""
    bundle = review.by_key[one.members[0]]
    parts = [
        f"{name} {before} → {after}"
        for name, (before, after) in ((bundle.plugin, bundle.versions), (bundle.runtime, bundle.runtime_versions))
        if before and after and before != after
    ]
    return ", ".join([*parts, *bundle.upgrades])


def effect_count(kind: EffectKind, number: int) -> str:
    """`3 data at risk`, `10 without effect`."""
    return f"{number:,} {'without effect' if kind is EffectKind.NONE else kind}"


def counts(numbers: Mapping[Any, int]) -> str:
    """`3 data at risk, 12 rolling restart`."""
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items())


def noise(numbers: Mapping[Noise, int]) -> str:
    """What is folded away, with counts; empty where nothing is."""
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items())


def object_name(one: ResourceId) -> str:
    """`StatefulSet orders-cache`: short, for inside a bundle."""
    return f"{one.kind} {one.name}"


def subject(one: BundleReview) -> str:
    """What a bundle undergoes, in a few words: `upgrade, redis 1.4.0 → 1.5.0, plugin hot upgrade`."""
    return _subject(one, f"in place of {one.previous}" if one.previous else "")


def family_subject(one: Family, review: Review) -> str:
    """What all bundles of a family undergo, in a few words."""
    return _subject(review.by_key[one.members[0]], succession(one, review))


def _subject(one: BundleReview, previous: str) -> str:
    parts = [str(one.operation)]
    before, after = one.versions
    if one.plugin:
        changed = before and after and before != after
        parts.append(f"{one.plugin} {before} → {after}" if changed else f"{one.plugin} {after or before}".strip())
    old, new = one.runtime_versions
    if old and new and old != new:
        parts.append(f"{one.runtime} {old} → {new}")
    return ", ".join([*parts, *([previous] if previous else []), *one.upgrades])


def succession(one: Family, review: Review) -> str:
    """Which groups those of a family go on for: `in place of prod/a`; empty where they are new."""
    previous = [review.by_key[key].previous for key in one.members]
    known = [each for each in previous if each is not None]
    if not known:
        return ""
    if len(previous) == 1:
        return f"in place of {known[0]}"
    return f"{'each' if len(known) == len(previous) else f'{len(known):,}'} in place of another"


def folded(one: Family, review: Review) -> str:
    """The noise of a family: of each member, or of all where they differ in it; empty where there is none."""
    counts = [noise_of(review.by_key[key].objects) for key in one.members]
    if all(each == counts[0] for each in counts):
        return f"in each: {noise(counts[0])}" if counts[0] else ""
    return f"in all: {noise({kind: number for kind in Noise if (number := sum(each.get(kind, 0) for each in counts))})}"


def examples(one: Family, review: Review) -> Iterator[tuple[FoldedObject, ObjectChange]]:
    """The objects of a family, each with that of the first member."""
    return zip(one.objects, review.by_key[one.members[0]].telling, strict=bool(one.objects))


def is_shown_whole(one: FoldedObject, family: Family) -> bool:
    """Whether an object of a family is to be shown as one member has it: where it is new in groups that are not."""
    return one.kind is ChangeKind.ADDED and family.operation is not Operation.PROVISION


def previously(one: ObjectChange | FoldedObject) -> str:
    """The name that a renamed object had, with its namespace where that is another; empty for others."""
    if one.previous is None:
        return ""
    was = one.previous
    return was.name if was.namespace == one.id.namespace else f"{was.namespace}/{was.name}"


def stages(order: Order) -> str:
    """`storage → primary, standby`; empty where there is no order."""
    return stage_text(order) if order else ""


def where(one: Effect) -> str:
    """The object of an effect; empty where the bundle is meant."""
    return object_name(one.object) if one.object else ""


def named(keys: Sequence[BundleKey], most: int) -> str:
    """The first few of many bundles, and how many more there are."""
    shown = ", ".join(map(str, keys[:most]))
    return shown if len(keys) <= most else f"{shown} and {len(keys) - most:,} more"


def value(one: Any) -> str:
    """A value on one line, cut where it is long."""
    text = one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
    if isinstance(one, str) and (not one or one != one.strip() or "\n" in one):
        text = json.dumps(one, ensure_ascii=False)
    text = "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
    return _cut(text, _LONGEST_VALUE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


_SILENT = frozenset({Noise.ORDER, Noise.CHECKSUM, Noise.VERSION})


def silent_names(one: ObjectChange) -> set[str]:
    """The names of fields that differ and whose lines need not be looked at: all noise that is known by its name."""
    found: set[str] = set()
    for field in one.fields:
        step = field.path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if field.noise in _SILENT and not step.startswith("["):
            values = [value for value in (field.old, field.new) if isinstance(value, dict)]
            found |= {step, *(str(name) for value in values for name in value)}
    return found


def telling_lines(one: ObjectChange) -> tuple[str, str]:
    """Both texts of an object without the lines of fields that differ and are noise known by its name."""
    old, new = one.old.splitlines(), one.new.splitlines()
    names = silent_names(one)
    if not names:
        return one.old, one.new
    left: tuple[list[str], list[str]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, lines in enumerate((old[i1:i2], new[j1:j2])):
            left[side].extend(line for line in lines if tag == "equal" or line.strip().partition(":")[0] not in names)
    return "\n".join(left[0]), "\n".join(left[1])


def is_text(old: Any, new: Any) -> bool:
    """Whether two values are better compared line by line."""
    return isinstance(old, str) and isinstance(new, str) and ("\n" in old.strip() or "\n" in new.strip())


class Line(NamedTuple):
    """One line of a comparison; None on the side where there is none."""

    old: str | None
    new: str | None
    equal: bool = False


def lines(old: str, new: str, context: int) -> Iterator[Line | None]:
    """Both texts, line beside line, with *context* equal lines around what differs; None where some are left out."""
    one, other = old.splitlines(), new.splitlines()
    first = True
    for group in SequenceMatcher(None, one, other, autojunk=False).get_grouped_opcodes(context):
        if not first or group[0][1] > 0:
            yield None
        first = False
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (Line(line, line, equal=True) for line in one[i1:i2])
                continue
            olds, news = one[i1:i2], other[j1:j2]
            for at in range(max(len(olds), len(news))):
                yield Line(olds[at] if at < len(olds) else None, news[at] if at < len(news) else None)


def printable(text: str) -> str:
    """A line that moves no cursor: tabs as blanks, other control characters as their code."""
    return "".join("  " if char == "\t" else char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
