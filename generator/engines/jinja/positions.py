"""Where in a template something stands, to the character: Jinja2 itself knows lines.

Tokens are numbered by their place in the text instead of by their line. Jinja2 hands that number on, to the nodes of
its tree, to the errors of its parser and to the table from lines of code to "lines" of the template.
"""

from collections.abc import Iterator

from jinja2 import TemplateSyntaxError

RawToken = tuple[int, str, str]


def normalized(text: str) -> str:
    """A text with the line breaks that Jinja2 gives it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def placed(tokens: Iterator[RawToken], text: str) -> Iterator[RawToken]:
    """Tokens of a normalized text, each with its place, from 1, instead of its line.

    What trim marks cut lies between tokens, and holds nothing but blanks.
    """
    at = 0
    try:
        for _, kind, value in tokens:
            start = max(text.find(value, at), at)
            yield start + 1, kind, value
            at = start + len(value)
    except TemplateSyntaxError as error:
        raise TemplateSyntaxError(error.message or "syntax error", at + 1, error.name, error.filename) from None


def original(text: str, number: int) -> int:
    """The offset in a text, as it was written, of what was numbered in the normalized one."""
    at = max(number - 1, 0)
    if "\r\n" not in text:
        return min(at, len(text))
    offset = 0
    for line in text.split("\r\n")[:-1]:
        if at <= len(line):
            break
        at -= len(line) + 1
        offset += len(line) + 2
    return min(offset + at, len(text))
