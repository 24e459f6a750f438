"""How a function is made known to templates: by a Go signature, which is enforced as Go's reflection does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


class FuncError(Exception):
    """What a function refuses, in Go's words; the engine adds `error calling NAME:` and the place."""


@dataclass(frozen=True, slots=True)
class Func:
    """A function or method that templates may call.

    `signature` is Go's, such as `func(string, ...interface{}) (string, error)`: it decides arity, which arguments are
    accepted, how untyped constants convert, and the static type of the result. `call` gets the arguments as Python
    values (variadic ones spread) and returns the result, or raises `FuncError`. With `wants_run`, it gets the current
    `Run` first: for budgets, the provider of clock and randomness, and templates that call templates.
    """

    signature: str
    call: Callable[..., Any]
    wants_run: bool = False


FuncMap = Mapping[str, Func]
