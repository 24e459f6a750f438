"""The effects of a bundle's change: rules by kind of object, the guard's verdicts, and what a plugin says itself.

A rule takes one object's change and what is around it, and yields effects. Every change that tells something has at
least one effect: where no rule finds any, it is taken up in place. What a plugin declares for a field takes the place
of what the rules here say of it, but for what a cluster refuses and what loses data.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from generator.diagnostics import Diagnostic
from generator.model.kinds import is_built_in, pod_template_path, runs_nothing
from generator.model.review import ChangeKind, Effect, EffectKind
from generator.stages.guard import immutable
from generator.stages.review.effects import access, bundle, configuration, delivery, removal, storage, workloads
from generator.stages.review.effects.change import Around, Change, Knowledge, PluginRule, explained, listed
from generator.stages.review.effects.table import EFFECTS, effect

__all__ = ["EFFECTS", "Around", "Change", "Knowledge", "PluginRule", "effects", "explained"]

Rule: TypeAlias = Callable[[Change, Around], Iterator[Effect]]

_WORKLOAD = (workloads.workload, storage.mounted, access.privileges)

RULES: Final[Mapping[tuple[str, str], tuple[Rule, ...]]] = {
    ("", "ConfigMap"): (configuration.configuration,),
    ("", "Namespace"): (access.namespace,),
    ("", "PersistentVolume"): (storage.volume,),
    ("", "PersistentVolumeClaim"): (storage.claim,),
    ("", "Pod"): (access.privileges,),
    ("", "Secret"): (configuration.configuration,),
    ("", "Service"): (access.service,),
    ("", "ServiceAccount"): (access.service_account,),
    ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"): (access.webhook,),
    ("admissionregistration.k8s.io", "ValidatingWebhookConfiguration"): (access.webhook,),
    ("apiextensions.k8s.io", "CustomResourceDefinition"): (storage.definition,),
    ("apps", "DaemonSet"): _WORKLOAD,
    ("apps", "Deployment"): _WORKLOAD,
    ("apps", "ReplicaSet"): (workloads.scaled, access.privileges),
    ("apps", "StatefulSet"): (*_WORKLOAD, storage.claim_templates),
    ("batch", "CronJob"): (workloads.cron_job, workloads.backup, access.privileges),
    ("batch", "Job"): (workloads.job, access.privileges),
    ("cilium.io", "CiliumClusterwideNetworkPolicy"): (access.network_policy,),
    ("cilium.io", "CiliumNetworkPolicy"): (access.network_policy,),
    ("gateway.networking.k8s.io", "GRPCRoute"): (access.route,),
    ("gateway.networking.k8s.io", "Gateway"): (access.route,),
    ("gateway.networking.k8s.io", "HTTPRoute"): (access.route,),
    ("gateway.networking.k8s.io", "TCPRoute"): (access.route,),
    ("gateway.networking.k8s.io", "TLSRoute"): (access.route,),
    ("networking.istio.io", "Gateway"): (access.route,),
    ("networking.istio.io", "VirtualService"): (access.route,),
    ("networking.k8s.io", "Ingress"): (access.route,),
    ("networking.k8s.io", "NetworkPolicy"): (access.network_policy,),
    ("rbac.authorization.k8s.io", "ClusterRole"): (access.rbac,),
    ("rbac.authorization.k8s.io", "ClusterRoleBinding"): (access.rbac,),
    ("rbac.authorization.k8s.io", "Role"): (access.rbac,),
    ("rbac.authorization.k8s.io", "RoleBinding"): (access.rbac,),
    ("route.openshift.io", "Route"): (access.route,),
    ("security.istio.io", "AuthorizationPolicy"): (access.network_policy,),
    ("storage.k8s.io", "StorageClass"): (storage.volume,),
    **dict.fromkeys(delivery.KINDS, (delivery.delivered,)),
}
"""By API group and kind. Of kinds that are not here, those with a pod template count as workloads, and custom ones as
something that an operator runs."""

_ALWAYS: Final[tuple[Rule, ...]] = (removal.removal, removal.moved, storage.keeping)
_TAKEN_UP: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("autoscaling", "HorizontalPodAutoscaler"): ("autoscaler", "how many pods there may be changes"),
    ("keda.sh", "ScaledObject"): ("autoscaler", "how many pods there may be changes"),
    ("policy", "PodDisruptionBudget"): ("disruption-budget", "how many pods may be evicted at once changes"),
}


def effects(changes: Sequence[Change], around: Around, refused: Diagnostic | None) -> tuple[Effect, ...]:
    """All effects of a bundle's change, the gravest first; none where nothing but noise differs.

    *changes* are masked. *refused* is why `generate` does not take the step of the runtime, if it does not.
    """
    found: list[Effect] = list(bundle.bundle(around, refused))
    new_bundle, whole = around.before is None, around.after is None
    for change in changes:
        declared = list(_declared(change, around.known)) if change.kind is not ChangeKind.REMOVED else []
        rest = replace(change, fields=tuple(one for one in change.fields if not _is_declared(one.path, declared)))
        rules = _rules(rest) if change.key in delivery.KINDS else (*_rules(rest), *_ALWAYS)
        own = [*_refused(change), *(one for rule in rules for one in rule(rest, around))]
        dangers = (one for rule in _rules(change) for one in rule(change, around) if one.kind is EffectKind.DATA)
        own += [one for _, one in declared]
        own += [one for one in dangers if declared and one not in own]
        if not own and not configuration.restarts(rest, around):
            own += _otherwise(rest, is_new=new_bundle)
        found += own if not whole else (one for one in own if one.kind.gravity > EffectKind.IN_PLACE.gravity)
    return _sorted(_without_repeats(found))


def _rules(change: Change) -> tuple[Rule, ...]:
    if change.key in RULES:
        return RULES[change.key]
    if pod_template_path(*change.key) is not None:
        return _WORKLOAD
    return () if is_built_in(*change.key) or runs_nothing(*change.key) else (workloads.custom,)


def _refused(change: Change) -> Iterator[Effect]:
    """What a cluster refuses, as the guard knows it; and what is deleted so that it need not refuse."""
    if change.old is None or change.new is None or change.kind is ChangeKind.RENAMED:
        return
    if not immutable.guards(change.id):
        return
    for one in immutable.findings([change.old], [change.new]):
        path = "/" + one.field.replace(".", "/")
        yield effect("immutable-field", one.reason, change.id, path, one.hint)
    if immutable.is_made_anew(change.new) and change.id.kind not in {"Job", "Pod"}:
        anew = immutable.refusals(change.old, change.new)
        if anew:
            reason = f"{', '.join(anew)} cannot change, so the target deletes it and makes it anew"
            yield effect("force-replace", reason, change.id, "/" + anew[0].replace(".", "/"))


def _declared(change: Change, known: Knowledge) -> Iterator[tuple[str, Effect]]:
    """What the plugin says of this change, by path: of each field the first rule that matches."""
    for one in change.fields:
        rule = next((rule for rule in known.rules if rule.matches(change.id, one.path)), None)
        if rule is not None:
            reason = rule.reason or f"the plugin says so ({listed([one])})"
            yield (
                one.path,
                Effect(kind=rule.effect, rule="plugin", reason=reason, object=change.id, field=one.path, way=rule.way),
            )


def _is_declared(path: str, declared: Iterable[tuple[str, Effect]]) -> bool:
    return any(path == field for field, _ in declared)


def _otherwise(change: Change, *, is_new: bool) -> Iterator[Effect]:
    """What to say of a change that no rule has found anything about."""
    if change.old is None:
        if not is_new:
            yield effect("added", "it is new", change.id)
        return
    if change.new is None:
        return
    if not change.fields:
        return
    fields = [one for one in change.fields if not one.path.startswith("/metadata/")]
    if not fields:
        yield effect("metadata-only", f"only metadata differ ({listed(change.fields)})", change.id)
        return
    rule, reason = _TAKEN_UP.get(change.key, ("taken-up", "it is taken up as it is applied"))
    yield effect(rule, f"{reason} ({listed(fields)})", change.id, fields[0].path if len(fields) == 1 else "")


def _without_repeats(found: Sequence[Effect]) -> list[Effect]:
    """Each effect once. That a group stops is said once, not for each of its workloads."""
    whole = {one.rule for one in found if one.object is None}
    kept = [one for one in found if one.object is None or one.rule not in whole & {"stopped", "started"}]
    metadata = [one for one in kept if one.rule == "metadata-only"]
    if len(metadata) > 1:
        reasons = {one.reason for one in metadata}
        reason = reasons.pop() if len(reasons) == 1 else "only metadata differ"
        kept = [one for one in kept if one not in metadata]
        kept.append(effect("metadata-only", f"{reason} of {len(metadata)} objects"))
    return list(dict.fromkeys(kept))


def _sorted(found: Iterable[Effect]) -> tuple[Effect, ...]:
    """The gravest first, and what is said of the bundle as a whole before what is said of its objects."""
    return tuple(
        sorted(
            found,
            key=lambda one: (
                -one.kind.gravity,
                one.object is not None,
                one.rule,
                one.object or (),
                one.field,
                one.reason,
            ),
        )
    )
