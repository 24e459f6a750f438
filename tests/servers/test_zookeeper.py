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


def answer(pod: Pod, word: str) -> list[str]:
    """The lines that a server answers to a word; none while it does not."""
    return pod.execute("zookeeper", "/bin/bash", "/etc/zookeeper/ask.sh", word).stdout.splitlines()


def said(pod: Pod, word: str) -> dict[str, str]:
    return dict(line.split("\t", 1) for line in answer(pod, word) if "\t" in line)


def client(pod: Pod, *command: str) -> str:
    main = "org.apache.zookeeper.ZooKeeperMain"
    return pod.run("zookeeper", "java", "-cp", "/usr/share/java/*", main, "-server", "localhost:2181", *command)


def test_an_ensemble(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "java", "/usr/share/java/zookeeper.jar") as cluster:
        named = alerts.metrics(render(tmp_path / "measured", "zookeeper", "coordinator"))
        cluster.apply(render(tmp_path, "zookeeper", "coordinator", values=VALUES))
        servers = cluster.start_all("coordinator", 3)
        roles.wait(servers, "zookeeper", "follower", "follower", "leader")
        assert servers[2].volume("data").joinpath("myid").read_text() == "3\n"
        leader = roles.who(servers, "zookeeper", "leader")
        until(lambda: said(leader, "mntr").get("zk_synced_followers") == "2", "both followers", report=leader.said)
        assert said(leader, "mntr")["zk_quorum_size"] == "3"

        # `mntr` says what Prometheus would be told, in other words.
        metrics = {
            re.sub("(.*(?:time|latency))_(sum|count)$", r"\2_\1", one).replace("count_", "cnt_") for one in named
        }
        assert {f"zk_{one}" for one in metrics} - set(said(leader, "mntr")) == {"zk_up"}

        client(servers[0], "create", "/a", "1")
        assert "1" in client(servers[0], "get", "/a").splitlines()  # between lines about the connection
        leader.kill()
        others = [pod for pod in servers if pod is not leader]
        roles.wait(others, "zookeeper", "follower", "leader")
        assert "1" in client(others[0], "get", "/a").splitlines()
        leader.start()
        roles.wait([leader], "zookeeper", "follower")


def test_one_that_stands_alone(tmp_path: Path) -> None:
    with open_cluster(IMAGE, "java", "/usr/share/java/zookeeper.jar") as cluster:
        config = {"maxClientCnxns": "7", "tickTime": "1500"}
        cluster.apply(
            render(tmp_path, "zookeeper", "locks", values=VALUES | {"replicas": 1, "zookeeperConfig": config})
        )
        pod = cluster.start("locks")
        roles.wait([pod], "zookeeper", "standalone")
        wanted = {"clientPort=2181", "tickTime=1500", "maxClientCnxns=7", "dataDir=/data/version-2"}
        until(lambda: wanted <= set(answer(pod, "conf")), "its settings", report=pod.said)
        pod.stop()
