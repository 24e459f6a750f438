"""Flux's own controller takes what is delivered to it: in the order of the plugin, and nothing with it that is kept.

kustomize-controller runs against the cluster of these tests; the source is what source-controller would make of a
commit. Nobody else runs, so a Deployment gets ready when the test says so.
"""

import hashlib
import io
import os
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.cluster.servers import Cluster, dies_with_us
from tests.harness import Project

Json = Any
FLUX, APPS = "flux-of-tests", "flux-apps"
PATIENCE = 300.0
"""Seconds for one step; a few on an idle machine."""

CLAIM = """\
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ .Values.name }}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: late
  resources: {requests: {storage: 1Gi}}
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.name }}-{{ .Values.component }}
spec:
  replicas: 1
  selector: {matchLabels: {app: {{ .Values.name }}-{{ .Values.component }}}}
  template:
    metadata: {labels: {app: {{ .Values.name }}-{{ .Values.component }}}}
    spec:
      containers: [{name: main, image: {{ .Values.image }}, command: [sh, -c, 'echo ${HOME} $$']}]
      volumes: [{name: data, persistentVolumeClaim: {claimName: {{ .Values.name }}}}]
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass
class Flux:
    """The controller's view of a repository: one artifact after the other, of what is committed."""

    cluster: Cluster
    project: Project
    folder: Path
    port: int
    log: Path
    revisions: list[str] = field(default_factory=list)

    def commit(self) -> None:
        """What source-controller does when a branch moves on."""
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:gz") as tar:
            tar.add(self.project.root / "out", "out")
        data = packed.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        (self.folder / f"{digest}.tar.gz").write_bytes(data)
        self.revisions.append(f"main@sha1:{hashlib.sha1(data, usedforsecurity=False).hexdigest()}")
        artifact = {
            "url": f"http://127.0.0.1:{self.port}/{digest}.tar.gz",
            "path": f"{digest}.tar.gz",
            "revision": self.revisions[-1],
            "digest": f"sha256:{digest}",
            "lastUpdateTime": "2026-01-01T00:00:00Z",
            "size": len(data),
        }
        where = f"/apis/source.toolkit.fluxcd.io/v1/namespaces/{FLUX}/gitrepositories/mwgen.prod"
        self.settle(where, {"artifact": artifact})

    def kustomization(self, name: str) -> Json:
        return self.cluster.ask(
            "GET", f"/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/{FLUX}/kustomizations/prod.{name}"
        )

    def why(self, name: str) -> str:
        """The reason of its condition Ready."""
        conditions = self.kustomization(name).get("status", {}).get("conditions", ())
        return next((one["reason"] for one in conditions if one["type"] == "Ready"), "")

    def applied(self, name: str) -> bool:
        """Whether it is ready with the newest commit."""
        status = self.kustomization(name).get("status", {})
        ready = self.why(name) == "ReconciliationSucceeded"
        return ready and status.get("lastAppliedRevision") == self.revisions[-1]

    def there(self, kind: str, name: str) -> Json:
        """The object; None where it is not there."""
        root = "/apis/apps/v1" if kind == "deployments" else "/api/v1"
        found = self.cluster.ask("GET", f"{root}/namespaces/{APPS}/{kind}/{name}")
        return None if found["kind"] == "Status" else found

    def until(self, wanted: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not wanted():
            assert time.monotonic() < end, self.log.read_text()[-3000:]
            time.sleep(0.1)

    def becomes_ready(self, name: str) -> None:
        """What the controller of Deployments and the nodes would have done."""
        self.until(lambda: self.there("deployments", name))
        generation = self.there("deployments", name)["metadata"]["generation"]
        counts = dict.fromkeys(("replicas", "updatedReplicas", "readyReplicas", "availableReplicas"), 1)
        reasons = {"Available": "MinimumReplicasAvailable", "Progressing": "NewReplicaSetAvailable"}
        conditions = [{"type": name, "status": "True", "reason": reason} for name, reason in reasons.items()]
        status = {"observedGeneration": generation, **counts, "conditions": conditions}
        self.settle(f"/apis/apps/v1/namespaces/{APPS}/deployments/{name}", status)

    def settle(self, path: str, status: Json) -> None:
        """Write the status of an object as whoever looks after it would."""
        answer = self.cluster.ask("PATCH", f"{path}/status", {"status": status}, kind="application/merge-patch+json")
        assert "status" in answer, answer
        assert answer["kind"] != "Status", answer


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """A web server for the files of a folder: its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def flux(cluster: Cluster, require_tool: Callable[[str], str], tmp_path: Path) -> Iterator[Flux]:
    """The controller, and a cluster that has been told of the repository once."""
    project = Project(tmp_path / "repo")
    project.write("mwgen.yaml", f"delivery: {{repoURL: https://git.example.com/x.git, flux: {{namespace: {FLUX}}}}}\n")
    project.plugin(
        "app",
        templates={"claim": ("storage", CLAIM), "server": ("server", DEPLOYMENT), "proxy": ("proxy", DEPLOYMENT)},
        components=[{"name": name} for name in ("storage", "server", "proxy")],
        orders={"provision": ["storage", "server", "proxy"], "update": ["proxy", "server", "storage"]},
    )
    project.environment("prod", target="flux", namespace=APPS, storageClasses={"late": "WaitForFirstConsumer"})
    project.group("cache", plugin="app", environments=[{"name": "prod"}])
    project.plugin("note", templates={"note": ("", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\n")})
    project.group("note", plugin="note", environments=[{"name": "prod"}])
    project.run("generate").sound()
    for name in (FLUX, APPS):
        cluster.sound("create", "namespace", name)
    cluster.sound("apply", "--server-side", "-f", project.root / "out/.delivery/flux/prod/root")
    files, log = tmp_path / "files", tmp_path / "controller.log"
    files.mkdir()
    options = ("--watch-all-namespaces=false", "--metrics-addr=0", "--health-addr=0", "--requeue-dependency=1s")
    command = [*dies_with_us(), require_tool("kustomize-controller"), *options]
    env = {**os.environ, "KUBECONFIG": str(cluster.config), "RUNTIME_NAMESPACE": FLUX}
    with served(files) as port, log.open("wb") as told:
        process = subprocess.Popen(command, env=env, stdout=told, stderr=told, cwd=tmp_path)
        try:
            yield Flux(cluster, project, files, port, log)
        finally:
            process.kill()
            process.wait()


def test_it_goes_component_by_component(flux: Flux) -> None:
    """One component after the other; then another order, which touches no object; then the group leaves."""
    flux.commit()
    flux.until(lambda: flux.there("persistentvolumeclaims", "cache"))
    flux.until(lambda: flux.there("deployments", "cache-server"))
    flux.until(lambda: flux.why("cache.proxy") == "DependencyNotReady")
    assert flux.there("deployments", "cache-proxy") is None
    flux.becomes_ready("cache-server")
    flux.becomes_ready("cache-proxy")
    flux.until(lambda: flux.applied("cache"))
    flux.settle(f"/api/v1/namespaces/{APPS}/persistentvolumeclaims/cache", {"phase": "Bound"})
    shell = flux.there("deployments", "cache-server")["spec"]["template"]["spec"]["containers"][0]["command"]
    assert shell == ["sh", "-c", "echo ${HOME} $$"]

    held = [flux.there(*one) for one in HELD]
    flux.project.run("generate", "--operation", "update").sound()
    flux.commit()
    flux.until(lambda: flux.applied("cache"))
    waits = {name: [one["name"] for one in flux.kustomization(name)["spec"]["dependsOn"]] for name in COMPONENTS}
    assert waits["cache.storage"] == ["prod.cache.server"]
    assert waits["cache.server"] == ["prod.cache.proxy"]
    assert [flux.there(*one)["metadata"]["uid"] for one in HELD] == [one["metadata"]["uid"] for one in held]
    assert [flux.there(*one)["spec"] for one in HELD] == [one["spec"] for one in held]

    (flux.project.root / "groups/cache.yaml").unlink()
    flux.project.run("generate", "--allow-loss", "*/*").sound()
    flux.commit()
    flux.until(lambda: not any(flux.there("deployments", f"cache-{name}") for name in ("server", "proxy")))
    flux.until(lambda: all(flux.kustomization(name)["kind"] == "Status" for name in (*COMPONENTS, "cache")))
    assert flux.there("persistentvolumeclaims", "cache")["metadata"]["uid"] == held[0]["metadata"]["uid"]
    assert flux.there("configmaps", "note")


COMPONENTS = ("cache.storage", "cache.server", "cache.proxy")
HELD = (("persistentvolumeclaims", "cache"), ("deployments", "cache-server"), ("deployments", "cache-proxy"))
