"""A pattern is what `re.compile` gives, once it is used."""

import re

import pytest

from generator.pattern import pattern


def test_as_compiled() -> None:
    word = pattern(r"(?P<w>[a-z]+)", re.IGNORECASE)
    assert word.match("Ab1")["w"] == "Ab"  # type: ignore[index]
    assert word.sub("_", "a1b") == "_1_"
    assert word.pattern == r"(?P<w>[a-z]+)"
    assert word.fullmatch("a1") is None


def test_a_mistake_is_told_late() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.match("x")
