"""Stopping: what each kind becomes, and what is said of those that go on."""

from copy import deepcopy
from typing import Any, cast

import pytest

from generator.diagnostics import Severity
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.stages.transform import stop

Json = Any
ORIGIN = cast("RenderedFrom", None)  # stopping does not look at it
HOOK = {"annotations": {"argocd.argoproj.io/hook": "PreSync"}}
HELM_HOOK = {"annotations": {"helm.sh/hook": "pre-install"}}
HIBERNATED = {"annotations": {"cnpg.io/hibernation": "on"}}


def resource(api: str, spec: Json = None, metadata: Json = None) -> Resource:
    version, kind = api.split()
    body: Json = {"apiVersion": version, "kind": kind, "metadata": {"name": "a", **(metadata or {})}}
    if spec is not None:
        body["spec"] = spec
    return Resource(id=ResourceId.of(body), body=body, component="c", origin=ORIGIN)


@pytest.mark.parametrize(
    ("api", "spec", "want"),
    [
        ("apps/v1 Deployment", {"replicas": 3, "paused": True}, {"replicas": 0, "paused": True}),
        ("apps/v1 Deployment", {}, {"replicas": 0}),
        ("apps/v1 StatefulSet", {"replicas": 3, "serviceName": "a"}, {"replicas": 0, "serviceName": "a"}),
        ("apps/v1 ReplicaSet", {"replicas": 3}, {"replicas": 0}),
        ("v1 ReplicationController", {"replicas": 3}, {"replicas": 0}),
        ("argoproj.io/v1alpha1 Rollout", {"replicas": 3}, {"replicas": 0}),
        (
            "apps/v1 DaemonSet",
            {"template": {"spec": {"nodeSelector": {"disk": "ssd"}, "hostNetwork": True}}},
            {"template": {"spec": {
                "nodeSelector": {"disk": "ssd", "middleware.io/stopped": "true"}, "hostNetwork": True}}},
        ),
        ("apps/v1 DaemonSet", {"template": {"spec": {}}}, {"template": {"spec": {"nodeSelector": stop.STOPPED_NODES}}}),
        ("batch/v1 CronJob", {"schedule": "* * * * *"}, {"schedule": "* * * * *", "suspend": True}),
        ("batch/v1 CronJob", {"suspend": False}, {"suspend": True}),
        ("batch/v1 Job", {"backoffLimit": 1}, {"backoffLimit": 1, "suspend": True}),
        ("v1 PersistentVolumeClaim", {"volumeName": "x"}, {"volumeName": "x"}),
        ("v1 Service", {"ports": []}, {"ports": []}),
        ("policy/v1 PodDisruptionBudget", {"maxUnavailable": 1}, {"maxUnavailable": 1}),
        ("kafka.strimzi.io/v1 Kafka", {"kafka": {"replicas": 3}}, {"kafka": {"replicas": 3}}),
    ],
)  # fmt: skip
def test_what_becomes_of_a_kind(api: str, spec: Json, want: Json) -> None:
    given = resource(api, spec)
    before = deepcopy(given.body)
    (got,) = stop.stopped([given]).resources
    assert got.body == {**before, "spec": want}
    assert given.body == before


@pytest.mark.parametrize(
    ("api", "metadata", "kept"),
    [
        ("autoscaling/v2 HorizontalPodAutoscaler", {}, False),
        ("keda.sh/v1alpha1 ScaledObject", {}, False),
        ("keda.sh/v1alpha1 ScaledJob", {}, False),
        ("v1 Pod", {}, False),
        ("batch/v1 Job", HOOK, False),
        ("batch/v1 Job", HELM_HOOK, False),
        ("batch/v1 Job", {}, True),
        ("v1 ConfigMap", HOOK, True),
        ("keda.sh/v1alpha1 TriggerAuthentication", {}, True),
        ("v1 Secret", {}, True),
        ("v1 ConfigMap", {}, True),
        ("autoscaling.k8s.io/v1 VerticalPodAutoscaler", {}, True),
    ],
)
def test_what_stays(api: str, metadata: Json, *, kept: bool) -> None:
    assert len(stop.stopped([resource(api, {}, metadata)]).resources) == kept


@pytest.mark.parametrize(
    ("api", "spec", "metadata", "noted"),
    [
        ("postgresql.cnpg.io/v1 Cluster", {}, {}, True),
        ("postgresql.cnpg.io/v1 Cluster", {}, HIBERNATED, False),
        ("rabbitmq.com/v1beta1 RabbitmqCluster", {"replicas": 3}, {}, True),
        ("rabbitmq.com/v1beta1 RabbitmqCluster", {"replicas": 0}, {}, False),
        ("psmdb.percona.com/v1 PerconaServerMongoDB", {"pause": True}, {}, False),
        ("redis.redis.opstreelabs.in/v1beta2 Redis", None, {}, True),
        ("monitoring.coreos.com/v1 ServiceMonitor", {}, {}, False),
        ("monitoring.coreos.com/v1 Prometheus", {}, {}, True),
        ("external-secrets.io/v1 ExternalSecret", {}, {}, False),
        ("apps/v1 Deployment", {}, {}, False),
        ("v1 ConfigMap", None, {}, False),
    ],
)
def test_what_goes_on_is_noted(api: str, spec: Json, metadata: Json, *, noted: bool) -> None:
    notes = stop.stopped([resource(api, spec, metadata)]).notes
    assert bool(notes) is noted
    assert all((note.code, note.severity) == ("MW541", Severity.NOTE) for note in notes)


def test_a_note_names_the_way() -> None:
    (note,) = stop.stopped([resource("postgresql.cnpg.io/v1 Cluster", {})]).notes
    assert note.hint == 'annotate it cnpg.io/hibernation: "on", by a value or a patch of the group'


def test_stopping_twice_is_stopping_once() -> None:
    bundle = [resource("apps/v1 DaemonSet", {"template": {"spec": {}}}), resource("batch/v1 CronJob", {})]
    once = stop.stopped(bundle).resources
    assert stop.stopped(once).resources == once
