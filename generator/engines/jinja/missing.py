"""Values that are not there: using one is an error that knows which, and what there is instead."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing as nothing


class MissingError(UndefinedError):
    """A value that is not there was used."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"`{name}` has no value" if name else "what is printed here is none")
        self.name = name
        """Empty where a value that is there is none."""
        self.known = known
        """The keys that are there."""


class Missing(StrictUndefined):
    """Stands for such a value until it is used."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = nothing, name: str | None = None, exc: Any = None) -> None:
        if exc is not None and exc is not UndefinedError:
            super().__init__(hint, obj, name, exc)
            return

        def error(_message: str) -> MissingError:
            known = tuple(sorted(map(str, obj))) if isinstance(obj, Mapping) else ()
            return MissingError(str(name), known)

        super().__init__(hint, obj, name, error)  # type: ignore[arg-type] # it is called, and what it gives is raised


def used(value: Any) -> Any:
    """A value that a filter is about to use.

    Raises:
        MissingError: it is not there.
    """
    if isinstance(value, StrictUndefined):
        str(value)
    return value
