"""encoding/json's Unmarshal into values of any type: all numbers are float64. Errors in Go's words."""

import json
import math
import re
from typing import Any, Final, NoReturn

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import NilList, NilMap
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import quote, to_bytes
from generator.engines.sprig.cost import STEP
from generator.engines.sprig.runes import REPLACEMENT, runes

_MAX_DEPTH: Final = 10000
_SHALLOW: Final = 200
_BRACKET: Final = re.compile(r'[\[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_STRING: Final = re.compile(r'[^"\\\x00-\x1f]*')
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_HEX: Final = re.compile(r"[0-9a-fA-F]{4}")
_ESCAPES: Final = {
    '"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
}  # fmt: skip
_LITERALS: Final = {"t": ("true", True), "f": ("false", False), "n": ("null", None)}


class JsonError(Exception):
    """The text is no JSON; Go's words."""


class NumberError(JsonError):
    """A number in the text fits no float64. `value` is what Go reads all the same, with nil for the number."""

    def __init__(self, digits: str, value: Any) -> None:
        super().__init__(f"json: cannot unmarshal number {digits} into Go value of type float64")
        self.value = value


def must_from_json(run: Run, text: str) -> Any:
    """The value that JSON denotes.

    Raises:
        FuncError: it is no JSON.
    """
    try:
        return unmarshal(run, text)
    except JsonError as error:
        raise FuncError(str(error)) from None


def from_json(run: Run, text: str) -> dict[str, Any]:
    """The map that JSON denotes; what goes wrong stands in it at `Error`."""
    try:
        value = unmarshal(run, text)
    except NumberError as error:
        if isinstance(error.value, dict):
            return {**error.value, "Error": str(error)}
        value = error.value or 0.0
    except JsonError as error:
        return {"Error": str(error)}
    if value is None:
        return NilMap()
    return value if isinstance(value, dict) else {"Error": _mismatch(value, "map[string]interface {}")}


def from_json_array(run: Run, text: str) -> list[Any]:
    """The list that JSON denotes; if something goes wrong, that is its only element."""
    try:
        value = unmarshal(run, text)
    except NumberError as error:
        if isinstance(error.value, list):
            return [str(error)]
        value = error.value or 0.0
    except JsonError as error:
        return [str(error)]
    if value is None:
        return NilList()
    return value if isinstance(value, list) else [_mismatch(value, "[]interface {}")]


def _mismatch(value: Any, wanted: str) -> str:
    names = {str: "string", bool: "bool", float: "number", list: "array", dict: "object"}
    return f"json: cannot unmarshal {names[type(value)]} into Go value of type {wanted}"


def unmarshal(run: Run, text: str) -> Any:
    """The value that JSON denotes.

    Raises:
        JsonError: it is no JSON, or a number in it is too large.
    """
    run.spend(STEP * len(text))
    plain = runes(text)
    if not _SURROGATE_ESCAPE.search(plain) and not _is_deep(plain):
        try:
            return json.loads(plain, parse_float=_finite, parse_int=_finite, parse_constant=_refuse)
        except ValueError:
            pass  # What Go says of it is found out below.
    return _Reader(text, plain).read()


def _is_deep(text: str) -> bool:
    """Whether lists and maps nest deeper than Python's own reader should follow: it uses the machine's stack."""
    if text.count("[") + text.count("{") <= _SHALLOW:
        return False
    depth = 0
    for match in _BRACKET.finditer(text):
        bracket = match[0]
        if bracket in "[{":
            depth += 1
            if depth > _SHALLOW:
                return True
        elif bracket in "]}":
            depth -= 1
    return False


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise ValueError
    return value


def _refuse(_name: str) -> NoReturn:
    raise ValueError


class _Reader:
    """Reads JSON without using the stack, and knows where and why it is none."""

    __slots__ = ("at", "end", "source", "stack", "text", "too_large")

    def __init__(self, source: str, text: str) -> None:
        self.source = source
        # Go, too, gives its reader a blank at the end, to see whether a number or a word ends there.
        self.text = text + " "
        self.end = len(text)
        self.at = 0
        self.stack: list[tuple[Any, str]] = []
        self.too_large = ""

    def read(self) -> Any:
        """The value.

        Raises:
            JsonError: there is none.
        """
        while True:
            character = self.peek()
            if character in "[{":
                self.open(character)
                if self.text[self.at] not in "]}":
                    continue
                self.at += 1
                value = self.stack.pop()[0]
            else:
                value = self.scalar(character)
            while self.stack:
                container, key = self.stack[-1]
                if isinstance(container, dict):
                    container[key] = value
                else:
                    container.append(value)
                if self.goes_on(container):
                    break
                value = self.stack.pop()[0]
            else:
                if self.peek(end=True) is not None:
                    raise self.invalid("after top-level value")
                if self.too_large:
                    raise NumberError(self.too_large, value)
                return value

    def peek(self, *, end: bool = False) -> Any:
        """The next character that is no space; None at the end, where that may come."""
        space = _SPACE.match(self.text, self.at)
        assert space is not None
        self.at = space.end()
        if self.at >= self.end:
            if end:
                return None
            raise JsonError("unexpected end of JSON input")
        return self.text[self.at]

    def invalid(self, context: str) -> JsonError:
        if self.at > self.end:
            return JsonError("unexpected end of JSON input")
        # Go looks at bytes, and takes each for a character of Latin-1.
        byte = chr(to_bytes((self.source + " ")[self.at])[0])
        shown = {"'": "\\'", '"': '"'}.get(byte) or quote(byte)[1:-1]
        return JsonError(f"invalid character '{shown}' {context}")

    def open(self, bracket: str) -> None:
        """Enter a list or a map, up to its first value, or to its end."""
        if len(self.stack) == _MAX_DEPTH:
            raise self.invalid("exceeded max depth")
        self.at += 1
        if bracket == "[":
            self.stack.append(([], ""))
            self.peek()
        else:
            self.stack.append(({}, ""))
            if self.peek() != "}":
                self.key()

    def key(self) -> None:
        """Read a key and its colon."""
        if self.peek() != '"':
            raise self.invalid("looking for beginning of object key string")
        key = self.string()
        if self.peek() != ":":
            raise self.invalid("after object key")
        self.at += 1
        self.stack[-1] = (self.stack[-1][0], key)

    def goes_on(self, container: Any) -> bool:
        """After a value: pass over the comma, and the next key. False at the end of the container."""
        character = self.peek()
        mapping = isinstance(container, dict)
        if character == ("}" if mapping else "]"):
            self.at += 1
            return False
        if character != ",":
            raise self.invalid("after object key:value pair" if mapping else "after array element")
        self.at += 1
        if mapping:
            self.key()
        return True

    def scalar(self, character: str) -> Any:
        if character == '"':
            return self.string()
        if character == "-" or character in "0123456789":
            return self.number()
        if character not in _LITERALS:
            raise self.invalid("looking for beginning of value")
        word, value = _LITERALS[character]
        for letter in word[1:]:
            self.at += 1
            if self.text[self.at] != letter:
                raise self.invalid(f"in literal {word} (expecting {letter!r})")
        self.at += 1
        return value

    def number(self) -> float | None:
        match = _NUMBER.match(self.text, self.at)
        if match is None:
            self.at += 1
            raise self.invalid("in numeric literal")
        self.at = match.end()
        if self.text[self.at] == "." and "." not in match[0] and "e" not in match[0].lower():
            self.at += 1
            raise self.invalid("after decimal point in numeric literal")
        if self.text[self.at] in "eE" and "e" not in match[0].lower():
            self.at += 2 if self.text[self.at + 1] in "+-" else 1
            raise self.invalid("in exponent of numeric literal")
        value = float(match[0])
        if math.isfinite(value):
            return value
        self.too_large = self.too_large or match[0]
        return None

    def string(self) -> str:
        """Read a string from its opening quote on."""
        parts: list[str] = []
        self.at += 1
        while True:
            match = _STRING.match(self.text, self.at)
            assert match is not None
            parts.append(match[0])
            self.at = match.end()
            if self.at > self.end:
                raise JsonError("unexpected end of JSON input")
            character = self.text[self.at]
            if character == '"':
                self.at += 1
                return "".join(parts)
            if character != "\\":
                raise self.invalid("in string literal")
            self.at += 1
            parts.append(self.escape())

    def escape(self) -> str:
        letter = self.text[self.at]
        if letter != "u":
            if letter not in _ESCAPES:
                raise self.invalid("in string escape code")
            self.at += 1
            return _ESCAPES[letter]
        code = self.hexadecimal()
        if not 0xD800 <= code <= 0xDFFF:
            return chr(code)
        if code < 0xDC00 and self.text.startswith("\\u", self.at) and _HEX.match(self.text, self.at + 2):
            before = self.at
            self.at += 1
            low = self.hexadecimal()
            if 0xDC00 <= low <= 0xDFFF:
                return chr(0x10000 + (code - 0xD800 << 10) + low - 0xDC00)
            self.at = before
        return REPLACEMENT

    def hexadecimal(self) -> int:
        match = _HEX.match(self.text, self.at + 1)
        if match is None:
            self.at += 1
            while self.text[self.at] in "0123456789abcdefABCDEF":
                self.at += 1
            raise self.invalid("in \\u hexadecimal character escape")
        self.at = match.end()
        return int(match[0], 16)
