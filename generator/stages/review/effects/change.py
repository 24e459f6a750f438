"""What a rule sees: one object's change, and what is around it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from generator.model.kinds import pod_template_path
from generator.model.order import Operation
from generator.model.resource import ResourceId, annotations_of
from generator.model.review import ChangeKind, EffectKind, FieldChange, Noise
from generator.model.values import Object
from generator.stages.guard.equal import at
from generator.stages.review.half import Half

KEEPING = (
    ("argocd.argoproj.io/sync-options", re.compile(r"(?:^|[,\s])(?:Prune|Delete)=false(?:$|[,\s])")),
    ("helm.sh/resource-policy", re.compile("keep")),
    ("kustomize.toolkit.fluxcd.io/prune", re.compile("disabled")),
)
"""Annotations that keep an object in the cluster when it leaves its bundle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One object, before and after, masked; at least one of the two is there."""

    id: ResourceId
    kind: ChangeKind
    old: Object | None
    new: Object | None
    fields: tuple[FieldChange, ...] = ()
    """Those that are for a rule to explain: no notation, no waves, and none that a plugin's own rule explains."""

    previous: ResourceId | None = None

    @property
    def key(self) -> tuple[str, str]:
        """API group and kind."""
        return self.id[:2]

    @property
    def body(self) -> Object:
        """The object after or, where it is gone, before."""
        body = self.new if self.new is not None else self.old
        assert body is not None
        return body

    @property
    def was(self) -> ResourceId:
        """Its identity before."""
        return self.previous or self.id

    def under(self, *prefixes: str) -> tuple[FieldChange, ...]:
        """The fields at or below one of the paths *prefixes*."""
        return tuple(one for one in self.fields if any(is_under(one.path, prefix) for prefix in prefixes))

    @property
    def template_path(self) -> str | None:
        """Where its pod template is, as a path; None where it has none."""
        steps = pod_template_path(self.id.group, self.id.kind)
        return None if steps is None else "".join(f"/{step}" for step in steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PluginRule:
    """What a plugin says of changes to its objects; see `effects` in `docs/reference/plugin.md`."""

    kind: str
    name: str
    field: str
    effect: EffectKind
    reason: str
    way: str

    def matches(self, id_: ResourceId, path: str) -> bool:
        """Whether the rule is about the field at *path* of the object."""
        return (
            fnmatchcase(id_.kind, self.kind or "*")
            and fnmatchcase(id_.name, self.name or "*")
            and _path_matches(self.field, path)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known about the middleware besides its objects."""

    reloads: bool = False
    """Whether it takes up configuration without a restart."""

    dynamic: tuple[str, ...] = ()
    """The keys of its configuration that it takes up so; others need a restart."""

    rules: tuple[PluginRule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The bundle around a change.

    `old` and `new` are its objects as they are, unmasked: only names and mwgen's own words may get from them into an
    effect, never a value.
    """

    before: Half | None
    after: Half | None
    operation: Operation
    stops_first: bool = False
    """Of a group that leaves: whether what it loses at once would go in another order than that of its stop."""

    known: Knowledge = field(default_factory=Knowledge)
    old: Mapping[ResourceId, Object] = field(default_factory=dict)
    new: Mapping[ResourceId, Object] = field(default_factory=dict)
    changed: Mapping[ResourceId, Sequence[FieldChange]] = field(default_factory=dict)
    """The telling fields and checksums of all objects that changed."""


def explained(fields: Sequence[FieldChange]) -> tuple[FieldChange, ...]:
    """The fields that have an effect to be found: neither notation nor order."""
    return tuple(one for one in fields if one.noise not in {Noise.NOTATION, Noise.ORDER})


def is_under(path: str, prefix: str) -> bool:
    """Whether *path* is *prefix* or below it."""
    return path == prefix or path.startswith(f"{prefix}/" if prefix else "/")


def is_kept(body: Object) -> bool:
    """Whether the object stays in the cluster when it leaves its bundle."""
    annotations = annotations_of(body)
    return any(pattern.search(str(annotations.get(name, ""))) for name, pattern in KEEPING)


def left_running(around: Around) -> list[ResourceId]:
    """Of a group that leaves: the workloads that an annotation keeps in the cluster, where their pods run on."""
    return [
        id_
        for id_, body in around.old.items()
        if pod_template_path(id_.group, id_.kind) is not None
        and id_.kind not in {"CronJob", "Job"}
        and is_kept(body)
        and at(body, "spec.replicas", 1) != 0
    ]


def metadata_changed(change: Change, of: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> list[str]:
    """The names of the annotations or labels (what *of* reads) that differ, however the whole map came or went."""
    old, new = (of(body or {}) for body in (change.old, change.new))
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def containers(pod: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """All containers of a pod template."""
    spec = pod.get("spec")
    if isinstance(spec, Mapping):
        for name in ("initContainers", "containers"):
            for one in spec.get(name) or ():
                if isinstance(one, Mapping):
                    yield one


_ELEMENT = re.compile(r"\[(?:[^=\]]+=)?([^,\]]*)[^\]]*\]")


def told(path: str) -> str:
    """A path inside a pod template or an object for a sentence: `image of container redis`, `spec.replicas`."""
    steps = path.split("/")[1:]
    if steps and steps[-1].startswith("checksum~1"):
        return configuration_name(steps[-1].removeprefix("checksum~1"))
    for number, step in enumerate(steps):
        if step in {"containers", "initContainers"} and number + 1 < len(steps):
            name = _named(steps[number + 1])
            rest = steps[number + 2 :]
            if not rest:
                return f"container {name}"
            if rest[0] == "env" and len(rest) > 1:
                return f"variable {_named(rest[1])} of container {name}"
            return f"{_dotted(rest)} of container {name}"
        if step == "volumes" and number + 1 < len(steps):
            return f"volume {_named(steps[number + 1])}"
    return _dotted(steps)


def configuration_name(source: str) -> str:
    """What `checksum/SOURCE` is the checksum of: `ConfigMap orders-config` where mwgen made it, else SOURCE itself."""
    kind, _, name = source.partition("-")
    return f"{_CONFIGURATION[kind]} {name}" if kind in _CONFIGURATION and name else f"configuration {source}"


_CONFIGURATION = {"configmap": "ConfigMap", "secret": "Secret"}


def listed(fields: Sequence[FieldChange], prefix: str = "", most: int = 3) -> str:
    """The fields for a sentence, as far as it has room: `image of container redis, volume data and 2 more`."""
    return some(list(dict.fromkeys(told(one.path.removeprefix(prefix)) for one in fields)), most)


def some(names: Sequence[str], most: int = 3) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _named(step: str) -> str:
    element = _ELEMENT.fullmatch(step)
    return (element[1] if element else step).replace("~1", "/").replace("~0", "~")


def _dotted(steps: Sequence[str]) -> str:
    text = ""
    for step in steps:
        plain = step.replace("~1", "/").replace("~0", "~")
        if step.startswith("["):
            text += f"[{_named(step)}]"
        else:
            text += f".{plain}" if text else plain
    return text or "everything"


def _path_matches(pattern: str, path: str) -> bool:
    """Whether *path* or a part of its head matches: `*` is one step, `**` any number of them."""
    if not pattern:
        return True
    return _steps_match(pattern.split("/")[1:], path.split("/")[1:])


def _steps_match(pattern: Sequence[str], steps: Sequence[str]) -> bool:
    if not pattern:
        return True
    if pattern[0] == "**":
        return any(_steps_match(pattern[1:], steps[at:]) for at in range(len(steps) + 1))
    return (
        bool(steps) and fnmatchcase(steps[0], pattern[0].replace("[", "[[]")) and _steps_match(pattern[1:], steps[1:])
    )
