"""Helm's dialect against what Helm answers: recorded answers, and Helm itself where it is installed."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from generator.engines.helm import TemplateError, helm_text, render_chart
from tests.conformance import helm_oracle
from tests.conformance.helm_oracle import CHART, FILES, NAMESPACE, RELEASE, VECTORS, Outcome, load, templates

NAMES = sorted(path.name for path in VECTORS.glob("helm-*.json"))


def render(files: Mapping[str, str], values: Mapping[str, Any]) -> Outcome:
    """What we make of templates, by name below templates/."""
    try:
        rendered = render_chart(
            {f"templates/{name}": text for name, text in files.items()},
            deepcopy(dict(values)),
            metadata=CHART,
            other_files=FILES,
            release_name=RELEASE,
            namespace=NAMESPACE,
            provider=helm_oracle.FixedProvider(),
        )
    except TemplateError as error:
        return {}, shown(helm_text(error)).partition("\0")[0]  # errors go through strings of C
    return {name.removeprefix("c/templates/"): shown(text) for name, text in rendered.items()}, None


def shown(text: str) -> str:
    """As Helm's library hands it to Python: by way of JSON, which has no bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def rows() -> list[Any]:
    found = []
    for vector in NAMES:
        shared, cases = load(vector)
        for index, case in enumerate(cases):
            values = {**shared, **case.get("values", {})}
            title = f"{vector[5:-5]}-{index}-{case['group']}"
            found.append(pytest.param(case, values, id=title))
    return found


ROWS = rows()


@pytest.mark.parametrize(("case", "values"), ROWS)
def test_as_recorded(case: dict[str, Any], values: dict[str, Any]) -> None:
    rendered, error = render(templates(case), values)
    assert error == case.get("error")
    if error is None:
        assert (rendered if "files" in case else rendered["t.yaml"]) == case["want"]


@pytest.mark.oracle
@pytest.mark.parametrize("vector", NAMES)
def test_helm_still_says_so(vector: str) -> None:
    helm = helm_oracle.required()
    shared, cases = load(vector)
    changed = []
    for case in cases:
        rendered, error = helm(templates(case), {**shared, **case.get("values", {})})
        got = rendered if "files" in case else rendered.get("t.yaml")
        if error != case.get("error") or (error is None and got != case["want"]):
            changed.append((case, got, error))
    assert not changed
