"""Which commit a change starts from: parents, branching points, and what to say where the clone does not have them."""

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git.repository import Repository

_USUAL = ("origin/main", "origin/master")


def parents(repository: Repository, commit: str) -> tuple[str, ...]:
    """The ids of the parents that a commit names, in a shallow clone also of those that are not there."""
    text = repository.run("cat-file", "commit", commit).decode("utf-8", "replace")
    head = text.partition("\n\n")[0].split("\n")
    return tuple(line.removeprefix("parent ") for line in head if line.startswith("parent "))


def has(repository: Repository, commit: str) -> bool:
    """Whether the clone has the commit with the id *commit*."""
    return repository.finish("cat-file", "-e", f"{commit}^{{commit}}").status == 0


def first_parent(repository: Repository, commit: str) -> str:
    """The id of a commit's first parent.

    Raises:
        DiagnosticError: the clone is so shallow that it is not there.
    """
    found = parents(repository, commit)
    assert found
    if not has(repository, found[0]):
        raise missing(repository, found[0], f"the first parent of {commit[:12]}", depth=2)
    return found[0]


def missing(repository: Repository, commit: str, what: str, *, depth: int = 0) -> DiagnosticError:
    """What to say of a commit that the clone does not have; *depth* is how deep it would have to be, 0: unknown."""
    how = f"fetch-depth: {depth} in actions/checkout, or `git fetch --depth={depth}`" if depth else "fetch-depth: 0"
    hint = f"check out with more history ({how}; GIT_DEPTH in GitLab), or name another base: --base"
    why = "the clone is shallow" if repository.shallow() else "the clone has not fetched it"
    message = f"{what}, {commit[:12]}, is not here: {why}"
    return DiagnosticError(Diagnostic(code="MW842", message=message, hint=hint))


def merge_base(repository: Repository, one: str, other: str) -> str | None:
    """The id of the commit at which two lines of history part; None where none is known."""
    found = repository.finish("merge-base", one, other)
    return found.stdout.decode().strip() or None if found.status == 0 else None


def default_branch(repository: Repository) -> str | None:
    """The remote's default branch, as `origin/main`, as far as the clone knows it."""
    found = repository.finish("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD")
    if found.status == 0:
        return found.stdout.decode().strip()
    return next((name for name in _USUAL if known_branch(repository, name)), None)


def known_branch(repository: Repository, name: str) -> str | None:
    """The id at which a remote branch such as `origin/main` stands; None where the clone does not have it."""
    found = repository.finish("rev-parse", "--verify", "--quiet", "--end-of-options", f"refs/remotes/{name}^{{commit}}")
    return found.stdout.decode().strip() if found.status == 0 else None


def subject(repository: Repository, commit: str) -> str:
    """The first line of a commit's message."""
    shown = repository.run("show", "--no-patch", "--no-show-signature", "--format=%s", commit, "--")
    return " ".join(shown.decode("utf-8", "replace").split())
