"""Days and dates of the Gregorian calendar, for any year, and Go's way to fit seconds into 64 bits."""

from typing import Final, NamedTuple

DAY: Final = 86400

_WORD: Final = 1 << 64
# Go counts seconds from a year so early that no time has a negative count, and lets the count wrap.
_ABSOLUTE_YEAR: Final = -292277022400
_DAYS_PER_CYCLE: Final = 146097  # 400 years


class Clock(NamedTuple):
    """A time of some place, taken apart."""

    year: int
    month: int
    """From 1."""
    day: int
    hour: int
    minute: int
    second: int
    weekday: int
    """From Sunday, which is 0."""
    yearday: int
    """From 1."""


def days_from_civil(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date; a month or a day beyond its range counts on into the next."""
    year += (month - 1) // 12
    month = (month - 1) % 12 + 1
    # A year from March on has its leap day last.
    shifted = year - (month <= 2)
    yearday = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5
    return shifted * 365 + shifted // 4 - shifted // 100 + shifted // 400 + yearday + day - 719469


def civil_from_days(days: int) -> tuple[int, int, int]:
    """The date so many days after 1970-01-01."""
    cycle, rest = divmod(days + 719468, _DAYS_PER_CYCLE)
    year = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
    yearday = rest - (365 * year + year // 4 - year // 100)
    shifted = (5 * yearday + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return cycle * 400 + year + (month <= 2), month, yearday - (153 * shifted + 2) // 5 + 1


_ABSOLUTE_START: Final = days_from_civil(_ABSOLUTE_YEAR, 3, 1) * DAY


def shown_seconds(seconds: int) -> int:
    """The seconds after 1970 began whose calendar Go shows: the same, unless the count has wrapped."""
    return (seconds - _ABSOLUTE_START) % _WORD + _ABSOLUTE_START


def clock(seconds: int) -> Clock:
    """What calendars and clocks show `seconds` after 1970 began."""
    seconds = shown_seconds(seconds)
    days, rest = divmod(seconds, DAY)
    year, month, day = civil_from_days(days)
    hour, rest = divmod(rest, 3600)
    minute, second = divmod(rest, 60)
    yearday = days - days_from_civil(year, 1, 1) + 1
    return Clock(year, month, day, hour, minute, second, (days + 4) % 7, yearday)


def is_leap(year: int) -> bool:
    """Whether February has 29 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(month: int, year: int) -> int:
    """Days of a month from 1 to 12."""
    return 29 if month == 2 and is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
