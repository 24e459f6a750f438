"""What definitions and locks are at a revision: read from git's objects, nothing is checked out."""

from collections.abc import Callable, Mapping

from generator import pipeline
from generator.diagnostics import Collector, Diagnostic, DiagnosticError
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import LOCK_NAME, BundleKey, Lock
from generator.model.catalog import Catalog
from generator.outside.git import open_tree
from generator.outside.git.branch import OURS, trailer
from generator.outside.git.repository import Repository
from generator.outside.git.source import METADATA
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


def committed_locks(space: Workspace, branches: Mapping[str, str]) -> Callable[[BundleKey], Lock | None]:
    """A function that reads the lock of a bundle as it is committed; None where no such bundle is.

    Committed is what HEAD has of the output folder. Where it has none, it is what the branch has that the bundle's
    environment is delivered from (*branches*, by environment), here or at `origin` when that was fetched last; and
    where there is no such branch, or no repository, the working tree's locks are all there is.
    """
    repository = Repository.find(str(space.root))
    commit = repository.head().commit if repository else None
    if repository is None or commit is None:
        return space.output.lock
    folder = below(space, repository, space.settings.out)
    if not repository.finish("cat-file", "-e", f"{commit}:{folder}").status:
        return lambda key: _lock_at(repository, commit, key, f"{folder}/{key.folder}/{LOCK_NAME}")
    tips = {name: _tip(repository, branch) for name, branch in branches.items()}

    def read(key: BundleKey) -> Lock | None:
        tip = tips.get(key.environment)
        return _lock_at(repository, tip, key, f"{key.folder}/{LOCK_NAME}") if tip else space.output.lock(key)

    return read


def _lock_at(repository: Repository, commit: str, key: BundleKey, path: str) -> Lock | None:
    found = repository.finish("cat-file", "blob", f"{commit}:{path}")
    return None if found.status else parsed(found.stdout, key, path)


def _tip(repository: Repository, branch: str) -> str | None:
    """The commit of a branch of output; None where there is no such branch."""
    for ref in (f"refs/heads/{branch}", f"refs/remotes/origin/{branch}"):
        found = repository.finish("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found.status == 0:
            tip = found.stdout.decode().strip()
            held = not repository.finish("cat-file", "-e", f"{tip}:{METADATA}").status
            return tip if held and trailer(repository, tip, OURS) else None
    return None
