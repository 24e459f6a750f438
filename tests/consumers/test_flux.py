"""Flux's own code over our output: what it fetches, builds, substitutes and applies, and what waits for what."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.model.bundle import BundleKey
from tests.consumers.bundles import OPERATIONS, Bundle, body, bundles, copied
from tests.consumers.conftest import Consumer, RefusedError
from tests.consumers.test_argocd import stop
from tests.harness import Project

Json = Any
SUBSTITUTE = "kustomize.toolkit.fluxcd.io/substitute"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """The repository after each operation; all but the first on top of it."""
    made = {}
    for operation in OPERATIONS:
        project = copied(tmp_path_factory.mktemp("flux") / operation, "flux")
        project.run("generate", "--operation", "provision").sound()
        if operation == "stop":
            stop(project)
        if operation != "provision":
            project.run("generate", "--operation", operation, "--allow-loss", "*/*").sound()
        made[operation] = project
    return made


@pytest.fixture(params=OPERATIONS)
def project(request: pytest.FixtureRequest, rendered: dict[str, Project]) -> Project:
    return rendered[request.param]


@pytest.fixture
def artifact(project: Project, flux: Consumer, tmp_path: Path) -> Path:
    """What the source controller makes of the repository: without the files that it leaves out by default."""
    paths = [f"out/{path}" for path in project.files()]
    (ignored,) = flux([{"op": "ignored", "paths": [*paths, ".gitlab-ci.yml"]}])
    assert ignored == [".gitlab-ci.yml"], "nothing of ours is left out"
    shutil.copytree(project.root / "out", tmp_path / "artifact/out")
    return tmp_path / "artifact"


def kustomizations(project: Project, environment: str) -> list[Json]:
    folder = project.root / "out/.delivery/flux" / environment
    return [body(path.read_bytes()) for path in sorted(folder.glob("groups/*/*.yaml"))]


def names(objects: list[Json]) -> set[str]:
    found = [f"{one['kind']}/{one['metadata']['name']}" for one in objects]
    assert len(found) == len({*found})
    return {*found}


def test_they_are_what_their_definition_says(project: Project, flux: Consumer) -> None:
    folder = project.root / "out/.delivery/flux"
    found = [*folder.glob("*/groups/*/*.yaml"), *folder.glob("*/root/*.yaml")]
    assert len(found) > 40
    flux([{"op": "strict", "text": path.read_text()} for path in found])
    with pytest.raises(RefusedError, match="unknown field"):
        flux([{"op": "strict", "text": found[0].read_text() + "oops: 1\n"}])


@pytest.mark.parametrize("project", ["provision", "stop"], indirect=True)
def test_it_builds_the_objects_of_each_component(project: Project, artifact: Path, flux: Consumer) -> None:
    """All objects, each in one Kustomization, each as we mean it."""
    all_of_it = [each for environment in ("prod", "staging") for each in kustomizations(project, environment)]
    built = flux([{"op": "build", "kustomization": each, "artifact": str(artifact)} for each in all_of_it])
    for one in bundles(project):
        own = [pair for pair in zip(all_of_it, built, strict=True) if key_of(pair[0]) == one.key]
        everything: dict[str, Json] = {}
        for each, objects in own:
            component = each["metadata"]["labels"].get("middleware.io/component")
            assert names(objects) == {name for name, entry in one.entries.items() if entry.component == component}, (
                each["metadata"]["name"]
            )
            everything |= {f"{each['kind']}/{each['metadata']['name']}": each for each in objects}
        assert everything == one.objects


def key_of(one: Json) -> BundleKey:
    labels = one["metadata"]["labels"]
    return BundleKey(labels["middleware.io/environment"], labels["middleware.io/group"])


def group_of(one: Json) -> str:
    return str(one["metadata"]["labels"]["middleware.io/group"])


@pytest.mark.parametrize("project", ["provision"], indirect=True)
def test_variables_change_nothing(project: Project, artifact: Path, flux: Consumer) -> None:
    """With a variable, strict or not: shell scripts and configuration stay as they are, and nothing fails."""
    objects = {(one.key, name): held for one in bundles(project) for name, held in one.objects.items()}
    variables = {"substitute": {"HOME": "x", "LEVEL": "y", "POD_NAME": "z"}}
    asked = [
        {
            "op": "build",
            "kustomization": {**each, "spec": {**each["spec"], "postBuild": variables}},
            "artifact": str(artifact),
            "strict": strict,
        }
        for each in kustomizations(project, "prod")
        for strict in (True, False)
    ]
    for question, built in zip(asked, flux(asked), strict=True):
        for made in built:
            assert made == objects[key_of(question["kustomization"]), f"{made['kind']}/{made['metadata']['name']}"]


def test_without_our_annotation_they_would(rendered: dict[str, Project], flux: Consumer, tmp_path: Path) -> None:
    shutil.copytree(rendered["provision"].root / "out", tmp_path / "out")
    marked = [path for path in (tmp_path / "out/prod").rglob("*.yaml") if SUBSTITUTE in path.read_text()]
    assert len(marked) > 5
    for path in marked:
        path.write_text(path.read_text().replace(f"{SUBSTITUTE}: disabled", "x: y"))
    fates = {"changed": 0, "refused": 0}
    for one in bundles(rendered["provision"]):
        for each in kustomizations(rendered["provision"], one.key.environment):
            if one.key.environment != "prod" or group_of(each) != one.key.group:
                continue
            each["spec"]["postBuild"] = {"substitute": {"A": "x"}}
            try:
                (objects,) = flux([{"op": "build", "kustomization": each, "artifact": str(tmp_path)}])
            except RefusedError:
                fates["refused"] += 1
                continue
            for made in objects:
                was = one.objects[f"{made['kind']}/{made['metadata']['name']}"]
                fates["changed"] += made.get("spec") != was.get("spec") or made.get("data") != was.get("data")
    assert all(fates.values()), fates


@pytest.mark.parametrize("project", ["provision"], indirect=True)
def test_what_the_parent_applies_and_what_nothing_is_in(project: Project, artifact: Path, flux: Consumer) -> None:
    for environment in ("prod", "staging"):
        (parent,) = (project.root / f"out/.delivery/flux/{environment}/root").glob("kustomization-*.yaml")
        (objects,) = flux([{"op": "build", "kustomization": body(parent.read_bytes()), "artifact": str(artifact)}])
        all_of_it = kustomizations(project, environment)
        assert {one["metadata"]["name"]: one for one in objects} == {one["metadata"]["name"]: one for one in all_of_it}
        gates = [one for one in all_of_it if one["spec"]["path"].endswith("/ready")]
        assert len(gates) == len({group_of(one) for one in all_of_it})
        for built in flux([{"op": "build", "kustomization": one, "artifact": str(artifact)} for one in gates]):
            assert built == []


def rounds(all_of_it: list[Json], parent: str) -> list[set[str]]:
    """Who goes when: whoever waits for nothing that has not gone before. All of them go at last."""
    waits = {one["metadata"]["name"]: {each["name"] for each in one["spec"]["dependsOn"]} for one in all_of_it}
    gone, steps = {parent}, []
    while waits.keys() - gone:
        now = {name for name, needs in waits.items() if name not in gone and needs <= gone}
        assert now, f"these wait for ever: {waits.keys() - gone}"
        steps.append(now)
        gone |= now
    return steps


def stages(of: Bundle, all_of_it: list[Json]) -> list[set[str]]:
    """The components of a bundle as `dependsOn` has them go."""
    own = [one for one in all_of_it if group_of(one) == of.key.group]
    prefix = f"{of.key.environment}.{of.key.group}"
    known = {one["metadata"]["name"] for one in own}
    inner = [
        {**one, "spec": {"dependsOn": [each for each in one["spec"]["dependsOn"] if each["name"] in known]}}
        for one in own
    ]
    return [{name.removeprefix(f"{prefix}.") for name in step if name != prefix} for step in rounds(inner, "")]


def test_components_go_in_the_order_of_the_operation(project: Project) -> None:
    for one in bundles(project):
        held = {entry.component for entry in one.lock.objects}
        order = [{*stage} & held for stage in one.lock.order]
        left = held - {name for stage in one.lock.order for name in stage}
        if order:
            order[-1] |= left
        want = [stage for stage in order if stage] or [held]
        assert [step for step in stages(one, kustomizations(project, one.key.environment)) if step] == want


def test_everything_goes_and_groups_wait_for_groups(project: Project) -> None:
    for environment in ("prod", "staging"):
        steps = rounds(kustomizations(project, environment), f"mwgen.{environment}")
        when = {name: number for number, step in enumerate(steps) for name in step}
        if environment == "prod":
            first = min(number for name, number in when.items() if name.startswith("prod.odd."))
            assert first > when["prod.orders-cache"]


def test_another_order_moves_no_object(rendered: dict[str, Project]) -> None:
    """Only what waits for what is different between operations on the same content."""
    before, after = rendered["provision"].files(), rendered["upgrade"].files()
    assert before.keys() == after.keys()
    changed = {path for path in before if before[path] != after[path] and not path.endswith("bundle.lock")}
    assert len(changed) > 5
    for path in changed:
        old, new = body(before[path]), body(after[path])
        assert old["kind"] == "Kustomization"
        for one in (old, new):
            for field in ("dependsOn", "wait", "healthChecks"):
                one["spec"].pop(field, None)
        assert old == new


@pytest.mark.parametrize(
    ("name", "one", "want"),
    [
        ("a claim that nothing has bound", {"kind": "PersistentVolumeClaim", "status": {"phase": "Pending"}}, False),
        ("a claim that is bound", {"kind": "PersistentVolumeClaim", "status": {"phase": "Bound"}}, True),
        ("a suspended Job", {"apiVersion": "batch/v1", "kind": "Job", "spec": {"suspend": True}, "status": {}}, False),
        (
            "no replicas",
            {
                "apiVersion": "apps/v1",
                "kind": "StatefulSet",
                "spec": {"replicas": 0},
                "status": {"observedGeneration": 1, "replicas": 0},
            },
            True,
        ),
        ("a suspended CronJob", {"apiVersion": "batch/v1", "kind": "CronJob", "spec": {"suspend": True}}, True),
        (
            "a Deployment that was paused from the start",
            {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "spec": {"replicas": 1, "paused": True},
                "status": {
                    "observedGeneration": 1,
                    "conditions": [{"type": "Progressing", "status": "Unknown", "reason": "DeploymentPaused"}],
                },
            },
            False,
        ),
        ("a ConfigMap", {"kind": "ConfigMap"}, True),
        ("a custom resource without conditions", {"apiVersion": "example.com/v1", "kind": "Topic"}, True),
    ],
)
def test_what_gets_ready_by_itself(name: str, one: Json, flux: Consumer, *, want: bool) -> None:
    """Why claims and suspended Jobs are not always waited for."""
    whole = {"apiVersion": "v1", "metadata": {"name": "a", "namespace": "n", "generation": 1}, **one}
    (status,) = flux([{"op": "status", "object": whole}])
    assert status == ("Current" if want else "InProgress")
