"""The Jinja2 engine: the values, the helpers, places of errors, and what a template cannot do."""

from typing import Any

import pytest

from generator.diagnostics import DiagnosticError
from generator.engines.base import TemplateSource
from generator.engines.helm.dialect import FUNCTIONS
from generator.engines.jinja import Jinja2
from generator.engines.jinja.filters import FILTERS, SHARED
from tests.unit.engines.bombs import Took, context, is_bounded, measured

VALUES: dict[str, Any] = {
    "component": "data",
    "replicas": 3,
    "big": 1000000,
    "name": "cache",
    "config": {"maxmemory": "1gb", "appendonly": "yes"},
    "empty": {},
    "flag": False,
    "many": list(range(2000)),
}
CONTEXT = context(VALUES)

LOOP = "{{% set ns = namespace(x='xxxx') %}}{{% for i in range(60) %}}{}{{% endfor %}}"


def render(text: str, **others: str) -> str:
    sources = [TemplateSource(name="main", text=text, span=None)]
    sources += [TemplateSource(name=name, text=other, span=None) for name, other in others.items()]
    return Jinja2().compile(sources).render("main", CONTEXT)


RENDERS = {
    "value": ("{{ Values.replicas }}", "3"),
    "numbers are numbers": ("{{ Values.big }} {{ Values.replicas + 1 }}", "1000000 4"),
    "booleans are YAML's": (
        "{{ Values.flag }} {{ true }} {{ 'a' ~ true }} {{ [true] | join }}",
        "false true atrue true",
    ),
    "release and chart": ("{{ Release.Name }} {{ Release.Namespace }} {{ Chart.AppVersion }}", "cache ns 7.4"),
    "other components": ("{{ Components.data.name }}", "cache"),
    "to_yaml, nindent": ("a:{{ Values.config | to_yaml | nindent(2) }}", 'a:\n  appendonly: "yes"\n  maxmemory: 1gb'),
    "from_yaml": ("{{ ('a: [1, x]' | from_yaml).a[1] }} {{ ('[z]' | from_yaml)[0] }}", "x z"),
    "to_json": ("{{ Values.config | to_json }}", '{"appendonly":"yes","maxmemory":"1gb"}'),
    "from_json": ("{{ ('[1, {\"a\": 2}]' | from_json)[1].a }}", "2.0"),
    "to_toml": ("{{ {'a': {'b': 'c'}} | to_toml }}", '[a]\n  b = "c"\n'),
    "quote": ('{{ "a\\"b" | quote }} {{ 7 | quote }}', '"a\\"b" "7"'),
    "squote": ("{{ \"it's\" | squote }}", "'it''s'"),
    "base64 and hash": ("{{ 'a' | b64encode }} {{ 'YQ==' | b64decode }} {{ ('a' | sha256)[:6] }}", "YQ== a ca9781"),
    "the same, by the other engine's names": ("{{ 'a' | b64enc }} {{ 'YQ==' | b64dec }}", "YQ== a"),
    "trunc": ("{{ 'abcdef' | trunc(3) }} {{ 'abcdef' | trunc(-2) }}", "abc ef"),
    "trim_suffix": ("{{ 'a-' | trim_suffix('-') }}", "a"),
    "cases": (
        "{{ 'fooBar' | kebabcase }} {{ 'foo-bar' | camelcase }} {{ 'fooBar' | snakecase }}",
        "foo-bar FooBar foo_bar",
    ),
    "pick and omit": ("{{ {'a': 1, 'b': 2} | omit('a') | to_json }}{{ {'a': 1} | pick('b') | to_json }}", '{"b":2}{}'),
    "semver_compare": ("{{ '7.2.4' | semver_compare('^7.0') }}", "true"),
    "default of what is missing": ("{{ Values.missing | default('d') }}", "d"),
    "default of what is empty": ("{{ '' | default('d', true) }}", "d"),
    "blocks leave no lines": ("{% if true %}\na\n{% endif %}\nb", "a\nb"),
    "labels": ("{{ selector_labels['app.kubernetes.io/component'] }} {{ labels | length }}", "data 5"),
    "required": ("{{ Values.name | required('a name') }} {{ required(1, 'a') }}", "cache 1"),
    "regular expression": (
        r"{{ 'a1b2' | regex_replace('[0-9]', '-') }} {{ 'ab' | regex_replace('(a)', '<\\1>') }}",
        "a-b- <a>b",
    ),
    "regex_match": ("{{ 'a1' | regex_match('[0-9]') }}", "true"),
    "methods of texts": ("{{ 'a,b'.split(',')[1] }}{{ 'ab'.replace('a', 'c') }}{{ '-'.join(['x', 'y']) }}", "bcbx-y"),
    "own filters of Jinja2": ("{{ [3, 1, 2] | sort | join(',') }} {{ 'ab' | upper }} {{ [1, 2] | sum }}", "1,2,3 AB 3"),
    "namespace": (
        "{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
        "3",
    ),
    "batch": ("{{ [1, 2, 3] | batch(2, 0) | to_json }}", "[[1,2],[3,0]]"),
    "rounded": ("{{ 2.567 | round(1) }} {{ 2.1 | round(0, 'ceil') }}", "2.6 3.0"),
    "tests": ("{{ Values.missing is defined }} {{ 3 is odd }} {{ 'a' in ['a'] }}", "false true true"),
    "a macro with a caller": ("{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}", "<x>"),
    "line breaks of Windows": ("a\r\n{{ 1 }}\r\n", "a\n1\n"),
}  # fmt: skip


@pytest.mark.parametrize("case", RENDERS)
def test_renders(case: str) -> None:
    text, want = RENDERS[case]
    assert render(text) == want


def test_includes_and_imports_the_plugins_own_templates() -> None:
    text = "{% import 'helpers' as helpers %}{{ helpers.twice('x') }}{% include 'part' %}"
    helpers = "{% macro twice(text) %}{% for _ in range(2) %}{{ text }}{% endfor %}{% endmacro %}"
    assert render(text, helpers=helpers, part="+{{ Values.name }}") == "xx+cache"


def test_include_gives_text_that_filters_can_take() -> None:
    part = "a: {{ Values.name }}\nb: {{ extra }}"
    assert render("x:{{ include('part', extra=1) | nindent(2) }}", part=part) == "x:\n  a: cache\n  b: 1"


def test_every_shared_filter_is_a_function_of_the_other_engine() -> None:
    assert {one.function for one in SHARED.values()} <= set(FUNCTIONS)
    assert not SHARED.keys() & FILTERS.keys()


REFUSES = {  # text, place, code, message
    "missing value": ("a\nb: {{ Values.missing }}", "2:14", "MW403", "`missing` has no value"),
    "missing inside": ("{{ Values.config.nope.deeper }}", "1:18", "MW403", "`nope` has no value"),
    "missing in a filter": ("x {{ Values.config.nope | upper }}", "1:20", "MW403", "`nope` has no value"),
    "missing in a test of truth": ("{% if Values.nope %}{% endif %}", "1:14", "MW403", "`nope` has no value"),
    "unknown variable": ("{{ nope }}", "1:4", "MW403", "`nope` has no value"),
    "none": ("{{ none }}", "1:4", "MW403", "none"),
    "syntax": ("a\n{% if %}", "2:7", "MW402", "Expected an expression"),
    "syntax, unclosed": ("a {{ 1", "1:6", "MW402", "unexpected end of template"),
    "syntax, a strange character": ("\n  {{ 1 ? 2 }}", "2:8", "MW402", "unexpected char"),
    "syntax, unbalanced": ("{{ (1] }}", "1:6", "MW402", "unexpected ']'"),
    "unknown tag": ("\n\n{% nope %}", "3:4", "MW402", "unknown tag"),
    "unknown filter": ("\n\n{{ 1 | nofilter }}", "3:8", "MW402", "nofilter"),
    "required": ("{{ Values.missing | required('say the name') }}", "1:", "MW406", "say the name"),
    "fail": ("ab {{ fail('no such thing') }}", "1:", "MW406", "no such thing"),
    "unknown include": ("{% include 'nowhere' %}", "1:4", "MW401", "nowhere"),
    "wrong type": ("{{ 5 | trunc(2) }}", "1:", "MW401", "trunc wants text, not 5"),
    "wrong number of arguments": ("{{ 'a' | trunc }}", "1:", "MW401", "trunc takes 1 arguments"),
    "no YAML": ("{{ 'a: [' | from_yaml }}", "1:", "MW401", "from_yaml: yaml: line 1"),
    "refused by a function": (
        "{{ 'x' | semver_compare('^1') }}",
        "1:", "MW401", "semver_compare: invalid semantic version",
    ),
    "python's inside": ("{{ ''.__class__.__mro__ }}", "1:", "MW401", "unsafe"),
    "python's inside, by filter": ("{{ '' | attr('__class__') }}", "1:", "MW401", "unsafe"),
    "python's inside, by map": ("{{ [''] | map(attribute='__class__') | list }}", "1:", "MW401", "unsafe"),
    "python's inside, of a function": ("{{ include.__globals__ }}", "1:", "MW401", "unsafe"),
    "python's inside, of a macro": ("{% macro m() %}{% endmacro %}{{ m.__init__ }}", "1:", "MW401", "unsafe"),
    "changing the values": ("{{ Values.update({'a': 1}) }}", "1:", "MW401", "unsafe"),
    "changing a list": ("{{ Values.many.append(1) }}", "1:", "MW401", "unsafe"),
    "format that looks inside": ("{{ '{0.__class__}'.format(1) }}", "1:", "MW401", "unsafe"),
    "randomness": ("{{ [1, 2] | random }}", "1:", "MW402", "random"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSES)
def test_refuses(case: str) -> None:
    text, place, code, message = REFUSES[case]
    with pytest.raises(DiagnosticError) as caught:
        render(text)
    (found,) = caught.value.diagnostics
    assert (found.code, message in found.message) == (code, True), found
    assert found.primary is not None
    span = found.primary.span
    assert f"{span.line}:{span.column}".startswith(place)


def test_a_misspelt_value_is_told_what_there_is() -> None:
    with pytest.raises(DiagnosticError) as caught:
        render("{{ Values.replica }}")
    assert "replicas" in caught.value.diagnostics[0].hint


BOMBS = {
    "huge repetition": "{{ 'a' * 100000000 }}",
    "huge repetition of a list": "{{ ([0] * 10000000) | length }}{{ [[0] * 9999999] * 1000 }}",
    "huge number": "{{ 10 ** 100000 }}",
    "huge product": "{% set ns = namespace(n=9) %}{% for i in range(99999) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
    "huge format": "{{ '%1000000000d' % 1 }}",
    "huge format by argument": "{{ '%*d' % (1000000000, 1) }}",
    "huge padding": "{{ 'a'.ljust(100000000) }}",
    "huge indentation": "{{ 'a' | indent(100000000) }}",
    "huge JSON": "{{ [1] | tojson(1000000000) }}",
    "huge batch": "{{ [1] | batch(1000000000, 'x') | list }}",
    "huge slice": "{{ [1] | slice(1000000000) | list }}",
    "huge precision": "{{ 1.5 | round(1000000000, 'ceil') }}",
    "huge range": "{{ range(1000000000) | list }}",
    "endless loops": "{% for a in Values.many %}{% for b in Values.many %}{% endfor %}{% endfor %}",
    "endless macros": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "endless includes": "{% include 'main' %}",
    "endless includes, called": "{{ include('main') }}",
    "endless output": "{% for a in Values.many %}{% for b in Values.many %}{{ 'x' * 5000 }}{% endfor %}{% endfor %}",
    "doubling by ~": LOOP.format("{% set ns.x = ns.x ~ ns.x %}"),
    "doubling by +": LOOP.format("{% set ns.x = ns.x + ns.x %}"),
    "doubling by format": LOOP.format("{% set ns.x = '%s%s' % (ns.x, ns.x) %}"),
    "doubling by join": LOOP.format("{% set ns.x = [ns.x, ns.x] | join %}"),
    "doubling by a method": LOOP.format("{% set ns.x = ns.x.replace('x', 'xx') %}"),
    "doubling by join, a method": LOOP.format("{% set ns.x = ''.join([ns.x, ns.x]) %}"),
    "doubling by replace": LOOP.format("{% set ns.x = ns.x | replace('x', 'xx') %}"),
    "doubling by regex_replace": LOOP.format("{% set ns.x = ns.x | regex_replace('x', 'xx') %}"),
    "doubling by set": LOOP.format("{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y %}"),
    "doubling by macros": "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 60 + "'x'" + ")" * 60 + " }}",
    "a large text, kept": "{% set y %}{% for i in Values.many %}{% for j in Values.many %}" + "x" * 4000
    + "{% endfor %}{% endfor %}{% endset %}",
    "doubling of lists": LOOP.format("{% set ns.x = [ns.x, ns.x] %}") + "{{ ns.x }}",
    "doubling of maps": LOOP.format("{% set ns.x = {'a': ns.x, 'b': ns.x} %}") + "{{ ns.x | to_yaml }}",
    "doubling by with": "{% with a = ['x'] %}" + "{% with a = [a, a] %}" * 60 + "{{ a == a }}" + "{% endwith %}" * 61,
    "comparing by macros": "{% macro m(x, y, n) %}{% if n %}{{ m([x, x], [y, y], n - 1) }}{% else %}{{ x == y }}"
    "{% endif %}{% endmacro %}{{ m([1], [1], 60) }}",
    "splitting a large text": "{% set x = ',' * 9000000 %}{{ x.split(',') | length }}",
    "listing a large text": "{% set x = ',' * 9000000 %}{{ x | list | length }}",
    "parentheses": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "nested blocks": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "a long expression": "{{ 1" + " + 1" * 20000 + " }}",
    "reading YAML": "{% set x = 'a: b\\n' * 90000 %}"
    "{% for i in range(1000) %}{% set y = x | from_yaml %}{% endfor %}",
}  # fmt: skip


@pytest.fixture(scope="module")
def took() -> dict[str, Took]:
    return measured("jinja2", BOMBS)


@pytest.mark.parametrize("case", BOMBS)
def test_no_template_takes_more_than_it_is_given(case: str, took: dict[str, Took]) -> None:
    is_bounded(took[case])


def test_a_budget_lets_more_through() -> None:
    text = "{% for i in range(90000) %}{% for j in range(30) %}{% endfor %}{% endfor %}done"
    source = TemplateSource(name="main", text=text, span=None)
    with pytest.raises(DiagnosticError):
        Jinja2().compile([source]).render("main", CONTEXT)
    assert Jinja2().compile([source], budget=2).render("main", CONTEXT) == "done"


def test_compiled_code_is_kept_and_found_again() -> None:
    kept: dict[str, bytes] = {}
    asked: list[str] = []

    class Store:
        def get(self, key: str) -> bytes | None:
            asked.append(key)
            return kept.get(key)

        def put(self, key: str, content: bytes) -> None:
            kept[key] = content

    sources = [TemplateSource(name="main", text="{{ Values.name }}\n{{ Values.nope }}", span=None)]
    first = Jinja2(Store()).compile(sources)
    assert asked == list(kept)
    for program in (first, Jinja2(Store()).compile(sources)):
        with pytest.raises(DiagnosticError) as caught:
            program.render("main", CONTEXT)
        primary = caught.value.diagnostics[0].primary
        assert primary is not None
        assert (primary.span.line, primary.span.column) == (2, 11)
    assert len(kept) == 1
    damaged = {key: content[:-9] for key, content in kept.items()}
    kept.update(damaged)
    assert Jinja2(Store()).compile([TemplateSource(name="main", text="x", span=None)]).render("main", CONTEXT) == "x"
    with pytest.raises(DiagnosticError):
        Jinja2(Store()).compile(sources).render("main", CONTEXT)


def test_an_error_in_an_included_template_is_placed_there() -> None:
    with pytest.raises(DiagnosticError) as caught:
        render("\n{% include 'part' %}", part="\n\n{{ Values.missing }}")
    (found,) = caught.value.diagnostics
    assert found.primary is not None
    assert (found.primary.span.file.path, found.primary.span.line) == ("part", 3)


def test_every_syntax_error_is_reported() -> None:
    sources = [TemplateSource(name=name, text="{% if %}", span=None) for name in ("one", "two")]
    with pytest.raises(DiagnosticError) as caught:
        Jinja2().compile(sources)
    assert [one.message.split(":")[0] for one in caught.value.diagnostics] == ["template one", "template two"]


def test_the_trace_knows_which_line_wrote_what() -> None:
    text, lines = (
        Jinja2().compile([TemplateSource(name="t", text="a\n{{ Values.name }}\n", span=None)]).trace("t", CONTEXT)
    )
    assert text == "a\ncache\n"
    assert {(line.offset, line.position) for line in lines} >= {(2, 2)}
