"""What to use where a value is not set. Not set means empty: nil, false, zero, or without elements."""

from typing import Any

from generator.engines.sprig.convert import is_empty


def default(fallback: Any, *given: Any) -> Any:
    """The given value, or `fallback` if there is none or it is empty."""
    return fallback if not given or is_empty(given[0]) else given[0]


def coalesce(*values: Any) -> Any:
    """The first value that is not empty, else nil."""
    return next((value for value in values if not is_empty(value)), None)


def every(*values: Any) -> bool:
    """Whether no value is empty."""
    return not any(map(is_empty, values))


def some(*values: Any) -> bool:
    """Whether a value is not empty."""
    return not all(map(is_empty, values))


def ternary(yes: Any, no: Any, condition: bool) -> Any:  # noqa: FBT001 - the template's own order of arguments
    """`yes` if the condition is true, else `no`."""
    return yes if condition else no
