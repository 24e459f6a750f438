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


@click.command()
@options.root
@message_option
def commit(root: str | None, message: str) -> int:
    """Commit the output folder, and nothing else.

    Makes one commit of what is different in the output folder; what is staged or changed elsewhere stays as it is.
    Does nothing where nothing is different.
    """
    space = Workspace.open(root)
    say(space, message, report_format="text")
    return 0


def say(space: Workspace, subject: str, *, report_format: str) -> None:
    """Commit, and tell what was done: on standard output for people, on standard error beside other formats."""
    repository = repository_of(space)
    folder = below(space, repository, space.settings.out)
    deliver.diagnostics(_uncommitted(space, repository), "text")
    fresh = Output(str(space.root), space.settings.out)
    pending = Pending(repository, folder)
    done = commit_output(repository, folder, fresh, space.settings, paths=pending.paths(), subject=subject)
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
    more = f" and {len(paths) - 1} more files" if len(paths) > 1 else ""
    return [
        Diagnostic(
            code="MW716",
            severity=Severity.WARNING,
            message=f"{paths[0]}{more} differs from HEAD: the commit will hold output without its source",
            primary=place,
            hint="commit the definitions, too",
        )
    ]
