"""Plugins as ConfigMaps: out of a folder and back without loss, and of the same use as the folder."""

import base64
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import pipeline
from generator.diagnostics import Collector
from generator.goyaml.read import read_manifest
from generator.goyaml.stream import parts
from generator.outside.files import WorkingTree
from generator.pipeline.narrow import Wanted, narrowed
from generator.stages.configmaps.keys import LARGEST, LONGEST_KEY, key_of, path_of
from tests.harness import Project

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if path.is_dir())

CONFIG = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Values.name }}"}
data: {port: "{{ .Values.network.port }}"}
"""


def objects(text: str) -> list[Any]:
    return [read_manifest(text[start:end]) for start, end in parts(text)]


def exported(*names: str, root: Path = ROOT) -> str:
    return Project(root).run("plugins", "export", *names).sound().out


def imported(folder: Path, text: str, *options: str) -> Project:
    project = Project(folder)
    file = project.root.parent / f"{folder.name}.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    project.run("plugins", "import", *options, str(file)).sound()
    return project


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLUGINS)
def test_every_plugin_comes_back_byte_for_byte(name: str, tmp_path: Path) -> None:
    project = imported(tmp_path / "repo", exported(name))
    assert project.files(f"plugins/{name}") == Project(ROOT).files(f"plugins/{name}")
    assert [path.name for path in (project.root / "plugins").iterdir()] == [name]


def test_a_repository_of_config_maps_renders_the_same_bytes(tmp_path: Path) -> None:
    project = Project(tmp_path / "repo")
    for name in ("groups", "out"):
        shutil.copytree(ROOT / name, project.root / name)
    shutil.copy(ROOT / "mwgen.yaml", project.root)
    made = Project(ROOT).run("plugins", "export", *PLUGINS, "-o", str(project.root / "plugins")).sound()
    assert made.out.count("written") == len(PLUGINS)
    project.run("verify").sound()
    rows = json.loads(project.run("plugins", "list", "-o", "json").sound().out)
    assert {row["name"]: row["phase"] for row in rows} == dict.fromkeys(PLUGINS, "Ready")


def test_kubectl_takes_what_is_exported(require_tool: Callable[[str], str]) -> None:
    text = exported(*PLUGINS)
    ran = subprocess.run(
        [
            require_tool("kubectl"),
            "patch",
            "--local",
            "--dry-run=client",
            "-f",
            "-",
            *["--type=merge", "-p", "{}", "-o", "json"],
        ],
        input=text,
        capture_output=True,
        text=True,
        check=True,
        env={"KUBECONFIG": "/dev/null", "PATH": "/nowhere", "HOME": "/nowhere"},
    )
    decoder, read, at = json.JSONDecoder(), [], 0
    while at < len(ran.stdout.rstrip()):
        found, end = decoder.raw_decode(ran.stdout, at)
        read.append(found)
        at = end + len(ran.stdout[end:]) - len(ran.stdout[end:].lstrip())
    assert read == objects(text)
    name = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
    for one in read:
        assert name.fullmatch(one["metadata"]["name"])
        held = {**one.get("data", {}), **one.get("binaryData", {})}
        assert held
        assert all(re.fullmatch(r"[-._a-zA-Z0-9]{1,253}", key) for key in held)


def test_what_a_cluster_prints_comes_back_too(tmp_path: Path) -> None:
    """`kubectl get configmap -o yaml` prints a List, sorted by name, with fields that a server adds."""
    items = sorted(objects(exported("redis")), key=lambda one: str(one["metadata"]["name"]))
    for one in items:
        one["metadata"] |= {"uid": "1", "resourceVersion": "7", "namespace": "middleware"}
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": items}, indent=4)
    project = imported(tmp_path / "repo", text)
    assert project.files("plugins/redis") == Project(ROOT).files("plugins/redis")


# --- any text --------------------------------------------------------------------------------------------------------


def keeper(root: Path, files: dict[str, bytes]) -> Project:
    """A repository with a plugin, and *files* in its folder."""
    project = Project(root)
    plugin = project.plugin("keeper", templates={"config": ("", CONFIG)}, defaultValues={"network": {"port": 1}}).parent
    plugin.rename(project.root / "plugins/keeper")
    for path, data in files.items():
        file = project.root / "plugins/keeper" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return project


ODD = (
    b"", b"\n", b"\n\n", b"a", b"a\r\nb\r\n", b"a\rb", b"\xef\xbb\xbfa\n", b"a  \n\tb \n", b"\n a\n", b" a", b"a\n\n\n",
    b"\x00", b"a\x00b\n", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x1b[0m", b"---\na\n", b"{{ x }}\n", b"\xc2\x85\n",
    b"\xe2\x80\xa8", b"\xef\xbf\xbe", b"\x7f", b"- a: |\n    b\n", b"#", b"'\"\\", "漢字 é 😀\n".encode(),
)  # fmt: skip

names = st.text(min_size=1, max_size=12).filter(lambda one: one[0] != "." and "/" not in one and one.isprintable())
bodies = st.one_of(
    st.sampled_from(ODD), st.binary(max_size=60), st.text(max_size=60).map(lambda one: one.encode("utf-8", "ignore"))
)


@settings(max_examples=20, deadline=None)
@given(st.dictionaries(names, bodies, max_size=4), bodies)
@example(dict(enumerate(ODD)), b"a\r\n")
def test_any_file_comes_back_byte_for_byte(files: dict[Any, bytes], template: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = {f"extra/{name}": data for name, data in files.items()}
        project = keeper(Path(folder) / "one", made)
        (project.root / "plugins/keeper/config.tpl").write_bytes(template)
        text = exported("keeper", root=project.root)
        back = imported(Path(folder) / "two", text)
        assert back.files("plugins") == project.files("plugins")
        assert objects(text) == [one for one in objects(text) if one["metadata"]["labels"]]


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
@example("..a")
@example(".")
@example("a_b/c__d/_5f")
def test_a_path_is_its_key_and_back(path: str) -> None:
    key = key_of(path)
    assert re.fullmatch(r"[-._a-zA-Z0-9]+", key)
    assert key != "."
    assert not key.startswith("..")
    assert path_of(key) == path


@pytest.mark.parametrize("key", ["a_", "_", "a_5", "_2E", "_zz", "a b", "_61", "_ff", ".."])
def test_what_no_path_is_written_as(key: str) -> None:
    assert path_of(key) is None


# --- what a folder may be --------------------------------------------------------------------------------------------


def chart_project(root: Path) -> Project:
    shutil.copytree(ROOT / "tests/golden/chart/input", root)
    return Project(root)


def test_a_chart_is_carried_and_renders_the_same(tmp_path: Path) -> None:
    project = chart_project(tmp_path / "one")
    rows = json.loads(project.run("plugins", "list", "-o", "json").sound().out)
    project.run("generate").sound()
    other = Project(tmp_path / "two")
    shutil.copytree(project.root / "groups", other.root / "groups")
    names = sorted({row["name"] for row in rows})
    project.run("plugins", "export", *names, "-o", str(other.root / "plugins")).sound()
    other.run("generate").sound()
    assert other.files() == project.files()
    back = Project(tmp_path / "three")
    back.run("plugins", "import", *map(str, sorted((other.root / "plugins").iterdir()))).sound()
    assert back.files("plugins") == project.files("plugins")


def test_a_plugin_that_shares_its_folder_takes_what_it_names(tmp_path: Path) -> None:
    project = Project(tmp_path / "one")
    for name in ("one", "two"):
        project.plugin(name, templates={"config": ("", CONFIG)}, defaultValues={"network": {"port": 1}})
    for name in ("one", "two"):
        text = project.read(f"plugins/{name}-1.0.0/plugin.yaml").replace("config.tpl", f"{name}.tpl")
        project.write(f"plugins/{name}.yaml", text)
        project.write(f"plugins/{name}.tpl", CONFIG)
        shutil.rmtree(project.root / f"plugins/{name}-1.0.0")
    back = imported(tmp_path / "two", exported("one", root=project.root))
    assert back.files("plugins") == {
        name: data for name, data in project.files("plugins").items() if name.startswith("one")
    }


def test_hidden_files_stay_behind_and_a_hidden_template_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path / "one")
    path = project.plugin("one", templates={"config": ("", CONFIG)}, defaultValues={"network": {"port": 1}})
    path.with_name(".notes").write_text("to myself")
    path.with_name("README.md").write_text("to all")
    back = imported(tmp_path / "two", exported("one", root=project.root))
    left = project.files("plugins")
    del left["one-1.0.0/.notes"]
    assert back.files("plugins") == left
    path.with_name("config.tpl").rename(path.with_name(".config.tpl"))
    path.write_text(path.read_text().replace("config.tpl", ".config.tpl"))
    ran = project.run("plugins", "export", "one")
    assert (ran.code, ran.out) == (1, "")
    assert "error[MW262]: an import would refuse .config.tpl: it is hidden" in ran.err


def test_all_documents_of_a_plugins_file_are_carried_and_plugins_alone_count(tmp_path: Path) -> None:
    project = Project(tmp_path / "one")
    both = []
    for version in ("1.0.0", "1.1.0"):
        made = project.plugin(
            "one", version, templates={"config": ("", CONFIG)}, defaultValues={"network": {"port": 1}}
        )
        both.append(made.read_text() + "# ---\n")
        shutil.rmtree(made.parent)
    text = "---\n".join([*both, project.group("first", "one").read_text()]).replace("config.tpl", "one.tpl")
    described = text.replace("spec:\n  name: one", "spec:\n  description: |\n    a\n    ---\n    b\n  name: one")
    assert described != text
    project.write("plugins/one/plugin.yaml", described)
    project.write("plugins/one/one.tpl", CONFIG)
    text = exported("one", root=project.root)
    back = imported(tmp_path / "two", text)
    assert back.files("plugins") == project.files("plugins")
    assert "first" in back.run("groups", "list").sound().out

    maps = Project(tmp_path / "three")
    maps.write("plugins/one.yaml", text)
    maps.group("second", "one")
    maps.run("generate").sound()
    assert "first" not in maps.run("groups", "list").sound().out
    rows = maps.run("plugins", "list").sound().out
    assert "1.0.0" in rows
    assert "1.1.0" in rows
    lines = re.sub(r"version: \W?1\.1\.0\W?$", "version: none", text, count=1, flags=re.MULTILINE).split("\n")
    maps.write("plugins/one.yaml", "\n".join(lines))
    assert f"plugins/one.yaml:{lines.index('      version: none') + 1}:16" in maps.run("validate").err


def test_a_changed_config_map_reaches_its_groups(tmp_path: Path) -> None:
    """An incremental run knows which groups a carried template concerns."""
    folder = keeper(tmp_path / "one", {})
    project = Project(tmp_path / "two")
    folder.run("plugins", "export", "keeper", "-o", str(project.root / "plugins")).sound()
    project.group("orders", "keeper")
    project.group("sessions", "keeper")
    project.git("init", "--quiet")
    project.run("generate").sound()
    file = next((project.root / "plugins").iterdir())
    project.write(f"plugins/{file.name}", file.read_text().replace("data: {port:", "data: {other: x, port:"))
    assert "2 bundles" in project.run("generate").sound().out
    assert b"other: x" in b"".join(project.files().values())
    project.run("verify").sound()


def test_a_review_sees_what_a_changed_config_map_does(tmp_path: Path) -> None:
    folder = keeper(tmp_path / "one", {})
    project = Project(tmp_path / "two")
    folder.run("plugins", "export", "keeper", "-o", str(project.root / "plugins")).sound()
    project.group("orders", "keeper")
    project.git("init", "--quiet", "--initial-branch=main")
    project.git("add", "-A")
    project.git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "one")
    file = next((project.root / "plugins").iterdir())
    project.write(f"plugins/{file.name}", file.read_text().replace("data: {port:", "data: {other: x, port:"))
    ran = project.run("diff", "--base", "HEAD")
    assert "orders" in ran.out
    assert "other" in ran.out


def test_only_what_a_group_needs_is_read_and_found_in_config_maps(tmp_path: Path) -> None:
    project = Project(tmp_path / "repo")
    shutil.copytree(ROOT / "groups", project.root / "groups")
    shutil.copy(ROOT / "mwgen.yaml", project.root)
    Project(ROOT).run("plugins", "export", "redis", "memcached", "-o", str(project.root / "plugins")).sound()
    tree, found = WorkingTree(str(project.root)), Collector()
    catalog, _ = narrowed(tree, pipeline.load_settings(tree), Wanted(names={"page-cache"}), found)
    assert not found.sorted()
    assert [*catalog.plugins] == ["memcached"]
    assert catalog.templates


# --- mistakes --------------------------------------------------------------------------------------------------------


def test_all_that_cannot_be_carried_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    long = "/".join(["é" * 40] * 3)
    project = keeper(tmp_path / "one", {"big.bin": b"x" * (LARGEST + 1), long: b"x"})
    assert len(key_of(long)) > LONGEST_KEY
    project.write("shared/other.tpl", CONFIG)
    plugin = project.read("plugins/keeper/plugin.yaml")
    project.write("plugins/keeper/plugin.yaml", plugin.replace("file: config.tpl", "file: ../../shared/other.tpl"))
    ran = project.run("plugins", "export", "keeper", "-o", str(tmp_path / "made"))
    assert sorted(re.findall(r"MW\d+", ran.err)) == ["MW255", "MW256", "MW257"]
    assert (ran.code, (tmp_path / "made").exists()) == (1, False)


def test_files_that_are_too_much_for_one_config_map_are_spread(tmp_path: Path) -> None:
    files = {f"chart/{number}.bin": bytes([number]) * (LARGEST // 2 + number) for number in range(3)}
    files["whole.bin"] = b"\xff" * LARGEST
    project = keeper(tmp_path / "one", files)
    text = exported("keeper", root=project.root)
    for one in objects(text):
        sizes = [len(base64.b64decode(value)) for value in one.get("binaryData", {}).values()]
        assert sum(sizes) + sum(len(value.encode()) for value in one.get("data", {}).values()) <= LARGEST
    back = imported(tmp_path / "two", text)
    assert back.files("plugins") == project.files("plugins")


def test_what_is_there_is_overwritten_only_where_that_is_said(tmp_path: Path) -> None:
    project = keeper(tmp_path / "one", {"README.md": b"new\n"})
    file = tmp_path / "made.yaml"
    file.write_text(exported("keeper", root=project.root))
    project.write("plugins/keeper/README.md", "old\n")
    project.write("plugins/keeper/config.tpl", "old\n")
    before = project.files("plugins")
    ran = project.run("plugins", "import", str(file))
    assert re.findall(r"MW\d+", ran.err) == ["MW258", "MW258"]
    assert (ran.code, project.files("plugins")) == (1, before)
    assert project.run("plugins", "import", "--replace", str(file)).sound().out.count("written") == 2
    assert project.read("plugins/keeper/README.md") == "new\n"
    assert "nothing to write" in project.run("plugins", "import", str(file)).sound().out


def one_mistake(folder: Path, text: str, code: str, says: str) -> None:
    project = Project(folder / "repo")
    file = folder / "given.yaml"
    file.write_text(text)
    ran = project.run("plugins", "import", str(file))
    assert re.findall(r"(?:error|warning)\[(MW\d+)\]", ran.err) == [code], ran.err
    assert says in ran.err
    assert not (project.root / "plugins").exists()


def test_a_part_of_an_export_is_no_plugin(tmp_path: Path) -> None:
    text = exported("redis")
    one_mistake(
        tmp_path,
        "---\n".join(text.split("---\n")[:-1]),
        "MW259",
        "only 14 of the 15 files of the folder redis are here",
    )


def test_a_template_that_contradicts_its_file(tmp_path: Path) -> None:
    text = exported("memcached").replace("kind: Deployment", "kind: StatefulSet", 1)
    one_mistake(tmp_path, text, "MW261", "memcached-deployment-tpl says something else than templates.yaml")


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", ".git/config", "a/../b", "a//b", "", ".bashrc"])
def test_no_file_leads_out_of_its_folder(path: str, tmp_path: Path) -> None:
    text = exported("redis").replace("middleware.io/file: templates/pdb.tpl", f'middleware.io/file: "{path}"')
    project = Project(tmp_path / "repo")
    (tmp_path / "given.yaml").write_text(text)
    ran = project.run("plugins", "import", str(tmp_path / "given.yaml"))
    assert (ran.code, "MW262" in ran.err, project.files("")) == (1, True, {})


@pytest.mark.parametrize("folder", ["..", "../x", "/tmp", "a/../..", ".hidden"])
def test_no_folder_leads_out_of_the_plugins(folder: str, tmp_path: Path) -> None:
    text = exported("redis").replace("middleware.io/folder: redis", f'middleware.io/folder: "{folder}"')
    project = Project(tmp_path / "repo")
    (tmp_path / "given.yaml").write_text(text)
    ran = project.run("plugins", "import", str(tmp_path / "given.yaml"))
    assert (ran.code, "MW262" in ran.err, project.files("")) == (1, True, {})


def test_other_objects_are_left_out(tmp_path: Path) -> None:
    other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-root-ca.crt}\ndata: {ca.crt: x}\n---\n"
    project = Project(tmp_path / "repo")
    (tmp_path / "given.yaml").write_text(other + exported("redis"))
    ran = project.run("plugins", "import", str(tmp_path / "given.yaml")).sound()
    assert "warning[MW260]" in ran.err
    assert project.files("plugins/redis") == Project(ROOT).files("plugins/redis")


@pytest.mark.parametrize("text", ["", "# nothing\n", "kind: Plugin\n", "a: b\n", "[1]\n"])
def test_nothing_to_import_is_a_mistake(text: str, tmp_path: Path) -> None:
    (tmp_path / "given.yaml").write_text(text)
    ran = Project(tmp_path / "repo").run("plugins", "import", str(tmp_path / "given.yaml"))
    assert (ran.code, "error[MW260]" in ran.err) == (1, True)


def test_config_maps_that_were_written_by_hand_become_a_folder(tmp_path: Path) -> None:
    """The seed's form: a plugin's ConfigMap, and Template ConfigMaps that it refers to."""
    text = "".join(
        f"---\n{(ROOT / 'plugins/memcached' / name).read_text()}" for name in ("plugin.yaml", "templates.yaml")
    )
    project = imported(tmp_path / "repo", text)
    shutil.copy(ROOT / "mwgen.yaml", project.root)
    files = project.files("plugins/memcached")
    assert sorted(files) == [
        "memcached-deployment-tpl.yaml",
        "memcached-networkpolicy-tpl.yaml",
        "memcached-pdb-tpl.yaml",
        "memcached-plugin-v1.0.yaml",
        "memcached-service-tpl.yaml",
        "memcached-serviceaccount-tpl.yaml",
    ]
    assert files["memcached-plugin-v1.0.yaml"].startswith(b"apiVersion: middleware.io/v1alpha1\nkind: Plugin\n")
    assert project.run("plugins", "lint", "memcached").sound().out == "sound: 1 plugin version\n"
