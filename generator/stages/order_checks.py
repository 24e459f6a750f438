"""What makes an order a lie: waves that wait for nothing, for ever, or for what cannot come.

A target applies a wave when the one before is healthy; the last wave is not waited for. Argo CD goes by health checks
of its own, Flux by kstatus, and whoever applies plain files waits for nothing. Two things are mended, all else is
reported: a claim that binds only with its first consumer joins the consumer's wave, and a suspended Job goes
to the last wave, since a sync would wait for it for ever.

What the cluster has already (by the lock) holds up nobody: its claims are bound, its configuration is there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.diagnostics import Severity
from generator.model import kinds
from generator.model.finding import Finding
from generator.model.references import Reference, references
from generator.model.resource import Resource, ResourceId, annotations_of

SYNC_WAVE = "argocd.argoproj.io/sync-wave"
_HOOK_WEIGHT = "helm.sh/hook-weight"
_HOOKS = ("argocd.argoproj.io/hook", "helm.sh/hook")
_CLAIM = ("", "PersistentVolumeClaim")
_JOB = ("batch", "Job")

Waves = Mapping[ResourceId, int | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """An order that has been looked at."""

    waves: dict[ResourceId, int | None]
    """The waves, mended."""

    findings: tuple[Finding, ...]


def checked(
    resources: Sequence[Resource],
    waves: Waves,
    storage_classes: Mapping[str, str],
    existing: Collection[ResourceId] = (),
    target: str = "argocd",
) -> Checked:
    """The *waves* of a bundle, mended where they can be, and what is wrong with them where *target* applies them.

    *waves* has every object; None throughout where the order is empty. *storage_classes* says of each class what the
    environment declares: `WaitForFirstConsumer` or `Immediate`. *existing* are the objects that are there already.
    """
    mended = dict(waves)
    found: list[Finding] = []
    numbers = [wave for wave in waves.values() if wave is not None]
    if numbers:
        last = max(numbers)
        waiting = [*_claims(resources, mended, last, storage_classes, existing)]
        for resource in resources:
            if (mended[resource.id] or 0) < last:
                waiting += _suspended(resource, mended, last, target)
                waiting += _ungated(resource) if target == "argocd" else ()
        waiting += _needs(resources, mended, existing)
        found += waiting if target != "plain" else ()
    for resource in resources:
        found += _smuggled(resource, mended[resource.id], target)
    return Checked(mended, tuple(found))


# --- claims


def _claims(
    resources: Sequence[Resource],
    waves: dict[ResourceId, int | None],
    last: int,
    storage_classes: Mapping[str, str],
    existing: Collection[ResourceId],
) -> Iterator[Finding]:
    """Claims that would be waited for before anything can bind them."""
    for claim in resources:
        wave = waves[claim.id]
        if claim.id[:2] != _CLAIM or claim.id in existing or wave is None or wave == last or _is_bound_by_hand(claim):
            continue
        consumers = [waves[one.id] or 0 for one in resources if _starts_pods(one) and claim.id in _uses(one)]
        if consumers and min(consumers) <= wave:
            continue
        name = _spec(claim).get("storageClassName")
        binding = storage_classes.get(name, "") if isinstance(name, str) else ""
        if binding == "WaitForFirstConsumer":
            if consumers:
                waves[claim.id] = min(consumers)
            else:
                yield _unconsumed(claim, wave)
        elif binding != "Immediate" and consumers:
            yield _unknown_class(claim, wave, name)


def _is_bound_by_hand(claim: Resource) -> bool:
    """Whether it names its volume, or, with an empty class, takes one that somebody made: both bind at once."""
    spec = _spec(claim)
    return bool(spec.get("volumeName")) or spec.get("storageClassName") == ""


def _unconsumed(claim: Resource, wave: int) -> Finding:
    return Finding(
        code="MW532",
        id=claim.id,
        field="spec.storageClassName",
        message=f"claim {claim.id.name} in wave {wave} is waited for, but nothing in the bundle mounts it, and its "
        "storage class binds on first use only: the next wave never comes",
        hint="put it into the last stage of the order, or into the component of the pods that mount it",
        severity=Severity.WARNING,
    )


def _unknown_class(claim: Resource, wave: int, name: object) -> Finding:
    if isinstance(name, str):
        what = f"storage class {name}"
        hint = f"declare it in the environment: storageClasses: {{{name}: WaitForFirstConsumer}}, or Immediate"
    else:
        what = "the cluster's default storage class"
        hint = "name a class in spec.storageClassName, and declare it in the environment's storageClasses"
    return Finding(
        code="MW533",
        id=claim.id,
        field="spec.storageClassName",
        message=f"claim {claim.id.name} stands in wave {wave}, before the pods that mount it: if {what} binds on "
        "first use, that wave is never healthy and the pods never come",
        hint=hint,
        severity=Severity.WARNING,
    )


# --- waves that are waited for in vain, or not at all

_PAUSES = ("pause", "paused", "suspend", "suspended")
_PAUSING_ANNOTATIONS = {
    "autoscaling.keda.sh/paused": ("true",),
    "cnpg.io/hibernation": ("on",),
    "cnpg.io/reconciliationLoop": ("disabled",),
}


def _suspended(resource: Resource, waves: dict[ResourceId, int | None], last: int, target: str) -> Iterator[Finding]:
    """An object in an early wave that Argo CD calls Suspended, which is neither healthy nor failed.

    To Flux a paused Deployment is in progress; what it makes of a custom resource depends on its operator.
    """
    if not kinds.may_be_suspended(resource.id.group, resource.id.kind):
        return
    spec = _spec(resource)
    annotations = annotations_of(resource.body)
    paused = any(spec.get(name) is True for name in _PAUSES) or any(
        annotations.get(name) in values for name, values in _PAUSING_ANNOTATIONS.items()
    )
    if resource.id[:2] == ("rabbitmq.com", "RabbitmqCluster"):
        paused = paused or spec.get("replicas") == 0
    if not paused:
        return
    wave, name = waves[resource.id], f"{resource.id.kind} {resource.id.name}"
    if resource.id[:2] == _JOB:
        waves[resource.id] = last
        return
    if target != "argocd" and resource.id[:2] != ("apps", "Deployment"):
        return
    why = "Argo CD calls it Suspended and waits for it for ever"
    yield Finding(
        code="MW534",
        id=resource.id,
        message=f"{name} is paused in wave {wave}: "
        + (why if target == "argocd" else "Flux waits for it in vain, and what comes later never comes"),
        hint="put its component into the last stage of this order, or do not pause it",
        severity=Severity.WARNING,
    )


def _ungated(resource: Resource) -> Iterator[Finding]:
    """A custom resource in an early wave that nothing waits for, though something will run because of it.

    Built-in kinds without a health check (ConfigMaps, roles, policies) are ready as soon as they are there.
    """
    group, kind = resource.id[:2]
    if kinds.is_built_in(group, kind) or kinds.has_health_check(group, kind) or kinds.runs_nothing(group, kind):
        return
    yield Finding(
        code="MW531",
        id=resource.id,
        message=f"nothing waits for {kind} {resource.id.name}: Argo CD has no health check for {group}/{kind}, "
        "so the next wave starts at once",
        hint="add a health check for the kind to Argo CD (resource.customizations.health), or do not rely on the order",
        severity=Severity.WARNING,
    )


# --- pods that cannot start


def _needs(resources: Sequence[Resource], waves: Waves, existing: Collection[ResourceId]) -> Iterator[Finding]:
    """Workloads whose pods need an object of a later wave, which never comes: the pods are waited for."""
    later = {one.id: waves[one.id] or 0 for one in resources if one.id not in existing}
    for workload in resources:
        wave = waves[workload.id] or 0
        for id_ in _uses(workload) if _starts_pods(workload) and _spec(workload).get("replicas") != 0 else ():
            if later.get(id_, wave) > wave:
                yield Finding(
                    code="MW536",
                    id=workload.id,
                    message=f"the pods of {workload.id.kind} {workload.id.name} in wave {wave} need {id_.kind} "
                    f"{id_.name}, which comes in wave {later[id_]}: neither gets any further",
                    hint=f"put {id_.kind} {id_.name} into the same component, or into one of an earlier stage",
                )


def _starts_pods(resource: Resource) -> bool:
    """Whether pods start when the object is applied; a CronJob's start when their time has come."""
    path = kinds.pod_template_path(resource.id.group, resource.id.kind)
    return path is not None and not resource.id.kind.endswith("CronJob")


def _uses(workload: Resource) -> Iterable[ResourceId]:
    """The objects that the workload's pods cannot start without."""
    template = kinds.pod_template(workload.body)
    found: tuple[Reference, ...] = references(template) if template is not None else ()
    return [ResourceId("", one.kind, workload.id.namespace, one.name) for one in found if not one.optional]


# --- waves that templates bring along


def _smuggled(resource: Resource, wave: int | None, target: str) -> Iterator[Finding]:
    """Annotations of the template that order what the plugin's orders are to order."""
    id_, annotations = resource.id, annotations_of(resource.body)
    name, read = f"{id_.kind} {id_.name}", target == "argocd"
    if SYNC_WAVE in annotations:
        message = f"the template gives {name} a wave of its own" + ("" if read else ", which Argo CD alone reads")
        yield _in_template(id_, SYNC_WAVE, message, Severity.WARNING if read else Severity.NOTE)
    elif _HOOK_WEIGHT in annotations and wave is None and read:
        message = f"the template gives {name} a Helm hook weight, which Argo CD takes for its wave"
        yield _in_template(id_, _HOOK_WEIGHT, message, Severity.WARNING)
    for hook in _HOOKS:
        if hook in annotations:
            what = "it is applied before or after all waves, whatever its component's is"
            if not read:
                what = "only Argo CD and Helm know these, and it is applied with its component, once"
            yield _in_template(id_, hook, f"{name} is a hook: {what}", Severity.NOTE)
    template = None if resource.id.kind == "Pod" else kinds.pod_template(resource.body)
    for annotation in (SYNC_WAVE, _HOOK_WEIGHT):
        if template is not None and annotation in annotations_of(template):
            message = f"the pod template of {name} has a wave: it orders nothing, and restarts the pods when it changes"
            yield _in_template(id_, annotation, message, Severity.WARNING)


def _in_template(id_: ResourceId, annotation: str, message: str, severity: Severity) -> Finding:
    hint = f"take {annotation} out of the template: the plugin's orders give the waves"
    return Finding(code="MW535", id=id_, field=annotation, message=message, hint=hint, severity=severity)


def _spec(resource: Resource) -> Mapping[str, object]:
    spec = resource.body.get("spec")
    return spec if isinstance(spec, dict) else {}
