"""A plugin's chart: its files out of the catalog, as Helm loads them, and what its templates are called."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from generator.diagnostics import Diagnostic, DiagnosticError, Label, SourceFile
from generator.engines import CHART
from generator.engines.base import CodeStore, Program, TemplateSource, Timer
from generator.engines.faults import chart_fault
from generator.engines.gotemplate.text import to_bytes
from generator.engines.helm.charts.archive import Budget, unpacked
from generator.engines.helm.charts.chart import Chart, kept, load_chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.manifests import NOTES
from generator.engines.helm.charts.match import BadPatternError, match
from generator.engines.helm.charts.sources import Source, crds, possible
from generator.engines.helm.charts.template import check_installable
from generator.model.catalog import Catalog
from generator.model.plugin import Plugin, TemplateRef, TemplateText
from generator.yamlio.wording import choices


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginChart:
    """A chart, and its templates."""

    chart: Chart
    texts: tuple[tuple[TemplateRef, TemplateText], ...]
    """What it renders, CRDs among it: names below the chart's folder as Helm has them, with the aliases of charts."""

    sources: Mapping[str, TemplateText]
    """All templates by such names, those that only define something too."""

    files: Mapping[str, SourceFile]
    """All files, by their names below the chart's folder."""

    digest: str


def plugin_chart(plugin: Plugin, path: str, catalog: Catalog) -> PluginChart:
    """The chart at *path* of the repository, which *plugin* names.

    Raises:
        DiagnosticError: there is none, or the plugin speaks of templates that it does not have.
    """
    assert plugin.chart is not None
    files = _carried_files(plugin, path, catalog) or {
        name: text for name, text in catalog.files.items() if text.folder == path
    }
    if not files:
        folders = {text.folder for text in catalog.files.values() if text.folder}
        raise DiagnosticError(
            Diagnostic(
                code="MW224",
                message=f"there is no chart {path}",
                primary=Label(plugin.chart.place.span()),
                hint=choices(path, folders) or "name the chart's folder, relative to that of the plugin",
            )
        )
    below = {name.removeprefix(f"{path}/"): text for name, text in files.items()}
    try:
        chart = _loaded(path, below)
        check_installable(chart)
    except ChartError as error:
        raise DiagnosticError(chart_fault(error, _named(error, path, below))) from None
    found = {name: _text(source, path, below) for name, source in possible(chart).items()}
    own = crds(chart) if plugin.chart.crds else {}
    texts = {**{name: _text(source, path, below) for name, source in own.items()}, **found}
    return PluginChart(
        chart=chart,
        texts=tuple((_ref(plugin, name), texts[name]) for name in sorted(texts) if _rendered(name)),
        sources=found,
        files={name: text.file for name, text in below.items()},
        digest="\0".join(f"{name}\0{text.digest}" for name, text in sorted(below.items())),
    )


def _carried_files(plugin: Plugin, path: str, catalog: Catalog) -> dict[str, TemplateText]:
    """The files of the chart that ConfigMaps carry, as if they stood at *path*."""
    assert plugin.chart is not None
    own = plugin.chart.path
    found = {text.carries: text for text in catalog.carried_for(plugin)}
    return {
        path + name.removeprefix(own): replace(found[name], name=path + name.removeprefix(own), folder=path)
        for name in sorted(found)
        if name == own or name.startswith(f"{own}/")
    }


def chart_program(found: PluginChart, store: CodeStore | None, timer: Timer | None, budget: int) -> Program:
    """What renders the chart."""
    from generator.engines.helmchart import ChartProgram

    sources = {
        name: TemplateSource(name=text.name, text=text.text, span=text.span) for name, text in found.sources.items()
    }
    return ChartProgram(found.chart, sources, found.files, store, timer, budget)


def unknown_templates(plugin: Plugin, found: PluginChart) -> Iterator[Diagnostic]:
    """Entries of the plugin's list that are about no template of the chart."""
    names = [ref.name for ref, _ in found.texts]
    for ref in plugin.templates:
        if ref.engine == CHART and not any(fits(ref.name, name) for name in names):
            yield Diagnostic(
                code="MW225",
                message=f'the chart has no template "{ref.name}"',
                primary=Label((ref.place / "name").span()),
                hint=choices(ref.name, names) or "name a file below the chart's folder, such as templates/service.yaml",
            )


def _loaded(path: str, below: Mapping[str, TemplateText]) -> Chart:
    if [*below] == [path]:
        budget = Budget()
        return load_chart(unpacked(to_bytes(below[path].text), budget), budget=budget)
    return load_chart(kept({name: to_bytes(text.text) for name, text in below.items()}))


def _named(error: ChartError, path: str, below: Mapping[str, TemplateText]) -> dict[str, SourceFile]:
    """The file that an error is about."""
    known = below.get(error.path)
    return {error.path: known.file if known else SourceFile(f"{path}/{error.path}".rstrip("/"), "")}


def _rendered(name: str) -> bool:
    last = name.rpartition("/")[2]
    return not last.startswith("_") and not last.endswith(NOTES)


def _ref(plugin: Plugin, name: str) -> TemplateRef:
    """What the plugin says of a template of the chart; the first entry whose name or pattern fits."""
    assert plugin.chart is not None
    for one in plugin.templates:
        if one.engine == CHART and fits(one.name, name):
            return replace(one, name=name)
    return TemplateRef(name=name, engine=CHART, place=plugin.chart.place)


def fits(pattern: str, name: str) -> bool:
    """Whether a name of a chart's template is *pattern*, or matches it."""
    try:
        return pattern == name or match(pattern, name)
    except BadPatternError:
        return False


def _text(source: Source, path: str, below: Mapping[str, TemplateText]) -> TemplateText:
    """The file that a template is; one out of a packed chart has the archive's path before its own."""
    known = below.get(source.path)
    if known is not None:
        return replace(known, text=known.text.removeprefix("\ufeff"))
    name = f"{path}/{source.path}"
    digest = hashlib.sha256(to_bytes(source.text)).hexdigest()
    return TemplateText(name=name, text=source.text, digest=digest, folder=path, file=SourceFile(name, source.text))
