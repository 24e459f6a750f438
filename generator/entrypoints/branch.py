"""`mwgen commit --branch`: the output of an environment on a branch of its own, and at the remote where asked."""

import random
import time
from dataclasses import dataclass

import click

from generator import __version__
from generator.diagnostics import Diagnostic, DiagnosticError
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.model.settings import SETTINGS_FILE
from generator.outside.git import branch as branches
from generator.outside.git import push as remote
from generator.outside.git.commit import Identity, Message
from generator.outside.git.push import Target
from generator.outside.git.repository import Repository
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
        DiagnosticError: no such environment, not our branch, an older source, or a remote that refuses.
    """
    repository = repository_of(space)
    paths = _paths(space, wish)
    tree = branches.tree_of(repository, str(space.root / space.settings.out), paths)
    source = repository.head().commit
    settings = space.settings
    inputs = [below(space, repository, one) for one in (*settings.plugins, *settings.groups, SETTINGS_FILE)]
    target = Target(remote=wish.remote or "origin", branch=wish.branch)
    refused = ""
    for number in range(wish.tries if wish.push else 1):
        if number:
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, 0.2 * 2**number)))  # noqa: S311 - no secret
        onto = remote.tip(repository, target) if wish.push else branches.local_tip(repository, wish.branch)
        message = _message(repository, wish, paths, source)
        identity = _identity(space)
        made = branches.advance(
            repository, wish.branch, tree, message, onto=onto, source=source, inputs=inputs, identity=identity
        )
        if made is None:
            click.echo(f"{wish.branch} has it already")
            return 0
        if not wish.push:
            click.echo(f"{made[:12]} is at {wish.branch} ({len(paths)} files)")
            return 0
        refused = branches.push(repository, target, made, hooks=wish.hooks)
        if not refused:
            click.echo(f"{made[:12]} is at {target} ({len(paths)} files)")
            return 0
    raise DiagnosticError(
        Diagnostic(
            code="MW733",
            message=f"{target} moved on during each try, {wish.tries} in all: {refused}",
            hint="try later, raise --tries, or let one job at a time push (a concurrency group)",
        )
    )


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


def _message(repository: Repository, wish: BranchWish, paths: list[str], source: str | None) -> Message:
    bundles = describe.touched(paths)
    about = branches.about(repository, source) if source else ()
    return Message(
        subject=wish.message
        or f"mwgen: {len(bundles)} bundles of {', '.join(sorted({key.environment for key in bundles}))}",
        trailers=(
            *(((branches.SOURCE, source),) if source else ()),
            *about,
            ("Rendered-By", f"mwgen {__version__}"),
        ),
    )


def _identity(space: Workspace) -> Identity | None:
    name, email = space.settings.commit.get("name", ""), space.settings.commit.get("email", "")
    return Identity(name, email) if name and email else None
