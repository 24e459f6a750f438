"""Values to YAML, byte for byte as Go's libraries write it: Helm's `toYaml` and `toYamlPretty`.

Values are those of `gojson`. `marshal` follows sigs.k8s.io/yaml, which goes through JSON to go-yaml 2;
`marshal_pretty` follows go-yaml 3 with an indentation of two.
"""

from binascii import b2a_base64
from collections.abc import Iterable, Mapping
from math import isfinite, isnan
from typing import Any, Final

from generator.goyaml.errors import MarshalError, YamlError
from generator.goyaml.gojson import Convert, JsonError, refuse
from generator.goyaml.gojson import marshal as marshal_json
from generator.goyaml.naturalorder import sort_keys
from generator.goyaml.numbers import format_g
from generator.goyaml.scalarstyle import V2, V3, Version, is_one_line, write_string
from generator.goyaml.shapes import Struct, Verbatim
from generator.pattern import pattern

_LONGEST_SIMPLE_KEY: Final = 128
_LONGEST_JSON_KEY: Final = 1024
_WIDTH: Final = 80
_ANY_COLUMN: Final = 1 << 30

# What does not survive the way through JSON and go-yaml's reader as it is.
_ODD: Final = pattern("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN: Final = pattern("[\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NO_UTF8: Final = pattern("[\ud800-\udfff]")
_INDICATOR: Final = pattern("\x85(?:---|\\.\\.\\.)[ \x85]")
_FOLDED: Final = pattern(" *\x85(?: *\x85)* *")

_NO_MAPS: Final = frozenset({str, bool, int, float, type(None), list})
"""Known beforehand: whether something is a `Mapping` takes long to find out."""

_REMEMBERED: Final = 20_000
_LONGEST_REMEMBERED: Final = 200


def marshal(value: Any, convert: Convert = refuse) -> str:
    """*value* as sigs.k8s.io/yaml's Marshal writes it, with its final newline. *convert* is asked about unknown types.

    Raises:
        MarshalError: in Go's words; Helm's `toYaml` then gives nothing.
    """
    return _SIGS.marshal(value, convert)


def marshal_pretty(value: Any, convert: Convert = refuse) -> str:
    """*value* as go-yaml 3's Encoder writes it with SetIndent(2), with its final newline.

    Raises:
        MarshalError: in Go's words; Helm's `toYamlPretty` then gives nothing.
    """
    return _PRETTY.marshal(value, convert)


class _UnreadableError(Exception):
    """Something that go-yaml does not read in what encoding/json has written."""


class _Writer:
    """Writes values in the manner of one version. What it remembers depends on nothing else."""

    def __init__(self, version: Version) -> None:
        self._version = version
        # What a string is written as, and the last column from where on that is all there is to know.
        self._strings: dict[str, tuple[str, int]] = {}
        # The keys of a map in order, each with what is written for it; None for one that cannot stand before a colon.
        self._orders: dict[tuple[str, ...], list[tuple[str, str | None]]] = {}

    def marshal(self, value: Any, convert: Convert) -> str:
        parts: list[str] = []
        try:
            known = self._known(value, convert)
            if isinstance(known, Mapping) and known:
                self._mapping(known, "", "", parts, convert)
            elif isinstance(known, (list, tuple)) and known:
                self._sequence(known, "", "", parts, convert)
            else:
                parts.append(_ended(self._scalar(known, 0, 2)))
        except _UnreadableError:
            raise _complaint(value, convert) from None
        except JsonError as error:
            raise MarshalError(f"error marshaling into JSON: {error}") from None
        except RecursionError:
            raise MarshalError("error marshaling into JSON: json: exceeded max depth") from None
        return "".join(parts)

    def _mapping(self, value: Mapping[str, Any], lead: str, pad: str, parts: list[str], convert: Convert) -> None:
        """Write a map that is not empty: *lead* stands before its first key, *pad* before the others."""
        keys = tuple(value)
        order = self._orders.get(keys)
        if value.__class__ is Struct:
            order = [(key, self._key(key)) for key in keys]
        elif order is None:
            value = self._with_clean_keys(value)
            order = self._order(tuple(value))
        inner = pad + "  "
        column = len(inner)
        for key, written in order:
            item = value[key]
            if type(item) is not str:
                item = self._known(item, convert)
            if written is None:
                parts.append(_ended(f"{lead}? {self._text(key, column, column)}"))
                lead, written, list_pad, dash = pad, ":", inner, f"{pad}: "  # noqa: PLW2901
            else:
                list_pad, dash = (inner if self._version.indents_lists else pad), ""
            if item and item.__class__ not in _NO_MAPS and isinstance(item, (dict, Mapping)):
                if not dash:
                    parts.append(f"{lead}{written}\n")
                self._mapping(item, dash or inner, inner, parts, convert)
            elif isinstance(item, (list, tuple)) and item:
                if not dash:
                    parts.append(f"{lead}{written}\n")
                self._sequence(item, dash or list_pad, list_pad, parts, convert)
            else:
                at = len(pad) + len(written) + 1
                parts.append(_ended(f"{lead}{written} {self._scalar(item, at, column)}"))
            lead = pad

    def _sequence(self, value: Iterable[Any], lead: str, pad: str, parts: list[str], convert: Convert) -> None:
        """Write a list that is not empty: *lead* stands before its first dash, *pad* before the others."""
        inner = pad + "  "
        column = len(inner)
        for element in value:
            item = self._known(element, convert)
            if item and item.__class__ not in _NO_MAPS and isinstance(item, (dict, Mapping)):
                self._mapping(item, f"{lead}- ", inner, parts, convert)
            elif isinstance(item, (list, tuple)) and item:
                self._sequence(item, f"{lead}- ", inner, parts, convert)
            else:
                parts.append(_ended(f"{lead}- {self._scalar(item, column, column)}"))
            lead = pad

    def _known(self, value: Any, convert: Convert) -> Any:
        """*value*, or what *convert* makes of it, until it is of a type that is written as it is."""
        while value is not None and not isinstance(value, (str, int, float, dict, list, tuple, Mapping)):
            if isinstance(value, bytes):
                return list(value) if self._version is V3 else b2a_base64(value, newline=False).decode()
            value = convert(value)
        return value

    def _scalar(self, value: Any, column: int, indent: int) -> str:
        """*value*, which is no list or map unless an empty one, as written from *column* on."""
        if value.__class__ is Verbatim:
            return str(value)
        if isinstance(value, str):
            known = self._strings.get(value)
            if known is not None and column <= known[1]:
                return known[0]
            return self._text(value if self._version is V3 else _through_json(value), column, indent)
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return _pretty_float(value) if self._version is V3 else _sigs_float(value)
        return "{}" if isinstance(value, Mapping) else "[]"

    def _text(self, text: str, column: int, indent: int) -> str:
        written = write_string(self._version, text, column, indent)
        if len(text) <= _LONGEST_REMEMBERED and is_one_line(written):
            if len(self._strings) >= _REMEMBERED:
                self._strings.clear()
            last = _WIDTH - len(written) if self._version.folds and " " in text else _ANY_COLUMN
            self._strings[text] = written, last
        return written

    def _order(self, keys: tuple[str, ...]) -> list[tuple[str, str | None]]:
        order = [(key, self._key(key)) for key in sort_keys(list(keys), version=2 if self._version is V2 else 3)]
        if len(self._orders) >= _REMEMBERED:
            self._orders.clear()
        self._orders[keys] = order
        return order

    def _key(self, text: str) -> str | None:
        """*text* and a colon; None, where go-yaml wants a question mark before it."""
        written = write_string(self._version, text, 0, 0, key=True)
        if written.startswith("!!binary "):
            # go-yaml counts the tag, but not the blank behind it.
            simple = len(written) - 1 <= _LONGEST_SIMPLE_KEY and is_one_line(written)
        else:
            simple = len(text.encode()) <= _LONGEST_SIMPLE_KEY and is_one_line(text)
        return f"{written}:" if simple else None

    def _with_clean_keys(self, value: Mapping[str, Any]) -> Mapping[str, Any]:
        """*value* with its keys as they come out of JSON; itself, where that changes nothing."""
        if self._version is V3:
            return value
        for key in value:
            if len(key) * 6 > _LONGEST_JSON_KEY and len(marshal_json(key)) > _LONGEST_JSON_KEY:
                raise _UnreadableError
            if "\x85" in key:
                raise _UnreadableError
        if not _ODD.search("".join(value)):
            return value
        ordered = sorted(value.items(), key=lambda entry: entry[0].encode("utf-8", "surrogateescape"))
        return {_through_json(key): item for key, item in ordered}


_SIGS: Final = _Writer(V2)
_PRETTY: Final = _Writer(V3)


def _ended(text: str) -> str:
    """*text* with a line break at its end; a `|` block may have brought its own, of any kind."""
    return text if text[-1] in "\n\u2028\u2029" else text + "\n"


def _through_json(text: str) -> str:
    """What is left of *text* when it was written as JSON and read as YAML."""
    if not _ODD.search(text):
        return text
    text = _NO_UTF8.sub("\ufffd", text)
    if _FORBIDDEN.search(text):
        raise _UnreadableError
    # The next-line character is a line break for YAML, and one inside quotes is folded.
    if _INDICATOR.search(text):
        raise _UnreadableError
    return _FOLDED.sub(lambda match: "\n" * (match[0].count("\x85") - 1) or " ", text)


def _complaint(value: Any, convert: Convert) -> MarshalError:
    """What encoding/json says of *value*, or go-yaml of what encoding/json has made of it."""
    from generator.goyaml.read import read_values

    try:
        read_values(marshal_json(value, convert))
    except JsonError as error:
        return MarshalError(f"error marshaling into JSON: {error}")
    except YamlError as error:
        return MarshalError(str(error))
    return MarshalError("yaml: control characters are not allowed")


def _sigs_float(value: float) -> str:
    """*value* through JSON, where what looks like an integer becomes one."""
    digits = marshal_json(value)
    if value.is_integer() and "e" not in digits:
        # Not int(value): the shortest digits that mean this float may be those of another integer.
        whole = int(digits)
        if -(2**63) <= whole < 2**64:
            return str(whole)
    return format_g(value)


def _pretty_float(value: float) -> str:
    if isnan(value):
        return ".nan"
    if not isfinite(value):
        return ".inf" if value > 0 else "-.inf"
    return format_g(value)
