"""OpenSearch: managers, and nodes that keep data, from the bundle's own pods, and the exporter that asks them."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.servers import alerts
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import ROOT, Bundle, until

pytestmark = pytest.mark.e2e

HOME = "/usr/share/opensearch"
LIBRARIES = ROOT / ".tools/opensearch"
EXPORTER = ROOT / ".tools/bin/elasticsearch_exporter"
MODULE = ("netty-*.jar", "transport-netty4-*.jar")
"""What a module of the distribution has: OpenSearch loads it by itself, and not from its class path."""

LOGGING = """\
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n
"""


def image(folder: Path) -> Image:
    """OpenSearch as its distribution lays it out. The image has plugins besides, of which one has a setting here."""
    module = folder / "transport-netty4"
    module.mkdir()
    (folder / "plugins").mkdir()
    jars = {path.name for path in LIBRARIES.glob("*.jar")}
    loaded = {path.name for pattern in MODULE for path in LIBRARIES.glob(pattern)}
    for name in loaded:
        shutil.copy(LIBRARIES / name, module)
    (version,) = (
        name.removeprefix("opensearch-core-").removesuffix(".jar") for name in jars if "opensearch-core" in name
    )
    descriptor = {
        "name": "transport-netty4",
        "description": "HTTP and transport",
        "classname": "org.opensearch.transport.Netty4Plugin",
        "version": version,
        "opensearch.version": version,
        "java.version": "11",
    }
    (module / "plugin-descriptor.properties").write_text("".join(f"{key}={text}\n" for key, text in descriptor.items()))
    (module / "plugin-security.policy").write_text("grant { permission java.security.AllPermission; };\n")
    options = {"path.home": HOME, "path.conf": f"{HOME}/config", "distribution.type": "docker", "bundled_jdk": "false"}
    command = [
        "exec java $OPENSEARCH_JAVA_OPTS -XX:TieredStopAtLevel=1",
        "-Djava.security.manager=allow -Dlog4j2.disable.jmx=true",
        *(f"-Dopensearch.{name}={text}" for name, text in options.items()),
        "-cp",
        ":".join(f"{HOME}/lib/{name}" for name in sorted(jars - loaded)),
        "org.opensearch.bootstrap.OpenSearch",
    ]
    start = f"#!/bin/sh\nsed -i /^plugins.security.disabled:/d {HOME}/config/opensearch.yml\n{' '.join(command)}\n"
    return Image(
        users={1000: "opensearch"},
        files={
            f"{HOME}/bin/start": start,
            f"{HOME}/config/log4j2.properties": LOGGING,
            f"{HOME}/config/jvm.options": "",
        },
        folders={
            f"{HOME}/lib": LIBRARIES,
            f"{HOME}/modules/transport-netty4": module,
            f"{HOME}/plugins": folder / "plugins",
            "/exporter": EXPORTER.parent,
        },
        entrypoints={"opensearch": [f"{HOME}/bin/start"], "exporter": ["/exporter/elasticsearch_exporter"]},
    )


def ask(pod: Pod, path: str, *options: str, body: Any = None) -> Any:
    """What a node answers a request."""
    sent = ["-H", "Content-Type: application/json", "-d", json.dumps(body)] if body is not None else []
    return json.loads(pod.run("opensearch", "curl", "-sS", *options, *sent, f"http://{pod.address}:9200/{path}"))


def metrics(exporter: Pod) -> str:
    """What the exporter has; nothing while it does not answer."""
    return exporter.fetch("http://127.0.0.1:9114/metrics")


def test_managers_and_data(tmp_path: Path) -> None:
    heap = "-Xms160m -Xmx160m"  # both alike, or it refuses to start
    components = {"manager": {"values": {"replicas": 3, "heap": heap}}}

    def bundle(name: str, **besides: Any) -> Bundle:
        # At addresses of the loopback, which all pods have here, it overlooks that a machine allows too few open files.
        values = {"replicas": 2, "heap": heap, "network": {"bindAddress": "_eth0:ipv4_"}, **besides}
        return render(tmp_path / name, "opensearch", "catalog", values=values, components=components)

    first = bundle("first")
    with open_cluster(image(tmp_path), "java", "curl", str(LIBRARIES), str(EXPORTER)) as cluster:
        cluster.apply(first)
        managers = cluster.start_all("catalog-manager", 3)
        kept, lost = cluster.start_all("catalog", 2)

        def nodes() -> list[Mapping[str, str]]:
            found = ask(kept, "_cat/nodes?format=json&h=name,node.roles,cluster_manager")
            return found if isinstance(found, list) else []  # nobody knows while there is no manager

        def leader() -> str:
            return next((one["name"] for one in nodes() if one["cluster_manager"] == "*"), "")

        def health() -> str:
            return str(ask(kept, "_cluster/health").get("status"))

        # Who is there, and in which roles; and no setting is unknown, or it had not started.
        until(lambda: len(nodes()) == 5, "five nodes", report=kept.said)
        assert {one["name"]: one["node.roles"] for one in nodes()} == {
            **{pod.name: "cluster_manager" for pod in managers},
            **{pod.name: "data,ingest" for pod in (kept, lost)},
        }
        (own,) = ask(lost, "_nodes/_local/settings?flat_settings=true")["nodes"].values()
        wanted = {
            "cluster.name": "middleware-catalog",
            "node.name": "catalog-1",
            "node.store.allow_mmap": "false",
            "path.data": [f"{HOME}/data"],
        }
        assert own["settings"].items() >= wanted.items()

        # Every metric of the alerts, from the exporter as the bundle starts it.
        # A copy on a node that is away is awaited for long, so that this test has the time to see it.
        patient = {"index.unassigned.node_left.delayed_timeout": "1h"}
        settings = {"number_of_shards": 1, "number_of_replicas": 1, **patient}
        made = ask(kept, "orders", "-X", "PUT", body={"settings": settings})
        assert made.get("acknowledged") is True, made
        put = ask(kept, "orders/_doc/1?refresh=true", "-X", "PUT", body={"total": 42})
        assert put.get("result") == "created", put
        until(lambda: health() == "green", "two copies", report=kept.said)
        exporter = cluster.start("catalog-exporter", kind="Deployment")
        named = alerts.metrics(first) - {"up"}
        until(lambda: named <= alerts.exported(metrics(exporter)), "every metric", report=exporter.said)

        # One node and the elected manager are gone: the data are there, and another one is elected.
        lost.kill()
        until(lambda: health() == "yellow", "the copy to be missed", report=kept.said)
        yellow = 'elasticsearch_cluster_health_status{cluster="middleware-catalog",color="yellow"} 1'
        until(lambda: yellow in metrics(exporter), "the exporter to know", report=exporter.said)

        # A node that had just started would not be ready now: an update takes no second one.
        def ready() -> bool:
            return kept.execute("opensearch", "/bin/bash", "/configured/ready.sh").returncode == 0

        until(ready, "it to be ready", report=kept.said)
        kept.run("opensearch", "rm", "/tmp/joined", "/tmp/settled")
        assert not ready()
        assert not ready()
        until(lambda: leader() != "", "a manager", report=kept.said)
        gone = leader()
        cluster.pods[gone].kill()
        until(lambda: leader() not in ("", gone), "another manager", report=kept.said)

        # Who began the cluster matters no more.
        cluster.apply(bundle("later", bootstrap=False))
        cluster.pods[gone].start(wait=False)
        lost.start()
        until(lambda: len(nodes()) == 5 and health() == "green", "all of them", report=kept.said)
        assert ask(lost, "orders/_doc/1").get("_source") == {"total": 42}
        until(ready, "it to be ready again", report=kept.said)

        # Without any OpenSearch, the exporter answers, and has nothing to say of the cluster.
        for pod in (*managers, kept, lost):
            pod.kill()

        def silent() -> bool:
            said = metrics(exporter)
            return bool(said) and "elasticsearch_cluster_health" not in said

        until(silent, "the exporter to have nothing to say", report=exporter.said)
