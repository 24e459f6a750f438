"""The CronJobs of a backup: one that saves, then uploads; one, suspended, that guards, downloads and restores.

A restore is no Job of the bundle: it would run with every fresh sync, and its template could never change. One is made
of the suspended CronJob by hand, or by Argo CD's action `create-job`. Where every instance has data of its own, there
is one for each.

A plugin's image need not have a shell: a program of it runs as it is, and the scripts around it run in the image of the
provider's program.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.engines import base
from generator.model.group import State
from generator.model.resource import Resource
from generator.model.values import Object, at, maps
from generator.stages.expand import environment, pods, shell
from generator.stages.expand.backup.scripts import SUFFIX
from generator.stages.expand.backup.transfer import PROVIDERS
from generator.stages.expand.backup.wish import Wish
from generator.stages.expand.expansion import Expansion
from generator.stages.resolve.images import rewritten

COMPONENT = "backup"
"""The value of `app.kubernetes.io/component` on the jobs' pods: no Service of the data selects them."""

_NEVER = "0 0 1 1 *"
_DAY = 86400
_LIMIT = 6 * 3600
_KUBECTL = "docker.io/alpine/k8s:1.29.2"
"""With a shell, for backups that are made inside a pod."""

_CREDENTIALS = "/var/run/secrets/backup"
_GCS_KEY = "key.json"
_COPIED = ("imagePullSecrets", "nodeSelector", "securityContext", "tolerations")
"""What the jobs' pods have as the workload's pods have it."""


def workload(resources: Sequence[Resource], component: str) -> Resource | None:
    """The component's workload."""
    return next((one for one in resources if pods.serves(one) and one.component == component), None)


def data_volume(found: Resource, component: str, of: Expansion, number: int = 0) -> Mapping[str, Any] | None:
    """The volume of the data, as the pod of that *number* mounts it; None where the data do not outlive their pod."""
    path = str(of.value(component, "dataPath"))
    names = {
        str(mount.get("name"))
        for container in pods.containers(found)
        for mount in maps(container.get("volumeMounts"))
        if str(mount.get("mountPath")).rstrip("/") == path.rstrip("/")
    }
    for claim in maps(at(found.body, ("spec", "volumeClaimTemplates"))):
        name = at(claim, ("metadata", "name"))
        if name in names:
            return {"persistentVolumeClaim": {"claimName": f"{name}-{found.id.name}-{number}"}}
    for volume in maps(pods.spec(found).get("volumes")):
        source = volume.get("persistentVolumeClaim")
        if volume.get("name") in names and isinstance(source, Mapping):
            return {"persistentVolumeClaim": {"claimName": source.get("claimName")}}
    return None


def made(
    wish: Wish,
    component: str,
    found: Resource | None,
    mounted: Mapping[str, Any] | None,
    of: Expansion,
    *,
    can_restore: bool,
) -> Iterator[Resource]:
    """The CronJobs, and what they may do where they run commands inside pods."""
    make = _Jobs(wish, component, found, mounted, of)
    modes = {wish.plugin.access, *([wish.plugin.restore_access] if can_restore else [])}
    if "exec" in modes:
        yield from make.access()
    yield make.backup()
    if can_restore and wish.plugin.restore_each and found:
        for number in range(_replicas(found)):
            volume = data_volume(found, component, of, number)
            yield _Jobs(wish, component, found, volume, of, number).restore()
    elif can_restore:
        yield make.restore()


def _replicas(workload: Resource) -> int:
    """One where it says nothing, or something else than a number."""
    given = at(workload.body, ("spec", "replicas"))
    return given if isinstance(given, int) else 1


class _Jobs:
    def __init__(
        self,
        wish: Wish,
        component: str,
        found: Resource | None,
        mounted: Mapping[str, Any] | None,
        of: Expansion,
        number: int | None = None,
    ) -> None:
        self.number = number
        self.wish, self.component, self.workload, self.mounted, self.of = wish, component, found, mounted, of
        self.group = of.plan.key.group
        self.name = f"{self.group}-backup"
        self.place = wish.plugin.place
        self.plan = next(one for one in of.plan.components if one.name == component)
        self.data_path = str(of.value(component, "dataPath"))

    # --- the two

    def backup(self) -> Resource:
        plugin, upload = self.wish.plugin, self.transfer("upload", "upload.sh")
        mode = plugin.access
        if plugin.backup_program:
            saves = [
                self.program("backup", plugin.backup_program, mode, data="read"),
                {**self.own("checksums", "backup.sh", ""), "image": upload["image"]},
            ]
        else:
            saves = [self.own("backup", "backup.sh", mode, data="read")]
        spec = {"initContainers": saves, "containers": [upload]}
        return self.cron_job(self.name, self.wish.schedule, mode, spec, beside=True)

    def restore(self) -> Resource:
        plugin, download = self.wish.plugin, self.transfer("download", "download.sh")
        mode = plugin.restore_access
        guard = self.own("guard", "restore-guard.sh", mode, data="read")
        if plugin.restore_program:
            shell_image = {"image": download["image"]}
            prepare = self.own("prepare", "restore.sh", mode, data="write")
            spec = {
                "initContainers": [{**guard, **shell_image}, download, {**prepare, **shell_image}],
                "containers": [self.program("restore", plugin.restore_program, mode, data="write")],
            }
        else:
            own = self.own("restore", "restore.sh", mode, data="write")
            spec = {"initContainers": [guard, download], "containers": [own]}
        which = "" if self.number is None else f"-{self.number}"
        return self.cron_job(f"{self.group}-restore{which}", _NEVER, mode, spec, suspend=True)

    def cron_job(
        self,
        name: str,
        schedule: str,
        mode: str,
        containers: Mapping[str, Any],
        *,
        suspend: bool = False,
        beside: bool = False,
    ) -> Resource:
        of, found = self.of, self.workload
        context = of.context(self.component)
        labels = {
            **base.labels(context),
            "app.kubernetes.io/instance": self.name,
            "app.kubernetes.io/component": COMPONENT,
            "middleware.io/group": self.group,
        }
        own = pods.spec(found) if found else {}
        pod = {
            "restartPolicy": "Never",
            **self.account(mode, own),
            **{field: own[field] for field in _COPIED if own.get(field)},
            **(self.affinity() if beside and mode == "volume" else {}),
            **containers,
            "volumes": self.volumes(mode),
        }
        job = {
            "backoffLimit": 2 if not suspend else 0,
            "activeDeadlineSeconds": shell.seconds(self.wish.plugin.timeout, _LIMIT),
            "ttlSecondsAfterFinished": 7 * _DAY,
            "template": {"metadata": {"labels": labels}, "spec": pod},
        }
        spec = {
            "schedule": schedule,
            **({"timeZone": self.wish.time_zone} if self.wish.time_zone and not suspend else {}),
            **({"suspend": True} if suspend else {}),
            "concurrencyPolicy": "Forbid",
            "startingDeadlineSeconds": 3600,
            "successfulJobsHistoryLimit": 3,
            "failedJobsHistoryLimit": 3,
            "jobTemplate": {"spec": job},
        }
        return of.resource(("batch/v1", "CronJob"), name, self.component, self.place, spec=spec)

    # --- containers

    def program(self, name: str, words: Sequence[str], mode: str, *, data: str) -> Object:
        """A container that runs one of the middleware's own programs, without a shell around it."""
        place = self.place / "commands" / name
        command = [self.of.text(place / at, word, self.component) for at, word in enumerate(words)]
        return {**self.own(name, "", mode, data=data), "command": command}

    def own(self, name: str, script: str, mode: str, *, data: str = "read") -> Object:
        """A container with the middleware's own programs; inside of pods, one that can get there."""
        plugin = self.wish.plugin
        env = {
            **self.facts(),
            "MW_DATA_PATH": self.data_path,
            "MW_GROUP_STATE": str(self.of.plan.state or State.RUNNING),
            **self.instance(),
            **{key: self.of.text(plugin.place / "env" / key, text, self.component) for key, text in plugin.env.items()},
        }
        if mode == "exec":
            env |= self.pod()
        mounts = [{"name": "data", "mountPath": self.data_path, **({"readOnly": True} if data == "read" else {})}]
        return self.container(
            name,
            script,
            self.image(mode),
            [*environment.plain(env), *environment.secret(plugin.secret_env, self.of.plan)],
            mounts=mounts if mode == "volume" else [],
            resources=plugin.resources,
        )

    def transfer(self, name: str, script: str) -> Object:
        """A container with the provider's program."""
        wish, provider = self.wish, PROVIDERS[self.wish.provider]
        env = {**self.facts(), "MW_BUCKET": wish.bucket, "MW_PATH": wish.path, **provider.env}
        env |= {"MW_KEEP_LAST": str(number)} if (number := wish.retention.get("keepLast")) else {}
        env |= {"MW_KEEP_DAYS": str(number)} if (number := wish.retention.get("keepDays")) else {}
        if wish.provider in ("s3", "minio"):
            env |= {"AWS_ENDPOINT_URL": wish.endpoint} if wish.endpoint else {}
            env |= {"AWS_DEFAULT_REGION": wish.region} if wish.region else {}
        mounts: list[Object] = []
        sources: list[Object] = []
        if wish.secret and wish.provider == "gcs":
            # Both names: the program's own, and the one of Google's libraries.
            key = f"{_CREDENTIALS}/{_GCS_KEY}"
            env |= {"CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE": key, "GOOGLE_APPLICATION_CREDENTIALS": key}
            mounts.append({"name": "credentials", "mountPath": _CREDENTIALS, "readOnly": True})
        elif wish.secret:
            sources.append({"secretRef": {"name": wish.secret}})
        image = rewritten(wish.plugin.images.get(wish.provider, provider.image), self.of.plan.environment.registries)
        made = self.container(name, script, image, environment.plain(env), mounts=mounts)
        return {**made, "envFrom": sources} if sources else made

    def container(
        self,
        name: str,
        script: str,
        image: str,
        env: Sequence[Object],
        *,
        mounts: Sequence[Object] = (),
        resources: Mapping[str, Any] | None = None,
    ) -> Object:
        shared = [
            {"name": "scripts", "mountPath": "/scripts", "readOnly": True},
            {"name": "backup", "mountPath": "/backup"},
            {"name": "state", "mountPath": "/state"},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - a volume of the pod
        ]
        return {
            "name": name,
            "image": image,
            "command": ["/bin/sh", f"/scripts/{script}"],
            "env": [*env],
            **({"resources": dict(resources)} if resources else {}),
            "securityContext": pods.SECURITY,
            "volumeMounts": [*shared, *mounts],
        }

    def instance(self) -> dict[str, str]:
        """Whose data they are, where each instance has its own."""
        if self.number is None or self.workload is None:
            return {}
        return {"MW_INSTANCE": f"{self.workload.id.name}-{self.number}", "MW_INSTANCE_NUMBER": str(self.number)}

    @staticmethod
    def facts() -> dict[str, str]:
        return {"HOME": "/state", "MW_BACKUP_DIR": "/backup", "MW_STATE_DIR": "/state"}

    def image(self, mode: str) -> str:
        wanted, registries = self.wish.plugin.image, self.of.plan.environment.registries
        if wanted in self.plan.container_images:
            return self.plan.container_images[wanted]
        if wanted:
            return rewritten(wanted, registries)
        return rewritten(_KUBECTL, registries) if mode == "exec" else self.plan.image

    # --- the pod

    def volumes(self, mode: str) -> list[Object]:
        volumes: list[Object] = [
            {"name": "scripts", "configMap": {"name": f"{self.group}-{SUFFIX}"}},
            {"name": "backup", "emptyDir": {}},
            {"name": "state", "emptyDir": {}},
            {"name": "tmp", "emptyDir": {}},
        ]
        if mode == "volume" and self.mounted is not None:
            volumes.append({"name": "data", **self.mounted})
        if self.wish.secret and self.wish.provider == "gcs":
            volumes.append({"name": "credentials", "secret": {"secretName": self.wish.secret, "defaultMode": 0o440}})
        return volumes

    def account(self, mode: str, own: Mapping[str, Any]) -> Object:
        if mode == "exec":
            return {"serviceAccountName": self.name, "automountServiceAccountToken": True}
        account = self.wish.service_account or own.get("serviceAccountName")
        return {
            **({"serviceAccountName": account} if account else {}),
            **({} if self.wish.service_account else {"automountServiceAccountToken": False}),
        }

    def affinity(self) -> Object:
        """On the node of the pod whose volume it is: such a volume is mounted on one node only."""
        if self.workload is None:
            return {}
        selector = at(self.workload.body, ("spec", "selector"))
        term = {"labelSelector": selector, "topologyKey": "kubernetes.io/hostname"}
        return {"affinity": {"podAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}}

    # --- inside of pods

    def pod(self) -> dict[str, str]:
        first = next(pods.containers(self.workload), {}) if self.workload else {}
        selector = at(self.workload.body, ("spec", "selector", "matchLabels")) if self.workload else None
        return {
            "MW_NAMESPACE": self.of.plan.namespace,
            "MW_POD_SELECTOR": ",".join(f"{name}={text}" for name, text in pods.entries(selector)),
            "MW_CONTAINER": str(first.get("name", "")),
        }

    def access(self) -> Iterator[Resource]:
        """A ServiceAccount that may run commands in pods of the namespace, and nothing else."""
        of, name = self.of, self.name
        rules = [
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]},
            {"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]},
        ]
        role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name}
        subject = {"kind": "ServiceAccount", "name": name, "namespace": of.plan.namespace}
        rbac = "rbac.authorization.k8s.io/v1"
        yield of.resource(("v1", "ServiceAccount"), name, self.component, self.place)
        yield of.resource((rbac, "Role"), name, self.component, self.place, rules=rules)
        yield of.resource((rbac, "RoleBinding"), name, self.component, self.place, roleRef=role, subjects=[subject])
