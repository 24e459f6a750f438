"""The default engine's values: shared by all templates, and changed by none for another."""

from dataclasses import replace
from typing import Any

from generator.engines.base import TemplateSource
from generator.engines.gohelm import GoTemplate
from tests.unit.engines.bombs import context

SHOW = "{{ toJson .Values.a }} {{ toJson .Values.b }} {{ toJson .Components.data.values.a }}"
CHANGE = '{{ $_ := set .Values.a.deep "n" "changed" }}' + SHOW


def test_what_a_template_changes_is_changed_for_nobody_else() -> None:
    shared = {"deep": {"n": 1}}
    values: dict[str, Any] = {"name": "cache", "component": "data", "a": shared, "b": shared}
    sources = [TemplateSource(name=name, text=text, span=None) for name, text in (("x", CHANGE), ("y", SHOW))]
    program = GoTemplate().compile(sources)
    given = replace(context(values), component_values={"data": values})
    plain = '{"deep":{"n":1}}'
    for _ in range(2):
        assert program.render("x", given) == f'{{"deep":{{"n":"changed"}}}} {plain} {plain}'
        assert program.render("y", given) == f"{plain} {plain} {plain}"
    assert shared == {"deep": {"n": 1}}
