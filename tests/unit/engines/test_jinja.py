"""The Jinja2 engine: the values, the helpers, places of errors, and what a template cannot do."""

from typing import Any

import pytest

from generator.diagnostics import DiagnosticError
from generator.engines.base import RenderContext, TemplateSource
from generator.engines.jinja import Jinja2

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


def context() -> RenderContext:
    return RenderContext(
        values=VALUES,
        name="cache",
        namespace="ns",
        plugin="redis",
        plugin_version="1.0.0",
        runtime_version="7.4",
        components={"data": {"name": "cache"}},
    )


def render(text: str, **others: str) -> str:
    sources = [TemplateSource(name="main", text=text, span=None)]
    sources += [TemplateSource(name=name, text=other, span=None) for name, other in others.items()]
    return Jinja2().compile(sources).render("main", context())


RENDERS = {
    "value": ("{{ Values.replicas }}", "3"),
    "numbers are numbers": ("{{ Values.big }} {{ Values.replicas + 1 }}", "1000000 4"),
    "release and chart": ("{{ Release.Name }} {{ Release.Namespace }} {{ Chart.AppVersion }}", "cache ns 7.4"),
    "other components": ("{{ Components.data.name }}", "cache"),
    "to_yaml, nindent": ("a:{{ Values.config | to_yaml | nindent(2) }}", 'a:\n  appendonly: "yes"\n  maxmemory: 1gb'),
    "quote": ('{{ "a\\"b" | quote }} {{ 7 | quote }}', '"a\\"b" "7"'),
    "squote": ("{{ \"it's\" | squote }}", "'it''s'"),
    "base64 and hash": ("{{ 'a' | b64encode }} {{ 'YQ==' | b64decode }} {{ ('a' | sha256)[:6] }}", "YQ== a ca9781"),
    "default of what is missing": ("{{ Values.missing | default('d') }}", "d"),
    "blocks leave no lines": ("{% if true %}\na\n{% endif %}\nb", "a\nb"),
    "labels": ("{{ selector_labels['app.kubernetes.io/component'] }} {{ labels | length }}", "data 5"),
    "required": ("{{ Values.name | required('a name') }}", "cache"),
    "regular expression": (r"{{ 'a1b2' | regex_replace('[0-9]', '-') }}", "a-b-"),
}  # fmt: skip


@pytest.mark.parametrize("case", RENDERS)
def test_renders(case: str) -> None:
    text, want = RENDERS[case]
    assert render(text) == want


def test_includes_and_imports_the_plugins_own_templates() -> None:
    text = "{% import 'helpers' as helpers %}{{ helpers.twice('x') }}{% include 'part' %}"
    helpers = "{% macro twice(text) %}{% for _ in range(2) %}{{ text }}{% endfor %}{% endmacro %}"
    assert render(text, helpers=helpers, part="+{{ Values.name }}") == "xx+cache"


REFUSES = {
    "missing value": ("a\nb: {{ Values.missing }}", 2, "has no attribute 'missing'"),
    "missing inside": ("{{ Values.config.nope.deeper }}", 1, "nope"),
    "syntax": ("a\n{% if %}", 2, "Expected an expression"),
    "unknown filter": ("\n\n{{ 1 | nofilter }}", 3, "nofilter"),
    "required": ("{{ Values.missing | required('say the name') }}", 1, "say the name"),
    "unknown include": ("{% include 'nowhere' %}", 1, "nowhere"),
    "python's inside": ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
    "python's inside, by filter": ("{{ '' | attr('__class__') }}", 1, "unsafe"),
    "changing the values": ("{{ Values.update({'a': 1}) }}", 1, "unsafe"),
    "changing a list": ("{{ Values.many.append(1) }}", 1, "unsafe"),
    "format that looks inside": ("{{ '{0.__class__}'.format(1) }}", 1, "unsafe"),
    "randomness": ("{{ [1, 2] | random }}", 1, "random"),
    "huge repetition": ("{{ 'a' * 100000000 }}", 1, "more than"),
    "huge number": ("{{ 10 ** 100000 }}", 1, "limited"),
    "huge format": ("{{ '%1000000000d' % 1 }}", 1, "width"),
    "huge padding": ("{{ 'a'.ljust(100000000) }}", 1, "unsafe"),
    "endless loops": ("{% for a in Values.many %}{% for b in Values.many %}{% endfor %}{% endfor %}", 1, "rounds"),
    "endless macros": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, ""),
    "endless includes": ("{% include 'main' %}", 1, "without end"),
    "huge indentation": ("{{ 'a' | indent(100000000) }}", 1, "out of bounds"),
}


@pytest.mark.parametrize("case", REFUSES)
def test_refuses(case: str) -> None:
    text, line, message = REFUSES[case]
    with pytest.raises(DiagnosticError) as caught:
        render(text)
    (found,) = caught.value.diagnostics
    assert message in found.message
    assert found.primary is not None
    assert found.primary.span.line == line


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
        Jinja2().compile([TemplateSource(name="t", text="a\n{{ Values.name }}\n", span=None)]).trace("t", context())
    )
    assert text == "a\ncache\n"
    assert {(line.offset, line.position) for line in lines} >= {(2, 2)}
