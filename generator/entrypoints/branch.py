"""`mwgen commit --branch`: the output of an environment on a branch of its own, and at the remote where asked."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

import click

from generator import __version__
from generator.diagnostics import Diagnostic, DiagnosticError, Severity
from generator.entrypoints.committing import uncommitted
from generator.entrypoints.report import deliver
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.model.settings import SETTINGS_FILE
from generator.outside.git import branch as branches
from generator.outside.git import push as remote
from generator.outside.git.commit import Identity, Message
from generator.outside.git.note import note, push_note
from generator.outside.git.push import Target
from generator.outside.git.repository import Repository
from generator.outside.git.source import Source, metadata, source_of, trailers
from generator.pipeline.commit import described
from generator.stages import describe

_LONGEST_PAUSE = 8.0
"""Seconds between two tries to push."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchWish:
    """What was asked for on the command line."""

    branch: str
    environments: tuple[str, ...] = ()
    """Empty: the one that the branch's last part names."""

    message: str = ""
    push: bool = False
    remote: str = ""
    tries: int = 10
    hooks: bool = False


def commit_branch(space: Workspace, wish: BranchWish) -> int:
    """Commit and, where asked, push; the exit code.

    Raises:
        DiagnosticError: no such environment, definitions that are not committed, not our branch, an older source, or a
            remote that refuses.
    """
    repository = repository_of(space)
    paths = _paths(space, wish)
    settings = space.settings
    inputs = [below(space, repository, one) for one in (*settings.plugins, *settings.groups, SETTINGS_FILE)]
    source = _source(space, repository, wish, inputs)
    tree = branches.tree_of(repository, str(space.root / settings.out), paths, metadata(source))
    target = Target(remote=wish.remote or "origin", branch=wish.branch)
    identity = _identity(space)
    refused = ""
    for number in range(wish.tries if wish.push else 1):
        if number:
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.2 * 2**number)))  # noqa: S311 - no secret
        onto = remote.tip(repository, target) if wish.push else branches.local_tip(repository, wish.branch)
        changed = branches.differing(repository, onto, tree) if onto else paths
        step = branches.Step(tree=tree, message=_message(space, wish, changed, source), changed=bool(changed))
        made = branches.advance(
            repository, wish.branch, step, onto=onto, source=source.id, inputs=inputs, identity=identity
        )
        refused = branches.push(repository, target, made, hooks=wish.hooks) if made and wish.push else ""
        if refused:
            continue
        _note(repository, wish, target, made or onto or "", source.id, identity)
        where = target if wish.push else wish.branch
        click.echo(f"{made[:12]} is at {where} ({len(paths)} files)" if made else f"{wish.branch} has it already")
        return 0
    raise DiagnosticError(
        Diagnostic(
            code="MW733",
            message=f"{target} moved on during each try, {wish.tries} in all: {refused}",
            hint="try later, raise --tries, or let one job at a time push (a concurrency group)",
        )
    )


def _source(space: Workspace, repository: Repository, wish: BranchWish, inputs: list[str]) -> Source:
    """The commit that the output was made from: HEAD, or that whose output HEAD is. Definitions are as it says."""
    head = repository.head()
    if head.commit is None:
        raise DiagnosticError(
            Diagnostic(
                code="MW716",
                message="nothing is committed here yet: there is no source that the branch could name",
                hint="commit the definitions first",
            )
        )
    found = uncommitted(
        repository.changed_since(head.commit, *inputs), f"{wish.branch} would name a source that does not make it"
    )
    if found:
        raise DiagnosticError(found)
    branch = (head.ref or "").removeprefix("refs/heads/")
    place = wish.remote or (remote.default_remote(repository, branch) if branch else "origin")
    commit = branches.origin(repository, head.commit)
    return source_of(repository, commit, remote=place, otherwise=space.settings.delivery.repo_url)


def _note(
    repository: Repository, wish: BranchWish, target: Target, commit: str, source: str, identity: Identity | None
) -> None:
    if wish.push:
        words = push_note(repository, target.remote, commit, source, identity)
    else:
        words = note(repository, commit, source, identity)
    if words:
        what = Diagnostic(
            code="MW732",
            severity=Severity.WARNING,
            message=f"{target.remote if wish.push else 'git'} does not take the note on {commit[:12]}: {words}",
            hint="the branch is there; only tools that read notes of Argo CD's hydrator miss it",
        )
        deliver.diagnostics([what], "text")


def _paths(space: Workspace, wish: BranchWish) -> list[str]:
    wanted = wish.environments or (wish.branch.rpartition("/")[2],)
    paths = branches.chosen(space.output.all_files(), wanted)
    if not paths:
        there = sorted({key.environment for key in space.output.bundles()})
        raise DiagnosticError(
            Diagnostic(
                code="MW738",
                message=f"there is no output of {', '.join(wanted)} in {space.settings.out}/",
                hint=f"name the environment with -e; there is {', '.join(there)}" if there else "mwgen generate first",
            )
        )
    return paths


def _message(space: Workspace, wish: BranchWish, changed: Sequence[str], source: Source) -> Message:
    changes = [described(key, space.output) for key in describe.touched(changed)]
    subject = describe.subject(changes) if changed else "mwgen: the same, from a newer source"
    return Message(
        subject=wish.message or subject,
        body=describe.body(changes),
        trailers=(*trailers(source), ("Rendered-By", f"mwgen {__version__}")),
    )


def _identity(space: Workspace) -> Identity | None:
    name, email = space.settings.commit.get("name", ""), space.settings.commit.get("email", "")
    return Identity(name, email) if name and email else None
