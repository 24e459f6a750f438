"""Where the time of a build goes: by stage, with clocks around each; and by function, as cProfile counts.

    python -m bench.profile_build 1000
    python -m bench.profile_build 1000 --scenario group --top 60 --save build.prof

One process does everything (`--workers 1`). The two tables come from two runs, each on a fleet of its own and in a
process of its own: cProfile makes small functions look dear, so the stages are timed without it. A stage that runs
inside another is shown below it. CPU is this process's, in and outside the kernel; a stage whose wall time is much
longer waited: for git (`git` is its processes), for the disk, or for others that use the machine.
"""

import argparse
import cProfile
import functools
import importlib
import inspect
import io
import multiprocessing
import os
import pstats
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from compileall import compile_dir
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import fleet

HERE = Path(__file__).parent.parent

STAGES: Mapping[str, Sequence[str]] = {
    "look": ("entrypoints.quick:look",),
    "narrow": ("pipeline.incremental:narrowed",),
    "load": ("pipeline:read", "stages.load:catalog"),
    "list files": ("outside.files:WorkingTree.files",),
    "read": ("outside.files:WorkingTree.read", "outside.output:Output.read"),
    "parse": ("yamlio.load:documents",),
    "resolve": ("stages.resolve:Resolver.plans",),
    "locks": ("outside.output:Output.lock",),
    "compile": ("pipeline.bundle:compiled",),
    "project": ("stages.project:values", "stages.project:components"),
    "render": ("stages.render:Rendering.resources",),
    "template": ("engines.gohelm:GoProgram.render", "engines.jinja:JinjaProgram.render"),
    "check": ("stages.render:check_object",),
    "fingerprint": ("stages.fingerprint:fingerprint",),
    "expand": ("stages.expand:expanded",),
    "transform": ("stages.transform:transformed",),
    "validate": (
        "stages.validate:bundle", "stages.validate:identities", "stages.validate:circles",
        "stages.validate:claims", "pipeline.incremental:strangers",
    ),
    "objects": ("stages.objects:findings",),
    "blame": ("stages.blame:Blame.told",),
    "order": ("stages.operate:check_runtime", "stages.operate:decide", "stages.sequence:waves"),
    "emit": ("stages.assemble:files", "stages.assemble:moved"),
    "dump": ("yamlio.dump:dump",),
    "compare": (
        "stages.assemble:locked_waves", "stages.assemble:same", "stages.assemble:outcome",
        "stages.protect:immutable_values", "stages.protect:values", "stages.protect:change",
    ),
    "lock text": ("model.bundle:Lock.dump",),
    "deliver": ("stages.deliver:bundle", "stages.deliver:written", "stages.deliver:environment"),
    "spool": ("outside.spool:Spool.prepare", "outside.spool:Spool.keep", "outside.spool:Spool.close"),
    "write": ("pipeline:write",),
    "remember": (
        "pipeline.incremental:update", "outside.index:Index.store", "outside.pending:Pending.wrote",
        "entrypoints.quick:remember_settings",
    ),
    "commit": ("entrypoints.committing:say",),
    "doubts": ("outside.git.draft:Draft.differing", "pipeline.commit:_different"),
    "trees": ("outside.git.draft:Draft.build",),
    "git": ("outside.process:finish", "outside.process:Dialogue.line", "outside.process:Dialogue.exactly"),
    "report": ("entrypoints.commands.generate:_say",),
}  # fmt: skip
"""The functions, below `generator`, whose time is a stage's. `start` is the import of all modules that they are in."""

SCENARIOS = ("cold", "no-op", "group", "plugin")


Stages = tuple[str, ...]
"""A stage, and those that it runs in before it."""


def now() -> tuple[float, float]:
    """Wall and CPU seconds."""
    return time.perf_counter(), time.process_time()


@dataclass(slots=True)
class Clock:
    """Adds up seconds by the path of stages that were running: `("render", "parse")`."""

    wall: dict[Stages, float] = field(default_factory=lambda: defaultdict(float))
    cpu: dict[Stages, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[Stages] = field(default_factory=Counter)
    _path: Stages = ()
    _since: tuple[float, float] = field(default_factory=now)

    def enter(self, stage: str) -> bool:
        """Start a stage; False where it runs already."""
        if self._path and self._path[-1] == stage:
            return False
        self._switch((*self._path, stage))
        self.calls[self._path] += 1
        return True

    def leave(self) -> None:
        """End the innermost stage."""
        self._switch(self._path[:-1])

    def _switch(self, path: Stages) -> None:
        wall, cpu = now()
        self.wall[self._path] += wall - self._since[0]
        self.cpu[self._path] += cpu - self._since[1]
        self._path, self._since = path, (wall, cpu)

    def around(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """*function*, timed; of a generator function, the time in which it runs."""
        if inspect.isgeneratorfunction(function):

            @functools.wraps(function)
            def timed_generator(*args: Any, **kwargs: Any) -> Iterator[Any]:
                iterator = function(*args, **kwargs)
                while True:
                    entered = self.enter(stage)
                    try:
                        item = next(iterator)
                    except StopIteration:
                        return
                    finally:
                        if entered:
                            self.leave()
                    yield item

            return timed_generator

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            entered = self.enter(stage)
            try:
                return function(*args, **kwargs)
            finally:
                if entered:
                    self.leave()

        return timed


def install(clock: Clock) -> list[str]:
    """Put *clock* around every function of STAGES, wherever it was imported to; return those that are not there."""
    missing = []
    for stage, names in STAGES.items():
        for name in names:
            module_name, _, path = name.partition(":")
            *outer, last = path.split(".")
            try:
                holder: Any = importlib.import_module(f"generator.{module_name}")
                for part in outer:
                    holder = getattr(holder, part)
                function = inspect.getattr_static(holder, last)
            except (ImportError, AttributeError):
                missing.append(name)
                continue
            timed = clock.around(stage, function)
            setattr(holder, last, timed)
            for module in [one for key, one in sys.modules.items() if key.startswith("generator.")]:
                for key, value in list(vars(module).items()):
                    if value is function:
                        setattr(module, key, timed)
    return missing


def generate(root: str) -> None:
    """What the command does, in this process alone."""
    from generator.entrypoints.cli import main

    with redirect_stdout(io.StringIO()):
        status = main.main(["generate", "--commit", "--workers", "1", "--root", root], "mwgen", standalone_mode=False)
    assert not status, status


def timed_run(root: str) -> tuple[Clock, list[str]]:
    """A build with a clock around each stage."""
    clock = Clock()
    clock.enter("start")
    importlib.import_module("generator.entrypoints.commands.generate")
    missing = install(clock)
    clock.leave()
    generate(root)
    clock.enter("end")
    return clock, missing


def profiled_run(root: str) -> None:
    """A build under cProfile, whose figures go beside *root*."""
    importlib.import_module("generator.entrypoints.commands.generate")
    profile = cProfile.Profile()
    profile.runcall(generate, root)
    profile.dump_stats(f"{root}.prof")


def apart(function: Callable[[str], Any], root: str) -> Any:
    """The answer of *function* in a process that has imported nothing of ours yet, with a cache beside *root*."""
    surroundings = {"XDG_CACHE_HOME": f"{root}-cache"}
    with multiprocessing.get_context("fork").Pool(1, os.environ.update, (surroundings,)) as pool:
        return pool.apply(function, (root,))


def prepare(root: Path, count: int, scenario: str) -> None:
    """A fleet just before the run that is measured."""
    fleet.write(root, count, single_plugin=scenario == "plugin")
    if scenario == "cold":
        return
    apart(generate, str(root))
    if scenario == "group":
        fleet.touch_group(root)
    elif scenario == "plugin":
        fleet.touch_plugin(root)
    if scenario != "no-op":
        fleet.commit(root, "a change")


def stage_table(clock: Clock, count: int) -> Iterator[str]:
    """The stages as a tree, dearest first, in milliseconds: with what runs inside, and without."""
    wall, cpu = _inclusive(clock.wall), _inclusive(clock.cpu)
    yield f"{'stage':24}{'wall ms':>9}{'CPU ms':>9}{'alone':>9}{'% CPU':>7}{'calls':>9}{'CPU µs a bundle':>17}"

    def line(path: Stages, name: str, seconds: tuple[float, float]) -> str:
        spent, used = seconds
        return (
            f"{name:24}{spent * 1e3:9.1f}{used * 1e3:9.1f}{clock.cpu[path] * 1e3:9.1f}"
            f"{used / cpu[()] * 100:7.1f}{clock.calls[path] or '':9}{used / count * 1e6:17.0f}"
        )

    def lines(path: Stages) -> Iterator[str]:
        inside = [one for one in wall if len(one) == len(path) + 1 and one[: len(path)] == path]
        for one in sorted(inside, key=lambda each: -wall[each]):
            yield line(one, "  " * len(path) + one[-1], (wall[one], cpu[one]))
            yield from lines(one)

    yield from lines(())
    yield line((), "in no stage", (clock.wall[()], clock.cpu[()]))
    yield f"{'all':24}{wall[()] * 1e3:9.1f}{cpu[()] * 1e3:9.1f}"


def _inclusive(seconds: Mapping[Stages, float]) -> dict[Stages, float]:
    """By path, with all that ran inside."""
    result: dict[Stages, float] = defaultdict(float)
    for path, spent in seconds.items():
        for depth in range(len(path) + 1):
            result[path[:depth]] += spent
    return result


def function_table(file_of_figures: str, top: int) -> Iterator[str]:
    """The functions that cost most by themselves."""
    stats: Mapping[Any, Any] = vars(pstats.Stats(file_of_figures))["stats"]
    total = sum(one[2] for one in stats.values())
    yield f"{'alone ms':>9}{'%':>6}{'all ms':>9}{'calls':>10}{'µs each':>9}  function"
    for (file, line, name), (_, calls, own, cumulative, _) in sorted(stats.items(), key=lambda one: -one[1][2])[:top]:
        yield (
            f"{own * 1e3:9.1f}{own / total * 100:6.1f}{cumulative * 1e3:9.1f}{calls:10}{own / calls * 1e6:9.2f}"
            f"  {_short(file)}{f':{line} ' if line else ''}{name}"
        )


def _short(file: str) -> str:
    for base in (HERE, Path(sys.prefix), Path(sys.base_prefix)):
        if Path(file).is_relative_to(base):
            return str(Path(file).relative_to(base))
    return "" if file == "~" else file


def report(count: int, scenario: str, top: int, save: str, place: str | None) -> Iterable[str]:
    """Both tables. The fleets are made in a new folder in *place* (None: where temporary files go)."""
    yield f"CPython {sys.version.split()[0]}, {count} groups, {scenario}, one process, commit included"
    with tempfile.TemporaryDirectory(prefix="mwgen-profile-", dir=place) as folder:
        roots = [Path(folder, name) for name in ("timed", "profiled")]
        for root in roots:
            prepare(root, count, scenario)
        clock, missing = apart(timed_run, str(roots[0]))
        yield from ("", *stage_table(clock, count))
        yield from (f"no such function any more: {name}" for name in missing)
        apart(profiled_run, str(roots[1]))
        kept = f"{roots[1]}.prof"
        yield from ("", *function_table(kept, top))
        if save:
            shutil.copy(kept, save)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description="Say where the time of a build goes.")
    parser.add_argument("count", type=int, nargs="?", default=1000, help="how many groups")
    parser.add_argument("--scenario", choices=SCENARIOS, default="cold")
    parser.add_argument("--top", type=int, default=40, help="how many functions to show")
    parser.add_argument("--place", metavar="DIR", help="the folder to work in, such as one in memory")
    parser.add_argument("--save", default="", metavar="FILE", help="keep cProfile's figures, for a viewer")
    chosen = parser.parse_args()
    compile_dir(HERE / "generator", quiet=2)
    for line in report(chosen.count, chosen.scenario, chosen.top, chosen.save, chosen.place):
        print(line, flush=True)


if __name__ == "__main__":
    main()
