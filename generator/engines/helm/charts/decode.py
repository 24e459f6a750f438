"""YAML into the shape of a Go struct, as sigs.k8s.io/yaml and encoding/json do it for Chart.yaml and manifests' heads.

Names of fields match in any case, unknown ones are passed over, null changes nothing, and a number or boolean where a
string is wanted becomes that string. The first value that does not fit, by the order of names, is the error.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

from generator.dataclass import dataclass
from generator.goyaml.errors import YamlError
from generator.goyaml.numbers import format_g32
from generator.goyaml.read import read_typed


@dataclass(frozen=True, slots=True)
class ListOf:
    """A Go slice."""

    element: "Shape"

    @property
    def go_type(self) -> str:
        """Go's name of the type."""
        return f"[]{_go_type(self.element)}"


@dataclass(frozen=True, slots=True)
class MapOf:
    """A Go map with strings for keys."""

    element: "Shape"

    @property
    def go_type(self) -> str:
        """Go's name of the type."""
        return f"map[string]{_go_type(self.element)}"


@dataclass(frozen=True, slots=True)
class Struct:
    """A Go struct; `name` is what errors call it in front of a field, `go_type` otherwise."""

    name: str
    go_type: str
    fields: Mapping[str, "Shape"]


Shape: TypeAlias = "Literal['string', 'bool', 'any'] | ListOf | MapOf | Struct"


class DecodeError(ValueError):
    """A text that is no YAML, or does not have the shape; in Go's words.

    Attributes:
        offset: where the text is no YAML, in code points; else None.
    """

    def __init__(self, message: str, offset: int | None = None) -> None:
        super().__init__(message)
        self.offset = offset


_KINDS: Final = {str: "string", bool: "bool", int: "number", float: "number", list: "array", dict: "object"}


def decode(text: str, shape: Struct) -> dict[str, Any]:
    """The fields that *text* sets.

    Raises:
        DecodeError: it is no YAML, or something in it is of another type than its field.
    """
    try:
        value = read_typed(text)
    except YamlError as error:
        raise DecodeError(f"error converting YAML to JSON: {error}", error.problems[0].start) from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        kind = _KINDS[type(value)]
        raise _no_fit(f"json: cannot unmarshal {kind} into Go value of type {shape.go_type}")
    return _struct(value, shape, "")


def _struct(value: Mapping[str, Any], shape: Struct, path: str) -> dict[str, Any]:
    by_folded: dict[str, str] = {}
    for name in shape.fields:
        by_folded.setdefault(name.casefold(), name)
    result: dict[str, Any] = {}
    for key in sorted(value, key=_bytes):
        known = key if key in shape.fields else by_folded.get(key.casefold())
        if known is None or value[key] is None:
            continue
        where = f"{path}.{known}" if path else known
        result[known] = _decoded(value[key], shape.fields[known], shape.name, where)
    return result


def _decoded(value: Any, shape: Shape, owner: str, path: str) -> Any:
    """The value in its shape. null stands for itself: an element of a list, which Go makes nil or empty."""
    match shape:
        case "any":
            return _plain(value)
        case "string":
            value = _text(value)
            fits = isinstance(value, str)
        case "bool":
            fits = isinstance(value, bool)
        case ListOf(element):
            if isinstance(value, list):
                return [None if one is None else _decoded(one, element, owner, path) for one in value]
            fits = False
        case MapOf(element):
            if isinstance(value, dict):
                return {key: "" if one is None else _decoded(one, element, owner, path) for key, one in value.items()}
            fits = False
        case _:
            if isinstance(value, dict):
                return _struct(value, shape, path)
            fits = False
    if not fits:
        kind = _KINDS[type(value)]
        raise _no_fit(f"json: cannot unmarshal {kind} into Go struct field {owner}.{path} of type {_go_type(shape)}")
    return value


def _text(value: Any) -> Any:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return format_g32(value)
        case _:
            return value


def _plain(value: Any) -> Any:
    """A value of an interface: every number is a float64."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _go_type(shape: Shape) -> str:
    return shape if isinstance(shape, str) else shape.go_type


def _no_fit(message: str) -> DecodeError:
    return DecodeError(f"error unmarshaling JSON: while decoding JSON: {message}")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
