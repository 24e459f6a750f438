"""Values to YAML that every reader understands alike: Go's three, YAML 1.1 and YAML 1.2.

Canonical: equal values give equal bytes. Block style, two spaces, lists not indented under their key, as kubectl
prints; no folding, no anchors. A string stands plain only in a shape that no reader takes for anything else; it is
a `|` block where it has lines, and double-quoted otherwise.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any, Final

_FIRST: Final = ("apiVersion", "kind", "metadata", "name", "namespace")
"""The keys that stand first in every map, in this order; all others follow by code point."""

# Text that starts with a letter, a slash or as an option does, and has no `: `, no ` #`, no other indicator; or a
# Kubernetes quantity or a duration that no reader takes for a number.
_PLAIN = re.compile(
    r"(?:(?:-?-?[A-Za-z]|/)(?:[A-Za-z0-9_./@()+,=%-]|:(?=[^\s])| (?=[A-Za-z0-9_./(-]))*"
    r"|[1-9][0-9]*(?:m|Ki|Mi|Gi|Ti|Pi|Ei|k|M|G|T|P|s|h))\Z"
)
_WORDS: Final = frozenset(
    word
    for base in ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf")
    for word in (base, base.capitalize(), base.upper())
)
# What a `|` block can hold as it is; it must not start with a blank, a tab or an empty line.
_BLOCK = re.compile(r"(?!\s)[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*\Z")
_LINE_START = re.compile(r"\n(?!\n|\Z)")  # empty lines get no indentation
_ESCAPED = re.compile(r"[\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_LONGEST_KEY: Final = 120
"""Longer keys are written with `? `: readers give up on a plain one after 1,024 bytes."""

# Manifests repeat themselves: the same few thousand strings, and maps with the same keys. What they are written as
# depends on nothing else, so it is remembered.
_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 200
_strings: dict[str, str] = {}
_orders: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}

_NO_MAPS: Final = frozenset({str, bool, int, float, type(None), list})
"""Known beforehand: whether something is a `Mapping` takes long to find out."""

_Append = Callable[[str], None]


def dump(value: Any) -> str:
    """*value* as one YAML document, ending with a newline.

    Numbers without a fraction are written as integers, so `1.0` and `1` are equal. Maps must have `str` keys.

    Raises:
        TypeError: a value that YAML has no form for, or a key that is not text.
        ValueError: infinity, not a number, or text with half a surrogate pair.
    """
    lines: list[str] = []
    if isinstance(value, Mapping) and value:
        _mapping(value, "", "", lines.append)
    elif isinstance(value, (list, tuple)) and value:
        _sequence(value, "", "", lines.append)
    else:
        lines.append(_scalar(value, "  ") + "\n")
    return "".join(lines)


def dump_all(values: Iterable[Any]) -> str:
    """*values* as a stream, each document but the first behind a `---` line."""
    return "---\n".join(map(dump, values))


def _mapping(value: Mapping[str, Any], lead: str, indent: str, append: _Append) -> None:
    """Append the lines of a map that is not empty: *lead* before its first key, *indent* before the others."""
    inner = indent + "  "
    keys = tuple(value)
    for key, text in _orders.get(keys) or _order(keys):
        item = value[key]
        kind = type(item)
        if text[0] == "?":
            append(f"{lead}{text}\n")
            lead, text = indent, ":"  # noqa: PLW2901 - the rest of the entry stands behind the colon
        if kind is str:
            append(f"{lead}{text} {_strings.get(item) or _string(item, inner)}\n")
        elif kind is dict or (kind not in _NO_MAPS and isinstance(item, Mapping)):
            if item:
                append(f"{lead}{text}\n")
                _mapping(item, inner, inner, append)
            else:
                append(f"{lead}{text} {{}}\n")
        elif kind is list or kind is tuple or isinstance(item, (list, tuple)):
            if item:
                append(f"{lead}{text}\n")
                _sequence(item, indent, indent, append)
            else:
                append(f"{lead}{text} []\n")
        else:
            append(f"{lead}{text} {_scalar(item, inner)}\n")
        lead = indent


def _sequence(value: Iterable[Any], lead: str, indent: str, append: _Append) -> None:
    """Append the lines of a list that is not empty: *lead* before its first dash, *indent* before the others."""
    inner = indent + "  "
    for item in value:
        if isinstance(item, str):
            append(f"{lead}- {_strings.get(item) or _string(item, inner)}\n")
        elif item and type(item) not in _NO_MAPS and isinstance(item, (dict, Mapping)):
            _mapping(item, f"{lead}- ", inner, append)
        elif isinstance(item, (list, tuple)) and item:
            _sequence(item, f"{lead}- ", inner, append)
        else:
            append(f"{lead}- {_scalar(item, inner)}\n")
        lead = indent


def _order(keys: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """*keys* as they are to stand, each with what is written for it."""
    for key in keys:
        if not isinstance(key, str):
            raise TypeError(f"a key must be text, not {key!r}")
    rest = sorted(set(keys).difference(_FIRST))
    ordered = tuple(
        (key, f"{text}:" if len(text := _inline(key)) <= _LONGEST_KEY else f"? {text}")
        for key in (*(key for key in _FIRST if key in keys), *rest)
    )
    if len(_orders) >= _REMEMBERED:
        _orders.clear()
    _orders[keys] = ordered
    return ordered


def _scalar(value: Any, indent: str) -> str:
    """*value*, which is no list or map unless an empty one, as written behind its key."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(str(value), indent)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, (Mapping, list, tuple)):
        return "{}" if isinstance(value, Mapping) else "[]"
    raise TypeError(f"YAML has no form for {type(value).__name__}")


def _float(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"JSON has no form for {value}")
    if value.is_integer() and abs(value) < 2**63:
        return str(int(value))
    text = repr(float(value))
    # YAML 1.1 wants a dot before the exponent.
    return text if "." in text else text.replace("e", ".0e")


def _string(text: str, indent: str) -> str:
    if "\n" in text and _BLOCK.match(text) and not text.endswith("\n\n"):
        body = _LINE_START.sub(f"\n{indent}", text.removesuffix("\n"))
        return f"{'|' if text.endswith(chr(10)) else '|-'}\n{indent}{body}"
    return _inline(text)


def _inline(text: str) -> str:
    """*text* on one line: plain if it is plain to everyone, else double-quoted."""
    written = text if _PLAIN.match(text) and text not in _WORDS else _quoted(text)
    # What has lines is written differently as a key and as a value.
    if len(text) <= _LONGEST_REMEMBERED and "\n" not in text:
        if len(_strings) >= _REMEMBERED:
            _strings.clear()
        _strings[text] = written
    return written


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(_escape, quoted)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"half a surrogate pair is no text: {code:#x}")
    return f"\\u{code:04x}"
