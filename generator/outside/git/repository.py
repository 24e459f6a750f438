"""A git repository: where it is, what stands at its head, which commit a name means, what changed between two.

Finding one starts no process. Everything else asks git itself through `process`, with a cleaned environment;
names and paths of others never stand where git could take them for options.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.files import PathChanges
from generator.outside.process import Command, Finished, failure, finish, git_environment, started

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Head:
    """Where the next commit goes.

    `ref` is the full name of the branch that HEAD names (`refs/heads/main`), None where HEAD is detached;
    `commit` is the id it stands at, None where the branch has no commit yet.
    """

    ref: str | None
    commit: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a working tree.

    `root` is the working tree's folder; `git_dir` holds HEAD and the index of this working tree; `common_dir`
    holds objects and branches (it differs from `git_dir` in a linked worktree only). All are absolute.
    """

    root: str
    git_dir: str
    common_dir: str

    @classmethod
    def find(cls, start: str) -> Self | None:
        """The repository that the folder *start* lies in; None where there is none. Starts no process.

        Raises DiagnosticError for a bare repository, and for a `.git` file that points nowhere.
        """
        folder = Path(start).resolve()
        for place in (folder, *folder.parents):
            dot_git = place / ".git"
            if dot_git.is_dir() and (dot_git / "HEAD").is_file():
                return cls(str(place), str(dot_git), str(dot_git))
            if dot_git.is_file():
                git_dir = _pointed(dot_git, "gitdir: ", place)
                common = git_dir / "commondir"
                common_dir = _pointed(common, "", git_dir) if common.is_file() else git_dir
                return cls(str(place), str(git_dir), str(common_dir))
            if all((place / part).exists() for part in ("HEAD", "objects", "refs")):
                message = f"{place} is a bare repository: it has no working tree to read and write"
                hint = "clone it, or add a working tree with `git worktree add`"
                raise DiagnosticError(Diagnostic(code="MW711", message=message, hint=hint))
        return None

    def run(
        self, *arguments: str, stdin: bytes | None = None, source: str = "", env: Mapping[str, str] | None = None
    ) -> bytes:
        """What `git *arguments` prints, run at the root. *env* is added to git's cleaned environment.

        It reads *stdin* or the file *source*.
        """
        finished = finish(self.command(*arguments, stdin=stdin, source=source, env=env))
        if finished.status:
            raise failure(self.command(*arguments), finished)
        return finished.stdout

    def finish(self, *arguments: str, stdin: bytes | None = None, env: Mapping[str, str] | None = None) -> Finished:
        """As `run`, where an exit status other than 0 is an answer too."""
        return finish(self.command(*arguments, stdin=stdin, env=env))

    def command(
        self, *arguments: str, stdin: bytes | None = None, source: str = "", env: Mapping[str, str] | None = None
    ) -> Command:
        """The command that `run` and `finish` run."""
        surroundings = git_environment(extra=env)
        return Command(argv=("git", *arguments), cwd=self.root, env=surroundings, stdin=stdin, source=source)

    def algorithm(self) -> str:
        """What ids are made with: `sha1` or `sha256`."""
        return self.run("rev-parse", "--show-object-format").decode().strip()

    def private_folder(self) -> str:
        """Our own folder in git's, `.git/mwgen`: never committed, one for each worktree. May not exist yet."""
        return f"{self.git_dir}/mwgen"

    def below(self, base: str, folder: str = "") -> str:
        """The *folder* of *base*, which lies in the working tree, relative to the root; empty for the root itself."""
        prefix = Path(base).relative_to(self.root).as_posix()
        return "/".join(part for part in ("" if prefix == "." else prefix, folder) if part)

    def shallow(self) -> bool:
        """Whether the history was cut when it was fetched."""
        return Path(self.common_dir, "shallow").is_file()

    def head(self) -> Head:
        """What HEAD stands for."""
        both = self.finish("rev-parse", "HEAD", "--symbolic-full-name", "HEAD", "--")
        if both.status == 0:
            commit, ref, *_ = both.stdout.decode().split("\n")
            return Head(None if ref == "HEAD" else ref, commit)
        ref = self.run("symbolic-ref", "HEAD").decode().strip()
        broken = self.finish("rev-parse", "--verify", "--quiet", ref)
        if broken.status == 0:
            raise failure(self.command("rev-parse", "HEAD"), both)
        return Head(ref, None)

    def resolve(self, revision: str) -> str:
        """The id of the commit that *revision* (a branch, a tag, an id, `HEAD~1` …) means."""
        if not revision or revision.startswith("-") or _CONTROL.search(revision):
            raise DiagnosticError(Diagnostic(code="MW712", message=f"{revision!r} cannot be the name of a revision"))
        found = self.finish("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found.status:
            message = f"there is no commit {revision!r} in {self.root}"
            hint = "look it up with `git log --all`, or fetch the branch first"
            if self.shallow():
                hint = "the clone is shallow: fetch more history (`git fetch --unshallow`, `fetch-depth: 0`)"
            raise DiagnosticError(Diagnostic(code="MW712", message=message, hint=hint))
        return found.stdout.decode().strip()

    def committed_at(self, revision: str) -> int:
        """When the commit was made, in seconds since 1970."""
        commit = self.resolve(revision)
        return int(self.run("show", "--no-patch", "--no-show-signature", "--format=%ct", commit, "--"))

    def blob_ids(self, revision: str, *folders: str) -> dict[str, str]:
        """The object id of every file below *folders* (none: of all) in a commit, by path."""
        commit = self.resolve(revision)
        return {entry.path: entry.id for entry in self.entries(commit, folders) if entry.kind == "blob"}

    def entries(self, tree: str, folders: Sequence[str]) -> Iterator["TreeEntry"]:
        """What stands below *folders* (none: everywhere) in a tree or commit, given by id; in git's order."""
        listed = self.run("ls-tree", "-r", "-z", "--full-tree", tree, "--", *clean_folders(folders))
        for line in listed.split(b"\0")[:-1]:
            about, path = line.split(b"\t", 1)
            mode, kind, object_id = about.decode().split(" ")
            yield TreeEntry(mode, kind, object_id, os.fsdecode(path))

    def changed_between(self, old: str, new: str, *folders: str) -> PathChanges:
        """What is different in the commit *new*, seen from *old*, below *folders* (none: everywhere)."""
        commits = self.resolve(old), self.resolve(new)
        answer = self.run(
            *("diff-tree", "-r", "-z", "--no-renames", "--name-status", *commits, "--"),
            *clean_folders(folders),
        )
        return _path_changes(answer)

    def changed_since(self, revision: str, *folders: str) -> PathChanges:
        """What is different in the working tree, seen from a commit, below *folders* (none: everywhere).

        Untracked files count as added, ignored ones too: the working tree's reader finds them as well.
        """
        with self.asked_since(self.resolve(revision), *folders) as answer:
            return answer()

    @contextmanager
    def asked_since(self, commit: str, *folders: str) -> Iterator[Callable[[], PathChanges]]:
        """As `changed_since`, for who has something else to do meanwhile: git looks until the answer is asked for."""
        where = clean_folders(folders)
        diff = self.command(
            *("diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-relative"),
            *("--name-status", "-z", commit, "--", *where),
        )
        others = self.command("ls-files", "-z", "--others", "--", *where)
        with started(diff) as tracked, started(others) as untracked:
            yield lambda: _working_changes(tracked.run(), untracked.run())

    def flags(self, *names: str) -> dict[str, bool]:
        """Those of the settings *names* that are set, in lower case, as git reads a boolean."""
        pattern = f"^({'|'.join(re.escape(name.lower()) for name in names)})$"
        arguments = ("config", "--null", "--type=bool", "--get-regexp", pattern)
        listed = self.finish(*arguments)
        if listed.status > 1:  # 1: none of them is set
            raise failure(self.command(*arguments), listed)
        pairs = (entry.partition("\n") for entry in listed.stdout.decode().split("\0")[:-1])
        return {name: value == "true" for name, _, value in pairs}

    def unfinished(self) -> str:
        """What git is in the middle of (`merge`, `rebase` …); empty where it is in the middle of nothing."""
        return next((what for mark, what in _UNFINISHED.items() if Path(self.git_dir, mark).exists()), "")


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """One file, link or submodule of a tree. `mode` is octal text; `kind` is `blob` or `commit` (submodule)."""

    mode: str
    kind: str
    id: str
    path: str


def clean_folders(folders: Sequence[str]) -> list[str]:
    """*folders* as git's pathspecs; `.` is everything. Raises DiagnosticError for one that leads out."""
    cleaned = []
    for folder in folders:
        parts = [part for part in folder.split("/") if part not in {"", "."}]
        if ".." in parts or folder.startswith("/"):
            raise DiagnosticError(Diagnostic(code="MW121", message=f"{folder} leads out of the repository"))
        if not parts:
            return []
        cleaned.append("/".join(parts))
    return cleaned


_UNFINISHED: Mapping[str, str] = {
    "MERGE_HEAD": "merge",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}
"""Marks in git's folder, as `git status` reads them. A bisect is not here: committing in one is sound."""


def _path_changes(answer: bytes) -> PathChanges:
    """From `--name-status -z`: status, NUL, path, NUL. An unmerged path comes twice and counts as changed."""
    fields = answer.split(b"\0")
    by_path: dict[str, str] = {}
    for status, path in zip(fields[::2], fields[1::2], strict=False):
        name = os.fsdecode(path)
        by_path[name] = "M" if name in by_path else status.decode()
    return PathChanges(
        added=tuple(sorted(path for path, status in by_path.items() if status == "A")),
        changed=tuple(sorted(path for path, status in by_path.items() if status not in {"A", "D"})),
        removed=tuple(sorted(path for path, status in by_path.items() if status == "D")),
    )


def _working_changes(tracked: bytes, untracked: bytes) -> PathChanges:
    """From what git knows of, and what it does not."""
    found = _path_changes(tracked)
    # A file that was removed from the index only is "removed" to git's diff, and is still there to us.
    others = {os.fsdecode(path) for path in untracked.split(b"\0")[:-1]}
    again = others & set(found.removed)
    return PathChanges(
        added=tuple(sorted({*found.added, *others} - again)),
        changed=tuple(sorted({*found.changed, *again})),
        removed=tuple(path for path in found.removed if path not in again),
    )


def _pointed(file: Path, prefix: str, base: Path) -> Path:
    """The folder whose path stands in *file* after *prefix*, relative to *base*."""
    text = file.read_text("utf-8", "surrogateescape").rstrip("\n")
    target = (base / text.removeprefix(prefix)).resolve()
    if not text.startswith(prefix) or not target.is_dir():
        message = f"{file} should name a folder of git's, and does not"
        hint = "a moved worktree or submodule is mended with `git worktree repair` or `git submodule update`"
        raise DiagnosticError(Diagnostic(code="MW710", message=message, hint=hint))
    return target
