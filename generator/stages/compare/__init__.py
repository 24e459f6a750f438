"""What changed between two sets of objects: which came, went or changed, and in which fields.

Objects pair by identity: API group, kind, namespace, name. A new API version of the same group is a change of the
field `apiVersion`; a rename or a move to another namespace is one object gone and one added, as it is for a cluster.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.model.change import ChangeKind
from generator.model.merge_rules import merge_rule
from generator.model.resource import ResourceId
from generator.model.values import Object
from generator.stages.compare.fields import FieldChange, ListKey, Path, differences, pointer

__all__ = ["ChangeKind", "FieldChange", "ListKey", "ObjectChange", "Path", "compare", "compare_files", "pointer"]

Read = Callable[[str, bytes], Iterable[Object]]
"""From a file's path and bytes to the objects in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """One object that is not what it was."""

    id: ResourceId
    kind: ChangeKind
    """Added, removed or changed."""

    old: Object | None
    new: Object | None
    fields: tuple[FieldChange, ...] = ()
    """For a changed object: each field that differs."""


def compare(old: Iterable[Object], new: Iterable[Object]) -> tuple[ObjectChange, ...]:
    """What must happen to the objects *old* for them to become *new*, by identity. Equal sets give nothing.

    Objects of one identity on one side pair in their order.
    """
    before, after = _by_id(old), _by_id(new)
    changes: list[ObjectChange] = []
    for key in sorted(before.keys() | after.keys()):
        one, other = before.get(key), after.get(key)
        id_, _ = key
        if one is None or other is None:
            kind = ChangeKind.ADDED if one is None else ChangeKind.REMOVED
            changes.append(ObjectChange(id=id_, kind=kind, old=one, new=other))
            continue
        fields = differences(one, other, merge_rule(id_.group, id_.kind))
        if fields:
            changes.append(ObjectChange(id=id_, kind=ChangeKind.CHANGED, old=one, new=other, fields=fields))
    return tuple(changes)


def compare_files(old: Mapping[str, bytes], new: Mapping[str, bytes], read: Read) -> tuple[ObjectChange, ...]:
    """`compare` on the objects of two trees of files, by path. A file whose bytes both trees have is never read.

    An object that only moved from one file to another is no change.
    """
    same = _digests(old) & _digests(new)
    return compare(_objects(old, same, read), _objects(new, same, read))


def _by_id(objects: Iterable[Object]) -> dict[tuple[ResourceId, int], Object]:
    """Objects by identity and by their number among those of the same identity."""
    seen: Counter[ResourceId] = Counter()
    found: dict[tuple[ResourceId, int], Object] = {}
    for body in objects:
        id_ = ResourceId.of(body)
        found[id_, seen[id_]] = body
        seen[id_] += 1
    return found


def _digests(tree: Mapping[str, bytes]) -> Counter[bytes]:
    return Counter(map(_digest, tree.values()))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _objects(tree: Mapping[str, bytes], same: Counter[bytes], read: Read) -> list[Any]:
    """The objects of the files that the other tree does not have."""
    left = Counter(same)
    found: list[Any] = []
    for path, data in sorted(tree.items()):
        digest = _digest(data)
        if left[digest] > 0:
            left[digest] -= 1
        else:
            found += read(path, data)
    return found
