"""What `helm template` prints: the manifests of a chart as one stream, or as files."""

from collections.abc import Mapping, Sequence
from typing import Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log
from generator.engines.helm.charts.manifests import ordered, sourced, split
from generator.engines.helm.charts.match import BadPatternError, match
from generator.engines.sprig.runes import SPACE
from generator.pattern import pattern

_SOURCE: Final = pattern(r"# Source: [^/\n]+/(.+)")
_NAME: Final = pattern(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\Z")
_LONGEST_NAME: Final = 53


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a chart is to be printed."""

    crds: bool = False
    hooks: bool = True
    tests: bool = True
    only: Sequence[str] = ()
    """Patterns of names below the chart's folder; none: everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A chart's manifests, as texts with the lines that name their sources."""

    crds: Sequence[tuple[str, str]]
    """Full names of files or templates, and texts."""

    manifests: Sequence[tuple[str, str]]
    hooks: Sequence[tuple[str, str]]

    def stream(self) -> str:
        """All as one text."""
        plain = "".join(text for _, text in (*self.crds, *self.manifests))
        return plain.strip(SPACE) + "\n" + "".join(text for _, text in self.hooks)


def manifests(chart: Chart, texts: Mapping[str, str], wanted: Wanted, log: Log) -> Printed:
    """What is wanted of a rendered chart.

    Args:
        chart: the chart, its dependencies processed.
        texts: what its templates gave.
        wanted: what of it.
        log: takes warnings.

    Raises:
        ChartError: a text holds what is no YAML.
    """
    plain, hooks = ordered(texts, log)
    crds = chart.crds() if wanted.crds else ()
    return Printed(
        crds=[(path, sourced(path, from_bytes(content))) for path, content in crds],
        manifests=[(one.path, one.shown()) for one in plain],
        hooks=[(one.path, one.shown()) for one in hooks if wanted.hooks and (wanted.tests or not one.is_test)],
    )


def only(stream: str, patterns: Sequence[str]) -> str:
    """Of a stream, what was rendered from files that match a pattern, pattern by pattern.

    Raises:
        ChartError: a pattern matches nothing.
    """
    documents = [(found[1] if (found := _SOURCE.search(text)) else "", text) for text in split(stream)]
    shown: list[str] = []
    for wanted in patterns:
        matching = [text for name, text in documents if name and _matches(wanted, name)]
        if not matching:
            raise ChartError(f"could not find template {wanted} in chart", path=wanted, kind="show-only")
        shown += matching
    return "".join(f"---\n{text}\n" for text in shown)


def _matches(wanted: str, name: str) -> bool:
    try:
        return match(wanted, name)
    except BadPatternError:
        return False


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a release.

    Raises:
        ChartError: it cannot.
    """
    if not name:
        raise ChartError(f'release name check failed: release name "{name}": no name provided', kind="refused")
    if len(name) > _LONGEST_NAME or not _NAME.match(name):
        rule = "must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"
        message = f"invalid release name, {rule} and the length must not be longer than {_LONGEST_NAME}"
        raise ChartError(f'release name check failed: release name "{name}": {message}', kind="refused")


def check_installable(chart: Chart) -> None:
    """Refuse what Helm's command would not render for itself: a library, or a chart that lacks dependencies.

    Raises:
        ChartError: it is one.
    """
    from generator.engines.helm.charts.dependencies import missing

    if chart.metadata.type not in ("", "application"):
        message = f"{chart.metadata.type} charts are not installable"
        raise ChartError(message, path="Chart.yaml", kind="refused")
    lacking = missing(chart)
    if lacking:
        raise ChartError(
            "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to "
            f"fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: {', '.join(lacking)}",
            path="Chart.yaml",
            kind="dependencies",
        )
