"""Go's integers of fixed size, and number literals as its template parser reads them."""

import math
import re

from generator.dataclass import dataclass
from generator.pattern import pattern

_INT = pattern(
    r"([+-]?)(?:0[xX]((?:_?[0-9a-fA-F])+)|0[oO]((?:_?[0-7])+)|0[bB]((?:_?[01])+)|(0(?:_?[0-7])*)|([1-9](?:_?[0-9])*))\Z"
)
_BASES = (16, 8, 2, 8, 10)
_FLOAT = pattern(
    r"[+-]?(?=\.?[0-9])(?:[0-9]+(?:_[0-9]+)*)?(?:\.(?:[0-9]+(?:_[0-9]+)*)?)?(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?\Z"
)
_HEX_FLOAT = pattern(r"[+-]?0[xX](?=_?\.?[0-9a-fA-F])[0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?[pP][+-]?[0-9_]+\Z")
_SCANNED = (
    r"[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)"
)
_COMPLEX = pattern(rf"({_SCANNED})([+-]{_SCANNED[5:]})i")


def wrap(value: int, bits: int = 64, *, signed: bool = True) -> int:
    """The value as an integer of that many bits holds it, after overflow."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if signed and value >> (bits - 1) else value


def parse_int(literal: str) -> int | None:
    """A literal with base prefix and underscores, as `strconv.ParseInt(s, 0, …)` reads it, of any size."""
    match = _INT.match(literal)
    if match is None:
        return None
    for base, digits in zip(_BASES, match.groups()[1:], strict=True):
        if digits is not None:
            value = int(digits.replace("_", ""), base)
            return -value if match[1] == "-" else value
    return None


def parse_float(literal: str) -> float | None:
    """What `strconv.ParseFloat` reads; nothing where the number is out of range."""
    if _FLOAT.match(literal):
        value = float(literal.replace("_", ""))
    elif _HEX_FLOAT.match(literal) and _separates(literal):
        try:
            value = float.fromhex(literal.replace("_", ""))
        except OverflowError:
            return None
    else:
        return None
    return value if math.isfinite(value) else None


def _separates(literal: str) -> bool:
    """Whether underscores stand between digits, or right after the prefix, only."""
    whole, *rest = re.split(r"[.pP+-]+", literal.lstrip("+-")[2:])
    return not any(part.endswith("_") or "__" in part for part in (whole, *rest)) and not any(
        part.startswith("_") for part in rest
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A constant, under every type that can hold it: Go's ideal constants in small."""

    int_: int | None = None
    uint: int | None = None
    float_: float | None = None
    complex_: complex | None = None


class NumberRefused(Exception):  # noqa: N818 - carries Go's words about a number that is none
    """A literal that is no number."""


def read(literal: str, quoted: str) -> Number:
    """The value of a number literal; `quoted` is the literal as complaints show it.

    Raises:
        NumberRefused: in Go's words.
    """
    if literal.endswith("i"):
        imaginary = parse_float(literal[:-1])
        if imaginary is not None:
            return simplified(complex(0, imaginary))
    whole = parse_int(literal)
    if whole is not None:
        int_ = whole if -(1 << 63) <= whole < 1 << 63 else None
        unsigned = 0 <= whole < 1 << 64 and (literal[0] not in "+-" or not whole)
        uint = whole if unsigned else None
        if int_ is not None or uint is not None:
            return Number(int_, uint, float(whole))
    value = parse_float(literal)
    if value is None:
        raise NumberRefused(f"illegal number syntax: {quoted}")
    if not any(char in ".eEpP" for char in literal):
        raise NumberRefused(f"integer overflow: {quoted}")
    return Number(*_integers(value), value)


def read_complex(literal: str) -> Number:
    """The value of a literal such as `1+2i`.

    Raises:
        NumberRefused: in the words of the scanner in Go's fmt, which takes the two parts before it reads them.
    """
    parts = _COMPLEX.match(literal)
    if parts is None:
        raise NumberRefused("syntax error scanning complex number")
    return simplified(complex(*map(_part, parts.groups())))


def _part(text: str) -> float:
    value = parse_float(text)
    if value is None:
        is_number = _FLOAT.match(text) or (_HEX_FLOAT.match(text) and _separates(text))
        said = "value out of range" if is_number else "invalid syntax"
        raise NumberRefused(f'strconv.ParseFloat: parsing "{text}": {said}')
    return value


def simplified(value: complex) -> Number:
    """A complex constant, and what else can hold it where it is real."""
    if value.imag:
        return Number(complex_=value)
    return Number(*_integers(value.real), value.real, value)


def _integers(value: float) -> tuple[int | None, int | None]:
    if not value.is_integer():
        return None, None
    whole = int(value)
    return (
        whole if -(1 << 63) <= whole < 1 << 63 else None,
        whole if 0 <= whole < 1 << 64 else None,
    )
