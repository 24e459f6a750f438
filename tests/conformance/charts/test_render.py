"""`generator.render_chart` against Helm's own engine, chart by chart."""

import json
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from generator import TemplateError, render_chart
from tests.conformance import helm_oracle
from tests.conformance.charts.cases import CASES, Case, archive, flat, unpack
from tests.conformance.helm_oracle import CHART, FILES, NAMESPACE, RELEASE, Outcome, load, templates

SAID_DIFFERENTLY = {
    "Chart.yaml is a list",  # the command looks at the version alone first, and says so
}
"""Both refuse, in other words."""


def ours(case: Case) -> Outcome:
    """What we make of a chart."""
    files = {f"c/{name}": content for name, content in flat(case.files).items()}
    values = deepcopy(dict(case.values))
    try:
        rendered = render_chart(files, values, name=RELEASE, namespace=NAMESPACE, seed="")
    except TemplateError as error:
        return {}, shown(error.message).partition("\0")[0]
    assert values == case.values
    return {name: shown(text) for name, text in rendered.items()}, None


def shown(text: str) -> str:
    """As Helm's library hands it to Python: by way of JSON, which has no bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def helms(case: Case, folder: Path) -> Outcome:
    """What Helm makes of it."""
    import helm_python

    try:
        if case.folder_only:
            unpack(case.files, folder / "c")
            chart = helm_python.Chart.load(folder / "c")
        else:
            chart = helm_python.Chart.load_archive(archive(case.files))
        with chart:
            rendered = chart.render(dict(case.values), name=RELEASE, namespace=NAMESPACE)
    except helm_python.HelmError as error:
        return {}, str(error)
    return dict(rendered), None


@pytest.mark.oracle
@pytest.mark.parametrize("name", CASES)
def test_as_helm(name: str, tmp_path: Path) -> None:
    helm_oracle.required()
    case = CASES[name]
    rendered, error = ours(case)
    wanted, refused = helms(case, tmp_path)
    if name in SAID_DIFFERENTLY:
        assert error
        assert refused
    else:
        assert error == refused
    assert rendered == wanted


@pytest.mark.parametrize("vector", ["helm-dialect.json", "helm-language.json"])
def test_recorded_answers(vector: str) -> None:
    """Every answer of Helm's that is on record, through the public function."""
    shared, cases = load(vector)
    wrong = [case for case in cases if not as_recorded(case, {**shared, **case.get("values", {})})]
    assert not wrong


def as_recorded(case: Mapping[str, Any], values: dict[str, Any]) -> bool:
    files: dict[str, str | bytes] = {"c/Chart.yaml": json.dumps(CHART)}
    files |= {f"c/{name}": content for name, content in FILES.items()}
    files |= {f"c/templates/{name}": text for name, text in templates(case).items()}
    try:
        rendered = render_chart(files, values, name=RELEASE, namespace=NAMESPACE)
    except TemplateError as error:
        return shown(error.message).partition("\0")[0] == case.get("error")
    texts = {name.removeprefix("c/templates/"): shown(text) for name, text in rendered.items()}
    return "error" not in case and (texts if "files" in case else texts["t.yaml"]) == case["want"]
