"""What happens to rendered objects before they are written, in order, on one page.

Each step takes the objects of a bundle and gives new ones; none changes what it was given.
"""

from collections.abc import Sequence

from generator.model.plan import Plan
from generator.model.resource import Resource
from generator.stages.fingerprint import Fingerprint
from generator.stages.transform import labels, patches


def transformed(resources: Sequence[Resource], plan: Plan, hashes: Fingerprint) -> tuple[Resource, ...]:
    """Labels, the group's patches, what `Stopped` means, checksums on pod templates, and hashes last.

    Raises:
        DiagnosticError: a patch that fits nothing or cannot be applied.
    """
    result = patches.apply([labels.labelled(one, plan) for one in resources], plan.patches)
    return tuple(labels.hashed(one, hashes) for one in result)
