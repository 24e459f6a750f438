"""`mwgen plugins lint` and `mwgen plugins test`: what a plugin's author wants to know before anybody uses it."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator.diagnostics import Collector, Diagnostic, Severity
from generator.entrypoints import options, table
from generator.entrypoints.report import deliver, run
from generator.entrypoints.report.machine import as_json
from generator.entrypoints.workspace import Workspace
from generator.model.catalog import Catalog
from generator.model.order import stage_text
from generator.model.plugin import Plugin
from generator.model.values import Value
from generator.pipeline.trial import MADE_UP, Bench, Trial, Variant, try_out

values_file = click.option(
    "-f",
    "--values",
    "values",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Values of the made-up groups, where the plugin demands some.",
)


@click.command()
@options.root
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.check_format
def lint(root: str | None, names: tuple[str, ...], report_format: str) -> int:
    """Tell what a plugin's author should mend: all versions of the plugins NAME, or of all.

    The plugin is read, rendered for a made-up group in each topology, checked as a cluster would, and looked at by
    rules of its own. Exit code 1 for anything but notes.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    plugins = _chosen(catalog, names)
    told = Collector()
    told.extend(_of_plugins(found.sorted(), plugins, catalog, space, named=bool(names)))
    for plugin in plugins:
        bench, wrong = try_out(catalog, plugin, space.cache)
        told.extend(wrong if bench is None else bench.linted())
    diagnostics = told.sorted()
    deliver.diagnostics(diagnostics, report_format)
    failed = any(one.severity is not Severity.NOTE for one in diagnostics)
    if report_format == "json":
        sys.stdout.write(run.diagnostics_document(diagnostics) + "\n")
    elif not failed and report_format == "text":
        sys.stdout.write(f"sound: {run.count(len(plugins), 'plugin version')}\n")
    return int(failed)


@click.command()
@options.root
@click.argument("names", nargs=-1, metavar="[NAME]...")
@values_file
@click.option("-v", "--verbose", is_flag=True, help="List every variant, and the order of each operation.")
@options.check_format
def test(root: str | None, names: tuple[str, ...], values: Path | None, verbose: bool, report_format: str) -> int:
    """Render a plugin in every way in which a group may choose it, and check what comes of it.

    Every topology with every runtime version; with the default one also stopped, with backups to each provider,
    without each component, and with optional templates that wait for a value. Exit code 1 where one of them fails.
    """
    space = Workspace.open(root)
    found = Collector()
    catalog = space.catalog(found)
    plugins = _chosen(catalog, names)
    given = _values(values)
    told = Collector()
    told.extend(_of_plugins(found.sorted(), plugins, catalog, space, named=bool(names)))
    rows: list[dict[str, Any]] = []
    for plugin in plugins:
        bench, wrong = try_out(catalog, plugin, space.cache)
        told.extend(wrong)
        if bench is not None:
            trials = [bench.tried(variant, given) for variant in bench.matrix()]
            told.extend(one for trial in trials for one in trial.diagnostics)
            told.extend(one for trial in _as_it_comes(trials) for one in bench.ordered(trial)[1])
            rows += _rows(bench, trials, verbose=verbose)
    diagnostics = told.sorted()
    deliver.diagnostics(diagnostics, report_format)
    if report_format == "json":
        import json

        document = {"trials": rows, "diagnostics": as_json(diagnostics)}
        sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
    elif report_format == "text":
        table.show(rows, ("plugin", "topology", "variant", "objects", "result") if verbose else
                   ("plugin", "topology", "variants", "objects", "result"), "table", kind="plugin")  # fmt: skip
        if verbose:
            sys.stdout.writelines(_order_lines(catalog, plugins, space))
    return int(told.failed)


def _chosen(catalog: Catalog, names: Sequence[str]) -> list[Plugin]:
    for name in names:
        if name not in catalog.plugins and ("Plugin", name) not in catalog.broken:
            from generator.yamlio.wording import choices

            hint = choices(name, catalog.plugins)
            raise click.UsageError(f"there is no plugin {name}" + (f": {hint}" if hint else ""))
    return [plugin for name, versions in catalog.plugins.items() if not names or name in names for plugin in versions]


def _of_plugins(
    found: Sequence[Diagnostic], plugins: Sequence[Plugin], catalog: Catalog, space: Workspace, *, named: bool
) -> Iterator[Diagnostic]:
    """What reading the repository had to say about these plugins; all of its plugins where none was named.

    A definition with mistakes is no plugin that one could name, so what is wrong with one is told in any case.
    """
    files = {plugin.place.file.path for plugin in plugins} | {text.file.path for text in catalog.files.values()}
    for one in found:
        path = one.primary.span.file.path if one.primary else ""
        inside = any(path == folder or path.startswith(f"{folder}/") for folder in space.settings.plugins)
        if path in files or (inside and (not named or one.severity is Severity.ERROR)):
            yield one


def _values(path: Path | None) -> dict[str, Value]:
    if path is None:
        return {}
    from generator.yamlio.load import decode, documents

    read = [one.value for one in documents(decode(path.name, path.read_bytes()))]
    if len(read) != 1 or not isinstance(read[0], dict):
        raise click.BadParameter("it must hold one map of values", param_hint="--values")
    return read[0]


def _as_it_comes(trials: Sequence[Trial]) -> Iterator[Trial]:
    """The first trial of each topology."""
    seen: set[str] = set()
    for trial in trials:
        if trial.variant.topology not in seen:
            seen.add(trial.variant.topology)
            yield trial


def _rows(bench: Bench, trials: Sequence[Trial], *, verbose: bool) -> list[dict[str, Any]]:
    title = f"{bench.plugin.name} {bench.plugin.version}"
    if verbose:
        return [
            {
                "plugin": title,
                "topology": trial.variant.topology,
                "variant": str(_short(trial.variant)),
                "objects": len(trial.resources),
                "result": _result([trial]),
            }
            for trial in trials
        ]
    rows = []
    for topology in bench.topologies():
        own = [trial for trial in trials if trial.variant.topology == topology]
        rows.append(
            {
                "plugin": title,
                "topology": topology,
                "variants": len(own),
                "objects": sum(len(trial.resources) for trial in own),
                "result": _result(own),
            }
        )
    return rows


def _short(variant: Variant) -> Variant:
    return replace(variant, topology="")


def _result(trials: Sequence[Trial]) -> str:
    failed = [trial for trial in trials if any(one.severity is Severity.ERROR for one in trial.diagnostics)]
    if not failed:
        return "sound"
    return "fails" if len(trials) == 1 else f"{len(failed)} fail{'s' * (len(failed) == 1)}: {failed[0].variant}"


def _order_lines(catalog: Catalog, plugins: Sequence[Plugin], space: Workspace) -> Iterator[str]:
    for plugin in plugins:
        bench, _ = try_out(catalog, plugin, space.cache)
        for topology in bench.topologies() if bench else ():
            assert bench is not None
            orders, _ = bench.ordered(bench.tried(bench.default(topology)))
            for operation, order in orders.items():
                title = " ".join(word for word in (plugin.name, plugin.version, topology) if word)
                yield f"{title}: {operation}: {stage_text(order)}\n"


__all__ = ["MADE_UP", "lint", "test"]
