"""From events to values: the machine behind the two ways of reading in `read`."""

from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import Any, Final, NamedTuple, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.goyaml import gosyntax
from generator.goyaml.errors import ErrorKind, Problem
from generator.goyaml.events import open_events, problem_of
from generator.goyaml.quirks import Flow, flow_of, may_be_refused, refused_scalar, refused_version
from generator.goyaml.resolve import HINTS, is_timestamp, resolve

MAX_DEPTH: Final = 200
"""Lists and maps within one another; Kubernetes objects hardly reach 30."""

MAX_ALIASED: Final = 400_000
"""Values that aliases may add to a document: what go-yaml allows a small one."""

MAX_INT64: Final = 2**63 - 1

_TOO_DEEP = f"exceeded max depth of {MAX_DEPTH}"
_CORE_TAG = "tag:yaml.org,2002:"
_KEY_HINTS = HINTS | {"<"}
_MERGE: Any = object()  # stands for the key `<<`


class _Anchored(NamedTuple):
    value: Any
    size: int  # values in it, itself included; 0 while it is still being read
    depth: int  # the lists and maps within one another in it


class Reader:
    """Builds the value of a document from its events. What the two ways of reading differ in stands in subclasses."""

    def __init__(self, text: str, *, sparing: bool = False) -> None:
        self._text = text
        self._next = open_events(text, sparing=sparing)
        self._doubtful = may_be_refused(text)
        self._anchors: dict[str, _Anchored] = {}
        self._size = 0  # values read so far, copies included
        self._shown = 0  # collections around that are keys: they are refused, and shown with their keys as they are
        self._aliased = 0  # those of them that aliases added

    def read(self) -> Any:
        """The value of the document; None, if there is none."""
        if refused := refused_version(self._text):
            self.abort(refused)
        try:
            self._next()  # the stream starts
            if type(self._next()) is StreamEndEvent:
                return None
            event = self._next()
            self._check(event, None)
            value = self._value(event, 0)
            self._next()  # the document ends
            self._check_aliases()
            self.finish(value)
        except yaml.YAMLError as error:
            self.abort(problem_of(error, self._text))
        return value

    # What the ways of reading differ in.

    def problem(self, problem: Problem) -> None:
        """Keep *problem* and go on."""
        raise NotImplementedError

    def abort(self, problem: Problem) -> NoReturn:
        """Raise *problem*, after which there is no going on."""
        raise NotImplementedError

    def finish(self, value: Any) -> None:
        """Called at the end of the document, whose value is *value*."""
        raise NotImplementedError

    def number(self, value: float, event: Any) -> int | float:
        """*value* as the kind of number that this way of reading has."""
        raise NotImplementedError

    def key_text(self, key: Any, event: Any) -> str:
        """*key*, which is null, a boolean or a number, as text."""
        raise NotImplementedError

    def duplicate(self, key: str, event: Any) -> None:
        """Called for a key that its map has already."""

    def merged_over(self, names: list[str], event: Any) -> None:
        """Called for keys that stand before the merge that sets them again."""

    # Containers.

    def _mapping(self, depth: int, flow: Flow | None) -> dict[str, Any]:
        next_event, doubtful = self._next, self._doubtful
        result: dict[str, Any] = {}
        merged: set[str] | None = None  # the keys that came from a merge, once there is one
        while True:
            event = next_event()
            if type(event) is ScalarEvent:
                if doubtful:
                    self._check(event, flow)
                key = event.value
                # Quoted, or of a shape that is always text: the key means itself.
                if (not event.style and key[:1] in _KEY_HINTS) or event.tag is not None or event.anchor is not None:
                    key = self._key(event, depth)
            elif type(event) is MappingEndEvent:
                self._size += 2 * len(result) + 1
                return result
            else:
                key = self._key(event, depth)
            if key is _MERGE:
                if merged is not None:
                    self.duplicate("<<", event)
                merged = self._merge(result, next_event(), event, depth)
                continue
            if key in result:
                if merged is None or key not in merged:
                    self.duplicate(key, event)
                else:
                    merged.remove(key)
            event = next_event()
            if doubtful:
                self._check(event, flow)
            if type(event) is ScalarEvent and event.tag is None and event.anchor is None:
                value = event.value
                result[key] = self._plain(value, event) if not event.style and value[:1] in HINTS else value
            else:
                result[key] = self._value(event, depth)

    def _sequence(self, depth: int, flow: Flow | None) -> list[Any]:
        next_event, doubtful = self._next, self._doubtful
        result: list[Any] = []
        while True:
            event = next_event()
            if doubtful:
                self._check(event, flow)
            if type(event) is ScalarEvent and event.tag is None and event.anchor is None:
                value = event.value
                result.append(self._plain(value, event) if not event.style and value[:1] in HINTS else value)
            elif type(event) is SequenceEndEvent:
                self._size += len(result) + 1
                return result
            else:
                result.append(self._value(event, depth))

    def _value(self, event: Any, depth: int) -> Any:
        """The value that starts with *event*, of any shape."""
        kind = type(event)
        if kind is AliasEvent:
            return self._alias(event, depth)
        if kind is not ScalarEvent and depth == MAX_DEPTH:
            self.abort(problem_at(event, ErrorKind.DEPTH, _TOO_DEEP))
        before = self._size
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(None, 0, 0)
        value: Any
        if kind is MappingStartEvent:
            value = self._mapping(depth + 1, flow_of(self._text, event) if self._doubtful else None)
        elif kind is SequenceStartEvent:
            value = self._sequence(depth + 1, flow_of(self._text, event) if self._doubtful else None)
        else:
            value = self._scalar(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, max(self._size - before, 1), _depth(value))
        return value

    def _check(self, event: Any, flow: Flow | None) -> None:
        """Abort at a scalar that libyaml takes and go-yaml does not."""
        if type(event) is ScalarEvent and (refused := refused_scalar(self._text, event, flow)):
            self.abort(refused)

    def _alias(self, event: Any, depth: int) -> Any:
        anchored = self._anchors.get(event.anchor)
        if anchored is None:
            message = f"unknown anchor '{event.anchor}' referenced"
            self.abort(problem_at(event, ErrorKind.ALIAS, message))
        if not anchored.size:
            self.problem(problem_at(event, ErrorKind.SELF, f"anchor '{event.anchor}' value contains itself"))
            return None
        self._size += anchored.size
        self._aliased += anchored.size
        if self._aliased > MAX_ALIASED:
            self.abort(problem_at(event, ErrorKind.SIZE, "document contains excessive aliasing"))
        if depth + anchored.depth > MAX_DEPTH:
            self.abort(problem_at(event, ErrorKind.DEPTH, _TOO_DEEP))
        return _copy(anchored.value)

    def _check_aliases(self) -> None:
        """Refuse a document of which more than 99 % comes from aliases, as go-yaml does."""
        if self._aliased > 100 and self._size > 1000 and self._aliased > 0.99 * self._size:
            message = "document contains excessive aliasing"
            self.problem(Problem(ErrorKind.SIZE, message, 0, len(self._text), go_text=f"yaml: {message}"))

    def _merge(self, result: dict[str, Any], event: Any, key_event: Any, depth: int) -> set[str]:
        """Put the maps that `<<` names into *result*, and return their keys.

        What stands there is overwritten: the later text counts.
        """
        value = self._value(event, depth)
        sources = value if type(event) is SequenceStartEvent else [value]
        if not all(isinstance(source, dict) for source in sources):
            message = "map merge requires map or sequence of maps as the value"
            self.problem(problem_at(event, ErrorKind.MERGE, message))
            return set()
        hidden = [name for source in sources for name in source if name in result]
        for source in reversed(sources):  # of several, the first one counts
            result.update(source)
        self.merged_over(hidden, key_event)
        return {name for source in sources for name in source}

    # Scalars.

    def _plain(self, text: str, event: Any) -> Any:
        value = resolve(text)
        if isinstance(value, (int, float)) and value is not True and value is not False:
            return self.number(value, event)
        return value

    def _scalar(self, event: Any) -> Any:
        value = self._resolved(event)
        if isinstance(value, (int, float)) and value is not True and value is not False:
            return self.number(value, event)
        return value

    def _resolved(self, event: Any) -> Any:
        """The value of a scalar that may have a tag."""
        text: str = event.value
        tag = event.tag
        if tag is None:
            return resolve(text) if event.implicit[0] else text
        if not tag.startswith(_CORE_TAG):
            return text  # `!`, or an application's own tag, which go-yaml ignores
        short = tag.removeprefix(_CORE_TAG)
        if short == "binary":
            return self._binary(text, event)
        if short not in {"bool", "int", "float", "null", "timestamp"}:
            return text
        value = resolve(text)
        found = tag_of(value)
        if found == short:
            return value
        if short == "float" and isinstance(value, int) and not isinstance(value, bool) and value <= MAX_INT64:
            return float(value)
        if short == "timestamp" and is_timestamp(text):
            return text
        self.problem(problem_at(event, ErrorKind.TAG, f"cannot decode !!{found} `{text}` as a !!{short}"))
        return text

    def _binary(self, text: str, event: Any) -> str:
        digits = text.replace("\n", "").replace("\r", "").encode()
        try:
            data = None if len(digits) % 4 else a2b_base64(digits, strict_mode=True)
        except Base64Error:
            data = None
        if data is None:
            self.problem(problem_at(event, ErrorKind.TAG, "!!binary value contains invalid base64 data"))
            return text
        # What is no UTF-8 cannot pass through JSON.
        return data.decode("utf-8", "replace")

    def _key(self, event: Any, depth: int) -> Any:
        """The key that starts with *event*: text, or `_MERGE`."""
        if type(event) is not ScalarEvent:
            self._shown += 1
            value = self._value(event, depth)
            self._shown -= 1
            if isinstance(value, (dict, list)):
                message = f"invalid map key: {gosyntax.show(value)}"
                self.problem(problem_at(event, ErrorKind.COLLECTION_KEY, message))
                return ""
        else:
            if event.value == "<<" and (event.implicit[0] or event.tag == f"{_CORE_TAG}merge"):
                return _MERGE
            value = self._resolved(event)
            if event.anchor is not None:
                self._anchors[event.anchor] = _Anchored(value, 1, 0)
        return value if isinstance(value, str) or self._shown else self.key_text(value, event)


def problem_at(event: Any, kind: ErrorKind, message: str, *, key: str = "", go_text: str | None = None) -> Problem:
    """A problem where *event* stands; go-yaml's text is *message*, unless *go_text* says otherwise."""
    return Problem(
        kind,
        message,
        event.start_mark.index,
        event.end_mark.index,
        key=key,
        go_text=f"yaml: {message}" if go_text is None else go_text,
    )


def key_kind(key: Any) -> ErrorKind:
    """What is wrong with a *key* that is null, a boolean or a number."""
    if key is None:
        return ErrorKind.NULL_KEY
    return ErrorKind.BOOLEAN_KEY if isinstance(key, bool) else ErrorKind.NUMBER_KEY


def tag_of(value: Any) -> str:
    """The YAML type of the scalar *value*, without its `!!`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    return "int" if isinstance(value, int) else "float" if isinstance(value, float) else "str"


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_copy(item) for item in value]
    return value


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0
