"""Operations, orders and stages: what a change does to a group, and in which steps its components take it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Operation(StrEnum):
    """What a change does to a group."""

    PROVISION = "provision"
    UPDATE = "update"
    UPGRADE = "upgrade"
    STOP = "stop"
    DELETE = "delete"


Stage: TypeAlias = tuple[str, ...]
"""One step of an order: the components that run at once."""

Order: TypeAlias = tuple[Stage, ...]
"""Stages, one after the other. Empty: everything at once, and no waves at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """The order of each operation; an operation that is not named runs everything at once."""

    by_operation: Mapping[Operation, Order] = field(default_factory=dict)

    def of(self, operation: Operation) -> Order:
        """The order for *operation*. Deletion without an order of its own reverses `provision`."""
        found = self.by_operation.get(operation)
        if found is None and operation is Operation.DELETE:
            return tuple(reversed(self.of(Operation.PROVISION)))
        return found or ()

    def components(self) -> tuple[str, ...]:
        """Every component that an order names, in the order of their first appearance."""
        named = (name for order in self.by_operation.values() for stage in order for name in stage)
        return tuple(dict.fromkeys(named))


def waves(order: Order, components: Iterable[str]) -> dict[str, int | None]:
    """The wave of each of *components*: its stage's number from 0, or None where the order is empty.

    A component that the order leaves out joins the last stage; whoever decodes a plugin warns about that.
    """
    if not order:
        return dict.fromkeys(components)
    numbers = {name: number for number, stage in enumerate(order) for name in stage}
    return {name: numbers.get(name, len(order) - 1) for name in components}


def stage_text(order: Order) -> str:
    """An order for people: `storage → compute, sentinel → exporter`."""
    return " → ".join(", ".join(stage) for stage in order) if order else "all at once"
