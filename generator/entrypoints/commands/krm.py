"""`mwgen krm`: a KRM function for Kustomize and kpt, and a legacy generator plugin for Kustomize."""

import sys
from dataclasses import replace
from pathlib import Path

import click

from generator.diagnostics import Collector
from generator.entrypoints.krm_function import run
from generator.entrypoints.krm_function.resource_list import ResourceList, read
from generator.entrypoints.krm_function.results import results
from generator.entrypoints.report.compact import fault, lines
from generator.entrypoints.stdout import emit
from generator.stages.stream import stream


@click.command()
@click.option(
    "--legacy",
    "config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Be a legacy generator plugin: take the configuration from FILE and print the manifests.",
)
def krm(config: Path | None) -> int:
    """Be a KRM function for Kustomize and kpt.

    Reads a ResourceList from standard input and writes it with the bundles that its functionConfig (a MwgenGenerator,
    or a ConfigMap) asks for. What an earlier run has made is replaced, everything else stays as it is. Where anything
    is wrong, the list comes back as it was, with results that say what, and the exit code is 1.
    """
    found = Collector()
    try:
        answer = _stream(config, found) if config else _function(found)
    except Exception as error:  # noqa: BLE001 - our own fault, in a window too small for its traceback
        sys.stderr.write(fault(error) + "\n")
        return 3
    if answer is not None:
        emit(answer)
    if found.failed or answer is None:
        sys.stderr.write("\n".join(lines(found.sorted())) + "\n")
        return 1
    return 0


def _stream(config: Path, found: Collector) -> bytes | None:
    """The manifests that the configuration in a file asks for; None where anything is wrong."""
    return found.attempt(lambda: stream(run.rendered(run.legacy(config, Path.cwd()), found)))


def _function(found: Collector) -> bytes | None:
    """The list to answer with; None where none was asked for."""
    listed = found.attempt(lambda: read(_stdin()))
    if listed is None:
        return None
    call = found.attempt(lambda: run.function(listed, Path.cwd()))
    done: ResourceList | None = found.attempt(lambda: _done(listed, call, found)) if call else None
    told = results(found.sorted(), call.indexes if call else {}, listed.config)
    return (listed if done is None or found.failed else done).with_results(told).dump()


def _done(listed: ResourceList, call: run.Function, found: Collector) -> ResourceList:
    made = run.rendered(call, found)
    return replace(listed, items=run.merged(listed.items, made, call.config))


def _stdin() -> bytes:
    buffer = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read().encode() if buffer is None else bytes(buffer.read())
