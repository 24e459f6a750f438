"""`mwgen chart template` beside `helm template`: the same bytes, the same refusals, the same warnings."""

import io
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator import TemplateError, render_chart
from generator.diagnostics import DiagnosticError
from generator.entrypoints.commands.chart import chart as command
from generator.yamlio.dump import dump
from tests.conformance.charts.cases import CASES, Case, archive, flat, unpack
from tests.e2e.charts.release_charts import CHARTS, Chart

VERSION = "v4.2"
SAYS = re.compile(r'(?<=msg=)("(?:[^"\\]|\\.)*"|\S+)')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program gave."""

    refused: bool
    out: bytes
    said: str
    """The refusal."""

    warned: list[str]
    """Lines of the log, sorted: Helm walks maps."""


@pytest.fixture(scope="session")
def helm(require_tool: Callable[[str], str]) -> Callable[..., Answer]:
    """`helm template` with these arguments, in a folder."""
    program = require_tool("helm")
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    assert f'"{VERSION}"' in version, f"the tests are about Helm {VERSION}, and this is {version}"

    def run(args: Sequence[str], folder: Path, stdin: bytes = b"") -> Answer:
        done = subprocess.run(
            [program, "template", *args], cwd=folder, input=stdin, capture_output=True, check=False, timeout=60
        )
        lines = done.stderr.decode("utf-8", "replace").splitlines(keepends=True)
        warned = [line for line in lines if line.startswith(("level=WARN", "level=INFO"))]
        said = "".join(line for line in lines if not line.startswith("level=")).removeprefix("Error: ")
        return Answer(bool(done.returncode), done.stdout, said, sorted(warned))

    return run


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


def refused(case: Case) -> bool:
    """Whether the engine refuses a case."""
    try:
        render_chart(
            {f"c/{name}": content for name, content in flat(case.files).items()}, case.values, name="r", namespace="n"
        )
    except TemplateError:
        return True
    return False


ENGINE = [name for name, case in CASES.items() if case.folder_only or refused(case)]


@pytest.mark.e2e
@pytest.mark.parametrize("name", ENGINE)
def test_rules_of_the_engine(
    name: str, helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine alone is not the same: charts from folders, and what is refused before it runs."""
    case = CASES[name]
    unpack(case.files, tmp_path / "c")
    (tmp_path / "v.yaml").write_text(dump(case.values))
    args = ["rel", "c", "--namespace", "ns", "-f", "v.yaml"]
    check(ours(args, tmp_path, monkeypatch), helm(args, tmp_path))


def rows() -> list[object]:
    return [
        pytest.param(chart, args, id=f"{title}: {' '.join(args)}")
        for title, chart in CHARTS.items()
        for args in chart.runs
    ]


@pytest.mark.e2e
@pytest.mark.parametrize(("chart", "args"), rows())
def test_whole_charts(
    chart: Chart, args: Sequence[str], helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack(chart.files, tmp_path / "c")
    for name, content in chart.beside.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "c.tgz").write_bytes(archive(chart.files))
    check(ours(args, tmp_path, monkeypatch, chart.stdin), helm(args, tmp_path, chart.stdin))


@pytest.mark.e2e
def test_files_instead_of_a_stream(
    helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpack(CHARTS["kinds"].files, tmp_path / "c")
    for more in ([], ["--release-name"], ["--include-crds"]):
        folders = [tmp_path / f"{who}{len(more)}{''.join(more)}" for who in ("helm", "ours")]
        theirs = helm(["rel", "c", "--output-dir", folders[0].name, *more], tmp_path)
        mine = ours(["rel", "c", "--output-dir", folders[1].name, *more], tmp_path, monkeypatch)
        assert not mine.refused
        assert mine.out.decode().replace("ours", "helm") == theirs.out.decode()
        trees = [
            {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
            for folder in folders
        ]
        assert trees[0] == trees[1]


@pytest.mark.e2e
def test_links_are_followed(helm: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unpack(CHARTS["kinds"].files, tmp_path / "c")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "x.yaml").write_text("kind: X\nname: {{ .Release.Name }}\n")
    (tmp_path / "c" / "templates" / "linked").symlink_to("../../shared")
    (tmp_path / "c" / "templates" / "l.yaml").symlink_to("../../shared/x.yaml")
    check(ours(["c"], tmp_path, monkeypatch), helm(["c"], tmp_path))
    (tmp_path / "c" / "templates" / "broken.yaml").symlink_to("nowhere")
    check(ours(["c"], tmp_path, monkeypatch), helm(["c"], tmp_path))


@pytest.mark.e2e
def test_the_command_itself(tmp_path: Path) -> None:
    """From a shell: a refusal ends with 1, wrong usage with 2."""
    unpack({"Chart.yaml": "name: c\nversion: 1.0.0\n", "templates/t.yaml": "a: é\n"}, tmp_path / "c")

    def run(*args: str) -> subprocess.CompletedProcess[bytes]:
        program = Path(sys.executable).with_name("mwgen")
        return subprocess.run([program, "chart", "template", *args], cwd=tmp_path, capture_output=True, check=False)

    done = run("c")
    assert (done.returncode, done.stdout) == (0, "---\n# Source: c/templates/t.yaml\na: é\n".encode())
    done = run("nope")
    assert done.returncode == 1
    assert b'path "nope" not found' in done.stderr
    assert run().returncode == 2
    assert run("a", "b", "c").returncode == 2
    assert run("a", "c", "--name", "b").returncode == 2


def test_charts_are_yaml() -> None:
    """A slip in the table of charts must not pass for something that both refuse."""
    for chart in CHARTS.values():
        for name, content in chart.files.items():
            if name.endswith("Chart.yaml") and isinstance(content, str):
                assert yaml.load(content, yaml.CSafeLoader)["name"]  # noqa: TID251 - our own text
