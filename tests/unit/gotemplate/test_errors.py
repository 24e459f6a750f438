"""Errors as fields: where, what, by which calls, and in whose words."""

import pickle
from typing import Any

import pytest

from generator.engines.helm import TemplateError, check_files, compile_program, helm_text

HELPERS = """{{ define "outer" }}
  {{- include "inner" . }}
{{- end }}
{{ define "inner" }}é {{ index .list 9 }}{{ end }}
{{ define "says" }}{{ required "say it" .nothing }}{{ end }}
"""


def failure(template: str, values: dict[str, Any] | None = None, *, name: str = "c/t.yaml") -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        compile_program({name: template, "c/_h.tpl": HELPERS}).render(name, {"Values": values or {"list": [1.0]}})
    return caught.value


def test_fields_of_a_parse_error() -> None:
    error = failure("a: 1\nb: {{ .x | nope }}\n")
    assert error.kind == "parse"
    assert error.message == 'function "nope" not defined'
    assert (error.place.name, error.place.line) == ("c/t.yaml", 2)
    assert error.go_text() == 'template: c/t.yaml:2: function "nope" not defined'
    assert helm_text(error) == 'parse error at (c/t.yaml:2): function "nope" not defined'


def test_place_counts_bytes() -> None:
    error = failure("é: 1\nüü: {{ .Values.list.x.y }}\n")
    place = error.place
    assert (place.line, place.column) == (2, 16)
    data = "é: 1\nüü: {{ .Values.list.x.y }}\n".encode()
    assert data[place.start : place.start + place.length] == b".Values.list.x.y"
    assert data[place.offset :].startswith(b".list")
    assert place.context == ".Values.list.x.y"


def test_calls_that_led_there() -> None:
    error = failure('x: {{ include "outer" .Values }}')
    assert error.kind == "function"
    assert error.message == "error calling index: index out of range: 9"
    assert (error.place.name, error.place.line, error.place.template) == ("c/_h.tpl", 4, "inner")
    assert [(call.function, call.place.name, call.place.line, call.place.template) for call in error.calls] == [
        ("include", "c/t.yaml", 1, "c/t.yaml"),
        ("include", "c/_h.tpl", 2, "outer"),
    ]
    assert error.go_text() == (
        'template: c/t.yaml:1:6: executing "c/t.yaml" at <include "outer" .Values>: error calling include: '
        'template: c/_h.tpl:2:6: executing "outer" at <include "inner" .>: error calling include: '
        'template: c/_h.tpl:4:26: executing "inner" at <index .list 9>: error calling index: index out of range: 9'
    )


def test_template_actions_are_calls_that_go_does_not_mention() -> None:
    error = failure('{{ template "inner" .Values }}')
    assert [call.function for call in error.calls] == ["template"]
    assert error.go_text().startswith('template: c/_h.tpl:4:26: executing "inner"')


def test_tpl_is_a_call_with_a_text_of_its_own() -> None:
    error = failure('{{ tpl "a\\n{{ .x.y }}" . }}')
    assert (error.place.name, error.place.line, error.kind) == ("gotpl", 2, "exec")
    assert [call.function for call in error.calls] == ["tpl"]
    broken = failure('{{ tpl "{{ .x" . }}')
    assert (broken.place.name, broken.kind) == ("gotpl", "parse")
    assert broken.calls[0].lead == 'error calling tpl: cannot parse template "{{ .x": '


def test_what_a_template_says_itself() -> None:
    error = failure('{{ include "says" .Values }}')
    assert (error.kind, error.message) == ("required", "say it")
    assert error.go_message == "error calling required: HELM_ERR_STARTsay itHELM_ERR_END"
    assert helm_text(error) == "execution error at (c/t.yaml:1:3): say it"
    assert failure('{{ fail "boom" }}').kind == "fail"


@pytest.mark.parametrize(
    "template",
    [
        "{{ 1",
        "{{ .x.y }}",
        '{{ include "outer" .Values }}',
        '{{ fail "x" }}',
        '{{ tpl "{{ .x.y }}" . }}',
        "{{ until 1000000000 }}",
    ],
)
def test_errors_can_be_pickled(template: str) -> None:
    error = failure(template)
    again = pickle.loads(pickle.dumps(error))
    assert vars(again) == vars(error)
    assert str(again) == str(error)


def test_all_broken_files_at_once() -> None:
    found = check_files({"a/b.yaml": "{{ 1", "a/c.yaml": "fine", "a/d.yaml": "{{ nope }}"})
    assert [error.place.name for error in found] == ["a/d.yaml", "a/b.yaml"]


def test_a_missing_file() -> None:
    with pytest.raises(TemplateError) as caught:
        compile_program({"a": ""}).render("b", {})
    assert caught.value.kind == "exec"
    assert 'no template "b"' in caught.value.message


def test_bugs_of_ours_are_not_taken_for_mistakes_in_templates() -> None:
    class Strange:
        pass

    with pytest.raises(TypeError, match="no Go kind"):
        compile_program({"t": "{{ .Values.x }}"}).render("t", {"Values": {"x": Strange()}})
