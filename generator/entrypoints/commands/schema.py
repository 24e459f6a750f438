"""`mwgen schema`: the JSON Schemas of the definitions, for editors and other tools."""

import sys
from importlib.resources import files

import click

NAMES = ("plugin", "group", "environment", "settings", "review")
"""Of the files in `generator/schemas`, without their ending."""


@click.command()
@click.argument("name", type=click.Choice(NAMES))
def schema(name: str) -> int:
    """Print the JSON Schema of a kind of definition, or of what `diff -o json` prints.

    For editors: `mwgen schema group > group.schema.json`, and in the first line of a file
    `# yaml-language-server: $schema=group.schema.json`, relative to that file.
    """
    sys.stdout.write(text(name))
    return 0


def text(name: str) -> str:
    """The schema of that name, as JSON."""
    return (files("generator") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
