"""`mwgen verify`: render again, and compare byte for byte."""

import sys

import click

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints import options
from generator.entrypoints.progress import Progress
from generator.entrypoints.report import deliver, run
from generator.entrypoints.report.style import style_for
from generator.entrypoints.workspace import Workspace
from generator.pipeline.request import Request


@click.command()
@options.selection
@options.report_format
def verify(
    root: str | None, groups: tuple[str, ...], environments: tuple[str, ...], workers: int, report_format: str
) -> int:
    """Check that the output folder equals a fresh build.

    Renders everything again and compares byte for byte: exit code 0 where all is as it should be, 1 where a file
    differs, is missing, or was made by nobody.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    request = Request(
        groups=options.chosen(groups), environments=options.chosen(environments), workers=workers, strangers=True
    )
    with Progress("verifying") as progress:
        result = pipeline.build(catalog, space.output, request, found, store=space.cache, progress=progress)
    deliver.diagnostics(result.diagnostics, report_format)
    stale = [path for one in result.differing for path in (*one.write, *one.remove)]
    if report_format == "json":
        sys.stdout.write(run.as_document(result) + "\n")
    elif not result.failed:
        style = style_for(sys.stdout)
        for path in sorted(stale):
            sys.stdout.write(f"{style('differs', 'yellow')}  {space.settings.out}/{path}\n")
        for path in result.foreign:
            sys.stdout.write(f"{style('not ours', 'yellow')} {space.settings.out}/{path}\n")
        if stale or result.foreign:
            sys.stdout.write(f"{space.settings.out}/ is not what its source makes; run mwgen generate\n")
        else:
            sys.stdout.write(f"{space.settings.out}/ equals a fresh build: {len(result.outcomes)} bundles\n")
    return int(result.failed or bool(stale) or bool(result.foreign))
