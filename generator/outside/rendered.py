"""Trees that were rendered before, from a folder or a commit: every file, those of folders with a dot included."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.diagnostics import DiagnosticError
from generator.outside import files
from generator.outside.git.repository import Repository
from generator.outside.git.tree import GitTree


class RenderedTree(Protocol):
    """Files by path, with a digest of each by which equal ones need not be read."""

    def digests(self) -> Mapping[str, str]:
        """Every file's digest, as git has it. Those of two trees can be compared."""
        ...

    def read(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """What stands in files."""
        ...


@dataclass(frozen=True, slots=True)
class RenderedFolder:
    """A tree in the folder `root` (absolute)."""

    root: str

    def digests(self) -> Mapping[str, str]:
        """As git computes them for files as they are."""
        found: dict[str, str] = {}
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(name for name in folders if name != ".git")
            relative = os.path.relpath(folder, self.root)
            for name in sorted(names):
                path = name if relative == "." else f"{relative}/{name}"
                data = self._content(path)
                found[path] = hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
        return found

    def read(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """What stands in files."""
        return {path: self._content(path) for path in paths}

    def _content(self, path: str) -> bytes:
        full = Path(self.root, path)
        try:
            if full.is_symlink() or not full.is_file():
                raise files.problem("MW120", path, f"{path} is not a file")
            if full.stat().st_size > files.LARGEST_FILE:
                raise files.too_large(path, full.stat().st_size, files.LARGEST_FILE)
            return full.read_bytes()
        except OSError as error:
            raise files.problem("MW120", path, f"{path} cannot be read: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class RenderedCommit:
    """A tree in git: `tree` is the id of the commit or tree whose top is the root."""

    repository: Repository
    tree: str

    def digests(self) -> Mapping[str, str]:
        """The ids of the blobs."""
        return {one.path: one.id for one in self.repository.entries(self.tree, ()) if one.kind == "blob"}

    def read(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        """What stands in files."""
        with GitTree(self.repository, self.tree) as tree:
            found = tree.contents(paths)
        missing = [path for path in paths if path not in found]
        if missing:
            raise DiagnosticError(files.diagnostic("MW120", missing[0], f"{missing[0]} is not a file"))
        return found
