"""JSON as Go's encoding/json reads it into an empty interface, a map or a list: every number is a `float`."""

import json
import re
from math import isinf
from typing import Any, Final

from generator.goyaml.gojson import JsonError
from generator.goyaml.gosyntax import quote
from generator.pattern import pattern

_NO_UTF8: Final = pattern("[\ud800-\udfff]")
_SURROGATE_ESCAPE: Final = pattern(r"\\u[dD][89abAB-F]", re.IGNORECASE)
_KINDS: Final = {"{": "object", "[": "array", '"': "string", "t": "bool", "f": "bool"}
_WANTED: Final = {"{": "map[string]interface {}", "[": "[]interface {}"}
_MAX_DEPTH: Final = 10_000


def unmarshal(text: str) -> Any:
    """The value of *text*, whose bytes that are no UTF-8 stand as in PEP 383.

    Raises:
        JsonError: with encoding/json's words.
    """
    return _unmarshal(text, "")


def unmarshal_map(text: str) -> dict[str, Any]:
    """The object that *text* is; empty for null.

    Raises:
        JsonError: with encoding/json's words.
    """
    return _unmarshal(text, "{") or {}


def readable_part(text: str) -> dict[str, Any]:
    """What encoding/json has stored of an object when it complains of a number in it: such a number is None."""
    try:
        value = _LENIENT.decode(_NO_UTF8.sub("\ufffd", text))
    except (json.JSONDecodeError, _NotGoError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def unmarshal_list(text: str) -> list[Any]:
    """The array that *text* is; empty for null.

    Raises:
        JsonError: with encoding/json's words.
    """
    return _unmarshal(text, "[") or []


def unmarshal_first(text: str, at: int) -> tuple[Any, int]:
    """The value that stands at an offset of *text*, behind blanks, and where it ends.

    Raises:
        JsonError: there is none.
    """
    start = _skip(text, at)
    try:
        end: int = _DECODER.raw_decode(text, start)[1]
    except (json.JSONDecodeError, _NotGoError, RecursionError) as error:
        raise JsonError(_complaint(text[start:]) or str(error)) from None
    if text[start] in "-0123456789" and text[end : end + 1] in tuple(".eE"):
        try:
            end = _digits(text, start)  # Python takes the `1` of `1.`, and Go complains
        except _StopError as stop:
            raise JsonError(str(stop)) from None
    return unmarshal(text[start:end]), end


def _unmarshal(text: str, opener: str) -> Any:
    """The value of *text*, which must start with *opener*, if that is given, or be null."""
    failure = ""
    value = None
    try:
        value = _DECODER.decode(_NO_UTF8.sub("\ufffd", text))
    except (json.JSONDecodeError, _NotGoError, RecursionError) as error:
        # Python would say it in other words.
        if complaint := _complaint(text.encode("utf-8", "surrogateescape").decode("latin-1")):
            raise JsonError(complaint) from None
        failure = "exceeded max depth" if isinstance(error, RecursionError) else str(error)
    first = text.lstrip(" \t\r\n")[:1]
    if opener and first not in {opener, "n"}:
        raise JsonError(mismatch(_KINDS.get(first, "number"), _WANTED[opener]))
    if failure:
        raise JsonError(failure)
    return _without_surrogates(value) if _SURROGATE_ESCAPE.search(text) else value


def mismatch(kind: str, wanted: str) -> str:
    """What encoding/json says of a *kind* of value, such as `array`, where the Go type *wanted* is wanted."""
    return f"json: cannot unmarshal {kind} into Go value of type {wanted}"


class _NotGoError(Exception):
    """Something that Python takes for JSON and Go does not; the argument is Go's complaint if the syntax is right."""


def _number(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise _NotGoError(f"json: cannot unmarshal number {text} into Go value of type float64")
    return number


def _fitting(text: str) -> float | None:
    number = float(text)
    return None if isinf(number) else number


def _constant(name: str) -> None:
    raise _NotGoError(name)


_DECODER: Final = json.JSONDecoder(parse_float=_number, parse_int=_number, parse_constant=_constant)

_LENIENT: Final = json.JSONDecoder(parse_float=_fitting, parse_int=_fitting, parse_constant=_constant)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_UTF8.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value


class _StopError(Exception):
    """Where the scanner gives up; the argument is the complaint."""


END: Final = "unexpected end of JSON input"
"""What is said of a text that stops too early."""

_SPACE: Final = pattern(r"[ \t\r\n]*")
_ENDS: Final = {"{": "}", "[": "]"}
_AFTER: Final = {"{": "after object key:value pair", "[": "after array element"}


def _complaint(text: str) -> str | None:
    """What encoding/json's scanner says of *text*, a character for each byte; None, if it is content."""
    try:
        _scan(text)
    except _StopError as stop:
        return str(stop)
    return None


def _scan(text: str) -> None:
    stack: list[str] = []
    expected = "value"
    at = 0
    while True:
        at = _skip(text, at)
        if expected == "after" and not stack and at == len(text):
            return
        if at == len(text):
            raise _StopError(END)
        char = text[at]
        if expected in {"first value", "first key"} and char == _ENDS[stack[-1]]:
            stack.pop()
            expected, at = "after", at + 1
        elif expected in {"value", "first value"}:
            if char in _ENDS:
                stack.append(char)
                expected, at = ("first key" if char == "{" else "first value"), at + 1
                if len(stack) > _MAX_DEPTH:
                    raise _StopError("exceeded max depth")
            else:
                expected, at = "after", _scalar(text, at)
        elif expected in {"key", "first key"}:
            if char != '"':
                raise _bad(char, "looking for beginning of object key string")
            expected, at = "colon", _string(text, at)
        elif expected == "colon":
            if char != ":":
                raise _bad(char, "after object key")
            expected, at = "value", at + 1
        elif not stack:
            raise _bad(char, "after top-level value")
        elif char == ",":
            expected, at = ("key" if stack[-1] == "{" else "value"), at + 1
        elif char == _ENDS[stack[-1]]:
            stack.pop()
            at += 1
        else:
            raise _bad(char, _AFTER[stack[-1]])


def _scalar(text: str, at: int) -> int:
    """The offset behind the scalar that starts at *at*."""
    char = text[at]
    if char == '"':
        return _string(text, at)
    if char == "-" or char.isdigit():
        return _digits(text, at)
    for word in ("true", "false", "null"):
        if char == word[0]:
            for index, letter in enumerate(word):
                found = _char(text, at + index)
                if found != letter:
                    raise _bad(found, f"in literal {word} (expecting {_shown(letter)})")
            return at + len(word)
    raise _bad(char, "looking for beginning of value")


def _string(text: str, at: int) -> int:
    at += 1
    while (char := text[at : at + 1]) != '"':
        if not char:
            raise _StopError(END)
        if char < " ":
            raise _bad(char, "in string literal")
        if char == "\\":
            at += 1
            escape = _char(text, at)
            if escape == "u":
                for _ in range(4):
                    at += 1
                    if _char(text, at) not in "0123456789abcdefABCDEF":
                        raise _bad(_char(text, at), "in \\u hexadecimal character escape")
            elif escape not in 'bfnrt\\/"':
                raise _bad(escape, "in string escape code")
        at += 1
    return at + 1


def _digits(text: str, at: int) -> int:
    if text[at] == "-":
        at += 1
        if _char(text, at) not in "0123456789":
            raise _bad(_char(text, at), "in numeric literal")
    at = at + 1 if text[at] == "0" else _pass_digits(text, at)
    if text[at : at + 1] == ".":
        at += 1
        if _char(text, at) not in "0123456789":
            raise _bad(_char(text, at), "after decimal point in numeric literal")
        at = _pass_digits(text, at)
    if text[at : at + 1] in {"e", "E"}:
        at += 1
        if _char(text, at) in "+-":
            at += 1
        if _char(text, at) not in "0123456789":
            raise _bad(_char(text, at), "in exponent of numeric literal")
        at = _pass_digits(text, at)
    return at


def _pass_digits(text: str, at: int) -> int:
    while text[at : at + 1] in set("0123456789"):
        at += 1
    return at


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match is not None  # it matches nothing, too
    return match.end()


def _char(text: str, at: int) -> str:
    """The character at *at*; behind the end Go looks at a space, and blames that."""
    return text[at] if at < len(text) else " "


def _bad(char: str, where: str) -> _StopError:
    return _StopError(f"invalid character {_shown(char)} {where}")


def _shown(char: str) -> str:
    if char in "'\"":
        return "'\\''" if char == "'" else "'\"'"
    return f"'{quote(char)[1:-1]}'"
