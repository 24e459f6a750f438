"""What a plain scalar means: null, a boolean, a number or text.

The rules are go-yaml 2.4's, which sigs.k8s.io/yaml uses and so do Kubernetes, Helm and Argo CD: YAML 1.1 words for
booleans, YAML 1.1 and Go spellings of integers, no base-60 numbers, and timestamps that stay text.
"""

from math import isinf
from typing import Final

from generator.pattern import pattern

HINTS: Final = frozenset(("", *"+-.0123456789yYnNtTfFoO~"))
"""The first characters (`text[:1]`) of all plain scalars that can be anything but text."""

WORDS: Final[dict[str, bool | float | None]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
}

_INT = pattern(
    r"(?P<sign>[-+]?)"
    r"(?:0[bB](?P<binary>[01]+)|0[xX](?P<hex>[0-9a-fA-F]+)|0[oO]?(?P<octal>[0-7]+)|(?P<decimal>0|[1-9][0-9]*))\Z"
)
# What remains of an older spelling: a sign behind the prefix.
_SIGNED_BINARY = pattern(r"0b(?P<digits>[-+][01]+)\Z")
_FLOAT = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_DIGITS_AROUND = pattern(r"(?:[^_]|(?<=[0-9])_(?=[0-9]))*\Z")
_BASES = {"binary": 2, "hex": 16, "octal": 8, "decimal": 10}
_INT64_MIN, _INT64_MAX, _UINT64_MAX = -(2**63), 2**63 - 1, 2**64 - 1


def resolve(text: str) -> bool | int | float | str | None:
    """The value of the plain scalar *text*. Integers are within int64 or uint64; larger ones are floats."""
    if text[:1] not in HINTS:
        return text
    if text in WORDS:
        return WORDS[text]
    if text[0] in "yYnNtTfFoO~":
        return text
    return _number(text)


def _number(text: str) -> int | float | str:
    digits = text.replace("_", "")
    if text[0] == ".":
        # Here strconv.ParseFloat sees the text as it is: it wants digits on both sides of an underscore.
        return _float(digits, text) if "_" not in text or _DIGITS_AROUND.match(text) else text
    whole = _integer(digits)
    if whole is not None:
        return whole
    if match := _SIGNED_BINARY.match(digits):
        whole = int(match["digits"], 2)
        return whole if _INT64_MIN <= whole <= _INT64_MAX else text
    return _float(digits, text)


def _float(digits: str, text: str) -> float | str:
    """The number that *digits* spell; *text* itself, where they spell none or one too large."""
    number = float(digits) if _FLOAT.match(digits) else float("inf")
    return text if isinf(number) else number


def _integer(digits: str) -> int | None:
    match = _INT.match(digits)
    if match is None:
        return None
    base = match.lastgroup
    assert base is not None
    if base != "decimal" or len(digits) < 4300:  # Python refuses to read longer decimals; none fits 64 bits
        whole = int(match[base], _BASES[base])
        if match["sign"] == "-":
            whole = -whole
        # strconv.ParseUint, the second try, takes no sign.
        if _INT64_MIN <= whole <= _INT64_MAX or (not match["sign"] and whole <= _UINT64_MAX):
            return whole
    return None


_TIMESTAMP = pattern(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:(?P<gap>[Tt ])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2}):(?P<second>[0-9]{1,2})(?:[.,][0-9]+)?"
    r"(?P<zone>Z|[-+](?P<zone_hour>[0-9]{2}):(?P<zone_minute>[0-9]{2}))?)?\Z"
)


def is_timestamp(text: str) -> bool:
    """Whether *text* is one of the dates and times that go-yaml knows; it reads them as text, but quotes them."""
    match = _TIMESTAMP.match(text)
    if match is None or (match["gap"] is not None and (match["gap"] == " ") != (match["zone"] is None)):
        return False
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return False
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    zone_hour, zone_minute = int(match["zone_hour"] or 0), int(match["zone_minute"] or 0)
    return hour < 24 and minute < 60 and second < 60 and zone_hour <= 24 and zone_minute <= 60


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in {4, 6, 9, 11} else 31
