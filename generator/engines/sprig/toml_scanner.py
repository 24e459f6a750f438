"""TOML's keys, scalars and white space, and what BurntSushi/toml says where they are wrong."""

import re
from typing import Final, NamedTuple

from generator.engines.gotemplate.gotypes import Int64
from generator.engines.gotemplate.text import quote, quote_rune
from generator.engines.sprig.convert import parse_float, parse_int
from generator.engines.sprig.time_parsing import TimeError, parse_time
from generator.engines.sprig.times import LOCAL, Location, Time

_BARE: Final = re.compile(r"[A-Za-z0-9_-]*")
_BLANK: Final = re.compile(r"[\t ]*")
_STRING: Final = re.compile(r'[^"\\\r\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]*')
_TEXT: Final = re.compile(r"""[^"'\\\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]*""")
_QUOTES: Final = re.compile(r"\"+|'+")
_COMMENT: Final = re.compile(r"[^\r\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]*")
_DATE: Final = re.compile(r"[0-9]+[-:][0-9:TtZz .+-]*")
_BASED: Final = re.compile(r"0(?:b(?:[01][01_]*)?|o(?:[0-7][0-7_]*)?|x(?:[0-9A-Fa-f][0-9A-Fa-f_]*)?)")
_DECIMAL: Final = re.compile(r"[+-]?[0-9][0-9_]*(?P<float>[.eE][0-9_.+eE-]*)?")
_ESCAPED_NEWLINE: Final = re.compile(r"((?:^|[^\\])(?:\\\\)*)\\[ \t\r]*\n[ \t\r\n]*")
_ESCAPES: Final = {
    "b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\",
}  # fmt: skip
_HEX_ESCAPES: Final = {"x": (2, "two"), "u": (4, "four"), "U": (8, "eight")}
_HEX: Final = frozenset("0123456789abcdefABCDEF")

# Layouts in the order in which they are tried, and the places that stand for what no offset says.
_TIMES: Final = (
    ("2006-01-02T15:04:05.999999999Z07:00", None),
    ("2006-01-02T15:04:05.999999999", "datetime-local"),
    ("2006-01-02", "date-local"),
    ("15:04:05.999999999", "time-local"),
    ("2006-01-02T15:04Z07:00", None),
    ("2006-01-02T15:04", "datetime-local"),
    ("15:04", "time-local"),
)


class TomlError(Exception):
    """The text is no TOML. `line` is where, from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class Key(NamedTuple):
    """The parts of a dotted key, and where it stands."""

    parts: tuple[str, ...]
    at: int


class Scanner:
    """A place in a text, and what can be read from there."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def line(self, at: int | None = None) -> int:
        """The line of a place, or of this one. It is counted anew, so it is for errors."""
        return self.text.count("\n", 0, self.at if at is None else at) + 1

    def error(self, message: str) -> TomlError:
        """An error here; at the end of the text, that of its last line."""
        at_end = self.at >= len(self.text)
        return TomlError(message, self.line() - (at_end and self.text.endswith("\n")))

    def peek(self) -> str:
        """The next character, empty at the end.

        Raises:
            TomlError: no TOML may have that character.
        """
        character = self.text[self.at : self.at + 1]
        if character < " " or character >= "\x7f":
            self._check(character)
        return character

    def _check(self, character: str) -> None:
        if "\udc80" <= character <= "\udcff":
            raise self.error(f"invalid UTF-8 byte: 0x{ord(character) - 0xDC00:02x}")
        lonely = character == "\r" and not self.text.startswith("\r\n", self.at)
        if lonely or (character and character not in "\t\r\n" and (character < " " or character == "\x7f")):
            raise self.error(f"TOML files cannot contain control characters: '0x{ord(character):02x}'")

    def shown(self) -> str:
        """The next character as errors show it."""
        return quote_rune(ord(self.peek() or "\0"))

    def blanks(self) -> str:
        """Pass over blanks. Returns the next character, empty at the end."""
        self._match(_BLANK)
        return self.peek()

    def space(self) -> str:
        """Pass over blanks, line ends and comments. Returns the next character, empty at the end."""
        while (character := self.blanks()) and character in "\r\n#":
            if character == "#":
                self.comment()
            else:
                self.at += 1
        return character

    def comment(self) -> None:
        """Pass over the rest of a line."""
        self._match(_COMMENT)
        self.peek()

    def _ahead(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        assert match is not None
        return match[0]

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = self._ahead(pattern)
        self.at += len(found)
        return found

    def key(self) -> Key:
        """Read a dotted key and its equals sign."""
        character = self.blanks()
        if character in ("=", ""):
            raise self.error("unexpected '=': key name appears blank")
        if character == ".":
            raise self.error("unexpected '.': keys cannot start with a '.'")
        start = self.at
        parts = [self._key_part()]
        while (character := self.blanks()) != "=":
            if character == ".":
                self.at += 1
                if (following := self.blanks()) in ("=", ".", ""):
                    raise self.error(f"unexpected '{following or '='}'")
                parts.append(self._key_part())
            elif not character:
                raise self.error("unexpected EOF; expected key separator '='")
            else:
                raise self.error(f"expected '.' or '=', but got {self.shown()} instead")
        self.at += 1
        return Key(tuple(parts), start)

    def table_name(self) -> Key:
        """Read the dotted name of a table, up to its bracket."""
        start = self.at
        parts: list[str] = []
        while True:
            character = self.blanks()
            if character in ("]", ""):
                raise self.error("unexpected end of table name (table names cannot be empty)")
            if character == ".":
                raise self.error("unexpected table separator (table names cannot be empty)")
            parts.append(self._key_part())
            character = self.blanks()
            if character == "]":
                self.at += 1
                return Key(tuple(parts), start)
            if character != ".":
                shown = self.shown()
                self.at += 1
                raise self.error(f"expected '.' or ']' to end table name, but got {shown} instead")
            self.at += 1

    def _key_part(self) -> str:
        quotes = self.peek()
        if quotes == '"':
            self.at += 1
            return self._basic()
        if quotes == "'":
            self.at += 1
            return self._raw()
        return self._match(_BARE)

    def string(self) -> str:
        """Read a string of any kind."""
        quotes = self.text[self.at]
        if self.text.startswith(quotes * 3, self.at):
            self.at += 3
            return self._long(quotes)
        self.at += 1
        return self._basic() if quotes == '"' else self._raw()

    def _basic(self) -> str:
        start = self.at
        while True:
            self._match(_STRING)
            character = self.peek()
            if character == '"':
                self.at += 1
                return self._unescaped(self.text[start : self.at - 1])
            if character == "\\":
                self._escape()
            elif character in ("\r", "\n"):
                raise TomlError("strings cannot contain newlines", self.line())
            else:
                raise self.error("unexpected EOF; expected '\"'")

    def _raw(self) -> str:
        start = self.at
        while (character := self.peek()) != "'":
            if not character:
                raise self.error('unexpected EOF; expected "\'"')
            if character in "\r\n":
                raise TomlError("strings cannot contain newlines", self.line())
            self.at += 1
        self.at += 1
        return self.text[start : self.at - 1]

    def _long(self, quotes: str) -> str:
        """A string in three quotes; one or two more of them may stand right before the end."""
        start = self.at
        while True:
            self._match(_TEXT)
            character = self.peek()
            if not character:
                other = "'" if quotes == '"' else '"'
                raise self.error(f"unexpected EOF; expected {other}{quotes * 3}{other}")
            if character == "\\" and quotes == '"':
                if self.text[self.at + 1 : self.at + 2] in ("\r", "\n"):
                    self.at += 2
                else:
                    self._escape()
            elif not self.text.startswith(quotes * 3, self.at):
                self.at += 1
            else:
                break
        run = len(self._ahead(_QUOTES))
        if run > 5:
            self.at += 6
            shown = "'" if quotes == '"' else '"'
            raise self.error(f"unexpected {shown}{quotes * 6}{shown}")
        self.at += run
        content = re.sub(r"\A\r?\n", "", self.text[start : self.at - 3])
        if quotes == "'":
            return content
        return self._unescaped(_ESCAPED_NEWLINE.sub(r"\1", content))

    def _escape(self) -> None:
        """Pass over an escape."""
        self.at += 1
        letter = self.peek()
        if letter in _HEX_ESCAPES:
            size, name = _HEX_ESCAPES[letter]
            self.at += 1
            digits = ""
            while len(digits) < size:
                digits += self.peek()
                if not digits or digits[-1] not in _HEX:
                    raise self.error(
                        f"expected {name} hexadecimal digits after '\\{letter}', but got {quote(digits)} instead"
                    )
                self.at += 1
        elif letter in _ESCAPES or letter in (" ", "\t"):
            self.at += 1
        else:
            raise self.error(f"invalid escape in string '\\{letter}'")

    def _unescaped(self, content: str) -> str:
        parts = content.split("\\")
        result = [parts[0]]
        position = 1
        while position < len(parts):
            part = parts[position]
            if not part:
                # A backslash that is escaped itself: what follows it is plain.
                result += ("\\", parts[position + 1])
                position += 2
                continue
            letter = part[0]
            if letter in _HEX_ESCAPES:
                size = 1 + _HEX_ESCAPES[letter][0]
                result += (self._rune(part[1:size]), part[size:])
            elif letter in _ESCAPES:
                result += (_ESCAPES[letter], part[1:])
            else:
                raise self.error(f"invalid escape: '\\{letter}'")
            position += 1
        return "".join(result)

    def _rune(self, digits: str) -> str:
        code = int(digits, 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self.error(f"Escaped character '\\u{digits}' is not valid UTF-8.")
        return chr(code)

    def infinity(self) -> float | None:
        """Read `inf` or `nan`. None if there is neither: then this place is where BurntSushi/toml has given up.

        It takes the letters one by one, and keeps those of `inf` when it goes on to those of `nan`.
        """
        start = self.at
        self.at += 1
        if not (self._accept("n") and self._accept("f")) and not (self._accept("a") and self._accept("n")):
            self.at -= 1
            return None
        word = self.text[start : self.at]
        return float(word) if word in ("inf", "nan") else self._float(word)

    def signed(self) -> Int64 | float | Time:
        """Read a number that starts with a sign."""
        start = self.at
        word = {"i": "inf", "n": "nan"}.get(self.text[start + 1 : start + 2])
        if word is None:
            return self.number()
        self.at += 2
        if not all(map(self._accept, word[1:])):
            raise self.error(f"invalid float: '{self.text[start : self.at]}'")
        return -float(word) if self.text[start] == "-" else float(word)

    def _accept(self, character: str) -> bool:
        found = self.peek() == character
        self.at += found
        return found

    def number(self) -> Int64 | float | Time:
        """Read a number or a time that starts with a digit or a sign."""
        number = self._number()
        self.peek()  # what ends it is looked at while it is read
        return number

    def _number(self) -> Int64 | float | Time:
        if match := _DATE.match(self.text, self.at):
            self.at = match.end()
            return self._time(match[0].strip())
        if match := _BASED.match(self.text, self.at):
            self.at = match.end()
            if len(match[0]) == 2:
                name = {"b": "a binary", "o": "an octal", "x": "a hexadecimal"}[match[0][1]]
                raise self.error(f"not {name} number: '{match[0]}{self.peek() or chr(0)}'")
            return self._integer(match[0])
        if self.text[self.at] in "+-":
            self._check_sign()
        match = _DECIMAL.match(self.text, self.at)
        if match is None:
            self.at += 1
            shown = self.shown()
            self.at += 1  # over what is wrong: a line end counts as a line
            raise TomlError(f"expected a digit but got {shown}", self.line())
        self.at = match.end()
        return self._integer(match[0]) if match["float"] is None else self._float(match[0])

    def _check_sign(self) -> None:
        if re.compile("0[box]").match(self.text, self.at + 1):
            shown = self.text[self.at : self.at + 3]
            raise self.error(f"cannot use sign with non-decimal numbers: '{shown}'")
        if self.text.startswith(".", self.at + 1):
            raise self.error("floats must start with a digit, not '.'")

    def _integer(self, text: str) -> Int64:
        if not _underscores_are_between(text):
            raise self.error(f"Invalid integer {quote(text)}: underscores must be surrounded by digits")
        if _has_leading_zero(text):
            raise self.error(f"Invalid integer {quote(text)}: cannot have leading zeroes")
        number, fits = parse_int(text)
        if not fits:
            raise self.error(f"{text} is out of range for int64")
        return Int64(number)

    def _float(self, text: str) -> float:
        parts = [part for part in re.split("[.eE]", text) if part]
        if not all(map(_underscores_are_between, parts)):
            raise self.error(f"Invalid float {quote(text)}: underscores must be surrounded by digits")
        if _has_leading_zero(parts[0]):
            raise self.error(f"Invalid float {quote(text)}: cannot have leading zeroes")
        if re.search(r"\.(?![0-9])", text):
            raise self.error(f"Invalid float {quote(text)}: '.' must be followed by one or more digits")
        value = parse_float(text.replace("_", ""))
        if value is None:
            too_large = re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+", text.replace("_", ""))
            raise self.error(
                f"{text} is out of range for float64" if too_large else f"Invalid float value: {quote(text)}"
            )
        return value

    def _time(self, text: str) -> Time:
        text = text.translate({ord("z"): "Z", ord("t"): "T", ord(" "): "T"})
        for layout, place in _TIMES:
            try:
                time = parse_time(layout, text)
            except TimeError:
                continue
            if _lacks_zero(text, layout):
                break
            if place is None:
                return time
            return Time(time.seconds, time.nanosecond, Location(place, place, LOCAL.offset))
        raise self.error(f"invalid datetime: {quote(text)}")


def _underscores_are_between(text: str) -> bool:
    accepted = False
    for character in text:
        if character == "_" and not accepted:
            return False
        accepted = character in _HEX
    return accepted


def _has_leading_zero(text: str) -> bool:
    if text[0] in "+-":
        return len(text) > 2 and text[1] == "0"
    return len(text) > 1 and text[0] == "0" and text[1] not in "box"


def _lacks_zero(text: str, layout: str) -> bool:
    """Whether separators are not where the layout has them: a number lacks its leading zero."""
    for at, character in enumerate(layout):
        if character in ".Z":
            return False
        if not character.isdigit() and text[at] != character:
            return True
    return False
