"""docs/compatibility.md lists what differs from Helm; what does not differ any more fails here, and leaves the list."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from tests.architecture.pages import ROOT, hold
from tests.conformance import helm_oracle
from tests.conformance.differences import CHARTS, PLUGINS, ROWS, VALUES, Difference

PAGE = ROOT / "docs/compatibility.md"
MARK = "<!-- From here on it is generated: pytest tests/conformance --update-golden writes it. -->"


def written() -> Iterator[str]:
    yield ""
    yield "## Charts and plugins"
    yield from table(CHARTS)
    yield ""
    yield "## Plugins alone"
    yield from table(PLUGINS)


def table(rows: Sequence[Difference]) -> Iterator[str]:
    yield "| what | example | mwgen | Helm | why |"
    yield "|---|---|---|---|---|"
    for row in rows:
        example = row.template.replace("|", "\\|")
        yield f"| {row.title} | `{example}` | {row.ours} | {row.helms} | {row.why} |"


def test_the_page_is_what_the_table_says(*, update_golden: bool) -> None:
    hold(PAGE, MARK, written(), update=update_golden)


@pytest.mark.oracle
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="a row that is no difference must leave the list")
@pytest.mark.parametrize(("row", "ours"), [pytest.param(row, ours, id=row.title) for row, ours in ROWS])
def test_we_do_as_helm_does(row: Difference, ours: Callable[[str], tuple[str, str | None]]) -> None:
    helm = helm_oracle.required()
    rendered, error = helm({"t.yaml": row.template}, VALUES)
    assert ours(row.template) == (rendered.get("t.yaml", ""), error)
