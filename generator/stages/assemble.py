"""From resources to files: stable names, canonical bytes, and the lock beside them."""

import hashlib
import marshal
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.bundle import LOCK_NAME, BundleKey, Lock, LockedObject
from generator.model.delivery import FOLDER
from generator.model.group import DeletionPolicy
from generator.model.order import Operation
from generator.model.outcome import Outcome
from generator.model.plan import Plan
from generator.model.resource import Resource, ResourceId
from generator.model.values import Object
from generator.stages.objects import fleet
from generator.stages.operate import Decision
from generator.targets import Target
from generator.yamlio.dump import dump

_ODD = re.compile(r"[^a-z0-9.\-]+")
_LARGE = 256 * 1024 // 6
"""Bytes of YAML from which a target is asked whether size matters: as JSON, six times as much may come of it."""

_LONGEST = 200
"""Bytes of a file name; the usual file systems allow 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFile:
    """A resource as it will stand in its file."""

    resource: Resource
    wave: int | None
    path: str
    """Relative to the bundle's folder."""

    data: bytes
    sha256: str

    def locked(self) -> LockedObject:
        """What the lock says of it."""
        return LockedObject(
            id=self.resource.id,
            component=self.resource.component,
            wave=self.wave,
            path=self.path,
            sha256=self.sha256,
        )


def paths(resources: Sequence[Resource]) -> dict[ResourceId, str]:
    """`<component>/<kind>-<name>.yaml` for each; where two would share it, a digest tells them apart."""
    plain = {one.id: f"{one.component}/{file_stem(one.id)}" for one in resources}
    shared = {stem for stem, count in Counter(plain.values()).items() if count > 1}
    return {
        key: f"{stem}-{hashlib.sha256(str(key).encode()).hexdigest()[:8]}.yaml" if stem in shared else f"{stem}.yaml"
        for key, stem in plain.items()
    }


def file_stem(key: ResourceId) -> str:
    """`<kind>-<name>` in characters that every file system has."""
    stem = f"{key.kind}-{key.name}".lower()
    clean = _ODD.sub("_", stem)
    if clean == stem and len(stem) <= _LONGEST:
        return stem
    return f"{clean[:_LONGEST]}-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def files(
    resources: Sequence[Resource], waves: Mapping[ResourceId, int | None], target: Target, policy: DeletionPolicy
) -> tuple[ObjectFile, ...]:
    """Each resource as a file, sorted by path."""
    where = paths(resources)
    made = [_file(one, waves[one.id], where[one.id], target, policy) for one in resources]
    return tuple(sorted(made, key=lambda one: one.path))


def moved(
    made: Sequence[ObjectFile], waves: Mapping[ResourceId, int | None], target: Target, policy: DeletionPolicy
) -> tuple[ObjectFile, ...]:
    """The same files with other waves; a file whose wave stays is not written anew."""
    return tuple(
        one
        if one.wave == waves[one.resource.id]
        else _file(one.resource, waves[one.resource.id], one.path, target, policy)
        for one in made
    )


def same(made: Sequence[ObjectFile], lock: Lock) -> bool:
    """Whether *made* is byte for byte what the lock says that the bundle holds."""
    return [(one.path, one.sha256) for one in made] == sorted((one.path, one.sha256) for one in lock.objects)


def body(resource: Resource, wave: int | None, target: Target, policy: DeletionPolicy) -> Object:
    """The object as it stands in its file."""
    written = target.written(resource, wave, policy)
    # Most are far from large, which is found out in no time.
    if len(marshal.dumps(written)) * 2 <= _LARGE or len(dump(written).encode()) <= _LARGE:
        return written
    return target.enlarged(written)


def _file(resource: Resource, wave: int | None, path: str, target: Target, policy: DeletionPolicy) -> ObjectFile:
    written = target.written(resource, wave, policy)
    data = dump(written).encode()
    if len(data) > _LARGE:
        data = dump(target.enlarged(written)).encode()
    return ObjectFile(resource=resource, wave=wave, path=path, data=data, sha256=hashlib.sha256(data).hexdigest())


def locked_waves(resources: Sequence[Resource], lock: Lock) -> dict[ResourceId, int | None]:
    """The waves that the lock remembers: with them, an unchanged bundle is the same to the byte."""
    remembered = {entry.id: entry.wave for entry in lock.objects}
    return {one.id: remembered.get(one.id) for one in resources}


def outcome(
    made: Sequence[ObjectFile],
    plan: Plan,
    lock: Lock | None,
    decision: Decision,
    hashes: Mapping[str, str],
    immutable: Mapping[str, Any],
    delivery: Mapping[str, bytes],
    read: Callable[[str], bytes | None],
) -> Outcome:
    """What the bundle comes to: the files that differ from those that *read* finds, and the new lock among them.

    *delivery* are the files that have it applied, by path relative to the output folder.
    """
    folder = plan.key.folder
    new_lock = _lock(made, plan, decision, hashes, immutable, tuple(delivery))
    wanted = {f"{folder}/{one.path}": one.data for one in made} | dict(delivery)
    wanted[f"{folder}/{LOCK_NAME}"] = new_lock.dump()
    before = {entry.id: entry for entry in lock.objects} if lock else {}
    after = {entry.id: entry for entry in new_lock.objects}
    gone = {*_held(plan.key, lock)} - wanted.keys() if lock else set()
    return Outcome(
        key=plan.key,
        operation=decision.operation,
        upgrades=tuple(decision.upgrades),
        order=plan.orders.of(decision.operation),
        lock=new_lock,
        new=lock is None,
        cluster=plan.environment.cluster or plan.environment.name,
        exclusive=fleet.exclusive(one.resource for one in made),
        demand=fleet.demand([one.resource for one in made]) if plan.environment.quota else {},
        write={path: data for path, data in wanted.items() if read(path) != data},
        remove=tuple(sorted(path for path in gone if read(path) is not None)),
        added=tuple(key for key in after if key not in before),
        changed=tuple(key for key, entry in after.items() if key in before and before[key].sha256 != entry.sha256),
        removed=tuple(key for key in before if key not in after),
    )


def removal(key: BundleKey, lock: Lock) -> Outcome:
    """The bundle leaves the output folder."""
    return Outcome(
        key=key,
        operation=Operation.DELETE,
        lock=None,
        remove=tuple(sorted([f"{key.folder}/{LOCK_NAME}", *_held(key, lock)])),
        removed=tuple(entry.id for entry in lock.objects),
    )


def _held(key: BundleKey, lock: Lock) -> Iterator[str]:
    """The files that the lock lists, relative to the output folder, as far as they may be a bundle's."""
    for entry in lock.objects:
        yield f"{key.folder}/{entry.path}"
    for path in lock.delivery:
        if path.startswith((f"{FOLDER}/", f"{key.folder}/")) and ".." not in path.split("/"):
            yield path


def _lock(
    made: Sequence[ObjectFile],
    plan: Plan,
    decision: Decision,
    hashes: Mapping[str, str],
    immutable: Mapping[str, Any],
    delivery: tuple[str, ...],
) -> Lock:
    return Lock(
        plugin=plan.plugin.name,
        plugin_version=plan.plugin.version,
        runtime=plan.runtime,
        runtime_version=plan.runtime_version,
        topology=plan.topology,
        target=plan.environment.target,
        state=plan.state,
        deletion_policy=plan.deletion_policy,
        operation=decision.operation,
        order=plan.orders.of(decision.operation),
        hashes=hashes,
        immutable_values=immutable,
        objects=tuple(one.locked() for one in made),
        delivery=delivery,
    )
