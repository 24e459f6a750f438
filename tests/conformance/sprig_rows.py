"""The corpus of the function library: templates by function, in `sprig/*.txt`, and Helm's answers, in `vectors/`.

In a file, a line in brackets names the function that the rows after it are about. A row is an expression, or a whole
template where it has braces, or, where it cannot stand on a line of its own as it is, a template in JSON's quotes.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

ROWS: Final = Path(__file__).parent / "sprig"
VECTORS: Final = Path(__file__).parent / "vectors" / "sprig.json"


class Row(NamedTuple):
    topic: str
    function: str
    template: str


def rows() -> Iterator[Row]:
    """All rows, as the files have them."""
    for path in sorted(ROWS.glob("*.txt")):
        function = ""
        for line in path.read_text().splitlines():
            if line.startswith("["):
                function = line[1:-1]
            elif line:
                yield Row(path.stem, function, _template(line))


def _template(line: str) -> str:
    if line.startswith('"'):
        return str(json.loads(line))
    return line if "{{" in line else f"{{{{ {line} }}}}"


def values(**reading: Any) -> dict[str, Any]:
    """The values that all rows share. Helm makes floats of all numbers: `parse_int=float` does so here."""
    document: dict[str, Any] = json.loads((ROWS / "values.json").read_text(), **reading)
    return document


@cache
def recorded() -> tuple[str, dict[str, dict[str, str]]]:
    """Which Helm answered, and its answers by template: a text at `want`, or an error at `error`."""
    document = json.loads(VECTORS.read_text())
    return document["oracle"], document["answers"]
