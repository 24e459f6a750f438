"""A plain command line means the same with click and without."""

from typing import Any

import click
import pytest

from generator.entrypoints import chart_line
from generator.entrypoints.commands.chart import template

LINES = [
    ["c"],
    ["n", "c"],
    ["c", "--name", "n"],
    ["c", "--name-template", "x-{{ 1 }}"],
    ["-f", "a.yaml", "c", "--values", "b.yaml,c.yaml", "--values=d.yaml"],
    ["c", "--set", "a=1,b=2", "--set=c=3", "--set-string", "a=--b", "--set-json", "a={}", "--set-file", "a=f"],
    ["c", "--set-literal", "a=,", "--set-literal=b=-x"],
    ["c", "-n", "ns"],
    ["c", "--namespace=", "--namespace", "b"],
    ["c", "-s", "a", "--show-only=b", "-a", "v1", "--api-versions", "v2,v3"],
    ["c", "--include-crds", "--no-hooks", "--skip-tests", "--is-upgrade", "--skip-schema-validation"],
    ["c", "--output-dir", "o", "--release-name", "--seed", "s", "--kube-version", "1.30"],
    ["c", "--skip-crds", "--create-namespace", "--disable-openapi-validation"],
    ["c", "--set", "--no-hooks"],
    ["", "c"],
]
"""Plain ones."""

LEFT = [
    [],
    ["--help"],
    ["a", "b", "c"],
    ["n", "c", "--name", "m"],
    ["c", "--name", "n", "--name-template", "m"],
    ["c", "--nope"],
    ["c", "--set"],
    ["c", "-nx"],
    ["c", "--dry-run=client"],
    ["c", "--no-hooks=true"],
    ["c", "--", "-x"],
    ["c", "--incl"],
    ["-"],
]
"""What click has to read, or to refuse."""


def by_click(arguments: list[str]) -> dict[str, Any]:
    context = template.make_context("template", list(arguments))
    assert isinstance(context, click.Context)
    return context.params


@pytest.mark.parametrize("namespace", [None, "", "space"])
@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_plain(line: list[str], namespace: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HELM_NAMESPACE", raising=False)
    if namespace is not None:
        monkeypatch.setenv("HELM_NAMESPACE", namespace)
    found = chart_line.read(line)
    assert found is not None
    words, options = found
    assert {**options, "words": tuple(words)} == by_click(line)


@pytest.mark.parametrize("line", LEFT, ids=" ".join)
def test_left_to_click(line: list[str]) -> None:
    assert chart_line.read(line) is None


def test_every_option() -> None:
    known = {*chart_line.LISTS, *chart_line.TEXTS, *chart_line.FLAGS, *chart_line.NO_EFFECT}
    assert known == {name for one in template.params for name in one.opts if name.startswith("-")} - {"--dry-run"}
