"""Whether a bundle's files are still those that were written, without reading them.

A stamp holds the files' names and states. Carrying a file over by a hard link (as replacing a folder around it does)
keeps size, time and inode, and so the stamp.
"""

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

_STATE = struct.Struct("<qqq")
_COUNT = struct.Struct("<I")
_BETWEEN = b"\n"


def stamp(base: str, paths: Sequence[str]) -> bytes:
    """The stamp of the files *paths*, relative to the folder *base*; empty where one is missing."""
    try:
        states = [_STATE.pack(*_state(f"{base}/{path}")) for path in paths]
    except OSError:
        return b""
    return b"".join([_COUNT.pack(len(states)), *states, _BETWEEN.join(map(os.fsencode, paths))])


@contextmanager
def opened(base: str) -> Iterator[int]:
    """A descriptor of the folder *base*; -1 where there is no such folder."""
    try:
        folder = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        yield -1
        return
    try:
        yield folder
    finally:
        os.close(folder)


def intact(folder: int, known: bytes) -> bool:
    """Whether every file of the stamp *known* is as it was; an empty stamp is that of no file, and never intact.

    *folder* is a descriptor of the folder that the files are below (see `opened`): looking from there costs three
    quarters of what whole paths do, and a run with nothing to do does little else.
    """
    if not known:
        return False
    (count,) = _COUNT.unpack_from(known)
    end = _COUNT.size + count * _STATE.size
    states = _STATE.iter_unpack(known[_COUNT.size : end])
    look = os.stat
    try:
        for path, (size, written, inode) in zip(known[end:].split(_BETWEEN), states, strict=True):
            found = look(path, dir_fd=folder, follow_symlinks=False)
            if found.st_mtime_ns != written or found.st_size != size or found.st_ino != inode:
                return False
    except OSError:
        return False
    return True


def _state(path: str) -> tuple[int, int, int]:
    found = os.lstat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino
