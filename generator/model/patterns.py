r"""Patterns with one group, as agents have them (RE2), written as what `sed -E` of any system takes (POSIX ERE).

A shell has no other way to take a word out of a text. What has no counterpart there (`\b`, flags, classes of Unicode,
lazy repetition) is refused. Alternatives are tried by length there, and in their order here: a pattern whose shorter
alternative comes first may find more in a shell.
"""

import re
from collections.abc import Callable
from typing import Final

_CLASSES: Final = {"d": "[:digit:]", "s": "[:space:]", "w": "[:alnum:]_"}
_CONTROLS: Final = {"t": "\t"}
_SPECIAL: Final = frozenset(r"\^$.[]|()*+?{}/")
_COUNTED: Final = re.compile(r"\{\d+(,\d*)?\}", re.ASCII)
_OPENING: Final = re.compile(r"\((\?:|\?P?<[A-Za-z_][A-Za-z0-9_]*>)?")
_POSIX: Final = re.compile(r"\[:[a-z]+:\]")


class PatternError(ValueError):
    """A pattern that is none, has not one group, or says what a shell cannot say."""


def checked(pattern: str) -> None:
    """Refuse what agents could not use.

    Raises:
        PatternError: RE2 does not take it, or it has no group, or several.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        raise PatternError(error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)) from None
    if compiled.groups != 1:
        raise PatternError(f"it must have one group, which is the role, and has {compiled.groups}")


def ere(pattern: str) -> tuple[str, int]:
    r"""The pattern for `sed -E` between slashes, and the number of its group there.

    Raises:
        PatternError: it says what an extended regular expression cannot say.
    """
    reader = _Reader(pattern)
    text = reader.alternatives()
    if reader.at < len(pattern):
        raise PatternError(f"`{pattern[reader.at :]}` has nothing to close")
    return text, reader.wanted


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.groups = 0
        self.wanted = 0

    def alternatives(self) -> str:
        parts = [self.sequence()]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            parts.append(self.sequence())
        return "|".join(parts)

    def sequence(self) -> str:
        text = ""
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            atom = _ATOMS.get(self.pattern[self.at], _Reader.literal)(self)
            text += atom + self.repetition()
        return text

    def repetition(self) -> str:
        counted = _COUNTED.match(self.pattern, self.at)
        found = counted[0] if counted else self.pattern[self.at : self.at + 1]
        if not counted and found not in ("*", "+", "?"):
            return ""
        self.at += len(found)
        if self.pattern[self.at : self.at + 1] in ("?", "+", "*"):
            raise PatternError(f"sed has no lazy or possessive repetition: `{found}{self.pattern[self.at]}`")
        return found

    def literal(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        return f"\\{char}" if char in _SPECIAL else char

    def plain(self) -> str:
        """A character that means the same in both."""
        self.at += 1
        return self.pattern[self.at - 1]

    def group(self) -> str:
        opening = _OPENING.match(self.pattern, self.at)
        assert opening is not None
        if opening[0] == "(" and self.pattern[self.at + 1 : self.at + 2] == "?":
            raise PatternError(f"sed has no `{self.pattern[self.at : self.at + 4]}`")
        self.at = opening.end()
        self.groups += 1
        number = self.groups
        inner = self.alternatives()
        self.at += 1  # RE2 has seen that it is closed
        if opening[0] != "(?:":
            self.wanted = number
        return f"({inner})"

    def escape(self) -> str:
        char = self.pattern[self.at + 1 : self.at + 2]
        self.at += 2
        if char.lower() in _CLASSES:
            return f"[{'^' if char.isupper() else ''}{_CLASSES[char.lower()]}]"
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char.isalnum():
            raise PatternError(f"sed has no `\\{char}`")
        return f"\\{char}" if char in _SPECIAL else char

    def bracket(self) -> str:
        """A class: escapes have no meaning inside of brackets there, so the class is put together anew."""
        self.at += 1
        inverse = self.pattern[self.at] == "^"
        self.at += inverse
        items: list[str] = []
        first = True
        while first or self.pattern[self.at] != "]":
            first = False
            items.append(self.item())
        self.at += 1
        # A bracket that closes must come first, a hyphen last, and a caret not first.
        single = [one for one in items if len(one) == 1]
        rest = [one for one in items if len(one) > 1]
        closing = "]" if "]" in single else ""
        caret = "^" if "^" in single else ""
        hyphen = "-" if "-" in single else ""
        plain = "".join(one for one in single if one not in "]^-")
        text = closing + "".join(rest) + plain
        if not text and not inverse and caret:
            return "[-^]" if hyphen else r"\^"
        return f"[{'^' if inverse else ''}{text}{caret}{hyphen}]"

    def item(self) -> str:
        """One part of a class: a character, a range, or a class with a name."""
        named = _POSIX.match(self.pattern, self.at)
        if named:
            self.at = named.end()
            return named[0]
        low = self.member()
        if len(low) == 1 and self.pattern[self.at] == "-" and self.pattern[self.at + 1] != "]":
            self.at += 1
            return f"{low}-{self.member()}"
        return low

    def member(self) -> str:
        char = self.pattern[self.at]
        self.at += 1
        if char != "\\":
            return char
        char = self.pattern[self.at]
        self.at += 1
        if char in _CLASSES:
            return _CLASSES[char]
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char.isalnum():
            raise PatternError(f"sed has no `\\{char}` inside of brackets")
        return char


_ATOMS: Final[dict[str, Callable[[_Reader], str]]] = {
    "(": _Reader.group,
    "[": _Reader.bracket,
    "\\": _Reader.escape,
    ".": _Reader.plain,
    "^": _Reader.plain,
    "$": _Reader.plain,
}
