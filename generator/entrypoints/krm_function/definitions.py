"""Definitions that come as items of a ResourceList, as a tree of files."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.entrypoints.krm_function.resource_list import index_of, path_of, plain
from generator.model.tree import Tree
from generator.model.values import Object
from generator.stages.configmaps.keys import PLUGIN_LABEL
from generator.stages.load.fields import API_VERSION
from generator.yamlio.dump import dump_all

GROUP_LABEL = "middleware.io/group"

_KINDS = frozenset({"Plugin", "Group", "Environment"})
_ODD = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class ItemsTree:
    """The files that definitions among the items make, and, below it, the files on disk, if there are any.

    A file has only those of its documents that are definitions; `indexes` says which of the file's they are.
    """

    contents: Mapping[str, bytes]
    indexes: Mapping[str, Sequence[int]]
    disk: Tree
    whole: bool
    """Whether files on disk count as definitions, too; otherwise they are only read where an item names them."""

    def files(self, *folders: str) -> Sequence[str]:
        """Every file of the items, wherever it stands, and those on disk below *folders*."""
        return sorted({*self.contents, *(self.disk.files(*folders) if self.whole else ())})

    def everything(self, folder: str) -> Sequence[str]:
        """Every file on disk below a folder: a chart is never among the items."""
        return self.disk.everything(folder)

    def read(self, path: str) -> bytes:
        """What stands in a file. Raises FileNotFoundError where there is none."""
        return self.contents[path] if path in self.contents else self.disk.read(path)


def is_definition(item: Object) -> bool:
    """Whether the item is one of ours: a Plugin, a Group, an Environment, or a ConfigMap that says that it is."""
    if item["apiVersion"] == API_VERSION:
        return item["kind"] in _KINDS
    labels = item["metadata"].get("labels")
    return (
        item["apiVersion"] == "v1"
        and item["kind"] == "ConfigMap"
        and isinstance(labels, Mapping)
        and PLUGIN_LABEL in labels
        and GROUP_LABEL not in labels  # what mwgen renders has the label of its plugin, too
    )


def tree(items: Sequence[Object], disk: Tree, *, whole: bool) -> ItemsTree:
    """The tree of the definitions among *items*; one without a path gets one of its kind and name."""
    files: dict[str, list[Object]] = {}
    for item in items:
        if is_definition(item):
            name = _ODD.sub("-", f"{item['kind']}-{item['metadata']['name']}".lower())
            files.setdefault(path_of(item) or f"(items)/{name}.yaml", []).append(item)
    ordered = {path: sorted(own, key=index_of) for path, own in files.items()}
    return ItemsTree(
        contents={path: dump_all(map(plain, own)).encode() for path, own in ordered.items()},
        indexes={path: [index_of(item) for item in own] for path, own in ordered.items()},
        disk=disk,
        whole=whole,
    )
