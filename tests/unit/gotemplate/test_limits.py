"""No template takes more than it is given: not of time, not of memory, not of stack."""

import resource
import time
from collections.abc import Iterator
from typing import Any

import pytest

from generator.engines.helm import Limits, TemplateError, compile_program, helm_text

VALUES: dict[str, Any] = {"list": [float(n) for n in range(1000)], "text": "x" * 100_000}


@pytest.fixture(autouse=True)
def quick_and_small() -> Iterator[None]:
    """About a second of the processor for each bomb (or of a slow one), and 600 MB more than there was before."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    yield
    assert time.process_time() - start < 8, "a budget that takes so long is none"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600_000


def render(template: str, **options: Any) -> str:
    return compile_program({"t": template}).render("t", {"Values": VALUES}, **options)


BOMBS = {  # name: template, the limit that it runs into
    "until": ("{{ until 1000000000 }}", "work"),
    "untilStep": ("{{ untilStep 0 1000000000 1 }}", "work"),
    "seq": ("{{ seq 1000000000 }}", "work"),
    "repeat": ('{{ repeat 1000000000 "x" }}', "work"),
    "indent": ('{{ indent 1000000000 "x" }}', "work"),
    "nindent": ('{{ nindent 1000000000 "x" }}', "work"),
    "range over an int": ("{{ range 1000000000 }}{{ end }}", "steps"),
    "range over an int64": ("{{ range int64 1000000000 }}{{ end }}", "steps"),
    "nested ranges": (
        "{{ range .Values.list }}" + "{{ range $.Values.list }}" * 2 + "{{ end }}" * 3,
        "steps",
    ),
    "output of ranges": (
        "{{ range .Values.list }}{{ range $.Values.list }}{{ $.Values.text }}{{ end }}{{ end }}",
        "output",
    ),
    "output of one range": ("{{ range 100000 }}{{ $.Values.text }}{{ end }}", "output"),
    "doubling by include": (
        '{{ define "d" }}{{ . }}{{ . }}{{ end }}{{ $x := "xxxx" }}{{ range 40 }}{{ $x = include "d" $x }}{{ end }}',
        "output",
    ),
    "doubling by printf": ('{{ $x := "xxxx" }}{{ range 40 }}{{ $x = printf "%s%s" $x $x }}{{ end }}', "work"),
    "tpl of ever other texts": ('{{ range 1000000 }}{{ tpl (printf "{{ %d }}" .) . }}{{ end }}', "work"),
    "doubling by replace": ('{{ $x := "xxxx" }}{{ range 40 }}{{ $x = replace "x" "xx" $x }}{{ end }}', "work"),
    "width of printf": ('{{ range 1000 }}{{ printf "%999999d%999999d" 1 1 }}{{ end }}', "work"),
    "precision of printf": ('{{ range 1000 }}{{ printf "%.999999d" 1 }}{{ end }}', "work"),
    "a list of itself, printed": ("{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ $x }}", "work"),
    "a list of itself, by print": (
        "{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ print $x }}",
        "work",
    ),
    "a list of itself, as YAML": (
        "{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ toYaml $x }}",
        "work",
    ),
    "a list of itself, as JSON": (
        "{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ toJson $x }}",
        "work",
    ),
    "a list of itself, compared": (
        "{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ eq $x $x }}",
        "work",
    ),
    "a list of itself, not ranged over": (
        "{{ $x := list 1 }}{{ range 60 }}{{ $x = list $x $x }}{{ end }}{{ range $x }}{{ html $x }}{{ end }}",
        "work",
    ),
    "a map of itself, as YAML": (
        '{{ $x := dict }}{{ range 60 }}{{ $x = dict "a" $x "b" $x }}{{ end }}{{ toYaml $x }}',
        "work",
    ),
    "template without end": ('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}', "depth"),
    "a circle of many includes": (
        "".join(f'{{{{ define "{a}" }}}}{{{{ include "{b}" . }}}}{{{{ end }}}}' for a, b in ("ab", "bc", "cd", "da"))
        + '{{ include "a" . }}',
        "depth",
    ),
}


@pytest.mark.parametrize(("template", "limit"), BOMBS.values(), ids=BOMBS)
def test_bomb(template: str, limit: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(template)
    assert caught.value.kind == "limit"
    assert caught.value.data["limit"] == limit
    assert caught.value.place.name == "t"


def test_deep_values_are_refused_not_crashed_on() -> None:
    deep = "{{ $x := list 1 }}{{ range 100000 }}{{ $x = list $x }}{{ end }}"
    for use in ("{{ $x }}", "{{ toYaml $x }}", "{{ toJson $x }}", "{{ deepCopy $x | len }}", "{{ quote $x }}"):
        with pytest.raises(TemplateError) as caught:
            render(deep + use)
        assert caught.value.kind == "limit", use


NESTED_TEXTS = {
    "parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "ifs": "{{ if 1 }}" * 5000 + "{{ end }}" * 5000,
    "else ifs": "{{ if 0 }}" + "{{ else if 0 }}" * 5000 + "{{ end }}",
}


@pytest.mark.parametrize("template", NESTED_TEXTS.values(), ids=NESTED_TEXTS)
def test_nesting_beyond_all_reason(template: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(template)
    assert (caught.value.kind, caught.value.data["limit"]) == ("limit", "nesting")


NESTED_BUT_FINE = {
    "parentheses": ("{{ " + "(" * 300 + "1" + ")" * 300 + " }}", "1"),
    "ifs": ("{{ if 1 }}" * 300 + "x" + "{{ end }}" * 300, "x"),
    "ranges": ("{{ range list 1 }}" * 200 + "x" + "{{ end }}" * 200, "x"),
    "else ifs": ("{{ if 0 }}" + "{{ else if 0 }}" * 300 + "{{ else }}x{{ end }}", "x"),
    "a long pipeline": ("{{ 1" + " | print" * 2000 + " }}", "1"),
    "many arguments": ("{{ list" + " 1" * 2000 + " | len }}", "2000"),
    "many actions": ("{{ 1 }}" * 5000, "1" * 5000),
    "many variables": ("{{ $x := 1 }}" * 2000 + "{{ $x }}", "1"),
}


@pytest.mark.parametrize(("template", "output"), NESTED_BUT_FINE.values(), ids=NESTED_BUT_FINE)
def test_deep_but_fine(template: str, output: str) -> None:
    assert render(template) == output


def test_includes_nest_as_deep_as_in_helm() -> None:
    count = '{{ define "r" }}{{ if . }}{{ include "r" (rest .) }}{{ else }}end{{ end }}{{ end }}'
    assert render(count + '{{ include "r" (until 1000) }}') == "end"
    with pytest.raises(TemplateError) as caught:
        render(count + '{{ include "r" (until 1001) }}')
    error = caught.value
    assert error.kind == "function"
    assert error.message.endswith("nested reference name: r: unable to execute template")
    assert len(error.calls) == 1001
    assert helm_text(error).count('at <include "r" (rest .)>') == 1001


def test_two_names_that_include_each_other() -> None:
    text = '{{ define "a" }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ end }}{{ include "a" . }}'
    with pytest.raises(TemplateError) as caught:
        render(text)
    assert "nested reference name: a" in caught.value.message


def test_limits_are_data() -> None:
    tight = Limits(steps=10, work=1000, output=100)
    assert render("{{ range 9 }}x{{ end }}", limits=tight) == "x" * 9
    for template, limit, allowed in (
        ("{{ range 11 }}x{{ end }}", "steps", 10),
        ('{{ repeat 1001 "x" | len }}', "work", 1000),
        ('{{ printf "%0101d" 1 }}', "output", 100),
    ):
        with pytest.raises(TemplateError) as caught:
            render(template, limits=tight)
        assert caught.value.data == {"limit": limit, "allowed": allowed}


def test_deadline() -> None:
    asked = []

    def late() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(TemplateError) as caught:
        render("{{ range 1000 }}{{ range 2 }}{{ end }}{{ end }}", deadline=late)
    assert caught.value.data["limit"] == "time"
    assert caught.value.message == "the template takes too long"
    assert render("{{ range 2 }}{{ end }}", deadline=lambda: False) == ""


def test_the_recursion_limit_is_put_back() -> None:
    import sys

    before = sys.getrecursionlimit()
    render("{{ range 2 }}{{ end }}")
    with pytest.raises(TemplateError):
        render("{{ fail `x` }}")
    assert sys.getrecursionlimit() == before


def test_clock_and_randomness_are_refused() -> None:
    for template in ("{{ now }}", "{{ uuidv4 }}", "{{ randAlphaNum 5 }}", '{{ genCA "x" 1 }}'):
        with pytest.raises(TemplateError) as caught:
            render(template)
        assert caught.value.kind == "unavailable"
        assert "is not available to templates" in caught.value.message
