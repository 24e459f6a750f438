"""`mwgen explain`: which layer each value of a group comes from."""

import sys
from collections.abc import Iterator
from typing import Any

import click

from generator.diagnostics import Collector
from generator.entrypoints import complete, options, table
from generator.entrypoints.report import deliver
from generator.entrypoints.report.style import Style, style_for
from generator.entrypoints.workspace import Workspace
from generator.model.plan import Plan
from generator.model.values import Layer, Pointer, at, dotted
from generator.stages import project
from generator.stages.explain import Origin, leaves, origin
from generator.stages.resolve import Resolver
from generator.yamlio.dump import dump

_Origins = dict[str, tuple[Origin, ...]]
"""By component."""


@click.command()
@options.root
@options.environments
@click.option("-c", "--component", metavar="NAME", help="The values of this component; otherwise of all.")
@options.document_format
@click.argument("group", shell_complete=complete.groups)
@click.argument("path", required=False, default="")
def explain(
    root: str | None, environments: tuple[str, ...], component: str | None, output: str, group: str, path: str
) -> int:
    """Say where a group's values come from.

    PATH narrows it down, as in `mwgen explain orders-cache storage.size`. Every line has the value, the layer that won,
    its file and line, and what it overrides. What all components have alike is told once.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    if group not in catalog.groups:
        from generator.yamlio.wording import choices

        raise click.UsageError(f"there is no group {group}. {choices(group, catalog.groups)}")
    plans = Resolver(catalog, space.output.lock, found).plans([catalog.groups[group]])
    pointer: Pointer = tuple(path.split(".")) if path else ()
    rows: list[dict[str, Any]] = []
    for plan in plans:
        if environments and plan.key.environment not in environments:
            continue
        explained = found.attempt(lambda plan=plan: _origins(plan, component, pointer))  # type: ignore[misc]
        if explained is None:
            continue
        if output == "text":
            _tell(plan, explained, pointer)
        else:
            rows += [_row(plan, name, one) for name, origins in explained.items() for one in origins]
    if output != "text":
        table.document(rows, output)
    deliver.diagnostics(found.sorted(), "text")
    return int(found.failed)


def _origins(plan: Plan, wanted: str | None, pointer: Pointer) -> _Origins:
    values = project.values(plan, None)
    explained: _Origins = {}
    for component in plan.components:
        if wanted in (None, component.name):
            mine = values[component.name]
            below = at(mine, pointer)
            paths = [where for where, _ in leaves(below, pointer)] if below is not None else []
            explained[component.name] = tuple(origin(component, where, mine) for where in paths)
    return explained


def _tell(plan: Plan, explained: _Origins, pointer: Pointer) -> None:
    style = style_for(sys.stdout)
    first, *others = explained.values() if explained else ((),)
    alike = [one for one in first if all(one in each for each in others)]
    for names, origins in _parts(explained, alike):
        what = "component" if len(names) == 1 else "components"
        title = f"{plan.key}, {what} {', '.join(names)} ({plan.plugin.name} {plan.plugin.version})"
        sys.stdout.write(style(title, "bold") + "\n")
        if not origins:
            sys.stdout.write(f"  {dotted(pointer)} has no value\n")
        for one in origins:
            _line(one, style)


def _parts(explained: _Origins, alike: list[Origin]) -> Iterator[tuple[list[str], list[Origin]]]:
    """What is told under one title: what components have *alike*, then what is one component's own."""
    if alike or (explained and not any(explained.values())):
        yield list(explained), alike
    for name, origins in explained.items():
        if own := [one for one in origins if one not in alike]:
            yield [name], own


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


def _row(plan: Plan, component: str, one: Origin) -> dict[str, Any]:
    return {
        "environment": plan.key.environment,
        "group": plan.key.group,
        "component": component,
        "path": dotted(one.pointer),
        "value": one.value,
        "from": _source(one.layer, one.pointer) if one.layer else None,
        "aliasOf": dotted(one.alias) if one.alias else None,
        "over": [{"value": at(layer.data, one.pointer), **_source(layer, one.pointer)} for layer in one.overridden],
    }


def _source(layer: Layer, pointer: Pointer) -> dict[str, Any]:
    span = layer.place.child(*pointer).span()
    return {"layer": layer.name, "file": span.file.path, "line": span.line, "column": span.column}
