"""The tree that a commit of ours will have, made in a private copy of the user's index."""

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git import pack
from generator.outside.git.repository import Head, PathChanges, Repository, path_changes
from generator.outside.process import failure

_FOLDER = "040000"


@dataclass(frozen=True, slots=True)
class Staging:
    """A private copy of the index, at `file`, that takes up `folders` as they are on disk.

    Whoever uses it holds the lock of the index from before `taken_up` until after `install`.
    """

    repository: Repository
    head: Head
    folders: Sequence[str]
    file: str

    def taken_up(self, paths: Collection[str] | None) -> tuple[str, PathChanges]:
        """The root tree with the folders as on disk, and how it differs from HEAD's."""
        index = Path(self.repository.git_dir, "index")
        if index.exists():
            shutil.copyfile(index, self.file)
        given = self._differing() if paths is None else set(paths)
        self._add(given)
        tree, changes = self._tree()
        # The user's index may hold other differences from HEAD below our folders: staged by hand, or because
        # there is no index at all. The files on disk decide about these too.
        staged = {*changes.added, *changes.changed, *changes.removed} - given
        if paths is not None and staged:
            self._add(staged)
            tree, changes = self._tree()
        return tree, changes

    def install(self) -> None:
        """Make the copy the user's index."""
        Path(self.file).replace(Path(self.repository.git_dir, "index"))

    def _git(self, *arguments: str, stdin: bytes | None = None) -> bytes:
        return self.repository.run(*arguments, stdin=stdin, env={"GIT_INDEX_FILE": self.file})

    def _differing(self) -> set[str]:
        """The files below our folders that are not as in the index, untracked ones included."""
        listed = self._git(
            *("ls-files", "-z", "--modified", "--deleted", "--others", "--", *self.folders),
        )
        return {os.fsdecode(path) for path in listed.split(b"\0")[:-1]}

    def _add(self, paths: Collection[str]) -> None:
        """Take up *paths* as they are on disk."""
        inner = next((path for path in sorted(paths) if path.endswith("/")), None)
        if inner:
            message = f"{inner} is a git repository of its own inside the output folder"
            raise DiagnosticError(Diagnostic(code="MW725", message=message, hint=f"remove {inner}.git"))
        if len(paths) >= pack.WORTHWHILE:
            pack.preload(self.repository, self.head.commit, self.folders, paths)
        # Sorted, a file that became a folder is removed before anything is added below it.
        stdin = b"".join(os.fsencode(path) + b"\0" for path in sorted(paths))
        # safecrlf would refuse our line feeds where the user's checkouts have others.
        self._git(
            *("-c", "core.safecrlf=false", "update-index", "--add", "--remove", "--replace", "-z", "--stdin"),
            stdin=stdin,
        )

    def _tree(self) -> tuple[str, PathChanges]:
        """HEAD's root tree with our folders from the private index in it, and how it differs from HEAD's."""
        before = self.head.commit or self._empty_tree()
        root = before
        for folder in self.folders:
            root = self._replaced(root, folder.split("/"), self._folder_tree(folder)) or self._empty_tree()
        listed = self._git("diff-tree", "-r", "-z", "--no-renames", "--name-status", before, root, "--")
        changes = path_changes(listed)
        below = tuple(f"{folder}/" for folder in self.folders)
        strays = [
            path
            for path in (*changes.added, *changes.changed, *changes.removed)
            if not path.startswith(below) and path not in self.folders
        ]
        assert not strays, f"a commit of {self.folders} would change {strays}"
        return root, changes

    def _folder_tree(self, folder: str) -> str | None:
        """The tree of a folder in the private index; None where it holds no file."""
        arguments = ("write-tree", f"--prefix={folder}/")
        written = self.repository.finish(*arguments, env={"GIT_INDEX_FILE": self.file})
        if written.status == 0:
            return written.stdout.decode().strip()
        if self._git("ls-files", "-z", "--unmerged"):
            message = "there are unresolved conflicts in the index"
            hint = "resolve them (`git status` lists them), then run again"
            raise DiagnosticError(Diagnostic(code="MW721", message=message, hint=hint))
        if self._git("ls-files", "-z", "--", folder):
            raise failure(self.repository.command(*arguments), written)
        return None

    def _replaced(self, tree: str, path: Sequence[str], new: str | None) -> str | None:
        """*tree* with the folder *new* at *path*, or without it. None where nothing is left."""
        name, *rest = path
        lines = self._git("ls-tree", "-z", "--full-tree", tree).split(b"\0")[:-1]
        others = [line for line in lines if line.split(b"\t", 1)[1] != os.fsencode(name)]
        if rest:
            old = [line.split(b"\t")[0].decode().split(" ") for line in lines if line not in others]
            inner = old[0][2] if old and old[0][0] == _FOLDER else self._empty_tree()
            new = self._replaced(inner, rest, new)
        if new:
            others.append(f"{_FOLDER} tree {new}\t".encode() + os.fsencode(name))
        elif not others:
            return None
        # --missing: in a partial clone not every object of HEAD's tree is here, and none is needed.
        made = self._git("mktree", "-z", "--missing", stdin=b"".join(line + b"\0" for line in others))
        return made.decode().strip()

    def _empty_tree(self) -> str:
        return self._git("mktree", stdin=b"").decode().strip()
