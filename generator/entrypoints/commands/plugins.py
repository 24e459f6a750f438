"""`mwgen plugins`: what middleware there is."""

from typing import Any

import click

from generator.diagnostics import Collector
from generator.entrypoints import complete, options, table
from generator.entrypoints.commands import plugin_bench, plugin_configmaps, plugin_new
from generator.entrypoints.report import deliver
from generator.entrypoints.workspace import Workspace
from generator.model.catalog import Catalog
from generator.model.order import stage_text
from generator.model.plugin import Image, Plugin
from generator.pipeline import trial


@click.group()
def plugins() -> None:
    """List, show, start, try out, export and import plugins."""


@plugins.command("list")
@options.root
@options.selector
@options.listing_format
def list_plugins(root: str | None, selector: str, listing_format: str) -> int:
    """List the versions of every plugin, and whether each can be used.

    A plugin is Ready, or Pending with a reason: a template that cannot be found or compiled, a version without an
    image.

    For instance `mwgen plugins list -l middleware.io/plugin=redis`.
    """
    wanted = options.parsed_selector(selector)
    found = Collector()
    space = Workspace.open(root)
    catalog = space.catalog(found)
    users = _users(catalog)
    rows = [
        {**_row(plugin, users), **_phase(trial.unready(catalog, plugin, space.cache))}
        for versions in catalog.plugins.values()
        for plugin in versions
        if wanted.matches(plugin.labels)
    ]
    broken = sorted(name for kind, name in catalog.broken if kind == "Plugin")
    if not selector:
        rows += [
            {"name": name, "groups": users.get(name, 0), **_phase("its definition has mistakes")} for name in broken
        ]
    why = ("reason",) if any(row["reason"] for row in rows) else ()
    columns = ("name", "version", "phase", *why, "runtimes", "components", "groups", "description")
    table.show(rows, columns, listing_format, kind="plugin")
    deliver.diagnostics(found.sorted(), "text")
    return int(found.failed)


@plugins.command()
@options.root
@click.argument("name", shell_complete=complete.plugins)
@click.option("--version", "wanted", metavar="VERSION", help="This version instead of the newest.")
@options.document_format
def show(root: str | None, name: str, wanted: str | None, output: str) -> int:
    """Show one plugin: runtimes, images, upgrades, components, orders, templates."""
    found = Collector()
    catalog = Workspace.open(root).catalog(found)
    versions = catalog.plugins.get(name, ())
    plugin = next((one for one in reversed(versions) if wanted in (None, one.version)), None)
    deliver.diagnostics(found.sorted(), "text")
    if plugin is None:
        from generator.yamlio.wording import choices

        known = [one.version for one in versions] if versions else list(catalog.plugins)
        word = wanted if versions and wanted else name
        hint = choices(word, known)
        raise click.UsageError(
            f"there is no plugin {name}{f' {wanted}' if wanted else ''}" + (f": {hint}" if hint else "")
        )
    document = _document(plugin)
    table.document(document, output)
    return int(found.failed)


plugins.add_command(plugin_bench.lint)
plugins.add_command(plugin_bench.test)
plugins.add_command(plugin_new.new)
plugins.add_command(plugin_configmaps.export)
plugins.add_command(plugin_configmaps.import_plugins)


def _users(catalog: Catalog) -> dict[str, int]:
    """How many groups that are rendered name each plugin, themselves or through their bases."""
    from generator.stages.resolve.choose import plugin_ref
    from generator.stages.resolve.inherit import chain

    counts: dict[str, int] = {}
    found = Collector()
    for line in found.each(lambda group: chain(catalog.groups, group), catalog.groups.values()):
        ref = plugin_ref(line)
        if ref and not line[-1].abstract:
            counts[ref.name] = counts.get(ref.name, 0) + 1
    return counts


def _phase(reason: str) -> dict[str, Any]:
    return {"phase": "Pending" if reason else "Ready", "reason": reason}


def _row(plugin: Plugin, users: dict[str, int]) -> dict[str, Any]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "runtimes": [f"{one.name} {'/'.join(one.versions)}" for one in plugin.runtimes],
        "components": [one.name for one in plugin.components],
        "capabilities": sorted(plugin.capabilities),
        "groups": users.get(plugin.name, 0),
        "description": plugin.description,
        "labels": dict(plugin.labels),
        "file": plugin.place.file.path,
    }


def _document(plugin: Plugin) -> dict[str, Any]:
    topologies = [
        {
            "name": one.name,
            "default": one.default,
            "components": list(one.components),
            "description": one.description,
        }
        for one in plugin.topologies
    ]
    return {
        "name": plugin.name,
        "version": plugin.version,
        "description": plugin.description,
        "file": plugin.place.file.path,
        "labels": dict(plugin.labels),
        "runtimes": [
            {"name": one.name, "versions": list(one.versions), "default": one.default} for one in plugin.runtimes
        ],
        "images": {version: _image(image) for version, image in plugin.images.items()},
        "upgrades": {
            version: [way.source if way.method == "rolling" else f"{way.source} ({way.method})" for way in ways]
            for version, ways in plugin.migrations.items()
        },
        "capabilities": sorted(plugin.capabilities),
        "components": [one.name for one in plugin.components],
        "topologies": topologies,
        "orders": {str(operation): stage_text(order) for operation, order in plugin.orders.by_operation.items()},
        "templates": [
            {"name": one.name, "type": one.type, "source": one.config_map or one.file, "optional": one.optional}
            for one in plugin.templates
        ],
        "alerts": [one.name for one in plugin.alerts],
        "defaultValues": dict(plugin.default_values),
    }


def _image(image: Image) -> Any:
    return image if isinstance(image, str) else dict(image)
