"""The public function: what errors say, what values and capabilities may be, and what it costs to import it."""

import datetime as dt
import subprocess
import sys
from typing import Any

import pytest

import generator
from generator import TemplateError, render_chart

CHART = "apiVersion: v2\nname: c\nversion: 1.0.0\n"


def render(template: str = "", values: Any = None, capabilities: Any = None, **files: Any) -> str:
    """What a chart of one template gives."""
    found = {"c/Chart.yaml": CHART, "c/templates/t.yaml": template}
    found |= {f"c/{name}": content for name, content in files.items()}
    return render_chart(found, values, name="r", namespace="n", capabilities=capabilities)["c/templates/t.yaml"]


def refused(template: str = "", values: Any = None, capabilities: Any = None, **files: Any) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        render(template, values, capabilities, **files)
    return caught.value


def test_place_of_an_error() -> None:
    error = refused("a: 1\nüb:\t{{ .Values.a.b }} # x\n")
    assert (error.file, error.line, error.column, error.kind) == ("c/templates/t.yaml", 2, 15, "exec")
    assert error.reason == "nil pointer evaluating interface {}.b"
    assert error.message == str(error)
    assert error.message == (
        'c/templates/t.yaml:2:15\n  executing "c/templates/t.yaml" at <.Values.a.b>:\n    ' + error.reason
    )
    assert error.snippet == "2 | üb:\t{{ .Values.a.b }} # x\n  |    \t   ^^^^^^^^^^^"


def test_the_innermost_file_is_to_blame() -> None:
    helpers = '{{ define "h" }}\n{{ .Values.a.b }}\n{{ end }}'
    error = refused('x: {{ include "h" . }}', **{"templates/_h.tpl": helpers})
    assert (error.file, error.line) == ("c/templates/_h.tpl", 2)
    error = refused('x:\n  {{ tpl "{{ .a.b.c }}" (dict "a" (dict)) }}')
    assert (error.file, error.line) == ("c/templates/t.yaml", 2)
    assert "tpl" in error.snippet


def test_what_a_template_says() -> None:
    error = refused('{{ required "give a" .Values.a }}')
    assert (error.kind, error.reason, error.line, error.column) == ("required", "give a", 1, 3)
    assert error.message == "execution error at (c/templates/t.yaml:1:3): give a"


def test_place_of_a_parse_error() -> None:
    error = refused("ok\n  {{ if }}")
    assert (error.kind, error.file, error.line) == ("parse", "c/templates/t.yaml", 2)
    assert error.message == "parse error at (c/templates/t.yaml:2): missing value for if"
    assert error.snippet.startswith("2 |   {{ if }}\n")


def test_place_in_yaml() -> None:
    error = refused(**{"values.yaml": "a: 1\nb: [1\n"})
    assert (error.kind, error.file) == ("chart", "c/values.yaml")
    assert error.line > 1
    assert error.message.startswith("cannot load values.yaml: ")
    error = refused(**{"charts/s/Chart.yaml": "name: [\n"})
    assert error.file == "c/charts/s/Chart.yaml"


def test_files_that_are_no_chart() -> None:
    with pytest.raises(TemplateError, match=r"Chart\.yaml file is missing"):
        render_chart({}, name="r", namespace="n")
    with pytest.raises(TemplateError, match="several folders"):
        render_chart({"a/Chart.yaml": CHART, "b/x": ""}, name="r", namespace="n")
    for name in ("Chart.yaml", "/etc/x", "../c/x", "c/../../x", "c//x", "c/"):
        with pytest.raises(TemplateError, match="not the name of a file"):
            render_chart({name: CHART}, name="r", namespace="n")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (3, "float64 3"),
        (10**7, "float64 1e+07"),
        (True, "bool true"),
        (0.5, "float64 0.5"),
        ("x", "string x"),
        ((1, 2), "[]interface {} [1 2]"),
        (b"x", "string x"),
        ({1.5: "c", True: "b"}, "map[string]interface {} map[1.5:c true:b]"),
        (dt.date(2001, 2, 3), "string 2001-02-03"),
        ([{"a": 1}], "[]interface {} [map[a:1]]"),
    ],
)
def test_values_are_as_helm_has_them(value: Any, shown: str) -> None:
    assert render("{{ typeOf .Values.v }} {{ .Values.v }}", {"v": value}) == shown


def test_values_as_yaml() -> None:
    assert render("{{ toJson .Values }}", "a: 1\n---\nb: {c: on}\n") == '{"a":1,"b":{"c":true}}'
    assert refused("x", "a: [\n").message.startswith("failed to parse values: ")


def test_values_that_are_none() -> None:
    assert "complex" in refused("x", {"a": {"b": [1j]}}).message
    assert "a.b.0" in refused("x", {"a": {"b": [1j]}}).message
    assert "no name" in refused("x", {None: 1}).message
    assert "JSON" in refused("x", {"a": float("inf")}).message
    assert "JSON" in refused("x", {"a": 10**400}).message


@pytest.mark.parametrize(
    ("capabilities", "shown"),
    [
        ("1.29", "v1.29 29 true false"),
        ({"kubeVersion": "v1.30.1-gke.1"}, "v1.30.1-gke.1 30 true false"),
        ({"KubeVersion": {"Version": "v1.30.1"}, "APIVersions": ["example.com/v1"]}, "v1.30.1 30 true true"),
        ({"kube_version": "1.31", "api_versions": ["example.com/v1"]}, "v1.31 31 true true"),
        (None, "v1.36.0 36 true false"),
    ],
)
def test_capabilities(capabilities: Any, shown: str) -> None:
    template = (
        "{{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion.Minor }}"
        ' {{ .Capabilities.APIVersions.Has "apps/v1" }} {{ .Capabilities.APIVersions.Has "example.com/v1" }}'
    )
    assert render(template, capabilities=capabilities) == shown


def test_capabilities_that_are_none() -> None:
    assert refused("x", capabilities="one").message == "invalid kube version 'one': could not parse \"one\" as version"
    assert "colour" in refused("x", capabilities={"colour": 1}).message


def test_randomness_is_real_or_from_a_seed() -> None:
    files = {"c/Chart.yaml": CHART, "c/templates/t.yaml": '{{ randAlphaNum 20 }} {{ now | date "2006" }}'}
    first, second = (render_chart(files, name="r", namespace="n") for _ in range(2))
    assert first != second
    seeded = [render_chart(files, name="r", namespace="n", seed=seed)["c/templates/t.yaml"] for seed in "aab"]
    assert seeded[0] == seeded[1] != seeded[2]
    assert seeded[0].endswith(" 1970")


def test_keys_from_either() -> None:
    """A key of the machine's randomness is made by the library, one from a seed by us; both are keys."""
    template = '{{ $ca := genCA "x" 1 }}{{ $ca.Cert | trunc 27 }}|{{ $ca.Key | trunc 31 }}'
    files = {"c/Chart.yaml": CHART, "c/templates/t.yaml": template}
    for seed in (None, "s"):
        (text,) = render_chart(files, name="r", namespace="n", seed=seed).values()
        assert text == "-----BEGIN CERTIFICATE-----|-----BEGIN RSA PRIVATE KEY-----"


def test_runaway_templates_end() -> None:
    assert refused("{{ range until 1000000000 }}x{{ end }}").kind == "limit"
    assert refused('{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}').kind in {"function", "limit"}


def test_importing_the_package_loads_nothing() -> None:
    code = "import sys, generator; print(*(name for name in sys.modules if name.startswith('generator.')))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "\n"
    assert not hasattr(generator, "nothing")
