# ruff: noqa: PTH104, PTH108 - renaming is the subject here: plainer with the system's own calls
"""The place beside the output folder where its next state is made, and the steps that put it there.

The place is a hidden folder next to the output folder: on the same file system, so that renaming works, and
ignored by git through a `.gitignore` of its own. It exists only while a run works, or after one was killed. It
holds a lock, so that one run works at a time; the lock ends with the process that holds it.

A step is one rename. One step alone needs nothing else: it happened or it did not. Several are written down in a
journal first: whoever comes next and finds it carries the rest out before anything else is done.

The folder lies among the files of the repository, so a pull request can bring one along. Nothing in it is believed
beyond what it could do to the output anyway: no link is followed, and no step leads out of the two folders.
"""

import errno
import fcntl
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.exchange import UNSUPPORTED, exchange, flush

WAIT_SECONDS = 10.0
_PAUSE_SECONDS = 0.05
_INSIDE = ".mwgen-staging"
"""The folder's name where it must be in the output folder: see `staging_folder`."""


@dataclass(frozen=True, slots=True)
class Step:
    """Put the thing `name` of the staging folder to `place` in the output folder (empty: its own place).

    `inode` is the thing's. Where the step is a removal, `new` is false, and `inode` that of what goes; `name` is
    then where it goes to.
    """

    place: str
    name: str
    inode: int
    new: bool = True


@dataclass(frozen=True, slots=True)
class Staging:
    """The staging folder `folder` of the output folder `out`. Only the holder of its lock touches anything in it."""

    out: str
    folder: str
    recovered: bool = False
    """Whether steps of a killed run were left to do, and were done."""

    @property
    def movable(self) -> bool:
        """Whether the output folder as a whole can be swapped: a mount point cannot."""
        return not self.folder.startswith(f"{self.out}/")

    def perform(self, steps: Sequence[Step]) -> None:
        """Carry *steps* out: all of them or, if this process is killed between two, all at the next `recover`.

        Raises OSError: EXDEV where renaming is not possible between here and there; others as they come.
        """
        if not steps:
            return
        flush(self.folder)  # a name must not reach the disk before what it names
        if len(steps) > 1:
            self._write_journal(steps)
        try:
            for step in steps:
                self._carry_out(step)
        except OSError as error:
            if error.errno in UNSUPPORTED:
                self._write_journal(steps)
                for step in steps:
                    self._carry_out_in_two(step)
            elif error.errno == errno.EXDEV:  # no later run could do better
                self._journal.unlink(missing_ok=True)
                raise
            else:
                raise
        except BaseException:  # an interrupt between two steps: the rest takes no time
            for step in steps:
                self._carry_out(step)
            self._journal.unlink(missing_ok=True)
            raise
        self._journal.unlink(missing_ok=True)

    def recover(self) -> bool:
        """Finish what a killed run left unfinished, and clear away what it left behind.

        True where there were steps left to do. Raises DiagnosticError where they cannot be told any more.
        """
        import shutil

        steps = self._read_journal()
        if not all(self._possible(step) for step in steps):
            message = f"a run was killed while it wrote {self.out}, which was copied or changed since"
            hint = f"rm -r {self.folder}, then render everything again"
            raise DiagnosticError(Diagnostic(code="MW663", message=message, hint=hint))
        unfinished = not all(self._done(step) for step in steps)
        self.perform(steps)
        with os.scandir(self.folder) as found:
            entries = list(found)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name not in _OWN_FILES:
                os.unlink(entry.path)
        return unfinished

    def _possible(self, step: Step) -> bool:
        """Whether a step out of a journal is done, or can be without leaving our two folders."""
        parts = step.place.split("/") if step.place else []
        folders = (f"{self.out}/{'/'.join(parts[:depth])}" for depth in range(len(parts)))
        return (
            _NAME.fullmatch(step.name) is not None
            and not {"", ".", "..", ".git"}.intersection(parts)
            and all(_is_folder(folder.rstrip("/")) for folder in folders)
            and (self._done(step) or _inode(self._source(step)) == step.inode)
        )

    def _target(self, step: Step) -> str:
        return f"{self.out}/{step.place}" if step.place else self.out

    def _source(self, step: Step) -> str:
        return f"{self.folder}/{step.name}" if step.new else self._target(step)

    def _done(self, step: Step) -> bool:
        now = _inode(self._target(step))
        return now == step.inode if step.new else now != step.inode

    def _carry_out(self, step: Step) -> None:
        """Do it in one rename; nothing where it is done."""
        place, thing = self._target(step), f"{self.folder}/{step.name}"
        if self._done(step):
            return
        if not step.new:
            os.rename(place, thing)
        elif _inode(place) is None or not (_is_folder(place) or _is_folder(thing)):
            os.rename(thing, place)
        else:
            exchange(thing, place)

    def _carry_out_in_two(self, step: Step) -> None:
        """Do it where the system cannot swap: for a moment there is nothing at the place."""
        if step.new and not self._done(step):
            place = self._target(step)
            if _is_folder(place) or _is_folder(self._source(step)):
                with suppress(FileNotFoundError):
                    os.rename(place, f"{self.folder}/{step.name}.gone")
            os.rename(f"{self.folder}/{step.name}", place)
        else:
            self._carry_out(step)

    @property
    def _journal(self) -> Path:
        return Path(self.folder, "journal")

    def _write_journal(self, steps: Sequence[Step]) -> None:
        import json

        draft = Path(self.folder, "journal.draft")
        _write_new(draft, json.dumps([asdict(step) for step in steps]))
        flush(self.folder)
        draft.replace(self._journal)

    def _read_journal(self) -> list[Step]:
        """The steps in the journal; none where there is no journal, or one that we cannot have written."""
        import json

        try:
            descriptor = os.open(self._journal, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            return []
        with os.fdopen(descriptor, "rb") as file:
            content = file.read(_LARGEST_JOURNAL)
        with suppress(ValueError, TypeError):  # no JSON, or no list
            return [_parsed(step) for step in json.loads(content)]
        return []


_OWN_FILES = frozenset({"lock", ".gitignore"})
_NAME = re.compile("[0-9]+")
_LARGEST_JOURNAL = 64 << 20


def _parsed(raw: object) -> Step:
    match raw:
        case {"place": str(place), "name": str(name), "inode": int(inode), "new": bool(new)}:
            return Step(place, name, inode, new=new)
        case _:
            raise ValueError("this is no step of ours")


def _write_new(file: Path, text: str) -> None:
    """Write a file that is ours for certain: nothing that was there is written through."""
    file.unlink(missing_ok=True)
    with file.open("x") as opened:
        opened.write(text)


@contextmanager
def staging(out: str, wait: float = WAIT_SECONDS) -> Iterator[Staging]:
    """The staging folder of the output folder *out* (absolute), empty, ours alone, gone afterwards.

    What a killed run left unfinished is finished first. Raises DiagnosticError where another run holds the lock
    for more than *wait* seconds.
    """
    import shutil

    place = staging_folder(out)
    lock = _locked(out, place, wait)
    try:
        _write_new(Path(place, ".gitignore"), "*\n")
        yield Staging(out, place, recovered=Staging(out, place).recover())
    finally:
        if not Path(place, "journal").exists():
            shutil.rmtree(place, ignore_errors=True)
        os.close(lock)


def staging_folder(out: str) -> str:
    """Where the staging folder of *out* is: beside it or, where that is another file system, in it."""
    path = Path(out)
    if path.is_dir() and path.stat().st_dev != path.parent.stat().st_dev:
        return f"{out}/{_INSIDE}"
    return f"{path.parent}/{_INSIDE}-{path.name}"


def _locked(out: str, place: str, wait: float) -> int:
    """A descriptor that holds the lock in the folder *place*, which is made for it."""
    deadline = time.monotonic() + wait
    name = f"{place}/lock"
    while True:
        with suppress(FileExistsError):
            Path(place).mkdir()
        if not _is_folder(place) and os.path.lexists(place):
            message = f"{place} is no folder, and output cannot be prepared there"
            raise DiagnosticError(Diagnostic(code="MW661", message=message, hint=f"remove it: rm {place}"))
        try:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except FileNotFoundError:  # its last holder cleared the folder away between our two calls
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _inode(name) == os.fstat(descriptor).st_ino:
                return descriptor
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                message, hint = f"another run is writing {out}", "wait for it to end, then run again"
                raise DiagnosticError(Diagnostic(code="MW660", message=message, hint=hint)) from None
            time.sleep(_PAUSE_SECONDS)
        os.close(descriptor)


def _inode(path: str) -> int | None:
    try:
        return os.lstat(path).st_ino
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_folder(path: str) -> bool:
    return Path(path).is_dir() and not Path(path).is_symlink()
