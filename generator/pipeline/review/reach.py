"""What a change of files reaches: the part of two source states that has to be loaded to say what differs.

No memory of an earlier run is needed, as a fresh clone has none. Plugins are few and are all read. Of the files below
the groups' folders, those that did not change are only looked through for names: who wants to extend, use or depend
on something has to write its name. What has a name in it that the change is about is read, and so is what that needs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from generator.diagnostics import Collector
from generator.model.catalog import Catalog
from generator.model.group import Environment, Group
from generator.model.plugin import Plugin, TemplateText
from generator.model.settings import Settings
from generator.model.tree import Tree
from generator.outside.files import DEFINITION_SUFFIXES, PathChanges
from generator.pipeline import Loaded, chart_files, load_settings, read
from generator.stages import load
from generator.stages.load import Definition, Definitions
from generator.stages.resolve.templates import beside
from generator.yamlio.load import decode

_TOKEN: Final = re.compile(r"[A-Za-z0-9._\-]+")
_ENVIRONMENT: Final = "Environment"


class Sources(NamedTuple):
    """Two source states, as far as the change between them reaches."""

    base: Catalog
    head: Catalog
    groups: frozenset[str] | None
    """The groups that may be made from something else; None: any."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A tree that remembers what it has read."""

    tree: Tree
    texts: dict[str, bytes] = field(default_factory=dict)

    def files(self, *folders: str) -> Sequence[str]:
        return self.tree.files(*folders)

    def everything(self, folder: str) -> Sequence[str]:
        return self.tree.everything(folder)

    def read(self, path: str) -> bytes:
        if path not in self.texts:
            self.texts[path] = self.tree.read(path)
        return self.texts[path]


def reached(base: Tree, head: Tree, changes: PathChanges | None, found: Collector) -> Sources:
    """What to compare. Mistakes in *head* go to *found*; what *base* got wrong no longer matters.

    *changes* are the files below the definitions' folders of either side that differ; None where nobody knows.
    """
    settings = load_settings(head)
    before = Collector().attempt(lambda: load_settings(base)) or settings
    kept = _Kept(head)
    if changes is None or before != settings:
        return Sources(_whole(base, before, Collector()), _whole(kept, settings, found), None)
    return _Reach(base=base, head=kept, before=before, settings=settings, changes=changes, found=found).sources()


def _whole(tree: Tree, settings: Settings, found: Collector) -> Catalog:
    loaded = read(tree, [*tree.files(*settings.plugins), *tree.files(*settings.groups)], found)
    return load.catalog(loaded.files, loaded.templates, settings, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    base: Tree
    head: Tree
    before: Settings
    settings: Settings
    changes: PathChanges
    found: Collector

    def sources(self) -> Sources:
        """The steps, in order."""
        changed = {*self.changes.added, *self.changes.changed, *self.changes.removed}
        plugin_paths = self.head.files(*self.settings.plugins)
        plugins = read(self.head, plugin_paths, self.found)
        templates = {*plugins.templates}
        group_paths = self.head.files(*self.settings.groups)
        fresh = read(self.head, _definitions(group_paths, changed, templates), self.found)
        gone = _definitions((*self.changes.changed, *self.changes.removed), changed, templates)
        stale = read(self.base, gone, Collector())
        names = Names(path for path in group_paths if path not in changed and path not in templates)
        shared = _Shared(names, self.head, self.found, {each.path: each for each in (*plugins.files, *fresh.files)})
        old, new = list(_items(stale.files)), [one for each in (*plugins.files, *fresh.files) if each.path in changed
                                               for one in each.items]  # fmt: skip
        groups: frozenset[str] | None = None
        if any(isinstance(one, Environment) for one in (*old, *new)):
            shared.read_all()  # one more or less declared environment may mean another one to any group
        else:
            groups = shared.reach(old, new, self._plugins(old, new, plugins, changed))
            shared.read(names.having({_ENVIRONMENT}))
        unchanged = [each for path, each in shared.files.items() if path not in changed]
        current = [each for path, each in shared.files.items() if path in changed]
        head = self._catalog(self.head, [*unchanged, *current], {}, self.settings, self.found)
        folders = (*self.settings.plugins, *self.settings.groups)
        compared = "" if "." in folders else tuple(f"{folder.strip('/')}/" for folder in folders)
        same = {path: text for path, text in head.files.items() if path.startswith(compared) and path not in changed}
        base = self._catalog(self.base, [*unchanged, *stale.files], same, self.before, Collector())
        return Sources(base, head, groups)

    def _plugins(
        self, old: Sequence[Definition], new: Sequence[Definition], loaded: Loaded, changed: set[str]
    ) -> set[str]:
        """The names of plugins that are not what they were, or whose templates are not."""
        both = (*old, *new)
        texts = {one.name for one in both if isinstance(one, TemplateText)}
        names = {one.name for one in both if isinstance(one, Plugin)}
        names |= {one.plugin for one in both if isinstance(one, TemplateText) and one.carries}
        for one in _items(loaded.files):
            if isinstance(one, Plugin) and any(
                (ref.file and beside(one.place, ref.file) in changed) or ref.config_map in texts
                for ref in one.templates
            ):
                names.add(one.name)
            elif isinstance(one, Plugin) and one.chart:
                folder = beside(one.place, one.chart.path)
                if any(path == folder or path.startswith(f"{folder}/") for path in changed):
                    names.add(one.name)
        return names

    def _catalog(
        self, tree: Tree, files: Sequence[Definitions], known: Mapping[str, TemplateText], settings: Settings,
        found: Collector,
    ) -> Catalog:  # fmt: skip
        """A catalog of *files*, with the template files that its plugins name; *known* ones are those of the head."""
        plugins = [item for item in _items(files) if isinstance(item, Plugin)]
        named = load.template_files(plugins)
        texts = chart_files(tree, plugins)
        for path in named:
            if path in known:
                texts[path] = known[path]
                continue
            try:
                texts[path] = load.template_file(decode(path, tree.read(path)))
            except FileNotFoundError:
                continue  # resolving says so
        ordered = sorted(files, key=lambda each: each.path)
        return load.catalog(ordered, texts, settings, found)


class Names:
    """The words of files, to find those that may speak of something."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = list(paths)
        self._words: dict[str, frozenset[str] | None] = {}
        """By path; None for a file that may spell a name with escapes."""

    def paths(self) -> Sequence[str]:
        """All files."""
        return self._paths

    def learn(self, tree: Tree, found: Collector) -> None:
        """Look through all files, once."""
        if self._words:
            return
        for path in self._paths:
            file = found.attempt(lambda path=path: decode(path, tree.read(path)))  # type: ignore[misc]
            if file is not None and load.may_define(file.text):
                self._words[path] = None if "\\" in file.text else frozenset(_TOKEN.findall(file.text))

    def having(self, names: set[str]) -> Iterator[str]:
        """The files that any of *names* stands in, as far as one can tell."""
        return (path for path, words in self._words.items() if words is None or not names.isdisjoint(words))


class _Shared:
    """The files that both sides have, read as they are needed."""

    def __init__(self, names: Names, tree: Tree, found: Collector, files: dict[str, Definitions]) -> None:
        self._names = names
        self._tree = tree
        self._found = found
        self.files = files
        """What was read so far, by path; those of the head that changed are among them."""

    def read(self, paths: Iterable[str]) -> list[Definition]:
        """Read those of *paths* that were not: what they define."""
        more = read(self._tree, [path for path in paths if path not in self.files], self._found)
        self.files.update({each.path: each for each in more.files})
        return [*_items(more.files)]

    def read_all(self) -> None:
        """Everything there is."""
        self.read(self._names.paths())

    def reach(self, old: Sequence[Definition], new: Sequence[Definition], plugins: set[str]) -> frozenset[str]:
        """The groups that the change may make another one; what they need is read.

        Those that depend on one of these are among them: where a group goes says who must be there first.
        """
        before, after = ({one.name: one for one in side if isinstance(one, Group)} for side in (old, new))
        reached = {*before, *after}
        if reached or plugins:
            self._names.learn(self._tree, self._found)
        known = [one for one in _items(self.files.values()) if isinstance(one, Group)]
        news = reached | plugins
        while news:
            known += [one for one in self.read(self._names.having(news)) if isinstance(one, Group)]
            news = {
                one.name
                for one in known
                if one.name not in reached
                and (
                    one.extends in reached
                    or (one.plugin is not None and one.plugin.name in plugins)
                    or not reached.isdisjoint(one.depends_on or ())
                )
            }
            reached |= news
        self._need([*known, *(one for one in old if isinstance(one, Group))], reached)
        return frozenset(reached)

    def _need(self, groups: Sequence[Group], reached: set[str]) -> None:
        """Read the bases of *reached*, the groups that they depend on, and so on."""
        by_name: dict[str, list[Group]] = {}
        for one in groups:
            by_name.setdefault(one.name, []).append(one)
        waiting, seen = list(reached), set(reached)
        while waiting:
            wanted: set[str] = set()
            for name in waiting:
                for one in by_name.get(name, ()):
                    wanted |= {one.extends, *(one.depends_on or ())} - {""} - seen
            missing = wanted - by_name.keys()
            if missing:
                for item in self.read(self._names.having(missing)):
                    if isinstance(item, Group):
                        by_name.setdefault(item.name, []).append(item)
            seen |= wanted
            waiting = list(wanted)


def _definitions(paths: Iterable[str], among: set[str], templates: set[str]) -> list[str]:
    return [path for path in paths if path in among and path not in templates and path.endswith(DEFINITION_SUFFIXES)]


def _items(files: Iterable[Definitions]) -> Iterator[Definition]:
    return (item for each in files for item in each.items)
