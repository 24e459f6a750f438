"""`mwgen init`: a repository that generates at once."""

import sys
from importlib.resources import files
from pathlib import Path

import click

from generator.entrypoints.report.style import style_for
from generator.entrypoints.scaffolds import contents

PLACES = {"gitattributes": ".gitattributes", "workflow.yaml": ".github/workflows/mwgen.yaml"}
"""Files that stand elsewhere than in the scaffold; dot files would get lost in packaging."""


@click.command()
@click.argument("directory", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--github/--no-github", default=True, help="Write a GitHub workflow, too.", show_default=True)
def init(directory: Path, *, github: bool) -> int:
    """Start a repository that generates at once.

    Writes settings, a small Redis plugin, two environments and a group into DIRECTORY. Files that are there already
    are left alone.
    """
    style = style_for(sys.stdout)
    for path, content in contents(files("generator.entrypoints") / "scaffold"):
        target = PLACES.get(path, path)
        if path == "workflow.yaml" and not github:
            continue
        place = directory / target
        if place.exists():
            sys.stdout.write(f"{style('kept', 'dim')}     {target}\n")
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        sys.stdout.write(f"{style('written', 'green')}  {target}\n")
    where = "" if directory == Path() else f" -C {directory}"
    sys.stdout.write(f"\nNow run: mwgen generate{where}\n")
    return 0
