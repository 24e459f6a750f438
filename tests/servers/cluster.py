"""Pods of rendered bundles on this machine, with Debian's programs in place of the images.

    with open_cluster(image, "redis-server") as cluster:
        cluster.apply(bundle, secrets={"auth": {"password": "s3cret"}})
        pod = cluster.start("cache")                # StatefulSet cache, ordinal 0, ready
        assert pod.run("redis", "redis-cli", "ping") == "PONG"

What is run is what the bundle says, byte for byte: command, environment, user, mounts, probes and hooks. A container
has its own mounts and processes, a read-only root where it asks for one, and no capabilities; a pod has its own network
with an address of the loopback range, and a name that the others resolve. Nothing outside of these namespaces can be
reached from inside, or the other way round, so every test has the production ports to itself.

The root file system is this machine's, read through an overlay; `Image` says what differs. Limits of CPU and memory
and seccomp profiles are not applied. Needs root.
"""

import contextlib
import itertools
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.servers.pods import SEARCH, Image, Pod
from tests.servers.yard import Bundle

ADDRESS = "127.9.0.{}"
ROOM = 2 << 30
"""Bytes for what the pods of a few tests write at a time."""


@dataclass
class Cluster:
    """Pods that reach each other, and nobody else."""

    folder: Path
    image: Image
    namespace: str = "middleware"
    without: frozenset[str] = frozenset()
    """Containers that are not started, since Debian has nothing in their place."""

    shared: Path | None = None
    """A folder that every container has, under the same path, and may write to: it stands for what is outside."""

    bundles: list[Bundle] = field(default_factory=list)
    secrets: dict[str, Mapping[str, str]] = field(default_factory=dict)
    pods: dict[str, Pod] = field(default_factory=dict)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _bridge: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Make the network, and the files that every container sees."""
        names = {0: "root", 65534: "nobody", **self.image.users}
        self._write("passwd", "".join(f"{name}:x:{uid}:{uid}::/:/bin/sh\n" for uid, name in names.items()))
        self._write("group", "".join(f"{name}:x:{uid}:\n" for uid, name in names.items()))
        self._write("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n")
        self._write("resolv.conf", "")
        self._write("hosts", "127.0.0.1 localhost\n")
        self._bridge = self._sandbox("bridge")
        self._in_bridge("ip link add br0 type bridge; ip link set br0 up")

    def apply(self, bundle: Bundle, secrets: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """Let there be a bundle's objects, and these Secrets; pods that run see their volumes change, no more."""
        self.bundles.insert(0, bundle)
        self.secrets.update(secrets or {})
        for pod in self.pods.values():
            pod.refresh()

    def pod(self, workload: str, ordinal: int = 0, kind: str = "StatefulSet") -> Pod:
        """A pod of a workload: it has an address and a name, and is not started."""
        name = f"{workload}-{ordinal}"
        body = next(bundle.objects[kind, workload] for bundle in self.bundles if (kind, workload) in bundle.objects)
        template = body["spec"]["template"]
        if name in self.pods:
            self.pods[name].spec = template["spec"]
            return self.pods[name]
        folder = self.folder / name
        folder.mkdir()
        sandbox, address = self._place(name)
        labels = template["metadata"]["labels"]
        made = Pod(self, name, address, labels, template["spec"], folder, sandbox, body["spec"].get("serviceName", ""))
        self.pods[name] = made
        self._write("hosts", "".join(self._names()))
        return made

    def job(self, name: str, **env: str) -> tuple[int, str]:
        """Make a job of a CronJob, and run its pod to its end: what it comes to, and what it has printed."""
        body = next(bundle.objects["CronJob", name] for bundle in self.bundles if ("CronJob", name) in bundle.objects)
        template = body["spec"]["jobTemplate"]["spec"]["template"]
        name = f"{name}-{next(self._numbers)}"
        folder = self.folder / name
        folder.mkdir()
        sandbox, address = self._place(name)
        pod = Pod(self, name, address, template["metadata"]["labels"], template["spec"], folder, sandbox)
        try:
            return pod.finish(**env)
        finally:
            pod.kill()
            sandbox.kill()
            sandbox.wait()

    def move(self, pod: Pod) -> None:
        """Another address for a pod that does not run, as on another node."""
        pod.sandbox.kill()
        pod.sandbox.wait()
        pod.sandbox, pod.address = self._place(pod.name)
        self._write("hosts", "".join(self._names()))

    def start(self, workload: str, ordinal: int = 0, kind: str = "StatefulSet", *, wait: bool = True) -> Pod:
        """Start a pod of a workload, and wait until it is ready."""
        return self.pod(workload, ordinal, kind).start(wait=wait)

    def start_all(self, workload: str, count: int) -> list[Pod]:
        """Start all pods of a workload at once, and wait until they are ready."""
        pods = [self.pod(workload, ordinal) for ordinal in range(count)]
        for pod in pods:
            pod.start(wait=False)
        return [pod.wait_until_ready() for pod in pods]

    def close(self) -> None:
        """End everything that runs."""
        for pod in self.pods.values():
            pod.kill()
        for process in reversed(self.processes):
            if process.poll() is None:
                process.kill()
            process.wait()

    def texts(self, kind: str, name: str) -> Mapping[str, str]:
        """The data of a ConfigMap or Secret."""
        if kind == "Secret":
            return self.secrets[name]
        data: Mapping[str, str] = next(one for one in self.bundles if (kind, name) in one.objects).get(kind, name)[
            "data"
        ]
        return data

    def _names(self) -> Iterator[str]:
        """The lines of /etc/hosts: what a cluster's name service would say."""
        yield "127.0.0.1 localhost\n"
        services = {name: body for bundle in self.bundles for name, body in bundle.of("Service").items()}
        for pod in self.pods.values():
            domain = f"{pod.service}.{self.namespace}.svc"
            own = [f"{pod.name}.{domain}.cluster.local", pod.name, f"{pod.name}.{domain}", f"{pod.name}.{pod.service}"]
            yield f"{pod.address} {' '.join(own)}\n"
            for name, body in services.items():
                if body["spec"].get("selector", {}).items() <= pod.labels.items():
                    ways = (name, f"{name}.{self.namespace}", f"{name}.{self.namespace}.svc")
                    yield f"{pod.address} {' '.join((*ways, ways[-1] + '.cluster.local'))}\n"

    def _write(self, name: str, text: str) -> None:
        """In place, since containers have the file itself, and without a moment in which it is empty."""
        path = self.folder / name
        missing = path.stat().st_size - len(text.encode()) if path.exists() else 0
        file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
        os.write(file, text.encode() + b"\n" * missing)
        os.close(file)

    def _place(self, name: str) -> tuple[subprocess.Popen[bytes], str]:
        """A network for a pod, and the address that it has there."""
        number = next(self._numbers)
        address = ADDRESS.format(number)
        sandbox = self._sandbox(name)
        self._in_bridge(
            f"ip link add veth{number} type veth peer name eth0 netns {sandbox.pid};"
            f"ip link set veth{number} master br0 up"
        )
        # The loopback's own network shrinks to one address; the rest of it is the pods'.
        lines = (
            "sysctl -qw net.ipv4.conf.all.route_localnet=1 net.ipv4.ip_unprivileged_port_start=0",
            "ip addr del 127.0.0.1/8 dev lo; ip addr add 127.0.0.1/32 dev lo",
            f"ip addr add {address}/24 dev eth0 scope global; ip link set eth0 up",
        )
        subprocess.run(["nsenter", "-t", str(sandbox.pid), "-n", "sh", "-ec", ";".join(lines)], check=True)
        return sandbox, address

    def _sandbox(self, name: str) -> subprocess.Popen[bytes]:
        script = f"hostname {shlex.quote(name)}; ip link set lo up; echo; exec sleep infinity"
        own = ["unshare", "--net", "--uts", "--pid", "--fork", "--kill-child"]
        process = subprocess.Popen([*own, "sh", "-ec", script], stdout=subprocess.PIPE)
        self.processes.append(process)
        assert process.stdout
        assert process.stdout.readline() == b"\n"
        process.stdout.close()
        return process

    def _in_bridge(self, script: str) -> None:
        assert self._bridge
        subprocess.run(["nsenter", "-t", str(self._bridge.pid), "-n", "sh", "-ec", script], check=True)


@contextlib.contextmanager
def open_cluster(image: Image, *programs: str, without: Sequence[str] = ()) -> Iterator[Cluster]:
    """A cluster that has the *programs* (or files, by path).

    Where they are missing, or we are not root, that is a skip, or a failure where they must be there.
    """
    needed = (*programs, "unshare", "nsenter", "ip")
    folders = f"{image.path}:{SEARCH}"
    missing = [one for one in needed if not (Path(one).exists() if "/" in one else shutil.which(one, path=folders))]
    if os.geteuid() != 0:
        missing.append("root")
    if missing and os.environ.get("MWGEN_REQUIRE_TOOLS") == "1":
        pytest.fail(f"MWGEN_REQUIRE_TOOLS=1 demands {', '.join(missing)}")
    if missing:
        pytest.skip(f"not here: {', '.join(missing)}")
    # In memory, where there is such a folder and some room: fsync costs nothing there, and clearing up does not either.
    roomy = (one for one in ("/dev/shm",) if os.access(one, os.W_OK) and shutil.disk_usage(one).free > ROOM)
    memory = next(roomy, "/tmp")
    with tempfile.TemporaryDirectory(prefix="mwgen-pods-", dir=memory, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        cluster = Cluster(folder, image, without=frozenset(without))
        try:
            cluster.open()
            yield cluster
        finally:
            cluster.close()
