"""The clock and randomness that templates of charts may ask for: this machine's, or made from a seed.

Plugins' templates get neither: equal sources give equal bytes. A chart that makes a password up can be rendered with
this machine's randomness, as Helm does it, or with a seed, so that the same seed gives the same text.
"""

import os
import time

from generator.dataclass import dataclass, field

_SECOND = 1_000_000_000
_BLOCK = 64
"""Bytes of a SHA-512."""


@dataclass(frozen=True, slots=True)
class Machine:
    """This machine's."""

    real: bool = True
    """Libraries may take what they need of it themselves: making a key that way is ten times as fast."""

    def now(self) -> tuple[int, int]:
        """The time as seconds since 1970 in UTC, and nanoseconds within that second."""
        return divmod(time.time_ns(), _SECOND)

    def random_bytes(self, count: int) -> bytes:
        """The next *count* bytes of randomness."""
        return os.urandom(count)


@dataclass(slots=True)
class Seeded:
    """A clock that stands, and bytes that follow from a seed. Not for two runs at a time."""

    seed: str
    seconds: int = 0
    """What the clock says, since 1970 in UTC."""

    _blocks: int = field(default=0, init=False)
    _rest: bytes = field(default=b"", init=False)

    def now(self) -> tuple[int, int]:
        """The time as seconds since 1970 in UTC, and nanoseconds within that second."""
        return self.seconds, 0

    def random_bytes(self, count: int) -> bytes:
        """The next *count* bytes."""
        lacking = -(-(count - len(self._rest)) // _BLOCK)
        if lacking > 0:
            from hashlib import sha512

            numbers = range(self._blocks, self._blocks + lacking)
            self._rest += b"".join([sha512(f"{number}:{self.seed}".encode()).digest() for number in numbers])
            self._blocks += lacking
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken
