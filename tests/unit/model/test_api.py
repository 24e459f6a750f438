"""The API's tables: written by a program, read as they were meant, and complete where custom kinds refer to them."""

import importlib.util
from pathlib import Path

import pytest

from generator.model import api, api_table, custom_table
from generator.model.api import FOREVER, ListOf, MapOf, Plain, Struct, Type

SCRIPT = Path(__file__).parents[2] / "conformance/kubernetes/make_api_table.py"


def test_the_table_is_what_the_program_writes() -> None:
    spec = importlib.util.spec_from_file_location("make_api_table", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    assert Path(api_table.__file__).read_text() == program.table()


def inner(of: Type) -> Plain | Struct:
    while isinstance(of, (ListOf, MapOf)):
        of = of.of
    return of


@pytest.mark.parametrize("name", [*api_table.TYPES, *custom_table.CUSTOM_TYPES])
def test_every_type_that_a_field_has_is_there(name: str) -> None:
    text = api_table.TYPES.get(name) or custom_table.CUSTOM_TYPES.get(name, "")
    fields = api.fields(name)
    assert len(fields) == len(text.split())
    for field in fields.values():
        of = inner(field.type)
        assert isinstance(of, Plain) or of.name in {*api_table.TYPES, *custom_table.CUSTOM_TYPES}


def test_every_kind_has_its_type() -> None:
    for version in (*api_table.SERVED, *custom_table.CUSTOM_SERVED):
        text = api_table.SERVED.get(version) or custom_table.CUSTOM_SERVED[version]
        for kind in text.split():
            found = api.served(version, kind.partition("=")[0])
            assert found is not None
            assert api.fields(found.type)


def test_how_a_field_is_read() -> None:
    ports = api.fields("core.v1.ServiceSpec")["ports"]
    assert ports.type == ListOf(Struct("core.v1.ServicePort"), ("port", "protocol"))
    assert api.fields("core.v1.ServiceSpec")["trafficDistribution"].since == 30
    assert api.fields("core.v1.ServiceSpec")["type"].until == FOREVER
    assert api.fields("core.v1.ConfigMap")["data"].type == MapOf(Plain("str"))
    assert api.fields("core.v1.Container")["name"].required


@pytest.mark.parametrize(
    ("said", "minor"),
    [("", None), ("v1.32.4", 32), ("1.29", 29), ("1.32.3-gke.1", 32), ("1.99", api.NEWEST), ("x", None)],
)
def test_versions_of_kubernetes(said: str, minor: int | None) -> None:
    assert api.minor(said) == minor
