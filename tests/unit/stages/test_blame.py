"""A finding about a rendered object is told where it comes from: a template, a helper, a value, a patch."""

import json
from pathlib import Path

import pytest

from tests.harness import Project

SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  ports:\n"
PLACES = {
    "a template's own text": (SERVICE + "    - port: 0\n", {}, [], "plugins/app-1.0.0/main.tpl:7:5"),
    "a default": (SERVICE + "    - port: {{ .Values.port }}\n", {}, [], "plugins/app-1.0.0/main.tpl:7:16"),
    "a group's value": (SERVICE + "    - port: {{ .Values.port }}\n", {"port": 0}, [], "groups/a.yaml:10:11"),
    "a helper": (
        SERVICE + '    {{- include "app.ports" . | nindent 4 }}\n', {}, [], "plugins/app-1.0.0/helpers.tpl:2:1"
    ),
    "a patch that merges": (
        SERVICE + "    - port: 80\n", {}, [{"target": {"kind": "Service"}, "merge": {"spec": {"type": "Any"}}}],
        "groups/a.yaml:9:15",
    ),
    "a patch of operations": (
        SERVICE + "    - port: 80\n", {},
        [{"target": {"kind": "Service"}, "json": [{"op": "add", "path": "/spec/type", "value": "Any"}]}],
        "groups/a.yaml:8:7",
    ),
}  # fmt: skip
HELPERS = '{{- define "app.ports" -}}\n- port: 0\n{{- end }}\n'


@pytest.mark.parametrize("case", PLACES)
def test_the_place_to_change(case: str, tmp_path: Path) -> None:
    text, values, patches, want = PLACES[case]
    project = Project(tmp_path)
    project.plugin(
        "app",
        templates={"main": ("", text), "helpers": ("", HELPERS)},
        defaultValues={"port": 0 if case == "a default" else 80},
    )
    project.group("a", plugin="app", values=values, patches=patches)
    ran = project.run("validate", "-o", "json")
    assert ran.code == 1
    (found,) = json.loads(ran.out)["diagnostics"]
    assert found["code"] == "MW576"
    place = found["place"]
    assert f"{place['file']}:{place['line']}:{place['column']}" == want


def test_one_mistake_of_a_template_is_told_once(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.plugin("app", templates={"main": ("", SERVICE + "    - port: 0\n")})
    for number in range(5):
        project.group(f"g{number}", plugin="app")
    ran = project.run("validate")
    assert ran.err.count("error[MW576]") == 1
    assert "= bundles: default/g0, default/g1, default/g2 and 2 more" in ran.err
    assert ran.err.endswith("1 error\n")
