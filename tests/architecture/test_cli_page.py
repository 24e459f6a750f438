"""The page about the command line says what the commands say of themselves: it is written from them."""

import inspect
import re
from collections.abc import Iterator

import click

from generator.entrypoints.cli import COMMANDS, main
from tests.architecture.pages import ROOT, hold

PAGE = ROOT / "docs/reference/cli.md"
MARK = "<!-- From here on the commands say it themselves: pytest tests/architecture --update-golden writes it. -->"


def written() -> list[str]:
    """The generated part of the page: a section for each command and for each command of a command."""
    context = click.Context(main, info_name="mwgen")
    lines: list[str] = []
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        lines += _section(command, click.Context(command, info_name=name, parent=context), 2)
    return lines


def _section(command: click.Command, context: click.Context, level: int) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {context.command_path}"
    yield from inspect.cleandoc(command.help or "").splitlines()
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _section(inner, click.Context(inner, info_name=name, parent=context), level + 1)
        return
    yield ""
    yield f"    {context.command_path} {' '.join(command.collect_usage_pieces(context))}"
    rows = [_row(option, context) for option in command.params if isinstance(option, click.Option)]
    if rows:
        yield ""
        yield "| option | default | what it does |"
        yield "|---|---|---|"
        yield from rows


def _row(option: click.Option, context: click.Context) -> str:
    record = option.get_help_record(context)
    assert record is not None, f"{option.name} of {context.command_path} is hidden"
    names, text = record
    text = re.sub(r" *\[(?:default: [^]]*|x>=0)\]", "", text).strip()
    default = option.get_default(context)
    shown = f"`{default}`" if option.show_default and default not in (None, "", ()) else ""
    if isinstance(default, bool):
        shown = f"`--{option.name}`" if default else ""
    escaped = names.replace("|", "\\|")
    return f"| `{escaped}` | {shown} | {text} |"


def test_the_page_is_what_the_commands_say(*, update_golden: bool) -> None:
    hold(PAGE, MARK, written(), update=update_golden)


def test_every_command_is_in_the_list_of_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[`mwgen (\w+)`\]\(#mwgen-\1\) \|", text, re.MULTILINE)
    assert listed == list(COMMANDS)


def test_every_option_is_explained() -> None:
    silent = []
    context = click.Context(main, info_name="mwgen")
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        inner = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        for one in inner:
            assert one.help, f"{name} {one.name} does not say what it does"
            silent += [
                f"{name} {option.opts}" for option in one.params if isinstance(option, click.Option) and not option.help
            ]
    assert not silent
