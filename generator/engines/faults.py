"""What goes wrong in templates and charts, as diagnostics: at the line of the file that is to blame."""

import re
from collections.abc import Iterable, Mapping

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.engines.base import TemplateSource
from generator.engines.gotemplate.errors import ErrorKind, TemplateError
from generator.engines.gotemplate.errors import Place as TemplatePlace
from generator.engines.helm.charts.errors import ChartError, ChartErrorKind
from generator.yamlio.wording import choices, nearest

_OF_DOT = frozenset({"Capabilities", "Chart", "Components", "Files", "Release", "Template", "Values"})
"""What stands behind a dot."""

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
    primary = Label(_span(own[-1], sources) if own else _nowhere(error.place))
    opened = error.data.get("opened")
    if own and opened is not None:
        primary = Label(_opening(sources[own[-1].name], opened), "this is never closed")
    return Diagnostic(
        code=_CODES.get(error.kind, "MW401"),
        message=f"template {template}: {error.message}",
        primary=primary,
        secondary=tuple(Label(_span(place, sources), "called from here") for place in reversed(own[:-1])),
        hint=_hint(error),
    )


def _hint(error: TemplateError) -> str:
    if error.kind == "missing":
        key = str(error.data.get("key", ""))
        near = choices(key, error.data.get("near", ()))
        if key == "date" and not near:
            return "a date is known only when a job runs: in a command, write $(date -u +%Y%m%d)"
        return near or "give it a value, or guard it with default, with, if or required"
    if error.kind == "unavailable":
        return "equal sources must give equal bytes: pass the value in, or refer to a Secret"
    if error.kind == "limit":
        return "a template may not loop, nest or write without end; one that must has its plugin's templateBudget"
    match error.data:
        case {"function": str(name), "known": known}:
            return f"did you mean .{name}?" if name in _OF_DOT else _choice(name, known)
        case {"template": str(name), "known": known}:
            return _choice(name, (one for one in known if "/" not in one))
        case {"opened": _}:
            return "close it with {{ end }}"
        case {"brace": True}:
            return "an action ends with two braces: }}"
        case {"nil": str(name)}:
            return f"what stands before .{name} has no value: give it one, or guard it with `with` or `if`"
        case _:
            return ""


def _choice(name: str, known: Iterable[str]) -> str:
    near = nearest(name, sorted(known))
    return f'did you mean "{near}"?' if near else ""


def _opening(source: TemplateSource, opened: int) -> Span:
    """The action before the byte *opened*."""
    end = len(source.text.encode("utf-8", "surrogateescape")[:opened].decode("utf-8", "replace"))
    start = max(source.text.rfind("{{", 0, end), 0)
    closed = source.text.find("}}", start)
    end = closed + 2 if closed >= 0 else end
    return source.span(start, end) if source.span else Span(SourceFile(source.name, source.text), start, end)


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
