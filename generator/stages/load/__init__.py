"""From files to a catalog: definitions are found by what they say, wherever they stand.

A definition is a document of `middleware.io/v1alpha1`, or a ConfigMap labelled `middleware.io/plugin` that holds a
Plugin or a template. Lists, as `kubectl get -o yaml` prints them, are unpacked. Everything else is none of ours.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile
from generator.model.catalog import Catalog
from generator.model.group import Environment, Group
from generator.model.plugin import Plugin, TemplateText
from generator.model.settings import Settings
from generator.model.values import at
from generator.stages.configmaps.keys import (
    COMPONENT_LABEL,
    FILE,
    FILES_LABEL,
    PLUGIN_LABEL,
    TEMPLATE_KEY,
    VERSIONS,
    Content,
    contents,
    is_safe,
    path_of,
)
from generator.stages.load.environment import environment
from generator.stages.load.fields import API_VERSION
from generator.stages.load.group import group
from generator.stages.load.plugin import plugin
from generator.stages.resolve import versions as semver
from generator.stages.resolve.templates import beside
from generator.yamlio.cursor import Cursor, decode
from generator.yamlio.load import decode as decode_text
from generator.yamlio.load import documents
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices

FUNCTION_CONFIG = "MwgenGenerator"
"""The configuration of a function, which asks for bundles and defines nothing."""

_OURS = re.compile(r"middleware\.io/")
_HOLDS_PLUGIN = re.compile(
    r"""(?:^|\\n)\s*\\?["']?kind\\?["']?\s*:\s*\\?["']?Plugin\\?["']?\s*,?\s*(?:$|\\[nr])""", re.MULTILINE
)
"""On a line of its own, if only within a text in quotes."""

_KINDS: dict[str, Callable[[Cursor], Any]] = {"Plugin": plugin, "Group": group, "Environment": environment}

Definition = Plugin | TemplateText | Group | Environment


@dataclass(frozen=True, slots=True)
class Definitions:
    """What one file defines."""

    path: str
    items: tuple[Definition, ...]
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kind and name of what it defines with mistakes: whoever refers to it need not be told that it is not there."""


def may_define(text: str) -> bool:
    """Whether it is worth while to parse a file: a definition names our API group somewhere."""
    return _OURS.search(text) is not None


def may_hold_plugin(text: str) -> bool:
    """Whether a file may hold a plugin, whose template files must be known before other files are read."""
    return _HOLDS_PLUGIN.search(text) is not None


def definitions(file: SourceFile, found: Collector) -> Definitions:
    """What *file* defines; mistakes go to *found*, and what has none is there all the same."""
    items: list[Definition] = []
    broken: set[tuple[str, str]] = set()
    for read in documents(file, found):
        for value, place in unpacked(read.value, read.place):
            if isinstance(value, Mapping):
                made = _definition(value, place, found)
                items += made
                broken |= set() if made else _claimed(value)
    return Definitions(file.path, tuple(items), frozenset(broken))


def _claimed(value: Mapping[str, Any]) -> set[tuple[str, str]]:
    """What a document that could not be read says that it is."""
    kind = value.get("kind")
    if kind == "ConfigMap":
        name, labels = at(value, ("metadata", "name")), at(value, ("metadata", "labels"))
        ours = isinstance(labels, Mapping) and PLUGIN_LABEL in labels
        return {(kind, name)} if ours and isinstance(name, str) else set()
    name = at(value, ("spec", "name") if kind == "Plugin" else ("metadata", "name"))
    return {(kind, name)} if isinstance(kind, str) and kind in _KINDS and isinstance(name, str) else set()


def unpacked(value: Any, place: Place) -> Iterator[tuple[Any, Place]]:
    """The objects of a document: itself, or the items of a list."""
    if isinstance(value, Mapping) and str(value.get("kind")).endswith("List") and isinstance(value.get("items"), list):
        for number, item in enumerate(value["items"]):
            yield item, place / "items" / number
    else:
        yield value, place


def _definition(value: Mapping[str, Any], place: Place, found: Collector) -> list[Any]:
    api_version, kind = value.get("apiVersion"), value.get("kind")
    if kind == "ConfigMap" and api_version == "v1":
        return _config_map(value, place, found)
    if not isinstance(api_version, str) or not api_version.startswith("middleware.io/"):
        return []
    if api_version != API_VERSION:
        Cursor(api_version, place / "apiVersion", found).fail(
            f'mwgen does not know "{api_version}"', code="MW205", hint=f"write {API_VERSION}"
        )
        return []
    if kind == FUNCTION_CONFIG:
        return []
    if not isinstance(kind, str):
        Cursor(value, place, found).field("kind", str)
        return []
    if kind not in _KINDS:
        Cursor(kind, place / "kind", found).fail(
            f'{API_VERSION} has no kind "{kind}"', code="MW206", hint=choices(kind, _KINDS)
        )
        return []
    result = decode(value, place, _KINDS[kind], found)
    return [] if result is None else [result]


# --- ConfigMaps ------------------------------------------------------------------------------------------------------


def _config_map(value: Mapping[str, Any], place: Place, found: Collector) -> list[Any]:
    metadata = value.get("metadata")
    labels = metadata.get("labels") if isinstance(metadata, Mapping) else None
    if not isinstance(metadata, Mapping) or not isinstance(labels, Mapping) or PLUGIN_LABEL not in labels:
        return []
    held: dict[str, Content] = {}
    for one in contents(value):
        if isinstance(one, str):
            _unreadable(place / "binaryData" / one, f"binaryData.{one} is no base64", found)
        else:
            held.setdefault(one.key, one)
    if labels.get(FILES_LABEL) == "true":
        return [each for one in held.values() for each in _carried(one, metadata, labels, place, found)]
    if TEMPLATE_KEY in held:
        return found.each(lambda one: _template(one, metadata, labels, place), [held[TEMPLATE_KEY]])
    texts = {one: decode_text(place.file.path, one.data).text for one in held.values() if _is_text(one.data)}
    wrapped = {one: text for one, text in texts.items() if may_hold_plugin(text)}
    only = next(iter(held.values())) if len(held) == 1 else None
    if wrapped:
        return [each for one, text in wrapped.items() for each in _wrapped(one, text, place, found)]
    Cursor(None, place, found).fail(
        f"the ConfigMap is labelled {PLUGIN_LABEL} but holds neither a plugin nor a template",
        code="MW207",
        hint=f"call the key {only.key} {TEMPLATE_KEY}, if it is a template"
        if only
        else f"put a template under data.{TEMPLATE_KEY}, or a Plugin document under any key",
    )
    return []


def _template(one: Content, metadata: Mapping[str, Any], labels: Mapping[str, Any], place: Place) -> TemplateText:
    """A Template ConfigMap. What stands in binaryData is read as a file is: it may be UTF-16, or have a mark."""
    annotations = metadata.get("annotations")
    carried = str(annotations.get(FILE, "")) if isinstance(annotations, Mapping) else ""
    in_data = one.field == "data"
    file = place.file if in_data else decode_text(_inner_path(place, carried or one.key), one.data)
    text = one.data.decode("utf-8", "surrogatepass") if in_data else file.text
    return TemplateText(
        name=str(metadata.get("name", "")),
        text=text,
        component=str(labels.get(COMPONENT_LABEL, "")),
        plugin=str(labels.get(PLUGIN_LABEL, "")),
        digest=digest(text),
        carries=carried,
        versions=_versions(annotations),
        file=file,
        place=place / "data" / TEMPLATE_KEY if in_data else None,
    )


def _carried(
    one: Content, metadata: Mapping[str, Any], labels: Mapping[str, Any], place: Place, found: Collector
) -> list[TemplateText]:
    """A file that a ConfigMap of files carries."""
    path = path_of(one.key)
    if path is None or not is_safe(path):
        _unreadable(place / one.field / one.key, f'"{one.key}" stands for no file of a plugin', found)
        return []
    text = chart_file(_inner_path(place, path), one.data, "")
    annotations = metadata.get("annotations")
    return [
        replace(text, name="", plugin=str(labels.get(PLUGIN_LABEL, "")), carries=path, versions=_versions(annotations))
    ]


def _versions(annotations: Any) -> frozenset[str]:
    return frozenset(str(annotations.get(VERSIONS, "")).split()) if isinstance(annotations, Mapping) else frozenset()


def _inner_path(place: Place, path: str) -> str:
    """What errors call a file that stands in a ConfigMap, and has no lines there."""
    return f"{place.file.path}#{path}"


def _unreadable(place: Place, message: str, found: Collector) -> None:
    Cursor(None, place, found).fail(
        message, code="MW262", hint="export the plugin again: mwgen plugins export writes such ConfigMaps"
    )


def _is_text(data: bytes) -> bool:
    try:
        decode_text("", data)
    except DiagnosticError:
        return False
    return True


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _wrapped(one: Content, text: str, place: Place, found: Collector) -> list[Any]:
    """The Plugin inside a ConfigMap's value."""
    place = place / one.field / one.key
    return [
        each
        for read in documents(_inner_file(text, place), found)
        if isinstance(read.value, Mapping)
        for each in _definition(read.value, read.place, found)
        if isinstance(each, Plugin)
    ]


def _inner_file(text: str, place: Place) -> SourceFile:
    """The text inside a block scalar as a file of its own whose lines and columns are those of the file around it.

    A literal block is the inner documents indented throughout, which read the same once the marks between them are not;
    with the lines before it emptied, every place in it has its true line and column. A text in quotes cannot be had
    that way: its places count from its own start.
    """
    outer = place.file
    span = place.span()
    first, _ = outer.position(span.start)
    last, _ = outer.position(span.end)
    lines = outer.text.split("\n")[first : max(last, first + 1)]
    block = "\n".join(lines)
    if outer.text[span.start : span.start + 1] == "|" and _dedented(block) == text.rstrip("\n"):
        return SourceFile(outer.path, "\n" * first + _parted(block) + "\n")
    return SourceFile(outer.path, text)


def _dedented(block: str) -> str:
    indent = _indent(block)
    return "\n".join(line.rstrip("\r")[indent:] for line in block.split("\n")).rstrip("\n")


def _parted(block: str) -> str:
    """A block with the marks between its documents at the start of their lines, where alone they are marks."""
    return re.sub(rf"^ {{{_indent(block)}}}(---|\.\.\.)(?=\s|$)", r"\1", block, flags=re.MULTILINE)


def _indent(block: str) -> int:
    return min((len(line) - len(line.lstrip(" ")) for line in block.split("\n") if line.strip()), default=0)


# --- the whole -------------------------------------------------------------------------------------------------------


def template_files(plugins: Iterable[Plugin]) -> dict[str, Plugin]:
    """The paths of the files that plugins name as templates: they are no definitions, whatever they look like."""
    return {beside(one.place, ref.file): one for one in plugins for ref in one.templates if ref.file}


def chart_folders(plugins: Iterable[Plugin]) -> dict[str, Plugin]:
    """The folders, or packed files, that plugins name as charts."""
    return {beside(one.place, one.chart.path): one for one in plugins if one.chart}


def chart_file(path: str, data: bytes, folder: str) -> TemplateText:
    """A file of a chart; what is no UTF-8 in it stands as Python's surrogates."""
    text = data.decode("utf-8", "surrogateescape")
    return TemplateText(
        name=path,
        text=text,
        digest=hashlib.sha256(data).hexdigest(),
        folder=folder,
        file=SourceFile(path, text.removeprefix("\ufeff")),
    )


def template_file(file: SourceFile) -> TemplateText:
    """A template that stands in a file of its own."""
    return TemplateText(name=file.path, text=file.text, digest=digest(file.text), file=file)


def catalog(
    found_in: Collection[Definitions],
    files: Mapping[str, TemplateText],
    settings: Settings,
    found: Collector,
    nearby: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> Catalog:
    """Everything by what refers to it; two definitions of one thing are mistakes."""
    plugins: dict[str, list[Plugin]] = {}
    templates: dict[str, list[TemplateText]] = {}
    carried: dict[str, list[TemplateText]] = {}
    groups: dict[str, Group] = {}
    environments: dict[str, Environment] = {}
    seen: dict[tuple[str, str], Plugin] = {}
    for item in (item for each in found_in for item in each.items):
        match item:
            case Plugin():
                if _first(seen, item.key, item, f"plugin {item.name} {item.version}", found):
                    plugins.setdefault(item.name, []).append(item)
            case TemplateText():
                if item.name:
                    templates.setdefault(item.name, []).append(item)
                if item.carries:
                    carried.setdefault(item.plugin, []).append(item)
            case Group():
                _first(groups, item.name, item, f"group {item.name}", found)
            case Environment():
                _first(environments, item.name, item, f"environment {item.name}", found)
    return Catalog(
        plugins={
            name: tuple(sorted(versions, key=lambda one: semver.order(one.version)))
            for name, versions in sorted(plugins.items())
        },
        templates={name: tuple(texts) for name, texts in sorted(templates.items())},
        files=files,
        nearby=nearby,
        carried={name: tuple(texts) for name, texts in sorted(carried.items())},
        groups=dict(sorted(groups.items())),
        environments=dict(sorted(environments.items())),
        settings=settings,
        broken=frozenset(one for each in found_in for one in each.broken),
    )


def _first(known: dict[Any, Any], key: Any, item: Plugin | Group | Environment, title: str, found: Collector) -> bool:
    """Whether *item* is the first of its *key*; a second one is reported, with the place of the first."""
    if key not in known:
        known[key] = item
        return True
    assert item.place is not None
    found.add(
        Diagnostic(
            code="MW208",
            message=f"{title} is defined twice",
            primary=Label((item.place / "metadata" / "name").span()),
            secondary=(Label((known[key].place / "metadata" / "name").span(), "it is also defined here"),),
            hint="remove one of them, or give it another name",
        )
    )
    return False
