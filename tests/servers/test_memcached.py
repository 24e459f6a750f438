"""Memcached: independent caches, from the bundle's own Deployment."""

from pathlib import Path

import pytest

from tests.servers.bundles import render
from tests.servers.cluster import open_cluster
from tests.servers.pods import Image

pytestmark = pytest.mark.e2e

IMAGE = Image(users={11211: "memcache"}, entrypoints={"memcached": ["memcached"]})


def test_a_cache(tmp_path: Path) -> None:
    values = {"memoryMegabytes": 48, "maxConnections": 77, "maxItemSize": "2m", "extraArgs": ["--disable-evictions"]}
    with open_cluster(IMAGE, "memcached", without=["exporter"]) as cluster:
        cluster.apply(render(tmp_path, "memcached", "cache", values=values))
        pod = cluster.start("cache", kind="Deployment")
        script = 'exec 3<>/dev/tcp/cache/11211; printf "stats settings\\r\\nquit\\r\\n" >&3; cat <&3'
        said = dict(line.split()[1:3] for line in pod.run("memcached", "bash", "-c", script).splitlines()[:-1])
        assert said["maxbytes"] == str(48 * 1024**2)
        assert said["maxconns"] == "77"
        assert said["item_size_max"] == str(2 * 1024**2)
        assert said["num_threads"] == "4"
        assert said["evictions"] == "off"
        pod.stop()
        assert pod.containers["memcached"].process.returncode == 0
