"""Two source states, rendered in memory: what each would make of the group, and the verdict on the difference.

The base is what stands there; the head is what `generate` would make of it. So the head's operation and waves are
decided as they would be with the base's lock beside the bundle; the base's own come from its lock, where one is
committed, and are those of a fresh bundle otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from generator.diagnostics import Collector, Diagnostic, Label, Severity
from generator.model.bundle import BundleKey, Lock, LockedObject
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.model.order import Operation, Order
from generator.model.plan import Plan
from generator.model.resource import Resource, ResourceId
from generator.model.review import BundleReview, Cause, CauseKind, EffectKind
from generator.model.settings import Settings
from generator.pipeline.bundle import Begun, Compiled, begin, contents, transformed
from generator.stages import assemble, deliver, leave, operate, protect, sequence
from generator.stages.fingerprint import inputs
from generator.stages.render import Parsed, Rendering
from generator.stages.resolve.inherit import chain
from generator.stages.review import families
from generator.stages.review.effects import Knowledge, PluginRule
from generator.stages.review.families import Folded
from generator.stages.review.half import Half, Held, identity
from generator.stages.review.masks import Masker
from generator.stages.review.verdict import Case, verdict
from generator.stages.transform import RELOAD
from generator.targets import TARGETS
from generator.targets.base import Placed
from generator.yamlio.locate import Place


class Pair(NamedTuple):
    """A bundle to compare."""

    key: BundleKey
    base: Plan | None
    head: Plan | None
    lock: bytes | None
    """What stands in the base's lock, if it has one."""


class Judged(NamedTuple):
    """What a pair came to."""

    review: BundleReview | None
    """None where nothing differs, or where there are mistakes."""

    folded: Folded | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Compares one bundle after the other, in whichever process."""

    base: Mapping[tuple[str, str], Compiled]
    head: Mapping[tuple[str, str], Compiled]
    settings: Settings
    """The head's."""

    masker: Masker
    changed: Mapping[tuple[CauseKind, str], Cause] = field(default_factory=dict)
    """Groups and environments that are not what they were."""

    chains: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """A group's bases and itself, by its name."""

    texts: bool = True
    """Whether objects that are on both sides are written out."""

    def __call__(self, pair: Pair) -> Judged:
        """The verdict on a pair, with what is wrong with its head."""
        found = Collector()
        review = found.attempt(lambda: self._review(pair, found))
        return Judged(review, families.folded(review) if review else None, found.sorted())

    def _review(self, pair: Pair, found: Collector) -> BundleReview | None:
        before = self._before(pair.base) if pair.base else None
        after = _Made(pair.head, begin(pair.head, self.head[pair.head.plugin.key])) if pair.head else None
        if before and after and before.begun.hashes == after.begun.hashes and before.inputs == after.inputs:
            return None
        parsed: Parsed = {}
        before = self._rendered(before, parsed) if before else None
        if pair.base and before is None:
            found.add(_unrenderable(pair.base))
        if after:
            plugin = self.head[after.plan.plugin.key]
            after = after.with_resources(contents(after.plan, plugin, after.begun, self.settings, found, parsed))
        if before is None and after is None:
            return None
        return verdict(self._case(before, after, pair.lock), self.masker, texts=self.texts)

    def _before(self, plan: Plan) -> "_Made | None":
        """The base's bundle, not rendered yet; None where there are mistakes in it."""
        plugin = self.base.get(plan.plugin.key)
        return None if plugin is None else Collector().attempt(lambda: _Made(plan, begin(plan, plugin)))

    def _rendered(self, made: "_Made", parsed: Parsed) -> "_Made | None":
        """The base's bundle; None where there are mistakes in it. What a cluster says of it no longer matters."""
        plan, plugin = made.plan, self.base[made.plan.plugin.key]
        rendering = Rendering(plan, plugin.programs, made.begun.values, parsed)
        resources = Collector().attempt(lambda: transformed(plan, plugin, made.begun, rendering, Collector()))
        return None if resources is None else made.with_resources(resources)

    def _case(self, before: "_Made | None", after: "_Made | None", known: bytes | None) -> Case:
        lock = _lock(before, _read_lock(known)) if before else None
        old = _half(before, lock, lock.immutable_values) if before and lock else None
        if after is None:
            assert before is not None  # one of the two is there
            assert old is not None
            stages = tuple(reversed(old.order))
            assert lock is not None  # as there is an old half
            return Case(
                before=old,
                after=None,
                operation=Operation.DELETE,
                stages=stages,
                stops_first=leave.stops_first(lock, before.plan.orders.of(Operation.STOP)),
                known=_knowledge(before.plan),
            )
        plan = after.plan
        changed = before is None or _differ(before.resources, after.resources)
        decision = operate.decide(plan, lock, changed=changed)
        waves = sequence.waves(after.resources, plan, decision, lock, None)
        stages = plan.orders.of(decision.operation)
        new = _half(
            after, _Order(decision.operation, stages, waves), protect.immutable_values(plan, after.begun.values)
        )
        return Case(
            before=old,
            after=new,
            operation=decision.operation,
            upgrades=tuple(decision.upgrades),
            stages=stages,
            known=_knowledge(plan),
            refused=_refusal(plan, lock),
            causes=tuple(self._causes(before.plan if before else None, plan)),
            recorded=old is not None and _record(old) != _record(new),
        )

    def _causes(self, base: Plan | None, head: Plan) -> Iterator[Cause]:
        """The definitions that make the bundle another one."""
        if base is None or base.plugin.key != head.plugin.key or base.plugin.digest != head.plugin.digest:
            yield _plugin_cause(base, head)
        texts = {(one.ref.name, one.text.digest) for one in base.templates} if base else set()
        for one in head.templates if base and base.plugin.key == head.plugin.key else ():
            if (one.ref.name, one.text.digest) not in texts:
                yield Cause(kind=CauseKind.TEMPLATE, name=one.ref.name, file=one.text.file.path, line=1)
        for name in self.chains.get(head.key.group, ()):
            if cause := self.changed.get((CauseKind.GROUP, name)):
                yield cause
        if cause := self.changed.get((CauseKind.ENVIRONMENT, head.key.environment)):
            yield cause


# --- sides


@dataclass(frozen=True, slots=True)
class _Made:
    """A bundle of one side on its way."""

    plan: Plan
    begun: Begun
    resources: tuple[Resource, ...] = ()

    @property
    def inputs(self) -> str:
        """A digest of all that it is made from."""
        return inputs(self.plan, self.begun.hashes)

    def with_resources(self, resources: tuple[Resource, ...]) -> "_Made":
        """It with its objects."""
        return _Made(self.plan, self.begun, resources)


class _Order(NamedTuple):
    """In which order a side applies a bundle."""

    operation: Operation
    order: Order
    waves: Mapping[ResourceId, int | None]


def _read_lock(data: bytes | None) -> Lock | None:
    try:
        return Lock.load(data) if data is not None else None
    except ValueError:
        return None  # a lock that cannot be read remembers nothing


def _lock(made: _Made, known: Lock | None) -> Lock:
    """The lock that the base would have: its own source's, with the waves that *known* remembers."""
    plan = made.plan
    if known is not None:
        waves = assemble.locked_waves(made.resources, known)
        operation, order = known.operation, known.order
    else:
        decision = operate.decide(plan, None, changed=True)
        waves = sequence.waves(made.resources, plan, decision, None, None)
        operation, order = decision.operation, plan.orders.of(decision.operation)
    return Lock(
        plugin=plan.plugin.name,
        plugin_version=plan.plugin.version,
        runtime=plan.runtime,
        runtime_version=plan.runtime_version,
        topology=plan.topology,
        target=plan.environment.target,
        state=plan.state,
        deletion_policy=plan.deletion_policy,
        operation=operation,
        order=order,
        hashes=made.begun.hashes.summary(),
        immutable_values=protect.immutable_values(plan, made.begun.values),
        objects=tuple(
            LockedObject(id=one.id, component=one.component, wave=waves[one.id], path="", sha256="")
            for one in made.resources
        ),
    )


def _half(made: _Made, order: Lock | _Order, fixed: Mapping[str, Any]) -> Half:
    plan = made.plan
    return Half(
        key=plan.key,
        objects=tuple(_held(made, order)),
        operation=order.operation,
        order=order.order,
        plugin=plan.plugin.name,
        plugin_version=plan.plugin.version,
        runtime=plan.runtime,
        runtime_version=plan.runtime_version,
        topology=plan.topology,
        state=plan.state,
        deletion_policy=plan.deletion_policy,
        target=plan.environment.target,
        namespace=plan.namespace,
        cluster=plan.environment.cluster,
        immutable_values=fixed,
        file=plan.place.file.path,
        line=_line(plan.place, plan.key.group),
    )


def _held(made: _Made, order: Lock | _Order) -> Iterator[Held]:
    """The objects as they stand in their files; then those that have them applied."""
    plan, target = made.plan, TARGETS[made.plan.environment.target]
    paths = assemble.paths(made.resources)
    waves = order.waves if isinstance(order, _Order) else {one.id: one.wave for one in order.objects}
    placed: list[Placed] = []
    for one in made.resources:
        body = assemble.body(one, waves[one.id], target, plan.deletion_policy)
        yield Held(id=one.id, component=one.component, path=f"{plan.key.folder}/{paths[one.id]}", body=body)
        placed.append(Placed(resource=one, wave=waves[one.id], path=paths[one.id]))
    for path, body in deliver.bundle(plan, placed, order.operation).items():
        yield Held(id=identity(body, path), component="", path=path, body=body)


def _record(half: Half) -> tuple[object, ...]:
    """What the lock records of a bundle besides its objects."""
    return (half.plugin, half.plugin_version, half.runtime, half.runtime_version, half.topology, half.target,
            half.state, half.deletion_policy, half.operation, half.order, dict(half.immutable_values))  # fmt: skip


def _differ(old: Sequence[Resource], new: Sequence[Resource]) -> bool:
    """Whether the bundles hold anything else, waves aside."""
    return len(old) != len(new) or any(
        one.id != other.id
        or one.component != other.component
        or (one.body is not other.body and repr(one.body) != repr(other.body))
        for one, other in zip(old, new, strict=True)
    )


def _refusal(plan: Plan, lock: Lock | None) -> Diagnostic | None:
    """Why `generate` does not take the step to the plan's runtime version."""
    found = Collector()
    found.attempt(lambda: operate.check_runtime(plan, lock))
    return next(iter(found.sorted()), None)


def _knowledge(plan: Plan) -> Knowledge:
    plugin = plan.plugin
    rules = (
        PluginRule(
            kind=one.kind,
            name=one.name,
            field=one.field,
            effect=EffectKind(one.effect),
            reason=one.reason,
            way=one.way,
        )
        for one in plugin.effects
    )
    return Knowledge(reloads=RELOAD in plugin.capabilities, dynamic=plugin.dynamic_config, rules=tuple(rules))


def _unrenderable(plan: Plan) -> Diagnostic:
    return Diagnostic(
        code="MW841",
        severity=Severity.WARNING,
        message=f"{plan.key} cannot be rendered as it was at the base, so all of it looks new",
        primary=Label((plan.place / "metadata" / "name").span()),
        hint="compare with a base whose definitions are sound: --base",
        subject=str(plan.key),
    )


# --- causes


def _plugin_cause(base: Plan | None, head: Plan) -> Cause:
    plugin = head.plugin
    versions = plugin.version
    if base is not None and base.plugin.name != plugin.name:
        versions = f"{plugin.version} for {base.plugin.name} {base.plugin.version}"
    elif base is not None and base.plugin.version != plugin.version:
        versions = f"{base.plugin.version} → {plugin.version}"
    place = plugin.place
    line = _line(place, plugin.object_name)
    return Cause(kind=CauseKind.PLUGIN, name=f"{plugin.name} {versions}", file=place.file.path, line=line)


def changed_definitions(base: Catalog, head: Catalog) -> dict[tuple[CauseKind, str], Cause]:
    """The groups and environments of *head* that are new, or not written as they were."""
    found: dict[tuple[CauseKind, str], Cause] = {}
    for kind, old, new in (
        (CauseKind.GROUP, base.groups, head.groups),
        (CauseKind.ENVIRONMENT, base.environments, head.environments),
    ):
        for name, one in new.items():
            was = old.get(name)
            if one is was or one.place is None:
                continue
            if was is None or was.place is None or _text(was.place) != _text(one.place):
                line = _line(one.place, name)
                found[kind, name] = Cause(kind=kind, name=name, file=one.place.file.path, line=line)
    return found


def chains(groups: Mapping[str, Group], wanted: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """The names of each group's bases, lowest first, and its own."""
    found: dict[str, tuple[str, ...]] = {}
    for plan in wanted:
        name = plan.key.group
        if name not in found:
            line = Collector().attempt(lambda name=name: chain(groups, groups[name]))  # type: ignore[misc]
            found[name] = tuple(one.name for one in line or ())
    return found


def _text(place: Place) -> str:
    span = place.span()
    return place.file.text[span.start : span.end]


def _line(place: Place, name: str) -> int:
    """The line that names a definition: found in the text, because a true search costs a hundred times as much."""
    text = place.file.text
    at = text.find(f"name: {name}\n")
    if at < 0:
        found = re.search(rf"name[\"']?[ \t]*:[ \t]*[\"']?{re.escape(name)}(?![\w.\-])", text)
        at = found.start() if found else 0
    return text.count("\n", 0, at) + 1


__all__ = ["Judge", "Judged", "Pair", "chains", "changed_definitions"]
