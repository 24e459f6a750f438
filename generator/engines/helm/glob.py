r"""Patterns of file names as Helm's `.Files.Glob` takes them, with `/` as separator.

`*` is any text within a name, `**` any text, `?` a character within a name, `[abc] [a-z] [!a-z]` one of or none of,
`{a,b}` either, `\` the next character itself. A pattern that is none matches everything, as in Helm.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from generator.engines.gotemplate.funcs import FuncError

_MAX: Final = 1000  # characters: nobody's pattern is longer, and matching takes time with its length


class _NoPattern(Exception):  # noqa: N818 - caught a few lines below
    pass


def glob(pattern: str) -> Callable[[str], bool]:
    """Whether a name matches.

    Raises:
        FuncError: the pattern is beyond all reason.
    """
    if len(pattern) > _MAX:
        raise FuncError(f"a pattern of more than {_MAX} characters")
    matches = _compiled(pattern)
    return lambda name: matches(name) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Callable[[str], re.Match[str] | None]:
    try:
        regex, end = _translate(pattern, 0, inside=False)
    except _NoPattern:
        return re.compile(r".*\Z", re.DOTALL).match
    assert end == len(pattern)
    return re.compile(rf"(?s:{regex})\Z").match


def _translate(pattern: str, at: int, *, inside: bool) -> tuple[str, int]:
    """A regular expression for the pattern from here; inside braces, up to the comma or brace that ends the part."""
    out: list[str] = []
    while at < len(pattern):
        char = pattern[at]
        if inside and char in ",}":
            break
        at += 1
        match char:
            case "*":
                if pattern.startswith("*", at):
                    while pattern.startswith("*", at):
                        at += 1
                    out.append(".*")
                else:
                    out.append("[^/]*")
            case "?":
                out.append("[^/]")
            case "[":
                one, at = _one_of(pattern, at)
                out.append(one)
            case "{":
                one, at = _either(pattern, at)
                out.append(one)
            case "\\":
                out.append(re.escape(pattern[at : at + 1]))
                at = min(at + 1, len(pattern))
            case _:
                out.append(re.escape(char))
    return "".join(out), at


def _either(pattern: str, at: int) -> tuple[str, int]:
    """The alternatives of braces; the end of the pattern closes them too."""
    parts = []
    while True:
        part, at = _translate(pattern, at, inside=True)
        parts.append(part)
        closed = pattern[at : at + 1] != ","
        at = min(at + 1, len(pattern))
        if closed:
            return f"(?:{'|'.join(parts)})", at


def _one_of(pattern: str, at: int) -> tuple[str, int]:
    """One range, or some characters: not both."""
    not_ = "^" if pattern.startswith("!", at) else ""
    at += len(not_)
    if pattern.startswith("-", at + 1):
        low, high = pattern[at], pattern[at + 2 : at + 3]
        if not pattern.startswith("]", at + 3) or high < low:
            raise _NoPattern
        return f"[{not_}{re.escape(low)}-{re.escape(high)}]", at + 4
    chars = []
    while not pattern.startswith("]", at):
        at += pattern.startswith("\\", at)
        if at >= len(pattern):
            raise _NoPattern
        chars.append(re.escape(pattern[at]))
        at += 1
    if not chars:
        raise _NoPattern
    return f"[{not_}{''.join(chars)}]", at + 1
