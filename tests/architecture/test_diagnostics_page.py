"""Each code has a section that says what it means and provokes it; no code is unknown, unused or undocumented."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from generator.diagnostics.codes import CODES
from tests.architecture.pages import ROOT, Page

PAGE = Page(ROOT / "docs/reference/diagnostics.md")
CODE = re.compile(r"\bMW\d{3}\b")

NOT_SHOWN = {
    "MW660": "two runs at one moment, and ten seconds",
    "MW663": "a run that is killed",
    "MW703": "minutes of waiting",
    "MW720": "ten seconds of waiting",
    "MW725": "needs a state of git that a command line makes only by accident",
    "MW727": "a commit by somebody else at the right moment",
}
"""Codes that a page cannot provoke, and why. Tests of the parts that report them do."""


@cache
def texts(folder: str) -> dict[str, str]:
    """Every Python file below *folder* but caches, by path."""
    return {path.as_posix(): path.read_text(encoding="utf-8") for path in sorted((ROOT / folder).rglob("*.py"))}


def codes_in(found: Iterable[str]) -> set[str]:
    return {code for text in found for code in CODE.findall(text)}


@cache
def sections() -> dict[str, list[str]]:
    starts = [(one.text, one.line) for one in PAGE.headings if one.level == 2]
    ends = [line for _, line in starts[1:]] + [len(PAGE.lines)]
    return {title: PAGE.lines[start + 1 : end] for (title, start), end in zip(starts, ends, strict=True)}


def test_there_is_a_section_for_each_code_and_in_their_order() -> None:
    assert list(CODES) == sorted(CODES)
    assert list(sections()) == list(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_section_opens_with_the_meaning_of_its_code(code: str) -> None:
    meaning = CODES[code]
    assert sections()[code][0].startswith(f"**{meaning[0].upper()}{meaning[1:]}.**")


@pytest.mark.parametrize("code", [code for code in CODES if code not in NOT_SHOWN])
def test_a_section_provokes_its_code(code: str) -> None:
    reported = [line for line in sections()[code] if re.match(rf"(error|warning|note)\[{code}\]: ", line)]
    assert reported, f"no command in the section of {code} reports it"


@pytest.mark.parametrize("code", NOT_SHOWN)
def test_what_no_page_can_provoke_a_test_does(code: str) -> None:
    here = Path(__file__).parent.as_posix()
    elsewhere = [text for path, text in texts("tests").items() if not path.startswith(here)]
    assert code in codes_in(elsewhere)


def test_the_table_links_every_code() -> None:
    (table,) = [table for table in PAGE.tables if "codes" in table.titles]
    linked = [code for row in table.rows for code in re.findall(r"\[(\d{3})\]\(#mw\1\)", row["codes"])]
    assert [f"MW{code}" for code in linked] == list(CODES)
    for row in table.rows:
        assert {code[0] for code in re.findall(r"\[(\d{3})\]", row["codes"])} == {row["hundreds"][0]}


def test_every_code_is_reported_somewhere_and_no_other() -> None:
    home = (ROOT / "generator/diagnostics/codes.py").as_posix()
    used = codes_in(text for path, text in texts("generator").items() if path != home)
    assert sorted(used) == sorted(CODES)
