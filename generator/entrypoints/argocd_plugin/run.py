"""Rendering for Argo CD: from the variables and the folder that it starts a plugin with, to a stream of manifests."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Collector, Diagnostic
from generator.entrypoints.argocd_plugin.choose import Choice, chosen, environment_of, no_group
from generator.entrypoints.argocd_plugin.surroundings import Surroundings
from generator.entrypoints.stateless import Source
from generator.pipeline.narrow import Narrowed
from generator.stages.stream import objects, stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an Application is about, found out once."""

    source: Source
    said: Surroundings
    choice: Choice


def application(here: Path, said: Surroundings) -> Application:
    """The Application that Argo CD has started us for in the folder *here*. Raises DiagnosticError as `Source` does."""
    source = Source.around(here)
    return Application(source=source, said=said, choice=chosen(source, here, said))


def part_of(asked: Application, found: Collector) -> tuple[Narrowed, Mapping[str, str]]:
    """The definitions that the Application needs, and the environment of each of its groups.

    Raises:
        DiagnosticError: it does not say what it is about, or something that is not there.
    """
    if asked.choice.open:
        raise no_group(asked.source)
    part = asked.source.narrowed(asked.choice.wanted, found)
    if not part.groups and not found.failed:
        raise no_group(asked.source)
    return part, environment_of(part, asked.choice)


def manifests(asked: Application, found: Collector, *, allow_empty: bool) -> bytes:
    """The stream of the Application's bundles; what is wrong goes to *found*.

    Raises:
        DiagnosticError: as `part_of` does.
    """
    part, by_group = part_of(asked, found)
    result = asked.source.rendered(part, part.groups, set(by_group.values()), asked.said.given, found)
    mine = [one for one in result.outcomes if by_group.get(one.key.group) == one.key.environment]
    streamed = list(objects(mine))
    if not streamed and not found.failed and not allow_empty:
        found.add(
            Diagnostic(
                code="MW808",
                message=f"nothing is rendered for {', '.join(sorted(part.groups))}, "
                "and Argo CD would delete all that it has applied before",
                hint="where that is meant, give --allow-empty to mwgen cmp generate",
            )
        )
    return stream(streamed)
