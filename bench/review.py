"""The figures of `mwgen diff`, beside what else compares trees: one table.

    python -m bench.review                           # 2,000 groups, one default; one group of 10,000
    python -m bench.review --groups 200 --fleet 500  # smaller
    python -m bench.review --peers 50                # groups that dyff and DeepDiff get; the time is multiplied

A fleet of `bench.fleet` with its output committed. Then one default of the plugin that all groups use changes, or one
group does. Ours renders both sides from git and the working tree, judges, folds, and writes the Markdown of a comment.
The peers get the finished trees, rendered before and after by `mwgen generate`: they render nothing and judge nothing.

- `diff -r`: lines of files.
- `dyff between`: YAML documents by identity, one file of all documents a group; looked for on the PATH:
  `go install github.com/homeport/dyff/cmd/dyff@v1.10.2`.
- DeepDiff: pairs of objects by path of their file, read with PyYAML and libyaml.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bench import fleet
from bench.measure import Figures, compile_modules, run

MWGEN = str(Path(sys.executable).with_name("mwgen"))
TREES = "diff -r $1 $2 > differences; test $? -le 1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else "")
    parser.add_argument("--groups", type=int, default=2_000, help="groups of which one default changes")
    parser.add_argument("--fleet", type=int, default=10_000, help="groups of which one changes")
    parser.add_argument("--peers", type=int, default=100, help="groups that dyff and DeepDiff get")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--place", type=Path, help="a folder to work in")
    options = parser.parse_args()
    compile_modules()
    with tempfile.TemporaryDirectory(dir=options.place) as folder:
        place = Path(folder)
        print("| what | wall s | CPU s | largest process MB |\n|---|---:|---:|---:|")
        one_default(place / "default", options)
        one_group(place / "fleet", options)


def one_default(place: Path, options: argparse.Namespace) -> None:
    made(place, options.groups, single=True)
    before = place / "before"
    shutil.copytree(place / "repo/out", before)
    fleet.touch_plugin(place / "repo")
    changed = f"{options.groups:,} groups, one default"
    expect(place / "repo", options.groups)
    for output in ("markdown", "json"):
        row(f"`mwgen diff -o {output}`: {changed}", [(MWGEN, "diff", "-o", output)] * options.repeats, place / "repo")
    row("`mwgen plan`", [(MWGEN, "plan")], place / "repo")
    subprocess.run([MWGEN, "generate"], cwd=place / "repo", check=True, capture_output=True)
    after = place / "repo/out"
    row("`diff -r` of the trees", [("sh", "-c", TREES, "sh", str(before), str(after))] * options.repeats, place)
    groups = sorted(path.relative_to(after) for path in after.glob("*/*") if path.is_dir())[: options.peers]
    factor = options.groups / len(groups)
    if shutil.which("dyff"):
        seconds = timed(lambda group: dyff(before / group, after / group, place), groups)
        print(f"| `dyff between`, a process a group ({len(groups)} measured) | {seconds * factor:.1f} | | |")
    else:
        print("| `dyff` is not installed | | | |")
    seconds = timed(lambda group: deepdiff(before / group, after / group), groups)
    print(
        f"| DeepDiff in one process, objects read with libyaml ({len(groups)} measured) | {seconds * factor:.1f} | | |"
    )


def one_group(place: Path, options: argparse.Namespace) -> None:
    made(place, options.fleet, single=False)
    fleet.touch_group(place / "repo")
    expect(place / "repo", 1)
    title = f"`mwgen diff -o markdown`: one group of {options.fleet:,}"
    row(title, [(MWGEN, "diff", "-o", "markdown")] * options.repeats, place / "repo")
    row("… between two commits", [committed(place / "repo")] * options.repeats, place / "repo")


def made(place: Path, groups: int, *, single: bool) -> None:
    """A fleet with its output, all of it committed."""
    arguments = ["--single-plugin"] if single else []
    module = [sys.executable, "-m", "bench.fleet", *arguments, str(groups), str(place / "repo")]
    subprocess.run(module, check=True, capture_output=True)
    subprocess.run([MWGEN, "generate", "--commit"], cwd=place / "repo", check=True, capture_output=True)


def committed(repo: Path) -> tuple[str, ...]:
    subprocess.run(["git", "commit", "-q", "-a", "-m", "Change"], cwd=repo, check=True)
    return (MWGEN, "diff", "-o", "markdown", "--base", "HEAD~1", "--head", "HEAD")


def expect(repo: Path, bundles: int) -> None:
    """The verdict must be about just that many bundles."""
    said = subprocess.run([MWGEN, "diff", "-o", "json"], cwd=repo, check=True, capture_output=True).stdout
    assert json.loads(said)["counts"]["bundles"] == bundles


def row(title: str, commands: list[tuple[str, ...]], folder: Path) -> None:
    figures = Figures([run(command, folder, dict(os.environ)) for command in commands])
    print(f"| {title} | {figures.wall:.2f} | {figures.cpu:.2f} | {figures.largest / (1 << 20):.0f} |", flush=True)


def timed(work: Callable[[Path], None], groups: Sequence[Path]) -> float:
    """Seconds that the work takes for all groups."""
    started = time.perf_counter()
    for group in groups:
        work(group)
    return time.perf_counter() - started


def dyff(before: Path, after: Path, place: Path) -> None:
    files = [place / "old.yaml", place / "new.yaml"]
    for file, tree in zip(files, (before, after), strict=True):
        file.write_text("---\n".join(path.read_text() for path in sorted(tree.glob("*/*.yaml"))))
    done = subprocess.run(["dyff", "between", "--omit-header", *map(str, files)], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr


def deepdiff(before: Path, after: Path) -> None:
    from deepdiff import DeepDiff

    for path in sorted(after.glob("*/*.yaml")):
        old = before / path.relative_to(after)
        if old.exists():
            DeepDiff(read(old), read(path), ignore_order=True)


def read(path: Path) -> Any:
    """The document in a file."""
    import yaml

    loader = yaml.CSafeLoader(path.read_bytes())
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


if __name__ == "__main__":
    main()
