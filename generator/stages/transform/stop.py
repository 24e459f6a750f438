"""What `state: Stopped` does to a bundle: nothing runs any more, and nothing that holds data or a name is lost.

- Deployments, ReplicaSets, StatefulSets and their like: no replicas. DaemonSets: a node selector that no node meets.
- CronJobs and Jobs are suspended. To drop a Job would delete its record and run it again on the next start; a Job
  that is finished stays so. A hook is dropped: a sync waits for it to complete, which a suspended one never does.
- Autoscalers are dropped, as they would scale up again. Bare pods are dropped: nothing else stops one.
- PodDisruptionBudgets stay. Scaling down is no eviction, so they are in nobody's way; without pods Argo CD calls
  them healthy, and they are there from the first pod on when the group starts.
- Claims, Services, ConfigMaps, Secrets and all else stay. What an operator runs for a custom resource goes on: there
  is no one way to stop it, so the template must say how, and a note says that it does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.diagnostics import Severity
from generator.model import kinds
from generator.model.finding import Finding
from generator.model.resource import Resource, ResourceId, annotations_of
from generator.model.values import Object
from generator.stages.transform import strategic

STOPPED_NODES = {"middleware.io/stopped": "true"}
"""Labels that no node has."""

_JOB = ("batch", "Job")
LEAVING = frozenset({
    ("", "Pod"), ("autoscaling", "HorizontalPodAutoscaler"), _JOB, ("keda.sh", "ScaledJob"),
    ("keda.sh", "ScaledObject"),
})  # fmt: skip
"""Groups and kinds of what leaves a bundle that stops; of Jobs, only those that are hooks."""

_HOOKS = ("argocd.argoproj.io/hook", "helm.sh/hook")
_NO_REPLICAS = {"spec": {"replicas": 0}}
_SUSPENDED = {"spec": {"suspend": True}}
_CHANGES: dict[tuple[str, str], dict[str, Any]] = {
    ("", "ReplicationController"): _NO_REPLICAS,
    ("apps", "DaemonSet"): {"spec": {"template": {"spec": {"nodeSelector": STOPPED_NODES}}}},
    ("apps", "Deployment"): _NO_REPLICAS,
    ("apps", "ReplicaSet"): _NO_REPLICAS,
    ("apps", "StatefulSet"): _NO_REPLICAS,
    ("apps.kruise.io", "CloneSet"): _NO_REPLICAS,
    ("apps.kruise.io", "StatefulSet"): _NO_REPLICAS,
    ("argoproj.io", "Rollout"): _NO_REPLICAS,
    ("batch", "CronJob"): _SUSPENDED,
    ("batch", "Job"): _SUSPENDED,
}
"""By group and kind: what is merged into the object."""

_WAYS = {
    ("postgresql.cnpg.io", "Cluster"): 'annotate it cnpg.io/hibernation: "on"',
    ("psmdb.percona.com", "PerconaServerMongoDB"): "set spec.pause: true",
    ("pxc.percona.com", "PerconaXtraDBCluster"): "set spec.pause: true",
    ("rabbitmq.com", "RabbitmqCluster"): "set spec.replicas: 0",
}
"""How a template can stop what an operator runs."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """A bundle that does not run."""

    resources: tuple[Resource, ...]
    notes: tuple[Finding, ...]
    """What goes on running all the same."""


def stopped(resources: Sequence[Resource]) -> Stopped:
    """The bundle *resources* as it is while its group is stopped."""
    kept: list[Resource] = []
    notes: list[Finding] = []
    for resource in resources:
        key = resource.id[:2]
        if key in LEAVING and (key != _JOB or _is_hook(resource.body)):
            continue
        body = strategic.merge(resource.body, _CHANGES.get(key, {}))
        assert body is not None
        kept.append(replace(resource, body=body))
        if key not in _CHANGES and not kinds.is_built_in(*key) and not kinds.runs_nothing(*key) and not _is_off(body):
            notes.append(_note(resource.id))
    return Stopped(tuple(kept), tuple(notes))


def _is_hook(body: Object) -> bool:
    annotations = annotations_of(body)
    return any(name in annotations for name in _HOOKS)


def _is_off(body: Object) -> bool:
    """Whether the template itself has stopped a custom resource, in one of the ways that operators know."""
    spec = body.get("spec")
    spec = spec if isinstance(spec, Mapping) else {}
    annotations = annotations_of(body)
    return (
        spec.get("replicas") == 0
        or any(spec.get(name) is True for name in ("pause", "suspend"))
        or annotations.get("cnpg.io/hibernation") == "on"
    )


def _note(id_: ResourceId) -> Finding:
    way = _WAYS.get(id_[:2], "stop it as its operator knows how")
    return Finding(
        code="MW541",
        id=id_,
        message=f"{id_.kind} {id_.name} goes on while its group is stopped: mwgen cannot stop what an operator runs",
        hint=f"{way}, by a value or a patch of the group",
        severity=Severity.NOTE,
    )
