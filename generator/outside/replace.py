# ruff: noqa: PTH100, PTH101, PTH102, PTH103, PTH104, PTH105, PTH106, PTH108, PTH112, PTH208 - for 60,000 files, Path
#   objects cost as much as the system's calls do
"""Put the output folder into its next state: all of it or nothing.

How: the smallest folder that holds every change is made anew beside the output folder, with hard links for what
did not change, and swapped with the old one in a single rename. Hence a crash, a kill or a full disk at any moment
leaves the output as it was or as it was to be. Files that are not mentioned, our own or somebody else's, are
carried over: they stay the same files, with their times. Empty folders vanish, as they do in git.

Where few files change far apart among very many (one group in three environments of 10,000 bundles each), carrying
all others over would take seconds for nothing. Then several smaller folders are swapped, one after the other within
microseconds, with a journal: a run that is killed in between is finished by the next `recover`, which everything
that reads the output calls first.

Measured (`bench/outside.py`; 60,000 files in 10,000 bundles; seconds on tmpfs, and on the ext4 of a small virtual
machine): first write 1.2 and 5 to 20, everything changed 3.3 and 19, one bundle 0.001 and 0.003, a hundred bundles
0.04 and 0.3 (with a single swap 2.0 and 14), one file in each bundle 0.7 and 2.6. All with the file system flushed
once before names change, which costs a bundle 0.5 ms there, and nothing that can be seen in the larger figures; it
keeps a power cut from leaving empty files. Flushing each file by itself takes four to ten times as long.

Nothing is ever written through a symbolic link: a link in the output folder is somebody's, and is moved or replaced
as a link.
"""

import errno
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.staging import WAIT_SECONDS, Staging, Step, staging, staging_folder


class Waiting(NamedTuple):
    """A file or folder on the file system of the output, which takes its place by being renamed."""

    place: str
    files: int = 1
    """How many it holds."""


Content = bytes | Waiting

CARRIED = 1000
"""Entries that may be carried over for the sake of a single swap, where fewer are changed: 20 to 200 ms."""


def replace(
    out: str,
    changes: Mapping[str, Content],
    removals: Collection[str] = (),
    *,
    wait: float = WAIT_SECONDS,
    carried: int | None = None,
) -> None:
    """Write *changes* and remove *removals*, by path relative to the folder *out*, which may be missing.

    *carried* is how many entries may be carried over for a single swap (None: as many as change, or CARRIED).

    Raises:
        DiagnosticError: another run is writing (for more than *wait* seconds); something else stands where a file
            or folder must go; the disk is full … The output is then as it was.
        ValueError: a path that no bundle has (`..`, an absolute one …), or one both written and removed.
    """
    wanted = _wanted(changes, removals)
    if not wanted.below:
        return
    out = os.path.abspath(out)
    with _reported(out):
        _demand_folder(out)
        with staging(out, wait) as area:
            count = sum(one.files if isinstance(one, Waiting) else 1 for one in changes.values()) + len(removals)
            plan = _Plan(area, max(CARRIED, count) if carried is None else carried)
            try:
                area.perform(list(plan.steps("", wanted)))
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                arrived = plan.give_back()
                left = {path: one for path, one in changes.items() if one not in arrived}
                _write_in_place(out, left, removals)
            if removals:
                _remove_empty(out, wanted)


def recover(out: str, wait: float = WAIT_SECONDS) -> bool:
    """Finish what a killed run left unfinished in *out*; call this before reading the output.

    Costs a look at one path where there is nothing to do. True where something was finished.
    Raises DiagnosticError as `replace` does.
    """
    out = os.path.abspath(out)
    if not os.path.lexists(staging_folder(out)):
        return False
    with _reported(out), staging(out, wait) as area:
        return area.recovered


def differing(out: str, wanted: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of *wanted*, by path relative to *out*, that are not there with just these bytes."""
    return {path: content for path, content in wanted.items() if _content(f"{out}/{path}") != content}


@dataclass(slots=True)
class _Node:
    """What is to become of one name in the output folder, and of the names below it."""

    content: Content | None = None
    removed: bool = False
    below: "dict[str, _Node]" = field(default_factory=dict)

    def at(self, path: str) -> "_Node":
        """The node of a path below this one, which is made."""
        parts = path.split("/")
        if not path or "\0" in path or {"", ".", "..", ".git"}.intersection(parts):
            raise ValueError(f"{path!r} cannot be a file of the output")
        node = self
        for part in parts:
            if node.content is not None:
                raise ValueError(f"{path!r} is below another file of the output")
            node = node.below.setdefault(part, _Node())
        return node


def _wanted(changes: Mapping[str, Content], removals: Collection[str]) -> _Node:
    """The changes as a tree."""
    root = _Node()
    for path in removals:
        root.at(path).removed = True
    for path in sorted(changes):  # a folder's name before the names below it
        node = root.at(path)
        if node.removed:
            raise ValueError(f"{path!r} is both written and removed")
        node.content = changes[path]
    return root


@dataclass(slots=True)
class _Plan:
    """Makes new things in the staging folder, and the steps that put them in place."""

    area: Staging
    limit: int
    _names: "count[int]" = field(default_factory=count)
    _taken: dict[Waiting, tuple[str, int]] = field(default_factory=dict)
    """What waited, where it is now, and its inode."""

    def steps(self, place: str, node: _Node) -> Iterator[Step]:
        """The steps for the folder *place* (empty: the output folder itself), as few as its size allows."""
        full = self._full(place)
        together = len(node.below) > 1 and (place or self.area.movable) and self._left(full, node, self.limit) >= 0
        if together or not _is_folder(full):
            yield from self._put(place, node)
            return
        for name, child in node.below.items():
            below = f"{place}/{name}" if place else name
            if child.below and not child.removed and child.content is None:
                yield from self.steps(below, child)
            else:
                yield from self._put(below, child)

    def _put(self, place: str, node: _Node) -> Iterator[Step]:
        """The step that makes *place* what *node* says: a new file, a new folder, or nothing."""
        full, name = self._full(place), str(next(self._names))
        thing = f"{self.area.folder}/{name}"
        if self._make(full, thing, node):
            yield Step(place, name, os.lstat(thing).st_ino)
        elif os.path.lexists(full):
            yield Step(place, name, os.lstat(full).st_ino, new=False)

    def _make(self, full: str, thing: str, node: _Node) -> bool:
        """Make at *thing* what *full* is to become; False where nothing is to be there."""
        known = _mode(full)
        if known and isinstance(node.content, Waiting) and os.path.isdir(node.content.place):
            node = _opened(node.content)  # among what is there
        if node.content is not None:
            if stat.S_ISDIR(known):
                self._demand_empty(full, node)
            self._take(thing, node.content)
            return True
        if known and not stat.S_ISDIR(known):
            if not node.removed and node.below:
                raise _in_the_way(full)
            known = 0
        if known:
            return self._make_folder(full, thing, node, stat.S_IMODE(known))
        return bool(node.below) and self._make_folder("", thing, node, None)

    def _make_folder(self, full: str, thing: str, node: _Node, mode: int | None) -> bool:
        """Make the folder *thing* from the folder *full* (empty: from none), changed as *node* says."""
        os.mkdir(thing)
        filled = False
        rest = dict(node.below)
        if full:
            with os.scandir(full) as entries:
                for entry in entries:
                    change = rest.pop(entry.name, _UNCHANGED)
                    below = f"{thing}/{entry.name}"
                    if change is not _UNCHANGED:
                        filled = self._make(entry.path, below, change) or filled
                    elif entry.is_dir(follow_symlinks=False):
                        kept = stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode)
                        filled = self._make_folder(entry.path, below, _UNCHANGED, kept) or filled
                    else:
                        _link(entry.path, below)
                        filled = True
        for name, change in rest.items():
            filled = self._make(f"{full}/{name}" if full else "", f"{thing}/{name}", change) or filled
        if not filled:
            os.rmdir(thing)
        elif mode is not None:
            os.chmod(thing, mode)
        return filled

    def _take(self, thing: str, content: Content) -> None:
        """Make the new file or folder *thing*."""
        if not isinstance(content, Waiting):
            _write(thing, content)
            return
        if os.path.lexists(thing):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), thing)
        inode = os.lstat(content.place).st_ino
        try:
            os.rename(content.place, thing)
            self._taken[content] = (thing, inode)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _copy(content.place, thing)

    def give_back(self) -> set[Waiting]:
        """Bring what waited back to where it did; that which cannot be had back is in its place already."""
        arrived: set[Waiting] = set()
        for waiting, (thing, inode) in self._taken.items():
            if os.path.lexists(thing) and os.lstat(thing).st_ino == inode:
                os.rename(thing, waiting.place)
            else:
                arrived.add(waiting)
        return arrived

    def _demand_empty(self, full: str, node: _Node) -> None:
        """Raise where a folder that a file replaces holds something that is not removed."""
        with os.scandir(full) as found:
            entries = list(found)
        for entry in entries:
            change = node.below.get(entry.name, _UNCHANGED)
            if entry.is_dir(follow_symlinks=False):
                self._demand_empty(entry.path, change)
            elif not change.removed:
                raise _in_the_way(entry.path)

    def _left(self, full: str, node: _Node, limit: int) -> int:
        """*limit* less the entries in the folder *full* that *node* leaves as they are; -1 if there are more."""
        if not _is_folder(full):
            return limit
        with os.scandir(full) as entries:
            for entry in entries:
                change = node.below.get(entry.name, _UNCHANGED)
                if change is _UNCHANGED:
                    limit -= 1
                if entry.is_dir(follow_symlinks=False) and limit >= 0:
                    limit = self._left(entry.path, change, limit)
                if limit < 0:
                    return -1
        return limit

    def _full(self, place: str) -> str:
        return f"{self.area.out}/{place}" if place else self.area.out


_UNCHANGED = _Node()


def _opened(waiting: Waiting) -> _Node:
    """A waiting folder, file by file."""
    node = _Node()
    with os.scandir(waiting.place) as entries:
        for entry in entries:
            one = Waiting(entry.path)
            node.below[entry.name] = _opened(one) if entry.is_dir(follow_symlinks=False) else _Node(one)
    return node


def _copy(place: str, thing: str) -> None:
    """A copy of a file or folder."""
    if os.path.isdir(place):
        os.mkdir(thing)
        for name in os.listdir(place):
            _copy(f"{place}/{name}", f"{thing}/{name}")
    else:
        _write(thing, Path(place).read_bytes())


def _write(path: str, content: bytes) -> None:
    """Make the new file *path*. One that is there already differs in case or spelling only: see `_reported`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(descriptor, left) :]
    finally:
        os.close(descriptor)


def _link(path: str, new: str) -> None:
    """Carry a file, link or pipe over: the same file under a second name or, where that cannot be, a copy."""
    try:
        os.link(path, new, follow_symlinks=False)
    except OSError as error:
        # EPERM: somebody else's file (fs.protected_hardlinks); EMLINK: too many names; no links at all on FAT.
        if error.errno not in {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES, errno.EXDEV}:
            raise
        import shutil

        shutil.copy2(path, new, follow_symlinks=False)


def _write_in_place(out: str, changes: Mapping[str, Content], removals: Collection[str]) -> None:
    """Write file by file, each in one step: all that is left where folders cannot be renamed.

    That is so where a file system lies over another (a container's image) or parts of *out* are mounted. A run
    that is killed here leaves some files old and some new; the next full run mends that.
    """
    for path in removals:
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{out}/{path}")
    for path, content in _each_file(changes):
        folder, _, name = f"{out}/{path}".rpartition("/")
        os.makedirs(folder, exist_ok=True)
        draft = f"{folder}/.{name}.mwgen"
        with suppress(FileNotFoundError):
            os.unlink(draft)
        _write(draft, content)
        os.replace(draft, f"{out}/{path}")


def _each_file(changes: Mapping[str, Content]) -> Iterator[tuple[str, bytes]]:
    for path, content in changes.items():
        if not isinstance(content, Waiting):
            yield path, content
        elif os.path.isdir(content.place):
            names = {f"{path}/{name}": Waiting(f"{content.place}/{name}") for name in os.listdir(content.place)}
            yield from _each_file(names)
        else:
            yield path, Path(content.place).read_bytes()


def _remove_empty(folder: str, node: _Node) -> None:
    """Remove the folders at and below *folder* that *node* concerns and that hold nothing."""
    for name, child in node.below.items():
        if child.below or child.removed:
            _remove_empty(f"{folder}/{name}", child)
    with suppress(OSError):
        os.rmdir(folder)


def _demand_folder(out: str) -> None:
    """Raise where *out* is there and is no folder, or a link to one: it might lead anywhere."""
    known = _mode(out)
    if known and not stat.S_ISDIR(known):
        message = f"{out} is {'a symbolic link' if stat.S_ISLNK(known) else 'a file'}, where the output folder must be"
        raise DiagnosticError(Diagnostic(code="MW661", message=message, hint=f"remove it: rm {out}"))


@contextmanager
def _reported(out: str) -> Iterator[None]:
    """What the operating system refuses, as a user's mistake."""
    try:
        yield
    except FileExistsError as error:
        message = f"{error.filename} is there already under a name that this file system takes for the same"
        hint = "two names differ in case or spelling only: rename one of them"
        raise DiagnosticError(Diagnostic(code="MW662", message=message, hint=hint)) from error
    except OSError as error:
        message = f"{out} cannot be written: {error.strerror}" + (f" ({error.filename})" if error.filename else "")
        raise DiagnosticError(Diagnostic(code="MW661", message=message)) from error


def _in_the_way(full: str) -> DiagnosticError:
    message = f"{full} is in the way: the output has a folder or a file there, and nobody generated what is there now"
    return DiagnosticError(Diagnostic(code="MW662", message=message, hint=f"move it away: {full}"))


def _content(full: str) -> bytes | None:
    """What stands in a file; None where there is none, or a link."""
    try:
        descriptor = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        known = os.fstat(descriptor)
        return os.read(descriptor, known.st_size + 1) if stat.S_ISREG(known.st_mode) else None
    finally:
        os.close(descriptor)


def _mode(full: str) -> int:
    """The mode of what stands at *full*, links not followed; 0 where nothing does."""
    try:
        return os.lstat(full).st_mode if full else 0
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _is_folder(full: str) -> bool:
    return stat.S_ISDIR(_mode(full))
