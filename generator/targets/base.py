"""The socket for targets. That a component runs in wave 2 is a fact; how it is spelled is the target's business."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from generator.model import kinds
from generator.model.bundle import BundleKey
from generator.model.delivery import Delivery
from generator.model.group import DeletionPolicy, State
from generator.model.losses import loss_of
from generator.model.order import Order
from generator.model.resource import Resource, annotations_of
from generator.model.values import Object

LONGEST_NAME = 63
"""Characters: the tools put the names of what they apply into labels."""

MANAGED = {"app.kubernetes.io/managed-by": "mwgen"}

Files = dict[str, Object]
"""Documents by the path of their file, relative to the output folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An object of a bundle: its file, and its wave."""

    resource: Resource
    wave: int | None
    path: str
    """Relative to the bundle's folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a target needs to know of a bundle to have it applied."""

    key: BundleKey
    namespace: str
    cluster: str
    """The API server's address, or the cluster's name; empty: where the tool itself runs."""

    plugin: str
    labels: Mapping[str, str]
    """The group's own."""

    state: State
    policy: DeletionPolicy
    order: Order
    """The stages of the operation at hand."""

    after: tuple[str, ...]
    """Groups of the same environment that must be there first."""

    tier: int
    """The length of the longest chain of groups that must be there first."""

    delivery: Delivery
    objects: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An environment that has bundles, as a target needs to know it."""

    name: str
    delivery: Delivery


class Target(Protocol):
    """A tool that applies bundles."""

    def written(self, resource: Resource, wave: int | None, policy: DeletionPolicy) -> Object:
        """The object as this tool wants it in that wave; None: the order is empty, everything runs at once."""
        ...

    def enlarged(self, body: Object) -> Object:
        """The same for an object whose file is a large one; the object itself, where size is no matter."""
        ...

    def bundle(self, bundle: Delivered) -> Files:
        """What the tool needs to be told to apply the bundle."""
        ...

    def environment(self, site: Site) -> Files:
        """What it needs to be told once, for all bundles of an environment."""
        ...


def annotated(body: Object, annotations: Mapping[str, str]) -> Object:
    """The object with more annotations on its own metadata; itself, where there are none."""
    if not annotations:
        return body
    metadata = body["metadata"]
    return {**body, "metadata": {**metadata, "annotations": {**annotations_of(body), **annotations}}}


def is_kept(resource: Resource, policy: DeletionPolicy) -> bool:
    """Whether the object must outlive its group, by the group's policy.

    Retain keeps what holds data by itself: claims, and what an operator deletes together with the data. A StatefulSet
    goes, as its claims stay, unless it says that they do not. Protect keeps StatefulSets, too.
    """
    id_ = resource.id
    if policy is DeletionPolicy.DELETE or loss_of(id_.group, id_.kind) is None:
        return False
    if policy is DeletionPolicy.PROTECT or id_.kind != "StatefulSet":
        return True
    retention = (resource.body.get("spec") or {}).get("persistentVolumeClaimRetentionPolicy") or {}
    return bool(retention.get("whenDeleted") == "Delete")


def is_custom(resource: Resource) -> bool:
    """Whether the object's kind must be defined in the cluster first."""
    return not kinds.is_built_in(resource.id.group, resource.id.kind)


def joined(*parts: str) -> str:
    """A name of names, with dots between them, which no part can have; a digest ends one that would be too long."""
    name = ".".join(parts)
    if len(name) <= LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: LONGEST_NAME - 9].rstrip('.-')}-{digest}"
