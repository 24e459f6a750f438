"""Reviews to look at: made by hand, so that every effect, operation and kind of change is on the page."""

from dataclasses import replace

from generator.model.bundle import BundleKey
from generator.model.order import Operation
from generator.model.resource import ResourceId
from generator.model.review import (
    BundleReview,
    Cause,
    CauseKind,
    ChangeKind,
    Effect,
    EffectKind,
    Family,
    FieldChange,
    Noise,
    ObjectChange,
    Review,
    Side,
)

HOSTILE = "</script><img src=x onerror=\"document.title='broken'\"><!-- & \u2028"
STAGES = (("config",), ("data", "sentinel"), ("exporter",))
REASONS = {
    EffectKind.NONE: ("order-only", "only the order changes"),
    EffectKind.IN_PLACE: ("added", "a PodDisruptionBudget is added"),
    EffectKind.RELOAD: ("config-reloads", "maxmemory is taken up while the server runs"),
    EffectKind.RESTART: ("pod-template", "the pod template changes: pods are replaced one after the other"),
    EffectKind.STOP: ("stopped", "everything stops; data are kept"),
    EffectKind.RECREATE: ("immutable-field", "spec.serviceName cannot change: the StatefulSet must be made anew"),
    EffectKind.EXPOSURE: ("service-type", "the Service can be reached from outside the cluster"),
    EffectKind.DATA: ("claim-shrinks", "the claim shrinks from 20Gi to 10Gi: data may be lost"),
}


def manifest(group: str, memory: str, extra: str = "") -> str:
    lines = [f"    line{number}: value of {group if number % 7 == 0 else 'all'}" for number in range(40)]
    return "\n".join([
        "apiVersion: v1", "kind: ConfigMap", "metadata:", f"  name: {group}-config", "data:", "  redis.conf: |",
        f"    maxmemory {memory}", *lines, *([f"    {extra}"] if extra else []), "",
    ])  # fmt: skip


def bundle(number: int, environment: str, kind: EffectKind, *, extra: str = "") -> BundleReview:
    group = f"cache-{number:04}"
    rule, reason = REASONS[kind]
    identity = ResourceId("", "ConfigMap", "middleware", f"{group}-config")
    change = ObjectChange(
        id=identity,
        kind=ChangeKind.CHANGED,
        component="data",
        path=f"{environment}/{group}/data/configmap-{group}-config.yaml",
        fields=(
            FieldChange(
                path="/data/redis.conf", pointer="/data/redis.conf", kind=ChangeKind.CHANGED, old="1gb", new="2gb"
            ),
        ),
        old=manifest(group, "1gb"),
        new=manifest(group, "2gb", extra),
    )
    noisy = replace(
        change,
        id=identity._replace(kind="Service", name=group),
        fields=(
            FieldChange(
                path="/metadata/annotations/wave", pointer="/metadata/annotations/wave", kind=ChangeKind.CHANGED,
                old="1", new="2", noise=Noise.ORDER,
            ),
        ),
    )  # fmt: skip
    return BundleReview(
        key=BundleKey(environment, group),
        operation=Operation.STOP if kind is EffectKind.STOP else Operation.UPDATE,
        stages=STAGES,
        effects=(
            Effect(
                kind=kind,
                rule=rule,
                reason=reason,
                object=identity,
                field="/data",
                way="kubectl delete" if kind is EffectKind.RECREATE else "",
            ),
        ),
        objects=(change, noisy),
        unchanged=9,
        causes=(Cause(kind=CauseKind.PLUGIN, name="redis 3.0.0 → 3.1.0", file="plugins/redis/plugin.yaml", line=8),),
        plugin=("redis", "postgresql", "kafka")[number % 3],
        versions=("3.0.0", "3.1.0"),
        namespace="middleware",
        target="argocd",
        file=f"groups/{group}.yaml",
        line=3,
        family=f"{kind.gravity:012x}",
    )


def review(count: int) -> Review:
    """*count* changed groups over three environments, with every effect among them."""
    kinds = [EffectKind.RESTART] * 12 + [kind for kind in EffectKind if kind is not EffectKind.RESTART]
    environments = ("prod", "staging", "test")
    bundles = tuple(
        bundle(number, environments[number % 3], kinds[number % len(kinds)], extra=HOSTILE if number == 0 else "")
        for number in range(count)
    )
    families = []
    for kind in reversed(EffectKind):
        members = tuple(one for one in bundles if one.effect is kind)
        if members:
            first = members[0]
            families.append(
                Family(
                    id=first.family, members=tuple(sorted(one.key for one in members)), operation=first.operation,
                    stages=first.stages, effects=first.effects, plugin="", versions=("", ""),
                )
            )  # fmt: skip
    return Review(
        base=Side(
            name="HEAD^1", commit="a" * 40, subject=f"Before {HOSTILE}", why="the first parent of a merge commit"
        ),
        head=Side(name="HEAD", commit="b" * 40, subject="Redis 3.1.0"),
        bundles=tuple(sorted(bundles, key=lambda one: one.key)),
        families=tuple(families),
        unchanged=8000,
    )
