"""Annotations on pod templates that change with the configuration that the pods use, and so restart them.

`checksum/configmap-NAME` and `checksum/secret-NAME` hold the SHA-256 of the data of each ConfigMap and Secret of the
same bundle. What the middleware takes up by itself does not count: lines that set a dynamic key, in an object that
the pod sees change (a whole volume; neither `subPath` nor an environment ever changes in a running pod).

Scripts that mwgen makes do not count either where they change in place: whoever runs one reads it anew.

Pods and Jobs get none. A Job's template cannot change, and neither starts anew for an annotation.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from generator.model.kinds import pod_template, pod_template_path
from generator.model.references import Reference, references
from generator.model.resource import MadeFrom, Resource, ResourceId

PREFIX = "checksum/"
_LONGEST = 63
"""Characters of an annotation's name behind its prefix."""

_RUN_ONCE = frozenset({("", "Pod"), ("batch", "Job")})


def checksummed(resources: Sequence[Resource], dynamic: Collection[str] = ()) -> tuple[Resource, ...]:
    """The bundle with a checksum on each pod template for each ConfigMap and Secret of the bundle that it uses.

    *dynamic* are the configuration keys that the running middleware takes up (`maxmemory`), where it does: a line
    `key value`, `key = value` or `key: value`, not indented, that sets one of them does not count.
    """
    configuration = {one.id: one for one in resources if one.id[:2] in {("", "ConfigMap"), ("", "Secret")}}
    pattern = _lines_of(dynamic)
    return tuple(_with_checksums(one, configuration, pattern) for one in resources)


def _with_checksums(
    resource: Resource, configuration: Mapping[ResourceId, Resource], dynamic: re.Pattern[str] | None
) -> Resource:
    path = pod_template_path(resource.id.group, resource.id.kind)
    template = pod_template(resource.body)
    if path is None or template is None or resource.id[:2] in _RUN_ONCE:
        return resource
    annotations: dict[str, str] = {}
    for use, in_place in _uses(references(template)).items():
        found = configuration.get(ResourceId("", use[0], resource.id.namespace, use[1]))
        if found is not None and not (in_place and isinstance(found.origin, MadeFrom)):
            annotations[annotation(*use)] = digest(found.body, dynamic if in_place else None)
    if not annotations:
        return resource
    return replace(resource, body=_annotated(resource.body, (*path, "metadata", "annotations"), annotations))


def _annotated(body: Mapping[str, Any], path: Sequence[str], annotations: Mapping[str, str]) -> dict[str, Any]:
    """A copy of *body* with more in the map at *path*; what is there and no map gives way to one."""
    if not path:
        return {**body, **annotations}
    below = body.get(path[0])
    return {**body, path[0]: _annotated(below if isinstance(below, dict) else {}, path[1:], annotations)}


def _uses(found: Sequence[Reference]) -> dict[tuple[str, str], bool]:
    """By kind and name: whether every use of the object is one that changes in place."""
    uses: dict[tuple[str, str], bool] = {}
    for one in found:
        key = one.kind, one.name
        uses[key] = uses.get(key, True) and one.in_place
    return uses


def annotation(kind: str, name: str) -> str:
    """The annotation for an object; a name too long for one ends in a digest of itself."""
    stem = f"{kind.lower()}-{name}"
    if len(stem) > _LONGEST:
        stem = f"{stem[: _LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    return PREFIX + stem


def digest(body: Mapping[str, Any], dynamic: re.Pattern[str] | None = None) -> str:
    """The SHA-256 of an object's data, without the lines that *dynamic* matches."""
    data = {field: body[field] for field in ("binaryData", "data", "stringData") if body.get(field)}
    if dynamic is not None and isinstance(data.get("data"), Mapping):
        texts = data["data"].items()
        data["data"] = {key: dynamic.sub("", text) if isinstance(text, str) else text for key, text in texts}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _lines_of(keys: Collection[str]) -> re.Pattern[str] | None:
    """What matches the lines that set one of *keys*."""
    if not keys:
        return None
    names = "|".join(re.escape(key) for key in sorted(keys))
    return re.compile(rf"^(?:{names})(?:[ \t]*[=:]|[ \t])[^\n]*\n?", re.MULTILINE)
