"""Go's time.Duration: nanoseconds in 64 bits, how they are written and read, and the methods of the type."""

import re
from collections.abc import Mapping
from typing import ClassVar, Final

from generator.engines.gotemplate.funcs import Func
from generator.engines.gotemplate.gotypes import GoObject, Int64
from generator.engines.sprig.convert import MAX_INT64, MIN_INT64

SECOND: Final = 1_000_000_000
_UNITS: Final = {
    "ns": 1, "us": 1_000, "\xb5s": 1_000, "\u03bcs": 1_000, "ms": 1_000_000, "s": SECOND, "m": 60 * SECOND,
    "h": 3600 * SECOND,
}  # fmt: skip
_TERM: Final = re.compile(r"([0-9]*)(\.[0-9]*)?([^.0-9]*)")
_LIMIT: Final = 1 << 63


class DurationError(Exception):
    """The text is no duration; Go's words."""


class Duration(int, GoObject):
    """A `time.Duration`."""

    __slots__ = ()
    go_type: ClassVar[str] = "time.Duration"
    go_kind: ClassVar[str] = "int64"

    def go_string(self) -> str:
        """As `format_duration` writes it."""
        return format_duration(self)

    def go_json(self) -> int:
        """The number of nanoseconds."""
        return int(self)

    def go_yaml(self) -> str:
        """As it prints."""
        return format_duration(self)

    def go_methods(self) -> Mapping[str, Func]:
        """The methods of the type."""
        return {
            "Abs": Func("func() time.Duration", lambda: Duration(min(abs(self), MAX_INT64))),
            "Hours": Func("func() float64", lambda: self._in(3600 * SECOND)),
            "Microseconds": Func("func() int64", lambda: Int64(_quotient(self, 1_000))),
            "Milliseconds": Func("func() int64", lambda: Int64(_quotient(self, 1_000_000))),
            "Minutes": Func("func() float64", lambda: self._in(60 * SECOND)),
            "Nanoseconds": Func("func() int64", lambda: Int64(self)),
            "Round": Func("func(time.Duration) time.Duration", self.rounded),
            "Seconds": Func("func() float64", lambda: self._in(SECOND)),
            "String": Func("func() string", self.go_string),
            "Truncate": Func("func(time.Duration) time.Duration", self._truncate),
        }

    def _in(self, unit: int) -> float:
        whole = _quotient(self, unit)
        return float(whole) + float(self - whole * unit) / float(unit)

    def _truncate(self, unit: int) -> "Duration":
        return self if unit <= 0 else Duration(_quotient(self, unit) * unit)

    def rounded(self, unit: int) -> "Duration":
        """To a whole number of units, half away from zero, within what fits."""
        if unit <= 0:
            return self
        rounded = (2 * abs(self) + unit) // (2 * unit) * unit
        return Duration(max(-rounded, MIN_INT64) if self < 0 else min(rounded, MAX_INT64))


def _quotient(number: int, divisor: int) -> int:
    return number // divisor if number >= 0 else -(-number // divisor)


def format_duration(nanoseconds: int) -> str:
    """Such as `1h0m5.5s`, or in smaller units what is less than a second."""
    if nanoseconds == 0:
        return "0s"
    sign, size = ("-", -nanoseconds) if nanoseconds < 0 else ("", nanoseconds)
    if size < SECOND:
        unit, name = (1, "ns") if size < 1_000 else (1_000, "\xb5s") if size < 1_000_000 else (1_000_000, "ms")
        return sign + _decimal(size, unit) + name
    minutes, rest = divmod(size, 60 * SECOND)
    text = _decimal(rest, SECOND) + "s"
    if minutes:
        hours, minutes = divmod(minutes, 60)
        text = f"{minutes}m{text}"
        if hours:
            text = f"{hours}h{text}"
    return sign + text


def _decimal(size: int, unit: int) -> str:
    whole, rest = divmod(size, unit)
    fraction = f"{rest:0{len(str(unit)) - 1}}".rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


def parse_duration(text: str) -> Duration:
    """time.ParseDuration: decimal numbers, each with its unit.

    Raises:
        DurationError: it is none, or does not fit.
    """
    sign = text[:1] if text[:1] in ("+", "-") else ""
    rest = text[len(sign) :]
    if rest == "0":
        return Duration(0)
    total, at = 0, 0
    while at < len(rest) or not rest:
        match = _TERM.match(rest, at)
        assert match is not None
        at = match.end()
        total += _term(match, text)
        if total > _LIMIT:
            raise _invalid(text)
    if sign == "-":
        return Duration(-total)
    if total >= _LIMIT:
        raise _invalid(text)
    return Duration(total)


def _term(match: re.Match[str], text: str) -> int:
    whole, fraction, unit = match[1], (match[2] or "")[1:], match[3]
    if not whole and not fraction:
        raise _invalid(text)
    # 19 digits hold all that fits; Python would take long over a million of them.
    if len(whole.lstrip("0")) > 19 or int(whole or "0") > _LIMIT:
        raise _invalid(text)
    if not unit:
        raise DurationError(f"time: missing unit in duration {quote(text)}")
    size = _UNITS.get(unit)
    if size is None:
        raise DurationError(f"time: unknown unit {quote(unit)} in duration {quote(text)}")
    if int(whole or "0") > _LIMIT // size:
        raise _invalid(text)
    digits, scale = _fraction(fraction)
    value = int(whole or "0") * size + int(float(digits) * (float(size) / scale))
    if value > _LIMIT:
        raise _invalid(text)
    return value


def _fraction(digits: str) -> tuple[int, float]:
    """As many digits as fit, and what to divide them by."""
    value, scale = 0, 1.0
    for digit in digits:
        longer = value * 10 + int(digit)
        if value > MAX_INT64 // 10 or longer > _LIMIT:
            break
        value, scale = longer, scale * 10
    return value, scale


def _invalid(text: str) -> DurationError:
    return DurationError(f"time: invalid duration {quote(text)}")


def quote(text: str) -> str:
    """Package time's own quoting: every byte that is not plain ASCII in hexadecimal digits."""
    return '"' + "".join(map(_quoted, text.encode("utf-8", "surrogateescape"))) + '"'


def _quoted(byte: int) -> str:
    if byte >= 0x80 or byte < 0x20:
        return f"\\x{byte:02x}"
    return "\\" + chr(byte) if byte in b'"\\' else chr(byte)
