"""What a commit of ours will hold, and the index as it will be after it; neither is seen by anyone yet."""

import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.files import PathChanges
from generator.outside.git.pack import BLOB, Pack, Packed, object_id
from generator.outside.git.repository import Head, Repository
from generator.outside.git.trees import FOLDER_MODE, Folder, Leaf, Trees
from generator.outside.process import Running, failure, started

_MANY = 200
"""Files from which on one pack is faster than an object file for each."""

_FILE, _PROGRAM, _LINK = b"100644", b"100755", b"120000"
_AWKWARD = re.compile(r'\n|^"')
# safecrlf would refuse our line feeds where the user's checkouts have other line ends.
_ADDING = ("-c", "core.safecrlf=false")


@dataclass(frozen=True, slots=True)
class Drafted:
    """The new root tree's id, and what is different in it from HEAD's."""

    tree: str
    changes: PathChanges


@dataclass(frozen=True, slots=True)
class Draft:
    """The step from the commit `head` to the files on disk, with a private copy of the index at `file`.

    Whoever uses it holds the lock of the index from before the first step until after `install`.
    `modes`: files' executable bits mean something here (git's `core.fileMode`).
    """

    repository: Repository
    head: Head
    folders: Sequence[str]
    file: str
    modes: bool

    def differing(self) -> set[str]:
        """The paths below our folders that may differ between HEAD and disk: all that the index has doubts about.

        Ignored files are among them.
        """
        on_disk = self._git("ls-files", "-z", "--modified", "--deleted", "--others", "--", *self.folders)
        against = self.head.commit or self.repository.run("mktree", stdin=b"").decode().strip()
        staged = self._git("diff-index", "-z", "--cached", "--name-only", against, "--", *self.folders)
        return {os.fsdecode(path) for path in (on_disk + staged).split(b"\0")[:-1]}

    def build(self, paths: Collection[str], packed: Packed | None = None) -> Drafted:
        """Store HEAD's tree with *paths* as they are on disk; *packed* are those that need not be read."""
        ordered = sorted(paths)
        inner = next((path for path in ordered if path.endswith("/")), None)
        if inner:
            message = f"{inner} is a git repository of its own inside the output folder"
            raise DiagnosticError(Diagnostic(code="MW725", message=message, hint=f"remove {inner}.git"))
        trees = Trees(self.repository, self.head.commit)
        trees.look([os.fsencode(path) for path in (*ordered, *(f"{folder}/" for folder in self.folders))])
        self._demand_not_ignored(trees)
        pack = Pack(self._algorithm())
        known: Mapping[str, bytes] = {}
        if packed and self._taken_as_they_are(pack, list(packed.ids)):
            pack.take(packed)
            known = packed.ids
        changes = _applied(trees, self._leaves(trees, pack, ordered, known), self._below)
        root = trees.written(pack)
        pack.store(self.repository, f"{self.file}.pack")
        return Drafted(root.hex(), changes)

    @contextmanager
    def adding(self, paths: Collection[str]) -> Iterator[Running]:
        """Take *paths* up into the private index, as they are on disk, while others store their objects.

        It is done when the program that does it was waited for.
        """
        listed = Path(f"{self.file}.paths")
        # Sorted, a file that became a folder is removed before anything is added below it.
        listed.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in sorted(paths)))
        arguments = ("update-index", "--add", "--remove", "--replace", "--info-only", "-z", "--stdin")
        private = {"GIT_INDEX_FILE": self.file}
        with started(self.repository.command(*_ADDING, *arguments, source=str(listed), env=private)) as running:
            yield running

    def install(self) -> None:
        """Make the private index the user's."""
        Path(self.file).replace(Path(self.repository.git_dir, "index"))

    def copy_index(self) -> None:
        """Start from the user's index; one that is not there is an empty one.

        The copy keeps the time: git distrusts entries as young as the index, whose files may have changed since
        within the same tick, and a younger index would hide these changes.
        """
        index = Path(self.repository.git_dir, "index")
        if index.exists():
            shutil.copy2(index, self.file)

    def _git(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        return self.repository.run(*arguments, stdin=stdin, env={"GIT_INDEX_FILE": self.file})

    def _algorithm(self) -> str:
        if self.head.commit:
            return "sha1" if len(self.head.commit) == 40 else "sha256"
        return self.repository.algorithm()

    def _demand_not_ignored(self, trees: Trees) -> None:
        """Raise for an output folder that is ignored as a whole and is not in HEAD in spite of that."""
        for folder in self.folders:
            if trees.at(os.fsencode(folder)):
                continue
            # This command knows no literal paths; `./` keeps it from reading a colon in front as something special.
            arguments = ("check-ignore", "--verbose", "--", f"./{folder}")
            ignored = self.repository.finish(*arguments, env={"GIT_LITERAL_PATHSPECS": "0"})
            if ignored.status > 1:
                raise failure(self.repository.command(*arguments), ignored)
            if ignored.status == 0:
                where = ignored.stdout.decode("utf-8", "replace").partition("\t")[0]
                message = f"git ignores {folder} ({where}), so it cannot be committed"
                hint = f"remove that line if output belongs on this branch, or once `git add --force {folder}`"
                raise DiagnosticError(Diagnostic(code="MW723", message=message, hint=hint))

    def _leaves(
        self, trees: Trees, pack: Pack, paths: Sequence[str], known: Mapping[str, bytes]
    ) -> dict[str, Leaf | None]:
        """What git would store for each path as it is on disk; None where it is no file. New objects are stored.

        *known* are the ids of files that this run has put there.
        """
        found: dict[str, Leaf | None] = {}
        plain: dict[str, bytes] = {}
        real_folders: dict[str, bool] = {"": True}
        for path in paths:
            if path in known:
                old = None if self.modes else trees.at(os.fsencode(path))
                found[path] = (_PROGRAM if isinstance(old, tuple) and old[0] == _PROGRAM else _FILE, known[path])
                continue
            full = f"{self.repository.root}/{path}"
            found[path] = None
            if not _real_folder(self.repository.root, path.rpartition("/")[0], real_folders):
                continue
            try:
                mode = os.lstat(full).st_mode
            except (FileNotFoundError, NotADirectoryError):
                continue
            if stat.S_ISLNK(mode):
                found[path] = (_LINK, pack.add(BLOB, os.fsencode(Path(full).readlink())))
            elif stat.S_ISREG(mode):
                old = trees.at(os.fsencode(path))
                executable = mode & stat.S_IXUSR if self.modes else isinstance(old, tuple) and old[0] == _PROGRAM
                plain[path] = _PROGRAM if executable else _FILE
        for path, blob in self._blobs(trees, pack, list(plain)):
            found[path] = (plain[path], blob)
        return found

    def _blobs(self, trees: Trees, pack: Pack, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """The id of each file's blob, which git or *pack* has then."""
        if len(paths) < _MANY or not self._taken_as_they_are(pack, paths):
            yield from zip(paths, self._hashed(*paths, write=True), strict=True)
            return
        for path in paths:
            old = trees.at(os.fsencode(path))
            known = old[1] if isinstance(old, tuple) else b""
            yield path, pack.add(BLOB, _content(f"{self.repository.root}/{path}"), known)

    def _taken_as_they_are(self, pack: Pack, paths: Sequence[str]) -> bool:
        """Whether git stores these files without conversion, judged by one of each ending."""
        samples = list({path.rpartition("/")[2].rpartition(".")[2]: path for path in paths}.values())
        ours = [object_id(pack.algorithm, BLOB, _content(f"{self.repository.root}/{path}")) for path in samples]
        return ours == self._hashed(*samples, write=False)

    def _hashed(self, *paths: str, write: bool) -> list[bytes]:
        """The ids that git gives to files, attributes and filters applied; stored where *write* says so."""
        if not paths:
            return []
        # Lines: a name that a line cannot hold is quoted as in C.
        lines = "".join(f"{_quoted(path) if _AWKWARD.search(path) else path}\n" for path in paths)
        arguments = (*_ADDING, "hash-object", *(("-w",) if write else ()), "--stdin-paths")
        ids = self.repository.run(*arguments, stdin=os.fsencode(lines))
        return [bytes.fromhex(object_id) for object_id in ids.decode().split()]

    def _below(self, path: str) -> Iterable[str]:
        """The files that HEAD has below *path*."""
        assert self.head.commit
        return (entry.path for entry in self.repository.entries(self.head.commit, (path,)))


def _applied(trees: Trees, leaves: Mapping[str, Leaf | None], below: Callable[[str], Iterable[str]]) -> PathChanges:
    """Put *leaves* into *trees*, and say what that changes. *below* names the files in a folder of HEAD."""
    added, changed, removed = set[str](), set[str](), set[str]()
    for path, leaf in leaves.items():
        if leaf is None and isinstance(trees.at(os.fsencode(path)), tuple):
            trees.remove(os.fsencode(path))
            removed.add(path)
    for path, leaf in _put_together(trees, leaves, added, changed):
        raw = os.fsencode(path)
        old = trees.at(raw)
        if leaf is None or old == leaf:
            continue
        if isinstance(old, Folder):  # it gives way to the file, with all that is in it
            removed.update(below(path))
        elif old is None:  # a file on the way gives way to the folder
            in_the_way = trees.file_on_the_way(raw)
            if in_the_way:
                removed.add(os.fsdecode(in_the_way))
        trees.put(raw, leaf)
        (changed if isinstance(old, tuple) else added).add(path)
    return PathChanges(tuple(sorted(added)), tuple(sorted(changed)), tuple(sorted(removed)))


def _put_together(
    trees: Trees, leaves: Mapping[str, Leaf | None], added: set[str], changed: set[str]
) -> Iterator[tuple[str, Leaf | None]]:
    """Put files into folders that have room for them, a folder at a time; give back those that are not so simple."""
    for place, together in groupby(leaves.items(), key=lambda each: each[0].rpartition("/")[0]):
        files = [(path, leaf) for path, leaf in together if leaf is not None]
        there = trees.files_in(os.fsencode(place))
        if there is None:
            yield from files
            continue
        fresh: dict[bytes, Leaf] = {}
        for path, leaf in files:
            name = os.fsencode(path[len(place) + 1 :])
            old = there.get(name)
            if isinstance(old, Folder) or (old and old[0] == FOLDER_MODE):
                yield path, leaf
            elif old != leaf:
                fresh[name] = leaf
                (changed if old else added).add(path)
        if fresh:
            trees.put_all(os.fsencode(place), fresh)


def _real_folder(root: str, folder: str, known: dict[str, bool]) -> bool:
    """Whether *folder* is reached without a symbolic link: git stores nothing from behind one."""
    if folder not in known:
        above = folder.rpartition("/")[0]
        known[folder] = _real_folder(root, above, known) and not Path(root, folder).is_symlink()
    return known[folder]


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n") + '"'


def _content(full: str) -> bytes:
    with open(full, "rb") as file:  # noqa: PTH123 - a Path costs as much again as reading does
        return file.read()
