"""Files below `.delivery`: written with their bundles, removed with them, and part of everything that guards output."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.yamlio.load import decode, document
from tests.harness import Project

CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-{{ .Values.component }}
data:
  size: {{ .Values.size | quote }}
"""
SETTINGS = "delivery: {repoURL: 'https://git.example.com/x.git'}\n"
RECORD = ".delivery/argocd/prod/environment.lock"
ROOT = ".delivery/argocd/prod/root/application-mwgen.prod.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.git("init", "-q")
    made.write("mwgen.yaml", SETTINGS)
    made.plugin(
        "p",
        components=[{"name": "a"}, {"name": "b"}, {"name": "c"}],
        orders={"provision": ["a", ["b", "c"]], "stop": [["b", "c"], "a"]},
        defaultValues={"size": 1},
        templates={name: (name, CONFIG) for name in "abc"},
    )
    environment(made)
    made.group("g", "p", environments=[{"name": "prod"}])
    return made


def environment(project: Project, target: str = "argocd", form: str = "AppOfApps", **spec: Any) -> None:
    project.environment("prod", target=target, delivery={"argocd": {"form": form}}, **spec)


def delivery(project: Project) -> dict[str, bytes]:
    return {path: data for path, data in project.files().items() if path.startswith(".delivery/")}


def body(data: bytes) -> Any:
    return document(decode("x.yaml", data)).value


APPLICATION = ".delivery/argocd/prod/applications/application-{}.yaml"


def test_it_comes_and_goes_with_the_bundle(project: Project) -> None:
    project.group("h", "p", environments=[{"name": "prod"}])
    project.run("generate").sound()
    shared = {RECORD, ROOT, ".delivery/argocd/prod/argocd-cm-patch.yaml"}
    assert set(delivery(project)) == {APPLICATION.format("g"), APPLICATION.format("h"), *shared}
    (project.root / "groups/h.yaml").unlink()
    project.run("generate").sound()
    assert set(delivery(project)) == {APPLICATION.format("g"), *shared}
    (project.root / "groups/g.yaml").unlink()
    project.run("generate").sound()
    assert project.files() == {}


def test_the_last_bundle_of_a_part_of_a_run(project: Project) -> None:
    """A run about one group leaves alone what the others share."""
    project.group("h", "p", environments=[{"name": "prod"}])
    project.run("generate").sound()
    (project.root / "groups/h.yaml").unlink()
    project.run("generate", "-e", "prod").sound()
    assert ROOT in delivery(project)


def test_nothing_without_a_repository(project: Project) -> None:
    project.write("mwgen.yaml", "")
    project.run("generate").sound()
    assert delivery(project) == {}
    project.write("mwgen.yaml", SETTINGS)
    before = {path: data for path, data in project.files().items() if not path.endswith(".lock")}
    assert "record only" in project.run("generate").sound().out
    assert before.items() <= project.files().items(), "no object is touched"
    assert APPLICATION.format("g") in delivery(project)
    project.run("verify").sound()


@pytest.mark.parametrize("path", [APPLICATION.format("g"), ROOT, RECORD])
@pytest.mark.parametrize("what", ["changed", "removed"])
def test_what_somebody_changed_is_found_and_mended(project: Project, path: str, what: str) -> None:
    project.run("generate").sound()
    before = project.files()
    if what == "changed":
        project.write(f"out/{path}", "by: hand\n")
    else:
        (project.root / "out" / path).unlink()
    ran = project.run("verify")
    assert ran.code == 1
    assert f"differs  out/{path}" in ran.out
    assert project.run("generate", "--check").code == 1
    project.run("generate").sound()
    assert project.files() == before


def test_a_foreign_file_is_told_and_kept(project: Project) -> None:
    project.run("generate").sound()
    project.write("out/.delivery/argocd/prod/root/mine.yaml", "mine: 1\n")
    ran = project.run("verify")
    assert "MW606" in ran.err
    assert "root/mine.yaml" in ran.err
    (project.root / "groups/g.yaml").unlink()
    project.run("generate").sound()
    assert [*project.files()] == [".delivery/argocd/prod/root/mine.yaml"]


@pytest.mark.parametrize("listed", ["groups/x.yaml", "../mwgen.yaml", ".delivery/argocd/prod/../../../x", 7, None])
def test_a_record_that_somebody_changed_removes_nothing_else(project: Project, listed: Any) -> None:
    project.run("generate").sound()
    project.write(f"out/{RECORD}", json.dumps({"lockVersion": 1, "files": [listed, ROOT]}))
    project.write("out/x", "mine")
    environment(project, form="Applications")
    project.run("generate").sound()
    assert ROOT not in delivery(project)
    assert (project.root / "mwgen.yaml").exists()
    assert "x" in project.files()


def test_a_lock_that_somebody_changed_removes_nothing_else(project: Project) -> None:
    project.run("generate").sound()
    lock = project.read("out/prod/g/bundle.lock")
    assert f'"delivery": ["{APPLICATION.format("g")}"]' in lock
    project.write("out/prod/h/mine", "mine")
    changed = lock.replace('"delivery": [', '"delivery": ["prod/h/mine", ".delivery/../mwgen.yaml", ')
    project.write("out/prod/g/bundle.lock", changed)
    (project.root / "groups/g.yaml").unlink()
    project.run("generate").sound()
    assert [*project.files()] == ["prod/h/mine"]


def test_forms(project: Project) -> None:
    project.run("generate").sound()
    for form, names in (
        ("ApplicationSet", {"applicationset-mwgen.prod.yaml"}),
        ("AppOfApps", {"application-mwgen.prod.yaml"}),
        ("Applications", set()),
    ):
        environment(project, form=form)
        project.run("generate").sound()
        assert {path.split("/")[-1] for path in delivery(project) if "/root/" in path} == names
        assert (RECORD in delivery(project)) == bool(names)
        project.run("verify").sound()


def test_another_target_must_be_acknowledged(project: Project) -> None:
    project.run("generate").sound()
    environment(project, target="flux")
    before = project.files()
    ran = project.run("generate")
    assert ran.code == 1
    assert "MW551" in ran.err
    assert project.files() == before
    ran = project.run("generate", "--allow-loss", "prod/g/Application/*").sound()
    assert "(acknowledged)" in ran.err
    assert {path.split("/")[1] for path in delivery(project)} == {"flux"}
    project.run("verify").sound()


def test_targets_of_plain_files_hand_nothing_over(project: Project) -> None:
    environment(project, target="plain")
    project.run("generate").sound()
    assert delivery(project) == {}
    listed = body(project.files()["prod/g/kustomization.yaml"])["resources"]
    assert listed == ["a/configmap-g-a.yaml", "b/configmap-g-b.yaml", "c/configmap-g-c.yaml"]
    environment(project, target="flux")
    project.run("generate").sound()
    assert "prod/g/kustomization.yaml" not in project.files()


FLUX = ".delivery/flux/prod/groups/g"


def test_an_order_changes_depends_on_and_moves_no_object(project: Project) -> None:
    environment(project, target="flux")
    project.run("generate").sound()
    before = project.files()
    project.run("generate", "--operation", "stop").sound()
    after = project.files()
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    assert changed == {
        f"{FLUX}/component-a.yaml",
        f"{FLUX}/component-b.yaml",
        f"{FLUX}/component-c.yaml",
        "prod/g/bundle.lock",
    }
    for path in changed - {"prod/g/bundle.lock"}:
        old, new = body(before[path]), body(after[path])
        assert old["spec"].pop("dependsOn") != new["spec"].pop("dependsOn")
        assert old == new


def test_tiers_and_waves_between_groups(project: Project) -> None:
    """In the environments that both go to; inherited, too, and through other groups."""
    project.environment("test")
    project.definition(
        "Group", {"name": "base"}, {"abstract": True, "plugin": "p", "dependsOn": ["g"]}, "groups/b.yaml"
    )
    both = [{"name": "prod"}, {"name": "test"}]
    project.group("h", extends="base", environments=both)
    project.group("i", "p", dependsOn=["h"], environments=both)
    project.group("j", extends="base", dependsOn=[], environments=both)
    project.run("generate").sound()
    tiers = {}
    for path, data in delivery(project).items():
        if "/applications/" in path:
            metadata = body(data)["metadata"]
            wave = metadata["annotations"].get("argocd.argoproj.io/sync-wave")
            tiers[metadata["name"]] = (metadata["labels"]["middleware.io/tier"], wave)
    assert tiers == {
        "prod.g": ("0", None), "prod.h": ("1", "1"), "prod.i": ("2", "2"), "prod.j": ("0", None),
        "test.h": ("0", None), "test.i": ("1", None), "test.j": ("0", None),
    }  # fmt: skip


def test_a_change_of_one_group_s_dependencies_reaches_those_behind_it(project: Project) -> None:
    project.group("h", "p", dependsOn=["g"], environments=[{"name": "prod"}])
    project.group("z", "p", environments=[{"name": "prod"}])
    project.run("generate").sound()
    project.group("g", "p", dependsOn=["z"], environments=[{"name": "prod"}])
    project.run("generate").sound()
    tiers = {name: body(delivery(project)[APPLICATION.format(name)])["metadata"]["labels"] for name in "ghz"}
    assert {name: labels["middleware.io/tier"] for name, labels in tiers.items()} == {"g": "1", "h": "2", "z": "0"}
    project.run("verify").sound()


def test_an_inherited_dependency_that_is_not_there(project: Project) -> None:
    base = {"abstract": True, "plugin": "p", "dependsOn": ["nobody"]}
    project.definition("Group", {"name": "base"}, base, "groups/base.yaml")
    project.group("g", extends="base", environments=[{"name": "prod"}])
    ran = project.run("generate")
    assert ran.code == 1
    assert "MW317" in ran.err
    assert "groups/base.yaml" in ran.err


def test_it_is_committed_with_the_output(project: Project) -> None:
    project.git("add", "-A")
    project.git("commit", "-qm", "definitions")
    project.run("generate", "--commit").sound()
    assert project.git("status", "--short") == ""
    assert APPLICATION.format("g") in project.git("ls-files", "out")
