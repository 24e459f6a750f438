"""`mwgen groups remove`: one step or two, and definitions that keep everything else as it was."""

from pathlib import Path

import pytest

from tests.harness import Project

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}-{{ .Values.component }}\n"
ORDERS = {
    "reversed": ({"provision": ["storage", "compute"], "stop": ["compute", "storage"]}, False),
    "alike": ({"provision": ["storage", "compute"], "stop": ["storage", "compute"]}, True),
    "all at once": ({"provision": ["storage", "compute"], "stop": []}, False),
    "pruned at once, stopped in order": ({"provision": [], "stop": ["compute", "storage"]}, True),
}


def project(tmp_path: Path, orders: dict[str, list[str]]) -> Project:
    made = Project(tmp_path / "repo")
    made.plugin(
        "app", orders=orders, templates={"a": ("storage", CONFIG), "b": ("compute", CONFIG)}, defaultValues={"size": 1}
    )
    return made


@pytest.mark.parametrize("name", ORDERS)
def test_two_steps_where_the_order_wants_them(name: str, tmp_path: Path) -> None:
    orders, two = ORDERS[name]
    made = project(tmp_path, orders)
    made.group("cache", plugin="app")
    made.run("generate").sound()
    if two:
        assert "step 1 of 2" in made.run("groups", "remove", "cache").sound().out
        assert "state: Stopped" in made.read("groups/cache.yaml")
        assert made.run("groups", "remove", "cache").code == 1  # not rendered yet
        assert made.run("generate").sound().out.startswith("stop ")
    ran = made.run("groups", "remove", "cache").sound()
    assert "is removed from groups/cache.yaml" in ran.out
    assert not (made.root / "groups/cache.yaml").exists()
    assert made.run("generate", "--allow-loss", "default/cache/*/*").sound().out.startswith("delete ")
    assert made.files() == {}


def test_at_once(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["alike"][0])
    made.group("cache", plugin="app")
    made.run("generate").sound()
    assert "is removed" in made.run("groups", "remove", "cache", "--at-once").sound().out


FILES = {
    "a block": (
        "# ours\nspec:\n  # which\n  plugin: {name: app}\nmetadata: {name: cache}\n",
        "# ours\nspec:\n  # which\n  state: Stopped\n  plugin: {name: app}\nmetadata: {name: cache}\n",
    ),
    "braces": (
        "metadata: {name: cache}\nspec: {plugin: {name: app}}\n",
        "metadata: {name: cache}\nspec: {state: Stopped, plugin: {name: app}}\n",
    ),
    "a state that is there": (
        "metadata: {name: cache}\nspec:\n  plugin: {name: app}\n  state: Running # for now\n",
        "metadata: {name: cache}\nspec:\n  plugin: {name: app}\n  state: Stopped # for now\n",
    ),
}  # fmt: skip
HEAD = "apiVersion: middleware.io/v1alpha1\nkind: Group\n"


@pytest.mark.parametrize("name", FILES)
def test_a_definition_keeps_everything_else(name: str, tmp_path: Path) -> None:
    before, after = FILES[name]
    made = project(tmp_path, ORDERS["alike"][0])
    made.write("groups/cache.yaml", HEAD + before)
    made.run("generate").sound()
    made.run("groups", "remove", "cache").sound()
    assert made.read("groups/cache.yaml") == HEAD + after


def test_other_documents_of_the_file_stay(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["reversed"][0])
    documents = [f"# {name}\n{HEAD}metadata: {{name: {name}}}\nspec: {{plugin: {{name: app}}}}\n" for name in "abc"]
    made.write("groups/all.yaml", "---\n".join(documents))
    made.run("groups", "remove", "b").sound()
    assert made.read("groups/all.yaml") == "---\n".join((documents[0], documents[2]))


def test_what_others_need_stays(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["reversed"][0])
    made.group("cache", plugin="app")
    made.group("web", plugin="app", dependsOn=["cache"])
    ran = made.run("groups", "remove", "cache")
    assert ran.code == 1
    assert "error[MW736]: web depends on cache" in ran.err
    assert (made.root / "groups/cache.yaml").exists()
