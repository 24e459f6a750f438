"""Which bundles there are to make, and what each is made of: Catalog → Plans."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from generator.diagnostics import Collector, Diagnostic, Label
from generator.model.bundle import BundleKey, Lock
from generator.model.catalog import Catalog
from generator.model.delivery import Delivery
from generator.model.given import Given
from generator.model.group import DeletionPolicy, Environment, Group, State
from generator.model.plan import Plan
from generator.model.plugin import Plugin
from generator.stages.merge import merged
from generator.stages.resolve import choose, inherit
from generator.stages.resolve.components import Shared, components
from generator.stages.resolve.depends import Dependencies
from generator.stages.resolve.templates import Templates
from generator.yamlio.wording import choices

Locked = Callable[[BundleKey], Lock | None]


class Resolver:
    """Makes plans out of one catalog; what it finds out about a plugin it finds out once."""

    def __init__(self, catalog: Catalog, locked: Locked, found: Collector, given: Given | None = None) -> None:
        self._catalog = catalog
        self._given = given or Given()
        self._locked = locked
        self._found = found
        self.templates = Templates(catalog)
        self._shared = Shared()
        self._dependencies = Dependencies(catalog.groups)
        self._deliveries: dict[Delivery | None, Delivery] = {}
        self.used: dict[tuple[str, str], Plugin] = {}
        """The plugins that groups got, plans with mistakes included."""

    def plans(self, groups: Iterable[Group]) -> list[Plan]:
        """The plans of *groups* that are not abstract, in all of their environments."""
        keys = (
            (chain, name)
            for chain in self._found.each(self._chain, groups)
            if not chain[-1].abstract
            for name in inherit.environments(chain)
        )
        return self._found.each(lambda key: self._plan(*key), keys)

    def _chain(self, group: Group) -> tuple[Group, ...]:
        return inherit.chain(self._catalog.groups, group, self._catalog.broken)

    def _environment(self, chain: tuple[Group, ...], name: str) -> Environment:
        """The environment, with what the caller knows of the cluster where it declares nothing about it.

        One that declares something is the same whoever asks, whatever cluster the caller sees.
        """
        declared, given = choose.environment(self._catalog, chain, name), self._given
        if declared.kube_version or declared.api_versions or not (given.kube_version or given.api_versions):
            return declared
        return replace(declared, kube_version=given.kube_version, api_versions=given.api_versions)

    def _plan(self, chain: tuple[Group, ...], environment_name: str) -> Plan:
        group = chain[-1]
        key = BundleKey(environment_name, group.name)
        found = Collector()
        environment = self._environment(chain, environment_name)
        entries = list(inherit.entries(chain, environment_name))
        tellers = list(inherit.tellers(chain, environment_name))
        runtime_ref = choose.runtime_ref(chain, environment_name)
        plugin = choose.plugin_version(
            self._catalog, group, choose.plugin_ref(chain), runtime_ref, lambda: self._locked(key)
        )
        self.used[plugin.key] = plugin
        topology = choose.topology(plugin, chain)
        runtime = plugin.runtime(runtime_ref.name if runtime_ref else "")
        version = choose.runtime_version(plugin, runtime, runtime_ref, group, found)
        parts = components(self._shared, plugin, topology, chain, environment, (runtime, version), self._given, found)
        templates = self.templates.plans(plugin, chain, parts, found)
        found.extend(_unknown_groups(self._catalog, chain))
        found.raise_errors()
        self._found.extend(found.sorted())
        stated = runtime_ref.place / "version" if runtime_ref and runtime_ref.version else None
        return Plan(
            key=key,
            namespace=next((entry.namespace for _, entry in reversed(entries) if entry.namespace), "")
            or inherit.last(chain, lambda one: one.namespace)
            or environment.namespace
            or self._given.namespace
            or "default",
            labels=_strings(chain, lambda one: one.labels),
            annotations=_strings(chain, lambda one: one.annotations),
            environment=environment,
            plugin=plugin,
            plugin_hash=self.templates.hash_of(plugin),
            topology=topology.name if topology else "",
            runtime=runtime.name if runtime else "",
            runtime_version=version,
            state=next((entry.state for _, entry in reversed(entries) if entry.state), None)
            or inherit.last(chain, lambda one: one.state)
            or State.RUNNING,
            deletion_policy=inherit.last(chain, lambda one: one.deletion_policy) or DeletionPolicy.RETAIN,
            orders=topology.orders if topology and topology.orders else plugin.orders,
            components=parts,
            templates=templates,
            secrets=merged([inherit.merged_setting(chain, lambda one: one.secrets)]),
            backup=merged([inherit.merged_setting(tellers, lambda one: one.backup)]),
            monitoring=merged([inherit.merged_setting(tellers, lambda one: one.monitoring)]),
            depends_on=inherit.depends(chain).depends_on or (),
            after=self._dependencies.of(key),
            tier=self._dependencies.tier(key),
            delivery=self._delivered(environment),
            patches=tuple(patch for one in chain for patch in one.patches),
            place=group.place,
            spec_places=tuple(one.place / "spec" if isinstance(one, Group) else one.place for one in tellers),
            runtime_place=stated or group.place / "metadata" / "name",
            runtime_stated=stated is not None,
        )

    def _delivered(self, environment: Environment) -> Delivery:
        """How bundles of the environment are delivered; the same for all of them."""
        said = environment.delivery
        if said not in self._deliveries:
            self._deliveries[said] = self._catalog.settings.delivered(said)
        return self._deliveries[said]


def _unknown_groups(catalog: Catalog, chain: Sequence[Group]) -> Iterator[Diagnostic]:
    groups, group = catalog.groups, chain[-1]
    teller = inherit.depends(chain)
    for index, name in enumerate(teller.depends_on or ()):
        other = groups.get(name)
        if other is not None and not other.abstract and name != group.name:
            continue
        if ("Group", name) in catalog.broken:
            continue
        yield Diagnostic(
            code="MW317",
            message=f'group {group.name} depends on "{name}", which '
            + ("is itself" if name == group.name else "is abstract" if other else "is not there"),
            primary=Label((teller.place / "spec" / "dependsOn" / index).span()),
            hint=choices(name, (one for one in groups if one != group.name)) or "name a group that is rendered",
        )


def _strings(chain: Sequence[Group], pick: Callable[[Group], Mapping[str, str]]) -> dict[str, str]:
    return {key: value for group in chain for key, value in pick(group).items()}
