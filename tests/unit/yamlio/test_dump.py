"""How our own YAML looks; `tests/conformance/yaml/test_dump.py` shows that everybody can read it."""

from collections import OrderedDict
from enum import StrEnum
from typing import Any

import pytest

from generator.yamlio.dump import dump, dump_all

MANIFEST = {
    "spec": {
        "template": {"spec": {"containers": [{"image": "redis:7.4", "args": ["--port", "6379"], "name": "redis"}]}},
        "replicas": 3,
        "paused": False,
    },
    "kind": "Deployment",
    "metadata": {"labels": {"b": "2", "a": "y"}, "namespace": "prod", "annotations": {}, "name": "cache"},
    "apiVersion": "apps/v1",
    "data": {"redis.conf": 'maxmemory 1gb\n\n  # indented\nsave ""\n', "run": "exec redis", "nothing": None},
}
WRITTEN = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cache
  namespace: prod
  annotations: {}
  labels:
    a: "y"
    b: "2"
data:
  nothing: null
  redis.conf: |
    maxmemory 1gb

      # indented
    save ""
  run: exec redis
spec:
  paused: false
  replicas: 3
  template:
    spec:
      containers:
      - name: redis
        args:
        - --port
        - "6379"
        image: redis:7.4
"""
SHAPES: list[tuple[str, Any, str]] = [
    ("an empty map", {}, "{}\n"),
    ("an empty list", [], "[]\n"),
    ("null", None, "null\n"),
    ("true", True, "true\n"),
    ("a whole number", -12, "-12\n"),
    ("a float that is whole", 3.0, "3\n"),
    ("zero below zero", -0.0, "0\n"),
    ("a fraction", 0.1, "0.1\n"),
    ("a small fraction", 1e-7, "1.0e-07\n"),
    ("a fraction with an exponent", 1.5e-9, "1.5e-09\n"),
    ("a large float", 1e300, "1.0e+300\n"),
    ("a float beyond int64", 2.0**63, "9.223372036854776e+18\n"),
    ("a long integer", 10**25, "10000000000000000000000000\n"),
    ("text", "a b", "a b\n"),
    ("no text", "", '""\n'),
    ("a word that means something", "off", '"off"\n'),
    ("text in another script", "é", '"é"\n'),
    ("a version", "7.4", '"7.4"\n'),
    ("a version with a letter", "v7.4", "v7.4\n"),
    ("an image", "registry.example.com:5000/a/b@sha256:0f", "registry.example.com:5000/a/b@sha256:0f\n"),
    ("a quantity", "500m", "500m\n"),
    ("a size", "10Gi", "10Gi\n"),
    ("a duration", "30s", "30s\n"),
    ("a quantity that looks like a number", "1e3", '"1e3"\n'),
    ("a path", "/etc/redis", "/etc/redis\n"),
    ("an address", "10.0.0.0/8", '"10.0.0.0/8"\n'),
    ("a template", "{{ x }}", '"{{ x }}"\n'),
    ("a colon and a space", "a: b", '"a: b"\n'),
    ("a hash", "a #b", '"a #b"\n'),
    ("quotes", "say \"it's\"", '"say \\"it\'s\\""\n'),
    ("lines", "a\nb", "|-\n  a\n  b\n"),
    ("lines with an end", "a\nb\n", "|\n  a\n  b\n"),
    ("lines with blanks at their end", "a \nb", "|-\n  a \n  b\n"),
    ("lines with tabs", "a\n\tb\tc\n", "|\n  a\n  \tb\tc\n"),
    ("lines that start with a blank", " a\nb", '" a\\nb"\n'),
    ("lines that start with a break", "\na", '"\\na"\n'),
    ("several breaks at the end", "a\n\n", '"a\\n\\n"\n'),
    ("what cannot be seen", "a\u200bb\xa0c\ufeff\x1b\x85", '"a\u200bb\\u00a0c\\ufeff\\u001b\\u0085"\n'),
    ("an emoji", "\U0001f600", '"\U0001f600"\n'),
    ("lists in lists", [[1, [2]], []], "- - 1\n  - - 2\n- []\n"),
    ("maps in lists", [{"a": [{"b": 1}]}, {}], "- a:\n  - b: 1\n- {}\n"),
    ("lines in lists", ["a\nb", {"c": "d\ne\n"}], "- |-\n  a\n  b\n- c: |\n    d\n    e\n"),
    ("a tuple", ("a", ()), "- a\n- []\n"),
    ("keys that mean something", {"y": 1, "1": 2, "a b": 3, "": 4}, '"": 4\n"1": 2\na b: 3\n"y": 1\n'),
    ("a long key", {"k" * 121: {"a": [1]}, "l" * 120: 1}, f"? {'k' * 121}\n:\n  a:\n  - 1\n{'l' * 120}: 1\n"),
    ("a long key of a scalar", [{"k" * 121: "a\nb"}], f"- ? {'k' * 121}\n  : |-\n    a\n    b\n"),
    ("a key with lines", {"a\nb": [1]}, '"a\\nb":\n- 1\n'),
]  # fmt: skip


def test_a_manifest_reads_well() -> None:
    assert dump(MANIFEST) == WRITTEN


@pytest.mark.parametrize(("value", "text"), [row[1:] for row in SHAPES], ids=[row[0] for row in SHAPES])
def test_every_shape_has_one_form(value: Any, text: str) -> None:
    assert dump(value) == text


def test_equal_values_give_equal_bytes_whatever_they_are_made_of_and_were_written_before() -> None:
    class Kind(StrEnum):
        POD = "Pod"

    class Text(str):
        __slots__ = ()

    class Whole(int):
        pass

    class Row(list[Any]):
        pass

    one = {"kind": "Pod", "a": [1, "x"], "b": {"c": 2}}
    other = OrderedDict([("b", OrderedDict(c=Whole(2))), (Text("a"), Row([1.0, Text("x")])), ("kind", Kind.POD)])
    assert dump(one) == dump(other)
    # A text that was a key once is still a block as a value.
    assert dump({"m\nn": "m\nn"}) == dump({"m\nn": "m\nn"}) == '"m\\nn": |-\n  m\n  n\n'


def test_a_stream_has_separators_between_documents() -> None:
    assert dump_all([{"a": 1}, {"b": "c\n"}]) == "a: 1\n---\nb: |\n  c\n"
    assert dump_all([]) == ""


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}, "a\ud800", {"\udfff": 1}])
def test_what_json_cannot_hold_is_our_bug(value: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON has no form|half a surrogate"):
        dump(value)


@pytest.mark.parametrize("value", [{1: "a"}, {None: 1}, {"a": {True: 1}}, object(), {"a": {1, 2}}, b"a", [1j]])
def test_what_yaml_cannot_hold_is_our_bug(value: Any) -> None:
    with pytest.raises(TypeError):
        dump(value)
