"""The plugins and groups that come along, rendered whole: what they give must be sound, and Helm must agree."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from generator import pipeline
from generator.diagnostics import Collector
from generator.engines import ENGINES
from generator.entrypoints.workspace import Workspace
from generator.model.kinds import is_built_in
from generator.model.outcome import Result
from generator.model.resource import ResourceId
from tests.e2e.content.helm_engine import HelmEngine

REPOSITORY = Path(__file__).parents[3]
SEED = REPOSITORY / "tests/golden/seed/input"
KUBERNETES = "1.32"

BUNDLES = {
    "prod/articles-db": 12,
    "prod/catalog-db": 13,
    "prod/catalog-search": 19,
    "prod/event-bus": 11,
    "prod/feature-flags": 11,
    "prod/jobs-queue": 9,
    "prod/ledger-db": 24,
    "prod/orders-cache": 19,
    "prod/orders-stream": 21,
    "prod/page-cache": 7,
    "prod/presence": 11,
    "prod/rate-limits": 8,
    "prod/reports-db": 23,
    "prod/search-coordinator": 10,
    "prod/service-registry": 17,
    "prod/sessions": 22,
    "prod/shop-db": 21,
    "prod/timelines": 12,
    "prod/wiki-db": 12,
    "staging/articles-db": 10,
    "staging/catalog-db": 13,
    "staging/catalog-search": 17,
    "staging/event-bus": 9,
    "staging/feature-flags": 11,
    "staging/import-scratch": 7,
    "staging/job-locks": 7,
    "staging/jobs-queue": 6,
    "staging/ledger-db": 24,
    "staging/metrics-stream": 11,
    "staging/orders-cache": 19,
    "staging/orders-stream": 19,
    "staging/page-cache": 4,
    "staging/rate-limits": 8,
    "staging/search-coordinator": 7,
    "staging/service-registry": 13,
    "staging/sessions": 22,
    "staging/shop-db": 18,
    "staging/timelines": 12,
}
"""Objects by bundle."""

Objects = dict[str, dict[ResourceId, dict[str, Any]]]


def build(source: Path, root: Path) -> Result:
    for folder in ("plugins", "groups"):
        shutil.copytree(source / folder, root / folder)
    space = Workspace.open(str(root))
    found = Collector()
    catalog = space.catalog(found)
    return pipeline.build(catalog, space.output, pipeline.Request(workers=1), found)


def objects(result: Result) -> Objects:
    return {
        str(outcome.key): {
            ResourceId.of(body): body
            for path, data in outcome.write.items()
            if path.endswith(".yaml")
            for body in [yaml.load(data, yaml.CSafeLoader)]  # noqa: TID251 - read by a reader that is not ours
        }
        for outcome in result.outcomes
    }


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return build(REPOSITORY, tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="module")
def rendered(result: Result) -> Objects:
    return objects(result)


def test_nothing_is_amiss(result: Result) -> None:
    assert [f"{one.code} {one.message}" for one in result.diagnostics] == []


def test_every_bundle_holds_what_it_should(rendered: Objects) -> None:
    assert {key: len(held) for key, held in rendered.items()} == BUNDLES


def test_the_api_has_every_field(rendered: Objects) -> None:
    for key, held in rendered.items():
        for identity, body in held.items():
            if not is_built_in(identity.group, identity.kind):
                continue  # the package knows no custom kinds
            try:
                kubernetes_validate.validate(body, KUBERNETES, strict=True)
            except kubernetes_validate.ValidationError as error:
                pytest.fail(f"{key}, {identity}: {error}")


@pytest.mark.oracle
@pytest.mark.parametrize("source", [REPOSITORY, SEED], ids=["plugins", "seed"])
def test_helm_renders_the_same_bytes(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = build(source, tmp_path / "ours")
    monkeypatch.setitem(ENGINES, "gotemplate", HelmEngine)
    theirs = build(source, tmp_path / "theirs")
    assert files(ours) == files(theirs)
    assert files(ours)


def files(result: Result) -> Mapping[str, bytes]:
    return {path: data for outcome in result.outcomes for path, data in outcome.write.items()}


# --- within a bundle -------------------------------------------------------------------------------------------------


def pods(held: Mapping[ResourceId, Mapping[str, Any]]) -> Iterator[tuple[ResourceId, Mapping[str, Any]]]:
    """The pod templates of a bundle."""
    for identity, body in held.items():
        if identity.kind in ("StatefulSet", "Deployment"):
            yield identity, body["spec"]["template"]


def named(held: Mapping[ResourceId, Any], kind: str) -> set[str]:
    return {identity.name for identity in held if identity.kind == kind}


def test_what_pods_use_is_in_the_bundle(rendered: Objects) -> None:
    for key, held in rendered.items():
        for identity, template in pods(held):
            where = f"{key}, {identity}"
            spec = template["spec"]
            volumes = {volume["name"]: volume for volume in spec["volumes"]} if "volumes" in spec else {}
            claims = held[identity]["spec"].get("volumeClaimTemplates", [])
            assert spec["serviceAccountName"] in named(held, "ServiceAccount"), where
            for volume in volumes.values():
                if "configMap" in volume:
                    assert volume["configMap"]["name"] in named(held, "ConfigMap"), where
                if "persistentVolumeClaim" in volume:
                    assert volume["persistentVolumeClaim"]["claimName"] in named(held, "PersistentVolumeClaim"), where
            mounted = {
                mount["name"]
                for container in spec["containers"] + spec.get("initContainers", [])
                for mount in container.get("volumeMounts", [])
            }
            assert mounted == set(volumes) | {claim["metadata"]["name"] for claim in claims}, where


def test_services_budgets_and_policies_find_pods(rendered: Objects) -> None:
    for key, held in rendered.items():
        labels = {identity: template["metadata"]["labels"] for identity, template in pods(held)}
        ports = {
            identity: {port["name"] for container in template["spec"]["containers"] for port in container["ports"]}
            if all("ports" in container for container in template["spec"]["containers"])
            else {port["name"] for container in template["spec"]["containers"] for port in container.get("ports", [])}
            for identity, template in pods(held)
        }
        for identity, body in held.items():
            selector = {
                "Service": lambda spec: spec["selector"],
                "PodDisruptionBudget": lambda spec: spec["selector"]["matchLabels"],
                "NetworkPolicy": lambda spec: spec["podSelector"]["matchLabels"],
                "StatefulSet": lambda spec: spec["selector"]["matchLabels"],
                "Deployment": lambda spec: spec["selector"]["matchLabels"],
            }.get(identity.kind)
            if selector is None:
                continue
            wanted = selector(body["spec"]).items()
            wanted = {name: value for name, value in wanted if name != "statefulset.kubernetes.io/pod-name"}.items()
            chosen = [each for each, found in labels.items() if wanted <= found.items()]
            assert len(chosen) == 1, f"{key}, {identity}: selects {chosen}"
            if identity.kind == "Service":
                targets = {port["targetPort"] for port in body["spec"]["ports"]}
                assert targets <= ports[chosen[0]], f"{key}, {identity}"


def test_containers_are_confined(rendered: Objects) -> None:
    for key, held in rendered.items():
        for identity, template in pods(held):
            where, spec = f"{key}, {identity}", template["spec"]
            assert spec["automountServiceAccountToken"] is False, where
            assert spec["securityContext"]["runAsNonRoot"] is True, where
            for container in spec["containers"] + spec.get("initContainers", []):
                assert container["securityContext"] == {
                    "allowPrivilegeEscalation": False,
                    "readOnlyRootFilesystem": True,
                    "capabilities": {"drop": ["ALL"]},
                }, where
                assert "memory" in container["resources"]["limits"], where
                name, _, tag = container["image"].rpartition(":")
                assert name, where
                assert any(char.isdigit() for char in tag), where
                for variable in container.get("env", []):
                    if "PASS" in variable["name"] or "AUTH" in variable["name"]:
                        assert "secretKeyRef" in variable["valueFrom"], where


def test_the_environment_chooses_the_registry(rendered: Objects) -> None:
    for key, held in rendered.items():
        for _, template in pods(held):
            for container in template["spec"]["containers"]:
                assert container["image"].startswith("mirror.example.com/") == key.startswith("prod/"), key


def test_a_stopped_group_keeps_its_claim_and_runs_nothing(rendered: Objects) -> None:
    held = rendered["prod/reports-db"]
    assert named(held, "PersistentVolumeClaim") == {"reports-db-data"}
    assert [held[identity]["spec"]["replicas"] for identity, _ in pods(held)] == [0, 0]


def test_patches_arrive(rendered: Objects) -> None:
    orders, ledger = rendered["prod/orders-cache"], rendered["prod/ledger-db"]
    data = next(template for identity, template in pods(orders) if identity.name == "orders-cache")
    exporter = next(one for one in data["spec"]["containers"] if one["name"] == "exporter")
    assert {"name": "REDIS_EXPORTER_INCL_SYSTEM_METRICS", "value": "true"} in exporter["env"]
    assert len(exporter["env"]) > 1
    service = next(
        body for identity, body in orders.items() if identity[1:] == ("Service", "middleware", "orders-cache-sentinel")
    )
    assert service["spec"]["trafficDistribution"] == "PreferClose"
    assert {template["spec"]["priorityClassName"] for _, template in pods(ledger)} == {"middleware-critical"}
