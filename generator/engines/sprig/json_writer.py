"""encoding/json's Marshal: keys in order of their bytes, and numbers and strings spelled as Go spells them."""

import base64
import math
import re
from typing import Any, Final

from generator.engines.gotemplate.floats import append_float
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoObject, NilList, NilMap, NilStrings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes
from generator.engines.gotemplate.values import type_name
from generator.engines.sprig.cost import SLOW

_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ALWAYS: Final = r'"\\\x00-\x1f\u2028\u2029\ud800-\udfff'
_SPECIAL: Final = re.compile(f"[{_ALWAYS}]")
_SPECIAL_IN_HTML: Final = re.compile(f"[{_ALWAYS}<>&]")


def to_json(run: Run, value: Any) -> str:
    """The value as JSON on one line; empty where it has no JSON."""
    return _or_empty(run, value, indent="")


def to_pretty_json(run: Run, value: Any) -> str:
    """The value as JSON with lines, and two blanks for each level; empty where it has no JSON."""
    return _or_empty(run, value, indent="  ")


def must_to_json(run: Run, value: Any) -> str:
    """As `toJson`, but an error where the value has no JSON."""
    return marshal(run, value)


def must_to_pretty_json(run: Run, value: Any) -> str:
    """As `toPrettyJson`, but an error where the value has no JSON."""
    return marshal(run, value, indent="  ")


def to_raw_json(run: Run, value: Any) -> str:
    """As `mustToJson`, but without escapes for `<`, `>` and `&`."""
    return marshal(run, value, html=False)


def _or_empty(run: Run, value: Any, *, indent: str) -> str:
    try:
        return marshal(run, value, indent=indent)
    except FuncError:
        return ""


def marshal(run: Run, value: Any, *, indent: str = "", html: bool = True) -> str:
    """The value as JSON.

    Raises:
        FuncError: it holds a function, a complex number, infinity, NaN, or itself.
    """
    writer = _Writer(run, indent, html=html)
    writer.write(value, "\n")
    return "".join(writer.parts)


class _Writer:
    __slots__ = ("_indent", "_run", "_special", "_within", "parts")

    def __init__(self, run: Run, indent: str, *, html: bool) -> None:
        self._run = run
        self._indent = indent
        self._special = _SPECIAL_IN_HTML if html else _SPECIAL
        self._within: set[int] = set()
        self.parts: list[str] = []

    def write(self, value: Any, newline: str) -> None:
        """Write a value; `newline` starts a line at its level."""
        match value:
            case str():
                self.string(value)
            case None | NilMap() | NilList() | NilStrings():
                self.parts.append("null")
            case bool():
                self.parts.append("true" if value else "false")
            case GoObject():
                self.object(value, newline)
            case int():
                self.parts.append(str(int(value)))
            case float():
                self.parts.append(_float(value))
            case bytes():
                self.parts.append(f'"{base64.b64encode(value).decode("ascii")}"')
            case dict():
                self.enter(value)
                self.map([(key, value[key]) for key in sorted(value, key=to_bytes)], newline)
                self._within.discard(id(value))
            case list():
                self.enter(value)
                self.list(value, newline)
                self._within.discard(id(value))
            case _:
                raise FuncError(f"json: unsupported type: {_type(value)}")

    def enter(self, value: Any) -> None:
        """Be in a list or a map, which may not be in itself."""
        self._run.spend(SLOW * (1 + len(value)))
        if id(value) in self._within:
            raise FuncError(f"json: unsupported value: encountered a cycle via {type_name(value)}")
        self._within.add(id(value))

    def string(self, text: str) -> None:
        self._run.spend(len(text))
        self.parts.append('"' + self._special.sub(_escaped, text) + '"')

    def object(self, value: GoObject, newline: str) -> None:
        try:
            plain = value.go_json()
        except FuncError as error:
            raise FuncError(f"json: error calling MarshalJSON for type {value.go_type}: {error}") from None
        if isinstance(plain, dict):
            self.map(list(plain.items()), newline)
        else:
            self.write(plain, newline)

    def map(self, entries: list[tuple[str, Any]], newline: str) -> None:
        if not entries:
            self.parts.append("{}")
            return
        inner = newline + self._indent
        self.parts.append("{")
        for number, (key, element) in enumerate(entries):
            self.separate(number, inner)
            self.string(key)
            self.parts.append(": " if self._indent else ":")
            self.write(element, inner)
        self.parts.append(f"{newline}}}" if self._indent else "}")

    def list(self, elements: "list[Any]", newline: str) -> None:
        if not elements:
            self.parts.append("[]")
            return
        inner = newline + self._indent
        self.parts.append("[")
        for number, element in enumerate(elements):
            self.separate(number, inner)
            self.write(element, inner)
        self.parts.append(f"{newline}]" if self._indent else "]")

    def separate(self, number: int, inner: str) -> None:
        if number:
            self.parts.append(",")
        if self._indent:
            self._run.spend(len(inner))
            self.parts.append(inner)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"
    return _ESCAPES.get(character) or f"\\u{code:04x}"


def _float(value: float) -> str:
    if not math.isfinite(value):
        raise FuncError(f"json: unsupported value: {append_float(value, 'g', -1)}")
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return append_float(value, "f", -1)
    text = append_float(value, "e", -1)
    # Go writes e-07, and cleans that up to e-7; exponents above have two digits by nature.
    return text[:-2] + text[-1] if text[-4:-1] == "e-0" else text


def _type(value: Any) -> str:
    return value.signature if isinstance(value, Func) else type_name(value)
