"""What goes wrong in templates and charts, as diagnostics: at the line of the file that is to blame."""

import re
from collections.abc import Mapping

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.engines.base import TemplateSource
from generator.engines.gotemplate.errors import ErrorKind, TemplateError
from generator.engines.gotemplate.errors import Place as TemplatePlace
from generator.engines.helm.charts.errors import ChartError, ChartErrorKind
from generator.yamlio.wording import choices

_WORD = re.compile(r"[^\s(){}|]+")

_CODES: dict[ErrorKind, str] = {
    "parse": "MW402",
    "missing": "MW403",
    "limit": "MW404",
    "unavailable": "MW405",
    "fail": "MW406",
    "required": "MW406",
}
_CHART_CODES: dict[ChartErrorKind, str] = {
    "chart": "MW407",
    "dependencies": "MW408",
    "refused": "MW409",
    "schema": "MW410",
    "values": "MW411",
    "set": "MW412",
    "manifest": "MW413",
    "show-only": "MW414",
}
_CHART_HINTS: dict[ChartErrorKind, str] = {
    "dependencies": "put them into charts/, as folders or packed: nothing is downloaded",
    "schema": "give other values, or change the chart's values.schema.json",
    "manifest": "indent what is included with nindent, and quote what could be read as something else",
}


def chart_fault(error: ChartError, files: Mapping[str, SourceFile]) -> Diagnostic:
    """What is wrong with a chart, its values, or what its templates give.

    Args:
        error: what was raised.
        files: the files that it may name, by its names for them.
    """
    file = files.get(error.path) or (SourceFile(error.path, "") if error.path else None)
    at = min(error.offset or 0, len(file.text)) if file else 0
    return Diagnostic(
        code=_CHART_CODES[error.kind],
        message=str(error).rstrip() + (f", in what it renders: `{error.excerpt}`" if error.excerpt else ""),
        primary=Label(Span(file, at, at)) if file else None,
        hint=_CHART_HINTS.get(error.kind, ""),
    )


def template_fault(error: TemplateError, sources: Mapping[str, TemplateSource]) -> Diagnostic:
    """The error at the innermost place that stands in a file; the calls that led there beside it.

    What `tpl` executes is text from values and has no file: the call of `tpl` is to blame then.
    """
    trail = [*(call.place for call in error.calls), error.place]
    own = [place for place in trail if place.name in sources]
    template = sources[own[-1].name].name if own else error.place.name
    return Diagnostic(
        code=_CODES.get(error.kind, "MW401"),
        message=f"template {template}: {error.message}",
        primary=Label(_span(own[-1], sources) if own else _nowhere(error.place)),
        secondary=tuple(Label(_span(place, sources), "called from here") for place in reversed(own[:-1])),
        hint=_hint(error),
    )


def _hint(error: TemplateError) -> str:
    if error.kind == "missing":
        near = choices(str(error.data.get("key", "")), error.data.get("near", ()))
        return near or "give it a value, or guard it with default, with, if or required"
    if error.kind == "unavailable":
        return "equal sources must give equal bytes: pass the value in, or refer to a Secret"
    if error.kind == "limit":
        return "a template may not loop, nest or write without end; one that must has its plugin's templateBudget"
    return ""


def _span(place: TemplatePlace, sources: Mapping[str, TemplateSource]) -> Span:
    source = sources[place.name]
    start = len(source.text.encode("utf-8", "surrogateescape")[: place.offset].decode("utf-8", "replace"))
    end = start + _length(source.text, start, place.context)
    if source.span is None:
        return Span(SourceFile(source.name, source.text), start, end)
    return source.span(start, end)


def _length(text: str, start: int, context: str) -> int:
    """How far the blamed node reaches: as long as it is printed, where it stands there so; else its first word."""
    for printed in (context, context.removeprefix("{{").removesuffix("}}")):
        if printed and text.startswith(printed, start):
            return len(printed)
    word = _WORD.match(text, start)
    return len(word[0]) if word else 1


def _nowhere(place: TemplatePlace) -> Span:
    return Span(SourceFile(place.name, ""), 0, 0)
