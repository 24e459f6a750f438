"""Ports for servers of tests."""

import itertools
import os
import random
import socket
from collections.abc import Iterator

PORTS = range(10_000, 20_000)
"""Below those that the kernel gives to whoever connects to something, and so are those ten thousand above: a Redis
cluster's bus is there."""


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on now, and nobody else among the tests is going to.

    Between looking and listening another process could take a port: each of pytest's workers has ports of its own, and
    gives them away in turn.
    """
    free = (port for port in itertools.islice(_TURNS, len(PORTS)) if _is_free(port))
    found = list(itertools.islice(free, count))
    assert len(found) == count, f"no {count} free ports in {PORTS}"
    return found


def _own_ports(worker: str, workers: int) -> Iterator[int]:
    """The ports of one of pytest's workers, named `gw0` and so on, again and again, from a random one on."""
    own = PORTS[int(worker.removeprefix("gw") or 0) :: workers]
    start = random.randrange(len(own))
    return itertools.cycle((*own[start:], *own[:start]))


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


_TURNS = _own_ports(os.environ.get("PYTEST_XDIST_WORKER", ""), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))
