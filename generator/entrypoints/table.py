"""Lists and single things: as a table or a page for people, or as JSON, YAML or bare names for programs."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from generator.entrypoints.report.style import style_for


def show(rows: Sequence[dict[str, Any]], columns: Sequence[str], listing_format: str, *, kind: str) -> None:
    """Write *rows*; the table has *columns*, the other formats have everything. `name` is a row's name."""
    if listing_format == "name":
        sys.stdout.writelines(f"{kind}/{row['name']}\n" for row in rows)
    elif listing_format != "table":
        document(list(rows), listing_format)
    elif rows:
        _table(rows, columns)
    else:
        sys.stderr.write(f"no {kind}s\n")


def document(content: dict[str, Any] | list[dict[str, Any]], output: str) -> None:
    """Write *content*: as JSON or YAML, or as text: YAML without what is empty, a document for each in a list."""
    if output == "json":
        sys.stdout.write(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
        return
    from generator.yamlio.dump import dump

    if output == "yaml":
        sys.stdout.write(dump(content))
    else:
        pages = content if isinstance(content, list) else [content]
        full = [{key: value for key, value in page.items() if value not in ("", [], {}, None)} for page in pages]
        sys.stdout.write("---\n".join(map(dump, full)))


def _table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
    style = style_for(sys.stdout)
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(title), *(len(line[number]) for line in cells)) for number, title in enumerate(columns)]
    titles = "  ".join(title.upper().ljust(width) for title, width in zip(columns, widths, strict=True))
    sys.stdout.write(style(titles.rstrip(), "bold") + "\n")
    for line in cells:
        sys.stdout.write("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() + "\n")


def _cell(value: Any) -> str:
    if value is None or value in ("", []):
        return "-"
    if isinstance(value, list):
        return ", ".join(_cell(each) for each in value)
    return str(value)
