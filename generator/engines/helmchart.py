"""Helm charts under mwgen's protocol: a chart is rendered whole, and each of its templates is a part of the result.

What holds for charts holds here: a missing value is nothing, templates may change the values that later ones see. What
holds for plugins holds too: clock and randomness are refused, and no cluster is looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.diagnostics import DiagnosticError, SourceFile
from generator.engines.base import RenderContext, RenderedLine, TemplateSource, Timer, deadline
from generator.engines.faults import chart_fault, template_fault
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm import TemplateError, UnitStore, capabilities
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.render import CHART_LIMITS, Release, Surroundings, render, traced
from generator.engines.helm.charts.values import helm_values

CRDS = "crds/"

CHART_SECONDS = 10.0
"""Processor time that a whole chart may take, times the plugin's budget."""


class ChartProgram:
    """A chart. Where it is rendered for one bundle, its templates are asked for one after the other."""

    def __init__(
        self,
        chart: Chart,
        sources: Mapping[str, TemplateSource],
        files: Mapping[str, SourceFile],
        store: UnitStore | None = None,
        timer: Timer | None = None,
        budget: int = 1,
    ) -> None:
        """Be ready to render.

        Args:
            chart: as it was loaded.
            sources: its templates, by Helm's names without the chart's own.
            files: other files that errors may be about, by their names below the chart's folder.
            store: where compiled templates outlive the process.
            timer: the clock that bounds a rendering.
            budget: how many times the usual limits a rendering may use.
        """
        self._chart = chart
        self._sources = {f"{chart.name}/{name}": source for name, source in sources.items()}
        self._files = files
        self._around = Surroundings(store=store, programs={}, limits=CHART_LIMITS.times(budget))
        self._timer = timer
        self._seconds = CHART_SECONDS * budget
        self._latest: tuple[Any, str, str, dict[str, str]] | None = None
        """The values, name and namespace that the chart was rendered for last, and what it gave."""

    def render(self, template: str, context: RenderContext) -> str:
        """The text that a template gives; of a file in crds/, the file itself."""
        return self._rendered(context).get(f"{self._chart.name}/{template}", "")

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The text, and which place wrote what."""
        name = f"{self._chart.name}/{template}"
        known = self._rendered(context)
        if name not in self._sources or name not in known:
            return known.get(name, ""), ()
        values, release, around = self._asked(context)
        text, written = traced(self._chart, values, release, around, name)
        lead = f"{self._chart.name}/"
        return text, [
            RenderedLine(offset=one.offset, template=one.name.removeprefix(lead), position=one.pos) for one in written
        ]

    def _rendered(self, context: RenderContext) -> dict[str, str]:
        latest = self._latest
        wanted = (context.chart_values, context.name, context.namespace)
        if latest is not None and latest[0] is wanted[0] and latest[1:3] == wanted[1:]:
            return latest[3]
        values, release, around = self._asked(context)
        try:
            chart, texts = render(self._chart, values, release, around)
        except TemplateError as error:
            raise DiagnosticError(template_fault(error, self._sources)) from None
        except ChartError as error:
            raise DiagnosticError(chart_fault(error, self._files)) from None
        texts |= {name: from_bytes(content) for name, content in chart.crds()}
        self._latest = (*wanted, texts)
        return texts

    def _asked(self, context: RenderContext) -> tuple[dict[str, Any], Release, Surroundings]:
        cluster = capabilities(
            **({"version": context.kube_version} if context.kube_version else {}),
            api_versions=context.api_versions or None,
        )
        release = Release(name=context.name, namespace=context.namespace)
        around = replace(self._around, cluster=cluster, deadline=deadline(self._timer, self._seconds))
        return helm_values(context.chart_values), release, around
