"""Dates and durations, as far as they do not read the clock; see `impure` for what does."""

from typing import Any, Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import Int32, Int64
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.civil import clock
from generator.engines.sprig.convert import parse_int, wrap
from generator.engines.sprig.durations import SECOND, Duration, DurationError, format_duration, parse_duration
from generator.engines.sprig.layouts import write
from generator.engines.sprig.time_parsing import TimeError, parse_time
from generator.engines.sprig.times import LOCAL, ZERO, Time, from_unix
from generator.engines.sprig.zones import zone_at

_HTML: Final = "2006-01-02"

_ROUNDED: Final = (
    (365 * 24 * 3600 * SECOND, "y"),
    (30 * 24 * 3600 * SECOND, "mo"),
    (24 * 3600 * SECOND, "d"),
    (3600 * SECOND, "h"),
    (60 * SECOND, "m"),
    (SECOND, "s"),
)


def now(run: Run) -> Time:
    """The time of the run's clock, as local time."""
    seconds, nanosecond = run.provider.now()
    return Time(seconds, nanosecond, LOCAL)


def date(run: Run, layout: str, value: Any) -> str:
    """A time as the layout says, in local time."""
    return date_in_zone(run, layout, value, "Local")


def html_date(run: Run, value: Any) -> str:
    """A time's date as HTML wants it, in local time."""
    return date_in_zone(run, _HTML, value, "Local")


def html_date_in_zone(run: Run, value: Any, zone: str) -> str:
    """A time's date as HTML wants it, in a zone."""
    return date_in_zone(run, _HTML, value, zone)


def date_in_zone(run: Run, layout: str, value: Any, zone: str) -> str:
    """A time as the layout says, in a zone; UTC where there is no such zone.

    The value is a time, or seconds since 1970 as int, int64 or int32. For anything else, floats included, it is now.
    """
    time = _time(run, value, (int, Int64, Int32))
    name, offset = zone_at(zone, time.seconds)
    return write(layout, clock(time.seconds + offset), time.nanosecond, name, offset)


def _time(run: Run, value: Any, integers: tuple[type[int], ...]) -> Time:
    if isinstance(value, Time):
        return value
    return from_unix(value) if value.__class__ in integers else now(run)


def date_modify(duration: str, time: Time) -> Time:
    """A time moved by a duration such as `-1.5h`; the same time where it is none."""
    try:
        return time.add(parse_duration(duration))
    except DurationError:
        return time


def must_date_modify(duration: str, time: Time) -> Time:
    """A time moved by a duration such as `-1.5h`.

    Raises:
        FuncError: it is no duration.
    """
    try:
        return time.add(parse_duration(duration))
    except DurationError as error:
        raise FuncError(str(error)) from None


def ago(run: Run, value: Any) -> str:
    """How long ago a time is, to the second. The value is a time, or seconds since 1970 as int or int64."""
    present = now(run)
    time = present
    if isinstance(value, Time):
        time = value
    elif value.__class__ in (int, Int64):
        time = from_unix(value)
    return format_duration(present.sub(time).rounded(SECOND))


def duration(value: Any) -> str:
    """So many seconds, given as a string or an int64, as Go writes a duration. Other numbers count as 0."""
    seconds = 0
    if isinstance(value, str):
        seconds, _ = parse_int(value, 10)
    elif isinstance(value, Int64):
        seconds = value
    return format_duration(wrap(seconds * SECOND))


def duration_round(run: Run, value: Any) -> str:
    """The greatest whole unit of a duration: a text, nanoseconds as an int64, or a time, from which it is to now."""
    nanoseconds = 0
    if isinstance(value, str):
        nanoseconds = _duration_or_zero(value)
    elif isinstance(value, Int64):
        nanoseconds = value
    elif isinstance(value, Time):
        nanoseconds = now(run).sub(value)
    size = abs(nanoseconds)
    return next((f"{size // unit}{name}" for unit, name in _ROUNDED if size > unit), "0s")


def _duration_or_zero(text: str) -> Duration:
    try:
        return parse_duration(text)
    except DurationError:
        return Duration(0)


def to_date(layout: str, text: str) -> Time:
    """The time that a text means by the layout; the zero time where it means none."""
    try:
        return parse_time(layout, text)
    except TimeError:
        return ZERO


def must_to_date(layout: str, text: str) -> Time:
    """The time that a text means by the layout.

    Raises:
        FuncError: it means none.
    """
    try:
        return parse_time(layout, text)
    except TimeError as error:
        raise FuncError(str(error)) from None


def unix_epoch(time: Time) -> str:
    """Seconds since 1970."""
    return str(wrap(time.seconds))
