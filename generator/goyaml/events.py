"""The events of a YAML text, from libyaml where PyYAML has it, else from PyYAML's own parser (ten times slower).

libyaml is what go-yaml was made from: both scan and parse alike. What scalars mean is another matter, see `resolve`.
"""

from collections.abc import Callable
from typing import Any, Final

import yaml
from yaml.parser import Parser
from yaml.reader import Reader, ReaderError
from yaml.scanner import Scanner, ScannerError

from generator.goyaml.errors import ErrorKind, Problem, YamlError

CParser: Any
try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    CParser = None

NextEvent = Callable[[], Any]
"""Gives the next event each time it is called; raises `yaml.YAMLError`, which `problem_of` explains."""


class _PythonParser(Reader, Scanner, Parser):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


class _Chunks:
    """Bytes as go-yaml takes them from a text: up to 512, with what it has of a character already."""

    _MOST: Final = 512
    _LEADS: Final = {1: 0xC0, 2: 0xE0, 3: 0xF0}
    """By how many bytes there are of a character: the least first byte that promises more of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self._kept = 0

    def read(self, size: int) -> bytes:
        del size  # libyaml has room for more
        chunk = self._data[self._at : self._at + self._MOST - self._kept]
        self._at += len(chunk)
        ends = ((count, self._data[max(self._at - count, 0)]) for count in self._LEADS)
        self._kept = next((count for count, byte in ends if chunk and byte >= self._LEADS[count]), 0)
        return chunk


def open_events(text: str, *, sparing: bool = False) -> NextEvent:
    """The events of *text*, from the start of the stream to its end; a byte that is no UTF-8 stands as in PEP 383.

    *sparing* reads no further than go-yaml does, and is slower: it tells which of two mistakes is named, and whether
    what stands behind the document is read at all.

    Raises:
        YamlError: the text is not Unicode.
    """
    try:
        # Bytes, so that libyaml itself complains about those that are no UTF-8.
        data = text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise YamlError(Problem(ErrorKind.ENCODING, "half a surrogate pair", error.start, error.start + 1)) from None
    if CParser is not None:
        next_event: NextEvent = CParser(_Chunks(data) if sparing else data).get_event
        return next_event
    try:
        next_event = _PythonParser(text).get_event
    except yaml.YAMLError as error:
        raise YamlError(problem_of(error, text)) from None
    return next_event


def problem_of(error: yaml.YAMLError, text: str) -> Problem:
    """What the parser complained about in *text*, and how go-yaml would put it."""
    if isinstance(error, ReaderError):
        message, start = str(error.reason), int(error.position)
        if CParser is not None:  # libyaml counts bytes here
            head = text.encode("utf-8", "surrogateescape")[:start]
            start = len(head.decode("utf-8", "surrogateescape"))
        return Problem(ErrorKind.ENCODING, message, start, min(start + 1, len(text)), go_text=f"yaml: {message}")
    if not isinstance(error, yaml.MarkedYAMLError):
        raise error
    message = error.problem or "unknown problem parsing YAML content"
    mark, context = error.problem_mark, error.context_mark
    line = 0  # go-yaml's, which is not always the true one
    if mark is not None and mark.line:
        line = mark.line + (1 if isinstance(error, ScannerError) else 0)
    elif context is not None:
        line = context.line
    start = mark.index if mark is not None else 0
    return Problem(
        ErrorKind.SYNTAX,
        message,
        start,
        min(start + 1, len(text)),
        context=context.index if context is not None else -1,
        go_text=f"yaml: line {line}: {message}" if line else f"yaml: {message}",
    )
