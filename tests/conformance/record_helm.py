"""Ask real Helm again about every case in vectors/helm-*.json, and write its answers there.

    python -m tests.conformance.record_helm

To add a case, add a row with `template` (or `files`) and without an answer, and run this.
"""

import json
from typing import Any

from tests.conformance.helm_oracle import VECTORS, render, templates, version


def answered(case: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    rendered, error = render(templates(case), {**shared, **case.get("values", {})})
    kept = {key: value for key, value in case.items() if key not in ("want", "error")}
    if error is not None:
        return {**kept, "error": error}
    return {**kept, "want": rendered if "files" in case else rendered["t.yaml"]}


def main() -> None:
    for path in sorted(VECTORS.glob("helm-*.json")):
        document = json.loads(path.read_text())
        shared = document["values"]
        cases = [answered(case, shared) for case in document["cases"]]
        head = json.dumps({"oracle": version(), "values": shared}, ensure_ascii=False)[:-1]
        rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        path.write_text(f'{head}, "cases": [\n{rows}\n]}}\n')
        print(f"{path.name}: {len(cases)} cases")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
