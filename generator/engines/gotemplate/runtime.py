"""What compiled code calls: everything that Go does beyond the plain case, off the fast path."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, NoReturn

from generator.engines.gotemplate.arguments import EXPLICIT_NIL, Literal, Typed, call_value, invoke, need, nil_of
from generator.engines.gotemplate.errors import ExecError, InnerError
from generator.engines.gotemplate.fields import (
    MethodRefused,
    method,
    show,
    show_guarded,
    show_result,
    walk,
    walk_error,
    walk_strict,
)
from generator.engines.gotemplate.fmt import printable, sprint
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import Uint8
from generator.engines.gotemplate.run import FEW_ROUNDS, LimitExceeded, Run
from generator.engines.gotemplate.text import length as text_length
from generator.engines.gotemplate.text import quote
from generator.engines.gotemplate.values import ANY, elem_type, is_int, is_uint, kind_name, pointed_name, type_name

ABSENT: Final = (KeyError, TypeError, AttributeError)
"""What a chain of keys raises on the fast path where it needs the slow one."""

FAILURES: Final = (ExecError, FuncError, InnerError, LimitExceeded, MethodRefused, RecursionError)
"""What compiled code raises when it is the template's fault; anything else is a bug of ours."""

UNSET: Final = object()
"""What a variable holds whose declaration was not reached."""

_BOXES: Final[frozenset[type]] = frozenset({list, dict})


def fail(message: str) -> NoReturn:
    """Refuse what the compiler found to be wrong, now that it is executed."""
    raise ExecError(message)


def elements(run: Run, value: Any) -> Collection[Any]:
    """What a range runs over, where it has no variable or one."""
    if value.__class__ is list and len(value) <= FEW_ROUNDS:
        run.step(len(value))
        return value
    return run.rounds(_all_elements(run, value))


def _all_elements(run: Run, value: Any) -> Sequence[Any]:
    cls = value.__class__
    if cls is list:
        return value  # type: ignore[no-any-return] # the class was looked at
    if isinstance(value, dict):
        return [value[name] for name in _sorted_keys(value)]
    if value is None:
        return ()
    if isinstance(value, list):
        return value
    if isinstance(value, bytes):
        return [Uint8(byte) for byte in value]
    if isinstance(value, int) and (is_int(kind := kind_name(value)) or is_uint(kind)):
        return range(value) if cls is int else _Numbers(cls, value)
    raise ExecError(f"range can't iterate over {printable(sprint(value, spend=run.spend), value)}")


class _Numbers(Sequence[int]):
    """As Python's range, of numbers of another type."""

    def __init__(self, cls: Callable[[int], int], size: int) -> None:
        self.cls = cls
        self.range = range(min(size, 1 << 62))  # more is never counted

    def __len__(self) -> int:
        return len(self.range)

    def __getitem__(self, at: Any) -> Any:
        return self.cls(self.range[at])


def boxed(value: Any) -> bool:
    """Whether the elements of a list or map are interfaces that hold something, not things of one type."""
    return value.__class__ in _BOXES or elem_type(value) == ANY


def pairs(run: Run, value: Any) -> Collection[tuple[Any, Any]]:
    """What a range runs over, where it has two variables: index and element, or key and value."""
    if isinstance(value, dict):
        return run.rounds([(name, value[name]) for name in _sorted_keys(value)])
    if isinstance(value, int) and not isinstance(value, bool):
        raise ExecError(f"can't use {sprint(value)} to iterate over more than one variable")
    found = _all_elements(run, value)
    return run.rounds(found if found.__class__ is tuple else list(enumerate(found)))


def _sorted_keys(value: dict[Any, Any]) -> Iterable[Any]:
    """Keys in the order of their bytes, or of their numbers."""
    try:
        return sorted(value)
    except TypeError:
        return sorted(value, key=lambda name: (type_name(name), name))


def find(run: Run, name: str) -> Callable[..., None]:
    """The definition that a template action names.

    Raises:
        ExecError: there is none.
    """
    run.step(1)
    found = run.table.get(name)
    if found is None:
        raise ExecError(f"template {quote(name)} not defined")
    return found


def length(value: Any, iface: bool) -> int:  # noqa: FBT001 - called by compiled code
    """`len`."""
    if isinstance(value, str):
        return text_length(value)
    if isinstance(value, list | dict | bytes):
        return len(value)
    if value is None:
        raise FuncError("len of nil pointer" if iface else "reflect: call of reflect.Value.Type on zero Value")
    raise FuncError(f"len of type {pointed_name(value)}")


NAMESPACE: Final[dict[str, Any]] = {
    "ABSENT": ABSENT,
    "EXPLICIT_NIL": EXPLICIT_NIL,
    "Literal": Literal,
    "Typed": Typed,
    "UNSET": UNSET,
    "boxed": boxed,
    "call_value": call_value,
    "elements": elements,
    "fail": fail,
    "find": find,
    "invoke": invoke,
    "length": length,
    "method": method,
    "need": need,
    "nil_of": nil_of,
    "pairs": pairs,
    "show": show,
    "show_guarded": show_guarded,
    "show_result": show_result,
    "walk": walk,
    "walk_error": walk_error,
    "walk_strict": walk_strict,
}
"""The names that compiled code finds."""
