"""What becomes of missing values: Helm's rule, Helm's strict rule, and ours for plugins."""

from typing import Any

import pytest

from generator.engines.helm import Missing, TemplateError, compile_program

VALUES: dict[str, Any] = {
    "storage": {"size": "20Gi", "class": None},
    "name": "x",
    "items": [{"a": 1.0}, {}],
    "null": None,
}


HELPERS = '{{ define "h" }}{{ .zz }}{{ end }}{{ define "g" }}{{ . | default "d" }}{{ end }}'


def render(template: str, missing: Missing) -> str:
    files = {"t": template, "_h": HELPERS}
    return compile_program(files, missing=missing).render("t", {"Values": VALUES})


REFUSED = {  # what is printed though it is not there: template, chain
    "action": ("{{ .Values.zz }}", ".Values.zz"),
    "second key": ("a: {{ .Values.storage.sizee }}", ".Values.storage.sizee"),
    "null": ("{{ .Values.null }}", ".Values.null"),
    "dot": ("{{ with .Values }}{{ .zz }}{{ end }}", ".zz"),
    "variable": ("{{ $x := .Values.zz }}{{ $x }}", "$x"),
    "field of variable": ("{{ $v := .Values }}{{ $v.zz }}", "$v.zz"),
    "root variable": ("{{ range .Values.items }}{{ $.Values.zz }}{{ end }}", "$.Values.zz"),
    "element": ("{{ range .Values.items }}{{ .a }}{{ end }}", ".a"),
    "parentheses": ("{{ (.Values.zz) }}", "(.Values.zz)"),
    "index": ('{{ index .Values "zz" }}', 'index .Values "zz"'),
    "inside include": ('{{ include "h" .Values }}', ".zz"),
    "inside template": ('{{ template "h" .Values }}', ".zz"),
    "inside tpl": ('{{ tpl "{{ .Values.zz }}" . }}', ".Values.zz"),
    "quote": ("{{ quote .Values.zz }}", ".Values.zz"),
    "piped to quote": ("{{ .Values.zz | quote }}", ".Values.zz"),
    "one of several": ("{{ quote .Values.name .Values.zz }}", ".Values.zz"),
    "printf": ('{{ printf "%s-%s" .Values.name .Values.storage.sizee }}', ".Values.storage.sizee"),
    "toYaml": ("{{ toYaml .Values.zz | nindent 2 }}", ".Values.zz"),
    "int64": ("{{ .Values.zz | int64 }}", ".Values.zz"),
    "add": ("{{ add 1 .Values.zz }}", ".Values.zz"),
    "field of variable, formatted": ("{{ $v := .Values.storage }}{{ $v.sizee | quote }}", "$v.sizee"),
    "in the middle of a pipeline": ("{{ .Values.zz | toString | upper }}", ".Values.zz"),
    "in parentheses of a call": ("{{ upper (quote .Values.zz) }}", ".Values.zz"),
    "in a condition's formatting": ("{{ if toString .Values.zz }}{{ end }}", ".Values.zz"),
}

GUARDED = {
    "if": "{{ if .Values.zz }}a{{ end }}",
    "if not": "{{ if not .Values.zz }}a{{ end }}",
    "if and": "{{ if and .Values.name .Values.zz }}a{{ else }}b{{ end }}",
    "if eq": '{{ if eq .Values.zz "a" }}a{{ else }}b{{ end }}',
    "if ne": '{{ if ne .Values.zz "a" }}a{{ end }}',
    "with": "{{ with .Values.zz }}{{ . }}{{ else }}none{{ end }}",
    "range": "{{ range .Values.zz }}{{ . }}{{ else }}none{{ end }}",
    "default": '{{ .Values.zz | default "d" }}',
    "default, then quote": '{{ .Values.zz | default "d" | quote }}',
    "default as argument": '{{ default "d" .Values.zz | quote }}',
    "coalesce": '{{ coalesce .Values.zz .Values.storage.zz "d" | quote }}',
    "empty": "{{ empty .Values.zz }}",
    "ternary": '{{ ternary "a" "b" (empty .Values.zz) }}',
    "hasKey": '{{ hasKey .Values "zz" }}',
    "get": '{{ get .Values "zz" }}|',
    "dig": '{{ dig "storage" "zz" "d" .Values.AsMap }}',
    "kindIs": '{{ kindIs "string" .Values.zz }}',
    "kindOf": "{{ kindOf .Values.zz }}",
    "typeIs": '{{ typeIs "string" .Values.zz }}',
    "dict": '{{ (dict "a" .Values.zz).a | default "d" }}',
    "list": "{{ list .Values.zz | len }}",
    "set": '{{ $d := set (dict) "a" .Values.zz }}{{ len $d }}',
    "include": '{{ include "g" .Values.zz }}',
    "template": '{{ template "g" .Values.zz }}',
    "assignment": '{{ $x := .Values.zz }}{{ $x = .Values.null }}{{ $x | default "d" }}',
    "and gives what decides": '{{ and .Values.name "x" }}{{ or .Values.zz "d" }}',
    "present": "{{ .Values.storage.size | quote }}{{ quote .Values.name }}",
    "null, formatted: it is there": "{{ .Values.storage.class | toYaml }}|{{ quote .Values.null }}",
    "zero values": '{{ dict "a" 0 "b" "" "c" false | toJson }}{{ 0 }}{{ "" }}{{ false }}{{ list }}',
    "parentheses take the blame away": "{{ quote (.Values.zz) }}",
}


@pytest.mark.parametrize(("template", "chain"), REFUSED.values(), ids=REFUSED)
def test_refused(template: str, chain: str) -> None:
    assert render(template, Missing.ZERO) is not None
    with pytest.raises(TemplateError) as caught:
        render(template, Missing.GUARDED)
    error = caught.value
    assert error.kind == "missing"
    assert error.message == f"{chain} has no value"
    assert error.data["chain"] == chain
    texts = {"t": template, "_h": HELPERS, "gotpl": "{{ .Values.zz }}"}
    blamed = texts[error.place.name][error.place.start :][: error.place.length]
    assert blamed == chain


@pytest.mark.parametrize("template", GUARDED.values(), ids=GUARDED)
def test_guarded(template: str) -> None:
    assert render(template, Missing.GUARDED) == render(template, Missing.ZERO)


def test_what_exists_near() -> None:
    with pytest.raises(TemplateError) as caught:
        render("{{ .Values.storage.sizee }}", Missing.GUARDED)
    assert caught.value.data == {
        "chain": ".Values.storage.sizee",
        "key": "sizee",
        "keys": ("class", "size"),
        "near": ("size",),
    }
    with pytest.raises(TemplateError) as caught:
        render("{{ .Values.storag.size | quote }}", Missing.GUARDED)
    assert caught.value.kind == "exec"  # as in Helm: a field of nil
    assert caught.value.message == "nil pointer evaluating interface {}.size"


STRICT = {
    "action": ("{{ .Values.zz }}", 'map has no entry for key "zz"'),
    "argument": ('{{ default "d" .Values.zz }}', 'map has no entry for key "zz"'),
    "condition": ("{{ if .Values.zz }}{{ end }}", 'map has no entry for key "zz"'),
    "further in": ("{{ .Values.zz.y }}", 'map has no entry for key "zz"'),
    "of nothing": ("{{ $x := default nil nil }}{{ $x.y }}", 'nil data; no entry for key "y"'),
    "null is there": ("{{ .Values.null.y }}", "nil pointer evaluating interface {}.y"),
}


@pytest.mark.parametrize(("template", "message"), STRICT.values(), ids=STRICT)
def test_strict(template: str, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(template, Missing.ERROR)
    assert (caught.value.kind, caught.value.message) == ("exec", message)
