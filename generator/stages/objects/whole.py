"""What an API server refuses of an object as a whole: its API version, and its name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.diagnostics import Severity
from generator.model import api, kinds
from generator.model.resource import Resource
from generator.stages.objects import syntax
from generator.stages.objects.issue import Issue

_SHORT: Final = {
    ("batch", "CronJob"): (52, "its Jobs add eleven characters"),
    ("apps", "StatefulSet"): (52, "a label of its pods adds eleven characters, and has 63 at most"),
    ("batch", "Job"): (63, "a label of its pods holds the name"),
}
"""Kinds whose names have less room than 253 characters, and why (pkg/apis/batch and apps/validation)."""

_LABEL_1035: Final = frozenset({("", "Service")})
_LABEL: Final = frozenset({("", "Namespace")})
_PATH_SEGMENT: Final = frozenset({"rbac.authorization.k8s.io"})
"""Groups whose names may have colons and capitals."""


_MOVED: Final = {
    "DaemonSet": "apps/v1",
    "Deployment": "apps/v1",
    "Ingress": "networking.k8s.io/v1",
    "NetworkPolicy": "networking.k8s.io/v1",
    "ReplicaSet": "apps/v1",
}
"""Kinds of the group `extensions`, which ended with Kubernetes 1.22, and where they are now."""


def version(resource: Resource, minor: int | None) -> Iterator[Issue]:
    """Whether the environment's Kubernetes, or any, serves the kind in that API version."""
    kind, api_version = str(resource.body["kind"]), str(resource.body["apiVersion"])
    group, _ = kinds.group_version(api_version)
    found = api.served(api_version, kind)
    if found is None:
        moved = _MOVED.get(kind, "") if group == "extensions" else ""
        if not moved and not kinds.is_built_in(group, kind):
            return
        others = api.versions(group, kind)
        newest = moved or max(others, key=lambda name: others[name].last, default="")
        yield Issue(
            "MW574",
            ("apiVersion",),
            f"no Kubernetes from 1.{api.OLDEST} on serves {kind} as {api_version}",
            f"write apiVersion: {newest}" if newest else "",
        )
    elif minor is not None and not found.first <= minor <= found.last:
        others = api.versions(group, kind)
        fitting = [name for name, one in others.items() if one.first <= minor <= one.last]
        yield Issue(
            "MW574",
            ("apiVersion",),
            f"Kubernetes 1.{minor}, which the environment has, does not serve {kind} as {api_version}",
            f"write apiVersion: {fitting[-1]}" if fitting else "",
        )


_RELAXED: Final = 37
"""The minor version of Kubernetes that takes names of Services which begin with a digit; the oldest that was asked."""


def name(resource: Resource, minor: int | None) -> Iterator[Issue]:
    """Whether the API server takes the object's name."""
    group, kind, namespace, text = resource.id
    place = ("metadata", "name")
    if (group, kind) in _LABEL_1035:
        relaxed = syntax.is_label(text)
        if not syntax.is_label_1035(text) and not (relaxed and minor is not None and minor >= _RELAXED):
            yield Issue(
                "MW577",
                place,
                _said(text, 63),
                "lower-case letters, digits and '-', beginning with a letter",
                Severity.WARNING if relaxed else Severity.ERROR,
            )
    elif (group, kind) in _LABEL:
        if not syntax.is_label(text):
            yield Issue("MW577", place, _said(text, 63), "lower-case letters, digits and '-'")
    elif group in _PATH_SEGMENT:
        if not syntax.is_path_segment(text):
            yield Issue("MW577", place, _said(text, 253), 'anything but "/" and "%"')
    elif not syntax.is_subdomain(text):
        yield Issue("MW577", place, _said(text, 253), "lower-case letters, digits, '-' and '.', no capitals or '_'")
    longest, why = _SHORT.get((group, kind), (0, ""))
    if longest and len(text) > longest:
        yield Issue("MW577", place, f"the name has {len(text)} characters; {longest} are possible: {why}")
    if namespace and not syntax.is_label(namespace):
        yield Issue("MW577", ("metadata", "namespace"), _said(namespace, 63), "lower-case letters, digits and '-'")


def _said(text: str, longest: int) -> str:
    return (
        f"the name has {len(text)} characters; {longest} are possible"
        if len(text) > longest
        else f'"{text}" is no name'
    )


def spec(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object's spec; nothing where it has none."""
    found = body.get("spec")
    return found if isinstance(found, dict) else {}
