"""Both commands, as tests ask them: `helm template`, and `mwgen chart template` in this process."""

import io
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.diagnostics import DiagnosticError
from generator.entrypoints.commands.chart import chart as command

VERSION = "v4.2"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program gave."""

    refused: bool
    out: bytes
    said: str
    """The refusal."""

    warned: list[str]
    """Lines of the log, sorted: Helm walks maps."""


def ours(args: Sequence[str], folder: Path, monkeypatch: pytest.MonkeyPatch, stdin: bytes = b"") -> Answer:
    """`mwgen chart template` with these arguments, in a folder."""
    monkeypatch.chdir(folder)
    log = io.StringIO()
    with redirect_stderr(log):
        result = CliRunner().invoke(command, ["template", *args], input=stdin, standalone_mode=False)
    said = ""
    if isinstance(result.exception, DiagnosticError):
        (one,) = result.exception.diagnostics
        said = one.message
    elif result.exception is not None:
        raise result.exception
    return Answer(bool(result.exception), result.stdout_bytes, said, sorted(result.stderr.splitlines(keepends=True)))


HINT = "\n\nUse --debug flag to render out invalid YAML\n"
BETTER = {
    "Chart.yaml file is missing",
    "error evaluating symlink c/templates/broken.yaml: No such file or directory",
    "failed parsing --set-json data JSON: {a}: invalid character 'a' looking for beginning of object key string",
    "failed parsing --set-json data a={: unexpected end of JSON input",
    'path "nope" not found',
    'template c/templates/t.yaml: error calling include: template: no template "nope" associated with template "gotpl"',
}
"""What Helm says otherwise, or less of."""


def check(mine: Answer, helms: Answer) -> None:
    assert mine.refused == helms.refused, (mine.said, helms.said)
    assert mine.out.decode() == helms.out.decode()
    assert mine.out == helms.out
    assert mine.warned == helms.warned
    if mine.refused:
        said = mine.said.partition(", in what it renders: ")[0]
        template, _, reason = said.partition(": ")
        wanted = helms.said.removesuffix(HINT).rstrip()
        assert (reason if template.startswith("template ") else said) in wanted or said in BETTER
