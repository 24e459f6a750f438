"""Whether a bundle's files are still those that were written, without reading them.

A stamp holds the files' names and states. Carrying a file over by a hard link (as replacing a folder around it does)
keeps size, time and inode, and so the stamp.
"""

import os
import struct
from collections.abc import Sequence

_STATE = struct.Struct("<qqq")
_COUNT = struct.Struct("<I")
_BETWEEN = "\n"


def stamp(base: str, paths: Sequence[str]) -> bytes:
    """The stamp of the files *paths*, relative to the folder *base*; empty where one is missing."""
    try:
        states = [_STATE.pack(*_state(f"{base}/{path}")) for path in paths]
    except OSError:
        return b""
    return b"".join([_COUNT.pack(len(states)), *states, os.fsencode(_BETWEEN.join(paths))])


def intact(base: str, known: bytes) -> bool:
    """Whether every file of the stamp *known* is as it was; an empty stamp is that of no file, and never intact."""
    if not known:
        return False
    (count,) = _COUNT.unpack_from(known)
    end = _COUNT.size + count * _STATE.size
    states = _STATE.iter_unpack(known[_COUNT.size : end])
    try:
        return all(
            _state(f"{base}/{path}") == state
            for path, state in zip(os.fsdecode(known[end:]).split(_BETWEEN), states, strict=True)
        )
    except OSError:
        return False


def _state(path: str) -> tuple[int, int, int]:
    found = os.lstat(path)
    return found.st_size, found.st_mtime_ns, found.st_ino
