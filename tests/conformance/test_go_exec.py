"""The template language against what Go answers to its own tests, under Helm's option missingkey=zero."""

import re
from typing import Any

import pytest

from generator.engines.gotemplate.builtins import BUILTINS
from generator.engines.gotemplate.dialect import Dialect
from generator.engines.gotemplate.errors import TemplateError
from generator.engines.gotemplate.program import render
from tests.conformance.go_rows import Untranslatable, rows, text, value
from tests.conformance.go_types import FUNCTIONS, T

DIALECT = Dialect(FUNCTIONS)

NOT_OF_TEMPLATES = re.compile(
    r"\.(V2|W2|PI|PS|PSI|NIL|E?m?p?t?y?UPI|SB|SMSI|MI8S|SICap|NilOKFunc|NonEmptyInterface\w*|unexported"
    r"|Tmpl|Method2|\w+ReturnCountFunc|InvalidReturnTypeFunc)\b|\b(count|vfunc)\b"
)
"""Fields and functions of types that no value in Helm has: nil pointers, pointers to lists, uint16, channels …"""

MULTI = {
    "1": '\n\t{{define "x"}}TEXT{{end}}\n\t{{define "dotV"}}{{.V}}{{end}}\n',
    "2": '\n\t{{define "dot"}}{{.}}{{end}}\n\t{{define "nested"}}{{template "dot" .}}{{end}}\n',
}
"""What Go's multi_test.go parses before its rows."""


def outcome(row: dict[str, Any], data: Any) -> tuple[str, str | None]:
    name = row.get("name", "empty")
    texts = {**(MULTI if row.get("multi") else {}), name: row["in"]}
    try:
        return render(texts, name, data, DIALECT), None
    except TemplateError as error:
        return "", str(error)


def translated() -> list[Any]:
    found = []
    for row in rows("go-exec.json", "exec"):
        if NOT_OF_TEMPLATES.search(row["in"]):
            continue
        try:
            data = T() if row["data"]["type"] == "T" else value(row["data"])
        except Untranslatable:
            continue
        found.append(pytest.param(row, data, id=row["name"]))
    return found


ROWS = translated()


def test_how_many() -> None:
    assert len(ROWS) >= 290


@pytest.mark.parametrize(("row", "data"), ROWS)
def test_exec(row: dict[str, Any], data: Any) -> None:
    output, error = outcome(row, data)
    assert error == row["error"]
    if error is None:
        assert output == text(row["out"])


FOREIGN = re.compile(r"\.(Ptr|NilPtr|Map|NonNilMap|V1|V2|Iface1|NilIface)\b")
COMPARE = {"Uthree": 3, "Ufour": 4, "NegOne": -1, "Three": 3}


@pytest.mark.parametrize("row", rows("go-exec.json", "compare"), ids=lambda row: row["in"])
def test_compare(row: dict[str, Any]) -> None:
    from generator.engines.gotemplate.gotypes import Uint

    if FOREIGN.search(row["in"]):
        pytest.skip("pointers, structs and interfaces of Go's own")
    data = {**COMPARE, "Uthree": Uint(3), "Ufour": Uint(4)}
    output, error = outcome({"in": row["in"]}, data)
    assert error == row["error"]
    assert error or output == row["out"]


@pytest.mark.parametrize("row", rows("go-exec.json", "js"), ids=lambda row: repr(row["in"]))
def test_js(row: dict[str, Any]) -> None:
    assert "js" in BUILTINS
    assert render({"t": "{{js .}}"}, "t", text(row["in"]), DIALECT) == text(row["out"])
