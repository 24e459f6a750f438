"""Which line of which template wrote what."""

from typing import Any

from generator.engines.helm import Written, compile_program

FILES = {
    "t.yaml": """kind: X
metadata:
  name: {{ .Values.name }}
  labels:
    {{- include "labels" . | nindent 4 }}
    own: {{ .Values.nothing }}here
{{- if .Values.name }}
spec:
  a: 1
  {{- range .Values.list }}
  - {{ . }}
  {{- end }}
{{- end }}
{{ template "tail" . }}
""",
    "_h.tpl": """{{- define "labels" -}}
app: {{ .Values.name }}
{{ include "more" . }}
{{- end }}
{{ define "more" }}more: 1
even: 2{{ end }}
{{ define "tail" }}tail: 1
end: 2{{ end }}""",
}
VALUES: dict[str, Any] = {"name": "n", "list": ["x", "y"]}


def wrote(written: list[Written], offset: int) -> tuple[str, int]:
    last = next(one for one in reversed(written) if one.offset <= offset)
    return last.name, last.line


def test_every_line() -> None:
    program = compile_program(FILES)
    text, written = program.render_traced("t.yaml", {"Values": VALUES})
    assert text == program.render("t.yaml", {"Values": VALUES})
    expected = {
        "kind: X": ("t.yaml", 1),
        "metadata:": ("t.yaml", 2),
        "name: n": ("t.yaml", 3),
        "labels:": ("t.yaml", 4),
        "app: n": ("_h.tpl", 2),
        "more: 1": ("_h.tpl", 5),
        "even: 2": ("_h.tpl", 6),
        "own: here": ("t.yaml", 6),
        "spec:": ("t.yaml", 8),
        "a: 1": ("t.yaml", 9),
        "- x": ("t.yaml", 11),
        "- y": ("t.yaml", 11),
        "tail: 1": ("_h.tpl", 7),
        "end: 2": ("_h.tpl", 8),
    }
    got = {line.strip(): wrote(written, text.index(line.strip())) for line in text.splitlines()}
    assert got == expected


def test_places_of_values() -> None:
    text, written = compile_program(FILES).render_traced("t.yaml", {"Values": VALUES})
    value = next(one for one in written if one.offset == text.index("n\n  labels"))
    assert FILES["t.yaml"][value.pos :].startswith(".Values.name")
    assert (value.line, value.column) == (3, 11)


def test_offsets_rise_and_count_what_is_left() -> None:
    """`<no value>` is cut from the text after it was written."""
    files = {"t": "{{ .Values.a }}x{{ .Values.b }}{{ .Values.c }}y\n<no value>z"}
    text, written = compile_program(files).render_traced("t", {"Values": {}})
    assert text == "xy\nz"
    offsets = [one.offset for one in written]
    assert offsets == sorted(set(offsets))
    assert [wrote(written, text.index(char))[1] for char in "xyz"] == [1, 1, 2]


def test_nothing_written() -> None:
    assert compile_program({"t": ""}).render_traced("t", {}) == ("", [])
