"""Where a value comes from: the highest layer that says anything at its path, which is true while lists are whole."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.diagnostics import Span
from generator.model.plan import ComponentPlan
from generator.model.values import Layer, Pointer, Value, at
from generator.stages.project import ALIASES, SYSTEM

_VALUE = re.compile(r"\.Values((?:\.[A-Za-z_][A-Za-z0-9_]*)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A value and its story."""

    pointer: Pointer
    value: Value
    layer: Layer | None
    """The layer that won; None for what mwgen itself provides."""

    overridden: tuple[Layer, ...] = ()
    """Lower layers that say something else about it, highest first."""

    alias: Pointer = ()
    """The value that it is another name for."""


def leaves(value: Value, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Value]]:
    """Every scalar, list and empty map below *value*, with its path."""
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*pointer, key))
    else:
        yield pointer, value


def origin(component: ComponentPlan, pointer: Pointer, values: Mapping[str, Value]) -> Origin:
    """Where *component*, whose values are *values*, has the value at *pointer* from."""
    value = at(values, pointer)
    saying = [layer for layer in reversed(component.layers) if _says(layer, pointer)]
    if pointer[0] in SYSTEM:
        return Origin(pointer=pointer, value=value, layer=None)
    if not saying:
        source = ALIASES.get(str(pointer[0]), ()) if len(pointer) == 1 else ()
        return Origin(pointer=pointer, value=value, layer=None, alias=source if at(values, source) == value else ())
    return Origin(pointer=pointer, value=value, layer=saying[0], overridden=tuple(saying[1:]))


def printed(
    text: str, position: int, component: ComponentPlan, values: Mapping[str, Value]
) -> tuple[Span, bool] | None:
    """Where the value comes from that a template's action prints, and whether it is a plugin's default.

    None where the action around *position* of the template's *text* names no value, several, or one that mwgen
    provides.
    """
    opened, closed = text.rfind("{{", 0, position + 2), text.find("}}", position)
    if opened < 0 or closed < 0 or "}}" in text[opened:position]:
        return None
    named = set(_VALUE.findall(text[opened:closed]))
    if len(named) != 1:
        return None
    pointer: Pointer = tuple(named.pop().strip(".").split("."))
    layer = origin(component, pointer, values).layer
    return None if layer is None else (layer.place.child(*pointer).span(), layer.by_plugin)


def _says(layer: Layer, pointer: Pointer) -> bool:
    parent = at(layer.data, pointer[:-1]) if len(pointer) > 1 else layer.data
    return isinstance(parent, Mapping) and pointer[-1] in parent
