"""JSON patches do what kubectl's library does, where RFC 6902 lets it."""

import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any

import pytest

from generator.stages.transform import jsonpatch

pytestmark = pytest.mark.oracle
Oracle = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]
Json = Any

OPS: dict[str, tuple[Json, Json, Json]] = {
    "add to a map": ({"a": 1}, [{"op": "add", "path": "/b", "value": 2}], {"a": 1, "b": 2}),
    "add over what is there": ({"a": 1}, [{"op": "add", "path": "/a", "value": 2}], {"a": 2}),
    "add into a list": ({"a": [1, 3]}, [{"op": "add", "path": "/a/1", "value": 2}], {"a": [1, 2, 3]}),
    "add behind a list": ({"a": [1]}, [{"op": "add", "path": "/a/-", "value": 2}], {"a": [1, 2]}),
    "add at the end of a list": ({"a": [1]}, [{"op": "add", "path": "/a/1", "value": 2}], {"a": [1, 2]}),
    "add null": ({}, [{"op": "add", "path": "/a", "value": None}], {"a": None}),
    "add the whole": ({"a": 1}, [{"op": "add", "path": "", "value": {"b": 2}}], {"b": 2}),
    "remove from a map": ({"a": 1, "b": 2}, [{"op": "remove", "path": "/a"}], {"b": 2}),
    "remove from a list": ({"a": [1, 2]}, [{"op": "remove", "path": "/a/0"}], {"a": [2]}),
    "replace": ({"a": {"b": 1}}, [{"op": "replace", "path": "/a/b", "value": [2]}], {"a": {"b": [2]}}),
    "replace in a list": ({"a": [1, 2]}, [{"op": "replace", "path": "/a/1", "value": 3}], {"a": [1, 3]}),
    "replace the whole": ({"a": 1}, [{"op": "replace", "path": "", "value": {}}], {}),
    "move": ({"a": 1}, [{"op": "move", "from": "/a", "path": "/b"}], {"b": 1}),
    "move within a list": ({"a": [1, 2, 3]}, [{"op": "move", "from": "/a/0", "path": "/a/2"}], {"a": [2, 3, 1]}),
    "move onto itself": ({"a": 1}, [{"op": "move", "from": "/a", "path": "/a"}], {"a": 1}),
    "move upwards": ({"a": {"b": {"c": 1}}}, [{"op": "move", "from": "/a/b", "path": "/a"}], {"a": {"c": 1}}),
    "copy": ({"a": {"b": 1}}, [{"op": "copy", "from": "/a", "path": "/c"}], {"a": {"b": 1}, "c": {"b": 1}}),
    "test": ({"a": {"b": [1, "x"]}}, [{"op": "test", "path": "/a", "value": {"b": [1, "x"]}}], {"a": {"b": [1, "x"]}}),
    "test numbers by value": ({"a": 2.0}, [{"op": "test", "path": "/a", "value": 2}], {"a": 2.0}),
    "test with a null in a list": ({"a": [None]}, [{"op": "test", "path": "/a", "value": [None]}], {"a": [None]}),
    "test the whole": ({"a": 1}, [{"op": "test", "path": "", "value": {"a": 1}}], {"a": 1}),
    "escapes": ({"a/b": 1, "c~d": 2, "~1": 3}, [{"op": "remove", "path": "/a~1b"}, {"op": "remove", "path": "/c~0d"},
                {"op": "replace", "path": "/~01", "value": 4}], {"~1": 4}),
    "an empty name": ({"": 1}, [{"op": "replace", "path": "/", "value": 2}], {"": 2}),
    "one after the other": ({}, [{"op": "add", "path": "/a", "value": {}}, {"op": "add", "path": "/a/b", "value": 1}],
                            {"a": {"b": 1}}),
}  # fmt: skip

REFUSALS: dict[str, tuple[Json, Json, str, str]] = {
    "no such op": (
        {},
        {"op": "put", "path": "/a", "value": 1},
        "op",
        "op is one of add, remove, replace, move, copy, test",
    ),
    "no op": ({}, {"path": "/a"}, "op", "not None"),
    "no value": ({}, {"op": "add", "path": "/a"}, "op", "add needs 'value'"),
    "no from": ({"a": 1}, {"op": "move", "path": "/a"}, "op", "move needs 'from'"),
    "no path": ({"a": 1}, {"op": "remove"}, "op", "remove needs 'path'"),
    "a path of another type": ({"a": 1}, {"op": "remove", "path": 1}, "path", "path is a text"),
    "a path without a slash": ({"a": 1}, {"op": "remove", "path": "a"}, "path", "'a' does not begin with a slash"),
    "an odd escape": ({"a": 1}, {"op": "remove", "path": "/~2"}, "path", "neither ~0"),
    "a lone tilde": ({"a": 1}, {"op": "remove", "path": "/~"}, "path", "neither ~0"),
    "remove what is not there": ({"a": 1}, {"op": "remove", "path": "/b"}, "path", "the object has no 'b'"),
    "replace what is not there": ({"a": {}}, {"op": "replace", "path": "/a/b", "value": 1}, "path", "/a has no 'b'"),
    "add below what is not there": ({}, {"op": "add", "path": "/a/b", "value": 1}, "path", "the object has no 'a'"),
    "add below a scalar": ({"a": 1}, {"op": "add", "path": "/a/b", "value": 1}, "path", "/a has no 'b'"),
    "add beyond a list": (
        {"a": []},
        {"op": "add", "path": "/a/1", "value": 1},
        "path",
        "/a has 0 elements: there is no 1",
    ),
    "a name for an index": ({"a": []}, {"op": "add", "path": "/a/b", "value": 1}, "path", "'b' is no index"),
    "an index with a zero": ({"a": [1, 2]}, {"op": "remove", "path": "/a/01"}, "path", "'01' is no index"),
    "a negative index": ({"a": [1, 2]}, {"op": "remove", "path": "/a/-1"}, "path", "'-1' is no index"),
    "the end to be removed": ({"a": [1]}, {"op": "remove", "path": "/a/-"}, "path", "'-' is no index"),
    "the whole to be removed": ({"a": 1}, {"op": "remove", "path": ""}, "path", "cannot be removed"),
    "from nowhere": ({"a": 1}, {"op": "copy", "from": "/b", "path": "/c"}, "from", "the object has no 'b'"),
    "into itself": ({"a": {}}, {"op": "move", "from": "/a", "path": "/a/b"}, "path", "cannot move into itself"),
    "a failing test": ({"a": 1}, {"op": "test", "path": "/a", "value": 2}, "value", "the test fails: /a is 1"),
    "a shorter list": ({"a": [1, 2]}, {"op": "test", "path": "/a", "value": [1]}, "value", "the test fails"),
    "a longer list": ({"a": [1]}, {"op": "test", "path": "/a", "value": [1, 2]}, "value", "the test fails"),
    "true is not one": ({"a": 1}, {"op": "test", "path": "/a", "value": True}, "value", "the test fails"),
    "a test of nothing": ({}, {"op": "test", "path": "/a", "value": None}, "path", "the object has no 'a'"),
}

LAX = {
    # What kubectl's library takes all the same.
    "an index with a zero", "a negative index", "no value", "from nowhere", "replace what is not there",
    "a test of nothing",
    # What it refuses, or dies of, though RFC 6902 allows it.
    "add the whole", "test with a null in a list", "test numbers by value",
}  # fmt: skip


@pytest.mark.parametrize("name", OPS)
def test_operations(name: str) -> None:
    document, operations, want = OPS[name]
    before = deepcopy((document, operations))
    assert jsonpatch.apply(document, operations) == want
    assert (document, operations) == before


@pytest.mark.parametrize("name", REFUSALS)
def test_refusals(name: str) -> None:
    document, operation, member, message = REFUSALS[name]
    fine: Json = {"op": "test", "path": "", "value": document}
    with pytest.raises(jsonpatch.JSONPatchError) as caught:
        jsonpatch.apply(document, [fine, operation])
    assert (caught.value.index, caught.value.member) == (1, member)
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("operation", "hint"),
    [
        ({"op": "add", "path": "/a/b/c", "value": 1}, "add /a with value {} first, or use merge"),
        ({"op": "add", "path": "/m/b/c", "value": 1}, "add /m/b with value {} first, or use merge"),
        ({"op": "remove", "path": "/a"}, ""),
        ({"op": "copy", "from": "/a/b", "path": "/c"}, ""),
        ({"op": "remove", "path": "m"}, "write /m"),
    ],
)
def test_hints(operation: Json, hint: str) -> None:
    with pytest.raises(jsonpatch.JSONPatchError) as caught:
        jsonpatch.apply({"m": {}}, [operation])
    assert caught.value.hint.startswith(hint)
    assert bool(caught.value.hint) is bool(hint)


def test_a_long_value_is_told_in_part() -> None:
    with pytest.raises(jsonpatch.JSONPatchError) as caught:
        jsonpatch.apply({"a": "ä" * 100}, [{"op": "test", "path": "/a", "value": 1}])
    assert caught.value.message == f'the test fails: /a is "{"ä" * 78}…'


def test_the_library_agrees(oracle: Oracle) -> None:
    rows: dict[str, tuple[Json, Json, Json]] = {**OPS}
    rows |= {name: (document, [operation], None) for name, (document, operation, _, _) in REFUSALS.items()}
    answers = oracle([{"op": "json", "object": document, "patch": patch} for document, patch, _ in rows.values()])
    agrees = {
        name: (answer.get("result") if "error" not in answer else None) == want
        for (name, (_, _, want)), answer in zip(rows.items(), answers, strict=True)
    }
    assert {name for name, same in agrees.items() if not same} == LAX


def test_random_patches(oracle: Oracle) -> None:
    rng = random.Random(6902)

    def value(depth: int) -> Json:
        if depth and rng.random() < 0.7:
            keys = rng.sample(["a", "b", "c/d", "~"], rng.randint(0, 4))
            return {key: value(depth - 1) for key in keys} if rng.random() < 0.5 else [value(depth - 1) for _ in keys]
        return rng.choice([1, 2, "x", True, None])

    def path() -> str:
        return "".join("/" + rng.choice(["a", "b", "c~1d", "~0", "0", "1", "-"]) for _ in range(rng.randint(1, 3)))

    asked: list[Json] = []
    for _ in range(3000):
        operations = [
            {"op": rng.choice(list(jsonpatch.OPERATIONS)), "path": path(), "from": path(), "value": value(1)}
            for _ in range(rng.randint(1, 3))
        ]
        asked.append({"op": "json", "object": {"a": value(3), "b": value(2)}, "patch": operations})
    done = 0
    for question, answer in zip(asked, oracle(asked), strict=True):
        try:
            got = jsonpatch.apply(question["object"], question["patch"])
        except jsonpatch.JSONPatchError:
            continue  # the table above says where the library is lax
        done += 1
        assert got == answer.get("result"), (json.dumps(question), answer)
    assert done > 100
