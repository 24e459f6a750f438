"""Where we differ from Helm, as far as we know: the rows of docs/compatibility.md, each held by a test that fails."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Final, NamedTuple

from generator.engines.helm import Missing, TemplateError, compile_program, helm_text
from tests.conformance.test_helm import render as render_chart

VALUES: Final[dict[str, Any]] = {"list": ["a", "b", "c"], "map": {"0101": 1.0, "1/": 2.0, "0a": 3.0}}
KEYS: Final = " ".join(f'"{letter}" 1' for letter in "abcdefghijkl")


class Difference(NamedTuple):
    """A template of which Helm makes something else."""

    title: str
    template: str
    ours: str
    """What we make of it, in words or to the letter."""
    helms: str
    why: str


CHARTS: Final = (
    Difference(
        "slices beyond a list",
        "{{ slice .Values.list 1 4 }}",
        "an error",
        "`[b c <nil>]`",
        "Go lets a slice reach into memory that was set aside when the list was read; how much that is, is an accident",
    ),
    Difference(
        "the order of `keys` and `values`",
        f"{{{{ keys (dict {KEYS}) }}}}",
        "in order",
        "another one each time",
        "equal sources must give equal bytes",
    ),
    Difference(
        "addresses",
        '{{ printf "%p" .Capabilities }}',
        "always the same",
        "another one each time",
        "the same",
    ),
    Difference(
        "what a time zone is made of",
        '{{ printf "%#v" (toDate "2006" "2020").UTC.Location }}',
        "`&time.Location{}`",
        "the inside of Go's table",
        "no chart can mean it",
    ),
    Difference(
        "the version of the cluster, out of a map",
        '{{ (dict "a" .Capabilities.KubeVersion).a }}',
        "`v1.36.0`",
        "`{v1.36.0 v1.36.0 1 36}`",
        "whether Go finds a method depends on where a value lies in memory",
    ),
    Difference(
        "templates in templates, more than 10,000 deep",
        '{{ define "r" }}{{ if . }}{{ template "r" (rest .) }}{{ end }}{{ end }}{{ template "r" (until 11000) }}done',
        "an error",
        "`done`",
        "Python's stack is smaller than Go's; `include` nests as deep as in Helm, 1,000 times",
    ),
    Difference(
        "YAML more than 200 deep",
        '{{ fromYaml (printf "a: %s1%s" (repeat 250 "[") (repeat 250 "]")) | keys }}',
        "an error",
        "the value",
        "a bound on what a text can cost",
    ),
    Difference(
        "the order of some keys in YAML",
        "{{ range until 64 }}{{ toYaml $.Values.map }}{{ end }}",
        "`0a`, `1/`, `0101`",
        "any turn of these, at random",
        "go-yaml's comparison runs in circles where keys mix letters and numbers; there is no order that is right",
    ),
    Difference(
        "several spellings of a number as keys",
        '{{ range until 256 }}{{ fromYaml "{1: a, 1.: b}" }}{{ end }}',
        "the last one",
        "one at random",
        "equal sources must give equal bytes",
    ),
    Difference(
        "which of two mistakes in YAML is named",
        '{{ fromYaml "- []x:" }}',
        "`did not find expected key`",
        "`did not find expected '-' indicator`",
        "libyaml looks for keys at other times than the older scanner that go-yaml comes from",
    ),
    Difference(
        "text behind an empty list and another one",
        '{{ fromYaml "{}{}%" }}',
        "an error",
        "passed over",
        "the same",
    ),
    Difference(
        "a question mark in a list behind a document",
        '{{ fromYaml "\\"a\\"[n?\\"" }}',
        "what is wrong with the document",
        "what is wrong behind it",
        "go-yaml takes the question mark for a key, and reads on",
    ),
    Difference(
        "two byte order marks at the start of YAML",
        '{{ fromYaml "\\ufeff\\ufeffa: 1\\nb: 2" }}',
        "`map[a:1]`",
        "an error",
        "go-yaml looks for one at the start of its buffer, and then drops the first character of every line",
    ),
)
"""In all templates."""

PLUGINS: Final = (
    Difference(
        "a value that is missing where it is printed",
        "{{ .Values.port }}",
        "an error (MW403)",
        "nothing",
        "a manifest with a hole in it is a mistake; guards are Helm's",
    ),
    Difference(
        "the clock",
        "{{ now | kindOf }}",
        "an error (MW405)",
        "the time",
        "equal sources must give equal bytes",
    ),
    Difference("randomness and keys", "{{ uuidv4 | len }}", "an error (MW405)", "another text each time", "the same"),
    Difference(
        "what takes too long, or too much",
        "{{ until 3000000 | len }}",
        "an error (MW404)",
        "the result, if memory suffices",
        "no template may hang a run; see the limits in the reference",
    ),
    Difference(
        "`.Files` and `.Subcharts`",
        '{{ .Files.Get "a.txt" | len }}',
        "an error",
        "the chart's",
        "a plugin is no chart: it has templates and values",
    ),
)
"""In the templates of plugins only; charts are rendered as Helm does it."""


def of_a_chart(template: str) -> tuple[str, str | None]:
    """What we make of a chart's template: a text, or an error."""
    rendered, error = render_chart({"t.yaml": template}, VALUES)
    return rendered.get("t.yaml", ""), error


def of_a_plugin(template: str) -> tuple[str, str | None]:
    """What we make of a plugin's."""
    try:
        program = compile_program({"t.yaml": template}, missing=Missing.GUARDED)
        return program.render("t.yaml", {"Values": deepcopy(VALUES)}), None
    except TemplateError as error:
        return "", helm_text(error)


ROWS: Final[list[tuple[Difference, Callable[[str], tuple[str, str | None]]]]] = [
    *((row, of_a_chart) for row in CHARTS),
    *((row, of_a_plugin) for row in PLUGINS),
]
