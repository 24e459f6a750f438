"""A group: one wanted instance of a plugin, and the environments it goes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from generator.model.delivery import Delivery
from generator.model.values import Value
from generator.yamlio.locate import Place


class State(StrEnum):
    """Whether the group is to run."""

    RUNNING = "Running"
    STOPPED = "Stopped"


class DeletionPolicy(StrEnum):
    """What becomes of the group's data when the group leaves the source."""

    RETAIN = "Retain"
    DELETE = "Delete"
    PROTECT = "Protect"


class UpdatePolicy(StrEnum):
    """Whether the group follows new plugin versions within its constraint."""

    AUTOMATIC = "Automatic"
    PINNED = "Pinned"


Settings: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginRef:
    """Which plugin, in which versions. Empty fields are inherited."""

    name: str = ""
    constraint: str = ""
    update_policy: UpdatePolicy | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeRef:
    """Which runtime. Empty fields are inherited."""

    name: str = ""
    version: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentOverride:
    """What a group says about one component."""

    enabled: bool | None = None
    values: Settings = field(default_factory=dict)
    runtime: RuntimeRef | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentRef:
    """What a group says about one environment it goes to."""

    name: str
    namespace: str = ""
    state: State | None = None
    runtime: RuntimeRef | None = None
    values: Settings = field(default_factory=dict)
    backup: Settings = field(default_factory=dict)
    monitoring: Settings = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchTarget:
    """Which rendered objects a patch changes; an empty field matches any. Names are anchored regular expressions."""

    group: str = ""
    version: str = ""
    kind: str = ""
    name: str = ""
    namespace: str = ""
    component: str = ""
    label_selector: str = ""
    annotation_selector: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """A change to rendered objects: a strategic merge, or RFC 6902 operations. Exactly one of the two is there."""

    target: PatchTarget
    merge: Settings | None = None
    json: tuple[Settings, ...] | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One document of kind Group, as written: nothing is inherited yet."""

    name: str
    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    extends: str = ""
    abstract: bool = False
    plugin: PluginRef | None = None
    topology: str = ""
    runtime: RuntimeRef | None = None
    state: State | None = None
    deletion_policy: DeletionPolicy | None = None
    values: Settings = field(default_factory=dict)
    components: Mapping[str, ComponentOverride] = field(default_factory=dict)
    exclude_templates: tuple[str, ...] | None = None
    secrets: Settings = field(default_factory=dict)
    backup: Settings = field(default_factory=dict)
    monitoring: Settings = field(default_factory=dict)
    depends_on: tuple[str, ...] | None = None
    environments: tuple[EnvironmentRef, ...] | None = None
    patches: tuple[Patch, ...] = ()
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Where groups go."""

    name: str
    cluster: str = ""
    """The API server's address, or the cluster's name as Argo CD knows it."""

    namespace: str = ""
    target: str = "argocd"
    values: Settings = field(default_factory=dict)
    registries: Mapping[str, str] = field(default_factory=dict)
    """Image prefixes and what replaces them."""

    storage_classes: Mapping[str, str] = field(default_factory=dict)
    """By name: `Immediate` or `WaitForFirstConsumer`."""

    kube_version: str = ""
    api_versions: tuple[str, ...] = ()
    rule_labels: Mapping[str, str] = field(default_factory=dict)
    quota: Mapping[str, str] = field(default_factory=dict)
    """What all groups may request together, as quantities: `cpu`, `memory`, `storage`, `pods`."""

    delivery: Delivery = field(default_factory=Delivery)
    place: Place | None
    """None for an environment that no document declares."""
