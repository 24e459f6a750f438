"""Backup becomes scripts, a CronJob that saves and uploads, and a suspended CronJob that brings data back.

Nothing here knows a date: the job takes it when it runs. No credential is ever written: the destination names a Secret.
"""

from collections.abc import Iterator, Sequence

from generator.diagnostics import Collector
from generator.model.resource import Resource
from generator.stages.expand.backup import wish
from generator.stages.expand.expansion import Expansion
from generator.stages.expand.failover import first_component


def objects(resources: Sequence[Resource], of: Expansion, notes: Collector) -> Iterator[Resource]:
    """What a group's backup asks for; nothing where it is not enabled. Warnings go to *notes*.

    Raises:
        DiagnosticError: what is missing in the group, or what the plugin cannot do.
    """
    found = wish.read(of)
    if found is None:
        return
    from generator.stages.expand.backup import jobs, scripts

    notes.extend(wish.notes(found, of))
    component = found.plugin.component or first_component(resources)
    if component not in {one.name for one in of.plan.components if one.enabled}:
        return
    workload = jobs.workload(resources, component)
    mounted = jobs.data_volume(workload, component, of) if workload else None
    wish.check_volume(found, mounted, of)
    texts = scripts.texts(found, component, of)
    name = of.plan.key.group
    yield of.resource(("v1", "ConfigMap"), f"{name}-{scripts.SUFFIX}", component, found.plugin.place, data=texts)
    yield from jobs.made(found, component, workload, mounted, of, can_restore="restore.sh" in texts)
