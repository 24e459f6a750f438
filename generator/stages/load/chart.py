"""`spec.chart` of a plugin: a folder, or a folder with what the chart's values get from mwgen."""

from collections.abc import Mapping

from generator.model.plugin import ChartRef
from generator.model.values import Pointer, dotted
from generator.stages.load import fields
from generator.stages.project import SYSTEM
from generator.yamlio.cursor import Cursor, parsed
from generator.yamlio.wording import choices


def chart(cursor: Cursor) -> ChartRef:
    """A chart: its path, or a map that has it."""
    if not isinstance(cursor.value, Mapping):
        return ChartRef(path=cursor.read(_path), place=cursor.place)
    result = ChartRef(
        path=cursor.field("path", _path),
        values={tuple(name.split(".")): found for name, found in cursor.mapping("values", _provided).items()},
        crds=cursor.optional("crds", bool, default=False),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _below(text: str) -> str:
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if not parts or ".." in parts or text.startswith("/"):
        raise ValueError(f'"{text}" is no folder below that of the plugin')
    return "/".join(parts)


_path = parsed(_below)


def _provided(cursor: Cursor) -> Pointer:
    """A path in what mwgen provides."""
    found = cursor.read(fields.pointer)
    if found and found[0] not in SYSTEM:
        cursor.fail(
            f"mwgen provides no value {dotted(found)}",
            code="MW226",
            hint=choices(str(found[0]), SYSTEM) or "a value of your own goes straight into the chart's values",
        )
    return found
