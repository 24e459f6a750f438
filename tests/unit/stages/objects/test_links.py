"""What objects of a bundle say of each other: warnings about what leads nowhere."""

from copy import deepcopy
from typing import Any, NamedTuple
from unittest import mock

import pytest

from generator.model.resource import Resource, ResourceId
from generator.model.values import dotted
from generator.stages.objects.links import links
from tests.unit.stages.objects.cases import BASES

Json = Any
ACCOUNT = {"apiVersion": "v1", "kind": "ServiceAccount"}
ROLE = BASES["role"]


def named(base: Json, name: str = "a", **metadata: Any) -> Json:
    return deepcopy({**base, "metadata": {"name": name, "namespace": "n", **metadata}})


def deployment(**pod: Any) -> Json:
    body = named(BASES["deploy"])
    body["spec"]["template"]["spec"].update(pod)
    return body


def monitor(port: str, **labels: str) -> Json:
    return {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "ServiceMonitor",
        "metadata": {"name": "a", "namespace": "n"},
        "spec": {"selector": {"matchLabels": labels}, "endpoints": [{"port": port}]},
    }


class Case(NamedTuple):
    bodies: list[Json]
    want: tuple[str, ...] = ()


CONFIG = named(BASES["cm"])
SERVICE = named(BASES["svc"], labels={"app": "a"})
CLAIM = named(BASES["pvc"])
CASES: dict[str, Case] = {
    "a sound bundle": Case(
        [deployment(), CONFIG, SERVICE, named(BASES["pdb"]), named(BASES["np"]), named(BASES["hpa"])]
    ),
    "no ConfigMap": Case([deployment()], ("MW581 spec.template.spec.volumes[0].configMap.name",)),
    "a ConfigMap of another namespace": Case(
        [deployment(), {**CONFIG, "metadata": {"name": "a", "namespace": "m"}}],
        ("MW581 spec.template.spec.volumes[0].configMap.name",),
    ),
    "a ConfigMap that may be missing": Case(
        [deployment(volumes=[{"name": "config", "configMap": {"name": "b", "optional": True}}]), CONFIG]
    ),
    "a Secret that the group declares": Case([deployment(imagePullSecrets=[], volumes=[
        {"name": "config", "secret": {"secretName": "declared"}}])]),
    "a Secret that nobody declares": Case(
        [deployment(volumes=[{"name": "config", "secret": {"secretName": "other"}}])],
        ("MW581 spec.template.spec.volumes[0].secret.secretName",),
    ),
    "what a group makes that this one depends on": Case(
        [deployment(volumes=[{"name": "config", "configMap": {"name": "zk-config"}}])]
    ),
    "no ServiceAccount": Case(
        [deployment(serviceAccountName="b"), CONFIG], ("MW581 spec.template.spec.serviceAccountName",)
    ),
    "the ServiceAccount that every namespace has": Case([deployment(serviceAccountName="default"), CONFIG]),
    "a Service without pods": Case([SERVICE], ("MW582 spec.selector",)),
    "a Service of a role": Case(
        [deployment(), CONFIG, {**SERVICE, "spec": {
            **SERVICE["spec"], "selector": {"app": "a", "middleware.io/role": "master"}}}]
    ),
    "a port that no container has": Case(
        [deployment(), CONFIG, {**SERVICE, "spec": {**SERVICE["spec"], "ports": [{"port": 1, "targetPort": "wbe"}]}}],
        ("MW581 spec.ports[0].targetPort",),
    ),
    "a budget without pods": Case([named(BASES["pdb"])], ("MW582 spec.selector.matchLabels",)),
    "a policy without pods": Case([named(BASES["np"])], ("MW582 spec.podSelector.matchLabels",)),
    "a policy for all pods": Case([{**named(BASES["np"]), "spec": {"podSelector": {}}}]),
    "a StatefulSet without its Service": Case([named(BASES["sts"]), CONFIG], ("MW581 spec.serviceName",)),
    "a StatefulSet with its Service": Case([named(BASES["sts"]), CONFIG, SERVICE]),
    "an autoscaler of nothing": Case([named(BASES["hpa"])], ("MW581 spec.scaleTargetRef.name",)),
    "a binding of nothing to nobody": Case([named(BASES["rb"])], ("MW581 roleRef.name", "MW581 subjects[0].name")),
    "a binding": Case([named(BASES["rb"]), named(ROLE, "r"), named(ACCOUNT)]),
    "a monitor": Case([monitor("web", app="a"), SERVICE, deployment(), CONFIG]),
    "a monitor of a port that is not there": Case(
        [monitor("metrics", app="a"), SERVICE, deployment(), CONFIG], ("MW581 spec.endpoints[0].port",)
    ),
    "a monitor of nothing": Case([monitor("web", app="b"), SERVICE, deployment(), CONFIG],
                                 ("MW582 spec.selector.matchLabels",)),
    "several pods with one claim": Case(
        [{**deployment(volumes=[{"name": "config", "persistentVolumeClaim": {"claimName": "a"}}]),
          "spec": {**deployment(volumes=[{"name": "config", "persistentVolumeClaim": {"claimName": "a"}}])["spec"],
                   "replicas": 2}}, CLAIM],
        ("MW583 spec.replicas",),
    ),
    "one pod with a claim": Case(
        [deployment(volumes=[{"name": "config", "persistentVolumeClaim": {"claimName": "a"}}]), CLAIM]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_links(name: str) -> None:
    bodies, want = CASES[name]
    resources = [
        Resource(id=ResourceId.of(body), body=body, component="", origin=mock.sentinel.origin) for body in bodies
    ]
    plan: Any = mock.Mock(
        secrets={"auth": {"existingSecret": "declared"}}, backup={}, monitoring={}, depends_on=("zk",)
    )
    assert tuple(f"{issue.code} {dotted(issue.pointer)}" for _, issue in links(resources, plan)) == want
