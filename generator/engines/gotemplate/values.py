"""Go's ways with values: names of types and kinds, length, and the text that an action prints."""

from typing import Any

from generator.engines.gotemplate import floats
from generator.engines.gotemplate.funcs import Func
from generator.engines.gotemplate.gotypes import (
    GoMap,
    GoObject,
    Int32,
    Int64,
    Ints,
    Lists,
    Maps,
    NilList,
    NilMap,
    NilStrings,
    SharedMap,
    Strings,
    Uint,
    Uint8,
    Uint32,
    Uint64,
)

NO_VALUE = "<no value>"
"""What an action prints of a value that is missing."""

ANY = "interface {}"

_TYPES: dict[type, tuple[str, str]] = {  # Python's class: Go's type, Go's kind
    str: ("string", "string"),
    bool: ("bool", "bool"),
    int: ("int", "int"),
    float: ("float64", "float64"),
    complex: ("complex128", "complex128"),
    bytes: ("[]uint8", "slice"),
    list: ("[]interface {}", "slice"),
    dict: ("map[string]interface {}", "map"),
    Int64: ("int64", "int64"),
    Int32: ("int32", "int32"),
    Uint: ("uint", "uint"),
    Uint8: ("uint8", "uint8"),
    Uint32: ("uint32", "uint32"),
    Uint64: ("uint64", "uint64"),
    Strings: ("[]string", "slice"),
    Ints: ("[]int", "slice"),
    Lists: ("[][]interface {}", "slice"),
    Maps: ("[]map[string]interface {}", "slice"),
    NilList: ("[]interface {}", "slice"),
    NilStrings: ("[]string", "slice"),
    NilMap: ("map[string]interface {}", "map"),
    SharedMap: ("map[string]interface {}", "map"),
}
_UNSIGNED = frozenset({"uint", "uint8", "uint32", "uint64"})
_SIGNED = frozenset({"int", "int8", "int16", "int32", "int64"})


def type_name(value: Any) -> str:
    """Go's name of the value's type, as `%T` prints it; `<nil>` for nil."""
    known = _TYPES.get(value.__class__)
    if known is not None:
        return known[0]
    match value:
        case GoObject() | GoMap():
            return value.go_type
        case Func():
            return func_type(value)
        case None:
            return "<nil>"
        case _:
            raise TypeError(f"no Go type for a value of {value.__class__!r}")


def pointed_name(value: Any) -> str:
    """As `type_name`, but of a pointer, what it points to."""
    return type_name(value).removeprefix("*")


def kind_name(value: Any) -> str:
    """Go's kind of the value, as reflection names it; `invalid` for nil."""
    known = _TYPES.get(value.__class__)
    if known is not None:
        return known[1]
    match value:
        case GoObject():
            return value.go_kind
        case GoMap():
            return "map"
        case Func():
            return "func"
        case None:
            return "invalid"
        case _:
            raise TypeError(f"no Go kind for a value of {value.__class__!r}")


def func_type(func: Func) -> str:
    """The type of a function, as Go prints it."""
    return func.signature.replace("interface{}", ANY)


def elem_type(value: Any) -> str:
    """The type of what a range over the value gives."""
    if isinstance(value, GoMap):
        return value.go_elem
    name = type_name(value)
    if name.startswith("[]"):
        return name[2:]
    return ANY if isinstance(value, dict) else name


def is_int(kind: str) -> bool:
    """Whether a kind is one of Go's signed integers."""
    return kind in _SIGNED


def is_uint(kind: str) -> bool:
    """Whether a kind is one of Go's unsigned integers."""
    return kind in _UNSIGNED


def show(value: Any) -> str:
    """What an action prints of a plain value: string, int, float64, bool or nil."""
    kind = value.__class__
    if kind is str:
        return value  # type: ignore[no-any-return] # the class was looked at
    if kind is int:
        return str(value)
    if kind is float:
        return floats.general(value)
    if value is None:
        return NO_VALUE
    return "true" if value else "false"
