"""Groups that go on under another name: one leaves and one comes in the same change, with the same content.

Small groups of one plugin are much alike, so likeness alone proves nothing: what is not quite the same must say more,
by standing in the other's file or by naming the other, as a reference to its Secret does.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model.order import Operation
from generator.model.review import BundleReview
from generator.stages.review.families import normaliser

_NOISE = re.compile(
    r"(?m)^ *(?:middleware\.io/(?:[a-z]+-hash|tier)|checksum/[^:\n]*"
    r"|argocd\.argoproj\.io/sync-wave|kustomize\.toolkit\.fluxcd\.io/depends-on): .*\n"
)
"""Hashes of what an object was made from; and its wave, which is that of another operation: the old one's last."""

_ALIKE = 0.8
"""The share of lines that both must have."""

_MOST = 10_000
"""Pairs that are held against each other: a change that renames more is a change of everything."""


def with_successors(bundles: Sequence[BundleReview]) -> list[BundleReview]:
    """The bundles, new ones with the key of the one that they take the place of."""
    gone = [one for one in bundles if one.operation is Operation.DELETE]
    fresh = [one for one in bundles if one.versions[0] == "" and one.operation is not Operation.DELETE]
    if not gone or not fresh:
        return list(bundles)
    contents = {id(one): _content(one) for one in (*gone, *fresh)}
    taken: dict[int, BundleReview] = {}
    by_content: dict[str, list[BundleReview]] = {}
    for one in gone:
        by_content.setdefault(_digest(one, contents[id(one)]), []).append(one)
    for one in fresh:
        same = by_content.get(_digest(one, contents[id(one)]))
        if same:
            taken[id(one)] = same.pop(0)
    known = {id(one) for one in taken.values()}
    left = [one for one in gone if id(one) not in known] if len(gone) * len(fresh) <= _MOST else []
    for one in fresh:
        if id(one) not in taken:
            found = next((other for other in left if _goes_on(other, one, contents)), None)
            if found is not None:
                left.remove(found)
                taken[id(one)] = found
    return [replace(one, previous=taken[id(one)].key) if id(one) in taken else one for one in bundles]


def _goes_on(old: BundleReview, new: BundleReview, contents: Mapping[int, Counter[str]]) -> bool:
    """Whether *new* is *old* with little changed."""
    return (
        (old.key.environment, old.plugin) == (new.key.environment, new.plugin)
        and _is_hinted(old, new)
        and _likeness(contents[id(old)], contents[id(new)]) >= _ALIKE
    )


def _content(one: BundleReview) -> Counter[str]:
    """The lines of all objects without the group's own names, hashes of what they were made from, and waves."""
    plain = normaliser(one)
    return Counter(plain(_NOISE.sub("", "\n".join(each.old or each.new for each in one.objects))).splitlines())


def _digest(one: BundleReview, content: Counter[str]) -> str:
    rows = [one.key.environment, one.plugin, *(f"{count} {line}" for line, count in sorted(content.items()))]
    return hashlib.sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest()


def _is_hinted(old: BundleReview, new: BundleReview) -> bool:
    """Whether *new* stands where *old* did, or names it."""
    if old.file and old.file == new.file:
        return True
    name = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(old.key.group)}(?![A-Za-z0-9])")
    return any(name.search(each.new) for each in new.objects)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0 to 1: the share of all their lines that both have."""
    return (one & other).total() / max(1, (one | other).total())
