"""How a bundle is applied: Applications of Argo CD, Kustomizations of Flux, and what they come from."""

from collections.abc import Iterator

from generator.model.review import ChangeKind, Effect
from generator.stages.guard.equal import at
from generator.stages.review.effects.change import Around, Change, listed
from generator.stages.review.effects.table import effect

KINDS = (
    ("argoproj.io", "Application"),
    ("argoproj.io", "ApplicationSet"),
    ("kustomize.config.k8s.io", "Kustomization"),
    ("kustomize.toolkit.fluxcd.io", "Kustomization"),
    ("source.toolkit.fluxcd.io", "GitRepository"),
)


def delivered(change: Change, around: Around) -> Iterator[Effect]:
    """A change of how objects get to the cluster; of one that goes, what it would take along."""
    if change.kind is ChangeKind.REMOVED or change.kind is ChangeKind.RENAMED:
        if around.after is not None and change.old is not None and _takes_along(change.old):
            reason = "who applied the bundle goes, and deletes what it has applied"
            way = "take its finalizer or its pruning away first, and commit that"
            yield effect("delivery-removed", reason, change.was, way=way)
        else:
            yield effect("removed", "nobody is told to apply the bundle by it any more", change.was)
    elif change.old is None:
        yield effect("added", "it has the bundle applied", change.id)
    else:
        fields = change.under("/spec", "/metadata/finalizers", "/resources", "/sortOptions")
        if fields:
            yield effect("delivery", f"how it is applied changes ({listed(fields)})", change.id)


def _takes_along(body: dict[str, object]) -> bool:
    """Whether the tool deletes what it has applied when the object goes."""
    return bool(at(body, "metadata.finalizers")) or (
        at(body, "spec.prune") is True and at(body, "spec.deletionPolicy") != "Orphan"
    )
