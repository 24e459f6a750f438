"""What an incremental run remembers of the run before: what was read, what it defined, what came of it.

The memory is never needed and never an error: a file that is missing, damaged, locked, from another version or for
other settings is no memory, and the answer to every question is None: render everything. It says nothing about the
output folder itself; `Bundle.stamp` is for the caller to find out whether that still is as it was left.

It lies in git's own folder or, without git, in the user's cache: never among the files that a pull request brings.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from generator.model.key import BundleKey
from generator.outside.files import FileStat, PathChanges, Snapshot
from generator.outside.private import cache_folder

Answer = TypeVar("Answer")

_VERSION = 2
_BUSY_SECONDS = 2.0
_GRANULARITY_NS = 2_000_000_000
"""The coarsest file times that there are (FAT's): a file that young may change again without a trace."""

_TABLES = """
CREATE TABLE meta (version INTEGER NOT NULL, stamp TEXT NOT NULL, generation INTEGER NOT NULL);
CREATE TABLE inputs (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL, settled INTEGER NOT NULL, digest BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE definitions (
    path TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (path, kind, name)
) WITHOUT ROWID;
CREATE INDEX definitions_by_name ON definitions (kind, name);
CREATE TABLE edges (
    kind TEXT NOT NULL, name TEXT NOT NULL, relation TEXT NOT NULL, to_kind TEXT NOT NULL, to_name TEXT NOT NULL,
    PRIMARY KEY (kind, name, relation, to_kind, to_name)
) WITHOUT ROWID;
CREATE INDEX edges_backwards ON edges (to_kind, to_name, kind, name);
CREATE TABLE bundles (
    environment TEXT NOT NULL, bundle TEXT NOT NULL, plugin TEXT NOT NULL, plugin_version TEXT NOT NULL,
    inputs BLOB NOT NULL, stamp BLOB NOT NULL, PRIMARY KEY (environment, bundle)
) WITHOUT ROWID;
CREATE INDEX bundles_by_plugin ON bundles (plugin);
CREATE TABLE environments (name TEXT PRIMARY KEY, stamp BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    environment TEXT NOT NULL, bundle TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (environment, bundle, kind, name)
) WITHOUT ROWID;
CREATE INDEX sources_backwards ON sources (kind, name);
CREATE TABLE objects (identity TEXT PRIMARY KEY, environment TEXT NOT NULL, bundle TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX objects_by_bundle ON objects (environment, bundle);
"""


class Definition(NamedTuple):
    """Something that a file defines: `Definition("Group", "orders-cache")`. The words are the caller's."""

    kind: str
    name: str


class Edge(NamedTuple):
    """What a definition needs: `Edge("extends", Definition("Group", "base"))`. The target need not exist."""

    relation: str
    target: Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle as it was rendered.

    `sources` are the definitions that it comes from directly: its group, its environment. `inputs` is a digest of
    all that it was rendered from; `stamp` is whatever tells the caller that its files are still those that were
    written. `objects` are its objects' identities; an identity is in one bundle only.
    """

    plugin: str
    plugin_version: str
    sources: tuple[Definition, ...]
    inputs: bytes
    stamp: bytes
    objects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a run has to add to the memory, in one go.

    `snapshot` is the state of all inputs from before they were read; `digests` (see `digest`) are of all those
    that were read. `definitions` and `edges` are of all files and definitions that were loaded, and take the place
    of what was known of each. `removed` bundles are forgotten. `environments` are the stamps of the files that the
    bundles of one share, empty where there are none. `whole`: this is everything, forget what was before.
    """

    snapshot: Snapshot
    digests: Mapping[str, bytes] = field(default_factory=dict)
    definitions: Mapping[str, Collection[Definition]] = field(default_factory=dict)
    edges: Mapping[Definition, Collection[Edge]] = field(default_factory=dict)
    bundles: Mapping[BundleKey, Bundle] = field(default_factory=dict)
    removed: Collection[BundleKey] = ()
    environments: Mapping[str, bytes] = field(default_factory=dict)
    whole: bool = False


def digest(content: bytes) -> bytes:
    """The digest of a file's content that the index compares: 16 bytes."""
    return hashlib.blake2b(content, digest_size=16).digest()


def index_path(root: str, git_folder: str | None, surroundings: Mapping[str, str] | None = None) -> str | None:
    """Where the index for the definitions at *root* is; None where there is no place for one.

    *git_folder* is git's private folder for us (`Repository.private_folder`), None outside of a repository. One
    repository may hold several roots.
    """
    name = f"index-{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}.sqlite"
    folder = git_folder or cache_folder(os.environ if surroundings is None else surroundings)
    return f"{folder}/{name}" if folder else None


class Memory:
    """What there is to ask. Only `Index.consult` makes one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """The tables behind *connection* are sound and ours."""
        self._connection = connection

    def changed_inputs(self, snapshot: Snapshot, content: Callable[[str], bytes]) -> PathChanges:
        """How the files of *snapshot* differ from those that were stored.

        A file whose state differs, or that was stored too soon after it was written to be sure of, is read with
        *content* and compared by digest: one that was merely touched has not changed, and is remembered so.
        """
        stored = "SELECT path, size, mtime_ns, ctime_ns, inode, settled FROM inputs"
        known = {row[0]: row for row in self._connection.execute(stored)}
        doubtful = [
            path for path, state in snapshot.files.items() if path in known and known[path] != (path, *state, 1)
        ]
        changed: set[str] = set()
        touched: list[tuple[int | str, ...]] = []
        for path in doubtful:
            ((old,),) = self._connection.execute("SELECT digest FROM inputs WHERE path = ?", (path,)).fetchall()
            if old == digest(content(path)):
                state = snapshot.files[path]
                touched.append((*state, _settled(state, snapshot), path))
            else:
                changed.add(path)
        with suppress(sqlite3.OperationalError):  # another run writes: then this is for the next one to remember
            self._connection.executemany(
                "UPDATE inputs SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ?, settled = ? WHERE path = ?",
                touched,
            )
        return PathChanges(
            added=tuple(sorted(snapshot.files.keys() - known.keys())),
            changed=tuple(sorted(changed)),
            removed=tuple(sorted(known.keys() - snapshot.files.keys())),
        )

    def definitions(self, *paths: str) -> frozenset[Definition]:
        """What these files defined."""
        select = "SELECT kind, name FROM definitions WHERE path = ?"
        return frozenset(Definition(*row) for path in paths for row in self._connection.execute(select, (path,)))

    def named(self, kind: str) -> frozenset[str]:
        """The names of all definitions of a kind."""
        rows = self._connection.execute("SELECT DISTINCT name FROM definitions WHERE kind = ?", (kind,))
        return frozenset(name for (name,) in rows)

    def paths(self, definitions: Iterable[Definition]) -> frozenset[str]:
        """The files that define any of *definitions*."""
        select = "SELECT path FROM definitions WHERE kind = ? AND name = ?"
        return frozenset(path for one in definitions for (path,) in self._connection.execute(select, one))

    def edges(self, definition: Definition) -> tuple[Edge, ...]:
        """What a definition needs."""
        select = "SELECT relation, to_kind, to_name FROM edges WHERE kind = ? AND name = ?"
        rows = self._connection.execute(select, definition)
        return tuple(Edge(relation, Definition(kind, name)) for relation, kind, name in rows)

    def needing(self, definition: Definition) -> frozenset[Definition]:
        """What needs a definition directly."""
        select = "SELECT kind, name FROM edges WHERE to_kind = ? AND to_name = ?"
        return frozenset(Definition(*row) for row in self._connection.execute(select, definition))

    def stamps(self) -> dict[BundleKey, bytes]:
        """The stamp of every bundle."""
        rows = self._connection.execute("SELECT environment, bundle, stamp FROM bundles")
        return {BundleKey(environment, bundle): stamp for environment, bundle, stamp in rows}

    def environment_stamps(self) -> dict[str, bytes]:
        """The stamp of the files that the bundles of an environment share, by its name."""
        return dict(self._connection.execute("SELECT name, stamp FROM environments"))

    def bundles_affected(self, definitions: Collection[Definition]) -> frozenset[BundleKey]:
        """The bundles that come from any of *definitions*, or from one that needs one of them, and so on."""
        connection = self._connection
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS asked (kind TEXT, name TEXT)")
        connection.execute("DELETE FROM asked")
        connection.executemany("INSERT INTO asked VALUES (?, ?)", definitions)
        rows = connection.execute("""
            WITH RECURSIVE affected (kind, name) AS (
                SELECT kind, name FROM asked
                UNION SELECT edges.kind, edges.name FROM edges
                JOIN affected ON edges.to_kind = affected.kind AND edges.to_name = affected.name
            )
            SELECT DISTINCT environment, bundle FROM sources JOIN affected USING (kind, name)
        """)
        return frozenset(BundleKey(*row) for row in rows)

    def bundles_using(self, plugin: str) -> frozenset[BundleKey]:
        """The bundles that were rendered with a version of *plugin*."""
        rows = self._connection.execute("SELECT environment, bundle FROM bundles WHERE plugin = ?", (plugin,))
        return frozenset(BundleKey(*row) for row in rows)

    def bundles(self) -> frozenset[BundleKey]:
        """All of them."""
        return frozenset(BundleKey(*row) for row in self._connection.execute("SELECT environment, bundle FROM bundles"))

    def bundle(self, key: BundleKey) -> Bundle | None:
        """One of them."""
        select = "SELECT plugin, plugin_version, inputs, stamp FROM bundles WHERE environment = ? AND bundle = ?"
        found = self._connection.execute(select, key).fetchone()
        if found is None:
            return None
        plugin, plugin_version, inputs, stamp = found
        select = "SELECT kind, name FROM sources WHERE environment = ? AND bundle = ? ORDER BY kind, name"
        sources = self._connection.execute(select, key)
        select = "SELECT identity FROM objects WHERE environment = ? AND bundle = ? ORDER BY identity"
        objects = self._connection.execute(select, key)
        return Bundle(
            plugin=plugin,
            plugin_version=plugin_version,
            sources=tuple(Definition(*row) for row in sources),
            inputs=inputs,
            stamp=stamp,
            objects=tuple(identity for (identity,) in objects),
        )

    def owners(self, identities: Collection[str]) -> dict[str, BundleKey]:
        """The bundle of each of these objects that is in one."""
        select = "SELECT environment, bundle FROM objects WHERE identity = ?"
        found = ((identity, self._connection.execute(select, (identity,)).fetchone()) for identity in identities)
        return {identity: BundleKey(*row) for identity, row in found if row}


class Index:
    """The file that the memory is in, at `path` (None: there is none). `stamp`: see `open_index`."""

    def __init__(self, path: str | None, stamp: str) -> None:
        """Opens nothing yet."""
        self._path = path
        self._stamp = stamp
        self._generation = 0
        """That of the memory that was consulted; what it did not see, an update must not build upon."""

    def consult(self, question: Callable[[Memory], Answer]) -> Answer | None:
        """What *question* makes of the memory; None where there is none, or it breaks down on the way."""
        if not self._path or not Path(self._path).is_file():
            return None
        with suppress(sqlite3.DatabaseError), self._connected() as connection:
            connection.execute("BEGIN")
            self._generation = self._known_generation(connection)
            if self._generation:
                answer = question(Memory(connection))
                with suppress(sqlite3.DatabaseError):  # remembering what was merely touched is a bonus
                    connection.execute("COMMIT")
                return answer
        return None

    def store(self, update: Update) -> bool:
        """Remember *update*: all of it or, where that cannot be done, nothing. True where it was done.

        One that is not `whole` needs a memory that was consulted before and has not changed since.
        """
        if not self._path:
            return False
        try:
            Path(self._path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                return self._stored(update)
            except sqlite3.OperationalError:  # locked, or a full disk: what is there is sound
                return False
            except sqlite3.DatabaseError:  # no database, or a damaged one
                if not update.whole:
                    return False
                Path(self._path).unlink()
                return self._stored(update)
        except (OSError, sqlite3.DatabaseError):
            return False

    def _stored(self, update: Update) -> bool:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            known = self._known_generation(connection)
            if not update.whole and (not known or known != self._generation):
                return False
            if update.whole:
                tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for (table,) in tables:
                    connection.execute(f'DROP TABLE "{table}"')
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                connection.execute("INSERT INTO meta VALUES (?, ?, 0)", (_VERSION, self._stamp))
            _store_inputs(connection, update)
            _store_bundles(connection, update)
            self._generation = known + 1
            connection.execute("UPDATE meta SET generation = ?", (self._generation,))
            connection.execute("COMMIT")
            return True

    def _known_generation(self, connection: sqlite3.Connection) -> int:
        """The memory's; 0 where it is none of ours."""
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return 0
        columns = [row[1] for row in connection.execute("PRAGMA table_info (meta)")]
        if columns != ["version", "stamp", "generation"]:
            return 0
        row = connection.execute("SELECT version, stamp, generation FROM meta").fetchone()
        return int(row[2]) if row and row[:2] == (_VERSION, self._stamp) else 0

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        assert self._path
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        with closing(connection):
            connection.execute("PRAGMA temp_store = MEMORY")
            yield connection


def open_index(path: str | None, stamp: str) -> Index:
    """The index at *path* (see `index_path`).

    *stamp* stands for everything else that output depends on: the version of this program and the settings. A
    memory with another stamp is none.
    """
    return Index(path, stamp)


def _store_inputs(connection: sqlite3.Connection, update: Update) -> None:
    snapshot = update.snapshot
    known = connection.execute("SELECT path FROM inputs").fetchall()
    gone = [path for (path,) in known if path not in snapshot.files]
    connection.executemany("DELETE FROM inputs WHERE path = ?", ((path,) for path in gone))
    connection.executemany(
        "REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (path, *snapshot.files[path], _settled(snapshot.files[path], snapshot), known_digest)
            for path, known_digest in update.digests.items()
            if path in snapshot.files
        ),
    )
    replaced = [*gone, *update.definitions]
    select = "SELECT kind, name FROM definitions WHERE path = ?"
    before = {row for path in replaced for row in connection.execute(select, (path,))}
    connection.executemany("DELETE FROM definitions WHERE path = ?", ((path,) for path in replaced))
    connection.executemany(
        "INSERT INTO definitions VALUES (?, ?, ?)",
        ((path, *one) for path, defined in update.definitions.items() for one in set(defined)),
    )
    exists = "SELECT 1 FROM definitions WHERE kind = ? AND name = ?"
    vanished = {one for one in before if not connection.execute(exists, one).fetchone()}
    connection.executemany("DELETE FROM edges WHERE kind = ? AND name = ?", vanished | update.edges.keys())
    connection.executemany(
        "INSERT INTO edges VALUES (?, ?, ?, ?, ?)",
        ((*source, edge.relation, *edge.target) for source, edges in update.edges.items() for edge in set(edges)),
    )


def _store_bundles(connection: sqlite3.Connection, update: Update) -> None:
    replaced: set[BundleKey] = {*update.removed, *update.bundles}
    connection.executemany("DELETE FROM bundles WHERE environment = ? AND bundle = ?", replaced)
    connection.executemany("DELETE FROM sources WHERE environment = ? AND bundle = ?", replaced)
    connection.executemany("DELETE FROM environments WHERE name = ?", ((name,) for name in update.environments))
    connection.executemany(
        "INSERT INTO environments VALUES (?, ?)",
        ((name, stamp) for name, stamp in update.environments.items() if stamp),
    )
    connection.executemany("DELETE FROM objects WHERE environment = ? AND bundle = ?", replaced)
    connection.executemany(
        "INSERT INTO bundles VALUES (?, ?, ?, ?, ?, ?)",
        ((*key, one.plugin, one.plugin_version, one.inputs, one.stamp) for key, one in update.bundles.items()),
    )
    connection.executemany(
        "INSERT INTO sources VALUES (?, ?, ?, ?)",
        ((*key, *source) for key, one in update.bundles.items() for source in set(one.sources)),
    )
    connection.executemany(
        "REPLACE INTO objects VALUES (?, ?, ?)",
        ((identity, *key) for key, one in update.bundles.items() for identity in one.objects),
    )


def _settled(state: FileStat, snapshot: Snapshot) -> int:
    """1 where a later change must show in the file's times."""
    return int(max(state.mtime_ns, state.ctime_ns) < snapshot.taken_ns - _GRANULARITY_NS)
