"""How a function is made known to templates: by a Go signature, which is enforced as Go's reflection does."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal

from generator.dataclass import dataclass

Kind = Literal["function", "unavailable", "fail", "required"]


class FuncError(Exception):
    """What a function refuses, in Go's words; the engine adds `error calling NAME:` and the place."""

    kind: Kind = "function"
    """What sort of refusal it is; see `TemplateError.kind`."""

    data: Mapping[str, Any] = MappingProxyType({})
    """What else is known; see `TemplateError.data`."""

    @property
    def said(self) -> str:
        """What to tell a person: the same, unless Go's words carry marks for machines."""
        return str(self)


class Deferred:
    """A callable that is found when it is first wanted: compiled templates are given what `found` returns."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[], Callable[..., Any]]) -> None:
        self._find = find

    def found(self) -> Callable[..., Any]:
        """The callable itself."""
        return self._find()

    def __call__(self, *args: Any) -> Any:
        """Find and call it."""
        return self._find()(*args)


@dataclass(frozen=True, slots=True)
class Func:
    """A function or method that templates may call.

    `signature` is Go's, such as `func(string, ...interface{}) (string, error)`: it decides arity, which arguments
    are accepted, how untyped constants convert, and the static type of the result. `call` gets the arguments as
    Python values (variadic ones spread) and returns the result, or raises `FuncError`. With `wants_run`, it gets
    the current `Run` first: for budgets, the provider of clock and randomness, and templates that call templates.

    Go's nil arrives as None where the parameter is an interface or a pointer, and as `NilMap`, `NilList` or
    `NilStrings` where it is a map or a list. Constants for int64, uint8 and so on arrive as plain `int`.
    """

    signature: str
    call: Callable[..., Any]
    wants_run: bool = False


FuncMap = Mapping[str, Func]


def direct(call: Callable[..., Any]) -> Callable[..., Any]:
    """The callable itself, of one that may be deferred."""
    return call.found() if isinstance(call, Deferred) else call
