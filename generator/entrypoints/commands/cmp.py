"""`mwgen cmp`: what a config management plugin of Argo CD runs."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from generator.diagnostics import Collector
from generator.entrypoints.argocd_plugin.run import Application, application, manifests, part_of
from generator.entrypoints.argocd_plugin.surroundings import Surroundings, surroundings
from generator.entrypoints.report.compact import fault, lines
from generator.entrypoints.stdout import emit


@click.group()
def cmp() -> None:
    """Be a config management plugin of Argo CD.

    Argo CD runs these commands in the folder of an Application, and tells them in environment variables what it is
    about. Standard output has the result and nothing else, and only where everything is sound; standard error has a
    line for each mistake.
    """


@cmp.command()
@click.option("--allow-empty", is_flag=True, help="Let a group render to nothing: Argo CD then deletes what it had.")
def generate(*, allow_empty: bool) -> int:
    """Print the manifests of the Application's group.

    The group and its environment come from the plugin's parameters, its `env`, or the Application's path. Every other
    parameter is a value, above all that the source says: `values.PATH`, or `components.NAME.values.PATH`.
    """
    return _answer(lambda asked, found: manifests(asked, found, allow_empty=allow_empty))


@cmp.command()
def parameters() -> int:
    """Announce the parameters that an Application can set, with their defaults and where those come from."""
    from generator.entrypoints.argocd_plugin.announce import announcement

    def listed(asked: Application, found: Collector) -> bytes:
        return json.dumps(announcement(asked, found), ensure_ascii=False, indent=1).encode() + b"\n"

    return _answer(listed)


@cmp.command()
def init() -> int:
    """Check that the Application's group can be found, with its plugin and environment; print nothing.

    `generate` finds everything that this finds, and more. It costs one more start, so the plugin that comes with mwgen
    does without.
    """
    from generator.stages.resolve import Resolver

    def checked(asked: Application, found: Collector) -> bytes:
        part, _ = part_of(asked, found)
        groups = [part.catalog.groups[name] for name in sorted(part.groups) if name in part.catalog.groups]
        Resolver(part.catalog, asked.source.output.lock, found, asked.said.given).plans(groups)
        return b""

    return _answer(checked)


def _answer(work: Callable[[Application, Collector], bytes]) -> int:
    """Print what *work* answers, or else what is wrong, and never a part of the one or nothing of the other."""
    found = Collector()
    said = surroundings(os.environ, found)
    try:
        answer = found.attempt(lambda: _sound(work, said, found))
    except Exception as error:  # noqa: BLE001 - our own fault, in a window too small for its traceback
        sys.stderr.write(fault(error, said.secrets) + "\n")
        return 3
    if answer is None:
        sys.stderr.write("\n".join(lines(found.sorted(), said.secrets)) + "\n")
        return 1
    emit(answer)
    return 0


def _sound(work: Callable[[Application, Collector], bytes], said: Surroundings, found: Collector) -> bytes:
    found.raise_errors()  # while it is not clear what is asked for, nothing else is worth saying
    answer = work(application(Path.cwd(), said), found)
    found.raise_errors()
    return answer
