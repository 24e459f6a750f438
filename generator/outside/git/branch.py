"""Environment branches: a branch whose tree is generated output and nothing else, and that only moves forward.

Neither the working tree nor the index is touched, and the branch is never checked out. Its tree is replaced whole by
each commit; its first commit has no parent. A commit whose source is older than that of the branch's tip is refused:
a CI job that finishes late must not take back what a later one has brought.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git import push as remote
from generator.outside.git.commit import Identity, Message, waiting, write_commit
from generator.outside.git.index_lock import WAIT_SECONDS
from generator.outside.git.push import Target
from generator.outside.git.repository import Head, Repository
from generator.outside.git.source import METADATA, SOURCE

OURS = "Rendered-By"
"""The trailer of every commit that this program makes."""

_ATTRIBUTES_FILE = ".gitattributes"
_ATTRIBUTES = b"* -text\nbundle.lock linguist-generated=true\nhydrator.metadata linguist-generated=true\n"
"""Line ends stay. What is deployed is what such a branch is reviewed for, so only the records are folded away there, as
Argo CD's hydrator has it (commitserver/commit, gitAttributesContents)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a branch is to hold next. `changed`: whether anything but the name of its source is another than before."""

    tree: str
    message: Message
    changed: bool


def tree_of(repository: Repository, folder: str, paths: Sequence[str], source: bytes) -> str:
    """The id of a tree that holds the files *paths* of the folder *folder* (absolute), as they are on disk.

    Beside them stand attributes for git and its hosts, and *source*, which tells whose output they are.
    """
    names = "".join(f"{folder}/{path}\n" for path in paths).encode("utf-8", "surrogateescape")
    blobs = repository.run("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=names).decode().split()
    beside = {_ATTRIBUTES_FILE: _ATTRIBUTES, METADATA: source}
    written = {
        name: repository.run("hash-object", "-w", "--stdin", stdin=text).decode().strip()
        for name, text in beside.items()
    }
    every = (*((blob, path) for path, blob in written.items()), *zip(blobs, paths, strict=True))
    rows = "".join(f"100644 {blob}\t{path}\0" for blob, path in every)
    Path(repository.private_folder()).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="branch-", dir=repository.private_folder()) as own:
        scratch = {"GIT_INDEX_FILE": f"{own}/index"}
        stdin = rows.encode("utf-8", "surrogateescape")
        repository.run("update-index", "-z", "--add", "--index-info", stdin=stdin, env=scratch)
        return repository.run("write-tree", env=scratch).decode().strip()


def differing(repository: Repository, commit: str, tree: str) -> list[str]:
    """The files that are other ones in *tree* than in the commit, or in one of them alone; not those of our own."""
    told = repository.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", f"{commit}^{{tree}}", tree, "--")
    return [path for path in map(os.fsdecode, told.split(b"\0")) if path and path not in {METADATA, _ATTRIBUTES_FILE}]


def advance(
    repository: Repository,
    branch: str,
    step: Step,
    *,
    onto: str | None,
    source: str,
    inputs: Sequence[str] = (),
    identity: Identity | None,
) -> str | None:
    """Put a commit on *branch*, on top of the commit *onto* (None: it is the first); its id.

    None where nothing has changed, but for the name of its source. *source* is the commit that the tree was
    made from, *inputs* are the paths that it was made from there: where these have changed and changed back since the
    tip's source, a commit says so. Else a run that is late, between the two, would not be found to be older.

    Raises:
        DiagnosticError: MW735, the branch is not ours; MW737, its tip was made from a newer source; MW727, it moved.
    """
    if repository.head().ref == f"refs/heads/{branch}":
        raise _not_ours(branch, "it is checked out here, and holds sources")
    if onto is not None:
        _check(repository, branch, onto, source)
        known = trailer(repository, onto, SOURCE)
        if not step.changed and not _touched(repository, known, source, inputs):
            return None
    sign = repository.flags("commit.gpgSign").get("commit.gpgsign", False)
    made = write_commit(
        repository, Head(f"refs/heads/{branch}", onto), step.tree, step.message.text(), sign=sign, identity=identity
    )
    before = local_tip(repository, branch) or "0" * len(made)
    arguments = ("update-ref", "-m", f"mwgen: {step.message.subject}", f"refs/heads/{branch}", made, before)
    moved = repository.finish(*waiting(WAIT_SECONDS), *arguments)
    if moved.status:
        raise DiagnosticError(Diagnostic(code="MW727", message=f"{branch} moved in between", hint="run again"))
    return made


def origin(repository: Repository, commit: str) -> str:
    """The commit that people made: *commit*, or that of which it is nothing but the output."""
    while trailer(repository, commit, OURS):
        source = trailer(repository, commit, SOURCE)
        parents = repository.run("log", "-1", "--no-show-signature", "--format=%P", commit, "--").decode().split()
        if parents != [source]:
            break
        commit = source
    return commit


def local_tip(repository: Repository, branch: str) -> str | None:
    """Where the branch stands here; None where there is none."""
    found = repository.finish("rev-parse", "--verify", "--quiet", "--end-of-options", f"refs/heads/{branch}^{{commit}}")
    return found.stdout.decode().strip() if found.status == 0 else None


def push(repository: Repository, target: Target, commit: str, *, hooks: bool) -> str:
    """Move the remote's branch to *commit*, if that is a step forward. Empty where it was; else the remote's words."""
    return remote.push(repository, target, hooks=hooks, what=commit)


def trailer(repository: Repository, commit: str, key: str) -> str:
    """The value of a trailer of a commit; empty where it has none."""
    format_ = f"%(trailers:key={key},valueonly,separator=%x2C)"
    return repository.run("log", "-1", "--no-show-signature", f"--format={format_}", commit, "--").decode().strip()


def _touched(repository: Repository, old: str, new: str, paths: Sequence[str]) -> bool:
    """Whether a commit after *old*, up to *new*, touches any of *paths*."""
    if not old or not paths:
        return False
    return bool(repository.run("log", "-1", "--no-show-signature", "--format=%H", f"{old}..{new}", "--", *paths))


def _check(repository: Repository, branch: str, tip: str, source: str) -> None:
    if not trailer(repository, tip, OURS):
        raise _not_ours(branch, "its tip was not made by mwgen")
    known = trailer(repository, tip, SOURCE)
    if not known or known == source:
        return
    if repository.finish("cat-file", "-e", f"{known}^{{commit}}").status:
        raise DiagnosticError(
            Diagnostic(
                code="MW737",
                message=f"{branch} was made from {known[:12]}, which this clone has not got: it may be newer than ours",
                hint="fetch the whole history (`git fetch --unshallow`, `fetch-depth: 0`)",
            )
        )
    if not remote.holds(repository, source, known):
        raise DiagnosticError(
            Diagnostic(
                code="MW737",
                message=f"{branch} was made from {known[:12]}, and {source[:12]} does not come after it",
                hint="a newer run was faster; nothing is to be done",
            )
        )


def _not_ours(branch: str, why: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(
            code="MW735",
            message=f"{branch} is no branch of output: {why}",
            hint="name a branch of its own for each environment, such as env/prod",
        )
    )


def chosen(paths: Iterable[str], environments: Sequence[str]) -> list[str]:
    """Those of *paths* (relative to the output folder) that belong to the environments, sorted."""
    wanted = set(environments)

    def belongs(path: str) -> bool:
        parts = path.split("/")
        if parts[0] == ".delivery":
            return len(parts) > 3 and parts[2] in wanted
        return len(parts) > 1 and parts[0] in wanted

    return sorted(path for path in paths if belongs(path))
