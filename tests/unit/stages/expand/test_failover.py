"""What highAvailability becomes: scripts, the agents' environment, Services of roles."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Project
from tests.unit.stages.expand.test_monitoring import WORKLOAD, containers, objects

MOUNTS = """\
          volumeMounts: [{name: tools, mountPath: /tools/}]
          env: [{name: ROLE_DETECTION_INTERVAL, value: 1s}]
        - name: other
          image: other:1
      volumes: [{name: tools, configMap: {name: {{ .Values.name }}-tool-scripts}}]
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: {{ .Values.name }}}
spec:
  type: NodePort
  selector: {app: {{ .Values.name }}}
  ports: [{name: main, port: 7, nodePort: 30007}]
"""
DETECTION = {"command": "cat {{ .Values.state }}", "parsePattern": "role:([a-z]+)", "interval": "10s"}


def project(folder: Path, *, templates: dict[str, tuple[str, str]] | None = None, **spec: Any) -> Project:
    made = Project(folder)
    spec = {"defaultValues": {"state": str(folder / "state"), "replicas": 1}, **spec}
    made.plugin("app", templates={"workload": ("", WORKLOAD + MOUNTS), **(templates or {})}, **spec)
    made.group("cache", "app")
    return made


def scripts(made: Project, name: str = "cache-tool-scripts") -> Path:
    """The scripts, in a folder."""
    folder = made.root / "scripts"
    folder.mkdir(exist_ok=True)
    for key, text in objects(made)[f"ConfigMap/{name}"]["data"].items():
        (folder / key).write_text(text)
    return folder


def run(script: Path, state: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    if state is not None:
        (script.parents[1] / "state").write_text(state)
    return subprocess.run(
        ["sh", str(script)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env={"PATH": "/usr/bin:/bin", **env},
    )


def test_the_role(tmp_path: Path) -> None:
    role = scripts(project(tmp_path, highAvailability={"passive": {"roleDetection": DETECTION}})) / "role.sh"
    done = run(role, "# Replication\r\nrole:master\r\nrole:second\r\n")
    assert (done.returncode, done.stdout) == (0, "master\n")
    assert run(role, "nothing of it\n").returncode == 1
    (tmp_path / "state").unlink()
    done = run(role)
    assert done.returncode == 1
    assert "No such file" in done.stderr


def test_the_first_word_without_a_pattern(tmp_path: Path) -> None:
    detection = {"command": "cat {{ .Values.state }}"}
    role = scripts(project(tmp_path, highAvailability={"passive": {"roleDetection": detection}})) / "role.sh"
    assert run(role, "\n  leader since yesterday\n").stdout == "leader\n"


def test_a_command_that_hangs(tmp_path: Path) -> None:
    detection = {"command": "sleep 20", "timeout": "1s"}
    role = scripts(project(tmp_path, highAvailability={"passive": {"roleDetection": detection}})) / "role.sh"
    assert run(role).returncode == 1


def active(folder: Path, **fields: Any) -> dict[str, Any]:
    return {
        "passive": {"roleDetection": DETECTION},
        "active": {"failoverCommand": {"command": f"echo role:master > {folder}/state"}, **fields},
    }


def test_failover(tmp_path: Path) -> None:
    verify = {"expectedRole": "master"}
    ha = active(tmp_path, preFailoverCheck={"type": "health", "expectedRole": "slave"}, postFailoverVerify=verify)
    failover = scripts(project(tmp_path, highAvailability=ha)) / "failover.sh"
    done = run(failover, "role:slave\n")
    assert done.returncode == 0, done.stderr
    assert run(failover.parent / "role.sh").stdout == "master\n"
    assert run(failover).returncode == 2, "it is no slave any more"
    assert run(failover, "dead\n").returncode == 2, "it tells no role"


def test_a_check_that_refuses(tmp_path: Path) -> None:
    ha = active(tmp_path, preFailoverCheck={"command": "echo not now; exit 1"})
    done = run(scripts(project(tmp_path, highAvailability=ha)) / "failover.sh", "role:slave\n")
    assert done.returncode == 2
    assert "not now" in done.stderr
    assert (tmp_path / "state").read_text() == "role:slave\n"


def test_a_disabled_check(tmp_path: Path) -> None:
    ha = active(tmp_path, preFailoverCheck={"command": "exit 1", "enabled": False})
    assert run(scripts(project(tmp_path, highAvailability=ha)) / "failover.sh", "role:slave\n").returncode == 0


def test_a_command_that_fails(tmp_path: Path) -> None:
    ha = active(tmp_path)
    ha["active"]["failoverCommand"] = {"command": "false"}
    assert run(scripts(project(tmp_path, highAvailability=ha)) / "failover.sh", "role:slave\n").returncode == 3


def test_roles_that_stay_as_they_were(tmp_path: Path) -> None:
    ha = active(tmp_path, postFailoverVerify={"command": "echo role:slave", "expectedRole": "master", "timeout": "2s"})
    done = run(scripts(project(tmp_path, highAvailability=ha)) / "failover.sh", "role:slave\n")
    assert done.returncode == 4
    assert "not as expected afterwards: slave" in done.stderr


def test_arguments_are_quoted(tmp_path: Path) -> None:
    args = ["it's", "$HOME", "{{ .Values.name }}", "a b"]
    ha = active(tmp_path)
    ha["active"]["failoverCommand"] = {"command": f"printf '%s|' >{tmp_path}/args", "args": args}
    assert run(scripts(project(tmp_path, highAvailability=ha)) / "failover.sh", "role:x\n").returncode == 0
    assert (tmp_path / "args").read_text() == "it's|$HOME|cache|a b|"


def test_the_agents_environment(tmp_path: Path) -> None:
    made = project(tmp_path, highAvailability=active(tmp_path))
    main, other = containers(objects(made))
    assert main["env"] == [
        {"name": "ROLE_DETECTION_INTERVAL", "value": "1s"},
        {"name": "ROLE_DETECTION_CMD", "value": "sh /tools/role.sh"},
        {"name": "FAILOVER_SCRIPT", "value": "/tools/failover.sh"},
    ]
    assert "env" not in other


def test_scripts_restart_nothing(tmp_path: Path) -> None:
    found = objects(project(tmp_path, highAvailability=active(tmp_path)))
    assert "annotations" not in found["StatefulSet/cache"]["spec"]["template"]["metadata"]


def test_services_of_roles(tmp_path: Path) -> None:
    ha = {**active(tmp_path), "roles": ["master", "slave"]}
    ha["passive"] = {**ha["passive"], "autoRoleSwitch": True}
    found = objects(project(tmp_path, templates={"service": ("", SERVICE)}, highAvailability=ha))
    for role in ("master", "slave"):
        service = found[f"Service/cache-{role}"]
        assert service["spec"] == {
            "type": "ClusterIP",
            "selector": {"app": "cache", "middleware.io/role": role},
            "ports": [{"name": "main", "port": 7}],
        }


def test_only_where_the_value_says_so(tmp_path: Path) -> None:
    ha = {**active(tmp_path), "when": "replication.enabled"}
    made = project(tmp_path, highAvailability=ha)
    assert "ConfigMap/cache-tool-scripts" not in objects(made)
    made.group("cache", "app", values={"replication": {"enabled": True}})
    assert "ConfigMap/cache-tool-scripts" in objects(made)


@pytest.mark.parametrize(("capabilities", "there"), [(None, True), (["failover"], True), (["scaling"], False)])
def test_the_capability(tmp_path: Path, capabilities: list[str] | None, *, there: bool) -> None:
    said: dict[str, Any] = {} if capabilities is None else {"capabilities": capabilities}
    made = project(tmp_path, highAvailability=active(tmp_path), **said)
    ran = made.run("generate").sound()
    assert any("tool-scripts" in path for path in made.files()) is there
    assert ("MW229" in ran.err) is not there


def test_each_component_has_its_own(tmp_path: Path) -> None:
    components = [{"name": "a"}, {"name": "b", "nameSuffix": True}, {"name": "c"}]
    ha = {**active(tmp_path), "component": ["a", "b"]}
    found = objects(project(tmp_path, components=components, highAvailability=ha))
    assert [name for name in found if name.startswith("ConfigMap")] == [
        "ConfigMap/cache-tool-scripts",
        "ConfigMap/cache-b-tool-scripts",
    ]


@pytest.mark.parametrize(
    ("detection", "said"),
    [
        ({"command": "x", "parsePattern": "role:"}, "it must have one group"),
        ({"command": "x", "parsePattern": "(a"}, "MW230"),
        ({"command": "x", "parsePattern": r"\b(a)"}, "sed has no"),
        ({"command": "x", "interval": "ten"}, "is no duration"),
        ({"command": "x", "type": "http"}, "must be one of exec"),
    ],
)
def test_mistakes(tmp_path: Path, detection: dict[str, str], said: str) -> None:
    ran = project(tmp_path, highAvailability={"passive": {"roleDetection": detection}}).run("generate")
    assert ran.code == 1
    assert said in ran.err
