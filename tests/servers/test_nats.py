"""NATS: three servers with JetStream from the bundle's own pods, and configuration that is taken up while they run."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.servers import roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import Bundle, until

pytestmark = pytest.mark.e2e

IMAGE = Image(users={1000: "nats"})
USERS = "authorization: {users: [{user: app, password: secret}]}\n"


def bundle(root: Path, **config: Any) -> Bundle:
    containers = {"containers": [{"name": "reload", "env": [{"name": "RELOAD_SECONDS", "value": "0.2"}]}]}
    patch = {"target": {"kind": "StatefulSet"}, "merge": {"spec": {"template": {"spec": containers}}}}
    secrets = {"auth": {"existingSecret": "bus-auth"}}
    return render(root, "nats", "bus", secrets=secrets, values={"natsConfig": config}, patches=[patch])


def about(pod: Pod, page: str) -> Any:
    """What a server tells of itself; nothing while it does not."""
    return json.loads(pod.fetch(f"http://{pod.address}:8222/{page}") or "{}")


def said_by_server(pod: Pod, *lines: str) -> str:
    """What a server answers a client that says *lines*, up to its answer to a PING, or to its refusal."""
    text = "".join(f"{line}\\r\\n" for line in lines)
    script = f"""
    exec 3<>/dev/tcp/bus-{pod.name[-1]}.bus-headless/4222
    printf '{text}' >&3
    while read -r -t 120 line <&3; do
      echo "$line"
      case "$line" in PONG*|-ERR*) break ;; esac
    done
    """
    return pod.run("nats", "bash", "-c", script)


def test_three_servers(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "nats-server", without=["exporter"]) as cluster:
        cluster.apply(bundle(tmp_path, max_payload="2MB"), {"bus-auth": {"auth.conf": USERS}})
        servers = cluster.start_all("bus", 3)
        roles.wait(servers, "nats", "follower", "follower", "leader")
        varz = about(servers[0], "varz")
        assert varz["server_name"] == "bus-0"
        assert varz["max_payload"] == 2 * 1024**2
        assert varz["cluster"]["name"] == "middleware-bus"
        assert varz["jetstream"]["config"]["max_storage"] == 9 * 1024**3
        assert varz["jetstream"]["config"]["store_dir"] == "/data/jetstream"
        until(lambda: about(servers[0], "routez").get("num_routes") == 2, "two routes", report=servers[0].said)

        # Only with a password, and from any server to any other.
        assert "Authorization Violation" in said_by_server(servers[1], "CONNECT {}", "PING")
        hello = 'CONNECT {"user":"app","pass":"secret","verbose":false}'
        assert "PONG" in said_by_server(servers[1], hello, "PING")

        # What can change while it runs does; what is not sound changes nothing.
        cluster.apply(bundle(tmp_path, max_payload="3MB"), {"bus-auth": {"auth.conf": USERS.replace("secret", "new")}})
        until(
            lambda: about(servers[2], "varz").get("max_payload") == 3 * 1024**2,
            "the new payload",
            report=servers[2].said,
        )
        # The ConfigMap and the Secret are in one volume: the server has both, or neither.
        assert "Authorization Violation" in said_by_server(servers[2], hello, "PING")
        cluster.apply(bundle(tmp_path, max_payload="3MB"), {"bus-auth": {"auth.conf": "authorization: {"}})
        until(lambda: "Parse error" in servers[2].containers["reload"].said(), "the refusal", report=servers[2].said)
        assert "PONG" in said_by_server(servers[2], hello.replace("secret", "new"), "PING")

        leader = roles.who(servers, "nats", "leader")
        leader.kill()
        roles.who([pod for pod in servers if pod is not leader], "nats", "leader")
        cluster.apply(bundle(tmp_path, max_payload="3MB"), {"bus-auth": {"auth.conf": USERS}})
        leader.start()
        roles.wait(servers, "nats", "follower", "follower", "leader")


def test_one_server_that_keeps_nothing(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "nats-server", without=["exporter"]) as cluster:
        values = {"replicas": 1, "jetstream": {"enabled": False}, "auth": {"enabled": False}}
        cluster.apply(render(tmp_path, "nats", "bus", values=values))
        pod = cluster.start("bus")
        assert "store_dir" not in about(pod, "varz")["jetstream"].get("config", {})
        assert roles.role(pod, "nats") == "single"
        pod.stop()
        assert "lame duck" in pod.said().lower()
