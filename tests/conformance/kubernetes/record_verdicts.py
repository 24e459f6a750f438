"""Writes tests/unit/stages/guard/verdicts.json: what the API server's own code says of each case there.

Run `python tests/conformance/kubernetes/record_verdicts.py` after a case has changed. It builds `recorder`, and
with it a good part of Kubernetes, which takes minutes the first time.
"""

import importlib.util
import json
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
GUARD = HERE.parents[1] / "unit" / "stages" / "guard"
PROGRAM = HERE.parents[2] / "build" / "oracles" / "recorder"


def cases() -> ModuleType:
    """The test module that holds the cases."""
    spec = importlib.util.spec_from_file_location("test_immutable", GUARD / "test_immutable.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Ask the recorder about every case."""
    subprocess.run(["go", "build", "-buildvcs=false", "-o", PROGRAM, "."], cwd=HERE / "recorder", check=True)
    test = cases()
    asked: list[dict[str, Any]] = []
    for case in test.CASES:
        old, new = test.pair(case)
        asked.append({"name": case.name, "old": old, "new": new})
    answer = subprocess.run([PROGRAM], input=json.dumps(asked), capture_output=True, text=True, check=True).stdout
    refused = json.loads(answer)
    rows = {case.name: {"case": test.digest(case), "refused": refused[case.name]} for case in test.CASES}
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in rows.items())
    (GUARD / "verdicts.json").write_text(f"{{\n{lines}\n}}\n")


if __name__ == "__main__":
    main()
