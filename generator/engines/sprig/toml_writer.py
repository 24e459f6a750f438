"""TOML as BurntSushi/toml writes it: plain keys first, tables after them, two blanks for each level."""

import math
import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

from generator.engines.gotemplate.floats import general
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import GoObject, NilList, NilMap, NilStrings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes
from generator.engines.gotemplate.values import kind_name
from generator.engines.sprig.cost import SLOW, STEP
from generator.engines.sprig.durations import Duration
from generator.engines.sprig.semver import VersionValue
from generator.engines.sprig.times import Time

LOCAL_LAYOUTS: Final = {
    "datetime-local": "2006-01-02T15:04:05.999999999",
    "date-local": "2006-01-02",
    "time-local": "15:04:05.999999999",
}
"""How times are written that TOML gives without an offset, by the names of the places that stand for that."""

_BARE_KEY: Final = re.compile(r"[A-Za-z0-9_-]+\Z")
_SPECIAL: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}

_NO_TOML: Final = frozenset({"complex128", "func"})

_Key = tuple[str, ...]
_Shape = Literal["nothing", "plain", "table", "tables"]


class _TomlError(Exception):
    """The value has no TOML; upstream's words."""


def to_toml(run: Run, value: Any) -> str:
    """The value as TOML, or why it has none.

    Raises:
        FuncError: the value is nil.
    """
    try:
        return _written(run, value)
    except _TomlError as error:
        return str(error)


def must_to_toml(run: Run, value: Any) -> str:
    """The value as TOML.

    Raises:
        FuncError: it has none.
    """
    try:
        return _written(run, value)
    except _TomlError as error:
        raise FuncError(str(error)) from None


def _written(run: Run, value: Any) -> str:
    if value is None:
        raise FuncError("reflect: call of reflect.Value.Type on zero Value")
    writer = _Writer(run)
    if isinstance(value, NilList | NilStrings):
        return "[]"
    writer.write((), value)
    return "".join(writer.parts)


def _is_nil(value: Any) -> bool:
    return value is None or isinstance(value, NilMap | NilList | NilStrings)


def _is_text(value: Any) -> bool:
    """Whether the value is an object that has a text of its own."""
    return isinstance(value, Time | VersionValue)


def _shape(run: Run, value: Any) -> _Shape:
    """How the value is written at a key."""
    if _is_nil(value):
        return "nothing"
    if _is_text(value):
        return "plain"
    match kind_name(value):
        case "map" | "struct" | "ptr":
            return "table"
        case "slice":
            run.spend(STEP * len(value))
            shapes = {_element_shape(run, element) for element in value}
            return "tables" if shapes == {"table"} else "plain"
        case kind if kind in _NO_TOML:
            raise _TomlError(f"unsupported type: {kind}")
        case _:
            return "plain"


def _element_shape(run: Run, element: Any) -> _Shape:
    shape = _shape(run, element)
    if shape == "nothing":
        raise _TomlError("toml: cannot encode array with nil element")
    return shape


def _entries(value: Any) -> list[tuple[str, Any]]:
    """Keys and values of a map in order, or of a struct."""
    if isinstance(value, GoObject):
        return list(value.go_fields().items())
    return [(key, value[key]) for key in sorted(value, key=to_bytes)]


class _Writer:
    __slots__ = ("_run", "parts")

    def __init__(self, run: Run) -> None:
        self._run = run
        self.parts: list[str] = []

    def write(self, key: _Key, value: Any) -> None:
        """Write a value at a key."""
        if not key and kind_name(value) in _NO_TOML:
            raise _TomlError(f"unsupported type for key '': {kind_name(value)}")
        match _shape(self._run, value):
            case "nothing":
                pass
            case "plain":
                self.key_value(key, value)
            case "table":
                self.table(key, value)
            case "tables":
                self.tables(key, value)

    def newline(self) -> None:
        if self.parts:
            self.parts.append("\n")

    def key_value(self, key: _Key, value: Any) -> None:
        if not key:
            self.element(value)
            return
        self.parts.append(f"{_indent(key)}{spell_key(key[-1:])} = ")
        self.element(value)
        self.newline()

    def table(self, key: _Key, value: Any) -> None:
        if len(key) == 1:
            self.newline()
        if key:
            self.parts.append(f"{_indent(key)}[{spell_key(key)}]")
            self.newline()
        self.entries(key, value)

    def tables(self, key: _Key, value: Any) -> None:
        if not key:
            raise _TomlError("toml: top-level values must be Go maps or structs")
        for element in value:
            self.newline()
            self.parts.append(f"{_indent(key)}[[{spell_key(key)}]]")
            self.newline()
            self.entries(key, element)

    def entries(self, key: _Key, value: Any) -> None:
        self.in_order(value, lambda name, element, _last: self.write((*key, name), element))

    def in_order(self, value: Any, write: Callable[[str, Any, bool], None]) -> None:
        """What is plain first, tables after that; nil is passed over, but keeps its comma in a line."""
        entries = _entries(value)
        self._run.spend(4 * SLOW * len(entries))
        shapes = [_shape(self._run, element) for _, element in entries]
        plain = [entry for entry, shape in zip(entries, shapes, strict=True) if shape in ("plain", "nothing")]
        tables = [entry for entry, shape in zip(entries, shapes, strict=True) if shape in ("table", "tables")]
        for group, more in ((plain, bool(tables)), (tables, False)):
            for number, (name, element) in enumerate(group):
                if not _is_nil(element):
                    write(name, element, not more and number == len(group) - 1)

    def element(self, value: Any) -> None:
        """Write a value on the line."""
        self._run.spend(4 * SLOW)
        match value:
            case Time():
                self.parts.append(_time(value))
            case Duration() | VersionValue():
                self.parts.append(_string(value.go_string()))
            case str():
                self._run.spend(len(value))
                self.parts.append(_string(value))
            case bool():
                self.parts.append("true" if value else "false")
            case int():
                self.parts.append(str(int(value)))
            case float():
                self.parts.append(_float(value))
            case list() | bytes():
                self.elements(value)
            case _:
                self.parts.append("{")
                self.in_order(value, self.inline)
                self.parts.append("}")

    def elements(self, values: Iterable[Any]) -> None:
        self.parts.append("[")
        for number, element in enumerate(values):
            if number:
                self.parts.append(", ")
            self.element(element)
        self.parts.append("]")

    def inline(self, name: str, value: Any, last: bool) -> None:  # noqa: FBT001 - as `in_order` calls it
        self.parts.append(f"{spell_key((name,))} = ")
        self.element(value)
        if not last:
            self.parts.append(", ")


def _indent(key: _Key) -> str:
    return "  " * (len(key) - 1)


def spell_key(key: tuple[str, ...]) -> str:
    """A dotted key, with what is not bare in quotes."""
    return ".".join(part if _BARE_KEY.match(part) else _string(part) for part in key)


def _string(text: str) -> str:
    return '"' + _SPECIAL.sub(_escaped, text) + '"'


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _float(value: float) -> str:
    if math.isnan(value):
        return "-nan" if math.copysign(1, value) < 0 else "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    text = general(value)
    return text if "e" in text or "." in text else text + ".0"


def _time(value: Time) -> str:
    layout = LOCAL_LAYOUTS.get(value.location.name)
    return value.format(layout) if layout else value.format("2006-01-02T15:04:05.999999999Z07:00")
