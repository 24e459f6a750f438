"""Go templates that ask for too much, as production runs them: each ends in a diagnostic, soon, in little memory."""

import pytest

from tests.unit.engines.bombs import Took, is_bounded, measured

DOUBLED = '{{{{ $x := "xxxxxxxx" }}}}{{{{ range 60 }}}}{{{{ $x = {} }}}}{{{{ end }}}}{{{{ len $x }}}}'
GROWN = "{{{{ $x := {} }}}}{{{{ range 2000000 }}}}{{{{ $x = {} }}}}{{{{ end }}}}"
NESTED = "{{{{ $x := list 1 }}}}{{{{ range 60 }}}}{{{{ $x = list $x $x }}}}{{{{ end }}}}{}"
DEEP = "{{{{ $x := list 1 }}}}{{{{ range 100000 }}}}{{{{ $x = list $x }}}}{{{{ end }}}}{}"
BOMBS = {
    "until": "{{ until 1000000000 }}",
    "untilStep": "{{ untilStep 0 1000000000 1 }}",
    "seq": "{{ seq 1000000000 }}",
    "repeat": '{{ repeat 1000000000 "x" }}',
    "indent": '{{ indent 1000000000 "x" }}',
    "a giant indent of many lines": '{{ indent 1000000 (repeat 1000 "x\\n") }}',
    "nindent": '{{ nindent 1000000000 "x" }}',
    "widths of printf": "{{ range 1000 }}" + '{{ printf "%999999d%999999s" 1 "x" }}' + "{{ end }}",
    "precision of printf": "{{ range 1000 }}" + '{{ printf "%.999999f" 1.5 }}' + "{{ end }}",
    "range over an int": "{{ range 1000000000 }}{{ end }}",
    "ranges in ranges": "{{ range $.Values.list }}" * 4 + "{{ end }}" * 4,
    "much in a range": "{{ range 2000000 }}" + "{{ addf 1.5 . | mulf 2 | round 2 }}" * 50 + "{{ end }}",
    "output": "{{ range 100000 }}{{ $.Values.text }}{{ end }}",
    "recursion by template": '{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}',
    "recursion by include": '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}',
    "recursion by include, growing": '{{ define "r" }}{{ include "r" (list . .) }}{{ end }}{{ include "r" . }}',
    "recursion by tpl": '{{ define "r" }}{{ tpl "{{ include \\"r\\" . }}" . }}{{ end }}{{ include "r" . }}',
    "tpl of itself": '{{ $t := "{{ tpl .t . }}" }}{{ tpl $t (dict "t" $t) }}',
    "tpl of ever other texts": '{{ range 1000000 }}{{ tpl (printf "{{ %d }}" .) . }}{{ end }}',
    "branching recursion": '{{ define "r" }}{{ if . }}' + '{{ include "r" (rest .) }}' * 2 + "{{ end }}{{ end }}"
    '{{ include "r" (until 60) }}',
    "regular expressions": '{{ range 100000 }}{{ regexMatch "(a|aa)+$" (repeat 5000 "a") }}{{ end }}',
    "a large expression": '{{ range 999 }}{{ regexMatch (printf "(?:%s){999}" (repeat 900 "a")) "a" }}{{ end }}',
    "doubling by printf": DOUBLED.format('printf "%s%s" $x $x'),
    "doubling by print": DOUBLED.format("print $x $x"),
    "doubling by cat": DOUBLED.format("cat $x $x"),
    "doubling by join": DOUBLED.format('join "" (list $x $x)'),
    "doubling by replace": DOUBLED.format('replace "x" "xx" $x'),
    "doubling by regexReplaceAll": DOUBLED.format('regexReplaceAll "x" $x "xx"'),
    "doubling by quote": DOUBLED.format("quote $x $x"),
    "doubling by repeat": DOUBLED.format("repeat 2 $x"),
    "doubling by tpl": DOUBLED.format('tpl "{{ . }}{{ . }}" $x'),
    "growing by append": GROWN.format("list", "append $x $x"),
    "growing by concat": GROWN.format("list 1", "concat $x (list 1)"),
    "growing by set": "{{ $m := dict }}{{ range 2000000 }}{{ $_ := set $m (toString .) $m }}{{ end }}{{ toYaml $m }}",
    "growing by merge": GROWN.format("dict", "merge $x (dict (toString .) 1)"),
    "growing by cat": GROWN.format('""', 'cat $x "aaaaaaaaaaaaaaaa"'),
    "lists in lists, printed": NESTED.format("{{ $x }}"),
    "lists in lists, as YAML": NESTED.format("{{ toYaml $x }}"),
    "lists in lists, as pretty YAML": NESTED.format("{{ toYamlPretty $x }}"),
    "lists in lists, as JSON": NESTED.format("{{ toJson $x }}"),
    "lists in lists, as TOML": NESTED.format('{{ toToml (dict "a" $x) }}'),
    "lists in lists, copied": NESTED.format("{{ deepCopy $x | len }}"),
    "lists in lists, compared": NESTED.replace("list 1", "list 1 2").format("{{ eq $x $x }}"),
    "lists in lists, deeply equal": NESTED.format("{{ $y := deepCopy (list 1) }}{{ has $x (list $y $x) }}{{ $x }}"),
    "lists in lists, as strings": NESTED.format("{{ toStrings $x }}"),
    "deep lists, printed": DEEP.format("{{ $x }}"),
    "deep lists, as YAML": DEEP.format("{{ toYaml $x }}"),
    "deep lists, as JSON": DEEP.format("{{ toJson $x }}"),
    "deep lists, copied": DEEP.format("{{ deepCopy $x }}"),
    "deep YAML": '{{ fromYaml (printf "a: %s" (repeat 100000 "[")) }}{{ range 1000000000 }}{{ end }}',
    "reading YAML": '{{ $y := repeat 60000 "a: [1, {b: c}]\\n" }}{{ range 1000 }}{{ $_ := fromYaml $y }}{{ end }}',
    "reading what is no list": '{{ $y := repeat 60000 "a: [1, {b: c}]\\n" }}{{ range 1000 }}'
    "{{ $_ := fromYamlArray $y }}{{ end }}",
    "reading TOML": '{{ $y := repeat 60000 "[[a]]\\nb = 1\\n" }}{{ range 1000 }}{{ $_ := fromToml $y }}{{ end }}',
    "writing YAML": "{{ range 100000 }}{{ $_ := toYaml $.Values.map }}{{ end }}",
    "writing TOML": "{{ range 100000 }}{{ $_ := toToml $.Values.map }}{{ end }}",
    "hashing": "{{ range 1000000 }}{{ $_ := sha512sum $.Values.text }}{{ end }}",
    "deriving keys": '{{ range 10000 }}{{ derivePassword 1 "long" "a" "b" "c" }}{{ end }}',
    "sorting": "{{ range 1000000 }}{{ $_ := sortAlpha $.Values.list }}{{ end }}",
    "unlike lists": "{{ $x := list }}{{ range 20000 }}{{ $x = append $x (list .) }}{{ end }}{{ uniq $x | len }}",
    "cases": "{{ range 1000000 }}{{ $_ := snakecase $.Values.text }}{{ end }}",
    "wrapping": "{{ wrapWith 1 $.Values.text $.Values.text }}",
    "parts": '{{ splitList "" (repeat 10000 $.Values.text) | len }}',
    "parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "ifs": "{{ if 1 }}" * 5000 + "{{ end }}" * 5000,
}  # fmt: skip


@pytest.fixture(scope="module")
def took() -> dict[str, Took]:
    return measured("gotemplate", BOMBS)


@pytest.mark.parametrize("case", BOMBS)
def test_no_template_takes_more_than_it_is_given(case: str, took: dict[str, Took]) -> None:
    is_bounded(took[case])
