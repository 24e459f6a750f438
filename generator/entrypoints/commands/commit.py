"""`mwgen commit`, and what `generate --commit` does after writing."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import click

from generator.diagnostics import Diagnostic, Label, Severity, SourceFile, Span
from generator.entrypoints import options
from generator.entrypoints.options import Command
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import style_for
from generator.entrypoints.revisions import below, repository_of
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey, Lock
from generator.model.outcome import Kept
from generator.outside.git.pack import Packed
from generator.outside.git.repository import Repository
from generator.outside.output import Output
from generator.outside.pending import Pending
from generator.pipeline.commit import commit as commit_output

message_option = click.option("-m", "--message", metavar="SUBJECT", default="", help="The commit's first line.")
push_option = click.option(
    "--push", is_flag=True, help="Push the commit; where the branch moved on, render anew at its tip first."
)
remote_option = click.option("--remote", metavar="NAME", default="", help="The remote; else the branch's, or origin.")
push_to_option = click.option(
    "--push-to", metavar="BRANCH", default="", help="The remote's branch; else the current one, or the one CI builds."
)
tries_option = click.option(
    "--tries", type=click.IntRange(min=1), default=10, show_default=True, help="How often to try to push."
)
hooks_option = click.option("--hooks", is_flag=True, help="Run the repository's own hooks, as git does.")


def pushing(command: Command) -> Command:
    """`--push`, `--remote`, `--push-to` and `--tries`."""
    for option in (tries_option, push_to_option, remote_option, push_option):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What a run that has just written the output knows of it."""

    locks: Mapping[BundleKey, Lock | None] = field(default_factory=dict)
    """Of the bundles that it looked at."""

    kept: Sequence[Kept] = ()
    """Files whose blobs are compressed already."""


@click.command()
@options.root
@message_option
@hooks_option
@click.option(
    "--branch", metavar="BRANCH", default="", help="Put an environment's output on a branch of its own: env/prod."
)
@options.environments
@pushing
def commit(
    root: str | None,
    message: str,
    branch: str,
    environments: tuple[str, ...],
    remote: str,
    push_to: str,
    tries: int,
    *,
    hooks: bool,
    push: bool,
) -> int:
    """Commit the output folder, and nothing else.

    Makes one commit of what is different in the output folder; what is staged or changed elsewhere stays as it is.
    Does nothing where nothing is different.

    With --push the commit goes to the remote in one step or not at all. Where the remote's branch moved on in
    between, the commit is given up and made anew at the new tip: output always goes with its own source.

    With --branch the environment that the branch's last part names, or those of -e, become the whole tree of that
    branch; nothing is checked out. It never goes back to an older source.
    """
    space = Workspace.open(root)
    if environments and not branch:
        raise click.UsageError("-e goes with --branch: a commit of the output folder has all environments")
    if branch:
        from generator.entrypoints.branch import BranchWish, commit_branch

        return commit_branch(
            space,
            BranchWish(
                branch=branch,
                environments=environments,
                message=message,
                push=push,
                remote=remote,
                tries=tries,
                hooks=hooks,
            ),
        )
    say(space, message, hooks=hooks, report_format="text")
    if not push:
        return 0
    from generator.entrypoints.publish import PushWish, publish
    from generator.entrypoints.rendering import everything_again

    wish = PushWish(remote=remote, branch=push_to, tries=tries, hooks=hooks)

    def again() -> bool:
        if not everything_again(root):
            return False
        say(Workspace.open(root), message, hooks=hooks, report_format="text")
        return True

    return publish(space, wish, again)


def say(space: Workspace, subject: str, *, hooks: bool, report_format: str, prepared: Prepared | None = None) -> None:
    """Commit, and tell what was done: on standard output for people, on standard error beside other formats."""
    repository = repository_of(space)
    folder = below(space, repository, space.settings.out)
    deliver.diagnostics(_uncommitted(space, repository), "text")
    fresh = Output(str(space.root), space.settings.out)
    fresh.know(prepared.locks if prepared else {})
    packed = Packed.of(prepared.kept, folder, repository.algorithm()) if prepared and prepared.kept else None
    pending = Pending(repository, folder)
    paths = pending.paths()
    done = commit_output(
        repository, folder, fresh, space.settings, paths=paths, packed=packed, subject=subject, hooks=hooks
    )
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
