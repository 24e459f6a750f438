"""Every row of the page is a difference: were it none, the row would be a lie, and the test says so."""

from pathlib import Path

import pytest

from generator.engines.gotemplate.errors import TemplateError
from generator.engines.helm import compile_program
from tests.architecture.pages import ROOT, Page
from tests.conformance import helm_oracle

PAGE = Page(Path(ROOT / "docs/compatibility.md"))
ROWS = [row["template"].strip("`") for table in PAGE.tables for row in table.rows]
NAME = "c/templates/t.yaml"


def ours(template: str) -> str:
    try:
        return compile_program({NAME: template}).render(NAME, {})
    except TemplateError as error:
        return f"refused: {error.message}"


def test_there_are_rows() -> None:
    assert len(ROWS) > 5


@pytest.mark.oracle
@pytest.mark.parametrize("template", ROWS)
@pytest.mark.xfail(strict=True, reason="the page says so", raises=AssertionError)
def test_helm_does_the_same(template: str) -> None:
    rendered, error = helm_oracle.required()({"t.yaml": template}, {})
    assert error is None
    assert rendered["t.yaml"] == ours(template)
