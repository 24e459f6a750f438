"""A pod: its containers, started, asked, probed and stopped as a kubelet does. `cluster.py` says what it is for."""

import contextlib
import functools
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers.yard import LIMIT, until

if TYPE_CHECKING:
    from tests.servers.cluster import Cluster


SEARCH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Image:
    """What Debian has in place of an image."""

    users: Mapping[int, str] = field(default_factory=dict)
    """Names of users, by id."""

    files: Mapping[str, str] = field(default_factory=dict)
    """Executable files that the image has and this machine has not, by path."""

    folders: Mapping[str, Path] = field(default_factory=dict)
    """Folders that the image has, by path, and where they are on this machine."""

    path: str = ""
    """Folders of programs besides the usual ones."""

    entrypoints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By container: what runs where the container has no command of its own."""

    env: Mapping[str, str] = field(default_factory=dict)
    stop_signals: Mapping[str, signal.Signals] = field(default_factory=dict)
    """By container: what its image names, and a kubelet sends; SIGTERM where it names none."""


@dataclass
class Container:
    """A running container."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    env: Mapping[str, str]
    user: Sequence[str]

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    @property
    def pid(self) -> int:
        """The first process of the container, by its id out here; 0 where it is not there yet, or gone."""
        if not self.runs:
            return 0  # its number may be another process's by now
        with contextlib.suppress(OSError, IndexError):
            found = child(self.process)
            return found if not Path("/").samefile(f"/proc/{found}/root") else 0
        return 0

    def kill(self) -> None:
        """Gone at once, with everything in it."""
        # Not by the process that started it: the signal of its death is lost with the change of user.
        if pid := self.pid:
            self.signal(pid, signal.SIGKILL)
        elif self.runs:
            self.process.kill()
        self.process.wait()

    @staticmethod
    def signal(pid: int, which: signal.Signals) -> None:
        """Send a signal to a process that may just have gone by itself."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, which)

    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class Pod:
    """A pod, which has an address from the start and containers once it was started."""

    cluster: "Cluster"
    name: str
    address: str
    labels: Mapping[str, str]
    spec: Mapping[str, Any]
    folder: Path
    sandbox: subprocess.Popen[bytes]
    service: str = ""
    containers: dict[str, Container] = field(default_factory=dict)

    # --- starting and stopping

    def start(self, *, wait: bool = True) -> "Pod":
        """Run the init containers, start the others, and wait until all are ready."""
        for container in self.spec.get("initContainers", []):
            started = self._launch(container)
            until(lambda one=started: not one.runs, f"{self.name}/{started.name} to end")  # type: ignore[misc]
            assert started.process.returncode == 0, f"{self.name}/{started.name}:\n{started.said()}"
        for container in self.spec["containers"]:
            if container["name"] not in self.cluster.without:
                self.containers[container["name"]] = self._launch(container)
        return self.wait_until_ready() if wait else self

    def wait_until_ready(self) -> "Pod":
        """Wait until every probe succeeds."""
        for container in self.spec["containers"]:
            if container["name"] in self.containers:
                ready = functools.partial(self.ready, container)
                until(ready, f"{self.name}/{container['name']} to be ready", report=self.said)
        return self

    def ready(self, container: Mapping[str, Any]) -> bool:
        """Whether the container's probes succeed: started, ready, and alive."""
        running = self.containers[container["name"]]
        if not running.runs:
            pytest.fail(f"{self.name}/{running.name} ended with {running.process.returncode}:\n{running.said()}")
        kinds = ("startupProbe", "readinessProbe", "livenessProbe")
        return all(self._succeeds(running, container[kind]) for kind in kinds if kind in container)

    def _succeeds(self, running: Container, probe: Mapping[str, Any]) -> bool:
        limit = probe.get("timeoutSeconds", 1) + 10  # a busy machine is no failure
        if "exec" in probe:
            return self.execute(running.name, "timeout", str(limit), *probe["exec"]["command"]).returncode == 0
        if "tcpSocket" in probe:
            return self._from_outside(
                f"socket.create_connection(({self.address!r}, {self._port(probe['tcpSocket'])}), {limit})"
            )
        asked = probe["httpGet"]
        url = f"http://{self.address}:{self._port(asked)}{asked.get('path', '/')}"
        return self._from_outside(f"urllib.request.urlopen({url!r}, timeout={limit})")

    def stop(self) -> None:
        """As a kubelet stops a pod: hooks, then the signal, and all containers must go by themselves."""
        for container in self.spec["containers"]:
            hook = container.get("lifecycle", {}).get("preStop", {}).get("exec")
            if hook and (running := self.containers.get(container["name"])) and running.runs:
                self.execute(running.name, *hook["command"])
        for running in self.containers.values():
            if pid := running.pid:
                running.signal(pid, self.cluster.image.stop_signals.get(running.name, signal.SIGTERM))
        for running in self.containers.values():
            until(lambda one=running: not one.runs, f"{self.name}/{running.name} to go", report=self.said)  # type: ignore[misc]

    def kill(self) -> None:
        """Gone at once, as with its node; the volumes stay."""
        for running in self.containers.values():
            running.kill()

    def refresh(self) -> None:
        """The files of volumes that are ConfigMaps or Secrets, as these say now."""
        for volume in self.spec.get("volumes", []):
            if self.volume(volume["name"]).exists():
                self._volume(volume["name"], self.spec.get("securityContext", {}))

    def finish(self, **env: str) -> tuple[int, str]:
        """Run the pod of a job to its end, *env* besides: the containers one after the other, up to the first that
        fails. What it comes to, and what all have printed.
        """
        said, code = "", 0
        for container in (*self.spec.get("initContainers", []), *self.spec["containers"]):
            told = [*container.get("env", []), *({"name": name, "value": text} for name, text in env.items())]
            started = self._launch({**container, "env": told})
            until(lambda one=started: not one.runs, f"{self.name}/{started.name} to end")  # type: ignore[misc]
            code, said = started.process.returncode, f"{said}[{started.name}] {started.said()}\n"
            if code:
                break
        return code, said

    # --- looking inside

    def execute(self, container: str, *command: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a running container, as `kubectl exec` does."""
        running = self.containers[container]
        until(lambda: running.pid != 0 or not running.runs, f"{self.name}/{container} to have a process")
        variables = [f"{name}={value}" for name, value in {**running.env, **env}.items()]
        inside = ["nsenter", "-t", str(running.pid), "-m", "-p", "-n", "-u", "-r", "-w"]
        return subprocess.run(
            [*inside, *running.user, "env", "-i", *variables, *command],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=LIMIT,
        )

    def run(self, container: str, *command: str, stdin: str = "", **env: str) -> str:
        """What a command in a container prints; it must succeed."""
        done = self.execute(container, *command, stdin=stdin, **env)
        assert done.returncode == 0, (
            f"{self.name}: {shlex.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
        )
        return done.stdout.strip()

    def fetch(self, url: str) -> str:
        """What a URL answers in the pod's network; nothing while nobody does."""
        code = f"import urllib.request; print(urllib.request.urlopen({url!r}, timeout=60).read().decode())"
        command = [*self._network(), sys.executable, "-S", "-c", code]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT).stdout

    def program(self, *command: str, **env: str) -> subprocess.Popen[bytes]:
        """A program of this machine, in the pod's network: it ends with the cluster."""
        with (self.folder / f"{Path(command[0]).name}.log").open("wb") as log:
            process = subprocess.Popen(
                [*self._network(), *command], stdout=log, stderr=log, env={"PATH": SEARCH, **env}
            )
        self.cluster.processes.append(process)
        return process

    def said(self) -> str:
        """What its containers have printed."""
        return "\n".join(f"--- {self.name}/{one.name}\n{one.said()}" for one in self.containers.values())

    def volume(self, name: str) -> Path:
        """A volume's folder, out here."""
        return self.folder / "volumes" / name

    # --- how a container comes to be

    def _launch(self, container: Mapping[str, Any]) -> Container:
        name, image = container["name"], self.cluster.image
        env = self._environment(container)
        command = [*container.get("command", ()), *container.get("args", ())]
        if "command" not in container:
            command = [*image.entrypoints[name], *command]
        security = {**self.spec.get("securityContext", {}), **container.get("securityContext", {})}
        uid, gid = security.get("runAsUser", 0), security.get("runAsGroup", 0)
        user = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--inh-caps=-all"]
        if security.get("capabilities", {}).get("drop") == ["ALL"]:
            user += ["--bounding-set=-all"]
        if security.get("allowPrivilegeEscalation") is False:
            user += ["--no-new-privs"]
        script = self.folder / f"{name}.sh"
        variables = [f"{key}={value}" for key, value in env.items()]
        inside = [*user, "env", "-i", *variables, *(_expanded(part, env) for part in command)]
        script.write_text(
            "\n".join([*self._mounts(container, security), f"exec chroot . {shlex.join(inside)}"]), encoding="utf-8"
        )
        log = self.folder / f"{name}.log"
        if self.spec.get("shareProcessNamespace"):
            place = ["nsenter", "-t", str(child(self.sandbox)), "-n", "-u", "-p", "unshare", "--mount"]
        else:
            place = [*self._network(), "unshare", "--mount", "--pid", "--fork", "--kill-child"]
        with log.open("ab") as output:
            process = subprocess.Popen(
                [*place, "sh", str(script)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        return Container(name, process, log, env, user)

    def _mounts(self, container: Mapping[str, Any], security: Mapping[str, Any]) -> Iterator[str]:
        """The lines of a shell script that make the container's root, and go there."""
        layer = shlex.quote(str(self.folder / "layer"))
        # Links in a path, such as /var/run, would lead out of the root from here.
        mounts = [{**one, "mountPath": os.path.realpath(one["mountPath"])} for one in container.get("volumeMounts", [])]
        mounts.sort(key=lambda one: len(one["mountPath"]))
        yield "set -e"
        yield f"mkdir -p {layer}; mount -t tmpfs tmpfs {layer}; mkdir {layer}/upper {layer}/work {layer}/root"
        yield f"mount -t overlay overlay -o lowerdir=/,upperdir={layer}/upper,workdir={layer}/work {layer}/root"
        yield f"cd {layer}/root"
        for path, text in self.cluster.image.files.items():
            yield f"mkdir -p .{Path(path).parent}; printf %s {shlex.quote(text)} > .{path}; chmod 0755 .{path}"
        yield "mount -t proc proc ./proc; mount --rbind /dev ./dev"
        yield "mount -t tmpfs tmpfs ./tmp; mount -t tmpfs tmpfs ./run"
        for path in ("hosts", "passwd", "group", "nsswitch.conf", "resolv.conf"):
            yield f"mount --bind {shlex.quote(str(self.cluster.folder / path))} ./etc/{path}"
        for path, source in self.cluster.image.folders.items():
            yield f"mkdir -p .{path}; mount --bind {shlex.quote(str(source))} .{path}"
        shared = [str(one) for one in (self.cluster.shared,) if one]
        for one in mounts:
            yield f"mkdir -p .{shlex.quote(one['mountPath'])}"
        yield from (f"mkdir -p .{one}" for one in shared)
        if security.get("readOnlyRootFilesystem"):
            yield "mount -o remount,ro,bind .; mount -o remount,ro ./tmp; mount -o remount,ro ./run"
        for one in mounts:
            source = self._volume(one["name"], security)
            yield f"mount --bind {shlex.quote(str(source))} .{shlex.quote(one['mountPath'])}"
            if one.get("readOnly"):
                yield f"mount -o remount,ro,bind .{shlex.quote(one['mountPath'])}"
        yield from (f"mount --bind {one} .{one}" for one in shared)
        yield f"cd {layer}/root"

    def _volume(self, name: str, security: Mapping[str, Any]) -> Path:
        """The folder of a volume; it is filled or made at first sight."""
        path = self.folder / "volumes" / name
        volume: Mapping[str, Any] = next((one for one in self.spec.get("volumes", []) if one["name"] == name), {})
        template, _, owner = volume.get("persistentVolumeClaim", {}).get("claimName", "").partition("-")
        if owner in self.cluster.pods:  # a job has the claim of a StatefulSet's pod
            return self.cluster.pods[owner].volume(template)
        if sources := volume.get("projected", {}).get("sources") or [one for one in (volume,) if self._kept(one)]:
            path.mkdir(parents=True, exist_ok=True)
            files: dict[str, tuple[str, int]] = {}
            for source in sources:
                kind, kept = self._kept(source) or ("", {})
                texts = self.cluster.texts(kind, kept.get("name") or kept["secretName"])
                chosen = {one["path"]: texts[one["key"]] for one in kept.get("items", ())} or texts
                files |= {file: (text, kept.get("defaultMode", 0o644)) for file, text in chosen.items()}
            _put(path, files, security.get("fsGroup", 0))
        elif not path.exists():
            path.mkdir(parents=True)
            os.chown(path, 0, security.get("fsGroup", 0))
            path.chmod(0o2775)
        return path

    @staticmethod
    def _kept(source: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]] | None:
        """The ConfigMap or Secret that a volume, or a part of one, holds."""
        kinds = {"configMap": "ConfigMap", "secret": "Secret"}
        return next(((kinds[field], source[field]) for field in kinds if field in source), None)

    def _environment(self, container: Mapping[str, Any]) -> dict[str, str]:
        own = self.cluster.image
        env = {"PATH": f"{own.path}:{SEARCH}".lstrip(":"), "HOSTNAME": self.name, "HOME": "/", **own.env}
        fields = {
            "metadata.name": self.name,
            "metadata.namespace": self.cluster.namespace,
            "status.podIP": self.address,
        }
        for source in container.get("envFrom", []):
            kind = "ConfigMap" if "configMapRef" in source else "Secret"
            env |= self.cluster.texts(kind, (source.get("configMapRef") or source["secretRef"])["name"])
        for variable in container.get("env", []):
            name, source = variable["name"], variable.get("valueFrom", {})
            if "value" in variable:
                env[name] = _expanded(variable["value"], env)
            elif "fieldRef" in source:
                env[name] = fields[source["fieldRef"]["fieldPath"]]
            elif "secretKeyRef" in source:
                secret = source["secretKeyRef"]
                env[name] = self.cluster.texts("Secret", secret["name"])[secret["key"]]
            elif "resourceFieldRef" in source:
                env[name] = str(1 << 30)  # nothing is limited here
            else:
                pytest.fail(f"{self.name}: no notion of {variable}")
        return env

    def _network(self) -> list[str]:
        return ["nsenter", "-t", str(self.sandbox.pid), "-n", "-u", "--"]

    def _port(self, probe: Mapping[str, Any]) -> int:
        ports = {
            port["name"]: port["containerPort"] for one in self.spec["containers"] for port in one.get("ports", [])
        }
        number: int = ports.get(probe["port"], probe["port"])
        return number

    def _from_outside(self, expression: str) -> bool:
        code = f"import socket, urllib.request\n{expression}"
        command = [*self._network(), sys.executable, "-S", "-c", code]
        return subprocess.run(command, capture_output=True, check=False, timeout=LIMIT).returncode == 0


def child(process: subprocess.Popen[bytes]) -> int:
    """The first process that a running process has started.

    Raises:
        OSError, IndexError: there is none.
    """
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def _put(path: Path, files: Mapping[str, tuple[str, int]], group: int) -> None:
    """Texts, with their modes, as a volume's files: links, which a kubelet turns to the new ones all at once."""
    link, new = path / "..data", Path(tempfile.mkdtemp(prefix="..", dir=path))
    new.chmod(0o755)
    for name, (text, mode) in files.items():
        (new / name).write_text(text, encoding="utf-8")
        (new / name).chmod(mode)
        os.chown(new / name, 0, group)
    old = path / link.readlink() if link.is_symlink() else None
    turned = path / "..data_tmp"
    turned.symlink_to(new.name)
    turned.rename(link)
    for name in files:
        if not (path / name).is_symlink():
            (path / name).symlink_to(Path("..data") / name)
    if old:
        shutil.rmtree(old)


def _expanded(text: str, env: Mapping[str, str]) -> str:
    """References of the form $(NAME), as a kubelet replaces them."""
    return re.sub(r"\$\(([A-Za-z_][A-Za-z0-9_]*)\)", lambda found: env.get(found[1], found[0]), text)
