"""`--push` against a real remote: one step or none, made anew where somebody was faster, nothing lost and nothing back.

Every clone here runs the installed command in a process of its own.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.harness import Project

pytestmark = pytest.mark.e2e
MWGEN = str(Path(sys.executable).with_name("mwgen"))
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
data:
  size: {{ .Values.size | quote }}
"""


def git(folder: Path, *arguments: str, check: bool = True) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, f"git {' '.join(arguments)}: {done.stderr}"
    return done.stdout.strip()


def mwgen(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([MWGEN, *arguments], cwd=folder, capture_output=True, text=True, check=False)


def clone(remote: Path, folder: Path, *options: str) -> Project:
    git(remote.parent, "clone", "-q", *options, f"file://{remote}", str(folder))
    return Project(folder)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    """A bare repository with a plugin, twelve groups and their output."""
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    first = Project(tmp_path / "first")
    first.plugin("app", templates={"config": ("", CONFIG)}, defaultValues={"size": "1"})
    for number in range(12):
        first.group(f"g{number}", plugin="app")
    git(first.root, "init", "-q")
    assert mwgen(first.root, "generate").returncode == 0
    git(first.root, "add", "-A")
    git(first.root, "commit", "-qm", "start")
    git(first.root, "push", "-q", str(bare), "HEAD:refs/heads/main")
    return bare


def change(project: Project, name: str, size: str) -> None:
    project.group(name, plugin="app", values={"size": size})
    git(project.root, "commit", "-qam", f"{name} {size}")


def source_pushed(project: Project) -> None:
    """Bring a source commit to the remote as people do: again, on top of what is there."""
    for _ in range(60):
        if subprocess.run(["git", "push", "-q"], cwd=project.root, capture_output=True, check=False).returncode == 0:
            return
        subprocess.run(["git", "pull", "-q", "--rebase"], cwd=project.root, capture_output=True, check=False)
    raise AssertionError("the source did not get through")


def fresh(remote: Path, folder: Path) -> Project:
    """A new clone, whose output must equal a build of its source."""
    project = clone(remote, folder)
    ran = mwgen(project.root, "verify")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return project


def test_a_push_reaches_the_remote(remote: Path, tmp_path: Path) -> None:
    project = clone(remote, tmp_path / "a")
    change(project, "g1", "2")
    ran = mwgen(project.root, "generate", "--commit", "--push")
    assert ran.returncode == 0, ran.stderr
    head = git(project.root, "rev-parse", "HEAD")
    assert git(remote, "rev-parse", "main") == head
    assert f"{head[:12]} is at origin/main" in ran.stdout
    fresh(remote, tmp_path / "b")


def test_who_was_overtaken_renders_anew(remote: Path, tmp_path: Path) -> None:
    slow, fast = clone(remote, tmp_path / "slow"), clone(remote, tmp_path / "fast")
    change(slow, "g1", "2")
    source_pushed(slow)
    git(fast.root, "pull", "-q")
    change(fast, "g2", "3")
    source_pushed(fast)
    assert mwgen(fast.root, "generate", "--commit", "--push").returncode == 0
    ran = mwgen(slow.root, "generate", "--commit", "--push")
    assert ran.returncode == 0, ran.stderr
    assert "moved on" in ran.stderr
    tip = fresh(remote, tmp_path / "look")
    assert git(tip.root, "rev-parse", "HEAD") == git(slow.root, "rev-parse", "HEAD")
    assert git(slow.root, "status", "--porcelain") == ""


def test_output_alone_that_is_there_already_is_no_commit(remote: Path, tmp_path: Path) -> None:
    one, other = clone(remote, tmp_path / "one"), clone(remote, tmp_path / "other")
    change(one, "g1", "2")
    source_pushed(one)
    git(other.root, "pull", "-q")
    assert mwgen(one.root, "generate", "--commit", "--push").returncode == 0
    before = git(remote, "rev-parse", "main")
    ran = mwgen(other.root, "generate", "--commit", "--push")
    assert ran.returncode == 0, ran.stderr
    assert git(remote, "rev-parse", "main") == before


def test_a_detached_shallow_checkout_as_ci_has_it(remote: Path, tmp_path: Path) -> None:
    source = clone(remote, tmp_path / "source")
    change(source, "g1", "2")
    source_pushed(source)
    runner = clone(remote, tmp_path / "runner", "--depth", "1")
    git(runner.root, "checkout", "-q", "--detach")
    ran = mwgen(runner.root, "generate", "--commit", "--push")
    assert ran.returncode == 1
    assert "error[MW734]" in ran.stderr
    change(source, "g2", "2")
    source_pushed(source)
    ran = mwgen(runner.root, "commit", "--push", "--push-to", "main")
    assert ran.returncode == 0, ran.stderr
    fresh(remote, tmp_path / "look")


def test_commits_of_ones_own_are_not_given_up(remote: Path, tmp_path: Path) -> None:
    mine, other = clone(remote, tmp_path / "mine"), clone(remote, tmp_path / "other")
    change(mine, "g1", "2")
    change(other, "g2", "2")
    source_pushed(other)
    ran = mwgen(mine.root, "generate", "--commit", "--push")
    assert ran.returncode == 1
    assert "error[MW731]: origin/main moved on, and does not have" in ran.stderr
    assert "(g1 2)" in ran.stderr
    assert git(mine.root, "log", "--format=%s", "-2").splitlines()[1] == "g1 2"


def test_changes_that_are_not_committed_are_not_lost(remote: Path, tmp_path: Path) -> None:
    mine, other = clone(remote, tmp_path / "mine"), clone(remote, tmp_path / "other")
    change(other, "g2", "2")
    source_pushed(other)
    mine.group("g2", plugin="app", values={"size": "mine"})
    ran = mwgen(mine.root, "generate", "--commit", "--push")
    assert ran.returncode == 1
    assert "error[MW731]" in ran.stderr
    assert "mine" in mine.read("groups/g2.yaml")


def test_a_server_that_refuses_is_believed(remote: Path, tmp_path: Path) -> None:
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'main is protected' >&2\nexit 1\n")
    hook.chmod(0o755)
    project = clone(remote, tmp_path / "a")
    change(project, "g1", "2")
    ran = mwgen(project.root, "generate", "--commit", "--push")
    assert ran.returncode == 1
    assert "error[MW732]" in ran.stderr
    assert "main is protected" in ran.stderr


def test_a_remote_that_is_not_there(remote: Path, tmp_path: Path) -> None:
    project = clone(remote, tmp_path / "a")
    change(project, "g1", "2")
    git(project.root, "remote", "set-url", "origin", "https://user:secret@127.0.0.1:9/none.git")
    ran = mwgen(project.root, "generate", "--commit", "--push")
    assert ran.returncode == 1
    assert "error[MW730]" in ran.stderr
    assert "secret" not in ran.stderr


def test_a_hook_before_the_push_runs_on_request(remote: Path, tmp_path: Path) -> None:
    project = clone(remote, tmp_path / "a")
    hook = project.root / ".git/hooks/pre-push"
    hook.write_text("#!/bin/sh\necho asked >> asked\n")
    hook.chmod(0o755)
    change(project, "g1", "2")
    assert mwgen(project.root, "generate", "--commit", "--push").returncode == 0
    assert not (project.root / "asked").exists()
    change(project, "g1", "3")
    assert mwgen(project.root, "generate", "--commit", "--push", "--hooks").returncode == 0
    assert (project.root / "asked").exists()


def test_ten_pushers_killed_at_random(remote: Path, tmp_path: Path) -> None:
    """Every change lands once, the tip is always a build of its source, and history only grows."""
    lot = random.Random(20)
    clones = [clone(remote, tmp_path / f"clone{number}") for number in range(10)]
    kills = [lot.random() < 0.5 for _ in clones]
    tips: list[str] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            tip = git(remote, "rev-parse", "main", check=False)
            if tip and (not tips or tips[-1] != tip):
                tips.append(tip)
            time.sleep(0.02)

    def work(number: int, project: Project) -> None:
        change(project, f"g{number}", f"new-{number}")
        source_pushed(project)
        command = [MWGEN, "generate", "--commit", "--push", "--tries", "40"]
        if kills[number]:
            victim = subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                      start_new_session=True)  # fmt: skip
            time.sleep(lot.uniform(0.05, 1.5))
            if victim.poll() is None:
                os.killpg(victim.pid, signal.SIGKILL)
            victim.communicate()
            # git's own locks stay behind when git itself is killed: a new checkout is what CI does then
            again = clone(remote, tmp_path / f"again{number}")
            ran = mwgen(again.root, *command[1:])
        else:
            ran = mwgen(project.root, *command[1:])
        results[number] = (ran.returncode, ran.stdout + ran.stderr)

    results: dict[int, tuple[int, str]] = {}
    watcher = threading.Thread(target=watch)
    watcher.start()
    workers = [threading.Thread(target=work, args=each) for each in enumerate(clones)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=240)
    done.set()
    watcher.join()
    assert [number for number in range(10) if number not in results] == [], "still at it"
    if refused := [f"{number} ended with {code}:\n{told}" for number, (code, told) in sorted(results.items()) if code]:
        pytest.fail("\n".join(refused))
    tip = fresh(remote, tmp_path / "look")
    for number in range(10):
        assert f"new-{number}" in tip.read(f"out/default/g{number}/app/configmap-g{number}.yaml")
    subjects = git(tip.root, "log", "--format=%s").splitlines()
    assert all(subjects.count(f"g{number} new-{number}") == 1 for number in range(10))
    for older, newer in pairwise(tips):
        assert (
            subprocess.run(["git", "merge-base", "--is-ancestor", older, newer], cwd=tip.root, check=False).returncode
            == 0
        )
    rendered = [
        line
        for line in git(tip.root, "log", "--format=%H %(trailers:key=Rendered-By,valueonly)").splitlines()
        if "mwgen" in line
    ]
    for commit in (line.split()[0] for line in rendered):
        git(tip.root, "checkout", "-q", commit)
        ran = mwgen(tip.root, "verify")
        assert ran.returncode == 0, f"{commit}: {ran.stdout}{ran.stderr}"
