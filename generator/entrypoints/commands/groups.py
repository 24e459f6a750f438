"""`mwgen groups`: which instances are wanted."""

from typing import Any

import click

from generator.diagnostics import Collector
from generator.entrypoints import options, table
from generator.entrypoints.report import deliver
from generator.entrypoints.workspace import Workspace
from generator.model.group import Group
from generator.model.plan import Plan
from generator.stages.resolve import Resolver


@click.group()
def groups() -> None:
    """List and show groups."""


@groups.command("list")
@options.root
@options.selector
@options.environments
@options.listing_format
def list_groups(root: str | None, selector: str, environments: tuple[str, ...], listing_format: str) -> int:
    """List every group in each of its environments."""
    wanted = options.parsed_selector(selector)
    found = Collector()
    space = Workspace.open(root)
    catalog = space.catalog(found)
    chosen: list[Group] = [one for one in catalog.groups.values() if wanted.matches(one.labels)]
    plans = Resolver(catalog, space.output.lock, found).plans(chosen)
    rows = [
        _row(plan)
        for plan in sorted(plans, key=lambda plan: plan.key)
        if not environments or plan.key.environment in environments
    ]
    columns = ("environment", "group", "plugin", "runtime", "topology", "state", "namespace")
    table.show(rows, columns, listing_format, kind="group")
    deliver.diagnostics(found.sorted(), "text")
    return int(found.failed)


def _row(plan: Plan) -> dict[str, Any]:
    return {
        "name": str(plan.key),
        "environment": plan.key.environment,
        "group": plan.key.group,
        "plugin": f"{plan.plugin.name} {plan.plugin.version}",
        "runtime": f"{plan.runtime} {plan.runtime_version}".strip(),
        "topology": plan.topology,
        "state": str(plan.state),
        "namespace": plan.namespace,
        "labels": dict(plan.labels),
        "dependsOn": list(plan.depends_on),
        "file": plan.place.file.path,
    }
