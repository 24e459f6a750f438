"""Argo CD's own code over our output: what it reads, in which order it applies and deletes it, what it takes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Collector
from generator.model.kinds import rank
from generator.model.order import Operation, Order
from generator.outside.files import WorkingTree
from generator.pipeline import load_catalog, load_settings
from generator.stages import leave
from generator.targets import argocd_health
from generator.yamlio.dump import dump_all
from generator.yamlio.load import decode, documents
from tests.consumers.bundles import OPERATIONS, Bundle, body, bundles, copied
from tests.consumers.conftest import Consumer, RefusedError
from tests.harness import Project

Json = Any
KEPT = "Prune=false,Delete=false"
OPTIONS = "argocd.argoproj.io/sync-options"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """The repository after each operation; all but the first on top of it."""
    made = {}
    for operation in OPERATIONS:
        project = copied(tmp_path_factory.mktemp("argocd") / operation, "argocd")
        project.run("generate", "--operation", "provision").sound()
        if operation == "stop":  # not just the order: stopped groups
            stop(project)
        if operation != "provision":
            project.run("generate", "--operation", operation, "--allow-loss", "*/*").sound()
        made[operation] = project
    return made


def stop(project: Project) -> None:
    for path in sorted((project.root / "groups").rglob("*.yaml")):
        text = path.read_text().replace("state: Running", "state: Stopped")
        if "kind: Group" in text and "state: Stopped" not in text and "abstract: true" not in text:
            text = text.replace("\nspec:\n", "\nspec:\n  state: Stopped\n")
        path.write_text(text)


@pytest.fixture(scope="module", params=OPERATIONS)
def each(request: pytest.FixtureRequest, rendered: dict[str, Project]) -> list[Bundle]:
    """All bundles after one operation."""
    found = [*bundles(rendered[request.param])]
    assert len(found) >= 17
    return found


def applications(of: list[Bundle], argocd: Consumer) -> list[Json]:
    """What the repo server makes of each bundle's Application."""
    return argocd(
        [
            {
                "op": "manifests",
                "application": one.delivery(f"application-{one.key.group}.yaml").read_text(),
                "repository": str(one.root),
            }
            for one in of
        ]
    )


def untracked(one: Json) -> Json:
    """The object without what Argo CD adds."""
    annotations = one["metadata"].get("annotations", {})
    annotations.pop("argocd.argoproj.io/tracking-id")
    if not annotations:
        del one["metadata"]["annotations"]
    return one


def names(objects: list[Json]) -> list[str]:
    return [f"{one['kind']}/{one['metadata']['name']}" for one in objects]


def test_it_reads_what_we_wrote(each: list[Bundle], argocd: Consumer) -> None:
    """All objects, nothing else, and each as we mean it: no lock, no list, no number made of a text."""
    for one, made in zip(each, applications(each, argocd), strict=True):
        assert made["type"] == "Directory"
        read = dict(zip(names(made["objects"]), map(untracked, made["objects"]), strict=True))
        assert read == one.objects, one.key


def test_it_applies_in_the_order_of_the_operation(each: list[Bundle], argocd: Consumer) -> None:
    made = applications(each, argocd)
    syncs = argocd([{"op": "sync", "target": one["objects"], "live": []} for one in made])
    several = 0
    for one, steps in zip(each, syncs, strict=True):
        assert [set(step["applied"]) for step in steps] == one.stages, one.key
        assert {step["phase"] for step in steps} == {"Sync"}
        assert [step["wave"] for step in steps] == sorted({entry.wave or 0 for entry in one.lock.objects})
        assert not any(step["pruned"] for step in steps)
        several += len(steps) > 1
    orders = {one.lock.order for one in each}
    assert several or orders == {()}, "some are not applied all at once, or this proves nothing"


def test_our_order_of_kinds_is_its(each: list[Bundle], argocd: Consumer) -> None:
    """Within a wave: the list for `kubectl apply -k` is made by it."""
    made = applications(each, argocd)
    for steps in argocd([{"op": "sync", "target": one["objects"], "live": []} for one in made]):
        for step in steps:
            ranks = [rank(name.split("/")[0]) for name in step["applied"]]
            assert ranks == sorted(ranks)


def kept(one: Bundle) -> set[str]:
    return {
        name
        for name, held in one.objects.items()
        if KEPT in (held["metadata"].get("annotations") or {}).get(OPTIONS, "")
    }


def test_it_prunes_in_reverse_and_keeps_what_is_to_be_kept(each: list[Bundle], argocd: Consumer) -> None:
    made = applications(each, argocd)
    syncs = argocd([{"op": "sync", "target": [], "live": one["objects"]} for one in made])
    for one, steps in zip(each, syncs, strict=True):
        pruned = [set(step["pruned"]) for step in steps if step["pruned"]]
        assert pruned == [stage - kept(one) for stage in reversed(one.stages) if stage - kept(one)], one.key
    assert sum(len(kept(one)) for one in each) > 10


def test_an_application_s_deletion_goes_in_reverse(each: list[Bundle], argocd: Consumer) -> None:
    made = applications(each, argocd)
    for one, steps in zip(
        each, argocd([{"op": "delete", "live": each_made["objects"]} for each_made in made]), strict=True
    ):
        assert [set(step) for step in steps] == one.stages[::-1]


def test_what_leaves_is_pruned_in_the_wave_it_had(rendered: dict[str, Project], argocd: Consumer) -> None:
    """From provisioned to stopped: what stops nothing else is deleted on the way, and the stop order holds."""
    before = {one.key: one for one in bundles(rendered["provision"])}
    after = [*bundles(rendered["stop"])]
    live = dict(zip(before, applications([*before.values()], argocd), strict=True))
    syncs = argocd(
        [
            {"op": "sync", "target": made["objects"], "live": live[one.key]["objects"]}
            for one, made in zip(after, applications(after, argocd), strict=True)
        ]
    )
    for one, steps in zip(after, syncs, strict=True):
        assert [set(step["applied"]) for step in steps if step["applied"]] == one.stages
        gone = before[one.key].objects.keys() - one.objects.keys()
        assert {name for step in steps for name in step["pruned"]} == gone


# --- what it is told of the bundles


@pytest.fixture(scope="module")
def provisioned(rendered: dict[str, Project]) -> Project:
    return rendered["provision"]


def delivered(project: Project, pattern: str) -> Iterator[Path]:
    yield from sorted((project.root / "out/.delivery/argocd").glob(pattern))


def test_applications_are_what_their_definition_says(provisioned: Project, argocd: Consumer) -> None:
    found = [*delivered(provisioned, "*/applications/*.yaml"), *delivered(provisioned, "*/root/*.yaml")]
    assert len(found) >= 19
    argocd([{"op": "strict", "text": path.read_text()} for path in found])
    with pytest.raises(RefusedError, match="unknown field"):
        argocd([{"op": "strict", "text": found[0].read_text() + "oops: 1\n"}])


def test_the_app_of_apps_makes_the_applications_tier_by_tier(provisioned: Project, argocd: Consumer) -> None:
    (root,) = delivered(provisioned, "prod/root/application-*.yaml")
    asked = {"op": "manifests", "application": root.read_text(), "repository": str(provisioned.root)}
    (made,) = argocd([asked])
    assert made["type"] == "Directory"
    files = [body(path.read_bytes()) for path in delivered(provisioned, "prod/applications/*.yaml")]
    read = {one["metadata"]["name"]: untracked(one) for one in made["objects"]}
    assert read == {one["metadata"]["name"]: one for one in files}
    (made,) = argocd([asked])
    (steps,) = argocd([{"op": "sync", "target": made["objects"], "live": []}])
    when = {
        name.removeprefix("Application/prod."): number for number, step in enumerate(steps) for name in step["applied"]
    }
    assert len(when) == len(files)
    needs = [(group, other) for group, others in dependencies(provisioned) for other in others]
    assert len(needs) > 1
    for group, other in needs:
        assert group not in when or other not in when or when[group] > when[other]


def dependencies(project: Project) -> Iterator[tuple[str, list[str]]]:
    """What groups say that they depend on."""
    for path in sorted((project.root / "groups").rglob("*.yaml")):
        for one in documents(decode(path.name, path.read_bytes())):
            if one.value["kind"] == "Group":
                yield one.value["metadata"]["name"], one.value["spec"].get("dependsOn", [])


def test_the_application_set_makes_the_same_applications(
    provisioned: Project, argocd: Consumer, tmp_path: Path
) -> None:
    """From our files, by the controller's own code: finalizers of those that have one, and none for the others."""
    project = copied(tmp_path / "set", "argocd")
    project.write("mwgen.yaml", project.read("mwgen.yaml").replace("AppOfApps", "ApplicationSet"))
    project.run("generate").sound()
    (path,) = delivered(project, "prod/root/applicationset-*.yaml")
    (made,) = argocd([{"op": "applicationset", "text": path.read_text(), "repository": str(project.root)}])
    files = [body(one.read_bytes()) for one in delivered(project, "prod/applications/*.yaml")]
    assert len(made) == len(files)
    by_name = {one["metadata"]["name"]: one for one in made}
    with_finalizer = 0
    for want in files:
        got = by_name[want["metadata"]["name"]]
        assert got["spec"] == want["spec"]
        for field in ("name", "namespace", "labels", "annotations", "finalizers"):
            assert got["metadata"].get(field) == want["metadata"].get(field), field
        with_finalizer += "finalizers" in want["metadata"]
    assert 0 < with_finalizer < len(files)
    (before,) = argocd([{"op": "strict", "text": path.read_text()}])
    steps = before["spec"]["strategy"]["rollingSync"]["steps"]
    assert [step["matchExpressions"][0]["operator"] for step in steps] == ["In"] * 9 + ["NotIn"]


@pytest.mark.parametrize(
    ("status", "want"),
    [
        (None, "Progressing"),
        ({}, "Progressing"),
        ({"health": {}}, "Progressing"),
        ({"health": {"status": "Healthy"}}, "Healthy"),
        ({"health": {"status": "Healthy"}, "operationState": {"phase": "Running"}}, "Progressing"),
        ({"health": {"status": "Healthy"}, "operationState": {"phase": "Succeeded"}}, "Healthy"),
        ({"health": {"status": "Degraded"}, "operationState": {"phase": "Failed"}}, "Degraded"),
        ({"health": {"status": "Missing"}}, "Missing"),
    ],
)
def test_the_health_check_of_applications(status: Json, want: str, argocd: Consumer) -> None:
    data = argocd_health.patch("argocd")["data"]
    script = data["resource.customizations.health.argoproj.io_Application"]
    one = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "a"}}
    if status is not None:
        one["status"] = status
    (made,) = argocd([{"op": "health", "script": script, "object": one}])
    assert made["status"] == want


# --- options on objects


def config(project: Project, text: str, **spec: Json) -> list[Json]:
    project.write("mwgen.yaml", "delivery: {repoURL: 'https://git.example.com/x.git'}\n")
    project.plugin("p", templates={"a": ("", text)}, **spec)
    project.group("g", "p")
    project.run("generate").sound()
    (one,) = bundles(project)
    return [*one.objects.values()]


@pytest.mark.parametrize(("size", "server"), [(1_000, False), (200_000, False), (262_000, True), (900_000, True)])
def test_large_objects_are_applied_on_the_server_s_side(
    size: int, argocd: Consumer, tmp_path: Path, *, server: bool
) -> None:
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: big}}\ndata: {{a: {'x' * size}}}\n"
    (steps,) = argocd([{"op": "sync", "target": config(Project(tmp_path / "r"), text), "live": []}])
    assert steps[0]["applied"] == ["ConfigMap/big"]
    assert steps[0]["server"] == (["ConfigMap/big"] if server else [])


def test_custom_resources_may_come_before_their_definition(argocd: Consumer, tmp_path: Path) -> None:
    text = "apiVersion: example.com/v1\nkind: Topic\nmetadata: {name: t}\nspec: {}\n"
    objects = config(Project(tmp_path / "r"), text)
    asked = {"op": "sync", "live": [], "missing": ["Topic"]}
    (steps,) = argocd([{**asked, "target": objects}])
    assert steps[0]["applied"] == ["Topic/t"]
    del objects[0]["metadata"]["annotations"][OPTIONS]
    with pytest.raises(RefusedError, match="not valid"):
        argocd([{**asked, "target": objects}])


def test_the_stream_of_all_objects_is_read_as_it_is_meant(provisioned: Project, argocd: Consumer) -> None:
    """With its own splitter, for whoever hands it a stream instead of files."""
    for one in bundles(provisioned):
        (read,) = argocd([{"op": "split", "text": dump_all(one.objects.values())}])
        assert read == [*one.objects.values()]


def test_the_list_of_plain_files_would_be_in_its_way(argocd: Consumer, tmp_path: Path) -> None:
    """Why it is written for the target plain alone: it would be applied like an object."""
    plain, argo = copied(tmp_path / "plain", "plain"), copied(tmp_path / "argocd", "argocd")
    for project in (plain, argo):
        project.run("generate").sound()
    assert not [*(argo.root / "out").rglob("kustomization.yaml")]
    (one,) = [one for one in bundles(argo) if one.key.group == "odd"]
    path = "out/prod/odd/kustomization.yaml"
    argo.write(path, plain.read(path))
    asked = {"op": "manifests", "application": one.delivery("odd.yaml").read_text(), "repository": str(argo.root)}
    (made,) = argocd([asked])
    assert len(made["objects"]) == len(one.objects) + 1


# --- removal in two commits


def components(of: Bundle, steps: list[Json], field: str) -> list[set[str]]:
    """The components whose objects a step is about, step by step."""
    made = [{of.entries[name].component for name in step[field]} for step in steps]
    return [step for step in made if step]


def test_a_group_that_stops_in_another_order_is_removed_in_two_commits(argocd: Consumer, tmp_path: Path) -> None:
    """At once, it would be deleted in the reverse of how it started; stopped first, it goes as the plugin says."""
    project = copied(tmp_path / "r", "argocd")
    project.run("generate").sound()
    (before,) = [one for one in bundles(project) if one.key.group == "odd"]
    (live,) = applications([before], argocd)
    (steps,) = argocd([{"op": "sync", "target": [], "live": live["objects"]}])
    assert components(before, steps, "pruned") == [{"proxy", "topics"}, {"broker"}, {"controller"}]

    assert "step 1 of 2" in project.run("groups", "remove", "odd").sound().out
    project.run("generate").sound()
    stopped = Bundle(project.root, before.key)
    (made,) = applications([stopped], argocd)
    (steps,) = argocd([{"op": "sync", "target": made["objects"], "live": live["objects"]}])
    workloads = [
        [name for name in step["applied"] if name.startswith("Deployment/")] for step in steps if step["applied"]
    ]
    assert [step for step in workloads if step] == [
        ["Deployment/odd-controller"],
        ["Deployment/odd-proxy"],
        ["Deployment/odd-broker"],
    ]
    replicas = {name: one["spec"]["replicas"] for name, one in stopped.objects.items() if name.startswith("Deployment")}
    assert set(replicas.values()) == {0}

    project.run("groups", "remove", "odd").sound()
    project.run("generate", "--allow-loss", "prod/odd/*/*").sound()
    assert not stopped.delivery("odd.yaml").exists()


def test_two_commits_are_asked_for_just_where_the_engine_would_go_another_way(
    provisioned: Project, argocd: Consumer
) -> None:
    """For every bundle that runs: the plugin's stop order beside the order in which the real engine prunes."""
    running = [one for one in bundles(provisioned) if one.lock.state == "Running"]
    made = applications(running, argocd)
    for one in made:  # what is kept has a place in the order, too
        for held in one["objects"]:
            held["metadata"].get("annotations", {}).pop(OPTIONS, None)
    syncs = argocd([{"op": "sync", "target": [], "live": one["objects"]} for one in made])
    answers = set()
    plugins = orders(provisioned)
    for one, steps in zip(running, syncs, strict=True):
        stop_order = plugins[one.lock.plugin, one.lock.plugin_version, one.lock.topology]
        asked = leave.stops_first(one.lock, stop_order)
        there = {entry.component for entry in one.lock.objects}
        wanted = [stage for stage in ({*stage} & there for stage in stop_order) if stage]
        named = {name for stage in wanted for name in stage}
        pruned = components(one, steps, "pruned")
        own = [stage & named for stage in pruned if stage & named]
        assert asked == (len(wanted) > 1 and own != wanted), one.key
        answers.add(asked)
    assert answers == {True, False}


def orders(project: Project) -> dict[tuple[str, str, str], Order]:
    """The stop orders, by plugin, version and topology."""
    tree = WorkingTree(str(project.root))
    catalog = load_catalog(tree, load_settings(tree), Collector())
    found = {}
    for plugin in (one for versions in catalog.plugins.values() for one in versions):
        found[plugin.name, plugin.version, ""] = plugin.orders.of(Operation.STOP)
        for topology in plugin.topologies:
            own = topology.orders or plugin.orders
            found[plugin.name, plugin.version, topology.name] = own.of(Operation.STOP)
    return found


@pytest.mark.parametrize("author", ["Tess Tester", "Doe, Jane (ops)", 'The "Boss" Bee', "Zoë Müller", "bot[bot]"])
def test_trailers_of_an_environment_branch_are_read(author: str, argocd: Consumer, tmp_path: Path) -> None:
    project = Project(tmp_path / "r")
    project.git("init", "-q")
    config(project, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    project.git("add", "-A")
    project.git("commit", "-q", f"--author={author} <a@example.com>", "-m", "the change")
    project.run("commit", "--branch", "env/default").sound()
    (read,) = argocd([{"op": "references", "text": project.git("log", "-1", "--format=%B", "env/default")}])
    commit = read["references"][0]["Commit"]
    assert commit["SHA"] == project.git("rev-parse", "HEAD").strip()
    assert commit["Subject"] == "the change"
    assert (commit["Author"]["Name"], commit["Author"]["Address"]) == (author, "a@example.com")


REFERRING = """\
Bump

Ticket: 7
Argocd-reference-commit-author: Doe <doe@example.com>
Argocd-reference-commit-sha: 0123abc
Argocd-reference-commit-subject: code
Argocd-reference-commit-body: "a\\n\\nb"
Argocd-reference-commit-repourl: https://git.example.com/o/code.git
Argocd-reference-commit-date: 2025-06-09T13:50:18-04:00
"""
"""As the hydrator's page tells CI to write it that brings an image from another repository."""


@pytest.mark.parametrize(
    ("message", "remote"),
    [
        ("the change", "https://git.example.com/o/r.git"),
        ("the change\n\nBecause <it> & they must.\n\n- one\n- two", "https://git.example.com/o/r.git"),
        ("one\ntwo\n\nZo\u00eb \u2028 said so \u0001\n\nTicket: 7", "https://git.example.com/o/r.git"),
        (REFERRING, "https://git.example.com/o/r.git"),
        ("Bump\n\nArgocd-reference-commit-sha: NOT\nArgocd-reference-commit-date: today", ""),
    ],
    ids=["subject", "body", "other-characters", "reference", "no-reference"],
)
def test_an_environment_branch_names_its_source_as_the_hydrator_does(
    message: str, remote: str, argocd: Consumer, tmp_path: Path
) -> None:
    """`hydrator.metadata` to the byte, and the note that says that the source was looked at."""
    project = Project(tmp_path / "r")
    project.git("init", "-q")
    config(project, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    if remote:
        project.git("remote", "add", "origin", remote)
    project.git("add", "-A")
    project.git("commit", "-q", "-m", message)
    project.run("commit", "--branch", "env/default").sound()
    source, tip = project.git("rev-parse", "HEAD").strip(), project.git("rev-parse", "env/default").strip()
    url = remote or "https://git.example.com/x.git"  # as the configuration says
    asked = {"op": "hydrator", "repository": str(project.root), "text": url, "commit": source}
    (answer,) = argocd([{**asked, "tip": tip}])
    assert project.git("show", "env/default:hydrator.metadata") == answer["metadata"]
    assert answer["hydrated"]
    project.git("commit", "-q", "--allow-empty", "-m", "else")
    newer = project.git("rev-parse", "HEAD").strip()
    assert not argocd([{**asked, "commit": newer, "tip": tip}])[0]["hydrated"]
    project.run("commit", "--branch", "env/default").sound()
    assert argocd([{**asked, "commit": newer, "tip": tip}])[0]["hydrated"]
