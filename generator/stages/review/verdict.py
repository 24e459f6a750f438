"""The verdict on one bundle: what differs between its two sides, and what that does."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic
from generator.model.order import Operation, Order
from generator.model.review import BundleReview, Cause, ChangeKind, Effect, FieldChange, Noise, ObjectChange, noise_of
from generator.model.values import Object
from generator.stages.review.effects import Around, Change, Knowledge, effects, explained
from generator.stages.review.effects.table import effect
from generator.stages.review.fields import annotations, changes
from generator.stages.review.half import Half, Held
from generator.stages.review.masks import Done, Masker
from generator.stages.review.pairs import Pair, pairs
from generator.yamlio.dump import dump


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A bundle to judge: its sides, at least one of which is there, and what the source says besides."""

    before: Half | None
    after: Half | None
    operation: Operation
    upgrades: tuple[str, ...] = ()
    stages: Order = ()
    known: Knowledge = field(default_factory=Knowledge)
    refused: Diagnostic | None = None
    """Why `generate` does not take the step of the runtime."""

    stops_first: bool = False
    """Of a group that leaves: whether its stop has an order that leaving at once would not keep to."""

    causes: tuple[Cause, ...] = ()
    recorded: bool = False
    """Whether something differs that only the lock records."""


def verdict(case: Case, masker: Masker, *, texts: bool = True) -> BundleReview | None:
    """What is to be said about a bundle; None where nothing differs.

    Without *texts*, objects that are on both sides are not written out, which no report but a page and columns shows.
    """
    before, after = case.before, case.after
    found = list(pairs(before.objects if before else (), after.objects if after else ()))
    masked = _Masked(masker, texts=texts)
    told = [(pair, masked.change(pair)) for pair in found]
    told = [(pair, one) for pair, one in told if one.fields or one.kind is not ChangeKind.CHANGED]
    if before and after and not told and not case.recorded and not case.refused:
        return None
    shown = after or before
    assert shown is not None
    return BundleReview(
        key=shown.key,
        operation=case.operation,
        upgrades=case.upgrades,
        stages=case.stages,
        effects=_effects(case, told, masked),
        objects=tuple(one for _, one in told),
        unchanged=len(after.objects) - sum(1 for pair, _ in told if pair.new) if after else 0,
        causes=case.causes,
        plugin=shown.plugin,
        versions=(before.plugin_version if before else "", after.plugin_version if after else ""),
        runtime=shown.runtime,
        runtime_versions=(before.runtime_version if before else "", after.runtime_version if after else ""),
        namespace=shown.namespace,
        cluster=shown.cluster,
        target=shown.target,
        file=shown.file,
        line=shown.line,
    )


class _Masked:
    """Makes objects fit to be shown, each once."""

    def __init__(self, masker: Masker, *, texts: bool) -> None:
        self._masker = masker
        self._texts = texts
        self._known: dict[int, Object] = {}
        self._done: Done = {}

    def body(self, one: Held) -> Object:
        """The body of *one*, masked."""
        if id(one) not in self._known:
            self._known[id(one)] = self._masker.object(one.body, self._done)
        return self._known[id(one)]

    def change(self, pair: Pair) -> ObjectChange:
        """What differs between the sides of *pair*, to be shown."""
        one = pair.new or pair.old
        assert one is not None
        fields: tuple[FieldChange, ...] = ()
        if pair.old and pair.new:
            if pair.plain:
                fields = annotations(pair.old.body, pair.new.body, one.id)
            else:
                fields = changes(self.body(pair.old), self.body(pair.new), one.id)
        noise = pair.kind is ChangeKind.CHANGED and all(each.noise for each in fields)
        moved = pair.old is not None and pair.new is not None and pair.old.component != pair.new.component
        silent = noise or (pair.old is not None and pair.new is not None and not self._texts)
        return ObjectChange(
            id=one.id,
            kind=pair.kind,
            component=one.component,
            path=one.path,
            previous=pair.old.id if pair.old and pair.kind is ChangeKind.RENAMED else None,
            previous_component=pair.old.component if moved and pair.old else "",
            fields=fields,
            old=dump(self.body(pair.old)) if pair.old and not silent else "",
            new=dump(self.body(pair.new)) if pair.new and not silent else "",
        )


def _effects(case: Case, told: Sequence[tuple[Pair, ObjectChange]], masked: _Masked) -> tuple[Effect, ...]:
    telling = [(pair, one) for pair, one in told if _tells(one)]
    objects = [one for _, one in told]
    around = Around(
        before=case.before,
        after=case.after,
        operation=case.operation,
        stops_first=case.stops_first,
        known=case.known,
        old={one.id: one.body for one in case.before.objects} if case.before else {},
        new={one.id: one.body for one in case.after.objects} if case.after else {},
        changed={one.id: one.fields for one in objects},
    )
    given = [
        Change(
            id=one.id,
            kind=one.kind,
            old=masked.body(pair.old) if pair.old else None,
            new=masked.body(pair.new) if pair.new else None,
            fields=_to_explain(one.fields),
            previous=one.previous,
        )
        for pair, one in telling
    ]
    return effects(given, around, case.refused) or (_harmless(objects),)


def _tells(one: ObjectChange) -> bool:
    return one.kind is not ChangeKind.CHANGED or bool(_to_explain(one.fields))


def _to_explain(fields: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """The fields that do something; a checksum or a version does so on a pod template only."""
    return tuple(one for one in explained(fields) if not (one.noise and one.path.startswith("/metadata/")))


def _harmless(objects: Sequence[ObjectChange]) -> Effect:
    """The effect of a change in which nothing but noise differs."""
    if not objects:
        return effect("record-only", "no object changes, only what is recorded of the bundle")
    noise = noise_of(objects)
    if set(noise) == {Noise.ORDER}:
        return effect("order-only", "only waves differ")
    if Noise.NOTATION in noise:
        return effect("notation-only", "fields say the same in another way")
    return effect("metadata-only", "only hashes and version labels differ")
