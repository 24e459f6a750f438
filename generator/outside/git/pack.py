"""Objects on their way into a repository, all at once.

Format: https://git-scm.com/docs/pack-format
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.model.outcome import Kept
from generator.outside.git.repository import Repository

TREE, BLOB = 2, 3
_NAMES = {TREE: b"tree", BLOB: b"blob"}
_FEW = 100
_LEVELS = {TREE: 0, BLOB: 1}
"""How hard zlib tries. Trees are mostly ids, which nothing makes smaller."""

_SIZES = {"sha1": 20, "sha256": 32}


def object_id(algorithm: str, kind: int, content: bytes) -> bytes:
    """The id that git gives to an object in a repository of that *algorithm*: `sha1` or `sha256`."""
    known = hashlib.new(algorithm, b"%b %d\0" % (_NAMES[kind], len(content)), usedforsecurity=False)
    known.update(content)
    return known.digest()


def entry(kind: int, content: bytes) -> bytes:
    """An object as it stands in a pack."""
    # Type and size: four bits of the size in the first byte, then seven in each, lowest first.
    head = bytearray()
    rest, byte = len(content) >> 4, kind << 4 | len(content) & 0x0F
    while rest:
        head.append(byte | 0x80)
        rest, byte = rest >> 7, rest & 0x7F
    head.append(byte)
    return bytes(head) + zlib.compress(content, _LEVELS[kind])


@dataclass(slots=True)
class Packed:
    """Blobs that workers have compressed already."""

    ids: dict[str, bytes] = field(default_factory=dict)
    """By path relative to the repository's root."""

    _runs: list[tuple[str, int, int]] = field(default_factory=list)
    """Where their entries are, each once: part, start, size."""

    count: int = 0
    """Of these entries."""

    @classmethod
    def of(cls, kept: Iterable[Kept], folder: str, algorithm: str) -> "Packed":
        """What *kept* files are to git; *folder* is that of the output, relative to the repository's root."""
        self, size, seen = cls(), _SIZES[algorithm], set[bytes]()
        for one in kept:
            at = one.start
            ids = [one.ids[start : start + size] for start in range(0, len(one.ids), size)]
            self.ids.update(zip((f"{folder}/{path}" for path in one.paths), ids, strict=True) if ids else ())
            for id_, length in zip(ids, one.sizes, strict=True):
                if length and id_ not in seen:
                    self._add(one.part, at, length)
                seen.add(id_)
                at += length
        return self

    def _add(self, part: str, start: int, size: int) -> None:
        self.count += 1
        last = self._runs[-1] if self._runs else ("", 0, 0)
        if last[0] == part and last[1] + last[2] == start:
            self._runs[-1] = (part, last[1], last[2] + size)
        else:
            self._runs.append((part, start, size))

    def entries(self) -> Iterator[bytes]:
        """Their entries, many at a time."""
        for part, start, size in self._runs:
            with Path(part).open("rb") as file:
                file.seek(start)
                yield file.read(size)


@dataclass(slots=True)
class Pack:
    """A pack in the making. `algorithm` is the repository's: `sha1` or `sha256`."""

    algorithm: str
    _entries: list[bytes] = field(default_factory=list, repr=False)
    _ids: set[bytes] = field(default_factory=set, repr=False)
    _packed: Packed | None = None

    def add(self, kind: int, content: bytes, known: bytes = b"") -> bytes:
        """Add an object, unless its id is the one *known* to be stored already; its id."""
        id_ = object_id(self.algorithm, kind, content)
        if id_ not in self._ids and id_ != known:
            self._ids.add(id_)
            self._entries.append(entry(kind, content))
        return id_

    def take(self, packed: Packed) -> None:
        """Add objects that are compressed already."""
        self._packed = packed
        self._ids.update(packed.ids.values())

    def store(self, repository: Repository, scratch: str) -> None:
        """Put everything into the repository: as one pack or, where there is little, as loose objects.

        *scratch* is the path of a file to be used meanwhile.
        """
        count = len(self._entries) + (self._packed.count if self._packed else 0)
        if not count:
            return
        digest = hashlib.new(self.algorithm, usedforsecurity=False)
        with Path(scratch).open("wb") as file:
            for part in self._parts(count):
                digest.update(part)
                file.write(part)
            file.write(digest.digest())
        command = ("unpack-objects", "-q") if count < _FEW else ("index-pack", "--stdin")
        repository.run(*command, source=scratch)
        Path(scratch).unlink()

    def _parts(self, count: int) -> Iterator[bytes]:
        yield b"PACK\0\0\0\2" + count.to_bytes(4, "big")
        yield b"".join(self._entries)
        if self._packed:
            yield from self._packed.entries()
