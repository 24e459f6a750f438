"""What every object of a bundle carries in its own metadata: whose it is, and hashes of what it came from.

Never on pod templates or selectors: a label there would restart pods or be refused as immutable.
"""

from collections.abc import Mapping
from typing import Any

from generator.model.plan import Plan
from generator.model.resource import Resource, annotations_of, labels_of
from generator.model.values import Object
from generator.stages.fingerprint import Fingerprint

MANAGED_BY = "app.kubernetes.io/managed-by"
PREFIX = "middleware.io/"


def labelled(resource: Resource, plan: Plan) -> Resource:
    """The object with mwgen's labels, and with the group's labels and annotations where it has none of its own."""
    if not _has_maps(resource):
        return resource
    labels = {
        **plan.labels,
        **labels_of(resource.body),
        MANAGED_BY: "mwgen",
        f"{PREFIX}plugin": plan.plugin.name,
        f"{PREFIX}group": plan.key.group,
        f"{PREFIX}component": resource.component,
    }
    changes: dict[str, Any] = {"labels": labels}
    if plan.annotations:
        changes["annotations"] = {**plan.annotations, **annotations_of(resource.body)}
    return _with_metadata(resource, changes)


def hashed(resource: Resource, hashes: Fingerprint) -> Resource:
    """The object with the hashes of plugin, values and, where it has one, its template as annotations."""
    if not _has_maps(resource):
        return resource
    annotations = {
        **annotations_of(resource.body),
        f"{PREFIX}plugin-hash": hashes.plugin,
        f"{PREFIX}values-hash": hashes.values[resource.component],
    }
    if template := resource.origin.template:
        annotations[f"{PREFIX}template-hash"] = hashes.templates[template]
    return _with_metadata(resource, {"annotations": annotations})


def _has_maps(resource: Resource) -> bool:
    """Whether labels and annotations are maps; the checks of objects refuse what has others."""
    metadata = resource.body["metadata"]
    return all(isinstance(metadata.get(name) or {}, Mapping) for name in ("labels", "annotations"))


def _with_metadata(resource: Resource, changes: Mapping[str, Any]) -> Resource:
    body: Object = {**resource.body, "metadata": {**resource.body["metadata"], **changes}}
    return Resource(id=resource.id, body=body, component=resource.component, origin=resource.origin)
