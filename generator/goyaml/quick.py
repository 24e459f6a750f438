"""The plain YAML that most manifests are written in, read line by line, without a parser.

Block maps and lists of scalars on one line, `|` blocks, comments. At anything else, or the slightest doubt, it gives
up: `read.read_manifest` then does it properly, and finds what is wrong if something is. Tests hold the two together.
"""

import re
from math import isfinite
from typing import Any, Final

from generator.goyaml.numbers import as_kubernetes
from generator.goyaml.resolve import HINTS, WORDS, resolve

UNSURE: Final[Any] = object()
"""Given back where the text is not quite of the plain kind."""

_MAX_DEPTH: Final = 100  # below that of the other reader, which says what is wrong
_STRANGE: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_LINE: Final = re.compile(
    r"( *+)"  # indentation
    r"((?:- ++)*+)"  # dashes
    r"(?:([A-Za-z_/][\w./-]{0,200}+|\"[^\"\\\n]{0,200}+\"|'[^'\n]{0,200}+'):(?![^ \n]))?+"  # a key
    r" *+([^\n]*+)\n"  # all the rest: a value, a comment, nothing
)
_PLAIN_START: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+~")
_WORD_LIST: Final = re.compile(
    r"\[ *(?:(?:[A-Za-z][\w./-]*|\"[^\"\\]*\")(?: *, *(?:[A-Za-z][\w./-]*|\"[^\"\\]*\"))* *)?\]"
)
_WORD: Final = re.compile(r"[A-Za-z][\w./-]*|\"[^\"\\]*\"")
_COMMENT: Final = re.compile(r"(?: +(?:#.*)?)?\Z")
_BLANKS: Final = re.compile(r"^ +$", re.MULTILINE)

# Manifests repeat their values; what one means depends on nothing else.
_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 100
_values: dict[str, Any] = {}
_blocks: dict[int, re.Pattern[str]] = {}


def read_quickly(text: str) -> Any:
    """The document of *text* as `read_manifest` reads it; `UNSURE`, where that has to."""
    if not text.isascii() or text[-1:] != "\n" or _STRANGE.search(text):
        return UNSURE
    match = _LINE.match
    known = _values
    tree = _Tree()
    at, end = 0, len(text)
    while at < end:
        found = match(text, at)
        if found is None:
            return UNSURE
        at = found.end()
        indent, dashes, key, rest = found.groups()
        column = len(indent)
        if dashes:
            for place, dash in enumerate(dashes):
                if dash == "-" and not tree.add_element(column + place):
                    return UNSURE
            if key is not None:
                column += len(dashes)
            elif not rest:
                continue
            else:
                column = tree.column
        elif key is None:
            if rest and rest[0] != "#":
                return UNSURE
            continue
        if key is not None and not tree.add_key(column, key):
            return UNSURE
        if not rest:
            continue
        value = known.get(rest, UNSURE)
        if value is UNSURE and (value := _value(rest)) is UNSURE:
            if rest[0] != "|":
                return UNSURE
            value, at = _block(text, at, column, rest)
            if value is UNSURE:
                return UNSURE
        tree.node[tree.slot] = list(value) if type(value) is tuple else value
        tree.waiting = None
    return UNSURE if tree.too_deep else tree.root[0]


class _Tree:
    """The collections around a line, from the document inwards, and the entry that waits for its value."""

    __slots__ = ("column", "columns", "node", "nodes", "root", "slot", "too_deep", "waiting")

    def __init__(self) -> None:
        self.root: list[Any] = [None]
        self.too_deep = False
        self.columns, self.nodes = [-1], [self.root]
        self.column = -1  # of the innermost collection
        self.node: Any = self.root  # that collection
        self.slot: Any = 0  # its last entry
        self.waiting: Any = self.root  # the collection whose last entry has no value yet: a deeper one may be that

    def add_element(self, column: int) -> bool:
        """Put an element without a value behind the dash in *column*; False, if none can stand there."""
        if self.column > column:
            self._leave(column)
        if self.column != column or type(self.node) is not list:
            # A list may stand in the column of the key that it belongs to.
            if self.waiting is not self.node or (self.column == column and type(self.node) is not dict):
                return False
            self._enter(column, [])
        self.node.append(None)
        self.waiting, self.slot = self.node, -1
        return True

    def add_key(self, column: int, key: str) -> bool:
        """Put *key*, as written in *column*, without a value; False, if none can stand there."""
        if self.column > column:
            self._leave(column)
        if self.column == column and type(self.node) is list:
            self._leave_one()
        if self.column != column:
            if self.waiting is not self.node:
                return False
            self._enter(column, {})
        if key[0] in "\"'":
            key = key[1:-1]
        elif key in WORDS:
            return False
        node = self.node
        if key in node:
            return False
        node[key] = None
        self.waiting, self.slot = node, key
        return True

    def _leave(self, column: int) -> None:
        """Leave the collections that stand deeper than *column*."""
        while self.column > column:
            self._leave_one()

    def _leave_one(self) -> None:
        self.columns.pop()
        self.nodes.pop()
        self.column, self.node = self.columns[-1], self.nodes[-1]

    def _enter(self, column: int, new: Any) -> None:
        self.waiting[self.slot] = self.node = new
        self.column = column
        self.columns.append(column)
        self.nodes.append(new)
        if len(self.nodes) > _MAX_DEPTH:
            self.too_deep = True


def _value(rest: str) -> Any:
    """What stands behind a key or dash: a scalar, a tuple for a list of words, or `UNSURE`."""
    if rest == "{}":
        return {}
    first = rest[0]
    if first in "\"'":
        close = rest.find(first, 1)
        value: Any = rest[1:close]
        if close < 0 or not _COMMENT.match(rest, close + 1) or (first == '"' and "\\" in value):
            return UNSURE
    elif first in _PLAIN_START or (first == "-" and rest[1:2] not in {"", " "}):
        value = _plain(rest)
    elif found := _WORD_LIST.match(rest):
        if not _COMMENT.match(rest, found.end()):
            return UNSURE
        value = tuple(word[1:-1] if word[0] == '"' else resolve(word) for word in _WORD.findall(found[0]))
    else:
        return UNSURE
    if len(rest) <= _LONGEST_REMEMBERED and value is not UNSURE:
        if len(_values) >= _REMEMBERED:
            _values.clear()
        _values[rest] = value
    return value


def _plain(rest: str) -> Any:
    comment = rest.find(" #")
    text = (rest if comment < 0 else rest[:comment]).rstrip(" ")
    if ": " in text or text[-1] == ":":
        return UNSURE
    if text[0] not in HINTS:
        return text
    value = resolve(text)
    if isinstance(value, float):
        return as_kubernetes(value) if isfinite(value) else UNSURE
    return value if isinstance(value, (str, bool)) or value is None else as_kubernetes(value)


def _block(text: str, at: int, parent: int, header: str) -> tuple[Any, int]:
    """The value of the `|` block whose lines start at *at*, deeper than column *parent*, and where it ends."""
    if header not in {"|", "|-"}:
        return UNSURE, at
    lines = _block_at(text, at)
    if lines is None or lines[0] <= parent:
        return UNSURE, at
    depth, body = lines
    # Lines of blanks belong to the block or do not, by rules that are not for here.
    if _BLANKS.search(body) or _BLANKS.match(text, at + len(body)):
        return UNSURE, at
    value = body.replace("\n" + " " * depth, "\n")[depth:].rstrip("\n")
    return (value + "\n" if header == "|" else value), at + len(body)


def _block_at(text: str, at: int) -> tuple[int, str] | None:
    """How deep the line at *at* stands, and it with all that stand as deep or are empty; None for an empty one."""
    depth = 0
    while text[at + depth : at + depth + 1] == " ":
        depth += 1
    if not 0 < depth <= _MAX_DEPTH or text[at + depth : at + depth + 1] in {"", "\n"}:
        return None
    pattern = _blocks.get(depth)
    if pattern is None:
        pattern = _blocks[depth] = re.compile(rf"(?: {{{depth}}}[^\n]*+\n|\n)++")
    found = pattern.match(text, at)
    return None if found is None else (depth, found[0])
