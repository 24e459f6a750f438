"""The second effect: one commit of the output folder, and nothing else."""

from collections.abc import Sequence

from generator import __version__
from generator.diagnostics import Diagnostic, DiagnosticError
from generator.model.bundle import BundleKey
from generator.model.order import Operation
from generator.model.settings import Settings
from generator.outside.git.commit import Committed, Identity, Message, Terms, commit_tree
from generator.outside.git.pack import Packed
from generator.outside.git.repository import Head, Repository
from generator.outside.output import Output
from generator.stages import describe


def commit(
    repository: Repository,
    folder: str,
    output: Output,
    settings: Settings,
    *,
    paths: Sequence[str] | None = None,
    packed: Packed | None = None,
    subject: str = "",
    hooks: bool = False,
) -> tuple[Committed, str] | None:
    """Commit the output folder as it stands; None where it is as HEAD has it.

    Args:
        repository: whose branch the commit goes to.
        folder: of the output, relative to the repository's root.
        output: reads it.
        settings: the committer where git knows none, and the subject.
        paths: files that may differ from HEAD, relative to *folder*; None: look at all of them.
        packed: contents of files that this run has put there.
        subject: of the message, instead of the one that is made from what changed.
        hooks: whether the repository's hooks run, as in `git commit`.

    Returns:
        The commit and its message's subject.

    Raises:
        DiagnosticError: git is in the way; then nothing has changed.
    """
    head = repository.head()
    if paths is None:
        paths = _different(repository, folder, output, head)
    changes = [described(key, output) for key in describe.touched(paths)]
    source = (("Source-Commit", head.commit),) if head.commit else ()
    message = Message(
        subject=subject or settings.commit.get("subject", "") or describe.subject(changes),
        body=describe.body(changes),
        trailers=(*source, ("Rendered-By", f"mwgen {__version__}")),
    )
    name, email = settings.commit.get("name", ""), settings.commit.get("email", "")
    terms = Terms(onto=head.commit, identity=Identity(name, email) if name and email else None, hooks=hooks)
    below = [f"{folder}/{path}" for path in paths]
    made = commit_tree(repository, [folder], message, paths=below, packed=packed, terms=terms)
    return (made, message.subject) if made else None


def _different(repository: Repository, folder: str, output: Output, head: Head) -> list[str]:
    """Files below *folder*, relative to it, that are not as HEAD has them."""
    if head.commit is None:
        return list(output.all_files())
    changes = repository.changed_since("HEAD", folder)
    paths = [path[len(folder) + 1 :] for path in (*changes.added, *changes.changed, *changes.removed)]
    inner = next((path for path in paths if path.endswith("/")), None)
    if inner is not None:
        raise DiagnosticError(
            Diagnostic(
                code="MW725",
                message=f"{folder}/{inner} is a repository of its own",
                hint="remove its .git: git would record it as a link, without its files",
            )
        )
    return paths


def described(key: BundleKey, output: Output) -> describe.BundleChange:
    """What became of a bundle that is different: as its lock says it, or that it left."""
    lock = output.lock(key)
    if lock is None:
        return describe.BundleChange(key=key, operation=Operation.DELETE)
    detail = f"{lock.plugin} {lock.plugin_version}, {lock.runtime} {lock.runtime_version}"
    return describe.BundleChange(key=key, operation=lock.operation, detail=detail)
