"""Go's own functions: comparing, indexing, escaping, printing.

`and`, `or`, `not`, `len` and `call` are written out by the compiler; their entries here carry their signatures.
"""

from types import NoneType
from typing import Any, Final, NoReturn

from generator.engines.gotemplate import fmt
from generator.engines.gotemplate.funcs import Func, FuncError, FuncMap
from generator.engines.gotemplate.gotypes import GoMap, NilList, NilMap, NilStrings, Uint8
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, is_print, is_surrogate, normal, to_bytes
from generator.engines.gotemplate.values import ANY, is_int, is_uint, kind_name, pointed_name, type_name

# -- comparing

_BASIC = {"bool": "bool", "string": "string", "float64": "float", "complex128": "complex"}
_INT, _UINT = "int", "uint"
_NILS = (NoneType, NilList, NilMap, NilStrings)


def _basic(value: Any) -> str:
    """The kind as comparison sees it; empty for what is not basic."""
    kind = kind_name(value)
    if is_int(kind):
        return _INT
    return _UINT if is_uint(kind) else _BASIC.get(kind, "")


def _incompatible(left: Any, right: Any) -> NoReturn:
    raise FuncError(f"incompatible types for comparison: {type_name(left)} and {type_name(right)}")


def eq(run: Run, left: Any, *rest: Any) -> bool:
    """Whether the first equals any of the others."""
    if not rest:
        raise FuncError("missing argument for comparison")
    return any(_equal(run, left, right) for right in rest)


def _equal(run: Run, left: Any, right: Any) -> bool:
    kinds = _basic(left), _basic(right)
    if kinds[0] != kinds[1]:
        if set(kinds) == {_INT, _UINT}:
            return int(left) == int(right)
        if left is not None and right is not None:
            _incompatible(left, right)
        return False
    if kinds[0]:
        return bool(left == right)
    if left is not None and right is not None and kind_name(left) != kind_name(right):
        first, second = fmt.sprintf("%s", left, spend=run.spend), fmt.sprint(right, spend=run.spend)
        raise FuncError(f"non-comparable types {first}: {type_name(left)}, {type_name(right)}: {second}")
    if isinstance(left, _NILS) or isinstance(right, _NILS):
        return isinstance(left, _NILS) and isinstance(right, _NILS)
    if kind_name(right) in ("slice", "map", "func"):
        shown = fmt.sprintf("%s", right, spend=run.spend)
        raise FuncError(f"non-comparable type {shown}: {type_name(right)}")
    return left is right if kind_name(left) == "ptr" else bool(left == right)


def ne(run: Run, left: Any, right: Any) -> bool:
    """Whether the two differ."""
    return not eq(run, left, right)


def lt(left: Any, right: Any) -> bool:
    """Whether the first is less."""
    kinds = _basic(left), _basic(right)
    if not kinds[0] or not kinds[1]:
        raise FuncError("invalid type for comparison")
    if kinds[0] != kinds[1]:
        if set(kinds) != {_INT, _UINT}:
            _incompatible(left, right)
        return int(left) < int(right)
    if kinds[0] in ("bool", "complex"):
        raise FuncError("invalid type for comparison")
    if kinds[0] == "string":
        return to_bytes(left) < to_bytes(right)
    return bool(left < right)


def le(run: Run, left: Any, right: Any) -> bool:
    """Whether the first is less or equal."""
    return lt(left, right) or eq(run, left, right)


def gt(run: Run, left: Any, right: Any) -> bool:
    """Whether the first is greater."""
    return not le(run, left, right)


def ge(left: Any, right: Any) -> bool:
    """Whether the first is greater or equal."""
    return not lt(left, right)


# -- indexing


def index(item: Any, *indexes: Any) -> Any:
    """`item[index][index]…`, of lists, maps and strings."""
    if item is None:
        raise FuncError("index of untyped nil")
    for at in indexes:
        if item is None:
            raise FuncError("index of nil pointer")
        if isinstance(item, dict):
            item = _entry(item, at)
        elif isinstance(item, str):
            data = to_bytes(item)
            item = Uint8(data[_position(at, len(data), "string")])
        elif isinstance(item, list):
            item = item[_position(at, len(item), "slice")]
        elif isinstance(item, bytes):
            item = Uint8(item[_position(at, len(item), "slice")])
        else:
            raise FuncError(f"can't index item of type {pointed_name(item)}")
    return item


def _entry(item: dict[Any, Any], at: Any) -> Any:
    key = item.go_key if isinstance(item, GoMap) else "string"
    if at is None:
        if key != ANY:
            raise FuncError(f"value is nil; should be of type {key}")
    elif key not in (ANY, given := type_name(at)):
        integers = (is_int, is_uint)
        if not (any(test(kind_name(at)) for test in integers) and any(test(key) for test in integers)):
            raise FuncError(f"value has type {given}; should be {key}")
    if at in item:
        return item[at]
    return item.go_zero if isinstance(item, GoMap) else None


def _bounded(at: Any, bound: int) -> int:
    """A position that is not beyond the bound."""
    kind = kind_name(at)
    if kind == "invalid":
        raise FuncError("cannot index slice/array with nil")
    if not is_int(kind) and not is_uint(kind):
        raise FuncError(f"cannot index slice/array with type {type_name(at)}")
    if not 0 <= at <= bound:
        raise FuncError(f"index out of range: {int(at)}")
    return int(at)


def _position(at: Any, size: int, what: str) -> int:
    found = _bounded(at, size)
    if found == size:
        raise FuncError(f"reflect: {what} index out of range")
    return found


def slice_(item: Any, *indexes: Any) -> Any:
    """`item[low:high]`, of strings and lists."""
    if item is None:
        raise FuncError("slice of untyped nil")
    if len(indexes) > 3:
        raise FuncError(f"too many slice indexes: {len(indexes)}")
    data = to_bytes(item) if isinstance(item, str) else item
    if isinstance(item, str) and len(indexes) == 3:
        raise FuncError("cannot 3-index slice a string")
    if not isinstance(data, bytes | list):
        raise FuncError(f"can't slice item of type {type_name(item)}")
    low, high, most = ([_bounded(at, len(data)) for at in indexes] + [0, len(data), len(data)][len(indexes) :])[:3]
    if low > high:
        raise FuncError(f"invalid slice index: {low} > {high}")
    if high > most:
        raise FuncError(f"invalid slice index: {high} > {most}")
    if isinstance(data, list):
        return data.__class__(data[low:high])
    return from_bytes(data[low:high]) if isinstance(item, str) else data[low:high]


# -- text


def _spent(run: Run, text: str) -> str:
    """A text that was put together, accounted for; bytes that have met may be a character now."""
    run.spend(len(text))
    return text if text.isascii() else normal(text)


def print_(run: Run, *args: Any) -> str:
    """fmt.Sprint."""
    return _spent(run, fmt.sprint(*args, spend=run.spend))


def println(run: Run, *args: Any) -> str:
    """fmt.Sprintln."""
    return _spent(run, fmt.sprintln(*args, spend=run.spend))


def printf(run: Run, format_: str, *args: Any) -> str:
    """fmt.Sprintf."""
    return _spent(run, fmt.sprintf(format_, *args, spend=run.spend))


_HTML = str.maketrans({"\0": "\ufffd", '"': "&#34;", "'": "&#39;", "&": "&amp;", "<": "&lt;", ">": "&gt;"})
_JS = {
    "\\": "\\\\", "'": "\\'", '"': '\\"', "<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "=": "\\u003D",
}  # fmt: skip
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~")


def _joined(run: Run, args: tuple[Any, ...]) -> str:
    if len(args) == 1 and args[0].__class__ is str:
        return str(args[0])
    return fmt.sprint(*("<no value>" if arg is None else arg for arg in args), spend=run.spend)


def html(run: Run, *args: Any) -> str:
    """Escaped for HTML."""
    result = _joined(run, args).translate(_HTML)
    run.spend(len(result))
    return result


def js(run: Run, *args: Any) -> str:
    """Escaped for a string of JavaScript."""
    result = "".join([_js_char(char) for char in _joined(run, args)])
    run.spend(len(result))
    return result


def _js_char(char: str) -> str:
    if char in _JS:
        return _JS[char]
    if char < " ":
        return f"\\u{ord(char):04X}"
    if char < "\x7f" or is_print(char):
        return char
    if char == "\x7f":
        return char
    rune = ord(char)
    return char if is_surrogate(rune) else f"\\u{rune:04X}"


def urlquery(run: Run, *args: Any) -> str:
    """Escaped for a query of a URL."""
    data = to_bytes(_joined(run, args))
    result = "".join([chr(byte) if byte in _UNRESERVED else "+" if byte == 32 else f"%{byte:02X}" for byte in data])
    run.spend(len(result))
    return result


def _written_out(*_: Any) -> NoReturn:
    raise AssertionError("the compiler writes this function out")


BUILTINS: Final[FuncMap] = {
    "and": Func("func(reflect.Value, ...reflect.Value) reflect.Value", _written_out),
    "call": Func("func(reflect.Value, ...reflect.Value) reflect.Value", _written_out),
    "eq": Func("func(reflect.Value, ...reflect.Value) (bool, error)", eq, wants_run=True),
    "ge": Func("func(reflect.Value, reflect.Value) (bool, error)", ge),
    "gt": Func("func(reflect.Value, reflect.Value) (bool, error)", gt, wants_run=True),
    "html": Func("func(...interface{}) string", html, wants_run=True),
    "index": Func("func(reflect.Value, ...reflect.Value) (reflect.Value, error)", index),
    "js": Func("func(...interface{}) string", js, wants_run=True),
    "le": Func("func(reflect.Value, reflect.Value) (bool, error)", le, wants_run=True),
    "len": Func("func(reflect.Value) (int, error)", _written_out),
    "lt": Func("func(reflect.Value, reflect.Value) (bool, error)", lt),
    "ne": Func("func(reflect.Value, reflect.Value) (bool, error)", ne, wants_run=True),
    "not": Func("func(reflect.Value) bool", _written_out),
    "or": Func("func(reflect.Value, ...reflect.Value) reflect.Value", _written_out),
    "print": Func("func(...interface{}) string", print_, wants_run=True),
    "printf": Func("func(string, ...interface{}) string", printf, wants_run=True),
    "println": Func("func(...interface{}) string", println, wants_run=True),
    "slice": Func("func(reflect.Value, ...reflect.Value) (reflect.Value, error)", slice_),
    "urlquery": Func("func(...interface{}) string", urlquery, wants_run=True),
}
