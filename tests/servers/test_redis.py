"""Redis in its three topologies: the bundle's own pods, with Debian's server."""

from pathlib import Path
from typing import Any

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import Cluster, open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import Bundle, until

pytestmark = pytest.mark.e2e

PASSWORD = {"redis-auth": {"password": 'two words, a " quote and a \\ back'}}
SECRETS = {"auth": {"existingSecret": "redis-auth"}}
IMAGE = Image(users={999: "redis"}, entrypoints={"exporter": ["prometheus-redis-exporter"]})
PROGRAMS = ("redis-server", "prometheus-redis-exporter")


def bundle(root: Path, topology: str, config: dict[str, Any] | None = None, **values: Any) -> Bundle:
    values["redisConfig"] = {"maxmemory": "64mb", "repl-diskless-sync-delay": "0", **(config or {})}
    impatient = {"containers": [{"name": "reload", "env": [{"name": "RELOAD_SECONDS", "value": "0.2"}]}]}
    patch = {
        "target": {"kind": "StatefulSet", "component": "data"},
        "merge": {"spec": {"template": {"spec": impatient}}},
    }
    return render(root, "redis", "cache", topology=topology, secrets=SECRETS, values=values, patches=[patch])


def ask(pod: Pod, *command: str) -> str:
    return pod.run("redis", "redis-cli", *command)


def setting(pod: Pod, name: str) -> str:
    return ask(pod, "config", "get", name).split("\n", 1)[1]


def role(pod: Pod) -> str:
    return roles.role(pod, "redis")


def leaders(pods: list[Pod]) -> list[str]:
    return [pod.name for pod in pods if pod.containers["redis"].runs and role(pod) == "master"]


def in_order(pods: list[Pod]) -> bool:
    return all("cluster_state:ok" in ask(pod, "cluster", "info") for pod in pods)


def test_one_instance(tmp_path: Path) -> None:
    with open_cluster(IMAGE, *PROGRAMS) as cluster:
        cluster.apply(bundle(tmp_path, "standalone"), PASSWORD)
        pod = cluster.start("cache")
        assert setting(pod, "maxmemory") == str(64 * 1024**2)
        assert setting(pod, "dir") == "/data"
        assert setting(pod, "appendonly") == "yes"
        assert setting(pod, "requirepass") == PASSWORD["redis-auth"]["password"]
        assert role(pod) == "master"
        refused = pod.execute("redis", "/bin/sh", "/tools/failover.sh")
        assert (refused.returncode, "leads for ever" in refused.stderr) == (2, True)
        assert "NOAUTH" in pod.run("redis", "redis-cli", "get", "a", REDISCLI_AUTH="")
        assert ask(pod, "set", "a", "1") == "OK"

        cluster.apply(bundle(tmp_path, "standalone", {"maxmemory": "96mb", "maxmemory-policy": "allkeys-lfu"}))
        until(lambda: setting(pod, "maxmemory-policy") == "allkeys-lfu", "the new policy", report=pod.said)
        until(lambda: setting(pod, "maxmemory") == str(96 * 1024**2), "the new limit", report=pod.said)

        pod.stop()
        assert pod.containers["redis"].process.returncode == 0
        assert ask(pod.start(), "get", "a") == "1"


def test_an_unknown_line_is_refused(tmp_path: Path) -> None:
    with open_cluster(IMAGE, *PROGRAMS) as cluster:
        cluster.apply(bundle(tmp_path, "standalone", {"maxmemroy": "64mb"}), PASSWORD)
        pod = cluster.start("cache", wait=False)
        until(lambda: not pod.containers["redis"].runs, "the server to give up")
        assert "maxmemroy" in pod.containers["redis"].said()


def test_replication_with_sentinels(tmp_path: Path) -> None:
    # A leader is not taken for dead because the machine is busy.
    sentinel = {"downAfterMilliseconds": 10000, "failoverTimeoutMilliseconds": 10000}
    with open_cluster(IMAGE, *PROGRAMS) as cluster:
        made = bundle(tmp_path, "replication", sentinel=sentinel)
        cluster.apply(made, PASSWORD)
        pods = cluster.start_all("cache", 3)
        sentinels = cluster.start_all("cache-sentinel", 3)
        assert [role(pod) for pod in pods] == ["master", "slave", "slave"]
        assert ask(pods[0], "set", "a", "1") == "OK"
        assert ask(pods[0], "wait", "2", "0") == "2"

        def asked() -> str:
            return sentinels[1].run("sentinel", "redis-cli", "-p", "26379", "sentinel", "master", "mymaster")

        knows = {"num-other-sentinels\n2", "num-slaves\n2"}
        until(lambda: all(one in asked() for one in knows), "the sentinels to know everybody", report=sentinels[1].said)

        def missing() -> set[str]:
            return alerts.metrics(made) - alerts.exported(pods[1].fetch(f"http://{pods[1].address}:9121/metrics"))

        until(lambda: missing() == {"redis_cluster_state", "up"}, "every metric of the alerts", report=pods[1].said)

        # A leader goes in good order, the next one by accident.
        assert pods[0].run("redis", "/bin/sh", "/tools/role.sh") == "master"
        pods[0].run("redis", "/bin/sh", "/tools/failover.sh")
        assert pods[0].run("redis", "/bin/sh", "/tools/role.sh") == "slave"
        refused = pods[0].execute("redis", "/bin/sh", "/tools/failover.sh")
        assert (refused.returncode, "only for instances in the role master" in refused.stderr) == (2, True)
        until(
            lambda: "num-slaves\n2" in asked() and "flags\nmaster\n" in asked(),
            "everybody again",
            report=sentinels[1].said,
        )
        until(lambda: len(leaders(pods)) == 1, "one leader", report=sentinels[0].said)
        leader = cluster.pods[leaders(pods)[0]]
        until(lambda: "connected_slaves:2" in ask(leader, "info", "replication"), "two replicas", report=leader.said)
        leader.kill()
        until(lambda: len(leaders(pods)) == 1, "a new leader", report=sentinels[0].said)
        leader.start()
        until(lambda: role(leader) == "slave", "the old leader to follow", report=leader.said)
        until(lambda: ask(leader, "get", "a") == "1", "what it had, or has got again", report=leader.said)


def test_cluster(tmp_path: Path) -> None:
    with open_cluster(IMAGE, *PROGRAMS, without=["exporter"]) as cluster:
        made = bundle(tmp_path, "cluster", cluster={"nodeTimeoutMilliseconds": 1000})
        cluster.apply(made, PASSWORD)
        pods = cluster.start_all("cache", 6)
        until(lambda: len(leaders(pods)) == 3, "three shards", report=pods[0].said)
        until(lambda: in_order(pods), "everybody to know of it", report=pods[0].said)
        assert "cluster_size:3" in ask(pods[4], "cluster", "info")
        for number in range(20):
            assert ask(pods[number % 6], "-c", "set", f"key:{number}", str(number)) == "OK"
        # Redis answers before a replica has it: what a leader takes along when it dies then is lost by design.
        until(lambda: sum(int(ask(pod, "dbsize")) for pod in pods) == 2 * 20, "a copy of each", report=pods[0].said)

        # A leader goes in good order, another one by accident.
        first, second = (cluster.pods[name] for name in leaders(pods)[:2])
        first.run("redis", "/bin/sh", "/tools/failover.sh")
        until(lambda: role(first) == "slave", "the leader to have gone", report=first.said)
        second.kill()
        until(lambda: len(leaders(pods)) == 3, "a replica to take over", report=pods[0].said)
        second.start()
        until(lambda: role(second) == "slave", "the old leader to follow", report=second.said)
        until(lambda: in_order(pods), "everybody to know of it")

        def kept() -> set[str]:
            return {ask(pods[number % 6], "-c", "get", f"key:{number}") for number in range(20)}

        # Some may still send a client to the leader that was.
        until(lambda: kept() == set(map(str, range(20))), "every key to be found", report=pods[0].said)

        everybody_moves(cluster, pods)
        until(lambda: len(leaders(pods)) == 3, "three leaders again", report=pods[0].said)
        until(lambda: ask(pods[3], "-c", "get", "key:7") == "7", "a key to be found", report=pods[3].said)
        exporter = pods[0].program("prometheus-redis-exporter", REDIS_PASSWORD=PASSWORD["redis-auth"]["password"])
        assert exporter.poll() is None
        until(
            lambda: "redis_cluster_state" in alerts.exported(pods[0].fetch("http://127.0.0.1:9121/metrics")), "metrics"
        )


def everybody_moves(cluster: Cluster, pods: list[Pod]) -> None:
    """All pods go, and come back with other addresses."""
    for pod in pods:
        pod.kill()
    for pod in pods:
        cluster.move(pod)
        pod.start(wait=False)
    for pod in pods:
        pod.wait_until_ready()
