"""Reading the working tree: which definition files there are, what they hold, and whether they changed.

Nothing outside the root is ever read: a repository may come from somebody else's pull request, and what its
definitions name ends up in committed output and in error messages. Links to files inside the root are followed
(Kubernetes mounts a ConfigMap as such links); links to folders are refused, because one definition would then
be found under two names.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import Diagnostic, DiagnosticError, Label, SourceFile, Span

DEFINITION_SUFFIXES = (".yaml", ".yml", ".json")
HELMIGNORE = ".helmignore"
"""The one file with such a name that says something: which files of a chart's folder are not the chart's."""

LARGEST_FILE = 16 << 20
"""Bytes. Kubernetes refuses objects over 1.5 MiB; a printed list of hundreds of ConfigMaps still fits."""

UNSPEAKABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and what Python makes of bytes that are not UTF-8."""


class FileStat(NamedTuple):
    """What the file system knows of a file's state. Any write, move or replacement changes one of these."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of all definition files. `taken_ns` is when looking began, in nanoseconds since 1970."""

    files: Mapping[str, FileStat]
    taken_ns: int


@dataclass(frozen=True, slots=True)
class PathChanges:
    """How files differ between two times: sorted paths; a rename is one removed and one added."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


@dataclass(frozen=True, slots=True)
class WorkingTree:
    """The files below the folder `root` (absolute) as they stand on disk; a `generator.model.tree.Tree`.

    `suffixes` are the file names' ends that `files` looks for; `limit` is the largest file in bytes.
    """

    root: str
    suffixes: tuple[str, ...] = DEFINITION_SUFFIXES
    limit: int = LARGEST_FILE
    _plain: set[str] = field(default_factory=set, repr=False, compare=False)
    """Paths that were seen to be regular files in real folders: reading them needs no second look."""

    def files(self, *folders: str) -> Sequence[str]:
        """The definition files below *folders*, sorted; a folder that is not there holds none.

        Names that begin with a dot are no definitions: `.git`, editors' and macOS' leavings.
        Raises DiagnosticError for every link that leads out of the root, to a folder or nowhere.
        """
        return sorted({path for path, _ in self._found(folders)})

    def everything(self, folder: str) -> Sequence[str]:
        """Every file below *folder*, as `files` finds definitions, and a chart's `.helmignore`."""
        return replace(self, suffixes=("",)).files(folder)

    def snapshot(self, *folders: str) -> Snapshot:
        """The state of the files that `files` would list, in one walk. Raises as `files` does."""
        taken = time.time_ns()
        states: dict[str, FileStat] = {}
        for path, entry in self._found(folders):
            known = entry.stat()
            states[path] = FileStat(known.st_size, known.st_mtime_ns, known.st_ctime_ns, known.st_ino)
        return Snapshot(states, taken)

    def read(self, path: str) -> bytes:
        """What stands in the file *path*, whatever its suffix.

        Raises:
            FileNotFoundError: there is no such file.
            DiagnosticError: it is outside the root, no regular file, too large, or may not be read.
        """
        full = f"{self.root}/{path}"
        if path not in self._plain:
            full = self._resolved(path)
        # O_NONBLOCK: opening a named pipe must not wait for its writer.
        try:
            file = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError):
            raise FileNotFoundError(path) from None
        except OSError as error:
            if error.errno == errno.ELOOP:  # a link that leads to itself leads nowhere
                raise FileNotFoundError(path) from None
            raise problem("MW120", path, f"{path} cannot be read: {error.strerror}") from error
        try:
            return self._content(file, path)
        finally:
            os.close(file)

    def _content(self, file: int, path: str) -> bytes:
        known = os.fstat(file)
        if not stat.S_ISREG(known.st_mode):
            raise problem("MW120", path, f"{path} is not a file")
        if known.st_size > self.limit:
            raise too_large(path, known.st_size, self.limit)
        content = os.read(file, known.st_size + 1)
        if len(content) != known.st_size:
            raise problem("MW120", path, f"{path} changed while it was read", "run again")
        return content

    def _resolved(self, path: str) -> str:
        """The real place of *path*, links followed, which must be inside the root."""
        if not inside(path):
            raise leads_out(path)
        full = os.path.realpath(f"{self.root}/{path}")
        if not _readable(full, os.path.realpath(self.root)):
            raise leads_out(path)
        return full

    def _found(self, folders: Sequence[str]) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
        """Every definition file below *folders* with its directory entry; mistakes are raised at the end."""
        problems: list[Diagnostic] = []
        real_root = os.path.realpath(self.root)
        waiting: list[str] = []
        for folder in folders:
            parts = [part for part in folder.split("/") if part not in {"", "."}]
            below = "/".join(parts)
            real = os.path.realpath(f"{self.root}/{below}")
            if ".." in parts or not _readable(real, real_root):
                problems.extend(leads_out(folder).diagnostics)
            elif real != os.path.join(real_root, *parts):  # noqa: PTH118 - text, as realpath gives it
                problems.append(linked_folder(below))
            else:
                waiting.append(f"{below}/" if below else "")
        seen = self._plain.add
        while waiting:
            prefix = waiting.pop()
            try:
                with os.scandir(f"{self.root}/{prefix}") as entries:
                    for entry in entries:
                        name = entry.name
                        if name[0] == "." and (name != HELMIGNORE or self.suffixes != ("",)):
                            continue
                        path = prefix + name
                        if entry.is_file(follow_symlinks=False):
                            if not name.endswith(self.suffixes):
                                continue
                            if not (name.isascii() and name.isprintable()) and UNSPEAKABLE.search(name):
                                problems.append(unspeakable(path))
                                continue
                            seen(path)
                            yield path, entry
                        elif entry.is_dir(follow_symlinks=False):
                            waiting.append(f"{path}/")
                        elif entry.is_symlink():
                            wrong = self._linked(path, real_root)
                            if wrong:
                                problems.append(wrong)
                            elif name.endswith(self.suffixes) and entry.is_file():
                                yield path, entry
            except FileNotFoundError:
                continue
            except OSError as error:
                message = f"{prefix or '.'} cannot be listed: {error.strerror}"
                problems.append(diagnostic("MW120", prefix, message))
        if problems:
            raise DiagnosticError(*sorted(problems, key=lambda found: found.sort_key))

    def _linked(self, path: str, real_root: str) -> Diagnostic | None:
        """What is wrong with a symbolic link, if it concerns us at all."""
        real = os.path.realpath(f"{self.root}/{path}")
        if Path(real).is_dir():
            if _readable(real, real_root):
                return linked_folder(path)
            return leads_out(path).diagnostics[0]
        if not path.endswith(self.suffixes):
            return None
        if not _readable(real, real_root):
            return leads_out(path).diagnostics[0]
        if not Path(real).exists():
            return leads_nowhere(path)
        return None


def leads_out(path: str) -> DiagnosticError:
    """A path or link that leaves the root."""
    hint = "definitions and the files they name must lie inside the repository; copy the file into it"
    return problem("MW121", path, f"{path} leads out of the repository", hint)


def linked_folder(path: str) -> Diagnostic:
    """A link to a folder."""
    hint = "move the folder here, or name it in mwgen.yaml"
    return diagnostic("MW122", path, f"{path} is a symbolic link to a folder, which is not followed", hint)


def leads_nowhere(path: str) -> Diagnostic:
    """A link whose target is missing."""
    return diagnostic("MW123", path, f"the symbolic link {path} leads nowhere", "remove it or mend its target")


def unspeakable(path: str) -> Diagnostic:
    """A file name that no report could show and no output could hold."""
    shown = path.encode("utf-8", "backslashreplace").decode()
    return diagnostic("MW120", shown, f"the file name {shown!r} is not UTF-8 or has control characters")


def too_large(path: str, size: int, limit: int) -> DiagnosticError:
    """A file over the limit; both in bytes."""
    return problem("MW103", path, f"{path} is too large: {size} bytes, where at most {limit} are read")


def inside(path: str) -> bool:
    """Whether *path*, links aside, stays inside the root and out of git's own folder."""
    parts = path.split("/")
    return not (path.startswith("/") or ".." in parts or ".git" in parts or "\0" in path)


def problem(code: str, path: str, message: str, hint: str = "") -> DiagnosticError:
    """A mistake to raise about the file *path*."""
    return DiagnosticError(diagnostic(code, path, message, hint))


def diagnostic(code: str, path: str, message: str, hint: str = "") -> Diagnostic:
    """A mistake about the file *path* as a whole."""
    place = Label(Span(SourceFile(path, ""), 0, 0))
    return Diagnostic(code=code, message=message, primary=place, hint=hint)


def _readable(real: str, real_root: str) -> bool:
    """Whether a real path is inside the root and not in git's own folder, which may hold credentials."""
    below = real_root.rstrip("/") + "/"
    return real == real_root or (real.startswith(below) and ".git" not in real[len(below) :].split("/"))
