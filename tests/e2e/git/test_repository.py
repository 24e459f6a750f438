"""Finding a repository and reading its names, histories and differences, against the real git."""

from pathlib import Path

import pytest

from generator.diagnostics import DiagnosticError
from generator.outside.files import PathChanges
from generator.outside.git import Head, Repository
from tests.e2e.git.sandbox import Sandbox


def code_of(caught: pytest.ExceptionInfo[DiagnosticError]) -> str:
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code


def test_found_from_any_folder_inside_without_starting_a_process(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = box.root / "a/b"
    deep.mkdir(parents=True)
    monkeypatch.setenv("PATH", "")
    found = Repository.find(str(deep))
    assert found == Repository(str(box.root), f"{box.root}/.git", f"{box.root}/.git")


def test_outside_of_any_there_is_none(tmp_path: Path) -> None:
    assert Repository.find(str(tmp_path)) is None


def test_a_hooks_variables_do_not_turn_us_to_another_repository(
    box: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Sandbox.create(tmp_path / "other")
    other.commit("other")
    commit = box.commit("ours")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))
    assert box.repository.head().commit == commit


def test_a_bare_repository_is_refused(tmp_path: Path) -> None:
    bare = Sandbox.create(tmp_path / "bare.git", "--bare")
    with pytest.raises(DiagnosticError) as caught:
        Repository.find(str(bare.root))
    assert code_of(caught) == "MW711"


def test_a_linked_worktree_has_its_own_head_and_shares_the_rest(box: Sandbox, tmp_path: Path) -> None:
    box.commit("first")
    box.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = Sandbox(tmp_path / "side").repository
    assert side.root == str(tmp_path / "side")
    assert side.common_dir == f"{box.root}/.git"
    assert side.git_dir == f"{box.root}/.git/worktrees/side"
    assert side.head().ref == "refs/heads/side"
    assert side.private_folder() != box.repository.private_folder()


def test_a_submodule_is_a_repository_of_its_own(box: Sandbox, tmp_path: Path) -> None:
    inner = Sandbox.create(tmp_path / "inner")
    commit = inner.commit("inner", {"x.yaml": ""})
    box.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner.root), "sub")
    sub = Repository.find(str(box.root / "sub"))
    assert sub is not None
    assert sub.root == str(box.root / "sub")
    assert sub.head().commit == commit


def test_a_git_file_that_points_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: gone\n")
    with pytest.raises(DiagnosticError) as caught:
        Repository.find(str(tmp_path))
    assert code_of(caught) == "MW710"


def test_the_head_of_a_branch_without_a_commit(box: Sandbox) -> None:
    assert box.repository.head() == Head("refs/heads/main", None)


def test_the_head_on_a_branch_and_off_it(box: Sandbox) -> None:
    commit = box.commit("first", {"HEAD": "a file of that name"})
    assert box.repository.head() == Head("refs/heads/main", commit)
    box.git("checkout", "--quiet", "--detach")
    assert box.repository.head() == Head(None, commit)


def test_a_damaged_head_is_not_taken_for_an_empty_branch(box: Sandbox) -> None:
    box.commit("first")
    (box.root / ".git/refs/heads/main").write_text("no object id\n")
    with pytest.raises(DiagnosticError) as caught:
        box.repository.head()
    assert code_of(caught) == "MW702"


def test_revisions_are_resolved_to_commits(box: Sandbox) -> None:
    first = box.commit("first")
    box.git("tag", "-a", "v1", "-m", "annotated")
    second = box.commit("second")
    assert {name: box.repository.resolve(name) for name in ("v1", "HEAD~1", first[:8], "main", "HEAD")} == {
        "v1": first,
        "HEAD~1": first,
        first[:8]: first,
        "main": second,
        "HEAD": second,
    }


@pytest.mark.parametrize("name", ["nope", "", "-h", "--all", "HEAD~7", "HEAD:x.yaml", "a b", "main\n", "a..b"])
def test_what_is_no_commit_is_refused(box: Sandbox, name: str) -> None:
    box.commit("first", {"x.yaml": ""})
    with pytest.raises(DiagnosticError) as caught:
        box.repository.resolve(name)
    assert code_of(caught) == "MW712"


def test_a_shallow_clone_says_so_where_history_is_missing(box: Sandbox, tmp_path: Path) -> None:
    box.commit("first")
    box.commit("second")
    box.git("clone", "--quiet", "--depth=1", f"file://{box.root}", str(tmp_path / "shallow"))
    shallow = Sandbox(tmp_path / "shallow").repository
    assert shallow.shallow()
    assert not box.repository.shallow()
    with pytest.raises(DiagnosticError) as caught:
        shallow.resolve("HEAD~1")
    assert "shallow" in caught.value.diagnostics[0].hint


def test_what_changed_between_two_commits(box: Sandbox) -> None:
    before = box.commit("1", {"groups/a.yaml": "a", "groups/b ö.yaml": "b", "groups/c.yaml": "c", "x": "x"})
    after = box.commit("2", {"groups/a.yaml": None, "groups/b ö.yaml": "B", "groups/d\n.yaml": "c", "x": "y"})
    assert box.repository.changed_between(before, after, "groups") == PathChanges(
        added=("groups/d\n.yaml",), changed=("groups/b ö.yaml",), removed=("groups/a.yaml",)
    )
    assert len(box.repository.changed_between(before, after)) == 4
    assert len(box.repository.changed_between(before, after, ".")) == 4
    assert len(box.repository.changed_between(after, after)) == 0


def test_folders_are_paths_and_no_patterns(box: Sandbox) -> None:
    before = box.commit("1", {"gro*/a.yaml": "a", "groups/a.yaml": "a", ":(top)/x": "x"})
    after = box.commit("2", {"gro*/a.yaml": "b", "groups/a.yaml": "b", ":(top)/x": "y"})
    assert box.repository.changed_between(before, after, "gro*").changed == ("gro*/a.yaml",)
    assert box.repository.changed_between(before, after, ":(top)").changed == (":(top)/x",)


def test_what_changed_in_the_working_tree(box: Sandbox) -> None:
    base = box.commit(
        "1", {"g/same.yaml": "same", "g/staged.yaml": "1", "g/edited.yaml": "1", "g/gone.yaml": "1", "g/kept.yaml": "1"}
    )
    box.write({"g/staged.yaml": "2", "g/edited.yaml": "2", "g/gone.yaml": None, "g/new.yaml": "", "other.yaml": ""})
    box.write({"g/ignored.yaml": "", ".gitignore": "ignored.yaml"})
    box.git("add", "g/staged.yaml")
    box.git("rm", "--quiet", "--cached", "g/kept.yaml")
    (box.root / "g/same.yaml").touch()
    assert box.repository.changed_since(base, "g") == PathChanges(
        added=("g/ignored.yaml", "g/new.yaml"),
        changed=("g/edited.yaml", "g/kept.yaml", "g/staged.yaml"),
        removed=("g/gone.yaml",),
    )


def test_looking_takes_no_lock_and_leaves_the_index_alone(box: Sandbox) -> None:
    base = box.commit("1", {"g/a.yaml": "a"})
    (box.root / "g/a.yaml").touch()
    index = (box.root / ".git/index").read_bytes()
    (box.root / ".git/index.lock").touch()
    assert len(box.repository.changed_since(base)) == 0
    assert (box.root / ".git/index").read_bytes() == index


def test_blob_ids_are_gits_own(box: Sandbox) -> None:
    box.commit("1", {"g/a.yaml": "a", "g/b/c.yaml": "c", "x": "x"})
    ids = box.repository.blob_ids("HEAD", "g")
    assert ids == {path: box.git("hash-object", "--", path).strip() for path in ("g/a.yaml", "g/b/c.yaml")}
    assert box.repository.blob_ids("HEAD").keys() == {"g/a.yaml", "g/b/c.yaml", "x"}


def test_a_repository_with_longer_ids(tmp_path: Path) -> None:
    box = Sandbox.create(tmp_path / "sha256", "--object-format=sha256")
    commit = box.commit("1", {"a.yaml": "a"})
    assert len(commit) == 64
    assert box.repository.head().commit == commit
    assert len(box.repository.blob_ids("HEAD")["a.yaml"]) == 64


@pytest.mark.parametrize(
    ("command", "what"), [("merge", "merge"), ("rebase", "rebase"), ("cherry-pick", "cherry-pick")]
)
def test_what_git_is_in_the_middle_of(box: Sandbox, command: str, what: str) -> None:
    box.commit("base", {"x": "base"})
    box.git("checkout", "--quiet", "-b", "side")
    box.commit("side", {"x": "side"})
    box.git("checkout", "--quiet", "main")
    box.commit("main", {"x": "main"})
    assert not box.repository.unfinished()
    assert box.repository.finish(command, "side").status != 0
    assert box.repository.unfinished() == what


def test_when_a_commit_was_made(box: Sandbox) -> None:
    box.git("commit", "--quiet", "--allow-empty", "-m", "x", GIT_COMMITTER_DATE="1700000000 +0900")
    assert box.repository.committed_at("HEAD") == 1700000000
