"""What `--base` and `--head` mean: commits, folders, the working tree; and what is compared where nobody says.

Nothing is ever fetched. A revision means the source as it is committed there; `REV:FOLDER` and a folder mean what
stands in them, be it a source or a tree that was rendered before.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import LOCK_NAME, BundleKey
from generator.model.review import Side
from generator.model.settings import SETTINGS_FILE, Settings
from generator.model.tree import Tree
from generator.outside.files import DEFINITION_SUFFIXES, PathChanges, WorkingTree
from generator.outside.git import GitTree, history, open_tree
from generator.outside.git.repository import Repository
from generator.outside.rendered import RenderedCommit, RenderedFolder
from generator.pipeline import load_settings
from generator.pipeline.review import State
from generator.pipeline.review.trees import RenderedState

EVERYTHING = ("",)
"""As the suffixes of a tree: all files, not only definitions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of a comparison: a folder on disk, or one in a commit."""

    side: Side
    root: str = ""
    """Of a folder on disk, absolute; empty for a commit."""

    repository: Repository | None = None
    below: str = ""
    """The folder of the repository that it is about."""

    source: bool = False
    """Whether it is known to be a source."""

    @contextmanager
    def tree(self, suffixes: tuple[str, ...] = DEFINITION_SUFFIXES) -> Iterator[Tree]:
        """Its files with one of *suffixes*."""
        if self.repository is None or self.root:
            yield WorkingTree(self.root, suffixes=suffixes)
            return
        tree = open_tree(self.repository, self.side.commit, self.below)
        with GitTree(tree.repository, tree.tree, suffixes) as opened:
            yield opened

    def rendered(self) -> RenderedState:
        """It as a tree that was rendered before."""
        side = replace(self.side, rendered=True)
        if self.repository is None or self.root:
            return RenderedState(side=side, tree=RenderedFolder(self.root))
        tree = open_tree(self.repository, self.side.commit, self.below)
        return RenderedState(side=side, tree=RenderedCommit(self.repository, tree.tree))

    @property
    def is_rendered(self) -> bool:
        """Whether it holds bundles, rather than definitions."""
        if self.source:
            return False
        with self.tree(EVERYTHING) as tree:
            try:
                tree.read(SETTINGS_FILE)
            except FileNotFoundError:
                settings = Settings()
            else:
                return False
            return not tree.files(*settings.plugins, *settings.groups)

    @contextmanager
    def state(self) -> Iterator[State]:
        """It as a source."""
        with self.tree() as tree:
            yield State(side=self.side, tree=tree, locks=_Locks(tree))


@dataclass(frozen=True, slots=True)
class _Locks:
    """Reads the locks that are committed beside a source."""

    tree: Tree

    def __call__(self, keys: Sequence[BundleKey]) -> Mapping[BundleKey, bytes]:
        out = load_settings(self.tree).out
        paths = {f"{out}/{key.folder}/{LOCK_NAME}": key for key in keys}
        if isinstance(self.tree, GitTree):
            return {paths[path]: data for path, data in self.tree.contents([*paths]).items()}
        found: dict[BundleKey, bytes] = {}
        for path, key in paths.items():
            try:
                found[key] = self.tree.read(path)
            except FileNotFoundError:
                continue
        return found


def ends(space: Workspace, base: str | None, head: str | None) -> tuple[End, End]:
    """What to compare. Raises DiagnosticError where a commit is not there, and a usage error for what is nothing."""
    after = _end(space, head, "--head") if head is not None else working_tree(space)
    return (_end(space, base, "--base") if base is not None else _default_base(space)), after


def working_tree(space: Workspace) -> End:
    """The source as it stands on disk."""
    repository = Repository.find(str(space.root))
    where = below(space, repository) if repository is not None else ""
    return End(side=Side(name="working tree"), root=str(space.root), repository=repository, below=where, source=True)


def commit(space: Workspace, revision: str, why: str = "") -> End:
    """The source as it is committed at *revision*."""
    repository = repository_of(space)
    found = repository.resolve(revision)
    side = Side(name=revision, commit=found, subject=history.subject(repository, found), why=why)
    return End(side=side, repository=repository, below=below(space, repository), source=True)


def _end(space: Workspace, text: str, option: str) -> End:
    """What an option says. A path that says that it is one, with a slash or a dot, is never taken for a revision."""
    is_path = text.startswith((".", "/")) and Path(text).is_dir()
    if not is_path and ":" in text:
        return _folder_of_commit(space, text)
    repository = None if is_path else Repository.find(str(space.root))
    if repository is not None and (not Path(text).is_dir() or _is_revision(repository, text)):
        return commit(space, text)
    if not Path(text).is_dir():
        raise click.BadParameter(f"{text} is no folder, and there is no repository to look it up in", param_hint=option)
    return End(side=Side(name=text), root=str(Path(text).resolve()))


def _is_revision(repository: Repository, text: str) -> bool:
    try:
        repository.resolve(text)
    except DiagnosticError:
        return False
    return True


def _folder_of_commit(space: Workspace, text: str) -> End:
    repository = repository_of(space)
    revision, _, folder = text.partition(":")
    found = repository.resolve(revision or "HEAD")
    where = below(space, repository, folder.strip("/"))
    side = Side(name=text, commit=found, subject=history.subject(repository, found))
    return End(side=side, repository=repository, below=where)


# --- what is compared where nobody says


def _default_base(space: Workspace) -> End:
    """Where the change that is checked out starts, as far as one can tell without fetching."""
    repository = repository_of(space)
    head = repository.head()
    if head.commit is None:
        message = f"{space.root} has no commit to compare with"
        raise DiagnosticError(Diagnostic(code="MW843", message=message, hint="commit something, or name a --base"))
    if head.ref is None and len(history.parents(repository, head.commit)) > 1:
        why = "the first parent of the merge commit that is checked out"
        return replace_name(commit(space, history.first_parent(repository, head.commit), why), "HEAD^1")
    known = os.environ.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    if known:
        if not history.has(repository, known):
            raise history.missing(repository, known, "the base of the merge request")
        return commit(space, known, "the base of the merge request")
    branch = _target_branch(repository)
    if branch is not None:
        where = history.merge_base(repository, head.commit, f"refs/remotes/{branch}")
        if where is not None and where != head.commit:
            return replace_name(commit(space, where, f"where HEAD leaves {branch}"), f"{branch}...HEAD")
        if where is None and repository.shallow():
            tip = history.known_branch(repository, branch) or branch
            raise history.missing(repository, tip, f"where HEAD leaves {branch}")
    return commit(space, "HEAD", "the last commit")


def _target_branch(repository: Repository) -> str | None:
    """The branch that the change is meant for."""
    named = os.environ.get("GITHUB_BASE_REF") or os.environ.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
    if named and history.known_branch(repository, f"origin/{named}"):
        return f"origin/{named}"
    return history.default_branch(repository)


def replace_name(end: End, name: str) -> End:
    """The same end under the name that people know it by."""
    return replace(end, side=replace(end.side, name=name))


# --- what differs


def changes(base: End, head: End, settings: Settings) -> PathChanges:
    """The files that differ between two sources, below the folders of definitions; paths are relative to the root."""
    folders = (*settings.plugins, *settings.groups)
    repository = base.repository
    if repository is not None and not base.root and head.repository == repository:
        here = [f"{base.below}/{folder}".strip("/") for folder in folders]
        if not head.root and head.below == base.below:
            return _relative(repository.changed_between(base.side.commit, head.side.commit, *here), base.below)
        if head.root and Path(head.root) == Path(repository.root, base.below):
            return _relative(repository.changed_since(base.side.commit, *here), base.below)
    before, after = _files(base, folders), _files(head, folders)
    return PathChanges(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(path for path in after.keys() & before.keys() if after[path] != before[path])),
        removed=tuple(sorted(before.keys() - after.keys())),
    )


def placed(head: End, base: End, settings: Settings) -> Side:
    """How *head* is called: a working tree with the commit that is checked out, where definitions are as in it.

    Beside a *base* that is that commit there is nothing to add: what differs is what is not committed.
    """
    repository = head.repository
    if not head.root or not head.source or repository is None:
        return head.side
    commit = repository.head().commit
    if commit is None or commit == base.side.commit:
        return head.side
    names = (SETTINGS_FILE, *settings.plugins, *settings.groups)
    found = repository.changed_since(commit, *(f"{head.below}/{name}".strip("/") for name in names))
    if found.added or found.changed or found.removed:
        return replace(head.side, why=f"{commit[:12]} with changes that are not committed")
    return replace(head.side, commit=commit, subject=history.subject(repository, commit))


def _files(end: End, folders: Sequence[str]) -> dict[str, bytes]:
    with end.tree(EVERYTHING) as tree:
        return {path: tree.read(path) for path in tree.files(*folders)}


def _relative(found: PathChanges, prefix: str) -> PathChanges:
    start = f"{prefix}/" if prefix else ""
    added, changed, removed = (
        tuple(path.removeprefix(start) for path in paths) for paths in (found.added, found.changed, found.removed)
    )
    return PathChanges(added=added, changed=changed, removed=removed)
