"""RabbitMQ: a cluster of three nodes from the bundle's own pods."""

import json
from pathlib import Path

import pytest

from tests.servers import alerts
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import until

pytestmark = pytest.mark.e2e

PROGRAMS = "/usr/lib/rabbitmq/bin"
IMAGE = Image(users={999: "rabbitmq"}, path=PROGRAMS)
SECRETS = {"auth": {"existingSecret": "jobs-queue"}, "cookie": {"existingSecret": "jobs-queue"}}
CONTENT = {"jobs-queue": {"password": 'p\'a "s" \\ s', "erlang-cookie": "ABCDEFGHIJ"}}


def ctl(pod: Pod, *command: str) -> str:
    return pod.run("rabbitmq", "rabbitmqctl", "-q", *command)


def test_three_nodes(tmp_path: Path) -> None:
    values = {"rabbitmqConfig": {"disk_free_limit.absolute": "50MB", "channel_max": "77"}, "drainSeconds": 1}
    bundle = render(tmp_path, "rabbitmq", "jobs", secrets=SECRETS, values=values)
    with open_cluster(IMAGE, f"{PROGRAMS}/rabbitmq-server") as cluster:
        cluster.apply(bundle, CONTENT)
        nodes = cluster.start_all("jobs", 3)
        names = {f"rabbit@jobs-{ordinal}.jobs-headless.middleware.svc" for ordinal in range(3)}

        def running() -> set[str]:
            said = nodes[1].execute("rabbitmq", "rabbitmqctl", "-q", "cluster_status", "--formatter", "json")
            status = json.loads(said.stdout) if said.returncode == 0 else {"running_nodes": []}
            return set(status["running_nodes"]) if status.get("cluster_name") == "middleware-jobs" else set()

        until(lambda: running() == names, "one cluster", report=nodes[1].said)
        settings = ctl(nodes[0], "environment")
        assert "{channel_max,77}" in settings
        assert "{cluster_partition_handling,pause_minority}" in settings
        ctl(nodes[2], "authenticate_user", "admin", CONTENT["jobs-queue"]["password"])

        def missing() -> set[str]:
            said = nodes[0].fetch(f"http://{nodes[0].address}:15692/metrics")
            return alerts.metrics(bundle) - alerts.exported(said)

        until(lambda: missing() == {"up"}, "every metric of the alerts", report=nodes[0].said)

        nodes[2].stop()
        rest = {name for name in names if "jobs-2" not in name}
        until(lambda: running() == rest, "the others to be alone", report=nodes[1].said)
        nodes[2].start()
        until(lambda: running() == names, "the node that comes back", report=nodes[2].said)
