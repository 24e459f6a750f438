"""`mwgen commit`, and what `generate --commit` does after writing."""

import click

from generator.entrypoints import options
from generator.entrypoints.options import Command

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
    branch; nothing is checked out. It names its source, which must be committed, and never goes back to an older one.
    """
    from generator.entrypoints.committing import say
    from generator.entrypoints.workspace import Workspace

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
