"""`mwgen generate`: the main job."""

import sys
import time

import click

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints import options
from generator.entrypoints.commands import commit
from generator.entrypoints.commands.commit import message_option
from generator.entrypoints.progress import Progress
from generator.entrypoints.report import deliver, run
from generator.entrypoints.report.style import style_for
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.order import Operation
from generator.model.outcome import Result
from generator.pipeline.request import Request

_OPERATIONS = [str(one) for one in Operation if one is not Operation.DELETE]


@click.command()
@options.selection
@click.option("--since", metavar="REV", help="Only bundles whose definitions differ from those at REV.")
@click.option(
    "--operation", type=click.Choice(_OPERATIONS), help="Take this order instead of the one decided from the locks."
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where anything would be written.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be.")
@click.option("--commit", "commit_it", is_flag=True, help="Commit the output folder afterwards, and nothing else.")
@message_option
@options.acknowledgements
@options.report_format
def generate(
    root: str | None,
    groups: tuple[str, ...],
    environments: tuple[str, ...],
    workers: int,
    since: str | None,
    operation: str | None,
    check: bool,
    dry_run: bool,
    commit_it: bool,
    message: str,
    allow_loss: tuple[str, ...],
    allow_immutable: tuple[str, ...],
    report_format: str,
) -> int:
    """Render groups into the output folder.

    Reads plugins and groups, merges values, renders templates, and gives every object its place in the order of the
    operation at hand. Files that do not change are not touched; where anything is wrong, nothing is written.
    """
    started = time.perf_counter()
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    request = Request(
        groups=groups,
        environments=environments,
        bundles=None if since is None else frozenset(_changed(space, catalog, since, found)),
        operation=Operation(operation) if operation else None,
        allow_loss=allow_loss,
        allow_immutable=allow_immutable,
        workers=workers,
    )
    progress = Progress("rendering")
    result = pipeline.build(catalog, space.output, request, found, store=space.cache, progress=progress)
    progress.close()
    deliver.diagnostics(result.diagnostics, report_format)
    quiet = check or dry_run or result.failed
    if not quiet:
        pipeline.write(result, str(space.root / space.settings.out))
    _say(result, report_format, "to write" if quiet else "written", time.perf_counter() - started)
    if result.failed:
        return 1
    if commit_it and not quiet:
        commit.say(space, None, message, report_format=report_format)
    return int(check and bool(result.differing))


def _changed(space: Workspace, catalog: Catalog, since: str, found: Collector) -> tuple[BundleKey, ...]:
    from generator.entrypoints.revisions import catalog_at

    return pipeline.affected(catalog_at(space, since), catalog, space.output, found)


def _say(result: Result, report_format: str, done: str, seconds: float) -> None:
    if report_format == "json":
        sys.stdout.write(run.as_document(result) + "\n")
    elif not result.failed:
        lines = list(run.text(result, style_for(sys.stdout), done=done))
        sys.stdout.write("\n".join(lines) + f" ({seconds:.2f} s)\n")
    else:
        sys.stderr.write("Nothing was written.\n")
