"""Environment branches: whole, without a checkout, never back to an older source, pushed by compare and swap."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from generator.outside.git.source import public_url
from tests.e2e.git.test_push import CONFIG, MWGEN, clone, git, mwgen
from tests.harness import Project

pytestmark = pytest.mark.e2e


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.plugin("app", templates={"config": ("", CONFIG)}, defaultValues={"size": "1"})
    for name in ("staging", "prod"):
        made.environment(name)
    made.group("cache", plugin="app", environments=[{"name": "staging"}, {"name": "prod"}])
    git(made.root, "init", "-q")
    assert mwgen(made.root, "generate").returncode == 0
    git(made.root, "add", "-A")
    git(made.root, "commit", "-qm", "start")
    return made


def noted(folder: Path, branch: str = "env/prod") -> str:
    """Up to which source a branch is said to hold the output."""
    return str(json.loads(git(folder, "notes", "--ref=hydrator.metadata", "show", branch))["drySha"])


def listed(project: Project, branch: str = "env/prod") -> list[str]:
    return git(project.root, "ls-tree", "-r", "--name-only", branch).splitlines()


def change(project: Project, size: str) -> str:
    project.group("cache", plugin="app", values={"size": size}, environments=[{"name": "staging"}, {"name": "prod"}])
    assert mwgen(project.root, "generate").returncode == 0
    git(project.root, "commit", "-qam", f"size {size}")
    return git(project.root, "rev-parse", "HEAD")


def test_the_branch_is_an_environment_and_nothing_else(project: Project) -> None:
    before = git(project.root, "rev-parse", "HEAD"), git(project.root, "status", "--porcelain")
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.returncode == 0, ran.stderr
    own = [".gitattributes", "hydrator.metadata"]
    assert listed(project) == [*own, "prod/cache/app/configmap-cache.yaml", "prod/cache/bundle.lock"]
    assert git(project.root, "rev-list", "--count", "env/prod") == "1"
    assert (git(project.root, "rev-parse", "HEAD"), git(project.root, "status", "--porcelain")) == before
    path = "prod/cache/app/configmap-cache.yaml"
    assert git(project.root, "show", f"env/prod:{path}") == git(project.root, "show", f"HEAD:out/{path}")


def test_what_is_deployed_is_shown_in_reviews_and_the_records_are_folded(project: Project) -> None:
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    git(project.root, "checkout", "-q", "env/prod")
    asked = git(project.root, "check-attr", "linguist-generated", "text", "--", *listed(project)).splitlines()
    folded = {line.split(": ")[0] for line in asked if line.endswith("linguist-generated: true")}
    assert folded == {"hydrator.metadata", "prod/cache/bundle.lock"}
    assert sum(line.endswith("text: unset") for line in asked) == len(listed(project))


def test_trailers_tell_the_source(project: Project) -> None:
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    trailers = git(project.root, "log", "-1", "--format=%(trailers)", "env/prod").splitlines()
    head = git(project.root, "rev-parse", "HEAD")
    assert trailers[0] == f"Source-Commit: {head}"
    assert f"Argocd-reference-commit-sha: {head}" in trailers
    assert "Argocd-reference-commit-subject: start" in trailers
    assert "Argocd-reference-commit-author: Tess Tester <tess@example.com>" in trailers


def test_nothing_changed_is_no_commit(project: Project) -> None:
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    tip = git(project.root, "rev-parse", "env/prod")
    git(project.root, "commit", "-q", "--allow-empty", "-m", "else")
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.stdout == "env/prod has it already\n"
    assert git(project.root, "rev-parse", "env/prod") == tip
    assert noted(project.root) == git(project.root, "rev-parse", "HEAD")


def test_what_left_the_output_leaves_the_branch(project: Project) -> None:
    project.group("other", plugin="app", environments=[{"name": "prod"}])
    assert mwgen(project.root, "generate").returncode == 0
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "other")
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    assert "prod/other/bundle.lock" in listed(project)
    (project.root / "groups/other.yaml").unlink()
    assert mwgen(project.root, "generate").returncode == 0
    git(project.root, "commit", "-qam", "no other")
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    assert "prod/other/bundle.lock" not in listed(project)
    assert git(project.root, "log", "-2", "--format=%s", "env/prod").splitlines() == [
        "mwgen: delete prod/other",
        "mwgen: provision prod/cache, prod/other",
    ]


def test_several_environments_on_one_branch(project: Project) -> None:
    assert mwgen(project.root, "commit", "--branch", "live", "-e", "prod", "-e", "staging").returncode == 0
    folders = {path.split("/")[0] for path in listed(project, "live") if "/" in path}
    assert folders == {"prod", "staging"}


def test_an_older_source_does_not_take_back_a_newer_one(project: Project) -> None:
    older = git(project.root, "rev-parse", "HEAD")
    change(project, "2")
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    tip = git(project.root, "rev-parse", "env/prod")
    git(project.root, "checkout", "-q", older)
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.returncode == 1
    assert "error[MW737]" in ran.stderr
    assert git(project.root, "rev-parse", "env/prod") == tip


def test_branches_of_sources_are_left_alone(project: Project) -> None:
    git(project.root, "branch", "release")
    for branch in ("main", "release"):
        ran = mwgen(project.root, "commit", "--branch", branch, "-e", "prod")
        assert ran.returncode == 1
        assert "error[MW735]" in ran.stderr


def test_two_clones_and_a_remote(project: Project, tmp_path: Path) -> None:
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(project.root, "push", "-q", str(bare), "HEAD:refs/heads/main")
    one, other = clone(bare, tmp_path / "one"), clone(bare, tmp_path / "other")
    assert mwgen(one.root, "commit", "--branch", "env/prod", "--push").returncode == 0
    change(one, "2")
    git(one.root, "push", "-q")
    assert mwgen(one.root, "commit", "--branch", "env/prod", "--push").returncode == 0
    late = mwgen(other.root, "commit", "--branch", "env/prod", "--push")
    assert late.returncode == 1, late.stdout
    assert "error[MW737]" in late.stderr
    git(other.root, "pull", "-q")
    ran = mwgen(other.root, "commit", "--branch", "env/prod", "--push")
    assert ran.stdout == "env/prod has it already\n"
    assert git(bare, "rev-list", "--count", "env/prod") == "2"


def test_changed_and_changed_back_is_told_so_that_who_is_late_is_older(project: Project) -> None:
    for size in ("2", "1"):  # the lock tells an update from then on: the tree will be the same
        change(project, size)
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    late, newest = change(project, "2"), change(project, "1")
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    assert git(project.root, "diff", "--name-only", "env/prod~1", "env/prod") == "hydrator.metadata"
    assert git(project.root, "log", "-1", "--format=%s", "env/prod") == "mwgen: the same, from a newer source"
    assert f"Source-Commit: {newest}" in git(project.root, "log", "-1", "--format=%(trailers)", "env/prod")
    assert mwgen(project.root, "commit", "--branch", "env/prod").stdout == "env/prod has it already\n"
    git(project.root, "checkout", "-q", late)
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.returncode == 1
    assert "MW737" in ran.stderr


def test_other_files_of_the_source_are_no_reason_for_a_commit(project: Project) -> None:
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    project.write("README.md", "words\n")
    git(project.root, "add", "-A")
    git(project.root, "commit", "-qm", "words")
    assert mwgen(project.root, "commit", "--branch", "env/prod").stdout == "env/prod has it already\n"


def test_the_source_is_named_as_the_hydrator_does(project: Project) -> None:
    git(project.root, "remote", "add", "origin", "https://ci:token@git.example.com/o/r.git")
    git(project.root, "commit", "-q", "--allow-empty", "-m", "Größer\n\nBecause <it> must.\n\nTicket: 7")
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    head = git(project.root, "rev-parse", "HEAD")
    told = json.loads(git(project.root, "show", "env/prod:hydrator.metadata"))
    assert told == {
        "repoURL": "https://git.example.com/o/r.git",
        "drySha": head,
        "author": "Tess Tester <tess@example.com>",
        "date": told["date"],
        "subject": "Größer",
        "body": "Because <it> must.\n\nTicket: 7\n",
    }
    trailers = git(project.root, "log", "-1", "--format=%(trailers)", "env/prod").splitlines()
    assert "Argocd-reference-commit-repourl: https://git.example.com/o/r.git" in trailers
    assert 'Argocd-reference-commit-body: "Because <it> must.\\n\\nTicket: 7"' in trailers
    assert noted(project.root) == head


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("git@git.example.com:o/r.git", "ssh://git@git.example.com/o/r.git"),
        ("ssh://git:secret@git.example.com:2222/o/r.git", "ssh://git@git.example.com:2222/o/r.git"),
        ("https://git.example.com/o/r.git?token=secret", "https://git.example.com/o/r.git"),
        ("file:///home/tess/r.git", ""),
        ("../r.git", ""),
        ("", ""),
    ],
)
def test_addresses_of_repositories_are_urls_without_secrets(address: str, url: str) -> None:
    assert public_url(address) == url


@pytest.mark.parametrize("path", ["groups/cache.yaml", "plugins/new/plugin.yaml", "mwgen.yaml"])
def test_a_source_that_is_not_committed_is_refused(path: str, project: Project) -> None:
    """The branch would name a commit that does not make its output."""
    file = project.root / path
    file.parent.mkdir(exist_ok=True)
    with file.open("a") as stream:
        stream.write("# words\n")
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.returncode == 1
    assert f"error[MW716]: {path} differs from HEAD: env/prod would name a source that does not make it" in ran.stderr
    assert git(project.root, "branch", "--list", "env/*") == ""


def test_nothing_committed_is_no_source(project: Project) -> None:
    git(project.root, "checkout", "-q", "--orphan", "new")
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert ran.returncode == 1
    assert "error[MW716]: nothing is committed here yet" in ran.stderr


def test_notes_reach_the_remote_beside_those_of_others(project: Project, tmp_path: Path) -> None:
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(project.root, "push", "-q", str(bare), "HEAD:refs/heads/main")
    one, other = clone(bare, tmp_path / "one"), clone(bare, tmp_path / "other")
    assert mwgen(one.root, "commit", "--branch", "env/prod", "--push").returncode == 0
    assert mwgen(other.root, "commit", "--branch", "env/staging", "--push").returncode == 0
    head = git(one.root, "rev-parse", "HEAD")
    assert (noted(bare), noted(bare, "env/staging")) == (head, head)
    git(one.root, "commit", "-q", "--allow-empty", "-m", "else")
    git(one.root, "push", "-q")
    assert mwgen(one.root, "commit", "--branch", "env/prod", "--push").stdout == "env/prod has it already\n"
    assert (noted(bare), noted(bare, "env/staging")) == (git(one.root, "rev-parse", "HEAD"), head)
    assert git(one.root, "for-each-ref", "refs/notes/hydrator.metadata") == ""


def test_a_remote_without_notes_has_the_branch_all_the_same(project: Project, tmp_path: Path) -> None:
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\n! grep -q refs/notes/\n")
    hook.chmod(0o755)
    git(project.root, "remote", "add", "origin", str(bare))
    ran = mwgen(project.root, "commit", "--branch", "env/prod", "--push")
    assert ran.returncode == 0
    assert "warning[MW732]: origin does not take the note" in ran.stderr
    assert git(bare, "rev-parse", "env/prod") == git(project.root, "rev-parse", "env/prod")


def test_the_source_is_what_people_committed(project: Project) -> None:
    """Not the commit of output that came of it, whose author is a program."""
    project.group("cache", plugin="app", values={"size": "2"}, environments=[{"name": "staging"}, {"name": "prod"}])
    git(project.root, "commit", "-qam", "size 2")
    source = git(project.root, "rev-parse", "HEAD")
    assert mwgen(project.root, "generate", "--commit").returncode == 0
    assert git(project.root, "rev-parse", "HEAD~1") == source
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    trailers = git(project.root, "log", "-1", "--format=%(trailers)", "env/prod").splitlines()
    assert f"Source-Commit: {source}" in trailers
    assert "Argocd-reference-commit-subject: size 2" in trailers
    git(project.root, "reset", "-q", "--hard", source)
    assert mwgen(project.root, "generate").returncode == 0
    assert mwgen(project.root, "commit", "--branch", "env/prod").stdout == "env/prod has it already\n"


def test_where_git_knows_nobody_there_is_a_note_all_the_same(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mwgen(project.root, "commit", "--branch", "env/prod").returncode == 0
    git(project.root, "commit", "-q", "--allow-empty", "-m", "else")
    for name in [name for name in os.environ if name.startswith(("GIT_AUTHOR_", "GIT_COMMITTER_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    ran = mwgen(project.root, "commit", "--branch", "env/prod")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "env/prod has it already\n", "")
    assert noted(project.root) == git(project.root, "rev-parse", "HEAD")


@pytest.mark.parametrize("options", [(), ("--push",)], ids=["here", "at the remote"])
def test_branches_may_be_committed_at_once(options: tuple[str, ...], project: Project, tmp_path: Path) -> None:
    """As jobs of one checkout do: none gets what another one is putting together."""
    git(tmp_path, "init", "-q", "--bare", str(tmp_path / "remote.git"))
    git(project.root, "remote", "add", "origin", str(tmp_path / "remote.git"))
    names = [f"live/{number}/{name}" for number in range(4) for name in ("prod", "staging")]
    started = [
        subprocess.Popen([MWGEN, "commit", "--branch", name, *options], cwd=project.root, stderr=subprocess.PIPE)
        for name in names
    ]
    ends = [(process.communicate()[1].decode(), process.returncode) for process in started]
    assert ends == [("", 0)] * len(names)
    for name in names:
        assert {path.split("/")[0] for path in listed(project, name) if "/" in path} == {name.rpartition("/")[2]}
        there = tmp_path / "remote.git" if options else project.root
        assert noted(there, name) == git(project.root, "rev-parse", "HEAD")
