"""Regular expressions: Go's syntax and Go's rules for what is found, on RE2, which takes linear time."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import NilStrings, Strings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import can_backquote, is_surrogate, normal, quote
from generator.engines.sprig.cost import MATCH
from generator.engines.sprig.regexp_syntax import RegexpError, translate
from generator.engines.sprig.runes import category, is_valid, runes

_MEMORY: Final = 2 << 20
"""What RE2 may use for an expression, besides what its instructions take."""

_INSTRUCTION: Final = 128
"""Bytes that RE2 takes for one, in both directions; a character beyond ASCII may need several."""

_SHORT: Final = 1000
"""Longer expressions are compiled anew each time."""

_SPECIAL: Final = frozenset(r"\.+*?()|[]{}^$")


class Regexp:
    """A compiled expression. Positions are bytes of a `_Subject`."""

    __slots__ = ("_pattern", "expression", "names", "size")

    def __init__(self, expression: str) -> None:
        """Compile.

        Raises:
            RegexpError: Go does not take it, or RE2 would need too much memory for it.
        """
        import re2

        translation = translate(expression)
        options = re2.Options()
        options.log_errors = False
        options.max_mem = _MEMORY + translation.size * _INSTRUCTION
        try:
            self._pattern: Any = re2.compile(translation.re2.encode(), options)
        except re2.error:
            raise RegexpError("expression too large", expression) from None
        self.expression = expression
        self.names = translation.names
        self.size = translation.size

    def find(self, subject: "_Subject", start: int = 0) -> Any:
        """The first match from byte `start` on, as an object with `span(group)`, or None."""
        while True:
            match = self._pattern.search(subject.data, start)
            if match is None or not subject.is_within_rune(match.start()):
                return match
            # RE2 looks at bytes, so that `\B` holds within a rune; in Go there is nothing within one.
            start = match.start() + 1

    def find_all(self, subject: "_Subject", limit: int) -> Iterator[tuple[int, int]]:
        """Where successive matches are; not an empty one right after another. A negative limit is none."""
        position, previous_end, found = 0, -1, 0
        while found != limit and position <= len(subject.data):
            match = self.find(subject, position)
            if match is None:
                return
            start, end = match.span()
            wanted = True
            if end == position:
                wanted = start != previous_end
                position += subject.width(position) or 1
            else:
                position = end
            previous_end = end
            if wanted:
                found += 1
                yield start, end


class _Subject:
    """A text to search in: as UTF-8, in which each stray byte is U+FFFD, as Go sees it."""

    __slots__ = ("_offsets", "_text", "data")

    def __init__(self, text: str) -> None:
        self._text = text
        self._offsets: dict[int, int] | None = None
        self.data = runes(text).encode()
        if not is_valid(text):
            self._offsets = {}
            at = 0
            for number, rune in enumerate(runes(text)):
                self._offsets[at] = number
                at += len(rune.encode())
            self._offsets[at] = len(text)

    def __getitem__(self, span: slice) -> str:
        if self._offsets is None:
            return self.data[span].decode()
        start = 0 if span.start is None else span.start
        stop = len(self.data) if span.stop is None else span.stop
        return self._text[self._offsets[start] : self._offsets[stop]]

    def is_within_rune(self, position: int) -> bool:
        """Whether a position is not at the start of a rune."""
        return position < len(self.data) and 0x80 <= self.data[position] < 0xC0

    def width(self, position: int) -> int:
        """Bytes of the rune at a position, 0 at the end."""
        if position >= len(self.data):
            return 0
        lead = self.data[position]
        return 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4


def _subject(run: Run, text: str) -> _Subject:
    run.spend(len(text))
    return _Subject(text)


@lru_cache(maxsize=128)
def _cached(expression: str) -> Regexp:
    return Regexp(expression)


def _compiled(run: Run, expression: str) -> Regexp:
    regexp = _cached(expression) if len(expression) <= _SHORT else Regexp(expression)
    run.spend(regexp.size * _INSTRUCTION)
    return regexp


def _must_compile(run: Run, expression: str) -> Regexp:
    try:
        return _compiled(run, expression)
    except RegexpError as error:
        raise FuncError(str(error)) from None


def _compile(run: Run, expression: str) -> Regexp:
    """As upstream's functions without `must` do, which panic with more words."""
    try:
        return _compiled(run, expression)
    except RegexpError as error:
        shown = f"`{expression}`" if can_backquote(expression) else quote(expression)
        raise FuncError(f"regexp: Compile({shown}): {error}") from None


def regex_match(run: Run, expression: str, text: str) -> bool:
    """Whether the text holds a match; a bad expression matches nothing."""
    try:
        return _compiled(run, expression).find(_subject(run, text)) is not None
    except RegexpError:
        return False


def must_regex_match(run: Run, expression: str, text: str) -> bool:
    """Whether the text holds a match."""
    return _must_compile(run, expression).find(_subject(run, text)) is not None


def regex_find(run: Run, expression: str, text: str) -> str:
    """The first match, empty if there is none."""
    return _find(run, _compile(run, expression), text)


def must_regex_find(run: Run, expression: str, text: str) -> str:
    """As `regexFind`."""
    return _find(run, _must_compile(run, expression), text)


def _find(run: Run, regexp: Regexp, text: str) -> str:
    subject = _subject(run, text)
    match = regexp.find(subject)
    if match is None:
        return ""
    start, end = match.span()
    return subject[start:end]


def regex_find_all(run: Run, expression: str, text: str, limit: int) -> Strings:
    """All matches, at most `limit` unless that is negative."""
    return _find_all(run, _compile(run, expression), text, limit)


def must_regex_find_all(run: Run, expression: str, text: str, limit: int) -> Strings:
    """As `regexFindAll`."""
    return _find_all(run, _must_compile(run, expression), text, limit)


def _find_all(run: Run, regexp: Regexp, text: str, limit: int) -> Strings:
    subject = _subject(run, text)
    found = Strings()
    for start, end in regexp.find_all(subject, limit):
        run.spend(MATCH + end - start)
        found.append(subject[start:end])
    return found or NilStrings()


def regex_split(run: Run, expression: str, text: str, limit: int) -> Strings:
    """The parts between matches, at most `limit` unless that is negative."""
    return _split(run, _compile(run, expression), text, limit)


def must_regex_split(run: Run, expression: str, text: str, limit: int) -> Strings:
    """As `regexSplit`."""
    return _split(run, _must_compile(run, expression), text, limit)


def _split(run: Run, regexp: Regexp, text: str, limit: int) -> Strings:
    if limit == 0:
        return NilStrings()
    if regexp.expression and not text:
        return Strings([""])
    subject = _subject(run, text)
    parts = Strings()
    start = end = 0
    for match_start, match_end in regexp.find_all(subject, limit):
        if limit > 0 and len(parts) >= limit - 1:
            break
        end = match_start
        if match_end:
            run.spend(MATCH + end - start)
            parts.append(subject[start:end])
        start = match_end
    if end != len(subject.data):
        parts.append(subject[start:])
    return parts


def regex_replace_all(run: Run, expression: str, text: str, replacement: str) -> str:
    """The text with every match replaced; `$1` and `${name}` stand for groups."""
    return _replace(run, _compile(run, expression), text, replacement)


def must_regex_replace_all(run: Run, expression: str, text: str, replacement: str) -> str:
    """As `regexReplaceAll`."""
    return _replace(run, _must_compile(run, expression), text, replacement)


def regex_replace_all_literal(run: Run, expression: str, text: str, replacement: str) -> str:
    """The text with every match replaced by just this."""
    return _replace_literal(run, _compile(run, expression), text, replacement)


def must_regex_replace_all_literal(run: Run, expression: str, text: str, replacement: str) -> str:
    """As `regexReplaceAllLiteral`."""
    return _replace_literal(run, _must_compile(run, expression), text, replacement)


def _replace_literal(run: Run, regexp: Regexp, text: str, replacement: str) -> str:
    return _replaced(run, regexp, text, lambda _match, _subject: replacement)


def _replace(run: Run, regexp: Regexp, text: str, replacement: str) -> str:
    if "$" not in replacement:
        return _replace_literal(run, regexp, text, replacement)
    template = _template(replacement, regexp.names)

    def expand(match: Any, subject: _Subject) -> str:
        result: list[str] = []
        for part in template:
            if isinstance(part, str):
                result.append(part)
                continue
            for group in part:
                start, end = match.span(group)
                if start >= 0:
                    result.append(subject[start:end])
                    break
        return "".join(result)

    return _replaced(run, regexp, text, expand)


def _template(replacement: str, names: tuple[str, ...]) -> list[str | list[int]]:
    """The parts of a replacement: text, or the groups of which the first that took part is meant."""
    parts: list[str | list[int]] = []
    before, dollar, rest = replacement.partition("$")
    parts.append(before)
    while dollar:
        if rest.startswith("$"):
            parts.append("$")
            rest = rest[1:]
        else:
            name, after = _group_name(rest)
            if name:
                parts.append(_groups(name, names))
                rest = after
            else:
                parts.append("$")
        before, dollar, rest = rest.partition("$")
        parts.append(before)
    return parts


def _group_name(text: str) -> tuple[str, str]:
    """The longest name at the start, in braces or not, and what follows; no name where it is malformed."""
    brace = text.startswith("{")
    start = end = int(brace)
    while end < len(text) and _is_in_name(text[end]):
        end += 1
    name = text[start:end]
    if brace:
        if not text.startswith("}", end):
            return "", text
        end += 1
    return name, text[end:]


def _is_in_name(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "_"
    return not is_surrogate(ord(character)) and (category(character)[0] == "L" or category(character) == "Nd")


def _groups(name: str, names: tuple[str, ...]) -> list[int]:
    if name.isascii() and name.isdigit() and (name[0] != "0" or name == "0") and len(name) <= 9:
        number = int(name)
        return [number] if number < len(names) else []
    return [number for number, other in enumerate(names) if other == name]


def _replaced(run: Run, regexp: Regexp, text: str, expand: Callable[[Any, _Subject], str]) -> str:
    subject = _subject(run, text)
    result: list[str] = []
    last_end = position = 0
    while position <= len(subject.data):
        match = regexp.find(subject, position)
        if match is None:
            break
        start, end = match.span()
        result.append(subject[last_end:start])
        # An empty match right after another is passed over: it has been replaced already.
        if end > last_end or start == 0:
            result.append(expand(match, subject))
        run.spend(MATCH + start - last_end + len(result[-1]))
        last_end = end
        position = max(position + (subject.width(position) or 1), end)
    result.append(subject[last_end:])
    return normal("".join(result))


def regex_quote_meta(run: Run, text: str) -> str:
    """The text with a backslash before everything that has a meaning in an expression."""
    run.spend(2 * len(text))
    return "".join("\\" + character if character in _SPECIAL else character for character in text)
