"""What compiled code calls: everything that Go does beyond the plain case, off the fast path."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from generator.engines.gotemplate.errors import ExecError, MissingError, Unprintable
from generator.engines.gotemplate.fmt import printable, sprint
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoMap, GoObject, NilList, NilMap, NilStrings, Uint8
from generator.engines.gotemplate.numbers import Number
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.signature import VALUE, Signature, nillable, parse_signature
from generator.engines.gotemplate.text import length as text_length
from generator.engines.gotemplate.text import quote
from generator.engines.gotemplate.values import ANY, elem_type, is_int, is_uint, kind_name, type_name
from generator.engines.gotemplate.values import show as plain

ABSENT: Final = (KeyError, TypeError, AttributeError)
"""What a chain of keys raises on the fast path where it needs the slow one."""

_BOXES: Final[frozenset[type]] = frozenset({list, dict})
_MAP: Final = "map[string]interface {}"

UNSET: Final = object()
"""What a variable holds whose declaration was not reached."""

EXPLICIT_NIL: Final = object()
"""`nil` as an argument of a method."""

_NILS: Final[dict[str, Callable[[], Any]]] = {
    "[]interface {}": NilList,
    "[]string": NilStrings,
    "map[string]interface {}": NilMap,
}


class MethodRefused(Exception):  # noqa: N818 - carries the refusal of a method that was called without arguments
    """A method that is called as a field has refused."""

    def __init__(self, name: str, error: FuncError) -> None:
        super().__init__(name, error)
        self.name = name
        self.error = error


def fail(message: str) -> NoReturn:
    """Refuse what the compiler found to be wrong, now that it is executed."""
    raise ExecError(message)


# -- field chains


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
    if isinstance(found, dict) and last not in found and last not in _methods(found):
        raise _missing_key(found, last, shown)
    if found is None and not (iface or len(names) > 1):
        raise _no_value(shown)
    return _walk(run, found, names[-1:], len(names) > 1 or iface, missing=_zero)


def _zero(value: dict[str, Any], _name: str) -> Any:
    return value.go_zero if isinstance(value, GoMap) else None


def _refuse_missing(_value: dict[str, Any], name: str) -> Any:
    raise ExecError(f"map has no entry for key {quote(name)}")


def _methods(value: Any) -> Any:
    return value.go_methods() if isinstance(value, GoMap | GoObject) else {}


def _walk(
    run: Run,
    value: Any,
    names: Sequence[str],
    iface: bool,  # noqa: FBT001 - as `walk`
    *,
    missing: Callable[[dict[str, Any], str], Any],
) -> Any:
    for name in names:
        if value is None:
            if not iface:
                return None
            raise ExecError(f"nil pointer evaluating interface {{}}.{name}")
        shown = ANY if iface else None
        if value.__class__ is dict:
            value = value[name] if name in value else missing(value, name)
            iface = True
            continue
        methods = _methods(value)
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
        else:
            raise ExecError(f"can't evaluate field {name} in type {shown or type_name(value)}")
    return value


def _called(run: Run, func: Func, name: str) -> tuple[Any, bool]:
    """A method called as a field; its value, and whether a nil is an interface that holds nil."""
    signature = parse_signature(func.signature)
    _check_arity(signature, name, 0, 0)
    try:
        value = func.call(run) if func.wants_run else func.call()
    except FuncError as error:
        raise MethodRefused(name, error) from None
    return value, signature.result == ANY


def _check_arity(signature: Signature, name: str, written: int, given: int) -> None:
    if signature.variadic:
        if given < signature.fixed:
            raise ExecError(f"wrong number of args for {name}: want at least {signature.fixed} got {written}")
    elif given != signature.fixed:
        raise ExecError(f"wrong number of args for {name}: want {signature.fixed} got {given}")


def _no_value(shown: str) -> MissingError:
    return MissingError(f"{shown} has no value", {"chain": shown, "key": "", "keys": (), "near": ()})


def _missing_key(value: dict[str, Any], key: str, shown: str) -> MissingError:
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


# -- types of arguments


def need(value: Any, type_: str, iface: bool) -> Any:  # noqa: FBT001 - called by compiled code
    """The value as an argument for a parameter of the type.

    Raises:
        ExecError: it is none.
    """
    if value is None:
        if iface:
            raise ExecError(f"wrong type for value; expected {type_}; got {ANY}")
        if nillable(type_):
            return nil_of(type_)
        raise ExecError(f"invalid value; expected {type_}")
    given = type_name(value)
    if given == type_:
        return value
    if not assignable(value, given, type_):
        raise ExecError(f"wrong type for value; expected {type_}; got {given}")
    return value.go_plain() if type_ == _MAP else value


def assignable(value: Any, given: str, type_: str) -> bool:
    """Whether Go takes a value of another type as one of the type."""
    if type_ in (ANY, VALUE):
        return True
    if isinstance(value, GoMap):
        return type_ == f"map[{value.go_key}]{value.go_elem}"
    if isinstance(value, GoObject):
        if type_ == "fmt.Stringer":
            return value.go_string() is not None
        return given == f"*{type_}"
    return False


def nil_of(type_: str) -> Any:
    """Nil of a type."""
    make = _NILS.get(type_)
    return make() if make is not None else None


# -- methods with arguments


@dataclass(frozen=True, slots=True)
class Literal:
    """A number as an argument of a method: it becomes what the parameter wants."""

    literal: str
    ideal: Any
    int_: int | None
    uint: int | None
    float_: float | None
    complex_: complex | None

    def as_type(self, type_: str) -> Any:
        """The number as a value of the type."""
        if type_ in (ANY, VALUE):
            return self.ideal
        number = Number(self.int_, self.uint, self.float_, self.complex_)
        if is_int(type_):
            found, wanted = number.int_, "integer"
        elif is_uint(type_) or type_ == "uint16":
            found, wanted = number.uint, "unsigned integer"
        elif type_ == "float64":
            found, wanted = number.float_, "float"  # type: ignore[assignment] # one name for a number of any sort
        elif type_ in ("string", "bool"):
            found, wanted = None, type_
        else:
            raise ExecError(f"can't handle {self.literal} for arg of type {type_}")
        if found is None:
            raise ExecError(f"expected {wanted}; found {self.literal}")
        return found


@dataclass(frozen=True, slots=True)
class Typed:
    """An argument of a method, and whether a nil in it is an interface that holds nil."""

    value: Any
    iface: bool


def method(value: Any, name: str, iface: bool, written: int, given: int) -> Func:  # noqa: FBT001 - as `walk`
    """The method of that name, for as many arguments.

    Raises:
        ExecError: there is none, or it takes others.
    """
    if value is None and iface:
        raise ExecError(f"nil pointer evaluating interface {{}}.{name}")
    found: Func | None = _methods(value).get(name)
    if found is not None:
        _check_arity(parse_signature(found.signature), name, written, given)
        return found
    if isinstance(value, dict):
        raise ExecError(f"{name} is not a method but has arguments")
    if isinstance(value, GoObject) and name in value.go_fields():
        raise ExecError(f"{name} has arguments but cannot be invoked as function")
    if value is None:
        return _NO_METHOD
    raise ExecError(f"can't evaluate field {name} in type {ANY if iface else type_name(value)}")


_NO_METHOD = Func("func(...interface{}) interface{}", lambda *_: None)
"""What a field of no value is: nothing, whatever the arguments."""


def invoke(run: Run, func: Func, args: Sequence[Any]) -> Any:
    """Call a method with arguments whose types are seen only now."""
    if func is _NO_METHOD:
        return None
    signature = parse_signature(func.signature)
    vals = []
    for index, arg in enumerate(args):
        try:
            vals.append(_fitted(arg, signature.param(index)))
        except ExecError as error:
            raise ExecError(error.message, arg=index) from None
    return func.call(run, *vals) if func.wants_run else func.call(*vals)


def _fitted(arg: Any, type_: str) -> Any:
    if isinstance(arg, Literal):
        return arg.as_type(type_)
    if arg is EXPLICIT_NIL:
        if not nillable(type_):
            raise ExecError(f"cannot assign nil to {type_}")
        return nil_of(type_)
    value, iface = (arg.value, arg.iface) if isinstance(arg, Typed) else (arg, False)
    return value if type_ in (ANY, VALUE) and value is not None else _needed(value, type_, iface=iface)


def _needed(value: Any, type_: str, *, iface: bool) -> Any:
    return value if type_ in (ANY, VALUE) else need(value, type_, iface)


def call_value(run: Run, callee: str, func: Any = None, *args: Any) -> Any:
    """`call`: a function that is a value. `callee` is how it is called; empty where it was piped in."""
    if not callee:
        callee = func if isinstance(func, str) else f"<{type_name(func)} Value>"
    if func is None:
        raise FuncError("call of nil")
    if not isinstance(func, Func):
        raise FuncError(f"non-function {callee} of type {type_name(func)}")
    signature = parse_signature(func.signature)
    if signature.variadic:
        if len(args) < signature.fixed:
            want = f"got {len(args)} want at least {signature.fixed}"
            raise FuncError(f"wrong number of args for {callee}: {want}")
    elif len(args) != signature.fixed:
        raise FuncError(f"wrong number of args for {callee}: got {len(args)} want {signature.fixed}")
    vals = [_prepared(arg, signature.param(index), index) for index, arg in enumerate(args)]
    return func.call(run, *vals) if func.wants_run else func.call(*vals)


def _prepared(arg: Any, type_: str, index: int) -> Any:
    if arg is None:
        if not nillable(type_):
            raise FuncError(f"arg {index}: value is nil; should be of type {type_}")
        return nil_of(type_)
    given = type_name(arg)
    integers = (is_int, is_uint)
    if given == type_ or assignable(arg, given, type_):
        return arg
    if any(test(kind_name(arg)) for test in integers) and any(test(type_) for test in integers):
        return arg
    raise FuncError(f"arg {index}: value has type {given}; should be {type_}")


# -- loops


def elements(run: Run, value: Any) -> Collection[Any]:
    """What a range runs over, where it has no variable or one."""
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
    raise ExecError(f"range can't iterate over {sprint(value, spend=run.spend)}")


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


# -- templates


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
    raise FuncError(f"len of type {type_name(value)}")


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
    "walk": walk,
    "walk_error": walk_error,
    "walk_strict": walk_strict,
}
"""The names that compiled code finds."""
