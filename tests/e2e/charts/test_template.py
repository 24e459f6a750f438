"""`mwgen chart template` beside `helm template`: the same bytes, the same refusals, the same warnings."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from generator import TemplateError, render_chart
from generator.yamlio.dump import dump
from tests.conformance.charts.cases import CASES, Case, archive, flat, unpack
from tests.e2e.charts.commands import Answer, check, ours
from tests.e2e.charts.release_charts import CHARTS, Chart


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
