"""The only time that output may show: the source's own, never the wall clock's. And a clock that ends what takes long.

Two runs over one source give equal bytes, today and in a year.
"""

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, DiagnosticError

if TYPE_CHECKING:
    from generator.outside.git import Repository  # which asks us for SOURCE_DATE_EPOCH

_LATEST = 253402300799  # 9999-12-31T23:59:59Z, the last second that a date can hold


def source_time(repository: "Repository | None", revision: str = "HEAD") -> datetime:
    """The time of the source, in UTC, to the second.

    SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/) where it is set; else the
    committer date of *revision*; else, without a repository or a first commit, the beginning of 1970.
    """
    seconds = source_date_epoch()
    if seconds is None and repository and (revision != "HEAD" or repository.head().commit):
        seconds = repository.committed_at(revision)
    return datetime.fromtimestamp(seconds or 0, tz=UTC)


def timer(seconds: float) -> Callable[[], bool]:
    """Whether this thread has used so many seconds of the processor since: a machine's load must not matter.

    No more than have passed, which is asked first: the system answers that without being called.
    """
    late, end = time.perf_counter() + seconds, time.thread_time() + seconds
    return lambda: time.perf_counter() > late and time.thread_time() > end


def source_date_epoch(surroundings: Mapping[str, str] | None = None) -> int | None:
    """What SOURCE_DATE_EPOCH says, in seconds since 1970; None where it is unset or empty.

    Raises DiagnosticError where it is no such number: the specification forbids to pass over it.
    """
    text = (os.environ if surroundings is None else surroundings).get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or int(text) > _LATEST:
        message = f"SOURCE_DATE_EPOCH is {text!r}, which is not a number of seconds since 1970"
        hint = "set it to `git log -1 --format=%ct`, or unset it"
        raise DiagnosticError(Diagnostic(code="MW704", message=message, hint=hint))
    return int(text)
