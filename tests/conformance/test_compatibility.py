"""docs/compatibility.md lists what differs from Helm; what does not differ any more fails here, and leaves the list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from tests.architecture.pages import ROOT, hold
from tests.conformance import helm_oracle, test_go_exec, test_go_parse
from tests.conformance.differences import CHARTS, PLUGINS, ROWS, VALUES, Difference
from tests.conformance.go_rows import Untranslatable, rows, value

PAGE = ROOT / "docs/compatibility.md"
MARK = "<!-- From here on it is generated: pytest tests/conformance --update-golden writes it. -->"


def written() -> Iterator[str]:
    yield ""
    yield "## Go's own tests"
    yield "Those rows that need what no template of Helm can hold (structs and pointers of a test) are left out."
    yield ""
    yield "| table of | rows | held |"
    yield "|---|---:|---:|"
    for title, all_, held in counts():
        yield f"| {title} | {all_} | {held} |"
    yield ""
    yield "## Charts and plugins"
    yield from table(CHARTS)
    yield ""
    yield "## Plugins alone"
    yield from table(PLUGINS)


def counts() -> Iterator[tuple[str, int, int]]:
    """How many rows each of Go's tables has, and how many of them the tests hold."""
    executed, compared = rows("go-exec.json", "exec"), rows("go-exec.json", "compare")
    yield "text/template: execution", len(executed), len(test_go_exec.ROWS)
    yield (
        "text/template: comparison",
        len(compared),
        sum(not test_go_exec.FOREIGN.search(row["in"]) for row in compared),
    )
    for title, vector, name in (
        ("text/template: JavaScript", "go-exec.json", "js"),
        ("text/template/parse: lexer", "go-parse.json", "lex"),
        ("text/template/parse: numbers", "go-parse.json", "number"),
        ("strconv: quoting", "go-strconv.json", "quote"),
        ("strconv: unquoting", "go-strconv.json", "unquote"),
    ):
        found = len(rows(vector, name))
        yield title, found, found
    parsed = rows("go-parse.json", "parse")
    yield "text/template/parse: parser", len(parsed), sum(not test_go_parse.keeps_comments(row) for row in parsed)
    printed = rows("go-fmt.json", "fmt")
    yield "fmt: Sprintf", len(printed), sum(map(_translates, printed))


def _translates(row: Mapping[str, Any]) -> bool:
    try:
        return all(value(arg) is not Ellipsis for arg in row["args"] or [])
    except Untranslatable:
        return False


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
