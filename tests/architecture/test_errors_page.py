"""Sixty mistakes that one makes in templates and values, and what mwgen and Helm say: the page is written from them."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.architecture.pages import ROOT
from tests.conformance import helm_oracle
from tests.harness import Project

PAGE = ROOT / "docs/explanation/errors.md"
MARK = "<!-- From here on the programs say it themselves: pytest tests/architecture --update-golden writes it. -->"
HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\ndata:\n"
DEFAULTS: dict[str, Any] = {"port": 6379, "size": "1Gi", "list": ["a", "b"], "map": {"k": "v"}, "on": True, "empty": ""}


class Mistake(NamedTuple):
    template: str
    """What stands below `data:`."""

    values: dict[str, Any] = {}  # noqa: RUF012 - never written to
    """Of the group."""


MISTAKES: dict[str, Mistake] = {
    # what is missing
    "a value that is not there": Mistake("  x: {{ .Values.prot | quote }}"),
    "a value inside of one that is not there": Mistake("  x: {{ .Values.storage.size }}"),
    "a value with another case": Mistake("  x: {{ .Values.Port }}"),
    "a value inside of a scalar": Mistake("  x: {{ .Values.port.number }}"),
    "values without Values": Mistake("  x: {{ .port }}"),
    "a lost dot": Mistake("  x: {{ Values.port }}"),
    "a variable that nobody declared": Mistake("  x: {{ $port }}"),
    "a dot that is another one inside of range": Mistake(
        "  {{- range .Values.list }}\n  x-{{ . }}: {{ .Values.port }}\n  {{- end }}"
    ),
    "a dot that is another one inside of with": Mistake(
        "  {{- with .Values.map }}\n  x: {{ .Values.size }}\n  {{- end }}"
    ),
    "a required value": Mistake('  x: {{ required "say who owns it: owner" .Values.owner }}'),
    "a template that is not there": Mistake('  x: {{ include "app.label" . }}'),
    "a template that refuses": Mistake('  {{- if .Values.on }}{{ fail "on is not for production" }}{{ end }}'),
    "a key with a dash": Mistake("  x: {{ .Values.max-memory }}"),
    "an index that is not there": Mistake("  x: {{ index .Values.list 5 }}"),
    "a key of a map that is none": Mistake('  x: {{ index .Values.size "k" }}'),
    # what does not fit
    "a number for a text": Mistake("  x: {{ .Values.port | upper }}"),
    "a text for a number": Mistake('  x: {{ nindent .Values.size "a" }}'),
    "an indent that is a value": Mistake("  x: {{ .Values.size | nindent .Values.port }}"),
    "a list for a text": Mistake("  x: {{ .Values.list | upper }}"),
    "a map for a text": Mistake('  x: {{ .Values.map | replace "a" "b" }}'),
    "a comparison of a number and an integer": Mistake("  x: {{ eq .Values.port 6379 }}"),
    "a comparison of a text and a number": Mistake("  x: {{ eq .Values.size 1 }}"),
    "a comparison of lists": Mistake("  x: {{ eq .Values.list .Values.list }}"),
    "more than a text": Mistake("  x: {{ gt .Values.size 3 }}"),
    "a range over a number with a fraction": Mistake(
        "  {{- range .Values.port }}\n  x: a\n  {{- end }}", {"port": 2.5}
    ),
    "a range over a text": Mistake("  {{- range .Values.size }}\n  x: a\n  {{- end }}"),
    "too few arguments": Mistake('  x: {{ replace "a" .Values.size }}'),
    "too many arguments": Mistake('  x: {{ .Values.size | upper "a" }}'),
    "arguments the wrong way round": Mistake("  x: {{ trunc .Values.size 3 }}"),
    "a function that there is not": Mistake("  x: {{ .Values.size | toUpper }}"),
    "a misspelt function": Mistake("  x: {{ .Values.size | qoute }}"),
    "a value that is called": Mistake("  x: {{ call .Values.size }}"),
    "a value with an argument": Mistake("  x: {{ .Values.size 3 }}"),
    "a condition that is a text": Mistake('  x: {{ ternary "a" "b" .Values.size }}'),
    "the last of nothing": Mistake("  x: {{ last .Values.size }}"),
    "a push onto a text": Mistake('  x: {{ append .Values.size "a" }}'),
    "keys of a list": Mistake("  x: {{ keys .Values.list }}"),
    "a division by zero": Mistake("  x: {{ div 1 0 }}"),
    "a version that is none": Mistake('  x: {{ semverCompare ">=1.0" .Values.size }}'),
    "a pattern that is none": Mistake('  x: {{ regexMatch "(" .Values.size }}'),
    "JSON that is none": Mistake("  x: {{ mustFromJson .Values.size }}"),
    # how it is written
    "an action that is not closed": Mistake("  x: {{ .Values.port"),
    "an if without end": Mistake("  {{- if .Values.on }}\n  x: a"),
    "an end too many": Mistake("  x: a\n  {{- end }}"),
    "an else without if": Mistake("  x: a\n  {{- else }}\n  {{- end }}"),
    "an else with of an if": Mistake("  {{- if .Values.on }}\n  x: a\n  {{- else with .Values.map }}\n  {{- end }}"),
    "a text that is not closed": Mistake('  x: {{ "a }}'),
    "single quotes": Mistake("  x: {{ 'abc' }}"),
    "a parenthesis that is not closed": Mistake('  x: {{ (printf "%s" .Values.size }}'),
    "a pipe into nothing": Mistake("  x: {{ | quote }}"),
    "a pipe into a value": Mistake("  x: {{ .Values.size | 3 }}"),
    "an equals sign": Mistake("  {{- if .Values.size = 1 }}{{ end }}"),
    "two equals signs": Mistake('  {{- if .Values.size == "1Gi" }}{{ end }}'),
    "a comment that is not closed": Mistake("  x: {{/* a }}"),
    "a break outside of a range": Mistake("  x: {{ break }}"),
    "a definition inside of an if": Mistake('  {{- if .Values.on }}{{ define "a" }}{{ end }}{{ end }}'),
    # what it renders
    "a text that YAML reads otherwise": Mistake("  x: {{ .Values.size }}", {"size": "a: b"}),
    "an indentation that is too small": Mistake("  x: |\n  {{ .Values.size }}\n y: 1"),
    "a number where text must be": Mistake("  x: {{ .Values.port }}"),
    "a list that is printed as Go prints it": Mistake("  x: {{ .Values.list }}"),
}  # fmt: skip


def ours(mistake: Mistake, folder: Path) -> str:
    shutil.rmtree(folder, ignore_errors=True)
    project = Project(folder)
    project.plugin("app", templates={"main": ("", f"{HEAD}{mistake.template}\n")}, defaultValues=DEFAULTS)
    project.group("cache", plugin="app", values=mistake.values)
    ran = project.run("validate")
    assert ran.code == 1, ran.out + ran.err
    return ran.err.replace("plugins/app-1.0.0/", "").rpartition("\n\n")[0]


def helms(mistake: Mistake) -> str:
    values = {**DEFAULTS, **mistake.values, "name": "cache"}
    _, error = helm_oracle.required()({"main.yaml": f"{HEAD}{mistake.template}\n"}, values)
    return (error or "renders it").replace("c/templates/", "").strip()


def written(folder: Path) -> list[str]:
    lines: list[str] = []
    for title, mistake in MISTAKES.items():
        lines += ["", f"## {title[0].upper()}{title[1:]}", "```", *ours(mistake, folder).splitlines(), "```"]
        lines += ["Helm:", "```", *helms(mistake).splitlines(), "```"]
    return lines


def test_there_are_sixty() -> None:
    assert len(MISTAKES) >= 60


@pytest.mark.oracle
def test_the_page_is_what_both_say(tmp_path: Path, *, update_golden: bool) -> None:
    head = PAGE.read_text(encoding="utf-8").partition(MARK)[0]
    text = "\n".join([head + MARK, *(line.rstrip() for line in written(tmp_path / "p"))]) + "\n"
    if update_golden:
        PAGE.write_text(text, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("title", MISTAKES)
def test_ours_names_the_template_s_line(title: str, tmp_path: Path) -> None:
    said = ours(MISTAKES[title], tmp_path / "p")
    assert "--> main.tpl:" in said
    if MISTAKES[title].values:
        assert "groups/cache.yaml:" in said
