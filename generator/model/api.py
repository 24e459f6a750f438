"""What the Kubernetes API says of its kinds: which versions serve them, and the fields and types inside.

The facts stand in tables: `api_table`, which a program wrote, and `custom_table` for the custom kinds that bundles
hold. What an API server refuses beyond types is a matter of `stages/objects`.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple, TypeAlias

from generator.model.api_table import MINORS, SERVED, TYPES
from generator.model.custom_table import CUSTOM_SERVED, CUSTOM_TYPES


class Plain(NamedTuple):
    """A scalar: `str`, `int`, `bool`, `num`, `quantity`, `intstr` (a whole number or text), `bytes` (base64), `any`."""

    name: str


class ListOf(NamedTuple):
    """A list."""

    of: "Type"
    keys: tuple[str, ...] = ()
    """The fields that tell its elements apart, none twice; `=`: the elements themselves."""


class MapOf(NamedTuple):
    """A map with keys of the author's choosing."""

    of: "Type"


class Struct(NamedTuple):
    """A map with the fields of a type, by the type's name."""

    name: str


Type: TypeAlias = Plain | ListOf | MapOf | Struct


class Field(NamedTuple):
    """A field of a struct."""

    type: Type
    required: bool
    since: int
    """The first minor version of Kubernetes that has it; 0: the oldest that the tables know has."""

    until: int
    """The last one; a large number where the newest has it."""


class Served(NamedTuple):
    """A kind in one API version."""

    type: str
    first: int
    last: int


FOREVER: Final = 999
OLDEST, NEWEST = MINORS
_VERSION = re.compile(r"v?1\.(\d+)")
_SERVED = re.compile(r"(\w+)=(\S+)@(\d+)-(\d+)")
_FIELD = re.compile(r"([^\s:!@~]+)(!)?(?:@(\d+))?(?:~(\d+))?:(\S+)")


@cache
def _kinds(api_version: str) -> Mapping[str, Served]:
    text = SERVED.get(api_version, "")
    built_in = {kind: Served(of, int(first), int(last)) for kind, of, first, last in _SERVED.findall(text)}
    custom = dict(pair.split("=") for pair in CUSTOM_SERVED.get(api_version, "").split())
    return built_in | {kind: Served(of, 0, FOREVER) for kind, of in custom.items()}


def served(api_version: str, kind: str) -> Served | None:
    """The kind in that API version; None where the tables do not know it."""
    return _kinds(api_version).get(kind)


def versions(group: str, kind: str) -> dict[str, Served]:
    """The API versions of *group* that any version of Kubernetes serves the kind in, oldest first."""
    names = [one for one in (*SERVED, *CUSTOM_SERVED) if one.rpartition("/")[0] == group]
    return {name: found for name in names if (found := _kinds(name).get(kind))}


def minor(kube_version: str) -> int | None:
    """32 of `v1.32.4`; None where nothing is said. What is newer than the tables counts as their newest."""
    found = _VERSION.match(kube_version)
    return min(int(found[1]), NEWEST) if found else None


@cache
def fields(struct: str) -> Mapping[str, Field]:
    """The fields of a type, by name."""
    text = TYPES.get(struct) or CUSTOM_TYPES[struct]
    return {
        name: Field(_type(of), bool(required), int(since or 0), int(until or FOREVER))
        for name, required, since, until, of in _FIELD.findall(text)
    }


_PLAIN = frozenset({"str", "int", "bool", "num", "quantity", "intstr", "bytes", "any"})


@cache
def _type(text: str) -> Type:
    if text.startswith("["):
        inner, _, keys = text[1:].rpartition("]")
        return ListOf(_type(inner), tuple(keys.removeprefix("|").split(",")) if keys else ())
    if text.startswith("{"):
        return MapOf(_type(text[1:-1]))
    return Plain(text) if text in _PLAIN else Struct(text)
