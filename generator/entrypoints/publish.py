"""`--push`: the commit reaches the remote, or nothing does.

A push that was overtaken is made anew: the remote's branch as it is now, rendered, committed, pushed. Pauses between
tries grow and are drawn by lot, so that those who met once do not meet again at the next try.
"""

import os
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.entrypoints.report.style import style_for
from generator.entrypoints.revisions import repository_of
from generator.entrypoints.workspace import Workspace
from generator.outside.git import push as remote
from generator.outside.git.push import Target
from generator.outside.git.repository import Repository

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 8.0
"""Seconds."""

_MEANT = 4
"""How often in a row a server must refuse what is a step forward until it is believed to mean it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushWish:
    """What was asked for on the command line."""

    remote: str = ""
    """Empty: the one that the branch follows, or `origin`."""

    branch: str = ""
    """Empty: the current branch, or the one that CI says it builds."""

    tries: int = 10
    hooks: bool = False


def publish(space: Workspace, wish: PushWish, again: Callable[[], bool]) -> int:
    """Push HEAD; where somebody was faster, *again* renders and commits at the new tip, and says whether it could.

    Returns:
        The exit code.

    Raises:
        DiagnosticError: the remote is out of reach or refuses, or every try was overtaken.
    """
    repository = repository_of(space)
    target = _target(repository, wish)
    refused, denied = "", 0
    for number in range(wish.tries):
        if number:
            # Full jitter: any moment up to a bound that doubles.
            time.sleep(random.uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**number)))  # noqa: S311 - no secret
        refused = remote.push(repository, target, hooks=wish.hooks)
        if not refused:
            _say(repository, target, f"after {number + 1} tries" if number else "")
            return 0
        tip = remote.tip(repository, target)
        head = repository.head().commit
        if tip is None or head is None or remote.holds(repository, head, tip):
            # Nobody was faster: the server is busy with somebody else's push of the branch, or it means no.
            denied += 1
            if denied < _MEANT:
                continue
            raise DiagnosticError(
                Diagnostic(
                    code="MW732",
                    message=f"{target} does not take the push: {refused}",
                    hint="the branch may be protected, or a hook over there refuses: see what it says",
                )
            )
        denied = 0
        if remote.holds(repository, tip, head):
            sys.stdout.write(f"{target} has it already\n")
            return 0
        remote.adopt(repository, tip, target)
        sys.stderr.write(f"{target} moved on to {tip[:12]}: rendering anew\n")
        if not again():
            return 1
    raise DiagnosticError(
        Diagnostic(
            code="MW733",
            message=f"{target} moved on during each try, {wish.tries} in all: {refused}",
            hint="try later, raise --tries, or let one job at a time push (a concurrency group)",
        )
    )


def _target(repository: Repository, wish: PushWish) -> Target:
    ref = repository.head().ref
    branch = wish.branch or (ref or "").removeprefix("refs/heads/") or _built_branch()
    if not branch:
        raise DiagnosticError(
            Diagnostic(
                code="MW734",
                message="HEAD is detached, and nothing says which branch to push to",
                hint="--push-to BRANCH",
            )
        )
    return Target(remote=wish.remote or remote.default_remote(repository, branch), branch=branch)


def _built_branch() -> str:
    """The branch that a CI builds whose checkout is detached: GitHub's or GitLab's word for it; empty for none."""
    if os.environ.get("GITHUB_REF_TYPE") == "branch":
        return os.environ.get("GITHUB_REF_NAME", "")
    return os.environ.get("CI_COMMIT_BRANCH", "")


def _say(repository: Repository, target: Target, note: str) -> None:
    head = repository.head().commit or ""
    parts = [f"{style_for(sys.stdout)(head[:12], 'yellow')} is at {target}", note]
    sys.stdout.write(" ".join(part for part in parts if part) + "\n")
