"""The values that a component's templates see: merged layers, aliases below them, mwgen's own facts above them."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from generator.diagnostics import Collector, Diagnostic, Label
from generator.model.plan import ComponentPlan, Plan
from generator.model.values import Layer, Pointer, Value, at, dotted
from generator.stages.merge import merged, overlay
from generator.stages.schema import ValuesSchema

SYSTEM = (
    "backup",
    "component",
    "containerImages",
    "environment",
    "group",
    "image",
    "images",
    "labels",
    "monitoring",
    "name",
    "namespace",
    "runtime",
    "secrets",
    "topology",
)
"""Values that mwgen provides and nobody overrides."""

_SYSTEM = frozenset(SYSTEM)

ALIASES: dict[str, Pointer] = {
    "port": ("network", "port"),
    "serviceType": ("network", "type"),
    "storageClass": ("storage", "storageClass"),
    "storageSize": ("storage", "size"),
    "dataPath": ("storage", "mountPath"),
    "bucket": ("backup", "destination", "bucket"),
    "appName": ("name",),
}
"""Short names for values, where no layer sets them; `middlewareBin` comes from the runtime's `bin`."""

DEFAULT_DATA_PATH = "/data"


def values(plan: Plan, schema: ValuesSchema | None) -> dict[str, dict[str, Any]]:
    """The values of every component of the bundle, disabled ones included.

    Raises:
        DiagnosticError: a layer that sets what mwgen provides, a value that the *schema* refuses, or one of another
                type than its default.
    """
    found = Collector()
    found.extend(_misfits(plan))
    found.raise_errors()
    cache: dict[tuple[int, ...], dict[str, Any]] = {}
    result: dict[str, dict[str, Any]] = {}
    for component in plan.components:
        own = tuple(id(layer.data) for layer in component.layers)
        if own not in cache:
            cache[own] = merged(layer.data for layer in component.layers)
            if schema:
                found.extend(schema.misfits(cache[own], component.layers, str(plan.key)))
        result[component.name] = _complete(cache[own], plan, component)
    found.raise_errors()
    return result


def _complete(layers: Mapping[str, Any], plan: Plan, component: ComponentPlan) -> dict[str, Any]:
    """*layers* between aliases and what is the system's."""
    system = {
        "name": component.object_name,
        "namespace": plan.namespace,
        "group": plan.key.group,
        "component": component.name,
        "environment": plan.key.environment,
        "topology": plan.topology,
        "runtime": {"name": component.runtime, "version": component.runtime_version},
        "image": component.image,
        "images": component.images,
        "containerImages": component.container_images,
        "labels": plan.labels,
        "secrets": plan.secrets,
        "backup": plan.backup,
        "monitoring": plan.monitoring,
    }
    result = {**layers, **system}
    for name, pointer in ALIASES.items():
        if name not in result and (value := at(result, pointer)) is not None:
            result[name] = value
    result.setdefault("dataPath", DEFAULT_DATA_PATH)
    if component.middleware_bin:
        result.setdefault("middlewareBin", component.middleware_bin)
    return result


def chart_values(plan: Plan, values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What beats the values of the plugin's chart: the layers of all components, nulls kept, which delete defaults.

    A chart has one set of values, so what is said of one component holds for the chart. Where the plugin names values
    of the chart for what mwgen provides, those of the first component stand there.
    """
    chart = plan.plugin.chart
    if chart is None:
        return {}
    result: dict[str, Any] = reduce(overlay, (layer.data for layer in _all_layers(plan)), {})
    provided = values[plan.components[0].name]
    for pointer, source in chart.values.items():
        result = overlay(result, _nested(pointer, at(provided, source)))
    return result


def _nested(pointer: Pointer, value: Any) -> Any:
    for step in reversed(pointer):
        value = {step: value}
    return value


def _all_layers(plan: Plan) -> list[Layer]:
    """The layers of all components, in their order; what several have in common, once."""
    result: list[Layer] = []
    for component in plan.components:
        place = 0
        for layer in component.layers:
            known = next((number for number, one in enumerate(result) if one.data is layer.data), None)
            if known is None:
                result.insert(place, layer)
                place += 1
            else:
                place = known + 1
    return result


def components(plan: Plan) -> dict[str, dict[str, Any]]:
    """`.Components`: what the templates of one component may know of the others, but for their values."""
    return {
        component.name: {
            "name": component.object_name,
            "enabled": component.enabled,
            "runtime": {"name": component.runtime, "version": component.runtime_version},
        }
        for component in plan.components
    }


# --- what does not fit -----------------------------------------------------------------------------------------------


def _misfits(plan: Plan) -> Iterator[Diagnostic]:
    seen: set[int] = set()
    for component in plan.components:
        written = [layer for layer in component.layers if layer.by_plugin]
        defaults = written[0].data if len(written) == 1 else merged(layer.data for layer in written)
        for layer in component.layers:
            if id(layer.data) in seen:
                continue
            seen.add(id(layer.data))
            if plan.plugin.chart is None and not _SYSTEM.isdisjoint(layer.data):
                yield from (_reserved(layer, key, plan) for key in SYSTEM if key in layer.data)
            if not layer.by_plugin and plan.plugin.values_schema is None and not _alike(defaults, layer.data):
                for pointer, low, high in _unlike(defaults, layer.data, ()):
                    yield _misfit(layer, written, pointer, low, high, plan)


def _reserved(layer: Layer, key: str, plan: Plan) -> Diagnostic:
    hints = {
        "image": "images come from the plugin's `images`; another registry from the environment's `registries`",
        "images": "images come from the plugin's `images`; another registry from the environment's `registries`",
        "runtime": "choose it with spec.runtime",
        "labels": "set metadata.labels of the group",
        "namespace": "set metadata.namespace of the group, or the environment's",
        "topology": "choose it with spec.topology",
        "secrets": "name them in spec.secrets of the group",
        "backup": "set spec.backup of the group",
        "monitoring": "set spec.monitoring of the group",
    }
    return Diagnostic(
        code="MW331",
        message=f"{layer.name}: `{key}` is provided by mwgen and cannot be set",
        primary=Label((layer.place / key).span(key=True)),
        hint=hints.get(key, "give the value another name"),
        subject=str(plan.key) if layer.name.startswith("group") else "",
    )


def _alike(low: Mapping[str, Value], high: Mapping[str, Value]) -> bool:
    """Whether nothing of *high* has another type than in *low*, as far as classes alone tell."""
    for key, value in high.items():
        kind = value.__class__
        if isinstance(value, dict):
            below = low.get(key)
            if below is not None and not (isinstance(below, dict) and _alike(below, value)):
                return False
        elif value is not None and low.get(key, value).__class__ is not kind:
            return False
    return True


def _unlike(low: Value, high: Value, pointer: Pointer) -> Iterator[tuple[Pointer, Value, Value]]:
    """Where *high* has another type than *low*: the pointer, and both values."""
    if isinstance(low, Mapping) and isinstance(high, Mapping):
        for key, value in high.items():
            if key in low:
                yield from _unlike(low[key], value, (*pointer, key))
    elif high is not None and low is not None and _type(low) != _type(high):
        yield pointer, low, high


def _misfit(
    layer: Layer, written: Sequence[Layer], pointer: Pointer, low: Value, high: Value, plan: Plan
) -> Diagnostic:
    default = next(one for one in reversed(written) if at(one.data, pointer) is not None)
    return Diagnostic(
        code="MW332",
        message=f"{dotted(pointer)} must be {_type(low)}, not {_type(high)}",
        primary=Label(layer.place.child(*pointer).span(), f"{_type(high)} is given here"),
        secondary=(Label(default.place.child(*pointer).span(), f"the plugin's default is {_type(low)}"),),
        hint=_how_to_fit(low, high),
        field=dotted(pointer),
        subject=str(plan.key),
    )


def _how_to_fit(low: Value, high: Value) -> str:
    if isinstance(low, str) and isinstance(high, bool):
        return 'YAML reads yes, no, on and off as true and false: quote it, as in "yes"'
    if isinstance(low, str) and isinstance(high, int | float):
        return f'quote it: "{high}"'
    if isinstance(high, str) and isinstance(low, int | float) and not isinstance(low, bool) and _is_number(high):
        return f"write it without quotes: {high}"
    if isinstance(high, str) and isinstance(low, bool) and high.lower() in ("true", "false"):
        return f"write it without quotes: {high.lower()}"
    return "give a value like the default, or a valuesSchema to the plugin"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _type(value: Value) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case Mapping():
            return "a map"
        case Sequence():
            return "a list"
        case None:
            return "nothing"
