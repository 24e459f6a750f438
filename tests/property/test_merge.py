"""Laws of merging: they hold for any values, nulls included."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.stages.merge import merged, overlay, without_nulls

SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b"])
KEYS = st.sampled_from(["a", "b", "c"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3))
LAYERS = st.dictionaries(KEYS, VALUES, max_size=3)


@given(LAYERS, LAYERS, LAYERS)
def test_associative(a: dict[str, Any], b: dict[str, Any], c: dict[str, Any]) -> None:
    left = without_nulls(overlay(overlay(a, b), c))
    right = without_nulls(overlay(a, overlay(b, c)))
    assert left == right == merged([a, b, c])


@given(LAYERS)
def test_identity(a: dict[str, Any]) -> None:
    assert merged([a]) == merged([{}, a]) == merged([a, {}])


@given(LAYERS, LAYERS)
def test_idempotent(a: dict[str, Any], b: dict[str, Any]) -> None:
    assert merged([a, b]) == merged([a, b, b])


@given(st.lists(LAYERS, max_size=4))
def test_inputs_stay_and_nulls_go(layers: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(layers)
    result = merged(layers)
    assert layers == before
    assert not _has_null_in_map(result)


@given(LAYERS, LAYERS, KEYS)
def test_the_last_layer_that_says_something_final_wins(a: dict[str, Any], b: dict[str, Any], key: str) -> None:
    if key in b and not isinstance(b[key], dict):
        assert merged([a, b]).get(key) == b[key]
    elif key not in b:
        assert merged([a, b]).get(key) == merged([a]).get(key)


def _has_null_in_map(value: Any) -> bool:
    if isinstance(value, dict):
        return any(inner is None or _has_null_in_map(inner) for inner in value.values())
    return False
