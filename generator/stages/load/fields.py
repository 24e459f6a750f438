"""Decoders that every kind of definition uses: names, versions, metadata, selectors of values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.values import Pointer
from generator.stages.objects.syntax import is_label_key, label_mistakes
from generator.yamlio.cursor import Cursor, parsed

API_VERSION = "middleware.io/v1alpha1"

_LABEL = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\Z")
_SEMVER = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?\Z")
_SHORT_VERSION = re.compile(r"v?((0|[1-9]\d*)(\.(0|[1-9]\d*))?)\Z")
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
        namespace=cursor.optional("namespace", name, ""),
        labels=labels(cursor, "labels"),
        annotations=_annotations(cursor),
    )
    cursor.no_other_fields(*_SERVER_FIELDS)
    return result


def labels(cursor: Cursor, name: str) -> dict[str, str]:
    """The map *name* of labels, as an API server takes them: they are put on objects."""
    given = cursor.mapping(name, str)
    check_labels(cursor.at(name), given)
    return given


def check_labels(cursor: Cursor, given: Mapping[str, Any]) -> None:
    """Report what an API server would refuse of the labels *given* at *cursor*."""
    for key, message in label_mistakes(given):
        hint = "letters, digits, '-', '_' and '.', with a letter or digit at both ends"
        cursor.at(key).fail(message, hint=hint, key=not is_label_key(key))


def _annotations(cursor: Cursor) -> dict[str, str]:
    annotations = cursor.mapping("annotations", str)
    for key in annotations:
        if not is_label_key(key.lower()):
            hint = "such as example.org/owner: letters, digits, '-', '_' and '.', behind a domain and a slash"
            cursor.at("annotations", key).fail(f'"{key}" is no annotation key', hint=hint, key=True)
    return annotations


def is_name(text: str) -> bool:
    """Whether *text* is what `name` takes."""
    return _LABEL.match(text) is not None


def _dns_label(text: str) -> str:
    """A name as RFC 1123 has labels: what Kubernetes wants of most names, and what is safe in a path."""
    if not _LABEL.match(text):
        likely = re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")[:63].rstrip("-")
        raise ValueError(
            f'"{text}" is no valid name: lower-case letters, digits and "-", '
            "a letter or digit at both ends, at most 63 characters",
            f"write {likely}" if likely else "such as orders-cache",
        )
    return text


def _semantic_version(text: str) -> str:
    found = _SEMVER.match(text)
    if not found:
        short = _SHORT_VERSION.match(text)
        numbers = [*short[1].split("."), "0", "0"][:3] if short else ["2", "0", "0"]
        raise ValueError(
            f'"{text}" is no semantic version: three numbers, such as 2.0.0', f'write "{".".join(numbers)}"'
        )
    return text.removeprefix("v")


def _pointer(text: str) -> Pointer:
    if not text or ".." in f".{text}.":
        raise ValueError(f'"{text}" is no path of values: names with dots between them, such as storage.size')
    return tuple(text.split("."))


name = parsed(_dns_label)
version = parsed(_semantic_version)
pointer = parsed(_pointer)


_DURATION = re.compile(r"0|(?=.)([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?", re.ASCII)
"""As the PrometheusRule's own schema has it."""


_WORDED = re.compile(r"\s*([0-9]+)\s*(ms|s|m|h|d|w|y)[a-z]*\s*", re.ASCII | re.IGNORECASE)
"""A duration as people write it: `1 minute`, `30 Sec`."""


def _duration(text: str) -> str:
    if not _DURATION.fullmatch(text):
        worded = _WORDED.fullmatch(text)
        raise ValueError(
            f'"{text}" is no duration: numbers with units, the largest first, such as 90s, 5m or 1h30m',
            f"write {worded[1]}{worded[2].lower()}"
            if worded
            else "one or more of y, w, d, h, m, s and ms, in this order",
        )
    return text


def duration(cursor: Cursor) -> str:
    """A duration as Prometheus has it; a number alone says no unit."""
    if isinstance(cursor.value, int) and not isinstance(cursor.value, bool) and cursor.value:
        field = cursor.place.pointer[-1]
        cursor.fail(
            f"{field} must be text, not the number {cursor.value}",
            code="MW201",
            hint=f"give it a unit: {cursor.value}s or {cursor.value}m",
        )
        return ""
    return cursor.parse(_duration)


def unique(cursor: Cursor, field: str, names: Sequence[str]) -> None:
    """Report *names* of the entries of the list *field* that stand there twice."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name and name in seen:
            cursor.at(field, number, "name").fail(
                f'"{name}" stands twice in {field}', code="MW218", hint="give each its own name"
            )
        seen.add(name)


def free_map(cursor: Cursor) -> dict[str, Any]:
    """A map of anything, as loaded."""
    return cursor.read(dict)


def texts(cursor: Cursor) -> tuple[str, ...]:
    """A list of texts, or one text."""
    if isinstance(cursor.value, str):
        return (cursor.value,)
    return tuple(element.read(str) for element in cursor.elements())


def text_or_null(cursor: Cursor) -> str | None:
    """A text, or null, which takes away what a base says."""
    return None if cursor.value is None else cursor.read(str)


def number_or_text(cursor: Cursor) -> int | str:
    """A whole number, or text."""
    return cursor.read(int) if isinstance(cursor.value, int) else cursor.read(str)
