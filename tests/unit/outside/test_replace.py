"""Replacing the output: what is there afterwards, and that at no moment anything else is."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.diagnostics import DiagnosticError
from generator.outside import staging as staging_module
from generator.outside.replace import Waiting, differing, recover, replace
from generator.outside.staging import staging, staging_folder

STRICT = 10**9
"""Entries to carry over: so many that there is always a single swap."""
JOURNAL = -1
"""So few that a journal is used wherever more than one name changes."""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "repo" / "out"


@pytest.fixture(params=[STRICT, JOURNAL], ids=["one swap", "journal"])
def carried(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def read(folder: Path) -> dict[str, bytes]:
    """Every file by path, links and empty folders too; and whatever stands beside the folder."""
    found = {
        path.relative_to(folder).as_posix(): b"link" if path.is_symlink() else path.read_bytes()
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }
    empty = {
        path.relative_to(folder).as_posix() + "/": b"empty"
        for path in folder.rglob("*")
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir())
    }
    return found | empty


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def code(work: Callable[[], object]) -> str:
    with pytest.raises(DiagnosticError) as caught:
        work()
    return caught.value.diagnostics[0].code


BEFORE = {
    "prod/a/compute/x.yaml": b"1",
    "prod/a/bundle.lock": b"1",
    "prod/b/compute/x.yaml": b"1",
    "staging/a/compute/x.yaml": b"1",
    "staging/a/compute/y.yaml": b"1",
    ".delivery/argocd/a.yaml": b"1",
}


@pytest.mark.parametrize(
    ("changes", "removals"),
    [
        pytest.param({"prod/a/compute/x.yaml": b"2"}, (), id="one file"),
        pytest.param({"prod/a/compute/new.yaml": b"2"}, (), id="one new file"),
        pytest.param({"prod/new/compute/x.yaml": b"2", "prod/new/bundle.lock": b"2"}, (), id="a new bundle"),
        pytest.param({"test/a/x.yaml": b"2"}, (), id="a new environment"),
        pytest.param({"prod/a/compute/x.yaml": b"2", "prod/a/bundle.lock": b"2"}, (), id="one bundle"),
        pytest.param({"prod/a/compute/x.yaml": b"2", "prod/b/compute/x.yaml": b"2"}, (), id="two bundles"),
        pytest.param({"prod/a/bundle.lock": b"2", "staging/a/compute/z.yaml": b"2"}, (), id="two environments"),
        pytest.param(dict.fromkeys(BEFORE, b"2"), (), id="everything"),
        pytest.param({}, ("staging/a/compute/y.yaml",), id="a file goes"),
        pytest.param({}, ("prod/b/compute/x.yaml",), id="a bundle's last file goes"),
        pytest.param({}, ("staging/a/compute/x.yaml", "staging/a/compute/y.yaml"), id="an environment goes"),
        pytest.param({"new.yaml": b"2"}, tuple(BEFORE), id="everything but one new file goes"),
        pytest.param({}, tuple(BEFORE), id="everything goes"),
        pytest.param({}, ("never/there.yaml", "prod/a/never.yaml"), id="what was never there goes"),
        pytest.param({"prod/a/compute": b"2"}, ("prod/a/compute/x.yaml",), id="a file takes the place of a folder"),
        pytest.param({"prod/a/bundle.lock/x": b"2"}, ("prod/a/bundle.lock",), id="a folder takes the place of a file"),
        pytest.param(
            {"prod/a/compute": b"2", "staging/a": b"2"},
            ("prod/a/compute/x.yaml", "staging/a/compute/x.yaml", "staging/a/compute/y.yaml"),
            id="several files take the places of folders",
        ),
    ],
)
def test_afterwards_there_is_what_must_be(
    out: Path, carried: int, changes: dict[str, bytes], removals: tuple[str, ...]
) -> None:
    write(out, BEFORE)
    replace(str(out), changes, removals, carried=carried)
    assert read(out) == {**{path: b for path, b in BEFORE.items() if path not in removals}, **changes}
    assert names(out.parent) == (["out"] if set(removals) != set(BEFORE) or changes else [])


def test_the_first_write_makes_the_folder(out: Path, carried: int) -> None:
    out.parent.mkdir()
    replace(str(out), BEFORE, carried=carried)
    assert read(out) == BEFORE


def test_the_folder_may_be_named_from_where_we_are(out: Path, carried: int, monkeypatch: pytest.MonkeyPatch) -> None:
    out.parent.mkdir()
    monkeypatch.chdir(out.parent)
    replace("./out/", BEFORE, carried=carried)
    assert not recover("out")
    assert read(out) == BEFORE


def test_nothing_to_do_does_nothing(out: Path) -> None:
    out.parent.mkdir()
    replace(str(out), {})
    assert not out.exists()


def test_what_is_not_mentioned_stays_the_same_file(out: Path, carried: int) -> None:
    write(out, {**BEFORE, "prod/a/notes.txt": b"foreign", "README": b"foreign"})
    os.utime(out / "prod/a/notes.txt", ns=(1, 1))
    (out / "prod/a/link").symlink_to("notes.txt")
    (out / "prod/a/run.sh").write_text("#!/bin/sh")
    (out / "prod/a/run.sh").chmod(0o755)
    (out / "prod/a").chmod(0o750)
    os.mkfifo(out / "prod/a/pipe")
    names = ["prod/a/notes.txt", "prod/a/link", "prod/a/run.sh", "prod/a/pipe", "README", "prod/b/compute/x.yaml"]
    before = {name: (out / name).lstat() for name in names}
    replace(str(out), {"prod/a/compute/x.yaml": b"2", "prod/a/bundle.lock": b"2"}, carried=carried)
    for name, known in before.items():
        now = (out / name).lstat()
        assert (now.st_ino, now.st_mtime_ns, now.st_mode) == (known.st_ino, known.st_mtime_ns, known.st_mode), name
    assert (out / "prod/a").stat().st_mode & 0o777 == 0o750
    assert (out / "prod/a/notes.txt").stat().st_nlink == 1


def test_where_links_are_not_allowed_files_are_copied(out: Path, carried: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    write(out, {**BEFORE, "prod/a/notes.txt": b"foreign"})
    os.utime(out / "prod/a/notes.txt", ns=(1, 1))
    replace(str(out), {"prod/a/compute/x.yaml": b"2", "prod/b/compute/x.yaml": b"2"}, carried=carried)
    assert read(out) == {
        **BEFORE,
        "prod/a/notes.txt": b"foreign",
        "prod/a/compute/x.yaml": b"2",
        "prod/b/compute/x.yaml": b"2",
    }
    assert (out / "prod/a/notes.txt").stat().st_mtime_ns == 1


@pytest.fixture
def without_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(one: str, other: str) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(staging_module, "exchange", unsupported)


@pytest.fixture
def across_mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(staging_module, "exchange", elsewhere)
    monkeypatch.setattr(os, "rename", elsewhere)


@pytest.mark.parametrize("system", ["without_swap", "across_mounts"])
def test_systems_that_can_do_less(out: Path, carried: int, system: str, request: pytest.FixtureRequest) -> None:
    write(out, BEFORE)
    request.getfixturevalue(system)
    changes = {"prod/a/compute/x.yaml": b"2", "prod/a/bundle.lock": b"2", "staging/n/x.yaml": b"2"}
    replace(str(out), changes, ["prod/b/compute/x.yaml"], carried=carried)
    assert read(out) == {**{k: v for k, v in BEFORE.items() if k != "prod/b/compute/x.yaml"}, **changes}
    assert names(out.parent) == ["out"]


def test_a_mounted_output_folder_is_never_moved_itself(
    out: Path, carried: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.outside.replace.staging_folder", lambda out: f"{out}/.mwgen-staging")
    monkeypatch.setattr(staging_module, "staging_folder", lambda out: f"{out}/.mwgen-staging")
    write(out, BEFORE)
    inode = out.stat().st_ino
    replace(str(out), dict.fromkeys(BEFORE, b"2"), carried=carried)
    assert read(out) == dict.fromkeys(BEFORE, b"2")
    assert out.stat().st_ino == inode


def test_nothing_is_written_through_a_link(out: Path, carried: int, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"a/x.yaml": b"theirs"})
    write(out, {"prod/b/x.yaml": b"1"})
    (out / "prod/a").symlink_to(tmp_path / "elsewhere/a")
    (out / "prod/b/link.yaml").symlink_to(tmp_path / "elsewhere/a/x.yaml")
    attempt = {"prod/a/x.yaml": b"ours", "prod/b/x.yaml": b"2"}
    assert code(lambda: replace(str(out), attempt, carried=carried)) == "MW662"
    assert code(lambda: replace(str(out), {"prod/a/x.yaml": b"ours"}, carried=carried)) == "MW662"
    replace(str(out), {"prod/b/link.yaml": b"ours", "prod/b/y.yaml": b"2"}, ["prod/a"], carried=carried)
    assert read(tmp_path / "elsewhere") == {"a/x.yaml": b"theirs"}
    assert read(out) == {"prod/b/x.yaml": b"1", "prod/b/link.yaml": b"ours", "prod/b/y.yaml": b"2"}


def test_removing_does_not_follow_links(out: Path, carried: int, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"x.yaml": b"theirs"})
    write(out, {"b/x.yaml": b"1"})
    (out / "a").symlink_to(tmp_path / "elsewhere")
    assert code(lambda: replace(str(out), {"b/x.yaml": b"2"}, ["a/x.yaml"], carried=carried)) == "MW662"
    assert read(tmp_path / "elsewhere") == {"x.yaml": b"theirs"}


@pytest.mark.parametrize("kind", ["link", "file"])
def test_the_output_folder_itself_must_be_a_folder(out: Path, tmp_path: Path, kind: str) -> None:
    out.parent.mkdir()
    (tmp_path / "elsewhere").mkdir()
    if kind == "link":
        out.symlink_to(tmp_path / "elsewhere")
    else:
        out.write_text("")
    assert code(lambda: replace(str(out), {"a/x.yaml": b""})) == "MW661"
    assert names(tmp_path / "elsewhere") == []


@pytest.mark.parametrize(
    ("files", "changes"),
    [
        ({"prod/a": b"foreign"}, {"prod/a/x.yaml": b"1"}),
        ({"prod/a/x.yaml/foreign": b"f"}, {"prod/a/x.yaml": b"1"}),
        ({"prod/a/x.yaml/deep/foreign": b"f"}, {"prod/a/x.yaml": b"1", "prod/b": b"1"}),
    ],
)
def test_what_nobody_generated_is_never_overwritten(
    out: Path, carried: int, files: dict[str, bytes], changes: dict[str, bytes]
) -> None:
    write(out, files)
    assert code(lambda: replace(str(out), changes, carried=carried)) == "MW662"
    assert read(out) == files
    assert names(out.parent) == ["out"]


def test_a_full_disk_leaves_everything_as_it_was(out: Path, carried: int, monkeypatch: pytest.MonkeyPatch) -> None:
    write(out, BEFORE)
    real, written = os.write, 0

    def full(descriptor: int, data: bytes) -> int:
        nonlocal written
        written += 1
        if written > 2:
            raise OSError(28, "No space left on device")
        return real(descriptor, data)

    monkeypatch.setattr(os, "write", full)
    assert code(lambda: replace(str(out), dict.fromkeys(BEFORE, b"2"), carried=carried)) == "MW661"
    assert read(out) == BEFORE
    assert names(out.parent) == ["out"]


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", ".git/config", "a\0b"])
def test_paths_that_no_bundle_has_are_our_bug(out: Path, path: str) -> None:
    with pytest.raises(ValueError, match="cannot be a file"):
        replace(str(out), {path: b""})
    with pytest.raises(ValueError, match="cannot be a file"):
        replace(str(out), {}, [path])


@pytest.mark.parametrize(
    ("changes", "removals"), [({"a": b""}, ["a"]), ({"a/b": b"", "a": b""}, []), ({"a": b"", "a/b": b""}, [])]
)
def test_changes_that_contradict_each_other_are_our_bug(
    out: Path, changes: dict[str, bytes], removals: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"both written and removed|below another file"):
        replace(str(out), changes, removals)


def test_what_differs_is_found_by_content(out: Path, tmp_path: Path) -> None:
    write(out, {"a": b"1", "b": b"1", "c/d": b"1"})
    (out / "link").symlink_to("a")
    wanted = {"a": b"1", "b": b"2", "c": b"", "new/x": b"", "link": b"1"}
    assert differing(str(out), wanted) == {"b": b"2", "c": b"", "new/x": b"", "link": b"1"}
    assert differing(str(tmp_path / "nothing"), wanted) == wanted


NAMES = st.sampled_from(["a", "b", "a/x", "a/y", "a/z/1", "b/x", "c/d/e", "c/d/f", "c/g"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(data=st.data(), bound=st.sampled_from([STRICT, JOURNAL, 2]))
def test_any_state_follows_any_other(tmp_path: Path, *, data: st.DataObject, bound: int) -> None:
    out = tmp_path / str(len(names(tmp_path))) / "out"
    out.parent.mkdir()

    def tree() -> dict[str, bytes]:
        drawn = data.draw(st.dictionaries(NAMES, st.binary(max_size=2), max_size=6))
        return {path: b for path, b in drawn.items() if not any(path.startswith(f"{one}/") for one in drawn)}

    now: dict[str, bytes] = {}
    for _ in range(3):
        wanted = tree()
        changes = {path: content for path, content in wanted.items() if now.get(path) != content}
        assert differing(str(out), wanted) == changes
        replace(str(out), changes, now.keys() - wanted.keys(), carried=bound)
        assert read(out) == wanted if wanted else not out.exists()
        now = wanted
    assert names(out.parent) in (["out"], [])


def test_one_run_at_a_time(out: Path) -> None:
    write(out, BEFORE)
    with staging(str(out)):
        assert code(lambda: replace(str(out), {"a": b""}, wait=0.1)) == "MW660"
        assert code(lambda: recover(str(out), wait=0.1)) == "MW660"
        waiting = threading.Thread(target=replace, args=(str(out), {"prod/a/bundle.lock": b"2"}))
        waiting.start()
        time.sleep(0.1)
        assert (out / "prod/a/bundle.lock").read_bytes() == b"1"
    waiting.join()
    assert (out / "prod/a/bundle.lock").read_bytes() == b"2"
    assert names(out.parent) == ["out"]


def test_many_runs_at_once_lose_nothing(out: Path) -> None:
    write(out, BEFORE)
    runs = [
        threading.Thread(
            target=replace, args=(str(out), {f"prod/{number}/{name}": b"" for name in "xy"}), kwargs={"wait": 60}
        )
        for number in range(12)
    ]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert read(out) == {**BEFORE, **{f"prod/{number}/{name}": b"" for number in range(12) for name in "xy"}}
    assert names(out.parent) == ["out"]


# --- what waits on disk


def waiting(folder: Path, files: Mapping[str, bytes]) -> dict[str, Waiting]:
    write(folder, files)
    return {path: Waiting(str(folder / path)) for path in files}


def test_what_waits_takes_its_place(out: Path, carried: int) -> None:
    write(out, BEFORE)
    spool = out.parent / "spool"
    changes = waiting(spool, {"prod/a/bundle.lock": b"2", "prod/new/x.yaml": b"3"})
    write(spool, {"prod/whole/a/x.yaml": b"4", "prod/whole/bundle.lock": b"5"})
    inode = (spool / "prod/whole/bundle.lock").stat().st_ino
    whole = {"prod/whole": Waiting(str(spool / "prod/whole"), 2)}
    replace(str(out), {**changes, **whole, "prod/b/bytes": b"6"}, carried=carried)
    new = {"prod/a/bundle.lock": b"2", "prod/new/x.yaml": b"3", "prod/whole/a/x.yaml": b"4"}
    assert read(out) == {**BEFORE, **new, "prod/whole/bundle.lock": b"5", "prod/b/bytes": b"6"}
    assert (out / "prod/whole/bundle.lock").stat().st_ino == inode


def test_a_waiting_folder_goes_among_what_is_there(out: Path, carried: int) -> None:
    write(out, {"prod/a/foreign": b"f", "prod/a/server/old.yaml": b"o", "prod/a/server/x.yaml": b"1"})
    spool = out.parent / "spool"
    write(spool, {"server/x.yaml": b"2", "bundle.lock": b"3"})
    replace(str(out), {"prod/a": Waiting(str(spool), 2)}, carried=carried)
    kept = {"prod/a/foreign": b"f", "prod/a/server/old.yaml": b"o"}
    assert read(out) == {**kept, "prod/a/server/x.yaml": b"2", "prod/a/bundle.lock": b"3"}


def test_a_waiting_folder_does_not_go_over_a_file(out: Path) -> None:
    write(out, {"prod/a": b"somebody's"})
    spool = out.parent / "spool"
    write(spool, {"x.yaml": b"2"})
    assert code(lambda: replace(str(out), {"prod/a": Waiting(str(spool))})) == "MW662"
    assert read(out) == {"prod/a": b"somebody's"}


@pytest.mark.parametrize("system", ["without_swap", "across_mounts"])
def test_what_waits_on_systems_that_can_do_less(
    out: Path, carried: int, system: str, request: pytest.FixtureRequest
) -> None:
    write(out, BEFORE)
    request.getfixturevalue(system)
    spool = out.parent / "spool"
    changes = waiting(spool, {"prod/a/bundle.lock": b"2", "prod/new/x.yaml": b"3"})
    write(spool, {"prod/whole/a/x.yaml": b"4", "staging/whole/bundle.lock": b"5"})
    folders = {f"{name}/whole": Waiting(str(spool / name / "whole")) for name in ("prod", "staging")}
    replace(str(out), {**changes, **folders}, carried=carried)
    new = {"prod/a/bundle.lock": b"2", "prod/new/x.yaml": b"3", "prod/whole/a/x.yaml": b"4"}
    assert read(out) == {**BEFORE, **new, "staging/whole/bundle.lock": b"5"}
    assert names(out.parent) == ["out", "spool"]


def test_what_waits_where_nothing_can_be_renamed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two file systems that look like one, as a bind mount makes them."""
    spool, rename = out.parent / "spool", os.rename

    def elsewhere(source: str, target: str) -> None:
        if str(source).startswith(str(spool)):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        rename(source, target)

    monkeypatch.setattr(os, "rename", elsewhere)
    changes = waiting(spool, {"prod/a/x": b"1", "prod/b/c/d": b"2"})
    replace(str(out), {"prod/a/x": changes["prod/a/x"], "prod/b": Waiting(str(spool / "prod/b"))})
    assert read(out) == {"prod/a/x": b"1", "prod/b/c/d": b"2"}


def test_git_sees_nothing_of_the_staging_folder(out: Path) -> None:
    write(out, BEFORE)
    subprocess.run(("git", "init", "--quiet"), cwd=out.parent, check=True)
    with staging(str(out)) as area:
        write(Path(area.folder), {"0/x.yaml": b""})
        listed = subprocess.run(
            ("git", "status", "--porcelain", "-uall"), cwd=out.parent, check=True, capture_output=True
        ).stdout
    assert b"staging-out" not in listed
    assert b"out/prod/a/bundle.lock" in listed


AFTER = {
    **{path: b"2" for path in BEFORE if not path.startswith("staging/")},
    "prod/new/x.yaml": b"2",
    "staging/a/compute/x.yaml": b"1",
}
EVENTS = {"os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.chmod", "open", "ctypes.dlsym"}


def step_to(out: Path, wanted: Mapping[str, bytes], carried: int) -> None:
    removals = [path for path in read(out) if path not in wanted]
    replace(str(out), differing(str(out), wanted), removals, carried=carried)


def killed_before_call(number: int, out: Path, wanted: Mapping[str, bytes], carried: int) -> bool:
    """Run `step_to` in a child that is killed before its system call *number*; False where it ended before."""
    child = os.fork()
    if child == 0:
        calls = 0

        def count(event: str, _: object) -> None:
            nonlocal calls
            if event in EVENTS:
                calls += 1
                if calls == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            step_to(out, wanted, carried)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def files_only(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Without empty folders, which git does not know."""
    return {path: content for path, content in found.items() if not path.endswith("/")}


def test_killed_before_any_call_the_output_is_old_or_new(out: Path, carried: int) -> None:
    write(out, BEFORE)
    states, torn = [BEFORE, AFTER], 0
    for number in range(1, 400):
        killed = killed_before_call(number, out, states[1], carried)
        seen = files_only(read(out))
        torn += seen not in states
        recover(str(out))
        now = files_only(read(out))
        assert now in states
        assert not staging_folder_exists(out)
        if not killed:
            assert now == states[1]
            break
        step_to(out, states[0], STRICT)
    else:
        pytest.fail("the child was never done")
    assert number > 40
    if carried == STRICT:
        assert torn == 0  # not even before recovery was there anything else to see
    else:
        assert torn > 0  # else this would not test the journal


def staging_folder_exists(out: Path) -> bool:
    return os.path.lexists(staging_folder(str(out)))


WRITER = """
import sys
from generator.outside.replace import replace
out, carried = sys.argv[1], int(sys.argv[2])
number = 0
while True:
    number += 1
    content = str(number).encode()
    replace(out, {f"{e}/{g}/{n}": content for e in "ab" for g in "cdef" for n in "xyz"}, carried=carried)
    print("now", flush=True)
"""


def test_killed_at_any_time_the_output_is_of_one_run(out: Path, carried: int) -> None:
    write(out, {"foreign/file": b"f"})
    chance = random.Random(11)
    for _ in range(10):
        process = subprocess.Popen((sys.executable, "-c", WRITER, str(out), str(carried)), stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        if carried == JOURNAL:
            recover(str(out))
        found = read(out)
        assert found.pop("foreign/file") == b"f"
        assert len(found) == 24
        assert len(set(found.values())) == 1
    recover(str(out))
    assert names(out.parent) == ["out"]


def test_an_interrupt_between_two_steps_is_obeyed_after_the_last(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(out, BEFORE)
    real, calls = os.rename, 0

    def interrupted(source: str, target: str) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "rename", interrupted)
    changes = {"prod/a/bundle.lock": b"2", "prod/b/compute/x.yaml": b"2", "staging/a/compute/y.yaml": b"2"}
    with pytest.raises(KeyboardInterrupt):
        replace(str(out), changes, carried=JOURNAL)
    assert read(out) == {**BEFORE, **changes}
    assert names(out.parent) == ["out"]


def test_a_journal_that_fits_nothing_is_not_guessed_at(out: Path) -> None:
    write(out, BEFORE)
    for number in range(1, 400):
        assert killed_before_call(number, out, AFTER, JOURNAL)
        if files_only(read(out)) not in (BEFORE, AFTER):
            break
        recover(str(out))
        step_to(out, BEFORE, STRICT)
    copied = out.parent.parent / "copied"
    subprocess.run(("cp", "-R", str(out.parent), str(copied)), check=True)
    torn = read(copied / "out")
    assert code(lambda: recover(str(copied / "out"))) == "MW663"
    assert read(copied / "out") == torn
    moved = out.parent.parent / "moved"
    out.parent.rename(moved)  # the same files elsewhere: the journal still fits
    assert recover(str(moved / "out"))
    assert files_only(read(moved / "out")) == AFTER


def planted(out: Path) -> Path:
    """A staging folder that came with a pull request."""
    folder = Path(staging_folder(str(out)))
    folder.mkdir(parents=True)
    return folder


def test_a_planted_link_for_the_staging_folder_is_not_followed(out: Path, tmp_path: Path) -> None:
    write(tmp_path / "victim", {"precious": b"p"})
    write(out, BEFORE)
    for target in (tmp_path / "victim", tmp_path / "nowhere"):
        Path(staging_folder(str(out))).symlink_to(target)
        assert code(lambda: recover(str(out))) == "MW661"
        assert code(lambda: replace(str(out), {"a/x": b"1", "a/y": b"1"})) == "MW661"
        assert read(tmp_path / "victim") == {"precious": b"p"}
        Path(staging_folder(str(out))).unlink()


@pytest.mark.parametrize("name", [".gitignore", "journal.draft", "journal", "lock", "0", "1"])
def test_planted_links_in_the_staging_folder_are_not_followed(
    out: Path, carried: int, tmp_path: Path, name: str
) -> None:
    write(tmp_path / "victim", {"precious": b"p"})
    write(out, BEFORE)
    (planted(out) / name).symlink_to(tmp_path / "victim/precious")
    try:
        replace(str(out), {"prod/a/bundle.lock": b"2", "prod/b/compute/x.yaml": b"2"}, carried=carried)
        assert read(out) == {**BEFORE, "prod/a/bundle.lock": b"2", "prod/b/compute/x.yaml": b"2"}
    except DiagnosticError:
        assert name == "lock"
    assert read(tmp_path / "victim") == {"precious": b"p"}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("../victim/precious", "0"),
        ("prod/../../victim/precious", "0"),
        ("link/precious", "0"),
        ("prod/a/bundle.lock", "../../victim/precious"),
        ("prod/a/bundle.lock", "/etc/passwd"),
        (".git/config", "0"),
    ],
)
@pytest.mark.parametrize("new", [True, False])
def test_planted_steps_lead_nowhere(out: Path, place: str, name: str, *, new: bool) -> None:
    victim = out.parent / "victim"
    write(victim, {"precious": b"p"})
    write(out, {**BEFORE, ".git/config": b"c"})
    (out / "link").symlink_to(victim)
    folder = planted(out)
    write(folder, {"0": b"evil"})
    # As bad as it can be: whoever planted it guessed the inodes.
    for inode in {path.lstat().st_ino for path in (folder / "0", victim / "precious", out / ".git/config")}:
        steps = [{"place": place, "name": name, "inode": inode, "new": new}]
        write(folder, {"0": b"evil", "journal": json.dumps(steps).encode()})
        assert code(lambda: recover(str(out))) == "MW663"
        assert read(victim) == {"precious": b"p"}
        assert (out / ".git/config").read_bytes() == b"c"


@pytest.mark.parametrize(
    "journal", [b"", b"{", b"[1]", b'[{"place": 1}]', b"{}", b'[{"place":1,"name":2,"inode":3}]', b"\xff"]
)
def test_a_journal_that_is_none_is_passed_over(out: Path, journal: bytes) -> None:
    write(out, BEFORE)
    write(planted(out), {"journal": journal})
    assert not recover(str(out))
    assert read(out) == BEFORE
    assert names(out.parent) == ["out"]


def test_recovering_is_nothing_where_nothing_happened(out: Path) -> None:
    assert not recover(str(out))
    write(out, BEFORE)
    assert not recover(str(out))
    Path(staging_folder(str(out))).mkdir()
    assert not recover(str(out))
    assert names(out.parent) == ["out"]
