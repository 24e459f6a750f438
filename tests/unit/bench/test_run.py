"""The scripts that measure: that they measure what they say. How long anything takes is no test's business."""

import json
import os
import sys
from pathlib import Path

import pytest

from bench import fleet, measure, peers, profile_build, run

PYTHON = sys.executable
OURS = [
    "**cold**",
    "**nothing changed**",
    "**nothing changed**, no `--commit`",
    "**one group changed**",
    "**one plugin changed, which all groups use**",
]
EMPTY = "pass"


def test_a_small_fleet_gives_every_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = tmp_path / "figures.json"
    arguments = ["2", "--repeats", "1", "--starts", "1", "--sample", "1", "--json", str(figures)]
    monkeypatch.setattr(sys, "argv", ["run", *arguments, "--place", str(tmp_path)])
    run.main()
    rows = json.loads(figures.read_text())["rows"]
    measured = [row["what"] for row in rows]
    assert [what for what in measured if what in OURS] == OURS
    assert "`mwgen --help`" in measured
    for row in rows:
        assert len(row["runs"]) == 1
        assert row["runs"][0]["wall"] > 0
        assert (row["together"] is not None) == (row["what"] in OURS and sys.platform == "linux")
    printed = [line for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert len(printed) == 2 + len(rows)
    assert [path.name for path in tmp_path.iterdir()] == ["figures.json"]


def test_helm_renders_from_the_chart_what_we_render(tmp_path: Path) -> None:
    pytest.importorskip("helm_python")
    fleet.write(tmp_path / "fleet", 13)
    measure.run(
        [PYTHON, "-m", "bench.peers", "write", str(tmp_path / "fleet"), str(tmp_path / "made"), "13"],
        measure.HERE,
        measure.environment(tmp_path),
    )
    rendered = {group: texts for group, _, texts in peers.helm_renders(tmp_path / "made")}
    assert list(rendered) == [fleet.group_name(number) for number in range(13)]
    assert {sum(bool(text.strip()) for text in texts.values()) for texts in rendered.values()} == {6}


@pytest.mark.parametrize(
    ("bundles", "sound"), [(1, True), (0, False), (2, False)], ids=["as told", "none expected", "more expected"]
)
def test_a_run_that_did_something_else_is_not_counted(tmp_path: Path, *, bundles: int, sound: bool) -> None:
    before = fleet.write(tmp_path, 1)
    written = tmp_path / "out/prod/cache/server/service-cache.yaml"
    written.parent.mkdir(parents=True)
    written.touch()
    fleet.commit(tmp_path, "one bundle")
    if sound:
        run.expect(tmp_path, before, bundles)
    else:
        with pytest.raises(AssertionError, match="1 bundles in 1 commits"):
            run.expect(tmp_path, before, bundles)


def test_what_is_left_uncommitted_is_not_counted(tmp_path: Path) -> None:
    before = fleet.write(tmp_path, 1)
    (tmp_path / "left").touch()
    with pytest.raises(AssertionError, match="uncommitted"):
        run.expect(tmp_path, before, 0)


def test_a_command_that_fails_is_not_counted(tmp_path: Path) -> None:
    with pytest.raises(measure.FailedError, match=r"(?s)ended with 3:.*no luck"):
        measure.run([PYTHON, "-c", "import sys; print('no luck'); sys.exit(3)"], tmp_path, dict(os.environ))


def test_the_costs_of_children_count(tmp_path: Path) -> None:
    work = "sum(range(10**6)); bytearray(150 << 20)"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    alone, within = (measure.run([PYTHON, "-c", code], tmp_path, {}) for code in (EMPTY, inner))
    assert within.largest > 150 << 20
    assert within.cpu > alone.cpu


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel tells in /proc")
def test_memory_of_all_processes_is_added_up(tmp_path: Path) -> None:
    hold = "import time; held = bytearray(b'x') * (40 << 20); time.sleep(0.5)"
    code = f"import os; os.fork(); {hold}"
    together = measure.run_sampled([PYTHON, "-c", code], tmp_path, {})
    assert together is not None
    assert 80 << 20 < together < 160 << 20


def test_measured_processes_keep_compiled_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert not [name for name in measure.environment(tmp_path) if name.startswith("PYTHON")]


def test_the_profile_finds_every_stage(tmp_path: Path) -> None:
    lines = list(profile_build.report(2, "group", 3, "", str(tmp_path)))
    assert [line for line in lines if line.startswith("no such function")] == [], "mend profile_build.STAGES"
    stages = {line.split()[0] for line in lines[2:] if line[:1].isalpha() or line.startswith(" ")}
    assert {"load", "resolve", "project", "render", "parse", "emit", "compare", "write", "commit"} <= stages
