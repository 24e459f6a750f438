"""Values: what plugins default and groups override, in layers that know where they come from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from generator.yamlio.locate import Place

Value: TypeAlias = "bool | int | float | str | Sequence[Value] | Mapping[str, Value] | None"
"""What YAML can say. Nobody writes into a value that somebody else built."""

Object: TypeAlias = dict[str, Any]
"""A Kubernetes object as read from YAML. Whoever changes one makes a new one."""

Pointer: TypeAlias = tuple[str | int, ...]
"""A path into a value: keys of maps and indexes of lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One source of values. A `None` inside deletes what lower layers say."""

    name: str
    """What people call it, such as `group orders-cache, values`."""

    data: Mapping[str, Value]

    place: Place
    """Where `data` stands."""

    by_plugin: bool = False
    """Whether the plugin's author wrote it: a default, whose type an override must keep."""


def at(value: Value, pointer: Pointer) -> Value:
    """The value at *pointer*, or None where there is none."""
    for key in pointer:
        if isinstance(value, (dict, Mapping)) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str) and isinstance(key, int):
            value = value[key] if -len(value) <= key < len(value) else None
        else:
            return None
    return value


def maps(value: Any) -> list[Mapping[str, Any]]:
    """The maps in a list; nothing where *value* is none."""
    return [one for one in value if isinstance(one, (dict, Mapping))] if isinstance(value, list) else []


def dotted(pointer: Pointer) -> str:
    """A pointer as people write it: `spec.ports[0].name`; keys with dots are quoted."""
    parts: list[str] = []
    for key in pointer:
        if isinstance(key, int):
            parts.append(f"[{key}]")
        elif not key or any(char in key for char in '.[]"/ '):
            parts.append(f'["{key}"]')
        else:
            parts.append(f".{key}" if parts else key)
    return "".join(parts)


_STEP = re.compile(r"""\.?(?P<name>[^.\[\]"]+)|\["(?P<quoted>[^"]+)"\]""")


def undotted(text: str) -> tuple[str, ...]:
    """The keys that *text* leads through, written as `dotted` writes them.

    Raises:
        ValueError: it is no such path, or it leads into a list.
    """
    keys: list[str] = []
    position = 0
    while position < len(text):
        step = _STEP.match(text, position)
        if step is None or (not keys and text.startswith(".")):
            raise ValueError(f'"{text}" is no path of values: names with dots between them, such as storage.size')
        keys.append(step["name"] or step["quoted"])
        position = step.end()
    return tuple(keys)
