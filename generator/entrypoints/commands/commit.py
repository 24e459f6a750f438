"""`mwgen commit`, and what `generate --commit` does after writing."""

import sys

import click

from generator.diagnostics import Diagnostic, Label, Severity, SourceFile, Span
from generator.entrypoints import options
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import style_for
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.outside.git.repository import Repository
from generator.outside.output import Output
from generator.outside.pending import Pending
from generator.pipeline.commit import commit as commit_output

message_option = click.option("-m", "--message", metavar="SUBJECT", default="", help="The commit's first line.")
hooks_option = click.option("--hooks", is_flag=True, help="Run the repository's commit hooks, as git commit does.")


@click.command()
@options.root
@message_option
@hooks_option
def commit(root: str | None, message: str, *, hooks: bool) -> int:
    """Commit the output folder, and nothing else.

    Makes one commit of what is different in the output folder; what is staged or changed elsewhere stays as it is.
    Does nothing where nothing is different.
    """
    space = Workspace.open(root)
    say(space, message, hooks=hooks, report_format="text")
    return 0


def say(space: Workspace, subject: str, *, hooks: bool, report_format: str) -> None:
    """Commit, and tell what was done: on standard output for people, on standard error beside other formats."""
    repository = repository_of(space)
    folder = below(space, repository, space.settings.out)
    deliver.diagnostics(_uncommitted(space, repository), "text")
    fresh = Output(str(space.root), space.settings.out)
    pending = Pending(repository, folder)
    paths = pending.paths()
    done = commit_output(repository, folder, fresh, space.settings, paths=paths, subject=subject, hooks=hooks)
    pending.committed()
    stream = sys.stdout if report_format == "text" else sys.stderr
    if done is None:
        stream.write("nothing to commit\n")
        return
    made, title = done
    counts = made.changes
    numbers = f"{len(counts.added)} added, {len(counts.changed)} changed, {len(counts.removed)} removed"
    stream.write(f"{style_for(stream)(made.id[:12], 'yellow')} {title} ({numbers})\n")


def _uncommitted(space: Workspace, repository: Repository) -> list[Diagnostic]:
    """A warning where definitions are not committed themselves: the commit then holds what its source does not say."""
    if repository.head().commit is None:
        return []
    folders = [*space.settings.plugins, *space.settings.groups]
    changes = repository.changed_since("HEAD", *(below(space, repository, one) for one in folders))
    paths = [*changes.added, *changes.changed, *changes.removed]
    if not paths:
        return []
    place = Label(Span(SourceFile(paths[0], ""), 0, 0))
    which = f"{paths[0]} and {len(paths) - 1} more differ" if len(paths) > 1 else f"{paths[0]} differs"
    return [
        Diagnostic(
            code="MW716",
            severity=Severity.WARNING,
            message=f"{which} from HEAD: the commit will hold output without its source",
            primary=place,
            hint="commit the definitions, too",
        )
    ]
