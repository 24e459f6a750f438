"""ZooKeeper: an ensemble of three, and one that stands alone, from the bundle's own pods."""

import re
from pathlib import Path

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import until

pytestmark = pytest.mark.e2e

# In place of the image's launcher: it takes the same folder, file and heap.
LAUNCHER = """#!/bin/sh
main=org.apache.zookeeper.server.quorum.QuorumPeerMain
exec java -Xmx"$ZK_SERVER_HEAP"m -XX:TieredStopAtLevel=1 -cp "$ZOOCFGDIR:/usr/share/java/*" $main "$2"
"""
IMAGE = Image(users={1000: "zookeeper"}, files={"/usr/local/bin/zkServer.sh": LAUNCHER})
# Debian leaves the module of the metrics out, and ZooKeeper does not start without one that it is told to have.
VALUES = {"heapMegabytes": 96, "exporter": {"enabled": False}, "zookeeperConfig": {"tickTime": "1000"}}


def role(pod: Pod) -> str:
    return roles.role(pod, "zookeeper")


def said(pod: Pod, word: str) -> dict[str, str]:
    lines = pod.run("zookeeper", "/bin/bash", "/etc/zookeeper/ask.sh", word).splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def client(pod: Pod, *command: str) -> str:
    main = "org.apache.zookeeper.ZooKeeperMain"
    return pod.run("zookeeper", "java", "-cp", "/usr/share/java/*", main, "-server", "localhost:2181", *command)


def test_an_ensemble(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "java", "/usr/share/java/zookeeper.jar") as cluster:
        named = alerts.metrics(render(tmp_path / "measured", "zookeeper", "coordinator"))
        cluster.apply(render(tmp_path, "zookeeper", "coordinator", values=VALUES))
        servers = cluster.start_all("coordinator", 3)
        assert sorted(map(role, servers)) == ["follower", "follower", "leader"]
        assert servers[2].volume("data").joinpath("myid").read_text() == "3\n"
        leader = next(pod for pod in servers if role(pod) == "leader")
        until(lambda: said(leader, "mntr")["zk_synced_followers"] == "2", "both followers")
        assert said(leader, "mntr")["zk_quorum_size"] == "3"

        # `mntr` says what Prometheus would be told, in other words.
        metrics = {
            re.sub("(.*(?:time|latency))_(sum|count)$", r"\2_\1", one).replace("count_", "cnt_") for one in named
        }
        assert {f"zk_{one}" for one in metrics} - set(said(leader, "mntr")) == {"zk_up"}

        client(servers[0], "create", "/a", "1")
        leader.kill()
        others = [pod for pod in servers if pod is not leader]
        until(lambda: sorted(roles_of(others)) == ["follower", "leader"], "a new leader", report=others[0].said)
        assert client(others[0], "get", "/a").splitlines()[-1] == "1"
        leader.start()
        assert role(leader) == "follower"


def roles_of(pods: list[Pod]) -> list[str]:
    """The roles of those that have one at the moment."""
    return [role(pod) for pod in pods if "Mode:" in pod.run("zookeeper", "/bin/bash", "/etc/zookeeper/ask.sh", "srvr")]


def test_one_that_stands_alone(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "java", "/usr/share/java/zookeeper.jar") as cluster:
        config = {"maxClientCnxns": "7", "tickTime": "1500"}
        cluster.apply(
            render(tmp_path, "zookeeper", "locks", values=VALUES | {"replicas": 1, "zookeeperConfig": config})
        )
        pod = cluster.start("locks")
        assert role(pod) == "standalone"
        settings = pod.run("zookeeper", "/bin/bash", "/etc/zookeeper/ask.sh", "conf").splitlines()
        assert {"clientPort=2181", "tickTime=1500", "maxClientCnxns=7", "dataDir=/data/version-2"} <= set(settings)
        pod.stop(grace=10)
        assert not pod.containers["zookeeper"].runs
