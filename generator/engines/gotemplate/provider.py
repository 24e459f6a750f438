"""Where a template gets the time and randomness from: always the caller, never this process."""

from typing import Protocol

from generator.engines.gotemplate.funcs import FuncError, Kind


class Provider(Protocol):
    """What a run may know of the world."""

    def now(self) -> tuple[int, int]:
        """The time as seconds since 1970 in UTC, and nanoseconds within that second."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """The next `count` bytes of randomness."""
        ...


def real(provider: Provider) -> bool:
    """Whether the randomness is the machine's own, so that a library may take its share of that by itself.

    Those that say so have an attribute `real` that is true.
    """
    return bool(getattr(provider, "real", False))


class UnavailableError(FuncError):
    """A function needs what the run does not give."""

    kind: Kind = "unavailable"


class Refusing:
    """The default: equal sources give equal bytes, so a template that needs more than its sources is refused."""

    def now(self) -> tuple[int, int]:
        """Refuse."""
        raise UnavailableError("the clock is not available to templates: pass the time in as a value")

    def random_bytes(self, count: int) -> bytes:
        """Refuse."""
        del count
        raise UnavailableError("randomness is not available to templates: pass the value in, or refer to a Secret")
