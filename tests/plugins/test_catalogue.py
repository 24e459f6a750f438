"""This repository's own plugins are what the linter wants of others, and hold in all their variants."""

import json
from pathlib import Path

import pytest

from tests.harness import Project

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", PLUGINS)
def test_nothing_but_notes(name: str) -> None:
    ran = Project(ROOT).run("plugins", "lint", name)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("name", PLUGINS)
def test_all_variants(name: str) -> None:
    ran = Project(ROOT).run("plugins", "test", name, "-o", "json").sound()
    document = json.loads(ran.out)
    assert not document["diagnostics"]
    assert all(row["result"] == "sound" and row["objects"] for row in document["trials"])


def test_all_are_ready() -> None:
    rows = json.loads(Project(ROOT).run("plugins", "list", "-o", "json").sound().out)
    assert {row["name"] for row in rows} == set(PLUGINS)
    assert {row["phase"] for row in rows} == {"Ready"}
