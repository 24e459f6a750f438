"""`mwgen validate`: everything that `generate` would find, and no writing."""

import sys

import click

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints import options
from generator.entrypoints.progress import Progress
from generator.entrypoints.report import deliver, run
from generator.entrypoints.workspace import Workspace
from generator.pipeline.request import Request


@click.command()
@options.selection
@options.check_format
def validate(
    root: str | None, groups: tuple[str, ...], environments: tuple[str, ...], workers: int, report_format: str
) -> int:
    """Check every definition; write nothing.

    Loads everything, renders everything, and reports every mistake with its file, line and column.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    request = Request(groups=options.chosen(groups), environments=options.chosen(environments), workers=workers)
    with Progress("checking") as progress:
        result = pipeline.build(catalog, space.output, request, found, store=space.cache, progress=progress)
    deliver.diagnostics(result.diagnostics, report_format)
    if report_format == "json":
        sys.stdout.write(run.as_document(result) + "\n")
    elif not result.failed and report_format in ("text", "github"):
        versions = sum(len(plugin) for plugin in catalog.plugins.values())
        sys.stdout.write(
            f"sound: {run.count(versions, 'plugin version')}, {run.count(len(catalog.groups), 'group')}, "
            f"{run.count(len(result.outcomes), 'bundle')}\n"
        )
    return int(result.failed)
