"""What a commit and a repository say about themselves. GitPython reads it: convenient, and far from any hot path.

GitPython is imported on the first call only (0.1 s), and is given nothing but ids that git itself resolved.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.outside.git.repository import Repository
from generator.outside.process import git_environment, redact

if TYPE_CHECKING:
    from git import Repo


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitFacts:
    """A commit in words. Times are seconds since 1970; `trailers` are in the order of the message."""

    id: str
    subject: str
    body: str
    author_name: str
    author_email: str
    committed_at: int
    trailers: tuple[tuple[str, str], ...]


def commit_facts(repository: Repository, revision: str) -> CommitFacts:
    """Who made a commit, when, and what its message says."""
    found = repository.resolve(revision)
    with _opened(repository) as repo:
        commit = repo.commit(found)
        message = commit.message if isinstance(commit.message, str) else commit.message.decode("utf-8", "replace")
        subject, _, body = message.partition("\n\n")
        return CommitFacts(
            id=found,
            subject=" ".join(subject.split()),
            body=body.strip(),
            author_name=commit.author.name or "",
            author_email=commit.author.email or "",
            committed_at=commit.committed_date,
            trailers=tuple(commit.trailers_list),
        )


def describe(repository: Repository, revision: str) -> str:
    """The nearest tag and the distance from it (`v1.2-3-gabc1234`), or the shortened id where there is no tag."""
    found = repository.resolve(revision)
    with _opened(repository) as repo:
        return str(repo.git.describe("--tags", "--always", found))


def remotes(repository: Repository) -> dict[str, str]:
    """Each remote's name and where it is, without credentials; by name."""
    with _opened(repository) as repo:
        return {remote.name: redact(remote.url) for remote in sorted(repo.remotes, key=lambda one: one.name)}


@contextmanager
def _opened(repository: Repository) -> Iterator["Repo"]:
    """The repository to GitPython, with the children that it starts ended afterwards."""
    from git import Repo

    with Repo(repository.root) as repo:
        # It hands our whole environment on. What a hook may have set there is overruled, for it cannot be unset.
        places = {
            "GIT_DIR": repository.git_dir,
            "GIT_COMMON_DIR": repository.common_dir,
            "GIT_WORK_TREE": repository.root,
            "GIT_INDEX_FILE": f"{repository.git_dir}/index",
            "GIT_OBJECT_DIRECTORY": f"{repository.common_dir}/objects",
        }
        repo.git.update_environment(**git_environment({}), **places)
        yield repo
