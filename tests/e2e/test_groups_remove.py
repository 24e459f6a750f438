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


def committed(made: Project, message: str) -> None:
    made.git("add", "-A")
    made.git("commit", "-qm", message)


def test_what_counts_is_what_is_committed(tmp_path: Path) -> None:
    """The cluster follows commits: a stop that is only rendered has stopped nothing."""
    made = project(tmp_path, ORDERS["alike"][0])
    made.group("cache", plugin="app")
    made.git("init", "-q")
    made.run("generate").sound()
    committed(made, "all")
    assert "step 1 of 2" in made.run("groups", "remove", "cache").sound().out
    ran = made.run("groups", "remove", "cache")
    assert (ran.code, "default/cache is not rendered so: mwgen generate --commit" in ran.out) == (1, True)
    made.run("generate").sound()
    ran = made.run("groups", "remove", "cache")
    assert (ran.code, "default/cache is not committed: mwgen commit" in ran.out) == (1, True)
    assert (made.root / "groups/cache.yaml").exists()
    made.run("commit").sound()
    assert "is removed" in made.run("groups", "remove", "cache").sound().out


def test_a_bundle_that_was_never_committed_leaves_at_once(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["alike"][0])
    made.group("other", plugin="app")
    made.git("init", "-q")
    made.run("generate").sound()
    committed(made, "all")
    made.group("cache", plugin="app")
    made.run("generate").sound()
    assert "is removed" in made.run("groups", "remove", "cache").sound().out


def test_output_that_git_ignores_counts_as_it_is_on_disk(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["alike"][0])
    made.group("cache", plugin="app")
    made.write(".gitignore", "out/\n")
    made.git("init", "-q")
    made.run("generate").sound()
    committed(made, "all")
    assert "step 1 of 2" in made.run("groups", "remove", "cache").sound().out
    made.run("generate").sound()
    assert "is removed" in made.run("groups", "remove", "cache").sound().out


def test_output_on_a_branch_counts_as_the_branch_has_it(tmp_path: Path) -> None:
    """Its cluster follows that branch: a stop that is only rendered has stopped nothing."""
    made = project(tmp_path, ORDERS["alike"][0])
    made.environment("prod", delivery={"revision": "env/prod"})
    made.group("cache", plugin="app", environments=[{"name": "prod"}])
    made.write(".gitignore", "out/\n")
    made.git("init", "-q")
    committed(made, "all")
    made.run("generate").sound()
    made.run("commit", "--branch", "env/prod").sound()
    assert "step 1 of 2" in made.run("groups", "remove", "cache").sound().out
    committed(made, "stop")
    made.run("generate").sound()
    ran = made.run("groups", "remove", "cache")
    assert (ran.code, "prod/cache is not committed: mwgen commit" in ran.out) == (1, True)
    made.run("commit", "--branch", "env/prod").sound()
    assert "is removed" in made.run("groups", "remove", "cache").sound().out


def test_an_environment_that_says_running_is_stopped_too(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["alike"][0])
    text = (
        "metadata: {name: cache}\nspec:\n  plugin: {name: app}\n  environments:\n"
        "  - name: staging\n    state: Stopped # since spring\n"
        "  - name: prod\n    state: Running # always\n"
    )
    made.write("groups/cache.yaml", HEAD + text)
    made.run("generate").sound()
    assert "step 1 of 2" in made.run("groups", "remove", "cache").sound().out
    said = text.replace("Running", "Stopped").replace("  plugin", "  state: Stopped\n  plugin")
    assert made.read("groups/cache.yaml") == HEAD + said
    assert made.run("generate").sound().out.startswith("stop       prod/cache")
    assert "is removed" in made.run("groups", "remove", "cache").sound().out


def test_a_base_that_keeps_it_running_is_named(tmp_path: Path) -> None:
    made = project(tmp_path, ORDERS["alike"][0])
    environments = [{"name": "prod", "state": "Running"}]
    made.group("base", plugin="app", abstract=True, environments=environments)
    made.group("cache", extends="base")
    made.run("generate").sound()
    before = made.read("groups/cache.yaml")
    ran = made.run("groups", "remove", "cache")
    assert ran.code == 1
    assert "error[MW739]: base, which cache extends, says that it is Running in prod" in ran.err
    assert "groups/base.yaml:" in ran.err
    assert made.read("groups/cache.yaml") == before
    assert "is removed" in made.run("groups", "remove", "cache", "--at-once").sound().out
