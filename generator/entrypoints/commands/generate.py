"""`mwgen generate`: the main job."""

import sys
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from generator.entrypoints import options, quick
from generator.entrypoints.commands.commit import hooks_option, message_option, pushing
from generator.model.order import Operation

if TYPE_CHECKING:
    from generator.entrypoints.workspace import Workspace
    from generator.model.outcome import Result

_OPERATIONS = [str(one) for one in Operation if one is not Operation.DELETE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line."""

    root: str | None
    groups: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    workers: int = 0
    since: str | None = None
    operation: str | None = None
    full: bool = False
    check: bool = False
    dry_run: bool = False
    commit: bool = False
    message: str = ""
    hooks: bool = False
    push: bool = False
    remote: str = ""
    push_to: str = ""
    tries: int = 1
    allow_loss: tuple[str, ...] = ()
    allow_immutable: tuple[str, ...] = ()
    report_format: str = "text"

    @property
    def whole(self) -> bool:
        """Whether it is about everything, so that what is known of the last run helps."""
        return not (self.groups or self.environments or self.since or self.operation or self.full)

    @property
    def writes(self) -> bool:
        """Whether files may be written."""
        return not (self.check or self.dry_run)


@click.command()
@options.selection
@click.option("--since", metavar="REV", help="Only bundles whose definitions differ from those at REV.")
@click.option(
    "--operation", type=click.Choice(_OPERATIONS), help="Take this order instead of the one decided from the locks."
)
@click.option("--full", is_flag=True, help="Render everything, whatever is known of the last run.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where anything would be written.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be.")
@click.option("--commit", is_flag=True, help="Commit the output folder afterwards, and nothing else.")
@message_option
@hooks_option
@pushing
@options.acknowledgements
@options.report_format
def generate(**wishes: object) -> int:
    """Render groups into the output folder.

    Reads plugins and groups, merges values, renders templates, and gives every object its place in the order of the
    operation at hand. Files that do not change are not touched; where anything is wrong, nothing is written. What a
    run leaves behind in git's own folder lets the next one look only at what changed; --full does without.
    """
    wish = Wish(**wishes)  # type: ignore[arg-type] # click has checked them
    if wish.push and not (wish.commit and wish.writes):
        raise click.UsageError("--push goes with --commit: what is pushed is the commit of this run")
    started = time.perf_counter()
    first = quick.look(wish.root, wish.workers, meanwhile=_ready) if wish.whole else None
    commits = wish.commit and wish.writes
    if first is not None and first.clean and not wish.push and (not commits or first.committed()):
        return _nothing(first.bundles, wish.report_format, time.perf_counter() - started, commits=commits)
    from generator.entrypoints.committing import asked, say
    from generator.entrypoints.rendering import prepared, rendered, spool_for, written
    from generator.entrypoints.report import deliver
    from generator.entrypoints.workspace import Workspace

    space = Workspace.open(wish.root)
    with spool_for(space, wish) as spool, asked(space) if commits else nullcontext() as doubts:
        run = rendered(space, wish, first, spool)
        deliver.diagnostics(run.result.diagnostics, wish.report_format)
        if run.result.failed:
            _say(run.result, wish.report_format, "", 0.0)
            return 1
        if not wish.writes:
            _say(run.result, wish.report_format, "to write", time.perf_counter() - started)
            return int(wish.check and bool(run.result.files or run.result.remove))
        with written(run):
            _say(run.result, wish.report_format, "written", time.perf_counter() - started)
            if wish.commit:
                ready = prepared(run, doubts)
                say(space, wish.message, hooks=wish.hooks, report_format=wish.report_format, prepared=ready)
    return _published(space, wish) if wish.push else 0


def _ready() -> None:
    """Import what a run needs that has something to do."""
    import generator.engines.gohelm
    import generator.entrypoints.committing
    import generator.entrypoints.rendering  # noqa: F401


def _published(space: "Workspace", wish: Wish) -> int:
    """Push the commit; the exit code."""
    from generator.entrypoints.committing import say
    from generator.entrypoints.publish import PushWish, publish
    from generator.entrypoints.rendering import everything_again
    from generator.entrypoints.workspace import Workspace

    def again() -> bool:
        if not everything_again(wish.root, wish.allow_loss, wish.allow_immutable):
            return False
        say(Workspace.open(wish.root), wish.message, hooks=wish.hooks, report_format=wish.report_format)
        return True

    pushing_wish = PushWish(remote=wish.remote, branch=wish.push_to, tries=wish.tries, hooks=wish.hooks)
    return publish(space, pushing_wish, again)


def _nothing(bundles: int, report_format: str, seconds: float, *, commits: bool) -> int:
    """Everything is as the last run left it. Written out here, so that nothing needs to be imported for it."""
    if report_format == "json":
        sys.stdout.write(
            f'{{\n  "bundles": [],\n  "environments": [],\n  "unchanged": {bundles},\n  "diagnostics": []\n}}\n'
        )
    else:
        noun = "bundle" if bundles == 1 else "bundles"
        sys.stdout.write(f"{bundles} {noun} up to date, nothing to write ({seconds:.2f} s)\n")
    if commits:
        stream = sys.stdout if report_format == "text" else sys.stderr
        stream.write("nothing to commit\n")
    return 0


def _say(result: "Result", report_format: str, done: str, seconds: float) -> None:
    from generator.entrypoints.report import run
    from generator.entrypoints.report.style import style_for

    if report_format == "json":
        sys.stdout.write(run.as_document(result) + "\n")
    elif result.failed:
        sys.stderr.write("Nothing was written.\n")
    else:
        lines = list(run.text(result, style_for(sys.stdout), done=done))
        sys.stdout.write("\n".join(lines) + f" ({seconds:.2f} s)\n")
