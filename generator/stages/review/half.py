"""One side of a bundle: what it holds, and what it was made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.bundle import BundleKey
from generator.model.group import DeletionPolicy, State
from generator.model.order import Operation, Order
from generator.model.resource import ResourceId, is_object
from generator.model.values import Object


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An object of one side, as it stands or would stand in its file."""

    id: ResourceId
    component: str
    path: str
    """Relative to the output folder."""

    body: Object


def identity(body: Object, path: str) -> ResourceId:
    """What pairs the object in the file *path* with that of the other side. Some of Kustomize's have no name."""
    if is_object(body):
        return ResourceId.of(body)
    return ResourceId(str(body.get("apiVersion", "")).rpartition("/")[0], str(body.get("kind", "File")), "", path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """A bundle on one side. What a side cannot know (a tree without locks) is empty."""

    key: BundleKey
    objects: tuple[Held, ...] = ()
    operation: Operation | None = None
    """The one that its waves are of."""

    order: Order = ()
    plugin: str = ""
    plugin_version: str = ""
    runtime: str = ""
    runtime_version: str = ""
    topology: str = ""
    state: State = State.RUNNING
    deletion_policy: DeletionPolicy = DeletionPolicy.RETAIN
    target: str = ""
    namespace: str = ""
    cluster: str = ""
    immutable_values: Mapping[str, Any] = field(default_factory=dict)
    """What the plugin forbids to change, by component and path."""

    file: str = ""
    """Where the group is defined."""

    line: int = 0
