"""What definitions and locks are at a revision: read from git's objects, nothing is checked out."""

from collections.abc import Callable

from generator import pipeline
from generator.diagnostics import Collector, Diagnostic, DiagnosticError
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import LOCK_NAME, BundleKey, Lock
from generator.model.catalog import Catalog
from generator.outside.git import open_tree
from generator.outside.git.repository import Repository
from generator.outside.output import parsed


def repository_of(space: Workspace) -> Repository:
    """The git repository that the workspace lies in. Raises DiagnosticError where it lies in none."""
    repository = Repository.find(str(space.root))
    if repository is None:
        message = f"{space.root} is in no git repository"
        raise DiagnosticError(Diagnostic(code="MW715", message=message, hint="git init, then commit"))
    return repository


def below(space: Workspace, repository: Repository, folder: str = "") -> str:
    """A folder of the workspace as a path relative to the repository's root; empty for the root itself."""
    return repository.below(str(space.root), folder)


def catalog_at(space: Workspace, revision: str) -> Catalog:
    """The catalog at *revision*; what is wrong with it is left out and not reported.

    Raises:
        DiagnosticError: there is no such commit, or no repository.
    """
    repository = repository_of(space)
    with open_tree(repository, revision, below(space, repository)) as tree:
        settings = pipeline.load_settings(tree)
        return pipeline.load_catalog(tree, settings, Collector())


def committed_locks(space: Workspace) -> Callable[[BundleKey], Lock | None]:
    """A function that reads the lock of a bundle as it is committed at HEAD; None where no such bundle is.

    Where the output folder is not committed here at all (no repository, or output that only branches of its own
    hold), the working tree's locks are all there is.
    """
    repository = Repository.find(str(space.root))
    commit = repository.head().commit if repository else None
    if repository is None or commit is None:
        return space.output.lock
    folder = below(space, repository, space.settings.out)
    if repository.finish("cat-file", "-e", f"{commit}:{folder}").status:
        return space.output.lock

    def read(key: BundleKey) -> Lock | None:
        path = f"{folder}/{key.folder}/{LOCK_NAME}"
        found = repository.finish("cat-file", "blob", f"{commit}:{path}")
        return None if found.status else parsed(found.stdout, key, path)

    return read
