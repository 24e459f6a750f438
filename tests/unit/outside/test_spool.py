"""What waits on disk comes to the same as what waits in memory; where it cannot wait there, it stays in memory."""

import os
import resource
import signal
import stat
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model.bundle import BundleKey, Lock, LockedObject
from generator.model.group import DeletionPolicy, State
from generator.model.order import Operation
from generator.model.outcome import Outcome
from generator.model.resource import ResourceId
from generator.outside import stamps
from generator.outside.git.pack import BLOB, Pack, Packed, entry, object_id
from generator.outside.git.pack_index import Packaged, pack_index
from generator.outside.spool import Spool
from generator.outside.workers import mapped
from tests.e2e.git.sandbox import Sandbox

FILES = {"prod/a/server/x.yaml": b"x: 1\n", "prod/a/server/y.yaml": b"y: 1\n" * 400, "prod/a/bundle.lock": b"{}\n"}


def outcome(files: Mapping[str, bytes], group: str = "a", *, new: bool = True) -> Outcome:
    objects = tuple(
        LockedObject(id=ResourceId("", "X", "", path), component="server", wave=None, path=path[7:], sha256="")
        for path in files
        if not path.endswith(".lock")
    )
    lock = Lock(
        plugin="p",
        plugin_version="1",
        runtime="r",
        runtime_version="1",
        topology="",
        target="plain",
        state=State.RUNNING,
        deletion_policy=DeletionPolicy.RETAIN,
        operation=Operation.PROVISION,
        objects=objects,
    )
    return Outcome(key=BundleKey("prod", group), operation=Operation.PROVISION, lock=lock, write=files, new=new)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(str(tmp_path / "git/mwgen"), str(tmp_path / "out"), lambda: "sha1")


def test_files_wait_at_their_paths(spool: Spool) -> None:
    with spool:
        assert spool.prepare()
        done = spool.keep(outcome(FILES))
        kept = done.kept
        assert kept
        assert (done.write, done.files, done.differs) == ({}, tuple(FILES), True)
        assert {path: Path(kept.folder, path).read_bytes() for path in kept.paths} == FILES
        assert kept.stamp == stamps.stamp(kept.folder, ["prod/a/bundle.lock", *list(FILES)[:2]])
        assert spool.keep(outcome(FILES, new=False, group="b")).kept is None, "the same paths twice: no place"
    assert not Path(spool.folder).exists()


def test_nothing_to_write_waits_nowhere(spool: Spool) -> None:
    with spool:
        assert spool.prepare()
        nothing = outcome({})
        assert spool.keep(nothing) is nothing


def test_one_run_has_it(spool: Spool, tmp_path: Path) -> None:
    other = Spool(spool.private, spool.out)
    with spool:
        assert spool.prepare()
        Path(spool.folder, "mine").touch()
        with other:
            assert not other.prepare()
        assert Path(spool.folder, "mine").exists()
        assert spool.prepare(), "once more, for the same run"
        assert not Path(spool.folder, "mine").exists()
    with other:
        assert other.prepare()


def test_what_a_killed_run_left_is_gone(spool: Spool) -> None:
    child = os.fork()
    if child == 0:
        spool.prepare()
        spool.keep(outcome(FILES))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert list(Path(spool.folder).rglob("x.yaml"))
    with spool:
        assert spool.prepare()
        assert list(Path(spool.folder).iterdir()) == []


def in_a_child(work: Callable[[], bool]) -> bool:
    child = os.fork()
    if child == 0:
        sound = False
        try:
            sound = work()
        finally:
            os._exit(0 if sound else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("limit", [3, 1_000, 2_005])
def test_where_there_is_no_room_it_stays_in_memory(spool: Spool, limit: int) -> None:
    """The limit is on the size of a file: of one that waits, or of the part with the blobs."""

    def work() -> bool:
        big = {f"prod/a/{number}.yaml": os.urandom(900) for number in range(5)}
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        given = outcome({"prod/a/x.yaml": b"12"} if limit == 1_000 else big)
        first, second = spool.keep(given), spool.keep(outcome(big, group="b"))
        if limit == 1_000:
            assert first.kept
            part = Path(first.kept.part)
            assert part.stat().st_size == sum(first.kept.sizes), "what did not fit is cut off again"
        else:
            assert first is given
        return second.kept is None and second.write == big

    with spool:
        assert spool.prepare()
        assert in_a_child(work)


def test_other_file_systems_are_no_place(tmp_path: Path) -> None:
    shared = Path("/dev/shm")
    if not shared.is_dir() or shared.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is but one file system")
    with Spool(str(tmp_path), str(shared / "out")) as spool:
        assert not spool.prepare()


def test_an_entry_is_what_git_reads(tmp_path: Path) -> None:
    box = Sandbox.create(tmp_path)
    contents = [b"", b"x", b"y" * 15, b"y" * 16, b"z" * 2_047, b"z" * 2_048, os.urandom(300_000)]
    pack = Pack("sha1")
    ids = [pack.add(BLOB, content).hex() for content in contents]
    pack.store(box.repository, str(tmp_path / "scratch"))
    for id_, content in zip(ids, contents, strict=True):
        assert box.repository.run("cat-file", "blob", id_) == content
    assert zlib.decompress(entry(BLOB, b"y" * 16)[2:]) == b"y" * 16
    assert object_id("sha1", BLOB, b"").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_blobs_of_several_workers_become_one_pack_without_doubles(tmp_path: Path, algorithm: str) -> None:
    box = Sandbox.create(tmp_path / "repo", f"--object-format={algorithm}")
    with Spool(box.repository.private_folder(), str(box.root / "out"), box.repository.algorithm) as spool:
        assert spool.prepare()
        texts = [b"text %d" % (number % 150) for number in range(400)]  # some within a worker, some across
        given = [
            outcome({f"prod/{at}/{number}.yaml": texts[at + number] for number in range(5)}, group=str(at))
            for at in range(0, 400, 5)
        ]
        # The first of them here, since nobody knows whether the second of two workers gets anything to do.
        done = [*map(spool.keep, given[:10]), *mapped(spool.keep, given[10:], workers=2)]
        kept = [one.kept for one in done if one.kept]
        assert len(kept) == 80
        assert len({one.part for one in kept}) >= 2
        packed = Packed.of(kept, "out", algorithm)
        assert packed.count == len(set(texts))
        assert packed.ids["out/prod/0/3.yaml"] == object_id(algorithm, BLOB, texts[3])
        pack = Pack(algorithm)
        pack.take(packed)
        pack.add(BLOB, texts[0])
        pack.add(BLOB, b"one more")
        pack.store(box.repository, str(tmp_path / "scratch"))
    (name,) = Path(box.root, ".git/objects/pack").glob("*.pack")
    index = name.with_suffix(".idx")
    ours = index.read_bytes()
    index.unlink()
    assert box.git("index-pack", "--strict", str(name)), "--strict refuses doubles"
    assert ours == index.read_bytes(), "git makes the same index of it"
    listed = box.git("cat-file", "--batch-check", "--batch-all-objects").splitlines()
    assert len(listed) == len(set(texts)) + 1


def test_a_pack_that_has_no_place_among_gits_is_left_to_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = Sandbox.create(tmp_path / "repo")
    pack = Pack("sha1")
    ids = [pack.add(BLOB, b"text %d" % number).hex() for number in range(150)]

    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refused)
    pack.store(box.repository, str(tmp_path / "scratch"))
    found = {one.suffix for one in Path(box.root, ".git/objects/pack").iterdir()}
    assert {".pack", ".idx"} <= found <= {".pack", ".idx", ".rev"}, "and nothing of ours is left behind"
    assert box.git("cat-file", "blob", ids[149]) == "text 149"


@pytest.mark.parametrize(("mode", "files"), [(0o755, 0o444), (0o2770, 0o440), (0o700, 0o400)])
def test_whoever_may_read_gits_packs_may_read_ours(tmp_path: Path, mode: int, files: int) -> None:
    box = Sandbox.create(tmp_path / "repo")
    folder = Path(box.root, ".git/objects/pack")
    folder.chmod(mode)
    pack = Pack("sha1")
    for number in range(150):
        pack.add(BLOB, b"text %d" % number)
    pack.store(box.repository, str(tmp_path / "scratch"))
    found = {one.suffix: stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()}
    assert found == {".pack": files, ".idx": files}


def test_offsets_beyond_two_gigabytes_stand_in_a_table_of_their_own() -> None:
    ids = [bytes([number]) * 20 for number in (3, 1, 2)]
    objects = [Packaged(ids[0], 7, 12), Packaged(ids[1], 8, (1 << 31) + 5), Packaged(ids[2], 9, (1 << 33) + 1)]
    index = pack_index(objects, b"d" * 20, "sha1")
    tables = index[8 + 1024 :]
    assert tables[:60] == ids[1] + ids[2] + ids[0]
    assert struct.unpack(">3I3I2Q", tables[60:100]) == (
        8,
        9,
        7,
        1 << 31,
        (1 << 31) + 1,
        12,
        (1 << 31) + 5,
        (1 << 33) + 1,
    )
