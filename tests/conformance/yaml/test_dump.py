"""Our own YAML, as every reader takes it: Go's libraries, kubectl, PyYAML (YAML 1.1) and ourselves."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from generator.goyaml.read import read_manifest
from generator.yamlio.dump import dump, dump_all
from tests.conformance.yaml.generate import FRAGMENTS, Generator
from tests.conformance.yaml.referee import Referee, as_int64

AWKWARD = (
    # Words, in every case that some reader knows.
    "y", "Y", "n", "N", "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF",
    "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~", "", "nil", "none", "None",
    # Numbers, and what looks like them: the short hash of a commit, too.
    "0", "1", "-1", "+1", "0755", "0o755", "0O17", "0x1f", "0X1f", "0b1", "0B1", "08", "1_000", "1_", "_1", "0_7",
    "1e3", "1E5", "1e-3", "1.5e3", "1.e3", "1234e56", "12e03", "1e400", "1.", ".5", "+.5", "-.5", ".5_0", "7.4", "7.40",
    ".inf", "-.inf", "+.INF", ".nan", ".NaN", "Infinity", "NaN", "inf", "nan", "9223372036854775808", "1,000",
    # Times.
    "1:30", "12:30:45", "190:20:30.15", "2025-01-19", "2025-1-9", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43",
    # Indicators.
    "-c", "--port", "-y", "-e5", "-Inf", "-0x1f", "--a: b",
    "-", "- a", "--", "---", "--- a", "...", "?", "? a", ":", ": a", "a:", "a: b", "a :b", "a #b", "#a", "a#b", "&a",
    "*a", "!a", "!!str", "|", ">", "%a", "@a", "`a`", "'a'", '"a"', "[a]", "{a}", "a, b", "a]", "=", "<<", "\\", "/",
    "{{ x }}", "${X}", "$$", "*.example.com", "* * * * *", "http://a.b/c?d=e#f", "sha256:0a1b", "a:b:c", "::1",
    # Blanks, line breaks, and what cannot be seen.
    " ", " a", "a ", "\t", "a\tb", "\ta", "a\n", "a\n\n", "\na", "\n", "a\nb", "a\n b\n", " a\nb", "a \nb", "a\n\tb",
    "a\r\nb", "a\rb", "a\x85b", "a\u2028b", "a\xa0b", "\xa0", "a\u3000b", "\ufeffa", "a\ufeff", "\u200b", "a\u200bb",
    "\x00", "\x07", "\x1b[0m", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff", "\ufffd", "é", "漢字", "\U0001f600",
    "e\u0301",
    # Lengths.
    "a" * 129, "a " * 100, "a b" * 400, "é" * 1100,
)  # fmt: skip


def _meant(value: Any) -> Any:
    """*value* with the numbers that any reader makes of it."""
    if isinstance(value, float) and value.is_integer() and -(2**63) <= value < 2**63:
        return int(value)
    if isinstance(value, dict):
        return {key: _meant(item) for key, item in value.items()}
    return [_meant(item) for item in value] if isinstance(value, list) else value


def _alike(one: Any, other: Any) -> bool:
    """Whether both are the same to JSON: 1 is 1.0, but true is not 1."""
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return one == other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_alike(item, other[key]) for key, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return type(one) is type(other) and bool(one == other)


def _everywhere(text: str) -> dict[str, Any]:
    """An object that has *text* wherever a string can stand."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "annotations": {"value": text}},
        "data": {text: text, "list": [text, [text], {text: text}], "nested": {"deep": {text: [text, None]}}},
    }


def _read_by_pyyaml(text: str) -> Any:
    return yaml.CSafeLoader(text).get_single_data()


@pytest.mark.oracle
def test_no_go_reader_takes_a_string_for_anything_else(go: Referee) -> None:
    values = [_everywhere(text) for text in (*AWKWARD, *FRAGMENTS)]
    texts = [dump(value) for value in values]
    for value, text, answer in zip(values, texts, go.read("v3", texts), strict=True):
        assert (answer.value, answer.error) == (value, ""), text
    for value, text, answer in zip(values, texts, go.read("strict", texts), strict=True):
        assert not answer.error, text
        assert json.loads(answer.text) == value, text


def test_kubectl_reads_every_awkward_string_back(kubectl: Callable[[str], list[Any]]) -> None:
    values = [_everywhere(text) for text in (*AWKWARD, *FRAGMENTS)]
    for number, value in enumerate(values):
        value["metadata"]["name"] = f"a{number}"
    assert kubectl(dump_all(values)) == values


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_we_and_pyyaml_read_every_awkward_string_back(text: str) -> None:
    written = dump(_everywhere(text))
    assert read_manifest(written) == _everywhere(text)
    assert _read_by_pyyaml(written) == _everywhere(text)


@pytest.mark.oracle
def test_random_trees_come_back_from_every_reader(go: Referee) -> None:
    values = Generator(21).trees(1_500)
    texts = [dump(value) for value in values]
    for value, text, answer in zip(values, texts, go.read("v3", texts), strict=True):
        assert not answer.error, text
        assert _alike(value, answer.value), text
    for value, text, answer in zip(values, texts, go.read("json", texts), strict=True):
        assert not answer.error, text
        assert _alike(value, json.loads(answer.text, parse_int=as_int64)), text
    for value, text in zip(values, texts, strict=True):
        assert read_manifest(text) == _meant(value), text
        assert dump(read_manifest(text)) == text
        assert _alike(value, _read_by_pyyaml(text)), text


def test_a_stream_of_objects_comes_back_from_kubectl(kubectl: Callable[[str], list[Any]]) -> None:
    cases = Generator(22)
    head = {"apiVersion": "v1", "kind": "ConfigMap"}
    values = [
        {**head, "metadata": {"name": f"a{number}"}, "spec": {"x": cases.tree(), "y": cases.tree()}}
        for number in range(150)
    ]
    assert all(map(_alike, kubectl(dump_all(values)), values))
