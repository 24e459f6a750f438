"""The function library against what Helm answers: recorded answers, and Helm itself where it is installed."""

from collections.abc import Mapping
from typing import Any

import pytest

from generator.engines.helm import TemplateError, helm_text
from generator.engines.helm.data import DATA_FUNCTIONS
from generator.engines.helm.functions import PROGRAM_FUNCTIONS
from generator.engines.sprig import FUNCTIONS
from tests.conformance import helm_oracle
from tests.conformance.ours import rendered
from tests.conformance.sprig_rows import Row, recorded, rows, values

ROWS: dict[tuple[str, str], list[Row]] = {}
for _row in rows():
    ROWS.setdefault((_row.topic, _row.function), []).append(_row)
NUMBERS_ARE_FLOATS: dict[str, Any] = {"parse_int": float}


def outcome(template: str, shared: Mapping[str, Any]) -> dict[str, str]:
    """What we make of a template, as it is recorded of Helm."""
    try:
        return {"want": rendered({"t.yaml": template}, shared)["t.yaml"]}
    except TemplateError as error:
        return {"error": helm_text(error)}


@pytest.mark.parametrize("key", ROWS, ids="-".join)
def test_as_recorded(key: tuple[str, str]) -> None:
    _, answers = recorded()
    wrong = []
    for row in ROWS[key]:
        got = outcome(row.template, values(**NUMBERS_ARE_FLOATS))
        if got != answers[row.template]:
            wrong.append((row.template, got, answers[row.template]))
    assert not wrong


def test_every_function_has_rows() -> None:
    elsewhere = DATA_FUNCTIONS.keys() | PROGRAM_FUNCTIONS.keys()
    ours = {function for topic, function in ROWS if topic != "upstream"}
    assert FUNCTIONS.keys() - elsewhere <= ours
    assert ours <= FUNCTIONS.keys()


def test_every_row_has_an_answer_and_every_answer_a_row() -> None:
    _, answers = recorded()
    assert {row.template for group in ROWS.values() for row in group} == answers.keys()


@pytest.mark.oracle
def test_helm_still_says_so() -> None:
    helm = helm_oracle.required()
    _, answers = recorded()
    shared = values()
    changed = []
    for template, answer in answers.items():
        rendered, error = helm({"t.yaml": template}, shared)
        got = {"want": rendered["t.yaml"]} if error is None else {"error": error}
        if got != answer:
            changed.append((template, got, answer))
    assert not changed
