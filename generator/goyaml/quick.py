"""The plain YAML that most manifests are written in, read line by line, without a parser.

Block maps and lists of scalars on one line, simple `[…]` and `{…}`, `|` blocks, comments. At anything else, or the
slightest doubt, it gives up: `read.read_manifest` then does it properly, and finds what is wrong if something is.
Tests hold the two together.
"""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Final, NamedTuple, TypeAlias, cast

from generator.goyaml.numbers import as_kubernetes
from generator.goyaml.resolve import HINTS, WORDS, resolve
from generator.pattern import pattern

UNSURE: Final[Any] = object()
"""Given back where the text is not quite of the plain kind."""

_MAX_DEPTH: Final = 100  # below that of the other reader, which says what is wrong
_LINE: Final = pattern(
    r"( *+)"  # indentation
    r"((?:- ++)*+)"  # dashes
    r"(?:([A-Za-z_/][\w./-]{0,200}+|\"[^\"\\]{0,200}+\"|'[^']{0,200}+'):(?![^ ]))?+"  # a key
    r" *+(.*+)"  # all the rest: a value, a comment, nothing
)
_PLAIN_START: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+~")
_FLOW_KEY: Final = pattern(r" *+(?:([A-Za-z_/][\w./-]{0,200}+)|\"([^\"\\]{0,200}+)\"|'([^']{0,200}+)'): ++")
_FLOW_SCALAR: Final = pattern(r"\"([^\"\\]*+)\"|'([^']*+)'|((?:[\w./+^~]|-(?=\w))[\w./+^%-]*+)")
_FLOW_DEPTH: Final = 8
_COMMENT: Final = pattern(r"(?: +(?:#.*)?)?\Z")

_NOTHING: Final[Any] = object()
"""Stands for the value of a line that has none."""


class _Pairs(tuple[tuple[str, Any], ...]):
    """Stands for a map that is made anew wherever it is read; a tuple, for a list."""

    __slots__ = ()


class _Header(NamedTuple):
    """Stands for the value of a line behind which a `|` block begins."""

    keep: bool
    """Whether the block's last line feed counts."""


_Line: TypeAlias = tuple[tuple[int, ...], int, str | None, Any]
"""What a line says by itself: the columns of its dashes, that of its key, its key, and its value: `_NOTHING`, a
scalar, a tuple for a list, `_Pairs`, a `_Header`."""

# Manifests repeat their lines and values; what one means depends on nothing else.
_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 100
_lines: dict[str, _Line] = {}
_values: dict[str, Any] = {}


def read_quickly(text: str) -> Any:
    """The document of *text* as `read_manifest` reads it; `UNSURE`, where that has to."""
    if not text.isascii() or text[-1:] != "\n":
        return UNSURE
    lines = text.split("\n")
    known = _lines
    root: list[Any] = [None]
    columns, nodes = [-1], list[Any]([root])  # of the collections around the line, from the document inwards
    # The innermost one: its column, itself, its last entry; and that whose last entry has no value yet: a deeper
    # collection may be that.
    column, node, slot, waiting = -1, cast("Any", root), cast("Any", 0), cast("Any", root)
    at, end = 0, len(lines) - 1
    while at < end:
        line = lines[at]
        at += 1
        found = known.get(line) or _line(line)
        if found is None:
            return UNSURE
        dashes, place, key, value = found
        for dash in dashes:
            while column > dash:
                del columns[-1], nodes[-1]
                column, node = columns[-1], nodes[-1]
            if column != dash or type(node) is not list:
                # A list may stand in the column of the key that it belongs to.
                if waiting is not node or (column == dash and type(node) is not dict) or len(nodes) >= _MAX_DEPTH:
                    return UNSURE
                waiting[slot] = node = []
                column = dash
                columns.append(dash)
                nodes.append(node)
            node.append(None)
            waiting, slot = node, -1
        if key is not None:
            while column > place:
                del columns[-1], nodes[-1]
                column, node = columns[-1], nodes[-1]
            if column == place and type(node) is list:
                del columns[-1], nodes[-1]
                column, node = columns[-1], nodes[-1]
            if column != place:
                if waiting is not node or len(nodes) >= _MAX_DEPTH:
                    return UNSURE
                waiting[slot] = node = {}
                column = place
                columns.append(place)
                nodes.append(node)
            if key in node:
                return UNSURE
            node[key] = None
            waiting, slot = node, key
        if value is _NOTHING:
            continue
        kind = value.__class__
        if kind is not str:
            if kind is tuple or kind is _Pairs:
                value = _made(value)
            elif kind is _Header:
                value, at = _block(lines, at, column, keep=value.keep)
                if value is UNSURE:
                    return UNSURE
        node[slot] = value
        waiting = None
    return root[0]


def _line(line: str) -> _Line | None:
    """What a line says; None where that is doubtful."""
    found = _LINE.fullmatch(line)
    if found is None or not line.isprintable():
        return None
    indent, dashes, key, rest = found.groups()
    column = len(indent)
    value = _NOTHING
    if key is None and not dashes:
        if rest and rest[0] != "#":
            return None
    elif rest:
        value = _values.get(rest, UNSURE)
        if value is UNSURE and (value := _value(rest)) is UNSURE:
            if rest not in {"|", "|-"}:
                return None
            value = _Header(rest == "|")
    if key is not None:
        if key[0] in "\"'":
            key = key[1:-1]
        elif key in WORDS:
            return None
    places = tuple(column + place for place, dash in enumerate(dashes) if dash == "-")
    says = (places, column + len(dashes), key, value)
    if len(line) <= _LONGEST_REMEMBERED:
        if len(_lines) >= _REMEMBERED:
            _lines.clear()
        _lines[line] = says
    return says


def _value(rest: str) -> Any:
    """What stands behind a key or dash: a scalar, a tuple for a list, `_Pairs` for a map, or `UNSURE`."""
    first = rest[0]
    if first in "\"'":
        close = rest.find(first, 1)
        value: Any = rest[1:close]
        if close < 0 or not _COMMENT.match(rest, close + 1) or (first == '"' and "\\" in value):
            return UNSURE
    elif first in _PLAIN_START or (first == "-" and rest[1:2] not in {"", " "}):
        value = _plain(rest)
    elif first in "[{":
        value, end = _flow(rest, 0, 0)
        if not _COMMENT.match(rest, end):
            return UNSURE
    else:
        return UNSURE
    if len(rest) <= _LONGEST_REMEMBERED and value is not UNSURE:
        if len(_values) >= _REMEMBERED:
            _values.clear()
        _values[rest] = value
    return value


def _made(value: Any) -> Any:
    """A new list or map for what stands for one."""
    if value.__class__ is tuple:
        return [_made(element) for element in value]
    if value.__class__ is _Pairs:
        return {key: _made(element) for key, element in value}
    return value


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """What stands for the list, map or scalar that begins at *at*, and where it ends; `UNSURE`."""
    if text[at : at + 1] not in {"[", "{"}:
        found = _FLOW_SCALAR.match(text, at)
        if found is None:
            return UNSURE, at
        double, single, plain = found.groups()
        return (_meant(plain) if plain else single if double is None else double), found.end()
    is_map, close = text[at] == "{", "}" if text[at] == "{" else "]"
    at = _after_blanks(text, at + 1)
    entries: list[Any] = []
    key, keys = "", set[str]()
    while entries or text[at : at + 1] != close:
        if is_map:
            found = _FLOW_KEY.match(text, at)
            if found is None or found[1] in WORDS:
                return UNSURE, at
            key = found[found.lastindex or 0]
            if key in keys:
                return UNSURE, at
            keys.add(key)
            at = found.end()
        value, at = _flow(text, at, depth + 1)
        if value is UNSURE or depth > _FLOW_DEPTH:
            return UNSURE, at
        entries.append((key, value) if is_map else value)
        at = _after_blanks(text, at)
        if text[at : at + 1] == close:
            break
        if text[at : at + 1] != ",":
            return UNSURE, at
        at = _after_blanks(text, at + 1)
    return (_Pairs(entries) if is_map else tuple(entries)), at + 1


def _after_blanks(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


def _plain(rest: str) -> Any:
    comment = rest.find(" #")
    text = (rest if comment < 0 else rest[:comment]).rstrip(" ")
    if ": " in text or text[-1] == ":":
        return UNSURE
    return _meant(text)


def _meant(text: str) -> Any:
    """The value of the plain scalar *text*; `UNSURE` for those that JSON has no form for."""
    if text[0] not in HINTS:
        return text
    value = resolve(text)
    if isinstance(value, float):
        return as_kubernetes(value) if isfinite(value) else UNSURE
    return value if isinstance(value, (str, bool)) or value is None else as_kubernetes(value)


def _block(lines: Sequence[str], at: int, parent: int, *, keep: bool) -> tuple[Any, int]:
    """The value of the `|` block whose lines start at *at*, deeper than column *parent*, and where it ends."""
    first = lines[at]
    depth = len(first) - len(first.lstrip(" "))
    if not parent < depth <= _MAX_DEPTH or depth == len(first):
        return UNSURE, at
    lead = " " * depth
    stop, end = at, len(lines) - 1
    while stop < end and (lines[stop].startswith(lead) or not lines[stop]):
        stop += 1
    body = lines[at:stop]
    # Lines of blanks belong to the block or do not, by rules that are not for here.
    if any(map(str.isspace, body)) or lines[stop].isspace() or not all(map(str.isprintable, body)):
        return UNSURE, at
    value = "\n".join([line[depth:] for line in body]).rstrip("\n")
    return (value + "\n" if keep else value), stop
