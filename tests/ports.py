"""Ports for servers of tests."""

import random
import socket

PORTS = range(10_000, 20_000)
"""Below those that the kernel gives to whoever connects to something, and so are those ten thousand above: a Redis
cluster's bus is there."""


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on now."""
    found: list[int] = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
        if len(found) == count:
            return found
    raise AssertionError(f"no {count} free ports in {PORTS}")
