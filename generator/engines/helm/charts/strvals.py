"""Values from the command line: `--set a.b=1,c[0]=x` and its kin, by the rules of Helm's strvals package.

What is set is put into a map of values, over what is there. Integers become int64, as they do nowhere else in values.
"""

from collections.abc import Callable
from typing import Any, Final

from generator.engines.gotemplate.gotypes import Int64
from generator.engines.gotemplate.text import quote, quote_rune
from generator.engines.gotemplate.values import type_name
from generator.engines.helm.charts.errors import ChartError
from generator.engines.sprig.runes import SPACE
from generator.pattern import pattern

MAX_INDEX: Final = 65536
MAX_LEVEL: Final = 30

Reader = Callable[[str], Any]
"""Makes a value of the text behind `=`, or of an element between `{` and `}`."""

_INTEGER: Final = pattern(r"[+-]?[0-9]+\Z")
_SURROGATE: Final = pattern("[\ud800-\udfff]")
_INT64: Final = 2**63


class SetError(ChartError):
    """A text that sets no values."""

    def __init__(self, message: str) -> None:
        super().__init__(message, kind="set")


class _EndError(Exception):
    """The text is over. What was set is set; for a list, `items` is what it has become."""

    def __init__(self, items: list[Any] | None = None) -> None:
        super().__init__()
        self.items = items


def set_values(text: str, values: dict[str, Any]) -> None:
    """`--set`: `true`, `false`, `null` and integers are what they look like, all else is text.

    Raises:
        SetError: the text sets nothing.
    """
    _Parser(text, typed).parse(values)


def set_strings(text: str, values: dict[str, Any]) -> None:
    """`--set-string`: every value is text.

    Raises:
        SetError: the text sets nothing.
    """
    _Parser(text, str).parse(values)


def set_files(text: str, values: dict[str, Any], reader: Reader) -> None:
    """`--set-file`: every value is the name of a file, which *reader* reads.

    Raises:
        SetError: the text sets nothing.
    """
    _Parser(text, reader).parse(values)


def set_json(text: str, values: dict[str, Any]) -> None:
    """`--set-json` with keys: every value is JSON; none is null.

    Raises:
        SetError: the text sets nothing.
    """
    _Json(text, typed).parse(values)


def set_literal(text: str, values: dict[str, Any]) -> None:
    """`--set-literal`: all behind the first `=` is one text.

    Raises:
        SetError: the text sets nothing.
    """
    _Literal(text, str).parse(values)


def typed(text: str) -> Any:
    """The value that a text of `--set` means."""
    match text.casefold():
        case "true":
            return True
        case "false":
            return False
        case "null":
            return None
        case "0":
            return Int64(0)
        case _:
            pass
    if not text.startswith("0") and _INTEGER.match(text) and -_INT64 <= int(text) < _INT64:
        return Int64(text)
    return text


class _Parser:
    """Reads `key=value,key=value` from the left."""

    key_stops = frozenset("=[,.")
    index_stops = frozenset("[.=")
    escapes = True

    def __init__(self, text: str, reader: Reader) -> None:
        self.text = _SURROGATE.sub("\ufffd", text)
        self.at = 0
        self.reader = reader

    def parse(self, values: dict[str, Any]) -> None:
        """Set everything."""
        try:
            while True:
                self._key(values, 0)
        except _EndError:
            pass

    def _until(self, stops: frozenset[str]) -> tuple[str, str]:
        """The text up to one of *stops*, and which it was; empty where the text is over."""
        found: list[str] = []
        while self.at < len(self.text):
            char = self.text[self.at]
            self.at += 1
            if char in stops:
                return "".join(found), char
            if char == "\\" and self.escapes:
                if self.at == len(self.text):
                    break
                char = self.text[self.at]
                self.at += 1
            found.append(char)
        return "".join(found), ""

    def _key(self, values: dict[str, Any], level: int) -> None:
        key, last = self._until(self.key_stops)
        match last:
            case "":
                if not key:
                    raise _EndError
                raise SetError(f"key {quote(key)} has no value")
            case "[":
                items = _of_type(values[key], list) if key in values else []
                try:
                    items = self._item(items, self._index(), level)
                except _EndError as end:
                    if end.items is not None:
                        _put(values, key, end.items)
                    raise
                _put(values, key, items)
            case "=":
                self._value(lambda value: _put(values, key, value))
            case ",":
                raise SetError(f"key {quote(key)} has no value (cannot end with ,)")
            case _:
                if level == MAX_LEVEL:
                    message = "value name nested level is greater than maximum supported nested level of"
                    raise SetError(f"{message} {MAX_LEVEL}")
                inner = _of_type(values[key], dict) if key in values else {}
                ended = None
                try:
                    self._key(inner, level + 1)
                except _EndError as end:
                    ended = end
                if not inner and ended is None:
                    raise SetError(f"key map {quote(key)} has no value")
                if inner:
                    _put(values, key, inner)
                if ended is not None:
                    raise _EndError

    def _index(self) -> int:
        text, last = self._until(frozenset("]"))
        if not last:
            raise _EndError
        if not _INTEGER.match(text):
            raise SetError(f"error parsing index: strconv.Atoi: parsing {quote(text)}: invalid syntax")
        index = int(text)
        if not -_INT64 <= index < _INT64:
            raise SetError(f"error parsing index: strconv.Atoi: parsing {quote(text)}: value out of range")
        return index

    def _item(self, items: list[Any], index: int, level: int) -> list[Any]:
        """The list with what is set at an index of it."""
        if index < 0:
            raise SetError(f"negative {index} index not allowed")
        text, last = self._until(self.index_stops)
        if text:
            shown = " ".join(quote_rune(ord(char)) for char in text)
            raise SetError(f"unexpected data at end of array index: [{shown}]")
        match last:
            case "":
                raise _EndError(items)
            case "=":
                result = items

                def put(value: Any) -> None:
                    nonlocal result
                    result = _with(items, index, value)

                try:
                    self._value(put)
                except _EndError:
                    return result  # nothing is behind the `=`: an empty text is set, and the next key finds the end
                return result
            case "[":
                below = items[index] if index < len(items) and items[index] is not None else []
                try:
                    inner = self._item(_of_type(below, list), self._index(), level)
                except _EndError:
                    raise _EndError(items) from None
                return _with(items, index, inner)
            case _:
                table: dict[str, Any] = {}
                if index < len(items):
                    if not isinstance(items[index], dict):
                        items[index] = {}
                    table = items[index]
                try:
                    self._key(table, level)
                except _EndError:
                    raise _EndError(items) from None
                return _with(items, index, table)

    def _value(self, put: Callable[[Any], None]) -> None:
        """Read what is behind `=`."""
        if self.at == len(self.text):
            put("")
            raise _EndError
        if self.text[self.at] == "{":
            self.at += 1
            put(self._list())
        else:
            put(self.reader(self._until(frozenset(","))[0]))

    def _list(self) -> list[Any]:
        found = []
        while True:
            text, last = self._until(frozenset(",}"))
            if not last:
                raise SetError("list must terminate with '}'")
            found.append(self.reader(text))
            if last == "}":
                self.at += self.text.startswith(",", self.at)
                return found


class _Json(_Parser):
    """Values are JSON."""

    def _value(self, put: Callable[[Any], None]) -> None:
        if self._nothing():
            put(None)
            return
        from generator.goyaml import unjson
        from generator.goyaml.gojson import JsonError

        try:
            value, self.at = unjson.unmarshal_first(self.text, self.at)
        except JsonError as error:
            raise SetError(str(error)) from None
        put(value)
        self._nothing()

    def _nothing(self) -> bool:
        """Pass over blanks and one comma; whether nothing else comes before the comma or the end."""
        while self.at < len(self.text):
            char = self.text[self.at]
            if char not in SPACE and char != ",":
                return False
            self.at += 1
            if char == ",":
                return True
        return True


class _Literal(_Parser):
    """A value reaches to the end, and nothing is escaped."""

    key_stops = frozenset("=[.")
    escapes = False

    def _value(self, put: Callable[[Any], None]) -> None:
        put(self.text[self.at :])
        self.at = len(self.text)


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    if key:
        values[key] = value


def _with(items: list[Any], index: int, value: Any) -> list[Any]:
    if index > MAX_INDEX:
        raise SetError(f"index of {index} is greater than maximum supported index of {MAX_INDEX}")
    if index < len(items):
        items[index] = value
        return items
    return [*items, *[None] * (index - len(items)), value]


def _of_type(value: Any, wanted: type) -> Any:
    """The value, if it is a list or a map, as Go asserts."""
    if isinstance(value, wanted):
        return value
    has = "nil" if value is None else type_name(value)
    wants = "map[string]interface {}" if wanted is dict else "[]interface {}"
    raise SetError(f"unable to parse key: interface conversion: interface {{}} is {has}, not {wants}")
