"""The output folder as earlier runs left it: locks, objects, and files that nobody generated."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError, Label, SourceFile, Span
from generator.model.bundle import LOCK_NAME, BundleKey, Lock
from generator.model.delivery import FOLDER, record_path, recorded
from generator.model.resource import is_object
from generator.model.values import Object
from generator.yamlio.load import decode, document


class Output:
    """Reads below one folder, which need not exist."""

    def __init__(self, root: str, folder: str) -> None:
        self._base = Path(root, folder)
        self._folder = folder
        self._locks: dict[BundleKey, Lock | None] = {}

    def read(self, path: str) -> bytes | None:
        """What stands in a file (relative to the output folder), or None where there is none."""
        try:
            with open(f"{self._base}/{path}", "rb") as file:  # noqa: PTH123 - a Path costs more than the reading
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def has(self, key: BundleKey) -> bool:
        """Whether anything stands where the bundle's files do."""
        return os.path.lexists(f"{self._base}/{key.folder}")

    def lock(self, key: BundleKey) -> Lock | None:
        """The lock of a bundle, or None where there is no such bundle.

        Raises:
            DiagnosticError: the file is there but no lock: somebody, or a merge, changed it.
        """
        if key not in self._locks:
            self._locks[key] = self._read_lock(key)
        return self._locks[key]

    def know(self, locks: Mapping[BundleKey, Lock | None]) -> None:
        """Take it for known what these bundles' locks are: they have just been written."""
        self._locks.update(locks)

    def _read_lock(self, key: BundleKey) -> Lock | None:
        path = f"{key.folder}/{LOCK_NAME}"
        data = self.read(path)
        return None if data is None else parsed(data, key, f"{self._folder}/{path}")

    def object(self, path: str) -> Object | None:
        """The object in a file, or None where there is none: whoever changed it by hand may have left anything."""
        data = self.read(path)
        if data is None:
            return None
        try:
            value = document(decode(f"{self._folder}/{path}", data)).value
        except DiagnosticError:
            return None
        return value if is_object(value) else None

    def bundles(self) -> list[BundleKey]:
        """Every bundle that is there, sorted."""
        keys = [
            BundleKey(environment, group)
            for environment in _folders(self._base)
            if not environment.startswith(".")
            for group in _folders(self._base / environment)
            if (self._base / environment / group / LOCK_NAME).exists()
        ]
        return sorted(keys)

    def all_files(self) -> Iterator[str]:
        """Every file, relative to the output folder."""
        for folder, folders, names in os.walk(self._base):
            folders[:] = sorted(name for name in folders if name != ".git")
            relative = os.path.relpath(folder, self._base)
            for name in sorted(names):
                yield name if relative == "." else f"{relative}/{name}"

    def foreign(self) -> list[str]:
        """Files in the output folder that no lock lists."""
        known: set[str] = set()
        for key in self.bundles():
            lock = self.lock(key)
            known.update(lock.paths(key.folder) if lock else (f"{key.folder}/{LOCK_NAME}",))
        for target, environment in self.environments():
            known.update(recorded(target, environment, self.read))
        return [path for path in self.all_files() if path not in known]

    def environments(self) -> list[tuple[str, str]]:
        """Targets and environments that have files which bundles share, sorted."""
        base = self._base / FOLDER
        found = ((target, environment) for target in _folders(base) for environment in _folders(base / target))
        return [one for one in found if (self._base / record_path(*one)).exists()]


def parsed(data: bytes, key: BundleKey, path: str) -> Lock:
    """The lock of a bundle that stands in the file *path* (relative to the root).

    Raises:
        DiagnosticError: it is no lock.
    """
    try:
        return Lock.load(data)
    except ValueError as error:
        file = SourceFile(path, data.decode("utf-8", "replace"))
        raise DiagnosticError(
            Diagnostic(
                code="MW601",
                message=f"the lock of {key} cannot be read: {error}",
                primary=Label(Span(file, 0, 0)),
                hint=f"restore it: git checkout -- {path}",
                subject=str(key),
            )
        ) from None


def _folders(base: Path) -> list[str]:
    try:
        with os.scandir(base) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except (FileNotFoundError, NotADirectoryError):
        return []
