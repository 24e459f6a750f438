"""What a commit of bundles says: a subject that people read in a log, a list, and trailers that tools read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.bundle import BundleKey
from generator.model.order import Operation

_MOST_LISTED = 50
_NAMED = 3
"""Bundles that a subject names; of more it has the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleChange:
    """One bundle of a commit."""

    key: BundleKey
    operation: Operation
    detail: str = ""
    """Such as `redis 3.0.0, redis 7.4`."""


def subject(changes: Sequence[BundleChange]) -> str:
    """`mwgen: upgrade prod/orders-cache`, or `mwgen: 12 bundles: 10 update, 2 provision`."""
    if not changes:
        return "mwgen: render"
    by_operation = Counter(one.operation for one in changes)
    if len(changes) <= _NAMED and len(by_operation) == 1:
        return f"mwgen: {changes[0].operation} {', '.join(str(one.key) for one in changes)}"
    counts = ", ".join(f"{count} {operation}" for operation, count in by_operation.most_common())
    return f"mwgen: {len(changes)} bundles: {counts}"


def body(changes: Sequence[BundleChange]) -> str:
    """One line a bundle, by operation; of very many, the rest is counted."""
    ordered = sorted(changes, key=lambda one: (list(Operation).index(one.operation), one.key))
    lines = [f"{one.operation}: {one.key}{f' ({one.detail})' if one.detail else ''}" for one in ordered[:_MOST_LISTED]]
    if len(ordered) > _MOST_LISTED:
        lines.append(f"and {len(ordered) - _MOST_LISTED} more")
    return "\n".join(lines)


def touched(paths: Iterable[str]) -> list[BundleKey]:
    """The bundles that paths relative to the output folder lie in, sorted."""
    keys = {BundleKey(*parts[:2]) for parts in (path.split("/") for path in paths) if len(parts) > 2}
    return sorted(key for key in keys if not key.environment.startswith("."))
