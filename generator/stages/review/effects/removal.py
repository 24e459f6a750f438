"""Objects that leave a bundle, or go on under another name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.model.kinds import pod_template_path, runs_nothing
from generator.model.losses import loss_of
from generator.model.review import ChangeKind, Effect, EffectKind
from generator.stages.guard.equal import at
from generator.stages.review.effects.change import Around, Change, is_kept
from generator.stages.review.effects.table import effect

_WAYS: Final[Mapping[str, str]] = {
    "PersistentVolumeClaim": "save what must be kept before this is applied, or annotate it with Prune=false",
    "StatefulSet": "take a backup first",
}


def removal(change: Change, around: Around) -> Iterator[Effect]:
    """What is lost with an object that leaves, or that is deleted and made under another name."""
    if change.old is None or change.kind not in {ChangeKind.REMOVED, ChangeKind.RENAMED}:
        return
    id_ = change.was
    renamed = f"it goes on {_new_name(change)}: " if change.kind is ChangeKind.RENAMED else ""
    key = id_.group, id_.kind
    if is_kept(change.old):
        reason = f"{renamed}an annotation keeps the old one in the cluster, where nothing looks after it"
        yield effect("kept", reason, id_, way=f"delete it when nobody needs it: {_delete(change)}")
    elif key == ("", "PersistentVolumeClaim"):
        reason = f"{renamed}the claim goes, and its volume with it unless the reclaim policy is Retain"
        yield effect("claim-removed", reason, id_, way=_WAYS["PersistentVolumeClaim"])
    elif key == ("", "Secret"):
        yield effect("secret-removed", f"{renamed}what it held is nowhere else, as far as git knows", id_)
    elif loss_of(*key):
        loss = _with_claims(change.old) if key == ("apps", "StatefulSet") else loss_of(*key)
        yield effect("data-removed", f"{renamed}{loss}", id_, way=_WAYS.get(id_.kind, ""))
    elif key == ("", "Service"):
        host = id_.name if change.id.namespace == id_.namespace else f"{id_.name}.{id_.namespace}"
        yield effect("service-removed", f"{renamed}nobody reaches anything as {host} any more", id_)
    elif pod_template_path(*key) is not None and id_.kind not in {"Job", "CronJob"}:
        rule = "renamed" if renamed else "workload-removed"
        reason = f"{renamed}its pods stop" + (", and others start" if renamed else ", and nothing takes their place")
        yield effect(rule, reason, id_)
    elif not runs_nothing(*key) and "." in id_.group and not id_.group.endswith(".k8s.io"):
        yield effect("workload-removed", f"{renamed}its operator stops what runs because of it", id_)
    else:
        yield effect("removed", f"{renamed}{'the old one' if renamed else 'it'} leaves the cluster", id_)
    del around


def moved(change: Change, around: Around) -> Iterator[Effect]:
    """An object that belongs to another component: harmless for Argo CD, deleted and made anew by Flux."""
    if change.kind is not ChangeKind.MOVED:
        return
    target = around.after.target if around.after else ""
    if target != "flux" or (change.old is not None and is_kept(change.old)):
        yield effect("component-moves", "it belongs to another component; the object stays", change.id)
        return
    loses = loss_of(*change.key)
    reason = "the Kustomization of its old component deletes it before that of the new one makes it"
    way = "annotate it with kustomize.toolkit.fluxcd.io/prune: disabled, apply that, then move it"
    yield effect("component-moves-flux", reason, change.id, way=way, kind=EffectKind.DATA if loses else None)


def _new_name(change: Change) -> str:
    """Where an object goes on: `as other`, `in namespace other`, or both."""
    now, was = change.id, change.was
    parts = [f"as {now.name}"] if now.name != was.name else []
    parts += [f"in namespace {now.namespace}"] if now.namespace != was.namespace else []
    return " ".join(parts)


def _with_claims(body: Mapping[str, Any]) -> str:
    """What goes with a StatefulSet; claims do where it says so (KEP-1847), and stay by default."""
    if not at(body, "spec.volumeClaimTemplates", ()):
        return "its pods stop"
    if at(body, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "Retain") == "Delete":
        return "its pods stop, and its claims are deleted with it, as its persistentVolumeClaimRetentionPolicy says"
    return "its pods stop; its claims stay in the cluster, where nothing uses them"


def _delete(change: Change) -> str:
    id_ = change.was
    return f"kubectl delete {id_.kind.lower()} {id_.name}" + (f" -n {id_.namespace}" if id_.namespace else "")
