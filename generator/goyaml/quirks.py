"""Where libyaml and go-yaml, which was made from an older libyaml, scan differently.

Not covered, for nobody writes them: commas and brackets inside tags, and `[a:]` for a list of `a:`.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from yaml.events import DocumentEndEvent, ScalarEvent, StreamEndEvent

from generator.goyaml.errors import ErrorKind, Problem
from generator.goyaml.events import open_events

_UNKNOWN_ESCAPE: Final = "found unknown escape character"  # libyaml's message, for want of a code
_VERSION: Final = re.compile(r"^%YAML[ \t]+([0-9]+)\.([0-9]+)(?!\S)", re.MULTILINE)
_SLASH_ESCAPE: Final = re.compile(r'[^"]*"(?:[^\\]|\\[^/])*?(\\/)', re.DOTALL)
_DOUBLE_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MARK: Final = "\ufeff"


class Flow(NamedTuple):
    """A flow collection: what closes it, and the line that it starts in, from 0."""

    closer: str
    line: int


def flow_of(text: str, event: Any) -> Flow | None:
    """The flow collection that *event* starts; None for a block."""
    if not event.flow_style:
        return None
    # A single `key: value` inside a list has no braces.
    end = event.end_mark.index
    return Flow("}" if text[end - 1 : end] == "{" else "]", event.start_mark.line)


def may_be_refused(text: str) -> bool:
    """Whether *text* may hold a scalar that go-yaml refuses."""
    return ("?" in text and ("[" in text or "{" in text)) or "\\/" in text


def refused_version(text: str) -> Problem | None:
    """A `%YAML` line of another version than 1.1, which go-yaml refuses."""
    match = _VERSION.search(text) if "%YAML" in text else None
    if match is None or (int(match[1]), int(match[2])) == (1, 1):
        return None
    return _problem(text, match.start(), "found incompatible YAML document", 0)


def refused_scalar(text: str, event: Any, flow: Flow | None) -> Problem | None:
    r"""What go-yaml refuses in the scalar of *event*, in *flow*: `\/` in quotes, a `?` in a plain flow scalar."""
    start, line = event.start_mark.index, event.start_mark.line
    source = text[start : event.end_mark.index]
    if event.style == '"' and (slash := _SLASH_ESCAPE.match(source)):
        line += len(_BREAK.findall(source, 0, slash.start(1)))
        return _problem(text, start + slash.start(1), _UNKNOWN_ESCAPE, line and line + 1)
    if flow and not event.style and (at := source.find("?", 1)) > 0:
        line += len(_BREAK.findall(source, 0, at))
        return _problem(text, start + at, f"did not find expected ',' or '{flow.closer}'", line or flow.line)
    return None


def with_quotes_unescaped(text: str, problem: Problem) -> str | None:
    r"""*text* without the backslashes before single quotes in the double-quoted scalar that *problem* is about.

    go-yaml takes `\'` for a quote. None, where that is not the problem.
    """
    if problem.message != _UNKNOWN_ESCAPE or not text.startswith("\\'", problem.start):
        return None
    scalar = _DOUBLE_QUOTED.match(text, problem.context)
    if scalar is None:
        return None
    mended = _ESCAPE.sub(lambda escape: "'" if escape[0] == "\\'" else escape[0], scalar[0])
    return text[: scalar.start()] + mended + text[scalar.end() :]


def stray_mark(text: str) -> Problem | None:
    """A byte order mark in *text* that is not quoted: go-yaml takes it for text where libyaml skips it."""
    if _MARK not in text:
        return None
    position = 0
    for event in _scalars(text):
        found = text.find(_MARK, position, event.start_mark.index if event.style else event.end_mark.index)
        if found >= 0:
            break
        position = event.end_mark.index
    else:
        found = text.find(_MARK, position)
    message = "a byte order mark inside the text"
    return Problem(ErrorKind.MARK, message, found, found + 1) if found >= 0 else None


def _scalars(text: str) -> Iterator[Any]:
    next_event = open_events(text)
    while type(event := next_event()) not in {DocumentEndEvent, StreamEndEvent}:
        if type(event) is ScalarEvent:
            yield event


def _problem(text: str, start: int, message: str, line: int) -> Problem:
    """A problem of syntax; go-yaml names the *line*, unless that is 0."""
    where = f"line {line}: " if line else ""
    return Problem(ErrorKind.SYNTAX, message, start, min(start + 1, len(text)), go_text=f"yaml: {where}{message}")
