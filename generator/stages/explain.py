"""Where a value comes from: the highest layer that says anything at its path, which is true while lists are whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model.plan import ComponentPlan
from generator.model.values import Layer, Pointer, Value, at
from generator.stages.project import ALIASES, SYSTEM


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


def _says(layer: Layer, pointer: Pointer) -> bool:
    parent = at(layer.data, pointer[:-1]) if len(pointer) > 1 else layer.data
    return isinstance(parent, Mapping) and pointer[-1] in parent
