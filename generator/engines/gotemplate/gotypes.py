"""Go's static types where Python has none: what `typeOf` says and what a function's signature accepts.

Python's own types stand for the common ones: `str` string, `bool` bool, `int` int, `float` float64,
`bytes` []uint8, `complex` complex128, `list` []interface {}, `dict` map[string]interface {}, `None` nil. The rest
are subclasses, so that all the code which does not care about Go's types needs to know nothing of them.

A `str` holds Go's bytes: valid UTF-8 as text, any other byte as the lone surrogate of PEP 383 ("surrogateescape").
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from generator.engines.gotemplate.funcs import Func


class Int64(int):
    """int64: what sprig's arithmetic returns."""

    __slots__ = ()


class Int32(int):
    """int32: also `rune`."""

    __slots__ = ()


class Uint(int):
    """uint."""

    __slots__ = ()


class Uint8(int):
    """uint8: what indexing a string gives."""

    __slots__ = ()


class Uint32(int):
    """uint32."""

    __slots__ = ()


class Uint64(int):
    """uint64."""

    __slots__ = ()


class Strings(list[str]):
    """[]string."""

    __slots__ = ()


class Ints(list[int]):
    """[]int."""

    __slots__ = ()


class Lists(list[list[Any]]):
    """[][]interface {}."""

    __slots__ = ()


class Maps(list[dict[str, Any]]):
    """[]map[string]interface {}: what `fromToml` makes of an array of tables."""

    __slots__ = ()


class GoMap(dict[Any, Any]):
    """A map of another type than map[string]interface {}: named, or with other elements, or with methods.

    As in Go, reading a key that is absent gives the zero value of the elements, by index and by `get`.
    """

    __slots__ = ()

    go_type: ClassVar[str]
    """What `typeOf` and `%T` print."""

    go_key: ClassVar[str] = "string"
    """The type of the keys."""

    go_elem: ClassVar[str] = "interface {}"
    """The type of the elements."""

    go_zero: ClassVar[Any] = None
    """What an absent key reads as."""

    def go_methods(self) -> Mapping[str, "Func"]:
        """Exported methods by name; each is called without the receiver, which it already knows."""
        return {}

    def go_plain(self) -> dict[str, Any]:
        """The same map as a map[string]interface {}, where Go converts to that: see `SharedMap`."""
        raise NotImplementedError

    def get(self, key: Any, default: Any = None) -> Any:
        """The element, or `default`, or the zero value."""
        if key in self:
            return self[key]
        return self.go_zero if default is None else default


class SharedMap(dict[str, Any]):
    """A map[string]interface {} that is the same map as one of a named type: what is changed in one is in both.

    Go converts between such types without a copy. Here the two are dicts that write to each other, so that reading,
    which happens a thousand times as often, stays as fast as it is.
    """

    __slots__ = ("other",)

    def __init__(self, other: dict[str, Any]) -> None:
        super().__init__(other)
        self.other = other

    def __setitem__(self, key: str, value: Any) -> None:
        dict.__setitem__(self, key, value)
        dict.__setitem__(self.other, key, value)

    def __delitem__(self, key: str) -> None:
        dict.__delitem__(self, key)
        dict.__delitem__(self.other, key)

    def pop(self, key: str, *default: Any) -> Any:
        """As of a dict."""
        dict.pop(self.other, key, None)
        return dict.pop(self, key, *default)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """As of a dict."""
        dict.update(self, *args, **kwargs)
        dict.update(self.other, *args, **kwargs)


class StringMap(GoMap):
    """map[string]string."""

    __slots__ = ()
    go_type = "map[string]string"
    go_elem = "string"
    go_zero = ""


class NilList(list[Any]):
    """A nil []interface {}, such as `rest` of an empty list: always empty, but JSON and YAML write `null`."""

    __slots__ = ()


class NilStrings(Strings):
    """A nil []string, such as `regexFindAll` without a match: always empty, but JSON and YAML write `null`."""

    __slots__ = ()


class NilMap(dict[str, Any]):
    """A nil map[string]interface {}, such as `fromJson "null"`: always empty; JSON and YAML write `null`."""

    __slots__ = ()


class NilStringMap(StringMap, NilMap):
    """A nil map[string]string."""

    __slots__ = ()


class GoObject:
    """A Go value with named fields and methods, such as a time; templates reach nothing else of it.

    A named number, such as a `time.Duration`, is an `int` as well: look for GoObject first, then for int.
    """

    __slots__ = ()

    go_type: ClassVar[str]
    """What `typeOf` and `%T` print, such as `time.Time`; with a leading `*`, it is a pointer."""

    go_kind: ClassVar[str] = "struct"
    """What `kindOf` prints: `ptr` for a pointer."""

    go_nil: ClassVar[bool] = False
    """Whether it is a nil pointer."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep the one attribute free that compiled code asks any value for: a map's `get`."""
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "get"):
            raise TypeError(f"{cls.__name__} must not have an attribute `get`: templates would reach it")

    def go_fields(self) -> Mapping[str, Any]:
        """Exported fields by name, in declaration order."""
        return {}

    def go_methods(self) -> Mapping[str, "Func"]:
        """Exported methods by name; each is called without the receiver, which it already knows."""
        return {}

    def go_string(self) -> str | None:
        """What `String()` returns where the type is a Stringer; printing uses it."""
        return None

    def go_printed(self) -> str | None:
        """What an action prints where that differs: where `String()` needs a pointer, which only actions have."""
        return self.go_string()

    def go_layout(self) -> Mapping[str, Any]:
        """All fields of the struct, those that are not exported too: what package fmt prints where no method does."""
        return self.go_fields()

    def go_syntax(self) -> str | None:
        """What `GoString()` returns where the type has it; `%#v` prints it."""
        return None

    def go_copied(self) -> "GoObject":
        """What sprig's `deepCopy` makes of it, which does not see fields that are not exported."""
        return self

    def go_json(self) -> Any:
        """What `encoding/json` writes: a value of plain types; fields of a struct in their order."""
        return self.go_fields()

    def go_yaml(self) -> Any:
        """What go-yaml 3 writes, which knows nothing of tags for JSON: a value that it can write, or fields by name."""
        return {name.lower(): field for name, field in self.go_fields().items()}
