"""What a strategic merge patch may not say. What it does is held against kubectl in tests/conformance/kubernetes."""

from typing import Any

import pytest

from generator.model.merge_rules import PLAIN, merge_rule
from generator.stages.transform import strategic

Json = Any
RULE = merge_rule("", "Pod")
POD: Json = {"spec": {"containers": [{"name": "a", "env": [{"name": "X"}]}], "tolerations": [{"key": "t"}]}}


def containers(*elements: Json) -> Json:
    return {"spec": {"containers": list(elements)}}


@pytest.mark.parametrize(
    ("patch", "pointer", "message"),
    [
        ({"$path": "delete"}, ("$path",), "there is no directive '$path'"),
        ({"spec": {"$patch": "remove"}}, ("spec", "$patch"), "$patch is delete, replace or merge, not 'remove'"),
        ({"spec": {"$patch": True}}, ("spec", "$patch"), "$patch is delete, replace or merge, not True"),
        (containers({"image": "x"}), ("spec", "containers", 0), "needs 'name'"),
        (containers("x"), ("spec", "containers", 0), "needs 'name'"),
        (containers({"$patch": "delete"}), ("spec", "containers", 0), "does not say which element"),
        (containers({"name": "a", "$patch": "replace"}), ("spec", "containers", 0), "stands beside other fields"),
        (containers({"name": "a", "env": [{"value": "1"}]}), ("spec", "containers", 0, "env", 0), "needs 'name'"),
        (
            {"spec": {"tolerations": [{"key": "t", "$patch": "delete"}]}},
            ("spec", "tolerations", 0, "$patch"),
            "means nothing in a list that is replaced",
        ),
        (
            {"spec": {"tolerations": [{"deep": [{"$retainKeys": []}]}]}},
            ("spec", "tolerations", 0, "deep", 0, "$retainKeys"),
            "means nothing in a list that is replaced",
        ),
        ({"spec": {"$retainKeys": "x"}}, ("spec", "$retainKeys"), "$retainKeys is a list of field names"),
        ({"spec": {"$retainKeys": ["a"], "b": 1}}, ("spec", "b"), "its $retainKeys does not retain"),
        (
            {"spec": {"$setElementOrder/containers": "x"}},
            ("spec", "$setElementOrder/containers"),
            "$setElementOrder/containers is a list",
        ),
        (
            {"metadata": {"finalizers": [], "$deleteFromPrimitiveList/finalizers": {}}},
            ("metadata", "$deleteFromPrimitiveList/finalizers"),
            "is a list",
        ),
    ],
    ids=str,
)
def test_refusals(patch: Json, pointer: tuple[str | int, ...], message: str) -> None:
    with pytest.raises(strategic.PatchError) as caught:
        strategic.merge({**POD, "metadata": {}}, patch, RULE)
    assert caught.value.pointer == pointer
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("patch", "want"),
    [
        ({"$patch": "delete"}, None),
        ({"$patch": "replace", "spec": {"a": None}}, {"spec": {}}),
        (containers({"$patch": "merge"}, {"name": "a", "image": "x"}),
         {"spec": {**POD["spec"], "containers": [{**POD["spec"]["containers"][0], "image": "x"}]}}),
        ({"spec": {"$deleteFromPrimitiveList/none": ["x"], "$setElementOrder/none": ["x"]}}, POD),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_allowed(patch: Json, want: Json) -> None:
    assert strategic.merge(POD, patch, RULE) == want


def test_lists_of_custom_kinds_are_taken_as_they_are() -> None:
    patch = {"spec": {"list": [{"a": None, "b": [1]}]}}
    assert strategic.merge({"spec": {"list": [1]}}, patch, PLAIN) == patch
