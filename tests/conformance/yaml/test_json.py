"""JSON as encoding/json reads it, errors in its words."""

from collections.abc import Callable
from typing import Any

import pytest

from generator.goyaml import unjson
from generator.goyaml.gojson import JsonError
from generator.goyaml.gosyntax import quote
from tests.conformance.yaml.generate import VOLUME, Generator
from tests.conformance.yaml.referee import Answer, Referee, same

TOKENS = (
    "{", "}", "[", "]", ",", ":", '"a"', '"b":', '"', "\\", "\\u", "\\ud800", "\\u00e9", "d83d", "1", "12", "-", "0",
    ".", "e", "E", "+", "true", "tru", "false", "null", "n", "NaN", "Infinity", " ", "\n", "\t", "é", "\udc80", "\x00",
    "\x1f", "1.5", "'", "/", "\ufeff", "x", "-0", "01", "1.", ".5", "1e", "\U0001d4b3", '"\\ud83d\\ude00"', '"\\udc00"',
    "[1e400]",
)  # fmt: skip
TEXTS = (
    "[1]",
    "{}",
    "null",
    " null ",
    '"x"',
    "3",
    "true",
    '{"a":1}x',
    '{"a":1,"a":2}',
    '{"a":[1,{"b":null}]}',
    "",
    "[",
)


def _outcome(read: Callable[[str], Any], text: str) -> Answer:
    try:
        return Answer(value=read(text))
    except JsonError as error:
        return Answer(error=str(error))


@pytest.mark.oracle
@pytest.mark.parametrize(
    ("op", "read"),
    [("fromjson", unjson.unmarshal), ("jsonmap", unjson.unmarshal_map), ("jsonlist", unjson.unmarshal_list)],
)
def test_texts_are_read_or_refused_as_go_does(go: Referee, op: str, read: Callable[[str], Any]) -> None:
    cases = Generator(41).random
    texts = [*TEXTS, *("".join(cases.choices(TOKENS, k=cases.randint(0, 7))) for _ in range(6_000 * VOLUME))]
    sound = 0
    for text, answer in zip(texts, go.read(op, texts), strict=True):
        ours = _outcome(read, text)
        assert ours.error == answer.error, text
        if not ours.error:
            sound += 1
            # Go has a nil map or list for null, which templates cannot tell from an empty one.
            assert same(ours.value, answer.value) or (answer.value is None and not ours.value), text
    assert sound >= len(TEXTS) / 4


def test_helm_reads_json_the_same(helm: Callable[[str, list[Any]], list[str]]) -> None:
    cases = Generator(42).random
    # Values reach Helm through JSON, where half a surrogate pair has no place.
    tokens = [token for token in TOKENS if token.isprintable() or token.isspace()]
    texts = [*TEXTS, *("".join(cases.choices(tokens, k=cases.randint(0, 6))) for _ in range(500 * VOLUME))]
    for text, theirs in zip(texts, helm("fromJson | toJson", texts), strict=True):
        ours = _outcome(unjson.unmarshal_map, text)
        expected = {"Error": ours.error} if ours.error else ours.value
        assert unjson.unmarshal_map(theirs) == expected, text


@pytest.mark.oracle
def test_quotes_are_gos(go: Referee) -> None:
    cases = Generator(43)
    texts = [cases.text() for _ in range(1_000)] + ["\udcff\udc80", "'", "\x7f\xad\u200b\u2028\U000e0001"]
    for text, answer in zip(texts, go.read("quote", texts), strict=True):
        assert quote(text) == answer.text
