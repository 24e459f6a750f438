"""Go's strings: bytes that are mostly UTF-8. Length, quoting and unquoting as in Go's `strconv`.

A byte that is no UTF-8 stands in a `str` as a lone surrogate (see `gotypes`).
"""

import re

from generator.pattern import pattern

_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_UNESCAPES = {
    "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "\\": "\\",
}  # fmt: skip
_PLAIN = pattern(r"[ !#-\[\]-~]*\Z")
_ESCAPE = pattern(
    r"""\\(?:([abtnvfr\\"'])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))""",
)
_SURROGATE = pattern("[\ud800-\udfff]")
_MAX_RUNE = 0x10FFFF


class SyntaxRefused(Exception):  # noqa: N818 - named for what strconv says: invalid syntax
    """The literal is none: strconv's `invalid syntax`."""


def to_bytes(text: str) -> bytes:
    """The bytes of a string."""
    return text.encode("utf-8", "surrogateescape")


def from_bytes(data: bytes) -> str:
    """A string from bytes, of which some may be no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def normal(text: str) -> str:
    """The same bytes, with bytes that have become UTF-8 by joining strings taken as text."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return from_bytes(to_bytes(text))
    return text


def length(text: str) -> int:
    """Length in bytes."""
    return len(text) if text.isascii() else len(to_bytes(text))


def is_print(char: str) -> bool:
    """Whether Go's `unicode.IsPrint` holds."""
    return char.isprintable()


def is_surrogate(rune: int) -> bool:
    """Whether a code point is a surrogate, which is no rune."""
    return 0xD800 <= rune <= 0xDFFF


def quote(text: str, *, ascii_only: bool = False) -> str:
    """`strconv.Quote`, or `QuoteToASCII`."""
    if _PLAIN.match(text):
        return f'"{text}"'
    return '"' + "".join([_escaped(char, '"', ascii_only=ascii_only) for char in normal(text)]) + '"'


def quote_rune(rune: int, *, ascii_only: bool = False) -> str:
    """`strconv.QuoteRune`, or `QuoteRuneToASCII`."""
    if rune > _MAX_RUNE or is_surrogate(rune) or rune < 0:
        rune = 0xFFFD
    return f"'{_escaped(chr(rune), chr(39), ascii_only=ascii_only)}'"


def _escaped(char: str, around: str, *, ascii_only: bool) -> str:
    rune = ord(char)
    if char in (around, "\\"):
        return "\\" + char
    if rune < 0x7F:
        if rune >= 0x20:
            return char
        return _ESCAPES.get(rune) or f"\\x{rune:02x}"
    if 0xDC80 <= rune <= 0xDCFF:
        return f"\\x{rune - 0xDC00:02x}"
    if not ascii_only and is_print(char):
        return char
    if rune == 0x7F:
        return "\\x7f"
    return f"\\u{rune:04x}" if rune < 0x10000 else f"\\U{rune:08x}"


def can_backquote(text: str) -> bool:
    """`strconv.CanBackquote`: whether a raw literal can hold the string on one line."""
    return not any((char < " " and char != "\t") or char in "`\x7f\ufeff" or is_surrogate(ord(char)) for char in text)


def unquote(literal: str) -> str:
    """The string that a Go string literal denotes, in double quotes or backquotes.

    Raises:
        SyntaxRefused: it holds an escape that Go does not know.
    """
    if literal[0] == "`":
        return literal[1:-1].replace("\r", "")
    inner = literal[1:-1]
    if not inner.isascii():
        inner = _SURROGATE.sub("\ufffd", inner)
    if "\\" not in inner:
        return inner
    return _unescape(inner, "'")


def unquote_char(literal: str) -> tuple[int, str]:
    """The rune at the start of a character literal's inside, and what follows it.

    Raises:
        SyntaxRefused: there is none.
    """
    inner = literal[1:]
    if inner[:1] in ("'", ""):
        raise SyntaxRefused
    if inner[0] != "\\":
        rune = ord(inner[0])
        return (0xFFFD if is_surrogate(rune) else rune), inner[1:]
    match = _ESCAPE.match(inner)
    if match is None or match[1] == '"':
        raise SyntaxRefused
    return _rune(match), inner[match.end() :]


def _rune(match: re.Match[str]) -> int:
    simple, octal, byte, short, long = match.groups()
    if simple:
        return ord(_UNESCAPES.get(simple, simple))
    if octal:
        value = int(octal, 8)
        if value > 0xFF:
            raise SyntaxRefused
        return value
    value = int(byte or short or long, 16)
    if value > _MAX_RUNE or is_surrogate(value):
        raise SyntaxRefused
    return value


def _unescape(inner: str, refused: str) -> str:
    out = bytearray()
    at = 0
    while (start := inner.find("\\", at)) >= 0:
        out += to_bytes(inner[at:start])
        match = _ESCAPE.match(inner, start)
        if match is None or match[1] == refused:
            raise SyntaxRefused
        rune = _rune(match)
        if match[2] or match[3]:
            out.append(rune)
        else:
            out += chr(rune).encode()
        at = match.end()
    out += to_bytes(inner[at:])
    return from_bytes(bytes(out))
