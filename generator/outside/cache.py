"""What was computed before and can be computed again, kept on disk between runs: compiled templates and such.

An entry is found by its key, which is a digest of everything that it was computed from: there is nothing to expire.
The cache is below the user's cache folder and never inside the repository, where a pull request could plant code
that we would run. For the same reason a folder or file that others could have written is not read. Every failure
(no home, a full or read-only disk, a damaged entry) is a cache that has nothing and keeps nothing.
"""

import os
import stat
from collections.abc import Mapping
from contextlib import suppress

from generator.dataclass import dataclass
from generator.outside.private import DIGEST_SIZE, cache_folder, digest, ours, trusted
from generator.pattern import pattern

LARGEST_CACHE = 64 << 20
"""Bytes in all. A compiled template has some ten thousand."""

_KEY = pattern(r"[0-9a-f]{32,128}")
_SHELVES = "0123456789abcdef"


@dataclass(frozen=True, slots=True)
class Cache:
    """A cache in `folder`; None: one that keeps nothing. `limit` is in bytes.

    Entries lie on sixteen shelves, by the first digit of their key. Each has a sixteenth of the room, and makes
    room by dropping what was not used for longest: no run ever has to look at everything.
    """

    folder: str | None
    limit: int = LARGEST_CACHE

    def get(self, key: str) -> bytes | None:
        """What was put under *key* (32 to 128 lower-case hexadecimal digits); None where nothing sound is there."""
        path = self._path(key)
        if path is None:
            return None
        try:
            content = trusted(path)
        except OSError:
            return None
        if content[:DIGEST_SIZE] != digest(key, content[DIGEST_SIZE:]):
            with suppress(OSError):
                os.unlink(path)
            return None
        with suppress(OSError):
            os.utime(path)  # used now
        return content[DIGEST_SIZE:]

    def put(self, key: str, content: bytes) -> None:
        """Keep *content* under *key*, if that is possible."""
        path = self._path(key)
        if path is None or len(content) + DIGEST_SIZE > self.limit // len(_SHELVES):
            return
        shelf = os.path.dirname(path)
        draft = f"{shelf}/.{os.getpid()}-{key}"
        try:
            with suppress(FileExistsError):
                os.mkdir(shelf, 0o700)
            self._make_room(shelf, len(content) + DIGEST_SIZE)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(digest(key, content) + content)
                os.replace(draft, path)
            except OSError:
                os.unlink(draft)
        except OSError:
            return

    def _path(self, key: str) -> str | None:
        if not _KEY.fullmatch(key):
            raise ValueError(f"{key!r} is no cache key")
        return f"{self.folder}/{key[0]}/{key}" if self.folder else None

    def _make_room(self, shelf: str, size: int) -> None:
        """Drop what was not used for longest, until *size* more bytes have room."""
        with os.scandir(shelf) as entries:
            known = [(entry.stat(follow_symlinks=False), entry.path) for entry in entries]
        used = sum(state.st_size for state, _ in known)
        for state, path in sorted(known, key=lambda one: one[0].st_mtime_ns):
            if used + size <= self.limit // len(_SHELVES):
                return
            with suppress(FileNotFoundError):
                os.unlink(path)
            used -= state.st_size


def open_cache(root: str, surroundings: Mapping[str, str] | None = None, limit: int = LARGEST_CACHE) -> Cache:
    """The user's cache, for a run over the repository at *root*.

    It is `$XDG_CACHE_HOME/mwgen`, else `$HOME/.cache/mwgen`, made with access for the user alone. One that keeps
    nothing comes back where the folder cannot be had, is somebody else's, may be written by others, or is inside
    *root* (as a HOME in a CI job's checkout is). Never raises.
    """
    folder = cache_folder(os.environ if surroundings is None else surroundings)
    if folder is None:
        return Cache(None)
    try:
        if not os.path.isdir(folder):
            os.makedirs(os.path.dirname(folder), exist_ok=True)
            with suppress(FileExistsError):
                os.mkdir(folder, 0o700)
        real = os.path.realpath(folder)
        inside = f"{real}/".startswith(f"{os.path.realpath(root)}/".replace("//", "/"))
        sound = not inside and not os.path.islink(folder) and ours(os.lstat(real), stat.S_IFDIR)
    except OSError:
        sound = False
    return Cache(folder if sound else None, limit)
