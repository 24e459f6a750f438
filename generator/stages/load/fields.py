"""Decoders that every kind of definition uses: names, versions, metadata, selectors of values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.values import Pointer
from generator.yamlio.cursor import Cursor, parsed

API_VERSION = "middleware.io/v1alpha1"

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\Z")
_SEMVER = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\Z")
_SERVER_FIELDS = (
    "creationTimestamp", "deletionTimestamp", "finalizers", "generateName", "generation", "managedFields",
    "ownerReferences", "resourceVersion", "selfLink", "uid",
)  # fmt: skip
"""What `kubectl get -o yaml` prints besides; read over."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """`metadata` of a definition."""

    name: str
    namespace: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]


def metadata(cursor: Cursor) -> Metadata:
    """Name, namespace, labels and annotations; what an API server adds is read over."""
    result = Metadata(
        name=cursor.field("name", str),
        namespace=cursor.optional("namespace", str, ""),
        labels=cursor.mapping("labels", str),
        annotations=cursor.mapping("annotations", str),
    )
    cursor.no_other_fields(*_SERVER_FIELDS)
    return result


def _dns_label(text: str) -> str:
    """A name as RFC 1123 has labels: what Kubernetes wants of most names, and what is safe in a path."""
    if not _LABEL.match(text):
        raise ValueError(
            f'"{text}" is no valid name: lower-case letters, digits and "-", '
            "a letter or digit at both ends, at most 63 characters"
        )
    return text


def _semantic_version(text: str) -> str:
    found = _SEMVER.match(text)
    if not found:
        raise ValueError(f'"{text}" is no semantic version: three numbers, such as 2.0.0')
    return text.removeprefix("v")


def _pointer(text: str) -> Pointer:
    if not text or ".." in f".{text}.":
        raise ValueError(f'"{text}" is no path of values: names with dots between them, such as storage.size')
    return tuple(text.split("."))


name = parsed(_dns_label)
version = parsed(_semantic_version)
pointer = parsed(_pointer)


def free_map(cursor: Cursor) -> dict[str, Any]:
    """A map of anything, as loaded."""
    return cursor.read(dict)


def texts(cursor: Cursor) -> tuple[str, ...]:
    """A list of texts, or one text."""
    if isinstance(cursor.value, str):
        return (cursor.value,)
    return tuple(element.read(str) for element in cursor.elements())


def number_or_text(cursor: Cursor) -> int | str:
    """A whole number, or text."""
    return cursor.read(int) if isinstance(cursor.value, int) else cursor.read(str)
