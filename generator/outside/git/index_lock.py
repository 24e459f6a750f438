"""git's own lock on the index: while we hold it, no `git add`, `git commit` or `git switch` changes anything.

git's rule: who creates `index.lock` may replace `index`, and removes the lock afterwards. git cannot know whether
the owner of a lock that stays behind is still alive; ours can be told: it says whose it is, and is held with
`flock`, which ends with the process. A killed run of ours therefore blocks no later run of ours.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git.repository import Repository

WAIT_SECONDS = 10.0
_MARK = b"held by mwgen\n"
_MADE = "index.lock.mwgen-"
_PAUSE_SECONDS = 0.05


@contextmanager
def locked_index(repository: Repository, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the lock of *repository*'s index. Raises DiagnosticError after *wait* seconds in somebody's hands."""
    lock = Path(repository.git_dir, "index.lock")
    deadline = time.monotonic() + wait
    while (held := _taken(lock)) is None:
        if time.monotonic() > deadline:
            message = f"{lock} exists: another git process is at work in this repository, or one died there"
            hint = f"wait for it to end; if there is none, remove the file: rm {lock}"
            raise DiagnosticError(Diagnostic(code="MW720", message=message, hint=hint))
        time.sleep(_PAUSE_SECONDS)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)
        os.close(held)


def _taken(lock: Path) -> int | None:
    """A descriptor that holds the lock; None where somebody else has it.

    It comes into being with its mark and held, under a name of its own, and is linked to its place: whoever is killed
    in between leaves no lock that nobody knows the owner of.
    """
    if os.path.lexists(lock):
        return _inherited(lock)
    made = lock.with_name(f"{_MADE}{os.getpid()}-{threading.get_ident()}")
    descriptor = os.open(made, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.write(descriptor, _MARK)
        os.link(made, lock)
    except (FileExistsError, FileNotFoundError):  # somebody was quicker, or tidied up
        os.close(descriptor)
        return None
    finally:
        made.unlink(missing_ok=True)
    return descriptor


def _inherited(lock: Path) -> int | None:
    """As `_taken`, for a lock that is there: only one of ours whose process is gone can be had."""
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        ours = os.read(descriptor, len(_MARK) + 1) == _MARK
        if ours:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), lock.stat()):
                for left in lock.parent.glob(f"{_MADE}*"):
                    left.unlink(missing_ok=True)
                return descriptor
    except OSError:  # its process lives, or it was removed in this moment
        pass
    os.close(descriptor)
    return None
