"""What pages show is what happens: their files are written, their commands run, and what is printed compared."""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.pages import Page, pages
from tests.architecture.story import RUN_ME, needed, run

STORIES = [page for page in pages("docs/**/*.md") if page.lines[:1] == [RUN_ME]]


@pytest.mark.parametrize("page", STORIES, ids=lambda page: page.name)
def test_a_page_shows_what_happens(
    page: Page, tmp_path: Path, require_tool: Callable[[str], str], *, update_golden: bool
) -> None:
    for tool in needed(page):
        require_tool(tool)
    now = run(page, tmp_path)
    if update_golden:
        page.path.write_text("\n".join(now) + "\n", encoding="utf-8")
    else:
        difference = difflib.unified_diff(page.lines, now, page.name, "what happens", lineterm="", n=8)
        assert now == page.lines, "\n".join(difference)


def test_there_are_such_pages() -> None:
    assert {"docs/reference/diagnostics.md", "docs/reference/values.md", "docs/reference/orders.md"} <= {
        page.name for page in STORIES
    }
