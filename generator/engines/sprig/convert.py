"""How values turn into numbers and strings, and which count as empty: the rules that most functions share.

Numbers follow spf13/cast: what does not convert is 0, silently. Strings follow sprig's own `strval`.
"""

import math
import re
from typing import Any, Final

from generator.engines.gotemplate.fmt import sprint
from generator.engines.gotemplate.gotypes import GoObject, Strings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes
from generator.engines.sprig.cost import NUMBER
from generator.pattern import pattern

MIN_INT64: Final = -(1 << 63)
MAX_INT64: Final = (1 << 63) - 1

_WORD: Final = (1 << 64) - 1
_ZERO_DECIMALS: Final = pattern(r"\.0+\.*\Z")
_INTEGER: Final = pattern(
    r"([+-]?)(?:0[xX]((?:_?[0-9a-fA-F])+)|0[bB]((?:_?[01])+)|0[oO]?((?:_?[0-7])+)|(0|[1-9](?:_?[0-9])*))\Z"
)
_BASES: Final = (16, 2, 8, 10)
_LONGEST_INT64: Final = 64  # binary digits
_DIGITS: Final = "[0-9](?:_?[0-9])*"
_HEX_DIGITS: Final = "[0-9a-fA-F](?:_?[0-9a-fA-F])*"
_FLOAT: Final = pattern(rf"[+-]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?\Z")
_HEX_FLOAT: Final = pattern(
    rf"[+-]?0[xX](?:_?{_HEX_DIGITS}(?:\.(?:{_HEX_DIGITS})?)?|\.{_HEX_DIGITS})[pP][+-]?{_DIGITS}\Z"
)
_NAMED_FLOAT: Final = pattern(r"[+-]?inf(?:inity)?\Z|nan\Z", re.ASCII | re.IGNORECASE)


def wrap(value: int) -> int:
    """`value` as it comes out of 64 bits with a sign."""
    value &= _WORD
    return value if value <= MAX_INT64 else value - (1 << 64)


def parse_int(text: str, base: int = 0) -> tuple[int, bool]:
    """strconv.ParseInt to 64 bits; base 0 reads prefixes and underscores as Go source does.

    Returns the number, and whether it is one that fits: else it is 0, or the number nearest to what was meant.
    """
    if base == 0:
        match = _INTEGER.match(text)
        if match is None:
            return 0, False
        group = match.lastindex or 0
        sign, digits, base = match[1], match[group].replace("_", ""), _BASES[group - 2]
    else:
        sign, digits = (text[0], text[1:]) if text.startswith(("+", "-")) else ("", text)
        if not digits or digits.strip("0123456789"[:base]):
            # Go stops at the first digit that makes it too large, and does not look at what comes after.
            fine = digits[: len(digits) - len(digits.lstrip("0123456789"[:base]))].lstrip("0")
            if int(fine[:_LONGEST_INT64] or "0", base) < 1 << 64:
                return 0, False
            digits = fine
    significant = digits.lstrip("0")
    # Python takes square time for decimals that are far too long.
    size = int(significant or "0", base) if len(significant) <= _LONGEST_INT64 else 1 << 64
    if sign == "-":
        return max(-size, MIN_INT64), -size >= MIN_INT64
    return min(size, MAX_INT64), size <= MAX_INT64


def parse_float(text: str) -> float | None:
    """strconv.ParseFloat to 64 bits. None is an error, overflow included."""
    if _NAMED_FLOAT.match(text):
        return float(text)
    digits = text.replace("_", "")
    if _FLOAT.match(text):
        value = float(digits)
        return value if math.isfinite(value) else None
    if _HEX_FLOAT.match(text):
        try:
            return float.fromhex(digits)
        except OverflowError:
            return None
    return None


def to_int(value: Any) -> int:
    """cast.ToInt and ToInt64: integers wrap to 64 bits, floats lose their fraction, strings are Go integers."""
    match value:
        case bool():
            return int(value)
        case GoObject():
            return int(value) if isinstance(value, int) and value.go_type in _CONVERTIBLE else 0
        case int():
            return wrap(value)
        case float():
            return int(value) if MIN_INT64 <= value < -MIN_INT64 else MIN_INT64
        case str():
            number, fits = parse_int(_ZERO_DECIMALS.sub("", value))
            return number if fits else 0
        case _:
            return 0


# Named integers are unknown to cast, but for these two.
_CONVERTIBLE: Final = frozenset({"time.Month", "time.Weekday"})


def to_float(value: Any) -> float:
    """cast.ToFloat64."""
    match value:
        case float():
            return value
        case str():
            number = parse_float(value)
            return 0.0 if number is None else number
        case GoObject() | bool():
            return float(to_int(value))
        case int():
            return float(value)
        case _:
            return 0.0


def is_empty(value: Any) -> bool:
    """Whether a value counts as not set: nil, false, zero, and anything without elements."""
    if isinstance(value, GoObject) and not isinstance(value, int | list):
        return False
    return not value


def display(run: Run, value: Any) -> str:
    """What `%v` prints."""
    if value.__class__ is str:
        return value
    return sprint(value, spend=run.spend)


def strval(run: Run, value: Any) -> str:
    """The value as a string: what `%v` prints, but bytes as their text."""
    return from_bytes(value) if isinstance(value, bytes) else display(run, value)


def strings_of(run: Run, value: Any) -> Strings:
    """The elements of a list as strings, without nil ones; anything else as a list of one; nil as an empty list.

    A []string is returned as it is, not copied: upstream sorts such a list in place.
    """
    match value:
        case Strings():
            return value
        case None:
            return Strings()
        case list() | bytes():
            run.spend(NUMBER * len(value))
            return Strings(strval(run, element) for element in value if element is not None)
        case _:
            return Strings([strval(run, value)])
