"""Runes of Go strings: what is space, what is no UTF-8, and the simple case mappings of package `unicode`."""

from typing import Final

SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Go's unicode.IsSpace. Python's own idea of space has four control characters more."""

REPLACEMENT: Final = "\ufffd"
"""What Go decodes a byte to that is no UTF-8."""

STRAY_BYTES: Final = "".join(map(chr, range(0xDC80, 0xDD00)))
"""The surrogates that stand for such bytes in a `str`."""

_RUNES: Final = dict.fromkeys(map(ord, STRAY_BYTES), REPLACEMENT)


def is_valid(text: str) -> bool:
    """Whether the bytes are UTF-8 throughout: then searching and splitting by characters is searching by bytes."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def runes(text: str) -> str:
    """The runes that Go's `range` sees: U+FFFD for each byte that is no UTF-8."""
    return text if is_valid(text) else text.translate(_RUNES)


def to_upper(rune: str) -> str:
    """unicode.ToUpper: the simple mapping, always one rune (`ß` stays), where Python's may give several."""
    upper = rune.upper()
    return upper if len(upper) == 1 else to_title(rune)


def to_title(rune: str) -> str:
    """unicode.ToTitle: the simple mapping."""
    title = rune.title()
    return title if len(title) == 1 else rune


def to_lower(rune: str) -> str:
    """unicode.ToLower: the simple mapping. Only `İ` has a longer one in Python."""
    lower = rune.lower()
    return lower if len(lower) == 1 else "i"


def category(rune: str) -> str:
    """Unicode's general category, such as `Lu`."""
    import unicodedata

    return unicodedata.category(rune)
