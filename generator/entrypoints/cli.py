"""The command line: which commands there are. What each way to fail looks like from outside is in `ends`."""

from importlib import import_module
from typing import Any, NoReturn

import click

from generator import __version__
from generator.entrypoints import ends

COMMANDS: dict[str, tuple[str, str]] = {
    "generate": ("generator.entrypoints.commands.generate:generate", "Render groups into the output folder."),
    "plan": ("generator.entrypoints.commands.plan:plan", "Say in a few lines what your change does."),
    "diff": ("generator.entrypoints.commands.diff:diff", "Say what a change does, and what is dangerous about it."),
    "verify": ("generator.entrypoints.commands.verify:verify", "Check that the output folder equals a fresh build."),
    "validate": ("generator.entrypoints.commands.validate:validate", "Check every definition; write nothing."),
    "commit": ("generator.entrypoints.commands.commit:commit", "Commit the output folder, and nothing else."),
    "affected": ("generator.entrypoints.commands.affected:affected", "Name the groups that a change touches."),
    "explain": ("generator.entrypoints.commands.explain:explain", "Say where a group's values come from."),
    "plugins": (
        "generator.entrypoints.commands.plugins:plugins",
        "List, show, start, try out, export and import plugins.",
    ),
    "groups": ("generator.entrypoints.commands.groups:groups", "List, show and remove groups."),
    "chart": ("generator.entrypoints.commands.chart:chart", "Render Helm charts, without Helm."),
    "schema": ("generator.entrypoints.commands.schema:schema", "Print the JSON Schema of a kind of definition."),
    "init": ("generator.entrypoints.commands.init:init", "Start a repository that generates at once."),
    "cmp": ("generator.entrypoints.commands.cmp:cmp", "Be a config management plugin of Argo CD."),
    "krm": ("generator.entrypoints.commands.krm:krm", "Be a KRM function for Kustomize and kpt."),
    "completion": ("generator.entrypoints.commands.completion:completion", "Print a shell completion script."),
}
"""By name: where the command is, and its line in the help. Printing the help imports no command."""


class _LazyCommand(click.Command):
    """Stands for a command in listings until the real one is wanted."""


class _Commands(click.Group):
    """The table of commands, in its own order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, imported now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, from the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a hint on the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from generator.yamlio.wording import nearest

            near = nearest(args[0], COMMANDS) if args else ""
            raise click.UsageError(f"{error.message} Did you mean {near!r}?" if near else error.message, ctx) from None


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Colour obeys NO_COLOR and FORCE_COLOR. Every command has its own --help.",
)
@click.version_option(__version__, "-V", "--version", message="mwgen %(version)s")
def main() -> None:
    """Render middleware groups into ordered Kubernetes bundles for GitOps.

    Plugins say what a middleware is, groups say which instances are wanted; `mwgen generate` merges both into
    manifests under out/, which Argo CD or Flux apply in the order that the plugin gives.
    """


def run() -> NoReturn:
    """Run the command line and exit."""
    ends.run(_commanded)


def _commanded() -> Any:
    try:
        return main.main(prog_name="mwgen", standalone_mode=False)
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        error.show()
        return error.exit_code
