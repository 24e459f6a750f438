"""From resources to files: stable names, canonical bytes, and the lock beside them."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model.bundle import Lock, LockedObject
from generator.model.resource import Resource, ResourceId
from generator.targets import Target
from generator.yamlio import dump

_ODD = re.compile(r"[^a-z0-9.\-]+")
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
    resources: Sequence[Resource], waves: Mapping[ResourceId, int | None], target: Target
) -> tuple[ObjectFile, ...]:
    """Each resource as a file, sorted by path."""
    where = paths(resources)
    made = [_file(one, waves[one.id], where[one.id], target) for one in resources]
    return tuple(sorted(made, key=lambda one: one.path))


def moved(made: Sequence[ObjectFile], waves: Mapping[ResourceId, int | None], target: Target) -> tuple[ObjectFile, ...]:
    """The same files with other waves; a file whose wave stays is not written anew."""
    return tuple(
        one if one.wave == waves[one.resource.id] else _file(one.resource, waves[one.resource.id], one.path, target)
        for one in made
    )


def same(made: Sequence[ObjectFile], lock: Lock) -> bool:
    """Whether *made* is byte for byte what the lock says that the bundle holds."""
    return [(one.path, one.sha256) for one in made] == sorted((one.path, one.sha256) for one in lock.objects)


def _file(resource: Resource, wave: int | None, path: str, target: Target) -> ObjectFile:
    data = dump(target.ordered(resource.body, wave)).encode()
    return ObjectFile(resource=resource, wave=wave, path=path, data=data, sha256=hashlib.sha256(data).hexdigest())
