"""Which place of a template wrote which part of the output: for errors that are found in the output only.

The text of an included template mostly goes through `indent` or `nindent` before it is written. So a written text is
compared line by line with what was included in the same action, and where the lines agree but for their indentation,
they are taken to come from there.
"""

import sys
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from generator.dataclass import dataclass
from generator.engines.gotemplate.locate import step_of
from generator.engines.gotemplate.run import Body, Run
from generator.engines.gotemplate.source import Source


@dataclass(frozen=True, slots=True)
class Written:
    """From this offset of the output on, up to the next one, a place of a template wrote it."""

    offset: int
    """In characters."""
    name: str
    """The name under which the template's text was parsed."""
    pos: int
    """The offset in the template's text, in characters."""
    line: int
    """From 1."""
    column: int
    """Bytes since the start of the line, from 0."""


class _Writer:
    """Stands for the list of pieces: notes who appends."""

    def __init__(self, run: "TracedRun") -> None:
        self.run = run
        self.pieces: list[str] = []
        self.written: list[Written] = []
        self.size = 0

    def append(self, piece: str) -> None:
        """Take a piece of text from the code of a template."""
        frame = sys._getframe(1)  # noqa: SLF001 - the line that appends is all that is wanted
        step = step_of(frame, frame.f_lineno)
        if step is not None:
            source = Source(step.origin.unit.text)
            pos = step.site.pos
            here = Written(self.size, step.origin.name, pos, source.line(pos), source.column(pos))
            self.written.append(here)
            if step.site.context:
                self.written += _included(piece, here, self.run.included)
            else:
                self.written += _lines(piece, here, source)
        self.run.included.clear()
        self.pieces.append(piece)
        self.size += len(piece)


def _lines(text: str, start: Written, source: Source) -> list[Written]:
    """Where the further lines of a template's own text come from: trim marks cut only its ends."""
    found = []
    at = text.find("\n")
    while at >= 0:
        pos = start.pos + at + 1
        found.append(Written(start.offset + at + 1, start.name, pos, source.line(pos), 0))
        at = text.find("\n", at + 1)
    return found


def _included(text: str, start: Written, included: list[tuple[str, list[Written]]]) -> list[Written]:
    """Where the lines of a written value come from, if it is an included text with another indentation."""
    lines = text.splitlines(keepends=True)
    stripped = [line.strip() for line in lines]
    for inner, written in reversed(included):
        wanted = [line.strip() for line in inner.strip().splitlines()]
        if not wanted or not written:
            continue
        for first in range(len(lines) - len(wanted) + 1):
            if stripped[first : first + len(wanted)] == wanted:
                return _aligned(lines, first, len(wanted), start, inner, written)
    return []


def _aligned(
    lines: list[str],
    first: int,
    count: int,
    start: Written,
    inner: str,
    written: list[Written],
) -> list[Written]:
    offsets = [one.offset for one in written]
    position = len(inner) - len(inner.lstrip())
    at = start.offset + sum(map(len, lines[:first]))
    found = []
    for line, original in zip(lines[first : first + count], inner.strip().splitlines(keepends=True), strict=True):
        indent = len(original) - len(original.lstrip())
        origin = written[max(bisect_right(offsets, position + indent) - 1, 0)]
        found.append(Written(at, origin.name, origin.pos, origin.line, origin.column))
        at += len(line)
        position += len(original)
    rest = Written(at, start.name, start.pos, start.line, start.column)
    return [*found, rest] if first + count < len(lines) else found


class TracedRun(Run):
    """A run that notes where its output comes from."""

    __slots__ = ("included", "last")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.included: list[tuple[str, list[Written]]] = []
        """What was included since something was written last, and where it comes from."""
        self.last: list[Written] = []

    def capture(self, body: Body, dot: Any) -> str:
        """The text that a definition gives for a value; who wrote it is kept."""
        writer = _Writer(self)
        outer, self.included = self.included, []
        append: Callable[[str], None] = writer.append
        body(self, append, dot)
        self.check_size(writer.pieces)
        text = "".join(writer.pieces)
        self.included = outer
        self.included.append((text, writer.written))
        self.last = writer.written
        return text

    def written(self, text: str, *, dropped: str) -> list[Written]:
        """Who wrote what of the text that was captured last, once everything that is dropped is cut from it."""
        cuts: list[int] = []
        at = text.find(dropped)
        while at >= 0:
            cuts.append(at)
            at = text.find(dropped, at + len(dropped))
        found: list[Written] = []
        for one in self.last:
            offset = one.offset - len(dropped) * bisect_right(cuts, one.offset - 1)
            if found and found[-1].offset >= offset:
                offset = found[-1].offset
                found.pop()
            found.append(Written(max(offset, 0), one.name, one.pos, one.line, one.column))
        return found
