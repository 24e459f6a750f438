"""Helm's dialect against what Helm answers: recorded answers, and Helm itself where it is installed."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from generator.engines.helm import TemplateError, helm_text
from tests.conformance import helm_oracle
from tests.conformance.helm_oracle import VECTORS, Outcome, load, templates
from tests.conformance.ours import rendered

LONE = re.compile("[\udc80-\udcff]")
NAMES = sorted(path.name for path in VECTORS.glob("helm-*.json"))


def render(
    files: Mapping[str, str], values: Mapping[str, Any], provider: helm_oracle.FixedProvider | None = None
) -> Outcome:
    """What we make of templates, by name below templates/."""
    try:
        texts = rendered(files, values, provider)
    except TemplateError as error:
        said = helm_text(error).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return {}, said.partition("\0")[0]  # errors go through strings of C
    return {name: shown(text) for name, text in texts.items()}, None


def shown(text: str) -> str:
    """As Helm's library hands it to Python: by way of JSON, where every byte that is no UTF-8 becomes U+FFFD."""
    return text if text.isascii() else LONE.sub("\ufffd", text)


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
    texts, error = render(templates(case), values)
    assert error == case.get("error")
    if error is None:
        assert (texts if "files" in case else texts["t.yaml"]) == case["want"]


@pytest.mark.oracle
@pytest.mark.parametrize("vector", NAMES)
def test_helm_still_says_so(vector: str) -> None:
    helm = helm_oracle.required()
    shared, cases = load(vector)
    changed = []
    for case in cases:
        texts, error = helm(templates(case), {**shared, **case.get("values", {})})
        got = texts if "files" in case else texts.get("t.yaml")
        if error != case.get("error") or (error is None and got != case["want"]):
            changed.append((case, got, error))
    assert not changed
