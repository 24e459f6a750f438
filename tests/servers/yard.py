"""Real servers from rendered ConfigMaps, on free ports of the loopback, stopped when the test ends.

    def test_redis_takes_its_configuration(yard: Yard) -> None:
        data, port = yard.folder("data"), yard.free_port()
        bundle = yard.render("redis", values={"network": {"port": port}, "storage": {"mountPath": str(data)}}, …)
        folder = yard.configuration(bundle.texts("cache-config"))
        yard.start(["redis-server", f"{folder}/redis.conf"], port=port)
        assert yard.run("redis-cli", "-p", str(port), "config", "get", "maxmemory").out == …

Every process is one that the yard started, and is stopped by its id. As root, servers run as `nobody` (or whom the
test names): several refuse to run as root. Programs that a distribution keeps off PATH (PostgreSQL's) are found.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import documents
from tests.harness import Project
from tests.ports import free_ports

ROOT = Path(__file__).parents[2]
PATIENCE = 300.0
"""Seconds that a server may take to come up, or a state to be reached, on a machine that is busy with other things."""

LIMIT = 300.0
"""Seconds after which a program hangs, rather than being slow."""

GRACE = 90.0
"""Seconds that a server has to go when its test is over."""

_OFF_PATH = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/lib/rabbitmq/bin"))


def program(name: str) -> str:
    """The path of a program; a skip where it is missing, a failure under MWGEN_REQUIRE_TOOLS=1."""
    path = shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, _OFF_PATH)]))
    if path is None and os.environ.get("MWGEN_REQUIRE_TOOLS") == "1":
        pytest.fail(f"{name} is not installed, and MWGEN_REQUIRE_TOOLS=1 demands it")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def search_path(first: str = "") -> str:
    """PATH for scripts: *first*, then PATH, then where programs are kept off it."""
    return os.pathsep.join([*([first] if first else []), os.environ.get("PATH", os.defpath), *map(str, _OFF_PATH)])


@dataclass(frozen=True)
class Bundle:
    """A rendered bundle, by kind and name."""

    objects: Mapping[tuple[str, str], Any]

    def get(self, kind: str, name: str) -> Any:
        """The object, which must be there."""
        assert (kind, name) in self.objects, f"no {kind} {name} among {sorted(self.objects)}"
        return self.objects[kind, name]

    def texts(self, name: str) -> dict[str, str]:
        """The data of a ConfigMap."""
        data: dict[str, str] = self.get("ConfigMap", name)["data"]
        return data

    def of(self, kind: str) -> dict[str, Any]:
        """The objects of a kind, by name."""
        return {name: body for (other, name), body in self.objects.items() if other == kind}


@dataclass(frozen=True)
class Done:
    """What a program came to."""

    code: int
    out: str
    err: str

    def sound(self) -> "Done":
        """This run, which must have succeeded."""
        assert self.code == 0, f"exit {self.code}\n{self.out}\n{self.err}"
        return self


@dataclass
class Server:
    """A process of the yard."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self, how: signal.Signals | None = None) -> None:
        """Ask it to go, and make it go where it does not."""
        if self.runs:
            self.process.send_signal(how or self.stop_signal)
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process.wait()

    def kill(self) -> None:
        """Gone at once, as in a crash."""
        if self.runs:
            self.process.kill()
        self.process.wait()


@dataclass
class Yard:
    """What a test has of servers, folders and ports."""

    root: Path
    servers: list[Server] = field(default_factory=list)
    _numbers: int = 0

    def number(self) -> int:
        """One that nobody had before."""
        self._numbers += 1
        return self._numbers

    # --- who and where

    @staticmethod
    def user(wanted: str = "nobody") -> str | None:
        """Whom servers run as: *wanted* where the tests run as root, else nobody else than the tests."""
        if os.geteuid() != 0:
            return None
        try:
            pwd.getpwnam(wanted)
        except KeyError:
            return "nobody"
        return wanted

    def folder(self, name: str, *, owner: str = "nobody", mode: int = 0o700) -> Path:
        """A new folder that servers of *owner* can write to."""
        path = self.root / name
        path.mkdir(parents=True)
        self._give(path, owner)
        path.chmod(mode)
        return path

    def configuration(self, texts: Mapping[str, str], name: str = "", *, mode: int = 0o644) -> Path:
        """A ConfigMap's data as the files of a folder, as a volume has them."""
        path = Path(tempfile.mkdtemp(prefix=f"{name or 'configuration'}-", dir=self.root))
        for key, text in texts.items():
            (path / key).write_text(text, encoding="utf-8")
            (path / key).chmod(mode)
        path.chmod(0o755)
        return path

    def _give(self, path: Path, owner: str) -> None:
        if user := self.user(owner):
            found = pwd.getpwnam(user)
            os.chown(path, found.pw_uid, found.pw_gid)

    @staticmethod
    def free_port() -> int:
        """A port that nobody listens on now."""
        (port,) = free_ports(1)
        return port

    # --- rendering

    def render(
        self, plugin: str, name: str = "cache", *, environment: Mapping[str, Any] | None = None, **spec: Any
    ) -> Bundle:
        """The bundle of a group of one of this repository's plugins, rendered by the command."""
        project = Project(self.root / f"project-{self.number()}")
        shutil.copytree(ROOT / "plugins" / plugin, project.root / "plugins" / plugin)
        project.environment("test", **{"target": "plain", **(environment or {})})
        project.group(name, plugin, environments=[{"name": "test"}], **spec)
        project.run("generate").sound()
        return bundle(project.root / "out/test" / name)

    # --- running

    def start(
        self,
        command: Sequence[str],
        *,
        port: int = 0,
        ready: Callable[[], bool] | None = None,
        user: str = "nobody",
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Server:
        """Start a server, and wait until it listens on *port* or *ready* says so."""
        server = self.launch(command, user=user, env=env, stop_signal=stop_signal)
        wanted = ready or (lambda: listens(port))
        until(lambda: wanted() or not server.runs, f"{server.name} to come up")
        if not server.runs:
            pytest.fail(f"{server.name} ended with {server.process.returncode}:\n{server.said()}")
        return server

    def launch(
        self,
        command: Sequence[str],
        *,
        user: str = "nobody",
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Server:
        """Start a process, without waiting for anything."""
        name = Path(command[0]).name
        log = self.root / f"{len(self.servers)}-{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [program(command[0]), *command[1:]],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**self._environment(user), **(env or {})},
                cwd=self.root,
                **_as(self.user(user)),
            )
        server = Server(name, process, log, stop_signal)
        self.servers.append(server)
        return server

    def run(
        self,
        *command: str,
        user: str = "nobody",
        env: Mapping[str, str] | None = None,
        stdin: str = "",
        timeout: float = LIMIT,
    ) -> Done:
        """Run a program to its end."""
        done = subprocess.run(
            [program(command[0]), *command[1:]],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
            env={**self._environment(user), **(env or {})},
            cwd=self.root,
            **_as(self.user(user)),
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def _environment(self, user: str) -> dict[str, str]:
        return {"PATH": search_path(), "HOME": str(self.root), "LC_ALL": "C.UTF-8", "TZ": "UTC", "USER": user}

    def stop(self) -> None:
        """Stop what still runs, the last one first."""
        for server in reversed(self.servers):
            server.stop()


def _as(user: str | None) -> dict[str, Any]:
    if user is None:
        return {}
    found = pwd.getpwnam(user)
    return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}


def bundle(folder: Path) -> Bundle:
    """What stands in a bundle's folder."""
    found: dict[tuple[str, str], Any] = {}
    for path in sorted(folder.rglob("*.yaml")):
        (document,) = documents(SourceFile(path.name, path.read_text(encoding="utf-8")))
        if "metadata" in document.value:  # a list of files for kubectl has none
            found[document.value["kind"], document.value["metadata"]["name"]] = document.value
    return Bundle(found)


def listens(port: int) -> bool:
    """Whether somebody listens on the loopback's *port*."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(
    wanted: Callable[[], bool], what: str, patience: float = PATIENCE, *, report: Callable[[], str] = str
) -> None:
    """Wait until *wanted*; a failure that names *what*, with the *report*, where it takes too long."""
    end = time.monotonic() + patience
    while not wanted():
        if time.monotonic() > end:
            pytest.fail(f"waited {patience:.0f} s for {what}\n{report()}")
        time.sleep(0.05)


@contextlib.contextmanager
def open_yard() -> Iterator[Yard]:
    """A yard in a folder that other users can enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="mwgen-yard-", dir="/tmp", ignore_cleanup_errors=True) as name:
        root = Path(name)
        root.chmod(0o777)
        yard = Yard(root)
        try:
            yield yard
        finally:
            yard.stop()
