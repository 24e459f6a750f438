"""Merging layers of values, lowest precedence first. Pure, associative, and nothing that it is given changes.

Maps merge deeply; everything else, lists included, is replaced whole (as Helm does); a null deletes what lower layers
say. A null stays as a tombstone until the last layer is in. For merging to be associative, two more things must be
remembered: that a map which came after a null, a scalar or a list replaces whatever lies below it (`_Whole`).
"""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from generator.model.values import Value


class _Whole(dict[str, Any]):
    """A map that replaces what lower layers say instead of merging with it."""

    __slots__ = ()


def merged(layers: Iterable[Mapping[str, Value]]) -> dict[str, Any]:
    """All *layers* as one map, nulls applied and gone. Parts that no layer changes are shared, not copied."""
    result = without_nulls(reduce(overlay, layers, {}))
    assert isinstance(result, dict)
    return result


def overlay(low: Value, high: Value) -> Any:
    """*high* over *low*, with nulls kept. Associative."""
    if high.__class__ in _LEAVES or not isinstance(high, (dict, Mapping)) or isinstance(high, _Whole):
        return high
    if not isinstance(low, (dict, Mapping)):
        return _Whole(high)
    if not high:
        return low
    result: dict[str, Any] = type(low)(low) if isinstance(low, _Whole) else dict(low)
    for key, value in high.items():
        result[key] = overlay(result[key], value) if key in result else value
    return result


def without_nulls(value: Value) -> Any:
    """*value* with every null in a map left out; nulls in lists are values and stay. Shares what has none."""
    if not isinstance(value, (dict, Mapping)):
        return value
    changed: dict[str, Any] = {}
    dropped = False
    for key, item in value.items():
        if item is None:
            dropped = True
            continue
        kept = item if item.__class__ in _LEAVES else without_nulls(item)
        dropped = dropped or kept is not item
        changed[key] = kept
    return changed if dropped or isinstance(value, _Whole) else value


_LEAVES = frozenset({str, int, float, bool, list})
"""Classes of what no null can be dropped from."""
