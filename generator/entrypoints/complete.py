"""What a shell offers for a name that is being typed. A repository with mistakes offers what can be read of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator.diagnostics import Collector, DiagnosticError

if TYPE_CHECKING:
    from generator.model.catalog import Catalog


def groups(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of groups that can be rendered."""
    del param
    catalog = _catalog(ctx)
    return _starting(incomplete, (name for name, one in catalog.groups.items() if not one.abstract)) if catalog else []


def environments(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of environments."""
    del param
    catalog = _catalog(ctx)
    return _starting(incomplete, catalog.environments) if catalog else []


def plugins(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of plugins."""
    del param
    catalog = _catalog(ctx)
    return _starting(incomplete, catalog.plugins) if catalog else []


def _catalog(ctx: click.Context) -> "Catalog | None":
    from generator.entrypoints.workspace import Workspace

    try:
        return Workspace.open(ctx.params.get("root")).catalog(Collector())
    except DiagnosticError:
        return None


def _starting(incomplete: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(incomplete))
