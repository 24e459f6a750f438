"""A plugin that has just been started: sound for the author's tools, and at once of use to a group."""

from pathlib import Path

import pytest

from tests.harness import Project

NEW = ("plugins", "new", "store", "--image", "docker.io/library/store:2.1", "--port", "7000")
GROUP = """\
apiVersion: middleware.io/v1alpha1
kind: Group
metadata:
  name: orders
spec:
  plugin: {name: store, version: ^0.1}
  values: {replicas: 3}
  environments: [{name: prod}]
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "repo")
    made.run("init").sound()
    return made


def test_a_new_plugin_is_sound_and_of_use(project: Project) -> None:
    assert "plugins lint store && mwgen plugins test store" in project.run(*NEW).sound().out
    assert project.run("plugins", "lint", "store").sound().out == "sound: 1 plugin version\n"
    project.run("plugins", "test", "store").sound()
    project.write("groups/orders.yaml", GROUP)
    assert "provision  prod/orders" in project.run("generate").sound().out
    made = [path.name for path in (project.root / "out/prod/orders/server").iterdir()]
    assert sorted(made) == [
        "configmap-orders-config.yaml",
        "networkpolicy-orders.yaml",
        "poddisruptionbudget-orders.yaml",
        "service-orders.yaml",
        "statefulset-orders.yaml",
    ]
    assert "image: docker.io/library/store:2.1" in project.read("out/prod/orders/server/statefulset-orders.yaml")
    assert not [
        path for path in (project.root / "plugins/store").rglob("*") if path.is_file() and "@" in path.read_text()
    ]


def test_what_is_there_is_never_overwritten(project: Project) -> None:
    project.run(*NEW).sound()
    project.write("plugins/store/plugin.yaml", "mine")
    ran = project.run(*NEW)
    assert (ran.code, "plugins/store is there already" in ran.err) == (2, True)
    assert project.read("plugins/store/plugin.yaml") == "mine"


@pytest.mark.parametrize(
    ("name", "image", "says"),
    [
        ("Store", "store:2.1", "lower case letters"),
        ("../store", "store:2.1", "lower case letters"),
        ("store", "docker.io/library/store", "an image with a tag"),
    ],
)
def test_what_no_plugin_can_be_made_of(project: Project, name: str, image: str, says: str) -> None:
    ran = project.run("plugins", "new", name, "--image", image, "--port", "1")
    assert (ran.code, says in ran.err) == (2, True)
    assert sorted(path.name for path in (project.root / "plugins").iterdir()) == ["redis"]
