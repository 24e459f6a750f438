"""Objects on their way into a repository, all at once.

Format: https://git-scm.com/docs/pack-format
"""

import hashlib
import os
import stat
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from generator.model.outcome import Kept
from generator.outside.git.pack_index import Packaged, pack_index
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

    count: int = 0
    """Of their entries, each once."""

    _runs: list[tuple[str, int, list[tuple[bytes, int]]]] = field(default_factory=list)
    """Where entries follow each other: the part, the start in it, and the id and the size of each."""

    @classmethod
    def of(cls, kept: Iterable[Kept], folder: str, algorithm: str) -> "Packed":
        """What *kept* files are to git; *folder* is that of the output, relative to the repository's root."""
        self, size, seen = cls(), _SIZES[algorithm], set[bytes]()
        last, end = "", 0
        for one in kept:
            at = one.start
            ids = [one.ids[start : start + size] for start in range(0, len(one.ids), size)]
            self.ids.update(zip((f"{folder}/{path}" for path in one.paths), ids, strict=True) if ids else ())
            for id_, length in zip(ids, one.sizes, strict=True):
                if length and id_ not in seen:
                    if (last, end) != (one.part, at):
                        self._runs.append((one.part, at, []))
                    self._runs[-1][2].append((id_, length))
                    self.count += 1
                    last, end = one.part, at + length
                seen.add(id_)
                at += length
        return self

    def entries(self) -> Iterator[tuple[bytes, Sequence[tuple[bytes, int]]]]:
        """Their entries, many at a time, with the id and the size of each."""
        for part, start, objects in self._runs:
            with Path(part).open("rb") as file:
                file.seek(start)
                size = sum(length for _, length in objects)
                data = file.read(size)
                if len(data) != size:
                    raise OSError(f"{part} is shorter than what was written to it")
                yield data, objects


@dataclass(slots=True)
class Pack:
    """A pack in the making. `algorithm` is the repository's: `sha1` or `sha256`."""

    algorithm: str
    _entries: dict[bytes, bytes] = field(default_factory=dict, repr=False)
    """By id."""

    _ids: set[bytes] = field(default_factory=set, repr=False)
    _packed: Packed | None = None

    def add(self, kind: int, content: bytes, known: bytes = b"") -> bytes:
        """Add an object, unless its id is the one *known* to be stored already; its id."""
        id_ = object_id(self.algorithm, kind, content)
        if id_ not in self._ids and id_ != known:
            self._ids.add(id_)
            self._entries[id_] = entry(kind, content)
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
        if count >= _FEW:
            with suppress(OSError):  # git finds its own way, or says better why there is none
                self._install(Path(repository.common_dir, "objects", "pack"), count)
                return
        self._write(scratch, count)
        command = ("unpack-objects", "-q") if count < _FEW else ("index-pack", "--stdin")
        repository.run(*command, source=scratch)
        Path(scratch).unlink()

    def _install(self, folder: Path, count: int) -> None:
        """Put the pack with its index among git's, in the folder that it keeps them in.

        In git's order: a pack counts from when its index is there. Whoever may read the folder may read both. What a
        killed run leaves has a name of those that `git gc` throws away.
        """
        folder.mkdir(exist_ok=True)
        mode = stat.S_IMODE(folder.stat().st_mode) & 0o444
        pack, index = (folder / f"tmp_{what}_mwgen{os.getpid()}" for what in ("pack", "idx"))
        try:
            digest, objects = self._write(str(pack), count)
            with index.open("wb") as file:
                file.write(pack_index(objects, digest, self.algorithm))
                _durable(file)
            for made, ending in ((pack, "pack"), (index, "idx")):
                made.chmod(mode)
                made.replace(folder / f"pack-{digest.hex()}.{ending}")
        finally:
            for made in (pack, index):
                made.unlink(missing_ok=True)

    def _write(self, path: str, count: int) -> tuple[bytes, list[Packaged]]:
        """Write the pack; the digest at its end, and what stands in it."""
        digest = hashlib.new(self.algorithm, usedforsecurity=False)
        objects: list[Packaged] = []
        end = 0
        with Path(path).open("wb") as file:
            for part, contents in self._parts(count):
                digest.update(part)
                file.write(part)
                view, start = memoryview(part), len(part) - sum(size for _, size in contents)
                for id_, size in contents:
                    objects.append(Packaged(id_, zlib.crc32(view[start : start + size]), end + start))
                    start += size
                end += len(part)
            file.write(digest.digest())
            _durable(file)
        return digest.digest(), objects

    def _parts(self, count: int) -> Iterator[tuple[bytes, Sequence[tuple[bytes, int]]]]:
        """Pieces of the pack, each with the id and the size of every object at its end."""
        yield b"PACK\0\0\0\2" + count.to_bytes(4, "big"), ()
        yield b"".join(self._entries.values()), [(id_, len(data)) for id_, data in self._entries.items()]
        if self._packed:
            yield from self._packed.entries()


def _durable(file: IO[bytes]) -> None:
    """What was written stays, whatever happens to the machine: as git does with packs."""
    file.flush()
    os.fsync(file.fileno())
