"""The wave of every object: its component's stage in the order of the operation at hand."""

from collections.abc import Sequence

from generator.diagnostics import Collector, Label
from generator.model import order
from generator.model.bundle import Lock
from generator.model.plan import Plan
from generator.model.resource import Resource, ResourceId
from generator.stages import order_checks
from generator.stages.operate import Decision


def waves(
    resources: Sequence[Resource], plan: Plan, decision: Decision, lock: Lock | None, found: Collector | None
) -> dict[ResourceId, int | None]:
    """Waves by identity; None where the order is empty. What would make the order a lie goes to *found*, if wanted.

    A bundle whose content and order are as they were keeps its waves, whatever they were mended to then.
    """
    stages = plan.orders.of(decision.operation)
    if lock and not decision.changed and decision.operation is lock.operation and stages == lock.order:
        return {entry.id: entry.wave for entry in lock.objects}
    by_component = order.waves(stages, (one.name for one in plan.components))
    checked = order_checks.checked(
        resources,
        {one.id: by_component[one.component] for one in resources},
        plan.environment.storage_classes,
        {entry.id for entry in lock.objects} if lock else (),
        plan.environment.target,
    )
    if found is None or not checked.findings:
        return checked.waves
    place = Label((plan.place / "metadata" / "name").span())
    found.extend(finding.diagnostic(primary=place, subject=str(plan.key)) for finding in checked.findings)
    return checked.waves
