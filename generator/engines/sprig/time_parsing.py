"""time.Parse: reading a time by a layout, with Go's words for what does not fit.

Inside this module, a text is its bytes, one character each, because Go cuts fields out by bytes.
"""

import re
from typing import Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import to_bytes
from generator.engines.sprig.civil import DAY, civil_from_days, days_from_civil, days_in, is_leap
from generator.engines.sprig.layouts import MONTHS, WEEKDAYS, elements
from generator.engines.sprig.times import LOCAL, UTC, Location, Time

_NUMBER: Final = re.compile(r"[0-9]{1,2}")
_YEARDAY: Final = re.compile(r"[0-9]{1,3}")
_FRACTION: Final = re.compile(r"[.,]([0-9]+)")
_GMT: Final = re.compile(r"GMT([+-][0-9]+)?")
_SIGNED_HOURS: Final = re.compile(r"[+-]([0-9]+)")
_CAPITALS: Final = re.compile(r"[A-Z]{0,6}")
_NO_OFFSET: Final = -1
"""Go's own mark, so that an offset of one second west of UTC does not count either."""


class TimeError(Exception):
    """The text is no time in this layout; Go's words."""


class _BadFieldError(Exception):
    """What is there does not have the form of the element."""


class _NotInRangeError(Exception):
    """What is there has the form of the element, but names nothing that exists."""


@dataclass(slots=True)
class _Fields:
    """What was read so far."""

    rest: str
    year: int = 0
    month: int = -1
    day: int = -1
    yearday: int = -1
    hour: int = 0
    minute: int = 0
    second: int = 0
    nanosecond: int = 0
    half: str = ""
    location: Location | None = None
    offset: int = _NO_OFFSET
    zone: str = ""


def parse_time(layout: str, text: str) -> Time:
    """Read `text` as the layout says, as local time where it does not name a zone.

    Raises:
        TimeError: it does not fit the layout, or no such time exists.
    """
    layout, text = (to_bytes(part).decode("latin-1") for part in (layout, text))
    fields = _Fields(text)
    parts = elements(layout)
    for number, (literal, element) in enumerate(parts):
        if not _skip(fields, literal):
            raise _cannot_parse(layout, text, literal, fields.rest)
        if not element:
            break
        following = parts[number + 1][1]
        before = fields.rest
        try:
            _read(fields, element, following)
        except _NotInRangeError as error:
            raise TimeError(f"parsing time {_quote(text)}: {error} out of range") from None
        except _BadFieldError:
            raise _cannot_parse(layout, text, element, before) from None
    if fields.rest:
        raise TimeError(f"parsing time {_quote(text)}: extra text: {_quote(fields.rest)}")
    try:
        return _time(fields)
    except _NotInRangeError as error:
        raise TimeError(f"parsing time {_quote(text)}: {error}") from None


def _cannot_parse(layout: str, text: str, element: str, rest: str) -> TimeError:
    return TimeError(
        f"parsing time {_quote(text)} as {_quote(layout)}: cannot parse {_quote(rest)} as {_quote(element)}"
    )


def _quote(data: str) -> str:
    return '"' + "".join(map(_quoted, data)) + '"'


def _quoted(byte: str) -> str:
    if byte >= "\x80" or byte < " ":
        return f"\\x{ord(byte):02x}"
    return "\\" + byte if byte in '"\\' else byte


def _skip(fields: _Fields, literal: str) -> bool:
    """Pass over text that the layout has; blanks stand for any number of blanks, or the end."""
    at = 0
    while at < len(literal):
        if literal[at] == " ":
            if fields.rest and fields.rest[0] != " ":
                return False
            at += len(literal[at:]) - len(literal[at:].lstrip(" "))
            fields.rest = fields.rest.lstrip(" ")
        elif fields.rest[:1] != literal[at]:
            return False
        else:
            at += 1
            fields.rest = fields.rest[1:]
    return True


def _read(fields: _Fields, element: str, following: str) -> None:  # noqa: PLR0912 - one row an element
    match element:
        case "06":
            year = _atoi(_take(fields, 2))
            fields.year = year + (1900 if year >= 69 else 2000)
        case "2006":
            if not fields.rest[:1].isdigit():
                raise _BadFieldError
            fields.year = _atoi(_take(fields, 4))
        case "Jan":
            fields.month = _name(fields, tuple(name[:3] for name in MONTHS)) + 1
        case "January":
            fields.month = _name(fields, MONTHS) + 1
        case "01" | "1":
            fields.month = _in_range("month", _number(fields, element == "01"), 1, 12)
        case "Mon":
            _name(fields, tuple(name[:3] for name in WEEKDAYS))
        case "Monday":
            _name(fields, WEEKDAYS)
        case "02" | "_2" | "2":
            if element == "_2":
                fields.rest = fields.rest.removeprefix(" ")
            fields.day = _number(fields, element == "02")
        case "002" | "__2":
            if element == "__2":
                fields.rest = fields.rest.removeprefix(" ").removeprefix(" ")
            fields.yearday = int(_match(fields, _YEARDAY, 3 if element == "002" else 1))
        case "15":
            fields.hour = _in_range("hour", _number(fields), 0, 23)
        case "03" | "3":
            fields.hour = _in_range("hour", _number(fields, element == "03"), 0, 12)
        case "04" | "4":
            fields.minute = _in_range("minute", _number(fields, element == "04"), 0, 59)
        case "05" | "5":
            fields.second = _in_range("second", _number(fields, element == "05"), 0, 59)
            fraction = _FRACTION.match(fields.rest)
            if fraction and following[:1] not in (".", ","):
                _read_fraction(fields, len(fraction[0]))
        case "PM" | "pm":
            fields.half = _take(fields, 2)
            if fields.half not in (element, "A" + element[1:] if element == "PM" else "am"):
                raise _BadFieldError
        case "MST":
            _read_zone(fields)
        case _ if element[0] in ".,":
            _read_subsecond(fields, element)
        case _ if element[0] == "Z" and fields.rest[:1] == "Z":
            fields.rest = fields.rest[1:]
            fields.location = UTC
        case _:
            fields.offset = _offset(fields, element)


def _take(fields: _Fields, count: int) -> str:
    if len(fields.rest) < count:
        raise _BadFieldError
    taken, fields.rest = fields.rest[:count], fields.rest[count:]
    return taken


def _match(fields: _Fields, pattern: re.Pattern[str], least: int) -> str:
    match = pattern.match(fields.rest)
    if match is None or len(match[0]) < least:
        raise _BadFieldError
    fields.rest = fields.rest[match.end() :]
    return match[0]


def _number(fields: _Fields, fixed: bool = False) -> int:  # noqa: FBT001, FBT002 - two digits, or one is enough
    return int(_match(fields, _NUMBER, 2 if fixed else 1))


def _in_range(name: str, number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise _NotInRangeError(name)
    return number


def _atoi(text: str) -> int:
    digits = text[1:] if text[:1] in ("+", "-") else text
    if digits.strip("0123456789"):
        raise _BadFieldError
    return (-1 if text[:1] == "-" else 1) * int(digits or "0")


def _name(fields: _Fields, names: tuple[str, ...]) -> int:
    for number, name in enumerate(names):
        if fields.rest[: len(name)].lower() == name.lower():
            fields.rest = fields.rest[len(name) :]
            return number
    raise _BadFieldError


def _read_subsecond(fields: _Fields, element: str) -> None:
    if element[1] == "0":
        if len(fields.rest) < len(element):
            raise _BadFieldError
        _read_fraction(fields, len(element))
    elif fraction := _FRACTION.match(fields.rest):
        _read_fraction(fields, len(fraction[0]))


def _read_fraction(fields: _Fields, size: int) -> None:
    """A separator and digits, of which nine count."""
    taken = _take(fields, size)
    if taken[0] not in ".,":
        raise _BadFieldError
    digits = taken[1:10]
    number = _atoi(digits)
    if number < 0:
        raise _NotInRangeError("fractional second")
    fields.nanosecond = number * 10 ** (9 - len(digits))


def _offset(fields: _Fields, element: str) -> int:
    """Seconds east of UTC, as `-0700` and its relatives write them."""
    taken = _take(fields, len(element))
    colons = [at for at, character in enumerate(element) if character == ":"]
    if any(taken[at] != ":" for at in colons):
        raise _BadFieldError
    digits = "".join(character for at, character in enumerate(taken) if at not in colons)
    hours, minutes, seconds = ((digits[at : at + 2] or "00") for at in (1, 3, 5))
    numbers = []
    bad = False
    for text in (hours, minutes, seconds):
        if bad or len(text) < 2 or not (text.isascii() and text.isdigit()):
            bad = True
            numbers.append(0)
        else:
            numbers.append(int(text))
    for name, number, most in zip(("hour", "minute", "second"), numbers, (24, 60, 60), strict=True):
        _in_range(f"time zone offset {name}", number, 0, most)
    if bad or digits[0] not in "+-":
        raise _BadFieldError
    offset = (numbers[0] * 60 + numbers[1]) * 60 + numbers[2]
    return -offset if digits[0] == "-" else offset


def _read_zone(fields: _Fields) -> None:
    rest = fields.rest
    if rest.startswith("UTC"):
        fields.rest = rest[3:]
        fields.location = UTC
        return
    size = _zone_length(rest)
    if not size:
        raise _BadFieldError
    fields.zone, fields.rest = rest[:size], rest[size:]


def _zone_length(text: str) -> int:
    """How much of the text looks like the abbreviation of a zone."""
    if len(text) < 3:
        return 0
    if text.startswith(("ChST", "MeST")):
        return 4
    if text.startswith("GMT"):
        return 3 + _signed_hours_length(text[3:])
    if text[0] in "+-":
        return _signed_hours_length(text)
    capitals = _CAPITALS.match(text)
    size = capitals.end() if capitals else 0
    if size == 3 or (size in (4, 5) and text[size - 1] == "T") or (size == 4 and text.startswith("WITA")):
        return size
    return 0


def _signed_hours_length(text: str) -> int:
    match = _SIGNED_HOURS.match(text)
    if match is None or len(match[1].lstrip("0")) > 2 or int(match[1][-3:]) > 23:
        return 0
    return match.end()


def _time(fields: _Fields) -> Time:
    hour = fields.hour
    if fields.half in ("PM", "pm") and hour < 12:
        hour += 12
    elif fields.half in ("AM", "am") and hour == 12:
        hour = 0
    month, day = _date(fields)
    days = days_from_civil(fields.year, month, day)
    seconds = days * DAY + hour * 3600 + fields.minute * 60 + fields.second
    if fields.location is not None:
        return Time(seconds, fields.nanosecond, fields.location)
    if fields.offset != _NO_OFFSET:
        # Where the local zone is at this offset and has this name, it is meant.
        local = fields.offset == LOCAL.offset and fields.zone in ("", LOCAL.zone)
        location = LOCAL if local else Location(fields.zone, fields.zone, fields.offset)
        return Time(seconds - fields.offset, fields.nanosecond, location)
    if fields.zone:
        offset = _atoi(fields.zone[3:]) * 3600 if fields.zone.startswith("GMT") else 0
        # Go keeps the clock's time as it is, and only shows the zone beside it.
        return Time(seconds, fields.nanosecond, Location(fields.zone, fields.zone, offset))
    return Time(seconds, fields.nanosecond, LOCAL)


def _date(fields: _Fields) -> tuple[int, int]:
    month, day, year = fields.month, fields.day, fields.year
    if fields.yearday >= 0:
        if not 1 <= fields.yearday <= 365 + is_leap(year):
            raise _NotInRangeError("day-of-year out of range")
        _, found_month, found_day = civil_from_days(days_from_civil(year, 1, fields.yearday))
        if month >= 0 and month != found_month:
            raise _NotInRangeError("day-of-year does not match month")
        if day >= 0 and day != found_day:
            raise _NotInRangeError("day-of-year does not match day")
        month, day = found_month, found_day
    else:
        month, day = max(month, 1), 1 if day < 0 else day
    if not 1 <= day <= days_in(month, year):
        raise _NotInRangeError("day out of range")
    return month, day
