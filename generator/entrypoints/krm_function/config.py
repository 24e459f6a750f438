"""What a function's configuration asks for: a MwgenGenerator, or a ConfigMap that says the same in texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile
from generator.model.values import Value
from generator.stages.load import FUNCTION_CONFIG as KIND
from generator.stages.load import fields
from generator.yamlio.cursor import Cursor, decode
from generator.yamlio.load import document
from generator.yamlio.locate import Place

DEFAULT_PATH = "rendered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Which bundles, from where, to where."""

    root: str = ""
    """A folder, relative to that of the kustomization or package; empty: where the definitions are found."""

    groups: tuple[str, ...] = ()
    """Names; none: all."""

    environments: tuple[str, ...] = ()
    """Names; none: all those that the groups go to."""

    values: Mapping[str, Value] = field(default_factory=dict)
    """Above everything that the source says."""

    path: str = DEFAULT_PATH
    """The folder of what is generated, relative to the package."""

    allow_empty: bool = False


def config(value: Mapping[str, Any] | None, place: Place) -> Config:
    """The configuration that *value* is; the default where there is none.

    Raises:
        DiagnosticError: every mistake in it.
    """
    if value is None:
        return Config()
    found = Collector()
    if value.get("kind") == "ConfigMap":
        result = decode(value, place, _config_map, found)
    elif value.get("kind") == KIND and value.get("apiVersion") == fields.API_VERSION:
        result = decode(value, place, _generator, found)
    else:
        raise DiagnosticError(
            Diagnostic(
                code="MW812",
                message=f"the function's configuration is no {KIND} of {fields.API_VERSION}, and no ConfigMap",
                primary=Label((place / "kind").span()),
                hint=f"write apiVersion: {fields.API_VERSION}, kind: {KIND}",
            )
        )
    found.raise_errors()
    assert result is not None
    return result


def _generator(cursor: Cursor) -> Config:
    result = cursor.optional("spec", _spec, Config())
    cursor.no_other_fields("apiVersion", "kind", "metadata", "status")
    return result


def _spec(cursor: Cursor) -> Config:
    result = Config(
        root=cursor.optional("root", str, ""),
        groups=cursor.optional("groups", fields.texts, ()),
        environments=cursor.optional("environments", fields.texts, ()),
        values=cursor.optional("values", fields.free_map, {}),
        path=cursor.optional("path", _folder, DEFAULT_PATH),
        allow_empty=cursor.optional("allowEmpty", bool, default=False),
    )
    cursor.no_other_fields()
    return result


def _config_map(cursor: Cursor) -> Config:
    """A ConfigMap's data, whose values are texts: lists are joined by commas, values are YAML."""
    return cursor.optional("data", _data, Config())


def _data(cursor: Cursor) -> Config:
    result = Config(
        root=cursor.optional("root", str, ""),
        groups=_joined(cursor.optional("groups", str, "")),
        environments=_joined(cursor.optional("environments", str, "")),
        values=cursor.optional("values", _yaml, {}),
        path=cursor.optional("path", _folder, DEFAULT_PATH),
        allow_empty=cursor.one_of("allowEmpty", "true", "false", default="false") == "true",
    )
    cursor.no_other_fields()
    return result


def _joined(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _yaml(cursor: Cursor) -> Mapping[str, Value]:
    value = document(SourceFile(f"{cursor.place.file.path}#{cursor.place}", cursor.read(str))).value
    if isinstance(value, Mapping):
        return value
    if value is not None:
        cursor.fail("values must be a map, in YAML")
    return {}


def _folder(cursor: Cursor) -> str:
    text = cursor.read(str).strip("/")
    if not text or {"..", "."} & {*text.split("/")}:
        cursor.fail("a folder below the package is wanted", hint=f"such as {DEFAULT_PATH}")
    return text
