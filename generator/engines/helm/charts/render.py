"""A chart and values into texts: what Helm's engine gives before manifests are split and sorted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.engines.gotemplate.dialect import Missing
from generator.engines.gotemplate.provider import Provider
from generator.engines.gotemplate.run import Limits
from generator.engines.helm import objects
from generator.engines.helm.charts import log as logging
from generator.engines.helm.charts import schema
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.coalesce import coalesced
from generator.engines.helm.charts.contexts import templates
from generator.engines.helm.charts.dependencies import processed
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log
from generator.engines.helm.charts.metadata import compatible
from generator.engines.helm.objects import Capabilities, Values, capabilities
from generator.engines.helm.program import compile_program
from generator.engines.helm.units import UnitStore

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
    cluster = capabilities() if around.cluster is None else around.cluster
    chart = processed(chart, values, around.log)
    given = Values(coalesced(chart, values, around.log))
    if around.check_schema:
        schema.check(chart, given, around.log)
    if around.check_kube_version:
        _check_version(chart, cluster)
    return chart, _rendered(chart, given, release, cluster, around)


def _check_version(chart: Chart, cluster: Capabilities) -> None:
    wanted = chart.metadata.kube_version
    if wanted and not compatible(wanted, cluster.kube_version.normalized):
        has = cluster.kube_version.version
        message = f"chart requires kubeVersion: {wanted} which is incompatible with Kubernetes {has}"
        raise ChartError(message, path="Chart.yaml", kind="refused")


def _rendered(
    chart: Chart, values: Values, release: Release, cluster: Capabilities, around: Surroundings
) -> dict[str, str]:
    known = objects.release(release.name, release.namespace, is_install=not release.is_upgrade)
    found = templates(chart, values, known, cluster)
    program = compile_program({name: one.text for name, one in found.items()}, missing=Missing.ZERO, store=around.store)
    run = program.run(provider=around.provider, limits=around.limits, deadline=around.deadline)
    rendered = {}
    for name in program.files:
        one = found[name]
        one.dot["Template"] = Values({"Name": name, "BasePath": one.base_path})
        rendered[name] = program.render_in(run, name, one.dot)
    return rendered
