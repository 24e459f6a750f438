"""Options that several commands share."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from generator.entrypoints import complete
from generator.model.selectors import Selector, SelectorError, parse

Command = TypeVar("Command", bound=Callable[..., Any])

root = click.option(
    "-C",
    "--root",
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="Work in DIR instead of the current folder.",
)
selector = click.option(
    "-l",
    "--selector",
    metavar="SELECTOR",
    default="",
    help="Only what has these labels: = == != in notin, key, !key, joined by commas.",
)
groups = click.option(
    "-g",
    "--group",
    "groups",
    multiple=True,
    metavar="NAME",
    help="Only this group; repeat for more.",
    shell_complete=complete.groups,
)
environments = click.option(
    "-e",
    "--environment",
    "environments",
    multiple=True,
    metavar="NAME",
    help="Only this environment; repeat for more.",
    shell_complete=complete.environments,
)
workers = click.option(
    "-j", "--workers", type=click.IntRange(min=0), default=0, metavar="N", help="Processes to use; 0: one a processor."
)
allow_loss = click.option(
    "--allow-loss",
    multiple=True,
    metavar="PATTERN",
    help="Acknowledge that data may be lost: ENVIRONMENT/GROUP or ENVIRONMENT/GROUP/KIND/NAME; * matches.",
)
allow_immutable = click.option(
    "--allow-immutable",
    multiple=True,
    metavar="PATTERN",
    help="Acknowledge changes that a cluster refuses to existing objects; pattern as for --allow-loss.",
)
report_format = click.option(
    "-o",
    "--output",
    "report_format",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to report: for people, for programs, or as annotations on GitHub.",
)
check_format = click.option(
    "-o",
    "--output",
    "report_format",
    type=click.Choice(["text", "json", "github", "sarif", "codequality"]),
    default="text",
    show_default=True,
    help="How to report: for people, for programs, as annotations on GitHub, as SARIF 2.1.0, or for GitLab.",
)
listing_format = click.option(
    "-o",
    "--output",
    "listing_format",
    type=click.Choice(["table", "json", "yaml", "name"]),
    default="table",
    show_default=True,
    help="How to list.",
)

document_format = click.option(
    "-o",
    "--output",
    "output",
    type=click.Choice(["text", "json", "yaml"]),
    default="text",
    show_default=True,
    help="How to show it: for people without what is empty, or all of it for programs.",
)


def selection(command: Command) -> Command:
    """`--root`, `--group`, `--environment` and `--workers`."""
    for option in (workers, environments, groups, root):
        command = option(command)
    return command


def acknowledgements(command: Command) -> Command:
    """`--allow-loss` and `--allow-immutable`."""
    return allow_loss(allow_immutable(command))


def chosen(names: tuple[str, ...]) -> frozenset[str] | None:
    """What a request wants where an option was given any number of times; None: everything."""
    return frozenset(names) or None


def parsed_selector(text: str) -> Selector:
    """The label selector in *text*; a usage error where it is none."""
    try:
        return parse(text)
    except SelectorError as error:
        raise click.BadParameter(str(error), param_hint="--selector") from None
