"""Rendering the templates of one chart without subcharts, as `helm template` does before it splits and sorts."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from generator.engines.gotemplate.dialect import Missing
from generator.engines.gotemplate.provider import Provider
from generator.engines.gotemplate.run import Limits
from generator.engines.helm.objects import Capabilities, Files, Values, capabilities, chart_metadata, release
from generator.engines.helm.program import compile_program

_TEMPLATES: Final = "templates"


def render_chart(  # noqa: PLR0913 - what a chart is rendered with, all by name but two
    files: Mapping[str, str],
    values: Mapping[str, Any],
    *,
    metadata: Mapping[str, Any],
    other_files: Mapping[str, bytes] | None = None,
    release_name: str = "release-name",
    namespace: str = "default",
    cluster: Capabilities | None = None,
    missing: Missing = Missing.ZERO,
    provider: Provider | None = None,
    limits: Limits | None = None,
    deadline: Callable[[], bool] | None = None,
) -> dict[str, str]:
    """Every file that a chart renders, by name.

    Args:
        files: text by name below the chart's folder, such as `templates/x.yaml`.
        values: `.Values`, coalesced. They may be changed, if the templates do (`Program.mutates`).
        metadata: what Chart.yaml says.
        other_files: `.Files`.
        release_name: `.Release.Name`.
        namespace: `.Release.Namespace`.
        cluster: `.Capabilities`.
        missing: what becomes of missing values.
        provider: of clock and randomness.
        limits: of the whole.
        deadline: says whether the time is up.

    Raises:
        TemplateError: the first.
    """
    chart = str(metadata["name"])
    program = compile_program({f"{chart}/{name}": text for name, text in files.items()}, missing=missing)
    dot = Values(
        {
            "Capabilities": capabilities() if cluster is None else cluster,
            "Chart": chart_metadata(metadata),
            "Files": Files(other_files or {}),
            "Release": release(release_name, namespace),
            "Subcharts": {},
            "Values": values if isinstance(values, Values) else Values(values),
        }
    )
    run = program.run(provider=provider, limits=limits, deadline=deadline)
    rendered = {}
    for name in program.files:
        dot["Template"] = Values({"Name": name, "BasePath": f"{chart}/{_TEMPLATES}"})
        rendered[name] = program.render_in(run, name, dot)
    return rendered
