"""`mwgen verify`: render again, and compare byte for byte."""

import sys
from dataclasses import replace

import click

from generator import pipeline
from generator.diagnostics import Collector, Diagnostic, Label, SourceFile, Span
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
    request = Request(groups=options.chosen(groups), environments=options.chosen(environments), workers=workers)
    with Progress("verifying") as progress:
        result = pipeline.build(catalog, space.output, request, found, store=space.cache, progress=progress)
    out = space.settings.out
    found.extend(_foreign(f"{out}/{path}") for path in space.output.foreign())
    deliver.diagnostics(found.sorted(), report_format)
    stale = [*result.files, *result.remove]
    if report_format == "json":
        sys.stdout.write(run.as_document(replace(result, diagnostics=found.sorted())) + "\n")
    elif not result.failed:
        style = style_for(sys.stdout)
        sys.stdout.writelines(f"{style('differs', 'yellow')}  {out}/{path}\n" for path in sorted(stale))
        if stale:
            sys.stdout.write(f"{out}/ is not what its source makes; run mwgen generate\n")
        elif not found.failed:
            sys.stdout.write(f"{out}/ equals a fresh build: {run.count(len(result.outcomes), 'bundle')}\n")
    return int(found.failed or bool(stale))


def _foreign(path: str) -> Diagnostic:
    return Diagnostic(
        code="MW606",
        message=f"{path} was made by nobody",
        primary=Label(Span(SourceFile(path, ""), 0, 0)),
        hint="remove it, or move it out of the folder that mwgen owns",
    )
