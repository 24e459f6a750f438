"""What happens to a group as a whole: it comes, goes, stops, starts, becomes something else."""

from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic
from generator.model.group import DeletionPolicy
from generator.model.losses import loss_of
from generator.model.order import Operation
from generator.model.resource import ResourceId
from generator.model.review import Effect
from generator.stages.review.effects.change import Around, is_kept, left_running, some
from generator.stages.review.effects.table import effect
from generator.stages.review.half import Half

_REFUSED = {"MW321": "runtime-changes", "MW322": "downgrade", "MW323": "upgrade-path", "MW324": "upgrade-path"}


def bundle(around: Around, refused: Diagnostic | None) -> Iterator[Effect]:
    """The effects of the operation itself; *refused* is why `generate` does not take the step, if it does not."""
    before, after = around.before, around.after
    if before is None:
        yield effect("new-group", "the group is new: nothing that runs is touched")
    elif after is None:
        yield from _gone(around, before)
    else:
        yield from _changed(around, before, after, refused)


def _gone(around: Around, before: Half) -> Iterator[Effect]:
    kept = [id_ for id_, body in around.old.items() if loss_of(*id_[:2]) and is_kept(body)]
    lost = [id_ for id_, body in around.old.items() if loss_of(*id_[:2]) and not is_kept(body)]
    running = left_running(around)
    if lost:
        way = "take a backup, and acknowledge the loss: --allow-loss " + str(before.key)
        if before.deletion_policy is DeletionPolicy.PROTECT:
            way = (
                f"its deletionPolicy is Protect: generate refuses until that is acknowledged, --allow-loss {before.key}"
            )
        first = _in_order(around, before)
        reason = f"the group leaves, and with it {_listed(lost)}"
        yield effect("group-data-deleted", reason, way=f"{way}; {first}" if first else way)
    if running:
        reason = f"the group leaves; kept in the cluster, to run on with nobody to look after it: {_listed(running)}"
        way = f"if it is not to run on, stop the group first: mwgen groups remove {before.key.group}"
        yield effect("group-deleted", reason, way=way)
    elif not lost:
        stay = f"; {len(kept)} objects with data stay in the cluster" if kept else ""
        yield effect("group-deleted", f"the group leaves, and its pods stop{stay}", way=_in_order(around, before))


def _listed(ids: Sequence[ResourceId]) -> str:
    """The first three, and how many more there are."""
    return some([f"{id_.kind} {id_.name}" for id_ in ids])


def _in_order(around: Around, before: Half) -> str:
    """How its components stop in their order, where they would not."""
    if not around.stops_first:
        return ""
    return f"its components would not stop in their order: mwgen groups remove {before.key.group} does it in two steps"


def _changed(around: Around, before: Half, after: Half, refused: Diagnostic | None) -> Iterator[Effect]:
    if refused is not None:
        reason = f"{refused.message}; generate refuses it"
        yield effect(_REFUSED.get(refused.code, "upgrade-path"), reason, way=refused.hint)
    if before.plugin and after.plugin and before.plugin != after.plugin:
        reason = f"plugin {after.plugin} takes the place of {before.plugin}: it cannot read the other's data"
        yield effect("plugin-changes", reason, way="make a new group and bring the data over")
    if around.operation is Operation.STOP and before.state is not after.state:
        yield effect("stopped", "the group stops in the order of its components; claims, Services and settings stay")
    elif before.state is not after.state:
        yield effect("started", "the group starts again in the order of its components")
    if before.cluster != after.cluster:
        reason = f"it goes to {after.cluster or 'no cluster'} instead of {before.cluster or 'none'}, and starts empty"
        yield effect("cluster-moves", reason, way="bring the data over; nobody removes what the old cluster has")
    if before.target != after.target:
        reason = f"{after.target} applies it instead of {before.target}"
        way = f"hand it over before {before.target} prunes what it no longer finds"
        yield effect("target-changes", reason, way=way)
    if before.namespace and after.namespace and before.namespace != after.namespace:
        reason = f"everything is made anew in {after.namespace}, and deleted in {before.namespace}"
        yield effect("namespace-moves", reason, way="back up, move, restore: a claim cannot change its namespace")
    if after.deletion_policy is DeletionPolicy.DELETE and before.deletion_policy is not DeletionPolicy.DELETE:
        reason = f"deletionPolicy goes from {before.deletion_policy} to Delete: its data go when the group does"
        yield effect("deletion-policy", reason)
    for name, value in after.immutable_values.items():
        if before.immutable_values.get(name, value) != value and before.plugin == after.plugin:
            yield effect(
                "immutable-value",
                f"{name} must not change once the group exists, says the plugin",
                field=name,
                way="put the old value back, or make a new group",
            )
