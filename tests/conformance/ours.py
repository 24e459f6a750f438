"""What we make of the chart whose templates Helm's answers on record are about."""

from collections.abc import Mapping
from typing import Any

from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.metadata import metadata
from generator.engines.helm.charts.render import Release, Surroundings, render
from tests.conformance.helm_oracle import CHART, FILES, NAMESPACE, RELEASE, FixedProvider


def rendered(
    templates: Mapping[str, str], values: Mapping[str, Any], provider: FixedProvider | None = None
) -> dict[str, str]:
    """The text of every template, by name below templates/. Raises TemplateError."""
    chart = Chart(
        metadata=metadata(CHART),
        templates={f"templates/{name}": text.encode("utf-8", "surrogateescape") for name, text in templates.items()},
        files=FILES,
    )
    release = Release(name=RELEASE, namespace=NAMESPACE)
    _, texts = render(chart, values, release, Surroundings(provider=provider or FixedProvider()))
    return {name.removeprefix("c/templates/"): text for name, text in texts.items()}
