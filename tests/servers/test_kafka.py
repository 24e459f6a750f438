"""Kafka: controllers and brokers from the bundle's own pods, with the Kafka that the plugin's default image has."""

import re
from pathlib import Path

import pytest

from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import ROOT, until

pytestmark = pytest.mark.e2e

LIBRARIES = ROOT / ".tools/kafka"
PROGRAMS = {
    "storage": "kafka.tools.StorageTool",
    "server-start": "kafka.Kafka",
    "topics": "org.apache.kafka.tools.TopicCommand",
    "configs": "kafka.admin.ConfigCommand",
    "metadata-quorum": "org.apache.kafka.tools.MetadataQuorumCommand",
    "console-producer": "org.apache.kafka.tools.ConsoleProducer",
    "console-consumer": "org.apache.kafka.tools.consumer.ConsoleConsumer",
}


def launcher(main: str) -> str:
    """In place of one of the image's scripts, which start the same program and hand it their arguments."""
    options = "-XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp '/opt/kafka/libs/*'"
    return f'#!/bin/sh\nexec java ${{KAFKA_HEAP_OPTS:-}} {options} {main} "$@"\n'


IMAGE = Image(
    users={1000: "appuser"},
    files={f"/opt/kafka/bin/kafka-{name}.sh": launcher(main) for name, main in PROGRAMS.items()},
    folders={"/opt/kafka/libs": LIBRARIES},
)
# As little as the smallest group of this repository has: the log cleaner alone takes 128 MB of it.
HEAP = "-Xms96m -Xmx256m"
CONFIG = {
    "default.replication.factor": "2",
    "min.insync.replicas": "1",
    "num.partitions": "2",
    "offsets.topic.replication.factor": "2",
    "offsets.topic.num.partitions": "2",
    "transaction.state.log.replication.factor": "2",
    "transaction.state.log.min.isr": "1",
    "log.retention.hours": "12",
}


def kafka(pod: Pod, program: str, *options: str, stdin: str = "") -> str:
    """What one of Kafka's programs says when it asks the brokers by their Service."""
    command = [f"/opt/kafka/bin/kafka-{program}.sh", "--bootstrap-server", "orders:9092", *options]
    return pod.run("kafka", *command, stdin=stdin, KAFKA_HEAP_OPTS="-Xmx128m")


def test_controllers_and_brokers(tmp_path: Path) -> None:
    values = {"replicas": 2, "heap": HEAP, "kafkaConfig": CONFIG}
    components = {"controller": {"values": {"replicas": 3, "heap": HEAP}}}
    with open_cluster(IMAGE, "java", str(LIBRARIES)) as cluster:
        cluster.apply(render(tmp_path, "kafka", "orders", values=values, components=components))
        controllers = cluster.start_all("orders-controller", 3)
        first, second = cluster.start_all("orders", 2)

        # Three voters by their names, and brokers that follow them under numbers of their own.
        status = kafka(first, "metadata-quorum", "describe", "--status")
        domain = "orders-controller-headless.middleware.svc:9093"
        voters = [f"CONTROLLER://orders-controller-{ordinal}.{domain}" for ordinal in range(3)]
        assert re.findall(r"CONTROLLER://[^\"]+", status) == voters
        described = kafka(first, "configs", "--describe", "--all", "--entity-type", "brokers", "--entity-name", "101")
        settings = dict(re.findall(r"^  ([a-z.]+)=(.*?) sensitive=", described, re.MULTILINE))
        wanted = {
            "node.id": "101",
            "process.roles": "broker",
            "log.dirs": "/var/lib/kafka/kafka",
            "auto.create.topics.enable": "false",
            "inter.broker.listener.name": "INTERNAL",
            **CONFIG,
        }
        assert settings.items() >= wanted.items()
        # Nothing in the file is unknown to Kafka: it says of every line that this is where the value comes from.
        for name in CONFIG:
            assert f"STATIC_BROKER_CONFIG:{name}=" in described

        # What one broker takes, the other has, and goes on giving and taking after an accident.
        kafka(first, "topics", "--create", "--topic", "placed")
        kafka(first, "console-producer", "--topic", "placed", stdin="one\ntwo\n")
        second.kill()
        kafka(first, "console-producer", "--topic", "placed", stdin="three\n")
        taken = ("console-consumer", "--topic", "placed", "--from-beginning", "--max-messages", "3")
        assert sorted(kafka(first, *taken).split()) == ["one", "three", "two"]

        # A quorum is two of three controllers; one that comes back takes its place with the data that it had.
        controllers[0].kill()
        kafka(first, "topics", "--create", "--topic", "shipped", "--replication-factor", "1")
        controllers[0].start()
        second.start()

        def in_sync() -> bool:
            described = kafka(first, "topics", "--describe", "--topic", "placed")
            found = [sorted(one.split(",")) for one in re.findall(r"Isr: ([\d,]*)", described)]
            return found == [["100", "101"]] * 2

        until(in_sync, "both brokers to be in sync", report=second.said)
        assert "already formatted" in controllers[0].said()
        first.stop()
        assert first.containers["kafka"].process.returncode == 143
        assert sorted(kafka(second, *taken).split()) == ["one", "three", "two"]
