"""Committing the output folder: what the commit holds, and that nothing else in the repository moves."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.diagnostics import DiagnosticError
from generator.outside.files import PathChanges
from generator.outside.git import Committed, Identity, Message, Terms, commit_tree, draft
from generator.outside.git.index_lock import locked_index
from tests.e2e.git.sandbox import Sandbox

MESSAGE = Message(subject="Render", trailers=(("Source-Commit", "abc"),))
QUICK = Terms(wait=0.2)


@pytest.fixture(params=["looked for", "named"])
def named(request: pytest.FixtureRequest) -> bool:
    """Whether the caller names the paths that may differ; both ways must come to the same."""
    return bool(request.param == "named")


def commit(
    box: Sandbox, files: Mapping[str, str | None] | None = None, *, named: bool = False, terms: Terms = QUICK
) -> Committed | None:
    """Write *files* below out/ and commit it."""
    box.write({f"out/{path}": text for path, text in (files or {}).items()})
    paths = [f"out/{path}" for path in files or {}] if named else None
    return commit_tree(box.repository, ("out",), MESSAGE, paths=paths, terms=terms)


def refused(box: Sandbox, files: Mapping[str, str | None] | None = None, terms: Terms = QUICK) -> str:
    """The code of the mistake; and that neither branch nor index moved."""
    before = state(box)
    with pytest.raises(DiagnosticError) as caught:
        commit(box, files, terms=terms)
    assert state(box) == before
    return caught.value.diagnostics[0].code


def state(box: Sandbox) -> object:
    head = box.repository.finish("rev-parse", "--verify", "--quiet", "HEAD").stdout
    return head, box.git("ls-files", "--stage", "-z")


def test_one_commit_with_what_is_on_disk(box: Sandbox, *, named: bool) -> None:
    parent = box.commit("base", {"README": "r", "out/a/kept.yaml": "k", "out/a/old.yaml": "o", "out/a/gone.yaml": "g"})
    done = commit(box, {"a/old.yaml": "new", "b/größe x.yaml": "b", "a/gone.yaml": None}, named=named)
    assert done == Committed(
        box.head(),
        PathChanges(added=("out/b/größe x.yaml",), changed=("out/a/old.yaml",), removed=("out/a/gone.yaml",)),
    )
    assert box.paths() == {
        "README": "r",
        "out/a/kept.yaml": "k",
        "out/a/old.yaml": "new",
        "out/b/größe x.yaml": "b",
    }
    assert box.git("rev-list", "--parents", "HEAD").splitlines()[0] == f"{done.id} {parent}"
    assert box.git("log", "-1", "--format=%B").strip() == "Render\n\nSource-Commit: abc"
    assert box.git("log", "-1", "--format=%an <%ae> %cn").strip() == "Tess Tester <tess@example.com> Tess Tester"
    assert box.git("reflog", "-1", "--format=%gs").strip() == "mwgen: Render"
    assert box.status() == []


def test_nothing_different_is_no_commit(box: Sandbox, *, named: bool) -> None:
    head = box.commit("base", {"out/a.yaml": "a"})
    assert commit(box, {"a.yaml": "a"}, named=named) is None
    assert box.head() == head
    assert box.status() == []


def test_no_output_at_all_is_no_commit(box: Sandbox) -> None:
    assert commit(box) is None
    assert commit_tree(box.repository, ("out",), MESSAGE, paths=()) is None
    box.commit("base", {"README": ""})
    assert commit(box) is None


def test_the_last_file_takes_the_folder_with_it(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {"README": "r", "out/a/b.yaml": "b"})
    done = commit(box, {"a/b.yaml": None}, named=named)
    assert done
    assert done.changes.removed == ("out/a/b.yaml",)
    assert box.paths() == {"README": "r"}


def test_a_branch_without_a_commit_gets_its_first(box: Sandbox, *, named: bool) -> None:
    box.write({"README": "not ours to commit"})
    done = commit(box, {"a.yaml": "a"}, named=named)
    assert done
    assert box.paths() == {"out/a.yaml": "a"}
    assert box.git("rev-list", "--count", "HEAD").strip() == "1"
    assert box.status() == ["?? README"]


def test_removing_everything_that_there_ever_was(box: Sandbox) -> None:
    box.commit("base", {"out/a.yaml": "a"})
    assert commit(box, {"a.yaml": None}, named=True)
    assert box.paths() == {}


def test_a_detached_head_moves_and_no_branch_does(box: Sandbox) -> None:
    first = box.commit("base")
    box.git("checkout", "--quiet", "--detach")
    done = commit(box, {"a.yaml": "a"})
    assert done
    assert box.git("rev-parse", "main", "HEAD").split() == [first, done.id]
    assert box.repository.head().ref is None


def test_a_linked_worktree_commits_on_its_own_branch(box: Sandbox, tmp_path: Path) -> None:
    first = box.commit("base", {"README": ""})
    box.git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = Sandbox(tmp_path / "side")
    done = commit(side, {"a.yaml": "a"})
    assert done
    assert box.git("rev-parse", "main", "side").split() == [first, done.id]
    assert side.status() == box.status() == []


def test_a_shallow_clone_commits_on_what_it_has(box: Sandbox, tmp_path: Path) -> None:
    box.commit("1", {"out/a.yaml": "1"})
    box.commit("2", {"out/a.yaml": "2"})
    box.git("clone", "--quiet", "--depth=1", f"file://{box.root}", str(tmp_path / "shallow"))
    shallow = Sandbox(tmp_path / "shallow")
    assert commit(shallow, {"a.yaml": "3"})
    shallow.git("push", "--quiet", "origin", "HEAD:refs/heads/result")
    assert box.paths("result") == {"out/a.yaml": "3"}


def test_a_clone_without_blobs_fetches_none(box: Sandbox, tmp_path: Path) -> None:
    box.git("config", "uploadpack.allowFilter", "true")
    box.commit("1", {"README": "r" * 100, "out/a.yaml": "1", "deep/x": "x"})
    box.git("clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{box.root}", str(tmp_path / "partial"))
    partial = Sandbox(tmp_path / "partial")
    partial.git("sparse-checkout", "set", "out")
    partial.git("checkout", "--quiet", "main")
    blob = box.git("rev-parse", "HEAD:deep/x").strip()
    partial.git("remote", "set-url", "origin", "file:///nowhere")
    assert commit(partial, {"a.yaml": "2"})
    assert partial.git("rev-parse", "HEAD:deep/x").strip() == blob
    assert partial.status() == []


def test_longer_ids(tmp_path: Path) -> None:
    box = Sandbox.create(tmp_path / "sha256", "--object-format=sha256")
    assert commit(box, {"a.yaml": "a"})
    assert commit(box, {"a.yaml": "b"})
    assert box.paths() == {"out/a.yaml": "b"}


@pytest.mark.parametrize("folder", ["deploy/rendered/out", "ö/ü ä"])
def test_the_folder_may_lie_deep(box: Sandbox, folder: str, *, named: bool) -> None:
    box.commit("base", {"deploy/rendered/other": "o", "deploy/x": "x"})
    for text in ("1", "2", None):
        box.write({f"{folder}/a/b.yaml": text})
        paths = [f"{folder}/a/b.yaml"] if named else None
        assert commit_tree(box.repository, (folder,), MESSAGE, paths=paths, terms=QUICK)
        expected = {"deploy/rendered/other": "o", "deploy/x": "x"}
        assert box.paths() == ({**expected, f"{folder}/a/b.yaml": text} if text else expected)
        assert box.status() == []


def test_several_folders_make_one_commit(box: Sandbox) -> None:
    box.commit("base")
    box.write({"out/a.yaml": "a", "deploy/b.yaml": "b", "other": "o"})
    assert commit_tree(box.repository, ("out", "deploy"), MESSAGE)
    assert box.paths() == {"out/a.yaml": "a", "deploy/b.yaml": "b"}
    assert box.git("rev-list", "--count", "HEAD").strip() == "2"


def test_files_and_folders_that_change_places(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {"out/a": "file", "out/b/c": "in a folder", "out/d/e": "1"})
    box.write({"out/a": None, "out/b/c": None, "out/d/e": None})
    (box.root / "out/b").rmdir()
    (box.root / "out/d").rmdir()
    box.write({"out/a/x": "below", "out/b": "file"})
    paths = ["out/a/x", "out/b", "out/d/e"] if named else None  # what gives way need not be named
    done = commit_tree(box.repository, ("out",), MESSAGE, paths=paths, terms=QUICK)
    assert done
    assert done.changes == PathChanges(added=("out/a/x", "out/b"), removed=("out/a", "out/b/c", "out/d/e"))
    assert box.paths() == {"out/a/x": "below", "out/b": "file"}
    assert box.status() == []


def test_a_link_that_leads_out_is_committed_as_a_link(box: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key").write_text("password")
    box.commit("base", {"out/a.yaml": "a"})
    (box.root / "out/link").symlink_to(tmp_path / "secret")
    assert commit(box, {"a.yaml": "b"})
    assert box.git("ls-tree", "HEAD:out", "link").startswith("120000 ")
    with pytest.raises(DiagnosticError, match="beyond a symbolic link"):
        commit_tree(box.repository, ("out",), MESSAGE, paths=["out/link/key"], terms=QUICK)


def test_others_work_stays_as_it_was(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {"staged": "1", "unstaged": "1", "both": "1", "deleted": "1", "out/a.yaml": "1"})
    box.write({"staged": "2", "both": "2", "new": "n"})
    box.git("add", "staged", "both", "new")
    box.git("rm", "--quiet", "deleted")
    box.write({"unstaged": "2", "both": "3", "untracked": "u", "later": "l"})
    box.git("add", "--intent-to-add", "later")
    before = box.status()
    assert commit(box, {"a.yaml": "2"}, named=named)
    assert box.status() == before
    assert before == ["MM both", "D  deleted", " A later", "A  new", "M  staged", " M unstaged", "?? untracked"]
    assert box.paths() == {"staged": "1", "unstaged": "1", "both": "1", "deleted": "1", "out/a.yaml": "2"}


@pytest.fixture
def half_staged(box: Sandbox) -> Sandbox:
    """Somebody staged this and that below out/, and then went on."""
    box.commit("base", {"out/a.yaml": "1", "out/b.yaml": "1", "out/c.yaml": "1"})
    box.write({"out/b.yaml": "staged", "out/d.yaml": "staged"})
    box.git("add", "out")
    box.git("rm", "--quiet", "--cached", "out/c.yaml")
    box.write({"out/b.yaml": "on disk", "out/d.yaml": None})
    return box


def test_what_was_staged_below_the_folder_gives_way_to_what_is_on_disk(half_staged: Sandbox) -> None:
    assert commit(half_staged, {"a.yaml": "2"})
    assert half_staged.paths() == {"out/a.yaml": "2", "out/b.yaml": "on disk", "out/c.yaml": "1"}
    assert half_staged.status() == []


def test_where_paths_are_named_others_are_left_as_they_are(half_staged: Sandbox) -> None:
    before = half_staged.status()
    assert commit(half_staged, {"a.yaml": "2"}, named=True)
    assert half_staged.paths() == {"out/a.yaml": "2", "out/b.yaml": "1", "out/c.yaml": "1"}
    assert half_staged.status() == before
    assert before == ["MM out/b.yaml", "D  out/c.yaml", "AD out/d.yaml", "?? out/c.yaml"]


def test_without_an_index_nothing_is_lost(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {"out/a.yaml": "1", "out/b.yaml": "1", "README": "r"})
    (box.root / ".git/index").unlink()
    assert commit(box, {"a.yaml": "2"}, named=named)
    assert box.paths() == {"out/a.yaml": "2", "out/b.yaml": "1", "README": "r"}


@pytest.mark.parametrize("setting", ["core.splitIndex=true", "index.version=4", "core.untrackedCache=true"])
def test_every_form_of_index(box: Sandbox, setting: str, *, named: bool) -> None:
    name, _, value = setting.partition("=")
    box.git("config", name, value)
    box.commit("base", {"out/a.yaml": "1", "README": "r"})
    box.write({"README": "s"})
    box.git("add", "README")
    assert commit(box, {"a.yaml": "2", "b.yaml": "b"}, named=named)
    assert box.status() == ["M  README"]


def test_a_change_in_the_same_tick_as_the_index_stays_visible(box: Sandbox) -> None:
    box.git("config", "core.trustCtime", "false")
    box.commit("base", {"x": "1", "out/a.yaml": "1"})
    tick = (10**18, 10**18)
    box.write({"x": "2"})
    os.utime(box.root / "x", ns=tick)
    box.git("add", "x")
    os.utime(box.root / ".git/index", ns=tick)
    box.write({"x": "3"})
    os.utime(box.root / "x", ns=tick)
    assert commit(box, {"a.yaml": "2"})
    assert box.status() == ["MM x"]


FILES = st.sampled_from(["out/a.yaml", "out/b/c.yaml", "out/b/d.yaml", "x", "dir/y", "dir/out/z", "outer"])
STEPS = st.one_of(
    st.tuples(st.just("write"), FILES, st.sampled_from("123")),
    st.tuples(st.sampled_from(["remove", "add", "unstage", "forget"]), FILES, st.just("")),
)


def play(box: Sandbox, steps: list[tuple[str, str, str]]) -> None:
    for verb, path, text in steps:
        present = (box.root / path).exists()
        match verb:
            case "write":
                box.write({path: text})
            case "remove" if present:
                box.write({path: None})
            case "forget" if present:
                box.repository.finish("rm", "--quiet", "--cached", "--force", "--", path)
            case "unstage":
                box.repository.finish("reset", "--quiet", "--", path)
            case "add":
                box.repository.finish("add", "--all", "--", path)
            case _:
                pass


def others(box: Sandbox) -> dict[str, object]:
    """Everything of the user's that is not below out/."""
    everything = [path for path in box.root.rglob("*") if path.is_file()]
    relative = {path.relative_to(box.root).as_posix(): path for path in everything}
    return {
        "index": box.git("ls-files", "--stage", "-z", "--", ":(exclude)out"),
        "status": box.status(":(exclude)out"),
        "disk": {name: path.read_text() for name, path in relative.items() if not name.startswith((".git/", "out/"))},
        "committed": box.git("ls-tree", "-r", "HEAD", "--", "x", "dir", "outer"),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(committed=st.lists(STEPS, max_size=8), then=st.lists(STEPS, max_size=10), names=st.booleans())
@example(
    committed=[("write", "out/a.yaml", "1"), ("write", "x", "1")],
    then=[("forget", "x", ""), ("remove", "out/a.yaml", "")],
    names=True,
)
def test_whatever_state_others_work_is_in_it_stays(
    tmp_path: Path, *, committed: list[tuple[str, str, str]], then: list[tuple[str, str, str]], names: bool
) -> None:
    box = Sandbox.create(Path(tempfile.mkdtemp(dir=tmp_path)))
    play(box, committed)
    parent = box.commit("base")
    play(box, then)
    before = others(box)
    wanted = {p.relative_to(box.root).as_posix() for p in (box.root / "out").rglob("*") if p.is_file()}
    paths = {*wanted, *(path for path in box.paths() if path.startswith("out/"))} if names else None
    done = commit_tree(box.repository, ("out",), MESSAGE, paths=paths, terms=QUICK)
    assert others(box) == before
    assert box.status("out") == []
    assert {path: text for path, text in box.paths().items() if path.startswith("out/")} == {
        path: (box.root / path).read_text() for path in wanted
    }
    assert box.head() == (done.id if done else parent)
    assert not done or done.changes == box.repository.changed_between(parent, done.id)
    assert box.git("rev-list", "--count", "HEAD").strip() == ("2" if done else "1")
    box.git("fsck", "--strict")


def test_a_moved_branch_is_not_followed(box: Sandbox) -> None:
    rendered_from = box.commit("base")
    box.commit("somebody else's", {"README": "r"})
    assert refused(box, {"a.yaml": "a"}, Terms(onto=rendered_from)) == "MW727"
    assert commit(box, terms=Terms(onto=box.head()))


def test_a_branch_that_moves_in_the_last_moment_is_not_overwritten(box: Sandbox, tmp_path: Path) -> None:
    base = box.commit("base", {"README": "r"})
    racing = box.git("commit-tree", f"{base}^{{tree}}", "-p", base, "-m", "racing").strip()
    box.write({"README": "staged"})
    box.git("add", "README")
    # git calls the hook that signs after the new tree is made and before the branch is moved.
    signer = tmp_path / "signer"
    signer.write_text(
        f"#!/bin/sh\ncat >/dev/null\necho '[GNUPG:] SIG_CREATED ' >&2\necho signature\n"
        f"git --git-dir='{box.root}/.git' update-ref refs/heads/main {racing}\n"
    )
    signer.chmod(0o755)
    box.git("config", "gpg.program", str(signer))
    index = box.git("ls-files", "--stage")
    with pytest.raises(DiagnosticError) as caught:
        commit(box, {"a.yaml": "a"}, terms=Terms(sign=True))
    assert caught.value.diagnostics[0].code == "MW727"
    assert box.head() == racing
    assert box.git("ls-files", "--stage") == index
    assert box.status() == ["M  README", "?? out/a.yaml"]


QUICKER = """
import os, sys
from generator.outside.git import Message, Repository, commit_tree
repository = Repository.find(sys.argv[1])
os.unlink(f"{repository.git_dir}/index.lock")
open(f"{repository.root}/out/b.yaml", "w").write("b")
commit_tree(repository, ("out",), Message(subject="quicker"), paths=["out/b.yaml"])
"""


def test_who_loses_the_lock_of_the_index_loses_the_race_and_nothing_else(box: Sandbox) -> None:
    """git says of a lock that stays to remove it; people do, while its owner is at work."""
    box.commit("base", {"out/c.yaml": "c"})
    hook(box, "pre-commit", f"{sys.executable} -c '{QUICKER}' '{box.root}'")
    with pytest.raises(DiagnosticError) as caught:
        commit(box, {"a.yaml": "a"}, named=True, terms=Terms(hooks=True))
    assert caught.value.diagnostics[0].code == "MW727"
    assert box.paths() == {"out/b.yaml": "b", "out/c.yaml": "c"}
    assert box.status() == ["?? out/a.yaml"]
    assert [*(box.root / ".git/mwgen").iterdir()] == []


def test_a_branch_in_other_hands_is_waited_for(box: Sandbox) -> None:
    box.commit("base")
    lock = box.root / ".git/refs/heads/main.lock"
    lock.write_text("")
    hook(box, "commit-msg", f"(sleep 1; rm '{lock}') >/dev/null 2>&1 &")  # longer than git waits by itself
    assert commit(box, {"a.yaml": "a"}, terms=Terms(hooks=True, wait=120))
    assert box.status() == []


def test_a_branch_that_stays_in_other_hands_is_a_mistake(box: Sandbox) -> None:
    box.commit("base")
    (box.root / ".git/refs/heads/main.lock").write_text("")
    assert refused(box, {"a.yaml": "a"}, Terms(wait=0.2)) == "MW702"


CONTENDER = """
import sys, time
from generator.diagnostics import DiagnosticError
from generator.outside.git import Message, Repository, Terms, commit_tree
root, name, onto = sys.argv[1:]
repository = Repository.find(root)
at = float(sys.stdin.readline())
while time.time() < at:
    pass
open(f"{root}/out/{name}.yaml", "w").write(name)
try:
    terms = Terms(onto=onto or None)
    done = commit_tree(repository, ("out",), Message(subject=name), paths=[f"out/{name}.yaml"], terms=terms)
    print(done.id if done else "nothing")
except DiagnosticError as error:
    print(error.diagnostics[0].code)
"""


def race(box: Sandbox, onto: str, contenders: int = 4) -> list[str]:
    started = [
        subprocess.Popen(
            (sys.executable, "-c", CONTENDER, str(box.root), f"run{number}", onto),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(contenders)
    ]
    at = str(time.time() + 0.3)
    for process in started:
        assert process.stdin
        process.stdin.write(at + "\n")
        process.stdin.flush()
    return [process.communicate()[0].strip() for process in started]


def test_runs_that_race_all_get_their_commit(box: Sandbox) -> None:
    box.commit("base", {"out/keep.yaml": "k"})
    results = race(box, "")
    assert sorted(results) == sorted(box.git("rev-list", "-4", "HEAD").split())
    assert box.status() == []
    assert len(box.paths()) == 5


def test_of_runs_that_race_for_one_place_one_wins(box: Sandbox) -> None:
    base = box.commit("base", {"out/keep.yaml": "k"})
    results = race(box, base)
    assert sorted(results) == sorted(["MW727"] * 3 + [box.head()])
    assert box.git("rev-parse", "HEAD~1").strip() == base


@pytest.mark.parametrize("command", ["merge", "rebase", "cherry-pick", "revert"])
def test_in_the_middle_of_something_nothing_is_committed(box: Sandbox, command: str) -> None:
    box.commit("base", {"x": "base"})
    box.git("checkout", "--quiet", "-b", "side")
    box.commit("side", {"x": "side"})
    box.git("checkout", "--quiet", "main")
    box.commit("main", {"x": "main"})
    assert box.repository.finish(command, "side").status != 0
    assert refused(box, {"a.yaml": "a"}) == "MW722"


def test_conflicts_that_a_stash_left_stay_for_their_owner(box: Sandbox) -> None:
    box.commit("base", {"x": "base"})
    box.write({"x": "mine"})
    box.git("stash", "--quiet")
    box.commit("other", {"x": "theirs"})
    assert box.repository.finish("stash", "pop").status != 0
    assert commit(box, {"a.yaml": "a"})
    assert box.status() == ["UU x"]
    assert box.paths() == {"x": "theirs", "out/a.yaml": "a"}


def test_an_ignored_output_folder_is_a_mistake_until_it_was_added_once(box: Sandbox) -> None:
    box.commit("base", {".gitignore": "# rendered\n/out/\n"})
    assert refused(box, {"a.yaml": "a"}) == "MW723"
    box.git("add", "--force", "out/a.yaml")
    box.git("commit", "--quiet", "-m", "on purpose")
    assert commit(box, {"b.yaml": "b"})
    assert box.paths()["out/b.yaml"] == "b"


def test_a_pattern_that_matches_single_files_does_not_thin_a_bundle_out(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {".gitignore": "*.lock\n"})
    assert commit(box, {"prod/a/bundle.lock": "l", "prod/a/x.yaml": "x"}, named=named)
    assert "out/prod/a/bundle.lock" in box.paths()


def test_a_repository_inside_the_output_is_named(box: Sandbox) -> None:
    box.commit("base")
    Sandbox.create(box.root / "out/inner").commit("inner", {"x": "x"})
    assert refused(box, {"a.yaml": "a"}) == "MW725"


def test_an_index_in_other_hands_is_waited_for_and_left_alone(box: Sandbox) -> None:
    box.commit("base")
    (box.root / ".git/index.lock").write_text("")
    assert refused(box, {"a.yaml": "a"}) == "MW720"
    assert (box.root / ".git/index.lock").exists()


def test_our_own_lock_keeps_git_and_us_out(box: Sandbox) -> None:
    box.commit("base", {"x": "1"})
    with locked_index(box.repository):
        box.write({"x": "2"})
        assert box.repository.finish("add", "x").status != 0
        assert refused(box, {"a.yaml": "a"}) == "MW720"
    assert commit(box)
    assert not (box.root / ".git/index.lock").exists()


KILLED = """
import os, signal, sys
from generator.outside.git import Repository
from generator.outside.git.index_lock import locked_index
with locked_index(Repository.find(sys.argv[1])):
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_lock_of_a_killed_run_of_ours_blocks_no_later_one(box: Sandbox) -> None:
    box.commit("base")
    subprocess.run((sys.executable, "-c", KILLED, str(box.root)), check=False)
    assert (box.root / ".git/index.lock").exists()
    assert commit(box, {"a.yaml": "a"})
    assert not (box.root / ".git/index.lock").exists()


@pytest.mark.parametrize("moment", ["write", "link"])
def test_a_run_that_is_killed_while_it_takes_the_lock_leaves_none(box: Sandbox, moment: str) -> None:
    box.commit("base")
    killed = f"import os, signal\nos.{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n" + KILLED
    assert subprocess.run((sys.executable, "-c", killed, str(box.root)), check=False).returncode == -signal.SIGKILL
    assert not (box.root / ".git/index.lock").exists()
    assert commit(box, {"a.yaml": "a"})


COMMITTER = """
import sys
from generator.outside.git import Message, Repository, commit_tree
repository = Repository.find(sys.argv[1])
number = 0
while True:
    number += 1
    for name in ("a", "b"):
        open(f"{repository.root}/out/{name}.yaml", "w").write(str(number))
    print("now", flush=True)
    commit_tree(repository, ("out",), Message(subject=str(number)), paths=["out/a.yaml", "out/b.yaml"])
"""


def test_killed_at_any_moment_the_branch_holds_whole_commits_only(box: Sandbox) -> None:
    box.commit("base", {"out/a.yaml": "0", "out/b.yaml": "0", "README": "r"})
    box.write({"README": "staged"})
    box.git("add", "README")
    chance = random.Random(7)
    for _ in range(20):
        process = subprocess.Popen((sys.executable, "-c", COMMITTER, str(box.root)), stdout=subprocess.PIPE, text=True)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.06))
        process.kill()
        process.communicate()
        head = box.git("rev-parse", "HEAD").strip()  # once: the git of the killed run may still be about to move it
        (a, b) = (box.git("cat-file", "blob", f"{head}:out/{name}.yaml") for name in "ab")
        assert a == b
        assert box.paths()["README"] == "r"
    commit(box)
    assert box.status() == ["M  README"]
    box.git("fsck", "--strict")


def test_nobody_known_to_commit_says_what_to_do(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    box.commit("base")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    assert refused(box, {"a.yaml": "a"}) == "MW724"
    done = commit(box, terms=Terms(identity=Identity("CI", "ci@example.com")))
    assert done
    assert box.git("log", "-1", "--format=%an %ae %cn").strip() == "CI ci@example.com CI"


def test_an_identity_that_git_knows_goes_before_the_one_given(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(box, {"a.yaml": "a"}, terms=Terms(identity=Identity("CI", "ci@example.com")))
    assert box.git("log", "-1", "--format=%an").strip() == "Tess Tester"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ann")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "robot@example.com")
    commit(box, {"a.yaml": "b"})
    assert (
        box.git("log", "-1", "--format=%an %ae %cn %ce").strip() == "Ann tess@example.com Tess Tester robot@example.com"
    )


def test_source_date_epoch_makes_equal_commits_equal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    done = [commit(Sandbox.create(tmp_path / name), {"a.yaml": "a"}) for name in ("one", "two")]
    assert done[0] == done[1]
    monkeypatch.setenv("GIT_AUTHOR_DATE", "@1600000000 +0000")
    box = Sandbox.create(tmp_path / "three")
    commit(box, {"a.yaml": "a"})
    assert box.git("log", "-1", "--format=%at %ct").strip() == "1600000000 1700000000"


def test_signing_as_configured(box: Sandbox, tmp_path: Path) -> None:
    key = tmp_path / "key"
    subprocess.run(("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)), check=True)
    (tmp_path / "signers").write_text("tess@example.com " + (tmp_path / "key.pub").read_text())
    box.git("config", "gpg.format", "ssh")
    box.git("config", "user.signingKey", str(key))
    box.git("config", "gpg.ssh.allowedSignersFile", str(tmp_path / "signers"))
    commit(box, {"a.yaml": "1"})
    assert box.repository.finish("verify-commit", "HEAD").status != 0
    box.git("config", "commit.gpgSign", "true")
    commit(box, {"a.yaml": "2"})
    assert box.repository.finish("verify-commit", "HEAD").status == 0
    commit(box, {"a.yaml": "3"}, terms=Terms(sign=False))
    assert box.repository.finish("verify-commit", "HEAD").status != 0
    commit(box, {"a.yaml": "4"}, terms=Terms(sign=True))
    assert box.repository.finish("verify-commit", "HEAD").status == 0


def test_a_key_that_cannot_sign_is_an_error_and_no_unsigned_commit(box: Sandbox) -> None:
    box.commit("base")
    box.git("config", "gpg.format", "ssh")
    box.git("config", "user.signingKey", "/nowhere/key")
    assert refused(box, {"a.yaml": "a"}, Terms(sign=True)) == "MW702"


def hook(box: Sandbox, name: str, script: str) -> None:
    place = box.root / ".git/hooks" / name
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"#!/bin/sh\n{script}\n")
    place.chmod(0o755)


def test_hooks_run_only_when_asked_for(box: Sandbox) -> None:
    box.commit("base", {"x": "1"})
    hook(box, "pre-commit", "echo unwanted; exit 1")
    assert commit(box, {"a.yaml": "a"})
    assert refused(box, {"a.yaml": "b"}, Terms(hooks=True)) == "MW726"


def test_hooks_see_what_is_committed_and_nothing_else(box: Sandbox) -> None:
    box.commit("base", {"x": "1", "out/a.yaml": "1"})
    box.write({"x": "staged"})
    box.git("add", "x")
    hook(box, "pre-commit", "git diff --cached --name-only >seen-by-pre-commit; echo changed >out/a.yaml; git add out")
    hook(box, "prepare-commit-msg", 'echo "$2" >>seen-by-prepare')
    hook(box, "commit-msg", 'echo "Change-Id: I1" >>"$1"')
    hook(box, "post-commit", "git log -1 --format=%s >seen-by-post-commit; exit 1")
    assert commit(box, {"a.yaml": "2"}, terms=Terms(hooks=True))
    assert (box.root / "seen-by-pre-commit").read_text() == "out/a.yaml\n"
    assert (box.root / "seen-by-prepare").read_text() == "message\n"
    assert (box.root / "seen-by-post-commit").read_text() == "Render\n"
    assert box.git("log", "-1", "--format=%B").strip().endswith("Source-Commit: abc\nChange-Id: I1")
    assert box.paths() == {"x": "1", "out/a.yaml": "2"}
    assert box.status("x") == ["M  x"]


def test_hooks_of_another_folder(box: Sandbox, tmp_path: Path) -> None:
    box.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/commit-msg").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "hooks/commit-msg").chmod(0o755)
    assert refused(box, {"a.yaml": "a"}, Terms(hooks=True)) == "MW726"


def test_attributes_hold(box: Sandbox, *, named: bool) -> None:
    box.commit("base", {".gitattributes": "*.crlf text eol=crlf\n*.rot filter=rot\n"})
    box.git("config", "filter.rot.clean", "tr a-z n-za-m")
    box.git("config", "core.safecrlf", "true")
    assert commit(box, {"a.crlf": "1\r\n", "b.crlf": "1\n", "c.rot": "abc"}, named=named)
    assert box.git("cat-file", "blob", "HEAD:out/a.crlf") == "1\n"
    assert box.git("cat-file", "blob", "HEAD:out/c.rot") == "nop"
    assert box.status() == []


def test_an_executable_file_stays_one(box: Sandbox) -> None:
    box.write({"out/run.sh": ""})
    (box.root / "out/run.sh").chmod(0o755)
    assert commit(box)
    assert box.git("ls-tree", "HEAD:out").startswith("100755 ")


@pytest.mark.parametrize(
    "message",
    [
        Message(subject=""),
        Message(subject="two\nlines"),
        Message(subject="x", trailers=(("No key", "x"),)),
        Message(subject="x", trailers=(("Key", "a\nb"),)),
        Message(subject="x", trailers=(("Key", " "),)),
    ],
)
def test_a_message_that_would_read_otherwise_is_our_bug(message: Message) -> None:
    with pytest.raises(ValueError, match=r"subject|trailer"):
        message.text()


def test_a_message_is_read_back_as_it_was_meant(box: Sandbox) -> None:
    message = Message(subject="Größe", body="# not a comment\n\nNote: no trailer\n", trailers=(("A", "1"), ("B", "2")))
    box.git("config", "i18n.commitEncoding", "ISO-8859-1")
    box.write({"out/a.yaml": "a"})
    assert commit_tree(box.repository, ("out",), message)
    assert box.git("log", "-1", "--encoding=UTF-8", "--format=%s|%b").startswith(
        "Größe|# not a comment\n\nNote: no trailer\n\nA: 1"
    )
    assert box.git("log", "-1", "--format=%(trailers)").split("\n")[:2] == ["A: 1", "B: 2"]


@pytest.mark.parametrize(
    ("folders", "paths"),
    [((), None), ((".",), None), (("out", "out/prod"), None), (("out",), ["README"]), (("out",), ["out/../README"])],
)
def test_what_a_caller_can_never_mean(box: Sandbox, folders: tuple[str, ...], paths: list[str] | None) -> None:
    with pytest.raises(ValueError, match=r"output folders|not a file below"):
        commit_tree(box.repository, folders, MESSAGE, paths=paths)


@pytest.fixture
def many(box: Sandbox) -> Sandbox:
    """A repository with as many files as make a pack worthwhile, and a folder whose name sorts in git's way."""
    count = draft._MANY + 50
    box.write({f"out/prod/g{number % 40}/x-{number}.yaml": f"text {number}\n" * 20 for number in range(count)})
    box.write({"out/prod/g1.yaml": "one", "out/prod/g1-a/x": "one", "out/prod/g10/ü.yaml": "one", "README": "r"})
    return box


def objects(box: Sandbox) -> dict[str, int]:
    lines = box.git("count-objects", "-v").splitlines()
    return {name: int(value) for name, value in (line.split(": ") for line in lines)}


def test_many_new_files_become_one_pack(many: Sandbox, *, named: bool) -> None:
    files = [path.relative_to(many.root).as_posix() for path in (many.root / "out").rglob("*") if path.is_file()]
    assert commit_tree(many.repository, ("out",), MESSAGE, paths=files if named else None)
    counted = objects(many)
    assert counted["packs"] == 1
    assert counted["count"] <= 3  # the root tree, the commit, the empty tree: blobs and all other trees are packed
    assert {path: (many.root / path).read_text() for path in files} == many.paths()
    assert many.status() == ["?? README"]
    many.git("fsck", "--strict")


def test_many_changes_among_more_files_pack_only_what_is_new(many: Sandbox) -> None:
    many.commit("base")
    many.git("gc", "--quiet")
    before = objects(many)
    changed = [path for path in sorted(many.paths()) if path.startswith("out/prod/g")][:230]
    many.write({path: "changed" + path for path in changed[:-10]} | dict.fromkeys(changed[-10:]))
    done = commit_tree(many.repository, ("out",), MESSAGE, paths=changed)
    assert done
    assert (len(done.changes.changed), len(done.changes.removed)) == (220, 10)
    after = objects(many)
    assert after["packs"] == before["packs"] + 1
    assert after["count"] <= 2
    assert after["in-pack"] - before["in-pack"] <= 220 + 42
    assert many.status() == []
    many.git("fsck", "--strict")


def test_many_files_with_a_filter_are_left_to_git(many: Sandbox) -> None:
    many.write({".gitattributes": "*.yaml filter=rot\n"})
    many.git("config", "filter.rot.clean", "tr a-z n-za-m")
    assert commit_tree(many.repository, ("out",), MESSAGE)
    assert objects(many)["packs"] == 0
    assert many.git("cat-file", "blob", "HEAD:out/prod/g10/ü.yaml") == "bar"
    assert many.status("out") == []


def test_many_files_with_longer_ids(tmp_path: Path) -> None:
    box = Sandbox.create(tmp_path / "sha256", "--object-format=sha256")
    box.write({f"out/{number}.yaml": str(number) for number in range(draft._MANY + 1)})
    assert commit_tree(box.repository, ("out",), MESSAGE)
    assert objects(box)["packs"] == 1
    box.git("fsck", "--strict")
