"""Python's data as Helm's values: what reading the same as YAML or JSON would give."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from generator.engines.helm.charts.errors import ChartError
from generator.goyaml.numbers import format_g32


def helm_values(values: Mapping[Any, Any]) -> dict[str, Any]:
    """A copy in which every number is a float64 and every key a string.

    Dates, which Python's YAML readers make of what is a string to Helm, become strings again.

    Raises:
        ChartError: there is something in it that values cannot have.
    """
    return {_key(key): _value(one, (key,)) for key, one in values.items()}


def _value(value: Any, path: tuple[Any, ...]) -> Any:
    match value:
        case None | bool():
            return value
        case str():
            return str(value)
        case int() | float():
            return _number(value, path)
        case bytes() | bytearray():
            return bytes(value).decode("utf-8", "surrogateescape")
        case Mapping():
            return {_key(key): _value(one, (*path, key)) for key, one in value.items()}
        case Sequence():
            return [_value(one, (*path, index)) for index, one in enumerate(value)]
        case _ if hasattr(value, "isoformat"):
            return str(value.isoformat())
        case _:
            raise ChartError(
                f"values: {_dotted(path)} is {type(value).__name__}, which YAML does not have", kind="values"
            )


def _number(value: float, path: tuple[Any, ...]) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = float("inf")
    if not isfinite(number):
        raise ChartError(f"values: {_dotted(path)} is {value}, which JSON does not have", kind="values")
    return number


def _key(key: Any) -> str:
    match key:
        case str():
            return str(key)
        case bool():
            return "true" if key else "false"
        case int():
            return str(key)
        case float():
            return format_g32(key)
        case _:
            raise ChartError(f"values: {key!r} is no name of a value", kind="values")


def _dotted(path: tuple[Any, ...]) -> str:
    return ".".join(str(step) for step in path)
