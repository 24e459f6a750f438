"""The committed tables equal their sources; the hand-written literals say what other programs say."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from generator.model import kinds, kinds_table
from generator.model.merge_rules import PLAIN, MergeRule, merge_rule

CONFORMANCE = Path(__file__).parents[2] / "conformance" / "kubernetes"


def script(name: str) -> ModuleType:
    """A script of the conformance folder, as a module."""
    spec = importlib.util.spec_from_file_location(name, CONFORMANCE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.oracle
def test_the_table_is_what_the_schemas_say() -> None:
    written: dict[str, object] = {}
    exec(script("make_kinds_table").table(), written)
    for name in ("KINDS", "POD_TEMPLATES", "FIELDS"):
        assert getattr(kinds_table, name) == written[name]


@pytest.mark.parametrize(
    ("group", "kind", "built_in", "namespaced"),
    [
        ("", "ConfigMap", True, True),
        ("", "Namespace", True, False),
        ("apps", "StatefulSet", True, True),
        ("apiextensions.k8s.io", "CustomResourceDefinition", True, False),
        ("rbac.authorization.k8s.io", "Role", True, True),
        ("rbac.authorization.k8s.io", "ClusterRole", True, False),
        ("storage.k8s.io", "CSIStorageCapacity", True, True),
        ("storage.k8s.io", "StorageClass", True, False),
        ("kafka.strimzi.io", "Kafka", False, None),
        ("", "StatefulSet", False, None),
    ],
)
def test_scope(group: str, kind: str, *, built_in: bool, namespaced: bool | None) -> None:
    assert kinds.is_built_in(group, kind) is built_in
    assert kinds.namespaced(group, kind) is namespaced


KUSTOMIZE_DOES_NOT_KNOW = {
    # kubectl's kustomize carries the schemas of Kubernetes 1.21; to it these are custom, hence namespaced.
    "admissionregistration.k8s.io", "certificates.k8s.io/ClusterTrustBundle", "flowcontrol.apiserver.k8s.io",
    "internal.apiserver.k8s.io", "networking.k8s.io", "resource.k8s.io",
    "storage.k8s.io/VolumeAttributesClass", "storagemigration.k8s.io",
    # It looks for paths that end in the name, which requests without one do not have.
    "authentication.k8s.io", "authorization.k8s.io",
    # Its own exception: it gives this cluster-scoped kind a namespace.
    "apiregistration.k8s.io",
}  # fmt: skip


@pytest.mark.oracle
def test_scope_is_what_kustomize_takes_it_for(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    versions = {"": "v1", "autoscaling": "autoscaling/v2"}
    every = [
        (group, kind)
        for group, names in kinds_table.KINDS.items()
        for kind in names.split()
        if not {group, f"{group}/{kind}"} & KUSTOMIZE_DOES_NOT_KNOW
    ]
    objects = [
        {"apiVersion": versions.get(group, f"{group}/v1"), "kind": kind, "metadata": {"name": f"n{number}"}}
        for number, (group, kind) in enumerate(every)
    ]
    (tmp_path / "all.yaml").write_text("\n---\n".join(map(json.dumps, objects)))
    (tmp_path / "kustomization.yaml").write_text('{"resources": ["all.yaml"], "namespace": "somewhere"}')
    built = subprocess.run(
        [require_tool("kubectl"), "kustomize", tmp_path], check=True, capture_output=True, text=True
    ).stdout
    got = {
        every[int(part.partition("name: n")[2].split()[0])]: "namespace: somewhere" in part
        for part in built.split("\n---\n")
        if "name: n" in part
    }
    # kustomize gives the namespace itself a new name, and so loses ours.
    assert got == {one: kinds.namespaced(*one) for one in every if one != ("", "Namespace")}


@pytest.mark.parametrize(
    ("api_version", "kind", "path"),
    [
        ("v1", "Pod", ()),
        ("apps/v1", "Deployment", ("spec", "template")),
        ("batch/v1", "CronJob", ("spec", "jobTemplate", "spec", "template")),
        ("argoproj.io/v1alpha1", "Rollout", ("spec", "template")),
        ("v1", "Service", None),
        ("kafka.strimzi.io/v1", "Kafka", None),
    ],
)
def test_pod_templates(api_version: str, kind: str, path: tuple[str, ...] | None) -> None:
    assert kinds.pod_template_path(kinds.group_version(api_version)[0], kind) == path


def test_a_pod_template_that_is_missing_is_none() -> None:
    assert kinds.pod_template({"apiVersion": "apps/v1", "kind": "Deployment", "spec": None}) is None
    assert kinds.pod_template({"apiVersion": "v1", "kind": "Service"}) is None
    pod = {"apiVersion": "v1", "kind": "Pod", "spec": {}}
    assert kinds.pod_template(pod) is pod


def rule(group: str, kind: str, *path: str) -> MergeRule:
    found = merge_rule(group, kind)
    for part in path:
        found = found.of(part)
    return found


POD = ("spec", "template", "spec")


@pytest.mark.parametrize(
    ("group", "kind", "path", "keys", "strategy"),
    [
        ("apps", "StatefulSet", (*POD, "containers"), ("name",), "merge"),
        ("apps", "StatefulSet", (*POD, "containers", "env"), ("name",), "merge"),
        ("apps", "StatefulSet", (*POD, "initContainers", "volumeMounts"), ("mountPath",), "merge"),
        ("apps", "StatefulSet", (*POD, "containers", "ports"), ("containerPort", "protocol"), "merge"),
        ("apps", "StatefulSet", (*POD, "volumes"), ("name",), "merge"),
        ("apps", "StatefulSet", (*POD, "tolerations"), (), ""),
        ("apps", "StatefulSet", ("spec", "volumeClaimTemplates"), (), ""),
        ("apps", "StatefulSet", ("metadata", "ownerReferences"), ("uid",), "merge"),
        ("apps", "StatefulSet", ("spec", "template", "metadata", "finalizers"), (), "merge"),
        ("", "Pod", ("spec", "containers"), ("name",), "merge"),
        ("batch", "CronJob", ("spec", "jobTemplate", *POD, "hostAliases"), ("ip",), "merge"),
        ("", "Service", ("spec", "ports"), ("port", "protocol"), "merge"),
        ("policy", "PodDisruptionBudget", ("spec", "selector"), (), "replace"),
        ("networking.k8s.io", "Ingress", ("spec", "rules"), (), ""),
    ],
)
def test_merge_rules(group: str, kind: str, path: tuple[str, ...], keys: tuple[str, ...], strategy: str) -> None:
    found = rule(group, kind, *path)
    assert (found.keys, found.strategy) == (keys, strategy)


def test_custom_kinds_merge_plainly() -> None:
    assert merge_rule("kafka.strimzi.io", "Kafka") is PLAIN
    assert PLAIN.of("anything") is PLAIN


@pytest.mark.parametrize(
    ("group", "kind", "checked", "suspending"),
    [
        ("apps", "Deployment", True, True),
        ("apps", "StatefulSet", True, False),
        ("", "ConfigMap", False, False),
        ("batch", "CronJob", True, False),
        ("kafka.strimzi.io", "Kafka", True, False),
        ("postgresql.cnpg.io", "Cluster", True, True),
        ("redis.redis.opstreelabs.in", "Redis", False, False),
        ("database.gcp.crossplane.io", "Anything", True, False),
        ("monitoring.coreos.com", "PrometheusRule", False, False),
    ],
)
def test_health_checks(group: str, kind: str, *, checked: bool, suspending: bool) -> None:
    assert kinds.has_health_check(group, kind) is checked
    assert kinds.may_be_suspended(group, kind) is suspending


def test_the_order_within_a_wave() -> None:
    wave = ["Cluster", "Deployment", "Service", "ConfigMap", "Job", "PodDisruptionBudget"]
    assert sorted(wave, key=kinds.rank) == [
        "PodDisruptionBudget", "ConfigMap", "Service", "Deployment", "Job", "Cluster",
    ]  # fmt: skip
