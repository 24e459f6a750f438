"""Publish what was committed, by compare and swap: a remote branch only ever moves forward from where it is.

A push is refused where somebody was faster; then what was generated here is given up, and made anew at the new tip
(`entrypoints/publish.py`). It is never rebased or merged: output of one source on top of another is nobody's output.
Nothing is forced, so that no push can take away what another one brought.
"""

import os
from dataclasses import dataclass

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git.repository import Repository
from generator.outside.process import Finished, redact

_TIP = f"refs/mwgen/tip-{os.getpid()}"
"""Where the remote's branch is, for the moment of a fetch: a ref of this process, which no user's command shows."""

_MOST_LINES = 3
"""Of another program that an error repeats."""

_OURS = "Rendered-By"
"""The trailer of every commit that this program makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A branch of a remote, both by name."""

    remote: str
    branch: str

    def __str__(self) -> str:
        return f"{self.remote}/{self.branch}"

    @property
    def ref(self) -> str:
        """The branch's full name over there."""
        return f"refs/heads/{self.branch}"


def default_remote(repository: Repository, branch: str) -> str:
    """The remote that *branch* follows; `origin` where it follows none."""
    found = repository.finish("config", "--get", f"branch.{branch}.remote")
    return found.stdout.decode().strip() if found.status == 0 else "origin"


def push(repository: Repository, target: Target, *, hooks: bool, what: str = "HEAD") -> str:
    """Move the branch to our HEAD, or to the commit *what*, if that is a step forward.

    Empty where it was moved; else the remote's own words.

    *hooks*: whether the repository's `pre-push` hook runs.
    """
    done = repository.finish(
        *("push", "--porcelain", *(() if hooks else ("--no-verify",)), "--", target.remote, f"{what}:{target.ref}")
    )
    return "" if done.status == 0 else said(done)


def tip(repository: Repository, target: Target) -> str | None:
    """The commit at which the branch stands now, fetched with what leads to it; None where there is no such branch.

    Raises:
        DiagnosticError: MW730, the remote cannot be read.
    """
    listed = repository.finish("ls-remote", "--exit-code", "--", target.remote, target.ref)
    if listed.status == 2:
        return None
    fetched = (
        repository.finish("fetch", "--no-tags", "--no-write-fetch-head", "--", target.remote, f"+{target.ref}:{_TIP}")
        if listed.status == 0
        else listed
    )
    if fetched.status:
        raise DiagnosticError(
            Diagnostic(
                code="MW730",
                message=f"{target.remote} cannot be read: {said(fetched)}",
                hint="check `git remote -v`, the network, and the credentials that git is given here",
            )
        )
    found = repository.resolve(_TIP)
    repository.finish("update-ref", "-d", _TIP)
    return found


def holds(repository: Repository, commit: str, other: str) -> bool:
    """Whether *commit* is *other* or comes after it."""
    return repository.finish("merge-base", "--is-ancestor", other, commit).status == 0


def adopt(repository: Repository, commit: str, target: Target) -> None:
    """Stand where the remote's branch stands, giving up commits of generated output that it has not got.

    Raises:
        DiagnosticError: MW731, there are other commits, or changes to files, which would be lost.
    """
    separator = "%x1f"
    format_ = f"%H{separator}%s{separator}%(trailers:key={_OURS},valueonly,separator=%x2C)"
    listed = repository.run("log", f"--format={format_}", "--no-show-signature", f"{commit}..HEAD", "--")
    rows = [line.split("\x1f") for line in listed.decode("utf-8", "replace").splitlines() if line]
    foreign = [(one, subject) for one, subject, ours in rows if not ours.strip()]
    if foreign:
        first, subject = foreign[0]
        more = f" and {len(foreign) - 1} more" if len(foreign) > 1 else ""
        raise DiagnosticError(
            Diagnostic(
                code="MW731",
                message=f"{target} moved on, and does not have {first[:12]} ({subject}){more}",
                hint=f"`git pull --rebase {target.remote} {target.branch}`, then run again",
            )
        )
    moved = repository.finish("reset", "--keep", "--quiet", commit, "--")
    if moved.status:
        raise DiagnosticError(
            Diagnostic(
                code="MW731",
                message=f"{target} moved on, and files that it changes are changed here: {said(moved)}",
                hint="commit or stash these changes, then run again",
            )
        )


def said(finished: Finished) -> str:
    """The first of what git or the remote said, as one line."""
    text = (finished.stderr or finished.stdout).decode("utf-8", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("hint:")]
    return redact("; ".join(lines[:_MOST_LINES])) or f"git ended with {finished.status}"
