"""Ask real Helm about every row of sprig/*.txt, and write its answers to vectors/sprig.json.

    python -m tests.conformance.record_sprig

To add a case, add a row and run this.
"""

import json

from tests.conformance.helm_oracle import render, version
from tests.conformance.sprig_rows import VECTORS, rows, values


def main() -> None:
    shared = values()
    answers = {}
    for row in rows():
        rendered, error = render({"t.yaml": row.template}, shared)
        answers[row.template] = {"want": rendered["t.yaml"]} if error is None else {"error": error}
    lines = ",\n".join(f"{_json(template)}: {_json(answer)}" for template, answer in sorted(answers.items()))
    VECTORS.write_text(f'{{"oracle": {_json(version())}, "answers": {{\n{lines}\n}}}}\n')
    print(f"{VECTORS.name}: {len(answers)} answers")  # noqa: T201 - a script


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
