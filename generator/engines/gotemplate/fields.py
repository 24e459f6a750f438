"""Chains of fields, off the fast path: methods, nil, missing keys, and what Go says of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.engines.gotemplate.arguments import NO_METHOD, check_arity
from generator.engines.gotemplate.errors import ExecError, MissingError, Unprintable
from generator.engines.gotemplate.fmt import printable, sprint
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoMap, GoObject
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.signature import parse_signature
from generator.engines.gotemplate.text import quote
from generator.engines.gotemplate.values import ANY, type_name
from generator.engines.gotemplate.values import show as plain


class MethodRefused(Exception):  # noqa: N818 - carries the refusal of a method that was called without arguments
    """A method that is called as a field has refused."""

    def __init__(self, name: str, error: FuncError) -> None:
        super().__init__(name, error)
        self.name = name
        self.error = error


def walk(run: Run, value: Any, names: Sequence[str], iface: bool) -> Any:  # noqa: FBT001 - called by compiled code
    """The value of a chain of fields. `iface`: whether a nil to start with is an interface that holds nil."""
    return _walk(run, value, names, iface, missing=_zero)


def walk_error(run: Run, value: Any, names: Sequence[str], iface: bool) -> Any:  # noqa: FBT001 - as `walk`
    """As `walk`, where a missing key is an error."""
    if value is None and not iface:
        raise ExecError(f"nil data; no entry for key {quote(names[0])}")
    return _walk(run, value, names, iface, missing=_refuse_missing)


def walk_strict(
    run: Run,
    value: Any,
    names: Sequence[str],
    iface: bool,  # noqa: FBT001 - as `walk`
    shown: str,
) -> Any:
    """As `walk`, where the last key must be there. `shown` is the chain as it is written.

    Raises:
        MissingError: it is not there.
    """
    found = _walk(run, value, names[:-1], iface, missing=_zero)
    last = names[-1]
    if isinstance(found, dict) and last not in found and last not in methods_of(found):
        raise _missing_key(found, last, shown)
    if found is None and not (iface or len(names) > 1):
        raise _no_value(shown)
    return _walk(run, found, names[-1:], len(names) > 1 or iface, missing=_zero)


def _zero(value: dict[str, Any], _name: str) -> Any:
    return value.go_zero if isinstance(value, GoMap) else None


def _refuse_missing(_value: dict[str, Any], name: str) -> Any:
    raise ExecError(f"map has no entry for key {quote(name)}")


def methods_of(value: Any) -> Mapping[str, Func]:
    """The methods of a value by name."""
    return value.go_methods() if isinstance(value, GoMap | GoObject) else {}


def _walk(
    run: Run,
    value: Any,
    names: Sequence[str],
    iface: bool,  # noqa: FBT001 - as `walk`
    *,
    missing: Callable[[dict[str, Any], str], Any],
) -> Any:
    return _walked(run, value, names, iface, missing=missing)[0]


def _walked(
    run: Run,
    value: Any,
    names: Sequence[str],
    iface: bool,  # noqa: FBT001 - as `walk`
    *,
    missing: Callable[[dict[str, Any], str], Any],
) -> tuple[Any, bool]:
    """The value of a chain, and whether Go has it as an interface that holds it."""
    for name in names:
        if value is None:
            if not iface:
                return None, False
            raise ExecError(f"nil pointer evaluating interface {{}}.{name}", data={"nil": name})
        shown = ANY if iface else None
        if value.__class__ is dict:
            value = value[name] if name in value else missing(value, name)
            iface = True
            continue
        methods = methods_of(value)
        if name in methods:
            value, iface = _called(run, methods[name], name)
        elif isinstance(value, GoMap):
            if value.go_key not in ("string", ANY):
                raise ExecError(f"can't evaluate field {name} in type {shown or type_name(value)}")
            iface = value.go_elem == ANY
            value = value[name] if name in value else missing(value, name)
        elif isinstance(value, dict):
            iface = True
            value = value[name] if name in value else missing(value, name)
        elif isinstance(value, GoObject) and name in (fields := value.go_fields()):
            value = fields[name]
            iface = value is None
        elif isinstance(value, GoObject) and name in value.go_layout():
            raise ExecError(f"{name} is an unexported field of struct type {shown or type_name(value)}")
        else:
            raise ExecError(f"can't evaluate field {name} in type {shown or type_name(value)}")
    return value, iface


def _called(run: Run, func: Func, name: str) -> tuple[Any, bool]:
    """A method called as a field; its value, and whether a nil is an interface that holds nil."""
    signature = parse_signature(func.signature)
    check_arity(signature, name, 0, 0)
    try:
        value = func.call(run) if func.wants_run else func.call()
    except FuncError as error:
        raise MethodRefused(name, error) from None
    return value, signature.result == ANY


def _no_value(shown: str) -> MissingError:
    return MissingError(f"{shown} has no value", {"chain": shown, "key": "", "keys": (), "near": ()})


def _missing_key(value: dict[str, Any], key: str, shown: str) -> MissingError:
    from difflib import get_close_matches

    keys = sorted(str(one) for one in value)
    near = get_close_matches(key, keys, n=3, cutoff=0.6)
    return MissingError(
        f"{shown} has no value",
        {"chain": shown, "key": key, "keys": tuple(keys), "near": tuple(near)},
    )


def show(run: Run, value: Any) -> str:
    """What an action prints of a value.

    Raises:
        Unprintable: it is a function.
    """
    cls = value.__class__
    if cls is str or cls is int or cls is float or cls is bool or value is None:
        return plain(value)
    if isinstance(value, Func):
        raise Unprintable(type_name(value))
    if isinstance(value, GoObject) and (said := value.go_printed()) is not None:
        return said
    return printable(sprint(value, spend=run.spend), value)


def show_result(run: Run, value: Any) -> str:
    """What an action prints of a function's result, to which nothing points: methods of pointers are not found."""
    if isinstance(value, GoObject) and (said := value.go_string()) is not None:
        return said
    return show(run, value) if not isinstance(value, GoObject) else printable(sprint(value, spend=run.spend), value)


def show_guarded(run: Run, value: Any, receiver: Any, names: Sequence[str], shown: str) -> str:
    """As `show`, where a value that is missing is an error. The rest says where the value comes from.

    Raises:
        MissingError: the value is nil.
    """
    if value is not None:
        return show(run, value)
    for name in names:
        if not isinstance(receiver, dict):
            break
        if name not in receiver:
            raise _missing_key(receiver, name, shown)
        receiver = receiver[name]
    raise _no_value(shown)


def method(
    run: Run,
    value: Any,
    names: Sequence[str],
    iface: bool,  # noqa: FBT001 - as `walk`
    written: int,
    given: int,
    refuse_missing: bool = False,  # noqa: FBT001, FBT002 - as `walk`
) -> Func:
    """The method that a chain of fields ends with, for as many arguments.

    Raises:
        ExecError: there is none, or it takes others.
    """
    missing = _refuse_missing if refuse_missing else _zero
    value, iface = _walked(run, value, names[:-1], iface, missing=missing)
    name = names[-1]
    if value is None and iface:
        raise ExecError(f"nil pointer evaluating interface {{}}.{name}", data={"nil": name})
    found: Func | None = methods_of(value).get(name)
    if found is not None:
        check_arity(parse_signature(found.signature), name, written, given)
        return found
    if isinstance(value, dict):
        raise ExecError(f"{name} is not a method but has arguments")
    if isinstance(value, GoObject) and name in value.go_fields():
        raise ExecError(f"{name} has arguments but cannot be invoked as function")
    if isinstance(value, GoObject) and name in value.go_layout():
        raise ExecError(f"{name} is an unexported field of struct type {ANY if iface else type_name(value)}")
    if value is None:
        return NO_METHOD
    raise ExecError(f"can't evaluate field {name} in type {ANY if iface else type_name(value)}")
