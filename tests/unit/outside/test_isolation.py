"""The suite's own isolation: what `tests/conftest.py` promises to every test."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


def test_each_test_has_a_home_that_does_not_exist_yet(home: Path) -> None:
    assert Path.home() == home
    assert not home.exists()
    assert os.environ["XDG_CACHE_HOME"] == str(home / ".cache")


def test_git_knows_our_identity_and_no_other_settings() -> None:
    listed = subprocess.run(("git", "config", "--list", "--show-scope"), capture_output=True, check=True).stdout
    scopes = {line.split("\t")[0] for line in listed.decode().splitlines()}
    assert scopes <= {"global", "local"}
    assert "user.name=Tess Tester" in listed.decode()


def test_variables_of_a_hook_or_a_pipeline_are_gone() -> None:
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "CI", "SOURCE_DATE_EPOCH"} & os.environ.keys()


def test_a_missing_tool_is_a_skip_at_a_desk_and_a_failure_in_ci(
    require_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert require_tool("git").endswith("git")
    monkeypatch.delenv("MWGEN_REQUIRE_TOOLS", raising=False)
    with pytest.raises(pytest.skip.Exception):
        require_tool("no-such-tool")
    monkeypatch.setenv("MWGEN_REQUIRE_TOOLS", "1")
    with pytest.raises(pytest.fail.Exception):
        require_tool("no-such-tool")
