"""kustomize, by itself and inside of kubectl, over plain output."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import documents
from tests.consumers.bundles import bundles, copied
from tests.harness import Project

Json = Any


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copied(tmp_path_factory.mktemp("plain") / "repo", "plain")
    project.run("generate").sound()
    return project


def built(*command: str | Path) -> list[Json]:
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [one.value for one in documents(SourceFile("stdout", done.stdout))]


@pytest.mark.parametrize("which", ["kustomize", "kubectl"])
def test_it_builds_the_bundle_in_order(which: str, rendered: Project, require_tool: Callable[[str], str]) -> None:
    command = (require_tool(which), "build" if which == "kustomize" else "kustomize")
    for one in bundles(rendered):
        made = built(*command, rendered.root / "out" / one.key.folder)
        read = {f"{each['kind']}/{each['metadata']['name']}": each for each in made}
        assert len(read) == len(made)
        assert read == one.objects
        names, stages = [*read], one.stages
        for stage in stages:
            assert {*names[: len(stage)]} == stage
            names = names[len(stage) :]
