"""Only what some groups need, out of a source that may define thousands.

Files are chosen by what stands in their text, which costs microseconds each, and only those chosen are parsed: the
groups asked for, their bases, the groups that they depend on, all environments, and their plugins with their template
ConfigMaps. What is rendered is the same as after loading everything, to the byte; only mistakes elsewhere, and objects
that another group renders too, are not seen.

Text can mislead: a name may stand in an unusual notation, a template may look like a definition. So where anything is
missing or wrong, everything is loaded, and all mistakes are told.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from generator.diagnostics import Collector, SourceFile
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.model.settings import Settings
from generator.model.tree import Tree
from generator.pipeline import Loaded, load_catalog, read
from generator.stages import load
from generator.stages.resolve.templates import beside
from generator.yamlio.locate import Place

_OURS = b"middleware.io/"
_ENVIRONMENT = b"Environment"
_PLUGIN_KINDS = (b"Plugin", b"ConfigMap")
_NAMED = rb"""(?<![\w.-])name["']?\s*:\s*["']?(?:%s)(?![\w.-])"""
_FILE = re.compile(rb"""(?<![\w.-])file["']?\s*:\s*["']?([^"'\s,}]+)""")


class Wanted(NamedTuple):
    """Which groups: by name, and all that the files below a folder define."""

    names: Collection[str] = ()
    below: str | None = None
    """Relative to the root; empty: the root itself."""


class Narrowed(NamedTuple):
    """What was found."""

    catalog: Catalog
    groups: frozenset[str]
    """The names wanted, and those of the groups below the folder that are not abstract."""


def narrowed(tree: Tree, settings: Settings, wanted: Wanted, found: Collector) -> Narrowed:
    """The part of the source that *wanted* needs; mistakes in it go to *found*."""
    paths = dict.fromkeys([*tree.files(*settings.plugins), *tree.files(*settings.groups)])
    texts = {path: data for path in paths if _OURS in (data := tree.read(path))}
    own = Collector()
    catalog = _part(tree, texts, settings, wanted, own)
    if catalog is None or own.failed:
        own = Collector()
        catalog = load_catalog(tree, settings, own)
    found.extend(own.sorted())
    return Narrowed(catalog, frozenset({*wanted.names, *_below(catalog.groups, wanted.below)}))


def _below(groups: Mapping[str, Group], folder: str | None) -> list[str]:
    """The groups to be rendered that files below *folder* define."""
    if folder is None:
        return []
    return [one.name for one in groups.values() if not one.abstract and _is_below(one.place.file.path, folder)]


def _is_below(path: str, folder: str) -> bool:
    return not folder or path.startswith(f"{folder}/")


def _part(
    tree: Tree, texts: Mapping[str, bytes], settings: Settings, wanted: Wanted, found: Collector
) -> Catalog | None:
    """The catalog of the files that are chosen; None where choosing has missed what is wanted."""
    chosen = {path for path, data in texts.items() if _ENVIRONMENT in data}
    if wanted.below is not None:
        chosen |= {path for path in texts if _is_below(path, wanted.below)}
    parts = [read(tree, sorted(chosen), found)]
    asked: set[str] = set()
    while missing := _needed(_groups(parts), wanted) - asked:
        fresh = _naming(texts, missing) - chosen
        asked |= missing
        chosen |= fresh
        parts.append(read(tree, sorted(fresh), found))
    groups = _groups(parts)
    if not asked <= groups.keys() | _broken(parts):
        return None
    chains = _chains(groups, {*wanted.names, *_below(groups, wanted.below)})
    plugins = {one.plugin.name for name in chains if (one := groups.get(name)) and one.plugin and one.plugin.name}
    parts.append(read(tree, sorted(_about(texts, plugins) - chosen), found))
    files = sorted((file for part in parts for file in part.files), key=lambda each: each.path)
    templates = {path: text for part in parts for path, text in part.templates.items()}
    catalog = load.catalog(files, templates, settings, found)
    known = {*catalog.plugins, *(name for kind, name in catalog.broken if kind == "Plugin")}
    return catalog if plugins <= known else None


def _needed(groups: Mapping[str, Group], wanted: Wanted) -> set[str]:
    """The names of the groups wanted, of those that they depend on, and of their bases, as far as *groups* tell."""
    chains = _chains(groups, {*wanted.names, *_below(groups, wanted.below)})
    return chains | {other for name in chains if name in groups for other in groups[name].depends_on or ()}


def _chains(groups: Mapping[str, Group], names: Iterable[str]) -> set[str]:
    """*names* and those of their bases, whether they are there or not."""
    reached: set[str] = set()
    waiting = [*names]
    while waiting:
        name = waiting.pop()
        if name and name not in reached:
            reached.add(name)
            waiting += [groups[name].extends] if name in groups else []
    return reached


def _groups(parts: Iterable[Loaded]) -> dict[str, Group]:
    return {item.name: item for part in parts for file in part.files for item in file.items if isinstance(item, Group)}


def _broken(parts: Iterable[Loaded]) -> set[str]:
    return {name for part in parts for file in part.files for kind, name in file.broken if kind == "Group"}


def _naming(texts: Mapping[str, bytes], names: Collection[str]) -> set[str]:
    """The files in which something is called one of *names*."""
    pattern = re.compile(_NAMED % _any_of(names))
    return {path for path, data in texts.items() if pattern.search(data)}


def _about(texts: Mapping[str, bytes], plugins: Collection[str]) -> set[str]:
    """The files that may define one of *plugins* or hold its template ConfigMaps; template files are not among them."""
    pattern = re.compile(rb"(?<![\w-])(?:%s)(?![\w-])" % _any_of(plugins))
    templates = {
        beside(Place(SourceFile(path, "")), name.decode("utf-8", "replace"))
        for path, data in texts.items()
        if _PLUGIN_KINDS[0] in data
        for name in _FILE.findall(data)
    }
    return {
        path
        for path, data in texts.items()
        if path not in templates and any(kind in data for kind in _PLUGIN_KINDS) and pattern.search(data)
    }


def _any_of(names: Collection[str]) -> bytes:
    return b"|".join(re.escape(name.encode()) for name in sorted(names))
