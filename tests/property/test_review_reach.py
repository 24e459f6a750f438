"""What a review loads because files changed gives the same review as loading everything.

A repository takes random changes; after each, the review of what changed since the last commit is made both ways.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from generator.diagnostics import DiagnosticError
from generator.entrypoints import sides
from generator.entrypoints.workspace import Workspace
from generator.model.review import Review
from generator.outside.files import PathChanges
from generator.pipeline.request import Request
from generator.pipeline.review import review_sources
from generator.stages.review.masks import Masker
from tests.harness import Project
from tests.property.test_incremental import CHANGES, Pair


def review(root: Path, changes: PathChanges | None) -> Review:
    space = Workspace.open(str(root))
    before, after = sides.commit(space, "HEAD"), sides.working_tree(space)
    with before.state() as base, after.state() as head:
        made = review_sources(base, head, changes, Request(workers=1), Masker(b"salt"), store=space.cache)
    return replace(made, unchanged=0)


def changed(root: Path) -> PathChanges:
    space = Workspace.open(str(root))
    return sides.changes(sides.commit(space, "HEAD"), sides.working_tree(space), space.settings)


@pytest.mark.parametrize("seed", range(8))
def test_what_is_reached_is_all_that_differs(seed: int, tmp_path: Path) -> None:
    pair = Pair(tmp_path, seed)
    project = pair.projects[0]
    commit(project)
    for step in range(12):
        for _ in range(pair.random.randint(1, 3)):
            pair.random.choice(CHANGES)(pair)
        try:
            whole = review(project.root, None)
        except DiagnosticError:
            continue  # settings or links that cannot be read: there is no review at all
        reached = review(project.root, changed(project.root))
        assert reached.failed <= whole.failed
        if not whole.failed:
            assert reached == whole, (seed, step)
        if pair.random.random() < 0.5 and not whole.failed:
            commit(project)


def commit(project: Project) -> None:
    project.git("add", "-A")
    project.git("commit", "-q", "--allow-empty", "-m", "Next")
