"""The trees of a commit, in memory as far as they are looked at: changed, and written as objects.

git's own way to a tree leads through an index, which it reads and writes whole for each step: 60 ms for 60,000
files, where the five trees that one changed file touches take five.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git.pack import TREE, Pack
from generator.outside.git.repository import Repository
from generator.outside.process import Dialogue

FOLDER_MODE = b"40000"
_BATCH = 100  # ids asked for at once, 41 bytes each: far below a pipe's buffer
_LINES = {size: re.compile(rb"(\d+) ([^\0]+)\0(.{%d})" % size, re.DOTALL) for size in (20, 32)}
"""A tree's lines: octal mode, blank, name, NUL, id in as many bytes as the algorithm has."""


Leaf: TypeAlias = tuple[bytes, bytes]
"""A file, link or submodule: its octal mode (`100644`) and its object's id. A bare tuple: there are many."""


@dataclass(slots=True)
class Folder:
    """A tree that was looked at, or is new.

    `id` is its object's, None where it was changed. Entries that nobody looked at are Leaf tuples, those that
    are folders too; `ordered` says that the entries still stand in git's order.
    """

    id: bytes | None = None
    entries: "dict[bytes, Leaf | Folder] | None" = None
    ordered: bool = False


@dataclass(slots=True)
class Trees:
    """The tree of `commit` (None: an empty one), and what becomes of it."""

    repository: Repository
    commit: str | None
    root: Folder = field(default_factory=lambda: Folder(entries={}))

    def look(self, paths: Collection[bytes]) -> None:
        """Read the folders on the way to *paths*, level by level, many at a time."""
        folders = {path.rpartition(b"/")[0] for path in paths}
        for folder in tuple(folders):
            parts = folder.split(b"/")
            folders.update(b"/".join(parts[:depth]) for depth in range(len(parts)))
        by_depth: dict[int, list[bytes]] = {}
        for folder in folders:
            by_depth.setdefault(folder.count(b"/") + bool(folder), []).append(folder)
        if not self.commit:
            return
        with Dialogue(self.repository.command("cat-file", "--batch")) as talk:
            self.root = self._asked_root(talk, self.commit)
            for _, level in sorted(by_depth.items()):
                nodes = [self.at(folder) for folder in level]
                self._read(talk, [node for node in nodes if isinstance(node, Folder) and node.entries is None])

    def at(self, path: bytes) -> Leaf | Folder | None:
        """What stands at *path*; its folder must have been looked at."""
        node: Leaf | Folder | None = self.root
        for part in path.split(b"/") if path else ():
            if not isinstance(node, Folder):
                return None
            entries = _entries(node)
            node = entries.get(part)
            if isinstance(node, tuple) and node[0] == FOLDER_MODE:
                node = entries[part] = Folder(node[1])
        return node

    def file_on_the_way(self, path: bytes) -> bytes:
        """The path of a file that stands where *path* needs a folder; empty where there is none."""
        folder: Leaf | Folder | None = self.root
        end = path.find(b"/")
        while end > 0 and isinstance(folder, Folder):
            folder = _entries(folder).get(path[path.rfind(b"/", 0, end) + 1 : end])
            if isinstance(folder, tuple) and folder[0] != FOLDER_MODE:
                return path[:end]
            end = path.find(b"/", end + 1)
        return b""

    def put(self, path: bytes, leaf: Leaf) -> None:
        """Set the file at *path*. A file on its way gives way to a folder, a folder in its place to the file."""
        folder, _, name = path.rpartition(b"/")
        self.put_all(folder, {name: leaf})

    def files_in(self, folder: bytes) -> "Mapping[bytes, Leaf | Folder] | None":
        """What stands in a folder, looked at or not there; None where a file stands there or on its way."""
        node = self.at(folder)
        if node is None:
            return None if self.file_on_the_way(folder) else {}
        return _entries(node) if isinstance(node, Folder) else None

    def put_all(self, folder: bytes, leaves: "Mapping[bytes, Leaf]") -> None:
        """As `put`, several files of one folder, by name."""
        current = self.root
        for part in folder.split(b"/") if folder else ():
            current.id = None
            entries = _entries(current)
            below = entries.get(part)
            if not isinstance(below, Folder):
                below = entries[part] = Folder(entries={})
                current.ordered = False
            current = below
        current.id = None
        entries = _entries(current)
        for name, leaf in leaves.items():
            old = entries.get(name)
            current.ordered = current.ordered and isinstance(old, tuple) and old[0] != FOLDER_MODE
            entries[name] = leaf

    def remove(self, path: bytes) -> None:
        """Remove the file at *path*, and the folders that hold nothing then."""
        trail: list[tuple[Folder, bytes]] = []
        current: Leaf | Folder | None = self.root
        for part in path.split(b"/"):
            if not isinstance(current, Folder):
                return
            trail.append((current, part))
            current = _entries(current).get(part)
        if isinstance(current, tuple):
            for folder, part in reversed(trail):
                folder.id = None
                below = _entries(folder)[part]
                if isinstance(below, tuple) or not below.entries:
                    del _entries(folder)[part]

    def written(self, pack: Pack) -> bytes:
        """The id of the root; what is new of it is in *pack*."""
        return _written(self.root, pack)

    def _asked_root(self, talk: Dialogue, commit: str) -> Folder:
        talk.ask(f"{commit}^{{tree}}\n".encode())
        return self._answered(talk, Folder())

    def _read(self, talk: Dialogue, folders: list[Folder]) -> None:
        for start in range(0, len(folders), _BATCH):
            batch = folders[start : start + _BATCH]
            talk.ask(b"".join((folder.id or b"").hex().encode() + b"\n" for folder in batch))
            for folder in batch:
                self._answered(talk, folder)

    def _answered(self, talk: Dialogue, folder: Folder) -> Folder:
        object_id, _, size = talk.line().partition(b" tree ")
        if not size:
            message = f"a tree is missing in the objects of {self.repository.root}"
            hint = "`git fsck` tells what else is; a partial clone may have to fetch it"
            raise DiagnosticError(Diagnostic(code="MW710", message=message, hint=hint))
        folder.id = bytes.fromhex(object_id.decode())
        lines = _LINES[len(folder.id)].findall(talk.exactly(int(size) + 1)[:-1])
        folder.entries = {name: (mode, entry_id) for mode, name, entry_id in lines}
        folder.ordered = True
        return folder


def _written(folder: Folder, pack: Pack) -> bytes:
    if folder.id is None:
        entries = _entries(folder)
        if not folder.ordered:
            entries = dict(sorted(entries.items(), key=_place))
        folder.id = pack.add(TREE, b"".join([_line(name, entry, pack) for name, entry in entries.items()]))
    return folder.id


def _place(item: "tuple[bytes, Leaf | Folder]") -> bytes:
    """A folder is sorted as if its name ended with a slash."""
    name, entry = item
    is_folder = isinstance(entry, Folder) or entry[0] == FOLDER_MODE
    return name + b"/" if is_folder else name


def _line(name: bytes, entry: "Leaf | Folder", pack: Pack) -> bytes:
    mode, entry_id = entry if isinstance(entry, tuple) else (FOLDER_MODE, _written(entry, pack))
    return b"%b %b\0%b" % (mode, name, entry_id)


def _entries(folder: Folder) -> "dict[bytes, Leaf | Folder]":
    assert folder.entries is not None, "a folder is looked at before it is changed"
    return folder.entries
