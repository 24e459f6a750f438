"""The fleet that benchmarks measure with: as many bundles as asked for, the same every time, sound and of real size."""

from collections.abc import Mapping
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from bench import fleet
from generator import pipeline
from generator.diagnostics import Collector
from generator.engines import ENGINES
from generator.entrypoints.workspace import Workspace
from generator.model.outcome import Result
from tests.e2e.content.helm_engine import HelmEngine

COUNT = 48
"""Every plugin in every environment."""


def build(root: Path) -> Result:
    space = Workspace.open(str(root))
    found = Collector()
    catalog = space.catalog(found)
    return pipeline.build(catalog, space.output, pipeline.Request(workers=1), found)


def manifests(result: Result) -> dict[str, dict[str, bytes]]:
    """Files by bundle, locks aside."""
    return {
        str(outcome.key): {path: data for path, data in outcome.write.items() if path.endswith(".yaml")}
        for outcome in result.outcomes
    }


def differing(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    assert before.keys() == after.keys()
    return [key for key in before if before[key] != after[key]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Result:
    root = tmp_path_factory.mktemp("fleet")
    fleet.write(root, COUNT)
    return build(root)


def test_the_same_command_makes_the_same_commit(tmp_path: Path) -> None:
    assert fleet.write(tmp_path / "one", 30) == fleet.write(tmp_path / "two", 30)
    assert fleet.git(tmp_path / "one", "status", "--porcelain") == ""


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    with pytest.raises(FileExistsError):
        fleet.write(tmp_path, 1)


def test_every_group_is_one_bundle_of_six_objects(built: Result) -> None:
    assert [f"{one.code} {one.message}" for one in built.diagnostics] == []
    found = manifests(built)
    assert set(found) == {f"{fleet.environment_of(one)}/{fleet.group_name(one)}" for one in range(COUNT)}
    assert {len(files) for files in found.values()} == {6}


def test_plugins_go_everywhere() -> None:
    pairs = {(number % len(fleet.PLUGINS), fleet.environment_of(number)) for number in range(COUNT)}
    assert len(pairs) == len(fleet.PLUGINS) * len(fleet.ENVIRONMENTS)


def test_manifests_are_as_long_as_real_ones(built: Result) -> None:
    sizes = [len(data) for files in manifests(built).values() for data in files.values()]
    assert 1200 < sum(sizes) / len(sizes) < 1800


def test_the_api_has_every_field(built: Result) -> None:
    for path, data in (pair for files in list(manifests(built).values())[:12] for pair in files.items()):
        try:
            kubernetes_validate.validate(yaml.load(data, yaml.CSafeLoader), "1.32", strict=True)  # noqa: TID251 - not our reader
        except kubernetes_validate.ValidationError as error:
            pytest.fail(f"{path}: {error}")


def test_a_touched_group_changes_one_bundle(tmp_path: Path) -> None:
    fleet.write(tmp_path, 13)
    before = manifests(build(tmp_path))
    touched = fleet.touch_group(tmp_path, 5)
    assert fleet.git(tmp_path, "status", "--porcelain") == f" M {touched.relative_to(tmp_path)}\n"
    assert differing(before, manifests(build(tmp_path))) == [f"{fleet.environment_of(5)}/{fleet.group_name(5)}"]


@pytest.mark.parametrize(("single", "concerned"), [(True, 13), (False, 2)], ids=["all use it", "two use it"])
def test_a_touched_plugin_changes_the_bundles_that_use_it(tmp_path: Path, *, single: bool, concerned: int) -> None:
    fleet.write(tmp_path, 13, single_plugin=single)
    before = manifests(build(tmp_path))
    fleet.touch_plugin(tmp_path)
    assert len(differing(before, manifests(build(tmp_path)))) == concerned


@pytest.mark.oracle
def test_helm_renders_the_same_bytes(built: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fleet.write(tmp_path, COUNT)
    monkeypatch.setitem(ENGINES, "gotemplate", HelmEngine)
    assert manifests(build(tmp_path)) == manifests(built)
