"""Rendered scripts tell the roles of a real PostgreSQL, and switch them. Those of Redis are in `test_redis.py`."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.servers.postgres import start
from tests.servers.yard import Server, Yard

pytestmark = pytest.mark.e2e

HOST = "127.0.0.1"


def postgres(yard: Yard, data: Path, port: int) -> Server:
    return start(yard, data, port, shared_buffers="16MB", fsync="off")


def test_postgresql(yard: Yard) -> None:
    secrets: Mapping[str, Mapping[str, str]] = {
        "auth": {"existingSecret": "auth"},
        "replication": {"existingSecret": "auth"},
    }
    bundle = yard.render("postgresql", name="db", topology="streaming", secrets=secrets)
    tools = {name: yard.configuration(bundle.texts(f"{name}-tool-scripts"), name) for name in ("db", "db-standby")}
    data, first, second = yard.folder("primary", owner="postgres"), yard.free_port(), yard.free_port()
    yard.run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync", user="postgres").sound()
    primary = postgres(yard, data, first)
    copy = yard.folder("standby", owner="postgres")
    yard.run(
        "pg_basebackup", "-h", HOST, "-p", str(first), "-U", "postgres", "-D", str(copy), "-R", "-X", "stream",
        "-c", "fast", user="postgres",
    ).sound()  # fmt: skip
    postgres(yard, copy, second)
    env = {"PGHOST": HOST, "PGUSER": "postgres", "PRIMARY_HOST": HOST}

    def run(name: str, script: str, port: int, primary_port: int = 0) -> tuple[int, str, str]:
        at = {**env, "PGPORT": str(port)}
        if primary_port:
            at["PRIMARY_HOST"] = f"{HOST} -p {primary_port}"
        done = yard.run("sh", f"{tools[name]}/{script}", env=at, user="postgres")
        return done.code, done.out, done.err

    assert run("db", "role.sh", first)[:2] == (0, "primary\n")
    assert run("db-standby", "role.sh", second)[:2] == (0, "standby\n")
    code, _, said = run("db", "failover.sh", first)
    assert code == 2, said
    assert "only for instances in the role standby" in said
    # Both listen on one address here, so the check finds the standby itself where it looks for the primary.
    code, _, said = run("db-standby", "failover.sh", second)
    assert code == 2, said
    assert "answers: stop it first" in said
    primary.kill()
    assert run("db", "role.sh", first)[0] == 1
    at = {**env, "PGPORT": str(second), "PRIMARY_HOST": "127.0.0.9"}
    done = yard.run("sh", f"{tools['db-standby']}/failover.sh", env=at, user="postgres")
    assert done.code == 0, done.err
    assert run("db-standby", "role.sh", second)[:2] == (0, "primary\n")
