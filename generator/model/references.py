"""What a pod template uses of other objects in its namespace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.values import maps


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One use of an object, by kind and name."""

    kind: str
    """ConfigMap, Secret, PersistentVolumeClaim or ServiceAccount."""

    name: str
    optional: bool = False
    """The pod starts without it."""

    in_place: bool = False
    """The kubelet brings a change into the running pod: it is mounted as a whole volume, and nowhere by `subPath`."""


def references(template: Mapping[str, Any]) -> tuple[Reference, ...]:
    """Every use in the template's volumes, environments and service account, each once, in order."""
    spec = template.get("spec")
    if not isinstance(spec, dict):
        return ()
    containers = [*maps(spec.get("initContainers")), *maps(spec.get("containers"))]
    found = [*_volumes(spec, containers)]
    for container in containers:
        found += _environment(container)
    if account := spec.get("serviceAccountName"):
        found.append(Reference(kind="ServiceAccount", name=str(account)))
    return tuple(dict.fromkeys(found))


def _volumes(spec: Mapping[str, Any], containers: list[Mapping[str, Any]]) -> Iterator[Reference]:
    by_subpath = {
        str(mount.get("name"))
        for container in containers
        for mount in maps(container.get("volumeMounts"))
        if mount.get("subPath") or mount.get("subPathExpr")
    }
    for volume in maps(spec.get("volumes")):
        in_place = str(volume.get("name")) not in by_subpath
        yield from _source(volume, in_place=in_place)
        projected = volume.get("projected")
        for source in maps(projected.get("sources")) if isinstance(projected, dict) else ():
            yield from _source(source, in_place=in_place)


_SOURCES = (
    ("configMap", "ConfigMap", "name"),
    ("secret", "Secret", "secretName"),
    ("secret", "Secret", "name"),
    ("persistentVolumeClaim", "PersistentVolumeClaim", "claimName"),
)
"""Field, kind, and the field of the name; the source of a projected volume calls a Secret's name `name`."""


def _source(volume: Mapping[str, Any], *, in_place: bool) -> Iterator[Reference]:
    for field, kind, name in _SOURCES:
        yield from _reference(kind, volume.get(field), name, in_place=in_place and kind != "PersistentVolumeClaim")


def _environment(container: Mapping[str, Any]) -> Iterator[Reference]:
    for source in maps(container.get("envFrom")):
        yield from _reference("ConfigMap", source.get("configMapRef"))
        yield from _reference("Secret", source.get("secretRef"))
    for variable in maps(container.get("env")):
        value_from = variable.get("valueFrom")
        if isinstance(value_from, dict):
            yield from _reference("ConfigMap", value_from.get("configMapKeyRef"))
            yield from _reference("Secret", value_from.get("secretKeyRef"))


def _reference(kind: str, source: Any, name: str = "name", *, in_place: bool = False) -> Iterator[Reference]:
    if isinstance(source, dict) and source.get(name):
        optional = source.get("optional") is True
        yield Reference(kind=kind, name=str(source[name]), optional=optional, in_place=in_place)
