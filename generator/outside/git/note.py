"""The note on a commit of output that says up to which source it holds, as Argo CD's hydrator leaves it.

`refs/notes/hydrator.metadata` of commitserver/commit, argo-cd v3.5: `{"drySha": "…"}`. A source that changes no output
makes no commit, so the commit alone cannot say that somebody has looked. Notes are shared by all branches, and with
Argo CD itself where it hydrates others: one is added to those that the remote has, never put over them.
"""

import json
import os
import random
import time

from generator.outside.git.commit import Identity, names_of
from generator.outside.git.push import said
from generator.outside.git.repository import Repository

_REF = "refs/notes/hydrator.metadata"
_OURSELVES = Identity("mwgen", "mwgen@localhost")
_THEIRS = f"refs/notes/mwgen-{os.getpid()}"
"""The remote's notes, with ours on top, for a moment: the user's own notes are left alone."""

_TRIES = 20
"""How often a note is tried that somebody else's is in the way of."""

_LONGEST_PAUSE = 0.3
"""Seconds."""


def noted(repository: Repository, commit: str, source: str, *, ref: str = _REF) -> bool:
    """Whether the note on *commit* names *source*."""
    shown = repository.finish("notes", f"--ref={ref}", "show", commit)
    try:
        return shown.status == 0 and json.loads(shown.stdout)["drySha"] == source
    except (ValueError, KeyError, TypeError):
        return False


def note(repository: Repository, commit: str, source: str, identity: Identity | None, *, ref: str = _REF) -> str:
    """Say on *commit* that it holds the output of *source*. Empty where it is said now; else git's words.

    Who says it matters to nobody: where git does not know, it is *identity*, or we are.
    """
    if noted(repository, commit, source, ref=ref):
        return ""
    text = json.dumps({"drySha": source}, separators=(",", ":"))
    arguments = ("-c", "user.useConfigOnly=true", "notes", f"--ref={ref}", "add", "-f", "-m", text, commit)
    words = ""
    for _ in range(_TRIES):
        done = repository.finish(*arguments)
        if done.status:
            done = repository.finish(*arguments, env=names_of(identity or _OURSELVES))
        if done.status == 0:
            return ""
        words = said(done)
        _pause()
    return words


def push_note(repository: Repository, remote: str, commit: str, source: str, identity: Identity | None) -> str:
    """The same at the remote. Empty where it says so now; else the remote's words."""
    words = ""
    try:
        for _ in range(_TRIES):
            # Fails where nobody has left a note yet.
            repository.finish("update-ref", "-d", _THEIRS)
            repository.finish("fetch", "--no-tags", "--no-write-fetch-head", "--", remote, f"+{_REF}:{_THEIRS}")
            if noted(repository, commit, source, ref=_THEIRS):
                return ""
            words = note(repository, commit, source, identity, ref=_THEIRS)
            if words:
                return words
            pushed = repository.finish("push", "--porcelain", "--no-verify", "--", remote, f"{_THEIRS}:{_REF}")
            if pushed.status == 0:
                return ""
            words = said(pushed)
            _pause()
        return words
    finally:
        repository.finish("update-ref", "-d", _THEIRS)


def _pause() -> None:
    """Let somebody else finish; by lot, so that those who met once do not meet again."""
    time.sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - no secret
