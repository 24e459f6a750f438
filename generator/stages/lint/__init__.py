"""What a plugin's author should know before anybody uses the plugin.

Rules take a plugin as it is defined and as it renders for made-up groups; none changes anything. What is wrong by
itself (a field, a reference, an object that a cluster refuses) is found on the way by those who find it anyway.
"""

from collections.abc import Iterator

from generator.diagnostics import Diagnostic
from generator.stages.lint import commands, definition, network, objects, templates
from generator.stages.lint.subject import Rule, Subject, Tried

__all__ = ["RULES", "Subject", "Tried", "findings"]

RULES: dict[str, Rule] = {
    "images": definition.images,
    "versions": definition.versions,
    "alerts": definition.alerts,
    "backup": definition.backup,
    "roles": commands.roles,
    "failover": commands.failover,
    "aliases": templates.aliases,
    "reloadable": templates.reloadable,
    "rendered images": objects.images,
    "health": objects.health,
    "foreign programs": objects.foreign_programs,
    "shared claims": objects.shared_claims,
    "mounts": objects.mounts,
    "metrics let through": network.metrics,
}
"""By name."""


def findings(subject: Subject) -> Iterator[Diagnostic]:
    """What all rules have to say."""
    for rule in RULES.values():
        yield from rule(subject)
