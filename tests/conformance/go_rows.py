"""Rows that Go recorded (see record_go.py), as Python values."""

import json
from pathlib import Path
from typing import Any

from generator.engines.gotemplate.gotypes import (
    GoMap,
    Int32,
    Int64,
    Ints,
    StringMap,
    Strings,
    Uint,
    Uint8,
    Uint32,
    Uint64,
)
from generator.engines.gotemplate.text import from_bytes

VECTORS = Path(__file__).parent / "vectors"

INTEGERS = {
    "int": int, "int32": Int32, "int64": Int64, "uint": Uint, "uint8": Uint8, "uint32": Uint32, "uint64": Uint64,
}  # fmt: skip


class Untranslatable(Exception):  # noqa: N818
    """A value of a Go type that templates of Helm never see."""


class IntMap(GoMap):
    """map[string]int"""

    __slots__ = ()
    go_type = "map[string]int"
    go_elem = "int"
    go_zero = 0


def rows(vector: str, table: str) -> list[dict[str, Any]]:
    """The rows of one table, strings of bytes as Go's strings."""
    document = json.loads((VECTORS / vector).read_text())
    found = []
    for row in document["rows"]:
        if row.pop("table") != table:
            continue
        found.append(row)
    return found


def text(latin: str) -> str:
    """A Go string, of which every byte stands in the vector as a character."""
    return from_bytes(latin.encode("latin-1"))


def value(tagged: dict[str, Any]) -> Any:
    """A Go value.

    Raises:
        Untranslatable: there is no such value in Python.
    """
    kind = tagged["type"]
    content: Any = tagged.get("value")
    if kind in INTEGERS:
        return INTEGERS[kind](content)
    if content is None and kind != "nil":
        raise Untranslatable("a typed nil")
    match kind:
        case "nil" | "bool":
            return content
        case "string":
            return text(content)
        case "float64":
            return float(content)
        case "complex128":
            return complex(*map(float, content))
        case "[]uint8":
            return content.encode("latin-1")
        case "[]int":
            return Ints(content)
        case "[]string":
            return Strings(content)
        case "map[string]string":
            return StringMap(content)
        case "map[string]int":
            return IntMap(content)
        case "[]interface {}":
            return [value(item) for item in content]
        case "map[string]interface {}":
            return {key: value(item) for key, item in content.items()}
        case _:
            raise Untranslatable(str(content))
