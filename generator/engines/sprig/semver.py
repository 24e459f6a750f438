"""Semantic versions and constraints on them, by the rules of Masterminds/semver 3.5."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple

from generator.dataclass import dataclass, replace
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoObject, Uint64
from generator.engines.gotemplate.text import length, quote
from generator.engines.sprig.lists import NIL_POINTER

_MAX_VERSION: Final = 256
_MAX_CONSTRAINT: Final = 512
_MAX_GROUPS: Final = 32
_MAX_UINT64: Final = (1 << 64) - 1

_IDENTIFIERS: Final = r"[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*"
_EXTRAS: Final = rf"(?:-({_IDENTIFIERS}))?(?:\+({_IDENTIFIERS}))?"
_VERSION: Final = re.compile(rf"v?([0-9]+)(?:\.([0-9]+))?(?:\.([0-9]+))?{_EXTRAS}\Z")

# A constraint may have x, X or * for a number. The bar is upstream's slip: accepted here, refused later.
_NUMBER: Final = "[0-9xX|*]+"
_WANTED: Final = rf"v?{_NUMBER}(?:\.{_NUMBER})?(?:\.{_NUMBER})?(?:-{_IDENTIFIERS})?(?:\+{_IDENTIFIERS})?"
_WANTED_PARTS: Final = re.compile(rf"v?({_NUMBER})(\.{_NUMBER})?(\.{_NUMBER})?{_EXTRAS}\Z")
_SPACE: Final = r"[\t\n\f\r ]"
_OPERATOR: Final = ">=|=>|<=|=<|~>|!=|[=><~^]"
_ITEM: Final = rf"(?:(?:{_OPERATOR}){_SPACE}*)?{_WANTED}"
# One way to read each text, so that nothing is tried twice.
_GROUP: Final = re.compile(rf"{_SPACE}*{_ITEM}(?:(?:{_SPACE}+|{_SPACE}*,{_SPACE}*){_ITEM})*{_SPACE}*\Z")
_ITEMS: Final = re.compile(rf"({_OPERATOR}|){_SPACE}*({_WANTED})")
_RANGE: Final = re.compile(rf"{_SPACE}*({_WANTED}){_SPACE}+-{_SPACE}+({_WANTED}){_SPACE}*")
_ANY: Final = frozenset("xX*")


@dataclass(frozen=True, slots=True)
class VersionValue(GoObject):
    """A `semver.Version`, which has the methods that need no pointer. Metadata does not count in comparisons."""

    major: int = 0
    minor: int = 0
    patch: int = 0
    prerelease: str = ""
    metadata: str = ""
    original: str = ""

    go_type: ClassVar[str] = "semver.Version"

    def go_string(self) -> str:
        """The version, written out in full and without a leading `v`."""
        text = f"{self.major}.{self.minor}.{self.patch}"
        if self.prerelease:
            text += f"-{self.prerelease}"
        if self.metadata:
            text += f"+{self.metadata}"
        return text

    def go_layout(self) -> Mapping[str, object]:
        """The fields of the struct, none of which is exported."""
        return {
            "major": Uint64(self.major),
            "minor": Uint64(self.minor),
            "patch": Uint64(self.patch),
            "pre": self.prerelease,
            "metadata": self.metadata,
            "original": self.original,
        }

    def go_copied(self) -> "VersionValue":
        """The zero version."""
        return self.__class__()

    def go_json(self) -> str:
        """As it prints."""
        return self.go_string()

    def go_yaml(self) -> str:
        """As it prints."""
        return self.go_string()

    def go_methods(self) -> Mapping[str, Func]:
        """The methods of the type."""
        return {
            "String": Func("func() string", self.go_string),
            "Major": Func("func() uint64", lambda: Uint64(self.major)),
            "Minor": Func("func() uint64", lambda: Uint64(self.minor)),
            "Patch": Func("func() uint64", lambda: Uint64(self.patch)),
            "Prerelease": Func("func() string", lambda: self.prerelease),
            "Metadata": Func("func() string", lambda: self.metadata),
            "IncPatch": Func("func() semver.Version", self._next_patch),
            "IncMinor": Func("func() semver.Version", self._next_minor),
            "IncMajor": Func("func() semver.Version", self._next_major),
            "SetPrerelease": Func("func(string) (semver.Version, error)", self._with_prerelease),
            "SetMetadata": Func("func(string) (semver.Version, error)", self._with_metadata),
            "MarshalText": Func("func() ([]uint8, error)", self._text_bytes),
            "MarshalJSON": Func("func() ([]uint8, error)", self._json_bytes),
            "Value": Func("func() (driver.Value, error)", self.go_string),
        }

    def _text_bytes(self) -> bytes:
        return self.go_string().encode()

    def _json_bytes(self) -> bytes:
        return f'"{self.go_string()}"'.encode()

    def order(self) -> tuple[object, ...]:
        """A key that sorts versions; a pre-release comes before its release."""
        parts = [_identifier_order(part) for part in self.prerelease.split(".")] if self.prerelease else []
        return self.major, self.minor, self.patch, not self.prerelease, parts

    def _next_patch(self) -> "VersionValue":
        return self._changed(patch=self.patch if self.prerelease else _next("patch", self.patch))

    def _next_minor(self) -> "VersionValue":
        return self._changed(minor=_next("minor", self.minor), patch=0)

    def _next_major(self) -> "VersionValue":
        return self._changed(major=_next("major", self.major), minor=0, patch=0)

    def _with_prerelease(self, prerelease: str) -> "VersionValue":
        if prerelease:
            _check_prerelease(prerelease)
        return self._changed(prerelease=prerelease, metadata=self.metadata)

    def _with_metadata(self, metadata: str) -> "VersionValue":
        if metadata:
            _check_metadata(metadata)
        return self._changed(prerelease=self.prerelease, metadata=metadata)

    def _changed(
        self,
        *,
        major: int | None = None,
        minor: int | None = None,
        patch: int | None = None,
        prerelease: str = "",
        metadata: str = "",
    ) -> "VersionValue":
        changed = VersionValue(
            self.major if major is None else major,
            self.minor if minor is None else minor,
            self.patch if patch is None else patch,
            prerelease,
            metadata,
        )
        prefix = "v" if self.original.startswith("v") else ""
        return replace(changed, original=prefix + changed.go_string())


@dataclass(frozen=True, slots=True)
class Version(VersionValue):
    """A `*semver.Version`: what `semver` gives."""

    go_type: ClassVar[str] = "*semver.Version"
    go_kind: ClassVar[str] = "ptr"

    def go_methods(self) -> Mapping[str, Func]:
        """The methods of the pointer, but for those that change the version."""
        compare = self._compare
        return {
            **VersionValue.go_methods(self),
            "Original": Func("func() string", lambda: self.original),
            "Compare": Func("func(*semver.Version) int", compare),
            "Equal": Func("func(*semver.Version) bool", lambda other: other is not None and compare(other) == 0),
            "LessThan": Func("func(*semver.Version) bool", lambda other: compare(other) < 0),
            "LessThanEqual": Func("func(*semver.Version) bool", lambda other: compare(other) <= 0),
            "GreaterThan": Func("func(*semver.Version) bool", lambda other: compare(other) > 0),
            "GreaterThanEqual": Func("func(*semver.Version) bool", lambda other: compare(other) >= 0),
        }

    def _compare(self, other: "Version | None") -> int:
        if other is None:
            raise FuncError(NIL_POINTER)
        left, right = self.order(), other.order()
        return (left > right) - (left < right)


def _next(part: str, number: int) -> int:
    if number == _MAX_UINT64:
        raise FuncError(f"{part} version increment would overflow uint64")
    return number + 1


def _identifier_order(identifier: str) -> tuple[bool, int, str]:
    """Numbers come before names, in their own order."""
    if identifier.isdigit() and int(identifier) <= _MAX_UINT64:
        return False, int(identifier), identifier
    return True, 0, identifier


def _check_prerelease(text: str) -> None:
    for part in text.split("."):
        if not re.fullmatch(_IDENTIFIERS, part):
            raise FuncError("invalid prerelease string")
        if len(part) > 1 and part[0] == "0" and part.isdigit():
            raise FuncError("version segment starts with 0")


def _check_metadata(text: str) -> None:
    if not re.fullmatch(_IDENTIFIERS, text):
        raise FuncError("invalid metadata string")


@lru_cache(maxsize=1024)
def parse_version(text: str) -> Version:
    """A version, of which the minor and patch numbers may be left out, with or without a leading `v`.

    Raises:
        FuncError: it is none.
    """
    if length(text) > _MAX_VERSION:
        raise FuncError(f"version string is too long (max {_MAX_VERSION} bytes)")
    match = _VERSION.match(text)
    if match is None:
        raise FuncError("invalid semantic version")
    major, minor, patch = (_number(match[group] or "0") for group in (1, 2, 3))
    prerelease, metadata = match[4] or "", match[5] or ""
    if prerelease:
        _check_prerelease(prerelease)
    return Version(major, minor, patch, prerelease, metadata, text)


def _number(digits: str) -> int:
    number = int(digits)
    if number > _MAX_UINT64:
        raise FuncError(
            f"error parsing version segment: strconv.ParseUint: parsing {quote(digits)}: value out of range"
        )
    return number


class _Constraint(NamedTuple):
    """One comparison. Below `given` numbers were said, such as 2 for `1.2`; with 3 nothing was left open."""

    operator: str
    version: Version
    given: int


_Constraints = tuple[tuple[_Constraint, ...], ...]
"""Alternatives, of which each is a list of comparisons that must all hold."""


@lru_cache(maxsize=1024)
def parse_constraints(text: str) -> _Constraints:
    """Comparisons joined by blanks or commas, and alternatives of them joined by `||`.

    Raises:
        FuncError: it is none, or too long.
    """
    if length(text) > _MAX_CONSTRAINT:
        raise FuncError(f"constraint string is too long (max {_MAX_CONSTRAINT} bytes)")
    for match in list(_RANGE.finditer(text)):
        text = text.replace(match[0], f">= {match[1]}, <= {match[2]} ", 1)
    groups = text.split("||")
    if len(groups) > _MAX_GROUPS:
        raise FuncError(f"too many constraint groups (max {_MAX_GROUPS})")
    return tuple(map(_parse_group, groups))


def _parse_group(text: str) -> tuple[_Constraint, ...]:
    if not _GROUP.match(text):
        raise FuncError(f"improper constraint: {quote(text)}")
    return tuple(_parse_constraint(item[1], item[2]) for item in _ITEMS.finditer(text))


def _parse_constraint(operator: str, text: str) -> _Constraint:
    match = _WANTED_PARTS.match(text)
    assert match is not None
    numbers = [match[1], (match[2] or ".x")[1:], (match[3] or ".x")[1:]]
    given = next((place for place, number in enumerate(numbers) if number in _ANY), 3)
    if given < 3:
        prerelease = f"-{match[4]}" if match[4] else ""
        text = ".".join([*numbers[:given], *["0"] * (3 - given)]) + prerelease
    try:
        return _Constraint(operator, parse_version(text), given)
    except FuncError:
        raise FuncError("constraint parser error") from None


def _holds(version: Version, constraints: _Constraints) -> bool:
    return any(_all_hold(version, group) for group in constraints)


def _all_hold(version: Version, group: tuple[_Constraint, ...]) -> bool:
    # A pre-release is only ever wanted by who names one.
    if version.prerelease and not any(constraint.version.prerelease for constraint in group):
        return False
    return all(_CHECKS[constraint.operator](version, constraint) for constraint in group)


def _equal(version: Version, wanted: _Constraint) -> bool:
    if wanted.given < 3:
        return _tilde(version, wanted)
    return version.order() == wanted.version.order()


def _not_equal(version: Version, wanted: _Constraint) -> bool:
    target = wanted.version
    if wanted.given == 3:
        return version.order() != target.order()
    if version.major != target.major:
        return True
    if wanted.given == 1:
        return False
    if version.minor != target.minor:
        return True
    if wanted.given == 2:
        return version.order()[3:] != target.order()[3:]
    # `!=*`: upstream compares with 0.0.0 here.
    return version.patch != target.patch or version.order() != target.order()


def _greater(version: Version, wanted: _Constraint) -> bool:
    target = wanted.version
    if wanted.given in (0, 3):
        return version.order() > target.order()
    return _numbers(version, wanted.given) > _numbers(target, wanted.given)


def _less(version: Version, wanted: _Constraint) -> bool:
    return version.order() < wanted.version.order()


def _greater_or_equal(version: Version, wanted: _Constraint) -> bool:
    return version.order() >= wanted.version.order()


def _less_or_equal(version: Version, wanted: _Constraint) -> bool:
    target = wanted.version
    if wanted.given == 3:
        return version.order() <= target.order()
    if wanted.given == 1:
        return version.major <= target.major
    return _numbers(version, 2) <= _numbers(target, 2)


def _tilde(version: Version, wanted: _Constraint) -> bool:
    """The same numbers as far as they were said, but for the patch; nothing older than what was said."""
    target = wanted.version
    if version.order() < target.order():
        return False
    if wanted.given in (0, 3) and _numbers(target, 3) == (0, 0, 0):
        return True
    return version.major == target.major and (wanted.given == 1 or version.minor == target.minor)


def _caret(version: Version, wanted: _Constraint) -> bool:
    """The same numbers up to the first that is not zero; nothing older than what was said."""
    target = wanted.version
    if version.order() < target.order() or version.major != target.major:
        return False
    if target.major > 0 or wanted.given == 1:
        return True
    if version.minor != target.minor:
        return False
    return target.minor > 0 or wanted.given == 2 or version.patch == target.patch


def _numbers(version: Version, count: int) -> tuple[int, ...]:
    return (version.major, version.minor, version.patch)[:count]


_CHECKS: Final[Mapping[str, Callable[[Version, _Constraint], bool]]] = {
    "": _equal,
    "=": _equal,
    "!=": _not_equal,
    ">": _greater,
    "<": _less,
    ">=": _greater_or_equal,
    "=>": _greater_or_equal,
    "<=": _less_or_equal,
    "=<": _less_or_equal,
    "~": _tilde,
    "~>": _tilde,
    "^": _caret,
}


def semver(text: str) -> Version:
    """The version that a text spells.

    Raises:
        FuncError: it spells none.
    """
    return replace(parse_version(text))  # a pointer to another one each time, as `eq` can tell


def semver_compare(constraint: str, version: str) -> bool:
    """Whether the version satisfies the constraint.

    Raises:
        FuncError: one of them is none.
    """
    wanted = parse_constraints(constraint)
    return _holds(parse_version(version), wanted)
