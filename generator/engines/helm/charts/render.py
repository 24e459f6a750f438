"""A chart and values into texts: what Helm's engine gives before manifests are split and sorted."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from generator.dataclass import dataclass, replace
from generator.engines.gotemplate.dialect import Missing
from generator.engines.gotemplate.program import execute
from generator.engines.gotemplate.provider import Provider
from generator.engines.gotemplate.run import Limits, Run
from generator.engines.gotemplate.values import NO_VALUE
from generator.engines.helm import objects
from generator.engines.helm.charts import log as logging
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.coalesce import coalesced
from generator.engines.helm.charts.contexts import Template, templates
from generator.engines.helm.charts.dependencies import processed
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log
from generator.engines.helm.charts.metadata import compatible
from generator.engines.helm.objects import Capabilities, Values, capabilities
from generator.engines.helm.program import Program, compile_program, without_no_value
from generator.engines.helm.units import UnitStore

if TYPE_CHECKING:
    from generator.engines.gotemplate.trace import Written

CHART_LIMITS: Final = Limits(steps=20_000_000, work=1 << 30, output=64 << 20)
"""What rendering a whole chart may use: the largest public ones need a fiftieth of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a chart is rendered for."""

    name: str
    namespace: str
    is_upgrade: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What rendering depends on besides chart, values and release."""

    cluster: Capabilities | None = None
    provider: Provider | None = None
    """Of clock and randomness; without one, templates that ask are refused."""

    store: UnitStore | None = None
    """Where compiled templates outlive the process."""

    limits: Limits = CHART_LIMITS
    deadline: Callable[[], bool] | None = None
    """Says whether the time is up."""

    check_schema: bool = True
    check_kube_version: bool = True
    """Whether the chart's `kubeVersion` must allow the cluster's; Helm's command asks for it, its engine does not."""

    log: Log = logging.nowhere
    """Takes warnings."""

    programs: dict[tuple[str, ...], Program] | None = None
    """Programs of the chart that were linked before, by the names of their templates; for who renders it often."""

    def on(self, cluster: Capabilities) -> "Surroundings":
        """The same on another cluster."""
        return replace(self, cluster=cluster)


DEFAULT: Final = Surroundings()


def render(
    chart: Chart, values: Mapping[str, Any], release: Release, around: Surroundings = DEFAULT
) -> tuple[Chart, dict[str, str]]:
    """The chart with its dependencies processed, and the text of every template of its but partials, by full name.

    Args:
        chart: as it was loaded.
        values: what beats its defaults, in the types of Helm's values: numbers are float64, or int64 from `--set`.
        release: what it is for.
        around: all else.

    Raises:
        ChartError: the values do not fit the chart.
        TemplateError: a template cannot be parsed or executed.
    """
    chart, found, program = _prepared(chart, values, release, around)
    run = program.run(provider=around.provider, limits=around.limits, deadline=around.deadline)
    return chart, {name: _text(run, name, found[name]) for name in program.files}


def traced(
    chart: Chart, values: Mapping[str, Any], release: Release, around: Surroundings, name: str
) -> "tuple[str, list[Written]]":
    """The text of one template, by its full name, and which place wrote what of it; several times slower.

    Raises:
        ChartError: the values do not fit the chart.
        TemplateError: a template cannot be parsed or executed.
    """
    chart, found, program = _prepared(chart, values, release, around)
    run = program.traced_run(provider=around.provider, limits=around.limits)
    for each in program.files:  # those before it may change the values that it sees
        text = _text(run, each, found[each], clean=each != name)
        if each == name:
            return without_no_value(text), run.written(text, dropped=NO_VALUE)
    raise KeyError(name)


def _prepared(
    chart: Chart, values: Mapping[str, Any], release: Release, around: Surroundings
) -> tuple[Chart, dict[str, Template], Program]:
    """The chart with its dependencies processed, what its templates see, and the program that they are."""
    cluster = capabilities() if around.cluster is None else around.cluster
    chart = processed(chart, values, around.log)
    given = Values(coalesced(chart, values, around.log))
    if around.check_schema:
        from generator.engines.helm.charts import schema

        schema.check(chart, given, around.log)
    if around.check_kube_version:
        _check_version(chart, cluster)
    known = objects.release(release.name, release.namespace, is_install=not release.is_upgrade)
    found = templates(chart, given, known, cluster)
    kept = {} if around.programs is None else around.programs
    program = kept.get((*found,))
    if program is None:
        texts = {name: one.text for name, one in found.items()}
        program = kept[*found,] = compile_program(texts, missing=Missing.ZERO, store=around.store)
    return chart, found, program


def _text(run: Run, name: str, template: Template, *, clean: bool = True) -> str:
    template.dot["Template"] = Values({"Name": name, "BasePath": template.base_path})
    text = execute(run, name, template.dot)
    return without_no_value(text) if clean else text


def _check_version(chart: Chart, cluster: Capabilities) -> None:
    wanted = chart.metadata.kube_version
    if wanted and not compatible(wanted, cluster.kube_version.normalized):
        has = cluster.kube_version.version
        message = f"chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {has}"
        raise ChartError(message, path="Chart.yaml", kind="refused")
