"""How fast YAML is read and written, beside PyYAML with libyaml: microseconds per 1.5 KB manifest.

`python bench/yaml_speed.py [FOLDER]` takes the manifests below FOLDER, `out/` unless told otherwise. Each figure is the
best of several rounds over all of them, so that what else the machine does counts little; the factors come from the
same run. `cold` is without what is remembered of strings and maps that were seen before.
"""

import argparse
import gc
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from generator.diagnostics import SourceFile
from generator.goyaml import careful, emit, gojson, quick, read, unjson
from generator.yamlio import dump, load

SIZE = 1_500
ROUNDS = 7


def best(work: Callable[[Any], object], cases: list[Any], before: Callable[[], None] = lambda: None) -> float:
    """Seconds of processor time that *work* takes over all of *cases*, in the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        before()
        start = process_time()
        for case in cases:
            work(case)
        times.append(process_time() - start)
    return min(times)


def forget() -> None:
    """Forget what the reader and the writers remember."""
    for memory in (quick._lines, quick._values, dump._strings, dump._orders, emit._SIGS._strings, emit._SIGS._orders):  # noqa: SLF001 - its subject
        memory.clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parents[1] / "out")
    folder = parser.parse_args().folder
    files = [SourceFile(str(path), path.read_text()) for path in sorted(folder.rglob("*.yaml"))]
    texts = [file.text for file in files]
    values = [one.value for file in files for one in load.documents(file)]
    trees = [read.read_values(text) for text in texts]
    written = [gojson.marshal(tree) for tree in trees]
    per = SIZE / sum(map(len, texts)) * 1e6
    gc.collect()
    gc.freeze()

    rows: list[tuple[str, float, str]] = [
        ("PyYAML CSafeLoader", best(lambda text: yaml.CSafeLoader(text).get_single_data(), texts), "read"),
        ("yamlio.load.documents", best(load.documents, files), "read"),
        ("goyaml read_manifest", best(read.read_manifest, texts), "read"),
        ("goyaml read_manifest, cold", best(read.read_manifest, texts, forget), "read"),
        ("goyaml read_carefully", best(careful.manifest, texts), "read"),
        ("goyaml read_values (fromYaml)", best(read.read_values, texts), "read"),
        ("PyYAML CSafeDumper", best(lambda value: yaml.dump(value, Dumper=yaml.CSafeDumper), values), "write"),  # noqa: TID251 - what is compared with
        ("yamlio.dump.dump", best(dump.dump, values), "write"),
        ("yamlio.dump.dump, cold", best(dump.dump, values, forget), "write"),
        ("goyaml marshal (toYaml)", best(emit.marshal, trees), "write"),
        ("goyaml marshal (toYaml), cold", best(emit.marshal, trees, forget), "write"),
        ("goyaml marshal_pretty", best(emit.marshal_pretty, trees), "write"),
        ("goyaml JSON marshal", best(gojson.marshal, trees), ""),
        ("goyaml JSON unmarshal", best(unjson.unmarshal, written), ""),
    ]
    base = {"read": rows[0][1], "write": rows[6][1]}
    print(f"{len(texts)} manifests of {sum(map(len, texts)) / len(texts):.0f} bytes; µs per {SIZE} bytes")
    for name, seconds, against in rows:
        factor = f"{base[against] / seconds:5.1f} x" if against else ""
        print(f"{name:32} {seconds * per:8.1f} {factor}")


if __name__ == "__main__":
    main()
