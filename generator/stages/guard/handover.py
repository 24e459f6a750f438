"""Bundles that another Application or Kustomization applies than before: the old one goes, with all that it holds.

Argo CD deletes what an Application with its finalizer holds when the Application is deleted; Flux deletes what a
Kustomization has applied. The new owner makes the objects again, empty.
"""

from collections.abc import Callable, Iterator, Mapping

from generator.diagnostics import Severity
from generator.model.bundle import Lock, LockedObject
from generator.model.finding import Finding
from generator.model.losses import loss_of
from generator.model.resource import ResourceId, labels_of
from generator.model.values import Object

_COMPONENT = "middleware.io/component"


def findings(
    lock: Lock, now: Mapping[ResourceId, str], files: Mapping[str, Object], read: Callable[[str], Object | None]
) -> Iterator[Finding]:
    """What goes when *files* (by path) have the bundle applied, and no longer those that the lock lists.

    *now* are the bundle's objects with their components; *read* gives the object in a file.
    """
    owners = {ResourceId.of(body) for body in files.values() if "name" in (body.get("metadata") or {})}
    for path in lock.delivery:
        body = read(path)
        if body is None or ResourceId.of(body) in owners or not _deletes(body):
            continue
        kept = [entry.id for entry in _held(lock, body) if now.get(entry.id) == entry.component]
        if kept:
            yield _handed_over(ResourceId.of(body), len(kept))
    if lock.target == "flux" and lock.delivery:
        for entry in lock.objects:
            component = now.get(entry.id, entry.component)
            if component != entry.component:
                yield _moved(entry.id, entry.component, component)


def _deletes(body: Object) -> bool:
    """Whether what the file made in the cluster takes its objects along when it goes."""
    if body["kind"] == "Application":
        return bool(body["metadata"].get("finalizers"))
    spec = body.get("spec") or {}
    return body["kind"] == "Kustomization" and spec.get("prune") is True and spec.get("deletionPolicy") != "Orphan"


def _held(lock: Lock, body: Object) -> list[LockedObject]:
    """The objects that the file has applied: those of a component, or of the whole bundle."""
    component = labels_of(body).get(_COMPONENT)
    return [entry for entry in lock.objects if body["kind"] == "Application" or entry.component == component]


def _handed_over(old: ResourceId, count: int) -> Finding:
    objects = "1 object" if count == 1 else f"{count} objects"
    return Finding(
        code="MW551",
        id=old,
        message=f"{old.kind} {old.namespace}/{old.name} goes, and deletes {objects} of the bundle that "
        "something else is to apply from now on",
        hint="hand it over first: set deletionPolicy: Protect, generate, commit, wait until that is applied; then "
        "nothing is deleted with it",
    )


def _moved(id_: ResourceId, old: str, new: str) -> Finding:
    data = loss_of(id_.group, id_.kind)
    return Finding(
        code="MW552",
        id=id_,
        message=f"{id_.kind} {id_.name} moves from component {old} to {new}: Flux deletes it with the one, and makes "
        "it anew with the other",
        hint=f"leave it where it is: {data}" if data else "the object is missing for a moment",
        severity=Severity.ERROR if data else Severity.WARNING,
    )
