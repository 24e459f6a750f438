"""The tables of fields have exactly the fields that the decoders ask for, with their types and defaults.

What decoders ask for is heard while they read the example at the end of each page. That example has every field of the
tables, so nothing can hide: a new field is missing in the tables, and once it is there it must be in the example, where
the decoder tells what is inside of it.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from generator.stages.load.fields import _SERVER_FIELDS
from generator.yamlio.cursor import Cursor
from tests.architecture.formats import FORMATS, Format, branches, objects, resolved

Rows = dict[str, dict[str, dict[str, str]]]
"""By path of a map and name of a field: the row of its table."""


def tables(kind: Format) -> Rows:
    found: Rows = {}
    for table in kind.page.tables:
        if table.titles[0] == "field" and "type" in table.titles:
            paths = [re.sub(r"\b[A-Z]+\b", "*", path) for path in re.findall(r"`([^`]+)`", table.heading)] or [""]
            for path in paths:
                assert path not in found, f"two tables for {path or 'the document'}"
                found[path] = {row["field"].strip("`"): row for row in table.rows}
    return found


def schema_objects(kind: Format) -> dict[str, Mapping[str, Any]]:
    return dict(objects(kind.schema, kind.schema))


def general(pointer: tuple[str | int, ...], known: Mapping[str, Any]) -> str:
    """A path with `[]` for indexes and `*` for keys that are free."""
    paths = [""]
    for step in pointer:
        if isinstance(step, int):
            paths = [f"{path}[]" for path in paths]
        else:
            paths = [
                f"{path}.{name}".removeprefix(".")
                for path in paths
                for name in (step, "*")
                if name == step or path not in known
            ]
    return next((path for path in paths if path in known), paths[0])


class Heard:
    """What the decoders ask for while they read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, known: Mapping[str, Any]) -> None:
        self.fields: dict[str, set[str]] = {}
        self.defaults: dict[tuple[str, str], Any] = {}
        no_other_fields, optional = Cursor.no_other_fields, Cursor.optional

        def listening(cursor: Cursor, *also: str, elsewhere: Mapping[str, str] | None = None) -> None:
            path = general(cursor.place.pointer, known)
            asked = {*cursor._asked, *also} - set(_SERVER_FIELDS)
            self.fields[path] = self.fields.get(path, set()) | asked
            no_other_fields(cursor, *also, elsewhere=elsewhere)

        def asking(cursor: Cursor, name: str, want: Any, default: Any = None) -> Any:
            if isinstance(default, str | bool | int) or (isinstance(default, tuple) and any(default)):
                self.defaults[general(cursor.place.pointer, known), name] = default
            return optional(cursor, name, want, default)

        monkeypatch.setattr(Cursor, "no_other_fields", listening)
        monkeypatch.setattr(Cursor, "optional", asking)


@pytest.fixture(params=list(FORMATS.values()), ids=list(FORMATS))
def kind(request: pytest.FixtureRequest) -> Format:
    assert isinstance(request.param, Format)
    return request.param


@pytest.fixture
def heard(kind: Format, monkeypatch: pytest.MonkeyPatch) -> Heard:
    listening = Heard(monkeypatch, schema_objects(kind))
    assert not kind.mistakes(kind.everything())
    return listening


def test_tables_have_the_fields_that_the_decoder_reads(kind: Format, heard: Heard) -> None:
    assert {path: sorted(rows) for path, rows in tables(kind).items()} == {
        path: sorted(names) for path, names in heard.fields.items()
    }


def test_the_schema_has_the_fields_that_the_decoder_reads(kind: Format, heard: Heard) -> None:
    assert {
        path: sorted(set(way["properties"]) - set(_SERVER_FIELDS)) for path, way in schema_objects(kind).items()
    } == {path: sorted(names) for path, names in heard.fields.items()}


def test_the_example_has_every_field(kind: Format) -> None:
    given: dict[str, set[str]] = {}
    known = schema_objects(kind)

    def walk(value: Any, pointer: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            given.setdefault(general(pointer, known), set()).update(value)
            for name, inner in value.items():
                walk(inner, (*pointer, name))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, (*pointer, index))

    walk(kind.everything(), ())
    missing = {path: sorted(set(rows) - given.get(path, set())) for path, rows in tables(kind).items()}
    assert {path: names for path, names in missing.items() if names} == {}


def test_types_and_defaults_are_those_of_the_schema(kind: Format) -> None:
    known, schema = schema_objects(kind), kind.schema
    wrong = []
    for path, rows in tables(kind).items():
        for name, row in rows.items():
            field = resolved(known[path]["properties"][name], schema)
            want = words(field, schema)
            if row["type"] != want:
                wrong.append(f"{path} {name}: {row['type']!r} is {want!r}")
            default = "–"
            if name in known[path].get("required", ()):
                default = "required"
            elif "default" in field:
                default = _shown(field["default"])
            if row["default"] != default:
                wrong.append(f"{path} {name}: default {row['default']!r} is {default!r}")
    assert not wrong


def _shown(default: Any) -> str:
    return f"`{default if isinstance(default, str) and default != 'out' else json.dumps(default)}`"


def test_defaults_are_those_of_the_decoder(kind: Format, heard: Heard) -> None:
    known = schema_objects(kind)
    said = {
        (path, name): field["default"]
        for path, way in known.items()
        for name, field in way["properties"].items()
        if isinstance(field, dict) and "default" in field and field["default"] is not False
    }
    read = {
        where: list(default) if isinstance(default, tuple) else default
        for where, default in heard.defaults.items()
        if default and where[0] in known
    }
    assert said == read


def words(schema: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    """A type as the tables call it."""
    ways = list(dict.fromkeys(_words(way, root) for way in branches(schema, root)))
    return " or ".join(ways)


_PLAIN = {"string": "text", "integer": "whole number", "boolean": "true or false", "object": "map"}
_PLURALS = {"map": "maps", "stages": "stages"}


def _words(way: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    if "title" in way and "properties" not in way:
        return str(way["title"])
    if "const" in way:
        return f"`{way['const']}`"
    if "enum" in way:
        return ", ".join(f"`{value}`" for value in way["enum"] if value is not None)
    types = way.get("type", ())
    kinds = [one for one in ([types] if isinstance(types, str) else types) if one != "null"]
    if not kinds:
        return "anything"
    if kinds == ["array"]:
        item = resolved(way["items"], root)
        inner = item.get("title") or words(item, root)
        return f"list of {_PLURALS.get(inner, 'text')}"
    return _PLAIN[kinds[0]]
