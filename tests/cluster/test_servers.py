"""The servers of these tests leave nothing behind."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cluster.servers import dies_with_us

STARTER = """
import subprocess, sys, time
from tests.cluster.servers import dies_with_us
print(subprocess.Popen([*dies_with_us(), "sleep", "3600"]).pid, flush=True)
time.sleep(3600)
"""


@pytest.mark.skipif(not dies_with_us(), reason="only Linux kills a process with the one that started it")
def test_a_killed_run_leaves_no_server() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert starter.stdout
    server = int(starter.stdout.readline())
    # Until then it has not asked the kernel for anything: a parent that dies before leaves it behind.
    until(lambda: Path(f"/proc/{server}/comm").read_text() == "sleep\n")
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    starter.stdout.close()
    until(lambda: not alive(server))


def until(wanted: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not wanted():
        assert time.monotonic() < end
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether it runs: one that nobody has asked for its exit code does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
