"""A review as comments on a pull request: dangers in a table, the order as a picture, each family folded away.

What comes from a repository never becomes markup: names and sentences are escaped, values stand in fences longer than
any run of backticks in them. A comment ends where the host's limit is, and says what it leaves out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.entrypoints.report.review import words
from generator.model.bundle import BundleKey
from generator.model.order import Order
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
    Side,
    Variant,
    noise_of,
)

MARKER = "<!-- mwgen:review -->"
"""Stands at the head of every comment: who posts them finds by it the ones to update."""

MAX_CHARS = 65_000
"""GitHub takes 65,536 characters; something is left for what a workflow adds."""

_ROWS = 30
_PICTURES = 4
_NAMED = 2
"""Groups of a family that the table names."""

_MEMBERS = 1_000
"""Groups of a family that are named at all: who looks for his own must find it, as long as there is room."""

_PER_LINE = 20
_LINES = 200
"""Lines of one object that are shown."""

_VARIANTS = 5
_CONTEXT = 2
_RESERVED = 400
"""Characters for the head and the foot of a part."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of a comment that is not taken apart, unless it is larger than a whole comment."""

    text: str
    families: int = 0


def parts(review: Review, max_chars: int = MAX_CHARS, max_parts: int = 1) -> list[str]:
    """The comments, each no longer than *max_chars*; none where there is nothing to say."""
    if not review.bundles and not review.failed:
        return []
    blocks = [_Block(_head(review)), *_failures(review), *_table(review, max_chars // 2), *_pictures(review.families)]
    blocks += [_Block(_details(one, review), 1) for one in review.families]
    room = max(max_chars - _RESERVED, _RESERVED)
    pages: list[list[_Block]] = [[]]
    left = len(review.families)
    for at, block in enumerate(blocks):
        text = block.text if length(block.text) <= room else _cut(block.text, room)
        used = sum(length(one.text) + 1 for one in pages[-1])
        if used + length(text) > room:
            if len(pages) == max_parts:
                left = sum(one.families for one in blocks[at:])
                break
            pages.append([])
        pages[-1].append(_Block(text, block.families))
    else:
        left = 0
    foot = _foot(left, len(review.families), max_chars)
    return [_page(one, number, len(pages), foot if number == len(pages) else "") for number, one in enumerate(pages, 1)]


def _page(blocks: Sequence[_Block], number: int, total: int, foot: str) -> str:
    head = MARKER if total == 1 else f"{MARKER}\n<!-- mwgen:review part {number} of {total} -->"
    title = f"_Part {number} of {total}_\n" if number > 1 else ""
    return "\n".join(one for one in (head, title, *(block.text for block in blocks), foot) if one) + "\n"


def _foot(left: int, families: int, max_chars: int) -> str:
    if not left:
        return ""
    return (
        f"\n**{left:,} of {families:,} kinds of change are not shown here**: a comment holds {max_chars:,} characters. "
        "The table above counts them all; `mwgen diff` shows them."
    )


def length(text: str) -> int:
    """Characters as hosts count them: what lies beyond the basic plane counts twice."""
    return len(text) + sum(1 for char in text if char > "\uffff")


def _cut(text: str, room: int) -> str:
    """The head of a block that is larger than a comment, with all that is open in it closed."""
    note = "**Cut here**: the rest is too long for a comment; `mwgen diff` shows it."
    kept: list[str] = []
    used, fence, depth = length(note) + 100, "", 0
    for line in text.split("\n"):
        if used + length(line) + 1 > room:
            break
        used += length(line) + 1
        kept.append(line)
        found = re.match(r"(`{3,})", line)
        if found:
            fence = "" if fence == found[1] else fence or found[1]
        elif not fence:
            depth += line.count("<details>") - line.count("</details>")
    return "\n".join([*kept, *([fence] if fence else []), "", note, "", *["</details>"] * depth]) + "\n"


# --- the head


def _head(review: Review) -> str:
    if review.failed:
        return "### mwgen: the definitions have errors"
    effects = ", ".join(words.effect_count(kind, number) for kind, number in review.by_effect.items())
    title = f"### mwgen: {words.count(len(review.bundles), 'group')} changed ({effects})"
    sides = f"{_side(review.base)} → {_side(review.head)}"
    noise = f"  \nFolded: {words.noise(review.noise)}." if review.noise else ""
    return f"{title}\n\n{sides}{noise}\n"


def _side(one: Side) -> str:
    name = "" if one.commit.startswith(one.name) else f"**{escaped(one.name)}**"
    commit = f"`{one.commit[:12]}`" if one.commit else ""
    why = f"({escaped(one.why)})" if one.why else ""
    return " ".join(part for part in (name, commit, why) if part)


def _failures(review: Review) -> Iterator[_Block]:
    errors = [one for one in review.diagnostics if one.severity == "error"]
    if not errors:
        return
    rows = []
    for one in errors[:_ROWS]:
        place = f"`{one.primary.span}`" if one.primary else ""
        rows.append(f"- `{one.code}` {escaped(one.message)} {place}".rstrip())
    if len(errors) > _ROWS:
        rows.append(f"- … and {len(errors) - _ROWS:,} more")
    yield _Block("\n" + "\n".join(rows) + "\n")


def _table(review: Review, room: int) -> Iterator[_Block]:
    """The dangers first; as many kinds of change as there is room for, the others counted."""
    if not review.families:
        return
    rows = ["| effect | groups | change | what happens |", "|---|---|---|---|"]
    used = sum(map(length, rows)) + _RESERVED
    shown = 0
    for one in review.families[:_ROWS]:
        row = _row(one, review)
        used += length(row) + 1
        if used > room:
            break
        rows.append(row)
        shown += 1
    rest = review.families[shown:]
    if rest:
        groups = sum(len(one.members) for one in rest)
        rows.append(f"| at worst {rest[0].effect} | {groups:,} | | {words.count(len(rest), 'more kind')} of change |")
    yield _Block("\n".join(rows) + "\n")


def _row(one: Family, review: Review) -> str:
    rest = len(one.members) - _NAMED
    who = "<br>".join(code(str(key)) for key in one.members[:_NAMED]) + (f"<br>and {rest:,} more" if rest > 0 else "")
    what = "<br>".join(_sentence(each) for each in one.effects[:3])
    more = f"<br>and {len(one.effects) - 3} more" if len(one.effects) > 3 else ""
    return f"| {_strong(one.effect)} | {who} | {escaped(words.family_subject(one, review))} | {what}{more} |"


def _strong(kind: EffectKind) -> str:
    return f"**{kind}**" if kind.gravity >= EffectKind.RESTART.gravity else str(kind)


def _sentence(one: Effect) -> str:
    where = f"{code(words.where(one))}: " if one.object else ""
    return f"{where}{escaped(one.reason)}"


# --- the order


def _pictures(families: Sequence[Family]) -> Iterator[_Block]:
    """The orders in which the groups are changed, each once."""
    seen: dict[tuple[str, Order], int] = {}
    for one in families:
        if len(one.stages) > 1:
            key = (f"{one.operation} {one.plugin}".strip(), one.stages)
            seen[key] = seen.get(key, 0) + len(one.members)
    for (title, order), groups in list(seen.items())[:_PICTURES]:
        label = f"{escaped(title)}, {words.count(groups, 'group')}"
        yield _Block(f"<details><summary>Order: {label}</summary>\n\n{mermaid(order)}\n</details>\n")


def mermaid(order: Order) -> str:
    """The stages as a picture that GitHub and GitLab draw."""
    nodes = [f'  s{at}["{"<br/>".join(map(_node, stage))}"]' for at, stage in enumerate(order)]
    arrows = [f"  s{at} --> s{at + 1}" for at in range(len(order) - 1)]
    return "\n".join(["```mermaid", "flowchart LR", *nodes, *arrows, "```"])


def _node(name: str) -> str:
    return "".join(f"#{ord(char)};" if not (char.isalnum() or char in "-_. ") else char for char in name)


# --- one family


def _details(one: Family, review: Review) -> str:
    single = len(one.members) == 1
    who = str(one.members[0]) if single else words.count(len(one.members), "group")
    title = f"<b>{one.effect}</b> {_html(who)}: {_html(words.family_subject(one, review))}"
    lines = [f"<details><summary>{title}</summary>", ""]
    lines += [_effect(each) for each in one.effects]
    if one.stages:
        lines += ["", f"Order: {escaped(words.stages(one.stages))}"]
    if single:
        bundle = review.by_key[one.members[0]]
        lines += ["", f"Defined in {code(f'{bundle.file}:{bundle.line}')}"] if bundle.file else []
        lines += _objects(bundle)
    else:
        # What is longest comes last: it is what a comment may be too short for.
        lines += [*_folded_objects(one, review), "", *_members(one.members)]
    return "\n".join([*lines, "", "</details>", ""])


def _effect(one: Effect) -> str:
    way = f"  \n  How: {escaped(one.way)}" if one.way else ""
    return f"- **{one.kind}** {_sentence(one)} <sub>{one.rule}</sub>{way}"


def _members(keys: Sequence[BundleKey]) -> list[str]:
    by_environment: dict[str, list[str]] = {}
    for key in keys:
        by_environment.setdefault(key.environment, []).append(key.group)
    lines: list[str] = []
    room = _MEMBERS
    for environment, groups in by_environment.items():
        shown = groups[:room]
        room -= len(shown)
        more = [f"and {len(groups) - len(shown):,} more"] if len(groups) > len(shown) else []
        # Line by line, so that a comment which is too short for all of them holds as many as it can.
        named = [code(" ".join(shown[at : at + _PER_LINE])) for at in range(0, len(shown), _PER_LINE)]
        lines += [f"{escaped(environment)}, {words.count(len(groups), 'group')}:", *named, *more, ""]
    return [f"<details><summary>{words.count(len(keys), 'group')}</summary>", "", *lines, "</details>"]


def _objects(one: BundleReview) -> Iterator[str]:
    for each in one.telling:
        yield from _fenced(_heading(each), list(_object(each)))
    noise = noise_of(one.objects)
    if noise:
        yield f"\nFolded: {words.noise(noise)}."


def _heading(one: ObjectChange | FoldedObject) -> str:
    renamed = f", was {words.previously(one)}" if one.previous else ""
    moved = f", from component {one.previous_component}" if one.previous_component else ""
    return f"{one.kind} {one.id}{renamed}{moved}"


def _object(one: ObjectChange) -> Iterator[str]:
    if one.kind in {ChangeKind.ADDED, ChangeKind.REMOVED}:
        sign = "+" if one.kind is ChangeKind.ADDED else "-"
        yield from (f"{sign}{line}" for line in (one.new or one.old).splitlines())
        return
    for field in one.fields:
        if not field.noise:
            yield from _field(field)


def _field(one: FieldChange) -> Iterator[str]:
    if one.kind is ChangeKind.MOVED:
        yield f"@@ {one.path} @@ stands elsewhere in its list"
        return
    yield f"@@ {one.path} @@"
    yield from _values(one.kind, one.old, one.new)


def _values(kind: ChangeKind, old: object, new: object) -> Iterator[str]:
    if words.is_text(old, new):
        assert isinstance(old, str)
        assert isinstance(new, str)
        for line in words.lines(old, new, _CONTEXT):
            if line is None:
                yield " …"
            elif line.equal:
                yield f" {line.old}"
            else:
                yield from ([f"-{line.old}"] if line.old is not None else [])
                yield from ([f"+{line.new}"] if line.new is not None else [])
        return
    if kind is not ChangeKind.ADDED:
        yield from _signed("-", old)
    if kind is not ChangeKind.REMOVED:
        yield from _signed("+", new)


def _signed(sign: str, value: object) -> Iterator[str]:
    from generator.yamlio.dump import dump

    if isinstance(value, dict | list) and value:
        yield from (f"{sign}{line}" for line in dump(value).splitlines())
    else:
        yield f"{sign}{words.value(value)}"


def _folded_objects(one: Family, review: Review) -> Iterator[str]:
    first = review.by_key[one.members[0]]
    for each, example in words.examples(one, review):
        if words.is_shown_whole(each, one):
            yield from _fenced(f"{_heading(each)}, as in {first.key}", list(_object(example)))
        else:
            yield from _fenced(_heading(each), list(_folded_object(each, len(one.members))))
    noise = words.folded(one, review)
    if noise:
        yield f"\nFolded {noise}."


def _folded_object(one: FoldedObject, members: int) -> Iterator[str]:
    for field in one.fields:
        yield from _folded_field(field, members)


def _folded_field(one: FoldedField, members: int) -> Iterator[str]:
    if one.kind is ChangeKind.MOVED:
        yield f"@@ {one.path} @@ stands elsewhere in its list"
        return
    variants: Sequence[Variant] = one.variants
    for each in variants[:_VARIANTS]:
        yield f"@@ {one.path} @@" + (f" in {each.count:,} of {members:,}" if len(variants) > 1 else "")
        yield from _values(one.kind, each.old, each.new)
    rest = variants[_VARIANTS:]
    if rest:
        yield f"@@ {one.path} @@ {len(rest):,} more values in {words.count(sum(each.count for each in rest), 'group')}"


# --- safe text


def _fenced(title: str, lines: list[str]) -> Iterator[str]:
    """The lines in a fence that nothing in them can end."""
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], f"@@ {len(lines) - _LINES:,} more lines @@"]
    body = "\n".join(words.printable(line) for line in lines)
    longest = max((len(run) for run in re.findall(r"`+", body)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"\n{code(title)}"
    if body:
        yield f"{fence}diff\n{body}\n{fence}"


def code(text: str) -> str:
    """*text* as code, whatever is in it. In a table's cell, too: a bar there ends the cell even in code."""
    text = words.printable(text).replace("|", "\u2502")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


_MARKUP = re.compile(r"([\\`*_{}\[\]()#+!|~^$])")


def escaped(text: str) -> str:
    """A sentence that is no markup, mentions nobody and links to nothing."""
    return _unlinked(_MARKUP.sub(r"\\\1", _entities(words.printable(text))))


def _html(text: str) -> str:
    return _unlinked(_entities(words.printable(text)))


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unlinked(text: str) -> str:
    """An invisible blank in what a host would make a link or a mention of."""
    text = text.replace("@", "@\u200b").replace("://", ":\u200b//")
    return re.sub(r"#(?=\d)", "#\u200b", text)
