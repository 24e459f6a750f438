"""Documents as Go reads them: whole texts, sound and broken, against sigs.k8s.io/yaml and kubectl."""

import json
import re
import subprocess
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_list, read_manifest, read_map, read_values, read_values_file
from tests.conformance.yaml.generate import FRAGMENTS, VOLUME, Generator
from tests.conformance.yaml.referee import Answer, Referee, as_int64, same

SEEDS = (
    """\
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, labels: {"app.kubernetes.io/name": db, tier: 'back end'}}
spec:
  replicas: 3
  template:
    spec:
      containers:
      - name: db
        image: registry.example.com/db:7.4
        args: ["--port", '6379', --dir=/data]
        resources: {requests: {cpu: 500m, memory: 1Gi}}
        env:
        - {name: A, value: "1"}
        - name: B
          value: |
            line one
              line two

            line three
""",
    """\
a: &x {b: 1, c: [1, 2, "q"]}
d: *x
<<: *x
e:
  <<: [*x, {z: 0x1f}]
f: !!int "3"
g: |
  text
   more

h: >-
  folded
  text

  para
i: 'single ''quoted'' text'
j: "dq \\n \\x41 \\u00e9 \\
   cont"
? complex
: value
k: ! bang
l: !!binary aGVsbG8=
m: 2001-01-01
n: [a, b: c, {d}]
""",
    """\
- 1
- - a
  - b
- {y: n, 2: 2, 1.5: 3}
- ~
-
- key: [x]
- "é\\u2028" # comment
- >
  folded text
    kept

  end
""",
)
# Where libyaml and go-yaml's older copy of it part ways; see `generator.goyaml.quirks`.
PARTED = re.compile(
    r"\ufeff"  # in mid-text, when it comes to lie first in go-yaml's buffer
    r"|[\]}][^\s,\]}:]"  # behind a list or map: which of two mistakes is named
    r"|\A\s*(\[\s*\]|\{\s*\})"  # behind an empty one that comes first: the same
    r"|<<:.*!"  # a merge of something tagged: the order of two complaints
)
# A `?` in a flow collection is found, and these are said, further on or further back than in go-yaml.
LATE = re.compile(r"[\[{][^\]}]*\?")
EARLY = ("could not find expected ':'",)


def _outcome(read: Callable[[str], Any], text: str) -> Answer:
    try:
        return Answer(value=read(text))
    except YamlError as error:
        return Answer(error=str(error))


def _agree(text: str, ours: Answer, theirs: Answer) -> bool:
    if ours.error and theirs.error and ours.error != theirs.error:
        if "invalid map key" in ours.error and "invalid map key" in theirs.error:
            return True  # inside of a map that cannot be a key, go-yaml still knows true from "true"
        # Of two complaints about one text each library meets another one first.
        return any(said in ours.error + theirs.error for said in EARLY) or LATE.search(text) is not None
    return ours.error == theirs.error and same(ours.value, theirs.value)


def _texts(seed: int, count: int) -> list[str]:
    cases = Generator(seed)
    return [
        text
        for _ in range(count * VOLUME)
        if not PARTED.search(
            text := cases.mutated(cases.random.choice(SEEDS))
            if cases.random.random() < 0.6
            else "".join(cases.random.choices(FRAGMENTS, k=cases.random.randint(1, 12)))
        )
    ]


@pytest.mark.oracle
def test_broken_and_sound_texts_are_read_as_helm_reads_them_or_refused_in_the_same_words(go: Referee) -> None:
    texts = _texts(11, 4_000)
    differ = []
    for text, answer in zip(texts, go.read("read", texts), strict=True):
        error = answer.error.removeprefix("error converting YAML to JSON: ")
        if not _agree(text, _outcome(read_values, text), Answer(value=answer.value, error=error)):
            differ.append((text, _outcome(read_values, text), answer))
    assert len(texts) > 2_500
    assert differ == []


@pytest.mark.oracle
def test_what_kubernetes_would_refuse_is_refused_and_what_we_take_means_the_same(go: Referee) -> None:
    """Strictness may refuse more, never less, and never reads anything else."""
    texts = _texts(12, 4_000)
    taken = 0
    for text, answer in zip(texts, go.read("json", texts), strict=True):
        ours = _outcome(read_manifest, text)
        if not ours.error:
            assert not answer.error, (text, ours, answer)
            assert same(ours.value, json.loads(answer.text, parse_int=as_int64)), (text, ours, answer)
            taken += 1
    assert taken > 500


@pytest.mark.oracle
def test_maps_and_lists_are_asked_for_as_sigs_yaml_does(go: Referee) -> None:
    texts = [
        "a: 1", "[1]", "", "null", "3", "x", "true", "a: [", "~: x", "- a\n- b", "{}", "18446744073709551615: {a: b}",
        "a: {~: [1, x, true, null, {b: 1.5}]}", "a: .nan", "? [1, a]\n: x",
    ]  # fmt: skip
    for op, read in (("map", read_map), ("list", read_list)):
        for text, answer in zip(texts, go.read(op, texts), strict=True):
            assert _outcome(read, text) == Answer(value=answer.value, error=answer.error), text


@pytest.mark.oracle
def test_helm_reads_the_same(helm: Callable[[str, list[Any]], list[str]]) -> None:
    texts = _texts(13, 600)
    for text, theirs in zip(texts, helm("fromYaml | toJson", texts), strict=True):
        ours = _outcome(read_map, text)
        found = json.loads(theirs)
        error = found.get("Error", "") if ours.error else ""
        assert _agree(text, Answer(error=ours.error), Answer(error=error)), text
        if not ours.error:
            assert ours.value == found, text


@pytest.mark.oracle
def test_go_yaml_reads_512_bytes_at_a_time(go: Referee) -> None:
    """What comes first, a mistake or the end of the document, or the bytes among which one is that YAML forbids."""
    random = Random(14)
    heads = (
        "a: b: c\n", "a: 1\n---\n", "a: 1\n...\n", "- a\nb: c\n", "[1, 2}\n", "a: *x\n", "a: !!int x\n---\n",
        "'a' 'b'\n", "a: 'x\n--- b'\n", "\tx\n", "%x\n", "[a: b: c]\n", 'a: "\\q"\n', "{}\n---\n", "a: 1\n--- b\n",
        "a: 1\n... # c\n", "# c\n",
    )  # fmt: skip
    texts = []
    for _ in range(2_000 * VOLUME):
        before = random.choice(
            ("", "# é☃😀", "# " + "x" * random.randint(490, 520), "# " + "é" * random.randint(240, 260))
        )
        body = random.choice(("x", "é", "# c ", "x: y\n", "\n", "☃", "😀", " ")) * random.choice(
            (random.randint(0, 30), random.randint(480, 520), random.randint(0, 600))
        )
        forbidden = random.choice(("\x01", "\x7f", "\udcff", "\x9f"))
        texts.append(f"{before}\n" * random.randint(0, 2) + f"{random.choice(heads)}{body}{forbidden}tail")
    for text, answer in zip(texts, go.read("read", texts), strict=True):
        ours = _outcome(read_values, text)
        assert ours.error == answer.error.removeprefix("error converting YAML to JSON: "), text
        assert same(ours.value, answer.value), text


VALUES_FILES = [
    "a: 1\nb: {c: 2}\n",
    "a: {b: 1, c: {d: 2}}\n---\na: {c: {e: 3}, b: ~}\n--- # x\nf: [1]\n---\nf: [2]\n",
    "---\n# nothing\n---\na: {b: 1}\n---\na: 2\n---\na: {c: 3}\n",
    "on: y\n1: 2\nbig: 12345678901234567890\n",
    "",
]


@pytest.mark.parametrize("text", VALUES_FILES)
def test_helm_reads_the_same_values_files(text: str, helm_values: Callable[[str], Any]) -> None:
    assert read_values_file(text) == helm_values(text)


@pytest.mark.parametrize("text", ["a: 1\n---\n[1]\n", "a: 1\n---\nb: [\n", "a: .inf\n"])
def test_helm_refuses_the_same_values_files(text: str, helm_values: Callable[[str], Any]) -> None:
    with pytest.raises(YamlError) as error:
        read_values_file(text)
    assert str(error.value) in helm_values(text)


KUBECTL_PROBE = """apiVersion: v1
kind: ConfigMap
metadata: {name: probe}
on: y
octal: 0755
new_octal: 0o17
underscore: 1_000
exponent: 1e3
fraction: 1.0
big: 9223372036854775808
date: 2025-01-19
time: 12:30:45
dot: .5
merged:
  <<: {a: 1, b: 2}
  b: 3
binary: !!binary aGVsbG8=
text: |+
  keep

folded: >-
  one
  two
"""


def test_kubectl_reads_the_same(kubectl: Callable[[str], list[Any]]) -> None:
    (theirs,) = kubectl(KUBECTL_PROBE)
    ours = read_manifest(KUBECTL_PROBE.replace("\non:", '\n"true":'))
    assert ours == theirs
    assert ours["exponent"] == 1000
    assert isinstance(ours["big"], float)


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: .nan\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n~: b\n",
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: [b?c]\n",
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\na: "\\/"\n',
        "%YAML 1.2\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    ],
    ids=["not a number", "null key", "question mark in a flow", "escaped slash", "YAML 1.2"],
)
def test_kubectl_refuses_what_we_refuse(text: str, kubectl: Callable[[str], list[Any]]) -> None:
    with pytest.raises(YamlError):
        read_manifest(text)
    with pytest.raises(subprocess.CalledProcessError):
        kubectl(text)
