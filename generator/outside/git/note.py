"""The note on a commit of output that says up to which source it holds, as Argo CD's hydrator leaves it.

`refs/notes/hydrator.metadata` of commitserver/commit, argo-cd v3.5: `{"drySha": "…"}`. A source that changes no output
makes no commit, so the commit alone cannot say that somebody has looked. Notes are shared by all branches, and with
Argo CD itself where it hydrates others: one is added to those that the remote has, never put over them.
"""

import json

from generator.outside.git.commit import Identity, names_of
from generator.outside.git.push import said
from generator.outside.git.repository import Repository

_REF = "refs/notes/hydrator.metadata"
_OURSELVES = Identity("mwgen", "mwgen@localhost")
_THEIRS = "refs/notes/mwgen/hydrator.metadata"
"""The remote's notes, with ours on top: the user's own notes are left alone."""


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
    done = repository.finish(*arguments)
    if done.status:
        done = repository.finish(*arguments, env=names_of(identity or _OURSELVES))
    return said(done) if done.status else ""


def push_note(
    repository: Repository, remote: str, commit: str, source: str, identity: Identity | None, *, tries: int
) -> str:
    """The same at the remote. Empty where it says so now; else the remote's words."""
    words = ""
    for _ in range(tries):
        fetched = repository.finish("fetch", "--no-tags", "--no-write-fetch-head", "--", remote, f"+{_REF}:{_THEIRS}")
        if fetched.status:  # nobody has left one yet
            repository.finish("update-ref", "-d", _THEIRS)
        if noted(repository, commit, source, ref=_THEIRS):
            return ""
        words = note(repository, commit, source, identity, ref=_THEIRS)
        if words:
            return words
        pushed = repository.finish("push", "--porcelain", "--no-verify", "--", remote, f"{_THEIRS}:{_REF}")
        if pushed.status == 0:
            return ""
        words = said(pushed)
    return words
