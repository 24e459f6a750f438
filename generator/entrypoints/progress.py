"""A line that says how far a long run is: on a terminal only, and gone when the run is."""

import sys
import time
from types import TracebackType
from typing import Self

_EVERY = 0.1
"""Seconds between two updates."""


class Progress:
    """Called with what is done and what there is in all."""

    def __init__(self, verb: str) -> None:
        self._verb = verb
        self._shown = sys.stderr.isatty()
        self._last = time.monotonic()
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        """Redraw, if it is time to."""
        now = time.monotonic()
        if not self._shown or now - self._last < _EVERY:
            return
        self._last = now
        self._drawn = True
        sys.stderr.write(f"\r{self._verb} {done}/{total} ({done * 100 // total} %)\033[K")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the line away."""
        if self._drawn:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
