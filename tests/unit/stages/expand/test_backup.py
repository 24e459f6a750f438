"""What a group's backup becomes, and what is said where it cannot become anything."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.harness import Project
from tests.servers.job import Cloud, Job
from tests.servers.yard import Bundle, Yard, bundle, open_yard
from tests.unit.stages.expand.test_monitoring import WORKLOAD, objects

CLAIMED = """\
          volumeMounts: [{name: data, mountPath: {{ .Values.dataPath }}}]
      serviceAccountName: mine
      securityContext: {runAsUser: 7}
      volumes: [{name: data, persistentVolumeClaim: {claimName: {{ .Values.name }}-data}}]
"""
MADE = """\
          volumeMounts: [{name: data, mountPath: {{ .Values.dataPath }}}]
  volumeClaimTemplates:
    - metadata: {name: data}
"""
TEMPORARY = """\
          volumeMounts: [{name: data, mountPath: {{ .Values.dataPath }}}]
      volumes: [{name: data, emptyDir: {}}]
"""
BACKUP = {
    "mode": "network",
    "providers": ["s3", "gcs"],
    "schedule": "1 2 * * *",
    "retention": {"keepLast": 5},
    "commands": {"backup": "echo {{ .Values.name }} > /backup/x", "restore": "cat /backup/x"},
}
WISH = {"enabled": True, "destination": {"provider": "s3", "bucket": "b", "secretRef": "keys"}}


def project(
    folder: Path,
    *,
    pod: str = CLAIMED,
    backup: dict[str, Any] | None = None,
    wish: dict[str, Any] | None = None,
    group: dict[str, Any] | None = None,
    **spec: Any,
) -> Project:
    made = Project(folder)
    made.plugin("app", templates={"workload": ("", WORKLOAD + pod)}, backup=backup or BACKUP, **spec)
    made.group("cache", "app", backup=wish or WISH, **(group or {}))
    return made


def pod(found: dict[str, Any], name: str = "CronJob/cache-backup") -> dict[str, Any]:
    template: dict[str, Any] = found[name]["spec"]["jobTemplate"]["spec"]["template"]
    return template


def env(container: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one.get("value", "") for one in container["env"]}


def test_the_jobs(tmp_path: Path) -> None:
    found = objects(project(tmp_path))
    job = found["CronJob/cache-backup"]["spec"]
    assert (job["schedule"], job["concurrencyPolicy"], "suspend" in job) == ("1 2 * * *", "Forbid", False)
    template = pod(found)
    spec = template["spec"]
    assert template["metadata"]["labels"]["app.kubernetes.io/component"] == "backup"
    assert template["metadata"]["labels"]["middleware.io/group"] == "cache"
    assert (spec["serviceAccountName"], spec["automountServiceAccountToken"]) == ("mine", False)
    assert spec["securityContext"] == {"runAsUser": 7}
    (saves,), (uploads,) = spec["initContainers"], spec["containers"]
    assert (saves["image"], saves["command"]) == ("app:1", ["/bin/sh", "/scripts/backup.sh"])
    assert uploads["command"] == ["/bin/sh", "/scripts/upload.sh"]
    assert uploads["envFrom"] == [{"secretRef": {"name": "keys"}}]
    told = env(uploads)
    assert (told["MW_BUCKET"], told["MW_PATH"], told["MW_KEEP_LAST"]) == ("b", "default/cache", "5")
    restore = found["CronJob/cache-restore"]["spec"]
    assert restore["suspend"] is True
    spec = pod(found, "CronJob/cache-restore")["spec"]
    assert [one["name"] for one in (*spec["initContainers"], *spec["containers"])] == ["guard", "download", "restore"]


def test_the_date_is_the_job_s(tmp_path: Path) -> None:
    backup = {
        **BACKUP,
        "uploadCommands": {
            "s3": "aws s3 cp /backup/x s3://{{ .Values.bucket }}/{{ .Values.appName }}/{{ .Values.date }}/"
        },
    }
    found = objects(project(tmp_path, backup=backup))
    texts = found["ConfigMap/cache-backup-scripts"]["data"]
    assert texts["upload-command.sh"].endswith("aws s3 cp /backup/x s3://b/cache/${MW_BACKUP_DATE}/\n")
    assert "restore.sh" not in texts, "how it would be fetched is not known"
    assert "CronJob/cache-restore" not in found


def test_the_date_is_nowhere_else(tmp_path: Path) -> None:
    backup = {**BACKUP, "commands": {"backup": "echo {{ .Values.date }}"}}
    ran = project(tmp_path, backup=backup).run("generate")
    assert "error[MW403]: template spec.backup.commands.backup: .Values.date has no value" in ran.err


def test_a_stopped_group(tmp_path: Path) -> None:
    found = objects(project(tmp_path, group={"state": "Stopped"}))
    assert found["CronJob/cache-backup"]["spec"]["suspend"] is True
    assert env(pod(found, "CronJob/cache-restore")["spec"]["containers"][0])["MW_GROUP_STATE"] == "Stopped"


@pytest.mark.parametrize(("pods", "claim"), [(CLAIMED, "cache-data"), (MADE, "data-cache-0")])
def test_a_volume(tmp_path: Path, pods: str, claim: str) -> None:
    backup = {**BACKUP, "mode": "volume"}
    found = objects(project(tmp_path, pod=pods, backup=backup))
    spec = pod(found)["spec"]
    assert {"name": "data", "persistentVolumeClaim": {"claimName": claim}} in spec["volumes"]
    assert {"name": "data", "mountPath": "/data", "readOnly": True} in spec["initContainers"][0]["volumeMounts"]
    (term,) = spec["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert term["labelSelector"] == found["StatefulSet/cache"]["spec"]["selector"]
    restore = pod(found, "CronJob/cache-restore")["spec"]
    assert {"name": "data", "mountPath": "/data"} in restore["containers"][0]["volumeMounts"]
    assert "affinity" not in restore, "there is no pod beside which it could run"


def test_programs_of_an_image_without_a_shell(tmp_path: Path) -> None:
    """They run as they are; what the scripts do around them runs where backups are uploaded and fetched."""
    commands = {
        "backup": ["app", "dump", "$(MW_BACKUP_DIR)/{{ .Values.name }}"],
        "restore": ["app", "load", "--as=$(MW_INSTANCE)"],
    }
    backup = {**BACKUP, "commands": commands, "restoreMode": "volume", "restoreEach": True}
    found = objects(project(tmp_path, pod=f"{MADE}  replicas: 3\n", backup=backup, group={"state": "Stopped"}))
    spec = pod(found)["spec"]
    (saves, sums), (uploads,) = spec["initContainers"], spec["containers"]
    assert (saves["image"], saves["command"]) == ("app:1", ["app", "dump", "$(MW_BACKUP_DIR)/cache"])
    assert (sums["image"], sums["command"]) == (uploads["image"], ["/bin/sh", "/scripts/backup.sh"])
    assert "backup-command.sh" not in found["ConfigMap/cache-backup-scripts"]["data"]
    restores = sorted(name for name in found if name.startswith("CronJob/cache-restore"))
    assert restores == [f"CronJob/cache-restore-{number}" for number in range(3)]
    for number, name in enumerate(restores):
        spec = pod(found, name)["spec"]
        assert {"name": "data", "persistentVolumeClaim": {"claimName": f"data-cache-{number}"}} in spec["volumes"]
        assert {one["image"] for one in spec["initContainers"]} == {uploads["image"]}
        (restore,) = spec["containers"]
        assert (restore["image"], restore["command"]) == ("app:1", ["app", "load", "--as=$(MW_INSTANCE)"])
        assert env(restore)["MW_INSTANCE"] == f"cache-{number}"


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a list inside of a pod": ({"mode": "exec", "commands": {"backup": ["app"]}}, "is a text for its shell"),
    "each over the network": ({"mode": "network", "restoreEach": True}, "restoreMode must be volume"),
}


@pytest.mark.parametrize(("changed", "said"), REFUSED.values(), ids=REFUSED)
def test_what_excludes_each_other(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    ran = project(tmp_path, backup={**BACKUP, **changed}).run("generate")
    assert ran.code == 1
    assert "error[MW204]" in ran.err
    assert said in ran.err


def test_inside_of_pods(tmp_path: Path) -> None:
    backup = {**BACKUP, "mode": "exec"}
    found = objects(project(tmp_path, backup=backup))
    assert pod(found)["spec"]["serviceAccountName"] == "cache-backup"
    assert {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]} in found["Role/cache-backup"]["rules"]
    assert found["RoleBinding/cache-backup"]["subjects"][0]["name"] == "cache-backup"
    told = env(pod(found)["spec"]["initContainers"][0])
    assert (told["MW_POD_SELECTOR"], told["MW_CONTAINER"], told["MW_NAMESPACE"]) == ("app=cache", "main", "default")


def test_the_environment_of_commands(tmp_path: Path) -> None:
    backup = {
        **BACKUP,
        "env": {"HOST": "{{ .Values.name }}.{{ .Values.namespace }}"},
        "secretEnv": {"PASSWORD": "auth"},
    }
    found = objects(project(tmp_path, backup=backup, group={"secrets": {"auth": {"existingSecret": "s", "key": "k"}}}))
    (saves,) = pod(found)["spec"]["initContainers"]
    assert env(saves)["HOST"] == "cache.default"
    secret = {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}
    assert secret in saves["env"]


def test_images(tmp_path: Path) -> None:
    images = {"1": {"main": "app:1", "tools": "docker.io/tools:1"}}
    backup = {**BACKUP, "image": "tools", "images": {"s3": "docker.io/mine/aws:1"}}
    made = project(tmp_path, backup=backup, images=images)
    made.environment("default", registries={"docker.io": "mirror"})
    spec = pod(objects(made))["spec"]
    assert spec["initContainers"][0]["image"] == "mirror/tools:1"
    assert spec["containers"][0]["image"] == "mirror/mine/aws:1"


def test_environments_differ(tmp_path: Path) -> None:
    entries = [
        {"name": "a", "backup": {"destination": {"bucket": "a"}}},
        {"name": "b", "backup": {"enabled": False}},
    ]
    made = project(tmp_path, group={"environments": entries})
    made.run("generate").sound()
    assert "out/a/cache" in str(made.root / "out/a/cache")
    found = bundle(made.root / "out/a/cache")
    assert (
        env(found.get("CronJob", "cache-backup")["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"][0])[
            "MW_BUCKET"
        ]
        == "a"
    )
    assert not bundle(made.root / "out/b/cache").of("CronJob")


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "no backup in the plugin": ({"backup": {"providers": ["s3"]}}, "error[MW336]: plugin app 1.0.0 has no command"),
    "no capability": ({"capabilities": ["scaling"]}, "error[MW336]: plugin app 1.0.0 has not the capability backup"),
    "no destination": (
        {"wish": {"enabled": True}},
        "error[MW337]: the backup's destination has no provider and no bucket",
    ),
    "no bucket": ({"wish": {"enabled": True, "destination": {"provider": "s3"}}}, "has no bucket"),
    "no such provider": (
        {"wish": {"enabled": True, "destination": {"provider": "azure", "bucket": "b"}}},
        "error[MW338]: plugin app 1.0.0 cannot save to azure",
    ),
    "no endpoint": (
        {
            "backup": {**BACKUP, "providers": ["minio"]},
            "wish": {"enabled": True, "destination": {"provider": "minio", "bucket": "b"}},
        },
        "error[MW337]: minio needs an endpoint",
    ),
    "no schedule": ({"backup": {**BACKUP, "schedule": None}}, "error[MW339]"),
    "nothing that lasts": ({"backup": {**BACKUP, "mode": "volume"}, "pod": TEMPORARY}, "error[MW341]"),
    "a schedule that is none": ({"wish": {**WISH, "schedule": "often"}}, "error[MW231]"),
    "a bucket that is none": ({"wish": {"enabled": True, "destination": {"provider": "s3", "bucket": "a b"}}}, "MW204"),
    "a prefix that climbs": (
        {"wish": {"enabled": True, "destination": {"provider": "s3", "bucket": "b", "prefix": "../x"}}},
        "MW204",
    ),
}


@pytest.mark.parametrize(("given", "said"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes(tmp_path: Path, given: dict[str, Any], said: str) -> None:
    ran = project(tmp_path, **given).run("generate")
    assert ran.code == 1
    assert said in ran.err


def test_a_retention_that_nobody_keeps_to(tmp_path: Path) -> None:
    backup = {**BACKUP, "uploadCommands": {"s3": "true"}}
    ran = project(tmp_path, backup=backup, wish={**WISH, "retention": {"keepLast": 3}}).run("generate").sound()
    assert "warning[MW342]" in ran.err


# --- the scripts, run


@pytest.fixture
def yard() -> Iterator[Yard]:
    with open_yard() as found:
        yield found


def rendered(yard: Yard, made: Project) -> Bundle:
    made.run("generate").sound()
    shutil.copytree(made.root / "out", yard.root / f"out-{yard.number()}")
    return bundle(made.root / "out/default/cache")


def run(yard: Yard, made: Project, name: str, cloud: Cloud, **env: str) -> tuple[int, str, str]:
    done = Job(yard, rendered(yard, made), name, cloud, "nobody", env).run()
    return done.code, done.out, done.err


def test_inside_of_pods_for_real(yard: Yard, tmp_path: Path) -> None:
    """What a command prints is the backup; it gets it back on standard input."""
    store = yard.folder("store")
    commands = {
        "backup": f"cat {store}/data",
        "restore": f"cat > {store}/back",
        "live": f"test -e {store}/data",
        "empty": f"test ! -e {store}/back",
    }
    made = project(tmp_path, backup={**BACKUP, "mode": "exec", "commands": commands})
    cloud = Cloud.at(yard, "nobody")
    (store / "data").write_text("precious\n")
    assert run(yard, made, "cache-backup", cloud)[0] == 0
    code, _, said = run(yard, made, "cache-restore", cloud)
    assert code == 0, said
    assert (store / "back").read_text() == "precious\n"
    code, _, said = run(yard, made, "cache-restore", cloud)
    assert (code, "the server holds data" in said) == (2, True)
    (store / "data").unlink()
    code, _, said = run(yard, made, "cache-restore", cloud)
    assert (code, "the server does not answer" in said) == (2, True)
    exec_calls = [one for one in cloud.calls() if one[:2] == ["kubectl", "exec"]]
    assert exec_calls[0][:7] == ["kubectl", "exec", "--stdin", "--namespace", "default", "pod/only-0", "--container"]


def test_a_restore_that_cannot_know(yard: Yard, tmp_path: Path) -> None:
    commands = {"backup": 'echo x > "$MW_BACKUP_DIR/x"', "restore": 'cat "$MW_BACKUP_DIR/x"'}
    made = project(tmp_path, backup={**BACKUP, "commands": commands})
    cloud = Cloud.at(yard, "nobody")
    assert run(yard, made, "cache-backup", cloud)[0] == 0
    code, _, said = run(yard, made, "cache-restore", cloud)
    assert (code, "cannot be known" in said) == (2, True)
    assert run(yard, made, "cache-restore", cloud, MW_RESTORE_REPLACE="yes")[:2] == (0, "x\n")


def test_commands_of_the_plugin_s_own(yard: Yard, tmp_path: Path) -> None:
    backup = {
        **BACKUP,
        "commands": {"backup": 'echo x > "$MW_BACKUP_DIR/x"', "restore": 'cat "$MW_BACKUP_DIR/x"'},
        "uploadCommands": {
            "s3": 'aws s3 cp --recursive "$MW_BACKUP_DIR/" "s3://{{ .Values.bucket }}/own/{{ .Values.date }}/"'
        },
        "downloadCommands": {
            "s3": 'aws s3 cp --recursive "s3://{{ .Values.bucket }}/own/{{ .Values.date }}/" "$MW_BACKUP_DIR/"'
        },
    }
    made = project(tmp_path, backup=backup)
    cloud = Cloud.at(yard, "nobody")
    assert run(yard, made, "cache-backup", cloud)[0] == 0
    date = cloud.files()[0].split("/")[2]
    code, _, said = run(yard, made, "cache-restore", cloud, MW_RESTORE_REPLACE="yes")
    assert (code, "say which backup" in said) == (2, True)
    code, out, said = run(yard, made, "cache-restore", cloud, MW_RESTORE_REPLACE="yes", MW_RESTORE_DATE=date)
    assert (code, out) == (0, "x\n"), said


def test_a_command_that_saves_nothing(yard: Yard, tmp_path: Path) -> None:
    made = project(tmp_path, backup={**BACKUP, "commands": {"backup": "true"}})
    code, _, said = run(yard, made, "cache-backup", Cloud.at(yard, "nobody"))
    assert (code, "saved nothing" in said) == (1, True)
