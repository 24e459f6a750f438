"""Servers take the configuration as it was rendered, and say so."""

import pytest

from tests.servers import postgres
from tests.servers.yard import Yard

pytestmark = pytest.mark.e2e


def test_redis(yard: Yard) -> None:
    data, port = yard.folder("data"), yard.free_port()
    bundle = yard.render(
        "redis",
        values={
            "network": {"port": port},
            "storage": {"mountPath": str(data)},
            "auth": {"enabled": False},
            "redisConfig": {"bind": "127.0.0.1", "maxmemory": "64mb", "maxmemory-policy": "allkeys-lfu"},
        },
    )
    folder = yard.configuration(bundle.texts("cache-config"))
    yard.start(["redis-server", f"{folder}/redis.conf"], port=port)

    def setting(name: str) -> str:
        return yard.run("redis-cli", "-p", str(port), "config", "get", name).sound().out.split("\n")[1]

    assert setting("maxmemory") == str(64 * 1024 * 1024)
    assert setting("maxmemory-policy") == "allkeys-lfu"
    assert setting("dir") == str(data)
    assert setting("appendonly") == "yes"


def test_redis_refuses_what_it_does_not_know(yard: Yard) -> None:
    bundle = yard.render(
        "redis",
        values={"auth": {"enabled": False}, "redisConfig": {"maxmemroy": "64mb"}, "storage": {"mountPath": "/tmp"}},
    )
    folder = yard.configuration(bundle.texts("cache-config"))
    done = yard.run("redis-server", f"{folder}/redis.conf", "--port", "0")
    assert done.code == 1
    assert "maxmemroy" in done.out + done.err


def test_postgresql(yard: Yard) -> None:
    port = yard.free_port()
    bundle = yard.render(
        "postgresql",
        values={
            "network": {"port": port},
            "postgresConfig": {"shared_buffers": "16MB", "effective_cache_size": "32MB", "max_connections": "42"},
        },
        secrets={"auth": {"existingSecret": "auth"}},
    )
    data = yard.folder("data", owner="postgres")
    folder = yard.configuration(bundle.texts("cache-config"))
    yard.run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync", user="postgres").sound()
    postgres.start(yard, data, port, config_file=f"{folder}/postgresql.conf")

    def setting(name: str) -> str:
        query = f"show {name}"
        done = yard.run("psql", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-tAc", query, user="postgres")
        return done.sound().out.strip()

    assert setting("max_connections") == "42"
    assert setting("shared_buffers") == "16MB"
    assert setting("wal_level") == "replica"
