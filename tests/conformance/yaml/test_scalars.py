"""What a plain scalar means: our resolver against go-yaml, and the surprises of Go written out."""

import itertools
import math
from collections.abc import Iterator
from typing import Any

import pytest

from generator.goyaml.resolve import is_timestamp, resolve
from tests.conformance.yaml.generate import Generator
from tests.conformance.yaml.referee import Referee, Uint64, same

INF = math.inf
SURPRISES: list[tuple[str, Any]] = [
    *((word, True) for word in ("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE")),
    *((word, False) for word in ("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE")),
    *((word, word) for word in ("yES", "nO", "tRUE", "oN", "YEs", "nULL", "Nil", "none", "t", "f")),
    *((word, None) for word in ("~", "null", "Null", "NULL")),
    ("0755", 493), ("0o755", 493), ("-0755", -493), ("0O17", 15), ("010", 8), ("00", 0), ("-0", 0), ("+0", 0),
    ("08", 8.0), ("089", 89.0), ("-08", -8.0),
    ("0x1F", 31), ("0X1f", 31), ("-0x1f", -31), ("0b101", 5), ("0B1", 1), ("-0b11", -3),
    ("0b-1", -1), ("0b+1", 1), ("0b--1", "0b--1"), ("0o", "0o"), ("0x", "0x"), ("0b", "0b"),
    ("1_000", 1000), ("1_", 1), ("0_7", 7), ("1.5_0", 1.5), ("_1", "_1"), ("+_1", 1), ("0x_1", 1),
    ("1e3", 1000.0), ("12e03", 12000.0), ("1E-3", 0.001), ("1.e3", 1000.0), ("1e", "1e"), ("1e+", "1e+"),
    (".5", 0.5), ("+.5", 0.5), ("-.5", -0.5), ("1.", 1.0), ("+1", 1), ("1.5", 1.5), (".", "."), ("+", "+"),
    (".5_0", 0.5), (".5_", ".5_"), ("._5", "._5"), (".5__0", ".5__0"), (".5e1_0", 5e9),
    ("1e400", "1e400"), ("-1e400", "-1e400"), ("1e-400", 0.0), ("1234e56", 1.234e59),
    ("1:30", "1:30"), ("12:30:45", "12:30:45"), ("190:20:30.15", "190:20:30.15"),
    ("2025-01-19", "2025-01-19"), ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
    (".inf", INF), (".Inf", INF), ("+.INF", INF), ("-.inf", -INF), (".iNF", ".iNF"), ("inf", "inf"), ("NaN", "NaN"),
    ("9223372036854775807", 2**63 - 1), ("9223372036854775808", Uint64(2**63)), ("-9223372036854775808", -(2**63)),
    ("18446744073709551615", Uint64(2**64 - 1)), ("18446744073709551616", 18446744073709551616.0),
    ("+9223372036854775808", 9223372036854775808.0), ("-9223372036854775809", -9223372036854775809.0),
    ("0xFFFFFFFFFFFFFFFF", Uint64(2**64 - 1)), ("0x1FFFFFFFFFFFFFFFF", "0x1FFFFFFFFFFFFFFFF"),
    ("01777777777777777777777", Uint64(2**64 - 1)), ("02000000000000000000000", 2e21),
    ("=", "="), ("<<", "<<"), ("1.2.3", "1.2.3"), ("v1", "v1"), ("7.4", 7.4), ("1,000", "1,000"),
]  # fmt: skip
TIMESTAMPS = [
    ("2001-12-14t21:59:43.10-05:00", True), ("2001-12-14T21:59:43Z", True), ("2001-12-14 21:59:43.10", True),
    ("2001-12-14 21:59:43", True), ("2002-12-14", True), ("2002-1-1", True), ("2002-1-1 1:2:3,5", True),
    ("2001-12-14 21:59:43Z", False), ("2001-12-14T21:59:43", False), ("2001-12-14 21:59:43.10 -5", False),
    ("2001-02-29", False), ("2000-02-29", True), ("1900-02-29", False), ("2001-13-01", False), ("2001-00-01", False),
    ("2001-04-31", False), ("2001-01-32", False), ("0000-01-01", True), ("2001-01-01T24:00:00Z", False),
    ("2001-01-01T23:60:00Z", False), ("2001-01-01T23:59:60Z", False), ("2001-01-01T23:59:59+24:60", True),
    ("2001-01-01T23:59:59+25:00", False), ("2001-01-01T23:59:59+00:61", False), ("20010-01-01", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), SURPRISES, ids=[text for text, _ in SURPRISES])
def test_a_plain_scalar_means_what_go_takes_it_for(text: str, value: Any) -> None:
    assert same(resolve(text), value)


@pytest.mark.oracle
def test_go_agrees_with_the_surprises(go: Referee) -> None:
    for (text, value), answer in zip(SURPRISES, go.read("v2", [text for text, _ in SURPRISES]), strict=True):
        # A document that is "-" or "?" and such would be something else; none of these is.
        assert same(value, answer.value), text


@pytest.mark.parametrize(("text", "is_one"), TIMESTAMPS, ids=[text for text, _ in TIMESTAMPS])
def test_timestamps_are_told_from_other_text(text: str, *, is_one: bool) -> None:
    assert is_timestamp(text) is is_one


@pytest.mark.oracle
def test_go_quotes_the_same_timestamps(go: Referee) -> None:
    for (text, is_one), answer in zip(TIMESTAMPS, go.write("toyaml", [text for text, _ in TIMESTAMPS]), strict=True):
        assert answer.text == (f'"{text}"\n' if is_one else f"{text}\n")


def _words() -> Iterator[str]:
    alphabet = "01789+-._exobEXaf:"
    for length in (1, 2, 3):
        for letters in itertools.product(alphabet, repeat=length):
            yield "".join(letters)
    cases = Generator(1)
    yield from cases.scalars(alphabet, 4, 9, 20_000)
    yield from cases.scalars("0123456789-+._eE", 5, 25, 10_000)
    yield from cases.scalars("01234-:Tt Z.", 8, 25, 5_000)
    yield from cases.scalars("ynYNtTfFoOeEsSrRuUaAlL~", 1, 5, 5_000)


@pytest.mark.oracle
def test_enumerated_and_random_scalars_mean_the_same_to_go(go: Referee) -> None:
    words = [word for word in _words() if _stays_one_scalar(word)]
    wrong = [
        (word, resolve(word), answer.value)
        for word, answer in zip(words, go.read("v2", words), strict=True)
        if answer.error or not same(resolve(word), answer.value)
    ]
    assert len(words) > 30_000
    assert wrong == []


def _stays_one_scalar(word: str) -> bool:
    """Whether *word* alone in a document is one plain scalar."""
    return (
        word == word.strip()
        and ": " not in word
        and not word.endswith(":")
        and not word.startswith(("---", "- ", ": ", "..."))
        and word not in {"-", ":"}
    )
