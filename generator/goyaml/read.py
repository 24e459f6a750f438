"""YAML to Python values by Go's rules: as Kubernetes reads manifests, and as Helm reads values.

A text is one document. Aliases are copied out, so values never share anything that could be changed; how much that
may add is bounded, as is depth, and with them the time that a text can take. The parser, which takes long to load, is
for texts that are not quite plain.
"""

import re
from typing import Any, Final

from generator.dataclass import replace
from generator.goyaml.errors import ErrorKind, Problem, YamlError
from generator.goyaml.quick import UNSURE, read_quickly
from generator.goyaml.stream import parts
from generator.pattern import pattern

_STARTS: Final = r"(?:^|(?<=[\s\[,{]))"
_MINUS_ZERO: Final = pattern(_STARTS + r"-[0._]+(?:[eE]|(?![\w.]))", re.MULTILINE)
"""What may be a float that is not what an integer becomes."""
_FLOAT_OR_LONG: Final = pattern(
    _STARTS + r"[-+]?(?:[.0][0-9_]|[0-9][0-9_]*(?:\.[0-9_]*(?![.\w])|[0-9_.]*[eE]|[0-9_]{17}))", re.MULTILINE
)
"""What may be a number that Kubernetes has another type for than go-yaml."""


def read_manifest(text: str) -> Any:
    """The one document of *text* as Kubernetes reads it, but stricter; None for an empty one.

    Numbers without a fraction are `int` where int64 holds them (`1e3` too), all others `float`. What Kubernetes takes
    silently though it can hardly be meant is refused: duplicate keys, keys that are not text, text that would be
    dropped.

    Raises:
        YamlError: with all problems of the text, in its order, up to the first one in its syntax.
    """
    value = read_quickly(text)
    if value is not UNSURE:
        return value
    from generator.goyaml import careful

    return careful.manifest(text)


def read_values(text: str) -> Any:
    """The first document of *text* as Helm's `fromYaml` and values files read it: every number is a `float`.

    Of duplicate keys the last one counts; keys that are booleans or numbers become text; further documents, and text
    behind the first one, are ignored.

    Raises:
        YamlError: with one problem, the one that sigs.k8s.io/yaml would name.
    """
    value = _quickly(text, _MINUS_ZERO)
    if value is not UNSURE:
        return _floats(value)
    from generator.goyaml import careful

    return careful.values(text)


def read_typed(text: str) -> Any:
    """As `read_values`, but an integer stays an `int`.

    sigs.k8s.io/yaml looks at numbers that way before it makes JSON of them: one that stands where a struct has a
    string becomes that string.
    """
    value = _quickly(text, _FLOAT_OR_LONG)
    if value is not UNSURE:
        return value
    from generator.goyaml import careful

    return careful.typed(text)


def _quickly(text: str, doubtful: re.Pattern[str]) -> Any:
    """*text*, if it is plain and has no number that is *doubtful*; else `UNSURE`."""
    if text[-1:] != "\n" and "|" not in text:
        text += "\n"  # which counts for nothing but a block
    value = read_quickly(text)
    return UNSURE if value is not UNSURE and doubtful.search(text) else value


def _floats(value: Any) -> Any:
    """*value*, which is nobody else's, with a `float` for every number."""
    kind = value.__class__
    if kind is dict:
        for key, item in value.items():
            if item.__class__ not in _NO_NUMBERS:
                value[key] = _floats(item)
    elif kind is list:
        value[:] = [_floats(item) for item in value]
    elif kind is int:
        return float(value)
    return value


_NO_NUMBERS: Final = frozenset({str, bool, type(None), float})


def read_map(text: str) -> dict[str, Any]:
    """As sigs.k8s.io/yaml unmarshals *text* into a map: Helm's `fromYaml`. Empty, where there is nothing.

    Raises:
        YamlError: with one problem, whose `go_text` is the whole error.
    """
    value = _unmarshal(text)
    if value is not None and not isinstance(value, dict):
        raise _misshapen(value, "map[string]interface {}")
    return value or {}


def read_list(text: str) -> list[Any]:
    """As sigs.k8s.io/yaml unmarshals *text* into a list: Helm's `fromYamlArray`. Empty, where there is nothing.

    Raises:
        YamlError: with one problem, whose `go_text` is the whole error.
    """
    value = _unmarshal(text)
    if value is not None and not isinstance(value, list):
        raise _misshapen(value, "[]interface {}")
    return value or []


def read_values_file(text: str) -> dict[str, Any]:
    """A values file as Helm 4 reads it: the maps of all its documents, merged; later ones win, key by key.

    Raises:
        YamlError: with one problem, whose `go_text` is the whole error.
    """
    values: dict[str, Any] = {}
    for start, end in parts(text):
        try:
            values = merge_maps(values, read_map(text[start:end]))
        except YamlError as error:
            problem = error.problems[0]
            go_text = f"cannot unmarshal yaml document: {problem.go_text}"
            shifted = replace(problem, start=problem.start + start, end=problem.end + start, go_text=go_text)
            raise YamlError(shifted) from None
    return values


def merge_maps(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """A map of both: maps under one key are merged, else *other* wins."""
    result = dict(one)
    for key, value in other.items():
        below = result.get(key)
        result[key] = merge_maps(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return result


def _unmarshal(text: str) -> Any:
    try:
        return read_values(text)
    except YamlError as error:
        problem = error.problems[0]
        go_text = f"error converting YAML to JSON: {problem.go_text}"
        raise YamlError(replace(problem, go_text=go_text)) from None


def _misshapen(value: Any, wanted: str) -> YamlError:
    kinds = {str: "string", bool: "bool", float: "number", list: "array", dict: "object"}
    from generator.goyaml.unjson import mismatch

    message = f"error unmarshaling JSON: while decoding JSON: {mismatch(kinds[type(value)], wanted)}"
    return YamlError(Problem(ErrorKind.SHAPE, message, 0, 0, go_text=message))
