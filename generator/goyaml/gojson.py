"""JSON as Go's encoding/json writes it; `unjson` reads it.

Values are what templates hold: None, bool, int, float, str (bytes that are no UTF-8 as in PEP 383), bytes, list, tuple,
dict with `str` keys, and subclasses of these. What else there is goes through the caller's `convert` first.
"""

import re
from binascii import b2a_base64
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from generator.goyaml.numbers import format_json

try:
    from _json import encode_basestring
except ImportError:
    from json.encoder import encode_basestring
from generator.pattern import pattern

Convert = Callable[[Any], Any]
"""Turns a value of an unknown type into one that is known here; raises `JsonError` if it cannot."""

_HTML: Final = pattern("[<>&\u2028\u2029\ud800-\udfff]")
_RAW: Final = pattern("[\u2028\u2029\ud800-\udfff]")


class JsonError(ValueError):
    """What encoding/json refuses, in its words."""


def refuse(value: Any) -> Any:
    """The `convert` of those who know all their types."""
    raise JsonError(f"json: unsupported type: {type(value).__name__}")


def marshal(value: Any, convert: Convert = refuse) -> str:
    """`json.Marshal`: keys sorted, no blanks, `<`, `>` and `&` escaped.

    Raises:
        JsonError: a value that JSON has no form for.
    """
    return _collected(lambda append: _write(value, append, _quoted, convert))


def marshal_raw(value: Any, convert: Convert = refuse) -> str:
    """As an Encoder with SetEscapeHTML(false), without its final newline.

    Raises:
        JsonError: a value that JSON has no form for.
    """
    return _collected(lambda append: _write(value, append, _quoted_raw, convert))


def marshal_indent(value: Any, indent: str = "  ", convert: Convert = refuse) -> str:
    """`json.MarshalIndent` with no prefix.

    Raises:
        JsonError: a value that JSON has no form for.
    """
    return _collected(lambda append: _write_indented(value, append, "\n", indent, convert))


def _collected(write: Callable[[Callable[[str], None]], None]) -> str:
    """All that *write* appends to what it is given."""
    parts: list[str] = []
    try:
        write(parts.append)
    except RecursionError:
        raise JsonError("json: exceeded max depth") from None
    return "".join(parts)


def _write(value: Any, append: Callable[[str], None], quoted: Callable[[str], str], convert: Convert) -> None:
    if isinstance(value, str):
        append(quoted(value))
    elif isinstance(value, Mapping):
        comma = "{"
        for key in _sorted(value):
            append(comma)
            append(quoted(key))
            append(":")
            _write(value[key], append, quoted, convert)
            comma = ","
        append("}" if value else "{}")
    elif isinstance(value, (list, tuple)):
        comma = "["
        for item in value:
            append(comma)
            _write(item, append, quoted, convert)
            comma = ","
        append("]" if value else "[]")
    else:
        known, text = _atom(value)
        if known:
            append(text)
        else:
            _write(convert(value), append, quoted, convert)


def _write_indented(value: Any, append: Callable[[str], None], line: str, indent: str, convert: Convert) -> None:
    inner = line + indent
    if isinstance(value, Mapping) and value:
        comma = "{"
        for key in _sorted(value):
            append(f"{comma}{inner}{_quoted(key)}: ")
            _write_indented(value[key], append, inner, indent, convert)
            comma = ","
        append(line + "}")
    elif isinstance(value, (list, tuple)) and value:
        comma = "["
        for item in value:
            append(comma + inner)
            _write_indented(item, append, inner, indent, convert)
            comma = ","
        append(line + "]")
    elif isinstance(value, (str, Mapping, list, tuple)) or _atom(value)[0]:
        _write(value, append, _quoted, convert)
    else:
        _write_indented(convert(value), append, line, indent, convert)


def _sorted(keys: Iterable[str]) -> list[str]:
    """*keys* in the order of their bytes: that of code points, but for bytes that are no UTF-8."""
    ordered = sorted(keys)
    try:
        "".join(ordered).encode()
    except UnicodeEncodeError:
        ordered.sort(key=lambda key: key.encode("utf-8", "surrogateescape"))
    return ordered


def _atom(value: Any) -> tuple[bool, str]:
    """Whether *value* is null, a boolean, a number or bytes, and then its JSON."""
    if value is None:
        return True, "null"
    if isinstance(value, bool):
        return True, "true" if value else "false"
    if isinstance(value, int):
        return True, int.__repr__(value)
    if isinstance(value, float):
        try:
            return True, format_json(value)
        except ValueError as error:
            raise JsonError(f"json: unsupported value: {error}") from None
    if isinstance(value, bytes):
        return True, f'"{b2a_base64(value, newline=False).decode()}"'
    return False, ""


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    quoted = encode_basestring(text)
    return _HTML.sub(_escaped, quoted) if _HTML.search(quoted) else quoted


@lru_cache(maxsize=4096)
def _quoted_raw(text: str) -> str:
    return _RAW.sub(_escaped, encode_basestring(text))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    # A byte that is no UTF-8 becomes the replacement character.
    return "\\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"
