"""Writes what the API server's own code says of each case of two test modules: verdicts.json beside them.

`tests/unit/stages/guard` asks about objects that change, `tests/unit/stages/objects` about new ones. Run
`python -m tests.conformance.kubernetes.record_verdicts` after a case has changed. It builds `recorder`, and with it a
good part of Kubernetes, which takes minutes the first time.
"""

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.unit.stages.objects import cases

HERE = Path(__file__).parent
STAGES = HERE.parents[1] / "unit" / "stages"
PROGRAM = HERE.parents[2] / "build" / "oracles" / "recorder"


def guard() -> ModuleType:
    """The test module that holds the cases of changes."""
    spec = importlib.util.spec_from_file_location("test_immutable", STAGES / "guard" / "test_immutable.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def record(folder: Path, asked: list[dict[str, Any]], digests: dict[str, str]) -> None:
    """Write the verdicts on *asked* into *folder*."""
    answer = subprocess.run([PROGRAM], input=json.dumps(asked), capture_output=True, text=True, check=True).stdout
    refused = json.loads(answer)
    rows = {name: {"case": digest, "refused": refused[name]} for name, digest in digests.items()}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    (folder / "verdicts.json").write_text(f"{{\n{lines}\n}}\n")


def main() -> None:
    """Ask the recorder about every case."""
    subprocess.run(["go", "build", "-buildvcs=false", "-o", PROGRAM, "."], cwd=HERE / "recorder", check=True)
    test = guard()
    pairs = {case.name: test.pair(case) for case in test.CASES}
    record(
        STAGES / "guard",
        [{"name": name, "old": old, "new": new} for name, (old, new) in pairs.items()],
        {case.name: test.digest(case) for case in test.CASES},
    )
    record(
        STAGES / "objects",
        [{"name": case.name, "new": cases.body(case)} for case in cases.CASES],
        {case.name: cases.digest(case) for case in cases.CASES},
    )


if __name__ == "__main__":
    main()
