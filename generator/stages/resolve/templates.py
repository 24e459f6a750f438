"""A plugin's templates: where their texts are, which component each belongs to, which of them a group leaves out."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile
from generator.engines import CHART
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.model.order import Operation
from generator.model.plan import ComponentPlan, TemplatePlan
from generator.model.plugin import Plugin, TemplateRef, TemplateText
from generator.stages.configmaps.keys import VERSIONS
from generator.stages.resolve import inherit
from generator.stages.resolve.choose import known
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices, nearest

if TYPE_CHECKING:
    from generator.stages.resolve.charts import PluginChart

STORAGE_KINDS = frozenset({"PersistentVolumeClaim", "PersistentVolume", "StorageClass"})
"""Kinds whose templates belong to the component `storage` where a plugin's orders name `storage` and `compute`."""


@dataclass(frozen=True, slots=True)
class _Read:
    texts: tuple[tuple[TemplateRef, TemplateText], ...]
    mistakes: tuple[Diagnostic, ...]


class Templates:
    """The templates of a catalog's plugins; what is found out about a plugin is found out once."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._known: dict[tuple[str, str], _Read] = {}
        self._hashes: dict[tuple[str, str], str] = {}
        self._charts: dict[tuple[str, str], PluginChart] = {}
        self._homes: dict[tuple[object, ...], tuple[TemplatePlan, ...]] = {}

    def plans(
        self, plugin: Plugin, chain: Sequence[Group], components: Sequence[ComponentPlan], found: Collector
    ) -> tuple[TemplatePlan, ...]:
        """What is to be rendered for the enabled *components*; exclusions that make no sense go to *found*."""
        found.extend(self._read(plugin).mistakes)
        excluded = inherit.last(chain, lambda one: one.exclude_templates) or ()
        found.extend(_bad_exclusions(plugin, chain, excluded))
        enabled = {one.name for one in components if one.enabled}
        known = (plugin.key, *(one.name for one in components))
        if known not in self._homes:
            self._homes[known] = tuple(self._at_home(plugin, {one.name for one in components}))
        return tuple(
            one
            for one in self._homes[known]
            if (one.component in enabled or (one.ref.engine == CHART and not one.component))
            and not (
                excluded
                and (one.ref.name in excluded or (one.ref.engine == CHART and _fits_any(excluded, one.ref.name)))
            )
        )

    def _at_home(self, plugin: Plugin, members: set[str]) -> Iterator[TemplatePlan]:
        """All templates in the components that they belong to, of the *members*; a chart's need not be in any."""
        for ref, text in self.texts(plugin):
            if ref.engine == CHART:
                component = next((name for name in ref.components if name in members), "")
                yield TemplatePlan(ref=ref, text=text, component=component)
                continue
            for component in home(plugin, ref, text, members):
                yield TemplatePlan(ref=ref, text=text, component=component)

    def texts(self, plugin: Plugin) -> tuple[tuple[TemplateRef, TemplateText], ...]:
        """The plugin's templates with their texts, without those whose text is not there."""
        return self._read(plugin).texts

    def mistakes(self, plugin: Plugin) -> tuple[Diagnostic, ...]:
        """What is wrong with the plugin's list of templates: texts that are not there, or there twice."""
        return self._read(plugin).mistakes

    def _read(self, plugin: Plugin) -> "_Read":
        if plugin.key not in self._known:
            found = Collector()
            beside_chart = (ref for ref in plugin.templates if ref.engine != CHART)
            pairs = found.each(lambda ref: (ref, self._text(plugin, ref)), beside_chart)
            texts = tuple((ref, text) for ref, text in pairs if text is not None)
            chart = found.attempt(lambda: self.chart(plugin))
            if chart is not None:
                from generator.stages.resolve.charts import unknown_templates

                found.extend(unknown_templates(plugin, chart))
                texts = (*texts, *chart.texts)
            self._known[plugin.key] = _Read(texts, found.sorted())
        return self._known[plugin.key]

    def chart(self, plugin: Plugin) -> "PluginChart | None":
        """The plugin's chart, if it has one.

        Raises:
            DiagnosticError: it has one that is not there, or none that can be loaded.
        """
        if plugin.chart is None:
            return None
        if plugin.key not in self._charts:
            from generator.stages.resolve.charts import plugin_chart

            self._charts[plugin.key] = plugin_chart(plugin, beside(plugin.place, plugin.chart.path), self._catalog)
        return self._charts[plugin.key]

    def hash_of(self, plugin: Plugin) -> str:
        """A short SHA-256 of the plugin's definition and of all its templates' texts."""
        if plugin.key not in self._hashes:
            digest = hashlib.sha256(plugin.digest.encode())
            for ref, text in self.texts(plugin):
                digest.update(f"\0{ref.name}\0{text.digest}".encode())
            chart = self._charts.get(plugin.key)
            if chart is not None:
                digest.update(f"\0{chart.digest}".encode())
            self._hashes[plugin.key] = digest.hexdigest()[:16]
        return self._hashes[plugin.key]

    def _text(self, plugin: Plugin, ref: TemplateRef) -> TemplateText | None:
        if ref.file:
            path = beside(plugin.place, ref.file)
            text = self._carried(plugin, ref) or self._catalog.files.get(path)
            near = nearest(ref.file, self._catalog.nearby.get(path, ()))
            hint = f'did you mean "{near}"?' if near else ""
            place = ref.place / "file"
            message = f"template {ref.name}: there is no file {path}"
        else:
            text = self._config_map(plugin, ref)
            hint = choices(ref.config_map, self._catalog.templates)
            place = ref.place / "configMapRef"
            message = f'template {ref.name}: there is no Template ConfigMap "{ref.config_map}"'
        if text is None and ("ConfigMap", ref.config_map) in self._catalog.broken:
            raise DiagnosticError
        if text is None and not ref.optional:
            raise DiagnosticError(
                Diagnostic(
                    code="MW311",
                    message=message,
                    primary=Label(place.span()),
                    hint=hint or "add it, or mark the template optional: true",
                )
            )
        return text

    def _config_map(self, plugin: Plugin, ref: TemplateRef) -> TemplateText | None:
        """The ConfigMap of that name: in the plugin's own folder first, then anywhere."""
        named = self._catalog.templates.get(ref.config_map, ())
        fitting = [text for text in named if text.plugin in ("", plugin.name)]
        own = [text for text in fitting if folder(text.file.path) == folder(plugin.place.file.path)]
        return _only(
            own or fitting,
            ref.place / "configMapRef",
            f'template {ref.name}: several Template ConfigMaps are called "{ref.config_map}"',
            "give each its own name, or keep a plugin and its templates in one folder",
        )

    def _carried(self, plugin: Plugin, ref: TemplateRef) -> TemplateText | None:
        """The file, where a ConfigMap carries it."""
        wanted = beside(Place(SourceFile("", "")), ref.file)
        fitting = [text for text in self._catalog.carried_for(plugin) if text.carries == wanted]
        return _only(
            fitting,
            ref.place / "file",
            f"template {ref.name}: several ConfigMaps carry the file {ref.file}",
            f"remove all but one, or say in their annotation {VERSIONS} whose each is",
        )


def _only(candidates: Sequence[TemplateText], place: Place, message: str, hint: str) -> TemplateText | None:
    """The only candidate, if there is any."""
    if len(candidates) > 1:
        raise DiagnosticError(
            Diagnostic(
                code="MW312",
                message=message,
                primary=Label(place.span()),
                secondary=tuple(Label(text.span(0, 0), "one of them") for text in candidates),
                hint=hint,
            )
        )
    return candidates[0] if candidates else None


def _fits_any(patterns: Sequence[str], name: str) -> bool:
    """Whether a template of a chart has a name that is excluded; only charts know such patterns."""
    from generator.stages.resolve.charts import fits

    return any(fits(pattern, name) for pattern in patterns)


def home(plugin: Plugin, ref: TemplateRef, text: TemplateText, members: set[str]) -> tuple[str, ...]:
    """The components that a template belongs to: what it says, what its ConfigMap says, or what its kind suggests."""
    if ref.components:
        return tuple(name for name in ref.components if name in members)
    if text.component:
        return (text.component,) if text.component in members else ()
    return home_of_kind(plugin, ref.type, members)


def home_of_kind(plugin: Plugin, kind: str, members: set[str]) -> tuple[str, ...]:
    """The component that objects of a kind belong to where nothing else says so."""
    named = set(plugin.orders.components())
    if {"storage", "compute"} <= named:
        return ("storage" if kind in STORAGE_KINDS else "compute",)
    first = plugin.orders.of(Operation.PROVISION)
    for name in (*(first[0] if first else ()), *(one.name for one in plugin.components)):
        if name in members:
            return (name,)
    return ()


def folder(path: str) -> str:
    """The folder of a file."""
    return path.rpartition("/")[0]


def beside(place: Place, name: str) -> str:
    """The path of a file that is named relative to the folder in which *place* stands."""
    parts: list[str] = []
    for part in f"{folder(place.file.path)}/{name}".split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _bad_exclusions(plugin: Plugin, chain: Sequence[Group], excluded: Sequence[str]) -> Iterator[Diagnostic]:
    refs = {ref.name: ref for ref in plugin.templates}
    for index, name in enumerate(excluded):
        if name in refs and refs[name].optional:
            continue
        group = next(one for one in reversed(chain) if one.exclude_templates)
        place = group.place / "spec" / "templates" / "exclude" / index
        optional = [ref.name for ref in plugin.templates if ref.optional]
        yield Diagnostic(
            code="MW316",
            message=f'template "{name}" of plugin {plugin.name} '
            + ("is not optional and cannot be excluded" if name in refs else "is not there"),
            primary=Label(place.span()),
            secondary=(Label(refs[name].place.span(), "declared here"),) if name in refs else (),
            hint=known("optional are", optional) if optional else f"plugin {plugin.name} has no optional templates",
        )
