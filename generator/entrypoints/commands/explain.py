"""`mwgen explain`: which layer each value of a group comes from."""

import sys

import click

from generator.diagnostics import Collector
from generator.entrypoints import options
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import Style, style_for
from generator.entrypoints.workspace import Workspace
from generator.model.plan import ComponentPlan, Plan
from generator.model.values import Pointer, at, dotted
from generator.stages import project
from generator.stages.explain import Origin, leaves, origin
from generator.stages.resolve import Resolver
from generator.yamlio.dump import dump


@click.command()
@options.root
@options.environments
@click.option("-c", "--component", metavar="NAME", help="The values of this component; otherwise of all.")
@click.argument("group")
@click.argument("path", required=False, default="")
def explain(root: str | None, environments: tuple[str, ...], component: str | None, group: str, path: str) -> int:
    """Say where a group's values come from.

    PATH narrows it down, as in `mwgen explain orders-cache storage.size`. Every line has the value, the layer that won,
    its file and line, and what it overrides.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    if group not in catalog.groups:
        from generator.yamlio.wording import choices

        raise click.UsageError(f"there is no group {group}. {choices(group, catalog.groups)}")
    plans = Resolver(catalog, space.output.lock, found).plans([catalog.groups[group]])
    style = style_for(sys.stdout)
    pointer: Pointer = tuple(path.split(".")) if path else ()
    for plan in plans:
        if environments and plan.key.environment not in environments:
            continue
        for part in plan.components:
            if component in (None, part.name):
                found.attempt(lambda plan=plan, part=part: _explain(plan, part, pointer, style))  # type: ignore[misc]
    deliver.diagnostics(found.sorted(), "text")
    return int(found.failed)


def _explain(plan: Plan, component: ComponentPlan, pointer: Pointer, style: Style) -> None:
    values = project.values(plan, None)[component.name]
    title = f"{plan.key}, component {component.name} ({plan.plugin.name} {plan.plugin.version})"
    sys.stdout.write(style(title, "bold") + "\n")
    found = at(values, pointer)
    if found is None:
        sys.stdout.write(f"  {dotted(pointer)} has no value\n")
    for where, _ in leaves(found, pointer) if found is not None else ():
        _line(origin(component, where, values), style)


def _line(one: Origin, style: Style) -> None:
    value = dump(one.value).strip() if one.value not in ({}, []) else str(one.value)
    shown = value if "\n" not in value else value.splitlines()[0] + " …"
    if one.layer is not None:
        where = (one.layer.place.child(*one.pointer)).span()
        source = f"{one.layer.name}  {where}"
    elif one.alias:
        source = f"alias of {dotted(one.alias)}"
    else:
        source = "mwgen"
    sys.stdout.write(f"  {dotted(one.pointer)}: {shown}  {style(f'# {source}', 'dim')}\n")
    for layer in one.overridden:
        lower = at(layer.data, one.pointer)
        sys.stdout.write(style(f"      over {dump(lower).strip()!r}  # {layer.name}\n", "dim"))
