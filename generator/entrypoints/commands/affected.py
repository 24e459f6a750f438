"""`mwgen affected`: which bundles a plugin, or a change, touches."""

import json
import sys

import click

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints import complete, options
from generator.entrypoints.report import deliver
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey
from generator.stages.resolve import Resolver


@click.command()
@options.root
@click.option(
    "-p",
    "--plugin",
    "plugins",
    multiple=True,
    metavar="NAME[@VERSION]",
    help="Bundles of this plugin.",
    shell_complete=complete.plugins,
)
@click.option("--since", metavar="REV", help="Bundles whose definitions differ from those at REV.")
@click.option(
    "-o",
    "--output",
    type=click.Choice(["name", "json"]),
    default="name",
    show_default=True,
    help="How to list: a line each, or as JSON.",
)
def affected(root: str | None, plugins: tuple[str, ...], since: str | None, output: str) -> int:
    """Name the groups that a change touches.

    With --plugin, every bundle that uses the plugin: a change of it renders all of them again. With --since, every
    bundle that is made from something else than at that revision; with both, those that are in both.
    """
    if not plugins and since is None:
        raise click.UsageError("say what changed: --plugin NAME, or --since REV")
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    keys: set[BundleKey] | None = None
    if plugins:
        names = [name.partition("@")[0] for name in plugins]
        unknown = [name for name in names if name not in catalog.plugins]
        if unknown and not found.failed:
            from generator.yamlio.wording import choices

            raise click.UsageError(f"there is no plugin {unknown[0]}. {choices(unknown[0], catalog.plugins)}")
        plans = Resolver(catalog, space.output.lock, found).plans(catalog.groups.values())
        keys = {
            plan.key for plan in plans if {plan.plugin.name, f"{plan.plugin.name}@{plan.plugin.version}"} & {*plugins}
        }
    if since is not None:
        from generator.entrypoints.revisions import catalog_at

        changed = {*pipeline.affected(catalog_at(space, since), catalog, space.output, found)}
        keys = changed if keys is None else keys & changed
    deliver.diagnostics(found.sorted(), "text")
    listed = sorted(str(key) for key in keys or ())
    sys.stdout.write(json.dumps(listed, indent=2) + "\n" if output == "json" else "".join(f"{key}\n" for key in listed))
    return int(found.failed)
