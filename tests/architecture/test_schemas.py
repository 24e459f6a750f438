"""The JSON Schemas refuse what the decoders refuse because of its shape, and nothing else.

Held on every definition of the repository, and on each format's whole example with one thing changed at a time: each
value replaced by one of every other kind, left out, or given a neighbour that nobody knows.
"""

import copy
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
import pytest

from generator.diagnostics import Collector, Severity, SourceFile
from generator.stages.load import _KINDS
from generator.stages.load.settings import _settings
from generator.yamlio.cursor import decode
from generator.yamlio.load import documents
from generator.yamlio.locate import Place
from tests.architecture.formats import FORMATS, repository_files, source
from tests.architecture.pages import ROOT, pages
from tests.harness import Project

SHAPE = frozenset({"MW201", "MW202", "MW203", "MW204", "MW216", "MW221", "MW222", "MW223", "MW226"})
"""Codes of mistakes that a look at the shape finds; the others need to know what else is there."""

EMPTY_STAGE = "MW211"
"""A stage without a name is a matter of shape, a name that stands twice in an order is none: both have this code."""

GAPS: dict[str, str] = {}
"""Where the decoders are known to be wrong, by mutant, and how. A row that explains nothing any more must go."""

DECODERS = {**{kind.lower(): decoder for kind, decoder in _KINDS.items()}, "settings": _settings}
OTHERS: tuple[Any, ...] = (
    "text",
    "",
    "a..b",
    "../up",
    "1.0",
    7,
    7.5,
    True,
    None,
    [],
    ["a"],
    [1],
    {},
    {"a": "b"},
    {"a": 1},
)


@cache
def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(FORMATS[name].schema)


def refused(name: str, value: Any) -> set[str]:
    """The codes that the decoder has for *value*. An empty file has settings, too: none."""
    found = Collector()
    if name != "settings" or value is not None:
        decode(value, Place(SourceFile("x.yaml", ""), 0), DECODERS[name], found)
    return {one.code for one in found.sorted() if one.severity is Severity.ERROR}


def disagreement(name: str, value: Any) -> str:
    """How decoder and schema differ about *value*; empty where they agree."""
    codes = refused(name, value)
    errors = [error.message for error in validator(name).iter_errors(value)]
    if codes & SHAPE and not errors:
        return f"only the decoder refuses it: {sorted(codes)}"
    if errors and not codes & {*SHAPE, EMPTY_STAGE}:
        return f"only the schema refuses it: {errors[0]}"
    return ""


# --- the repository's own definitions --------------------------------------------------------------------------------


def definitions() -> Iterator[tuple[str, str, Any]]:
    """Where, which format, and the document, of all files and pages; plugins in ConfigMaps too."""
    for path in repository_files():
        if path.name == "mwgen.yaml":
            yield path.name, "settings", next((one.value for one in documents(source(path))), {})
            continue
        for document in documents(source(path), Collector()):
            yield from _unpacked(f"{path.relative_to(ROOT)}:{document.index}", document.value)
    for page in pages():
        for block in page.blocks:
            if block.info == "yaml":
                for document in documents(SourceFile(page.name, block.text), Collector()):
                    yield from _unpacked(f"{page.name}:{block.start + 1}:{document.index}", document.value)


def _unpacked(where: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    if not isinstance(value, dict):
        return
    if isinstance(value.get("items"), list):
        for item in value["items"]:
            yield from _unpacked(where, item)
    elif value.get("apiVersion") == "middleware.io/v1alpha1" and str(value.get("kind")) in _KINDS:
        yield where, value["kind"].lower(), value
    elif value.get("kind") == "ConfigMap":
        for text in (value.get("data") or {}).values():
            if isinstance(text, str) and "kind: Plugin" in text:
                for document in documents(SourceFile(where, text), Collector()):
                    yield from _unpacked(where, document.value)


DEFINITIONS = list(definitions())


@pytest.mark.parametrize(("name", "value"), [row[1:] for row in DEFINITIONS], ids=[row[0] for row in DEFINITIONS])
def test_the_project_s_definitions(name: str, value: Any) -> None:
    assert not disagreement(name, value)


def test_pages_show_right_definitions() -> None:
    """But for the page about mistakes."""
    wrong = [where for where, name, value in DEFINITIONS if ".md:" in where and refused(name, value)]
    assert {where.split(":")[0] for where in wrong} == {"docs/reference/diagnostics.md"}


def test_there_are_definitions_of_every_format_and_broken_ones() -> None:
    assert {name for _, name, _ in DEFINITIONS} == set(FORMATS)
    assert any(refused(name, value) for _, name, value in DEFINITIONS)


# --- one mistake at a time -------------------------------------------------------------------------------------------


def mutants(value: Any) -> Iterator[tuple[str, Any]]:
    """The document with one thing changed, and what that is."""
    for pointer, old in _nodes(value, ()):
        if pointer in {("apiVersion",), ("kind",)}:
            continue  # these say which decoder it is
        for other in OTHERS:
            if type(other) is not type(old) or other != old:
                yield f"{_dotted(pointer)} = {json.dumps(other)}", _with(value, pointer, other)
        if isinstance(pointer[-1] if pointer else 0, str):
            yield f"no {_dotted(pointer)}", _without(value, pointer)
        if isinstance(old, dict):
            yield f"{_dotted(pointer)}.nobody", _with(value, (*pointer, "nobody"), 1)


def _nodes(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    yield pointer, value
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from _nodes(inner, (*pointer, key))


def _with(value: Any, pointer: tuple[str | int, ...], other: Any) -> Any:
    if not pointer:
        return other
    changed = copy.deepcopy(value)
    _holder(changed, pointer)[pointer[-1]] = other
    return changed


def _without(value: Any, pointer: tuple[str | int, ...]) -> Any:
    changed = copy.deepcopy(value)
    del _holder(changed, pointer)[pointer[-1]]
    return changed


def _holder(value: Any, pointer: tuple[str | int, ...]) -> Any:
    for step in pointer[:-1]:
        value = value[step]
    return value


def _dotted(pointer: tuple[str | int, ...]) -> str:
    return ".".join(map(str, pointer)) or "the document"


@pytest.fixture(scope="module")
def verdicts() -> dict[str, str]:
    """For each mutant of each format how the two differ; empty where they agree."""
    found = {}
    for name, kind in FORMATS.items():
        for what, value in mutants(kind.everything()):
            try:
                found[f"{name}: {what}"] = disagreement(name, value)
            except TypeError as error:
                found[f"{name}: {what}"] = f"the decoder breaks: {error}"
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_example_is_right(name: str) -> None:
    whole = FORMATS[name].everything()
    assert not refused(name, whole)
    assert not disagreement(name, whole)


def test_one_mistake_at_a_time(verdicts: dict[str, str]) -> None:
    unexplained = {
        what: how for what, how in verdicts.items() if how and not any(re.fullmatch(gap, what) for gap in GAPS)
    }
    assert unexplained == {}


@pytest.mark.parametrize("gap", GAPS)
def test_gaps_are_still_there(gap: str, verdicts: dict[str, str]) -> None:
    assert any(how and re.fullmatch(gap, what) for what, how in verdicts.items()), "mended: take the row out"


@pytest.mark.parametrize("name", FORMATS)
def test_mutants_are_of_both_sorts(name: str) -> None:
    valid = [validator(name).is_valid(value) for _, value in mutants(FORMATS[name].everything())]
    assert len(valid) / 10 < sum(valid) < len(valid) * 9 / 10


# --- the command and the package -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
def test_a_schema_is_valid_and_explains_itself(name: str) -> None:
    schema = FORMATS[name].schema
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    silent = [
        path
        for path, way in _fields(schema)
        if isinstance(way, dict) and "description" not in way
    ]  # fmt: skip
    assert not silent


def _fields(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of every map below *schema*, alternatives of `oneOf` aside."""
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            yield f"{path}.{name}", field
            yield from _fields(field, f"{path}.{name}")
        for key in ("items", "additionalProperties"):
            yield from _fields(schema.get(key), f"{path}.{key}")
        for way in schema.get("anyOf", ()):
            yield from _fields(way, path)
        for name, way in schema.get("$defs", {}).items():
            yield from _fields(way, name)


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_prints_it(name: str, tmp_path: Any) -> None:
    assert json.loads(Project(tmp_path).run("schema", name).sound().out) == FORMATS[name].schema


def test_every_schema_is_packaged() -> None:
    """The wheel has the package's folder as it is: schemas in it are in the wheel."""
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert packages["packages"] == ["generator"]
    assert sorted(path.name for path in (ROOT / "generator/schemas").iterdir()) == sorted(
        f"{name}.schema.json" for name in (*FORMATS, "review")
    )
