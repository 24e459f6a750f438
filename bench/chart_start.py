"""One chart: in a process of its own, and in this one; Helm beside us.

    python -m bench.chart_start                 # the chart that `helm create` makes
    python -m bench.chart_start PATH --times 50

Every text that is measured is checked to be Helm's, byte for byte.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.measure import Figures, compile_modules, environment, run, settle
from generator.engines.helm.charts.chart import load_chart
from generator.engines.helm.charts.render import Release, Surroundings, render
from generator.outside.answers import Watch
from generator.outside.chance import Machine
from generator.outside.chart_files import read_chart

MWGEN = str(Path(sys.executable).with_name("mwgen"))


def processes(chart: Path, place: Path, times: int) -> None:
    """Fresh processes, one after the other in turns, so that a slow moment meets all."""
    env = environment(place)
    work = place / "work"  # a cache below the folder that a command is started in is trusted by none
    work.mkdir()
    words = ["template", "r", str(chart)]
    rows: dict[str, Callable[[int], list[str]]] = {
        "python -c pass": lambda _: [sys.executable, "-c", "pass"],
        "helm template": lambda _: ["helm", *words],
        "mwgen chart template, nothing changed": lambda _: [MWGEN, "chart", *words],
        "… other values, templates compiled before": lambda n: [MWGEN, "chart", *words, "--set", f"salt={n}"],
        "… nothing known": lambda _: [MWGEN, "chart", *words],
    }
    helms = subprocess.run(["helm", *words], env=env, capture_output=True, check=True).stdout
    for _ in range(2):
        mine = subprocess.run([MWGEN, "chart", *words], cwd=work, env=env, capture_output=True, check=True).stdout
        assert mine == helms, "Helm prints something else"
    figures = {name: Figures() for name in rows}
    for number in range(times):
        for name, argv in rows.items():
            surroundings = env
            if name.endswith("nothing known"):
                surroundings = {**env, "XDG_CACHE_HOME": str(place / f"cache-{number}")}
            figures[name].runs.append(run(argv(number), work, surroundings))
    print(f"{'a process of its own':45}  wall ms (least)   CPU ms (least)")
    for name, one in figures.items():
        wall, cpu = one.spread(lambda cost: cost.wall), one.spread(lambda cost: cost.cpu)
        print(f"{name:45} {wall[0] * 1e3:7.1f} ({wall[1] * 1e3:5.1f})  {cpu[0] * 1e3:7.1f} ({cpu[1] * 1e3:5.1f})")


def in_process(chart: Path, times: int) -> None:
    """The chart loaded once, rendered again and again."""
    import helm_python

    theirs = helm_python.Chart.load(str(chart))
    ours = load_chart(read_chart(str(chart), lambda _: None, Watch())[0])
    around = Surroundings(provider=Machine(), programs={}, check_kube_version=False)
    release = Release(name="r", namespace="default")
    rows: dict[str, Callable[[], object]] = {
        "Helm": lambda: theirs.render({}, name="r", namespace="default"),
        "ours": lambda: render(ours, {}, release, around)[1],
    }
    assert rows["Helm"]() == rows["ours"](), "Helm renders something else"
    print("\nin one process, loaded once: ms a render, median (least)")
    for name, work in rows.items():
        spent = []
        for _ in range(times * 10):
            start = time.perf_counter()
            work()
            spent.append(time.perf_counter() - start)
        print(f"{name:45} {median(spent) * 1e3:7.2f} ({min(spent) * 1e3:.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("chart", nargs="?", type=Path, help="a folder; otherwise what `helm create` makes")
    parser.add_argument("--times", type=int, default=30)
    args = parser.parse_args()
    compile_modules()
    with tempfile.TemporaryDirectory() as place:
        chart = args.chart
        if chart is None:
            subprocess.run(["helm", "create", "small"], cwd=place, capture_output=True, check=True)
            chart = Path(place, "small")
        home = Path(place, "home")
        home.mkdir(mode=0o700)
        settle()
        processes(chart.resolve(), home, args.times)
        in_process(chart, args.times)


if __name__ == "__main__":
    main()
