"""Time zones of the tz database, from the package `tzdata` alone: the same on every machine."""

from functools import lru_cache
from typing import TYPE_CHECKING

from generator.engines.sprig.civil import DAY, clock, days_from_civil, shown_seconds

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_CYCLE = 146097 * DAY
"""400 years, after which the calendar repeats."""


def zone_at(name: str, seconds: int) -> tuple[str, int]:
    """Abbreviation and offset, in seconds east of UTC, that the zone has at a time; UTC where there is no such zone."""
    zone = None if name in ("", "UTC", "Local") else _load(name)
    if zone is None:
        return "UTC", 0
    from datetime import UTC, datetime, timedelta

    # Python's calendar has the years from 1 to 9999. Later ones go by the same rules as the cycle before them, and
    # before the first year no zone had any rules yet.
    seconds = shown_seconds(seconds)
    year = clock(seconds).year
    if year > 9000:
        seconds -= ((year - 9000) // 400 + 1) * _CYCLE
    elif year < 2:
        seconds = days_from_civil(2, 1, 1) * DAY
    time = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(zone)
    offset = time.utcoffset()
    assert offset is not None
    return time.tzname() or "", offset.days * DAY + offset.seconds


@lru_cache(maxsize=64)
def _load(name: str) -> "ZoneInfo | None":
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    parts = name.split("/")
    if ".." in name or name[0] in "/\\" or not all(parts):
        return None
    try:
        with files("tzdata").joinpath("zoneinfo", *parts).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (OSError, ValueError):
        return None
