"""`kind: Environment` → Environment."""

import re

from generator.model.delivery import Delivery
from generator.model.group import Environment
from generator.stages.load import fields
from generator.stages.load.delivery import delivery
from generator.stages.objects.fleet import QUOTAS
from generator.targets import TARGETS
from generator.yamlio.cursor import Cursor, parsed

_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?(m|k|[KMGTPE]i|[MGTPE])?", re.ASCII)
_REGISTRY = re.compile(
    r"([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])(:[0-9]+)?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*/?", re.ASCII
)
"""A host and a path, as the grammar of github.com/distribution/reference has them."""

_KUBE_VERSION = re.compile(r"v?[0-9]+(\.[0-9]+){1,2}([-+][-+.0-9A-Za-z]+)?", re.ASCII)
BINDING_MODES = ("Immediate", "WaitForFirstConsumer")


def environment(cursor: Cursor) -> Environment:
    """A whole Environment document; `status` is read over."""
    meta = cursor.field("metadata", fields.metadata)
    cursor.at("metadata").optional("name", fields.name)
    result = cursor.optional("spec", lambda spec: _spec(spec, meta.name, cursor))
    cursor.no_other_fields("apiVersion", "kind", "status")
    return result or Environment(name=meta.name, place=cursor.place)


def is_kube_version(text: str) -> bool:
    """Whether *text* is a version of Kubernetes, as `/version` and people write it: `v1.32.4-gke.100`, `1.32`."""
    return _KUBE_VERSION.fullmatch(text) is not None


def _version(text: str) -> str:
    if not is_kube_version(text):
        raise ValueError(f'"{text}" is no version of Kubernetes', 'such as "1.32" or v1.32.4')
    return text


def _image_prefix(text: str) -> str:
    if not _REGISTRY.fullmatch(text):
        bare = text.partition("://")[2]
        hint = f"write {bare}" if _REGISTRY.fullmatch(bare) else "such as mirror.example.com/docker.io"
        raise ValueError(f'"{text}" is no registry: a host, and perhaps a path', hint)
    return text


_kube_version = parsed(_version)
_registry = parsed(_image_prefix)


def _spec(cursor: Cursor, name: str, document: Cursor) -> Environment:
    result = Environment(
        name=name,
        cluster=cursor.optional("cluster", _cluster, ""),
        namespace=cursor.optional("namespace", fields.name, ""),
        target=cursor.one_of("target", *TARGETS, default="argocd"),
        values=cursor.optional("values", fields.free_map, {}),
        registries=cursor.mapping("registries", _registry),
        storage_classes=cursor.mapping("storageClasses", lambda entry: entry.choice(*BINDING_MODES)),
        kube_version=cursor.optional("kubeVersion", _kube_version, ""),
        api_versions=cursor.each("apiVersions", str),
        rule_labels=fields.labels(cursor, "ruleLabels"),
        quota=cursor.optional("quota", _quota, {}),
        delivery=cursor.optional("delivery", delivery, Delivery()),
        place=document.place,
    )
    cursor.no_other_fields()
    return result


def _quota(cursor: Cursor) -> dict[str, str]:
    amounts = {name: cursor.optional(name, _amount, "") for name in QUOTAS}
    cursor.no_other_fields()
    return {name: amount for name, amount in amounts.items() if amount}


def _amount(cursor: Cursor) -> str:
    """A quantity, as text or as a number."""
    value = cursor.value
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return str(value)
    cursor.fail('a quantity is wanted, such as 64, "500Gi" or 2Ti')
    return ""


def _cluster(cursor: Cursor) -> str:
    """The server's address or the cluster's name: as text, or in a map as Argo CD's destination has it."""
    if isinstance(cursor.value, str):
        return cursor.value
    server, name = cursor.optional("server", str, ""), cursor.optional("name", str, "")
    cursor.no_other_fields()
    return server or name
