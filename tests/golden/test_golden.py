"""Every folder here is a case: `input/` is a repository, `expected/` is what mwgen makes of it.

`expected/out` is the output folder, `expected/diagnostics.txt` what is said on standard error. A case earns more than
one comparison: it is made again over its own output, by several processes, and under other hash seeds.
"""

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness import Project

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/input"))


def project(case: str, folder: Path) -> Project:
    shutil.copytree(HERE / case / "input", folder / case)
    return Project(folder / case)


def expected(case: str) -> tuple[dict[str, bytes], str]:
    out = Project(HERE / case / "expected").files("out")
    said = HERE / case / "expected" / "diagnostics.txt"
    return out, said.read_text(encoding="utf-8") if said.exists() else ""


@pytest.mark.parametrize("case", CASES)
def test_case(case: str, tmp_path: Path, *, update_golden: bool) -> None:
    made = project(case, tmp_path)
    ran = made.run("generate")
    got, said = made.files(), ran.err
    if update_golden:
        _update(case, got, said)
    want, want_said = expected(case)
    assert said == want_said, _diff(want_said, said, "diagnostics.txt")
    assert sorted(got) == sorted(want)
    for path, data in want.items():
        assert got[path] == data, _diff(data.decode(), got[path].decode(), path)
    assert ran.code == (0 if want else 1)


@pytest.mark.parametrize("case", [case for case in CASES if expected(case)[0]])
def test_again_over_its_own_output(case: str, tmp_path: Path) -> None:
    made = project(case, tmp_path)
    made.run("generate").sound()
    first = made.files()
    again = made.run("generate").sound()
    assert made.files() == first
    assert "nothing to write" in again.out
    made.run("verify").sound()


@pytest.mark.parametrize("seed", ["1", "2"])
@pytest.mark.parametrize("case", [case for case in CASES if expected(case)[0]])
def test_other_processes_and_hash_seeds(case: str, seed: str, tmp_path: Path) -> None:
    made = project(case, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "generator", "generate", "-C", str(made.root), "--workers", seed],
        env={**os.environ, "PYTHONHASHSEED": seed},
        cwd=HERE.parents[1],
        check=True,
        capture_output=True,
    )
    assert made.files() == expected(case)[0]


def _update(case: str, got: dict[str, bytes], said: str) -> None:
    folder = HERE / case / "expected"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for path, data in got.items():
        (folder / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "out" / path).write_bytes(data)
    if said:
        (folder / "diagnostics.txt").write_text(said, encoding="utf-8")


def _diff(want: str, got: str, path: str) -> str:
    lines = difflib.unified_diff(want.splitlines(), got.splitlines(), f"expected/{path}", path, lineterm="")
    return "\n".join([*lines, "", "If this is as it should be: pytest tests/golden --update-golden"])
