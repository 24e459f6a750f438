"""Plugins' folders to ConfigMaps and back: which files belong to a plugin, and what an import would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.diagnostics import Collector, Diagnostic, Label, SourceFile, Span
from generator.model.catalog import Catalog
from generator.model.plugin import Plugin
from generator.model.settings import Settings
from generator.model.tree import Tree
from generator.model.values import at
from generator.stages import load
from generator.stages.configmaps import keys
from generator.stages.configmaps.unwrap import config_maps, unwrapped
from generator.stages.configmaps.wrap import Folder, Names, Object, below, wrapped
from generator.stages.resolve.templates import beside, folder
from generator.yamlio.load import decode, documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One plugin's folder as ConfigMaps."""

    title: str
    """The name of the plugin's own ConfigMap."""

    objects: tuple[Object, ...]


def exported(
    tree: Tree, catalog: Catalog, settings: Settings, plugins: Iterable[Plugin], found: Collector
) -> tuple[Exported, ...]:
    """The ConfigMaps of *plugins*, a folder after the other; mistakes go to *found*."""
    every = [one for versions in catalog.plugins.values() for one in versions]
    names = Names(catalog)
    made: list[Exported] = []
    seen: set[str] = set()
    for plugin in plugins:
        path = plugin.place.file.path
        if path in seen:
            continue
        if _is_exported(tree, path):
            found.add(_carried_already(plugin))
            continue
        for one in found.each(lambda plugin: _folder(tree, catalog, settings, plugin, every), [plugin]):
            seen |= {other.place.file.path for other in one.plugins}
            objects = wrapped(one, names, found)
            made.append(Exported(title=objects[0]["metadata"]["name"], objects=objects))
    return tuple(made)


def _is_exported(tree: Tree, path: str) -> bool:
    """Whether a file is what `plugins export` writes."""
    return any(keys.FOLDER in (one["metadata"].get("annotations") or ()) for one in config_maps(path, tree.read(path)))


def _documents(path: str, data: bytes) -> set[tuple[str, str]]:
    """Names and versions of the plugins whose documents a file holds, as they stand there."""
    found: set[tuple[str, str]] = set()
    for read in documents(decode(path, data), Collector()):
        for value, _ in load.unpacked(read.value, read.place):
            if isinstance(value, Mapping) and value.get("kind") == "Plugin":
                found.add((str(at(value, ("spec", "name"))), str(at(value, ("spec", "version"))).removeprefix("v")))
    return found


def _folder(tree: Tree, catalog: Catalog, settings: Settings, plugin: Plugin, every: Iterable[Plugin]) -> Folder:
    """The files of a plugin: all of its folder, where it has that to itself; else those that it names."""
    path = folder(plugin.place.file.path)
    inside = [one for one in every if below(one.place.file.path, path)]
    root = next((one for one in settings.plugins if path == one or below(path, one)), "")
    alone = {one.name for one in inside} == {plugin.name} and path not in (*settings.plugins, *settings.groups, "")
    if alone:
        everything = tree.everything(path)
        members = inside
    else:
        everything, members = _named(catalog, tree, plugin, inside)
    files = {below(one, path): tree.read(one) for one in sorted(everything) if below(one, path)}
    by_file: dict[str, list[Plugin]] = {}
    for one in members:
        file = one.place.file.path
        if one.key in _documents(file, tree.read(file)):
            by_file.setdefault(below(file, path), []).append(one)
    return Folder(
        path=path,
        documents={file: tuple(plugins) for file, plugins in by_file.items()},
        name=below(path, root) or ".",
        files=files,
        plugins=tuple(members),
        objects=tuple((name, value) for name, data in files.items() for value in config_maps(name, data)),
    )


def _named(catalog: Catalog, tree: Tree, plugin: Plugin, inside: Iterable[Plugin]) -> tuple[list[str], list[Plugin]]:
    """The plugin's file and those that it names; with them the plugins that stand in the same file."""
    members = [one for one in inside if one.place.file.path == plugin.place.file.path]
    paths = {plugin.place.file.path}
    for one in members:
        for ref in one.templates:
            if ref.file and beside(one.place, ref.file) in catalog.files:
                paths.add(beside(one.place, ref.file))
            paths |= {text.file.path for text in catalog.templates.get(ref.config_map, ()) if not text.carries}
    for chart in load.chart_folders(members):
        packed = chart.endswith((".tgz", ".tar.gz"))
        paths |= {chart} if packed else {*tree.everything(chart)}
    return sorted(paths), members


def _carried_already(plugin: Plugin) -> Diagnostic:
    return Diagnostic(
        code="MW263",
        message=f"plugin {plugin.name} {plugin.version} has been exported already",
        primary=Label((plugin.place / "metadata" / "name").span()),
        hint=f"copy {plugin.place.file.path}, or make a folder of it: mwgen plugins import",
    )


def imported(
    tree: Tree, settings: Settings, sources: Iterable[SourceFile], found: Collector, *, overwrite: bool
) -> dict[str, bytes]:
    """What the ConfigMaps in *sources* change below the folder of all plugins, by path relative to it.

    A file that is there and says something else is a mistake, unless *overwrite*; all mistakes go to *found*.
    """
    changes: dict[str, bytes] = {}
    root = settings.plugins[0]
    for path, data in unwrapped(sources, found).items():
        full = f"{root}/{path}"
        there = next(iter(found.each(lambda name: _there(tree, name), [full])), None)
        if there == data:
            continue
        changes[path] = data
        if there is not None and not overwrite:
            found.add(
                Diagnostic(
                    code="MW258",
                    message=f"{full} is there, and says something else",
                    primary=Label(Span(SourceFile(full, ""), 0, 0)),
                    hint="compare the two, and import with --replace where the ConfigMap's text is meant",
                )
            )
    return changes


def _there(tree: Tree, path: str) -> bytes | None:
    try:
        return tree.read(path)
    except FileNotFoundError:
        return None
