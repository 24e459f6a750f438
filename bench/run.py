"""The figures of the main job, beside its peers: one Markdown table, and JSON.

    python -m bench.run                                  # 100, 1,000 and 10,000 groups
    python -m bench.run 1000 --repeats 5 --json figures.json
    python -m bench.run 1000 --place /dev/shm            # in memory: without what the disk costs

Ours is always the installed command, `mwgen generate --commit`, in a repository of `bench.fleet`, and each run is
checked to have committed what it had to, no more and no less. Peers get the same templates and values; Helm renders
the same bytes from them (`bench.peers`). Each round measures our cold run and every peer once, so that a slow moment
of the machine meets them all. Helm's command is looked for on the PATH:
`go install helm.sh/helm/v4/cmd/helm@v4.3.1` builds one.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench import fleet
from bench.measure import (
    HERE,
    Cost,
    Figures,
    compile_modules,
    environment,
    load,
    machine,
    megabytes,
    own_peak,
    run,
    run_sampled,
    said,
    settle,
    write_json,
)

MWGEN = str(Path(sys.executable).with_name("mwgen"))
GENERATE = (MWGEN, "generate", "--commit")

NOTES = """\
Median (least-most) of {repeats} runs; {starts} of start-up. Wall time until the process has ended; CPU is user and
system, children included. Peak memory: of the largest single process (never under the {own} MB of the one that
measures); and of all processes together, shared pages counted once, sampled in a run of its own.
PYTHONDONTWRITEBYTECODE is unset and every .pyc was compiled before. A cold run finds no output, no cache and no index
of earlier runs, but files in the page cache; the disk is synced before each run. `x cold` is beside our cold run with
the same number of groups; of start-up, beside `python -c pass`. What was measured for fewer groups is multiplied. Our
runs use all processors, validate, order, write and commit; `helm template`, Helm rendering alone and `kubectl
kustomize` only render, and every peer takes one group after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    groups: int
    """0: start-up."""

    what: str
    figures: Figures
    beside: Figures
    """What the ratios are to."""

    measured: int = 0
    """Groups of which the figures are extrapolated; 0: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where and how often to measure."""

    place: Path
    """An empty folder."""

    repeats: int
    starts: int
    sample: int
    """Groups at most for which a peer's command is started."""

    peers: bool
    helm: str | None
    """Helm's command."""

    kubectl: str | None
    skipped: list[str] = field(default_factory=list)
    """What could not be measured, and why."""

    @property
    def env(self) -> dict[str, str]:
        """The surroundings of everything that is measured."""
        return environment(self.place / "home")

    def once(self, argv: Sequence[str], cwd: Path) -> Cost:
        """One measured run."""
        settle()
        return run(argv, cwd, self.env)

    def forget(self) -> None:
        """Drop what earlier runs left outside the repository."""
        shutil.rmtree(self.place / "home", ignore_errors=True)
        (self.place / "home").mkdir()

    def rows(self, counts: Iterable[int]) -> Iterator[Row]:
        """Every figure."""
        self.forget()
        yield from self.starting()
        for count in counts:
            with self._folder(f"fleet-{count}") as folder:
                yield from self.main_job(folder, count)

    @contextmanager
    def _folder(self, name: str) -> Iterator[Path]:
        folder = self.place / name
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder)

    # --- start-up ----------------------------------------------------------------------------------------------------

    def starting(self) -> Iterator[Row]:
        """How long it takes to say anything."""
        commands: dict[str, tuple[str, ...]] = {
            "`python -c pass`": (sys.executable, "-c", "pass"),
            "`mwgen --version`": (MWGEN, "--version"),
            "`mwgen --help`": (MWGEN, "--help"),
        }
        if self.peers and self.helm:
            commands["`helm version`"] = (self.helm, "version")
        for argv in commands.values():
            run(argv, self.place, self.env)
        found = {name: Figures() for name in commands}
        for _ in range(self.starts):
            for name, argv in commands.items():
                found[name].runs.append(run(argv, self.place, self.env))
        floor = found["`python -c pass`"]
        yield from (Row(groups=0, what=name, figures=figures, beside=floor) for name, figures in found.items())

    # --- our main job ------------------------------------------------------------------------------------------------

    def main_job(self, folder: Path, count: int) -> Iterator[Row]:
        """What a number of groups costs us and others."""
        say(f"{count} groups")
        peers = dict(self.peer_runs(folder, count)) if self.peers else {}
        cold, others = Figures(), {name: Figures() for name in peers}
        root = folder / "fleet"
        say("  cold")
        with self.fresh(root, count):
            cold.together = run_sampled(GENERATE, root, self.env)
        for turn in range(self.repeats):
            with self.fresh(root, count, keep=turn == self.repeats - 1) as source:
                cold.runs.append(self.once(GENERATE, root))
                expect(root, source, count)
            for name, (_, peer) in peers.items():
                say(f"  {name}")
                others[name].runs.append(peer())

        def row(what: str, figures: Figures, measured: int = 0) -> Row:
            return Row(groups=count, what=what, figures=figures, beside=cold, measured=measured)

        yield row("**cold**", cold)
        yield row("**nothing changed**", self.changes(root, 0, lambda _: None))
        yield row("**nothing changed**, no `--commit`", self.changes(root, 0, lambda _: None, GENERATE[:-1]))
        yield row("**one group changed**", self.changes(root, 1, lambda turn: fleet.touch_group(root, turn % count)))
        shutil.rmtree(root)
        with self.fresh(root, count, single_plugin=True):
            run(GENERATE, root, self.env)
            figures = self.changes(root, count, lambda _: fleet.touch_plugin(root))
            yield row("**one plugin changed, which all groups use**", figures)
        for name, (measured, _) in peers.items():
            yield row(name, others[name].scaled(count / measured), measured if measured < count else 0)

    @contextmanager
    def fresh(self, root: Path, count: int, *, single_plugin: bool = False, keep: bool = False) -> Iterator[str]:
        """A fleet that nobody has generated yet, and its commit's id. Gone afterwards, unless it is kept."""
        self.forget()
        yield fleet.write(root, count, single_plugin=single_plugin)
        if not keep:
            shutil.rmtree(root)

    def changes(
        self, root: Path, concerned: int, change: Callable[[int], object], command: Sequence[str] = GENERATE
    ) -> Figures:
        """Runs after a change that concerns some bundles, which is committed before."""
        say(f"  {concerned} bundles change")
        figures = Figures()
        for turn in range(self.repeats + 1):
            before = fleet.git(root, "rev-parse", "HEAD").strip()
            if change(turn):
                before = fleet.commit(root, "a change")
            if turn < self.repeats:
                figures.runs.append(self.once(command, root))
            else:
                figures.together = run_sampled(command, root, self.env)
            expect(root, before, concerned)
        return figures

    # --- others ------------------------------------------------------------------------------------------------------

    def peer_runs(self, folder: Path, count: int) -> Iterator[tuple[str, tuple[int, Callable[[], Cost]]]]:
        """What to call for each peer, and for how many groups that is."""
        if not find_spec("helm_python"):
            self.skipped.append("peers: helm-python-sdk is not installed, which also checks the charts")
            return
        root, made = folder / "fleet", folder / "peers"
        with self.fresh(root, count):
            # In a process of its own: ours stays small, as `Cost.largest` wants.
            run((sys.executable, "-m", "bench.peers", "write", str(root), str(made), str(count)), HERE, self.env)
        contents = json.loads((made / "contents.json").read_text())
        few = contents["groups"][: self.sample]
        if self.helm:
            templates = [self._helm_template(self.helm, **one) for one in few]
            version = said(self.helm, "version", "--template", "{{ .Version }}")
            yield f"`helm template` a group, {version}", (len(few), lambda: self._each(templates, made))
        else:
            self.skipped.append("`helm template`: there is no helm on the PATH")
        inside = (sys.executable, "-m", "bench.peers", "helm", str(made))
        version = contents["helm"]
        yield f"Helm {version} in one process, rendering alone", (count, lambda: self.once(inside, HERE))
        yield f"Helm {version} in one process, PyYAML, files, commit", (count, lambda: self._script(folder, made))
        if self.kubectl:
            overlays = [(self.kubectl, "kustomize", f"overlays/{one['group']}") for one in few]
            client = json.loads(said(self.kubectl, "version", "--client", "--output", "json"))["clientVersion"]
            name = f"`kubectl kustomize` an overlay, {client['gitVersion']}"
            yield name, (len(few), lambda: self._each(overlays, made))
        else:
            self.skipped.append("`kubectl kustomize`: there is no kubectl on the PATH")

    @staticmethod
    def _helm_template(helm: str, *, group: str, release: str, namespace: str, plugin: str) -> tuple[str, ...]:
        chart, values = f"charts/{plugin}", f"values/{group}.json"
        return (helm, "template", release, chart, "--namespace", namespace, "--values", values)

    def _each(self, commands: Iterable[Sequence[str]], cwd: Path) -> Cost:
        """One command after the other."""
        settle()
        costs = [run(argv, cwd, self.env) for argv in commands]
        return Cost(
            wall=sum(one.wall for one in costs),
            cpu=sum(one.cpu for one in costs),
            largest=max(one.largest for one in costs),
        )

    def _script(self, folder: Path, made: Path) -> Cost:
        repository = folder / "script"
        repository.mkdir()
        fleet.git(repository, "init", "--quiet")
        cost = self.once((sys.executable, "-m", "bench.peers", "script", str(made), str(repository)), HERE)
        shutil.rmtree(repository)
        return cost


def expect(root: Path, before: str, bundles: int) -> None:
    """The run put one commit on *before*, which changes that many bundles; none, where none had to change."""
    changed = fleet.git(root, "diff", "--name-only", before, "HEAD", "--", "out").splitlines()
    found = {tuple(path.split("/")[1:3]) for path in changed}
    commits = int(fleet.git(root, "rev-list", "--count", f"{before}..HEAD"))
    assert (len(found), commits) == (bundles, min(bundles, 1)), f"{len(found)} bundles in {commits} commits"
    # Without locks git only looks: it must not refresh the index that the next run will find.
    assert not fleet.git(root, "--no-optional-locks", "status", "--porcelain"), "something is left uncommitted"


def say(text: str) -> None:
    """Tell people how far it is."""
    sys.stderr.write(f"{text}\n")


# --- the table -------------------------------------------------------------------------------------------------------


def table(rows: Iterable[Row]) -> Iterator[str]:
    """As Markdown."""
    yield "| groups | what | wall s | x cold | CPU s | x cold | largest MB | all MB |"
    yield "|---:|---|---:|---:|---:|---:|---:|---:|"
    for row in rows:
        figures = row.figures
        what = f"{row.what}, from {row.measured} groups" if row.measured else row.what
        cells = [
            f"{row.groups:,}" if row.groups else "",
            what,
            _seconds(*figures.spread(lambda one: one.wall)),
            f"{figures.wall / row.beside.wall:.2f}",
            _seconds(*figures.spread(lambda one: one.cpu)),
            f"{figures.cpu / row.beside.cpu:.2f}",
            megabytes(figures.largest) if row.groups else "",
            megabytes(figures.together),
        ]
        yield f"| {' | '.join(cells)} |"


def _seconds(middle: float, least: float, most: float) -> str:
    digits = 3 if middle < 1 else 2 if middle < 10 else 1
    return f"{middle:.{digits}f} ({least:.{digits}f}-{most:.{digits}f})"


def as_json(rows: Iterable[Row], about: Mapping[str, str]) -> dict[str, object]:
    """Every run of every row: seconds, bytes. What is extrapolated is so here, too."""
    return {
        "machine": about,
        "rows": [
            {"groups": row.groups, "what": row.what, "extrapolated_from": row.measured, **row.figures.as_json()}
            for row in rows
        ],
    }


def _kept(rows: Iterable[Row], kept: list[Row]) -> Iterator[Row]:
    """The same rows, as they come."""
    for row in rows:
        kept.append(row)
        yield row


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Measure mwgen beside its peers.")
    parser.add_argument("counts", type=int, nargs="*", default=[100, 1000, 10_000], help="how many groups")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each thing")
    parser.add_argument("--starts", type=int, default=15, help="runs of what only starts")
    parser.add_argument("--sample", type=int, default=50, help="groups at most for which a peer's command is started")
    parser.add_argument("--place", metavar="DIR", help="the folder to work in, such as one in memory")
    parser.add_argument("--helm", default=shutil.which("helm"), metavar="FILE", help="Helm's command")
    parser.add_argument("--no-peers", action="store_true", help="measure ours alone")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every run there")
    chosen = parser.parse_args()
    if not Path(MWGEN).exists():
        parser.error(f"there is no {MWGEN}: run this with the Python that mwgen is installed for")
    compile_modules()
    with tempfile.TemporaryDirectory(prefix="mwgen-bench-", dir=chosen.place) as folder:
        place = Path(folder)
        bench = Bench(
            place=place,
            repeats=chosen.repeats,
            starts=chosen.starts,
            sample=chosen.sample,
            peers=not chosen.no_peers,
            helm=chosen.helm,
            kubectl=shutil.which("kubectl"),
        )
        about, rows = machine(place), list[Row]()
        print("; ".join(f"{key}: {value}" for key, value in about.items()) + "\n")
        for line in table(_kept(bench.rows(chosen.counts), rows)):
            print(line, flush=True)
        about["load after"] = load()
    print(f"\nLoad after: {about['load after']}. ", end="")
    print(NOTES.format(repeats=chosen.repeats, starts=chosen.starts, own=megabytes(own_peak())))
    print("".join(f"\nNot measured: {one}." for one in dict.fromkeys(bench.skipped)), end="")
    if chosen.json:
        write_json(chosen.json, as_json(rows, about))


if __name__ == "__main__":
    main()
