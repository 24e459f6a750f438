"""What Go writes, as recorded from it; `tests/conformance/yaml` compares many more values with the live libraries."""

from typing import Any

import pytest

from generator.goyaml import emit, gojson, unjson
from generator.goyaml.errors import MarshalError
from generator.goyaml.gojson import JsonError

LONG = "the quick brown fox jumps over the lazy dog and then it jumps over the lazy dog once more"
FOLDED = LONG.replace(" once", "\n  once")
# Name, value, toYaml, toYamlPretty; None, where that is the same.
YAML: list[tuple[str, Any, str, str | None]] = [
    ("lists", {"a": [1, [2, {"b": []}]], "c": {}}, "a:\n- 1\n- - 2\n  - b: []\nc: {}\n",
     "a:\n  - 1\n  - - 2\n    - b: []\nc: {}\n"),
    ("floats", [1e6, 1.5, 1e20, 1e-7, 2.0**63], "- 1000000\n- 1.5\n- 1e+20\n- 1e-07\n- 9223372036854776000\n",
     "- 1e+06\n- 1.5\n- 1e+20\n- 1e-07\n- 9.223372036854776e+18\n"),
    ("words", ["y", "null", "1e3", "0o7", "2001-01-01", "12:30", "=", "<<", "~", ""],
     '- "y"\n- "null"\n- "1e3"\n- "0o7"\n- "2001-01-01"\n- "12:30"\n- =\n- <<\n- "~"\n- ""\n', None),
    ("indicators", ["- a", "a: b", "#", "a #b", "it's", "'", "@", " a", "a ", "---"],
     "- '- a'\n- 'a: b'\n- '#'\n- 'a #b'\n- it's\n- ''''\n- '@'\n- ' a'\n- 'a '\n- '---'\n", None),
    ("folding", {"a": LONG}, f"a: {FOLDED}\n", f"a: {LONG}\n"),
    ("folding in quotes", [f"'{LONG}"], f"- '''{FOLDED}'\n", f"- '''{LONG}'\n"),
    ("lines", {"a": "b\n c\n", "d": "e\nf", "g": "h\n\n", "i": " j\nk"},
     "a: |\n  b\n   c\nd: |-\n  e\n  f\ng: |+\n  h\n\ni: |2-\n   j\n  k\n", None),
    ("tabs in lines", ["a\n\tb"], '- "a\\n\\tb"\n', "- |-\n  a\n  \tb\n"),
    ("an emoji", ["\U0001f600"], '- "\\U0001F600"\n', None),
    ("keys", {"y": 1, "a b": 2, "10": 3, "9": 4, "k" * 129: 5},
     f'"9": 4\n"10": 3\na b: 2\n? {"k" * 129}\n: 5\n"y": 1\n', None),
    ("no UTF-8", {"a": "\udcff"}, "a: \ufffd\n", "a: !!binary /w==\n"),
    ("bytes", {"a": b"\x00\xff"}, "a: AP8=\n", "a:\n  - 0\n  - 255\n"),
    ("a lone text", "a\nb", "|-\n  a\n  b\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "plain", "pretty"), [row[1:] for row in YAML], ids=[row[0] for row in YAML])
def test_yaml_is_written_as_go_writes_it(value: Any, plain: str, pretty: str | None) -> None:
    assert emit.marshal(value) == plain
    assert emit.marshal_pretty(value) == (plain if pretty is None else pretty)


def test_subclasses_are_written_like_what_they_are() -> None:
    class Int64(int):
        pass

    class Strings(list[str]):
        pass

    class StringMap(dict[str, str]):
        pass

    class Text(str):
        __slots__ = ()

    value = {Text("a"): Int64(7), "b": Strings(["x"]), "c": StringMap(d="e"), "f": Text("y")}
    assert emit.marshal(value) == 'a: 7\nb:\n- x\nc:\n  d: e\nf: "y"\n'
    assert gojson.marshal(value) == '{"a":7,"b":["x"],"c":{"d":"e"},"f":"y"}'


def test_other_types_go_through_convert() -> None:
    def convert(value: Any) -> Any:
        if isinstance(value, complex):
            raise JsonError("json: unsupported type: complex128")
        return sorted(value)

    value = {"a": {3, 1, 2}, "b": [frozenset("x")]}
    assert emit.marshal(value, convert) == "a:\n- 1\n- 2\n- 3\nb:\n- - x\n"
    assert emit.marshal_pretty({1, 2}, convert) == "- 1\n- 2\n"
    assert gojson.marshal(value, convert) == '{"a":[1,2,3],"b":[["x"]]}'
    assert gojson.marshal_indent(value, convert=convert).count("\n") == 11
    with pytest.raises(MarshalError, match=r"^error marshaling into JSON: json: unsupported type: complex128$"):
        emit.marshal([1j], convert)
    with pytest.raises(MarshalError, match="json: unsupported type: object"):
        emit.marshal(object())


@pytest.mark.parametrize("value", [float("nan"), {"a": float("inf")}, "\x7f", {"\x80": 1}, {"k" * 1023: 1}])
def test_what_to_yaml_gives_nothing_for_is_refused(value: Any) -> None:
    with pytest.raises(MarshalError):
        emit.marshal(value)


def test_json_is_written_as_go_writes_it() -> None:
    value = {"b": "<a> & \u2028 \b\x01\x7f", "a": [1e6, 1e21, 1e-7, -0.0, b"\xff", None], "é": {}}
    assert gojson.marshal(value) == (
        '{"a":[1000000,1e+21,1e-7,-0,"/w==",null],"b":"\\u003ca\\u003e \\u0026 \\u2028 \\b\\u0001\x7f","é":{}}'
    )
    assert gojson.marshal_raw({"a": "<\u2028\udcff"}) == '{"a":"<\\u2028\\ufffd"}'
    assert gojson.marshal_indent({"a": [1, {}], "b": []}) == '{\n  "a": [\n    1,\n    {}\n  ],\n  "b": []\n}'


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "unexpected end of JSON input"),
        ("{", "unexpected end of JSON input"),
        ("[1,]", "invalid character ']' looking for beginning of value"),
        ("{'a'}", "invalid character '\\'' looking for beginning of object key string"),
        ('{"a" 1}', "invalid character '1' after object key"),
        ('{"a":1 "b"}', "invalid character '\"' after object key:value pair"),
        ("[1 2]", "invalid character '2' after array element"),
        ("1 2", "invalid character '2' after top-level value"),
        ('"\n"', "invalid character '\\n' in string literal"),
        ('"\\x"', "invalid character 'x' in string escape code"),
        ('"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"),
        ("trub", "invalid character 'b' in literal true (expecting 'e')"),
        ("-", "invalid character ' ' in numeric literal"),
        ("1.x", "invalid character 'x' after decimal point in numeric literal"),
        ("1ex", "invalid character 'x' in exponent of numeric literal"),
        ("NaN", "invalid character 'N' looking for beginning of value"),
        ("é", "invalid character 'Ã' looking for beginning of value"),
        ("[1e999]", "json: cannot unmarshal number 1e999 into Go value of type float64"),
    ],
)
def test_json_is_refused_in_gos_words(text: str, error: str) -> None:
    with pytest.raises(JsonError) as refused:
        unjson.unmarshal(text)
    assert str(refused.value) == error


def test_json_is_read_with_floats_and_replacement_characters() -> None:
    assert repr(unjson.unmarshal('[1, {"a": 2, "a": -0}, "\\ud800\\ud83d\\ude00", "\udcff"]')) == repr(
        [1.0, {"a": -0.0}, "\ufffd\U0001f600", "\ufffd"]
    )
    with pytest.raises(JsonError, match="cannot unmarshal string into Go value of type map"):
        unjson.unmarshal_map('"a"')
    assert (unjson.unmarshal_map("null"), unjson.unmarshal_list(" [] ")) == ({}, [])


def test_nesting_is_bounded() -> None:
    deep: list[Any] = []
    for _ in range(5_000):
        deep = [deep]
    for marshal in (emit.marshal, emit.marshal_pretty, gojson.marshal, gojson.marshal_raw, gojson.marshal_indent):
        with pytest.raises((MarshalError, JsonError), match="exceeded max depth"):
            marshal(deep)
    with pytest.raises(JsonError, match="exceeded max depth"):
        unjson.unmarshal("[" * 20_000)
