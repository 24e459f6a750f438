"""Objects that vanish from a bundle: losses that nobody asked for, and losses of what cannot be made again.

A target prunes what a bundle no longer holds. So a template that renders nothing by mistake deletes things, and a
renamed claim is an empty claim.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from generator.model.bundle import LockedObject
from generator.model.finding import Finding
from generator.model.losses import loss_of
from generator.model.resource import ResourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A change in the source that explains why objects leave a bundle."""

    reason: str
    """What people read, such as `component exporter is disabled`."""

    component: str = ""
    """It explains the loss of this component's objects only; empty: of any."""

    kinds: frozenset[tuple[str, str]] = frozenset()
    """It explains the loss of these groups and kinds only; empty: of any."""

    def explains(self, lost: LockedObject) -> bool:
        """Whether the object may have left because of this."""
        return self.component in {"", lost.component} and (not self.kinds or lost.id[:2] in self.kinds)


def findings(
    old: Iterable[LockedObject], new: Collection[ResourceId], causes: Sequence[Cause] = ()
) -> tuple[Finding, ...]:
    """What must not vanish unasked when a bundle that held *old* holds *new*, in the order of *old*.

    A dangerous loss is found whatever its cause; any other only if no cause explains it.
    """
    lost = [entry for entry in old if entry.id not in new]
    added = set(new) - {entry.id for entry in old}
    found = (_finding(entry, added, [cause for cause in causes if cause.explains(entry)]) for entry in lost)
    return tuple(one for one in found if one is not None)


def _finding(lost: LockedObject, added: Collection[ResourceId], causes: Sequence[Cause]) -> Finding | None:
    id_ = lost.id
    loss = loss_of(id_.group, id_.kind)
    if loss is None and causes:
        return None
    why = causes[0].reason if causes else "nothing in the source says why"
    renamed = sorted(other for other in added if other[:2] == id_[:2])
    hint = "a template that renders nothing by mistake looks like this"
    if renamed:
        others = ", ".join("/".join(filter(None, (other.namespace, other.name))) for other in renamed)
        hint = f"{others} is new: to rename an object is to delete it and to make an empty one"
    elif loss is not None:
        hint = "save what must be kept before this is applied"
    return Finding(
        code="MW602" if loss is None else "MW603",
        id=id_,
        message=f"{id_.kind} {id_.name} leaves the bundle ({why})" + (f": {loss}" if loss else ""),
        hint=hint,
    )
