"""`toYaml`, `toYamlPretty` and `toJson` byte for byte, against Go's libraries and the real Helm."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from generator.goyaml import emit, gojson
from generator.goyaml.errors import MarshalError
from generator.goyaml.numbers import format_g, format_g32
from tests.conformance.yaml.generate import Generator
from tests.conformance.yaml.referee import Answer, Referee
from tests.unit.goyaml.test_write import YAML as RECORDED

Marshal = Callable[[Any], str]


def _outcome(marshal: Marshal, value: Any) -> Answer:
    try:
        return Answer(text=marshal(value))
    except (MarshalError, gojson.JsonError) as error:
        return Answer(error=str(error))


def _has_one_order(value: Any) -> bool:
    """Whether go-yaml always writes the keys in one order: its comparison runs in circles for some sets of keys."""
    if isinstance(value, list):
        return all(map(_has_one_order, value))
    if not isinstance(value, dict):
        return True
    digits = sum(any(char.isdecimal() for char in key) for key in value)
    return digits < 3 and all(map(_has_one_order, value.values()))


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("op", "marshal"),
    [
        ("toyaml", emit.marshal),
        ("toyaml3", emit.marshal_pretty),
        ("tojson", gojson.marshal),
        ("rawjson", lambda value: gojson.marshal_raw(value) + "\n"),
        ("prettyjson", gojson.marshal_indent),
    ],
)
def test_random_trees_are_written_as_go_writes_them(go: Referee, op: str, marshal: Marshal) -> None:
    values = [value for value in Generator(31).trees(2_500) if _has_one_order(value)]
    assert len(values) > 2_000
    for value, answer in zip(values, go.write(op, values), strict=True):
        ours = _outcome(marshal, value)
        assert ours.text == answer.text, value
        assert ours.error == answer.error, value


@pytest.mark.parametrize(
    ("pipeline", "marshal"),
    [
        ("toYaml", emit.marshal),
        ("toYamlPretty", emit.marshal_pretty),
        ("toJson", gojson.marshal),
        ("toRawJson", gojson.marshal_raw),
        ("toPrettyJson", gojson.marshal_indent),
    ],
)
def test_helm_writes_the_same(helm: Callable[[str, list[Any]], list[str]], pipeline: str, marshal: Marshal) -> None:
    values = [_floats(value) for value in Generator(32).trees(800) if _has_one_order(value)]
    for value, theirs in zip(values, helm(pipeline, values), strict=True):
        assert _outcome(marshal, value).text.removesuffix("\n") == theirs, value


def _floats(value: Any) -> Any:
    """*value* as Helm holds it after reading it."""
    if isinstance(value, dict):
        return {key: _floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_floats, value))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


UNTYPICAL: list[tuple[str, Any]] = [
    ("bytes that are no UTF-8", {"a\udcff": ["\udc80b", "x\udce2\udc82"]}),
    ("bytes", {"data": b"\x00\xff", "empty": b""}),
    ("no number", [float("nan")]),
    ("infinite", {"a": float("-inf")}),
    ("zero below zero", [-0.0, 0.0]),
    ("uint64", [2**64 - 1, 2**63]),
    ("floats that look like integers", [1e6, 1e20, 1e21, 2.0**63, 2.0**64, -(2.0**63), 6.100366674386075e16]),
    ("small floats", [1e-6, 1e-7, 9.99e-7, 0.0001, 0.00001, 5e-324]),
    ("next line", {"a": "b\x85c", "d": " \x85 \x85 e\x85", "f\x85": 1}),
    ("control characters", ["\x7f"]),
    ("a key too long for JSON in YAML", {"k" * 1022: 1}),
    ("a key just short enough", {"k" * 1021: 1}),
    ("keys of 128 and 129 bytes", {"k" * 128: 1, "l" * 129: 2, "é" * 64: 3, "é" * 65: [4], "m" * 130: {"a": 5}}),
    ("keys with lines", {"a\nb": "c", "d\n": ["e"], "f\u2028g": {"h": 1}, "i\n\n": {}}),
    ("nested lists", [[["a"], []], [{}, {"a": [[]]}]]),
    ("nothing", None),
    (
        "natural order",
        dict.fromkeys(("a10", "a2", "a", "_", "B", "1", "10", "2", "a-1", "é", "Z", "a/1", "a.b", "0"), 1),
    ),
]


@pytest.mark.oracle
@pytest.mark.parametrize("op", ["toyaml", "tojson", "toyaml3"])
def test_go_writes_the_untypical_the_same(go: Referee, op: str) -> None:
    marshal = {"toyaml": emit.marshal, "tojson": gojson.marshal, "toyaml3": emit.marshal_pretty}[op]
    for (name, value), answer in zip(UNTYPICAL, go.write(op, [value for _, value in UNTYPICAL]), strict=True):
        ours = _outcome(marshal, value)
        assert (ours.text, bool(ours.error)) == (answer.text, bool(answer.error)), name


@pytest.mark.oracle
def test_go_writes_what_was_recorded_from_it(go: Referee) -> None:
    values = [
        value for _, value, _, _ in RECORDED if not (isinstance(value, dict) and isinstance(value.get("a"), bytes))
    ]
    wanted = {repr(value): (plain, plain if pretty is None else pretty) for _, value, plain, pretty in RECORDED}
    for value, plain, pretty in zip(values, go.write("toyaml", values), go.write("toyaml3", values), strict=True):
        assert (plain.text, pretty.text) == wanted[repr(value)]


@pytest.mark.oracle
def test_go_refuses_to_write_in_the_same_words(go: Referee) -> None:
    values = [[float("nan")], {"a": float("inf")}, {"a": [float("-inf")]}, "\x7f", {"\x80": 1}]
    for op, marshal in (("toyaml", emit.marshal), ("tojson", gojson.marshal)):
        for value, answer in zip(values, go.write(op, values), strict=True):
            assert _outcome(marshal, value).error == answer.error


@pytest.mark.oracle
def test_floats_are_written_as_go_writes_them(go: Referee) -> None:
    cases = Generator(33).random
    numbers = [repr(cases.choice((1, -1)) * cases.random() * 10.0 ** cases.randint(-50, 50)) for _ in range(3_000)]
    numbers += ["0", "-0", "1e-50", "3.4e38", "3.5e38", "1e-46", "0.1", "16777217", "1234567.5", "123456", "1234567"]
    for number, answer in zip(numbers, go.read("float", numbers), strict=True):
        assert f"{format_g(float(number))} {format_g32(float(number))}" == answer.text


@pytest.mark.oracle
def test_helm_and_go_agree_on_the_versions_compared_with(go: Referee) -> None:
    """The Go program pins the versions that Helm has built in; a probe of what changed between releases."""
    probe = {"a1b": 1, "a10": 2, "tab": "a\tb\nc", "old": "y", "octal": "0o7"}
    (pretty,) = go.write("toyaml3", [probe])
    assert pretty.text == 'a1b: 1\na10: 2\noctal: "0o7"\nold: "y"\ntab: |-\n  a\tb\n  c\n'
    assert json.loads(gojson.marshal(probe)) == probe
