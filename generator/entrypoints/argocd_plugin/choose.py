"""Which groups, in which environment, an Application is about: what it says, else where its path leads.

A path below a folder of groups means what the files there define; a path below the output folder means the bundle that
it is, or is in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.entrypoints.argocd_plugin.surroundings import Surroundings
from generator.entrypoints.stateless import Source
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.pipeline.narrow import Narrowed, Wanted
from generator.stages.resolve.inherit import chain, environments
from generator.yamlio.wording import choices

_MOST_LISTED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the Application's words and its path say; either may leave things open."""

    wanted: Wanted
    environment: str = ""

    @property
    def open(self) -> bool:
        """Whether neither says which group."""
        return not self.wanted.names and self.wanted.below is None


def chosen(source: Source, here: Path, said: Surroundings) -> Choice:
    """What is to be rendered, as far as it can be told without reading definitions."""
    parts = here.relative_to(source.root).parts
    path = "/".join(parts)
    out = source.settings.out.split("/")
    bundle = parts[len(out) :] if list(parts[: len(out)]) == out else ()
    environment = said.environment or (bundle[0] if bundle else "")
    if said.group:
        return Choice(wanted=Wanted((said.group,)), environment=environment)
    if len(bundle) > 1:
        return Choice(wanted=Wanted((bundle[1],)), environment=environment)
    if any(path == folder or path.startswith(f"{folder}/") for folder in source.settings.groups):
        return Choice(wanted=Wanted(below=path), environment=environment)
    return Choice(wanted=Wanted(), environment=environment)


def no_group(source: Source) -> DiagnosticError:
    """Nobody says which group."""
    folders = " or ".join(f"{folder}/" for folder in source.settings.groups)
    return DiagnosticError(
        Diagnostic(
            code="MW806",
            message="the Application does not say which group it is about",
            hint="set the plugin's parameter group, or GROUP in plugin.env, "
            f"or let source.path lead to the group's folder below {folders}",
        )
    )


def environment_of(part: Narrowed, choice: Choice) -> Mapping[str, str]:
    """The environment of each group.

    Raises:
        DiagnosticError: a group goes to several and none is chosen, or not to the chosen one.
    """
    return {
        name: _environment(part.catalog, part.catalog.groups[name], choice.environment)
        for name in sorted(part.groups)
        if name in part.catalog.groups
    }


def _environment(catalog: Catalog, group: Group, wanted: str) -> str:
    if group.abstract:
        raise _refused(group, f"group {group.name} is abstract: it is there to be extended", "choose a group that is")
    known = environments(chain(catalog.groups, group, catalog.broken))
    if wanted and wanted not in known:
        raise _refused(
            group,
            f'group {group.name} does not go to the environment "{wanted}"',
            choices(wanted, known) or f"it goes to {', '.join(known[:_MOST_LISTED])}",
        )
    if not wanted and len(known) > 1:
        raise _refused(
            group,
            f"group {group.name} goes to several environments ({', '.join(known[:_MOST_LISTED])}), and the "
            "Application does not say which",
            "set the plugin's parameter environment, or ENVIRONMENT in plugin.env",
        )
    return wanted or known[0]


def _refused(group: Group, message: str, hint: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(code="MW807", message=message, primary=Label((group.place / "metadata" / "name").span()), hint=hint)
    )
