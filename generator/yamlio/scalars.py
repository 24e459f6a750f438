"""Which character of a scalar's source each character of its value comes from.

Templates live inside YAML scalars; their mistakes must be shown in the file, through indentation, quotes, escapes
and folded lines.
"""

import re
from collections.abc import Iterator
from typing import Final

_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODES: Final = {"x": 2, "u": 4, "U": 8}
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
_TEXT_LINE = re.compile(r"^( *)\S", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+(?:#[^\n]*\n\s*)*)*")

_Token = tuple[str, int, int]
"""A character and where its source starts and ends; a line break is a newline, whatever it is written as."""


def character_spans(source: str, style: str, value: str) -> list[tuple[int, int]]:
    """For each character of *value* the start and end of what stands for it in *source*.

    *source* is the scalar as written, with its quotes or its `|` line; *style* is `''`, `'`, `"`, `|` or `>`.
    Empty, where the two do not fit together.
    """
    properties = _PROPERTIES.match(source)
    start = properties.end() if properties else 0
    if style == '"':
        tokens = _double_quoted(source, start + 1)
    elif style == "'":
        tokens = _single_quoted(source, start + 1)
    elif style in {"|", ">"}:
        tokens = _block(source, start, value)
    else:
        tokens = _flow(source, start)
    return _align(tokens, value)


def _align(tokens: Iterator[_Token], value: str) -> list[tuple[int, int]]:
    """Give each character of *value* a token; only blanks and line breaks may be left over, or become a space."""
    spans: list[tuple[int, int]] = []
    for written, start, end in tokens:
        if len(spans) == len(value):
            break
        wanted = value[len(spans)]
        if written == wanted or (written == "\n" and wanted in " \u2028\u2029"):
            spans.append((start, end))
        elif written not in " \t\n":
            return []
    return spans if len(spans) == len(value) else []


def _flow(source: str, start: int) -> Iterator[_Token]:
    position = start
    while position < len(source):
        broken = _BREAK.match(source, position)
        yield _line_end(position) if broken else (source[position], position, position + 1)
        position = broken.end() if broken else position + 1


def _line_end(position: int) -> _Token:
    """A line break: it is shown as nothing behind its line, for what comes behind it is another line."""
    return "\n", position, position


def _single_quoted(source: str, start: int) -> Iterator[_Token]:
    tokens = _flow(source, start)
    for char, at, end in tokens:
        if char == "'":
            next(tokens, None)  # the second of two
            yield char, at, end + 1
        else:
            yield char, at, end


def _double_quoted(source: str, start: int) -> Iterator[_Token]:
    position = start
    while position < len(source):
        broken = _BREAK.match(source, position)
        if broken:
            yield _line_end(position)
            position = broken.end()
        elif source[position] != "\\":
            yield source[position], position, position + 1
            position += 1
        else:
            broken = _BREAK.match(source, position + 1)
            letter = source[position + 1 : position + 2]
            if broken:  # the line goes on; the indentation of the next one falls away
                position = broken.end()
                continue
            end = position + 2 + _CODES.get(letter, 0)
            char = chr(int(source[position + 2 : end], 16)) if letter in _CODES else _ESCAPES.get(letter, letter)
            yield char, position, end
            position = end


def _block(source: str, start: int, value: str) -> Iterator[_Token]:
    header = _BREAK.search(source, start)
    if header is None:
        return
    position = header.end()
    indent = _indentation(source[position:], value)
    while position < len(source):
        spaces = 0
        while spaces < indent and source[position : position + 1] == " ":
            spaces += 1
            position += 1
        broken = _BREAK.search(source, position)
        end = broken.start() if broken else len(source)
        yield from ((source[at], at, at + 1) for at in range(position, end))
        yield _line_end(end)
        position = broken.end() if broken else end


def _indentation(body: str, value: str) -> int:
    """The columns that a block scalar's lines lost: a line with text tells it, for it kept all other spaces."""
    written = _TEXT_LINE.search(body)
    kept = _TEXT_LINE.search(value)
    return len(written[1]) - len(kept[1]) if written and kept else 0
