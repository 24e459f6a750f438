"""Go's time layouts: how the reference time is written, so are other times."""

import re
from functools import lru_cache
from typing import Final

from generator.engines.sprig.civil import Clock

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS: Final = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

# Every element, longer ones before those that they start with. `_2006` is an underscore, then a year.
_ELEMENT: Final = re.compile(
    r"January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|[345]|PM|pm"
    r"|[-Z]07(?:0000|:00:00|00|:00)?|[.,](?:0+|9+)(?![0-9])"
)


@lru_cache(maxsize=512)
def elements(layout: str) -> tuple[tuple[str, str], ...]:
    """The layout as pairs: text to take as it is, and the element after it, which only the last pair lacks."""
    result: list[tuple[str, str]] = []
    at = 0
    for match in _ELEMENT.finditer(layout):
        result.append((layout[at : match.start()], match[0]))
        at = match.end()
    result.append((layout[at:], ""))
    return tuple(result)


def write(layout: str, time: Clock, nanosecond: int, zone: str, offset: int) -> str:
    """A time as the layout says. `offset` is in seconds east of UTC; `zone` is its abbreviation, or empty."""
    result: list[str] = []
    for text, element in elements(layout):
        result += (text, _written(element, time, nanosecond, zone, offset))
    return "".join(result)


def _written(element: str, time: Clock, nanosecond: int, zone: str, offset: int) -> str:  # noqa: PLR0911, PLR0912 - one row an element
    match element:
        case "":
            return ""
        case "2006":
            return _number(time.year, 4)
        case "06":
            return _number(abs(time.year) % 100, 2)
        case "January":
            return MONTHS[time.month - 1]
        case "Jan":
            return MONTHS[time.month - 1][:3]
        case "01":
            return _number(time.month, 2)
        case "1":
            return str(time.month)
        case "Monday":
            return WEEKDAYS[time.weekday]
        case "Mon":
            return WEEKDAYS[time.weekday][:3]
        case "02":
            return _number(time.day, 2)
        case "_2":
            return f"{time.day:2}"
        case "2":
            return str(time.day)
        case "002":
            return _number(time.yearday, 3)
        case "__2":
            return f"{time.yearday:3}"
        case "15":
            return _number(time.hour, 2)
        case "03":
            return _number((time.hour - 1) % 12 + 1, 2)
        case "3":
            return str((time.hour - 1) % 12 + 1)
        case "04":
            return _number(time.minute, 2)
        case "4":
            return str(time.minute)
        case "05":
            return _number(time.second, 2)
        case "5":
            return str(time.second)
        case "PM":
            return "PM" if time.hour >= 12 else "AM"
        case "pm":
            return "pm" if time.hour >= 12 else "am"
        case "MST":
            return zone or _written_offset("-0700", offset)
        case _ if element[0] in ".,":
            return _fraction(element, nanosecond)
        case _:
            return _written_offset(element, offset)


def _number(number: int, width: int) -> str:
    return f"-{-number:0{width}}" if number < 0 else f"{number:0{width}}"


def _fraction(element: str, nanosecond: int) -> str:
    digits = len(element) - 1
    kept = f"{nanosecond:09}"[:digits]
    if element[1] == "0":
        return element[0] + kept
    kept = kept.rstrip("0")
    return element[0] + kept if kept else ""


def _written_offset(element: str, offset: int) -> str:
    if element[0] == "Z" and offset == 0:
        return "Z"
    # Minutes round towards zero, so that half a minute west of Greenwich is not west at all.
    minutes = abs(offset) // 60
    sign = "-" if offset <= -60 else "+"
    colon = ":" if ":" in element else ""
    text = f"{sign}{minutes // 60:02}"
    if len(element) > len("-07"):
        text += f"{colon}{minutes % 60:02}"
    if element.endswith(("0000", "00:00")):
        # Go takes the remainder after it has dropped the sign, or not, as the minutes have one.
        seconds = abs(offset) if sign == "-" else offset
        text += colon + _number(_remainder(seconds, 60), 2)
    return text


def _remainder(number: int, divisor: int) -> int:
    return number % divisor if number >= 0 else -(-number % divisor)
