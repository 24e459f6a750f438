"""The guards, asked about one bundle: what would be lost, what a cluster would refuse, what must not change."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.diagnostics import Diagnostic, Label, Severity
from generator.model.bundle import BundleKey, Lock
from generator.model.finding import Finding
from generator.model.group import DeletionPolicy, State
from generator.model.plan import ComponentPlan, Plan
from generator.model.values import Object, Pointer, at, dotted
from generator.stages.assemble import ObjectFile
from generator.stages.guard import handover, immutable, shrink
from generator.stages.guard.shrink import Cause
from generator.stages.transform.stop import LEAVING
from generator.stages.validate import acknowledged
from generator.yamlio.locate import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """What somebody has said may happen: patterns `environment/group` or `environment/group/Kind/name`."""

    loss: tuple[str, ...] = ()
    immutable: tuple[str, ...] = ()


def change(
    plan: Plan,
    lock: Lock,
    made: Sequence[ObjectFile],
    hashes: Mapping[str, str],
    read: Callable[[str], Object | None],
    allowed: Acknowledged,
) -> Iterator[Diagnostic]:
    """What is dangerous about turning the locked bundle into *made*."""
    place = plan.place / "metadata" / "name"
    new = {one.resource.id for one in made}
    causes = list(_causes(plan, lock, hashes))
    for finding in shrink.findings(lock.objects, new, causes):
        yield _told(finding, plan.key, place, allowed.loss, "--allow-loss")
    held = {entry.id: entry for entry in lock.objects}
    changed = [one for one in made if one.resource.id in held and held[one.resource.id].sha256 != one.sha256]
    guarded = [one.resource for one in changed if immutable.guards(one.resource.id)]
    old = [read(f"{plan.key.folder}/{held[one.id].path}") for one in guarded]
    before, after = (body for body in old if body), (one.body for one in guarded)
    for finding in immutable.findings(before, after, server_side=plan.environment.target == "flux"):
        yield _told(finding, plan.key, place, allowed.immutable, "--allow-immutable")


def removal(key: BundleKey, lock: Lock, allowed: Acknowledged) -> Iterator[Diagnostic]:
    """What is dangerous about a bundle's leaving."""
    if lock.deletion_policy is DeletionPolicy.PROTECT and not acknowledged(allowed.loss, key):
        yield Diagnostic(
            code="MW605",
            message=f"{key} left the source, but its deletionPolicy is Protect",
            hint=f"put the group back, or acknowledge the deletion: --allow-loss {key}",
            subject=str(key),
        )
        return
    for finding in shrink.findings(lock.objects, (), [Cause(reason="the group left the source")]):
        yield _told(finding, key, None, allowed.loss, "--allow-loss")


def delivery(
    plan: Plan,
    lock: Lock,
    made: Sequence[ObjectFile],
    files: Mapping[str, Object],
    read: Callable[[str], Object | None],
    allowed: Acknowledged,
) -> Iterator[Diagnostic]:
    """What is dangerous about having the bundle applied by somebody else, or in other parts."""
    place = plan.place / "metadata" / "name"
    now = {one.resource.id: one.resource.component for one in made}
    for finding in handover.findings(lock, now, files, read):
        yield _told(finding, plan.key, place, allowed.loss, "--allow-loss")


def values(plan: Plan, lock: Lock, now: Mapping[str, Any], allowed: Acknowledged) -> Iterator[Diagnostic]:
    """Values that the plugin forbids to change, and that did."""
    scales = _counts(plan)
    for name, value in now.items():
        before = lock.immutable_values.get(name, value)
        if before == value or lock.plugin != plan.plugin.name:
            continue
        if name in scales:
            yield _scaled(plan, scales[name], before, value, allowed)
        else:
            yield Diagnostic(
                code="MW334",
                message=f"{name} must not change once the group exists: it was {before!r}, and is {value!r} now",
                primary=Label((plan.place / "metadata" / "name").span()),
                secondary=(Label((plan.plugin.place / "spec" / "immutableValues").span(key=True), "says the plugin"),),
                hint="put the old value back, or make a new group",
                field=name,
                subject=str(plan.key),
            )


def immutable_values(plan: Plan, by_component: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the plugin forbids to change, as the lock remembers it: by component and path."""
    pointers = [*plan.plugin.immutable_values, *([_REPLICAS] if _counts(plan) else [])]
    return {
        f"{component}: {dotted(pointer)}": value
        for pointer in dict.fromkeys(pointers)
        for component, own in sorted(by_component.items())
        if (value := at(own, pointer)) is not None
    }


_REPLICAS: Pointer = ("replicas",)


def _counts(plan: Plan) -> dict[str, ComponentPlan]:
    """The numbers of replicas that must not change, by their names in the lock: all, of a plugin that cannot scale."""
    if plan.plugin.can("scaling") or _REPLICAS in plan.plugin.immutable_values:
        return {}
    return {f"{one.name}: {dotted(_REPLICAS)}": one for one in plan.components}


def _scaled(plan: Plan, component: ComponentPlan, before: Any, now: Any, allowed: Acknowledged) -> Diagnostic:
    """That a group has another number of replicas than it had, and its plugin does not know how to go there."""
    said = next((layer for layer in reversed(component.layers) if "replicas" in layer.data), None)
    place = said.place / "replicas" if said else plan.place / "metadata" / "name"
    stay = (
        f"say replicas: {before} in group {plan.key.group}"
        if said and said.by_plugin
        else f"put {before} back, as long as its members stay as they are"
    )
    title = f"plugin {plan.plugin.name} {plan.plugin.version}"
    message = f"{title} cannot scale: {component.name} has {before} replicas, and would have {now}"
    known = acknowledged(allowed.immutable, plan.key)
    return Diagnostic(
        code="MW340",
        message=f"{message} (acknowledged)" if known else message,
        severity=Severity.WARNING if known else Severity.ERROR,
        primary=Label(place.span()),
        hint=""
        if known
        else f"{stay}; once members were added or removed by the middleware's own means: --allow-immutable {plan.key}",
        field="replicas",
        subject=str(plan.key),
    )


def _causes(plan: Plan, lock: Lock, hashes: Mapping[str, str]) -> Iterator[Cause]:
    """The changes in the source that explain why objects leave."""
    for component in plan.components:
        if not component.enabled:
            yield Cause(reason=f"component {component.name} is disabled", component=component.name)
    if plan.topology != lock.topology:
        yield Cause(reason=f"the topology is {plan.topology or 'none'} now")
    if plan.plugin.version != lock.plugin_version:
        yield Cause(reason=f"the plugin's version is {plan.plugin.version} now")
    elif hashes["plugin"] != lock.hashes.get("plugin"):
        yield Cause(reason="the plugin changed")
    if hashes["group"] != lock.hashes.get("group"):
        yield Cause(reason="the group's components, templates or patches changed")
    if hashes["values"] != lock.hashes.get("values"):
        yield Cause(reason="values changed")
    if plan.state is State.STOPPED:
        yield Cause(reason="the group is stopped", kinds=LEAVING)


def _told(finding: Finding, key: BundleKey, place: Place | None, patterns: Iterable[str], option: str) -> Diagnostic:
    """The finding as an error with the way to acknowledge it; as a warning where that has been done.

    Where a *place* is in its file takes long to find out: only who has something to tell does.
    """
    diagnostic = finding.diagnostic(primary=Label(place.span()) if place else None, subject=str(key))
    if acknowledged(patterns, key, finding.id):
        return replace(diagnostic, severity=Severity.WARNING, message=f"{finding.message} (acknowledged)")
    pattern = f"{key}/{finding.id.kind}/{finding.id.name}"
    return replace(diagnostic, hint=f"{finding.hint}; if it is meant: {option} {pattern}")
