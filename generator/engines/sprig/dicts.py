"""Maps: building, reading, changing in place, selecting. `set` and `unset` change the map that they are given.

Go gives keys in random order; here they come in the order of their bytes.
"""

from typing import Any

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import NilMap, SharedMap, Strings
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes
from generator.engines.gotemplate.values import type_name
from generator.engines.sprig.convert import strval
from generator.engines.sprig.cost import ELEMENT, ENTRY


def make_dict(run: Run, *pairs: Any) -> dict[str, Any]:
    """A map of keys and values by turns; a last key without a value gets an empty string."""
    run.spend(ENTRY * len(pairs))
    result: dict[str, Any] = {}
    for at in range(0, len(pairs), 2):
        result[strval(run, pairs[at])] = pairs[at + 1] if at + 1 < len(pairs) else ""
    return result


def get(entries: dict[str, Any], key: str) -> Any:
    """The value at `key`, an empty string where there is none."""
    return entries.get(key, "")


def set_key(run: Run, entries: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The same map, with `value` put at `key`.

    Raises:
        FuncError: the map is nil.
    """
    if isinstance(entries, NilMap):
        raise FuncError("assignment to entry in nil map")
    run.spend(ENTRY)
    entries[key] = value
    return entries


def unset(entries: dict[str, Any], key: str) -> dict[str, Any]:
    """The same map, without `key`."""
    entries.pop(key, None)
    return entries


def has_key(entries: dict[str, Any], key: str) -> bool:
    """Whether the map has the key."""
    return key in entries


def pluck(key: str, *maps: dict[str, Any]) -> list[Any]:
    """The values that the maps have at `key`."""
    return [entries[key] for entries in maps if key in entries]


def keys(run: Run, *maps: dict[str, Any]) -> Strings:
    """The keys of every map, each map's in order."""
    result = Strings()
    for entries in maps:
        run.spend(ELEMENT * len(entries))
        result += sorted(entries, key=to_bytes)
    return result


def values(run: Run, entries: dict[str, Any]) -> list[Any]:
    """The values, in the order of their keys."""
    run.spend(ELEMENT * len(entries))
    return [entries[key] for key in sorted(entries, key=to_bytes)]


def pick(run: Run, entries: dict[str, Any], *wanted: str) -> dict[str, Any]:
    """A new map of the given keys alone."""
    run.spend(ENTRY * len(wanted))
    return {key: entries[key] for key in wanted if key in entries}


def omit(run: Run, entries: dict[str, Any], *unwanted: str) -> dict[str, Any]:
    """A new map of all but the given keys."""
    run.spend(ENTRY * len(entries))
    dropped = frozenset(unwanted)
    return {key: value for key, value in entries.items() if key not in dropped}


def dig(*arguments: Any) -> Any:
    """The value at a path of keys, else the default: `dig "a" "b" "default" .map`.

    Raises:
        FuncError: a key is no string, or a step on the path is no map[string]interface {}, named maps included.
    """
    if len(arguments) < 3:
        raise FuncError("dig needs at least three arguments")
    *path, fallback, value = arguments
    entries = _plain_map(value)
    for key in path:
        if not isinstance(key, str):
            raise FuncError(_conversion(key, "string"))
    for key in path[:-1]:
        if key not in entries:
            return fallback
        entries = _plain_map(entries[key])
    return entries.get(path[-1], fallback)


def _plain_map(value: Any) -> dict[str, Any]:
    if value.__class__ is dict or isinstance(value, NilMap | SharedMap):
        return value
    raise FuncError(_conversion(value, "map[string]interface {}"))


def _conversion(value: Any, wanted: str) -> str:
    found = "nil" if value is None else type_name(value)
    return f"interface conversion: interface {{}} is {found}, not {wanted}"
