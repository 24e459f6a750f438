"""A plugin: what a middleware is. `docs/reference/plugin.md` explains each field to its author."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from generator.diagnostics import SourceFile, Span
from generator.model.order import Orders
from generator.model.values import Pointer, Value
from generator.yamlio.locate import Place, text_span

Image: TypeAlias = str | Mapping[str, str]
"""One image, or images by container name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runtime:
    """A program that the plugin runs, in the versions that it supports."""

    name: str
    versions: tuple[str, ...]
    default: str = ""
    """The version that a group gets which names none; empty where the plugin does not say."""

    deprecated: frozenset[str] = frozenset()
    bin: str = ""
    """The program's path inside its image; `.Values.middlewareBin` where the values have none."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of a plugin that starts and stops as one."""

    name: str
    description: str = ""
    enabled: bool = True
    name_suffix: bool = False
    """Whether `.Values.name` is `<group>-<component>` rather than the group's own name."""

    runtime: str = ""
    """The runtime it runs; empty: the group's."""

    default_values: Mapping[str, Value] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """A named set of components, with orders and values of its own."""

    name: str
    description: str = ""
    default: bool = False
    components: tuple[str, ...]
    orders: Orders | None = None
    """None: the plugin's."""

    default_values: Mapping[str, Value] = field(default_factory=dict)
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRef:
    """One entry of a plugin's list of templates: the text is in a Template ConfigMap, in a file or in the chart."""

    name: str
    """Of one without a ConfigMap and a file: the name below the chart's folder, or a pattern of such names."""

    config_map: str = ""
    file: str = ""
    """Relative to the plugin document's folder."""

    type: str = ""
    """The kind that the template renders; empty where it is a helper or renders several."""

    optional: bool = False
    components: tuple[str, ...] = ()
    engine: str = "gotemplate"
    """The plugin's, where the entry names none; `chart` for what is in the chart."""

    when: Pointer = ()
    """The template is rendered only if the value at this path counts as true."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One way into a runtime version."""

    source: str
    method: str = "rolling"
    """`rolling`: exchanging the image is enough. `job`: data are converted; mwgen refuses to do it by image."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A Prometheus alerting rule."""

    name: str
    expr: str
    duration: str = ""
    """For how long the expression must hold, as Prometheus writes durations; empty: no time at all."""

    keep_firing_for: str = ""
    severity: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    scoped: bool = True
    """Whether every selector of the expression is narrowed to the group's own series."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """What turns the middleware's state into metrics. `args` and `env` are templates of the plugin's engine."""

    port: int
    path: str = "/metrics"
    image: str = ""
    """Empty: the container image `exporter` of the runtime version."""

    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    secret_env: Mapping[str, str] = field(default_factory=dict)
    """By variable: the name of one of the group's secrets."""

    resources: Mapping[str, Value] = field(default_factory=dict)
    interval: str = ""
    """How often it is asked; empty: as Prometheus has it."""

    component: str = ""
    """The component that turns it on and off; empty: the first that it watches, or the plugin's first."""

    watches: tuple[str, ...] = ()
    """The components in whose pods it runs; none: the one above."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDetection:
    """How an instance's role is found out: the output of a command, and a pattern with one group."""

    type: str = "exec"
    command: str
    parse_pattern: str = ""
    """A regular expression (RE2) with one group; empty: the first word that the command prints."""

    interval: str = ""
    timeout: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class HookCommand:
    """A command of the failover: `type` is exec or health."""

    enabled: bool = True
    type: str = "exec"
    command: str = ""
    args: tuple[str, ...] = ()
    expected_role: str = ""
    timeout: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PassiveFailover:
    """Roles change by themselves; mwgen's objects follow them."""

    enabled: bool = True
    auto_role_switch: bool = False
    role_detection: RoleDetection | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFailover:
    """Roles are switched by a command, with a check before and another after."""

    enabled: bool = True
    command: HookCommand | None = None
    check: HookCommand | None = None
    verify: HookCommand | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HighAvailability:
    """What the plugin can do about roles."""

    passive: PassiveFailover | None = None
    active: ActiveFailover | None = None
    components: tuple[str, ...] = ()
    """Whose instances have roles; none: those of the first component with a workload."""

    when: Pointer = ()
    """It is used only if the value at this path counts as true."""

    roles: tuple[str, ...] = ()
    """Roles that get a Service of their own where they switch by themselves."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRule:
    """What a change of some fields does, where the plugin knows better than the rules for the kind of object."""

    kind: str = ""
    """Of the objects; `*` matches any characters, empty matches all."""

    name: str = ""
    field: str = ""
    """A path as reviews show it, `/spec/settings/*`: what is below counts, too. `*` is one step, `**` any number."""

    effect: str
    """The value of a `model.review.EffectKind`."""

    reason: str = ""
    way: str = ""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """How data are saved and brought back. Commands and `env` are templates of the plugin's engine."""

    providers: tuple[str, ...] = ()
    backup_command: str = ""
    restore_command: str = ""
    backup_program: tuple[str, ...] = ()
    """In place of the command: a program and its arguments, run as they are, for images without a shell."""

    restore_program: tuple[str, ...] = ()
    live_command: str = ""
    """Succeeds where a server answers on the data that are to be restored."""

    empty_command: str = ""
    """Succeeds where the server that is to be restored holds nothing yet."""

    upload_commands: Mapping[str, str] = field(default_factory=dict)
    download_commands: Mapping[str, str] = field(default_factory=dict)
    schedule: str = ""
    mode: str = ""
    """`network`, `volume` or `exec`; empty where the plugin does not say: `volume`, as the seed has it."""

    restore_mode: str = ""
    """The same for restoring; empty: as `mode`."""

    component: str = ""
    """Whose data they are; empty: the first component with a workload."""

    topologies: tuple[str, ...] = ()
    """Where a backup can be made; none: everywhere."""

    image: str = ""
    """Of the commands: a container's name among the images, or an image; empty: the component's main one."""

    images: Mapping[str, str] = field(default_factory=dict)
    """By provider: what uploads and downloads."""

    env: Mapping[str, str] = field(default_factory=dict)
    secret_env: Mapping[str, str] = field(default_factory=dict)
    """By variable: the name of one of the group's secrets."""

    resources: Mapping[str, Value] = field(default_factory=dict)
    timeout: str = ""
    retention: Mapping[str, int] = field(default_factory=dict)
    """`keepLast` and `keepDays`."""

    restore_each: bool = False
    """Whether every instance's claim is restored, by a job of its own, rather than the first one's alone."""

    place: Place

    @property
    def saves(self) -> bool:
        """Whether the plugin says how data are saved."""
        return bool(self.backup_command or self.backup_program)

    @property
    def restores(self) -> bool:
        """Whether the plugin says how data are brought back."""
        return bool(self.restore_command or self.restore_program)

    @property
    def access(self) -> str:
        """How the data are reached to save them."""
        return self.mode or "volume"

    @property
    def restore_access(self) -> str:
        """How the data are reached to bring them back."""
        return self.restore_mode or self.access


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRef:
    """The Helm chart that templates come from."""

    path: str
    """A folder or a packed chart, relative to the plugin document's folder."""

    values: Mapping[Pointer, Pointer] = field(default_factory=dict)
    """Where the chart wants what mwgen provides: paths in the chart's values, and in the values that templates see."""

    crds: bool = False
    """Whether each bundle holds what is in crds/: a cluster has that once."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One version of a middleware definition; several versions of a name live side by side."""

    name: str
    version: str
    """A semantic version without a leading `v`."""

    description: str = ""
    object_name: str
    """`metadata.name` of the document or ConfigMap."""

    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    runtimes: tuple[Runtime, ...]
    images: Mapping[str, Image] = field(default_factory=dict)
    """By runtime version, or by `runtime/version` where two runtimes share a version."""

    migrations: Mapping[str, tuple[Migration, ...]] = field(default_factory=dict)
    """By the version that one gets to. A version without an entry can only be installed afresh."""

    engine: str = "gotemplate"
    """Of templates that name none, and of the expressions and commands in this document."""

    capabilities: frozenset[str] = frozenset()
    says_capabilities: bool = False
    """Whether the plugin says what it can do; one that does not can do whatever it has a section for."""

    orders: Orders = field(default_factory=Orders)
    components: tuple[Component, ...] = ()
    """Those declared and those that only the orders or templates name, declared ones first."""

    topologies: tuple[Topology, ...] = ()
    default_values: Mapping[str, Value] = field(default_factory=dict)
    values_schema: Mapping[str, Value] | None = None
    immutable_values: tuple[Pointer, ...] = ()
    dynamic_config: tuple[str, ...] = ()
    """Configuration keys that the middleware takes up without a restart."""

    effects: tuple[EffectRule, ...] = ()
    """What reviews say of changes; the first that matches counts."""

    templates: tuple[TemplateRef, ...] = ()
    template_budget: int = 1
    """How many times the usual limits one rendering of a template may use."""

    alerts: tuple[Alert, ...] = ()
    exporter: Exporter | None = None
    high_availability: HighAvailability | None = None
    backup: Backup | None = None
    chart: ChartRef | None = None
    digest: str
    """SHA-256 of what the definition means: of its spec, however it is laid out."""

    place: Place

    @property
    def key(self) -> tuple[str, str]:
        """Name and version."""
        return self.name, self.version

    def can(self, capability: str) -> bool:
        """Whether the plugin has the capability: by its own word, or by its sections where it says nothing."""
        return capability in self.capabilities if self.says_capabilities else self.has_section(capability)

    def has_section(self, capability: str) -> bool:
        """Whether what the capability needs is there; scaling needs nothing."""
        match capability:
            case "backup":
                return self.backup is not None
            case "configReload":
                return bool(self.dynamic_config)
            case "failover":
                return self.high_availability is not None
            case _:
                return True

    def component(self, name: str) -> Component | None:
        """The component of that name."""
        return next((found for found in self.components if found.name == name), None)

    def topology(self, name: str) -> Topology | None:
        """The topology of that name; for an empty name the default one, if any is."""
        if name:
            return next((found for found in self.topologies if found.name == name), None)
        return next((found for found in self.topologies if found.default), None)

    def runtime(self, name: str) -> Runtime | None:
        """The runtime of that name; for an empty name the first."""
        return next((found for found in self.runtimes if not name or found.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateText:
    """A template's text, wherever it stands."""

    name: str
    """What errors call it: the file's path, or the ConfigMap's name; none for a file among others in a ConfigMap."""

    text: str
    component: str = ""
    """The ConfigMap's label `middleware.io/component`."""

    plugin: str = ""
    """The ConfigMap's label `middleware.io/plugin`; empty: any plugin's."""

    digest: str
    """SHA-256 of the text."""

    folder: str = ""
    """The chart's folder, where the file is part of a chart."""

    carries: str = ""
    """The file of the plugin's folder that it is, where a ConfigMap carries it; relative to that folder."""

    versions: frozenset[str] = frozenset()
    """The plugin's versions whose file it is; none: all."""

    file: SourceFile
    """The file that it is, or that it stands in."""

    place: Place | None = None
    """Of the scalar that holds it; None where it is a file of its own."""

    def span(self, start: int, end: int) -> Span:
        """Where the code points *start* up to *end* of the text stand in the file."""
        return text_span(self.place, start, end) if self.place else Span(self.file, start, end)
