"""What a group is after `extends`: the chain from its root base to itself, and the fields that result."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.model.group import EnvironmentRef, Group
from generator.model.values import Value
from generator.stages.merge import overlay
from generator.yamlio.wording import choices

Field = TypeVar("Field")


def chain(groups: Mapping[str, Group], group: Group) -> tuple[Group, ...]:
    """The bases of *group*, the root first, and the group itself last.

    Raises:
        DiagnosticError: a base that is not there, one that is not abstract, or a cycle.
    """
    found = [group]
    names = [group.name]
    while found[-1].extends:
        child = found[-1]
        base = groups.get(child.extends)
        place = child.place / "spec" / "extends"
        if base is None:
            bases = (one.name for one in groups.values() if one.abstract)
            raise DiagnosticError(
                Diagnostic(
                    code="MW301",
                    message=f"group {child.name} extends {child.extends!r}, which is not there",
                    primary=Label(place.span()),
                    hint=choices(child.extends, bases) or "define the base, with spec.abstract: true",
                )
            )
        if base.name in names:
            round_trip = " → ".join([*names[names.index(base.name) :], base.name])
            raise DiagnosticError(
                Diagnostic(
                    code="MW302",
                    message=f"extends goes round in a circle: {round_trip}",
                    primary=Label(place.span()),
                    secondary=tuple(
                        Label(
                            (other.place / "spec" / "extends").span(),
                            f"{other.name} extends {other.extends}",
                        )
                        for other in found[:-1]
                    ),
                    hint="let one of them stand without extends",
                )
            )
        if not base.abstract:
            raise DiagnosticError(
                Diagnostic(
                    code="MW303",
                    message=f"group {child.name} extends {base.name!r}, which is not abstract",
                    primary=Label(place.span()),
                    secondary=(Label((base.place / "metadata" / "name").span(), "this group is rendered itself"),),
                    hint="move what both share into a group with spec.abstract: true, and extend that",
                )
            )
        found.append(base)
        names.append(base.name)
    return tuple(reversed(found))


def last(groups: Sequence[Group], pick: Callable[[Group], Field | None]) -> Field | None:
    """The field as the nearest group of the chain sets it."""
    return next((value for value in map(pick, reversed(groups)) if value), None)


def merged_setting(groups: Sequence[Group], pick: Callable[[Group], Mapping[str, Value]]) -> Mapping[str, Value]:
    """A map that bases and group fill together, the group's own entries winning."""
    result: Mapping[str, Value] = {}
    for group in groups:
        result = overlay(result, pick(group))
    return result


def environments(groups: Sequence[Group]) -> tuple[str, ...]:
    """Where the group goes: the nearest list of the chain, or the environment `default`."""
    listed = next((group.environments for group in reversed(groups) if group.environments is not None), None)
    return tuple(entry.name for entry in listed) if listed else ("default",)


def entries(groups: Sequence[Group], environment: str) -> Iterator[tuple[Group, EnvironmentRef]]:
    """What the groups of the chain, root first, say about *environment*."""
    for group in groups:
        for entry in group.environments or ():
            if entry.name == environment:
                yield group, entry
