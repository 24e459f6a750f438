"""What one group renders to in one environment, and the record that stands beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import Any

from generator.model.group import DeletionPolicy, State
from generator.model.key import BundleKey
from generator.model.order import Operation, Order
from generator.model.resource import ResourceId

__all__ = ["LOCK_NAME", "BundleKey", "Lock", "LockedObject"]

LOCK_NAME = "bundle.lock"
"""No ending that Argo CD or Flux would read as a manifest."""

_FORMAT = 1
_json = json.JSONEncoder(ensure_ascii=False).encode
_text = encode_basestring


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedObject:
    """One object that the bundle holds."""

    id: ResourceId
    component: str
    wave: int | None
    path: str
    """Relative to the bundle's folder."""

    sha256: str
    """Of the file's bytes, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a bundle was rendered from, and what it holds: the only memory from one run to the next."""

    plugin: str
    plugin_version: str
    runtime: str
    runtime_version: str
    topology: str
    target: str
    state: State
    deletion_policy: DeletionPolicy
    operation: Operation
    order: Order = ()
    """The stages of the operation, as they were."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    """`group`, `plugin`, `values` and `templates`, each a short SHA-256."""

    immutable_values: Mapping[str, Any] = field(default_factory=dict)
    """The values that the plugin forbids to change, by dotted path."""

    objects: tuple[LockedObject, ...] = ()
    delivery: tuple[str, ...] = ()
    """Files that have the bundle applied, relative to the output folder."""

    def paths(self, folder: str) -> list[str]:
        """The files of the bundle in *folder*, relative to the output folder as that is."""
        return [f"{folder}/{LOCK_NAME}", *(f"{folder}/{one.path}" for one in self.objects), *self.delivery]

    def dump(self) -> bytes:
        """JSON, one object a line, so that git shows what changed."""
        head = {
            "lockVersion": _FORMAT,
            "plugin": {"name": self.plugin, "version": self.plugin_version},
            "runtime": {"name": self.runtime, "version": self.runtime_version},
            "topology": self.topology,
            "target": self.target,
            "state": self.state,
            "deletionPolicy": self.deletion_policy,
            "operation": self.operation,
            "order": self.order,
            "hashes": dict(sorted(self.hashes.items())),
            "immutableValues": dict(sorted(self.immutable_values.items())),
            **({"delivery": self.delivery} if self.delivery else {}),
        }
        lines = [f'  "{key}": {_json(value)},\n' for key, value in head.items()]
        rows = [
            f'{{"group": {_text(entry.id.group)}, "kind": {_text(entry.id.kind)}, '
            f'"namespace": {_text(entry.id.namespace)}, "name": {_text(entry.id.name)}, '
            f'"component": {_text(entry.component)}, "wave": {"null" if entry.wave is None else entry.wave}, '
            f'"path": {_text(entry.path)}, "sha256": {_text(entry.sha256)}}}'
            for entry in self.objects
        ]
        body = ",\n    ".join(rows)
        objects = f"[\n    {body}\n  ]" if rows else "[]"
        return ("{\n" + "".join(lines) + f'  "objects": {objects}\n' + "}\n").encode()

    @classmethod
    def load(cls, data: bytes) -> "Lock":
        """The lock in *data*. Raises ValueError where it is not one, or one of another format."""
        try:
            raw = json.loads(data)
            if raw["lockVersion"] != _FORMAT:
                raise ValueError(f"lock format {raw['lockVersion']!r}")
            return cls(
                plugin=raw["plugin"]["name"],
                plugin_version=raw["plugin"]["version"],
                runtime=raw["runtime"]["name"],
                runtime_version=raw["runtime"]["version"],
                topology=raw["topology"],
                target=raw["target"],
                state=State(raw["state"]),
                deletion_policy=DeletionPolicy(raw["deletionPolicy"]),
                operation=Operation(raw["operation"]),
                order=tuple(tuple(stage) for stage in raw["order"]),
                hashes=raw["hashes"],
                immutable_values=raw["immutableValues"],
                objects=tuple(
                    LockedObject(
                        id=ResourceId(row["group"], row["kind"], row["namespace"], row["name"]),
                        component=row["component"],
                        wave=row["wave"],
                        path=row["path"],
                        sha256=row["sha256"],
                    )
                    for row in raw["objects"]
                ),
                delivery=tuple(raw.get("delivery", ())),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a bundle lock: {error!r}") from error
