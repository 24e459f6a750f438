"""`mwgen diff` and `mwgen plan` as a user runs them: which commits they compare, what they print, how they end."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from generator.entrypoints.commands.schema import text
from tests.harness import Project

STATEFULSET = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
spec:
  serviceName: {{ .Values.name }}
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      {{- include "middleware.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "middleware.labels" . | nindent 8 }}
        app.kubernetes.io/component: {{ .Values.component }}
    spec:
      containers:
      - name: main
        image: {{ .Values.image }}
        resources:
          limits:
            memory: {{ .Values.memory }}
"""
CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-config
data:
  size: {{ .Values.size | quote }}
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.plugin(
        "redis",
        runtimes=[{"name": "redis", "versions": ["7.2", "7.4"], "default": "7.2"}],
        images={"7.2": "redis:7.2", "7.4": "redis:7.4"},
        compatibility={"migrateFrom": {"7.4": ["7.2"]}},
        components=[{"name": "config"}, {"name": "server"}],
        orders={"provision": ["config", "server"], "update": ["config", "server"], "upgrade": [["config", "server"]]},
        defaultValues={"replicas": 3, "size": "1gb", "memory": "1Gi"},
        templates={"server": ("server", STATEFULSET), "config": ("config", CONFIG)},
    )
    for name in ("a", "b", "c"):
        made.group(name, "redis", environments=[{"name": "prod"}])
    made.environment("prod")
    made.git("init", "-q", "-b", "main")
    commit(made, "Definitions")
    return made


def commit(project: Project, subject: str) -> str:
    project.git("add", "-A")
    project.git("commit", "-q", "-m", subject)
    return project.git("rev-parse", "HEAD").strip()


def change(project: Project, group: str, **values: Any) -> None:
    project.group(group, "redis", environments=[{"name": "prod"}], values=values)


def reviewed(project: Project, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.run("diff", "-o", "json", *arguments).sound().out)
    jsonschema_rs.validator_for(json.loads(text("review"))).validate(found)
    return found


def test_where_nothing_differs_nothing_is_printed(project: Project) -> None:
    for arguments in (("diff", "--exit-code"), ("diff", "-o", "markdown", "--exit-code"), ("plan",)):
        assert project.run(*arguments).sound().out == ""
    found = reviewed(project)
    assert (found["changed"], found["bundles"], found["families"]) == (False, [], [])


def test_a_changed_value_gives_a_verdict(project: Project) -> None:
    change(project, "a", replicas=5)
    (bundle,) = reviewed(project)["bundles"]
    assert (bundle["group"], bundle["operation"], bundle["stages"]) == ("a", "update", [["config"], ["server"]])
    assert [(one["kind"], one["rule"]) for one in bundle["effects"]] == [("in place", "scale-up")]
    assert bundle["causes"] == [{"kind": "group", "name": "a", "file": "groups/a.yaml", "line": 4}]


def test_exit_codes(project: Project) -> None:
    assert project.run("diff").code == 0
    change(project, "a", replicas=5)
    assert project.run("diff").code == 0
    assert project.run("diff", "--exit-code").code == 1
    change(project, "a", replicas="five")
    failed = project.run("diff")
    assert (failed.code, failed.out) == (1, "")
    assert "MW332" in failed.err
    assert project.run("diff", "--base", "nowhere").code == 1
    assert project.run("diff", "--max-chars", "x").code == 2


def test_nothing_is_written(project: Project) -> None:
    change(project, "a", replicas=5)
    before = project.files(".")
    project.run("diff").sound()
    project.run("plan").sound()
    assert {path: data for path, data in project.files(".").items() if ".git/mwgen" not in path} == before


def test_a_plugins_default_is_one_family(project: Project) -> None:
    plugin = project.root / "plugins/redis-1.0.0/plugin.yaml"
    plugin.write_text(plugin.read_text().replace("1Gi", "2Gi"))
    found = reviewed(project)
    (family,) = found["families"]
    assert family["members"] == ["prod/a", "prod/b", "prod/c"]
    assert family["upgrades"] == ["plugin hot upgrade"]
    assert family["effects"][0]["rule"] == "pod-template"
    assert family["effects"][0]["object"]["name"] == "<group>"
    changed = [field for one in family["objects"] for field in one["fields"] if "noise" not in field]
    assert [field["variants"] for field in changed] == [[{"old": "1Gi", "new": "2Gi", "count": 3}]]


def test_values_that_differ_within_a_family_are_told_apart(project: Project) -> None:
    for name, size in (("a", "2gb"), ("b", "2gb"), ("c", "3gb")):
        change(project, name, size=size)
    (family,) = reviewed(project)["families"]
    (field,) = [field for one in family["objects"] for field in one["fields"] if field["path"] == "/data/size"]
    assert [(one["new"], one["count"]) for one in field["variants"]] == [("2gb", 2), ("3gb", 1)]


def test_a_group_that_comes_and_one_that_goes(project: Project) -> None:
    (project.root / "groups/a.yaml").unlink()
    project.group("d", {"name": "redis"}, environments=[{"name": "prod"}], values={"size": "9gb", "replicas": 1})
    found = {one["group"]: one for one in reviewed(project)["bundles"]}
    assert (found["a"]["operation"], found["d"]["operation"]) == ("delete", "provision")
    assert found["a"]["stages"] == [["server"], ["config"]]
    assert found["a"]["effects"][0]["rule"] == "group-data-deleted"
    assert {one["change"] for one in found["d"]["objects"]} == {"added"}


def test_a_group_under_another_name_is_told_as_that(project: Project) -> None:
    text = (project.root / "groups/a.yaml").read_text()
    (project.root / "groups/a.yaml").unlink()
    project.write("groups/renamed.yaml", text.replace("name: a", "name: renamed"))
    found = {one["group"]: one for one in reviewed(project)["bundles"]}
    assert found["renamed"]["previous"] == "prod/a"
    assert found["a"]["effect"] == "data at risk"
    assert "in place of prod/a" in project.run("diff").sound().out


# --- which commits


def test_the_base_of_uncommitted_changes_is_the_last_commit(project: Project) -> None:
    head = project.git("rev-parse", "HEAD").strip()
    found = reviewed(project)
    assert (found["base"]["commit"], found["head"]["name"]) == (head, "working tree")


def test_the_base_of_a_branch_is_where_it_leaves_the_remotes_default(project: Project, tmp_path: Path) -> None:
    start = project.git("rev-parse", "HEAD").strip()
    project.git("clone", "-q", str(project.root), str(tmp_path / "clone"))
    clone = Project(tmp_path / "clone")
    clone.git("checkout", "-q", "-b", "change")
    change(clone, "a", replicas=5)
    commit(clone, "More")
    change(clone, "b", replicas=5)
    found = reviewed(clone)
    assert (found["base"]["commit"], found["base"]["name"]) == (start, "origin/main...HEAD")
    assert [one["group"] for one in found["bundles"]] == ["a", "b"]


def test_the_base_of_a_merge_ref_is_its_first_parent(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.git("checkout", "-q", "-b", "change")
    change(project, "a", replicas=5)
    commit(project, "More")
    project.git("checkout", "-q", "main")
    change(project, "b", replicas=7)
    tip = commit(project, "Meanwhile")
    project.git("checkout", "-q", "--detach")
    project.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    found = reviewed(project)
    assert (found["base"]["commit"], found["base"]["name"]) == (tip, "HEAD^1")
    assert [one["group"] for one in found["bundles"]] == ["a"]


def test_revisions_are_compared_without_a_checkout(project: Project) -> None:
    change(project, "a", replicas=5)
    commit(project, "More")
    change(project, "a", replicas=7)
    found = reviewed(project, "--base", "HEAD~1", "--head", "HEAD")
    (bundle,) = found["bundles"]
    assert "goes from 3 to 5" in bundle["effects"][0]["reason"]
    assert found["head"]["subject"] == "More"


def test_folders_are_compared(project: Project, tmp_path: Path) -> None:
    project.git("worktree", "add", "-q", str(tmp_path / "other"))
    other = Project(tmp_path / "other")
    change(other, "c", replicas=1)
    found = reviewed(project, "--base", str(project.root), "--head", str(other.root))
    assert [one["group"] for one in found["bundles"]] == ["c"]
    assert found["head"]["name"] == str(other.root)


def test_rendered_trees_are_compared_as_they_are(project: Project, tmp_path: Path) -> None:
    project.run("generate").sound()
    commit(project, "Output")
    change(project, "a", replicas=0)
    project.group("d", "redis", environments=[{"name": "prod"}])
    (project.root / "groups/b.yaml").unlink()
    by_source = reviewed(project)
    project.run("generate", "--allow-loss", "prod/*").sound()
    found = reviewed(project, "--base", "HEAD:out", "--head", "out")
    assert found["base"]["rendered"]
    assert found["head"]["rendered"]
    assert found["counts"] == {**by_source["counts"], "unchanged": 1}
    for one, other in zip(found["bundles"], by_source["bundles"], strict=True):
        for field in ("group", "operation", "stages", "effect", "effects", "objects"):
            assert one.get(field) == other.get(field), field
    commit(project, "More output")
    assert reviewed(project, "--base", "HEAD~1:out", "--head", "HEAD:out")["bundles"] == found["bundles"]
    failed = project.run("diff", "--base", "HEAD:out")
    assert (failed.code, failed.out) == (2, "")
    assert "compare like with like" in failed.err


def test_any_tree_of_manifests_is_compared(project: Project, tmp_path: Path) -> None:
    for folder, replicas in (("old", 3), ("new", 1)):
        (tmp_path / folder / "prod/cache").mkdir(parents=True)
        (tmp_path / folder / "prod/cache/all.yaml").write_text(
            f"apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {{name: x}}\nspec: {{replicas: {replicas}}}\n---\n"
            "apiVersion: v1\nkind: Service\nmetadata: {name: x}\n"
        )
    (bundle,) = reviewed(project, "--base", str(tmp_path / "old"), "--head", str(tmp_path / "new"))["bundles"]
    assert (bundle["environment"], bundle["group"], bundle["effects"][0]["rule"]) == ("prod", "cache", "quorum")
    (tmp_path / "new/prod/cache/all.yaml").write_text("a: [")
    failed = project.run("diff", "--base", str(tmp_path / "old"), "--head", str(tmp_path / "new"))
    assert (failed.code, "MW101" in failed.err) == (1, True)


def test_a_shallow_clone_without_the_base_is_told(project: Project, tmp_path: Path) -> None:
    project.git("checkout", "-q", "-b", "change")
    project.git("commit", "-q", "--allow-empty", "-m", "More")
    project.git("checkout", "-q", "main")
    project.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    project.git("clone", "-q", "--depth", "1", f"file://{project.root}", str(tmp_path / "clone"))
    clone = Project(tmp_path / "clone")
    clone.git("checkout", "-q", "--detach")
    failed = clone.run("diff")
    assert failed.code == 1
    assert "MW842" in failed.err
    assert "fetch-depth: 2" in failed.err


def test_the_base_a_gitlab_pipeline_names(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    start = project.git("rev-parse", "HEAD").strip()
    change(project, "a", replicas=5)
    commit(project, "More")
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", start)
    assert reviewed(project)["base"]["commit"] == start
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", "1" * 40)
    assert "MW842" in project.run("diff").err


def test_a_repository_without_commits(tmp_path: Path) -> None:
    made = Project(tmp_path / "empty")
    made.git("init", "-q")
    assert "MW843" in made.run("diff").err


# --- outputs


def test_the_plan_is_short_and_puts_the_danger_first(project: Project) -> None:
    change(project, "a", replicas=0)
    change(project, "b", memory="2Gi")
    lines = project.run("plan").sound().out.splitlines()
    assert len(lines) <= 10
    assert "data at risk" in lines[2]
    assert "rolling restart" in lines[3]


def test_a_plan_says_what_is_upgraded(project: Project) -> None:
    project.group("a", "redis", environments=[{"name": "prod"}], runtime={"version": "7.4"})
    shown = project.run("plan").sound().out
    assert "upgrade    prod/a  redis 7.2 → 7.4, runtime upgrade:  StatefulSet a: " in shown


def test_a_plan_says_which_group_goes_on_under_another_name(project: Project) -> None:
    definition = (project.root / "groups/c.yaml").read_text()
    (project.root / "groups/c.yaml").unlink()
    (project.root / "groups/d.yaml").write_text(definition.replace("name: c", "name: d"))
    assert "prod/d in place of prod/c" in project.run("plan").sound().out


def test_a_plan_says_of_how_many_groups_it_is_so(project: Project) -> None:
    for old, new in (("a", "d"), ("b", "e")):
        definition = (project.root / f"groups/{old}.yaml").read_text()
        (project.root / f"groups/{old}.yaml").unlink()
        (project.root / f"groups/{new}.yaml").write_text(definition.replace(f"name: {old}", f"name: {new}"))
    plan = project.run("plan").sound().out
    assert "(each in place of another)" in plan, plan
    assert "provision, redis 1.0.0, each in place of another" in project.run("diff").sound().out
    assert "each in place of another" in project.run("diff", "-o", "markdown").sound().out


def test_a_working_tree_has_the_commit_that_is_checked_out(project: Project) -> None:
    project.git("checkout", "-q", "-b", "change")
    change(project, "a", replicas=5)
    commit(project, "More of a")
    project.git("checkout", "-q", "--detach", "main")
    project.git("commit", "-q", "--allow-empty", "-m", "Meanwhile")
    project.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    merge = project.git("rev-parse", "HEAD").strip()
    found = reviewed(project)
    assert found["head"] == {"name": "working tree", "commit": merge, "subject": "Merge", "rendered": False}
    assert f"**working tree** `{merge[:12]}`" in project.run("diff", "-o", "markdown").sound().out
    project.write("mwgen.yaml", "# nothing\n")
    assert reviewed(project)["head"]["why"] == f"{merge[:12]} with changes that are not committed"
    assert "commit" not in reviewed(project, "--base", "HEAD")["head"]


def test_a_group_goes_on_whatever_wave_it_was_last_applied_in(project: Project) -> None:
    project.run("generate").sound()
    change(project, "c", size="2gb")
    project.run("generate").sound()  # an update has other waves than the provision of the new name
    commit(project, "Output")
    rename(project, "c", "d")
    assert "prod/d in place of prod/c" in project.run("plan").sound().out


def test_a_group_that_still_names_the_old_one_goes_on(project: Project) -> None:
    change(project, "c", size="of c-auth")
    commit(project, "A reference to its own name")
    rename(project, "c", "d")
    assert "prod/d in place of prod/c" in project.run("plan").sound().out


def test_another_group_that_is_much_alike_is_another(project: Project) -> None:
    (project.root / "groups/c.yaml").unlink()
    change(project, "d", size="2gb")
    plan = project.run("plan").sound().out
    assert "prod/d" in plan
    assert "in place of" not in plan


def rename(project: Project, old: str, new: str) -> None:
    definition = project.read(f"groups/{old}.yaml")
    (project.root / f"groups/{old}.yaml").unlink()
    project.write(f"groups/{new}.yaml", definition.replace(f"name: {old}", f"name: {new}"))


def test_a_group_that_would_not_stop_in_its_order_is_to_leave_in_two_steps(project: Project) -> None:
    path = project.root / "plugins/redis-1.0.0/plugin.yaml"
    text = path.read_text()
    stop = "  orders:\n    stop:\n      - config\n      - server\n"
    path.write_text(text.replace("  orders:\n", stop))
    project.run("generate").sound()
    commit(project, "It stops as it starts")
    (project.root / "groups/c.yaml").unlink()
    (bundle,) = reviewed(project)["bundles"]
    assert "mwgen groups remove c does it in two steps" in bundle["effects"][0]["way"]


def test_a_commits_subject_is_cut_and_moves_no_cursor(project: Project) -> None:
    project.git("commit", "-q", "--allow-empty", "-m", "\x1b[2Jaway " + "long " * 40)
    change(project, "a", replicas=5)
    first = project.run("plan").sound().out.splitlines()[0]
    assert "\x1b" not in first
    assert len(first) < 120
    assert first.endswith('…" → working tree')


def test_markdown_stays_within_its_limit_and_says_what_it_leaves_out(project: Project, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        change(
            project,
            name,
            replicas={"a": 5, "b": 1, "c": 0}[name],
            size="\n".join(f"{name} {number}" for number in range(300)),
        )
    whole = project.run("diff", "-o", "markdown").sound().out
    assert whole.startswith("<!-- mwgen:review -->")
    assert "are not shown here" not in whole
    short = project.run("diff", "-o", "markdown", "--max-chars", "4000").sound().out
    assert len(short) <= 4000
    assert "of 3 kinds of change are not shown here" in short
    folder = tmp_path / "parts"
    (folder).mkdir()
    (folder / "review-9.md").write_text("stale")
    ran = project.run("diff", "-o", "markdown", "--max-chars", "4000", "--to", str(folder)).sound()
    parts = sorted(folder.iterdir())
    assert ran.err.endswith("".join(f"written  {path}\n" for path in parts))
    assert [path.name for path in parts] == [f"review-{number}.md" for number in range(1, len(parts) + 1)]
    assert len(parts) > 1
    for path in parts:
        page = path.read_text()
        assert len(page) <= 4000
        assert page.startswith("<!-- mwgen:review -->")
        assert page.count("<details>") == page.count("</details>")
    assert all("prod/" + name in "".join(path.read_text() for path in parts) for name in "abc")


def test_colour_obeys_the_environment(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    change(project, "a", replicas=5)
    assert "\x1b[" not in project.run("diff").sound().out
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in project.run("diff").sound().out


def test_two_columns_where_there_is_room(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    change(project, "a", replicas=5)
    assert "│" not in project.run("diff").sound().out
    monkeypatch.setenv("COLUMNS", "160")
    wide = project.run("diff").sound().out
    assert any("replicas: 3 " in line and "│" in line and line.endswith("replicas: 5") for line in wide.splitlines())


def test_a_plugin_says_what_changes_of_its_objects_do(project: Project) -> None:
    project.plugin(
        "keeper",
        effects=[
            {"kind": "ConfigMap", "field": "/data/size", "effect": "reload", "reason": "it is read every minute"},
            {"kind": "ConfigMap", "effect": "rolling restart"},
        ],
        defaultValues={"size": "1gb"},
        templates={"config": ("", CONFIG)},
    )
    project.group("k", "keeper", environments=[{"name": "prod"}])
    commit(project, "Keeper")
    project.group("k", "keeper", environments=[{"name": "prod"}], values={"size": "2gb"})
    (bundle,) = reviewed(project)["bundles"]
    assert [(one["rule"], one["kind"], one["reason"]) for one in bundle["effects"]] == [
        ("plugin", "reload", "it is read every minute")
    ]


SECRET = """\
apiVersion: v1
kind: Secret
metadata:
  name: {{ .Values.name }}-auth
stringData:
  password: {{ .Values.plain }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}-conf
data:
  redis.conf: |
    requirepass {{ .Values.plain }}
    url redis://admin:{{ .Values.plain }}@host/0
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("diff",),
        ("diff", "--noise", "--all", "--layout", "columns"),
        ("diff", "-o", "json"),
        ("diff", "-o", "markdown"),
        ("diff", "-o", "html"),
        ("diff", "-o", "sarif"),
        ("diff", "-o", "github"),
        ("diff", "-o", "codequality"),
        ("plan",),
    ],
)
def test_a_planted_secret_is_in_no_output(project: Project, arguments: tuple[str, ...]) -> None:
    project.write("mwgen.yaml", 'allowPlainSecrets: ["*/*"]\n')
    project.plugin("vault", defaultValues={"plain": "hunter2secret"}, templates={"secret": ("", SECRET)})
    project.group("v", "vault", environments=[{"name": "prod"}])
    commit(project, "Vault")
    project.group("v", "vault", environments=[{"name": "prod"}], values={"plain": "hunter3secret"})
    ran = project.run(*arguments).sound()
    assert "v-auth" in ran.out or arguments[-1] in {"sarif", "github", "codequality", "plan"}
    for secret in ("hunter2secret", "hunter3secret", "aHVudGVy"):
        assert secret not in ran.out + ran.err


@pytest.mark.parametrize("form", ["text", "github", "json", "markdown", "html", "sarif", "codequality"])
def test_what_is_said_of_wrong_definitions_shows_no_secret(project: Project, form: str) -> None:
    project.plugin("redis", defaultValues={"auth": {"password": "none"}}, templates={"config": ("", CONFIG)})
    change(project, "a", auth={"password": 73219460})
    shown = project.run("diff", "-o", form)
    assert shown.code == 1
    assert "auth.password must be text" in shown.out + shown.err
    assert "73219460" not in shown.out + shown.err
