"""What a command printed, kept so that the same command over the same files need not do it again.

An answer knows every file and folder that it was made from; where one of them is not as it was, there is no answer.
Looking costs a hundredth of a second, start of the process included: this imports next to nothing, and is asked before
anything else is loaded. Answers lie in the user's cache, under the rules of `outside/cache.py`, and are trusted no more
than what lies there.
"""

import marshal
import os
import stat
from collections.abc import Iterable, Iterator, Mapping

from generator import __version__
from generator.digest import blake2b
from generator.outside.private import DIGEST_SIZE, cache_folder, digest, ours, trusted

_VARIABLES = ("HELM_NAMESPACE", "SOURCE_DATE_EPOCH")
"""What of the environment an answer depends on."""

_FORMAT = "1"


class Watch:
    """The files and folders that an answer is made from, as they are read."""

    def __init__(self) -> None:
        self.whole = True
        """False where an answer depends on more than these: on a clock, on standard input."""

        self._paths: list[tuple[str, bool]] = []
        """Each with whether it is a folder."""

        self._state = blake2b()

    def file(self, path: str, content: bytes) -> None:
        """Note a file that was read."""
        self._paths.append((path, False))
        _add(self._state, content)

    def folder(self, path: str, names: Iterable[str]) -> None:
        """Note a folder that was listed."""
        self._paths.append((path, True))
        _add(self._state, _listed(names))

    def kept(self, out: bytes, said: str) -> bytes | None:
        """The answer, as it is kept; None where it cannot be."""
        return marshal.dumps((self._paths, self._state.digest(), out, said)) if self.whole else None


def key(arguments: Iterable[str]) -> str:
    """What an answer to these arguments is found by, here and now."""
    parts = [_FORMAT, _program(), os.getcwd(), *(os.environ.get(name, "") for name in _VARIABLES), *arguments]
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=32).hexdigest()


def answer(arguments: list[str]) -> tuple[bytes, str] | None:
    """What was printed, and what was said on standard error, where the same was asked of the same files."""
    folder = _folder(arguments, os.environ)
    if folder is None:
        return None
    name = key(arguments)
    try:
        content = trusted(f"{folder}/{name[0]}/{name}")
        if content[:DIGEST_SIZE] != digest(name, content[DIGEST_SIZE:]):
            return None
        paths, state, out, said = marshal.loads(content[DIGEST_SIZE:])  # noqa: S302 - ours alone, and checked
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return (out, said) if _state(paths) == state else None


def roots(arguments: Iterable[str]) -> Iterator[str]:
    """The folders in which a cache cannot be trusted: what is asked about, and whatever repository that is in."""
    for path in (".", *(one for one in arguments if os.path.lexists(one))):
        full = os.path.realpath(path)
        yield full
        above = full
        while above != "/":
            if os.path.lexists(f"{above}/.git"):
                yield above
                break
            above = os.path.dirname(above)


def _folder(arguments: list[str], surroundings: Mapping[str, str]) -> str | None:
    """The cache, if there is one that nobody else can have written to."""
    folder = cache_folder(surroundings)
    if folder is None:
        return None
    try:
        if not ours(os.lstat(folder), stat.S_IFDIR):
            return None
    except OSError:
        return None
    real = os.path.realpath(folder) + "/"
    return None if any(real.startswith(f"{root}/") for root in roots(arguments)) else folder


def _state(paths: Iterable[tuple[str, bool]]) -> bytes | None:
    """A digest of what the files hold and what the folders list; None where one cannot be read."""
    found = blake2b()
    try:
        for path, is_folder in paths:
            if is_folder:
                _add(found, _listed(os.listdir(path)))
            else:
                with open(path, "rb") as file:
                    _add(found, file.read())
    except OSError:
        return None
    return found.digest()


def _listed(names: Iterable[str]) -> bytes:
    return "\0".join(sorted(names)).encode("utf-8", "surrogateescape")


def _add(found: blake2b, part: bytes) -> None:
    found.update(f"{len(part)}:".encode())
    found.update(part)


def _program() -> str:
    """Which program it is: where it is not installed but worked on, by the state of its files."""
    if not _seen:
        _seen.append(_look())
    return _seen[0]


_seen: list[str] = []


def _look() -> str:
    package = os.path.dirname(os.path.dirname(__file__))
    if "site-packages" in package:
        return __version__
    found = blake2b()
    waiting = [package]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.is_dir():
                    waiting += [] if entry.name == "__pycache__" else [entry.path]
                else:
                    known = entry.stat()
                    found.update(f"{entry.name} {known.st_size} {known.st_mtime_ns}\n".encode())
    return found.hexdigest()
