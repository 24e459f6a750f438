"""What a shell offers for a name that is being typed. A repository with mistakes offers what can be read of it."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from generator.diagnostics import Collector, DiagnosticError

if TYPE_CHECKING:
    from generator.model.catalog import Catalog

Offers = Callable[[click.Context, click.Parameter, str], list[str]]


def _names(of: "Callable[[Catalog], Iterable[str]]") -> Offers:
    def offers(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from generator.entrypoints.workspace import Workspace

        del param
        try:
            catalog = Workspace.open(ctx.params.get("root")).catalog(Collector())
        except DiagnosticError:
            return []
        return sorted(name for name in of(catalog) if name.startswith(incomplete))

    return offers


groups = _names(lambda catalog: (name for name, one in catalog.groups.items() if not one.abstract))
"""Groups that can be rendered."""

environments = _names(lambda catalog: catalog.environments)
plugins = _names(lambda catalog: catalog.plugins)
