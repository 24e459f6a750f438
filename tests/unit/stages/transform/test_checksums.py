"""Checksums: which uses get one, what changes it, and what the middleware takes up by itself."""

import hashlib
import json
from copy import deepcopy
from typing import Any, cast

import pytest

from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.stages.transform import checksums

Json = Any
ORIGIN = cast("RenderedFrom", None)  # checksums do not look at it


def resource(api: str, name: str, namespace: str = "n", **fields: Json) -> Resource:
    version, kind = api.split()
    body: Json = {"apiVersion": version, "kind": kind, "metadata": {"name": name, "namespace": namespace}, **fields}
    return Resource(id=ResourceId.of(body), body=body, component="c", origin=ORIGIN)


def workload(pod: Json, api: str = "apps/v1 StatefulSet") -> Resource:
    template = {"metadata": {"labels": {"a": "b"}}, "spec": pod}
    spec: Json = {"template": template}
    if api.endswith("CronJob"):
        spec = {"jobTemplate": {"spec": spec}}
    if api.endswith("Pod"):
        return resource(api, "w", spec=pod)
    return resource(api, "w", spec=spec)


CONFIG = resource("v1 ConfigMap", "conf", data={"redis.conf": "port 6379\nmaxmemory 1gb\nappendonly yes\n"})
SECRET = resource("v1 Secret", "auth", stringData={"password": "x"})
OTHER = resource("v1 ConfigMap", "conf", "elsewhere", data={"a": "1"})
UNUSED = resource("v1 ConfigMap", "unused", data={"a": "1"})
VOLUME = {"name": "v", "configMap": {"name": "conf"}}
MOUNT = {"name": "v", "mountPath": "/etc/redis"}
WHOLE = {"volumes": [VOLUME], "containers": [{"name": "c", "volumeMounts": [MOUNT]}]}
SUBPATH = {"volumes": [VOLUME], "containers": [{"name": "c", "volumeMounts": [{**MOUNT, "subPath": "redis.conf"}]}]}
ENV_FROM = {"containers": [{"name": "c", "envFrom": [{"configMapRef": {"name": "conf"}}]}]}


def checks(pod: Json, *others: Resource, dynamic: tuple[str, ...] = (), api: str = "apps/v1 StatefulSet") -> Json:
    """The annotations of the pod template, by what the prefix leaves."""
    given = [workload(pod, api), *(others or (CONFIG, SECRET, OTHER, UNUSED))]
    before = deepcopy([one.body for one in given])
    result = checksums.checksummed(given, dynamic)
    assert [one.body for one in given] == before
    assert list(result[1:]) == given[1:]
    found: Json = result[0].body["spec"]
    found = found.get("jobTemplate", {"spec": found})["spec"].get("template", {})
    annotations = found.get("metadata", {}).get("annotations", {})
    return {name.removeprefix("checksum/"): value for name, value in annotations.items()}


def container(**fields: Json) -> Json:
    return {"containers": [{"name": "c", **fields}]}


@pytest.mark.parametrize(
    ("name", "pod", "want"),
    [
        ("a volume", WHOLE, ["configmap-conf"]),
        ("a volume that nothing mounts", {"volumes": [VOLUME]}, ["configmap-conf"]),
        ("a secret volume", {"volumes": [{"name": "v", "secret": {"secretName": "auth"}}]}, ["secret-auth"]),
        ("projected", {"volumes": [{"name": "v", "projected": {"sources": [
            {"configMap": {"name": "conf"}}, {"secret": {"name": "auth"}}, {"downwardAPI": {}}]}}]},
         ["configmap-conf", "secret-auth"]),
        ("envFrom", ENV_FROM, ["configmap-conf"]),
        ("envFrom a secret", container(envFrom=[{"prefix": "X_", "secretRef": {"name": "auth"}}]), ["secret-auth"]),
        ("env", container(env=[{"name": "A", "valueFrom": {"configMapKeyRef": {"name": "conf", "key": "a"}}}]),
         ["configmap-conf"]),
        ("env of a secret", container(env=[{"name": "A", "valueFrom": {"secretKeyRef": {"name": "auth", "key": "a"}}}]),
         ["secret-auth"]),
        ("an init container", {"initContainers": [{"name": "i", "envFrom": [{"secretRef": {"name": "auth"}}]}]},
         ["secret-auth"]),
        ("an optional one", container(envFrom=[{"configMapRef": {"name": "conf", "optional": True}}]),
         ["configmap-conf"]),
        ("not in the bundle", container(envFrom=[{"configMapRef": {"name": "foreign"}}]), []),
        ("pull secrets are not read by the pod", {"imagePullSecrets": [{"name": "auth"}]}, []),
        ("a field of the pod", container(env=[{"name": "A", "valueFrom": {"fieldRef": {"fieldPath": "x"}}}]), []),
        ("a plain value", container(env=[{"name": "A", "value": "x"}]), []),
        ("nothing", {}, []),
        ("nonsense", {"volumes": None, "containers": ["x", {"env": {}, "envFrom": None}]}, []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_uses(name: str, pod: Json, want: list[str]) -> None:
    assert sorted(checks(pod)) == want


@pytest.mark.parametrize(
    ("api", "checked"),
    [
        ("apps/v1 StatefulSet", True),
        ("apps/v1 Deployment", True),
        ("apps/v1 DaemonSet", True),
        ("batch/v1 CronJob", True),
        ("argoproj.io/v1alpha1 Rollout", True),
        ("batch/v1 Job", False),
        ("v1 Pod", False),
        ("example.com/v1 Thing", False),
    ],
)
def test_kinds(api: str, *, checked: bool) -> None:
    assert bool(checks(WHOLE, api=api)) is checked


def changed(pod: Json, old: str, new: str, *dynamic: str) -> bool:
    """Whether the pods restart when the configuration changes from *old* to *new*."""
    one, other = (resource("v1 ConfigMap", "conf", data={"redis.conf": text}) for text in (old, new))
    return bool(checks(pod, one, dynamic=dynamic) != checks(pod, other, dynamic=dynamic))


@pytest.mark.parametrize(
    ("name", "pod", "old", "new", "dynamic", "restart"),
    [
        ("equal", WHOLE, "a 1\n", "a 1\n", (), False),
        ("no dynamic keys", WHOLE, "maxmemory 1\n", "maxmemory 2\n", (), True),
        ("a dynamic key", WHOLE, "maxmemory 1\nport 1\n", "maxmemory 2\nport 1\n", ("maxmemory",), False),
        ("a dynamic key with =", WHOLE, "maxmemory = 1\n", "maxmemory = 2\n", ("maxmemory",), False),
        ("a dynamic key with = and no space", WHOLE, "maxmemory=1\n", "maxmemory=2\n", ("maxmemory",), False),
        ("a dynamic key with a colon", WHOLE, "maxmemory: 1\n", "maxmemory: 2\n", ("maxmemory",), False),
        ("a dynamic key comes", WHOLE, "port 1\n", "port 1\nmaxmemory 2\n", ("maxmemory",), False),
        ("another key as well", WHOLE, "maxmemory 1\nport 1\n", "maxmemory 2\nport 2\n", ("maxmemory",), True),
        ("a longer key", WHOLE, "maxmemory-policy a\n", "maxmemory-policy b\n", ("maxmemory",), True),
        ("a key with dots", WHOLE, "log.level: a\n", "log.level: b\n", ("log.level",), False),
        ("a dot is a dot", WHOLE, "logxlevel: a\n", "logxlevel: b\n", ("log.level",), True),
        ("an indented key is another", WHOLE, "x:\n  maxmemory: 1\n", "x:\n  maxmemory: 2\n", ("maxmemory",), True),
        ("by subPath", SUBPATH, "maxmemory 1\n", "maxmemory 2\n", ("maxmemory",), True),
        ("by environment", ENV_FROM, "maxmemory 1\n", "maxmemory 2\n", ("maxmemory",), True),
        ("by both", {**WHOLE, "initContainers": ENV_FROM["containers"]}, "maxmemory 1\n", "maxmemory 2\n",
         ("maxmemory",), True),
        ("a subPath of the same volume elsewhere", {**WHOLE, "initContainers": SUBPATH["containers"]},
         "maxmemory 1\n", "maxmemory 2\n", ("maxmemory",), True),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_restarts(name: str, pod: Json, old: str, new: str, dynamic: tuple[str, ...], *, restart: bool) -> None:
    assert changed(pod, old, new, *dynamic) is restart


def test_the_checksum_is_of_the_data_alone() -> None:
    labelled = resource("v1 ConfigMap", "conf", data=CONFIG.body["data"])
    labelled.body["metadata"]["labels"] = {"x": "y"}
    want = hashlib.sha256(json.dumps({"data": CONFIG.body["data"]}).encode()).hexdigest()
    assert checks(WHOLE, CONFIG) == checks(WHOLE, labelled) == {"configmap-conf": want}
    binary = resource("v1 ConfigMap", "conf", data=CONFIG.body["data"], binaryData={"x": "YQ=="})
    assert checks(WHOLE, binary) != checks(WHOLE, CONFIG)


def test_what_stands_on_the_template_stays() -> None:
    given = workload(WHOLE)
    given.body["spec"]["template"]["metadata"]["annotations"] = {"checksum/config": "own"}
    (result, _) = checksums.checksummed([given, CONFIG])
    template = result.body["spec"]["template"]
    assert sorted(template["metadata"]["annotations"]) == ["checksum/config", "checksum/configmap-conf"]
    assert template["metadata"]["labels"] == {"a": "b"}


def test_a_template_without_metadata_gets_some() -> None:
    given = resource("apps/v1 Deployment", "w", spec={"template": {"spec": WHOLE}})
    (result, _) = checksums.checksummed([given, CONFIG])
    assert list(result.body["spec"]["template"]["metadata"]) == ["annotations"]


@pytest.mark.parametrize("length", [1, 53, 54, 253])
def test_annotations_fit(length: int) -> None:
    name = checksums.annotation("ConfigMap", "a" * length).removeprefix(checksums.PREFIX)
    assert len(name) <= 63
    assert (name == "configmap-" + "a" * length) is (length <= 53)
    assert name != checksums.annotation("ConfigMap", "a" * (length - 1) + "b").removeprefix(checksums.PREFIX)
