"""What each template of a chart sees: the root values of the chart and of every chart below it.

A chart below has its part of the values for its own, and the two are the same tables: what one template sets, those
that are rendered after it see, in whichever chart they are.
"""

from collections.abc import Mapping
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.objects import Capabilities, Files, Values, chart_metadata

TEMPLATES: Final = "templates"


@dataclass(frozen=True, slots=True)
class Template:
    """A text, and what it is rendered with."""

    text: str
    dot: Values
    base_path: str
    """`.Template.BasePath`."""


def templates(chart: Chart, values: Values, release: Mapping[str, Any], cluster: Capabilities) -> dict[str, Template]:
    """All templates by their full names, such as `parent/charts/child/templates/x.yaml`.

    Args:
        chart: the outermost one, its dependencies processed.
        values: `.Values`, coalesced.
        release: `.Release`.
        cluster: `.Capabilities`.
    """
    found: dict[str, Template] = {}
    _collect(chart, chart.name, Values({"Release": release, "Capabilities": cluster, "Values": values}), found)
    return found


def _collect(chart: Chart, full: str, above: Values, found: dict[str, Template]) -> Values:
    is_root = "/" not in full
    dot = Values(
        {
            "Chart": chart_metadata(chart.metadata.all_fields(), is_root=is_root),
            "Files": Files(chart.files),
            "Release": above["Release"],
            "Capabilities": above["Capabilities"],
            "Values": above["Values"] if is_root else _part(above["Values"], chart.name),
        }
    )
    dot["Subcharts"] = {
        below.name: _collect(below, f"{full}/charts/{below.name}", dot, found).go_plain()
        for below in chart.dependencies
    }
    base_path = f"{full}/{TEMPLATES}"
    for name, content in chart.templates.items():
        if not chart.metadata.library or name.rpartition("/")[2].startswith("_"):
            found[f"{full}/{name}"] = Template(from_bytes(content), dot, base_path)
    return dot


def _part(values: Values, name: str) -> Values:
    """The values of a chart below: the same table, under Helm's type for it."""
    holder: dict[str, Any] = values
    *path, last = name.split(".")
    for step in path:
        below = holder.get(step)
        if not isinstance(below, dict):
            return Values()
        holder = below
    table = holder.get(last)
    if not isinstance(table, dict):
        return Values()
    part = Values(table)
    holder[last] = part.go_plain()
    return part
