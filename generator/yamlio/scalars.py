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
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+(?:#[^\n]*\n\s*)*)*")

_Token = tuple[str, int]
"""A character and its offset in the source; a line break is a newline, whatever it is written as."""


def value_offsets(source: str, style: str, value: str) -> list[int] | None:
    """For each character of *value* its offset in *source*, and one more for the end.

    *source* is the scalar as written, with its quotes or its `|` line; *style* is `''`, `'`, `"`, `|` or `>`.
    None, where the two do not fit together.
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


def _align(tokens: Iterator[_Token], value: str) -> list[int] | None:
    """Give each character of *value* a token; only blanks and line breaks may be left over, or become a space."""
    offsets: list[int] = []
    end = 0
    wanted = iter(value)
    char = next(wanted, None)
    for written, offset in tokens:
        if char is None:
            break
        if written == char or (written == "\n" and char in " \u2028\u2029"):
            offsets.append(offset)
            end = offset + 1
            char = next(wanted, None)
        elif written not in " \t\n":
            return None
    return None if char is not None else [*offsets, end]


def _flow(source: str, start: int) -> Iterator[_Token]:
    position = start
    while position < len(source):
        broken = _BREAK.match(source, position)
        yield "\n" if broken else source[position], position
        position = broken.end() if broken else position + 1


def _single_quoted(source: str, start: int) -> Iterator[_Token]:
    skip = False
    for char, offset in _flow(source, start):
        if skip:
            skip = False
        else:
            skip = char == "'"
            yield char, offset


def _double_quoted(source: str, start: int) -> Iterator[_Token]:
    position = start
    while position < len(source):
        broken = _BREAK.match(source, position)
        if broken:
            yield "\n", position
            position = broken.end()
        elif source[position] != "\\":
            yield source[position], position
            position += 1
        else:
            broken = _BREAK.match(source, position + 1)
            letter = source[position + 1 : position + 2]
            if broken:  # the line goes on; the indentation of the next one falls away
                position = broken.end()
            elif letter in _CODES:
                digits = source[position + 2 : position + 2 + _CODES[letter]]
                yield chr(int(digits, 16)), position
                position += 2 + len(digits)
            else:
                yield _ESCAPES.get(letter, letter), position
                position += 2


def _block(source: str, start: int, value: str) -> Iterator[_Token]:
    header = _BREAK.search(source, start)
    if header is None:
        return
    indent = _indentation(source[header.end() :], value)
    position = header.end()
    while position < len(source):
        spaces = 0
        while spaces < indent and source[position : position + 1] == " ":
            spaces += 1
            position += 1
        broken = _BREAK.search(source, position)
        end = broken.start() if broken else len(source)
        yield from zip(source[position:end], range(position, end), strict=True)
        yield "\n", end
        position = broken.end() if broken else end


def _indentation(body: str, value: str) -> int:
    """The columns that a block scalar's lines lost: a line with text tells it, for it kept all other spaces."""
    written = re.search(r"^( *)[^\s]", body, re.MULTILINE)
    kept = re.search(r"^( *)[^\s]", value, re.MULTILINE)
    return len(written[1]) - len(kept[1]) if written and kept else 0
