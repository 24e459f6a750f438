"""What CI systems are given to run: right by their own schemas, and its steps run, in a repository with a remote."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.harness import Project

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent
SCAFFOLD = ROOT / "generator/entrypoints/scaffold/workflow.yaml"
REVIEW = ROOT / "deploy/github/review.yaml"
WORKFLOWS = [
    *sorted((ROOT / ".github/workflows").glob("*.yaml")),
    SCAFFOLD,
    REVIEW,
]
GITLAB = ROOT / "deploy/gitlab/mwgen.gitlab-ci.yml"


def checked(schema: str, *files: Path) -> None:
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)  # noqa: TID251 - read by others than us


def test_workflows_are_what_github_takes() -> None:
    checked("vendor.github-workflows", *WORKFLOWS)


def test_the_action_is_what_github_takes() -> None:
    checked("vendor.github-actions", ROOT / "action.yml")


def test_the_template_is_what_gitlab_takes() -> None:
    checked("vendor.gitlab-ci", GITLAB)


def test_hooks_are_what_pre_commit_takes() -> None:
    subprocess.run([BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], check=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Project:
    """A scaffolded repository in a clone of its remote, as a runner has it: detached, at the branch's tip."""
    first = Project(tmp_path / "first")
    assert first.run("init", ".").code == 0
    first.git("init", "-q")
    first.run("generate").sound()
    first.git("add", "-A")
    first.git("commit", "-qm", "Start")
    subprocess.run(["git", "clone", "-q", "--bare", first.root, tmp_path / "remote.git"], check=True)
    first.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    group = first.read("groups/example-cache.yaml")
    first.write("groups/example-cache.yaml", group.replace("maxmemory: 4gb", "maxmemory: 5gb"))
    first.git("commit", "-qam", "More memory")
    first.git("push", "-q", "origin", "HEAD:main")
    runner = Project(tmp_path / "runner")
    subprocess.run(["git", "clone", "-q", f"file://{tmp_path}/remote.git", runner.root], check=True)
    runner.git("checkout", "-q", "--detach")
    return runner


def bash(project: Project, script: str, variables: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=project.root,
        env={**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def remote_file(project: Project, path: str) -> str:
    project.git("fetch", "-q", "origin")
    return project.git("show", f"origin/main:{path}")


@pytest.mark.parametrize("workflow", [ROOT / ".github/workflows/generate.yaml", SCAFFOLD], ids=["ours", "scaffold"])
def test_what_github_runs_on_merge(workflow: Path, checkout: Project) -> None:
    job = read(workflow)["jobs"]["generate"]
    ran = 0
    for step in job["steps"]:
        command = str(step.get("run", "")).replace(".venv/bin/", "")
        if not command or command.startswith(("make ", "pip ")):
            continue  # setting up is what this environment has done
        variables = {
            **job.get("env", {}),
            **step.get("env", {}),
            "GITHUB_REF_TYPE": "branch",
            "GITHUB_REF_NAME": "main",
        }
        done = bash(checkout, command, variables)
        assert done.returncode == 0, done.stdout + done.stderr
        ran += 1
    assert ran
    assert "maxmemory 5gb" in remote_file(checkout, "out/prod/example-cache/server/configmap-example-cache-config.yaml")
    author = checkout.git("log", "-1", "--format=%an", "origin/main").strip()
    assert author == "github-actions[bot]"


def test_what_gitlab_runs_on_merge(checkout: Project) -> None:
    job = read(GITLAB)["mwgen-generate"]
    script = "\n".join(line for line in job["script"] if "set-url" not in line)
    variables = {**{name: str(value) for name, value in job["variables"].items()}, "CI_COMMIT_BRANCH": "main"}
    done = bash(checkout, script, variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "maxmemory 5gb" in remote_file(checkout, "out/prod/example-cache/server/configmap-example-cache-config.yaml")


def test_what_gitlab_checks(checkout: Project) -> None:
    job = read(GITLAB)["mwgen-validate"]
    done = bash(checkout, "\n".join(job["script"]), {})
    assert done.returncode == 0, done.stdout + done.stderr
    assert checkout.read("mwgen-quality.json") == "[]\n"


@pytest.mark.parametrize("hook", ["mwgen-validate", "mwgen-check", "mwgen-generate"])
def test_what_a_hook_runs(hook: str, checkout: Project) -> None:
    """The entry itself: what pre-commit adds is an environment with this package in it."""
    (entry,) = [one["entry"] for one in read(ROOT / ".pre-commit-hooks.yaml") if one["id"] == hook]
    done = bash(checkout, entry, {})
    assert done.returncode == (1 if hook == "mwgen-check" else 0), done.stdout + done.stderr
    changed = checkout.git("status", "--porcelain")
    assert bool(changed) == (hook == "mwgen-generate")


# --- the action: its steps, with the variables that a runner gives it


class Action:
    """Runs the steps of action.yml; the environment that its first step makes is this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "mwgen").mkdir(parents=True)
        (folder / "mwgen/bin").symlink_to(BIN)
        self.definition = read(ROOT / "action.yml")

    def run(self, project: Project, **inputs: str) -> subprocess.CompletedProcess[str]:
        step = next(one for one in self.definition["runs"]["steps"] if one.get("id") == "review")
        given = {name: str(one.get("default", "")) for name, one in self.definition["inputs"].items()}
        given |= {
            "directory": str(self.folder / "review"),
            **{name.replace("_", "-"): value for name, value in inputs.items()},
        }
        variables = {name: given[value.split("inputs.")[1].split(" ")[0]] for name, value in step["env"].items()}
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            variables[name] = str(self.folder / name)
            (self.folder / name).write_text("")
        return bash(project, step["run"], {**variables, "RUNNER_TEMP": str(self.folder)})

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in (self.folder / "GITHUB_OUTPUT").read_text().splitlines())


@pytest.fixture
def action(tmp_path: Path) -> Action:
    return Action(tmp_path / "runner-temp")


@pytest.fixture
def merged(checkout: Project) -> Project:
    """As GitHub checks out a pull request: a merge commit, detached, with its parents."""
    checkout.run("generate").sound()
    checkout.git("commit", "-qam", "out")
    checkout.git("checkout", "-q", "-b", "change")
    group = checkout.read("groups/example-cache.yaml")
    checkout.write("groups/example-cache.yaml", group.replace("maxmemory: 5gb", "maxmemory: 6gb"))
    checkout.git("commit", "-qam", "Even more memory")
    checkout.git("checkout", "-q", "--detach", "HEAD^")
    checkout.git("merge", "-q", "--no-ff", "-m", "Merge", "change")
    return checkout


def test_the_action_reviews_a_merge(merged: Project, action: Action) -> None:
    done = action.run(merged)
    assert done.returncode == 0, done.stdout + done.stderr
    assert action.outputs() == {"changed": "true", "effect": "rolling restart", "groups": "1"}
    made = {path.name for path in (action.folder / "review").iterdir()}
    assert made == {"review.json", "review.html", "review.sarif", "review-1.md"}
    assert "example-cache" in (action.folder / "GITHUB_STEP_SUMMARY").read_text()
    assert "::notice title=" in done.stdout
    assert merged.git("status", "--porcelain") == ""


def test_the_action_says_nothing_of_nothing(merged: Project, action: Action) -> None:
    done = action.run(merged, base="HEAD")
    assert done.returncode == 0, done.stdout + done.stderr
    assert action.outputs() == {"changed": "false", "effect": "", "groups": "0"}
    assert (action.folder / "GITHUB_STEP_SUMMARY").read_text() == ""
    assert not (action.folder / "review/review-1.md").exists()


def test_the_action_fails_where_it_is_asked_to(merged: Project, action: Action) -> None:
    group = merged.read("groups/example-cache.yaml")
    merged.write("groups/example-cache.yaml", group.replace("Running", "Stopped") if "Running" in group else group)
    service = merged.read("plugins/redis/templates/service.tpl")
    merged.write("plugins/redis/templates/service.tpl", service.replace("spec:\n", "spec:\n  type: LoadBalancer\n", 1))
    done = action.run(merged, fail_on="exposure")
    assert done.returncode == 1
    assert "the gravest effect is: exposure" in done.stderr
    assert action.outputs()["changed"] == "true"
    assert action.run(merged, fail_on="data").returncode == 0
    assert action.run(merged, fail_on="data at risk").returncode == 0
    assert action.run(merged, fail_on="stop").returncode == 1
    wrong = action.run(merged, fail_on="danger")
    assert wrong.returncode == 2
    assert "fail-on is one of none, in place," in wrong.stderr


def test_the_action_shows_mistakes(merged: Project, action: Action) -> None:
    merged.write(
        "groups/broken.yaml",
        "apiVersion: middleware.io/v1alpha1\nkind: Group\nmetadata: {name: b}\nspec: {plugin: nothing}\n",
    )
    done = action.run(merged)
    assert done.returncode == 1
    assert "::error title=MW306,file=groups/broken.yaml,line=4" in done.stdout


# --- the step that keeps the comments of a pull request up to date

COMMENTS = """\
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const calls = [];
const call = (name) => async (what) => { calls.push([name, what.comment_id ?? null, what.body ?? null]); };
const issues = { listComments: "list" };
for (const name of ["create", "update", "delete"]) issues[`${name}Comment`] = call(name);
const github = { rest: { issues }, paginate: async (what) => what === "list" ? given.comments : [] };
const context = { repo: { owner: "o", repo: "r" }, issue: { number: 7 } };
const run = new (Object.getPrototypeOf(async function () {}).constructor)("github", "context", "require", given.script);
run(github, context, require).then(() => console.log(JSON.stringify(calls)));
"""
"""Runs the script as actions/github-script does, with a GitHub that only writes down what it is asked."""


def commented(folder: Path, comments: list[Any], node: str) -> list[Any]:
    (step,) = [one for one in read(REVIEW)["jobs"]["review"]["steps"] if "github-script" in one.get("uses", "")]
    done = subprocess.run(
        [node, "-e", COMMENTS],
        input=json.dumps({"script": step["with"]["script"], "comments": comments}),
        env={**os.environ, "DIRECTORY": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def comment(number: int, body: str, kind: str = "Bot") -> Any:
    return {"id": number, "body": body, "user": {"type": kind}}


def test_comments_are_made_updated_and_removed(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    node = require_tool("node")
    mine = [
        comment(1, "Nice", "User"),
        comment(2, "<!-- mwgen:review -->old"),
        comment(3, "<!-- mwgen:review -->older"),
        comment(4, "<!-- mwgen:review --> quoted", "User"),
    ]
    assert commented(tmp_path / "absent", [], node) == []
    assert commented(tmp_path / "absent", mine, node) == [["delete", 2, None], ["delete", 3, None]]
    for number in range(1, 12):
        (tmp_path / f"review-{number}.md").write_text(f"part {number}")
    (tmp_path / "review.html").write_text("")
    updated = [["update", 2, "part 1"], ["update", 3, "part 2"]]
    assert commented(tmp_path, mine, node) == [
        *updated, *(["create", None, f"part {number}"] for number in range(3, 12)),
    ]  # fmt: skip


def test_what_is_shown_of_a_review_is_shown_where_it_failed() -> None:
    review, *shown = read(REVIEW)["jobs"]["review"]["steps"][2:]
    assert all("!cancelled()" in step["if"] for step in shown)
    assert {step.get("env", step["with"]).get("DIRECTORY") or step["with"]["path"] for step in shown} == {
        review["with"]["directory"]
    }


def test_what_gitlab_shows_of_a_review(merged: Project) -> None:
    job = read(GITLAB)["mwgen-review"]
    base, head = (merged.git("rev-parse", name).strip() for name in ("HEAD^1", "HEAD"))
    done = bash(merged, "\n".join(job["script"]), {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": head})
    assert done.returncode == 0, done.stdout + done.stderr
    (issue,) = json.loads(merged.read(job["artifacts"]["reports"]["codequality"]))
    assert issue["check_name"] == "only-pod"
    assert issue["location"]["path"] == "groups/example-cache.yaml"
