"""A PostgreSQL server of a test, without a pod around it."""

import signal
from pathlib import Path

from tests.servers.yard import Server, Yard

HOST = "127.0.0.1"


def start(yard: Yard, data: Path, port: int, **options: str) -> Server:
    """Start a server, and wait until it lets somebody in: it listens before that. *options* go before its file."""
    given = {
        "port": str(port),
        "listen_addresses": HOST,
        "unix_socket_directories": str(data.parent),
        "dynamic_shared_memory_type": "mmap",
        **options,
    }
    parts = [part for name, value in given.items() for part in ("-c", f"{name}={value}")]

    def ready() -> bool:
        return yard.run("pg_isready", "-h", HOST, "-p", str(port), user="postgres").code == 0

    return yard.start(["postgres", "-D", str(data), *parts], ready=ready, user="postgres", stop_signal=signal.SIGINT)
