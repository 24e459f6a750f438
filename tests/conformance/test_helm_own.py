"""What Helm 4.2's own tests of pkg/engine hold, held here: 37 of their 44 tests, with texts of our own.

Left out are those of what we do not offer (names looked up in DNS, objects of a cluster, functions added by a program
that embeds the engine) and three of how Helm takes its own messages apart, which every recorded error goes through.
"""

import io
import tarfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from generator import TemplateError, render_chart
from generator.engines.gotemplate.gotypes import StringMap
from generator.engines.helm import Missing, compile_program, helm_text
from generator.engines.helm.dialect import FUNCTIONS
from generator.engines.helm.objects import Files
from generator.engines.helm.program import helm_order
from tests.conformance import helm_oracle

CHART = "apiVersion: v2\nname: {}\nversion: 1.2.3\n"
FILES = Files(
    {
        "one/first.txt": b"Alpha text",
        "one/second.txt": b"Beta",
        "two/name.txt": b"Gamma",
        "two/owner.txt": b"Delta",
        "lines/two.txt": b"bar\nfoo\n",
        "lines/blank.txt": b"bar\nfoo\n\n\n",
    }
)


def chart(name: str, templates: Mapping[str, str], **others: str) -> dict[str, str]:
    """The files of a chart; those of charts in it stand below charts/ already."""
    below = {f"{name}/templates/{file}": text for file, text in templates.items()}
    return {
        f"{name}/Chart.yaml": CHART.format(name),
        **below,
        **{f"{name}/{path}": text for path, text in others.items()},
    }


def rendered(files: Mapping[str, str], values: Mapping[str, Any] | None = None) -> dict[str, str]:
    """What we make of a chart; Helm must make the same of it."""
    got = render_chart(files, values or {}, name="rel", namespace="ns")
    assert helms(files, values) == ({name: text for name, text in got.items() if text.strip()}, None)
    return got


def said(files: Mapping[str, str], values: Mapping[str, Any] | None = None) -> str:
    """What we refuse a chart with; Helm must say the same."""
    with pytest.raises(TemplateError) as caught:
        render_chart(files, values or {}, name="rel", namespace="ns")
    assert (helms(files, values)[1] or "").rstrip() == caught.value.message.rstrip()
    return caught.value.message


def helms(files: Mapping[str, str], values: Mapping[str, Any] | None) -> helm_oracle.Outcome:
    """What Helm's engine in process makes of a chart."""
    helm_oracle.required()
    import helm_python

    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    loaded = helm_python.Chart.load_archive(data.getvalue())
    try:
        given = loaded.render(dict(values or {}), name="rel", namespace="ns")
    except helm_python.HelmError as error:
        return {}, str(error)
    finally:
        loaded.close()
    return {name: text for name, text in given.items() if text.strip()}, None


def one(template: str, dot: Any) -> str:
    """A template for a value as dot."""
    program = compile_program(
        {"t": f'{{{{ define "one" }}}}{template}{{{{ end }}}}{{{{ include "one" .Values.dot }}}}'}
    )
    return program.render("t", {"Values": {"dot": dot}})


def refused(template: str, dot: Any) -> str:
    from generator.engines.gotemplate.errors import TemplateError as EngineError

    with pytest.raises(EngineError) as caught:
        one(template, dot)
    return helm_text(caught.value)


# -- engine_test.go


def test_files_are_sorted() -> None:
    wanted = [
        "/c/templates/charts/a/charts/b/templates/x.tpl",
        "/c/templates/charts/a/templates/x.tpl",
        "/c/templates/charts/a/templates/w.tpl",
        "/c/templates/charts/A/templates/x.tpl",
        "/c/templates/x.tpl",
        "/c/templates/w.tpl",
        "/c/templates/_x.tpl",
    ]
    assert helm_order(sorted(wanted)) == wanted


def test_functions_that_are_there_and_two_that_are_not() -> None:
    there = {"include", "required", "tpl", "toYaml", "fromYaml", "toToml", "fromToml", "toJson", "fromJson", "lookup"}
    assert there <= FUNCTIONS.keys()
    assert not {"env", "expandenv"} & FUNCTIONS.keys()


def test_values_given_and_values_of_the_chart() -> None:
    templates = {
        "1": "{{.Values.outer | title }} {{.Values.inner | title}}",
        "2": "{{.Values.global.word | lower }}",
        "3": "{{.noValue}}",
        "4": "{{toJson .Values}}",
        "5": '{{getHostByName "helm.sh"}}',
    }
    files = chart("c", templates, **{"values.yaml": "outer: DEFAULT\ninner: DEFAULT\n"})
    got = rendered(files, {"outer": "cache", "inner": "node", "global": {"word": "SHOUTED"}})
    assert [got[f"c/templates/{name}"] for name in templates] == [
        "Cache Node",
        "shouted",
        "",
        '{"global":{"word":"SHOUTED"},"inner":"node","outer":"cache"}',
        "",
    ]


def test_a_parents_definition_beats_a_childs() -> None:
    helper = '{{- define "test" -}}%s{{- end -}}'
    files = chart("p", {"_h.tpl": helper % "parent", "t.yaml": '{{ tpl "{{ include \\"test\\" . }}" . }}'}) | chart(
        "p/charts/c", {"_h.tpl": helper % "child"}
    )
    files["p/charts/c/Chart.yaml"] = CHART.format("c")
    assert rendered(files)["p/templates/t.yaml"] == "parent"


def test_templates_find_one_another_whatever_their_order() -> None:
    texts = {"one": "Hi {{title .N}}", "two": "Bye {{upper .V}}", "three": '{{template "two" dict "V" "three"}}'}
    program = compile_program(texts)
    dot = {"N": "one", "V": "two"}
    assert [program.render(name, dot) for name in texts] == ["Hi One", "Bye TWO", "Bye THREE"]


def test_one_program_renders_in_many_threads() -> None:
    program = compile_program({"t": "{{ range until 50 }}{{ $.val }}{{ end }}"})
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda number: program.render("t", {"val": f"<{number}>"}), range(40)))
    assert got == [f"<{number}>" * 50 for number in range(40)]


def test_an_unknown_function() -> None:
    assert said(chart("c", {"f": "{{foo}}"})) == 'parse error at (c/templates/f:1): function "foo" not defined'


ERRORS = {
    "required": ('{{required "foo is required" .Values.foo}}', "1:2): foo is required"),
    "required, with colons": ('{{required ":a: b: has c: colons:" .Values.foo}}', "1:2): :a: b: has c: colons:"),
    "required, of a call": (
        '{{ $e := "" }}\n{{ $v := "abc" }}\n{{- required (printf "%s: missing" $v) $e | repeat 0 }}',
        "3:4): abc: missing",
    ),
    "required, with a line break": ('{{required "foo is\\nrequired" .Values.foo}}', "1:2): foo is\nrequired"),
    "fail, with a line break": ('{{fail "wrong\\nlinebreak"}}', "1:2): wrong\nlinebreak"),
    "fail": ('Text above{{ fail "this cannot be" }}', "1:13): this cannot be"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_what_templates_say_themselves(case: str) -> None:
    template, wanted = ERRORS[case]
    assert said(chart("c", {"e": template})) == f"execution error at (c/templates/e:{wanted}"


def test_lint_lets_fail_and_required_pass() -> None:
    texts = {"t": 'Some{{ fail "x" }} {{ required "y" .Values.n }} of them'}
    assert compile_program(texts, lint=True).render("t", {"Values": {}}) == "Some  of them"


def test_templates_of_all_charts_are_rendered() -> None:
    files = (
        chart("a", {"foo": "foo", "bar": "bar"})
        | chart("a/charts/b", {"left": "left", "right": "right"})
        | chart("a/charts/b/charts/c", {"inner": "inner"})
    )
    files |= {"a/charts/b/Chart.yaml": CHART.format("b"), "a/charts/b/charts/c/Chart.yaml": CHART.format("c")}
    assert sorted(rendered(files).values()) == ["bar", "foo", "inner", "left", "right"]


def test_a_chart_knows_whether_it_is_the_root() -> None:
    files = chart("p", {"t": "{{.Chart.IsRoot}}"}) | chart("p/charts/c", {"t": "{{.Chart.IsRoot}}"})
    files["p/charts/c/Chart.yaml"] = CHART.format("c")
    assert rendered(files) == {"p/templates/t": "true", "p/charts/c/templates/t": "false"}


def test_a_parent_uses_what_a_child_defines() -> None:
    files = chart("p", {"t": 'Hi {{template "block"}}'}) | chart("p/charts/c", {"t": '{{define "block"}}Earth{{end}}'})
    files["p/charts/c/Chart.yaml"] = CHART.format("c")
    assert rendered(files)["p/templates/t"] == "Hi Earth"


def test_values_of_charts_in_charts() -> None:
    both = "{{.Subcharts.inner.Subcharts.deepest.Values.where}}, {{.Subcharts.inner.Values.what}}"
    files = (
        chart(
            "top",
            {"outer": "First {{.Values.what}}", "both": both},
            **{"values.yaml": "what: a\nwho: b\ninner: {who: green, what: round}\n"},
        )
        | chart("top/charts/inner", {"t": "Next {{.Values.who}}"}, **{"values.yaml": "who: x\nwhat: y\n"})
        | chart(
            "top/charts/inner/charts/deepest",
            {"t": "last {{.Values.what}} at {{.Values.global.when}}", "r": '{{default "none" .Release.Name }}'},
            **{"values.yaml": "what: z\nwhere: here\n"},
        )
    )
    files["top/charts/inner/Chart.yaml"] = CHART.format("inner")
    files["top/charts/inner/charts/deepest/Chart.yaml"] = CHART.format("deepest")
    given = {
        "what": "red",
        "inner": {"deepest": {"what": "blue", "where": "north"}},
        "global": {"when": "noon"},
    }
    assert rendered(files, given) == {
        "top/templates/outer": "First red",
        "top/templates/both": "north, round",
        "top/charts/inner/templates/t": "Next green",
        "top/charts/inner/charts/deepest/templates/t": "last blue at noon",
        "top/charts/inner/charts/deepest/templates/r": "rel",
    }


def test_what_every_template_knows() -> None:
    names = "{{.Template.Name}} {{.Chart.Name}} {{.Release.Name}}"
    files = chart(
        "outer", {"n": names, "a": '{{.Subcharts.nested.Chart.Name}} {{.Subcharts.nested.Files.author | printf "%s"}}'}
    ) | chart(
        "outer/charts/nested",
        {"n": names, "f": '{{.Files.author | printf "%s"}} {{.Files.Get "doc/title.txt"}}'},
        author="Somebody",
        **{"doc/title.txt": "Something"},
    )
    files["outer/charts/nested/Chart.yaml"] = CHART.format("nested")
    assert rendered(files) == {
        "outer/templates/n": "outer/templates/n outer rel",
        "outer/templates/a": "nested Somebody",
        "outer/charts/nested/templates/n": "outer/charts/nested/templates/n nested rel",
        "outer/charts/nested/templates/f": "Somebody Something",
    }


def test_include_of_a_file() -> None:
    files = chart("c", {"q": '{{include "c/templates/_p" . | indent 2}} done.', "_p": "{{.Release.Name}} - it"})
    assert rendered(files)["c/templates/q"] == "  rel - it done."
    assert "nested reference name: c/templates/q" in said(chart("c", {"q": '{{include "c/templates/q" . }}'}))


def test_required_lets_values_through() -> None:
    files = chart("c", {"a": 'for {{ required "who?" .Values.who }}', "b": '{{ required "n?" .Values.n }} of them'})
    assert rendered(files, {"who": "us", "n": 2}) == {"c/templates/a": "for us", "c/templates/b": "2 of them"}


TPL = {
    "a value": ('{{tpl "Value: {{ .Values.value}}" .}}', "Value: myvalue"),
    "a function": ('{{tpl "Value: {{ .Values.value | quote}}" .}}', 'Value: "myvalue"'),
    "include": ('{{ tpl "{{include `c/templates/_p` .  | quote }}" .}}', '"c/templates/t"'),
    "nothing": ('{{ tpl "" . }}', ""),
    "space": ('{{ tpl "  " . }}', "  "),
    "a comment": ('{{ tpl "{{- /* x */ -}}" . }}', ""),
    "a file": ('{{ tpl (.Files.Get "test") . }}', "from the file: f"),
    "its name": ('{{tpl "{{ .Template.Name }}" .}}', "c/templates/t"),
    "its folder": ('{{tpl "{{ .Template.BasePath }}" .}}', "c/templates"),
    "another name": ('{{tpl "{{ .Template.Name }}" .Values.dot}}', "other"),
    "another folder": ('{{tpl "{{ .Template.BasePath }}" .Values.dot}}', "path/to"),
    "a field more": ('{{tpl "{{ .Template.Field }}" .Values.dot}}', "more"),
    "a missing key": ('{{tpl "{{.Values.noSuchKey}}" .}}', ""),
}


@pytest.mark.parametrize("case", TPL)
def test_tpl(case: str) -> None:
    template, wanted = TPL[case]
    partials = {"_p": "{{.Template.Name}}", "_f": '{{define "f"}}f{{end}}'}
    files = chart("c", {"t": template, **partials}, test='from the file: {{include "f" .}}')
    dot = {"Template": {"BasePath": "path/to", "Name": "other", "Field": "more"}}
    assert rendered(files, {"value": "myvalue", "dot": dot})["c/templates/t"] == wanted


def test_a_missing_key_in_tpl_where_that_is_an_error() -> None:
    from generator.engines.gotemplate.errors import TemplateError as EngineError

    program = compile_program({"t": '{{tpl "{{.Values.noSuchKey}}" .}}'}, missing=Missing.ERROR)
    with pytest.raises(EngineError, match="noSuchKey"):
        program.render("t", {"Values": {}})


def test_includes_without_end_and_many_includes() -> None:
    endless = {"base": '{{include "r" . }}', "r": '{{define "r"}}{{include "r" . }}{{end}}'}
    assert said(chart("c", endless)).endswith(
        "rendering template has a nested reference name: r: unable to execute template"
    )
    many = {"t": '{{include "o" . }}' * 4000, "_f": '{{define "o"}}{{printf "line\\n"}}{{end}}'}
    assert rendered(chart("c", many))["c/templates/t"] == "line\n" * 4000


REDEFINED = {
    "a partial": (
        '{{include "partial" .}} {{tpl .Values.a .}} {{include "partial" .}}',
        "original redefined original",
    ),
    "of the same file": (
        '{{define "m"}}original{{end}}{{include "m" .}} {{tpl .Values.b .}} {{include "m" .}}',
        "original redefined original",
    ),
    "only used": ('{{define "o"}}only{{end}}{{include "o" .}} {{tpl .Values.c .}} {{include "o" .}}', "only only only"),
    "nested": (
        (
            '{{define "n"}}1{{end}}{{define "x"}}X{{end}}{{include "n" .}}{{include "x" .}} {{tpl .Values.d .}} '
            '{{include "n" .}}{{include "x" .}}'
        ),
        "1X 2Y 3Y 2Y 1X",
    ),
}


@pytest.mark.parametrize("case", REDEFINED)
def test_what_tpl_defines_only_it_sees(case: str) -> None:
    template, wanted = REDEFINED[case]
    values = {
        "a": '{{define "partial"}}redefined{{end}}{{include "partial" .}}',
        "b": '{{define "m"}}redefined{{end}}{{include "m" .}}',
        "c": '{{include "o" .}}',
        "d": '{{define "n"}}2{{end}}{{define "x"}}Y{{end}}{{include "n" .}}{{include "x" .}} {{tpl .Values.e .}} '
        '{{include "n" .}}{{include "x" .}}',
        "e": '{{define "n"}}3{{end}}{{include "n" .}}{{include "x" .}}',
    }
    files = chart("c", {"t": template, "_p": '{{define "partial"}}original{{end}}'})
    assert rendered(files, values)["c/templates/t"] == wanted


def test_an_error_of_helpers_in_helpers_has_a_line_for_each() -> None:
    files = chart(
        "c",
        {
            "svc.yaml": 'name: {{ include "a.name" . }}',
            "_1.tpl": '{{- define "a.name" -}}{{- include "b.name" . -}}{{- end -}}',
            "_2.tpl": '{{- define "b.name" -}}{{- .Values.absent.key | trunc 63 -}}{{- end -}}',
        },
    )
    assert said(files) == (
        'c/templates/svc.yaml:1:9\n  executing "c/templates/svc.yaml" at <include "a.name" .>:\n'
        "    error calling include:\n"
        'c/templates/_1.tpl:1:27\n  executing "a.name" at <include "b.name" .>:\n    error calling include:\n'
        'c/templates/_2.tpl:1:34\n  executing "b.name" at <.Values.absent.key>:\n'
        "    nil pointer evaluating interface {}.key"
    )


def test_an_include_of_what_nobody_defines() -> None:
    assert said(chart("c", {"svc.yaml": 'name: {{ include "nope" . }}', "t": "{{ toYaml .Values }}"})) == (
        'c/templates/svc.yaml:1:9\n  executing "c/templates/svc.yaml" at <include "nope" .>:\n'
        "    error calling include:\n"
        'template: no template "nope" associated with template "gotpl"'
    )


def test_a_null_among_a_subcharts_defaults_is_not_there() -> None:
    text = '{{- if hasKey .Values.k "p" -}}{{- printf "p: %s" (index .Values.k "p") -}}{{- else -}}fallback{{- end -}}'
    files = chart("p", {}) | chart("p/charts/c", {"t": text}, **{"values.yaml": "k: {p: null}\n"})
    files["p/charts/c/Chart.yaml"] = CHART.format("c")
    assert rendered(files)["p/charts/c/templates/t"] == "fallback"


# -- funcs_test.go

FUNCTION_ROWS: tuple[tuple[str, Any, str], ...] = (
    ("{{ toYaml . }}", {"foo": "bar"}, "foo: bar"),
    ("{{ toYamlPretty . }}", {"baz": [1, 2, 3]}, "baz:\n  - 1\n  - 2\n  - 3"),
    ("{{ toToml . }}", {"foo": "bar"}, 'foo = "bar"\n'),
    ("{{ fromToml . }}", 'greet = "earth"', "map[greet:earth]"),
    ("{{ fromToml . }}", '\n[t]\nk = "v"\n[t.s]\nl = "w"', "map[t:map[k:v s:map[l:w]]]"),
    ("{{ fromToml . }}", '\n[[t]]\na = "x"\n[[t]]\nb = "y"', "map[t:[map[a:x] map[b:y]]]"),
    ("{{ fromToml . }}", "one", "map[Error:toml: line 1: unexpected EOF; expected key separator '=']"),
    ("{{ toJson . }}", {"foo": "bar"}, '{"foo":"bar"}'),
    ("{{ fromYaml . }}", "greet: earth", "map[greet:earth]"),
    ("{{ fromYamlArray . }}", "- one\n- 2\n- name: helm\n", "[one 2 map[name:helm]]"),
    ("{{ fromYamlArray . }}", '["one", 2, { "name": "helm" }]', "[one 2 map[name:helm]]"),
    ("{{ toToml . }}", {"table": StringMap({"key": "plain"})}, '[table]\n  key = "plain"\n'),
    (
        "{{ fromYaml . }}",
        "- one\n- two\n",
        (
            "map[Error:error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of "
            "type map[string]interface {}]"
        ),
    ),
    ("{{ fromJson .}}", '{"greet":"earth"}', "map[greet:earth]"),
    (
        "{{ fromJson . }}",
        '["one", "two"]',
        "map[Error:json: cannot unmarshal array into Go value of type map[string]interface {}]",
    ),
    ("{{ fromJsonArray . }}", '["one", 2, { "name": "helm" }]', "[one 2 map[name:helm]]"),
    (
        "{{ fromJsonArray . }}",
        '{"greet": "earth"}',
        "[json: cannot unmarshal object into Go value of type []interface {}]",
    ),
    ("{{ merge .dict (fromYaml .yaml) }}", {"dict": {"a": {"b": "c"}}, "yaml": '{"a":{"b":"d"}}'}, "map[a:map[b:c]]"),
    ("{{ merge (fromYaml .yaml) .dict }}", {"dict": {"a": {"b": "c"}}, "yaml": '{"a":{"b":"d"}}'}, "map[a:map[b:d]]"),
    (
        "{{ fromYamlArray . }}",
        "greet: earth",
        (
            "[error unmarshaling JSON: while decoding JSON: json: cannot unmarshal object into Go value of type "
            "[]interface {}]"
        ),
    ),
    ('{{ lookup "v1" "Namespace" "" "unlikely" }}', None, "map[]"),
    ("{{ mustToToml . }}", StringMap({"foo": "bar"}), 'foo = "bar"\n'),
)


@pytest.mark.parametrize(("template", "dot", "wanted"), FUNCTION_ROWS)
def test_functions(template: str, dot: Any, wanted: str) -> None:
    assert one(template, dot) == wanted


@pytest.mark.parametrize("function", ["mustToYaml", "mustToJson"])
def test_a_map_in_itself_is_refused(function: str) -> None:
    loop: dict[str, Any] = {"foo": "bar"}
    loop["loop"] = [loop]
    assert refused(f"{{{{ {function} . }}}}", loop)


def test_merge_of_several_maps() -> None:
    dst: dict[str, Any] = {"a": "one", "c": 3, "d": {"f": 5}, "g": [8, 9], "i": "eye", "k": {"l": True}}
    first = {"a": 1, "b": 2, "d": {"e": "four"}, "g": [6, 7], "i": "aye", "j": "jay", "k": {"l": False}}
    one("{{merge .dst .src1 .src2}}", {"dst": dst, "src1": first, "src2": {"h": 10, "i": "i", "j": "j"}})
    assert dst == {
        "a": "one",
        "b": 2,
        "c": 3,
        "d": {"e": "four", "f": 5},
        "g": [8, 9],
        "h": 10,
        "i": "eye",
        "j": "jay",
        "k": {"l": True},
    }


# -- files_test.go


def files_of(expression: str) -> str:
    return compile_program({"t": f"{{{{ {expression} }}}}"}).render("t", {"Files": FILES})


FILE_ROWS = {
    "get": ('.Files.Get "one/first.txt"', "Alpha text"),
    "bytes": ('.Files.GetBytes "one/second.txt" | printf "%s"', "Beta"),
    "as a field": ("len .Files", "6"),
    "glob": ('.Files.Glob "two/**" | len', "2"),
    "what glob found": ('(.Files.Glob "two/**").Get "two/owner.txt"', "Delta"),
    "as a ConfigMap, one": ('(.Files.Glob "**/first.txt").AsConfig', "first.txt: Alpha text"),
    "as a ConfigMap": ('(.Files.Glob "one/**").AsConfig', "first.txt: Alpha text\nsecond.txt: Beta"),
    "as a Secret": ('(.Files.Glob "one/**").AsSecrets', "first.txt: QWxwaGEgdGV4dA==\nsecond.txt: QmV0YQ=="),
    "lines": ('.Files.Lines "lines/two.txt" | toJson', '["bar","foo"]'),
    "blank lines": ('.Files.Lines "lines/blank.txt" | toJson', '["bar","foo","",""]'),
}


@pytest.mark.parametrize("case", FILE_ROWS)
def test_files(case: str) -> None:
    expression, wanted = FILE_ROWS[case]
    assert files_of(expression) == wanted
