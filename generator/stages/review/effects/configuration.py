"""ConfigMaps and Secrets: who takes a change up, and when."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.model.kinds import pod_template
from generator.model.references import Reference, references
from generator.model.resource import ResourceId, annotations_of
from generator.model.review import ChangeKind, Effect, FieldChange
from generator.stages.review.effects.change import Around, Change, is_under, told
from generator.stages.review.effects.table import effect
from generator.stages.transform.checksums import annotation

_RELOADER = "reloader.stakater.com/"


def configuration(change: Change, around: Around) -> Iterator[Effect]:
    """What a change of the data of a ConfigMap or Secret does to the pods that use it.

    A workload whose pod template carries the object's checksum restarts, which is that workload's own effect.
    """
    fields = change.under("/data", "/binaryData", "/stringData")
    if change.kind in {ChangeKind.REMOVED, ChangeKind.RENAMED} or change.old is None or not fields:
        return
    what = ", ".join(told(one.path).removeprefix("data.") for one in fields[:3])
    users = list(_users(change.id, around))
    restarting = [user for user, _ in users if _restarts(user, change.id, around)]
    reloaded = [user for user, _ in users if user not in restarting and _reloader(user, change.id, around)]
    for user in reloaded:
        reason = f"its pods are restarted by the reloader that its annotations name ({change.id.name}: {what})"
        yield effect("config-reloader", reason, user)
    left = [(user, use) for user, use in users if user not in restarting and user not in reloaded]
    if not left:
        if not users:
            yield effect("taken-up", f"no pod of the bundle uses it ({what})", change.id, fields[0].path)
        return
    names = ", ".join(f"{user.kind} {user.name}" for user, _ in left)
    if not all(use.in_place for _, use in left):
        reason = f"{names} sees it with the next restart only: an environment or subPath never changes ({what})"
        yield effect("config-later", reason, change.id, fields[0].path, f"kubectl rollout restart {_first(left)}")
    elif around.known.reloads:
        keys = sorted({key for one in fields for key in _keys(one)} & set(around.known.dynamic))
        shown = f"{what}: {', '.join(keys)}" if keys else what
        yield effect("config-reload", f"{names} takes it up while it runs ({shown})", change.id, fields[0].path)
    else:
        reason = f"{names} sees the file change within minutes; that it is read again, nothing says ({what})"
        yield effect("config-later", reason, change.id, fields[0].path, f"kubectl rollout restart {_first(left)}")


def restarts(change: Change, around: Around) -> bool:
    """Whether all that there is to say of the change is that workloads restart, which is said of them."""
    if change.key not in {("", "ConfigMap"), ("", "Secret")} or change.old is None or change.new is None:
        return False
    only_data = all(is_under(one.path, "/data") or is_under(one.path, "/binaryData") for one in change.fields)
    return only_data and any(_restarts(user, change.id, around) for user, _ in _users(change.id, around))


def _users(id_: ResourceId, around: Around) -> Iterator[tuple[ResourceId, Reference]]:
    """The workloads of the bundle that use the object; the use that is hardest to change."""
    for user, body in around.new.items():
        pod = pod_template(body)
        if pod is None or user.namespace != id_.namespace or user.kind in {"Job", "CronJob", "Pod"}:
            continue
        uses = [one for one in references(pod) if (one.kind, one.name) == (id_.kind, id_.name)]
        if uses:
            yield user, min(uses, key=lambda one: one.in_place)


def _restarts(user: ResourceId, id_: ResourceId, around: Around) -> bool:
    """Whether the object's checksum changes on the workload's pod template."""
    name = annotation(id_.kind, id_.name).replace("/", "~1")
    return any(one.path.endswith(f"/metadata/annotations/{name}") for one in around.changed.get(user, ()))


def _reloader(user: ResourceId, id_: ResourceId, around: Around) -> bool:
    """Whether annotations of the workload ask a reloader to restart it."""
    annotations: Mapping[str, Any] = annotations_of(around.new[user])
    kind = id_.kind.lower()
    named = str(annotations.get(f"{kind}.{_RELOADER}reload", "")).split(",")
    return annotations.get(f"{_RELOADER}auto") == "true" or id_.name in {name.strip() for name in named}


def _keys(one: FieldChange) -> set[str]:
    """The first words of the lines in which two texts differ."""
    if not isinstance(one.old, str) or not isinstance(one.new, str):
        return set()
    lines = set(one.old.splitlines()) ^ set(one.new.splitlines())
    return {words[0].rstrip(":=") for line in lines if (words := line.replace("=", " ").split())}


def _first(left: list[tuple[ResourceId, Reference]]) -> str:
    user = left[0][0]
    return f"{user.kind.lower()}/{user.name}" + (f" -n {user.namespace}" if user.namespace else "")
