"""Diagnostics for people: the sentence, the line it is about with what is wrong underlined, and what to do.

error[MW332]: replicas must be a number, not text
  --> groups/prod/redis.yaml:2:11
  |
2 | replicas: three
  |           ^^^^^ text is given here
  = hint: write it without quotes
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from generator.diagnostics import Diagnostic, Label, Severity, Span
from generator.entrypoints.report.discreet import discreet
from generator.entrypoints.report.fold import folded
from generator.entrypoints.report.style import Style

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_WIDEST = 160
"""Columns of a source line that are shown; a longer line is cut around what matters."""


_MOST = 3
"""Bundles or objects that are named where one mistake concerns many."""


def diagnostics(found: Sequence[Diagnostic], style: Style) -> str:
    """All of *found*, one after the other, with a count at the end; empty where there is nothing."""
    if not found:
        return ""
    once = folded(discreet(found))
    blocks = ["\n".join(_block(one, style)) for one in once]
    return "\n\n".join([*blocks, summary((each[0] for each in once), style)]) + "\n"


def summary(found: Iterable[Diagnostic], style: Style) -> str:
    """`2 errors, 1 warning`."""
    counts = Counter(one.severity for one in found)
    parts = [
        style(f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}", _COLOURS[severity])
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts)


def _block(alike: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    one = alike[0]
    colour = _COLOURS[one.severity]
    yield f"{style(f'{one.severity}[{one.code}]', 'bold', colour)}{style(':', 'bold')} {style(one.message, 'bold')}"
    labels = [label for label in (one.primary, *one.secondary) if label]
    gutter = max((len(str(label.span.line)) for label in labels), default=1)
    for label in labels:
        yield from _snippet(label, gutter, "^" if label is one.primary else "-", style, colour)
    pad = " " * gutter
    subjects, objects = ({getattr(each, name): None for each in alike} for name in ("subject", "resource"))
    for title, texts in (("bundle", subjects), ("object", objects), ("field", {one.field: None})):
        if named := [text for text in texts if text]:
            yield f"{pad} {style('=', 'cyan')} {title}{'s' if len(named) > 1 else ''}: {_some(named)}"
    if one.hint:
        yield f"{pad} {style('=', 'cyan')} {style('hint', 'bold')}: {one.hint}"


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    shown = ", ".join(names[:_MOST])
    return f"{shown} and {len(names) - _MOST} more" if len(names) > _MOST else shown


def _snippet(label: Label, gutter: int, mark: str, style: Style, colour: str) -> Iterator[str]:
    span = label.span
    line, column = span.file.position(span.start)
    pad = " " * gutter
    yield f"{pad}{style('-->', 'cyan')} {_printable(span.file.path)}:{line}:{column}"
    if not span.file.line_text(line).strip():
        return
    text, before, marked = _window(span, line, column)
    bar = style("|", "cyan")
    yield f"{pad} {bar}"
    yield f"{style(str(line).rjust(gutter), 'cyan')} {bar} {text}"
    painted = style(mark * max(1, _width(marked)), "bold", colour if mark == "^" else "cyan")
    yield f"{pad} {bar} {' ' * _width(before)}{painted}{' ' + label.text if label.text else ''}"


def _window(span: Span, line: int, column: int) -> tuple[str, str, str]:
    """The source line as shown, the part of it before the mark, and the marked part."""
    source = span.file.line_text(line)
    start = column - 1
    end = max(start + 1, min(len(source), start + span.end - span.start))
    first = 0
    if len(source) > _WIDEST:
        first = max(0, min(start - _WIDEST // 3, len(source) - _WIDEST))
    shown = _printable(source[first : first + _WIDEST])
    lead = "…" if first else ""
    tail = "…" if first + _WIDEST < len(source) else ""
    return (
        lead + shown + tail,
        lead + _printable(source[first:start]),
        _printable(source[start : min(end, first + _WIDEST)]),
    )


def _printable(text: str) -> str:
    """Tabs as four spaces, other control characters as their code: nothing in a source file moves the cursor."""
    return "".join("    " if char == "\t" else char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)


def _width(text: str) -> int:
    """Columns on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
