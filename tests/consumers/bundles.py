"""This repository's groups, and one with a difficult order, rendered for each target and operation."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.model.bundle import BundleKey, Lock, LockedObject
from generator.yamlio.dump import dump
from generator.yamlio.load import decode, document, documents
from tests.harness import Project

ROOT = Path(__file__).parents[2]
OPERATIONS = ("provision", "update", "upgrade", "stop")
SETTINGS = "delivery: {repoURL: 'https://git.example.com/platform.git', argocd: {form: AppOfApps}}\n"

Json = Any


def body(data: bytes) -> Json:
    return document(decode("x.yaml", data)).value


def named(kind: str, name: str) -> str:
    """As the programs call objects."""
    return f"{kind}/{name}"


@dataclass(frozen=True)
class Bundle:
    """One bundle of a rendered repository."""

    root: Path
    key: BundleKey

    @cached_property
    def lock(self) -> Lock:
        return Lock.load((self.root / "out" / self.key.folder / "bundle.lock").read_bytes())

    @cached_property
    def objects(self) -> dict[str, Json]:
        """By name, as the files have them; Python's reader."""
        folder = self.root / "out" / self.key.folder
        return {named(one.id.kind, one.id.name): body((folder / one.path).read_bytes()) for one in self.lock.objects}

    @cached_property
    def entries(self) -> dict[str, LockedObject]:
        return {named(one.id.kind, one.id.name): one for one in self.lock.objects}

    def delivery(self, ending: str) -> Path:
        """The file that has the bundle applied and whose path ends so."""
        (found,) = [path for path in self.lock.delivery if path.endswith(ending)]
        return self.root / "out" / found

    @property
    def stages(self) -> list[set[str]]:
        """What is to be applied at once, stage by stage: what the plugin's order says, of components with objects.

        A claim that joins its consumer is in the consumer's stage, and a suspended Job in the last one.
        """
        order = self.lock.order
        place = {name: number for number, stage in enumerate(order) for name in stage}
        stages: dict[int, set[str]] = {}
        for name, entry in self.entries.items():
            stage = place.get(entry.component, len(order) - 1) if order else 0
            if entry.id.kind == "PersistentVolumeClaim" and order:
                stage = max(stage, *(self._mounted(entry.id.name, place, len(order) - 1)))
            if (self.objects[name].get("spec") or {}).get("suspend") is True and entry.id.kind == "Job" and order:
                stage = len(order) - 1
            stages.setdefault(stage, set()).add(name)
        return [stages[number] for number in sorted(stages)]

    def _mounted(self, claim: str, place: dict[str, int], last: int) -> list[int]:
        """The stage of the first pods that mount the claim; twice 0, where nothing does."""
        found = [
            place.get(entry.component, last)
            for name, entry in self.entries.items()
            if f'"claimName": "{claim}"' in str(self.objects[name]).replace("'", '"')
        ]
        return [min(found, default=0), 0]


def copied(folder: Path, target: str) -> Project:
    """The repository's definitions, for one target, without its output; with another group that is hard to order."""
    project = Project(folder)
    for name in ("plugins", "groups"):
        shutil.copytree(ROOT / name, folder / name)
    project.write("mwgen.yaml", SETTINGS)
    file = "groups/environments.yaml"
    environments = [one.value for one in documents(decode(file, (folder / file).read_bytes()))]
    for one in environments:
        one["spec"]["target"] = target
    project.write(file, "---\n".join(map(dump, environments)))
    odd(project)
    return project


def odd(project: Project) -> None:
    """A plugin whose stop order is not the reverse of how it starts, with a custom resource, a Job and a claim."""
    deployment = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}-{{ .Values.component }}
spec:
  replicas: 1
  selector:
    matchLabels: {app: {{ .Values.name }}-{{ .Values.component }}}
  template:
    metadata:
      labels: {app: {{ .Values.name }}-{{ .Values.component }}}
    spec:
      containers:
        - {name: main, image: {{ .Values.image }}, command: [sh, -c, 'exec app --pid $$ --home ${HOME:-/}']}
      {{- if eq .Values.component "broker" }}
      volumes: [{name: data, persistentVolumeClaim: {claimName: {{ .Values.name }}}}]
      {{- end }}
"""
    claim = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: {{ .Values.name }}}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: standard
  resources: {requests: {storage: 1Gi}}
"""
    topic = """\
apiVersion: example.com/v1
kind: Topic
metadata: {name: {{ .Values.name }}}
spec: {partitions: 3}
"""
    job = """\
apiVersion: batch/v1
kind: Job
metadata: {name: {{ .Values.name }}-setup}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: {{ .Values.image }}}]
"""
    config = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: {{ .Values.name }}}
data:
  log4j2.properties: |
    dir=${sys:dir:-/tmp}
    level=${env:LEVEL}
  odd: "${"
"""
    project.plugin(
        "odd",
        runtimes=[{"name": "odd", "versions": ["1"]}],
        components=[{"name": name} for name in ("storage", "broker", "controller", "proxy", "topics")],
        orders={
            "provision": ["storage", "controller", "broker", ["proxy", "topics"]],
            "update": [],
            "upgrade": ["controller", ["broker", "storage", "proxy", "topics"]],
            "stop": ["controller", ["proxy", "topics"], "broker", "storage"],
        },
        templates={
            "claim": ("storage", claim),
            "broker": ("broker", deployment),
            "config": ("broker", config),
            "controller": ("controller", deployment),
            "job": ("controller", job),
            "proxy": ("proxy", deployment),
            "topic": ("topics", topic),
        },
    )
    project.group("odd", "odd", environments=[{"name": "prod"}], dependsOn=["orders-cache"])


def bundles(project: Project) -> Iterator[Bundle]:
    out = project.root / "out"
    for lock in sorted(out.glob("*/*/bundle.lock")):
        yield Bundle(project.root, BundleKey(*lock.relative_to(out).parts[:2]))
