"""`mwgen groups show`: what a group asks for, and what the output folder holds of it."""

from typing import Any

import click

from generator.diagnostics import Collector, DiagnosticError
from generator.entrypoints import complete, options, table
from generator.entrypoints.report import deliver
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import LOCK_NAME, BundleKey, Lock
from generator.model.order import stage_text
from generator.model.plan import Plan
from generator.stages.resolve import Resolver
from generator.stages.resolve.choose import no_group


@click.command()
@options.root
@options.environments
@options.document_format
@click.argument("name", metavar="GROUP", shell_complete=complete.groups)
def show(root: str | None, environments: tuple[str, ...], output: str, name: str) -> int:
    """Show a group in each of its environments: what it asks for, and what the output folder holds.

    The orders are those that the group has for each operation. Under `rendered` stands the operation that was rendered
    last, and every object of the bundle with its component, wave and file.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    group = catalog.groups.get(name)
    if group is None and not found.failed:
        raise DiagnosticError(no_group(name, catalog))
    plans = Resolver(catalog, space.output.lock, found).plans([group] if group else [])
    pages = [
        _page(plan, space.output.lock(plan.key), space.settings.out)
        for plan in sorted(plans, key=lambda plan: plan.key)
        if not environments or plan.key.environment in environments
    ]
    table.document(pages, output)
    deliver.diagnostics(found.sorted(), "text")
    return int(found.failed)


def _page(plan: Plan, lock: Lock | None, out: str) -> dict[str, Any]:
    return {
        "name": str(plan.key),
        "file": str(plan.place.span()),
        "plugin": f"{plan.plugin.name} {plan.plugin.version}",
        "runtime": f"{plan.runtime} {plan.runtime_version}".strip(),
        "topology": plan.topology,
        "components": [one.name for one in plan.components if one.enabled],
        "state": str(plan.state),
        "namespace": plan.namespace,
        "deletionPolicy": str(plan.deletion_policy),
        "labels": dict(plan.labels),
        "dependsOn": list(plan.depends_on),
        "orders": {str(operation): stage_text(order) for operation, order in plan.orders.by_operation.items()},
        "rendered": _rendered(plan.key, lock, out) if lock else None,
    }


def _rendered(key: BundleKey, lock: Lock, out: str) -> dict[str, Any]:
    return {
        "lock": f"{out}/{key.folder}/{LOCK_NAME}",
        "operation": str(lock.operation),
        "order": stage_text(lock.order),
        "plugin": f"{lock.plugin} {lock.plugin_version}",
        "runtime": f"{lock.runtime} {lock.runtime_version}".strip(),
        "state": str(lock.state),
        "objects": [
            {
                "object": str(one.id),
                "component": one.component,
                **({} if one.wave is None else {"wave": one.wave}),
                "file": f"{out}/{key.folder}/{one.path}",
            }
            for one in lock.objects
        ],
    }
