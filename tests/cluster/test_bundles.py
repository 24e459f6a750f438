"""Kubernetes' own API server takes every bundle, wave by wave, and every change of one; and keeps what it was sent."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Collector
from generator.model.catalog import Catalog
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.pipeline import load_catalog, load_settings
from generator.stages import leave
from generator.stages.resolve import Resolver
from tests.cluster.servers import Cluster
from tests.consumers.bundles import ROOT, Bundle, bundles, copied
from tests.harness import Project

Json = Any

KNOWN = (
    # The clusters of this repository are of 1.32, which knows no other word; the server is newer.
    'Warning: spec.trafficDistribution: "PreferClose" is deprecated',
    # Argo CD's own name for it, which its own programs and every version of it write and know.
    'Warning: metadata.finalizers: "resources-finalizer.argocd.argoproj.io": prefer a domain-qualified finalizer name',
)
"""How the warnings begin that are no news."""


def repository(folder: Path) -> Project:
    """The repository as it is, with its output."""
    project = Project(folder)
    for name in ("plugins", "groups", "out"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mwgen.yaml", folder)
    return project


def waves(of: Sequence[Bundle]) -> list[list[Path]]:
    """The files of all bundles by wave: bundles do not wait for each other."""
    by_wave: dict[int, list[Path]] = {}
    for one in of:
        for entry in one.lock.objects:
            by_wave.setdefault(entry.wave or 0, []).append(one.root / "out" / one.key.folder / entry.path)
    return [by_wave[wave] for wave in sorted(by_wave)]


def taken(cluster: Cluster, of: Sequence[Bundle], *options: str) -> None:
    """Apply bundles in the order of their waves: nothing is refused, and nobody is warned.

    Unknown fields are looked for on the dry run alone: kubectl takes 20 ms an object for that, the rest takes 3.
    """
    options = options or ("--validate=ignore",)
    applied = 0
    for files in waves(of):
        answer = cluster.apply(files, *options)
        assert [line for line in answer.words if not line.startswith(KNOWN)] == []
        assert answer.code == 0
        applied += answer.out.count(" serverside-applied")
    assert applied == sum(len(one.lock.objects) for one in of) > 100


@pytest.fixture(scope="module")
def live(cluster: Cluster) -> list[Bundle]:
    """The repository's bundles, applied."""
    for namespace in sorted({one["metadata"]["namespace"] for each in bundles_here() for one in each.objects.values()}):
        cluster.sound("create", "namespace", namespace)
    found = bundles_here()
    taken(cluster, found, "--dry-run=server")
    taken(cluster, found)
    return found


def bundles_here() -> list[Bundle]:
    return [*bundles(Project(ROOT))]


def test_what_is_stored_is_what_was_sent(cluster: Cluster, live: list[Bundle]) -> None:
    """Nothing is dropped, merged away or spelt anew: Argo CD would call it out of sync for ever."""
    files = [path for wave in waves(live) for path in wave]
    stored = json.loads(cluster.sound("get", "-o", "json", *(part for path in files for part in ("-f", path))))
    by_id = {identity(one): one for one in stored["items"]}
    other = []
    for one in live:
        for held in one.objects.values():
            other += [f"{one.key} {held['kind']}{line}" for line in unlike(held, by_id[identity(held)])]
    assert other == []


def identity(one: Json) -> tuple[str, str, str]:
    return one["kind"], one["metadata"]["namespace"], one["metadata"]["name"]


def unlike(sent: Json, stored: Json, path: str = "") -> list[str]:
    """Where what was sent is not there; what the server adds does not count."""
    if isinstance(sent, Mapping) and isinstance(stored, Mapping):
        return [line for key, value in sent.items() for line in unlike(value, stored.get(key), f"{path}.{key}")]
    if isinstance(sent, list) and isinstance(stored, list) and len(sent) == len(stored):
        pairs = enumerate(zip(sent, stored, strict=True))
        return [line for number, pair in pairs for line in unlike(*pair, f"{path}[{number}]")]
    return [] if sent == stored and type(sent) is type(stored) else [f"{path}: {sent!r} became {stored!r}"]


def test_applying_again_changes_nothing(cluster: Cluster, live: list[Bundle]) -> None:
    """But for a number: the server counts each write of a claim, even of the same."""

    def stored() -> dict[tuple[str, str, str], Json]:
        files = [path for wave in waves(live) for path in wave]
        found = json.loads(cluster.sound("get", "-o", "json", *(part for path in files for part in ("-f", path))))
        for one in found["items"]:
            del one["metadata"]["resourceVersion"]
        return {identity(one): one for one in found["items"]}

    before = stored()
    taken(cluster, live)
    assert stored() == before


def test_a_stop_and_a_start_are_taken(cluster: Cluster, live: list[Bundle], tmp_path: Path) -> None:
    assert live
    project = repository(tmp_path / "r")
    for name, group in catalog_of(project).groups.items():
        if not group.abstract:  # each by itself: several may stand in one file
            project.write(group.place.file.path, leave.stopped(catalog_of(project).groups[name]))
    project.run("generate", "--allow-loss", "*/*").sound()
    after = [*bundles(project)]
    assert {str(one.lock.state) for one in after} == {"Stopped"}
    taken(cluster, after)
    assert replicas(cluster) == {0}
    taken(cluster, live)
    assert 3 in replicas(cluster)


def catalog_of(project: Project) -> Catalog:
    tree = WorkingTree(str(project.root))
    return load_catalog(tree, load_settings(tree), Collector())


def replicas(cluster: Cluster) -> set[int]:
    stored = json.loads(cluster.sound("get", "statefulsets,deployments", "-A", "-o", "json"))
    return {one["spec"]["replicas"] for one in stored["items"]}


def test_every_allowed_upgrade_is_taken(cluster: Cluster, live: list[Bundle], tmp_path: Path) -> None:
    """Of every group whose runtime has a next version."""
    assert live
    project = repository(tmp_path / "r")
    catalog, found = catalog_of(project), Collector()
    plans = Resolver(catalog, Output(str(project.root), "out").lock, found).plans(catalog.groups.values())
    found.raise_errors()
    edits: dict[str, dict[tuple[int, int], str]] = {}
    for plan in plans:
        ways = [(new, way) for new, ways in plan.plugin.migrations.items() for way in ways]
        following = [new for new, way in ways if (way.source, way.method) == (plan.runtime_version, "rolling")]
        if following and plan.runtime_stated:
            span = plan.runtime_place.span()
            edits.setdefault(span.file.path, {})[span.start, span.end] = f'"{following[0]}"'
    for path, spots in edits.items():
        text = project.read(path)
        for (start, end), new in sorted(spots.items(), reverse=True):
            text = f"{text[:start]}{new}{text[end:]}"
        project.write(path, text)
    said = project.run("generate").sound().out
    assert said.count("upgrade ") >= 5, said
    after = [*bundles(project)]
    taken(cluster, after)
    taken(cluster, live)


@pytest.mark.parametrize("target", ["argocd", "flux"])
def test_what_argocd_and_flux_are_told_is_taken(target: str, cluster: Cluster, tmp_path: Path) -> None:
    """By their own custom resource definitions, unknown fields refused."""
    project = repository(tmp_path / "r")
    text = project.read("groups/environments.yaml").replace("target: argocd", f"target: {target}")
    project.write("groups/environments.yaml", text)
    project.run("generate", "--allow-loss", "*/*").sound()
    for namespace in ("argocd", "flux-system"):
        cluster.run("create", "namespace", namespace)
    files = [
        path
        for path in sorted((project.root / "out/.delivery" / target).rglob("*.yaml"))
        if path.name not in {"argocd-cm-patch.yaml", "kustomization.yaml"}
    ]
    assert len(files) > 30
    answer = cluster.apply(files, "--dry-run=server")
    assert [line for line in answer.words if not line.startswith(KNOWN)] == []
    assert answer.code == 0


def test_plain_bundles_are_applied_with_kubectl_alone(cluster: Cluster, live: list[Bundle], tmp_path: Path) -> None:
    """`kubectl apply -k`, as the how-to says; without --server-side, as most type it."""
    assert live
    project = copied(tmp_path / "r", "plain")
    project.run("generate").sound()
    folders = [f"out/{one.key.folder}" for one in live]  # another one has a kind that no cluster knows
    listed = {"apiVersion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "resources": folders}
    project.write("kustomization.yaml", json.dumps({**listed, "sortOptions": {"order": "fifo"}}))
    answer = cluster.run("apply", "--dry-run=server", "--validate=ignore", "-k", project.root)
    assert answer.code == 0, answer.err
    assert answer.out.count("(server dry run)") == sum(len(one.lock.objects) for one in live)
