"""The commands as a user runs them: a scaffolded repository, what they print, how they fail."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.entrypoints.cli import COMMANDS
from tests.harness import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """What `mwgen init` makes, committed."""
    made = Project(tmp_path / "repo")
    made.run("init").sound()
    made.git("init", "-q")
    made.git("add", "-A")
    made.git("commit", "-qm", "start")
    return made


def edit(project: Project, path: str, old: str, new: str) -> None:
    text = project.read(path)
    assert old in text
    project.write(path, text.replace(old, new))


def test_a_scaffolded_repository_generates_at_once(project: Project) -> None:
    ran = project.run("generate", "--commit").sound()
    assert "provision  prod/example-cache" in ran.out
    assert "mwgen: provision prod/example-cache, staging/example-cache (10 added" in ran.out
    assert project.git("status", "--porcelain") == ""
    project.run("verify").sound()
    project.run("validate").sound()


def test_init_keeps_what_is_there(project: Project) -> None:
    project.write("mwgen.yaml", "out: rendered\n")
    ran = project.run("init").sound()
    assert "kept     mwgen.yaml" in ran.out
    project.run("generate").sound()
    assert (project.root / "rendered/prod/example-cache/bundle.lock").exists()


def test_the_commit_has_a_summary_and_its_source(project: Project) -> None:
    source = project.git("rev-parse", "HEAD").strip()
    project.run("generate", "--commit").sound()
    message = project.git("log", "-1", "--format=%B")
    assert message.startswith(
        "mwgen: provision prod/example-cache, staging/example-cache\n\nprovision: prod/example-cache"
    )
    assert f"Source-Commit: {source}\n" in message
    assert f"Rendered-By: mwgen {__version__}\n" in message


def test_no_change_no_commit(project: Project) -> None:
    project.run("generate", "--commit").sound()
    head = project.git("rev-parse", "HEAD")
    assert "nothing to commit" in project.run("generate", "--commit").sound().out
    assert "nothing to commit" in project.run("commit").sound().out
    assert project.git("rev-parse", "HEAD") == head


def test_a_commit_leaves_other_work_alone(project: Project) -> None:
    project.run("generate").sound()
    project.write("staged.txt", "staged")
    project.git("add", "staged.txt")
    edit(project, "groups/example-cache.yaml", "4gb", "5gb")
    project.write("untracked.txt", "untracked")
    ran = project.run("commit", "-m", "Render").sound()
    assert "MW716" in ran.err, "output is committed whose source is not"
    assert project.git("log", "-1", "--format=%s").strip() == "Render"
    assert project.git("show", "--name-only", "--format=", "HEAD").split()[0].startswith("out/")
    assert project.git("status", "--porcelain").splitlines() == [
        " M groups/example-cache.yaml",
        "A  staged.txt",
        "?? untracked.txt",
    ]


def test_one_changed_default_reaches_just_its_users(project: Project) -> None:
    project.plugin("other", templates={"map": ("", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n")})
    project.group("bystander", "other", environments=[{"name": "prod"}])
    project.git("add", "-A")
    project.git("commit", "-qm", "a bystander")
    project.run("generate", "--commit").sound()
    edit(project, "plugins/redis/plugin.yaml", "maxmemory: 256mb", "maxmemory: 300mb")
    project.git("commit", "-qam", "more memory")
    users = project.run("affected", "--plugin", "redis").sound().out.split()
    assert users == ["prod/example-cache", "staging/example-cache"]
    assert project.run("affected", "--since", "HEAD~1").sound().out.split() == users
    ran = project.run("generate", "--commit").sound()
    assert [line.split()[:2] for line in ran.out.splitlines()[:2]] == [["update", key] for key in users]
    changed = project.git("show", "--name-only", "--format=", "HEAD").split()
    assert {"/".join(path.split("/")[1:3]) for path in changed} == set(users)
    locks = [json.loads(project.read(f"out/{key}/bundle.lock")) for key in users]
    assert {lock["operation"] for lock in locks} == {"update"}


def test_since_a_revision_renders_only_what_changed(project: Project) -> None:
    project.run("generate", "--commit").sound()
    edit(project, "groups/example-cache.yaml", "4gb", "5gb")
    ran = project.run("generate", "--since", "HEAD", "-o", "json").sound()
    document = json.loads(ran.out)
    assert [(one["environment"], one["group"]) for one in document["bundles"]] == [("prod", "example-cache")]
    assert document["bundles"][0]["operation"] == "update"
    project.run("verify").sound()


def test_since_an_unknown_revision(project: Project) -> None:
    ran = project.run("generate", "--since", "nowhere")
    assert ran.code == 1
    assert "MW712" in ran.err


def test_plugins_list_by_selector(project: Project) -> None:
    project.plugin("other")
    everything = project.run("plugins", "list", "-o", "name").sound().out.split()
    assert everything == ["plugin/other", "plugin/redis"]
    assert project.run("plugins", "list", "-l", "middleware.io/plugin=redis", "-o", "name").out == "plugin/redis\n"
    assert (
        project.run("plugins", "list", "-l", "middleware.io/plugin notin (redis)", "-o", "name").out == "plugin/other\n"
    )
    wrong = project.run("plugins", "list", "-l", "a=(")
    assert wrong.code == 2


def test_plugins_and_groups_as_json_and_yaml(project: Project) -> None:
    (row,) = json.loads(project.run("plugins", "list", "-o", "json").sound().out)
    assert (row["name"], row["version"], row["groups"]) == ("redis", "1.0.0", 1)
    shown = json.loads(project.run("plugins", "show", "redis", "-o", "json").sound().out)
    assert shown["orders"]["provision"] == "server → exporter"
    assert "orders:\n  provision: " in project.run("plugins", "show", "redis").sound().out
    rows = json.loads(project.run("groups", "list", "-o", "json").sound().out)
    assert [row["name"] for row in rows] == ["prod/example-cache", "staging/example-cache"]
    assert "- name: prod/example-cache\n" in project.run("groups", "list", "-o", "yaml").sound().out


def test_explain_names_the_layers(project: Project) -> None:
    ran = project.run("explain", "example-cache", "-e", "prod", "-c", "server", "storage.size").sound()
    assert "storage.size: 20Gi  # group example-cache, environment prod  groups/example-cache.yaml:22:17" in ran.out
    assert "over '2Gi'  # group example-cache, values" in ran.out


def test_explain_tells_once_what_components_have_alike(project: Project) -> None:
    ran = project.run("explain", "example-cache", "-e", "prod").sound()
    assert "prod/example-cache, components server, exporter (redis 1.0.0)\n" in ran.out
    assert ran.out.count("storage.size: 20Gi") == 1
    own = ran.out.partition("prod/example-cache, component exporter (redis 1.0.0)\n")[2].splitlines()
    assert [line.strip() for line in own] == [
        "name: example-cache-exporter  # mwgen",
        "component: exporter  # mwgen",
        "appName: example-cache-exporter  # alias of name",
    ]


def test_explain_for_programs(project: Project) -> None:
    ran = project.run("explain", "example-cache", "-e", "prod", "-c", "server", "storage.size", "-o", "json").sound()
    (row,) = json.loads(ran.out)
    assert (row["path"], row["value"], row["from"]["line"]) == ("storage.size", "20Gi", 22)
    assert [(one["layer"], one["value"]) for one in row["over"]] == [
        ("group example-cache, values", "2Gi"),
        ("plugin redis 1.0.0, defaultValues", "1Gi"),
    ]


def test_a_group_is_shown_as_wanted_and_as_rendered(project: Project) -> None:
    (before,) = json.loads(project.run("groups", "show", "example-cache", "-e", "prod", "-o", "json").sound().out)
    assert (before["plugin"], before["orders"]["stop"]) == ("redis 1.0.0", "exporter → server")
    assert before["rendered"] is None
    project.run("generate").sound()
    (after,) = json.loads(project.run("groups", "show", "example-cache", "-e", "prod", "-o", "json").sound().out)
    assert after["rendered"]["operation"] == "provision"
    waves = {one["component"]: one["wave"] for one in after["rendered"]["objects"]}
    assert waves == {"server": 0, "exporter": 1}
    assert all((project.root / one["file"]).is_file() for one in after["rendered"]["objects"])
    ran = project.run("groups", "show", "example-cach")
    assert (ran.code, 'did you mean "example-cache"?' in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("generate -g ex", ["example-cache"]),
        ("generate -e ", ["prod", "staging"]),
        ("groups show ", ["example-cache"]),
        ("plugins show re", ["redis"]),
        ("affected -p x", []),
    ],
)
def test_a_shell_is_offered_names(project: Project, words: str, offered: list[str]) -> None:
    line = f"mwgen {words}"
    position = len(line.split(" ")) - 1
    env = {**os.environ, "_MWGEN_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(position)}
    command = [sys.executable, "-m", "generator"]
    done = subprocess.run(command, cwd=project.root, env=env, capture_output=True, text=True, check=True)
    assert [row.partition(",")[2] for row in done.stdout.split()] == offered


WRONG = {
    "no such command": (["generat"], "Did you mean 'generate'?"),
    "no such option": (["generate", "--nope"], "No such option"),
    "no such plugin": (["plugins", "show", "rdis"], 'did you mean "redis"?'),
    "no such group to explain": (["explain", "nope"], "there is no group nope"),
    "affected by nothing": (["affected"], "say what changed"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_exit_code_2(project: Project, case: str) -> None:
    arguments, message = WRONG[case]
    ran = project.run(*arguments)
    assert ran.code == 2
    assert message in ran.err


def test_an_unknown_group_is_a_mistake(project: Project) -> None:
    ran = project.run("generate", "-g", "example-cach")
    assert ran.code == 1
    assert 'did you mean "example-cache"?' in ran.err


def test_our_own_faults_are_exit_code_3(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pipeline.load_catalog", lambda *_: 1 / 0)
    ran = project.run("validate")
    assert ran.code == 3
    assert "ZeroDivisionError" in ran.err
    assert "fault of mwgen itself" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(project: Project, command: str) -> None:
    ran = project.run(command, "--help").sound()
    assert COMMANDS[command][1].rstrip(".") in ran.out, (
        "the line in the list is the first line of the command's own help"
    )


def test_github_annotations(project: Project) -> None:
    edit(project, "groups/example-cache.yaml", "plugin:\n    name: redis", "plugin:\n    name: rdis")
    ran = project.run("validate", "-o", "github")
    assert ran.code == 1
    assert ran.out.startswith("::error title=MW306,file=groups/example-cache.yaml,line=10,col=11::there is no plugin")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(project: Project, shell: str) -> None:
    assert "_MWGEN_COMPLETE" in project.run("completion", shell).sound().out


def test_a_repository_inside_the_output_is_refused(project: Project) -> None:
    project.run("generate", "--commit").sound()
    inner = Project(project.root / "out" / "inner")
    inner.git("init", "-q")
    inner.write("a", "a")
    inner.git("add", "-A")
    inner.git("commit", "-qm", "inner")
    head = project.git("rev-parse", "HEAD")
    (project.root / ".git/mwgen/pending/out.json").unlink()
    ran = project.run("commit")
    assert ran.code == 1
    assert "MW725" in ran.err
    assert project.git("rev-parse", "HEAD") == head


def test_hooks_run_where_they_are_asked_for(project: Project) -> None:
    hook = project.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    assert "MW726" in project.run("generate", "--commit", "--hooks").err
    project.run("commit").sound()
