"""`mwgen chart template` asked twice: the second time it answers from memory, unless anything is different."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conformance.charts.cases import Files, unpack

CHART: Files = {
    "Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
    "values.yaml": "a: 1\nt: {u: {v: 1}}\n",
    "templates/t.yaml": 'a: {{ .Values.a }}\nb: {{ .Files.Get "f.txt" | quote }}\nn: {{ .Release.Namespace }}\n',
    "f.txt": "text",
    ".helmignore": "*.bak\n",
    "charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
    "charts/s/templates/s.yaml": "s: {{ .Values.x }}\n",
}
WARNS = ("--set", "t.u=5")


@pytest.fixture
def ask(tmp_path: Path, home: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command, in a process of its own; `loaded` of the answer says whether it rendered anything."""
    unpack(CHART, tmp_path / "work/c")
    home.mkdir(parents=True)
    probe = (
        "import sys; from generator.__main__ import main\n"
        "try: main()\n"
        "finally: print('rendered' if 'generator.engines' in sys.modules else 'remembered', file=sys.stderr)"
    )

    def run(*args: str, stdin: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", probe, "chart", "template", *args],
            cwd=tmp_path / "work",
            env={**os.environ, **variables},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def remembered(done: subprocess.CompletedProcess[str]) -> bool:
    assert done.returncode == 0, done.stderr
    return done.stderr.endswith("remembered\n")


def test_the_same_again(ask: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    first, second = ask("c", *WARNS), ask("c", *WARNS)
    assert not remembered(first)
    assert remembered(second)
    assert first.stdout == second.stdout
    assert first.stdout.startswith("---\n# Source: c/charts/s/templates/s.yaml\n")
    assert "level=INFO" in first.stderr
    assert first.stderr.replace("rendered", "remembered") == second.stderr


CHANGES: dict[str, Callable[[Path], object]] = {
    "values": lambda chart: (chart / "values.yaml").write_text("a: 2\nt: {u: {v: 1}}\n"),
    "a template": lambda chart: (chart / "templates/t.yaml").write_text("a: 3\n"),
    "a file": lambda chart: (chart / "f.txt").write_text("other"),
    "one more template": lambda chart: (chart / "templates/u.yaml").write_text("u: 1\n"),
    "one template less": lambda chart: (chart / "templates/t.yaml").unlink(),
    "the chart below": lambda chart: (chart / "charts/s/templates/s.yaml").write_text("s: 2\n"),
    "one more chart below": lambda chart: shutil.copytree(chart / "charts/s", chart / "charts/r"),
    "what is ignored": lambda chart: (chart / ".helmignore").write_text("f.txt\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changed_is_seen(
    change: str, ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    first = ask("c")
    assert remembered(ask("c"))
    CHANGES[change](tmp_path / "work/c")
    second = ask("c")
    assert not remembered(second)
    if change != "one more chart below":
        assert second.stdout != first.stdout


def test_other_words_other_places(ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    (tmp_path / "work/v.yaml").write_text("a: 5\n")
    (tmp_path / "work/f").write_text("6")
    words: list[tuple[str, ...]] = [
        ("c",),
        ("n", "c"),
        ("c", "-n", "x"),
        ("c", "-f", "v.yaml"),
        ("c", "--set-file", "a=f"),
    ]
    for args in words:
        assert not remembered(ask(*args))
        assert remembered(ask(*args))
    assert not remembered(ask("c", HELM_NAMESPACE="other"))
    (tmp_path / "work/v.yaml").write_text("a: 7\n")
    assert "a: 7\n" in ask("c", "-f", "v.yaml").stdout
    (tmp_path / "work/f").write_text("8")
    assert "a: 8\n" in ask("c", "--set-file", "a=f").stdout


def test_what_cannot_be_remembered(ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    for _ in range(2):
        assert not remembered(ask("c", "-f", "-", stdin="a: 9\n"))
        assert not remembered(ask("c", "--output-dir", "out"))
        assert ask("c", "--set", "a=").returncode == 0
        assert ask("nope").returncode == 1
    (tmp_path / "work/c/templates/r.yaml").write_text("r: {{ randAlphaNum 9 }}\n")
    texts = {ask("c").stdout for _ in range(2)}
    assert len(texts) == 2
    assert {ask("c", "--seed", "x").stdout for _ in range(2)} == {ask("c", "--seed", "x").stdout}
    assert remembered(ask("c", "--seed", "x"))


def test_nothing_is_taken_from_where_a_chart_comes_from(
    ask: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """A cache that came along with the chart, or with the repository that it lies in, is nobody's."""
    inside = [tmp_path / "work/.cache", tmp_path / "work/c/.cache"]
    for folder in inside:
        for _ in range(2):
            assert not remembered(ask("c", XDG_CACHE_HOME=str(folder)))
        assert not folder.exists() or not [*folder.rglob("*")] or not any(p.is_file() for p in folder.rglob("*"))
    (tmp_path / ".git").mkdir()
    for _ in range(2):
        assert not remembered(ask("c", XDG_CACHE_HOME=str(tmp_path / "elsewhere")))


def test_what_others_could_have_written_is_not_read(
    ask: Callable[..., subprocess.CompletedProcess[str]], home: Path
) -> None:
    ask("c")
    assert remembered(ask("c"))
    cache = home / ".cache/mwgen"
    cache.chmod(0o777)
    assert not remembered(ask("c"))
    cache.chmod(0o700)
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not remembered(ask("c"))
