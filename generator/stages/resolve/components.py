"""The components of a bundle: which there are, what they run, and the layers of their values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Collector, Diagnostic, Label
from generator.model.given import Given
from generator.model.group import Environment, Group
from generator.model.plan import ComponentPlan
from generator.model.plugin import Component, Plugin, Runtime, Topology
from generator.model.values import Layer, Value
from generator.stages.resolve.given import layers as given_layers
from generator.stages.resolve.given import strangers
from generator.stages.resolve.images import rewritten
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices


class Shared:
    """What components of many groups have in common; what is found out about a plugin is found out once."""

    def __init__(self) -> None:
        self._images: dict[tuple[Any, ...], tuple[dict[str, str], dict[str, str]]] = {}
        self._defaults: dict[tuple[Any, ...], tuple[Layer, ...]] = {}

    def images(
        self, plugin: Plugin, runtime: str, version: str, environment: Environment
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """The main image of each version, and this version's images by container."""
        key = (plugin.key, runtime, version, *environment.registries.items())
        if key not in self._images:
            self._images[key] = _images(plugin, runtime, version, environment)
        return self._images[key]

    def defaults(self, plugin: Plugin, topology: Topology | None, component: Component) -> tuple[Layer, ...]:
        """The layers that are the plugin's own, lowest precedence first."""
        key = (plugin.key, topology.name if topology else None, component.name)
        if key not in self._defaults:
            self._defaults[key] = tuple(_defaults(plugin, topology, component))
        return self._defaults[key]


def components(
    shared: Shared,
    plugin: Plugin,
    topology: Topology | None,
    chain: Sequence[Group],
    environment: Environment,
    runtime: tuple[Runtime | None, str],
    given: Given,
    found: Collector,
) -> tuple[ComponentPlan, ...]:
    """The members of the topology, or all components; what the group says of one that is not there goes to *found*."""
    members = [one for one in plugin.components if topology is None or one.name in topology.components]
    names = {one.name for one in members}
    for group in chain:
        for name, override in group.components.items():
            if name not in names:
                found.add(
                    Diagnostic(
                        code="MW309",
                        message=f'plugin {plugin.name} has no component "{name}"'
                        + (f" in topology {topology.name}" if topology else ""),
                        primary=Label(override.place.span(key=True)),
                        hint=choices(name, sorted(names)),
                    )
                )
    found.extend(strangers(given, sorted(names), plugin.name))
    return tuple(_component(shared, plugin, topology, one, chain, environment, runtime, given) for one in members)


def _component(
    shared: Shared,
    plugin: Plugin,
    topology: Topology | None,
    component: Component,
    chain: Sequence[Group],
    environment: Environment,
    runtime: tuple[Runtime | None, str],
    given: Given,
) -> ComponentPlan:
    overrides = [group.components[component.name] for group in chain if component.name in group.components]
    chosen, version = runtime
    own = next((one.runtime for one in reversed(overrides) if one.runtime), None)
    if component.runtime or (own and own.name):
        chosen = plugin.runtime(own.name if own and own.name else component.runtime) or chosen
    if own and own.version:
        version = own.version
    elif chosen is not runtime[0] and chosen and version not in chosen.versions:
        version = chosen.default or (chosen.versions[-1] if chosen.versions else "")
    images, containers = shared.images(plugin, chosen.name if chosen else "", version, environment)
    group = chain[-1].name
    layers = (*shared.defaults(plugin, topology, component), *_overrides(component, chain, environment))
    return ComponentPlan(
        name=component.name,
        object_name=f"{group}-{component.name}" if component.name_suffix else group,
        enabled=next((one.enabled for one in reversed(overrides) if one.enabled is not None), component.enabled),
        runtime=chosen.name if chosen else "",
        runtime_version=version,
        image=images.get(version, ""),
        images=images,
        container_images=containers,
        middleware_bin=chosen.bin if chosen else "",
        layers=(*layers, *given_layers(given, component.name, layers)) if given.values else layers,
    )


def _defaults(plugin: Plugin, topology: Topology | None, component: Component) -> Iterator[Layer]:
    """The component's layers as the plugin has them, lowest precedence first (`docs/reference/values.md` has all)."""
    title = f"plugin {plugin.name} {plugin.version}"
    defaults = [(f"{title}, defaultValues", plugin.default_values, plugin.place / "spec")]
    if topology:
        defaults.append((f"{title}, topology {topology.name}", topology.default_values, topology.place))
    defaults.append((f"{title}, component {component.name}", component.default_values, component.place))
    for name, data, place in defaults:
        if data:
            yield Layer(name=name, data=data, place=place / "defaultValues", by_plugin=True)


def _overrides(component: Component, chain: Sequence[Group], environment: Environment) -> Iterator[Layer]:
    """The layers above those of the plugin, lowest precedence first."""
    overrides: list[tuple[str, Mapping[str, Value], Place]] = []
    if environment.place:
        overrides.append((f"environment {environment.name}", environment.values, environment.place / "spec"))
    for group in chain:
        own = f"group {group.name}"
        overrides.append((f"{own}, values", group.values, group.place / "spec"))
        part = group.components.get(component.name)
        if part:
            overrides.append((f"{own}, component {component.name}", part.values, part.place))
        overrides += [
            (f"{own}, environment {entry.name}", entry.values, entry.place)
            for entry in group.environments or ()
            if entry.name == environment.name
        ]
    for name, data, place in overrides:
        if data:
            yield Layer(name=name, data=data, place=place / "values")


def _images(
    plugin: Plugin, runtime: str, version: str, environment: Environment
) -> tuple[dict[str, str], dict[str, str]]:
    """The main image of each version, and this version's images by container."""
    by_version: dict[str, str] = {}
    containers: dict[str, str] = {}
    for key, image in plugin.images.items():
        owner, slash, number = key.rpartition("/")
        if slash and owner != runtime:
            continue
        names = {"main": image} if isinstance(image, str) else image
        moved = {name: rewritten(one, environment.registries) for name, one in names.items()}
        by_version[number] = moved.get("main") or next(iter(moved.values()), "")
        if number == version:
            containers = moved
    return by_version, containers
