"""The quick reader takes plain manifests, and never reads anything otherwise than the careful one."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.goyaml.careful import manifest as read_carefully
from generator.goyaml.careful import typed, values
from generator.goyaml.errors import YamlError
from generator.goyaml.quick import UNSURE, read_quickly
from generator.goyaml.read import read_typed, read_values
from generator.yamlio.dump import dump
from tests.conformance.yaml.generate import VOLUME, Generator
from tests.conformance.yaml.referee import same

TAKEN = [
    "# nothing\n",
    "a: 1\n",
    "a:\nb:\n",
    "a: 1.0\nb: 1e3\nc: 0755\nd: ~\ne: yes\nf: 1.5\ng: 9223372036854775808\n",
    'a: "b: #c"\nb: \'d "e"\'  # f\nc: g  # h\nd: http://i.j/k?l=m#n\ne: p:q\n',
    "a:\n  b:\n    c: d\n  e: f\ng: h\n",
    "a:\n- b\n- c: d\n  e:\n  - f\n- - g\n  - h\n-   i: j\n    k: l\nm: n\n",
    "a:\n  - b\n  -\tc\n".replace("\t", " "),
    "- \n- a\n- \n",
    'a: []\nb: {}\nc: [d, "e f", yes, g.h/i-j ]\n',
    "a: |\n  b\n   c\n\n  d\ne: |-\n    f\n\n\ng: h\n",
    "- |\n a\n- b: |\n    c\n",
    "a: 1\n# b\n   # c\n\nd:\n# e\n  f: g\n",
    "\"a b\": 1\n'c': 2\napp.kubernetes.io/name: d\n_x: 3\n/y: 4\n",
    "a: {}\nb: { }\nc: [ ]\nd: {e: f, 'g': 1,  \"h i\" : 2}\n".replace(" :", ":"),
    "a: {b: {c: [1, 2.5, {d: ~}], e: []}, f: ^1.2, g: 10Gi, h: -x, i: -1, j: 'k, l'}  # m\no: [x-y, [z], 0755]\n",
    '- {a: b}\n- [c, "d: e"]\n- f: {g: yes}\n',
    "a: -b\nc: --d\ne: -1\nf: .5\ng: ...\nh: it's [fine], {so}\n",
]
LEFT = [
    "", "a: 1", "a: é\n", "a:\t1\n", "a: 1\r\n", "y: 1\n", "null: 1\n", "1: a\n", "<<: {a: 1}\n", "? a\n: b\n", "a\n",
    "a: b: c\n", "a: b:\n", "a: b\n  c\n", "a: b\n  c: d\n", "a: 1\na: 2\n", "a: .inf\n", "a: .nan\n", "a: &b c\n",
    "a: *b\n", "a: !c d\n", "a: >\n  b\n", "a: |2\n   b\n", "a: |+\n  b\n", "a: |\n\n  b\n", "a: |\nb: 1\n",
    "a: |\n  b\n \n", "a: |\n  b\n   \n  c\n", 'a: "\\n"\n', "a: 'it''s'\n", 'a: "b" c\n', 'a: "b\n  c"\n',
    "a: {b: c,}\n", "a: {b}\n", "a: {b:c}\n", "a: {b: c d}\n", "a: {b: }\n", "a: {b: c, b: d}\n", "a: {y: c}\n",
    "a: {b: c} d\n", "a: {b: c\n", "a: {b: c]\n", "a: {b: c: d}\n", "a: {b: - }\n", "a: {b: c#d}\n", "a: {1: b}\n",
    "a: {b: 'it''s'}\n", "a: {b: .inf}\n", "a: {b: &c d}\n", "a: [b c]\n", "a: [, b]\n", "a: [b,]\n", "a: [-]\n",
    "a: [b: c]\n", "a: [b?]\n", "a: " + "[" * 20 + "]" * 20 + "\n", "{a: b}\n", "a: {b: c}: d\n",
    "a: {b: *c}\n", "a: [b\n", "a:b\n", "  a: 1\nb: 2\n",
    "a:\n    b: 1\n  c: 2\n", "- a\nb: c\n", "a: 1\n- b\n", "a:\n  b:\n- c\n", "a: - b\n", "- - a\n - b\n",
    "---\na: 1\n", "a: 1\n...\n", "%YAML 1.1\n", "{}\n", "- - - -\n", "-\n", "a: @b\n", "a: `b`\n", "a: %b\n",
    "a: ? b\n", "a: \x07\n", "a: \x7f\n", "- ! a\n", "a: 'b\n", ": a\n", '"": \n"a\\"": 1\n',
]  # fmt: skip
PIECES = (
    " ", "  ", "\n", "\n  ", "\n- ", "\n  - ", "- ", ": ", ":", "#", " #", '"', "'", "|", "|-", "\n\n", "\n \n", "[]",
    "{}", "[a, b]", "y", "1", "~", "null", "-", ".5", "a", "a: b", "\n    ", "a:\n", "\\", "---", "...", "?", "&a",
    "*a", "!", "%", "{", "}", "[", "]", ",", "<<", "=", "@", "`", ">", "\t", '"a":', "- - ", "0x1", "1e3", ".inf",
    "{a: b}", "[1, c]", "{ }", "{'a': [~], b: \"c\"}", ", d: e", "^", "^1.2", "1_000", "k: |\n      x\n", "é",
)  # fmt: skip
BASE = """\
apiVersion: v1
kind: Service
metadata:
  name: db
  labels: {}
  annotations:
    "a b": 'c'
spec:
  ports:
  - name: x
    port: 6379
    script: |
      echo a
        b

      c
  - name: z
  args: [a, "b"]
  limits: {cpu: 1, memory: 1Gi}
  list:
    - - k
      - l
    - |-
      m
"""


def _agrees(text: str) -> bool:
    """Whether the quick reader took *text*; it must have read it as the careful one does then."""
    value = read_quickly(text)
    if value is UNSURE:
        return False
    try:
        careful = read_carefully(text)
    except YamlError as error:
        raise AssertionError(text, value) from error
    assert same(value, careful), text
    return True


@pytest.mark.parametrize("text", TAKEN, ids=ascii)
def test_plain_texts_are_taken(text: str) -> None:
    assert _agrees(text)


NUMBERS = (
    "a: -0\nb: [-0]\n", "a: -0.0\n", "a: [-0.0, -0.]\n", "{a: -0e0}\n", "- -0.0\n", "a: 1e3\n", "a: 1.0\n",
    "a: [1.5, 2.]\n", "a: .5\n", "a: 1e6", "a: 12345678901234567890\n", "a: 9223372036854775807\n",
    "a: 9223372036854775808\nb: -9223372036854775809\n", "a: 1_000\n", "a: 0x1f\nb: 017\nc: 0o17\nd: 0b11\n",
    "version: 0.1.0\n", "a: 10.0.0.1", "a: 1.16", "a: 500m\nb: 5E\n", "a: +1\nb: +1.0\n", "a: 1. # c\n",
    "a: 1e400\n", "a: 0.1\nb: 100000.0\n", "{a: 1, b: {c: 2.0}}", "a: |\n  x", "a: |\n  x\n", "-0.0", "1e3\n",
    "a: 18446744073709551615\n", "a: 1:30\n", "a: 123456789012345678\n", "a:\n- 1.0\n- -0.0\n", "a: 1,2\n",
    "a: 0x1e3\n", "a: 00012345678901234567\n", "a: 1.e3\n", "a: .0\nb: -.0\nc: +.5\n", "a: 0045\nb: 0048\n",
)  # fmt: skip
"""Numbers that Helm and Kubernetes have otherwise than each other."""


@pytest.mark.parametrize(("quick", "careful"), [(read_values, values), (read_typed, typed)])
def test_values_and_what_is_decoded_into_structs_are_read_quickly_as_carefully(
    quick: Callable[[str], Any], careful: Callable[[str], Any]
) -> None:
    cases = Generator(44)
    trees = (_plain(cases.tree()) for _ in range(1_000 * VOLUME))
    texts = [*TAKEN, *LEFT, *NUMBERS, *(dump(tree) for tree in trees), *(cases.mutated(text) for text in NUMBERS * 20)]
    for text in texts:
        assert _outcome(quick, text) == _outcome(careful, text), text


def _plain(value: Any) -> Any:
    """*value* without what YAML cannot say."""
    if isinstance(value, dict):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return "".join(char for char in value if char.isprintable()) if isinstance(value, str) else value


def _outcome(read: Callable[[str], Any], text: str) -> str:
    """What is read, with the types of numbers and their signs."""
    try:
        return repr(read(text))
    except YamlError as error:
        return str(error)


@pytest.mark.parametrize("text", LEFT, ids=ascii)
def test_all_others_are_left(text: str) -> None:
    assert read_quickly(text) is UNSURE


def test_deep_texts_are_left() -> None:
    assert read_quickly("".join("  " * depth + "a:\n" for depth in range(101))) is UNSURE


def test_values_are_never_shared() -> None:
    text = "a: [b, c]\nd: [b, c]\ne: {}\nf: {}\n"
    value: dict[str, Any] = read_quickly(text)
    value["a"].append("x")
    value["e"]["y"] = 1
    assert read_quickly(text) == {"a": ["b", "c"], "d": ["b", "c"], "e": {}, "f": {}}
    assert (value["d"], value["f"]) == (["b", "c"], {})


def test_what_dump_writes_is_read_alike_or_left() -> None:
    texts = [dump(value) for value in Generator(51).trees(1_500)]
    assert sum(map(_agrees, texts)) > 50


def test_mutated_manifests_are_read_alike_or_left() -> None:
    cases = Generator(52).random
    taken = 0
    for _ in range(6_000 * VOLUME):
        lines = BASE.split("\n")
        for _ in range(cases.randint(1, 2)):
            at = cases.randrange(len(lines))
            match cases.randrange(6):
                case 0:
                    column = cases.randrange(len(lines[at]) + 1)
                    lines[at] = lines[at][:column] + cases.choice(PIECES) + lines[at][column:]
                case 1:
                    lines[at] = " " * cases.randint(0, 7) + lines[at].lstrip()
                case 2:
                    lines[at] += cases.choice(PIECES)
                case 3:
                    del lines[at]
                case 4:
                    lines.insert(cases.randrange(len(lines)), lines[at])
                case _:
                    lines.insert(at, cases.choice(PIECES))
        taken += _agrees("\n".join(lines))
    assert taken > 1_000 * VOLUME
