"""kpt runs the function over packages: the example, a second run, what it keeps of a user's files, and how it fails."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import document
from tests.e2e.doors.sidecar import MWGEN

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples/kpt"

Kpt = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def kpt(require_tool: Callable[[str], str], tmp_path: Path) -> Kpt:
    """`kpt(*arguments)`, started in a folder that is not the package's."""
    program = require_tool("kpt")
    (tmp_path / "elsewhere").mkdir()

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [program, *arguments],
            cwd=tmp_path / "elsewhere",
            env={**os.environ, "PATH": f"{Path(MWGEN).parent}:{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the example."""
    shutil.copytree(EXAMPLE, tmp_path / "package")
    return tmp_path / "package"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_example_renders_and_nothing_else_changes(kpt: Kpt, package: Path) -> None:
    rendered = kpt("fn", "render", str(package), "--allow-exec")
    assert rendered.returncode == 0, rendered.stderr
    before, after = files(EXAMPLE), files(package)
    assert {path: after[path] for path in before} == before
    (made,) = after.keys() - before.keys()
    assert made == "rendered/default/session-cache/tiny-redis/deployment-session-cache.yaml"
    body = document(SourceFile(made, after[made].decode())).value
    assert body["spec"]["template"]["spec"]["containers"][0]["args"][:2] == ["--maxmemory", "512mb"]
    assert "config.kubernetes.io/path" not in body["metadata"]["annotations"]


def test_a_second_run_changes_nothing(kpt: Kpt, package: Path) -> None:
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    once = files(package)
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    assert files(package) == once


def test_a_changed_value_changes_one_file_and_keeps_a_comment_in_it(kpt: Kpt, package: Path) -> None:
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    (made,) = package.glob("rendered/**/*.yaml")
    made.write_text("# looked at by Tess\n" + made.read_text())
    groups = package / "groups.yaml"
    groups.write_text(groups.read_text().replace("512mb", "1gb"))
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    text = made.read_text()
    assert text.startswith("# looked at by Tess\n")
    assert "1gb" in text
    assert "512mb" not in text


def test_a_group_that_left_takes_its_files_along(kpt: Kpt, package: Path) -> None:
    groups = package / "groups.yaml"
    text = groups.read_text()
    groups.write_text(f"{text}---\n{text.replace('session-cache', 'page-cache')}")
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    assert len(list(package.glob("rendered/default/*"))) == 2
    groups.write_text(text)
    assert kpt("fn", "render", str(package), "--allow-exec").returncode == 0
    assert [path.name for path in package.glob("rendered/default/*/*/*")] == ["deployment-session-cache.yaml"]


def test_eval_takes_a_configuration_file_and_a_root(kpt: Kpt, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    config = tmp_path / "config.yaml"
    config.write_text(
        "apiVersion: middleware.io/v1alpha1\nkind: MwgenGenerator\nmetadata: {name: x}\n"
        f"spec: {{root: {ROOT}, groups: page-cache, environments: prod, path: out}}\n"
    )
    done = kpt("fn", "eval", str(tmp_path / "empty"), "--exec", "mwgen krm", "--fn-config", str(config))
    assert done.returncode == 0, done.stderr
    made = {path.removeprefix("out/prod/page-cache/") for path in files(tmp_path / "empty")}
    bundle = ROOT / "out/prod/page-cache"
    assert made == {path.relative_to(bundle).as_posix() for path in bundle.rglob("*.yaml")}
    for path in made:
        read = document(SourceFile(path, (tmp_path / "empty/out/prod/page-cache" / path).read_text())).value
        assert read == document(SourceFile(path, (bundle / path).read_text())).value


def test_a_mistake_fails_is_told_by_file_and_field_and_changes_nothing(kpt: Kpt, package: Path, tmp_path: Path) -> None:
    groups = package / "groups.yaml"
    groups.write_text(groups.read_text().replace("512mb", "[1]"))
    before = files(package)
    results = tmp_path / "results"
    rendered = kpt("fn", "render", str(package), "--allow-exec", "--results-dir", str(results))
    assert rendered.returncode == 1
    assert "[error] middleware.io/v1alpha1/Group/session-cache maxmemory: maxmemory must be text" in rendered.stderr
    assert files(package) == before
    told = document(SourceFile("results", (results / "results.yaml").read_text())).value
    (result,) = told["items"][0]["results"]
    assert result["file"] == {"path": "groups.yaml"}
    assert result["tags"]["code"] == "MW332"


def test_kpt_takes_silence_for_an_empty_package(kpt: Kpt, package: Path, tmp_path: Path) -> None:
    """Why mwgen never ends with 0 without having written a list: every file of the package would be gone."""
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 0\n")
    silent.chmod(0o755)
    done = kpt("fn", "eval", str(package), "--exec", str(silent))
    assert done.returncode == 0
    assert [path for path in files(package) if path.endswith(".yaml")] == []
