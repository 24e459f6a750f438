"""Which file and line is to blame for what went wrong with a chart, and how that line looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.engines.gotemplate.errors import Place, TemplateError
from generator.engines.gotemplate.text import from_bytes
from generator.engines.helm.charts import log
from generator.engines.helm.charts.chart import Chart
from generator.engines.helm.charts.dependencies import all_enabled, processed
from generator.engines.helm.charts.errors import ChartError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A template of a chart."""

    path: str
    """Of its file, below the chart's folder: Helm's name of it says the alias of a chart, this says its folder."""

    text: str


def sources(chart: Chart, values: Mapping[str, Any]) -> dict[str, Source]:
    """The templates of a chart and of those below it, by the names that Helm gives them."""
    found: dict[str, Source] = {}
    _collect(processed(chart, values, log.nowhere), chart.name, found)
    return found


def possible(chart: Chart) -> dict[str, Source]:
    """All templates that a chart may have, whatever the values are, by Helm's names without the chart's own."""
    found: dict[str, Source] = {}
    _collect(all_enabled(chart), chart.name, found)
    return {name.removeprefix(f"{chart.name}/"): one for name, one in found.items()}


def crds(chart: Chart) -> dict[str, Source]:
    """The files in crds/, of the chart and of those below it, by Helm's names without the chart's own."""
    found = {}
    for name, content in all_enabled(chart).crds():
        below = name.removeprefix(f"{chart.name}/")
        found[below] = Source(path=below, text=from_bytes(content))
    return found


def _collect(chart: Chart, full: str, found: dict[str, Source]) -> None:
    where = f"{chart.folder}/" if chart.folder else ""
    for name, content in chart.templates.items():
        found[f"{full}/{name}"] = Source(path=f"{where}{name}", text=from_bytes(content))
    for below in chart.dependencies:
        _collect(below, f"{full}/charts/{below.name}", found)


def places(error: TemplateError, known: Mapping[str, Source]) -> list[Place]:
    """The places in files that led to the error, the outermost first; the last one is to blame."""
    trail = [*(call.place for call in error.calls), error.place]
    return [place for place in trail if place.name in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blame:
    """A place, for people."""

    file: str = ""
    line: int = 0
    column: int = 0
    """In bytes, from 0."""

    snippet: str = ""

    @classmethod
    def of_chart(cls, error: ChartError, files: Mapping[str, str | bytes], folder: str) -> "Blame":
        """The file that is no part of a chart, and the line where that is known."""
        if not error.path:
            return cls()
        file = f"{folder}/{error.path}" if folder else error.path
        content = files.get(error.path, "")
        text = from_bytes(content) if isinstance(content, bytes) else content
        text = text.removeprefix("\ufeff")
        if error.offset is None or not text:
            return cls(file=file)
        start = text.rfind("\n", 0, error.offset) + 1
        line, column = text.count("\n", 0, start) + 1, error.offset - start
        size = len(text[start : error.offset].encode("utf-8", "surrogateescape"))
        return cls(file=file, line=line, column=size, snippet=_snippet(text, line, column, 1))


def blame(error: TemplateError, chart: Chart, values: Mapping[str, Any]) -> Blame:
    """The innermost place of a template error that stands in a file."""
    known = sources(chart, values)
    own = places(error, known)
    place = own[-1] if own else error.place
    source = known.get(place.name)
    snippet = ""
    if source is not None:
        raw = source.text.encode("utf-8", "surrogateescape")
        column = len(raw[raw.rfind(b"\n", 0, place.start) + 1 : place.start].decode("utf-8", "replace"))
        line = raw.count(b"\n", 0, place.start) + 1
        snippet = _snippet(source.text, line, column, place.length)
    return Blame(file=place.name, line=place.line, column=place.column, snippet=snippet)


def _snippet(text: str, line: int, column: int, length: int) -> str:
    """The line with its number, and a mark below the *length* characters from *column* on."""
    shown = text.split("\n")[line - 1].rstrip("\r")
    lead = "".join(char if char == "\t" else " " for char in shown[:column])
    mark = "^" * max(1, min(length, len(shown) - column))
    return f"{line} | {shown}\n{' ' * len(str(line))} | {lead}{mark}"
