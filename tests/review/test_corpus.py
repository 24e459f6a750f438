"""The verdict on each pair of the corpus, and what holds for all of them."""

from dataclasses import replace

import pytest

from generator.model.review import Noise, noise_of
from generator.stages.review.effects.table import EFFECTS
from generator.stages.review.masks import Masker
from generator.stages.review.verdict import verdict
from tests.architecture.pages import ROOT, Page
from tests.review.corpus import SALT, Example, examples, rules


@pytest.fixture(params=list(examples()))
def example(request: pytest.FixtureRequest) -> Example:
    return examples()[request.param]


def test_the_verdict_is_an_experts(example: Example) -> None:
    found = example.review()
    expected = example.expected
    assert sorted(rules(found)) == sorted(expected["rules"])
    assert found.effect == expected["effect"]
    if "changes" in expected:
        changes = {f"{one.id.kind}/{one.id.name}": str(one.kind) for one in found.objects if not one.is_noise}
        assert changes == expected["changes"]
    if "noise" in expected:
        assert noise_of(found.objects) == {Noise(kind): count for kind, count in expected["noise"].items()}
    if "way" in expected:
        assert any(expected["way"] in one.way for one in found.effects), [one.way for one in found.effects]
    reasons = [one.reason for one in found.effects]
    for text in expected.get("says", ()):
        assert any(text in reason for reason in reasons), reasons
    for text in expected.get("saysNot", ()):
        assert not any(text in reason for reason in reasons), reasons


def test_without_texts_only_the_texts_are_missing(example: Example) -> None:
    full, short = example.review(), verdict(example.case(), Masker(SALT), texts=False)
    assert short == replace(
        full,
        objects=tuple(replace(one, old="", new="") if one.old and one.new else one for one in full.objects),
    )


def test_a_state_does_not_differ_from_itself(example: Example) -> None:
    assert verdict(example.case(still=True), Masker(SALT)) is None


def test_the_page_has_every_rule() -> None:
    (table,) = [one for one in Page(ROOT / "docs/reference/review.md").tables if "finds" in one.titles]
    rows = {row["rule"].strip("`"): (row["effect"], row["finds"]) for row in table.rows}
    assert rows == {name: (str(kind), text) for name, (kind, text) in EFFECTS.items()}


def test_every_rule_has_a_case() -> None:
    found = {rule.rpartition(" ")[2] for one in examples().values() for rule in one.expected["rules"]}
    assert set(EFFECTS) - found == set()
