"""Compiled templates that outlive the process, by what they were compiled from."""

import hashlib

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from generator.engines.base import CodeStore

VERSION = "1"
"""Goes up with every change of what the sandbox makes of a tree."""


class StoredCode(BytecodeCache):
    """Jinja2's own format, in mwgen's store: it holds code, and nobody else may be able to write to it."""

    def __init__(self, store: CodeStore) -> None:
        self._store = store

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A digest of the name, to which that of the text is added: both stand in the code."""
        return f"{name}\0{filename or ''}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if there is code for it; what is damaged or of another Python counts as nothing."""
        data = self._store.get(_digest(bucket))
        if data is not None:
            try:
                bucket.bytecode_from_string(data)
            except Exception:  # noqa: BLE001 - whatever a damaged entry does to its reader: it is as good as nothing
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of the bucket."""
        self._store.put(_digest(bucket), bucket.bytecode_to_string())


def _digest(bucket: Bucket) -> str:
    parts = ("jinja2", jinja2.__version__, VERSION, bucket.key, bucket.checksum)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
