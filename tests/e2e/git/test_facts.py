"""What commits and repositories say of themselves, and the time that output may show."""

from datetime import UTC, datetime

import pytest

from generator.diagnostics import DiagnosticError
from generator.outside.clock import source_date_epoch, source_time
from generator.outside.git.facts import commit_facts, describe, remotes
from tests.e2e.git.sandbox import Sandbox


def test_a_commit_in_words(box: Sandbox) -> None:
    message = "Grow the\ncache\n\nBecause größer.\n\nSource-Commit: abc\nReviewed-by: A <a@b.c>\n"
    box.git("commit", "--quiet", "--allow-empty", "-F", "-", stdin=message, GIT_COMMITTER_DATE="1700000000 +0000")
    facts = commit_facts(box.repository, "HEAD")
    assert facts.subject == "Grow the cache"
    assert facts.body == "Because größer.\n\nSource-Commit: abc\nReviewed-by: A <a@b.c>"
    assert facts.trailers == (("Source-Commit", "abc"), ("Reviewed-by", "A <a@b.c>"))
    assert (facts.id, facts.author_name, facts.author_email) == (box.head(), "Tess Tester", "tess@example.com")
    assert facts.committed_at == 1700000000


def test_descriptions_and_remotes(box: Sandbox) -> None:
    first = box.commit("1")
    assert first.startswith(describe(box.repository, "HEAD"))
    box.git("tag", "v1")
    box.commit("2")
    assert describe(box.repository, "HEAD").startswith("v1-1-g")
    box.git("remote", "add", "origin", "https://bot:token@example.com/r.git")
    assert remotes(box.repository) == {"origin": "https://***@example.com/r.git"}


def test_a_hooks_variables_do_not_mislead_gitpython(
    box: Sandbox, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Sandbox.create(tmp_path_factory.mktemp("other"))
    other.commit("other")
    commit = box.commit("ours")
    for name, value in {"GIT_DIR": ".git", "GIT_OBJECT_DIRECTORY": ".git/objects", "GIT_WORK_TREE": "."}.items():
        monkeypatch.setenv(name, str(other.root / value))
    assert commit_facts(box.repository, commit).subject == "ours"
    assert commit.startswith(describe(box.repository, commit))


def test_time_is_the_commits(box: Sandbox) -> None:
    assert source_time(None) == datetime(1970, 1, 1, tzinfo=UTC)
    assert source_time(box.repository) == datetime(1970, 1, 1, tzinfo=UTC)
    box.git("commit", "--quiet", "--allow-empty", "-m", "x", GIT_COMMITTER_DATE="1700000000 +0900")
    assert source_time(box.repository) == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_source_date_epoch_wins(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    box.commit("1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert source_time(box.repository) == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(("text", "seconds"), [("", None), ("0", 0), ("1700000000", 1700000000)])
def test_source_date_epoch(text: str, seconds: int | None) -> None:
    assert source_date_epoch({"SOURCE_DATE_EPOCH": text}) == seconds
    assert source_date_epoch({}) is None


@pytest.mark.parametrize("text", ["now", "-1", "1.5", " 1", "1e9", "٣", "999999999999999"])
def test_a_source_date_epoch_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DiagnosticError, match="MW704"):
        source_date_epoch({"SOURCE_DATE_EPOCH": text})
