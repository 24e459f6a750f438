"""The long run: our engine beside real Helm on as many random cases as asked for.

    python -m tests.conformance.fuzz.run typed --count 100000 --seed 1 --out differences.jsonl
    python -m tests.conformance.fuzz.run printf --count 100000

What differs is written as one JSON object a line; what is known to differ by its nature (addresses, the time) is not
compared.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from tests.conformance import helm_oracle
from tests.conformance.fuzz.batches import BATCHES, split
from tests.conformance.fuzz.broken import broken_template, several_files
from tests.conformance.fuzz.loose import loose_template
from tests.conformance.fuzz.typed import typed_template
from tests.conformance.fuzz.values import FIXED, random_values
from tests.conformance.test_helm import render

Case = tuple[dict[str, str], dict[str, Any]]
CASES: Final[dict[str, Callable[[int], Case]]] = {
    "typed": lambda seed: ({"t.yaml": typed_template(seed)}, random_values(seed)),
    "loose": lambda seed: ({"t.yaml": loose_template(seed)}, FIXED),
    "broken": lambda seed: ({"t.yaml": broken_template(seed)}, FIXED),
    "files": lambda seed: (several_files(seed), FIXED),
}
"""Templates and values for a seed. Half of the first two kinds render, hardly any of the third."""

SIZE: Final = 200
"""Cases of one batch."""

ADDRESS: Final = re.compile(r"c0{9}|824633720832|140{12}|11(0{38})", re.IGNORECASE)
"""What we print of any pointer, in all bases; what Helm prints of it differs from run to run."""

NOT_YAML: Final = "error converting YAML to JSON: "
DEPTH: Final = "yaml: exceeded max depth of 200"
EMPTY_FIRST: Final = re.compile(r"\s*(\[\s*\]|\{\s*\})")
"""An empty list or map, behind which go-yaml may see the end of the document where libyaml sees a key."""
QUESTION: Final = re.compile(r"[\[{][^\]}]*\?")
"""In a list that stands behind a document: go-yaml's scanner takes it for a key, and goes on."""
MARK: Final = "\ufeff"
BUFFER: Final = 512
NUMBER: Final = re.compile(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?\Z")
TOO_DEEP: Final = "exceeded maximum template depth (100000)"
BOUNDS: Final = "slice bounds out of range"
NOT_A_SLICE: Final = "reflect.Value.Slice: slice index out of bounds"


@dataclass(slots=True)
class Report:
    """What a run found."""

    cases: int = 0
    refused: int = 0
    skipped: int = 0
    """Answers that differ from run to run, and differed from ours."""
    explained: Counter[str] = field(default_factory=Counter)
    """Answers that differ in a way that docs/compatibility.md tells of, by that way."""
    differences: list[dict[str, Any]] = field(default_factory=list)
    ours: float = 0.0
    theirs: float = 0.0
    """Seconds of processor time."""

    def __str__(self) -> str:
        return (
            f"{self.cases} cases: {len(self.differences)} differ, {self.refused} refused by both, "
            f"{self.skipped} with addresses or the time, {self.explained.total()} explained {dict(self.explained)}; "
            f"ours {self.ours:.0f} s, Helm {self.theirs:.0f} s"
        )


def compare(kind: str, seed: int, report: Report) -> Iterator[dict[str, Any]]:
    """The differences of one seed."""
    if kind in CASES:
        files, values = CASES[kind](seed)
        count = 1
    else:
        batch = BATCHES[kind](seed, SIZE)
        files, values, count = {"t.yaml": batch.template}, batch.values, batch.count
    start = time.process_time()
    wanted, wanted_error = helm_oracle.render(files, values)
    middle = time.process_time()
    provider = helm_oracle.FixedProvider()
    try:
        got, error = render(files, json.loads(json.dumps(values), parse_int=float), provider)
    except Exception as bug:  # noqa: BLE001 - a bug of ours is what is looked for
        got, error = {}, f"BUG {bug!r}"
    report.ours += time.process_time() - middle
    report.theirs += middle - start
    report.cases += count
    report.refused += error is not None and wanted_error is not None
    if (got, error) == (wanted, wanted_error):
        return
    if error is not None or wanted_error is not None or count == 1:
        pairs = [("", error or json.dumps(got), wanted_error or json.dumps(wanted))]
    else:
        answers = zip(values["cases"], split(got["t.yaml"]), split(wanted["t.yaml"]), strict=True)
        pairs = [(case, ours, theirs) for case, ours, theirs in answers if ours != theirs]
    for case, ours, theirs in pairs:
        if provider.asked or ADDRESS.search(ours):
            report.skipped += 1
        elif known := _explained(kind, case, ours, theirs):
            report.explained[known] += 1
        else:
            yield {"kind": kind, "seed": seed, "files": files, "case": case, "got": ours, "want": theirs}


def _explained(kind: str, case: Any, ours: str, theirs: str) -> str:
    """Which difference this is of those that docs/compatibility.md tells of; empty, if it is none of them."""
    if kind == "fromYaml":
        return _explained_reading(case, ours, theirs)
    if TOO_DEEP in theirs:
        return "depth" if TOO_DEEP in ours else ""
    if "decryptAES" in ours and BOUNDS in ours and BOUNDS in theirs:
        return "other randomness"  # it was encrypted with
    if "time.Location{" in theirs or "*time.Location=&{" in theirs:
        return "time zones"
    return "slices beyond a list" if NOT_A_SLICE in ours else ""


def _explained_reading(text: str, ours: str, theirs: str) -> str:
    """Which difference in reading *text* this is."""
    if DEPTH in ours:
        return "more than 200 deep"
    if NOT_YAML in ours and NOT_YAML in theirs:
        return "another of two mistakes"
    if NOT_YAML in ours and EMPTY_FIRST.match(text):
        return "behind an empty list"
    if NOT_YAML not in ours and NOT_YAML in theirs and QUESTION.search(text):
        return "a question mark behind the document"
    if text.startswith(MARK * 2) or (MARK in text[1:] and len(text.encode()) > BUFFER):
        return "byte order marks first in what was read"
    return "spellings of a number" if _of_one_number(json.loads(ours), json.loads(theirs)) else ""


def _of_one_number(ours: Any, theirs: Any) -> bool:
    """Whether maps differ in what several spellings of a number hold, such as `1` and `1.`: Go takes one at random."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict) or ours.keys() != theirs.keys():
        return False
    return all(NUMBER.match(key) for key in ours if ours[key] != theirs[key])


def run(kind: str, seeds: range, out: TextIO | None = None) -> Report:
    """Compare all of the seeds."""
    report = Report()
    for seed in seeds:
        for difference in compare(kind, seed, report):
            report.differences.append(difference)
            if out is not None:
                out.write(json.dumps(difference) + "\n")
                out.flush()
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=[*CASES, *BATCHES])
    parser.add_argument("--count", type=int, default=1000, help="how many cases")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--out", type=argparse.FileType("w"), default=sys.stdout, help="where differences go")
    options = parser.parse_args()
    seeds = options.count if options.kind in CASES else -(-options.count // SIZE)
    print(  # noqa: T201 - a script
        f"{options.kind}: {run(options.kind, range(options.seed, options.seed + seeds), options.out)}", file=sys.stderr
    )


if __name__ == "__main__":
    main()
