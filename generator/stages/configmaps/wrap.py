"""A plugin's folder as ConfigMaps: nothing of it is lost, and discovery finds in them what it finds in the folder.

Each file is in one ConfigMap, byte for byte: the plugin's document in one of its own, each template that the plugin
names in a Template ConfigMap, and the rest, such as a chart or a README, together. ConfigMaps that a file of the folder
defines come along as they are, too: a plugin refers to its templates by the names of such.
"""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Collector, Diagnostic, Label, SourceFile, Span
from generator.model.catalog import Catalog
from generator.model.plugin import Plugin, TemplateRef
from generator.stages.configmaps import keys
from generator.stages.resolve.templates import beside
from generator.yamlio.locate import Place

Object = dict[str, Any]

_TEXT = re.compile(r"[\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*\Z")
"""What YAML calls printable, without the byte order mark: all else is written in base64."""

_SUBDOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\Z")
_LABEL_VALUE = re.compile(r"(?=.{1,63}\Z)[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?\Z")
_LONGEST_NAME = 253


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What is to be carried."""

    path: str
    """The folder, from the root."""

    name: str
    """The folder, relative to that of all plugins; `.` for that one itself."""

    files: Mapping[str, bytes]
    """By path relative to the folder."""

    plugins: tuple[Plugin, ...]
    """Those that its files define."""

    objects: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    """The ConfigMaps of plugins that its files define, each with its file."""

    documents: Mapping[str, tuple[Plugin, ...]]
    """By file: the plugins of which it holds the documents, rather than ConfigMaps with them."""

    @property
    def templates(self) -> dict[str, list[tuple[Plugin, TemplateRef]]]:
        """Who names each of its files as a template."""
        found: dict[str, list[tuple[Plugin, TemplateRef]]] = {}
        for plugin in self.plugins:
            for ref in plugin.templates:
                path = below(beside(plugin.place, ref.file), self.path) if ref.file else ""
                if path in self.files and path not in self.documents:
                    found.setdefault(path, []).append((plugin, ref))
        return found


class Names:
    """The names of ConfigMaps: each is given once."""

    def __init__(self, catalog: Catalog) -> None:
        self._taken = {*catalog.templates}
        self._plugins = Counter(one.object_name for versions in catalog.plugins.values() for one in versions)

    def of(self, plugin: Plugin, what: str) -> str:
        """The name of the ConfigMap of a plugin; several plugins of one name are told apart by version."""
        shared = self._plugins[plugin.object_name] > 1
        return self.name(f"{plugin.object_name}-{plugin.version}" if shared else plugin.object_name, what)

    def name(self, wanted: str, what: str) -> str:
        """*wanted* as a name that Kubernetes allows; where it is long or taken, with a hash of *what*."""
        found = wanted if _SUBDOMAIN.match(wanted) else _slug(wanted) or "plugin"
        if found in self._taken or len(found) > _LONGEST_NAME:
            mark = hashlib.sha256(what.encode()).hexdigest()[:8]
            found = f"{found[: _LONGEST_NAME - 9].rstrip('-.')}-{mark}"
        self._taken.add(found)
        return found


def wrapped(folder: Folder, names: Names, found: Collector) -> tuple[Object, ...]:
    """The ConfigMaps of *folder*, the plugins' own first; what cannot be carried goes to *found*."""
    found.extend(_mistakes(folder))
    base: dict[str, str] = {}
    made: list[Object] = []
    whose = {keys.FOLDER: folder.name, keys.COUNT: str(len(folder.files))}
    for path, plugins in folder.documents.items():
        first = plugins[0]
        name = names.of(first, f"{folder.path}/{path}")
        for plugin in plugins:
            base.setdefault(plugin.name, name)
        made.append(
            _object(
                name,
                {keys.PLUGIN_LABEL: first.name, **_version(first)},
                whose,
                {keys.key_of(path): folder.files[path]},
            )
        )
    for plugin in folder.plugins:
        base.setdefault(plugin.name, plugin.object_name)
    for path, users in folder.templates.items():
        for plugin in {plugin.name: plugin for plugin, _ in users}.values():
            refs = [ref for one, ref in users if one.name == plugin.name]
            versions = sorted({one.version for one, _ in users if one.name == plugin.name})
            made.append(
                _object(
                    names.name(f"{base[plugin.name]}-{_slug(path)}", f"{plugin.name} {folder.path}/{path}"),
                    {
                        keys.PLUGIN_LABEL: plugin.name,
                        **_version(plugin),
                        **({keys.TEMPLATE_LABEL: refs[0].name} if _LABEL_VALUE.match(refs[0].name) else {}),
                    },
                    {**whose, keys.FILE: path, keys.VERSIONS: " ".join(versions)},
                    {keys.TEMPLATE_KEY: folder.files[path]},
                )
            )
    made += [_as_it_is(one, {**whose, keys.DEFINED_IN: path}) for path, one in folder.objects]
    first = folder.plugins[0]
    rest = {path: data for path, data in folder.files.items() if path not in {*folder.documents, *folder.templates}}
    for group in _packed(rest):
        made.append(
            _object(
                names.name(f"{base[first.name]}-files", f"{folder.path} {next(iter(group))}"),
                {keys.PLUGIN_LABEL: first.name, **_version(first), keys.FILES_LABEL: "true"},
                {
                    **whose,
                    keys.VERSIONS: " ".join(sorted({one.version for one in folder.plugins if one.name == first.name})),
                },
                {keys.key_of(path): data for path, data in group.items()},
            )
        )
    return tuple(made)


def below(path: str, folder: str) -> str:
    """*path* relative to *folder*; empty where it is not below it."""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else ""


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")


def _object(name: str, labels: Mapping[str, str], annotations: Mapping[str, str], held: Mapping[str, bytes]) -> Object:
    made: Object = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name, "labels": dict(labels), "annotations": dict(annotations)},
    }
    for key, data in held.items():
        text = _text(data)
        if text is not None:
            made.setdefault("data", {})[key] = text
        else:
            made.setdefault("binaryData", {})[key] = base64.b64encode(data).decode()
    return made


def _as_it_is(value: Mapping[str, Any], whose: Mapping[str, str]) -> Object:
    """A ConfigMap as its file has it, and whose it is."""
    metadata = value["metadata"]
    annotations = {**(metadata.get("annotations") or {}), **whose}
    kept = {name: metadata[name] for name in ("name", "namespace", "labels") if name in metadata}
    rest = {name: value[name] for name in ("data", "binaryData", "immutable") if name in value}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {**kept, "annotations": annotations}, **rest}


def _text(data: bytes) -> str | None:
    """*data* as a text that YAML carries as it is; None where it is none."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    return text if _TEXT.match(text) else None


def _version(plugin: Plugin) -> dict[str, str]:
    said = plugin.labels.get(keys.VERSION_LABEL, f"v{plugin.version}").replace("+", "_")
    return {keys.VERSION_LABEL: said} if _LABEL_VALUE.match(said) else {}


def _packed(files: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
    """*files* in portions that a ConfigMap can hold."""
    group: dict[str, bytes] = {}
    size = 0
    for path, data in files.items():
        if group and size + len(data) > keys.LARGEST:
            yield group
            group, size = {}, 0
        group[path] = data
        size += len(data)
    if group:
        yield group


def _mistakes(folder: Folder) -> Iterable[Diagnostic]:
    for path, data in folder.files.items():
        place = Label(Span(SourceFile(f"{folder.path}/{path}".lstrip("/"), ""), 0, 0))
        if len(data) > keys.LARGEST:
            yield Diagnostic(
                code="MW255",
                message=f"{path} has {len(data)} bytes; a ConfigMap holds at most {keys.LARGEST}",
                primary=place,
                hint=_split(folder, path),
            )
        if path not in folder.templates and len(keys.key_of(path)) > keys.LONGEST_KEY:
            yield Diagnostic(
                code="MW256",
                message=f"the path {path} makes a key of {len(keys.key_of(path))} characters; "
                f"a ConfigMap's have at most {keys.LONGEST_KEY}",
                primary=place,
                hint="give the file, or the folders around it, shorter names",
            )
    for plugin in folder.plugins:
        yield from _outside(folder, plugin)


def _split(folder: Folder, path: str) -> str:
    if path in folder.documents:
        return "split the plugin: move texts into template files, and other documents into files of their own"
    if path in folder.templates:
        return "split the template into several, each with an entry in templates"
    if path.endswith((".tgz", ".tar.gz")):
        return "unpack the chart: its files are carried one by one"
    return "split the file, or move what no plugin needs out of the folder"


def _outside(folder: Folder, plugin: Plugin) -> Iterator[Diagnostic]:
    named: list[tuple[str, Place]] = [(ref.file, ref.place / "file") for ref in plugin.templates if ref.file]
    for name, place in named:
        path = beside(plugin.place, name)
        if not below(path, folder.path):
            yield Diagnostic(
                code="MW257",
                message=f"{path} is not below {folder.path or 'the root'}, the plugin's folder",
                primary=Label(place.span()),
                hint="move or copy the file into the plugin's folder, and name it there",
            )
        elif not keys.is_safe(below(path, folder.path)):
            yield Diagnostic(
                code="MW262",
                message=f"an import would refuse {below(path, folder.path)}: it is hidden",
                primary=Label(place.span()),
                hint="give the file, or the folder that it is in, a name that does not begin with a dot",
            )


__all__ = ["Folder", "Names", "below", "wrapped"]
