"""etcd: three members from the bundle's own pods."""

import json
from pathlib import Path

import pytest

from tests.servers import alerts, roles
from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.job import Cloud, stand_ins
from tests.servers.pods import Image, Pod
from tests.servers.yard import ROOT

pytestmark = pytest.mark.e2e

PROGRAMS = ROOT / ".tools/etcd"
"""etcd, etcdctl and etcdutl in the version that the plugin's default image has."""

# Slow enough that nobody is taken for dead because the machine is busy.
PACE = {"heartbeat-interval": "300", "election-timeout": "3000"}
IMAGE = Image(users={65532: "nonroot"}, path="/opt/etcd", folders={"/opt/etcd": PROGRAMS}, files=stand_ins())
DESTINATION = {"provider": "s3", "bucket": "saved", "secretRef": "backup-s3"}


def etcdctl(pod: Pod, *command: str) -> str:
    return pod.run("etcd", "etcdctl", "--command-timeout=120s", *command)


def test_three_members(tmp_path: Path) -> None:
    config = {"quota-backend-bytes": "67108864", **PACE}
    bundle = render(tmp_path, "etcd", "registry", values={"etcdConfig": config})
    with open_cluster(IMAGE, str(PROGRAMS)) as cluster:
        cluster.apply(bundle)
        members = cluster.start_all("registry", 3)
        roles.wait(members, "etcd", "follower", "follower", "leader")
        assert "unrecognized environment variable" not in members[0].said()

        # Effective settings, and every metric of the alerts.
        metrics = members[0].fetch(f"http://{members[0].address}:2381/metrics")
        assert 'server_version="3.6.' in metrics
        assert "etcd_server_quota_backend_bytes 6.7108864e+07" in metrics
        assert alerts.metrics(bundle) - alerts.exported(metrics) == {"up"}  # which is Prometheus' own
        listed = json.loads(etcdctl(members[1], "member", "list", "-w", "json"))["members"]
        domain = "registry-headless.middleware.svc"
        assert {one["name"]: one["clientURLs"] for one in listed} == {
            f"registry-{ordinal}": [f"http://registry-{ordinal}.{domain}:2379"] for ordinal in range(3)
        }

        # What one writes, all have; the lead moves by the plugin's command, and by an accident.
        etcdctl(members[0], "put", "a", "1")
        leader = roles.who(members, "etcd", "leader")
        done = leader.execute("etcd", "/bin/sh", f"{roles.tools(leader, 'etcd')}/failover.sh")
        assert "failover: done" in done.stderr, done.stderr
        follower = roles.who(members, "etcd", "follower")
        refused = follower.execute("etcd", "/bin/sh", f"{roles.tools(follower, 'etcd')}/failover.sh")
        assert refused.returncode == 2
        roles.wait([leader], "etcd", "follower")
        leader = roles.who(members, "etcd", "leader")
        leader.kill()
        others = [pod for pod in members if pod is not leader]
        roles.wait(others, "etcd", "follower", "leader")
        assert etcdctl(others[0], "get", "--print-value-only", "a") == "1"
        leader.start()
        roles.wait([leader], "etcd", "follower")

        leader.stop()
        assert leader.containers["etcd"].process.returncode == 0


def test_a_backup_and_a_restore(tmp_path: Path) -> None:
    """A snapshot of one member, of which all three begin anew: in a cluster that has what was saved, and no more."""
    wish = {
        "values": {"etcdConfig": PACE},
        "backup": {"enabled": True, "destination": DESTINATION, "retention": {"keepLast": 2}},
    }
    running = render(tmp_path / "running", "etcd", "registry", **wish)
    stopped = render(tmp_path / "stopped", "etcd", "registry", **wish, state="Stopped")
    with open_cluster(IMAGE, str(PROGRAMS)) as cluster:
        cluster.apply(running, {"backup-s3": {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}})
        cloud = Cloud.within(cluster)
        here = {"CLOUD": str(cloud.root)}
        members = cluster.start_all("registry", 3)
        for number in range(20):
            etcdctl(members[0], "put", f"key-{number}", str(number))
        lease = etcdctl(members[0], "lease", "grant", "600").split()[1]
        etcdctl(members[0], "put", "--lease", lease, "leased", "x")
        for role_of in ("role add reader", "user add --no-password root"):
            etcdctl(members[0], *role_of.split())

        code, said = cluster.job("registry-backup", **here)
        assert code == 0, said
        assert [Path(one).name for one in cloud.files()] == ["SHA256SUMS", "snapshot.db"]
        assert cloud.files()[0].startswith("saved/test/registry/2")
        etcdctl(members[1], "put", "key-3", "after the backup")
        etcdctl(members[1], "del", "key-4")

        # Over data that are there, or under a cluster that runs, nothing is restored.
        code, said = cluster.job("registry-restore-0", **here)
        assert (code, "the group runs" in said) == (2, True), said
        cluster.apply(stopped)
        code, said = cluster.job("registry-restore-1", **here, MW_RESTORE_REPLACE="yes")
        assert (code, "a server answers" in said) == (2, True), said
        for member in members:
            member.stop()
        code, said = cluster.job("registry-restore-0", **here)
        assert (code, "there are data" in said) == (2, True), said
        damaged = next(cloud.root.rglob("snapshot.db"))
        whole = damaged.read_bytes()
        damaged.write_bytes(whole[:-1] + b"x")
        code, said = cluster.job("registry-restore-0", **here, MW_RESTORE_REPLACE="yes")
        assert (code, "snapshot.db: FAILED" in said) == (1, True), said
        damaged.write_bytes(whole)

        for number in range(3):
            code, said = cluster.job(f"registry-restore-{number}", **here, MW_RESTORE_REPLACE="yes")
            assert code == 0, said
        assert any(one.name.startswith(".before-restore-") for one in members[0].volume("data").iterdir())
        cluster.apply(running)
        members = cluster.start_all("registry", 3)
        assert etcdctl(members[2], "get", "--print-value-only", "key-3") == "3"
        assert len(etcdctl(members[1], "get", "--print-value-only", "--prefix", "key-").splitlines()) == 20
        assert etcdctl(members[0], "get", "--print-value-only", "leased") == "x"
        assert "reader" in etcdctl(members[0], "role", "list")
        roles.wait(members, "etcd", "follower", "follower", "leader")
        calls = [" ".join(one[:3]) for one in cloud.calls()]
        assert {"aws s3 cp", "aws s3 ls"} <= set(calls)
