"""When the API server takes two values for the same, whatever the manifests say."""

import base64
from collections.abc import Mapping
from typing import Any

from generator.model import quantity

_QUANTITIES = frozenset({"requests", "limits", "capacity"})
"""Maps whose values are quantities, wherever they stand."""


def at(body: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """The value at a dotted path; *default* where there is none, or nothing in it."""
    found: Any = body
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return default if _is_unset(found) else found


def same(one: Any, other: Any) -> bool:
    """Whether two values are one to the server: nothing, null and empty are alike, quantities go by value."""
    return _same(one, other, quantities=False)


def _same(one: Any, other: Any, *, quantities: bool) -> bool:
    if one is other:
        return True
    if _is_unset(one) or _is_unset(other):
        return _is_unset(one) and _is_unset(other)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(
            _same(one.get(name), other.get(name), quantities=quantities or name in _QUANTITIES)
            for name in one.keys() | other.keys()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if quantities and isinstance(one, str | int | float) and isinstance(other, str | int | float):
        return quantity.same(one, other)
    return type(one) is type(other) and bool(one == other)


def _is_unset(value: Any) -> bool:
    return value is None or (isinstance(value, str | Mapping | list) and not value)


def secret_data(body: Mapping[str, Any]) -> dict[str, str]:
    """The data of a Secret or ConfigMap as the server keeps them: a Secret's `stringData` joins its `data`."""
    data = {str(name): str(value) for name, value in (body.get("data") or {}).items()}
    for name, text in (body.get("stringData") or {}).items():
        data[str(name)] = base64.b64encode(str(text).encode()).decode()
    return data
