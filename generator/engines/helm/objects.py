"""What Helm puts into the root value of templates: `.Values .Release .Chart .Capabilities .Files .Template`."""

import re
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from generator.dataclass import dataclass, replace
from generator.engines.gotemplate.funcs import Func, FuncError
from generator.engines.gotemplate.gotypes import GoMap, GoObject, NilStringMap, SharedMap, StringMap, Strings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import from_bytes, quote
from generator.engines.helm.data import to_yaml
from generator.engines.helm.known_versions import KNOWN_VERSIONS
from generator.pattern import pattern

SERVICE: Final = "Helm"
HELM_VERSION: Final = "v4.2"
KUBE_VERSION: Final = "v1.36.0"
GO_VERSION: Final = "go1.26.6"


class Values(GoMap):
    """`common.Values`: the root value, `.Values` and `.Template`."""

    __slots__ = ("_plain",)
    go_type = "common.Values"

    get = dict.get  # type: ignore[assignment] # nothing absent has another zero value than nil: Python's own is faster

    def __setitem__(self, key: str, value: Any) -> None:
        dict.__setitem__(self, key, value)
        if hasattr(self, "_plain"):
            dict.__setitem__(self._plain, key, value)

    def go_plain(self) -> dict[str, Any]:
        """The same map as a map[string]interface {}."""
        if not hasattr(self, "_plain"):
            self._plain = SharedMap(self)
        return self._plain

    def go_methods(self) -> Mapping[str, Func]:
        """Methods of Helm's Values."""
        return {
            "AsMap": Func("func() map[string]interface {}", self.as_map),
            "PathValue": Func("func(string) (interface {}, error)", self.path_value),
            "Table": Func("func(string) (common.Values, error)", self.table),
            "YAML": Func("func() (string, error)", self.yaml, wants_run=True),
        }

    def as_map(self) -> dict[str, Any]:
        """The same map as a map[string]interface {}, or a new one where it is empty."""
        return self.go_plain() if self else {}

    def table(self, path: str) -> "Values":
        """The map at a path of keys joined by dots."""
        found: Any = self
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
            if not isinstance(found, dict):
                raise FuncError(f"{quote(name)} is not a table")
        return found if isinstance(found, Values) else Values(found)

    def path_value(self, path: str) -> Any:
        """The value at a path, if it is no map."""
        if not path:
            raise FuncError("YAML path cannot be empty")
        *tables, last = path.split(".")
        found: Any = self
        for name in tables:
            found = found.get(name) if isinstance(found, dict) else None
        if not isinstance(found, dict) or last not in found or isinstance(found[last], dict):
            raise FuncError(f"{quote(last)} is not a value")
        return found[last]

    def yaml(self, run: Run) -> str:
        """The map as YAML."""
        return to_yaml(run, self) + "\n"


class Files(GoMap):
    """`engine.files`: a chart's other files, by name, as bytes."""

    __slots__ = ()
    go_type = "engine.files"
    go_elem = "[]uint8"
    go_zero = b""

    def go_methods(self) -> Mapping[str, Func]:
        """Methods of Helm's files."""
        return {
            "AsConfig": Func("func() string", self.as_config, wants_run=True),
            "AsSecrets": Func("func() string", self.as_secrets, wants_run=True),
            "Get": Func("func(string) string", self.text),
            "GetBytes": Func("func(string) []byte", self.bytes),
            "Glob": Func("func(string) engine.files", self.glob),
            "Lines": Func("func(string) []string", self.lines),
        }

    def bytes(self, name: str) -> bytes:
        """The content of a file; empty where there is none."""
        content: bytes = dict.get(self, name, b"")
        return content

    def text(self, name: str) -> str:
        """The content of a file as a string."""
        return from_bytes(self.bytes(name))

    def glob(self, pattern: str) -> "Files":
        """The files whose names match."""
        from generator.engines.helm.glob import glob

        matches = glob(pattern)
        return Files({name: content for name, content in self.items() if matches(name)})

    def as_config(self, run: Run) -> str:
        """The files by base name, as YAML for a ConfigMap's data."""
        return to_yaml(run, StringMap({_base(name): from_bytes(content) for name, content in sorted(self.items())}))

    def as_secrets(self, run: Run) -> str:
        """The files by base name, in base64, as YAML for a Secret's data."""
        encoded = {_base(name): b2a_base64(content, newline=False).decode() for name, content in sorted(self.items())}
        return to_yaml(run, StringMap(encoded))

    def lines(self, name: str) -> Strings:
        """The lines of a file."""
        if name not in self:
            return Strings()
        content = self.text(name)
        if not content:
            raise FuncError("runtime error: index out of range [-1]")
        return Strings(content.removesuffix("\n").split("\n"))


def _base(name: str) -> str:
    """Go's `path.Base`."""
    return name.rstrip("/").rpartition("/")[2] or ("/" if name else ".")


@dataclass(frozen=True, eq=False)
class KubeVersion(GoObject):
    """`common.KubeVersion`."""

    go_type = "common.KubeVersion"

    version: str
    """As given, with a `v` before it."""
    normalized: str
    """Without what follows the numbers."""
    major: str
    minor: str

    def go_fields(self) -> Mapping[str, Any]:
        """Fields of the struct."""
        return {"Version": self.version, "Major": self.major, "Minor": self.minor}

    def go_layout(self) -> Mapping[str, Any]:
        """What printing shows."""
        return {
            "Version": self.version,
            "normalizedVersion": self.normalized,
            "Major": self.major,
            "Minor": self.minor,
        }

    def go_copied(self) -> "KubeVersion":
        """Without what is not exported."""
        return replace(self, normalized="")

    def go_methods(self) -> Mapping[str, Func]:
        """Methods of the struct."""
        return {
            "GitVersion": Func("func() string", lambda: self.version),
            "String": Func("func() string", self.go_printed),
        }

    def go_printed(self) -> str:
        """What an action prints."""
        return self.normalized or self.version


_VERSION: Final = pattern(r"\s*v?([0-9]+(?:\.[0-9]+)+)(.*)\s*\Z", re.DOTALL)


def kube_version(version: str) -> KubeVersion:
    """The version of a cluster, such as `1.29` or `v1.29.3-gke.1245000`.

    Raises:
        ValueError: it is none.
    """
    match = _VERSION.match(version)
    if match is None:
        raise ValueError(f"could not parse {quote(version)} as version")
    parts = [str(int(part)) for part in match[1].split(".")]
    shown = version if version.startswith("v") else f"v{version}"
    return KubeVersion(shown, f"v{'.'.join(parts)}", parts[0], parts[1])


class VersionSet(GoObject, list[str]):
    """`common.VersionSet`: what a cluster can do, as `group/version` or `group/version/Kind`."""

    go_type = "common.VersionSet"
    go_kind = "slice"

    def go_methods(self) -> Mapping[str, Func]:
        """Methods of Helm's set."""
        return {"Has": Func("func(string) bool", self.__contains__)}

    def go_json(self) -> Any:
        """A list."""
        return list(self)

    def go_yaml(self) -> Any:
        """A list."""
        return list(self)


class BuildInfo(GoObject):
    """`version.BuildInfo`: which Helm it is that we are like."""

    __slots__ = ()
    go_type = "version.BuildInfo"

    def go_fields(self) -> Mapping[str, Any]:
        """Fields of the struct."""
        return {
            "Version": HELM_VERSION,
            "GitCommit": "",
            "GitTreeState": "",
            "GoVersion": GO_VERSION,
            "KubeClientVersion": KUBE_VERSION.rpartition(".")[0],
        }

    def go_json(self) -> Any:
        """As its tags say: empty fields are left out."""
        return {
            "version": HELM_VERSION,
            "go_version": GO_VERSION,
            "kube_client_version": KUBE_VERSION.rpartition(".")[0],
        }


@dataclass(frozen=True, eq=False)
class Capabilities(GoObject):
    """`*common.Capabilities`."""

    go_type = "*common.Capabilities"
    go_kind = "ptr"

    kube_version: KubeVersion
    api_versions: VersionSet

    def go_copied(self) -> "Capabilities":
        """With a copy of each field."""
        return replace(self, kube_version=self.kube_version.go_copied())

    def go_fields(self) -> Mapping[str, Any]:
        """Fields of the struct."""
        return {
            "KubeVersion": self.kube_version,
            "APIVersions": self.api_versions,
            "HelmVersion": BuildInfo(),
        }

    def with_more(self, api_versions: Sequence[str]) -> "Capabilities":
        """The same cluster with more API versions."""
        if not api_versions:
            return self
        return Capabilities(self.kube_version, VersionSet([*self.api_versions, *api_versions]))


def capabilities(version: str = KUBE_VERSION, api_versions: Sequence[str] | None = None) -> Capabilities:
    """What a cluster of that version can do; Helm's own list of API versions where none is given.

    Raises:
        ValueError: the version is none.
    """
    return _helms_own(version) if api_versions is None else _capabilities(version, tuple(api_versions))


@lru_cache(maxsize=64)
def _helms_own(version: str) -> Capabilities:
    return _capabilities(version, KNOWN_VERSIONS)


@lru_cache(maxsize=64)
def _capabilities(version: str, api_versions: tuple[str, ...]) -> Capabilities:
    return Capabilities(kube_version(version), VersionSet(api_versions))


def release(
    name: str,
    namespace: str,
    *,
    revision: int = 1,
    is_install: bool = True,
) -> dict[str, Any]:
    """`.Release`."""
    return {
        "Name": name,
        "Namespace": namespace,
        "Revision": revision,
        "IsInstall": is_install,
        "IsUpgrade": not is_install,
        "Service": SERVICE,
    }


_CHART_FIELDS: Final[Mapping[str, tuple[str, Any]]] = {  # Go's name: name in Chart.yaml, zero value
    "Name": ("name", ""),
    "Home": ("home", ""),
    "Sources": ("sources", []),
    "Version": ("version", ""),
    "Description": ("description", ""),
    "Keywords": ("keywords", []),
    "Maintainers": ("maintainers", []),
    "Icon": ("icon", ""),
    "APIVersion": ("apiVersion", ""),
    "Condition": ("condition", ""),
    "Tags": ("tags", ""),
    "AppVersion": ("appVersion", ""),
    "Deprecated": ("deprecated", False),
    "Annotations": ("annotations", {}),
    "KubeVersion": ("kubeVersion", ""),
    "Dependencies": ("dependencies", []),
    "Type": ("type", ""),
}
_MAINTAINER_FIELDS: Final = {"Name": ("name", ""), "Email": ("email", ""), "URL": ("url", "")}
_DEPENDENCY_FIELDS: Final = {
    "Name": ("name", ""),
    "Version": ("version", ""),
    "Repository": ("repository", ""),
    "Condition": ("condition", ""),
    "Tags": ("tags", []),
    "Enabled": ("enabled", False),
    "ImportValues": ("import-values", []),
    "Alias": ("alias", ""),
}


def chart_metadata(metadata: Mapping[str, Any], *, is_root: bool = True) -> dict[str, Any]:
    """`.Chart` of what Chart.yaml says: Go's names, with the zero values of what it does not say."""
    chart = _fields(metadata, _CHART_FIELDS)
    annotations = metadata.get("annotations")
    chart["Annotations"] = NilStringMap() if annotations is None else StringMap(annotations)
    chart["Maintainers"] = [_fields(one, _MAINTAINER_FIELDS) for one in chart["Maintainers"] or ()]
    chart["Dependencies"] = [_fields(one, _DEPENDENCY_FIELDS) for one in chart["Dependencies"] or ()]
    chart["IsRoot"] = is_root
    return chart


def _fields(given: Mapping[str, Any], fields: Mapping[str, tuple[str, Any]]) -> dict[str, Any]:
    found = {}
    for name, (key, zero) in fields.items():
        value = given.get(key)
        found[name] = zero if value is None else value
    return found
