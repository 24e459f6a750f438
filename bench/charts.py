"""Charts that others wrote, rendered by Helm and by us: are the bytes the same?

    MWGEN_CHARTS=~/charts:~/more python -m bench.charts            # every chart below the folders, with all its values
    MWGEN_CHARTS=~/charts python -m bench.charts redis kafka       # some of them
    MWGEN_CHARTS=~/charts python -m bench.charts --verbose         # the first line of each difference
    MWGEN_CHARTS=~/charts python -m bench.charts --command         # whole commands: helm template, mwgen chart template

A chart's cases are its defaults, each `ci/*-values.yaml`, and `.vib/NAME/runtime-parameters.yaml` at the root of a
repository. What a chart declares as dependencies and has not in its charts/ is taken from among the other charts of
the same folder, by name, if its version fits; a chart whose dependencies cannot be had is left out, and said so.

Helm renders every case twice. Lines in which its two answers differ come from randomness or the clock, and are not
compared; nor can a text be whose number of lines differs.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.engines.helm import TemplateError, helm_text
from generator.engines.helm.charts.chart import Chart, kept, load_chart, read_defaults
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.metadata import compatible
from generator.engines.helm.charts.render import Release, Surroundings, render
from generator.entrypoints.commands.chart import chart as command
from generator.outside.chance import Machine

NAME, NAMESPACE = "release-name", "default"
Outcome = tuple[dict[str, str], str]
"""Texts by name, and the error, if any."""


@dataclass(slots=True)
class Tally:
    """What was found."""

    cases: Counter[str] = field(default_factory=Counter)
    """same, differs, refused (by both, in the same words), refused otherwise, only one refuses."""

    documents: int = 0
    random_lines: int = 0
    helm: float = 0.0
    ours: float = 0.0
    """Seconds, loading included."""


def charts(folders: list[Path]) -> Iterator[tuple[Path, Path]]:
    """Every outermost chart below the folders, and the folder that it was found in."""
    for folder in folders:
        found: list[Path] = []
        for path in sorted(folder.rglob("Chart.yaml")):
            if not any(above in path.parents for above in found) and _metadata(path.parent):
                found.append(path.parent)
                yield path.parent, folder


def values_of(chart: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """The values that a chart is tried with: a name, and YAML."""
    yield "defaults", ""
    for path in sorted((chart / "ci").glob("*values.yaml")):
        yield f"ci/{path.name}", path.read_text()
    for above in chart.parents:
        path = above / ".vib" / chart.name / "runtime-parameters.yaml"
        if path.is_file():
            yield ".vib", path.read_text()
        if above == folder:
            return


class Library:
    """The charts of a folder by name, to be each other's dependencies."""

    def __init__(self, folder: Path) -> None:
        self.by_name: dict[str, list[tuple[str, Path]]] = {}
        for chart, _ in charts([folder]):
            said = _metadata(chart)
            self.by_name.setdefault(str(said.get("name")), []).append((str(said.get("version")), chart))

    def files(self, chart: Path, depth: int = 0) -> dict[str, bytes]:
        """The files of a chart, with the dependencies that it has not."""
        files = kept(
            {path.relative_to(chart).as_posix(): path.read_bytes() for path in chart.rglob("*") if path.is_file()}
        )
        there = {name.split("/")[1] for name in files if name.startswith("charts/") and name.count("/") > 1}
        for one in _metadata(chart).get("dependencies") or ():
            if one["name"] in there or any(name.startswith(f"charts/{one['name']}-") for name in files):
                continue
            other = self.find(one["name"], str(one.get("version", "")))
            if other is None or depth > 5:
                raise LookupError(f"{one['name']} {one.get('version', '')}")
            below = self.files(other, depth + 1)
            files |= {f"charts/{one['name']}/{name}": content for name, content in below.items()}
        return files

    def find(self, name: str, wanted: str) -> Path | None:
        """A chart of that name whose version fits."""
        return next((path for version, path in self.by_name.get(name, ()) if compatible(wanted, version)), None)


def _metadata(chart: Path) -> dict[str, Any]:
    """What Chart.yaml says, and requirements.yaml where there still is one; nothing where it is only made into one."""
    said = _yaml(chart / "Chart.yaml")
    return {**said, **_yaml(chart / "requirements.yaml")} if said else {}


def _yaml(path: Path) -> dict[str, Any]:
    try:
        said: Any = yaml.load(path.read_text(), yaml.CSafeLoader)  # noqa: TID251 - of others
    except (yaml.YAMLError, OSError):
        return {}
    return said if isinstance(said, dict) else {}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A chart as Helm's library takes it."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=1) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(f"c/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def helms(archive: bytes, values: Mapping[str, Any]) -> Outcome:
    """What Helm makes of it."""
    import helm_python

    try:
        with helm_python.Chart.load_archive(archive) as chart:
            return dict(chart.render(dict(values), name=NAME, namespace=NAMESPACE)), ""
    except helm_python.HelmError as error:
        return {}, str(error)


def ours(chart: Chart, values: Mapping[str, Any]) -> Outcome:
    """What we make of it."""
    around = Surroundings(provider=Machine(), check_kube_version=False)
    try:
        texts = render(chart, values, Release(name=NAME, namespace=NAMESPACE), around)[1]
    except TemplateError as error:
        return {}, helm_text(error)
    except ChartError as error:
        return {}, str(error)
    return {
        name: text.encode("utf-8", "surrogateescape").decode("utf-8", "replace") for name, text in texts.items()
    }, ""


def helm_command(folder: Path, values: Path) -> Outcome:
    """What `helm template` prints."""
    words = ["helm", "template", NAME, str(folder), "-f", str(values), "--include-crds"]
    done = subprocess.run(words, capture_output=True, check=False)
    return ({"stdout": done.stdout.decode("utf-8", "replace")}, "") if not done.returncode else ({}, "refused")


def our_command(folder: Path, values: Path) -> Outcome:
    """What `mwgen chart template` prints, without the start of a process."""
    words = ["template", NAME, str(folder), "-f", str(values), "--include-crds"]
    result = CliRunner().invoke(command, words)
    return ({"stdout": result.stdout_bytes.decode("utf-8", "replace")}, "") if not result.exception else ({}, "refused")


def differences(one: Outcome, again: Outcome, mine: Outcome, tally: Tally) -> Iterator[str]:
    """Where our answer is not Helm's: a line each."""
    if one[1] or mine[1]:
        if one[1] != mine[1]:
            yield f"error\n      Helm: {one[1]!r}\n      ours: {mine[1]!r}"
        return
    if one[0].keys() != mine[0].keys():
        yield f"files: {sorted(one[0].keys() ^ mine[0].keys())}"
    for name in sorted(one[0].keys() & mine[0].keys()):
        tally.documents += bool(one[0][name].strip())
        texts = [outcome[0][name].split("\n") for outcome in (one, again, mine)]
        if one[0][name] == mine[0][name]:
            continue
        if len({len(text) for text in texts}) > 1:
            if len(texts[0]) == len(texts[1]):
                yield f"{name}: {len(texts[2])} lines, Helm has {len(texts[0])}"
            else:
                tally.random_lines += len(texts[0])
            continue
        for number, (first, second, own) in enumerate(zip(*texts, strict=True), 1):
            if first != second:
                tally.random_lines += 1
            elif first != own:
                yield f"{name}:{number}\n      Helm: {first!r}\n      ours: {own!r}"
                break


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="of charts' folders; otherwise all")
    parser.add_argument("--command", action="store_true", help="compare what commands print")
    parser.add_argument("--verbose", action="store_true", help="say where each difference is")
    args = parser.parse_args()
    folders = [Path(one).expanduser() for one in os.environ.get("MWGEN_CHARTS", "").split(":") if one]
    if not folders:
        parser.error("set MWGEN_CHARTS to folders of charts")
    tally, left_out = Tally(), Counter[str]()
    libraries = {folder: Library(folder) for folder in folders}
    count = 0
    for path, folder in charts(folders):
        if args.names and path.name not in args.names:
            continue
        try:
            files = libraries[folder].files(path)
        except LookupError as error:
            left_out[f"dependency {error} is nowhere"] += 1
            continue
        count += 1
        _try(path, folder, files, tally, args)
    total = sum(tally.cases.values())
    print(f"\n{count} charts, {total} cases, {tally.documents} texts; {dict(tally.cases)}")
    print(f"lines from randomness or the clock, not compared: {tally.random_lines}")
    print(f"seconds in all: Helm {tally.helm:.1f}, ours {tally.ours:.1f} (loading included)")
    for reason, times in left_out.items():
        print(f"left out: {times} with {reason}")


def _try(path: Path, folder: Path, files: Mapping[str, bytes], tally: Tally, args: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as place:
        written = Path(place, "c")
        for name, content in files.items() if args.command else ():
            (written / name).parent.mkdir(parents=True, exist_ok=True)
            (written / name).write_bytes(content)
        _cases(path, folder, files, tally, args, written)


def _cases(
    path: Path, folder: Path, files: Mapping[str, bytes], tally: Tally, args: argparse.Namespace, written: Path
) -> None:
    archive = packed(files)
    values_file = written.with_name("values.yaml")
    for title, text in values_of(path, folder):
        try:
            values = read_defaults(text.encode())
        except ChartError as error:
            print(f"{path.name} {title}: {error}")
            continue
        values_file.write_text(text)
        start = time.perf_counter()
        one = helm_command(written, values_file) if args.command else helms(archive, values)
        tally.helm += time.perf_counter() - start
        start = time.perf_counter()
        try:
            mine = our_command(written, values_file) if args.command else ours(load_chart(files), values)
        except ChartError as error:
            mine = {}, str(error)
        tally.ours += time.perf_counter() - start
        # Last, so that what the clock moved between the two others differs here as well.
        again = helm_command(written, values_file) if args.command else helms(archive, values)
        found = [*differences(one, again, mine, tally)]
        verdict = "differs" if found else "refused alike" if one[1] else "same"
        tally.cases[verdict] += 1
        if found:
            print(f"{path.relative_to(folder)} {title}: {len(found)} differences")
            for line in found if args.verbose else ():
                print(f"    {line}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
