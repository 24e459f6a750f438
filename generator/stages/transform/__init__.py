"""What happens to rendered objects before they are written, in order, on one page.

Each step takes the objects of a bundle and gives new ones; none changes what it was given.
"""

from collections.abc import Sequence

from generator.diagnostics import Collector, Label
from generator.model.group import State
from generator.model.plan import Plan
from generator.model.resource import Resource
from generator.stages.fingerprint import Fingerprint
from generator.stages.transform import checksums, labels, patches, stop

RELOAD = "configReload"
"""The capability to take up configuration without a restart."""


def transformed(
    resources: Sequence[Resource], plan: Plan, hashes: Fingerprint, found: Collector
) -> tuple[Resource, ...]:
    """The group's labels, its patches, what `Stopped` means, checksums on pod templates, and hashes last.

    What goes on running although the group is stopped goes to *found*.

    Raises:
        DiagnosticError: a patch that fits nothing or cannot be applied.
    """
    result: Sequence[Resource] = [labels.labelled(one, plan) for one in resources]
    result = patches.apply(result, plan.patches)
    if plan.state is State.STOPPED:
        stopped = stop.stopped(result)
        place = Label((plan.place / "spec").span(key=True))
        found.extend(note.diagnostic(primary=place, subject=str(plan.key)) for note in stopped.notes)
        result = stopped.resources
    dynamic = plan.plugin.dynamic_config if plan.plugin.can(RELOAD) else ()
    result = checksums.checksummed(result, dynamic)
    return tuple(labels.hashed(one, hashes) for one in result)
