"""How the lists and maps of each kind merge, and what tells the elements of a list apart.

From `x-kubernetes-list-map-keys`, `x-kubernetes-patch-merge-key` and `x-kubernetes-patch-strategy` of the
API. `retainKeys` is left out: it tells who makes a patch to add `$retainKeys`; who applies one needs no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.model.kinds import is_built_in
from generator.model.kinds_table import FIELDS, POD_TEMPLATES


@dataclass(frozen=True, slots=True)
class MergeRule:
    """How the value of one field merges, and the rules of what is inside it (for a list: in each element)."""

    keys: tuple[str, ...] = ()
    """What tells a list's elements apart. The first one is the patch merge key."""

    strategy: str = ""
    """`merge`: a list merges by element. `replace`: a map is replaced. Empty: maps merge, lists replace."""

    fields: Mapping[str, "MergeRule"] = field(default_factory=dict)

    def of(self, name: str) -> "MergeRule":
        """The rule of the field *name*; the plain rule where nothing special is known."""
        return self.fields.get(name, PLAIN)


PLAIN = MergeRule()
"""Maps merge, lists are replaced: wherever the API says nothing else, and everywhere in custom resources."""

KEY_DEFAULTS = {"protocol": "TCP"}
"""What the API server fills in where an element leaves out one of its keys."""


def merge_rule(group: str, kind: str) -> MergeRule:
    """The rules of a built-in kind; the plain rule for any other."""
    return _merge_rule(group, kind) if is_built_in(group, kind) else PLAIN


@cache
def _merge_rule(group: str, kind: str) -> MergeRule:
    tree: dict[str, Any] = {}
    for path, keys, strategy in _rows(group, kind):
        here = tree
        for part in path.replace("[]", "").split("."):
            here = here.setdefault(part, {})
        here[""] = (tuple(keys.split()), strategy)
    return _rule(tree)


def _rows(group: str, kind: str) -> Iterator[tuple[str, str, str]]:
    """Path, keys and strategy of the fields of the kind, of its metadata and of its pod template."""
    template = POD_TEMPLATES.get((group, kind))
    for owner, path, keys, strategy in FIELDS:
        if owner in {"*", f"{group}/{kind}"}:
            yield path, keys, strategy
        if template is not None and owner in {"*", "pod"}:
            yield f"{template}.{path}".lstrip("."), keys, strategy


def _rule(tree: dict[str, Any]) -> MergeRule:
    keys, strategy = tree.pop("", ((), ""))
    return MergeRule(keys, strategy, {name: _rule(inner) for name, inner in tree.items()})
