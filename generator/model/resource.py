"""A Kubernetes object on its way from a template to a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeGuard

from generator.diagnostics import Span
from generator.model.plugin import TemplateRef, TemplateText
from generator.model.values import Object, at
from generator.yamlio.locate import Place


class ResourceId(NamedTuple):
    """What makes two objects the same one for the API server. The version is not part of it."""

    group: str
    """The API group; empty for the core group."""

    kind: str
    namespace: str
    """Empty for cluster-scoped objects."""

    name: str

    def __str__(self) -> str:
        """`apps/StatefulSet/middleware/orders-cache`; the core group has no name."""
        return "/".join(part for part in self if part)

    @classmethod
    def of(cls, body: Mapping[str, object]) -> "ResourceId":
        """The identity of an object that has an apiVersion, a kind and a name."""
        group, _, _ = str(body["apiVersion"]).rpartition("/")
        metadata = body["metadata"]
        assert isinstance(metadata, dict)
        return cls(group, str(body["kind"]), str(metadata.get("namespace") or ""), str(metadata["name"]))


def is_object(value: object) -> TypeGuard[Object]:
    """Whether a value has what every Kubernetes object has: an apiVersion, a kind and a name."""
    if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("apiVersion", "kind")):
        return False
    metadata = value.get("metadata")
    return isinstance(metadata, dict) and isinstance(metadata.get("name"), str)


def labels_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The labels of an object's own metadata, or a pod template's; none, where it has something else than a map."""
    return _metadata(body, "labels")


def annotations_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The annotations of an object's own metadata, or a pod template's; likewise."""
    return _metadata(body, "annotations")


def _metadata(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = at(body, ("metadata", name))
    return found if isinstance(found, (dict, Mapping)) else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedFrom:
    """Where a rendered object comes from."""

    ref: TemplateRef
    text: TemplateText
    document: int
    """Its place among the documents that the template rendered, from 0."""

    @property
    def title(self) -> str:
        """What people call it."""
        return f"template {self.ref.name}"

    @property
    def template(self) -> str:
        """The template's name; empty where none rendered the object."""
        return self.ref.name

    def span(self) -> Span:
        """Where its source starts."""
        return self.text.span(0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFrom:
    """Where an object comes from that no template rendered: a section of the plugin's specification."""

    place: Place

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.place)

    @property
    def template(self) -> str:
        """Empty: there is none."""
        return ""

    def span(self) -> Span:
        """Where the section stands."""
        return self.place.span(key=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """An object of a bundle."""

    id: ResourceId
    body: Object
    component: str
    origin: RenderedFrom | MadeFrom
