"""MariaDB: a source and a replica that begins as its copy, from the bundle's own pods."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.job import Cloud, Job
from tests.servers.pods import Image, Pod
from tests.servers.yard import Done, Yard, until

pytestmark = pytest.mark.e2e

IMAGE = Image(users={999: "mysql"})
SECRETS = {
    "auth": {"existingSecret": "shop-auth"},
    "replication": {"existingSecret": "shop-auth", "key": "replication"},
}
PASSWORDS = {"shop-auth": {"password": "it's a \\ secret", "replication": "another 'one'"}}


CLIENT = 'MYSQL_PWD="$ROOT_PASSWORD" mariadb --defaults-file=/etc/mariadb/my.cnf -u root -N -B'


def query(pod: Pod, text: str) -> str:
    return pod.run("mariadb", "/bin/bash", "-c", CLIENT, stdin=text)


def kept(pod: Pod, text: str, wanted: str) -> bool:
    """Whether a query comes to what is *wanted*, on a replica, which may not have the table yet."""
    done = pod.execute("mariadb", "/bin/bash", "-c", CLIENT, stdin=text)
    return done.returncode == 0 and done.stdout.strip() == wanted


def role(pod: Pod) -> str:
    return roles.role(pod, "mariadb")


@dataclass
class Inside(Yard):
    """A yard whose programs run in the network of a pod."""

    pod: Pod | None = None

    def run(self, *command: str, **options: Any) -> Done:
        assert self.pod
        return super().run("nsenter", "-t", str(self.pod.sandbox.pid), "-n", "--", *command, **options)


def test_a_source_and_a_replica(yard: Yard, tmp_path: Path) -> None:
    values = {"mariadbConfig": {"innodb_buffer_pool_size": "32M", "max_connections": "42"}}
    backup = {"enabled": True, "destination": {"provider": "s3", "bucket": "backups", "secretRef": "backup-s3"}}
    group = {"topology": "replication", "secrets": SECRETS, "values": values, "backup": backup}
    bundle = render(tmp_path, "mariadb", "shop", **group)
    with open_cluster(IMAGE, "mariadbd", "prometheus-mysqld-exporter", without=["exporter"]) as cluster:
        cluster.apply(bundle, PASSWORDS)
        source = cluster.start("shop")
        settings = "select @@max_connections, @@innodb_buffer_pool_size, @@datadir, @@server_id, @@gtid_strict_mode"
        assert query(source, settings).split("\t") == ["42", str(32 * 1024**2), "/var/lib/mysql/data/", "1", "1"]
        query(source, "create table app.orders (id int primary key); insert into app.orders values (1), (2), (3)")

        replica = cluster.start("shop-replica")
        assert (role(source), role(replica)) == ("source", "replica")
        assert query(replica, "select @@server_id") == "100"
        until(lambda: kept(replica, "select count(*) from app.orders", "3"), "the copy", report=replica.said)
        query(source, "insert into app.orders values (4)")
        until(lambda: kept(replica, "select max(id) from app.orders", "4"), "replication", report=replica.said)

        # Accounts are each instance's own, the passwords those of the Secret, whatever is in them.
        assert query(replica, "select count(*) from mysql.global_priv where user = 'replicator'") == "1"
        reached = replica.run(
            "mariadb", "bash", "-c", 'MYSQL_PWD="$ROOT_PASSWORD" mariadb -h shop -u root -N -e "select @@server_id"'
        )
        assert reached == "1"

        source_name = "exporter@(127.0.0.1:3306)/"
        replica.program("prometheus-mysqld-exporter", DATA_SOURCE_NAME=source_name)
        until(lambda: alerts.metrics(bundle) - {"up"} <= exported(replica), "every metric of the alerts")

        # A replica goes on where it was; the source comes back with the same data.
        replica.stop()
        query(source, "insert into app.orders values (5)")
        replica.start()
        until(lambda: kept(replica, "select max(id) from app.orders", "5"), "replication again", report=replica.said)
        source.stop()
        assert source.containers["mariadb"].process.returncode == 0
        assert query(source.start(), "select count(*) from app.orders") == "5"
        query(source, "insert into app.orders values (6)")
        until(lambda: kept(replica, "select max(id) from app.orders", "6"), "the source again", report=replica.said)

        # A backup, a restore that would do harm, and one that brings back what was lost.
        inside = Inside(yard.root, pod=source)
        told = {"MARIADB_HOST": source.address, "MYSQL_PWD": PASSWORDS["shop-auth"]["password"]}
        cloud = Cloud.at(inside, "root")
        Job(inside, bundle, "shop-backup", cloud, "root", told).run().sound()
        restore = Job(inside, bundle, "shop-restore", cloud, "root", told)
        assert restore.run().code == 2
        query(source, "drop table app.orders")
        restore.run().sound()
        assert query(source, "select count(*) from app.orders") == "6"
        until(lambda: kept(replica, "select count(*) from app.orders", "6"), "the replica", report=replica.said)


def test_a_replica_takes_over(tmp_path: Path) -> None:
    """The source dies; what it had is there, writes go on, and a restart changes nothing of that."""
    values = {"mariadbConfig": {"innodb_buffer_pool_size": "32M"}}
    bundle = render(tmp_path, "mariadb", "shop", topology="replication", secrets=SECRETS, values=values)
    with open_cluster(IMAGE, "mariadbd", without=["exporter"]) as cluster:
        cluster.apply(bundle, PASSWORDS)
        source = cluster.start("shop")
        query(source, "create table app.orders (id int primary key); insert into app.orders values (1), (2)")
        replica = cluster.start("shop-replica")
        assert role(source) == "source"
        query(source, "insert into app.orders values (3)")
        until(lambda: kept(replica, "select max(id) from app.orders", "3"), "replication", report=replica.said)

        promote = ("mariadb", "/bin/sh", "/tools/failover.sh")
        refused = source.execute(*promote)
        assert (refused.returncode, "only for instances in the role replica" in refused.stderr) == (2, True)
        refused = replica.execute(*promote)
        assert (refused.returncode, "answers: stop it first" in refused.stderr) == (2, True), refused.stderr
        assert role(replica) == "replica"

        source.kill()
        replica.run(*promote)
        assert role(replica) == "source"
        query(replica, "insert into app.orders values (4)")
        replica.stop()
        replica.start()
        assert role(replica) == "source"
        query(replica, "insert into app.orders values (5)")
        assert query(replica, "select group_concat(id order by id), @@server_id from app.orders").split() == [
            "1,2,3,4,5",
            "100",
        ]


def exported(pod: Pod) -> set[str]:
    return alerts.exported(pod.fetch("http://127.0.0.1:9104/metrics"))
