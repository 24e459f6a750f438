"""Objects on their way into a repository, all at once.

Format: https://git-scm.com/docs/pack-format
"""

import hashlib
import zlib
from dataclasses import dataclass, field

from generator.outside.git.repository import Repository

TREE, BLOB = 2, 3
_NAMES = {TREE: b"tree", BLOB: b"blob"}
_FEW = 100


@dataclass(slots=True)
class Pack:
    """A pack in the making. `algorithm` is the repository's: `sha1` or `sha256`."""

    algorithm: str
    _data: bytearray = field(default_factory=lambda: bytearray(b"PACK\0\0\0\2\0\0\0\0"), repr=False)
    _ids: set[bytes] = field(default_factory=set, repr=False)

    def add(self, kind: int, content: bytes, known: bytes = b"") -> bytes:
        """Add an object, unless its id is the one *known* to be stored already; its id."""
        object_id = self.id_of(kind, content)
        if object_id not in self._ids and object_id != known:
            self._ids.add(object_id)
            # Type and size: four bits of the size in the first byte, then seven in each, lowest first.
            rest, byte = len(content) >> 4, kind << 4 | len(content) & 0x0F
            while rest:
                self._data.append(byte | 0x80)
                rest, byte = rest >> 7, rest & 0x7F
            self._data.append(byte)
            self._data += zlib.compress(content, 1)
        return object_id

    def id_of(self, kind: int, content: bytes) -> bytes:
        """The id that git gives to an object."""
        known = hashlib.new(self.algorithm, b"%b %d\0" % (_NAMES[kind], len(content)), usedforsecurity=False)
        known.update(content)
        return known.digest()

    def store(self, repository: Repository) -> None:
        """Put everything into the repository: as one pack or, where there is little, as loose objects."""
        if not self._ids:
            return
        self._data[8:12] = len(self._ids).to_bytes(4, "big")
        whole = bytes(self._data) + hashlib.new(self.algorithm, self._data, usedforsecurity=False).digest()
        if len(self._ids) < _FEW:
            repository.run("unpack-objects", "-q", stdin=whole)
        else:
            repository.run("index-pack", "--stdin", stdin=whole)
