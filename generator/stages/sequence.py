"""The wave of every object: its component's stage in the order of the operation at hand."""

from collections.abc import Sequence

from generator.diagnostics import Collector
from generator.model import order
from generator.model.order import Operation
from generator.model.plan import Plan
from generator.model.resource import Resource, ResourceId


def waves(
    resources: Sequence[Resource], plan: Plan, operation: Operation, found: Collector
) -> dict[ResourceId, int | None]:
    """Waves by identity; None where the order is empty. What would make the order a lie goes to *found*."""
    del found
    by_component = order.waves(plan.orders.of(operation), (one.name for one in plan.components))
    return {one.id: by_component[one.component] for one in resources}
