"""PostgreSQL: a primary and a standby that begins as its copy, from the bundle's own pods."""

import signal
from pathlib import Path

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image, Pod
from tests.servers.yard import ROOT, Bundle, until

pytestmark = pytest.mark.e2e

BIN = next((str(one) for one in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), "/usr/lib/postgresql")
# What the image's entry point does with an empty data folder.
ENTRY_POINT = """#!/bin/bash
set -euo pipefail
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --no-sync -D "$PGDATA" -U postgres --pwfile=<(printf '%s' "$POSTGRES_PASSWORD") $POSTGRES_INITDB_ARGS
  export PGPASSWORD="$POSTGRES_PASSWORD"
  pg_ctl -D "$PGDATA" -o "-c listen_addresses=''" -w start
  createdb "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do "$script"; done
  pg_ctl -D "$PGDATA" -m fast -w stop
fi
unset PGPASSWORD
exec "$@"
"""
EXPORTER = ROOT / ".tools/bin/postgres_exporter"
"""Debian's is of a time before the replica's lag had its name of today."""

IMAGE = Image(
    users={999: "postgres"},
    folders={"/exporter": EXPORTER.parent},
    entrypoints={"exporter": ["/exporter/postgres_exporter"]},
    path=BIN,
    files={"/usr/local/bin/docker-entrypoint.sh": ENTRY_POINT},
    stop_signals={"postgresql": signal.SIGINT},
)
SECRETS = {"auth": {"existingSecret": "ledger"}, "replication": {"existingSecret": "ledger", "key": "replication"}}
PASSWORDS = {"ledger": {"password": "it's a secret", "replication": "another: one\\"}}


PSQL = ("postgresql", "psql", "-tA", "-d", "app", "-c")


def query(pod: Pod, text: str) -> str:
    return pod.run(*PSQL, text)


def kept(pod: Pod, text: str, wanted: str) -> bool:
    """Whether a query comes to what is *wanted*, on a standby, which may not have the table yet."""
    done = pod.execute(*PSQL, text)
    return done.returncode == 0 and done.stdout.strip() == wanted


METRICS = "http://127.0.0.1:9187/metrics"


def missing(bundle: Bundle, pod: Pod) -> set[str]:
    """The metrics that alerts name and the exporter in the pod does not have (yet)."""
    return alerts.metrics(bundle) - alerts.exported(pod.fetch(METRICS)) - {"up"}


def test_a_primary_and_a_standby(tmp_path: Path) -> None:
    values = {"postgresConfig": {"shared_buffers": "16MB", "effective_cache_size": "32MB", "max_connections": "42"}}
    bundle = render(tmp_path, "postgresql", "ledger", topology="streaming", secrets=SECRETS, values=values)
    with open_cluster(IMAGE, "postgres", str(EXPORTER)) as cluster:
        cluster.apply(bundle, PASSWORDS)
        primary = cluster.start("ledger")
        for name, wanted in {"max_connections": "42", "shared_buffers": "16MB", "data_checksums": "on"}.items():
            assert query(primary, f"show {name}") == wanted
        query(primary, "create table orders as select generate_series(1, 100) as id")

        standby = cluster.start("ledger-standby")
        assert (roles.role(primary, "postgresql"), roles.role(standby, "postgresql")) == ("primary", "standby")
        until(lambda: kept(standby, "select count(*) from orders", "100"), "the copy", report=standby.said)
        query(primary, "insert into orders values (101)")
        until(lambda: kept(standby, "select max(id) from orders", "101"), "replication", report=standby.said)

        # Only with a password, except for the exporter on the pod's own loopback.
        refused = standby.execute("postgresql", "psql", "-h", "ledger", "-c", "select 1", PGPASSWORD="wrong")
        assert "password authentication failed" in refused.stderr
        for pod in (primary, standby):
            until(lambda pod=pod: not missing(bundle, pod), "every metric of the alerts", report=pod.said)  # type: ignore[misc]
        until(lambda: "pg_replication_is_replica 1" in standby.fetch(METRICS), "the replica's metric")

        # A standby takes over only where the primary is gone.
        promote = ("postgresql", "/bin/sh", "/tools/failover.sh")
        assert standby.execute(*promote).returncode == 2
        primary.stop()
        assert primary.containers["postgresql"].process.returncode == 0
        standby.run(*promote)
        assert roles.role(standby, "postgresql") == "primary"
        query(standby, "insert into orders values (102)")
