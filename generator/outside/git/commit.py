"""Commit the output folder, and nothing but it.

What a user has staged stays staged, what they have not staged stays so, untracked files stay untracked: a commit
of ours may happen at any moment in somebody's working tree. `git commit --only` has that meaning too, but adds no
new files, cannot be told which commit it must follow, and takes three times as long.

How: git's lock on the index is held throughout. The new commit's tree is HEAD's with the output's files in it; a
private copy of the index takes up the same files. The branch moves only if it still stands where we read it, and
the copy of the index replaces the index only after that. Whatever fails before leaves nothing behind but
unreachable objects, as any failed commit does.

Decisions:
- Hooks do not run unless asked for, as with `git commit --no-verify`: they check what people write. Asked for,
  `pre-commit`, `prepare-commit-msg`, `commit-msg` and `post-commit` run as in `git commit`; what `pre-commit`
  changes is not taken up, because the output is what was rendered.
- Attributes (`text`, `eol`, `filter`) hold: files that git would convert are stored by git itself.
- An output folder that is ignored as a whole and was never committed is a mistake: it says that output does not
  belong on this branch. A pattern that happens to match single files in it (`*.lock`) is passed over: a bundle
  without its lock is worse than an unexpected file.
"""

import fcntl
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.clock import source_date_epoch
from generator.outside.files import PathChanges
from generator.outside.git import hooks
from generator.outside.git.draft import Draft
from generator.outside.git.index_lock import WAIT_SECONDS, locked_index
from generator.outside.git.pack import Packed
from generator.outside.git.repository import Head, Repository, clean_folders
from generator.outside.process import failure

_SCRATCH = "commit"
_TRAILER_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a commit says. `subject` is one line; trailers are keys and values, as `Source-Commit: <id>`."""

    subject: str
    body: str = ""
    trailers: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The whole message. Raises ValueError for what would not be read back as it was meant."""
        if not self.subject.strip() or "\n" in self.subject:
            raise ValueError(f"a subject is one line of text, not {self.subject!r}")
        for key, value in self.trailers:
            if not _TRAILER_KEY.fullmatch(key) or not value.strip() or "\n" in value:
                raise ValueError(f"{key!r}: {value!r} is no trailer")
        parts = (
            self.subject.strip(),
            self.body.strip(),
            "\n".join(f"{key}: {value.strip()}" for key, value in self.trailers),
        )
        return "\n\n".join(part for part in parts if part) + "\n"


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and a mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a commit is made, where it is not as git is configured.

    `onto` is the id of the commit that the output was made from: HEAD must still be there. `identity` is used
    where git knows none. `sign` overrules `commit.gpgSign`. `hooks`: run them. `wait` is how long to wait for
    other git processes, in seconds.
    """

    onto: str | None = None
    identity: Identity | None = None
    sign: bool | None = None
    hooks: bool = False
    wait: float = WAIT_SECONDS


@dataclass(frozen=True, slots=True)
class Committed:
    """A commit that was made, and what is different in it."""

    id: str
    changes: PathChanges


def commit_tree(
    repository: Repository,
    folders: Sequence[str],
    message: Message,
    *,
    paths: Collection[str] | None = None,
    packed: Packed | None = None,
    terms: Terms | None = None,
) -> Committed | None:
    """Commit the *folders* (relative to the root) as they stand on disk; None where nothing is different.

    *paths*, where the caller knows them, are the files below *folders* that may differ from HEAD (written or
    removed, relative to the root): nothing else is looked at, which is what makes one change among 60,000 files
    fast. Without them git looks at every file, and ignored ones are committed too. *packed* are contents of files
    that the caller has just put there.

    Raises DiagnosticError: git is in the middle of something, the branch moved, nobody is known to commit …;
    then neither the branch nor the index has changed.
    """
    agreed = terms or Terms()
    text = message.text()
    cleaned = _checked(folders, paths)
    with locked_index(repository, agreed.wait), _scratch_folder(repository) as scratch:
        head = _starting_point(repository, agreed)
        settings = repository.flags("commit.gpgSign", "core.fileMode")
        draft = Draft(repository, head, cleaned, f"{scratch}/index", settings.get("core.filemode", True))
        draft.copy_index()
        given = draft.differing() if paths is None else set(paths)
        if not given:
            return None
        with draft.adding(given) as adding:
            drafted = draft.build(given, packed)
            adding.run()
        if not drafted.changes:
            draft.install()
            return None
        stage = hooks.Stage(repository, scratch, drafted.tree) if agreed.hooks else None
        if stage:
            text = stage.before_commit(text)
        # commit-tree, unlike commit, does not look at the setting.
        sign = settings.get("commit.gpgsign", False) if agreed.sign is None else agreed.sign
        commit = write_commit(repository, head, drafted.tree, text, sign=sign, identity=agreed.identity)
        _move(repository, head, commit, message.subject, agreed.wait)
        draft.install()
    if stage:
        stage.after_commit()
    return Committed(commit, drafted.changes)


@contextmanager
def _scratch_folder(repository: Repository) -> Iterator[str]:
    """A folder in git's own, empty, for this commit alone.

    Not even who holds the lock of the index may think to be the only one: people remove locks, and what git did for a
    run that was killed may not have ended. A folder is in use as long as somebody holds it with `flock`.
    """
    private = Path(repository.private_folder())
    private.mkdir(parents=True, exist_ok=True)
    for left in private.glob(f"{_SCRATCH}*"):
        with suppress(OSError), _held(left):
            shutil.rmtree(left, ignore_errors=True)  # a killed run's
    with TemporaryDirectory(prefix=_SCRATCH, dir=private, ignore_cleanup_errors=True) as scratch, _held(Path(scratch)):
        yield scratch


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold the folder. Raises OSError where somebody else does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _checked(folders: Sequence[str], paths: Collection[str] | None) -> list[str]:
    """*folders* in git's spelling. Raises ValueError for what the caller can never mean."""
    cleaned = clean_folders(folders)
    below = tuple(f"{folder}/" for folder in cleaned)
    if not cleaned or any(one.startswith(below) for one in cleaned):
        raise ValueError(f"{folders}: output folders are below the root, and not in one another")
    for path in paths or ():
        if not path.startswith(below) or {"", ".", ".."} & set(path.split("/")):
            raise ValueError(f"{path} is not a file below {folders}")
    return cleaned


def _starting_point(repository: Repository, terms: Terms) -> Head:
    """HEAD, where a commit can be put on it."""
    unfinished = repository.unfinished()
    if unfinished:
        message = f"a {unfinished} is in progress in {repository.root}"
        hint = f"finish it or `git {unfinished} --abort`, then run again"
        raise DiagnosticError(Diagnostic(code="MW722", message=message, hint=hint))
    head = repository.head()
    if terms.onto is not None and head.commit != terms.onto:
        raise _moved(head, terms.onto)
    return head


def write_commit(
    repository: Repository, head: Head, tree: str, text: str, *, sign: bool, identity: Identity | None
) -> str:
    """The id of the new commit, which no branch knows yet."""
    arguments = (
        # An address that git makes up from the host's name is nobody's.
        *("-c", "user.useConfigOnly=true", "-c", "i18n.commitEncoding=UTF-8", "commit-tree", tree),
        *(("-p", head.commit) if head.commit else ()),
        *(("-S",) if sign else ()),
        *("-F", "-"),
    )
    stdin = text.encode()
    dates = _dates()
    made = repository.finish(*arguments, stdin=stdin, env=dates)
    if made.status and not _identity_known(repository):
        if not identity:
            message = "git does not know who commits"
            hint = "git config user.name 'Your Name' && git config user.email you@example.com, or set \
GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL"
            raise DiagnosticError(Diagnostic(code="MW724", message=message, hint=hint))
        made = repository.finish(*arguments, stdin=stdin, env={**names_of(identity), **dates})
    if made.status:
        raise failure(repository.command(*arguments), made)
    return made.stdout.decode().strip()


def _identity_known(repository: Repository) -> bool:
    """Whether git knows an author and a committer."""
    asked = (
        repository.finish("-c", "user.useConfigOnly=true", "var", variable)
        for variable in ("GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT")
    )
    return all(answer.status == 0 for answer in asked)


def names_of(identity: Identity) -> dict[str, str]:
    """The identity as variables, where the environment says nothing."""
    wanted = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", identity.name), ("EMAIL", identity.email))
    }
    return {name: value for name, value in wanted.items() if not os.environ.get(name)}


def _dates() -> Mapping[str, str]:
    """The commit's dates where SOURCE_DATE_EPOCH fixes them, and nothing more special does."""
    epoch = source_date_epoch()
    if epoch is None:
        return {}
    names = ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE")
    return {name: f"@{epoch} +0000" for name in names if not os.environ.get(name)}


def waiting(seconds: float) -> tuple[str, ...]:
    """Settings with which git waits that long for a branch that another git is about to move: else 0.1 seconds."""
    names = ("core.filesRefLockTimeout", "core.packedRefsTimeout")
    return tuple(part for name in names for part in ("-c", f"{name}={round(seconds * 1000)}"))


def _move(repository: Repository, head: Head, commit: str, subject: str, wait: float) -> None:
    """Move the branch, or a detached HEAD, to *commit*, if it still stands where it stood."""
    where = (head.ref,) if head.ref else ("--no-deref", "HEAD")
    before = head.commit or "0" * len(commit)
    arguments = (*waiting(wait), "update-ref", "-m", f"mwgen: {subject}", *where, commit, before)
    moved = repository.finish(*arguments)
    if moved.status:
        now = repository.head()
        if now != head:
            raise _moved(now, head.commit)
        raise failure(repository.command("update-ref"), moved)


def _moved(now: Head, expected: str | None) -> DiagnosticError:
    branch = (now.ref or "HEAD").removeprefix("refs/heads/")
    message = f"{branch} is at {_short(now.commit)} now, and the output was made for {_short(expected)}"
    hint = "somebody else committed in between: run again, which renders the newer source"
    return DiagnosticError(Diagnostic(code="MW727", message=message, hint=hint))


def _short(commit: str | None) -> str:
    return commit[:12] if commit else "no commit"
