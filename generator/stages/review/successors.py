"""Groups that go on under another name: one leaves and one comes in the same change, with the same content."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from generator.model.order import Operation
from generator.model.review import BundleReview
from generator.stages.review.families import normaliser

_HASHES = re.compile(r"(?m)^ *(?:middleware\.io/[a-z]+-hash|checksum/[^:\n]*): .*\n")


def with_successors(bundles: Sequence[BundleReview]) -> list[BundleReview]:
    """The bundles, new ones with the key of the one that they take the place of."""
    gone: dict[str, list[BundleReview]] = {}
    for one in bundles:
        if one.operation is Operation.DELETE:
            gone.setdefault(_content(one), []).append(one)
    if not gone:
        return list(bundles)
    found: list[BundleReview] = []
    for one in bundles:
        same = gone.get(_content(one)) if one.versions[0] == "" and one.operation is not Operation.DELETE else None
        found.append(replace(one, previous=same.pop(0).key) if same else one)
    return found


def _content(one: BundleReview) -> str:
    """A digest of all objects without the group's own names, and without hashes of what they were made from."""
    plain = normaliser(one)
    texts = sorted(plain(_HASHES.sub("", each.old or each.new)) for each in one.objects)
    return hashlib.sha256("\0".join([one.key.environment, one.plugin, *texts]).encode("utf-8", "replace")).hexdigest()
