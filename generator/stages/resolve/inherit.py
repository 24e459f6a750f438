"""What a group is after `extends`: the chain from its root base to itself, and the fields that result."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.model.group import EnvironmentRef, Group
from generator.model.values import Value
from generator.stages.merge import overlay
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices

Field = TypeVar("Field")
Teller = TypeVar("Teller", bound=Group | EnvironmentRef)


def chain(
    groups: Mapping[str, Group], group: Group, broken: Container[tuple[str, str]] = frozenset()
) -> tuple[Group, ...]:
    """The bases of *group*, the root first, and the group itself last.

    About a base that is *broken*, there is nothing left to say.

    Raises:
        DiagnosticError: a base that is not there, one that is not abstract, or a cycle.
    """
    found = [group]
    while found[-1].extends:
        child = found[-1]
        base = groups.get(child.extends)
        if base is None and ("Group", child.extends) in broken:
            raise DiagnosticError
        if base is None:
            raise _no_base(groups, child)
        if base in found:
            raise _circle(found[found.index(base) :])
        found.append(base)
    for child, base in pairwise(found):
        if not base.abstract:
            raise _not_abstract(child, base)
    return tuple(reversed(found))


def _no_base(groups: Mapping[str, Group], child: Group) -> DiagnosticError:
    bases = (one.name for one in groups.values() if one.abstract)
    return DiagnosticError(
        Diagnostic(
            code="MW301",
            message=f'group {child.name} extends "{child.extends}", which is not there',
            primary=Label(_extends(child).span()),
            hint=choices(child.extends, bases) or "define the base, with spec.abstract: true",
        )
    )


def _circle(members: Sequence[Group]) -> DiagnosticError:
    """The same for each member, told from the first in the alphabet: so it is reported once."""
    first = min(range(len(members)), key=lambda number: members[number].name)
    ordered = [*members[first:], *members[:first]]
    return DiagnosticError(
        Diagnostic(
            code="MW302",
            message=f"extends goes round in a circle: {' → '.join(one.name for one in [*ordered, ordered[0]])}",
            primary=Label(_extends(ordered[0]).span()),
            secondary=tuple(Label(_extends(one).span(), f"{one.name} extends {one.extends}") for one in ordered[1:]),
            hint="let one of them stand without extends",
        )
    )


def _not_abstract(child: Group, base: Group) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(
            code="MW303",
            message=f'group {child.name} extends "{base.name}", which is not abstract',
            primary=Label(_extends(child).span()),
            secondary=(Label((base.place / "metadata" / "name").span(), "this group is rendered itself"),),
            hint="move what both share into a group with spec.abstract: true, and extend that",
        )
    )


def _extends(group: Group) -> Place:
    return group.place / "spec" / "extends"


def last(groups: Sequence[Group], pick: Callable[[Group], Field | None]) -> Field | None:
    """The field as the nearest group of the chain sets it."""
    return next((value for value in map(pick, reversed(groups)) if value), None)


def merged_setting(tellers: Sequence[Teller], pick: Callable[[Teller], Mapping[str, Value]]) -> Mapping[str, Value]:
    """A map that bases and group fill together, the nearest entries winning."""
    result: Mapping[str, Value] = {}
    for one in tellers:
        result = overlay(result, pick(one))
    return result


def tellers(groups: Sequence[Group], environment: str) -> Iterator[Group | EnvironmentRef]:
    """Whoever has something to say, from far to near: each group of the chain, then its entry for *environment*."""
    for group in groups:
        yield group
        yield from (entry for entry in group.environments or () if entry.name == environment)


def depends(groups: Sequence[Group]) -> Group:
    """The nearest group of the chain that says what it depends on; the group itself, where none does."""
    return next((one for one in reversed(groups) if one.depends_on is not None), groups[-1])


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
