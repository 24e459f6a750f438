"""Fields and types: does an object have the fields that its kind has, with values of their types?

Each type becomes one function, made when it is first needed, that says yes or no quickly; only an object that does
not fit is walked again to say what is wrong and where. The rules of `fields` and `structs` hang on the same types, so
that whatever holds a container is held to the rules of containers.
"""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from generator.model import api, quantity
from generator.model.api import Field, ListOf, MapOf, Plain, Struct, Type
from generator.model.values import Pointer
from generator.stages.objects.fields import FIELD_RULES
from generator.stages.objects.issue import Issue, refused
from generator.stages.objects.structs import STRUCT_RULES
from generator.yamlio.wording import choices, describe

Fits: TypeAlias = Callable[[Any], bool]

_WISHES = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "num": "a number",
    "quantity": 'a quantity, such as 500m or "1Gi"',
    "intstr": "a whole number or text",
    "bytes": "base64",
}


# --- quickly


@cache
def fits(of: Type, minor: int) -> Fits:
    """Whether a value is of the type *of* in that minor version of Kubernetes, and breaks no rule."""
    match of:
        case Plain(name):
            return _PLAIN[name]
        case ListOf(inner, keys):
            return _list(fits(inner, minor), keys)
        case MapOf(inner):
            return _map(fits(inner, minor))
        case Struct(name):
            return _struct(name, minor)


def _text(value: Any) -> bool:
    return value.__class__ is str or value is None


def _whole(value: Any) -> bool:
    return value.__class__ is int or value is None


def _truth(value: Any) -> bool:
    return value.__class__ is bool or value is None


def _number(value: Any) -> bool:
    return value.__class__ in (int, float) or value is None


def _text_or_whole(value: Any) -> bool:
    return value.__class__ in (int, str) or value is None


def _quantity(value: Any) -> bool:
    return value is None or (value.__class__ in (str, int, float) and _is_quantity(value))


@cache
def _is_quantity(value: str | float) -> bool:
    try:
        quantity.parse(value)
    except quantity.QuantityError:
        return False
    return True


def _bytes(value: Any) -> bool:
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    try:
        b64decode(value.replace("\n", "").replace("\r", ""), validate=True)
    except (Base64Error, ValueError):
        return False
    return True


def _anything(value: Any) -> bool:
    del value
    return True


_PLAIN: dict[str, Fits] = {
    "str": _text,
    "int": _whole,
    "bool": _truth,
    "num": _number,
    "quantity": _quantity,
    "intstr": _text_or_whole,
    "bytes": _bytes,
    "any": _anything,
}


def _list(inner: Fits, keys: tuple[str, ...]) -> Fits:
    def check(value: Any) -> bool:
        if value is None:
            return True
        if value.__class__ is not list:
            return False
        return all(map(inner, value)) and (not keys or len(value) < 2 or not any(_twice(value, keys)))

    return check


def _map(inner: Fits) -> Fits:
    if inner is _text:
        return lambda value: value is None or (value.__class__ is dict and _TEXTS.issuperset(map(type, value.values())))

    def check(value: Any) -> bool:
        return value is None or (value.__class__ is dict and all(map(inner, value.values())))

    return check


_TEXTS = frozenset({str, type(None)})


def _struct(name: str, minor: int) -> Fits:
    required = [field for field, one in api.fields(name).items() if one.required]
    rules = STRUCT_RULES.get(name, ())
    checks: dict[str, Fits] = {}

    def check(value: Any) -> bool:
        if value is None:
            return True
        if value.__class__ is not dict:
            return False
        if not checks:
            checks.update(_fields(name, minor))
        for key, part in value.items():
            one = checks.get(key)
            # Most fields are text: that is looked at here, without a call.
            if one is _text:
                if part.__class__ is not str and part is not None:
                    return False
            elif one is None or not one(part):
                return False
        for field in required:
            if value.get(field) is None:
                return False
        for rule in rules:
            for _ in rule(value):
                return False
        return True

    return check


def _fields(name: str, minor: int) -> Iterator[tuple[str, Fits]]:
    for field, one in api.fields(name).items():
        if one.since <= minor <= one.until:
            check, rule = fits(one.type, minor), FIELD_RULES.get(f"{name}.{field}")
            yield field, _both(check, rule.holds) if rule else check


def _both(first: Fits, second: Callable[[Any], bool]) -> Fits:
    return lambda value: first(value) and (value is None or second(value))


def _twice(value: list[Any], keys: tuple[str, ...]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The elements whose keys an earlier one has: index and keys. A field that is left out counts as its default."""
    seen: set[tuple[Any, ...]] = set()
    for index, element in enumerate(value):
        if keys == ("=",):
            key: tuple[Any, ...] = (element,)
        elif element.__class__ is dict:
            key = tuple(element.get(name, _DEFAULTS.get(name)) for name in keys)
        else:
            continue
        if any(isinstance(part, (dict, list)) for part in key):
            continue
        if key in seen:
            yield index, key
        seen.add(key)


_DEFAULTS = {"protocol": "TCP"}
"""Of fields that are keys of lists; `dump`ed nowhere, applied by the API server."""


# --- in detail


def issues(of: Type, value: Any, minor: int, pointer: Pointer = ()) -> Iterator[Issue]:
    """What is wrong with *value* as the type *of*."""
    if value is None:
        return
    match of:
        case Plain(name):
            if not _PLAIN[name](value):
                yield _mistyped(pointer, name, value)
        case ListOf(inner, keys):
            if not isinstance(value, list):
                yield _misshapen(pointer, "a list", value, 'start each element with "- "')
                return
            for index, element in enumerate(value):
                yield from issues(inner, element, minor, (*pointer, index))
            for index, key in _twice(value, keys) if keys else ():
                said = ", ".join(str(part) for part in key)
                yield Issue(
                    "MW578",
                    (*pointer, index),
                    f"{said} stands twice in the list",
                    "server-side apply refuses it; of two entries one would win without a word",
                )
        case MapOf(inner):
            if not isinstance(value, Mapping):
                yield _misshapen(pointer, "a map", value)
                return
            for key, part in value.items():
                yield from issues(inner, part, minor, (*pointer, key))
        case Struct(name):
            yield from _struct_issues(name, value, minor, pointer)


def _mistyped(pointer: Pointer, name: str, value: Any) -> Issue:
    hint = "quote it in the template: {{ … | quote }}" if name == "str" and not isinstance(value, (dict, list)) else ""
    if name == "quantity" and isinstance(value, str):
        hint = quantity.advice(value, str(pointer[-1]) if pointer else "")
    wrong = _misshapen(pointer, _WISHES[name], value, hint)
    return wrong._replace(misshapen=isinstance(value, (dict, list)))


def _misshapen(pointer: Pointer, wish: str, value: Any, hint: str = "") -> Issue:
    return Issue("MW571", pointer, f"must be {wish}, not {describe(value)}", hint, misshapen=True)


def _struct_issues(name: str, value: Any, minor: int, pointer: Pointer) -> Iterator[Issue]:
    if not isinstance(value, Mapping):
        yield _misshapen(pointer, "a map", value)
        return
    known, legible = api.fields(name), True
    for key, part in value.items():
        one = known.get(key)
        if one is None or not one.since <= minor <= one.until:
            yield _unknown(pointer, key, known, minor)
            continue
        wrong = list(issues(one.type, part, minor, (*pointer, key)))
        yield from wrong
        legible = legible and not any(one.misshapen for one in wrong)
        rule = FIELD_RULES.get(f"{name}.{key}")
        if rule and part is not None and not wrong and not rule.holds(part):
            yield refused((*pointer, key), f"{describe(part)} {rule.says}", rule.hint(part))
    for field, one in known.items():
        if one.required and value.get(field) is None:
            yield Issue("MW573", pointer, f"has no {field}", f"{field} is required here")
    for struct_rule in STRUCT_RULES.get(name, ()) if legible else ():
        yield from (issue.below(*pointer) for issue in struct_rule(value))


def _unknown(pointer: Pointer, key: str, known: Mapping[str, Field], minor: int) -> Issue:
    if one := known.get(key):
        when = f"comes with Kubernetes 1.{one.since}" if minor < one.since else f"ended with Kubernetes 1.{one.until}"
        return Issue("MW575", (*pointer, key), f"{key} {when}, and the environment's cluster has 1.{minor}")
    return Issue("MW572", (*pointer, key), f"there is no field {key} here", choices(key, known))
