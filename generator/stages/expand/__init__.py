"""What a plugin's specification means besides its templates: its monitoring becomes objects of the bundle, too.

Between rendering and transforming: what is made here gets the group's labels, patches, waves and hashes like anything
that a template renders, and stops with the group.
"""

from collections.abc import Sequence

from generator.diagnostics import Collector
from generator.model.resource import Resource
from generator.stages.expand import backup, exporter, failover, monitoring
from generator.stages.expand.expansion import Expansion


def expanded(rendered: Sequence[Resource], of: Expansion, found: Collector) -> tuple[Resource, ...]:
    """The rendered objects, and those that the plugin's specification asks for besides; notes go to *found*.

    Raises:
        DiagnosticError: every mistake, at the plugin's or the group's line.
    """
    mistakes = Collector()
    resources = mistakes.attempt(lambda: exporter.attached(rendered, of)) or tuple(rendered)
    resources = failover.attached(resources, of)
    resources += tuple(mistakes.attempt(lambda: tuple(failover.objects(resources, of))) or ())
    resources += tuple(mistakes.attempt(lambda: tuple(backup.objects(resources, of, found))) or ())
    mistakes.extend(monitoring.unknown_alerts(of))
    if monitoring.wanted(of, found):
        resources += tuple(monitoring.objects(resources, of, mistakes))
    mistakes.raise_errors()
    return resources
