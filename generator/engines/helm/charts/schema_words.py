"""What does not fit a JSON Schema, in the words of the Go library that Helm asks (santhosh-tekuri/jsonschema).

That library gives one error for a (part of a) value, or a group of them; it looks no further where the type is wrong,
or the value is none of those allowed. The flat list of errors that we have is laid out the same way. Within a group,
Go's order is that of a map; here it is that of the properties' names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import reduce
from operator import getitem
from typing import Any, Final

from generator.engines.gotemplate.text import quote
from generator.goyaml.numbers import format_g

_ONE_STEP: Final = frozenset({"properties", "patternProperties", "prefixItems", "dependentSchemas", "dependencies"})
"""Keywords behind which a name or number stands in a path, and then a schema."""

_LISTS: Final = {"allOf": "'allOf' failed"}
_REFERENCES: Final = frozenset({"$ref", "$dynamicRef", "$recursiveRef"})
_SAME_VALUE: Final = _REFERENCES | {"then", "else"}
_DEEPER: Final = frozenset(
    {"items", "additionalProperties", "additionalItems", "contains", "unevaluatedProperties", "unevaluatedItems"}
)
"""Keywords behind which a schema stands at once: for the same value, or for one in it."""

_ALONE: Final = ("falseSchema", "type", "const", "enum", "format")
"""What is told alone, the first of them: the library stops there."""

_ORDER: Final = (
    *("$ref", "minProperties", "maxProperties", "required", "dependencies"),
    *("minItems", "maxItems", "uniqueItems", "minLength", "maxLength", "pattern"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("properties", "patternProperties", "additionalProperties", "prefixItems", "items", "additionalItems"),
    *("propertyNames", "dependentSchemas", "dependentRequired", "contains", "$dynamicRef", "$recursiveRef"),
    *("not", "allOf", "anyOf", "oneOf", "then", "else", "unevaluatedProperties", "unevaluatedItems"),
)
_RANKS: Final = {keyword: rank for rank, keyword in enumerate(_ORDER)}
_KINDS: Final = {str: "string", bool: "boolean", int: "number", float: "number", list: "array", dict: "object"}
_TYPES: Final = ("null", "boolean", "number", "integer", "string", "array", "object")
_POWERS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(slots=True)
class _Node:
    """What a schema finds wrong with a value: leaves of its own, and what the schemas in it find."""

    path: tuple[str | int, ...]
    leaves: list[Any] = field(default_factory=list)
    below: dict[tuple[Any, ...], "_Node"] = field(default_factory=dict)
    """By the steps to the schema, and the path of its value."""


@dataclass(frozen=True, slots=True)
class _Said:
    path: tuple[str | int, ...]
    message: str
    causes: Sequence["_Said"] = ()
    is_group: bool = False
    """Whether it only holds the causes together."""


def said(schema: Any, value: Any, errors: Sequence[Any], *, skip: int = 0) -> str:
    """The errors, a line each, as Helm shows them; `skip` leaves out the first steps to each."""
    root = _Node(())
    for error in errors:
        _add(root, error, _steps(error, skip))
    lines: list[str] = []
    one = _one(root, _View(schema, value))
    for told in one.causes if one.is_group else [one]:
        _write(told, 0, lines)
    return "\n".join(lines) + "\n"


def _write(one: _Said, indent: int, lines: list[str]) -> None:
    pointer = "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in one.path)
    lines.append(f"{'  ' * indent}- at {_quoted(pointer)}: {one.message}")
    for cause in one.causes:
        _write(cause, indent + 1, lines)


def _steps(error: Any, skip: int) -> list[Any]:
    """The way through the schema to what finds the error: to the keyword, or to a schema that is `false`."""
    steps = [*error.evaluation_path][skip:]
    return [*steps, "falseSchema"] if error.kind.name == "falseSchema" else steps


def _add(node: _Node, error: Any, steps: list[Any]) -> None:
    """Put an error where the schema that finds it stands, below *node*."""
    instance = (*error.instance_path,)
    at = 0
    while True:
        size, deeper = _step(steps[at:], len(instance) > len(node.path))
        if not size:
            node.leaves.append((error, steps[at]))
            return
        path = instance[: len(node.path) + deeper]
        key = (*steps[at : at + size], path)
        node = node.below.setdefault(key, _Node(path))
        at += size


def _step(steps: Sequence[Any], deeper: bool) -> tuple[int, int]:  # noqa: FBT001 - the other half of the answer
    """How many steps lead to the next schema, 0 where there is none, and how much deeper its value stands."""
    if not steps:
        return 0, 0
    keyword = steps[0]
    if keyword in ("allOf", "anyOf", "oneOf"):
        return (2, 0) if len(steps) > 2 else (0, 0)
    if keyword in ("dependentSchemas", "dependencies"):
        return (2, 0) if len(steps) > 2 else (0, 0)
    if keyword in _ONE_STEP:
        return 2, 1
    if keyword == "items" and len(steps) > 1 and isinstance(steps[1], int):
        return 2, 1
    if len(steps) > 1 and keyword in _SAME_VALUE:
        return 1, 0
    return (1, 1) if len(steps) > 1 and deeper and keyword in _DEEPER else (0, 0)


@dataclass(frozen=True, slots=True)
class _View:
    schema: Any
    value: Any

    def at(self, path: Sequence[str | int]) -> Any:
        """The part of the value at a path."""
        return reduce(getitem, path, self.value)

    def schema_at(self, path: Sequence[str | int]) -> Any:
        """The part of the schema at a path."""
        return reduce(getitem, path, self.schema)


def _told(node: _Node, view: _View) -> list[_Said]:
    """All that is said of a value by one schema."""
    for alone in _ALONE:
        for error, keyword in node.leaves:
            if error.kind.name == alone and keyword not in _OF_ALL:
                return [_leaf(error, node.path, view)]
    found: list[tuple[tuple[Any, ...], _Said]] = [
        ((_RANKS.get(keyword, 99), ""), one) for keyword, one in _leaves(node, view)
    ]
    lists: dict[str, list[_Said]] = {}
    for key, below in node.below.items():
        one = _one(below, view)
        if key[0] in _REFERENCES:
            one = replace(one, is_group=False)
        if key[0] in _LISTS:
            lists.setdefault(key[0], []).append(one)
        else:
            found.append(((_rank(key[0], node, below), str(below.path[-1:])), one))
    found += [((_RANKS[name], ""), _Said(node.path, _LISTS[name], causes)) for name, causes in lists.items()]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def _rank(keyword: str, node: _Node, below: _Node) -> int:
    """Properties are told by their names, whichever keyword speaks of them."""
    properties = ("patternProperties", "additionalProperties")
    return _RANKS["properties" if keyword in properties and below.path != node.path else keyword]


def _one(node: _Node, view: _View) -> _Said:
    told = _told(node, view)
    return told[0] if len(told) == 1 else _Said(node.path, "validation failed", told, is_group=True)


def _leaves(node: _Node, view: _View) -> Iterator[tuple[str, _Said]]:
    """What the schema itself says; properties that are missing in one sentence."""
    missing: dict[str, list[Any]] = {}
    for error, keyword in node.leaves:
        if error.kind.name == "required":
            missing.setdefault(keyword, []).append(error)
        elif error.kind.name == "falseSchema" and keyword in _OF_ALL:
            names = sorted(view.at(node.path))
            yield from ((keyword, one) for one in _OF_ALL[keyword](node.path, names))
        elif error.kind.name == "unevaluatedProperties":
            yield from ((keyword, _Said((*node.path, name), "false schema")) for name in error.kind.unexpected)
        else:
            yield keyword, _leaf(error, node.path, view)
    for keyword, errors in missing.items():
        if keyword == "required":
            quoted = _joined([error.kind.property for error in errors])
            word = "property" if len(errors) == 1 else "properties"
            yield keyword, _Said(node.path, f"missing {word} {quoted}")
        else:
            for sentence in _dependent(view.schema_at(errors[0].schema_path), view.at(node.path)):
                yield keyword, _Said(node.path, sentence)


def _unwanted(path: tuple[str | int, ...], names: Sequence[str]) -> list[_Said]:
    """What `additionalProperties: false` says where there are no `properties` beside it."""
    return [_Said(path, f"additional properties {_joined(names)} not allowed")]


def _unnamed(path: tuple[str | int, ...], names: Sequence[str]) -> list[_Said]:
    """What `propertyNames: false` says."""
    return [_Said(path, f"invalid propertyName {_quoted(name)}", (_Said(path, "false schema"),)) for name in names]


_OF_ALL: Final[Mapping[str, Callable[[tuple[str | int, ...], Sequence[str]], list[_Said]]]] = {
    "additionalProperties": _unwanted,
    "propertyNames": _unnamed,
}
"""Keywords that refuse every property where they are `false`."""


def _dependent(wanted: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    """What is missing because something else is there."""
    for name, names in sorted(wanted.items()):
        lacking = [one for one in names if one not in value] if isinstance(names, list) and name in value else ()
        if lacking:
            yield f"properties {_joined(lacking)} required, if {_quoted(name)} exists"


def _leaf(error: Any, path: tuple[str | int, ...], view: _View) -> _Said:
    kind = error.kind
    value = view.at(error.instance_path)
    if kind.name in ("anyOf", "oneOf"):
        return _choice(error, path, view)
    if kind.name == "propertyNames":
        cause = kind.error
        return _Said(path, f"invalid propertyName {_quoted(str(cause.instance))}", (_bare(cause, path),))
    words = _WORDS.get(kind.name)
    return _Said(path, words(kind, value) if words else error.message)


def _bare(error: Any, path: tuple[str | int, ...]) -> _Said:
    """An error of a value that stands nowhere: the name of a property."""
    words = _WORDS.get(error.kind.name)
    return _Said(path, words(error.kind, error.instance) if words else error.message)


def _choice(error: Any, path: tuple[str | int, ...], view: _View) -> _Said:
    kind = error.kind
    if not all(kind.context):
        both = [index for index, errors in enumerate(kind.context) if not errors][:2]
        return _Said(path, f"'oneOf' failed, subschemas {', '.join(map(str, both))} matched")
    causes = []
    length = len(error.evaluation_path) + 1
    for errors in kind.context:
        node = _Node(path)
        for one in errors:
            _add(node, one, _steps(one, length))
        causes.append(_one(node, view))
    return _Said(path, "'anyOf' failed" if kind.name == "anyOf" else "'oneOf' failed, none matched", causes)


# -- words


def _type(kind: Any, value: Any) -> str:
    got = _KINDS.get(type(value), "null")
    wanted = sorted(kind.types, key=_TYPES.index)
    return f"got {got}, want {' or '.join(wanted)}"


def _enum(kind: Any, _: Any) -> str:
    options = kind.options
    if any(isinstance(one, list | dict) for one in options):
        return "'enum' failed"
    shown = ", ".join(_shown(one) for one in options)
    return f"value must be {shown}" if len(options) == 1 else f"value must be one of {shown}"


def _const(kind: Any, _: Any) -> str:
    wanted = kind.expected_value
    return "'const' failed" if isinstance(wanted, list | dict) else f"value must be {_shown(wanted)}"


def _duplicates(_: Any, value: Any) -> str:
    for index, one in enumerate(value):
        for other in range(index):
            if value[other] == one and type(value[other]) is type(one):
                return f"items at {other} and {index} are equal"
    return "items are equal"


def _size(name: str) -> Callable[[Any, Any], str]:
    return lambda kind, value: f"{name}: got {_number(len(value))}, want {_number(kind.limit)}"


def _bound(name: str) -> Callable[[Any, Any], str]:
    return lambda kind, value: f"{name}: got {_number(value)}, want {_number(kind.limit)}"


def _unexpected(kind: Any, _: Any) -> str:
    return f"additional properties {_joined(kind.unexpected)} not allowed"


def _format(kind: Any, value: Any) -> str:
    from generator.engines.helm.charts.schema_faults import regex_fault

    reason = regex_fault(value) if kind.format == "regex" else ""
    return f"{_shown(value)} is not valid {kind.format}{': ' if reason else ''}{reason}"


_WORDS: Final[Mapping[str, Callable[[Any, Any], str]]] = {
    "additionalProperties": _unexpected,
    "const": _const,
    "contains": lambda _, __: "no items match contains schema",
    "enum": _enum,
    "exclusiveMaximum": _bound("exclusiveMaximum"),
    "exclusiveMinimum": _bound("exclusiveMinimum"),
    "falseSchema": lambda _, __: "false schema",
    "format": _format,
    "maxItems": _size("maxItems"),
    "maxLength": _size("maxLength"),
    "maxProperties": _size("maxProperties"),
    "maximum": _bound("maximum"),
    "minItems": _size("minItems"),
    "minLength": _size("minLength"),
    "minProperties": _size("minProperties"),
    "minimum": _bound("minimum"),
    "multipleOf": lambda kind, value: f"multipleOf: got {_number(value)}, want {_number(kind.multiple_of)}",
    "not": lambda _, __: "'not' failed",
    "pattern": lambda kind, value: f"{_quoted(value)} does not match pattern {_quoted(kind.pattern)}",
    "type": _type,
    "uniqueItems": _duplicates,
}


def _shown(value: Any) -> str:
    match value:
        case str():
            return _quoted(value)
        case list() | dict():
            return "value"
        case None:
            return "<nil>"
        case bool():
            return "true" if value else "false"
        case float():
            return format_g(value)
        case _:
            return str(value)


def _quoted(text: str) -> str:
    r"""Text between single quotes: `'it\'s "it"'`."""
    inner = quote(text)[1:-1].replace('\\"', '"').replace("'", "\\'")
    return f"'{inner}'"


def _joined(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _number(number: float) -> str:
    """A number as English prints it: `70,000`; from a million on, and where it is tiny, ten to some power."""
    shown = format_g(float(number))
    mantissa, exponent, power = shown.partition("e")
    if exponent:
        sign = "-" if power.startswith("-") else ""
        return f"{mantissa}\u00d710{(sign + power.lstrip('+-')).translate(_POWERS)}"
    return f"{Decimal(shown):,}"
