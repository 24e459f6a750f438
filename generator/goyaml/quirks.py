"""Where libyaml and go-yaml, which was made from an older libyaml, scan differently.

What libyaml refuses is mended so that it reads what go-yaml reads: other characters take the place of some, and every
character keeps its place.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import yaml
from yaml.events import DocumentEndEvent, NodeEvent, ScalarEvent, StreamEndEvent

from generator.goyaml.errors import ErrorKind, Problem
from generator.goyaml.events import open_events

_UNKNOWN_ESCAPE: Final = "found unknown escape character"  # libyaml's message, for want of a code
_VERSION: Final = re.compile(r"^%YAML[ \t]+([0-9]+)\.([0-9]+)(?!\S)", re.MULTILINE)
_SLASH_ESCAPE: Final = re.compile(r'[^"]*"(?:[^\\]|\\[^/])*?(\\/)', re.DOTALL)
_DOUBLE_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE: Final = re.compile(r"\\.", re.DOTALL)
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_MARK: Final = "\ufeff"
_END_OF_TAG: Final = frozenset({"did not find expected whitespace or line break", "did not find expected tag URI"})
_COLON: Final = "found unexpected ':'"
_COLON_BEFORE: Final = re.compile(r"(?<=[\w./-]):(?=[,?\[\]{}])")
_TAG: Final = re.compile(r"!(?:[-\w;/?:@&=+$,.!~*'()\[\]%]*)", re.ASCII)
_LONG_TAG: Final = re.compile(r"![-\w;/?:@&=+$.!~*'()%]*[,\[\]]", re.ASCII)
_BRACKETS: Final = re.compile(r"[,\[\]]")
_EMPTY_FIRST: Final = re.compile(
    r"((?:[ \t]*(?:[!&][^\s,\[\]{}]*[ \t]*)?(?:#.*)?[\n\r\x85\u2028\u2029])*"  # lines of comments, tags and anchors
    r"(?:---[ \t]+)? *(?:\[[ \t]*\]|\{[ \t]*\}))"
    r"[ \t]*(?![?-](?:\s|\Z))(?=[^\s#])"
)

_COLON_STAND_IN: Final = "\ue0ff"
"""Stands for a colon before a bracket or a comma, which is a part of a plain scalar for go-yaml alone."""

_MARK_STAND_IN: Final = "\ue0fe"
"""Stands for a byte order mark at the start of a line, which is a part of a plain scalar for go-yaml alone."""

_HAS_STAND_IN: Final = re.compile("[\ue0fe\ue0ff]|\\\\[uU]0*[eE]0[fF][eEfF]")
_RESTORED: Final = str.maketrans({_COLON_STAND_IN: ":", _MARK_STAND_IN: _MARK})


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


def mended(text: str, problem: Problem, *, colons: bool) -> str | None:
    """*text* as libyaml must see it to go on where go-yaml goes on; None, where *problem* is one for both.

    *colons* says that others may stand in for them, see `may_stand_in`.
    """
    if problem.message == _UNKNOWN_ESCAPE:
        return _with_quotes_unescaped(text, problem)
    if problem.message in _END_OF_TAG and problem.context >= 0:
        tag = _TAG.match(text, problem.context)
        return _with_plain_tag(text, tag) if tag and tag.end() > problem.start else None
    if colons and problem.message == _COLON and text.startswith(":", problem.start):
        behind = _COLON_BEFORE.sub(_COLON_STAND_IN, text[problem.start + 1 :])
        return f"{text[: problem.start]}{_COLON_STAND_IN}{behind}"
    return None


def may_stand_in(text: str) -> bool:
    """Whether *text* has none of the characters that stand for others in what is mended, as they are or escaped."""
    return not _HAS_STAND_IN.search(text)


def restored(text: str) -> str:
    """*text*, which was read from something mended, with the characters that others stand for."""
    return text.translate(_RESTORED)


def restored_words(go_text: str) -> str:
    """The same for an error, which shows values as Go writes them."""
    return restored(go_text.replace("\\ue0ff", ":").replace("\\ue0fe", "\\ufeff"))


def with_marks_as_text(text: str) -> str:
    """*text* with another character for each byte order mark in its middle; two at its start are passed over."""
    if _MARK not in text:
        return text
    start = 2 if text.startswith(_MARK * 2) else 1
    return text[:start] + text[start:].replace(_MARK, _MARK_STAND_IN)


def parted(text: str) -> str | None:
    """*text* with a line end behind an empty list or map that it starts with; None, if it does not.

    Such a list is no key for go-yaml, whatever follows it, and the document ends with it.
    """
    match = _EMPTY_FIRST.match(text)
    return f"{match[1]}\n{text[match.end() :]}" if match else None


def with_plain_tags(text: str) -> str:
    """*text* with tags that end for libyaml where they end for go-yaml, which takes commas and brackets for a part."""
    while _LONG_TAG.search(text):
        try:
            found = next(
                (
                    tag
                    for event in _nodes(text)
                    if getattr(event, "tag", None) is not None
                    and (tag := _TAG.match(text, text.index("!", event.start_mark.index)))
                    and _BRACKETS.search(tag[0])
                ),
                None,
            )
        except yaml.YAMLError:
            return text  # whoever reads it will see
        if found is None:
            return text
        text = _with_plain_tag(text, found)
    return text


def _with_plain_tag(text: str, tag: re.Match[str]) -> str:
    return text[: tag.start()] + _BRACKETS.sub(";", tag[0]) + text[tag.end() :]


def _with_quotes_unescaped(text: str, problem: Problem) -> str | None:
    r"""*text* without the backslashes before single quotes in the double-quoted scalar that *problem* is about.

    go-yaml takes `\'` for a quote. None, where that is not the problem.
    """
    if not text.startswith("\\'", problem.start):
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
    return (event for event in _nodes(text) if type(event) is ScalarEvent)


def _nodes(text: str) -> Iterator[Any]:
    next_event = open_events(text)
    while type(event := next_event()) not in {DocumentEndEvent, StreamEndEvent}:
        if isinstance(event, NodeEvent):
            yield event


def _problem(text: str, start: int, message: str, line: int) -> Problem:
    """A problem of syntax; go-yaml names the *line*, unless that is 0."""
    where = f"line {line}: " if line else ""
    return Problem(ErrorKind.SYNTAX, message, start, min(start + 1, len(text)), go_text=f"yaml: {where}{message}")
