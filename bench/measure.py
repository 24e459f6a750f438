"""What a command costs: time until it has ended, CPU of it and of all that it started, memory.

Figures come from the kernel's account of the ended process (`wait4`). Its peak memory there is that of the largest
single process; what all of them hold at once is sampled, in a run of its own, because sampling costs time.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from compileall import compile_dir
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent.parent
_SAMPLE_SECONDS = 0.025
_MEGABYTE = 1 << 20
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


class FailedError(Exception):
    """A command that was to be measured went wrong; the message ends with what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run: seconds, and bytes."""

    wall: float
    cpu: float
    """User and system, of the process and of all that it waited for."""

    largest: int
    """The peak of the largest process, pages shared with others included. Never under what we hold ourselves."""


@dataclass(slots=True)
class Figures:
    """The costs of several runs of one thing."""

    runs: list[Cost] = field(default_factory=list)
    together: int | None = None
    """The peak of all processes at one moment, shared pages counted once, in bytes; None: not sampled."""

    def spread(self, pick: Callable[[Cost], float]) -> tuple[float, float, float]:
        """Median, least, most."""
        values = [pick(one) for one in self.runs]
        return median(values), min(values), max(values)

    @property
    def wall(self) -> float:
        """The median, in seconds."""
        return self.spread(lambda one: one.wall)[0]

    @property
    def cpu(self) -> float:
        """The median, in seconds."""
        return self.spread(lambda one: one.cpu)[0]

    @property
    def largest(self) -> int:
        """The most that any run had, in bytes."""
        return max(one.largest for one in self.runs)

    def scaled(self, factor: float) -> "Figures":
        """The same runs as if each had done *factor* times the work; memory stays."""
        runs = [Cost(wall=one.wall * factor, cpu=one.cpu * factor, largest=one.largest) for one in self.runs]
        return Figures(runs, self.together)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {"runs": [asdict(one) for one in self.runs], "together": self.together}


def run(argv: Sequence[str], cwd: Path, env: Mapping[str, str], *, sample: Callable[[int], None] | None = None) -> Cost:
    """Run *argv* to its end.

    Args:
        argv: the program, with its path, and its arguments.
        cwd: where.
        env: its whole environment.
        sample: called with the process id as long as it runs.

    Raises:
        FailedError: it ended with another status than 0.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        watcher = threading.Thread(target=sample, args=(process.pid,)) if sample else None
        if watcher:
            watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if watcher:
            watcher.join()
        if process.returncode:
            said.seek(0)
            text = said.read().decode("utf-8", "replace")[-2000:]
            raise FailedError(f"{' '.join(argv)} ended with {process.returncode}:\n{text}")
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, largest=usage.ru_maxrss * _MAXRSS_UNIT)


def own_peak() -> int:
    """The peak memory of this process, in bytes: what it starts begins its own account with that."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_UNIT


def run_sampled(argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> int | None:
    """The peak memory in bytes of *argv* and all its descendants together; None where the kernel does not tell.

    Proportional set sizes are added up, in which a page that several processes share counts once.
    """
    peak = 0

    def sample(pid: int) -> None:
        nonlocal peak
        while Path(f"/proc/{pid}/stat").exists():
            peak = max(peak, sum(map(_proportional, _family(pid))))
            time.sleep(_SAMPLE_SECONDS)

    run(argv, cwd, env, sample=sample)
    return peak or None


def _family(pid: int) -> Iterator[int]:
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))


def _proportional(pid: int) -> int:
    """Bytes; 0 for a process that has just ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def environment(home: Path) -> dict[str, str]:
    """The surroundings of what is measured: compiled modules are used and kept; no user's settings, an own cache."""
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
    ours = {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "LC_ALL": "C.UTF-8"}
    return {"PATH": os.environ["PATH"], **ours, **who}


_WHO = {"NAME": "Bench", "EMAIL": "bench@example.com"}


def compile_modules() -> None:
    """See to it that no measured process compiles our modules."""
    compile_dir(HERE / "generator", quiet=2)
    compile_dir(HERE / "bench", quiet=2)


def settle() -> None:
    """Let the disk finish what earlier runs wrote, so that nobody else pays for it."""
    os.sync()


def megabytes(count: int | None) -> str:
    """For a table."""
    return "" if count is None else f"{count / _MEGABYTE:.0f}"


def machine(place: Path) -> dict[str, str]:
    """What the figures were taken on."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "processors": f"{count} of {_processor()}",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB",
        "file system": _file_system(place),
        "Python": sys.version.split()[0],
        "git": said("git", "--version").removeprefix("git version "),
        "load before": load(),
    }


def load() -> str:
    """How many processes wanted a processor, over the last minute. On a quiet machine: none."""
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return os.uname().machine


def _file_system(place: Path) -> str:
    """The type of the file system that *place* is on."""
    found = ("", "unknown")
    with suppress(OSError):
        for line in Path("/proc/self/mounts").read_text().splitlines():
            _, mounted, kind, *_ = line.split()
            if place.resolve().is_relative_to(mounted) and len(mounted) >= len(found[0]):
                found = (mounted, kind)
    return found[1]


def said(*argv: str) -> str:
    """What a command prints; raises subprocess.CalledProcessError."""
    return subprocess.run(argv, check=True, capture_output=True, text=True).stdout.strip()


def write_json(path: Path, value: object) -> None:
    """*value* as a file that people can read, too."""
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
