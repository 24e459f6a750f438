"""Runs what a page shows: files that its blocks hold, and commands with what they print.

A page tells a story per section (`##`). A block whose first line is a comment with a path (`# groups/cache.yaml`) is
that file, the comment included; those above the first section are there at the start of every section. Where the
comment goes on with `, at the end`, the block's other lines are put behind what the file has. In a `console`
block each line that starts with `$ ` is run, mwgen in this process and anything else by a shell, and the lines behind
it are what it prints.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from generator.entrypoints import cli
from tests.architecture.pages import Block, Page
from tests.harness import Project

RUN_ME = "<!-- The tests run this page: pytest tests/architecture --update-golden writes what its commands print. -->"
"""The first line of a page that is run."""

SHOWN_ROOT = "/srv/platform"
"""Stands in output for the folder that a section is run in."""

NEEDS = re.compile(r"<!-- Needs: (?P<tools>[\w, -]+)\. -->")
"""The second line of a page whose commands need programs that are not everywhere."""

_FILE = re.compile(
    r"# (?P<path>(?:plugins|groups|apps|overlays|package)/[^\s,]+|mwgen\.yaml|\.git[^\s,]+)(?P<behind>, at the end)?"
)
_ASSIGNMENT = re.compile(r"(?P<name>[A-Z][A-Z_0-9]*)=(?P<value>.*)", re.DOTALL)
_CALL = re.compile(r"(?:[A-Z_0-9]+=\S* )*mwgen ")
_REDIRECTION = re.compile(r"(?<!\S)\d?>")
_SECONDS = re.compile(r"\(\d+\.\d\d s\)")
_COMMIT = re.compile(r"^[0-9a-f]{12}(?= )", re.MULTILINE)
_FAULT = 3
_DATES = {
    "GIT_AUTHOR_DATE": "2026-01-05T09:00:00Z",
    "GIT_COMMITTER_DATE": "2026-01-05T09:00:00Z",
}


def run(page: Page, folder: Path) -> list[str]:
    """The lines of *page* with what its commands print now; *folder* is for the sections' repositories."""
    sections = _sections(page)
    common = [block for block in page.blocks if block.start < sections[0][1]]
    lines: list[str] = []
    for number, (start, end) in enumerate(sections):
        project = Project(folder / f"section-{number}")
        for block in common if number else ():
            _write(project, block)
        at = start
        for block in page.blocks:
            if start <= block.start < end:
                lines += page.lines[at : block.start]
                at = block.end
                if block.info == "console":
                    lines += _shown(project, block)
                else:
                    _write(project, block)
                    lines += block.lines
        lines += page.lines[at:end]
    return lines


def needed(page: Page) -> list[str]:
    """The programs that a page needs besides mwgen, git and a shell."""
    found = NEEDS.fullmatch(page.lines[1]) if len(page.lines) > 1 else None
    return found["tools"].split(", ") if found else []


def _sections(page: Page) -> list[tuple[int, int]]:
    """Where each section starts and ends; the first is what stands above all headings of the second level."""
    starts = [0, *(one.line for one in page.headings if one.level == 2)]
    return list(zip(starts, [*starts[1:], len(page.lines)], strict=True))


def _write(project: Project, block: Block) -> None:
    named = _FILE.fullmatch(block.lines[0]) if block.lines else None
    if named and named["behind"]:
        project.write(named["path"], project.read(named["path"]) + block.text.partition("\n")[2])
    elif named:
        project.write(named["path"], block.text)


def _shown(project: Project, block: Block) -> Iterator[str]:
    """The commands of *block*, each with what it prints."""
    for command in _commands(block):
        yield f"$ {command}"
        printed = _printed(project, command)
        yield from (line.rstrip() for line in printed.splitlines())


def _commands(block: Block) -> Iterator[str]:
    assert block.lines[0].startswith("$ "), f"a console block that does not start with a command: {block.lines[0]}"
    yield from (line.removeprefix("$ ") for line in block.lines if line.startswith("$ "))


def _printed(project: Project, command: str) -> str:
    """What *command* prints, standard error included, without what differs from run to run."""
    if _CALL.match(command) and not _REDIRECTION.search(command):
        call, pipe, rest = command.partition(" | ")
        text = _mwgen(project, call)
        text = _shell(project, rest, text) if pipe else text
    else:
        text = _shell(project, command)
    text = text.replace(str(project.root), SHOWN_ROOT)
    return _COMMIT.sub("3f9c2a71d0be", _SECONDS.sub("(0.02 s)", text))


def _mwgen(project: Project, call: str) -> str:
    words = shlex.split(call)
    variables = dict(_DATES)
    stdin = io.StringIO()
    if len(words) > 1 and words[-2] == "<":
        stdin = io.StringIO((project.root / words[-1]).read_text(encoding="utf-8"))
        words = words[:-2]
    while assignment := _ASSIGNMENT.fullmatch(words[0]):
        variables[assignment["name"]] = assignment["value"]
        words = words[1:]
    printed = io.StringIO()
    code: object = 0
    with (
        contextlib.chdir(project.root),
        mock.patch.dict(os.environ, variables),
        mock.patch.object(sys, "argv", words),
        mock.patch.object(sys, "stdin", stdin),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        try:
            cli.run()
        except SystemExit as end:
            code = end.code
    assert code != _FAULT, f"{call}\n{printed.getvalue()}"
    return printed.getvalue()


def _shell(project: Project, command: str, stdin: str = "") -> str:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=project.root,
        input=stdin,
        env={**os.environ, **_DATES, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout
