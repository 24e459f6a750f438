"""Orders: what is mended, what is reported, and what is neither."""

from copy import deepcopy
from typing import Any, cast

import pytest

from generator.diagnostics import Severity
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.stages import order_checks

Json = Any
ORIGIN = cast("RenderedFrom", None)  # orders do not look at it
CLASSES = {"late": "WaitForFirstConsumer", "now": "Immediate"}


def resource(api: str, name: str = "a", spec: Json = None, **annotations: str) -> Resource:
    version, kind = api.split()
    metadata: Json = {"name": name, "namespace": "n"}
    if annotations:
        metadata["annotations"] = annotations
    body: Json = {"apiVersion": version, "kind": kind, "metadata": metadata}
    if spec is not None:
        body["spec"] = spec
    return Resource(id=ResourceId.of(body), body=body, component="c", origin=ORIGIN)


def claim(name: str = "data", **spec: Json) -> Resource:
    return resource("v1 PersistentVolumeClaim", name, spec)


def workload(api: str = "apps/v1 StatefulSet", name: str = "w", pod: Json = None, **spec: Json) -> Resource:
    template = {"spec": pod or {"volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}]}}
    if api.endswith("CronJob"):
        return resource(api, name, {"jobTemplate": {"spec": {"template": template}}, **spec})
    return resource(api, name, {"template": template, **spec})


def check(
    *placed: tuple[Resource, int | None], existing: tuple[Resource, ...] = (), target: str = "argocd"
) -> order_checks.Checked:
    resources = [one for one, _ in placed]
    before = deepcopy([one.body for one in resources])
    waves = {one.id: wave for one, wave in placed}
    result = order_checks.checked(resources, waves, CLASSES, {one.id for one in existing}, target)
    assert [one.body for one in resources] == before
    assert waves == {one.id: wave for one, wave in placed}
    return result


LATE, NOW, ODD = claim(storageClassName="late"), claim(storageClassName="now"), claim(storageClassName="odd")
DEFAULT, NONE, NAMED = claim(), claim(storageClassName=""), claim(storageClassName="late", volumeName="pv")
END = (resource("v1 Service", "end"), 2)


@pytest.mark.parametrize(
    ("name", "placed", "wave", "codes"),
    [
        ("before its consumer, binds late: joins it", [(LATE, 0), (workload(), 1)], 1, []),
        ("before two consumers: joins the first", [(LATE, 0), (workload(), 2), (workload(name="x"), 1)], 1, []),
        ("with its consumer", [(LATE, 0), (workload(), 0), END], 0, []),
        ("a consumer before others", [(LATE, 1), (workload(), 0), (workload(name="x"), 2)], 1, ["MW536"]),
        ("binds at once", [(NOW, 0), (workload(), 1)], 0, []),
        ("class unknown", [(ODD, 0), (workload(), 1)], 0, ["MW533"]),
        ("class unknown, but with its consumer", [(ODD, 1), (workload(), 1), END], 1, []),
        ("class unknown, but there already", [(ODD, 0), (workload(), 1), "existing"], 0, []),
        ("no class stated", [(DEFAULT, 0), (workload(), 1)], 0, ["MW533"]),
        ("class none", [(NONE, 0), (workload(), 1)], 0, []),
        ("volume named", [(NAMED, 0), (workload(), 1)], 0, []),
        ("there already", [(LATE, 0), (workload(), 1), "existing"], 0, []),
        ("no order", [(LATE, None), (workload(), None)], None, []),
        ("nobody mounts it, binds late", [(LATE, 0), END], 0, ["MW532"]),
        ("nobody mounts it, last wave", [(LATE, 2), END], 2, []),
        ("nobody mounts it, binds at once", [(NOW, 0), END], 0, []),
        ("nobody mounts it, unknown", [(ODD, 0), END], 0, []),
        ("only a CronJob mounts it", [(LATE, 0), (workload("batch/v1 CronJob"), 1), END], 0, ["MW532"]),
        ("another's claim", [(LATE, 0), (workload(pod={"volumes": [
            {"name": "v", "persistentVolumeClaim": {"claimName": "other"}}]}), 1), END], 0, ["MW532"]),
        ("stopped: it keeps its place before its consumer", [(NOW, 0), (workload(replicas=0), 1)], 0, []),
        ("stopped: after its consumer", [(NOW, 1), (workload(replicas=0), 0)], 1, []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_claims(name: str, placed: list[Any], wave: int | None, codes: list[str]) -> None:
    existing = (placed[0][0],) if placed[-1] == "existing" else ()
    result = check(*(one for one in placed if one != "existing"), existing=existing)
    assert result.waves[placed[0][0].id] == wave
    assert [one.code for one in result.findings] == codes


REDIS = "redis.redis.opstreelabs.in/v1beta2 Redis"


@pytest.mark.parametrize(
    ("one", "wave", "codes"),
    [
        (resource(REDIS), 0, ["MW531"]),
        (resource(REDIS), 2, []),
        (resource(REDIS), None, []),
        (resource("kafka.strimzi.io/v1 Kafka"), 0, []),
        (resource("monitoring.coreos.com/v1 PrometheusRule"), 0, []),
        (resource("v1 ConfigMap"), 0, []),
        (resource("networking.k8s.io/v1 NetworkPolicy"), 0, []),
        (resource("apps/v1 StatefulSet", spec={}), 0, []),
    ],
)
def test_waves_that_nothing_waits_for(one: Resource, wave: int | None, codes: list[str]) -> None:
    end = (END[0], None if wave is None else END[1])
    assert [found.code for found in check((one, wave), end).findings] == codes


PAUSED: dict[str, Json] = {"cnpg.io/hibernation": "on"}


@pytest.mark.parametrize(
    ("one", "wave", "codes"),
    [
        (resource("apps/v1 Deployment", spec={"paused": True}), 0, ["MW534"]),
        (resource("apps/v1 Deployment", spec={"paused": True}), 2, []),
        (resource("apps/v1 Deployment", spec={"paused": False}), 0, []),
        (resource("apps/v1 StatefulSet", spec={"replicas": 0}), 0, []),
        # Argo CD calls a suspended CronJob healthy.
        (resource("batch/v1 CronJob", spec={"suspend": True}), 0, []),
        (resource("postgresql.cnpg.io/v1 Cluster", "a", {}, **PAUSED), 0, ["MW534"]),
        (resource("postgresql.cnpg.io/v1 Cluster", "a", {}), 0, []),
        (resource("rabbitmq.com/v1beta1 RabbitmqCluster", spec={"replicas": 0}), 0, ["MW534"]),
        (resource("rabbitmq.com/v1beta1 RabbitmqCluster", spec={"replicas": 3}), 0, []),
        (resource("argoproj.io/v1alpha1 Rollout", spec={"paused": True}), 1, ["MW534"]),
    ],
)
def test_suspended_before_the_last_wave(one: Resource, wave: int, codes: list[str]) -> None:
    assert [found.code for found in check((one, wave), END).findings] == codes


@pytest.mark.parametrize(("suspend", "wave", "want"), [(True, 0, 2), (True, 2, 2), (False, 0, 0)])
def test_a_suspended_job_goes_last(wave: int, want: int, *, suspend: bool) -> None:
    job = resource("batch/v1 Job", spec={"suspend": suspend})
    result = check((job, wave), END)
    assert (result.waves[job.id], result.findings) == (want, ())


CONFIG = resource("v1 ConfigMap", "conf")
SECRET = resource("v1 Secret", "auth")
ACCOUNT = resource("v1 ServiceAccount", "sa")
USES_CONFIG = {"volumes": [{"name": "v", "configMap": {"name": "conf"}}]}
USES_SECRET = {"containers": [{"name": "c", "envFrom": [{"secretRef": {"name": "auth"}}]}]}
OPTIONAL = {"containers": [{"name": "c", "envFrom": [{"secretRef": {"name": "auth", "optional": True}}]}]}


@pytest.mark.parametrize(
    ("name", "needed", "consumer", "waves", "codes"),
    [
        ("configuration comes later", CONFIG, workload(pod=USES_CONFIG), (1, 0), ["MW536"]),
        ("configuration comes first", CONFIG, workload(pod=USES_CONFIG), (0, 1), []),
        ("configuration comes at once", CONFIG, workload(pod=USES_CONFIG), (0, 0), []),
        ("a secret comes later", SECRET, workload("apps/v1 Deployment", pod=USES_SECRET), (1, 0), ["MW536"]),
        ("an optional one", SECRET, workload(pod=OPTIONAL), (1, 0), []),
        ("an account comes later", ACCOUNT, workload(pod={"serviceAccountName": "sa"}), (1, 0), ["MW536"]),
        ("a CronJob's pods come later still", CONFIG, workload("batch/v1 CronJob", pod=USES_CONFIG), (1, 0), []),
        ("a job that is suspended", CONFIG, workload("batch/v1 Job", pod=USES_CONFIG, suspend=True), (1, 0), []),
        ("nothing runs", CONFIG, workload(pod=USES_CONFIG, replicas=0), (1, 0), []),
        ("no order", CONFIG, workload(pod=USES_CONFIG), (None, None), []),
        ("another namespace's", CONFIG, workload(pod=USES_SECRET), (1, 0), []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_pods_that_cannot_start(
    name: str, needed: Resource, consumer: Resource, waves: tuple[int | None, int | None], codes: list[str]
) -> None:
    assert [found.code for found in check((needed, waves[0]), (consumer, waves[1])).findings] == codes
    there = check((needed, waves[0]), (consumer, waves[1]), existing=(needed,))
    assert there.findings == ()


WAVE, WEIGHT = {"argocd.argoproj.io/sync-wave": "1"}, {"helm.sh/hook-weight": "1"}
HOOK, HELM_HOOK = {"argocd.argoproj.io/hook": "PreSync"}, {"helm.sh/hook": "pre-install"}


def templated(**annotations: str) -> Resource:
    return resource("apps/v1 Deployment", spec={"template": {"metadata": {"annotations": annotations}, "spec": {}}})


@pytest.mark.parametrize(
    ("one", "wave", "severities"),
    [
        (resource("v1 ConfigMap", **WAVE), 0, [Severity.WARNING]),
        (resource("v1 ConfigMap", **WAVE), None, [Severity.WARNING]),
        (resource("v1 ConfigMap", **WEIGHT), None, [Severity.WARNING]),
        # The wave that the target writes goes before the weight.
        (resource("v1 ConfigMap", **WEIGHT), 0, []),
        (resource("batch/v1 Job", **HOOK), 0, [Severity.NOTE]),
        (resource("batch/v1 Job", **HELM_HOOK), 0, [Severity.NOTE]),
        (resource("v1 ConfigMap", other="x"), 0, []),
        (templated(**WAVE), 0, [Severity.WARNING]),
        (templated(**WEIGHT), None, [Severity.WARNING]),
        (templated(other="x"), 0, []),
        (resource("v1 Pod", **WAVE), 0, [Severity.WARNING]),
    ],
)
def test_waves_that_templates_bring_along(one: Resource, wave: int | None, severities: list[Severity]) -> None:
    found = check((one, wave)).findings
    assert [(each.code, each.severity) for each in found] == [("MW535", severity) for severity in severities]


@pytest.mark.parametrize(
    ("placed", "argocd", "flux", "plain"),
    [
        ([(ODD, 0), (workload(), 1)], ["MW533"], ["MW533"], []),
        ([(LATE, 0), END], ["MW532"], ["MW532"], []),
        ([(resource(REDIS), 0), END], ["MW531"], [], []),
        ([(resource("apps/v1 Deployment", spec={"paused": True}), 0), END], ["MW534"], ["MW534"], []),
        ([(resource("postgresql.cnpg.io/v1 Cluster", "a", {}, **PAUSED), 0), END], ["MW534"], [], []),
        ([(CONFIG, 1), (workload(pod=USES_CONFIG), 0)], ["MW536"], ["MW536"], []),
        ([(resource("v1 ConfigMap", **WEIGHT), None)], ["MW535"], [], []),
        ([(resource("v1 ConfigMap", **WAVE), 0)], ["MW535"], ["MW535"], ["MW535"]),
    ],
)
def test_who_applies_it_decides_what_is_waited_for(
    placed: list[tuple[Resource, int | None]], argocd: list[str], flux: list[str], plain: list[str]
) -> None:
    """Flux goes by kstatus and knows no annotation of Argo CD's; `kubectl apply -k` waits for nothing."""
    codes = {
        target: [one.code for one in check(*placed, target=target).findings] for target in ("argocd", "flux", "plain")
    }
    assert codes == {"argocd": argocd, "flux": flux, "plain": plain}
    assert all("Argo CD calls" not in one.message for one in check(*placed, target="flux").findings)


@pytest.mark.parametrize("target", ["argocd", "flux", "plain"])
def test_claims_are_mended_whoever_applies_them(target: str) -> None:
    assert check((LATE, 0), (workload(), 1), target=target).waves[LATE.id] == 1


def test_messages() -> None:
    result = check((ODD, 0), (workload(), 1), (resource(REDIS, "cache"), 0), (DEFAULT, 0))
    texts = [f"{one.message} | {one.hint}" for one in result.findings]
    assert texts[0] == (
        "claim data stands in wave 0, before the pods that mount it: if storage class odd binds on first use, "
        "that wave is never healthy and the pods never come | declare it in the environment: "
        "storageClasses: {odd: WaitForFirstConsumer}, or Immediate"
    )
    assert "the cluster's default storage class" in texts[1]
    assert texts[2].startswith(
        "nothing waits for Redis cache: Argo CD has no health check for redis.redis.opstreelabs.in/Redis, "
    )
    (found,) = check((CONFIG, 1), (workload(pod=USES_CONFIG), 0)).findings
    assert found.message == (
        "the pods of StatefulSet w in wave 0 need ConfigMap conf, which comes in wave 1: neither gets any further"
    )
    assert found.severity is Severity.ERROR
