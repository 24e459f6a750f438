"""`mwgen plan`: the verdict on what is not committed yet, in a few lines."""

import sys

import click

from generator.entrypoints import options, sides
from generator.entrypoints.commands.diff import nothing, reviewed
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import style_for
from generator.entrypoints.workspace import Workspace
from generator.pipeline.request import Request


@click.command()
@options.selection
def plan(root: str | None, groups: tuple[str, ...], environments: tuple[str, ...], workers: int) -> int:
    """Say in a few lines what your change does, before you commit it.

    Compares the definitions in the working tree with those of the last commit, and renders both in memory. The gravest
    comes first; `mwgen diff` has the details.
    """
    space = Workspace.open(root)
    request = Request(groups=options.chosen(groups), environments=options.chosen(environments), workers=workers)
    review = reviewed(space, sides.commit(space, "HEAD"), sides.working_tree(space), request, texts=False)
    deliver.diagnostics(review.diagnostics, "text")
    if review.failed:
        return 1
    from generator.entrypoints.report.review import terminal

    if not review.bundles:
        sys.stderr.write(nothing(review))
    sys.stdout.writelines(f"{line}\n" for line in terminal.brief(review, style_for(sys.stdout)))
    return 0
