"""Go's time.Time, time.Month, time.Weekday and time.Location, with their methods.

Templates meet times in UTC or at a fixed offset only: what knows a zone of the tz database gives text. The zone
`Local` is UTC, as in a container without settings: what machine renders must not show.
"""

from collections.abc import Mapping
from typing import ClassVar, Final

from generator.dataclass import dataclass, replace
from generator.engines.gotemplate.errors import ExecError
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoObject, Int64, Uint64
from generator.engines.gotemplate.text import to_bytes
from generator.engines.sprig.civil import DAY, Clock, clock, days_from_civil
from generator.engines.sprig.convert import MAX_INT64, MIN_INT64, wrap
from generator.engines.sprig.durations import SECOND, Duration, quote
from generator.engines.sprig.layouts import MONTHS, WEEKDAYS, write
from generator.goyaml.shapes import Verbatim

_YEAR_ONE: Final = 62135596800
"""Seconds from the start of year 1, from which Go counts, to that of 1970."""

_RFC3339: Final = "2006-01-02T15:04:05.999999999Z07:00"


class _Named(int, GoObject):
    """A number from a list of names."""

    __slots__ = ()
    go_kind: ClassVar[str] = "int"
    names: ClassVar[Mapping[int, str]]

    def go_string(self) -> str:
        """Its name."""
        return self.names.get(self) or f"%!{self.go_type.removeprefix('time.')}({int(self)})"

    def go_json(self) -> int:
        """The number."""
        return int(self)

    def go_yaml(self) -> int:
        """The number."""
        return int(self)

    def go_methods(self) -> Mapping[str, Func]:
        """The methods of the type."""
        return {"String": Func("func() string", self.go_string)}


class Month(_Named):
    """A `time.Month`, from 1."""

    __slots__ = ()
    go_type: ClassVar[str] = "time.Month"
    names: ClassVar[Mapping[int, str]] = dict(enumerate(MONTHS, 1))


class Weekday(_Named):
    """A `time.Weekday`, from Sunday, which is 0."""

    __slots__ = ()
    go_type: ClassVar[str] = "time.Weekday"
    names: ClassVar[Mapping[int, str]] = dict(enumerate(WEEKDAYS))


@dataclass(frozen=True, slots=True)
class Location(GoObject):
    """A `*time.Location` with one offset from UTC, in seconds."""

    name: str
    zone: str = ""
    """The abbreviation that times show."""
    offset: int = 0

    go_type: ClassVar[str] = "*time.Location"
    go_kind: ClassVar[str] = "ptr"

    def go_string(self) -> str:
        """Its name."""
        return self.name

    def go_copied(self) -> "Location":
        """The zero location."""
        return Location("")

    def go_methods(self) -> Mapping[str, Func]:
        """The methods of the type."""
        return {"String": Func("func() string", self.go_string)}


class _NoLocation(GoObject):
    """A nil `*time.Location`, as times in UTC hold it."""

    __slots__ = ()
    go_type: ClassVar[str] = "*time.Location"
    go_kind: ClassVar[str] = "ptr"
    go_nil: ClassVar[bool] = True


UTC: Final = Location("UTC", "UTC")
LOCAL: Final = Location("Local", "UTC")


@dataclass(frozen=True, slots=True)
class Time(GoObject):
    """A `time.Time`: seconds from 1970 in UTC, nanoseconds, and the place whose clocks it shows."""

    seconds: int
    nanosecond: int = 0
    location: Location = UTC

    go_type: ClassVar[str] = "time.Time"

    @property
    def clock(self) -> Clock:
        """What calendars and clocks of the place show."""
        return clock(self.seconds + self.location.offset)

    def format(self, layout: str) -> str:
        """The time as the layout says."""
        return write(layout, self.clock, self.nanosecond, self.location.zone, self.location.offset)

    def go_string(self) -> str:
        """As Go prints times, without the reading of its monotonic clock."""
        return self.format("2006-01-02 15:04:05.999999999 -0700 MST")

    def go_json(self) -> str:
        """As RFC 3339 writes it.

        Raises:
            FuncError: the year has not four digits, or the offset is a day or more.
        """
        return self._rfc3339("Time.MarshalJSON: ")

    def go_layout(self) -> Mapping[str, object]:
        """The fields of the struct: the reading of a clock or nanoseconds, seconds since year 1, and the place."""
        return {
            "wall": Uint64(self.nanosecond),
            "ext": Int64(self.seconds + _YEAR_ONE),
            "loc": _NoLocation() if self.location is UTC else self.location,
        }

    def go_syntax(self) -> str:
        """As Go's source would say it."""
        return self._go_syntax()

    def go_yaml(self) -> Verbatim:
        """As RFC 3339 writes it, without quotes."""
        return Verbatim(self.format(_RFC3339))

    def _rfc3339(self, caller: str) -> str:
        if not 0 <= self.clock.year <= 9999:
            raise FuncError(f"{caller}year outside of range [0,9999]")
        if abs(self.location.offset) >= DAY:
            raise FuncError(f"{caller}timezone hour outside of range [0,23]")
        return self.format(_RFC3339)

    def add(self, duration: int) -> "Time":
        """The time so many nanoseconds later, or as near to it as Go can count."""
        seconds, nanosecond = divmod(self.nanosecond + duration, SECOND)
        count = max(-MAX_INT64, min(self.seconds + _YEAR_ONE + seconds, MAX_INT64))
        return replace(self, seconds=count - _YEAR_ONE, nanosecond=nanosecond)

    def sub(self, other: "Time") -> Duration:
        """The time from `other` to this, or as much of it as fits."""
        return Duration(max(MIN_INT64, min(self.nanoseconds() - other.nanoseconds(), MAX_INT64)))

    def go_methods(self) -> Mapping[str, Func]:  # noqa: D102 - as the type's
        now = self.clock
        return {
            "Add": Func("func(time.Duration) time.Time", self.add),
            "AddDate": Func("func(int, int, int) time.Time", self._add_date),
            "After": Func("func(time.Time) bool", lambda other: self.nanoseconds() > other.nanoseconds()),
            "AppendFormat": Func(
                "func([]uint8, string) []uint8", lambda data, layout: data + to_bytes(self.format(layout))
            ),
            "Before": Func("func(time.Time) bool", lambda other: self.nanoseconds() < other.nanoseconds()),
            "Clock": _several("Clock", "int", "int", "int"),
            "Compare": Func("func(time.Time) int", self._compare),
            "Date": _several("Date", "int", "time.Month", "int"),
            "Day": Func("func() int", lambda: now.day),
            "Equal": Func("func(time.Time) bool", lambda other: self.nanoseconds() == other.nanoseconds()),
            "Format": Func("func(string) string", self.format),
            "GoString": Func("func() string", self._go_syntax),
            "Hour": Func("func() int", lambda: now.hour),
            "ISOWeek": _several("ISOWeek", "int", "int"),
            "In": Func("func(*time.Location) time.Time", self._in),
            "IsDST": Func("func() bool", lambda: False),
            "IsZero": Func("func() bool", lambda: self.nanoseconds() == 0),
            "Local": Func("func() time.Time", lambda: replace(self, location=LOCAL)),
            "Location": Func("func() *time.Location", lambda: self.location),
            "MarshalJSON": Func("func() ([]uint8, error)", self._json_bytes),
            "MarshalText": Func("func() ([]uint8, error)", lambda: self._rfc3339("Time.MarshalText: ").encode()),
            "Minute": Func("func() int", lambda: now.minute),
            "Month": Func("func() time.Month", lambda: Month(now.month)),
            "Nanosecond": Func("func() int", lambda: self.nanosecond),
            "Round": Func("func(time.Duration) time.Time", lambda unit: self._rounded(unit, half=True)),
            "Second": Func("func() int", lambda: now.second),
            "String": Func("func() string", self.go_string),
            "Sub": Func("func(time.Time) time.Duration", self.sub),
            "Truncate": Func("func(time.Duration) time.Time", lambda unit: self._rounded(unit, half=False)),
            "UTC": Func("func() time.Time", lambda: replace(self, location=UTC)),
            "Unix": Func("func() int64", lambda: Int64(wrap(self.seconds))),
            "UnixMicro": Func("func() int64", lambda: self._unix(1_000_000)),
            "UnixMilli": Func("func() int64", lambda: self._unix(1_000)),
            "UnixNano": Func("func() int64", lambda: self._unix(SECOND)),
            "Weekday": Func("func() time.Weekday", lambda: Weekday(now.weekday)),
            "Year": Func("func() int", lambda: now.year),
            "YearDay": Func("func() int", lambda: now.yearday),
            "Zone": _several("Zone", "string", "int"),
            "ZoneBounds": _several("ZoneBounds", "time.Time", "time.Time"),
        }

    def nanoseconds(self) -> int:
        """Nanoseconds from the start of year 1, from which Go counts."""
        return (self.seconds + _YEAR_ONE) * SECOND + self.nanosecond

    def _json_bytes(self) -> bytes:
        return f'"{self.go_json()}"'.encode()

    def _append_format(self, data: bytes, layout: str) -> bytes:
        return data + to_bytes(self.format(layout))

    def _compare(self, other: "Time") -> int:
        left, right = self.nanoseconds(), other.nanoseconds()
        return (left > right) - (left < right)

    def _unix(self, parts: int) -> Int64:
        return Int64(wrap(self.seconds * parts + self.nanosecond * parts // SECOND))

    def _in(self, location: Location | None) -> "Time":
        if location is None:
            raise FuncError("time: missing Location in call to Time.In")
        return replace(self, location=location)

    def _rounded(self, unit: int, *, half: bool) -> "Time":
        if unit <= 0:
            return self
        rest = self.nanoseconds() % unit
        return self.add(unit - rest) if half and 2 * rest >= unit else self.add(-rest)

    def _add_date(self, years: int, months: int, days: int) -> "Time":
        now = self.clock
        day = days_from_civil(now.year + years, now.month + months, 1) + now.day - 1 + days
        seconds = day * DAY + now.hour * 3600 + now.minute * 60 + now.second
        return replace(self, seconds=wrap(seconds - self.location.offset))

    def _go_syntax(self) -> str:
        now = self.clock
        place = {UTC: "time.UTC", LOCAL: "time.Local"}.get(self.location)
        return (
            f"time.Date({now.year}, time.{MONTHS[now.month - 1]}, {now.day}, {now.hour}, {now.minute}, "
            f"{now.second}, {self.nanosecond}, {place or f'time.Location({quote(self.location.name)})'})"
        )


def _several(name: str, *results: str) -> Func:
    """A method that no template can call, for it has other results than one, and perhaps an error."""
    refusal = f"function {name} has {len(results)} return values; should be 1 or 2"
    if len(results) == 2:
        refusal = f"invalid function signature for {name}: second return value should be error; is {results[1]}"

    def refuse() -> None:
        raise ExecError(refusal)

    return Func(f"func() ({', '.join(results)})", refuse)


ZERO: Final = Time(-_YEAR_ONE)
"""Go's zero time."""


def from_unix(seconds: int) -> Time:
    """The local time so many seconds after 1970 began, counted in 64 bits."""
    return Time(wrap(seconds + _YEAR_ONE) - _YEAR_ONE, 0, LOCAL)
