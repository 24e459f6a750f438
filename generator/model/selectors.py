"""Label selectors in full, as k8s.io/apimachinery/pkg/labels reads them.

selector    = [ requirement { "," requirement } ]
requirement = key | "!" key | key ("=" | "==" | "!=" | ">" | "<") [ value ]
            | key ("in" | "notin") "(" [ value ] { "," [ value ] } ")"
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

_TOKEN = re.compile(r"[ \t\r\n]*(?:(?P<sign>==|!=|[=!(),<>])|(?P<word>[^ \t\r\n=!(),<>]+)|(?P<end>$))")
_NAME = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)", re.ASCII)
_PREFIX = re.compile(r"(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_SIGNS = frozenset({"=", "==", "!=", ">", "<"})


class SelectorError(ValueError):
    """A text that is not a selector."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition on one label."""

    key: str
    operator: str
    """`in`, `notin`, `exists`, `!`, `>` or `<`; `=` and `!=` are `in` and `notin` with one value."""

    values: frozenset[str] = frozenset()

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether *labels* meet it. An absent label meets `!` and `notin` only."""
        value = labels.get(self.key)
        if self.operator in {"notin", "!"}:
            return value is None or (self.operator == "notin" and value not in self.values)
        if value is None or self.operator == "exists":
            return value is not None
        if self.operator == "in":
            return value in self.values
        (bound,) = self.values
        if not _is_int64(value):
            return False
        return int(value) > int(bound) if self.operator == ">" else int(value) < int(bound)


@dataclass(frozen=True, slots=True)
class Selector:
    """Requirements, all of which must be met; without any, everything matches."""

    requirements: tuple[Requirement, ...] = ()

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether *labels* meet every requirement."""
        return all(requirement.matches(labels) for requirement in self.requirements)


_OPERATORS = {"In": "in", "NotIn": "notin", "Exists": "exists"}


def of_object(selector: Mapping[str, Any]) -> Selector:
    """What an object's `matchLabels` and `matchExpressions` say (LabelSelectorAsSelector of apimachinery)."""
    from generator.model.values import maps  # which loads YAML; the command line reads selectors without it

    labels = selector.get("matchLabels")
    found = [Requirement(key, "in", frozenset({str(text)})) for key, text in dict(labels or {}).items()]
    for one in maps(selector.get("matchExpressions")):
        values = frozenset(map(str, one.get("values") or ()))
        found.append(Requirement(str(one.get("key")), _OPERATORS.get(str(one.get("operator")), "!"), values))
    return Selector(tuple(found))


@cache
def parse(text: str) -> Selector:
    """The selector in *text*.

    Raises:
        SelectorError: the message says what was found and what was expected.
    """
    return _Parser(text).selector()


class _Parser:
    """Recursive descent over the grammar above."""

    def __init__(self, text: str) -> None:
        self._tokens = [match.group().strip(" \t\r\n") for match in _TOKEN.finditer(text)]
        self._next = 0

    def selector(self) -> Selector:
        found: list[Requirement] = []
        while found or self._look():
            found.append(self._requirement())
            if not self._look():
                break
            if self._take() != ",":
                self._fail("',' or the end", back=1)
        return Selector(tuple(found))

    def _requirement(self) -> Requirement:
        if self._look() == "!":
            self._take()
            return Requirement(self._key(), "!")
        key = self._key()
        if self._look() in {"", ","}:
            return Requirement(key, "exists")
        sign = self._take()
        if sign in {"in", "notin"}:
            return Requirement(key, sign, self._values())
        if sign not in _SIGNS:
            self._fail("one of =, ==, !=, in, notin, >, <", back=1)
        value = self._value("" if self._look() in {"", ","} else self._take())
        if sign in {">", "<"}:
            if not _is_int64(value):
                raise SelectorError(f"{key} {sign} needs a whole number, not {value!r}")
            return Requirement(key, sign, frozenset({value}))
        return Requirement(key, "notin" if sign == "!=" else "in", frozenset({value}))

    def _values(self) -> frozenset[str]:
        if self._take() != "(":
            self._fail("'('", back=1)
        values: set[str] = set()
        word = sign = ""
        while sign != ")":
            sign = self._take()
            if sign in {",", ")"}:
                values.add(self._value(word))
                word = ""
            elif sign and not word:
                word = sign
            else:
                self._fail("',' or ')'", back=1)
        return frozenset(values)

    def _key(self) -> str:
        key = self._take()
        prefix, slash, name = key.rpartition("/")
        if not _NAME.fullmatch(name) or (slash and not _PREFIX.fullmatch(prefix)):
            self._fail("a label key", back=1)
        return key

    def _value(self, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise SelectorError(
                f"{value!r} is no label value: at most 63 letters, digits, '-', '_' and '.', "
                "with a letter or digit at both ends"
            )
        return value

    def _look(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._look()
        self._next += 1
        return token

    def _fail(self, expected: str, *, back: int = 0) -> NoReturn:
        at = self._next - back
        found = self._tokens[at] if at < len(self._tokens) else ""
        raise SelectorError(f"found {found!r} where {expected} is expected" if found else f"{expected} is missing")


def _is_int64(text: str) -> bool:
    return bool(_INTEGER.fullmatch(text)) and -(2**63) <= int(text) < 2**63
