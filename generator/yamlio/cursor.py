"""Typed reading of loaded values: every mistake of a document comes out in one go, each at its place.

    def runtime(cursor: Cursor) -> Runtime:
        result = Runtime(
            name=cursor.field("name", str),
            versions=cursor.each("versions", version),
            default=cursor.optional("default", version),
        )
        cursor.no_other_fields()
        return result

    plugin = decode(document.value, document.place, plugin_of, found)   # None, where it has mistakes

A decoder is any function of a `Cursor`. Where a field is missing or wrong, the mistake goes to the collector and the
decoder gets a stand-in: an empty value of the type asked for, or nothing at all for what other decoders make. These
may be passed on, and `decode` throws away what was made of them. A decoder that compares fields with one another does
so only `if not cursor.found.failed`. To refuse a value it calls `cursor.fail`, or raises `DiagnosticError`.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Final, TypeVar, cast, overload

from generator.diagnostics import Collector, Diagnostic, Label, Span
from generator.yamlio.locate import Place, is_name, path_text
from generator.yamlio.wording import choices, describe, nearest, slip, wish

T = TypeVar("T")
D = TypeVar("D")
Text = TypeVar("Text", bound=str)

Decoder = Callable[["Cursor"], T]

_ABSENT: Final = object()
_PLAIN_TYPES: Final = (str, int, float, bool, dict, list)


def decode(value: Any, place: Place, decoder: Decoder[T], found: Collector) -> T | None:
    """What *decoder* makes of *value*; None, where that is not what it should be: *found* has the mistakes then."""
    own = Collector()
    result = own.attempt(lambda: decoder(Cursor(value, place, own)))
    found.extend(own.sorted())
    return None if own.failed else result


class Cursor:
    """A value, where it stands, and where its mistakes go."""

    __slots__ = ("_asked", "found", "place", "value")

    def __init__(self, value: Any, place: Place, found: Collector) -> None:
        self.value = value
        self.place = place
        self.found = found
        self._asked: dict[str, None] = {}

    # Fields of a map.

    @overload
    def field(self, name: str, want: type[T]) -> T: ...
    @overload
    def field(self, name: str, want: Decoder[T]) -> T: ...
    def field(self, name: str, want: Any) -> Any:
        """The field *name*, which must be there and not null.

        *want* is `str`, `int`, `float`, `bool`, `dict`, `list` (the latter two as loaded), an `Enum` of strings, or a
        decoder.
        """
        value = self._given(name)
        if value is not None:
            return self._read(name, value, want)
        if not isinstance(self.value, Mapping):
            self._mismatch(dict)
        elif name in self.value:
            self.at(name).fail(f'"{name}" is empty', code="MW202", key=True)
        else:
            self._missing(name)
        return _stand_in(want)

    @overload
    def optional(self, name: str, want: type[T]) -> T | None: ...
    @overload
    def optional(self, name: str, want: Decoder[T]) -> T | None: ...
    @overload
    def optional(self, name: str, want: type[T], default: D) -> T | D: ...
    @overload
    def optional(self, name: str, want: Decoder[T], default: D) -> T | D: ...
    def optional(self, name: str, want: Any, default: Any = None) -> Any:
        """The field *name*; *default* where it is left out or null."""
        value = self._given(name)
        if value is None:
            if not isinstance(self.value, Mapping):
                self._mismatch(dict)
            return default
        return self._read(name, value, want)

    @overload
    def each(self, name: str, want: type[T]) -> tuple[T, ...]: ...
    @overload
    def each(self, name: str, want: Decoder[T]) -> tuple[T, ...]: ...
    def each(self, name: str, want: Any) -> tuple[Any, ...]:
        """The elements of the list *name*, each read as *want*; none, where it is left out or null."""
        child = self._optional_child(name)
        return () if child is None else tuple(element.read(want) for element in child.elements())

    @overload
    def mapping(self, name: str, want: type[T]) -> dict[str, T]: ...
    @overload
    def mapping(self, name: str, want: Decoder[T]) -> dict[str, T]: ...
    def mapping(self, name: str, want: Any) -> dict[str, Any]:
        """The map *name*, whose keys are free, each value read as *want*; empty, where it is left out or null."""
        child = self._optional_child(name)
        if child is None or not isinstance(child.value, dict):
            return {} if child is None else {key: entry.read(want) for key, entry in child.items()}
        return {key: child._read(key, value, want) for key, value in child.value.items()}  # noqa: SLF001 - of this class

    @overload
    def one_of(self, name: str, *allowed: Text) -> Text: ...
    @overload
    def one_of(self, name: str, *allowed: Text, default: D) -> Text | D: ...
    def one_of(self, name: str, *allowed: Any, default: Any = _ABSENT) -> Any:
        """The field *name*, which must be one of the *allowed* texts; *default*, if given, where it is left out."""
        if default is _ABSENT:
            return self.field(name, lambda child: child.choice(*allowed))
        return self.optional(name, lambda child: child.choice(*allowed), default)

    def is_a(self, want: type) -> bool:
        """Whether the value is a `str`, `int`, `float`, `bool`, `dict` or `list`, for fields that may be several."""
        return _is(self.value, want)

    def has(self, name: str) -> bool:
        """Whether the field *name* is there and not null."""
        return self._given(name) is not None

    def at(self, *steps: str | int) -> "Cursor":
        """A cursor at the value that a path of keys and indices leads to; its value is None where nothing stands."""
        if steps and isinstance(steps[0], str):
            self._asked[steps[0]] = None
        value = self.value
        for step in steps:
            if isinstance(step, str):
                value = value.get(step) if isinstance(value, Mapping) else None
            else:
                value = value[step] if isinstance(value, (list, tuple)) and -1 < step < len(value) else None
        return Cursor(value, self.place.child(*steps), self.found)

    def no_other_fields(self, *also: str, elsewhere: Mapping[str, str] | None = None) -> None:
        """Report all fields but those that were asked for until now, and *also* these.

        *elsewhere* is where fields belong that are often written here, by name.
        """
        if not isinstance(self.value, Mapping):
            return
        allowed = [*self._asked, *also]
        for name in self.value:
            if name not in allowed:
                self._unknown(name, allowed, elsewhere or {})

    # The value itself.

    @overload
    def read(self, want: type[T]) -> T: ...
    @overload
    def read(self, want: Decoder[T]) -> T: ...
    def read(self, want: Any) -> Any:
        """The value as *want*; see `field`."""
        if want in _PLAIN_TYPES:
            if _is(self.value, want):
                return self.value
            self._mismatch(want)
            return _stand_in(want)
        if isinstance(want, type) and issubclass(want, Enum):
            return want(self.choice(*(member.value for member in want)))
        made = self.found.each(want, (self,))
        return made[0] if made else _stand_in(want)

    def choice(self, *allowed: Text) -> Text:
        """The value, which must be one of the *allowed* texts; the first of them, where it is none."""
        if isinstance(self.value, str):
            for text in allowed:
                if text == self.value:
                    return text
            self._not_allowed(self.value, allowed)
        else:
            self._mismatch(str)
        return allowed[0]

    def parse(self, parse: Callable[[str], T]) -> T:
        """What *parse* makes of the value, which must be text.

        Its `ValueError` says what is wrong with it, and in a second argument, how to mend it.
        """
        if not isinstance(self.value, str):
            self._mismatch(str)
            return cast("T", _NOTHING)
        try:
            return parse(self.value)
        except ValueError as error:
            message, *hints = error.args
            self.fail(f"{self._name()}: {message}", hint=next(iter(hints), ""))
            return cast("T", _NOTHING)

    def elements(self) -> Iterator["Cursor"]:
        """A cursor for each element of the value, which must be a list."""
        if not isinstance(self.value, (list, tuple)):
            self._mismatch(list)
            return
        for index, element in enumerate(self.value):
            yield Cursor(element, self.place / index, self.found)

    def items(self) -> Iterator[tuple[str, "Cursor"]]:
        """Each key with a cursor for its value; the value must be a map."""
        if not isinstance(self.value, Mapping):
            self._mismatch(dict)
            return
        for key, entry in self.value.items():
            yield key, Cursor(entry, self.place / key, self.found)

    def fail(self, message: str, *, code: str = "MW204", hint: str = "", key: bool = False) -> None:
        """Report that the value (or with *key* its key) is wrong, and go on."""
        span = _first_line(self.place.span(key=key))
        self.found.add(Diagnostic(code=code, message=message, primary=Label(span), hint=hint, field=str(self.place)))

    # Inside.

    def _given(self, name: str) -> Any:
        """The value of the field *name*; None, where it is left out."""
        self._asked[name] = None
        value = self.value
        return value.get(name) if value.__class__ is dict or isinstance(value, Mapping) else None

    def _read(self, name: str, value: Any, want: Any) -> Any:
        """The *value* of the field *name* as *want*."""
        if value.__class__ is want and want in _PLAIN_TYPES:
            return value
        return Cursor(value, self.place / name, self.found).read(want)

    def _optional_child(self, name: str) -> "Cursor | None":
        """A cursor at the field *name*; None, where it is left out or null."""
        if not isinstance(self.value, Mapping):
            self._mismatch(dict)
        value = self._given(name)
        return None if value is None else Cursor(value, self.place / name, self.found)

    def _name(self) -> str:
        """What the value is called in messages: its key, with the indices and odd keys behind it."""
        pointer = self.place.pointer
        start = max((at for at, step in enumerate(pointer) if isinstance(step, str) and is_name(step)), default=0)
        return path_text(pointer[start:]) or "the document"

    def _mismatch(self, want: type) -> None:
        span = self.place.span()
        hint = slip(self.value, want, span.file.text[span.start : span.end])
        message = f"{self._name()} must be {wish(want)}, not {describe(self.value)}"
        self.fail(message, code="MW201", hint=hint)

    def _missing(self, name: str) -> None:
        owner = self._name()
        where = f"below {owner}" if self.place.pointer else "at the start of a line"
        self.fail(f'{owner} has no "{name}"', code="MW202", hint=f"write {name}: … {where}", key=True)

    def _unknown(self, name: str, allowed: list[str], elsewhere: Mapping[str, str]) -> None:
        message = f'"{name}" is not a field of {self._name()}'
        hint = f"it belongs into {elsewhere[name]}" if name in elsewhere else choices(name, allowed)
        Cursor(None, self.place / name, self.found).fail(
            message, code="MW203", hint=hint or "nothing reads it: take it out", key=True
        )

    def _not_allowed(self, text: str, allowed: tuple[str, ...]) -> None:
        message = f"{self._name()} must be one of {', '.join(allowed)}, not {describe(text)}"
        near = nearest(text, allowed)
        self.fail(message, code="MW204", hint=f'did you mean "{near}"?' if near else _one_of(allowed))


def _one_of(allowed: tuple[str, ...]) -> str:
    return f"write {' or '.join(filter(None, (', '.join(allowed[:-1]), allowed[-1])))}" if allowed else ""


def parsed(parse: Callable[[str], T]) -> Decoder[T]:
    """A decoder for texts that *parse* makes something of; its `ValueError` says what is wrong with one."""
    return lambda cursor: cursor.parse(parse)


def _is(value: Any, want: type) -> bool:
    if isinstance(value, bool):
        return want is bool
    return isinstance(value, (int, float) if want is float else want)


def _stand_in(want: Any) -> Any:
    """Something to go on with where *want* could not be read: an empty value, or one that takes anything."""
    if want in _PLAIN_TYPES:
        return want()
    return next(iter(want)) if isinstance(want, type) and issubclass(want, Enum) else _NOTHING


class _Nothing:
    """Stands in for what a decoder would have made: whatever is asked of it, it has nothing to say."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> "_Nothing":
        return self

    def __getitem__(self, _: Any) -> "_Nothing":
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __lt__(self, _: Any) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __contains__ = __lt__

    def __str__(self) -> str:
        return ""


_NOTHING: Final = _Nothing()


def _first_line(span: Span) -> Span:
    """*span* up to the end of its first line: a map is blamed where it starts."""
    text = span.file.text[span.start : span.end]
    return Span(span.file, span.start, span.start + len(text.splitlines()[0])) if text else span
