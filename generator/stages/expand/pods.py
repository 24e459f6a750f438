"""The pods of rendered workloads: their containers, volumes and labels, and how one of them is changed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.model.kinds import pod_template, pod_template_path
from generator.model.resource import Resource, labels_of
from generator.model.values import maps

SERVES = frozenset({("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet")})
"""Groups and kinds of what keeps pods running."""

SECURITY = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
"""Of every container that mwgen makes."""


def spec(resource: Resource) -> Mapping[str, Any]:
    """The pod's spec; empty where there is none."""
    template = pod_template(resource.body)
    found = template.get("spec") if template else None
    return found if isinstance(found, Mapping) else {}


def labels(resource: Resource) -> Mapping[str, Any]:
    """The labels of the workload's pods."""
    template = pod_template(resource.body)
    return labels_of(template) if template else {}


def containers(resource: Resource) -> Iterator[Mapping[str, Any]]:
    """The containers that run together; those that run before are not among them."""
    yield from maps(spec(resource).get("containers"))


def serves(resource: Resource) -> bool:
    """Whether it keeps pods running."""
    return resource.id[:2] in SERVES


def with_containers(resource: Resource, change: Callable[[list[Any]], list[Any]]) -> Resource:
    """The workload with what *change* makes of its containers."""
    path = pod_template_path(resource.id.group, resource.id.kind)
    assert path is not None
    return replace(resource, body=_changed(resource.body, (*path, "spec", "containers"), change))


def _changed(value: Any, path: tuple[str, ...], change: Callable[[list[Any]], list[Any]]) -> Any:
    if not path:
        return change(list(value) if isinstance(value, list) else [])
    here = value if isinstance(value, Mapping) else {}
    return {**here, path[0]: _changed(here.get(path[0]), path[1:], change)}


def entries(value: Any) -> list[tuple[str, Any]]:
    """The entries of a map; nothing where *value* is none."""
    return list(value.items()) if isinstance(value, Mapping) else []
