"""Loading only what a group needs renders what loading everything renders, however definitions are written."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import pipeline
from generator.diagnostics import Collector
from generator.model.settings import Settings
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.pipeline.narrow import Wanted, narrowed
from generator.pipeline.request import Request
from tests.harness import Project

TEMPLATE = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\ndata:\n  x: {{ .Values.x | quote }}\n"
)


def base(project: Project) -> None:
    """Three groups of two plugins in two environments, and a base."""
    for name in ("app", "other"):
        project.plugin(name, templates={"main": ("", TEMPLATE)}, defaultValues={"x": name})
    project.environment("prod", values={"x": "prod"})
    project.environment("test")
    environments = [{"name": "prod"}, {"name": "test"}]
    project.group("the-base", "app", abstract=True, environments=environments)
    project.group("wanted", extends="the-base", dependsOn=["stranger"], values={"x": "own"})
    project.group("stranger", "other", environments=environments)
    project.group("unwanted", "other", environments=environments, dependsOn=["wanted"])


def rewrite(project: Project, path: str, old: str, new: str) -> None:
    text = project.read(path)
    assert old in text
    project.write(path, text.replace(old, new))


def a_plugin_in_a_quoted_config_map(project: Project) -> None:
    plugin = json.dumps(
        {
            "apiVersion": "middleware.io/v1alpha1", "kind": "Plugin", "metadata": {"name": "app"},
            "spec": {
                "name": "app", "version": "1.1.0", "runtimes": [{"name": "app", "versions": ["1"]}],
                "images": {"1": "app:1"}, "defaultValues": {"x": "newer"},
                "templates": [{"name": "main", "configMapRef": "app-main"}],
            },
        }
    )  # fmt: skip
    labels = {"middleware.io/plugin": "app"}
    for name, data in (("app-newer", {"plugin.json": plugin}), ("app-main", {"template": TEMPLATE})):
        body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": labels}, "data": data}
        project.write(f"groups/odd/{name}.json", json.dumps(body))


def a_name_on_the_next_line(project: Project) -> None:
    rewrite(project, "groups/the-base.yaml", "name: the-base", "name:\n    the-base")


def a_name_in_an_unusual_notation(project: Project) -> None:
    rewrite(project, "groups/the-base.yaml", "name: the-base", 'name: "the\\x2dbase"')


def an_anchor(project: Project) -> None:
    rewrite(project, "groups/the-base.yaml", "name: the-base", "name: &n the-base")


def a_document_among_others(project: Project) -> None:
    text = project.read("groups/wanted.yaml") + "---\n" + project.read("groups/the-base.yaml")
    project.write("groups/all.yaml", text)
    (project.root / "groups/wanted.yaml").unlink()
    (project.root / "groups/the-base.yaml").unlink()


def a_list_in_json(project: Project) -> None:
    group = {"apiVersion": "middleware.io/v1alpha1", "kind": "Group", "metadata": {"name": "wanted"}}
    items = [{**group, "spec": {"extends": "the-base", "values": {"x": "json"}}}]
    project.write("groups/wanted.json", json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    (project.root / "groups/wanted.yaml").unlink()


def a_template_that_looks_like_a_definition(project: Project) -> None:
    """Of another plugin, whose files are not read."""
    text = "# middleware.io/ Plugin, as app has it\nkind: ConfigMap\nname: {{ .Values.name }}\n"
    project.write("plugins/other-1.0.0/main.yaml", text)
    rewrite(project, "plugins/other-1.0.0/plugin.yaml", "main.tpl", "main.yaml")


def a_template_that_another_notation_hides(project: Project) -> None:
    """It is taken for a definition, which it is not; then everything is loaded."""
    a_template_that_looks_like_a_definition(project)
    rewrite(project, "plugins/other-1.0.0/plugin.yaml", "file: main.yaml", '"fi\\x6ce": main.yaml')
    (project.root / "groups/stranger.yaml").unlink()
    rewrite(project, "groups/wanted.yaml", "dependsOn:\n  - stranger\n", "")


def an_undeclared_dependency(project: Project) -> None:
    (project.root / "groups/stranger.yaml").unlink()


def a_missing_base(project: Project) -> None:
    (project.root / "groups/the-base.yaml").unlink()


def a_dependency_of_the_base(project: Project) -> None:
    rewrite(project, "groups/wanted.yaml", "dependsOn:\n  - stranger\n", "")
    rewrite(project, "groups/the-base.yaml", "spec:\n", "spec:\n  dependsOn: [stranger]\n")


def a_broken_plugin(project: Project) -> None:
    rewrite(project, "plugins/app-1.0.0/plugin.yaml", 'version: "1.0.0"', 'version: "one"')


CASES: list[Callable[[Project], None]] = [
    base, a_plugin_in_a_quoted_config_map, a_name_on_the_next_line, a_name_in_an_unusual_notation, an_anchor,
    a_document_among_others, a_list_in_json, a_template_that_looks_like_a_definition,
    a_template_that_another_notation_hides, an_undeclared_dependency, a_dependency_of_the_base, a_missing_base,
    a_broken_plugin,
]  # fmt: skip


def made(project: Project, *, part: bool) -> tuple[dict[str, dict[str, bytes]], set[str]]:
    """The files of the wanted group's bundles, and the errors."""
    tree, found = WorkingTree(str(project.root)), Collector()
    if part:
        catalog = narrowed(tree, Settings(), Wanted(("wanted",)), found).catalog
    else:
        catalog = pipeline.load_catalog(tree, Settings(), found)
    request = Request(groups=frozenset({"wanted"}), leaving=frozenset(), complete=True)
    result = pipeline.build(catalog, Output(str(project.root), "out"), request, found)
    return {str(one.key): dict(one.write) for one in result.outcomes}, {one.message for one in result.diagnostics}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_part_renders_what_the_whole_renders(case: Callable[[Project], None], tmp_path: Path) -> None:
    project = Project(tmp_path)
    base(project)
    case(project)
    whole, part = made(project, part=False), made(project, part=True)
    assert part == whole
    assert part[0] or part[1]


def test_only_the_part_is_parsed(tmp_path: Path) -> None:
    project = Project(tmp_path)
    base(project)
    catalog = narrowed(WorkingTree(str(tmp_path)), Settings(), Wanted(("wanted",)), Collector()).catalog
    assert list(catalog.groups) == ["stranger", "the-base", "wanted"]
    assert list(catalog.plugins) == ["app"]
    assert list(catalog.environments) == ["prod", "test"]


def test_a_folder_is_all_groups_below_it_and_what_they_need(tmp_path: Path) -> None:
    project = Project(tmp_path)
    base(project)
    project.write("groups/team/a.yaml", project.read("groups/wanted.yaml").replace("name: wanted", "name: one"))
    part = narrowed(WorkingTree(str(tmp_path)), Settings(), Wanted(below="groups/team"), Collector())
    assert part.groups == {"one"}
    assert list(part.catalog.groups) == ["one", "stranger", "the-base"]
