"""A review on a terminal: what is dangerous first, each family once, and the differences below it.

Side by side where there is room for two columns, else field by field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from generator.entrypoints.report.review import words
from generator.entrypoints.report.style import Style
from generator.model.review import (
    BundleReview,
    ChangeKind,
    Effect,
    EffectKind,
    Family,
    FieldChange,
    FoldedField,
    FoldedObject,
    ObjectChange,
    Review,
    Variant,
    noise_of,
)

COLOURS = {
    EffectKind.DATA: "red",
    EffectKind.EXPOSURE: "red",
    EffectKind.RECREATE: "red",
    EffectKind.STOP: "yellow",
    EffectKind.RESTART: "yellow",
    EffectKind.RELOAD: "cyan",
    EffectKind.IN_PLACE: "green",
    EffectKind.NONE: "dim",
}
_SIGN_COLOURS = {
    ChangeKind.ADDED: "green",
    ChangeKind.REMOVED: "red",
    ChangeKind.CHANGED: "yellow",
    ChangeKind.RENAMED: "yellow",
    ChangeKind.MOVED: "yellow",
}
WIDE = 140
"""Columns from which on two texts stand side by side."""

_MEMBERS = 6
_VARIANTS = 3
_CONTEXT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How it is to look."""

    style: Style
    width: int = 100
    noise: bool = False
    """Whether noise is shown, too."""

    all_members: bool = False
    """Whether families are taken apart: every bundle by itself."""


def text(review: Review, look: Look) -> Iterator[str]:
    """The lines; none where nothing differs."""
    if not review.bundles:
        return
    style = look.style
    yield f"{style(words.side(review.base), 'bold')} → {style(words.side(review.head), 'bold')}"
    yield _summary(review, style)
    for family in review.families:
        yield ""
        if len(family.members) == 1 or look.all_members or (look.noise and not family.objects):
            for at, key in enumerate(family.members):
                yield from ([""] if at else [])
                yield from _bundle(review.by_key[key], look, alone=len(review.bundles) == 1)
        else:
            yield from _family(family, review, look)
    if review.noise and not look.noise:
        yield ""
        yield style(f"folded: {words.noise(review.noise)} (--noise shows them)", "dim")


def _summary(review: Review, style: Style) -> str:
    parts = [style(words.effect_count(kind, number), COLOURS[kind]) for kind, number in review.by_effect.items()]
    same = f"; {review.unchanged:,} looked at and the same" if review.unchanged else ""
    return f"{words.count(len(review.bundles), 'group')} changed: {', '.join(parts)}{same}"


# --- a family, a bundle


def _family(one: Family, review: Review, look: Look) -> Iterator[str]:
    title = f"{words.count(len(one.members), 'group')}  {words.family_subject(one, review)}"
    yield _title(one.effect, title, look.style)
    yield look.style(f"  {words.named(one.members, _MEMBERS)}", "dim")
    yield from _verdict(one, look)
    first = review.by_key[one.members[0]]
    for each, example in words.examples(one, review):
        yield from _folded_object(each, len(one.members), look)
        if words.is_shown_whole(each, one):
            yield look.style(f"      as in {first.key}:", "dim")
            yield from _whole(example, look)
    hidden = words.folded(one, review)
    if hidden:
        yield look.style(f"  {hidden}, as in {first.key}:" if look.noise else f"  folded {hidden}", "dim")
    for example in first.objects if hidden and look.noise else ():
        silent = replace(example, fields=tuple(field for field in example.fields if field.noise))
        if silent.fields:
            yield _heading(silent, look)
            yield from (line for field in silent.fields for line in _field(field, look))


def _bundle(one: BundleReview, look: Look, *, alone: bool) -> Iterator[str]:
    """A bundle; of one that is *alone*, what is folded is told at the end of all."""
    yield _title(one.effect, f"{one.key}  {words.subject(one)}", look.style)
    if one.file:
        yield look.style(f"  {one.file}:{one.line}", "dim")
    yield from _verdict(one, look)
    for each in one.objects:
        if look.noise or not each.is_noise:
            yield from _object(each, look)
    hidden = noise_of(one.objects)
    if hidden and not look.noise and not alone:
        yield look.style(f"  folded: {words.noise(hidden)}", "dim")


def _title(effect: EffectKind, title: str, style: Style) -> str:
    return f"{style(f'● {effect}', 'bold', COLOURS[effect])}  {style(title, 'bold')}"


def _verdict(one: BundleReview | Family, look: Look) -> Iterator[str]:
    for each in one.effects:
        yield from _effect(each, look)
    if one.stages:
        yield f"  order: {words.stages(one.stages)}"


def _effect(one: Effect, look: Look) -> Iterator[str]:
    style = look.style
    where = f"{words.where(one)}: " if one.object else ""
    yield f"  {style(str(one.kind), COLOURS[one.kind])}  {where}{one.reason} {style(f'[{one.rule}]', 'dim')}"
    if one.way:
        yield f"      {style('how:', 'bold')} {one.way}"


# --- objects


def _heading(one: ObjectChange | FoldedObject, look: Look) -> str:
    sign = look.style(words.SIGNS[one.kind], "bold", _SIGN_COLOURS[one.kind])
    moved = f" from component {one.previous_component}" if one.previous_component else ""
    renamed = f" (was {words.previously(one)})" if one.previous else ""
    return f"  {sign} {one.id}{renamed}{moved}"


def _object(one: ObjectChange, look: Look) -> Iterator[str]:
    yield _heading(one, look)
    if one.kind is ChangeKind.ADDED or one.kind is ChangeKind.REMOVED:
        yield from _whole(one, look)
        return
    if look.width >= WIDE and one.old and one.new and not one.is_noise:
        yield from _side_by_side(*((one.old, one.new) if look.noise else words.telling_lines(one)), look)
        return
    for field in one.fields:
        if look.noise or not field.noise:
            yield from _field(field, look)


def _whole(one: ObjectChange, look: Look) -> Iterator[str]:
    sign, colour = ("+", "green") if one.kind is ChangeKind.ADDED else ("-", "red")
    for line in (one.new or one.old).splitlines():
        yield look.style(f"      {sign} {words.printable(line)}", colour)


def _field(one: FieldChange, look: Look) -> Iterator[str]:
    label = look.style(f" ({one.noise})", "dim") if one.noise else ""
    if one.kind is ChangeKind.MOVED:
        yield f"      {one.path}: stands elsewhere in its list{label}"
    elif words.is_text(one.old, one.new):
        yield f"      {one.path}:{label}"
        yield from _lines(one.old, one.new, look, "        ")
    else:
        yield f"      {one.path}: {_change(one.kind, one.old, one.new, look)}{label}"


def _change(kind: ChangeKind, old: object, new: object, look: Look) -> str:
    gone, fresh = look.style(words.value(old), "red"), look.style(words.value(new), "green")
    if kind is ChangeKind.ADDED:
        return f"+ {fresh}"
    return f"- {gone}" if kind is ChangeKind.REMOVED else f"{gone} → {fresh}"


def _lines(old: str, new: str, look: Look, lead: str) -> Iterator[str]:
    for line in words.lines(old, new, _CONTEXT):
        if line is None:
            yield look.style(f"{lead}…", "dim")
        elif line.equal:
            yield look.style(f"{lead}  {words.printable(line.old or '')}", "dim")
        else:
            if line.old is not None:
                yield look.style(f"{lead}- {words.printable(line.old)}", "red")
            if line.new is not None:
                yield look.style(f"{lead}+ {words.printable(line.new)}", "green")


def _side_by_side(old: str, new: str, look: Look) -> Iterator[str]:
    room = (look.width - len("      ") - len(" │ ")) // 2
    bar = look.style(" │ ", "dim")
    for line in words.lines(old, new, _CONTEXT):
        if line is None:
            yield look.style(f"      {'…'.ljust(room)} │ …", "dim")
            continue
        colours = ("dim", "dim") if line.equal else ("red", "green")
        left, right = (_fitted(part or "", room) for part in (line.old, line.new))
        yield f"      {look.style(left, colours[0])}{bar}{look.style(right.rstrip(), colours[1])}"


def _fitted(line: str, room: int) -> str:
    """*line* in exactly *room* columns."""
    text = words.printable(line)
    width = 0
    for at, char in enumerate(text):
        columns = 2 if east_asian_width(char) in "WF" else 1
        if width + columns > room:
            return text[: at - 1] + "…" + " " * (room - width)
        width += columns
    return text + " " * (room - width)


def _folded_object(one: FoldedObject, members: int, look: Look) -> Iterator[str]:
    yield _heading(one, look)
    for field in one.fields:
        yield from _folded_field(field, members, look)


def _folded_field(one: FoldedField, members: int, look: Look) -> Iterator[str]:
    if one.kind is ChangeKind.MOVED:
        yield look.style(f"      {one.path}: stands elsewhere in its list", "dim")
        return
    variants: Sequence[Variant] = one.variants
    for each in variants[:_VARIANTS]:
        label = look.style(f" ({each.count:,} of {members:,})", "dim") if len(variants) > 1 else ""
        if words.is_text(each.old, each.new):
            yield f"      {one.path}:{label}"
            yield from _lines(each.old, each.new, look, "        ")
        else:
            yield f"      {one.path}: {_change(one.kind, each.old, each.new, look)}{label}"
    rest = variants[_VARIANTS:]
    if rest:
        groups = sum(each.count for each in rest)
        text = f"and {len(rest):,} more values in {words.count(groups, 'group')}"
        yield look.style(f"      {one.path}: {text} (--all shows them)", "dim")


# --- in ten lines

_MOST = 6


def brief(review: Review, style: Style) -> Iterator[str]:
    """The verdict in about ten lines."""
    if not review.bundles:
        return
    yield f"{style(words.side(review.base), 'bold')} → {style(words.side(review.head), 'bold')}"
    yield _summary(review, style)
    for family in review.families[:_MOST]:
        previous = words.succession(family, review)
        note = f" {previous if len(family.members) == 1 else f'({previous})'}" if previous else ""
        step = words.step(family, review)
        yield _brief_line(family, f"{note}  {step}:" if step else note, style)
    rest = review.families[_MOST:]
    if rest:
        groups = sum(len(one.members) for one in rest)
        yield style(f"  … and {words.count(groups, 'group')} more, at worst: {rest[0].effect}", "dim")


def _brief_line(one: Family, note: str, style: Style) -> str:
    effect = style(f"{one.effect:15}", COLOURS[one.effect])
    worst = one.effects[0]
    reason = f"{words.where(worst)}: {worst.reason}" if worst.object else worst.reason
    more = f" (+{len(one.effects) - 1})" if len(one.effects) > 1 else ""
    order = style(f"  {words.stages(one.stages)}", "dim") if one.stages else ""
    return f"  {effect}  {one.operation:9}  {words.named(one.members, 1)}{note}  {reason}{more}{order}"
