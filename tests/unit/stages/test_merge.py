from typing import Any

import pytest

from generator.stages.merge import merged

CASES: dict[str, tuple[list[dict[str, Any]], dict[str, Any]]] = {
    "maps merge": ([{"a": {"x": 1, "y": 2}}, {"a": {"y": 3}}], {"a": {"x": 1, "y": 3}}),
    "lists are replaced": ([{"a": [1, 2]}, {"a": [3]}], {"a": [3]}),
    "null deletes": ([{"a": 1, "b": 2}, {"a": None}], {"b": 2}),
    "null deletes inside": ([{"a": {"x": 1, "y": 2}}, {"a": {"x": None}}], {"a": {"y": 2}}),
    "null of a default is nothing": ([{"a": None}], {}),
    "null, then a map: what was below is gone": ([{"a": {"x": 1}}, {"a": None}, {"a": {"y": 2}}], {"a": {"y": 2}}),
    "a scalar, then a map: the map starts afresh": ([{"a": {"x": 1}}, {"a": 5}, {"a": {"y": 2}}], {"a": {"y": 2}}),
    "an empty map changes nothing": ([{"a": {"x": 1}}, {"a": {}}], {"a": {"x": 1}}),
    "false and 0 and the empty text are values": ([{"a": 1, "b": 1, "c": 1}, {"a": False, "b": 0, "c": ""}],
                                                  {"a": False, "b": 0, "c": ""}),
    "nulls in lists stay": ([{"a": [None, {"b": None}]}], {"a": [None, {"b": None}]}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_merged(case: str) -> None:
    layers, want = CASES[case]
    assert merged(layers) == want


def test_what_no_layer_changes_is_shared() -> None:
    low: dict[str, Any] = {"big": {"list": [1, 2, 3]}, "small": 1}
    assert merged([low, {"small": 2}])["big"] is low["big"]
