"""What pages point at is there: other pages, headings, files, commands and their options."""

import re
import shlex

import click
import pytest

from generator.entrypoints.cli import COMMANDS, main
from tests.architecture.pages import ROOT, Page, pages

PAGES = {page.path: page for page in pages()}
FOLDERS = ("generator/", "tests/", "docs/", "bench/", "plugins/", "groups/", ".ci/", ".github/")
PLACEHOLDER = re.compile(r"[<>{}*…|$ ]|NAME|VERSION")


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_links_lead_somewhere(page: Page) -> None:
    broken = [f"{page.name}:{line}: {target}" for line, target in page.links if not _is_there(page, target)]
    assert not broken


def _is_there(page: Page, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return target.startswith(("https://", "mailto:"))
    path, _, anchor = target.partition("#")
    place = (page.path.parent / path).resolve() if path else page.path
    if not place.exists() or ROOT not in (place, *place.parents):
        return False
    if not anchor:
        return True
    return anchor in PAGES[place].anchors if place in PAGES else re.fullmatch(r"L\d+(-L\d+)?", anchor) is not None


@pytest.mark.parametrize(
    "page", [page for page in PAGES.values() if page.name.startswith("docs/")], ids=lambda page: page.name
)
def test_paths_of_the_project_exist(page: Page) -> None:
    """In pages about a user's repository, `plugins/` and `groups/` are theirs: those of the stories are excepted."""
    told = {block.lines[0].removeprefix("# ") for block in page.blocks if block.lines}
    missing = [
        f"{page.name}:{line}: {code}"
        for line, code in page.code_spans
        if code.startswith(FOLDERS) and not PLACEHOLDER.search(code) and code not in told
        and not (ROOT / code).exists()
    ]  # fmt: skip
    assert not missing


def test_pages_that_the_code_names_exist() -> None:
    named = {
        (path.relative_to(ROOT).as_posix(), page)
        for folder in ("generator", "tests", "bench")
        for path in (ROOT / folder).rglob("*.py")
        for page in re.findall(r"docs/[\w/-]+\.md", path.read_text(encoding="utf-8"))
    }
    assert sorted((path, page) for path, page in named if not (ROOT / page).exists()) == []


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.name)
def test_commands_exist_with_their_options(page: Page) -> None:
    wrong = []
    for line, call in page.commands:
        problem = _problem(call)
        if problem:
            wrong.append(f"{page.name}:{line}: {call}: {problem}")
    assert not wrong


def _problem(call: str) -> str:
    """What is wrong with a call of mwgen as a page shows it; placeholders in capitals stand for any value."""
    words = shlex.split(call, comments=True)[1:]
    command: click.Command = main
    context = click.Context(main, info_name="mwgen")
    while words and isinstance(command, click.Group) and not words[0].startswith("-"):
        known = command is not main or words[0] in COMMANDS
        found = command.get_command(context, words[0]) if known else None
        if found is None:
            return f"there is no command {words[0]}"
        context = click.Context(found, info_name=words[0], parent=context)
        command, words = found, words[1:]
    try:
        command.make_parser(context).parse_args([word.strip("[]") for word in words if word not in {"…", "..."}])
    except click.UsageError as error:
        return error.format_message()
    return ""


@pytest.mark.parametrize(
    "call", ["mwgen generat", "mwgen generate --groop x", "mwgen plugins liste", "mwgen explain --component"]
)
def test_wrong_commands_are_found(call: str) -> None:
    assert _problem(call)


def test_every_page_of_the_documents_is_in_their_index() -> None:
    index = PAGES[ROOT / "docs/README.md"]
    linked = {(index.path.parent / target.partition("#")[0]).resolve() for _, target in index.links}
    assert sorted(path for path in PAGES if ROOT / "docs" in path.parents and path not in linked) == [index.path]
