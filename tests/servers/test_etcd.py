"""etcd: three members from the bundle's own pods."""

import json
from pathlib import Path

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import until

pytestmark = pytest.mark.e2e

# Debian's is 3.4, whose etcdctl and server are the same as far as the bundle is concerned.
IMAGE = Image(users={65532: "nonroot"})


def role(pod: Pod) -> str:
    return roles.role(pod, "etcd")


def etcdctl(pod: Pod, *command: str) -> str:
    return pod.run("etcd", "etcdctl", *command)


def test_three_members(tmp_path: Path) -> None:
    config = {"quota-backend-bytes": "67108864", "heartbeat-interval": "50", "election-timeout": "500"}
    bundle = render(tmp_path, "etcd", "registry", values={"etcdConfig": config})
    with open_cluster(IMAGE, "etcd", "etcdctl") as cluster:
        cluster.apply(bundle)
        members = cluster.start_all("registry", 3)
        assert sorted(map(role, members)) == ["follower", "follower", "leader"]
        assert "unrecognized environment variable" not in members[0].said()

        # Effective settings, and every metric of the alerts.
        metrics = members[0].fetch(f"http://{members[0].address}:2381/metrics")
        assert "etcd_server_quota_backend_bytes 6.7108864e+07" in metrics
        assert alerts.metrics(bundle) - alerts.exported(metrics) == {"up"}  # which is Prometheus' own
        listed = json.loads(etcdctl(members[1], "member", "list", "-w", "json"))["members"]
        domain = "registry-headless.middleware.svc"
        assert {one["name"]: one["clientURLs"] for one in listed} == {
            f"registry-{ordinal}": [f"http://registry-{ordinal}.{domain}:2379"] for ordinal in range(3)
        }

        # What one writes, all have; the lead moves by the plugin's command, and by an accident.
        etcdctl(members[0], "put", "a", "1")
        leader = next(pod for pod in members if role(pod) == "leader")
        failover = f"{roles.tools(leader, 'etcd')}/failover.sh"
        assert "failover: done" in leader.execute("etcd", "/bin/sh", failover).stderr
        follower = next(pod for pod in members if role(pod) == "follower")
        refused = follower.execute("etcd", "/bin/sh", f"{roles.tools(follower, 'etcd')}/failover.sh")
        assert refused.returncode == 2
        until(lambda: role(leader) == "follower", "the lead to move")
        leader = next(pod for pod in members if role(pod) == "leader")
        leader.kill()
        others = [pod for pod in members if pod is not leader]
        until(lambda: "leader" in map(role, others), "a new leader", report=others[0].said)
        assert etcdctl(others[0], "get", "--print-value-only", "a") == "1"
        leader.start()
        assert role(leader) == "follower"

        leader.stop(grace=10)
        assert leader.containers["etcd"].process.returncode == 0
