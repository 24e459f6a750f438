"""`mwgen plugins export` and `mwgen plugins import`: plugins' folders as ConfigMaps of a cluster, and back."""

import sys
from pathlib import Path
from typing import IO

import click

from generator.diagnostics import Collector
from generator.entrypoints import complete, options
from generator.entrypoints.report import deliver, run
from generator.entrypoints.report.style import style_for
from generator.entrypoints.workspace import Workspace
from generator.outside.replace import recover, replace

STANDARD = "-"
"""Standard output, and standard input."""


@click.command()
@options.root
@click.option("--version", "wanted", metavar="VERSION", help="Only this version.")
@click.option(
    "-o",
    "--output",
    "output",
    default=STANDARD,
    show_default=True,
    metavar="DIR",
    help="A folder, which gets a file for each plugin; -: standard output.",
)
@click.argument("names", nargs=-1, required=True, metavar="NAME...", shell_complete=complete.plugins)
def export(root: str | None, wanted: str | None, output: str, names: tuple[str, ...]) -> int:
    """Print a plugin's folder as ConfigMaps: all versions of the plugins NAME.

    Every file of the folder is carried, byte for byte, and `mwgen plugins import` brings it back. mwgen finds plugins
    in such ConfigMaps as it finds them in folders.

    For instance `mwgen plugins export redis -o cluster`, and then `kubectl apply --server-side -f cluster`.
    """
    from generator.pipeline.configmaps import exported
    from generator.yamlio.dump import dump_all
    from generator.yamlio.wording import choices

    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    plugins = []
    for name in names:
        chosen = [one for one in catalog.plugins.get(name, ()) if wanted in (None, one.version)]
        if not chosen and ("Plugin", name) in catalog.broken:
            deliver.diagnostics(found.sorted(), "text")
            return 1
        if not chosen:
            hint = choices(name, catalog.plugins)
            raise click.UsageError(
                f"there is no plugin {name}{f' {wanted}' if wanted else ''}" + (f": {hint}" if hint else "")
            )
        plugins += chosen
    told = Collector()
    made = exported(space.tree, catalog, space.settings, plugins, told)
    deliver.diagnostics(told.sorted(), "text")
    if told.failed:
        return 1
    if output == STANDARD:
        sys.stdout.write(dump_all([each for one in made for each in one.objects]))
        return 0
    texts = {f"{one.title}.yaml": dump_all(one.objects).encode() for one in made}
    replace(str(Path(output).absolute()), texts, carried=0)
    style = style_for(sys.stdout)
    for one in made:
        title = run.count(len(one.objects), "ConfigMap")
        sys.stdout.write(f"{style('written', 'green')}  {Path(output) / f'{one.title}.yaml'}  {title}\n")
    return 0


@click.command("import")
@options.root
@click.option("--replace", "overwrite", is_flag=True, help="Overwrite files that are there and say something else.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.File("rb"))
def import_plugins(root: str | None, files: tuple[IO[bytes], ...], *, overwrite: bool) -> int:
    """Make folders of plugins' ConfigMaps: those in the files FILE; -: standard input.

    What `mwgen plugins export` wrote comes back byte for byte. ConfigMaps that were written by hand become a folder
    that is named after their plugin. Nothing is written where anything is wrong.

    For instance `kubectl get configmap -l middleware.io/plugin=redis -o yaml | mwgen plugins import -`.
    """
    from generator.pipeline.configmaps import imported
    from generator.yamlio.load import decode

    space = Workspace.open(root)
    folder = space.root / space.settings.plugins[0]
    recover(str(folder))
    found = Collector()
    sources = found.each(lambda file: decode(_title(file.name), file.read()), files)
    changes = imported(space.tree, space.settings, sources, found, overwrite=overwrite)
    deliver.diagnostics(found.sorted(), "text")
    if found.failed:
        return 1
    replace(str(folder), changes, carried=0)
    style = style_for(sys.stdout)
    for path in changes:
        sys.stdout.write(f"{style('written', 'green')}  {Path(space.settings.plugins[0]) / path}\n")
    if not changes:
        sys.stdout.write("nothing to write: all of it is there\n")
    return 0


def _title(name: str) -> str:
    """What a file is called; standard input has no name."""
    return "(standard input)" if name in ("<stdin>", STANDARD) else name
