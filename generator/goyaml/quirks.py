"""The few things that libyaml takes and go-yaml, made from an older libyaml, refuses.

Not covered, for nobody writes them: commas and brackets inside tags, and a byte order mark in mid-text.
"""

import re
from typing import Any, Final

import yaml
from yaml.events import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.goyaml.errors import ErrorKind, Problem
from generator.goyaml.events import open_events

_VERSION = re.compile(r"^%YAML[ \t]+(?!1\.1\s)", re.MULTILINE)
_ESCAPED_SLASH = re.compile(r"\\(?:(/)|.)", re.DOTALL)
_FLOW: Final = re.compile(r"[\[{]")


def refused_by_go(text: str) -> Problem | None:
    """The first thing in *text* that go-yaml refuses though libyaml does not; None also if libyaml fails before it."""
    if match := _VERSION.search(text):
        return _problem(text, match.start(), "found incompatible YAML document", 0)
    questions = "?" in text and _FLOW.search(text)
    if not questions and "\\/" not in text:
        return None
    event: Any
    closers: list[str] = []  # of the flow collections and blocks around the event
    starts: list[int] = []
    try:
        next_event = open_events(text)
        while not isinstance(event := next_event(), (DocumentEndEvent, StreamEndEvent)):
            if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                closer = "}" if isinstance(event, MappingStartEvent) else "]"
                closers.append(closer if event.flow_style else "")
                starts.append(event.start_mark.line)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                closers.pop()
                starts.pop()
            elif isinstance(event, ScalarEvent):
                start, end = event.start_mark.index, event.end_mark.index
                source = text[start:end]
                if event.style == '"':
                    for match in _ESCAPED_SLASH.finditer(source):
                        if match[1]:
                            at = start + match.start()
                            line = event.start_mark.line + source.count("\n", 0, match.start())
                            return _problem(text, at, "found unknown escape character", line and line + 1)
                elif not event.style and closers and closers[-1] and "?" in source[1:]:
                    at = start + source.index("?", 1)
                    line = event.start_mark.line + source.count("\n", 0, at - start)
                    message = f"did not find expected ',' or '{closers[-1]}'"
                    return _problem(text, at, message, line or starts[-1])
    except yaml.YAMLError:
        return None
    return None


def _problem(text: str, start: int, message: str, line: int) -> Problem:
    where = f"line {line}: " if line else ""
    return Problem(ErrorKind.SYNTAX, message, start, min(start + 1, len(text)), go_text=f"yaml: {where}{message}")
