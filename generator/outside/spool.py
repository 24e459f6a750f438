"""Where workers leave what they have made, so that nobody needs to hold it in memory or hand it on.

A folder in git's own (never committed, never seen), on the file system of the output: what waits there takes its
place by being renamed. It exists while a run works; a killed run's is emptied by the next one that spools. Where
there is no such place, or no room, everything stays in memory as it was: a spool is a convenience.

For a run that will commit, blobs are compressed here, too, by the workers. See `Kept` for what they say of them.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from generator.diagnostics import DiagnosticError
from generator.model.outcome import Kept, Outcome
from generator.outside import stamps
from generator.outside.git.pack import BLOB, entry, object_id


@dataclass(slots=True)
class Spool:
    """A spool for the output folder `out` (absolute; it may not exist yet). Use it in a `with`: gone afterwards.

    `private` is git's private folder for us, which may not exist yet. `algorithm` says, for a run that will commit,
    what ids are made with: `sha1` or `sha256`; None: nobody commits.
    """

    private: str
    out: str
    algorithm: Callable[[], str] | None = None
    _algorithm: str = ""
    _lock: int = -1
    _ours: bool = False
    _process: int = 0
    """Whose `_part` this is: after a fork there is a new one."""

    _part: int = -1
    _end: int = 0
    _known: set[bytes] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)
    _full: bool = False

    @property
    def folder(self) -> str:
        """Where everything waits."""
        return f"{self.private}/spool"

    def prepare(self) -> bool:
        """Whether there is a place to wait, empty now. Call it before any worker starts."""
        if not self._ours and not self._taken():
            self.close()
            return False
        try:
            shutil.rmtree(self.folder, ignore_errors=True)  # what a killed run left
            Path(self.folder).mkdir()
        except OSError:
            return False
        self._process = 0
        with suppress(DiagnosticError):  # the commit will say it again
            self._algorithm = self.algorithm() if self.algorithm else ""
        return True

    def _taken(self) -> bool:
        """Whether we have the lock, and renaming from here to there can work."""
        with suppress(OSError):
            Path(self.private).mkdir(mode=0o700, parents=True, exist_ok=True)
            place = Path(self.out) if Path(self.out).is_dir() else Path(self.out).parent
            if Path(self.private).stat().st_dev == place.stat().st_dev:
                flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
                self._lock = os.open(f"{self.private}/spool.lock", flags, 0o600)
                fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # another run may have it
                self._ours = True
        return self._ours

    def close(self) -> None:
        """Throw away what waits no longer."""
        if self._ours:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock >= 0:
            os.close(self._lock)
        self._lock, self._ours = -1, False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def keep(self, outcome: Outcome) -> Outcome:
        """The *outcome* with its files on disk; itself, where that cannot be. In whichever process."""
        if self._process != os.getpid():
            self._begin()
        if not outcome.write or self._full:
            return outcome
        try:
            return self._kept(outcome)
        except OSError:  # no room; what waits already is sound
            self._full = True
            return outcome

    @property
    def _base(self) -> str:
        return f"{self.folder}/{self._process}"

    def _begin(self) -> None:
        self._process, self._end, self._full = os.getpid(), 0, False
        self._known, self._folders = set(), set()
        try:
            os.mkdir(self._base)  # noqa: PTH102 - paths are text here
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            self._part = os.open(f"{self._base}.pack", flags, 0o600) if self._algorithm else -1
        except OSError:
            self._full = True

    def _kept(self, outcome: Outcome) -> Outcome:
        base = self._base
        for path, data in outcome.write.items():
            self._make(path.rpartition("/")[0])
            _write(f"{base}/{path}", data)
        start, ids, sizes = self._end, b"", list[int]()
        if self._algorithm:
            ids, sizes = self._compressed(outcome.write)
        kept = Kept(
            folder=base,
            paths=tuple(outcome.write),
            stamp=_stamp(base, outcome) if outcome.new else b"",
            part=f"{base}.pack" if ids else "",
            start=start,
            ids=ids,
            sizes=tuple(sizes),
        )
        return replace(outcome, write={}, kept=kept)

    def _make(self, folder: str) -> None:
        """Have the folder in our part, and those above it; most are there already."""
        if folder and folder not in self._folders:
            self._make(folder.rpartition("/")[0])
            os.mkdir(f"{self._base}/{folder}")  # noqa: PTH102
            self._folders.add(folder)

    def _compressed(self, files: Mapping[str, bytes]) -> tuple[bytes, list[int]]:
        """The ids of blobs, one after the other, and the size of each in the part; 0 for one that is in it already."""
        ids, entries, fresh = list[bytes](), list[bytes](), set[bytes]()
        for data in files.values():
            id_ = object_id(self._algorithm, BLOB, data)
            ids.append(id_)
            entries.append(b"" if id_ in self._known or id_ in fresh else entry(BLOB, data))
            fresh.add(id_)
        whole = b"".join(entries)
        try:
            _write_all(self._part, whole)
        except OSError:
            os.ftruncate(self._part, self._end)
            raise
        self._end += len(whole)
        self._known |= fresh
        return b"".join(ids), list(map(len, entries))


def _stamp(base: str, outcome: Outcome) -> bytes:
    """The stamp of a new bundle: a file that is renamed keeps its state."""
    assert outcome.lock is not None
    return stamps.stamp(base, outcome.lock.paths(outcome.key.folder))


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        _write_all(descriptor, data)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]
