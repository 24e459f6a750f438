"""What has to be looked at again, from what changed and what the last run remembers.

Plugins are few and are always loaded; of groups, which are many, only those are read that a change reaches, with what
they need: their bases, the environments, and the groups that they depend on. What is rendered is the same as in a
full run, to the byte; only what nothing reaches is not looked at.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.diagnostics import Collector, Diagnostic, Label
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.group import Environment, Group
from generator.model.outcome import Outcome, Result
from generator.model.plugin import Plugin, TemplateText
from generator.model.settings import Settings
from generator.model.tree import Tree
from generator.outside import stamps
from generator.outside.files import DEFINITION_SUFFIXES, PathChanges, Snapshot
from generator.outside.index import Bundle, Definition, Edge, Memory, Update, digest
from generator.pipeline import Loaded, read
from generator.stages import load
from generator.stages.load import Definitions
from generator.stages.resolve.templates import beside

_GROUP, _ORDER, _PLUGIN, _TEMPLATE, _FILE, _CARRIED, _ENVIRONMENT = (
    "Group",
    "Order",
    "Plugin",
    "Template",
    "TemplateFile",
    "CarriedFile",
    "Environment",
)
"""Kinds in the memory. `CarriedFile` is whatever ConfigMaps carry of a plugin's folder.

`Order` is a group as others depend on it: that says when it is applied, not what it is."""


class Narrowed(NamedTuple):
    """The part of the source that changes reach."""

    loaded: Loaded
    catalog: Catalog
    bundles: frozenset[BundleKey]
    """To be made again, or to leave; those of new groups are not among them."""

    groups: frozenset[str]
    """Groups to be made again, as far as they are there."""


def narrowed(
    memory: Memory,
    tree: Tree,
    settings: Settings,
    changes: PathChanges,
    stale: Collection[BundleKey],
    found: Collector,
) -> Narrowed | None:
    """What to load and make; None where only a full run will do. Mistakes in what is loaded go to *found*."""
    changed = {*changes.added, *changes.changed}
    read_first = {*tree.files(*settings.plugins), *(path for path in changed if path.endswith(DEFINITION_SUFFIXES))}
    first = read(tree, sorted(read_first), found)
    old, new = memory.definitions(*changes.changed, *changes.removed), _defined(first, changed)
    if any(one.kind == _ENVIRONMENT for one in old ^ new):
        return None  # one more or less declared environment may mean another one to any group
    bundles = memory.bundles_affected(old | new) | {*stale}
    names = {key.group for key in bundles} | {one.name for one in old | new if one.kind == _GROUP}
    names |= _dependents(memory, old ^ new, first)
    needed = _needed(memory, names, _edges(first.files))
    environments = [Definition(_ENVIRONMENT, name) for name in memory.named(_ENVIRONMENT)]
    paths = memory.paths([*needed, *environments]) - read_first - {*changes.removed}
    rest = read(tree, sorted(paths), found)
    loaded = Loaded(
        tuple(sorted(first.files + rest.files, key=lambda each: each.path)),
        {**first.templates, **rest.templates},
        {**first.digests, **rest.digests},
    )
    catalog = load.catalog(loaded.files, loaded.templates, settings, found)
    return Narrowed(loaded, catalog, bundles, frozenset(names & catalog.groups.keys()))


def _dependents(memory: Memory, come_or_gone: Iterable[Definition], first: Loaded) -> set[str]:
    """Groups that depend on one that came, left or became abstract: whether they may do so is to be found out."""
    abstract = {item.name for each in first.files for item in each.items if isinstance(item, Group) and item.abstract}
    names = {one.name for one in come_or_gone if one.kind == _GROUP} | abstract
    return {one.name for name in names for one in memory.needing(Definition(_ORDER, name))}


def _defined(loaded: Loaded, paths: Collection[str]) -> set[Definition]:
    """What the files *paths* define now."""
    defined = {one for each in loaded.files if each.path in paths for one in _names(each)}
    return defined | {_file(path, text) for path, text in loaded.templates.items() if path in paths}


def _file(path: str, text: TemplateText) -> Definition:
    """A template file; of a chart's files, the chart: one more or less of them makes another one of it."""
    return Definition(_FILE, text.folder or path)


def _needed(memory: Memory, groups: Iterable[str], fresh: Mapping[Definition, Collection[Edge]]) -> set[Definition]:
    """The groups themselves, their bases, and whatever their order depends on."""
    waiting = [Definition(_GROUP, name) for name in groups]
    seen: set[Definition] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        # A group may stand in two files by mistake: then what either needs is needed to say so.
        edges = {*fresh.get(one, ()), *memory.edges(one)}
        waiting += [edge.target for edge in edges if edge.target.kind in (_GROUP, _ORDER)]
        waiting += [Definition(_ORDER if one.kind == _GROUP else _GROUP, one.name)]
    return {one for one in seen if one.kind == _GROUP}


# --- checks against what is not loaded -------------------------------------------------------------------------------


def strangers(memory: Memory, outcomes: Iterable[Outcome], catalog: Catalog) -> Iterator[Diagnostic]:
    """Objects that are in a bundle which was not made again, too, on the same cluster."""
    made = {one.key for one in outcomes}
    for outcome in outcomes:
        owners = memory.owners(_identities(outcome))
        for identity, owner in sorted(owners.items()):
            if owner not in made:
                place = catalog.groups[outcome.key.group].place
                what = identity.partition("|")[2]
                claimed = what in outcome.exclusive
                yield Diagnostic(
                    code="MW585" if claimed else "MW523",
                    message=f"{outcome.key} and {owner} both want {what}, on one cluster"
                    if claimed
                    else f"{what} is in {owner} and in {outcome.key}, on one cluster",
                    primary=Label((place / "metadata" / "name").span()),
                    hint="give one of them another one"
                    if claimed
                    else "give the groups different namespaces or names, or the environments different clusters",
                    subject=str(outcome.key),
                )


def _identities(outcome: Outcome) -> tuple[str, ...]:
    """What only one bundle of a cluster may have: its objects' identities, and what it wants to have alone."""
    objects = (str(one.id) for one in (outcome.lock.objects if outcome.lock else ()))
    return tuple(f"{outcome.cluster}|{one}" for one in (*objects, *outcome.exclusive))


# --- what the next run may remember ----------------------------------------------------------------------------------


def update(
    tree: Tree, loaded: Loaded, snapshot: Snapshot, result: Result, out: str, *, changes: PathChanges | None
) -> Update:
    """What to remember of a run that has written *result* into the folder *out*.

    *changes* are the inputs that an incremental run has read anew; None: the run was a full one.
    """
    fresh = snapshot.files.keys() if changes is None else {*changes.added, *changes.changed}
    defined: dict[str, set[Definition]] = {path: set() for path in fresh}
    for each in loaded.files:
        if each.path in fresh:
            defined[each.path] |= _names(each)
    for path, text in loaded.templates.items():
        if path in fresh:
            defined[path].add(_file(path, text))
    named = {one for names in defined.values() for one in names}
    there = [one for one in result.outcomes if one.lock]
    return Update(
        snapshot=snapshot,
        digests={path: loaded.digests.get(path) or digest(tree.read(path)) for path in fresh},
        definitions=defined,
        edges={one: edges for one, edges in _edges(loaded.files).items() if one in named},
        bundles={one.key: _bundle(one, out) for one in there},
        removed=tuple(one.key for one in result.outcomes if not one.lock),
        environments={one.name: stamps.stamp(out, one.files) if one.files else b"" for one in result.environments},
        whole=changes is None,
    )


def _bundle(outcome: Outcome, out: str) -> Bundle:
    lock = outcome.lock
    assert lock is not None
    return Bundle(
        plugin=lock.plugin,
        plugin_version=lock.plugin_version,
        sources=(
            Definition(_GROUP, outcome.key.group),
            Definition(_ORDER, outcome.key.group),
            Definition(_ENVIRONMENT, outcome.key.environment),
        ),
        inputs=b"",
        stamp=(outcome.kept.stamp if outcome.kept else b"") or stamps.stamp(out, lock.paths(outcome.key.folder)),
        objects=_identities(outcome),
    )


def _names(each: Definitions) -> set[Definition]:
    names = {_name(item) for item in each.items}
    names |= {Definition(_CARRIED, one.plugin) for one in each.items if isinstance(one, TemplateText) and one.carries}
    return names | {Definition(_ORDER, one.name) for one in names if one.kind == _GROUP}


def _name(item: Plugin | TemplateText | Group | Environment) -> Definition:
    match item:
        case Plugin():
            return Definition(_PLUGIN, item.name)
        case TemplateText():
            return Definition(_TEMPLATE, item.name) if item.name else Definition(_CARRIED, item.plugin)
        case Group():
            return Definition(_GROUP, item.name)
        case Environment():
            return Definition(_ENVIRONMENT, item.name)


def _edges(files: Iterable[Definitions]) -> dict[Definition, set[Edge]]:
    """What each definition needs. Versions of one plugin need what any of them does."""
    edges: dict[Definition, set[Edge]] = {}
    for item in (item for each in files for item in each.items):
        own = edges.setdefault(_name(item), set())
        if isinstance(item, Plugin):
            if item.chart or any(ref.file for ref in item.templates):
                own.add(Edge("carried", Definition(_CARRIED, item.name)))
            for ref in item.templates:
                if ref.file:
                    own.add(Edge("template", Definition(_FILE, beside(item.place, ref.file))))
                elif ref.config_map:
                    own.add(Edge("template", Definition(_TEMPLATE, ref.config_map)))
            if item.chart:
                own.add(Edge("chart", Definition(_FILE, beside(item.place, item.chart.path))))
        elif isinstance(item, Group):
            if item.extends:
                own.add(Edge("extends", Definition(_GROUP, item.extends)))
            if item.plugin and item.plugin.name:
                own.add(Edge("plugin", Definition(_PLUGIN, item.plugin.name)))
            order = edges.setdefault(Definition(_ORDER, item.name), set())
            order |= {Edge("dependsOn", Definition(_ORDER, name)) for name in item.depends_on or ()}
            if item.extends:
                order.add(Edge("extends", Definition(_ORDER, item.extends)))
    return edges
