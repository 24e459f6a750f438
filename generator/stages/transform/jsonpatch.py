"""JSON Patch, RFC 6902, with JSON Pointer, RFC 6901; on values that are shared and therefore never changed.

Strict where kubectl's library is lax: an index has no sign and no leading zeros, and every operation has the
members that it needs.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_LONGEST = 80
_ESCAPE = re.compile(r"~([^01]|$)")
OPERATIONS = {
    "add": ("path", "value"),
    "remove": ("path",),
    "replace": ("path", "value"),
    "move": ("from", "path"),
    "copy": ("from", "path"),
    "test": ("path", "value"),
}
"""By name: the members that an operation needs."""

_Tokens: TypeAlias = Sequence[str]


class JSONPatchError(Exception):
    """An operation that cannot be done: which one (from 0), the member at fault, and why."""

    def __init__(self, index: int, message: str, member: str = "", hint: str = "") -> None:
        super().__init__(f"operation {index}: {message}")
        self.index = index
        self.message = message
        self.member = member
        self.hint = hint


class _RefusedError(Exception):
    """Why an operation cannot be done, before it is known which one it is."""

    def __init__(self, message: str, member: str = "path", hint: str = "") -> None:
        super().__init__(message, member, hint)


def apply(document: Any, operations: Sequence[Mapping[str, Any]]) -> Any:
    """*document* after all *operations*, one after the other. Neither is changed.

    Raises:
        JSONPatchError: an operation is malformed, its path leads nowhere, or its test fails.
    """
    for index, operation in enumerate(operations):
        try:
            document = _operate(document, operation)
        except _RefusedError as refused:
            raise JSONPatchError(index, *refused.args) from None
    return document


def _operate(document: Any, operation: Mapping[str, Any]) -> Any:
    name = operation.get("op")
    if not isinstance(name, str) or name not in OPERATIONS:
        raise _RefusedError(f"op is one of {', '.join(OPERATIONS)}, not {name!r}", "op")
    for member in OPERATIONS[name]:
        if member not in operation:
            raise _RefusedError(f"{name} needs {member!r}", "op")
    path = _tokens(operation, "path")
    if name == "remove":
        return _without(document, path)
    if name == "replace":
        _at(document, path)
        return _with(document, path, operation["value"], insert=False)
    if name == "add":
        return _with(document, path, operation["value"], insert=True)
    if name == "test":
        found = _at(document, path)
        if not equal(found, operation["value"]):
            raise _RefusedError(f"the test fails: {operation['path']} is {_short(found)}", "value")
        return document
    source = _tokens(operation, "from")
    value = _at(document, source, "from")
    if name == "move":
        if len(path) > len(source) and path[: len(source)] == source:
            raise _RefusedError("a value cannot move into itself")
        document = _without(document, source) if source else None
    return _with(document, path, value, insert=True)


def _tokens(operation: Mapping[str, Any], member: str) -> list[str]:
    """The parts of a JSON Pointer, unescaped."""
    pointer = operation[member]
    if not isinstance(pointer, str):
        raise _RefusedError(f"{member} is a text such as /spec/replicas", member)
    if pointer and not pointer.startswith("/"):
        raise _RefusedError(f"{pointer!r} does not begin with a slash", member, f"write /{pointer}")
    if _ESCAPE.search(pointer):
        raise _RefusedError(f"{pointer!r} has a ~ that is neither ~0 (for ~) nor ~1 (for /)", member)
    return [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]


def _at(document: Any, path: _Tokens, member: str = "path") -> Any:
    """The value at *path*, which must be there."""
    for depth, token in enumerate(path):
        if isinstance(document, Mapping):
            if token not in document:
                raise _missing(path, depth, member)
            document = document[token]
        elif isinstance(document, list):
            document = document[_index(document, path, depth, member=member)]
        else:
            raise _missing(path, depth, member)
    return document


def _with(document: Any, path: _Tokens, value: Any, *, insert: bool) -> Any:
    """*document* with *value* at *path*; in a list it is inserted there or, without *insert*, takes the place."""

    def put(parent: Any) -> Any:
        if isinstance(parent, Mapping):
            return {**parent, path[-1]: value}
        if insert and path[-1] == "-":
            return [*parent, value]
        index = _index(parent, path, len(path) - 1, beyond=insert)
        return [*parent[:index], value, *parent[index + (not insert) :]]

    return _rebuilt(document, path, put) if path else value


def _without(document: Any, path: _Tokens) -> Any:
    """*document* without the value at *path*, which must be there."""

    def drop(parent: Any) -> Any:
        if isinstance(parent, Mapping):
            return {key: value for key, value in parent.items() if key != path[-1]}
        index = int(path[-1])
        return [*parent[:index], *parent[index + 1 :]]

    if not path:
        raise _RefusedError("the whole object cannot be removed", hint="merge: {$patch: delete} drops an object")
    _at(document, path)
    return _rebuilt(document, path, drop)


def _rebuilt(document: Any, path: _Tokens, change: Callable[[Any], Any], depth: int = 0) -> Any:
    """*document* with the container that holds the end of *path* changed, and those above it copied."""
    if depth == len(path) - 1 and isinstance(document, Mapping | list):
        return change(document)
    if isinstance(document, Mapping) and path[depth] in document:
        return {**document, path[depth]: _rebuilt(document[path[depth]], path, change, depth + 1)}
    if isinstance(document, list):
        index = _index(document, path, depth)
        return [*document[:index], _rebuilt(document[index], path, change, depth + 1), *document[index + 1 :]]
    raise _missing(path, depth)


def _index(array: Sequence[Any], path: _Tokens, depth: int, *, beyond: bool = False, member: str = "path") -> int:
    """The index that a part of a path gives into *array*; with *beyond* it may be the place behind the end."""
    token = path[depth]
    if not _INDEX.fullmatch(token):
        raise _RefusedError(f"{_pointer(path, depth)} is a list, and {token!r} is no index into it", member)
    if int(token) >= len(array) + beyond:
        raise _RefusedError(f"{_pointer(path, depth)} has {len(array)} elements: there is no {token}", member)
    return int(token)


def _missing(path: _Tokens, depth: int, member: str = "path") -> _RefusedError:
    """That the value at the first *depth* parts of *path* has no such field."""
    hint = ""
    if member == "path" and depth < len(path) - 1:
        hint = f"add {_pointer(path, depth + 1)} with value {{}} first, or use merge, which makes what is missing"
    return _RefusedError(f"{_pointer(path, depth) or 'the object'} has no {path[depth]!r}", member, hint)


def _pointer(path: _Tokens, depth: int) -> str:
    """The first *depth* parts of *path* as a JSON Pointer."""
    return "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in path[:depth])


def equal(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: numbers by value, true never 1, members in any order."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _short(value: Any) -> str:
    """A value for an error: whole where it is short."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
