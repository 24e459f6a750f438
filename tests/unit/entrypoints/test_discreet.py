"""Secrets in the lines that a diagnostic is about: neither the line nor the sentence shows them."""

import json

import pytest

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.entrypoints.report import codequality, compact, machine, notes, sarif, text
from generator.entrypoints.report.discreet import discreet
from generator.entrypoints.report.style import Style

SECRET = "zebra7Kw9"


def about(source: str, at: str) -> Diagnostic:
    """What a check might say of the text *at*, where it last stands in *source*."""
    start = source.rindex(at)
    span = Span(SourceFile("groups/a.yaml", source), start, start + len(at))
    return Diagnostic(
        code="MW333", message=f"auth: {at} is too long", primary=Label(span, f"{at} is given"), hint=f'quote it: "{at}"'
    )


@pytest.mark.parametrize(
    "source",
    [
        f"spec:\n  masterauth: {SECRET}\n",
        f'spec: {{adminPassword: "{SECRET}", size: 1}}\n',
        f"env:\n  - name: PGPASSWORD\n    value: {SECRET}\n",
        f"env:\n  - {{name: API_TOKEN, value: {SECRET}}}\n",
        f"args: [--password, {SECRET}]\ncommand: redis-server --requirepass {SECRET}\n",
        f"url: postgresql://app:{SECRET}@db/app\n",
    ],
)
def test_a_secret_is_blotted_out_wherever_it_is_told(source: str) -> None:
    told = about(source, SECRET)
    (shown,) = discreet([told])
    assert shown.message == "auth: ********* is too long"
    assert shown.hint == 'quote it: "*********"'
    assert shown.primary is not None
    assert told.primary is not None
    assert str(shown.primary.span) == str(told.primary.span)
    assert SECRET not in shown.primary.span.file.line_text(shown.primary.span.line)
    assert SECRET not in shown.primary.text


@pytest.mark.parametrize(
    "source",
    [
        "spec:\n  replicas: three\n",
        "spec: {secrets: {auth: {existingSecret: orders-auth, key: password}}}\n",
        'password: "{{ .Values.auth.password }}"\n',
        "secretName: three\n",
    ],
)
def test_what_is_no_secret_is_told(source: str) -> None:
    at = next(word for word in ("three", "orders-auth", "{{ .Values.auth.password }}") if word in source)
    assert discreet([about(source, at)]) == (about(source, at),)


def test_every_format_is_discreet() -> None:
    found = [about(f"spec:\n  masterauth: {SECRET}\n", SECRET)]
    told = notes.of_diagnostics(found)
    for shown in (
        text.diagnostics(found, Style()),
        json.dumps(machine.as_json(found)),
        "\n".join(machine.github(told)),
        json.dumps(sarif.sarif(told)),
        json.dumps(codequality.codequality(told)),
        *compact.lines(found),
    ):
        assert "*********" in shown
        assert SECRET not in shown
