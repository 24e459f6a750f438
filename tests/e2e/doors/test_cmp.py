"""`mwgen cmp` in a sidecar: what Argo CD gets, and what it is told where it gets nothing."""

import json
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.doors.sidecar import MWGEN, Sidecar
from tests.harness import Project

ROOT = Path(__file__).parents[3]
TEMPLATE = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
data:
  kube: {{ .Capabilities.KubeVersion.Version | quote }}
  sets: {{ .Capabilities.APIVersions.Has "apps/v1/StatefulSet" | quote }}
  replicas: {{ .Values.replicas | quote }}
  setting: {{ .Values.config.setting | quote }}
"""


@pytest.fixture(scope="module")
def sidecar(tmp_path_factory: pytest.TempPathFactory) -> Sidecar:
    """This repository's definitions and output, as a sidecar unpacks them."""
    return Sidecar.of(ROOT, tmp_path_factory.mktemp("work"), ["plugins", "groups", "out", "mwgen.yaml"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One group in two environments; nothing is rendered yet, and git is not there."""
    made = Project(tmp_path / "repo")
    made.write("mwgen.yaml", "")
    made.plugin(
        "app", templates={"main": ("", TEMPLATE)}, defaultValues={"replicas": 1, "config": {"setting": "plain"}}
    )
    made.environment("prod", namespace="declared", kubeVersion="1.32")
    made.environment("test")
    made.group("cache", "app", environments=[{"name": "prod"}, {"name": "test"}])
    return made


def bundle(root: Path, key: str) -> bytes:
    """The files of a bundle in the order of its lock's waves and paths."""
    lock = json.loads((root / "out" / key / "bundle.lock").read_bytes())
    entries = sorted(lock["objects"], key=lambda one: (one["wave"] or 0, one["path"]))
    return b"---\n".join((root / "out" / key / one["path"]).read_bytes() for one in entries)


def test_the_stream_is_the_bundles_files_in_order(sidecar: Sidecar) -> None:
    ways: tuple[dict[str, Any], ...] = (
        {"app": "out/prod/orders-cache"},
        {"parameters": [{"name": "group", "string": "orders-cache"}, {"name": "environment", "string": "prod"}]},
        {"env": {"GROUP": "orders-cache", "ENVIRONMENT": "prod"}, "app": "out"},
        {"env": {"GROUP": "orders-cache"}, "app": "out/prod"},
    )
    for told in ways:
        answer = sidecar.run("cmp", "generate", **told)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out == bundle(ROOT, "prod/orders-cache")


def test_it_needs_no_place_to_write(tmp_path: Path, project: Project) -> None:
    """A read-only root file system, and no home: below /proc nobody can make a file, not even root."""
    nowhere = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME"), "/proc/none")
    there = Sidecar.of(project.root, tmp_path / "work", **nowhere)
    before = {path: path.stat().st_mtime_ns for path in there.folder.rglob("*")}
    for verb in ("init", "generate", "parameters"):
        answer = there.run("cmp", verb, env={"GROUP": "cache", "ENVIRONMENT": "prod"})
        assert (answer.code, answer.err, bool(answer.out)) == (0, "", verb != "init")
    assert {path: path.stat().st_mtime_ns for path in there.folder.rglob("*")} == before


def test_kubectl_reads_the_stream(sidecar: Sidecar, require_tool: Callable[[str], str]) -> None:
    answer = sidecar.run("cmp", "generate", app="out/prod/ledger-db")
    command = [require_tool("kubectl"), "patch", "--local", "-f", "-", "--type=merge", "-p", "{}", "-o", "name"]
    read = subprocess.run(command, input=answer.out, capture_output=True, check=True).stdout.decode().split()
    lock = json.loads((ROOT / "out/prod/ledger-db/bundle.lock").read_bytes())
    assert sorted(name.rpartition("/")[2] for name in read) == sorted(one["name"] for one in lock["objects"])


def test_a_folder_of_groups_is_all_its_groups(tmp_path: Path, project: Project) -> None:
    project.write("groups/team/one.yaml", project.read("groups/cache.yaml").replace("cache", "one"))
    project.write("groups/team/two.yaml", project.read("groups/cache.yaml").replace("cache", "two"))
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    answer = sidecar.run("cmp", "generate", app="groups/team", env={"ENVIRONMENT": "prod"})
    assert [line for line in answer.out.decode().splitlines() if line.startswith("  name:")] == [
        "  name: one",
        "  name: two",
    ]


def test_without_a_lock_the_state_decides(tmp_path: Path) -> None:
    project = Project(tmp_path / "repo")
    template = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}-{{ .Values.component }}\n"
    project.plugin(
        "app",
        templates={"a": ("first", template), "b": ("second", template)},
        components=[{"name": "first"}, {"name": "second"}],
        orders={"provision": ["first", "second"], "stop": ["second", "first"]},
    )
    project.group("on", "app")
    project.group("off", "app", state="Stopped")
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    on = sidecar.run("cmp", "generate", env={"GROUP": "on"}).out.decode()
    off = sidecar.run("cmp", "generate", env={"GROUP": "off"}).out.decode()
    assert [line.split()[1] for line in on.splitlines() if line.startswith("  name:")] == ["on-first", "on-second"]
    assert [line.split()[1] for line in off.splitlines() if line.startswith("  name:")] == ["off-second", "off-first"]
    assert [line.split()[1] for line in off.splitlines() if "sync-wave" in line] == ['"0"', '"1"']


def test_with_a_lock_the_operation_is_that_of_generate(tmp_path: Path, project: Project) -> None:
    project.run("generate").sound()
    before = Sidecar.of(project.root, tmp_path / "before").run("cmp", "generate", app="out/prod/cache")
    assert before.out == bundle(project.root, "prod/cache")
    project.write("groups/cache.yaml", project.read("groups/cache.yaml") + "  values: {replicas: 7}\n")
    after = Sidecar.of(project.root, tmp_path / "after").run("cmp", "generate", app="out/prod/cache")
    project.run("generate").sound()
    assert after.out == bundle(project.root, "prod/cache") != before.out


def test_the_cluster_counts_where_nobody_declares_one(tmp_path: Path, project: Project) -> None:
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    declared = sidecar.run("cmp", "generate", env={"GROUP": "cache", "ENVIRONMENT": "prod"}, namespace="argo")
    assert "  namespace: declared\n" in declared.out.decode()
    assert "  kube: v1.32\n" in declared.out.decode()
    told = sidecar.run("cmp", "generate", env=SAID, namespace="argo")
    assert "  namespace: argo\n" in told.out.decode()
    assert "  kube: v1.31.4\n" in told.out.decode()
    assert '  sets: "true"\n' in told.out.decode()


GIVEN: dict[str, tuple[Any, dict[str, str], str]] = {
    "a string": ([{"name": "values.replicas", "string": "3"}], {}, '  replicas: "3"\n'),
    "a map": ([{"name": "values.config", "map": {"setting": "7.10"}}], {}, '  setting: "7.10"\n'),
    "a map of paths": ([{"name": "values", "map": {"config.setting": "on", "replicas": "4"}}], {}, '  setting: "on"\n'),
    "one component's": ([{"name": "components.app.values.replicas", "string": "5"}], {}, '  replicas: "5"\n'),
    "plugin.env": (None, {"values.config.setting": "from-env"}, "  setting: from-env\n"),
    "plugin.env, as YAML": (None, {"VALUES": "config: {setting: '1e3'}"}, '  setting: "1e3"\n'),
    "both": (
        [{"name": "values.config.setting", "string": "high"}],
        {"values.config.setting": "low"},
        "setting: high\n",
    ),
    "somebody else's": (None, {"HTTP_PROXY": "x", "values_x": "y"}, "  setting: plain\n"),
}


@pytest.mark.parametrize("case", GIVEN)
def test_parameters_and_env_are_the_highest_layer(case: str, tmp_path: Path, project: Project) -> None:
    parameters, env, want = GIVEN[case]
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    answer = sidecar.run("cmp", "generate", app="out", parameters=parameters, env={
        "GROUP": "cache", "ENVIRONMENT": "test", **env
    })  # fmt: skip
    assert (answer.code, answer.err) == (0, "")
    assert want in answer.out.decode()


@pytest.fixture(autouse=True)
def _out(project: Project) -> None:
    """An empty output folder, so that an Application may have it for its path."""
    (project.root / "out").mkdir()


SAID = {"GROUP": "cache", "ENVIRONMENT": "test"}
REFUSED: dict[str, tuple[Any, dict[str, str], str, str]] = {
    "nothing said": (None, {}, "MW806", "the Application does not say which group it is about"),
    "an unknown group": (
        [{"name": "group", "string": "cashe"}], {}, "MW319", 'there is no group "cashe" (did you mean "cache"?)',
    ),
    "no environment": (None, {"GROUP": "cache"}, "MW807", "group cache goes to several environments (prod, test)"),
    "another environment": (
        None, {**SAID, "ENVIRONMENT": "dev"}, "MW807", 'group cache does not go to the environment "dev"',
    ),
    "parameters that are no JSON": ("[{", {}, "MW803", "ARGOCD_APP_PARAMETERS is no JSON"),
    "parameters that are no list": ("{}", {}, "MW803", "ARGOCD_APP_PARAMETERS must be a list"),
    "a parameter without a name": ([{"string": "x"}], {}, "MW803", "parameter 0"),
    "a parameter without a value": ([{"name": "values.x"}], {}, "MW805", "parameter values.x has none"),
    "a number": ([{"name": "values.x", "string": 3}], {}, "MW805", "parameter values.x has a string that is none"),
    "an unknown parameter": (
        [{"name": "gruop", "string": "x"}], {}, "MW804", 'there is no parameter "gruop" (did you mean "group"?)',
    ),
    "twice": ([{"name": "group", "string": "cache"}] * 2, {}, "MW805", "parameter group is given twice"),
    "a place in a list": (
        [{"name": "values.a[0]", "string": "x"}], {}, "MW805", "parameter values.a[0] does not say which value",
    ),
    "another type": (
        [{"name": "values.replicas", "string": "three"}], SAID, "MW332", "replicas must be a number, not text",
    ),
    "what mwgen provides": (
        [{"name": "values.image", "string": "x"}], SAID, "MW331", "parameters of the Application: `image`",
    ),
    "an unknown component": (
        [{"name": "components.ap.values.x", "string": "1"}], SAID, "MW309", 'no component "ap" (did you mean "app"?)',
    ),
    "values that are no YAML": (None, {**SAID, "VALUES": "a: [1"}, "MW101", "(ARGOCD_ENV_VALUES)"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_said_in_a_line(case: str, tmp_path: Path, project: Project) -> None:
    parameters, env, code, want = REFUSED[case]
    answer = Sidecar.of(project.root, tmp_path / "work").run(
        "cmp", "generate", parameters=parameters, env=env, app="out"
    )
    assert answer.code == 1
    assert answer.out == b""
    assert answer.err.startswith(f"error[{code}]: ")
    assert want in answer.err
    assert len(answer.err.splitlines()) == 1


def test_many_mistakes_are_few_lines(tmp_path: Path, project: Project) -> None:
    parameters = [{"name": f"values.config.k{number}.x y", "string": 1} for number in range(40)]
    answer = Sidecar.of(project.root, tmp_path / "work").run("cmp", "generate", parameters=parameters)
    lines = answer.err.splitlines()
    assert len(lines) == 10
    assert lines[-1].startswith("and ")
    assert max(map(len, lines)) <= 400


def test_secrets_stay_out_of_errors(tmp_path: Path, project: Project) -> None:
    project.write("plugins/app-1.0.0/main.tpl", TEMPLATE + "  odd: [{{ .Values.config.password }}\n")
    answer = Sidecar.of(project.root, tmp_path / "work").run(
        "cmp", "generate", env={"GROUP": "cache", "ENVIRONMENT": "test", "values.config.password": "hunter2 hunter2"}
    )
    assert answer.code == 1
    assert "main.tpl:10:" in answer.err
    assert "hunter2" not in answer.err


def test_a_part_of_the_repository_is_told_apart(tmp_path: Path, project: Project) -> None:
    """With --plugin-use-manifest-generate-paths only the common folder of some paths is sent."""
    shutil.move(project.root / "groups", project.root / "teams/groups")
    project.write("mwgen.yaml", "groups: teams/groups\n")
    part = Sidecar.of(project.root, tmp_path / "part", ["mwgen.yaml", "teams"])
    answer = part.run("cmp", "generate", app="teams/groups", env=SAID)
    assert (answer.code, answer.out) == (1, b"")
    assert "error[MW802]: folders are missing beside mwgen.yaml (plugins: plugins)" in answer.err
    assert "argocd.argoproj.io/manifest-generate-paths" in answer.err
    lost = Sidecar.of(project.root / "teams", tmp_path / "lost")
    answer = lost.run("cmp", "generate", app="groups", env=SAID)
    assert (answer.code, answer.out) == (1, b"")
    assert "error[MW801]: neither this folder nor any above it has a mwgen.yaml" in answer.err


def test_an_empty_success_must_be_asked_for(tmp_path: Path, project: Project) -> None:
    project.write("plugins/app-1.0.0/main.tpl", "{{/* nothing */}}\n")
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    answer = sidecar.run("cmp", "generate", env=SAID)
    assert (answer.code, answer.out) == (1, b"")
    assert "error[MW808]: nothing is rendered for cache" in answer.err
    answer = sidecar.run("cmp", "generate", "--allow-empty", env=SAID)
    assert (answer.code, answer.out) == (0, b"")


def test_a_mistake_elsewhere_stops_nobody_else(tmp_path: Path, project: Project) -> None:
    project.write("groups/other.yaml", "apiVersion: middleware.io/v1alpha1\nkind: Group\nmetadata: [\n")
    answer = Sidecar.of(project.root, tmp_path / "work").run("cmp", "generate", env=SAID)
    assert answer.code == 0, answer.err


@pytest.mark.parametrize("deadline", [0.01, 0.1, 0.2, 0.3])
def test_at_the_deadline_it_ends_without_a_word_too_many(deadline: float, sidecar: Sidecar) -> None:
    answer = sidecar.run("cmp", "generate", app="out/prod/orders-cache", deadline=deadline)
    assert answer.code in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
    assert answer.out in (b"", bundle(ROOT, "prod/orders-cache"))
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_quietly(number: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text("print('ready', flush=True); import time; time.sleep(60)")
    program = Path(MWGEN).with_name("python")
    code = "import generator.entrypoints.signals as s; s.end_quietly(); import slow"
    process = subprocess.Popen(
        [program, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONPATH": str(tmp_path)}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.send_signal(number)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert out == b""
    assert err.decode() == f"mwgen: stopped by {number.name} before it was done\n"


def test_init_checks_and_prints_nothing(tmp_path: Path, project: Project) -> None:
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    answer = sidecar.run("cmp", "init", env=SAID)
    assert (answer.code, answer.out, answer.err) == (0, b"", "")
    project.write("groups/cache.yaml", project.read("groups/cache.yaml").replace("name: app", "name: ap"))
    answer = Sidecar.of(project.root, tmp_path / "broken").run("cmp", "init", env={"GROUP": "cache"})
    assert (answer.code, answer.out) == (1, b"")
    assert "MW807" in answer.err
    answer = Sidecar.of(project.root, tmp_path / "broken-2").run("cmp", "init", env=SAID)
    assert 'error[MW306]: groups/cache.yaml:10:11: there is no plugin "ap" (did you mean "app"?)' in answer.err


def test_the_announcement_has_groups_values_and_where_they_come_from(tmp_path: Path, project: Project) -> None:
    project.write("groups/cache.yaml", project.read("groups/cache.yaml") + "  values: {replicas: 7, list: [a, b]}\n")
    sidecar = Sidecar.of(project.root, tmp_path / "work")
    answer = sidecar.run("cmp", "parameters", env=SAID, announcing=True)
    assert (answer.code, answer.err) == (0, "")
    listed = {one["name"]: one for one in json.loads(answer.out)}
    assert list(listed) == ["group", "environment", "values.config.setting", "values.list", "values.replicas"]
    assert listed["group"]["string"] == "cache"
    assert listed["environment"]["tooltip"] == "Where the group goes. It goes to prod, test."
    assert listed["values.replicas"] == {
        "name": "values.replicas",
        "title": "replicas",
        "tooltip": "Default from group cache, values (groups/cache.yaml:11:22).",
        "required": False,
        "itemType": "number",
        "collectionType": "string",
        "string": "7",
    }
    assert listed["values.list"]["collectionType"] == "array"
    assert listed["values.list"]["array"] == ["a", "b"]
    assert listed["values.config.setting"]["tooltip"].startswith("Default from plugin app 1.0.0, defaultValues (")


def test_the_announcement_without_a_group_asks_for_one(tmp_path: Path, project: Project) -> None:
    answer = Sidecar.of(project.root, tmp_path / "work").run("cmp", "parameters", announcing=True)
    (group, environment) = json.loads(answer.out)
    assert (group["name"], group["required"]) == ("group", True)
    assert environment["name"] == "environment"


def test_what_is_announced_changes_nothing_when_it_is_sent_back(sidecar: Sidecar) -> None:
    """The text of every default is read back as the default: the interface may send what it shows."""
    for app in ("out/prod/orders-cache", "out/prod/ledger-db", "out/staging/page-cache"):
        shown = json.loads(sidecar.run("cmp", "parameters", app=app, announcing=True).out)
        forms = ("string", "array", "map")
        sent = [{"name": one["name"], **{form: one[form] for form in forms if form in one}} for one in shown]
        answer = sidecar.run("cmp", "generate", app=app, parameters=sent)
        assert (answer.code, answer.err) == (0, "")
        assert answer.out == bundle(ROOT, app.removeprefix("out/"))
