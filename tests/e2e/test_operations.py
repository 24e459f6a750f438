"""What a change in the source does to a bundle: operations, waves, guards, and nothing where nothing changed."""

from pathlib import Path

import pytest

from generator.yamlio.load import decode, document
from tests.harness import Project

WAVE = "argocd.argoproj.io/sync-wave"

STATEFULSET = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
spec:
  serviceName: {{ .Values.name }}
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "middleware.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ .Values.component }}
    spec:
      containers:
      - name: main
        image: {{ .Values.image }}
"""
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
data:
  size: {{ .Values.size | quote }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.plugin(
        "redis",
        runtimes=[{"name": "redis", "versions": ["7.2", "7.4", "8.0"]}],
        images={"7.2": "redis:7.2", "7.4": "redis:7.4", "8.0": "redis:8.0"},
        compatibility={"migrateFrom": {"7.4": ["7.2"], "8.0": ["7.4"]}},
        components=[{"name": "config"}, {"name": "server"}],
        orders={
            "provision": ["config", "server"],
            "update": [],
            "upgrade": [["config", "server"]],
            "stop": ["server", "config"],
        },
        defaultValues={"replicas": 3, "size": "1gb"},
        templates={"server": ("server", STATEFULSET), "config": ("config", CONFIG)},
    )
    group(made)
    made.group("other", "redis", runtime={"version": "7.4"})
    return made


def group(project: Project, version: str = "7.2", **spec: object) -> None:
    project.group("cache", "redis", runtime={"version": version}, **spec)


def wave(project: Project, path: str) -> str | None:
    body = document(decode(path, (project.root / "out/default/cache" / path).read_bytes())).value
    found = body["metadata"]["annotations"].get(WAVE)
    assert found is None or isinstance(found, str)
    return found


def waves(project: Project) -> tuple[str | None, str | None]:
    """Of the ConfigMap and of the StatefulSet."""
    return wave(project, "config/configmap-cache-config.yaml"), wave(project, "server/statefulset-cache.yaml")


def test_a_new_group_is_provisioned(project: Project) -> None:
    ran = project.run("generate").sound()
    assert "provision  default/cache" in ran.out
    assert waves(project) == ("0", "1")


def test_nothing_changed_nothing_is_touched(project: Project) -> None:
    project.run("generate").sound()
    times = {path: path.stat().st_mtime_ns for path in (project.root / "out").rglob("*")}
    assert "nothing to write" in project.run("generate").sound().out
    assert {path: path.stat().st_mtime_ns for path in (project.root / "out").rglob("*")} == times


def test_changed_values_are_an_update_of_that_bundle_alone(project: Project) -> None:
    project.run("generate").sound()
    before = project.files()
    group(project, values={"size": "2gb"})
    ran = project.run("generate").sound()
    assert "update     default/cache" in ran.out
    assert waves(project) == (None, None), "an empty order has no waves"
    after = project.files()
    assert {path for path in after if after[path] != before.get(path)} == {
        path for path in after if path.startswith("default/cache/")
    }


def test_an_unchanged_bundle_keeps_the_waves_of_its_last_operation(project: Project) -> None:
    project.run("generate").sound()
    group(project, values={"size": "2gb"})
    project.run("generate").sound()
    first = project.files()
    assert "nothing to write" in project.run("generate").sound().out
    assert project.files() == first
    assert waves(project) == (None, None)


def test_a_new_runtime_version_is_an_upgrade(project: Project) -> None:
    project.run("generate").sound()
    group(project, "7.4")
    ran = project.run("generate").sound()
    assert "upgrade    default/cache" in ran.out
    assert "runtime upgrade" in ran.out
    assert waves(project) == ("0", "0")


def test_stopping_and_starting_again(project: Project) -> None:
    project.run("generate").sound()
    group(project, state="Stopped")
    assert "stop       default/cache" in project.run("generate").sound().out
    assert waves(project) == ("1", "0")
    assert "replicas: 0" in project.read("out/default/cache/server/statefulset-cache.yaml")
    group(project, state="Running")
    assert "provision  default/cache" in project.run("generate").sound().out
    assert waves(project) == ("0", "1")
    assert "replicas: 3" in project.read("out/default/cache/server/statefulset-cache.yaml")


def test_a_plugin_change_reaches_every_group_of_it(project: Project) -> None:
    project.run("generate").sound()
    text = project.read("plugins/redis-1.0.0/plugin.yaml")
    project.write("plugins/redis-1.0.0/plugin.yaml", text.replace("1gb", "3gb"))
    ran = project.run("generate").sound()
    for name in ("cache", "other"):
        assert f"update     default/{name}" in ran.out
    assert ran.out.count("plugin hot upgrade") == 2


REFUSED = {
    "two steps at once": ("8.0", "the allowed path is 7.2 → 7.4 → 8.0", "MW323"),
    "a version that is not there": ("9", "supports runtime 9", "MW308"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_upgrades_that_are_refused(project: Project, case: str) -> None:
    version, message, code = REFUSED[case]
    project.run("generate").sound()
    before = project.files()
    group(project, version)
    ran = project.run("generate")
    assert ran.code == 1
    assert code in ran.err
    assert message in ran.err
    assert "groups/cache.yaml:" in ran.err
    assert project.files() == before


def test_a_downgrade_is_refused(project: Project) -> None:
    group(project, "7.4")
    project.run("generate").sound()
    group(project, "7.2")
    ran = project.run("generate")
    assert ran.code == 1
    assert "MW322" in ran.err


def test_the_operation_can_be_forced(project: Project) -> None:
    project.run("generate").sound()
    ran = project.run("generate", "--operation", "stop", "--group", "cache").sound()
    assert "stop       default/cache" in ran.out
    assert waves(project) == ("1", "0")


def test_a_group_that_leaves_takes_its_bundle_along_once_that_is_acknowledged(project: Project) -> None:
    project.run("generate").sound()
    (project.root / "groups/cache.yaml").unlink()
    refused = project.run("generate")
    assert refused.code == 1
    assert "MW603" in refused.err
    assert "--allow-loss default/cache/StatefulSet/cache" in refused.err
    assert (project.root / "out/default/cache/bundle.lock").exists()
    ran = project.run("generate", "--allow-loss", "default/cache").sound()
    assert "delete     default/cache" in ran.out
    assert not (project.root / "out/default/cache").exists()
    assert (project.root / "out/default/other").exists()


def test_a_protected_group_stays(project: Project) -> None:
    group(project, deletionPolicy="Protect")
    project.run("generate").sound()
    (project.root / "groups/cache.yaml").unlink()
    assert "MW605" in project.run("generate").err


def test_an_immutable_field_is_refused_before_a_cluster_does(project: Project) -> None:
    project.run("generate").sound()
    text = project.read("plugins/redis-1.0.0/server.tpl")
    project.write("plugins/redis-1.0.0/server.tpl", text.replace("serviceName: {{", "serviceName: x-{{"))
    ran = project.run("generate")
    assert ran.code == 1
    assert "MW604" in ran.err
    assert "spec.serviceName" in ran.err
    project.run("generate", "--allow-immutable", "default/*").sound()


def test_check_and_dry_run_write_nothing(project: Project) -> None:
    assert project.run("generate", "--check").code == 1
    assert project.run("generate", "--dry-run").code == 0
    assert not (project.root / "out").exists()
    project.run("generate").sound()
    assert project.run("generate", "--check").code == 0


def test_verify_finds_what_was_changed_by_hand(project: Project) -> None:
    project.run("generate").sound()
    project.run("verify").sound()
    path = "out/default/cache/server/statefulset-cache.yaml"
    project.write(path, project.read(path).replace("replicas: 3", "replicas: 4"))
    project.write("out/default/cache/notes.txt", "mine")
    ran = project.run("verify")
    assert ran.code == 1
    assert f"differs  {path}" in ran.out
    assert "MW606" in ran.err
    assert "out/default/cache/notes.txt was made by nobody" in ran.err
    project.run("generate").sound()
    assert project.read("out/default/cache/notes.txt") == "mine", "a file that nobody generated is never deleted"


def test_a_lock_that_cannot_be_read_is_said(project: Project) -> None:
    project.run("generate").sound()
    project.write("out/default/cache/bundle.lock", "<<<<<<< HEAD\n")
    ran = project.run("generate")
    assert ran.code == 1
    assert "MW601" in ran.err
    assert "git checkout" in ran.err
