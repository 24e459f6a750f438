"""The four formats: what reads each, its page, its schema, and every definition of the project."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, SourceFile
from generator.entrypoints.commands.schema import text
from generator.stages.load import definitions
from generator.stages.load.settings import settings
from generator.yamlio.dump import dump
from generator.yamlio.load import decode, documents
from tests.architecture.pages import ROOT, Page


@dataclass(frozen=True)
class Format:
    """One of the four."""

    name: str
    read: Callable[[SourceFile], tuple[Diagnostic, ...]]
    """What the decoder has to say about a file of that format."""

    @property
    def page(self) -> Page:
        return Page(ROOT / f"docs/reference/{self.name}.md")

    @property
    def schema(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(text(self.name))
        return loaded

    @property
    def kind(self) -> str:
        return self.name.capitalize()

    def mistakes(self, value: Any) -> tuple[Diagnostic, ...]:
        """What the decoder has to say about the document *value*."""
        return self.read(SourceFile(f"{self.name}.yaml", dump(value)))

    def examples(self) -> Iterator[Any]:
        """The documents of this format that its page shows as whole files."""
        for block in self.page.blocks:
            if block.info == "yaml" and re.fullmatch(r"# \S+\.yaml", block.lines[0]):
                for document in documents(SourceFile(self.page.name, block.text)):
                    if self._is_mine(document.value, block.lines[0]):
                        yield document.value

    def _is_mine(self, value: Any, title: str) -> bool:
        return title == "# mwgen.yaml" if self.name == "settings" else value.get("kind") == self.kind

    def everything(self) -> Any:
        """The longest example, which has every field."""
        return max(self.examples(), key=lambda value: len(json.dumps(value)))


def _definition(file: SourceFile) -> tuple[Diagnostic, ...]:
    found = Collector()
    definitions(file, found)
    return found.sorted()


def _settings(file: SourceFile) -> tuple[Diagnostic, ...]:
    try:
        settings(file)
    except DiagnosticError as error:
        return error.diagnostics
    return ()


FORMATS = {
    "plugin": Format("plugin", _definition),
    "group": Format("group", _definition),
    "environment": Format("environment", _definition),
    "settings": Format("settings", _settings),
}


def resolved(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """*schema*, or what it refers to with its own words on top."""
    if "$ref" not in schema:
        return schema
    name = schema["$ref"].removeprefix("#/$defs/")
    return {**resolved(root["$defs"][name], root), **{key: value for key, value in schema.items() if key != "$ref"}}


def branches(schema: Mapping[str, Any], root: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The ways in which a value may satisfy *schema*, null aside."""
    schema = resolved(schema, root)
    ways = [resolved(one, root) for one in schema["anyOf"]] if "anyOf" in schema else [schema]
    return [way for way in ways if way.get("type") != "null"]


def objects(
    schema: Mapping[str, Any], root: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every map with named fields below *schema*, by path: `spec.runtimes[]`, `spec.components.*.runtime`."""
    for way in branches(schema, root):
        if "properties" in way:
            yield path, way
            for name, field in way["properties"].items():
                if isinstance(field, dict):
                    yield from objects(field, root, f"{path}.{name}".removeprefix("."))
        if isinstance(way.get("additionalProperties"), dict):
            yield from objects(way["additionalProperties"], root, f"{path}.*")
        if "items" in way:
            yield from objects(way["items"], root, f"{path}[]")


def repository_files() -> list[Path]:
    """Every file of the repository that may hold definitions: the project's own, and those of the golden cases."""
    folders = ["plugins", "groups", "tests/golden/*/input", "generator/entrypoints/scaffold"]
    found = {path for folder in folders for base in ROOT.glob(folder) for path in base.rglob("*.yaml")}
    return sorted(found)


def source(path: Path) -> SourceFile:
    return decode(path.relative_to(ROOT).as_posix(), path.read_bytes())
