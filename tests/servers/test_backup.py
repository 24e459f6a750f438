"""Rendered backups make a round trip: data, saved from a real server, uploaded, fetched, brought back into another."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.servers.job import Cloud, Job
from tests.servers.postgres import start
from tests.servers.yard import Bundle, Server, Yard, until

pytestmark = pytest.mark.e2e

HOST = "127.0.0.1"
DESTINATIONS: dict[str, dict[str, Any]] = {
    "s3": {"provider": "s3", "bucket": "saved", "prefix": "a/b", "secretRef": "s3"},
    "minio": {"provider": "minio", "bucket": "saved", "endpoint": "http://minio:9000"},
    "gcs": {"provider": "gcs", "bucket": "saved", "secretRef": "gcs"},
    "azure": {"provider": "azure", "bucket": "saved", "prefix": "x"},
}


def redis(yard: Yard, data: Path, port: int) -> Server:
    options = ["--port", str(port), "--bind", HOST, "--dir", str(data), "--appendonly", "yes"]

    def ready() -> bool:  # it listens before it has read its data
        return yard.run("redis-cli", "-h", HOST, "-p", str(port), "ping").out.strip() == "PONG"

    return yard.start(["redis-server", *options], ready=ready)


def cli(yard: Yard, port: int, *words: str, stdin: str = "") -> str:
    return yard.run("redis-cli", "-h", HOST, "-p", str(port), *words, stdin=stdin).sound().out.strip()


def render_redis(
    yard: Yard, port: int, destination: Mapping[str, Any], state: str = "Running", **backup: Any
) -> Bundle:
    return yard.render(
        "redis",
        values={"network": {"port": port}},
        secrets={"auth": {"existingSecret": "auth"}},
        backup={"enabled": True, "destination": destination, **backup},
        state=state,
    )


def env(port: int, **more: str) -> dict[str, str]:
    return {"REDIS_HOST": HOST, "REDIS_PORT": str(port), **more}


@pytest.mark.parametrize("provider", DESTINATIONS)
def test_redis(yard: Yard, provider: str) -> None:
    first, port = yard.folder("first"), yard.free_port()
    server = redis(yard, first, port)
    cli(yard, port, stdin="".join(f"set key:{number} value-{number}\n" for number in range(500)))
    cloud = Cloud.at(yard, "nobody")
    bundle = render_redis(yard, port, DESTINATIONS[provider])
    Job(yard, bundle, "cache-backup", cloud, "nobody", env(port)).run().sound()
    files = cloud.files()
    assert [Path(one).name for one in files] == ["SHA256SUMS", "dump.rdb"]
    prefix = DESTINATIONS[provider].get("prefix")
    assert files[0].startswith(f"saved/{prefix}/test/cache/2" if prefix else "saved/test/cache/2")
    server.stop()

    second = yard.folder("second")
    stopped = render_redis(yard, port, DESTINATIONS[provider], state="Stopped")
    Job(yard, stopped, "cache-restore", cloud, "nobody", env(port, MW_DATA_PATH=str(second))).run().sound()
    redis(yard, second, port)
    assert cli(yard, port, "dbsize") == "500"
    assert cli(yard, port, "get", "key:499") == "value-499"
    assert cli(yard, port, "config", "get", "appendonly").split() == ["appendonly", "yes"]


def test_what_a_restore_refuses(yard: Yard) -> None:
    first, port = yard.folder("first"), yard.free_port()
    server = redis(yard, first, port)
    cli(yard, port, "set", "a", "1")
    cloud = Cloud.at(yard, "nobody")
    destination = DESTINATIONS["s3"]
    running = render_redis(yard, port, destination)
    stopped = render_redis(yard, port, destination, state="Stopped")
    empty = yard.folder("empty")

    def restore(bundle: Bundle, data: Path, **more: str) -> tuple[int, str]:
        done = Job(yard, bundle, "cache-restore", cloud, "nobody", env(port, MW_DATA_PATH=str(data))).run(**more)
        return done.code, done.err

    code, said = restore(running, empty)
    assert (code, "the group runs" in said) == (2, True), said
    code, said = restore(stopped, empty)
    assert (code, "a server answers" in said) == (2, True), said
    Job(yard, running, "cache-backup", cloud, "nobody", env(port)).run().sound()
    server.stop()
    code, said = restore(stopped, first)
    assert (code, "there are data" in said) == (2, True), said
    code, said = restore(stopped, empty, MW_RESTORE_DATE="20010101T000000Z")
    assert code != 0, said
    assert not any(empty.iterdir())

    # To replace what is there moves it aside.
    code, said = restore(stopped, first, MW_RESTORE_REPLACE="yes")
    assert code == 0, said
    aside = next(one for one in first.iterdir() if one.name.startswith(".before-restore-"))
    assert (aside / "appendonlydir").is_dir()
    redis(yard, first, port)
    assert cli(yard, port, "get", "a") == "1"


def test_a_damaged_backup_is_not_restored(yard: Yard) -> None:
    port = yard.free_port()
    server = redis(yard, yard.folder("first"), port)
    cloud = Cloud.at(yard, "nobody")
    Job(yard, render_redis(yard, port, DESTINATIONS["s3"]), "cache-backup", cloud, "nobody", env(port)).run().sound()
    server.stop()
    dump = next(cloud.root.rglob("dump.rdb"))
    dump.write_bytes(dump.read_bytes() + b"x")
    empty = yard.folder("empty")
    stopped = render_redis(yard, port, DESTINATIONS["s3"], state="Stopped")
    done = Job(yard, stopped, "cache-restore", cloud, "nobody", env(port, MW_DATA_PATH=str(empty))).run()
    assert done.code != 0
    assert "dump.rdb: FAILED" in done.err
    assert not any(empty.iterdir())


def test_a_backup_that_fails_uploads_nothing(yard: Yard) -> None:
    cloud = Cloud.at(yard, "nobody")
    port = yard.free_port()
    done = Job(yard, render_redis(yard, port, DESTINATIONS["s3"]), "cache-backup", cloud, "nobody", env(port)).run()
    assert done.code != 0
    assert not cloud.files()


@pytest.mark.parametrize("provider", DESTINATIONS)
def test_retention(yard: Yard, provider: str) -> None:
    """Three are kept; what is not whole does not count, and goes with what is older; other folders stay."""
    port = yard.free_port()
    redis(yard, yard.folder("first"), port)
    cloud = Cloud.at(yard, "nobody")
    bundle = render_redis(yard, port, DESTINATIONS[provider], retention={"keepLast": 3})
    job = Job(yard, bundle, "cache-backup", cloud, "nobody", env(port))
    job.run().sound()
    saved = next(cloud.root.rglob("SHA256SUMS")).parent
    base = saved.parent

    def make(name: str, *, whole: bool = True) -> None:
        folder = base / name
        folder.mkdir()
        (folder / "dump.rdb").write_text("x")
        if whole:
            (folder / "SHA256SUMS").write_text("x")
        for path in (folder, *folder.iterdir()):
            path.chmod(0o777)

    for name in ("20200101T000000Z", "20200102T000000Z", "20200103T000000Z"):
        make(name)
    make("20200102T120000Z", whole=False)
    make("precious")
    until(lambda: time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) > saved.name, "the next second")
    job.run().sound()
    kept = sorted(one.name for one in base.iterdir())
    assert kept[0] == "20200103T000000Z"
    assert kept[-1] == "precious"
    assert len(kept) == 4, kept


def test_days(yard: Yard) -> None:
    port = yard.free_port()
    redis(yard, yard.folder("first"), port)
    cloud = Cloud.at(yard, "nobody")
    bundle = render_redis(yard, port, DESTINATIONS["s3"], retention={"keepLast": 0, "keepDays": 7})
    job = Job(yard, bundle, "cache-backup", cloud, "nobody", env(port))
    job.run().sound()
    base = next(cloud.root.rglob("SHA256SUMS")).parents[1]
    for name in ("20200101T000000Z", "29990101T000000Z"):
        (base / name).mkdir(mode=0o777)
        (base / name / "SHA256SUMS").write_text("x")
        (base / name).chmod(0o777)
    job.run().sound()
    assert "20200101T000000Z" not in {one.name for one in base.iterdir()}
    assert "29990101T000000Z" in {one.name for one in base.iterdir()}


def postgres(yard: Yard, data: Path, port: int) -> Server:
    return start(yard, data, port, shared_buffers="16MB", fsync="off")


def test_postgresql(yard: Yard) -> None:
    first, port = yard.folder("first", owner="postgres"), yard.free_port()
    data = first / "pgdata"
    yard.run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "--no-sync", user="postgres").sound()
    server = postgres(yard, data, port)

    def sql(query: str) -> str:
        words = ("psql", "-h", HOST, "-p", str(port), "-U", "postgres", "-tAc", query)
        return yard.run(*words, user="postgres").sound().out.strip()

    sql("create table kept as select n, md5(n::text) from generate_series(1, 1000) as n")
    cloud = Cloud.at(yard, "postgres")
    wish: dict[str, Any] = {
        "name": "db",
        "secrets": {"auth": {"existingSecret": "auth"}},
        "backup": {"enabled": True, "destination": DESTINATIONS["gcs"]},
    }
    at = {"PGHOST": HOST, "PGPORT": str(port)}
    Job(yard, yard.render("postgresql", **wish), "db-backup", cloud, "postgres", at).run().sound()
    assert {Path(one).name for one in cloud.files()} == {
        "SHA256SUMS",
        "backup_manifest",
        "base.tar.gz",
        "pg_wal.tar.gz",
    }
    before = sql("select md5(string_agg(md5, '' order by n)) from kept")
    stopped = yard.render("postgresql", **wish, state="Stopped")
    second = yard.folder("second", owner="postgres")
    job = Job(yard, stopped, "db-restore", cloud, "postgres", {**at, "MW_DATA_PATH": str(second)})
    done = job.run()
    assert (done.code, "a server answers" in done.err) == (2, True)
    server.stop()
    job.run().sound()
    postgres(yard, second / "pgdata", port)
    assert sql("select md5(string_agg(md5, '' order by n)) from kept") == before


def test_credentials_are_never_written(yard: Yard) -> None:
    for destination in DESTINATIONS.values():
        bundle = render_redis(yard, 6379, destination)
        spec = bundle.get("CronJob", "cache-backup")["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        (upload,) = spec["containers"]
        if destination["provider"] == "gcs":
            assert {"name": "credentials", "secret": {"secretName": "gcs", "defaultMode": 0o440}} in spec["volumes"]
        elif "secretRef" in destination:
            assert upload["envFrom"] == [{"secretRef": {"name": destination["secretRef"]}}]
        secret = [one for one in spec["initContainers"][0]["env"] if "valueFrom" in one]
        assert [one["name"] for one in secret] == ["REDISCLI_AUTH"]
