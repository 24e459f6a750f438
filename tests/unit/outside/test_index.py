"""The memory of an incremental run: what it answers, and that whatever is wrong with it is no memory at all."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.model.bundle import BundleKey
from generator.outside.files import PathChanges, Snapshot, WorkingTree
from generator.outside.index import Bundle, Definition, Edge, Index, Memory, Update, digest, index_path, open_index

STAMP = "mwgen 1.0, settings abc"
LATER = 10_000_000_000
"""Nanoseconds after which a file's times are to be trusted."""

REDIS = Definition("Plugin", "redis")
BASE = Definition("Group", "base")
ORDERS = Definition("Group", "orders")
PROD = Definition("Environment", "prod")
ORDERS_PROD = BundleKey("prod", "orders")


@pytest.fixture
def tree(tmp_path: Path) -> WorkingTree:
    (tmp_path / "groups").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / f"groups/{name}.yaml").write_text(name)
    return WorkingTree(str(tmp_path))


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "private/index.sqlite")


@pytest.fixture
def index(path: str) -> Index:
    return open_index(path, STAMP)


def now(tree: WorkingTree, later: int = LATER) -> Snapshot:
    """The state of the inputs, as if it was looked at *later* than the files were written."""
    seen = tree.snapshot("groups")
    return Snapshot(seen.files, seen.taken_ns + later)


def digests(tree: WorkingTree) -> dict[str, bytes]:
    return {found: digest(tree.read(found)) for found in tree.files("groups")}


def remember(index: Index, tree: WorkingTree, later: int = LATER) -> None:
    assert index.store(Update(snapshot=now(tree, later), digests=digests(tree), whole=True))


def unread(path: str) -> bytes:
    pytest.fail(f"{path} was read")


def changes(
    index: Index, tree: WorkingTree, content: Callable[[str], bytes] | None = None, later: int = LATER
) -> PathChanges | None:
    return index.consult(lambda memory: memory.changed_inputs(now(tree, later), content or tree.read))


def test_without_a_memory_there_is_no_answer(index: Index, tree: WorkingTree) -> None:
    assert changes(index, tree) is None
    assert open_index(None, STAMP).consult(Memory.bundles) is None
    assert not open_index(None, STAMP).store(Update(snapshot=now(tree), whole=True))


def test_nothing_changed_and_nothing_is_read(index: Index, tree: WorkingTree, path: str) -> None:
    remember(index, tree)
    assert changes(index, tree, unread) == PathChanges()
    assert changes(open_index(path, STAMP), tree, unread) == PathChanges()


def test_what_changed_is_told(index: Index, tree: WorkingTree, tmp_path: Path) -> None:
    remember(index, tree)
    (tmp_path / "groups/a.yaml").write_text("other")
    (tmp_path / "groups/b.yaml").unlink()
    (tmp_path / "groups/d.yaml").write_text("d")
    assert changes(index, tree) == PathChanges(
        added=("groups/d.yaml",), changed=("groups/a.yaml",), removed=("groups/b.yaml",)
    )
    assert changes(index, tree) == changes(index, tree)  # asking is not storing


def test_a_file_that_was_only_touched_is_read_once(index: Index, tree: WorkingTree, tmp_path: Path) -> None:
    remember(index, tree)
    (tmp_path / "groups/a.yaml").touch()
    read: list[str] = []

    def content(path: str) -> bytes:
        read.append(path)
        return tree.read(path)

    assert changes(index, tree, content) == PathChanges()
    assert read == ["groups/a.yaml"]
    assert changes(index, tree, unread) == PathChanges()


def test_a_change_of_equal_size_and_time_is_found(index: Index, tree: WorkingTree, tmp_path: Path) -> None:
    remember(index, tree)
    file = tmp_path / "groups/a.yaml"
    known = file.stat()
    file.write_text("z")
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))
    assert changes(index, tree) == PathChanges(changed=("groups/a.yaml",))


def test_files_younger_than_their_times_are_exact_are_compared(index: Index, tree: WorkingTree) -> None:
    remember(index, tree, later=0)
    assert changes(index, tree, lambda _: b"changed within the same tick") == PathChanges(
        changed=("groups/a.yaml", "groups/b.yaml", "groups/c.yaml")
    )
    assert changes(index, tree) == PathChanges()
    assert changes(index, tree, unread) == PathChanges()  # by now they are old enough


def test_the_files_of_another_checkout_are_compared(index: Index, tree: WorkingTree, tmp_path: Path) -> None:
    remember(index, tree)
    subprocess.run(("cp", "-R", str(tmp_path / "groups"), str(tmp_path / "copy")), check=True)
    (tmp_path / "groups").rename(tmp_path / "old")
    (tmp_path / "copy").rename(tmp_path / "groups")
    assert changes(index, tree) == PathChanges()


def test_what_could_not_be_read_counts_as_changed_next_time(index: Index, tree: WorkingTree, tmp_path: Path) -> None:
    remember(index, tree)
    (tmp_path / "groups/a.yaml").write_text("broken")
    (tmp_path / "groups/d.yaml").write_text("broken")
    expected = PathChanges(added=("groups/d.yaml",), changed=("groups/a.yaml",))
    assert changes(index, tree) == expected
    assert index.store(Update(snapshot=now(tree)))
    assert changes(index, tree) == expected


BUNDLE = Bundle(
    plugin="redis",
    plugin_version="2.1.0",
    sources=(PROD, ORDERS),
    inputs=b"\0\1",
    stamp=b"stamp",
    objects=("prod/apps/StatefulSet/x", "prod/v1/Service/x"),
)


def full(tree: WorkingTree) -> Update:
    return Update(
        snapshot=now(tree),
        digests=digests(tree),
        definitions={"groups/a.yaml": [ORDERS, BASE], "groups/b.yaml": [REDIS], "groups/c.yaml": [PROD]},
        edges={ORDERS: [Edge("extends", BASE)], BASE: [Edge("plugin", REDIS)]},
        bundles={
            ORDERS_PROD: BUNDLE,
            BundleKey("prod", "alone"): Bundle(
                plugin="kafka", plugin_version="1", sources=(PROD, Definition("Group", "alone")), inputs=b"", stamp=b""
            ),
        },
        whole=True,
    )


def ask(index: Index, question: Callable[[Memory], object]) -> object:
    answer = index.consult(question)
    assert answer is not None
    return answer


@pytest.fixture
def filled(index: Index, tree: WorkingTree) -> Index:
    assert index.store(full(tree))
    return index


def test_bundles_come_back_as_they_were_stored(filled: Index) -> None:
    assert ask(filled, Memory.bundles) == {ORDERS_PROD, BundleKey("prod", "alone")}
    stored = ask(filled, lambda memory: memory.bundle(ORDERS_PROD))
    assert stored == BUNDLE
    assert filled.consult(lambda memory: memory.bundle(BundleKey("no", "such"))) is None


def test_definitions_are_known_by_file(filled: Index) -> None:
    assert ask(filled, lambda memory: memory.definitions("groups/a.yaml", "groups/c.yaml", "no")) == {
        ORDERS,
        BASE,
        PROD,
    }


@pytest.mark.parametrize(
    ("definition", "bundles"),
    [
        (ORDERS, {ORDERS_PROD}),
        (BASE, {ORDERS_PROD}),
        (REDIS, {ORDERS_PROD}),
        (PROD, {ORDERS_PROD, BundleKey("prod", "alone")}),
        (Definition("Plugin", "kafka"), set()),
        (Definition("Group", "redis"), set()),
    ],
)
def test_what_a_definition_affects_however_far_away(
    filled: Index, definition: Definition, bundles: set[BundleKey]
) -> None:
    assert ask(filled, lambda memory: memory.bundles_affected([definition])) == bundles


def test_several_definitions_and_circles(filled: Index, tree: WorkingTree) -> None:
    assert ask(filled, lambda memory: memory.bundles_affected([])) == frozenset()
    assert filled.store(Update(snapshot=now(tree), edges={REDIS: [Edge("odd", ORDERS), Edge("odd", ORDERS)]}))
    both = [REDIS, Definition("Group", "alone")]
    assert ask(filled, lambda memory: memory.bundles_affected(both)) == {ORDERS_PROD, BundleKey("prod", "alone")}


def test_who_uses_a_plugin_and_who_owns_an_object(filled: Index) -> None:
    assert ask(filled, lambda memory: memory.bundles_using("redis")) == {ORDERS_PROD}
    assert ask(filled, lambda memory: memory.owners(["prod/v1/Service/x", "no"])) == {"prod/v1/Service/x": ORDERS_PROD}


def test_an_update_replaces_what_it_names_and_nothing_else(filled: Index, tree: WorkingTree, tmp_path: Path) -> None:
    (tmp_path / "groups/a.yaml").write_text("changed")
    (tmp_path / "groups/b.yaml").unlink()
    moved = Bundle(plugin="redis", plugin_version="3", sources=(ORDERS,), inputs=b"2", stamp=b"2", objects=("new",))
    assert filled.consult(Memory.bundles)
    assert filled.store(
        Update(
            snapshot=now(tree),
            digests={"groups/a.yaml": digest(b"changed")},
            definitions={"groups/a.yaml": [ORDERS]},
            edges={ORDERS: []},
            bundles={ORDERS_PROD: moved},
            removed=[BundleKey("prod", "alone")],
        )
    )
    assert changes(filled, tree, unread) == PathChanges()
    assert ask(filled, lambda memory: memory.definitions("groups/a.yaml", "groups/b.yaml", "groups/c.yaml")) == {
        ORDERS,
        PROD,
    }
    assert ask(filled, Memory.bundles) == {ORDERS_PROD}
    assert ask(filled, lambda memory: memory.bundle(ORDERS_PROD)) == moved
    assert ask(filled, lambda memory: memory.owners(["prod/v1/Service/x", "new"])) == {"new": ORDERS_PROD}
    assert ask(filled, lambda memory: memory.bundles_affected([BASE, REDIS])) == frozenset()


def test_an_object_may_move_to_another_bundle(filled: Index, tree: WorkingTree) -> None:
    other = BundleKey("prod", "alone")
    bundles = {
        other: Bundle(plugin="k", plugin_version="", sources=(), inputs=b"", stamp=b"", objects=("prod/v1/Service/x",)),
        ORDERS_PROD: Bundle(plugin="redis", plugin_version="", sources=(), inputs=b"", stamp=b"", objects=("else",)),
    }
    assert filled.store(Update(snapshot=now(tree), bundles=bundles))
    assert ask(filled, lambda memory: memory.owners(["prod/v1/Service/x"])) == {"prod/v1/Service/x": other}


def test_a_definition_that_is_left_in_another_file_keeps_its_edges(filled: Index, tree: WorkingTree) -> None:
    assert filled.store(Update(snapshot=now(tree), definitions={"groups/c.yaml": [PROD, BASE]}))
    assert filled.store(Update(snapshot=now(tree), definitions={"groups/a.yaml": [ORDERS]}))
    assert ask(filled, lambda memory: memory.bundles_affected([REDIS])) == {ORDERS_PROD}


def test_a_whole_update_forgets_what_was_before(filled: Index, tree: WorkingTree) -> None:
    assert filled.store(Update(snapshot=now(tree), whole=True))
    assert ask(filled, Memory.bundles) == frozenset()
    assert ask(filled, lambda memory: memory.definitions("groups/a.yaml")) == frozenset()
    assert ask(filled, lambda memory: memory.owners(["prod/v1/Service/x"])) == {}


def test_a_memory_for_other_settings_is_none_and_gives_way(filled: Index, tree: WorkingTree, path: str) -> None:
    other = open_index(path, "mwgen 1.1, settings abc")
    assert other.consult(Memory.bundles) is None
    assert not other.store(Update(snapshot=now(tree)))  # a part without the rest would be a lie
    assert filled.consult(Memory.bundles)
    assert other.store(full(tree))
    assert other.consult(Memory.bundles)
    assert filled.consult(Memory.bundles) is None


def test_what_another_run_stored_in_between_is_not_built_upon(filled: Index, tree: WorkingTree, path: str) -> None:
    other = open_index(path, STAMP)
    assert filled.consult(Memory.bundles)
    assert other.consult(Memory.bundles)
    assert other.store(Update(snapshot=now(tree), removed=[ORDERS_PROD]))
    assert not filled.store(Update(snapshot=now(tree), bundles={ORDERS_PROD: BUNDLE}))
    assert ask(filled, Memory.bundles) == {BundleKey("prod", "alone")}
    assert filled.store(Update(snapshot=now(tree), bundles={ORDERS_PROD: BUNDLE}))


DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"no database at all",
    "cut": lambda data: data[: len(data) // 2],
    "zeroed": lambda data: data[:100] + b"\0" * (len(data) - 100),
    "scrambled": lambda data: data[:100] + bytes(byte ^ 0x55 for byte in data[100:]),
    "scrambled behind": lambda data: data[:8192] + bytes(byte ^ 0x55 for byte in data[8192:]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_memory_is_none_and_gives_way(filled: Index, tree: WorkingTree, path: str, damage: str) -> None:
    Path(path).write_bytes(DAMAGES[damage](Path(path).read_bytes()))

    def everything(memory: Memory) -> object:
        return [
            memory.changed_inputs(now(tree), tree.read),
            memory.definitions("groups/a.yaml"),
            memory.bundles_affected([REDIS]),
            memory.bundle(ORDERS_PROD),
            memory.owners(["prod/v1/Service/x"]),
        ]

    assert filled.consult(everything) is None
    assert not filled.store(Update(snapshot=now(tree), bundles={ORDERS_PROD: BUNDLE}))
    assert filled.store(full(tree))
    assert ask(filled, lambda memory: memory.bundles_affected([REDIS])) == {ORDERS_PROD}


def test_another_programs_database_is_no_memory(tree: WorkingTree, path: str) -> None:
    Path(path).parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (something TEXT)")
    connection.close()
    index = open_index(path, STAMP)
    assert index.consult(Memory.bundles) is None
    assert index.store(full(tree))
    assert ask(index, Memory.bundles)


def test_a_place_that_cannot_be_written_is_no_error(tree: WorkingTree, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = open_index(str(tmp_path / "file/index.sqlite"), STAMP)
    assert index.consult(Memory.bundles) is None
    assert not index.store(full(tree))
    (tmp_path / "folder.sqlite").mkdir()
    index = open_index(str(tmp_path / "folder.sqlite"), STAMP)
    assert index.consult(Memory.bundles) is None
    assert not index.store(full(tree))


def test_a_locked_memory_is_asked_and_not_written(
    filled: Index, tree: WorkingTree, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.outside.index._BUSY_SECONDS", 0.05)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    (tmp_path / "groups/a.yaml").touch()
    assert changes(filled, tree) == PathChanges()
    assert not filled.store(full(tree))
    connection.execute("ROLLBACK")
    connection.close()
    assert filled.store(full(tree))


def test_a_mistake_of_the_one_who_asks_is_not_swallowed(filled: Index) -> None:
    def broken(_: Memory) -> object:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        filled.consult(broken)


WRITER = """
import sys
from generator.model.bundle import BundleKey
from generator.outside.files import Snapshot
from generator.outside.index import *
index = open_index(sys.argv[1], "x")
number = 0
while True:
    number += 1
    bundle = Bundle(plugin=str(number), plugin_version="", sources=(), inputs=b"", stamp=b"")
    index.store(Update(snapshot=Snapshot({}, 0), bundles={BundleKey("e", n): bundle for n in "abc"}, whole=True))
    print("now", flush=True)
"""


def test_killed_at_any_time_the_memory_is_of_one_run(tmp_path: Path) -> None:
    path = str(tmp_path / "index.sqlite")
    for number in range(8):
        process = subprocess.Popen((sys.executable, "-c", WRITER, path), stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.003 * number)
        process.kill()
        process.communicate()
        index = open_index(path, "x")
        found = index.consult(lambda memory: {one.plugin for key in memory.bundles() if (one := memory.bundle(key))})
        assert found is not None
        assert len(found) == 1


def test_where_it_lies(home: Path) -> None:
    inside = index_path("/repo", "/repo/.git/mwgen")
    assert inside
    assert inside.startswith("/repo/.git/mwgen/index-")
    assert index_path("/repo/sub", "/repo/.git/mwgen") != inside
    outside = index_path("/repo", None)
    assert outside
    assert outside.startswith(f"{home}/.cache/mwgen/index-")
    assert index_path("/repo", None, {}) is None
