"""Very many bundles take another way than few: through workers, a place on disk to wait, one pack. It ends the same."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench import fleet
from generator.model.outcome import Kept
from generator.outside.git.pack import Packed
from tests.harness import Project

GROUPS = 80
"""More than what one process does alone."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fleet") / "fleet"
    fleet.write(root, GROUPS)
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "fleet")
    return Project(tmp_path / "fleet")


def tree(project: Project) -> str:
    return project.git("rev-parse", "HEAD^{tree}").strip()


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[Packed]:
    """What commits took over from workers."""
    taken: list[Packed] = []
    make = Packed.of

    def of(kept: Iterable[Kept], folder: str, algorithm: str) -> Packed:
        taken.append(make(kept, folder, algorithm))
        return taken[-1]

    monkeypatch.setattr(Packed, "of", of)
    return taken


@pytest.mark.parametrize("workers", ["1", "2"])
def test_one_step_and_two_steps_commit_the_same(
    project: Project, made: Path, tmp_path: Path, workers: str, packed: list[Packed]
) -> None:
    shutil.copytree(made, tmp_path / "other")
    other = Project(tmp_path / "other")
    project.run("generate", "--commit", "--workers", workers).sound()
    assert [one.count for one in packed] == [len(project.files())]
    other.run("generate", "--workers", workers).sound()
    other.run("commit").sound()
    assert tree(project) == tree(other)
    for each in (project, other):
        assert each.git("status", "--porcelain") == ""
        each.git("fsck", "--full", "--strict")
        each.run("verify").sound()
        assert not list(each.root.glob(".git/mwgen/spool/*"))
        assert "up to date" in each.run("generate", "--commit").sound().out
    files = [path for path in project.git("ls-files", "out").splitlines() if path.endswith(".lock")]
    assert len(files) == GROUPS


def test_what_changes_in_each_bundle_waits_file_by_file(project: Project, packed: list[Packed]) -> None:
    project.run("generate", "--commit").sound()
    before = tree(project)
    foreign = project.write(f"out/{fleet.environment_of(0)}/{fleet.group_name(0)}/notes.txt", "mine")
    for make in fleet.PLUGINS:
        fleet.touch_plugin(project.root, make.name)
    fleet.commit(project.root, "another grace period")
    project.run("generate", "--commit").sound()
    changed = project.git("diff", "--name-only", before, "HEAD", "--", "out").splitlines()
    assert sum(path.endswith("bundle.lock") for path in changed) == GROUPS
    assert packed[-1].count == len(changed) - 1, "the note was committed before"
    assert foreign.read_text() == "mine"
    foreign.unlink()
    project.run("verify").sound()
    project.git("fsck", "--full", "--strict")


def test_what_git_converts_is_converted(project: Project) -> None:
    project.write(".gitattributes", "*.yaml text eol=crlf\n*.lock filter=shout\n")
    project.git("config", "filter.shout.clean", "tr a-z A-Z")
    project.git("config", "filter.shout.smudge", "tr A-Z a-z")
    project.git("add", ".gitattributes")
    project.git("commit", "-qm", "attributes")
    project.run("generate", "--commit").sound()
    assert project.git("status", "--porcelain") == ""
    lock = next(path for path in project.git("ls-files", "out").splitlines() if path.endswith(".lock"))
    assert project.git("show", f"HEAD:{lock}") == project.read(lock).upper()


def test_mistakes_leave_nothing_behind(project: Project) -> None:
    path = fleet.group_path(GROUPS - 1)
    project.write(path, project.read(path).replace("replicas:", "replicass: x\n    replicas:"))
    project.write(path, project.read(path).replace("runtime: {name: ", "runtime: {name: no-"))
    ran = project.run("generate", "--commit")
    assert ran.code == 1
    assert not (project.root / "out").exists()
    assert not list(project.root.glob(".git/mwgen/spool/*"))
    assert project.git("log", "--format=%s").split("\n")[0] == f"{GROUPS} groups"
