"""What the linter knows of other programs is what these programs say themselves."""

import re
import urllib.request

import pytest

from generator.stages.lint.commands import _FAILOVER, SAMPLES
from generator.stages.lint.known_metrics import EXPORTERS, is_unknown, nearest
from tests.servers.yard import Server, Yard

pytestmark = pytest.mark.e2e


def redis(yard: Yard, port: int, *options: str) -> Server:
    folder = yard.folder(f"redis-{port}")
    return yard.start(["redis-server", "--port", str(port), "--dir", str(folder), "--save", "", *options], port=port)


def cli(yard: Yard, port: int, *words: str) -> str:
    return yard.run("redis-cli", "-p", str(port), *words).out


def test_metrics_of_the_real_exporter_are_known(yard: Yard) -> None:
    """Those of an instance, of one that follows, and of a cluster's."""
    ports = [yard.free_port() for _ in range(3)]
    redis(yard, ports[0])
    redis(yard, ports[1], "--replicaof", "127.0.0.1", str(ports[0]))
    redis(yard, ports[2], "--cluster-enabled", "yes", "--cluster-port", str(yard.free_port()))
    cli(yard, ports[0], "set", "a", "1")
    seen: set[str] = set()
    for port in ports:
        own = yard.free_port()
        command = ["prometheus-redis-exporter", "-web.listen-address", f"127.0.0.1:{own}"]
        yard.start([*command, "-redis.addr", f"redis://127.0.0.1:{port}"], port=own)
        text = urllib.request.urlopen(f"http://127.0.0.1:{own}/metrics", timeout=60).read().decode()
        seen |= set(re.findall(r"^(redis_\w+)", text, re.MULTILINE))
    assert len(seen) > 100
    assert {name for name in seen if is_unknown(name)} == set()
    # And the table holds nothing made up: what is not seen here belongs to what is not started here.
    rest = {
        name for name in EXPORTERS["redis"][0] - seen if not re.match(r"redis_(sentinel|key|cluster|connected_c)", name)
    }
    assert len(rest) < 15, rest


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("redis_used_memory_bytes", "redis_memory_used_bytes"),
        ("redis_max_memory", "redis_memory_max_bytes"),
        ("redis_master_link_status", "redis_master_link_up"),
        ("redis_clients_connected", "redis_connected_clients"),
    ],
)
def test_the_nearest_metric(wrong: str, right: str) -> None:
    assert is_unknown(wrong)
    assert nearest(wrong) == right


def test_roles_as_redis_prints_them(yard: Yard) -> None:
    first, second = yard.free_port(), yard.free_port()
    redis(yard, first)
    redis(yard, second, "--replicaof", "127.0.0.1", str(first))
    for words, sample in SAMPLES.items():
        for port, expected in zip((first, second), sample.outputs, strict=True):
            said = cli(yard, port, *words[1:])
            known, real = expected.splitlines(), said.splitlines()
            lines = [one for one in known if one.startswith(("role:", "master", "slave", "# "))]
            assert all(one in real for one in lines if not one.startswith("master_")), (said, expected)


@pytest.mark.parametrize(
    "words",
    [
        "failover",
        "failover timeout 1000",
        "failover to 127.0.0.1 1",
        "failover to 127.0.0.1 1 force timeout 100",
        "failover abort",
        "failover --timeout 30s",
        "failover timeout",
        "failover timeout soon",
        "failover to 127.0.0.1",
        "failover now",
    ],
)
def test_the_form_of_a_failover(yard: Yard, words: str) -> None:
    """Redis complains of the form, or of something else: that there is no replica, for instance."""
    port = yard.free_port()
    redis(yard, port)
    said = cli(yard, port, *words.split())
    refused = "syntax error" in said or "not an integer" in said
    assert refused is not bool(_FAILOVER.fullmatch(words)), said


def test_redis_cli_succeeds_whatever_the_server_says(yard: Yard) -> None:
    port = yard.free_port()
    redis(yard, port)
    assert yard.run("redis-cli", "-p", str(port), "failover", "--timeout", "30s").code == 0
    assert yard.run("redis-cli", "-e", "-p", str(port), "failover", "--timeout", "30s").code != 0
