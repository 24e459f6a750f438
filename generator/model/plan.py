"""What is to be rendered: a group bound to an environment, a plugin version and a runtime version."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model.bundle import BundleKey
from generator.model.delivery import Delivery
from generator.model.group import DeletionPolicy, Environment, Patch, State
from generator.model.order import Orders
from generator.model.plugin import Plugin, TemplateRef, TemplateText
from generator.model.values import Layer, Value
from generator.yamlio.locate import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentPlan:
    """A component of the bundle's topology."""

    name: str
    object_name: str
    """`.Values.name` for its templates."""

    enabled: bool
    runtime: str
    runtime_version: str
    image: str
    """The image for the runtime version; empty where the plugin has none."""

    images: Mapping[str, str]
    """Images by runtime version, after the environment's registry rewrite."""

    container_images: Mapping[str, str]
    """Images of this version by container, where the plugin distinguishes."""

    middleware_bin: str
    layers: tuple[Layer, ...]
    """Its values, lowest precedence first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePlan:
    """A template to be rendered for one component."""

    ref: TemplateRef
    text: TemplateText
    component: str
    """Of a chart's template, empty where each object goes where its kind belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One bundle to be made."""

    key: BundleKey
    namespace: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]
    environment: Environment
    plugin: Plugin
    plugin_hash: str
    topology: str
    runtime: str
    runtime_version: str
    state: State
    deletion_policy: DeletionPolicy
    orders: Orders
    components: tuple[ComponentPlan, ...]
    templates: tuple[TemplatePlan, ...]
    secrets: Mapping[str, Value]
    backup: Mapping[str, Value]
    monitoring: Mapping[str, Value]
    depends_on: tuple[str, ...]
    """Groups, as they are named."""

    after: tuple[str, ...]
    """Those of them that go to the same environment."""

    tier: int
    """The length of the longest chain of groups in the environment that must be there before this one."""

    delivery: Delivery
    patches: tuple[Patch, ...]
    place: Place
    """Of the group's document."""

    spec_places: tuple[Place, ...]
    """Where settings are written, from far to near: specs of bases and group, each before its environment's entry."""

    runtime_place: Place
    """Where the runtime version was chosen: the group's name, where nobody did."""

    runtime_stated: bool
    """Whether the group, or a base of it, says which version."""
