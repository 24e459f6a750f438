import pytest

from generator.model.plugin import Migration
from generator.stages.operate import major, migration_path, version_order


def ways(**graph: str) -> dict[str, tuple[Migration, ...]]:
    """v7_4="7.2 7.0" allows 7.4 from those two; `!` before a version means method job."""
    place = None
    return {
        target.removeprefix("v").replace("_", "."): tuple(
            Migration(source=one.lstrip("!"), method="job" if one[0] == "!" else "rolling", place=place)  # type: ignore[arg-type]
            for one in sources.split()
        )
        for target, sources in graph.items()
    }


PATHS = {
    "one step": (ways(v7_4="7.2"), "7.2", "7.4", ("7.2", "7.4")),
    "two steps": (ways(v7_2="6.2", v7_4="7.2"), "6.2", "7.4", ("6.2", "7.2", "7.4")),
    "the shortest": (ways(v2="1", v3="2 1", v4="3"), "1", "4", ("1", "3", "4")),
    "none": (ways(v7_4="7.2"), "6.0", "7.4", ()),
    "a circle ends": (ways(v1="2", v2="1"), "1", "3", ()),
    "a job is no step": (ways(v16="!15"), "15", "16", ()),
}


@pytest.mark.parametrize("case", PATHS)
def test_migration_path(case: str) -> None:
    graph, old, new, want = PATHS[case]
    assert migration_path(graph, old, new) == want


def test_versions_sort_as_people_sort_them() -> None:
    versions = ["10.1", "9.6", "9.6.1", "2024-12", "9.10", "9.6-alpine"]
    assert sorted(versions, key=version_order) == ["9.6", "9.6.1", "9.6-alpine", "9.10", "10.1", "2024-12"]


@pytest.mark.parametrize(("version", "want"), [("2.1.0", "2"), ("0.3.1", "0.3"), ("10.0.0", "10")])
def test_major(version: str, want: str) -> None:
    assert major(version) == want
