"""`mwgen groups`: which instances are wanted."""

from typing import Any

import click

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label
from generator.entrypoints import complete, options, table
from generator.entrypoints.commands import group_page
from generator.entrypoints.report import deliver
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey, Lock
from generator.model.catalog import Catalog
from generator.model.group import Group, State
from generator.model.order import Operation
from generator.model.plan import Plan
from generator.stages.resolve import Resolver
from generator.stages.resolve.choose import no_group


@click.group()
def groups() -> None:
    """List, show and remove groups."""


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


groups.add_command(group_page.show)


@groups.command("remove")
@options.root
@click.argument("name", metavar="GROUP", shell_complete=complete.groups)
@click.option("--at-once", is_flag=True, help="Remove it now, whatever order the cluster takes it down in.")
def remove(root: str | None, name: str, *, at_once: bool) -> int:
    """Take a group out of the source, in two steps where the order in which it stops wants that.

    Edits the group's definition: sets `state: Stopped` first where a cluster would otherwise take it down in another
    order than its plugin's, and removes the definition when it is called again. `mwgen generate` follows each step.
    """
    from pathlib import Path

    from generator.entrypoints.revisions import committed_locks
    from generator.stages import leave

    found = Collector()
    space = Workspace.open(root)
    catalog = space.catalog(found)
    found.raise_errors()
    group = _removable(catalog, name)
    plans = Resolver(catalog, space.output.lock, found).plans([group])
    found.raise_errors()
    committed = committed_locks(space, {one.key.environment: one.delivery.revision for one in plans})
    first = [one for one in plans if _stops_first(one, committed(one.key))]
    file = Path(space.root, group.place.file.path)
    if first and not at_once:
        running = [one for one in first if one.state is not State.STOPPED]
        if not running:
            _tell(_unfinished(name, [one.key for one in first], space))
            return 1
        mistakes = list(leave.kept_running(catalog, running))
        if mistakes:
            raise DiagnosticError(*mistakes)
        file.write_text(leave.stopped(group), encoding="utf-8", newline="")
        _tell(f"step 1 of 2: {name} is to stop first, in the plugin's own order ({group.place.file.path})")
        _tell("mwgen generate --commit, wait until the cluster has followed, then run this again")
        return 0
    rest = leave.without(group.place)
    if rest:
        file.write_text(rest, encoding="utf-8", newline="")
    else:
        file.unlink()
    _tell(f"{name} is removed from {group.place.file.path}" + ("" if rest else ", which held nothing else"))
    keys = [str(one.key) for one in plans if space.output.lock(one.key)]
    if keys:
        acknowledged = " ".join(f"--allow-loss '{key}/*/*'" for key in keys)
        _tell(f"its bundles leave with mwgen generate --commit; if data go with them: {acknowledged}")
    return 0


def _removable(catalog: Catalog, name: str) -> Group:
    """The group, if nothing else needs it. Raises DiagnosticError."""
    group = catalog.groups.get(name)
    if group is None:
        raise DiagnosticError(no_group(name, catalog))
    mistakes = [
        Diagnostic(
            code="MW736",
            message=f"{other.name} {how} {name}",
            primary=Label((other.place / "spec" / field).span()),
            hint=f"change or remove {other.name} first",
        )
        for other in catalog.groups.values()
        for field, how, needs in (
            ("extends", "extends", other.extends == name),
            ("dependsOn", "depends on", name in (other.depends_on or ())),
        )
        if needs
    ]
    if mistakes:
        raise DiagnosticError(*mistakes)
    return group


def _stops_first(plan: Plan, lock: Lock | None) -> bool:
    from generator.stages import leave

    return lock is not None and leave.stops_first(lock, plan.orders.of(Operation.STOP))


def _unfinished(name: str, keys: list[BundleKey], space: Workspace) -> str:
    """What is still to be done where the definition says that the group is stopped, and its bundles are not so yet."""
    locks = [space.output.lock(key) for key in keys]
    rendered = all(lock is None or lock.state is State.STOPPED for lock in locks)
    rest = "committed: mwgen commit" if rendered else "rendered so: mwgen generate --commit"
    return f"{name} is to be stopped, but {', '.join(map(str, keys))} is not {rest}"


def _tell(text: str) -> None:
    click.echo(text)


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
