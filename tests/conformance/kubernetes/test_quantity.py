"""Quantities mean what Kubernetes' own parser says."""

import itertools
import random
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from generator.model import quantity

pytestmark = pytest.mark.oracle
Oracle = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]

NUMBERS = [
    "", "0", "00", "1", "01", "7", "10", "1000", "1024", "1.5", "1.", ".5", ".", "0.1", "1.0000000001", "0.0000000001",
    "123456789", "9223372036854775807", "9223372036854775808", "99999999999999999999", "0.123456789012345678901",
    "1.25", "3.14159265358979", "1,5", "1_000", " 1", "1 ", "0x1", "١", "a",
]  # fmt: skip
SIGNS = ["", "+", "-", "--", "+-"]
SUFFIXES = [
    "", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "K", "ki", "KiB", "B", "i",
    "e", "e0", "e3", "E3", "e+3", "e-3", "E-12", "e-20", "e18", "e03", "e 3", "e3.5", "ee3", "Eie3", "e99", "e-99",
    "GB", "g", "mm", "+3", "-3", "5", "µ",
]  # fmt: skip
TEXTS = ["".join(parts) for parts in itertools.product(SIGNS, NUMBERS, SUFFIXES)]
NO_DIGITS = re.compile(r"[+-]?\.?([^0-9.+-].*)?")


def ours(text: str) -> Fraction | None:
    try:
        return quantity.parse(text)
    except quantity.QuantityError:
        return None


def test_every_combination_of_sign_number_and_suffix(oracle: Oracle) -> None:
    texts = [text for text in TEXTS if not NO_DIGITS.fullmatch(text)]
    answers = oracle([{"op": "quantity", "args": [text]} for text in texts])
    wrong = {
        text: (ours(text), answer)
        for text, answer in zip(texts, answers, strict=True)
        if ours(text) != (Fraction(Decimal(answer["result"][0])) if "result" in answer else None)
    }
    assert wrong == {}
    assert sum("result" in answer for answer in answers) > 1000


def test_a_suffix_alone_is_no_quantity() -> None:
    assert {text: ours(text) for text in TEXTS if NO_DIGITS.fullmatch(text) and ours(text) is not None} == {}


def test_amounts_compare_as_kubernetes_compares_them(oracle: Oracle) -> None:
    rng = random.Random(7)
    valid = [text for text in TEXTS if ours(text) is not None]
    pairs = [(rng.choice(valid), rng.choice(valid)) for _ in range(2000)]
    answers = oracle([{"op": "quantity", "args": pair} for pair in pairs])
    for (one, other), answer in zip(pairs, answers, strict=True):
        left, right = quantity.parse(one), quantity.parse(other)
        assert (left > right) - (left < right) == answer["cmp"], (one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1Gi", "1024Mi", True),
        ("1G", "1Gi", False),
        ("1000m", 1, True),
        (0.5, "500m", True),
        ("1e3", "1k", True),
        ("lots", "lots", True),
        ("lots", "few", False),
        ("1Gi", "lots", False),
    ],
)
def test_same(one: str | float, other: str | float, *, same: bool) -> None:
    assert quantity.same(one, other) is same


def test_the_largest_exponents() -> None:
    assert quantity.parse("1e100") == 10**100
    assert quantity.parse("1e-100") == Fraction(1, 10**9)


@pytest.mark.parametrize("text", ["1e101", "1e-101", "1e999999999999", "1e4294967296"])
def test_exponents_that_would_take_for_ever_are_refused(text: str) -> None:
    with pytest.raises(quantity.QuantityError, match="exponent"):
        quantity.parse(text)
