"""Chart.yaml: what a chart says of itself, checked as Helm does when it loads one."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from generator.dataclass import dataclass, field, replace
from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.text import is_print, quote
from generator.engines.helm.charts.decode import ListOf, MapOf, Struct
from generator.engines.helm.charts.errors import ChartError
from generator.engines.sprig.runes import SPACE
from generator.pattern import pattern

_PLAIN_VERSION: Final = pattern(r"(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2}")
_TEXTS: Final = ListOf("string")
_DEPENDENCY: Final = Struct(
    "Dependency",
    "v2.Dependency",
    {
        "name": "string",
        "version": "string",
        "repository": "string",
        "condition": "string",
        "tags": _TEXTS,
        "enabled": "bool",
        "import-values": ListOf("any"),
        "alias": "string",
    },
)
METADATA: Final = Struct(
    "Metadata",
    "v2.Metadata",
    {
        "name": "string",
        "home": "string",
        "sources": _TEXTS,
        "version": "string",
        "description": "string",
        "keywords": _TEXTS,
        "maintainers": ListOf(
            Struct("Maintainer", "v2.Maintainer", {"name": "string", "email": "string", "url": "string"})
        ),
        "icon": "string",
        "apiVersion": "string",
        "condition": "string",
        "tags": "string",
        "appVersion": "string",
        "deprecated": "bool",
        "annotations": MapOf("string"),
        "kubeVersion": "string",
        "dependencies": ListOf(_DEPENDENCY),
        "type": "string",
    },
)
LOCK: Final = Struct("Lock", "v2.Lock", {"generated": "any", "digest": "string", "dependencies": ListOf(_DEPENDENCY)})
"""Chart.lock."""

BASE: Final = Struct("chartBase", "loader.chartBase", {"apiVersion": "string"})
"""The part of Chart.yaml that Helm reads first."""

_ALIAS: Final = pattern(r"[a-zA-Z0-9_-]+\Z")
_SANITIZED: Final = ("name", "description", "home", "icon", "condition", "tags", "appVersion", "kubeVersion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """A chart that a chart wants in its charts/."""

    name: str
    """Of the chart; once dependencies are processed, its alias if it has one."""

    version: str = ""
    repository: str = ""
    condition: str = ""
    tags: tuple[str, ...] = ()
    enabled: bool = False
    import_values: tuple[Any, ...] = ()
    alias: str = ""

    def fields(self) -> dict[str, Any]:
        """By the names that Chart.yaml has for them."""
        return {
            "name": self.name,
            "version": self.version,
            "repository": self.repository,
            "condition": self.condition,
            "tags": list(self.tags),
            "enabled": self.enabled,
            "import-values": list(self.import_values),
            "alias": self.alias,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What Chart.yaml says, and requirements.yaml where there still is one."""

    name: str
    version: str
    api_version: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    """By the names that Chart.yaml has for them, but for the dependencies."""

    dependencies: tuple[Dependency, ...] | None = None
    """None where nothing is said of any."""

    @property
    def type(self) -> str:
        """`application`, `library`, or nothing, which is an application."""
        return str(self.fields.get("type", ""))

    @property
    def library(self) -> bool:
        """Whether the chart only lends its definitions."""
        return self.type.lower() == "library"

    @property
    def kube_version(self) -> str:
        """The versions of Kubernetes that it wants; empty: any."""
        return str(self.fields.get("kubeVersion", ""))

    def renamed(self, name: str) -> "Metadata":
        """Under another name: an alias."""
        return replace(self, name=name, fields={**self.fields, "name": name})

    def all_fields(self) -> dict[str, Any]:
        """Everything, by the names that Chart.yaml has."""
        return {**self.fields, "dependencies": [one.fields() for one in self.dependencies or ()]}


def metadata(decoded: Mapping[str, Any]) -> Metadata:
    """The metadata that Chart.yaml decodes to, once checked.

    Raises:
        ChartError: what Helm refuses.
    """
    fields = {name: value for name, value in decoded.items() if name != "dependencies"}
    for name in _SANITIZED:
        if name in fields:
            fields[name] = sanitized(fields[name])
    for name in ("sources", "keywords"):
        fields[name] = [sanitized(one or "") for one in fields.get(name, ())]
    _check(fields)
    fields["maintainers"] = [_maintainer(one) for one in fields.get("maintainers", ())]
    return Metadata(
        name=fields["name"],
        version=fields["version"],
        api_version=fields["apiVersion"],
        fields=fields,
        dependencies=_dependencies(decoded["dependencies"]) if "dependencies" in decoded else None,
    )


def _check(fields: Mapping[str, Any]) -> None:
    for wanted in ("apiVersion", "name"):
        if not fields.get(wanted):
            raise _invalid(f"chart.metadata.{wanted} is required")
    name, version = fields["name"], fields.get("version", "")
    if name in (".", ".."):
        raise _invalid(f"chart.metadata.name {quote(name)} is not allowed")
    if "/" in name:
        raise _invalid(f"chart.metadata.name {quote(name)} is invalid")
    if not version:
        raise _invalid("chart.metadata.version is required")
    if not _is_version(version):
        raise _invalid(f"chart.metadata.version {quote(version)} is invalid")
    if fields.get("type", "") not in ("", "application", "library"):
        raise _invalid("chart.metadata.type must be application or library")


def _maintainer(decoded: Mapping[str, Any] | None) -> dict[str, Any]:
    if decoded is None:
        raise _invalid("maintainers must not contain empty or null nodes")
    return {name: sanitized(value) for name, value in decoded.items()}


def _dependencies(decoded: Sequence[Mapping[str, Any] | None]) -> tuple[Dependency, ...]:
    found: dict[str, Dependency] = {}
    for one in decoded:
        if one is None:
            raise _invalid("dependencies must not contain empty or null nodes")
        dependency = Dependency(
            name=sanitized(one.get("name", "")),
            version=sanitized(one.get("version", "")),
            repository=sanitized(one.get("repository", "")),
            condition=sanitized(one.get("condition", "")),
            tags=tuple(sanitized(tag or "") for tag in one.get("tags", ())),
            enabled=one.get("enabled", False),
            import_values=tuple(one.get("import-values", ())),
            alias=one.get("alias", ""),
        )
        if dependency.alias and not _ALIAS.match(dependency.alias):
            raise _invalid(f"dependency {quote(dependency.name)} has disallowed characters in the alias")
        key = dependency.alias or dependency.name
        if key in found:
            raise _invalid(f"more than one dependency with name or alias {quote(key)}")
        found[key] = dependency
    return tuple(found.values())


def sanitized(text: str) -> str:
    """*text* with plain blanks for white space, and without what cannot be printed."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in SPACE else char for char in text if char in SPACE or is_print(char))


def compatible(constraint: str, version: str) -> bool:
    """Whether a version satisfies a constraint; neither does what is no version or no constraint."""
    from generator.engines.sprig.semver import semver_compare

    try:
        return semver_compare(constraint, version)
    except FuncError:
        return False


def _is_version(text: str) -> bool:
    if _PLAIN_VERSION.fullmatch(text):
        return True
    from generator.engines.sprig.semver import parse_version

    try:
        parse_version(text)
    except FuncError:
        return False
    return True


def _invalid(message: str) -> ChartError:
    return ChartError(f"validation: {message}", path="Chart.yaml")
