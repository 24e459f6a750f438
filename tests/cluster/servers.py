"""Kubernetes' API server on an etcd of its own, on the loopback; `kubectl` is the client.

Nothing outlives the tests: the kernel kills both servers when the process that started them dies, however it dies.
"""

import http.client
import json
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.ports import free_ports

TOKEN = "of-the-tests"
PATIENCE = 300.0
"""Seconds that the servers may take to come up; five on an idle machine."""
TRIES = 4
"""How often other ports are tried, where somebody took one between the look and the use."""
TAKEN = ("address already in use", "failed to listen on")


class NotUpError(Exception):
    """The servers did not come up; with what they said."""


@dataclass(frozen=True)
class Answer:
    """What kubectl came to."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> list[str]:
        """What it says besides each object's success: refusals and warnings."""
        return [line for line in self.err.splitlines() if line.strip()]


@dataclass(frozen=True)
class Cluster:
    """A cluster that is up."""

    kubectl: str
    config: Path
    port: int
    plurals: dict[tuple[str, str], str | None] = field(default_factory=dict, compare=False)

    def ask(self, method: str, path: str, body: Any = None, *, kind: str = "application/json", **query: str) -> Any:
        """What the API server answers to one request, without a client between: kubectl takes a tenth of a second."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": kind, "Accept": "application/json"}
        with closing(http.client.HTTPSConnection("127.0.0.1", self.port, timeout=300, context=context)) as line:
            line.request(method, f"{path}?{urlencode(query)}", None if body is None else json.dumps(body), headers)
            text = line.getresponse().read()
        try:
            return json.loads(text)
        except ValueError:  # a path that it does not serve
            return {"kind": "Status", "status": "Failure", "message": text.decode()}

    def address(self, body: Any, *, named: bool = True) -> str | None:
        """The path of an object, or of those of its kind; None where no such kind is served."""
        version, kind, meta = body["apiVersion"], body["kind"], body["metadata"]
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if (version, kind) not in self.plurals:
            for one in self.ask("GET", root).get("resources", ()):
                if "/" not in one["name"]:
                    spaces = "namespaces/{}/" if one["namespaced"] else ""
                    self.plurals[version, one["kind"]] = f"{root}/{spaces}{one['name']}"
            self.plurals.setdefault((version, kind), None)
        known = self.plurals[version, kind]
        return known and known.format(meta.get("namespace")) + (f"/{meta['name']}" if named else "")

    def run(self, *arguments: str | Path, stdin: str | None = None) -> Answer:
        done = subprocess.run(
            [self.kubectl, "--kubeconfig", self.config, *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def apply(self, files: Sequence[Path], *options: str) -> Answer:
        """`kubectl apply --server-side`; unknown fields are refused, as always."""
        named = [part for file in files for part in ("-f", str(file))]
        return self.run("apply", "--server-side", *options, *named)

    def sound(self, *arguments: str | Path, stdin: str | None = None) -> str:
        """The output of what must succeed."""
        answer = self.run(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err
        return answer.out


@dataclass
class Servers:
    """The two processes, and their folder."""

    folder: Path
    programs: Mapping[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> Cluster:
        """Start both, and wait until the API server says that it is ready.

        Raises `NotUpError` with the end of their logs.
        """
        for last in (False,) * (TRIES - 1) + (True,):
            clients, peers, secure = free_ports(3)
            self._launch(clients, peers, secure)
            made = self._client(secure)
            if self._wait(made):
                return made
            said = "\n".join(path.read_text(errors="replace")[-3000:] for path in sorted(self.folder.glob("*.log")))
            self.stop()
            if last or not any(word in said for word in TAKEN):
                raise NotUpError(said)
        raise AssertionError

    def stop(self) -> None:
        """Nothing of theirs is worth keeping: they are killed."""
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()
        self.processes.clear()
        shutil.rmtree(self.folder / "etcd", ignore_errors=True)

    def _launch(self, clients: int, peers: int, secure: int) -> None:
        store = f"http://127.0.0.1:{clients}"
        (self.folder / "tokens.csv").write_text(f"{TOKEN},admin,admin,system:masters\n")
        key = self.folder / "accounts.key"
        subprocess.run([self.programs["openssl"], "genrsa", "-out", key, "2048"], check=True, capture_output=True)
        commands = {
            "etcd": [
                f"--data-dir={self.folder}/etcd",
                f"--listen-client-urls={store}",
                f"--advertise-client-urls={store}",
                f"--listen-peer-urls=http://127.0.0.1:{peers}",
                f"--initial-advertise-peer-urls=http://127.0.0.1:{peers}",
                f"--initial-cluster=default=http://127.0.0.1:{peers}",
                # A busy machine's disk may take its time; a cluster of one needs no hurry.
                "--heartbeat-interval=1000",
                "--election-timeout=10000",
            ],
            "kube-apiserver": [
                f"--etcd-servers={store}",
                "--bind-address=127.0.0.1",
                f"--secure-port={secure}",
                f"--cert-dir={self.folder}/certs",
                "--service-account-issuer=https://kubernetes.default.svc",
                f"--service-account-key-file={key}",
                f"--service-account-signing-key-file={key}",
                "--service-cluster-ip-range=10.0.0.0/16",
                "--authorization-mode=RBAC",
                f"--token-auth-file={self.folder}/tokens.csv",
                "--endpoint-reconciler-type=none",
            ],
        }
        for name, options in commands.items():
            command = [*dies_with_us(), self.programs[name], *options]
            with (self.folder / f"{name}.log").open("wb") as log:
                self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder))

    def _client(self, secure: int) -> Cluster:
        config = self.folder / "kubeconfig"
        server = {"server": f"https://127.0.0.1:{secure}", "insecure-skip-tls-verify": True}
        named = {
            "clusters": [{"name": "c", "cluster": server}],
            "users": [{"name": "u", "user": {"token": TOKEN}}],
            "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        }
        config.write_text(json.dumps({"apiVersion": "v1", "kind": "Config", **named, "current-context": "x"}))
        return Cluster(self.programs["kubectl"], config, secure)

    def _wait(self, made: Cluster) -> bool:
        end = time.monotonic() + PATIENCE
        while all(process.poll() is None for process in self.processes) and time.monotonic() < end:
            if made.run("get", "--raw", "/readyz", "--request-timeout=10s").code == 0:
                return True
            time.sleep(0.2)
        return False


def dies_with_us() -> list[str]:
    """The beginning of a command whose process the kernel kills when we die."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv and sys.platform == "linux" else []
