"""What a plugin says that it can do is what groups may ask for."""

from pathlib import Path
from typing import Any

import pytest

from tests.harness import Project

CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Values.name }}}
data: {number: {{ .Values.replicas | quote }}}
"""


def project(folder: Path, **spec: Any) -> Project:
    made = Project(folder)
    spec = {"defaultValues": {"replicas": 1}, **spec}
    made.plugin("app", templates={"config": ("a", CONFIG)}, components=[{"name": "a"}], **spec)
    return made


GROUPS: dict[str, dict[str, Any]] = {
    "values": {"values": {"replicas": 3}},
    "component": {"components": {"a": {"replicas": 3}}},
    "environment": {"environments": [{"name": "default", "values": {"replicas": 3}}]},
}


@pytest.mark.parametrize(
    ("capabilities", "refused"), [(None, False), (["scaling"], False), ([], True), (["failover"], True)]
)
@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
def test_replicas(tmp_path: Path, group: dict[str, Any], capabilities: list[str] | None, *, refused: bool) -> None:
    """A number is chosen once where the plugin cannot scale."""
    made = project(tmp_path, **({} if capabilities is None else {"capabilities": capabilities}))
    made.group("cache", "app", **group)
    made.run("generate").sound()
    made.group("cache", "app")
    ran = made.run("generate")
    assert (ran.code == 1) is refused
    said = "error[MW340]: plugin app 1.0.0 cannot scale: a has 3 replicas, and would have 1"
    assert (said in ran.err) is refused
    if refused:
        ran = made.run("generate", "--allow-immutable", "default/cache").sound()
        assert "warning[MW340]" in ran.err
        assert 'number: "1"' in made.read("out/default/cache/a/configmap-cache.yaml")


def test_with_the_capability_another_number_is_an_update(tmp_path: Path) -> None:
    """What somebody on call does at night needs no acknowledgement."""
    made = project(tmp_path, capabilities=["scaling"])
    made.group("cache", "app")
    made.run("generate").sound()
    made.group("cache", "app", values={"replicas": 5})
    assert made.run("generate").sound().out.split()[:2] == ["update", "default/cache"]


def test_a_default_that_changes_is_no_reason_to_scale(tmp_path: Path) -> None:
    """A plugin's new version brings another number: the group is told how to stay as it is."""
    made = project(tmp_path, capabilities=[])
    made.group("cache", "app")
    made.run("generate").sound()
    project(tmp_path, capabilities=[], defaultValues={"replicas": 3}, version="1.1.0")
    ran = made.run("generate")
    assert "error[MW340]: plugin app 1.1.0 cannot scale: a has 1 replicas, and would have 3" in ran.err
    assert "--> plugins/app-1.1.0/plugin.yaml" in ran.err
    assert "hint: say replicas: 1 in group cache; once" in ran.err
    made.group("cache", "app", values={"replicas": 1})
    made.run("generate").sound()


def test_to_stop_is_not_to_scale(tmp_path: Path) -> None:
    made = project(tmp_path, capabilities=[])
    made.group("cache", "app")
    made.run("generate").sound()
    made.group("cache", "app", state="Stopped")
    made.run("generate").sound()


def test_the_place_is_where_the_number_stands(tmp_path: Path) -> None:
    made = project(tmp_path, capabilities=[])
    made.group("cache", "app")
    made.run("generate").sound()
    made.environment("default", values={"replicas": 2})
    assert "--> groups/environments/default.yaml" in made.run("generate").err


HA = {"passive": {"roleDetection": {"command": "x"}}}
BACKUP = {"commands": {"backup": "x"}}


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        ({}, set()),
        ({"highAvailability": HA, "backup": BACKUP, "dynamicConfig": ["a"]}, set()),
        ({"capabilities": ["failover", "backup", "configReload"]}, {"MW228"}),
        ({"capabilities": ["failover"], "highAvailability": HA}, set()),
        ({"capabilities": [], "highAvailability": HA, "backup": BACKUP, "dynamicConfig": ["a"]}, {"MW229"}),
        ({"capabilities": ["backup"], "highAvailability": HA}, {"MW228", "MW229"}),
    ],
)
def test_capabilities_and_sections(tmp_path: Path, spec: dict[str, Any], codes: set[str]) -> None:
    made = project(tmp_path, **spec)
    made.group("cache", "app")
    ran = made.run("validate")
    assert ran.code == 0
    assert {code for code in ("MW228", "MW229") if code in ran.err} == codes


def test_a_reload_without_the_capability_restarts(tmp_path: Path) -> None:
    """Without the capability each key restarts; with it, the keys that the plugin lists do not."""
    workload = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: {{ .Values.name }}}\nspec:\n"
        "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n"
        "      containers: [{name: a, image: a, volumeMounts: [{name: c, mountPath: /c}]}]\n"
        "      volumes: [{name: c, configMap: {name: {{ .Values.name }}}}]\n"
    )
    head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\ndata:\n  c: |\n"
    config = head + "    hot {{ .Values.hot }}\n    cold {{ .Values.cold }}\n"

    def annotations(folder: str, capabilities: list[str], **values: str) -> str:
        made = Project(tmp_path / folder)
        spec: dict[str, Any] = {
            "dynamicConfig": ["hot"],
            "capabilities": capabilities,
            "defaultValues": {"hot": "1", "cold": "1"},
        }
        made.plugin("app", templates={"w": ("", workload), "c": ("", config)}, **spec)
        made.group("cache", "app", values=values)
        made.run("generate").sound()
        text = made.read("out/default/cache/app/deployment-cache.yaml")
        return text[text.index("checksum/") :].split("\n")[0]

    for capabilities, restarts in ((["configReload"], False), ([], True)):
        name = f"{len(capabilities)}"
        before = annotations(f"{name}-a", capabilities)
        assert (annotations(f"{name}-b", capabilities, hot="2") != before) is restarts
        assert annotations(f"{name}-c", capabilities, cold="2") != before
