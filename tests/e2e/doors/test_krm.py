"""`mwgen krm`: a list goes in, and comes out with bundles in it, or with what is wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.doors.function import call, file_of, listed, path
from tests.harness import Project

ROOT = Path(__file__).parents[3]
TEMPLATE = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Values.name }}
data:
  replicas: {{ .Values.replicas | quote }}
"""
SECOND = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  ports: [{port: 80}]\n"
FOREIGN: list[Any] = [
    {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "first"}},
    {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "second"}, "data": {"a": "1e3", "b": "0755"}},
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two groups, one of them in two environments."""
    made = Project(tmp_path / "repo")
    made.write("mwgen.yaml", "")
    made.plugin("app", templates={"main": ("", TEMPLATE), "second": ("", SECOND)}, defaultValues={"replicas": 1})
    made.environment("prod", namespace="prod")
    made.environment("test", namespace="test")
    made.group("cache", "app", environments=[{"name": "prod"}, {"name": "test"}])
    made.group("queue", "app", environments=[{"name": "prod"}])
    return made


def test_the_items_are_the_bundles_files_in_the_order_of_the_stream() -> None:
    config = {"groups": ["orders-cache"], "environments": ["prod"], "path": "out"}
    items = call(ROOT, listed(config)).items
    lock = json.loads((ROOT / "out/prod/orders-cache/bundle.lock").read_bytes())
    entries = sorted(lock["objects"], key=lambda one: (one["wave"] or 0, one["path"]))
    assert [path(item) for item in items] == [f"out/prod/orders-cache/{one['path']}" for one in entries]
    assert [file_of(item) for item in items] == [(ROOT / path(item)).read_bytes() for item in items]


def test_the_rest_stays_where_it_is_and_a_second_run_changes_nothing(project: Project) -> None:
    config = {"groups": "cache", "environments": "prod"}
    first = call(project.root, listed(config, FOREIGN))
    assert first.items[:2] == FOREIGN
    assert [item["kind"] for item in first.items[2:]] == ["ConfigMap", "Service"]
    second = call(project.root, first.out)
    assert (second.code, second.out) == (0, first.out)


def test_what_was_made_before_is_replaced_in_its_place(project: Project) -> None:
    config = {"groups": ["cache"], "environments": ["prod"]}
    config_map, service = call(project.root, listed(config)).items
    config_map["metadata"]["annotations"]["internal.config.kubernetes.io/id"] = "7"
    project.write("groups/cache.yaml", project.read("groups/cache.yaml") + "  values: {replicas: 5}\n")
    again = call(project.root, listed(config, [service, FOREIGN[0], config_map, FOREIGN[1]])).items
    assert [item["kind"] for item in again] == ["Service", "Namespace", "ConfigMap", "ConfigMap"]
    assert again[2]["data"] == {"replicas": "5"}
    assert again[2]["metadata"]["annotations"]["internal.config.kubernetes.io/id"] == "7"


def test_what_is_no_longer_made_goes_and_what_others_made_stays(project: Project) -> None:
    config = {"groups": ["cache"], "environments": ["prod"]}
    made = call(project.root, listed(config)).items
    queue = call(project.root, listed({"groups": ["queue"]})).items
    by_hand = {**FOREIGN[1], "metadata": {"name": "x", "annotations": {"config.kubernetes.io/path": "rendered/prod/x"}}}
    project.write("plugins/app-1.0.0/second.tpl", "{{/* nothing any more */}}\n")
    left = call(project.root, listed(config, [*made, *queue, by_hand])).items
    assert [(item["kind"], item["metadata"]["name"]) for item in left] == [
        ("ConfigMap", "cache"), ("ConfigMap", "queue"), ("Service", "queue"), ("ConfigMap", "x"),
    ]  # fmt: skip


def test_without_names_everything_is_meant_and_what_left_the_source_goes(project: Project) -> None:
    config = {"environments": ["prod"]}
    made = call(project.root, listed(config)).items
    assert [item["metadata"]["name"] for item in made] == ["cache", "cache", "queue", "queue"]
    (project.root / "groups/queue.yaml").unlink()
    left = call(project.root, listed(config, made)).items
    assert [item["metadata"]["name"] for item in left] == ["cache", "cache"]


def test_a_config_map_says_the_same(project: Project) -> None:
    data = {"groups": "cache, queue", "environments": "prod", "values": "{replicas: 9}", "path": "made"}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "data": data}
    text = listed().rstrip() + "\nfunctionConfig: " + json.dumps(config) + "\n"
    items = call(project.root, text).items
    assert path(items[0]) == "made/prod/cache/app/configmap-cache.yaml"
    assert items[0]["data"] == {"replicas": "9"}


def test_the_root_may_be_elsewhere(project: Project) -> None:
    folder = project.root.parent / "elsewhere"
    items = call(folder, listed({"root": "../repo", "groups": ["queue"]})).items
    assert len(items) == 2
    project.write("overlays/prod/x", "")
    assert len(call(project.root / "overlays/prod", listed({"groups": ["queue"]})).items) == 2


def definitions(tmp_path: Path) -> list[Any]:
    """A plugin, its template and a group as items of a package, as kpt hands them over."""
    kinds = {"apiVersion": "middleware.io/v1alpha1"}
    spec = {
        "name": "tiny", "version": "1.0.0", "runtimes": [{"name": "tiny", "versions": ["1"]}],
        "images": {"1": "tiny:1"}, "defaultValues": {"replicas": 1},
        "templates": [{"name": "main", "configMapRef": "tiny-main"}],
    }  # fmt: skip

    def placed(name: str, file: str, index: int) -> dict[str, Any]:
        places = {"config.kubernetes.io/path": file, "config.kubernetes.io/index": str(index)}
        inner = {f"internal.{key}": text for key, text in places.items()}
        package = {"internal.config.kubernetes.io/package-path": str(tmp_path)}
        return {"name": name, "annotations": {**places, **inner, **package}}

    label = {"labels": {"middleware.io/plugin": "tiny"}}
    return [
        {**kinds, "kind": "Plugin", "metadata": placed("tiny", "plugin.yaml", 1), "spec": spec},
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {**placed("tiny-main", "plugin.yaml", 0), **label},
         "data": {"template": TEMPLATE}},
        {**kinds, "kind": "Group", "metadata": placed("one", "teams/one.yaml", 3), "spec": {"plugin": "tiny"}},
    ]  # fmt: skip


def test_definitions_may_be_items(tmp_path: Path) -> None:
    items = call(tmp_path / "elsewhere", listed({}, definitions(tmp_path))).items
    assert items[:3] == definitions(tmp_path)
    assert path(items[3]) == "rendered/default/one/tiny/configmap-one.yaml"


def test_a_plugin_among_the_items_may_name_a_template_file_of_the_package(tmp_path: Path) -> None:
    made = definitions(tmp_path)
    made[0]["spec"]["templates"] = [{"name": "main", "file": "main.tpl"}]
    (tmp_path / "main.tpl").write_text(TEMPLATE.replace("{{ .Values.name }}", "from-a-file"))
    items = call(tmp_path / "elsewhere", listed({}, made)).items
    assert items[3]["metadata"]["name"] == "from-a-file"


def test_a_mistake_is_a_result_with_its_file_and_field(tmp_path: Path) -> None:
    made = definitions(tmp_path)
    made[2]["spec"]["values"] = {"replicas": "three"}
    returned = call(tmp_path / "elsewhere", listed({}, made))
    assert returned.code == 1
    assert returned.document["items"] == made
    assert returned.err.startswith("error[MW332]: teams/one.yaml:")
    assert returned.results == [
        {
            "message": "replicas must be a number, not text "
            "(give a value like the default, or a valuesSchema to the plugin)",
            "severity": "error",
            "file": {"path": "teams/one.yaml", "index": 3},
            "field": {"path": "replicas"},
            "resourceRef": {"apiVersion": "middleware.io/v1alpha1", "kind": "Group", "name": "one"},
            "tags": {"code": "MW332", "bundle": "default/one"},
        }
    ]


def test_a_warning_is_a_result_of_a_success(tmp_path: Path) -> None:
    made = definitions(tmp_path)
    made[0]["spec"]["runtimes"][0]["versions"] = ["1", "2"]
    made[0]["spec"]["images"]["2"] = "tiny:2"
    returned = call(tmp_path / "elsewhere", listed({}, made))
    assert (returned.code, returned.err) == (0, "")
    (result,) = returned.results
    assert (result["severity"], result["tags"]["code"]) == ("warning", "MW315")


NOT_A_LIST = {
    "nothing": ("", "there is nothing on standard input"),
    "no YAML": ("a: [", "MW101"),
    "text": ("hello\n", "standard input holds no ResourceList"),
    "an object": ("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", "standard input holds no ResourceList"),
    "two documents": (f"{listed()}---\n{listed()}", "there is more than one document"),
    "an older version": (listed().replace("io/v1", "io/v1alpha1", 1), "is not of config.kubernetes.io/v1"),
    "items that are no list": (listed().replace("[]", "{a: b}"), "items is no list"),
    "an item that is no object": (listed(None, [{"kind": "x"}]), "item 0 has no apiVersion, kind or name"),
    "a configuration that is no object": (listed() + "functionConfig: 3\n", "functionConfig is no object"),
}


@pytest.mark.parametrize("case", NOT_A_LIST)
def test_what_is_no_list_gets_no_answer(case: str, project: Project) -> None:
    text, want = NOT_A_LIST[case]
    returned = call(project.root, text)
    assert (returned.code, returned.out) == (1, "")
    assert want in returned.err


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown group": ({"groups": ["cashe"]}, "MW319", 'there is no group "cashe" (did you mean "cache"?)'),
    "one of two": ({"groups": ["queue", "cashe"]}, "MW319", 'there is no group "cashe"'),
    "another environment": ({"groups": ["queue"], "environments": ["test"]}, "MW807", "queue does not go to test"),
    "an unknown field": ({"group": "cache"}, "MW203", '(did you mean "groups"?)'),
    "a path that leads out": ({"groups": ["queue"], "path": "../x"}, "MW204", "a folder below the package is wanted"),
    "no definitions": ({"root": "..", "groups": ["queue"]}, "MW801", "root in the function's configuration leads to /"),
    "a value of another type": (
        {"groups": ["queue"], "values": {"replicas": "x"}}, "MW332", "(the values of the function's configuration)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_leaves_the_list_as_it_was(case: str, project: Project) -> None:
    config, code, want = REFUSED[case]
    returned = call(project.root, listed(config, FOREIGN))
    assert returned.code == 1
    assert f"error[{code}]: " in returned.err
    assert want in returned.err
    assert returned.document["items"] == FOREIGN
    assert code in {one["tags"]["code"] for one in returned.results if one["severity"] == "error"}


def test_two_environments_on_two_clusters_cannot_be_one_list(project: Project) -> None:
    for name in ("prod", "test"):
        project.environment(name, namespace="same", cluster=name)
    returned = call(project.root, listed({"groups": ["cache"]}))
    assert "error[MW813]: ConfigMap/same/cache is in two bundles" in returned.err


def test_an_object_that_somebody_else_made_is_not_replaced(project: Project) -> None:
    theirs = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "queue", "namespace": "prod"}}
    returned = call(project.root, listed({"groups": ["queue"]}, [theirs]))
    assert returned.code == 1
    assert "error[MW813]: Service/prod/queue is there already, and mwgen has not made it" in returned.err


def test_nothing_must_be_asked_for(project: Project) -> None:
    for name in ("main", "second"):
        project.write(f"plugins/app-1.0.0/{name}.tpl", "{{/* nothing */}}\n")
    returned = call(project.root, listed({"groups": ["queue"]}, FOREIGN))
    assert returned.code == 1
    assert "error[MW808]: (functionConfig): nothing is rendered for queue" in returned.err
    assert call(project.root, listed({"groups": ["queue"], "allowEmpty": True}, FOREIGN)).items == FOREIGN


def test_the_legacy_plugin_prints_the_stream(project: Project) -> None:
    project.run("generate").sound()
    config = "apiVersion: middleware.io/v1alpha1\nkind: MwgenGenerator\nmetadata: {name: x}\nspec: {groups: [queue]}\n"
    file = project.write("config.yaml", config)
    returned = call(project.root, "", "--legacy", str(file))
    folder = project.root / "out/prod/queue/app"
    files = [folder / "configmap-queue.yaml", folder / "service-queue.yaml"]
    assert returned.out.encode() == b"---\n".join(file.read_bytes() for file in files)
    project.write("config.yaml", config.replace("queue", "kueue"))
    returned = call(project.root, "", "--legacy", str(file))
    assert (returned.code, returned.out) == (1, "")
    assert 'error[MW319]: config.yaml:4:16: there is no group "kueue"' in returned.err
