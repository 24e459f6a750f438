"""The door for Python programs: rendering a Helm chart. `generator` itself offers what is here, and loads it late."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.engines.helm import Capabilities, helm_text
from generator.engines.helm import TemplateError as EngineError
from generator.engines.helm import capabilities as cluster_of
from generator.engines.helm.charts.chart import below_folder, kept, load_chart, read_defaults
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.render import Release, Surroundings, render
from generator.engines.helm.charts.sources import Blame, blame
from generator.engines.helm.charts.values import helm_values
from generator.outside.chance import Machine, Seeded


class TemplateError(Exception):
    """A chart that cannot be rendered. The text is what Helm says.

    Attributes:
        message: what Helm says, with the place where it gives one.
        reason: what is wrong, in Go's words, without places.
        file: the file to blame: a template by the name that Helm gives it, such as `mychart/templates/x.yaml`. What
            `tpl` executes has no file; its call is to blame then. Empty where there is none.
        line: from 1; 0 where there is none.
        column: bytes since the start of the line, from 0, as Go counts.
        snippet: the line, and below it a mark under what is to blame; empty where there is none.
        kind: the sort of mistake: `chart` for what is wrong before any template runs, `parse`, `exec`, `function`,
            `fail`, `required`, `limit`.
    """

    def __init__(self, message: str, *, kind: str = "chart", reason: str = "", at: Blame | None = None) -> None:
        super().__init__(message)
        at = Blame() if at is None else at
        self.message = message
        self.reason = reason or message
        self.kind = kind
        self.file = at.file
        self.line = at.line
        self.column = at.column
        self.snippet = at.snippet


def render_chart(
    files: Mapping[str, str | bytes],
    values: Mapping[Any, Any] | str | None = None,
    *,
    name: str,
    namespace: str,
    capabilities: Capabilities | Mapping[str, Any] | str | None = None,
    seed: str | None = None,
) -> dict[str, str]:
    """What Helm 4.2 renders of a chart: the text of every template by name, before manifests are split and sorted.

    Args:
        files: the files of the chart's folder, by paths that start with its name: `mychart/Chart.yaml`. Files that its
            `.helmignore` names are left out; packed charts may stand in `mychart/charts/`.
        values: what beats the chart's own values, or a text of YAML. Every number is a float64, as Helm has it.
        name: of the release.
        namespace: of the release.
        capabilities: of the cluster: its version, or `{"kubeVersion": "v1.31.0", "apiVersions": ["example.com/v1"]}`,
            where API versions are in addition to those that Helm knows.
        seed: what randomness is made from; the clock then stands at 1970. Without one, both are this machine's, for
            charts that ask; all others give equal text for equal arguments.

    Returns:
        The texts of all templates, NOTES.txt among them, but not partials, by Helm's names: `mychart/templates/x.yaml`,
        `mychart/charts/redis/templates/y.yaml`.

    Raises:
        TemplateError: what Helm refuses.
    """
    provider = Machine() if seed is None else Seeded(seed)
    folder = next(iter(files), "").partition("/")[0]
    given: Mapping[str, str | bytes] = {name.partition("/")[2]: content for name, content in files.items()}
    try:
        cluster = _cluster(capabilities)
        overrides = _overrides(values)
        chart = load_chart(kept(below_folder(files)))
        try:
            return render(
                chart,
                overrides,
                Release(name=name, namespace=namespace),
                Surroundings(cluster=cluster, provider=provider, check_kube_version=False),
            )[1]
        except EngineError as error:
            at = blame(error, chart, overrides)
            raise TemplateError(helm_text(error), kind=error.kind, reason=error.message, at=at) from None
    except ChartError as error:
        raise TemplateError(str(error), at=Blame.of_chart(error, given, folder)) from None


def _overrides(values: Mapping[Any, Any] | str | None) -> dict[str, Any]:
    if values is None:
        return {}
    if isinstance(values, str):
        try:
            return read_defaults(values.encode("utf-8", "surrogateescape"))
        except ChartError as error:
            raise ChartError(str(error).replace("cannot load values.yaml", "failed to parse values", 1)) from None
    return helm_values(values)


def _cluster(wanted: Capabilities | Mapping[str, Any] | str | None) -> Capabilities:
    if wanted is None or isinstance(wanted, str):
        return _of_version(wanted, ())
    if isinstance(wanted, Capabilities):
        return wanted
    known = {key.replace("_", "").lower(): value for key, value in wanted.items()}
    version, versions = known.pop("kubeversion", None), known.pop("apiversions", ())
    known.pop("helmversion", None)
    if known:
        raise ChartError(f"capabilities: {', '.join(sorted(known))} is not known; there are kubeVersion, apiVersions")
    if isinstance(version, Mapping):
        version = version.get("Version") or version.get("version")
    return _of_version(version, versions)


def _of_version(version: str | None, more: Sequence[str]) -> Capabilities:
    try:
        cluster = cluster_of(version) if version else cluster_of()
    except ValueError as error:
        raise ChartError(f"invalid kube version '{version}': {error}") from None
    return cluster.with_more(more)
