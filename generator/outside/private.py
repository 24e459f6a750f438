"""What is ours alone on disk: the folder of caches, and files in it that nobody else can have written.

Imports next to nothing: a command may be over before anything else is loaded.
"""

import os
import stat
from collections.abc import Mapping

from generator.digest import blake2b

DIGEST_SIZE = 32


def cache_folder(surroundings: Mapping[str, str]) -> str | None:
    """Where the cache would be, by the XDG base directory rules: a relative path there counts as unset."""
    for variable, below in (("XDG_CACHE_HOME", "mwgen"), ("HOME", ".cache/mwgen")):
        base = surroundings.get(variable, "")
        if base.startswith("/"):
            return f"{base}/{below}"
    return None


def trusted(path: str) -> bytes:
    """What stands in a file that nobody but us can have written. Raises OSError for any other."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        known = os.fstat(descriptor)
        if not ours(known, stat.S_IFREG):
            raise PermissionError(path)
        return os.read(descriptor, known.st_size)
    finally:
        os.close(descriptor)


def ours(known: os.stat_result, kind: int) -> bool:
    """Whether a file or folder is of that *kind*, belongs to us, and can be written by us alone."""
    shared = known.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return stat.S_IFMT(known.st_mode) == kind and known.st_uid == os.geteuid() and not shared


def digest(key: str, content: bytes) -> bytes:
    """What an entry begins with: a power cut may leave an empty or a torn file, whose name promises otherwise."""
    return blake2b(key.encode() + content, digest_size=DIGEST_SIZE).digest()
