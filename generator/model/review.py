"""A review: what will happen when one state of the source becomes another, before anybody applies it.

This is the seam between who finds out (`stages/review`) and who shows (`entrypoints/report/review`): a report reads
nothing but a `Review`. What stands in it is safe to show: the values of Secrets, and values that look like secrets,
are masked before they get here. It is complete, too: whatever differs between the two states is in some
`ObjectChange`; what is noise says so in `FieldChange.noise`, and is folded by reports with a count, never dropped.

    Review ── bundles: BundleReview… ── effects: Effect…      what it does, gravest first
       │                            └── objects: ObjectChange… ── fields: FieldChange…
       └──── families: Family… ── members: the bundles that change alike; every bundle is in exactly one family
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from generator.diagnostics import Diagnostic, Severity
from generator.model.bundle import BundleKey
from generator.model.change import ChangeKind, EffectKind
from generator.model.order import Operation, Order
from generator.model.resource import ResourceId

__all__ = [
    "BundleReview",
    "Cause",
    "CauseKind",
    "ChangeKind",
    "Effect",
    "EffectKind",
    "Family",
    "FieldChange",
    "FoldedField",
    "FoldedObject",
    "Noise",
    "ObjectChange",
    "Review",
    "Side",
    "Variant",
    "noise_of",
]


class Noise(StrEnum):
    """Why a changed field tells a reader nothing. Reports fold such fields with a count."""

    ORDER = "order"
    """The wave or dependency annotation of the target: when an object is applied, not what it is."""

    CHECKSUM = "checksum"
    """A hash of something else that is shown itself, such as `checksum/…` on a pod template."""

    VERSION = "version"
    """A label or annotation that repeats the version of the plugin, chart or application."""

    NOTATION = "notation"
    """Another way to write the same to a cluster: 1024Mi for 1Gi, a default that is spelled out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two states that were compared."""

    name: str
    """As people call it: `HEAD^1`, `working tree`, a folder, `v1.2:out`."""

    commit: str = ""
    """The full id of the commit, also of a working tree whose definitions are as in the one that is checked out; empty
    for others, and for folders."""

    subject: str = ""
    """The first line of the commit's message."""

    why: str = ""
    """Where nobody named the side: why this one was taken, such as `the first parent of a merge commit`."""

    rendered: bool = False
    """Whether it is a tree that had been rendered before, rather than a source that was rendered now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One consequence of a bundle's change, found by one rule."""

    kind: EffectKind
    rule: str
    """The rule's stable name, such as `claim-shrinks`."""

    reason: str
    """One sentence without a full stop that says what happens and why."""

    object: ResourceId | None = None
    """None where the bundle as a whole is meant."""

    field: str = ""
    """Key path as in `FieldChange.path`; empty where the object as a whole is meant."""

    way: str = ""
    """How to do it: the commands or steps that are needed besides applying. Empty where applying is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field that differs. The changes of an object, applied in their order, make the new body of the old one."""

    path: str
    """For people: a JSON Pointer whose steps into lists are keys, `/spec/containers/[name=redis]/image`."""

    pointer: str
    """For programs: the RFC 6901 pointer. Its indexes are those at the change's turn, as in a JSON Patch."""

    kind: ChangeKind
    old: Any = None
    """The value before, masked where it is secret; None for an added field and a moved element."""

    new: Any = None
    """The value after, masked where it is secret; None for a removed field and a moved element."""

    source: str = ""
    """Of a moved element: the RFC 6901 pointer that it moves from, as in a JSON Patch."""

    secret: bool = False
    """Whether values are masked. Equal values have equal masks within one run only."""

    noise: Noise | None = None
    """Why it need not be shown by itself; None: show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """One object that is not what it was."""

    id: ResourceId
    """For a removed object as it was, else as it is."""

    kind: ChangeKind
    component: str = ""
    """After the change; of a removed object, before."""

    path: str = ""
    """Its file, relative to the output folder; of a removed object, where it was."""

    previous: ResourceId | None = None
    """Of a renamed object: its identity before."""

    previous_component: str = ""
    """Of an object that another component had before: that one."""

    fields: tuple[FieldChange, ...] = ()
    """What differs, for an object that is there before and after."""

    old: str = ""
    """The object before as YAML, secrets masked; empty for an added one, where only noise differs (the fields then
    say it all), and where nobody shows objects whole."""

    new: str = ""
    """The object after as YAML, secrets masked; empty for a removed one, and then as before."""

    @property
    def is_noise(self) -> bool:
        """Whether there is nothing to it but noise."""
        return self.kind is ChangeKind.CHANGED and all(one.noise for one in self.fields)

    @property
    def telling(self) -> tuple[FieldChange, ...]:
        """The fields that are no noise."""
        return tuple(one for one in self.fields if not one.noise)


class CauseKind(StrEnum):
    """Which part of the source made a bundle another one."""

    PLUGIN = "plugin"
    TEMPLATE = "template"
    GROUP = "group"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A definition that differs, and that the bundle is rendered from."""

    kind: CauseKind
    name: str
    """Of a plugin with the versions: `redis 3.0.0 → 3.1.0`; of a template its name; of a group (a base of the
    bundle's group, maybe) or environment its name."""

    file: str = ""
    """Where it stands, relative to the repository's root; empty where that is not known."""

    line: int = 0
    """From 1; 0 where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReview:
    """The verdict on one group in one environment, and the evidence."""

    key: BundleKey
    operation: Operation
    upgrades: tuple[str, ...] = ()
    """`plugin hot upgrade`, `plugin major upgrade`, `runtime upgrade`: none, or several."""

    stages: Order = ()
    """The components in the order of the operation; empty: all at once."""

    effects: tuple[Effect, ...] = ()
    """The gravest first; never empty."""

    objects: tuple[ObjectChange, ...] = ()
    """By identity; unchanged objects are not among them."""

    unchanged: int = 0
    """How many objects stay as they are."""

    causes: tuple[Cause, ...] = ()
    """Empty where two rendered trees are compared: they do not know."""

    plugin: str = ""
    versions: tuple[str, str] = ("", "")
    """The plugin's before and after; the first is empty for a new group, the second for one that leaves."""

    runtime: str = ""
    runtime_versions: tuple[str, str] = ("", "")
    namespace: str = ""
    cluster: str = ""
    target: str = ""
    previous: BundleKey | None = None
    """Of a group that has the content of one that leaves in the same change: that one."""

    file: str = ""
    """Where the group is defined, relative to the repository's root; empty where that is not known."""

    line: int = 0
    """Of the group's name, from 1; 0 where it is not known."""

    family: str = ""
    """The id of its family."""

    @property
    def telling(self) -> tuple[ObjectChange, ...]:
        """The objects in which more than noise is different."""
        return tuple(one for one in self.objects if not one.is_noise)

    @property
    def effect(self) -> EffectKind:
        """The gravest effect."""
        return max((one.kind for one in self.effects), key=lambda kind: kind.gravity, default=EffectKind.NONE)

    @property
    def is_noise(self) -> bool:
        """Whether nothing but noise differs."""
        return self.operation is Operation.UPDATE and all(one.is_noise for one in self.objects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Values of a folded field that some members of a family share."""

    old: Any
    new: Any
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedField:
    """A field that changes in every member of a family.

    In texts, `<group>`, `<namespace>` and `<environment>` stand for what each member has there.
    """

    path: str
    kind: ChangeKind
    variants: tuple[Variant, ...] = ()
    """The values, the most common first; more than one where members differ by values of their own."""

    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedObject:
    """An object that changes in every member of a family, `<group>` and the like in its name."""

    id: ResourceId
    kind: ChangeKind
    component: str = ""
    previous: ResourceId | None = None
    previous_component: str = ""
    fields: tuple[FoldedField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Bundles that undergo the same: equal operations, effects and changed fields, up to the groups' own values."""

    id: str
    """Twelve hexadecimal digits that depend on what the family is, not on its members or on the run."""

    members: tuple[BundleKey, ...]
    """Sorted."""

    operation: Operation
    upgrades: tuple[str, ...] = ()
    stages: Order = ()
    effects: tuple[Effect, ...] = ()
    """With `<group>` and the like in names and reasons."""

    objects: tuple[FoldedObject, ...] = ()
    """Without noise, which need not be in the same objects of all members."""

    plugin: str = ""
    versions: tuple[str, str] = ("", "")

    @property
    def effect(self) -> EffectKind:
        """The gravest effect."""
        return max((one.kind for one in self.effects), key=lambda kind: kind.gravity, default=EffectKind.NONE)


@dataclass(frozen=True, kw_only=True)
class Review:
    """Everything there is to say about one change of the source."""

    base: Side
    head: Side
    bundles: tuple[BundleReview, ...] = ()
    """Those that differ, by key. Empty: nothing changes, and reports say nothing."""

    families: tuple[Family, ...] = ()
    """The gravest first, then the largest; every one of `bundles` is a member of exactly one."""

    unchanged: int = 0
    """Bundles that a change of the source might have reached, and that are the same on both sides. What no changed
    file reaches is not looked at, and not counted."""

    diagnostics: tuple[Diagnostic, ...] = field(default=())
    """What is wrong with the head's definitions; with an error among them, `bundles` may be incomplete."""

    @property
    def failed(self) -> bool:
        """Whether the head has errors: then there is no verdict."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)

    @cached_property
    def by_key(self) -> Mapping[BundleKey, BundleReview]:
        """The bundles by their key."""
        return {one.key: one for one in self.bundles}

    @cached_property
    def by_effect(self) -> Mapping[EffectKind, int]:
        """How many bundles have each gravest effect; the gravest first, those that no bundle has left out."""
        counts = Counter(one.effect for one in self.bundles)
        return {kind: counts[kind] for kind in reversed(EffectKind) if counts[kind]}

    @cached_property
    def by_operation(self) -> Mapping[Operation, int]:
        """How many bundles undergo each operation; those that none undergoes left out."""
        counts = Counter(one.operation for one in self.bundles)
        return {operation: counts[operation] for operation in Operation if counts[operation]}

    @cached_property
    def noise(self) -> Mapping[Noise, int]:
        """How many fields are folded as each kind of noise."""
        return noise_of(each for one in self.bundles for each in one.objects)


def noise_of(objects: Iterable[ObjectChange]) -> Mapping[Noise, int]:
    """How many fields of *objects* are each kind of noise; kinds that there are none of left out."""
    counts = Counter(each.noise for one in objects for each in one.fields if each.noise)
    return {kind: counts[kind] for kind in Noise if counts[kind]}
