"""What runs: pod templates, replicas, images, strategies; and Jobs, which never restart."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from generator.model.kinds import pod_template, runs_nothing
from generator.model.order import Operation
from generator.model.quantity import QuantityError, parse
from generator.model.references import references
from generator.model.resource import annotations_of, labels_of
from generator.model.review import ChangeKind, Effect, FieldChange, Noise
from generator.stages.guard.equal import at
from generator.stages.review.effects.change import (
    Around,
    Change,
    configuration_name,
    containers,
    is_under,
    listed,
    told,
)
from generator.stages.review.effects.table import effect

_CHECKSUM = "/metadata/annotations/checksum~1"


def workload(change: Change, around: Around) -> Iterator[Effect]:
    """Of a Deployment, StatefulSet, DaemonSet, or a kind like them: its pods."""
    yield from new_sources(change, around)
    if change.old is None or change.new is None:
        return
    if change.kind is ChangeKind.RENAMED:  # nothing is replaced one by one: the old pods stop, and others start
        yield from images(change)
        return
    yield from scaled(change, around)
    prefix = change.template_path or "/spec/template"
    fields = change.under(prefix)
    if fields:
        yield from _restart(change, fields, prefix)
        yield from images(change)
    strategy = change.under("/spec/strategy", "/spec/updateStrategy", "/spec/minReadySeconds", "/spec/paused")
    if strategy:
        yield effect("taken-up", f"how its pods are replaced changes ({listed(strategy)})", change.id)


def _restart(change: Change, fields: Sequence[FieldChange], prefix: str) -> Iterator[Effect]:
    """The one effect that says how a new pod template reaches the pods."""
    new = change.new or {}
    what = listed([one for one in fields if one.noise is not Noise.VERSION] or fields, prefix)
    field = fields[0].path if len(fields) == 1 else prefix
    replicas = at(new, "spec.replicas", 1)
    strategy = at(new, "spec.strategy.type") or at(new, "spec.updateStrategy.type") or "RollingUpdate"
    partition = at(new, "spec.updateStrategy.rollingUpdate.partition", 0)
    if replicas == 0:
        yield effect("not-running", f"no pod runs; the next ones start with it ({what})", change.id, field)
    elif at(new, "spec.paused") is True:
        yield effect("paused", f"it is paused: nothing happens until it is resumed ({what})", change.id, field)
    elif strategy == "OnDelete":
        way = "delete its pods one by one, the one that serves writes last"
        yield effect("on-delete", f"a pod takes it up when somebody deletes it ({what})", change.id, field, way)
    elif strategy == "Recreate":
        yield effect("all-at-once", f"all pods stop before new ones start ({what})", change.id, field)
    elif isinstance(partition, int) and partition >= (replicas if isinstance(replicas, int) else 1) > 0:
        way = "lower updateStrategy.rollingUpdate.partition"
        yield effect("partition", f"the partition holds all pods back ({what})", change.id, field, way)
    elif isinstance(partition, int) and partition > 0:
        way = "lower updateStrategy.rollingUpdate.partition for the others"
        yield effect("partition", f"only pods from ordinal {partition} on restart ({what})", change.id, field, way)
    elif replicas == 1 and change.id.kind in {"StatefulSet", "Deployment"}:
        gap = "it is gone for a while" if change.id.kind == "StatefulSet" else "there is no second one"
        yield effect("only-pod", f"its only pod is replaced: {gap} ({what})", change.id, field)
    else:
        yield _rolling(change, fields, prefix, what, field)


def _rolling(change: Change, fields: Sequence[FieldChange], prefix: str, what: str, field: str) -> Effect:
    if all(one.path.startswith(prefix + _CHECKSUM) for one in fields):
        sources = [configuration_name(one.path.removeprefix(prefix + _CHECKSUM)) for one in fields]
        return effect("config-checksum", f"its pods are replaced one by one ({', '.join(sources)})", change.id, field)
    rule = "image" if any(one.path.endswith("/image") for one in fields) else "pod-template"
    return effect(rule, f"its pods are replaced one by one ({what})", change.id, field)


# --- replicas

_COUNTS = frozenset({"replicas", "instances", "members", "nodeCount", "shards", "size"})
"""Names that operators give to the number of pods, where the value is a whole number."""


def scaled(change: Change, around: Around) -> Iterator[Effect]:
    """More or fewer pods."""
    for one in change.fields:
        if not is_under(one.path, "/spec") or one.path.rpartition("/")[2] not in _COUNTS or "template" in one.path:
            continue
        if change.template_path is not None and one.path != "/spec/replicas":
            continue
        old, new = one.old, one.new
        if change.template_path is not None:
            old, new = (1 if value is None else value for value in (old, new))
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in (old, new)):
            continue
        yield _scaled(change, around, one.path, old, new)


def _scaled(change: Change, around: Around, path: str, old: int, new: int) -> Effect:
    what = f"{told(path)} goes from {old} to {new}"
    if new == 0:
        if around.operation is Operation.STOP:
            return effect("stopped", f"its {old} pods stop; its claims stay" if old else what, change.id, path)
        return effect(
            "replicas-zero",
            f"{what}: nothing serves any more",
            change.id,
            path,
            f"keep {old}, or set \
state: Stopped, which stops the group in its order",
        )
    if old == 0:
        return effect("started", f"{new} pods start", change.id, path)
    if new > old:
        return effect("scale-up", what, change.id, path)
    if at(change.new or {}, "spec.persistentVolumeClaimRetentionPolicy.whenScaled") == "Delete":
        return effect("claims-deleted", f"{what}, and the claims of the pods that go are deleted", change.id, path)
    majority = old // 2 + 1
    if old >= 3 and new < majority and change.id.kind != "Deployment":
        way = "scale down one by one, and let the members that leave be taken out of the cluster first"
        return effect("quorum", f"{what}: fewer than the {majority} that were a majority", change.id, path, way)
    keeps = change.id.kind == "StatefulSet" and at(change.new or {}, "spec.volumeClaimTemplates")
    rest = "; the claims of the pods that go stay, and nothing serves them" if keeps else ""
    return effect("scale-down", f"{what}{rest}", change.id, path)


# --- images


class Image(NamedTuple):
    """An image's name in parts. `tag` is empty where there is none."""

    registry: str
    repository: str
    tag: str
    digest: str


_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)")


def image(text: str) -> Image:
    """The parts of an image's name, as a container runtime reads it."""
    rest, _, digest = text.partition("@")
    first, slash, remainder = rest.partition("/")
    registry = "docker.io"
    if slash and (any(char in first for char in ".:") or first == "localhost"):
        registry, rest = first, remainder
    repository, colon, tag = rest.rpartition(":")
    if not colon or "/" in tag:
        repository, tag = rest, ""
    if registry == "docker.io" and "/" not in repository:
        repository = f"library/{repository}"
    return Image(registry, repository, tag, digest)


def images(change: Change) -> Iterator[Effect]:
    """Other images: where they come from, and which way their versions go."""
    old, new = (_images(body) for body in (change.old, change.new))
    keeps_data = change.id.kind == "StatefulSet" or _has_claim(change.new)
    for name in old.keys() & new.keys():
        if old[name] == new[name]:
            continue
        before, after = image(old[name]), image(new[name])
        field = f"{change.template_path}/spec/containers/[name={name}]/image"
        if (before.registry, before.repository) != (after.registry, after.repository):
            source = f"container {name} runs {_source(after)} instead of {_source(before)}"
            yield effect("image-source", source, change.id, field)
            if before.repository.rpartition("/")[2] != after.repository.rpartition("/")[2]:
                continue  # versions of two programs cannot be compared
        one, other = _version(before.tag), _version(after.tag)
        if not one or not other:
            continue
        step = f"container {name} goes from {before.tag} to {after.tag}"
        if other < one and keeps_data and other != one[: len(other)]:
            way = "go back only where the program's manual says that it reads the newer data"
            yield effect("image-downgrade", f"{step}: older than what has written the data", change.id, field, way)
        elif other[0] > one[0]:
            way = "take a backup first" if keeps_data else ""
            yield effect("image-major", f"{step}, another major version", change.id, field, way)


def new_sources(change: Change, around: Around) -> Iterator[Effect]:
    """Containers that are new, in a group that is not, with images from a registry that the group has not used."""
    if change.new is None or around.before is None:
        return
    fresh = {name: text for name, text in _images(change.new).items() if name not in _images(change.old)}
    if not fresh:
        return
    known = {image(text).registry for body in around.old.values() for text in _images(body).values()}
    for name, text in fresh.items():
        one = image(text)
        if known and one.registry not in known:
            reason = f"container {name} runs {_source(one)}, from a registry that the group has not used"
            field = f"{change.template_path}/spec/containers/[name={name}]/image"
            yield effect("image-source", reason, change.id, field)


def _images(body: Mapping[str, Any] | None) -> dict[str, str]:
    pod = pod_template(body) if body is not None else None
    return {str(one.get("name")): str(one["image"]) for one in containers(pod or {}) if one.get("image")}


def _source(one: Image) -> str:
    return f"{one.registry}/{one.repository}"


def _version(tag: str) -> tuple[int, ...]:
    found = _VERSION.match(tag)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def _has_claim(body: Mapping[str, Any] | None) -> bool:
    pod = pod_template(body) if body is not None else None
    return pod is not None and any(one.kind == "PersistentVolumeClaim" for one in references(pod))


# --- what runs once


def cron_job(change: Change, around: Around) -> Iterator[Effect]:
    """A schedule, or what runs by it."""
    yield from new_sources(change, around)
    if change.old is not None and change.new is not None and change.under("/spec"):
        suspended = at(change.new, "spec.suspend") is True
        when = "it is suspended: no run is due" if suspended else "from its next run on"
        yield effect("next-run", f"{listed(change.under('/spec'))}: {when}", change.id)
        yield from images(change)


def backup(change: Change, around: Around) -> Iterator[Effect]:
    """What makes backups, as its pods' label says: that it ends while there are data to save."""
    pod = pod_template(change.old) if change.old is not None else None
    if pod is None or labels_of(pod).get("app.kubernetes.io/component") != "backup":
        return
    if around.after is None or around.operation is Operation.STOP or at(change.old or {}, "spec.suspend") is True:
        return
    if change.kind is ChangeKind.REMOVED:
        yield effect(
            "backup-ends", "no backup is made any more", change.was, way="keep it, or see to backups elsewhere"
        )
    elif change.new is not None and at(change.new, "spec.suspend") is True:
        reason = "it is suspended: no backup is made until that is taken back"
        yield effect("backup-ends", reason, change.id, "/spec/suspend")


def job(change: Change, around: Around) -> Iterator[Effect]:
    """A Job that changes: the guard says what is refused; a hook is made anew by each sync."""
    del around
    if change.old is not None and change.new is not None and change.under("/spec"):
        annotations = annotations_of(change.new)
        if "argocd.argoproj.io/hook" in annotations:
            yield effect("next-run", "a hook: the next sync makes it anew and runs it", change.id)


# --- operators

_SIZES = frozenset({"size", "storage", "storageSize", "volumeSize", "diskSize", "capacity"})


def custom(change: Change, around: Around) -> Iterator[Effect]:
    """A custom resource that something runs by: replicas, storage; of the rest its operator alone knows."""
    if change.old is None or change.new is None:
        return
    counts = list(scaled(change, around))
    yield from counts
    shrinking = list(_shrinking(change))
    yield from shrinking
    rest = [one for one in change.under("/spec") if one.path not in {each.field for each in (*counts, *shrinking)}]
    if rest and not runs_nothing(*change.key):
        what = f"its operator decides what restarts ({listed(rest)})"
        yield effect("operator", what, change.id, rest[0].path if len(rest) == 1 else "/spec")


def _shrinking(change: Change) -> Iterator[Effect]:
    for one in change.fields:
        if one.kind is not ChangeKind.CHANGED or one.path.rpartition("/")[2] not in _SIZES:
            continue
        if not all(isinstance(value, str) for value in (one.old, one.new)):
            continue
        try:
            smaller = parse(one.new) < parse(one.old)
        except QuantityError:
            continue
        if smaller:
            way = f"keep {one.old}; for less, make a new instance and bring the data over"
            yield effect(
                "claim-shrinks", f"{told(one.path)} goes from {one.old} to {one.new}: no claim shrinks", change.id,
                one.path, way,
            )  # fmt: skip
