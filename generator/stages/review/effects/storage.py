"""What holds data: claims, volumes, StatefulSets' claim templates; and what is deleted with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.kinds import pod_template
from generator.model.quantity import QuantityError, parse
from generator.model.resource import annotations_of
from generator.model.review import ChangeKind, Effect
from generator.model.values import maps
from generator.stages.guard.equal import at
from generator.stages.review.effects.change import KEEPING, Around, Change, containers, is_kept, listed
from generator.stages.review.effects.table import effect

_REQUEST = "spec.resources.requests.storage"
_POLICY = "spec.persistentVolumeClaimRetentionPolicy"


def claim(change: Change, around: Around) -> Iterator[Effect]:
    """A PersistentVolumeClaim: its size. What else is refused, the guard says."""
    del around
    if change.old is not None and change.new is not None:
        old, new = at(change.old, _REQUEST), at(change.new, _REQUEST)
        path = "/" + _REQUEST.replace(".", "/")
        if _smaller(new, old):
            way = f"keep {old}; for less, make a claim under another name and bring the data over"
            yield effect("claim-shrinks", f"it asks for {new}, less than {old}: no claim shrinks", change.id, path, way)
        elif _smaller(old, new):
            yield effect(
                "claim-grows", f"it grows from {old} to {new}, if its storage class allows it", change.id, path
            )


def claim_templates(change: Change, around: Around) -> Iterator[Effect]:
    """A StatefulSet's claim templates, and what becomes of its claims."""
    del around
    if change.old is None or change.new is None:
        return
    old, new = _templates(change.old), _templates(change.new)
    for name, template in old.items():
        field = f"/spec/volumeClaimTemplates/[metadata.name={name}]"
        if name not in new:
            reason = f"pods no longer mount the claims of template {name}; they stay, and nothing uses them"
            yield effect("claim-removed", reason, change.id, field)
            continue
        if template is new[name]:
            continue
        before, after = at(template, _REQUEST), at(new[name], _REQUEST)
        if _smaller(after, before):
            reason = f"claims of template {name} ask for {after}, less than {before}: no claim shrinks"
            yield effect("claim-shrinks", reason, change.id, f"{field}/{_REQUEST.replace('.', '/')}", f"keep {before}")
    for when, event in (("whenDeleted", "the StatefulSet"), ("whenScaled", "the pods that a scale-down removes")):
        before, after = (at(body, f"{_POLICY}.{when}", "Retain") for body in (change.old, change.new))
        if before != after == "Delete":
            field = f"/{_POLICY.replace('.', '/')}/{when}"
            yield effect("claims-deleted", f"claims are deleted with {event} from now on", change.id, field)


def mounted(change: Change, around: Around) -> Iterator[Effect]:
    """Of whatever has pods: where they find their data. A program that finds none starts empty."""
    del around
    if change.old is None or change.new is None or change.kind is ChangeKind.RENAMED:
        return
    if not change.under(change.template_path or "/spec/template", "/spec/ordinals"):
        return
    old, new = _mounts(change.old), _mounts(change.new)
    field = f"{change.template_path or '/spec/template'}/spec"
    still, templates = {source for _, source in new}, _templates(change.new)
    for source in sorted({source for _, source in old} - still):
        if not source.startswith(_TEMPLATE) or source.removeprefix(_TEMPLATE) in templates:
            reason = f"its pods no longer mount {source}: what it holds stays, and nothing uses it"
            yield effect("data-mount", reason, change.id, f"{field}/volumes", "bring the data over first")
    for (container, source), paths in old.items():
        now = new.get((container, source))
        if now is not None and not paths <= now:
            gone, fresh = ", ".join(sorted(paths - now)), ", ".join(sorted(now))
            reason = f"container {container} has {source} at {fresh} instead of {gone}"
            way = "make sure that the program looks for its data there: else it starts empty"
            yield effect("data-mount", reason, change.id, f"{field}/containers/[name={container}]/volumeMounts", way)
    before, after = (at(body, "spec.ordinals.start", 0) for body in (change.old, change.new))
    if before != after and _templates(change.old):
        reason = f"its pods are numbered from {after} instead of {before}: those with new numbers get new, empty claims"
        yield effect("data-mount", reason, change.id, "/spec/ordinals/start", f"keep {before}")


_TEMPLATE = "the claims of template "


def _mounts(body: Mapping[str, Any]) -> dict[tuple[str, str], set[str]]:
    """Where each container has each claim: paths, with what is mounted of the claim."""
    pod = pod_template(body)
    if pod is None:
        return {}
    sources = {name: f"{_TEMPLATE}{name}" for name in _templates(body)}
    for one in maps(at(pod, "spec.volumes")):
        claim = at(one, "persistentVolumeClaim.claimName")
        if claim:
            sources[str(one.get("name"))] = f"claim {claim}"
    found: dict[tuple[str, str], set[str]] = {}
    for container in containers(pod):
        for mount in maps(container.get("volumeMounts")):
            if str(mount.get("name")) in sources:
                part = f" ({mount['subPath']} of it)" if mount.get("subPath") else ""
                key = str(container.get("name")), sources[str(mount.get("name"))]
                found.setdefault(key, set()).add(f"{mount.get('mountPath')}{part}")
    return found


def volume(change: Change, around: Around) -> Iterator[Effect]:
    """A PersistentVolume or StorageClass: what happens to the volume when its claim goes."""
    del around
    for path in ("spec.persistentVolumeReclaimPolicy", "reclaimPolicy"):
        before, after = (at(body, path) for body in (change.old or {}, change.new or {}))
        if before == "Retain" and after == "Delete":
            yield effect("reclaim-delete", "a volume is deleted with its claim from now on", change.id, f"/{path}")


def keeping(change: Change, around: Around) -> Iterator[Effect]:
    """Of any kind: the annotation that keeps it from being deleted goes."""
    del around
    if change.old is not None and change.new is not None and is_kept(change.old) and not is_kept(change.new):
        names = [name for name, pattern in KEEPING if _has(change.old, name) and not _has(change.new, name)]
        names = names or [name for name, _ in KEEPING if _has(change.old, name)]
        reason = f"{names[0]} no longer keeps it: the next time it leaves the bundle, it is deleted"
        field = f"/metadata/annotations/{names[0].replace('/', '~1')}"
        yield effect("keep-removed", reason, change.id, field, "leave the annotation where it is")


def definition(change: Change, around: Around) -> Iterator[Effect]:
    """A CustomResourceDefinition: versions that are no longer served."""
    del around
    if change.old is None or change.new is None:
        return
    served = {_version(one) for one in at(change.new, "spec.versions", ()) if one.get("served", True)}
    gone = [one for one in at(change.old, "spec.versions", ()) if one.get("served", True)]
    for name in sorted({_version(one) for one in gone} - served):
        reason = f"version {name} is no longer served: manifests and programs that use it fail"
        yield effect("version-removed", reason, change.id, f"/spec/versions/[name={name}]")
    rest = [one for one in change.under("/spec") if not one.path.startswith("/spec/versions/[")]
    if rest:
        yield effect("taken-up", f"the definition changes ({listed(rest)})", change.id)


def _version(one: Mapping[str, Any]) -> str:
    return str(one.get("name"))


def _templates(body: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found = at(body, "spec.volumeClaimTemplates", ())
    return {str(at(one, "metadata.name")): one for one in found if isinstance(one, Mapping)}


def _has(body: Mapping[str, Any], name: str) -> bool:
    return name in annotations_of(body)


def _smaller(one: Any, other: Any) -> bool:
    """Whether the quantity *one* is less than *other*; False where either is none."""
    try:
        return one is not None and other is not None and parse(one) < parse(other)
    except QuantityError:
        return False
