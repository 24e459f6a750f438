"""`mwgen plugins new`: the folder of a plugin that can be used at once, to be made one's own."""

import re
import sys
from importlib.resources import files
from pathlib import Path

import click

from generator.entrypoints import options
from generator.entrypoints.report.style import style_for
from generator.entrypoints.scaffolds import contents
from generator.entrypoints.workspace import Workspace

_NAME = re.compile(r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?")
"""A DNS label (RFC 1123) that leaves room for the names of objects."""

_IMAGE = re.compile(r"[a-z0-9][\w.:/-]*:(?P<version>[\w][\w.-]{0,127})")
"""A repository and a tag, as the distribution specification has them."""


@click.command()
@options.root
@click.option(
    "--image", required=True, metavar="IMAGE:TAG", help="The program's image; its tag is the first runtime version."
)
@click.option("--port", required=True, type=click.IntRange(1, 65535), help="Where the program listens.")
@click.argument("name")
def new(root: str | None, image: str, port: int, name: str) -> int:
    """Start a plugin: a folder that passes `plugins lint` and `plugins test`, and whose comments say what to change.

    For instance `mwgen plugins new valkey --image docker.io/valkey/valkey:8.1 --port 6379`. The tag should be one that
    does not move.
    """
    tagged = _IMAGE.fullmatch(image)
    if not _NAME.fullmatch(name):
        raise click.BadParameter("a name has lower case letters, digits and -, and begins with a letter: my-store")
    if tagged is None:
        raise click.BadParameter("an image with a tag is wanted: docker.io/valkey/valkey:8.1", param_hint="--image")
    space = Workspace.open(root)
    folder = Path(space.settings.plugins[0], name)
    if (space.root / folder).exists():
        raise click.UsageError(f"{folder} is there already")
    words = {"name": name, "image": image, "port": str(port), "version": tagged["version"]}
    style = style_for(sys.stdout)
    for path, content in contents(files("generator.entrypoints") / "scaffold_plugin"):
        place = space.root / folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        text = re.sub("@([a-z]+)@", lambda found: words[found[1]], content.decode())
        place.write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"{style('written', 'green')}  {folder / path}\n")
    sys.stdout.write(f"\nNow make it yours, and run: mwgen plugins lint {name} && mwgen plugins test {name}\n")
    return 0
