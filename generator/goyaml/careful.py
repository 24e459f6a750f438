"""From the parser's events to values, by Kubernetes' rules and by Helm's: what `read` asks where text is not plain."""

from collections.abc import Iterator
from math import isfinite, isnan
from typing import Any, Final, NoReturn

import yaml
from yaml.events import ScalarEvent, StreamEndEvent

from generator.dataclass import replace
from generator.goyaml import gosyntax
from generator.goyaml.build import MAX_INT64, Reader, key_kind, problem_at, tag_of
from generator.goyaml.errors import ErrorKind, Problem, YamlError
from generator.goyaml.events import problem_of
from generator.goyaml.numbers import as_kubernetes, format_g32
from generator.goyaml.quirks import (
    may_stand_in,
    mended,
    parted,
    restored,
    restored_words,
    stray_mark,
    with_marks_as_text,
    with_plain_tags,
)

_MOST_MENDED: Final = 20
"""The scalars with an escape that only go-yaml knows, up to which a text is read again after each."""


def manifest(text: str) -> Any:
    """As `read.read_manifest`, but always from events."""
    return _ManifestReader(with_plain_tags(text) if "!" in text else text).read()


def values(text: str) -> Any:
    """As `read.read_values`, but always from events."""
    return _read_mended(text, _ValuesReader)


def typed(text: str) -> Any:
    """As `read.read_typed`, but always from events."""
    return _read_mended(text, _TypedReader)


def _read_mended(text: str, reader: type["_ValuesReader"]) -> Any:
    try:
        return _read_once(text, reader)
    except YamlError:
        below = parted(text)
        if below is None:
            raise
        try:
            return _read_once(below, reader)
        except YamlError:
            pass
        raise


def _read_once(text: str, reader: type["_ValuesReader"]) -> Any:
    """The value of *text*, which is mended until there is nothing that libyaml alone reads otherwise."""
    free = may_stand_in(text)
    seen = with_plain_tags(text) if "!" in text else text
    seen = with_marks_as_text(seen) if free else seen
    sparing = False
    for _ in range(_MOST_MENDED):
        try:
            value = reader(seen, sparing=sparing).read()
        except YamlError as error:
            problem = error.problems[0]
            if problem.kind is ErrorKind.ENCODING and not sparing:
                sparing = True  # go-yaml may not come that far
            elif better := mended(seen, problem, colons=free):
                seen = better
            else:
                words = restored_words(problem.go_text) if free else problem.go_text
                raise YamlError(replace(problem, go_text=words)) from None
        else:
            return _restored(value) if free and seen is not text else value
    return reader(seen, sparing=sparing).read()


def _restored(value: Any) -> Any:
    """*value* with the characters that others stand for."""
    if isinstance(value, str):
        return restored(value)
    if isinstance(value, list):
        return [_restored(item) for item in value]
    if isinstance(value, dict):
        return {_restored(key): _restored(item) for key, item in value.items()}
    return value


class _ManifestReader(Reader):
    """As Kubernetes reads, and all that is doubtful is a problem."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._problems: list[Problem] = []

    def problem(self, problem: Problem) -> None:
        self._problems.append(problem)

    def abort(self, problem: Problem) -> NoReturn:
        raise YamlError(*self._problems, problem)

    def finish(self, value: Any) -> None:
        del value
        if mark := stray_mark(self._text):
            self.problem(mark)
        try:
            event = self._next()
        except yaml.YAMLError as error:
            problem = problem_of(error, self._text)
            if problem.kind is ErrorKind.SYNTAX:
                # The document is over, and the parser wants nothing but another one.
                problem = replace(problem, kind=ErrorKind.TRAILING)
            self.abort(problem)
        if type(event) is not StreamEndEvent:
            self.problem(problem_at(event, ErrorKind.SECOND, "a second document"))
        if self._problems:
            raise YamlError(*self._problems)

    def number(self, value: float, event: Any) -> int | float:
        if not isfinite(value):
            self.problem(problem_at(event, ErrorKind.NUMBER, f"unsupported value: {event.value}"))
        return as_kubernetes(value)

    def key_text(self, key: Any, event: Any) -> str:
        text = event.value if type(event) is ScalarEvent else str(key)
        self.problem(problem_at(event, key_kind(key), f"the key is {tag_of(key)}, not text", key=text))
        return str(text)

    def duplicate(self, key: str, event: Any) -> None:
        self.problem(problem_at(event, ErrorKind.DUPLICATE, "the key stands twice in its map", key=key))

    def merged_over(self, names: list[str], event: Any) -> None:
        if names:
            message = "the merge overwrites a key that stands before it"
            self.problem(problem_at(event, ErrorKind.HIDDEN, message, key=names[0]))


# The phases of sigs.k8s.io/yaml; a problem of an earlier one hides those of a later one.
_DECODING, _CONVERTING, _WRITING = range(3)


class _ValuesReader(Reader):
    """As Helm reads: sigs.k8s.io/yaml into an empty interface."""

    def __init__(self, text: str, *, sparing: bool = False) -> None:
        super().__init__(text, sparing=sparing)
        self._first: dict[int, Problem] = {}  # by phase

    def problem(self, problem: Problem, phase: int = _DECODING) -> None:
        self._first.setdefault(phase, problem)

    def abort(self, problem: Problem) -> NoReturn:
        raise YamlError(problem)

    def finish(self, value: Any) -> None:
        # What a later key of the same name has taken the place of is no problem of the last two phases.
        for phase, problem in sorted(self._first.items()):
            if phase == _CONVERTING:
                for behind in _behind_unsupported_keys(value):
                    raise YamlError(replace(problem, go_text=problem.go_text + gosyntax.show(behind)))
            elif phase == _WRITING:
                for number in _infinite(value):
                    message = f"json: unsupported value: {_spelled(number)}"
                    raise YamlError(replace(problem, message=message, go_text=message))
            else:
                raise YamlError(problem)

    def number(self, value: float, event: Any) -> float:
        if not isfinite(value):
            message = f"json: unsupported value: {_spelled(value)}"
            self.problem(problem_at(event, ErrorKind.NUMBER, message, go_text=message), _WRITING)
        return float(value)

    def key_text(self, key: Any, event: Any) -> str:
        if key is True or key is False:
            return "true" if key else "false"
        if isinstance(key, float):
            text = format_g32(key)
            return {"+Inf": ".inf", "-Inf": "-.inf", "NaN": ".nan"}.get(text, text)
        if isinstance(key, int) and key <= MAX_INT64:
            return str(key)
        kind = "%!s(<nil>)" if key is None else "uint64"
        message = f"unsupported map key of type: {kind}, key: {gosyntax.show(key)}, value: "
        self.problem(problem_at(event, key_kind(key), message, go_text=message), _CONVERTING)
        return _UnsupportedKey()


class _TypedReader(_ValuesReader):
    """As Helm reads what it decodes into a struct."""

    def number(self, value: float, event: Any) -> float:
        super().number(value, event)
        return value


class _UnsupportedKey(str):
    """Stands for a key that JSON cannot have, until the value behind it is known."""

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def _spelled(value: float) -> str:
    return "NaN" if isnan(value) else "+Inf" if value > 0 else "-Inf"


def _infinite(value: Any) -> Iterator[float]:
    """The numbers that JSON does not have, in the order in which it would be written."""
    if isinstance(value, dict):
        for _, item in sorted(value.items(), key=_first_bytes):
            yield from _infinite(item)
    elif isinstance(value, list):
        for item in value:
            yield from _infinite(item)
    elif isinstance(value, float) and not isfinite(value):
        yield value


def _first_bytes(item: tuple[str, Any]) -> bytes:
    return item[0].encode("utf-8", "surrogateescape")


def _behind_unsupported_keys(value: Any) -> Iterator[Any]:
    """The values behind such keys, in the text's order."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(key, _UnsupportedKey):
                yield item
            yield from _behind_unsupported_keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _behind_unsupported_keys(item)
