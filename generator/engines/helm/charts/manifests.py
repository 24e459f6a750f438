"""Rendered texts into manifests: split at `---`, hooks apart, in the order in which Helm installs them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.helm.charts.decode import DecodeError, MapOf, Struct, decode
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.log import Log, line
from generator.engines.sprig.runes import SPACE
from generator.pattern import pattern

NOTES: Final = "NOTES.txt"
"""What the names of texts end with that are told the user, and are no manifests."""

_SEPARATOR: Final = pattern(r"(?:\A|\n)---[\t\n\f\r ]*")
_BLANKS: Final = "\t\n\f\r "
_INTEGER: Final = pattern(r"[+-]?[0-9]+\Z")
_HEAD: Final = Struct(
    "SimpleHead",
    "util.SimpleHead",
    {
        "apiVersion": "string",
        "kind": "string",
        "metadata": Struct(
            "",
            'struct { Name string "json:\\"name\\""; Annotations map[string]string "json:\\"annotations\\"" }',
            {"name": "string", "annotations": MapOf("string")},
        ),
    },
)
_HOOK: Final = "helm.sh/hook"
_WEIGHT: Final = "helm.sh/hook-weight"
TEST: Final = "test"
"""The event of hooks that are tests."""

_EVENTS: Final[Mapping[str, str]] = {
    "pre-install": "pre-install",
    "post-install": "post-install",
    "pre-delete": "pre-delete",
    "post-delete": "post-delete",
    "pre-upgrade": "pre-upgrade",
    "post-upgrade": "post-upgrade",
    "pre-rollback": "pre-rollback",
    "post-rollback": "post-rollback",
    "test": TEST,
    "test-success": TEST,
}

INSTALL_ORDER: Final = (
    *("PriorityClass", "Namespace", "NetworkPolicy", "ResourceQuota", "LimitRange", "PodSecurityPolicy"),
    *("PodDisruptionBudget", "ServiceAccount", "Secret", "SecretList", "ConfigMap", "StorageClass"),
    *("PersistentVolume", "PersistentVolumeClaim", "CustomResourceDefinition", "ClusterRole", "ClusterRoleList"),
    *("ClusterRoleBinding", "ClusterRoleBindingList", "Role", "RoleList", "RoleBinding", "RoleBindingList"),
    *("Service", "DaemonSet", "Pod", "ReplicationController", "ReplicaSet", "Deployment"),
    *("HorizontalPodAutoscaler", "StatefulSet", "Job", "CronJob", "IngressClass", "Ingress", "APIService"),
    *("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"),
)
"""Kinds in the order in which Helm installs them; all others come last, by name."""

_RANKS: Final = {kind: rank for rank, kind in enumerate(INSTALL_ORDER)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A document of a rendered text."""

    path: str
    """The template's full name."""

    text: str
    kind: str
    events: tuple[str, ...] = ()
    """When the hook runs; none: it is no hook."""

    weight: int = 0

    @property
    def is_test(self) -> bool:
        """Whether it is a hook of `helm test`."""
        return TEST in self.events

    def shown(self) -> str:
        """As `helm template` prints it."""
        return sourced(self.path, self.text)


def sourced(path: str, text: str) -> str:
    """A document with the line that names where it came from."""
    return f"---\n# Source: {path}\n{text}\n"


def split(text: str) -> list[str]:
    """The documents of a text, without those that are blank, by Helm's rule: what follows `---` may stand beside it."""
    text = text.lstrip(SPACE)
    found = []
    start = 0
    for separator in _SEPARATOR.finditer(text):
        found.append(text[start : separator.start()].rstrip(_BLANKS))
        start = separator.end()
    found.append(text[start:])
    return [document.lstrip(SPACE) for document in found if document.strip(SPACE)]


def ordered(texts: Mapping[str, str], log: Log) -> tuple[list[Manifest], list[Manifest]]:
    """The manifests of rendered texts, and the hooks among them, each in the order of installation.

    Raises:
        ChartError: a document is no YAML, or no object.
    """
    found = [
        manifest
        for path in sorted(texts, key=_bytes)
        if not path.rpartition("/")[2].startswith("_") and not path.endswith(NOTES)
        for text in split(texts[path])
        for manifest in _manifest(path, text, log)
    ]
    plain, hooks = [one for one in found if not one.events], [one for one in found if one.events]
    return by_kind(plain), by_kind(hooks)


def by_kind(manifests: Sequence[Manifest]) -> list[Manifest]:
    """In the order of installation; what is alike stays as it is."""

    def place(one: Manifest) -> tuple[int, str]:
        return (_RANKS[one.kind], "") if one.kind in _RANKS else (len(_RANKS), one.kind)

    return sorted(manifests, key=place)


def _manifest(path: str, text: str, log: Log) -> Iterator[Manifest]:
    """The manifest; nothing where it is a hook of an unknown sort."""
    try:
        head = decode(text, _HEAD)
    except DecodeError as error:
        message = f"YAML parse error on {path}: {error}"
        excerpt = "" if error.offset is None else _line(text, error.offset)
        raise ChartError(message, path=path, offset=error.offset, kind="manifest", excerpt=excerpt) from None
    kind = head.get("kind", "")
    annotations: Mapping[str, Any] = (head.get("metadata") or {}).get("annotations") or {}
    said = annotations.get(_HOOK)
    if said is None:
        yield Manifest(path=path, text=text, kind=kind)
        return
    events = [_EVENTS.get(event.strip(SPACE).lower()) for event in said.split(",")]
    if None in events:
        log(line("INFO", "skipping unknown hooks", hookTypes=said))
        return
    weight = annotations.get(_WEIGHT, "")
    yield Manifest(
        path=path,
        text=text,
        kind=kind,
        events=tuple(event for event in events if event),
        weight=int(weight) if _INTEGER.match(weight) else 0,
    )


def _line(text: str, offset: int) -> str:
    """The line at an offset, or the last one before it that says something."""
    before, after = text[:offset], text[offset:].partition("\n")[0]
    return (before.rpartition("\n")[2] + after).strip() or before.rstrip().rpartition("\n")[2].strip()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
