"""Values as arguments: whether Go's types let them pass, and calls whose signature is seen only when they are made."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.errors import ExecError
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoMap, GoObject, NilList, NilMap, NilStrings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.signature import VALUE, Signature, nillable, parse_signature
from generator.engines.gotemplate.values import ANY, is_int, is_uint, kind_name, type_name

EXPLICIT_NIL: Final = object()
"""`nil` as an argument of a method."""

_MAP: Final = "map[string]interface {}"
_NILS: Final[dict[str, Callable[[], Any]]] = {
    "[]interface {}": NilList,
    "[]string": NilStrings,
    _MAP: NilMap,
}


def check_arity(signature: Signature, name: str, written: int, given: int) -> None:
    """Refuse a wrong number of arguments: `given`, of which `written` stand in the command itself."""
    if signature.variadic:
        if given < signature.fixed:
            raise ExecError(f"wrong number of args for {name}: want at least {signature.fixed} got {written}")
    elif given != signature.fixed:
        raise ExecError(f"wrong number of args for {name}: want {signature.fixed} got {given}")


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


_KINDS: Final = {"time.Duration": "int64", "time.Month": "int", "time.Weekday": "int", "uint16": "uint"}
"""Kinds of named types that parameters of methods have."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A constant as an argument of a method: it becomes what the parameter wants."""

    literal: str
    ideal: Any
    int_: int | None = None
    uint: int | None = None
    float_: float | None = None
    complex_: complex | None = None

    def as_type(self, type_: str) -> Any:
        """The constant as a value of the type."""
        if type_ in (ANY, VALUE):
            return self.ideal
        kind = _KINDS.get(type_, type_)
        found: Any
        if is_int(kind):
            found, wanted = self.int_, "integer"
        elif is_uint(kind):
            found, wanted = self.uint, "unsigned integer"
        elif kind == "float64":
            found, wanted = self.float_, "float"
        elif kind in ("string", "bool"):
            found, wanted = (self.ideal if type_name(self.ideal) == kind else None), kind
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


NO_METHOD = Func("func(...interface{}) interface{}", lambda *_: None)
"""What a field of no value is: nothing, whatever the arguments."""


def invoke(run: Run, func: Func, args: Sequence[Any]) -> Any:
    """Call a method with arguments whose types are seen only now."""
    if func is NO_METHOD:
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
