"""Label selectors mean what Kubernetes' own parser says."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from generator.model import selectors

pytestmark = pytest.mark.oracle
Oracle = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]

LABELS: list[dict[str, str]] = [{}, {"a": "b"}, {"a": ""}, {"a": "5", "x/y": "c"}, {"a": "c", "in": "b", "b": "7"}]
WRITTEN = [
    "", " ", "a", "!a", "! a", "a=b", "a==b", "a!=b", "a = b", "a=", "a!=", "a==", "a,b", "a,", ",a", ",", "a,,b",
    "a in (b)", "a in (b,c)", "a in ( b , c )", "a notin (b)", "a in ()", "a in (,)", "a in (b,)", "a in (,b)",
    "a in (b,,c)", "a in b", "a in (b", "a in b)", "a in (b c)", "a notin(b)", "a in(b)", "in=b", "in in (in)",
    "notin", "!in", "a>4", "a > 4", "a>5", "a<5", "a>9223372036854775807", "a<9223372036854775808",
    "a>-9223372036854775808", "a<6", "a>", "a>b", "a>4.5", "a>99999999999999999999", "a>+4", "a=>4", "a=!b",
    "x/y=c", "x/y/z", "/y", "x/", "X/y", "x_/y", "-a", "a-", "a.b", "a=-b", "a=b.c-d_e", "a=" + "b" * 63,
    "a=" + "b" * 64, "a" * 63, "a" * 64, "a=b=c", "a b", "a (b)", "!a=b", "!", "!!a", "a!", "(a)", "a=(b)", "a=in",
    "a in (in,notin)", "a=b,c!=d,!e,f in (g)", "\ta\n=\rb", "a=b\u00e9", "\u00e9=b", "a==b,a!=c", "a===b", "a!==b",
    "a=b ,a", "x/y=c,a>4", "a< 4", "a <> 4", "a in (b)c", "a in (b),c", "a in (b),", "a,b in (7)",
]  # fmt: skip
PIECES = ["a", "b", "in", "notin", "x/y", "5", "=", "==", "!=", "!", "<", ">", "(", ")", ",", ",", " ", " in (", "-"]


def ours(text: str, labels: dict[str, str]) -> bool | None:
    try:
        return selectors.parse(text).matches(labels)
    except selectors.SelectorError:
        return None


def random_texts(count: int) -> list[str]:
    rng = random.Random(11)
    return ["".join(rng.choices(PIECES, k=rng.randint(1, 9))) for _ in range(count)]


def test_selectors_match_what_kubernetes_matches(oracle: Oracle) -> None:
    asked = [(text, labels) for text in (*WRITTEN, *random_texts(4000)) for labels in LABELS]
    answers = oracle([{"op": "selector", "args": [text], "labels": labels} for text, labels in asked])
    wrong = {
        (text, str(labels)): answer
        for (text, labels), answer in zip(asked, answers, strict=True)
        if ours(text, labels) != answer.get("result")
    }
    assert wrong == {}
    assert sum("result" in answer for answer in answers) > 1000


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a in b", "found 'b' where '\\(' is expected"),
        ("a,", "a label key is missing"),
        ("a b", "found 'b' where one of =, ==, !=, in, notin, >, < is expected"),
        ("a=b c", "found 'c' where ',' or the end is expected"),
        ("a=b/c", "'b/c' is no label value"),
        ("a > lots", "needs a whole number, not 'lots'"),
        ("Ä", "found 'Ä' where a label key is expected"),
    ],
)
def test_what_is_wrong_is_said(text: str, message: str) -> None:
    with pytest.raises(selectors.SelectorError, match=message):
        selectors.parse(text)
