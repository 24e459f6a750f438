"""Compiled units made callable under a name, and put together into one table of definitions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from generator.engines.gotemplate.dialect import Dialect
from generator.engines.gotemplate.errors import parse_error
from generator.engines.gotemplate.funcs import direct
from generator.engines.gotemplate.gotypes import Int64
from generator.engines.gotemplate.nodes import Source
from generator.engines.gotemplate.run import Body
from generator.engines.gotemplate.runtime import NAMESPACE
from generator.engines.gotemplate.text import quote
from generator.engines.gotemplate.unit import MAIN, CodeUnit

LOADED: Final = "__loaded__"
"""The global name under which a unit's code knows what it was loaded as: errors and traces ask for it."""

_CLASSES: Final[dict[str, Any]] = {
    "Int64": Int64,
    "bool": bool,
    "dict": dict,
    "float": float,
    "int": int,
    "list": list,
    "str": str,
    "__builtins__": {},
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A unit under a name."""

    name: str
    unit: CodeUnit
    bodies: Mapping[str, Body]
    """Its definitions; the text itself is `unit.MAIN`."""

    def owner(self, function: str) -> str:
        """The name of the definition that a function of the code belongs to."""
        return self.unit.owners[function] or self.name


def load(unit: CodeUnit, name: str, dialect: Dialect) -> Loaded:
    """Make the definitions of a unit callable."""
    functions: dict[str, Callable[..., Any]] = {f"f_{one}": direct(dialect.callable[one].call) for one in unit.calls}
    bodies: dict[str, Body] = {}
    loaded = Loaded(name, unit, bodies)
    space: dict[str, Any] = {**_CLASSES, **NAMESPACE, **functions, LOADED: loaded}
    exec(unit.code, space)  # noqa: S102 - our own compiler's code, in which the template is but constants
    bodies.update({key: space[one.function] for key, one in unit.definitions.items()})
    return loaded


def define(table: dict[str, Body], loaded: Loaded) -> None:
    """Add the definitions of a unit to a table, as Go does with one more parsed text.

    What is defined later wins, unless it is empty.

    Raises:
        TemplateError: the text defines its own name, and is not empty itself.
    """
    definitions = dict(loaded.unit.definitions)
    main = definitions.pop(MAIN)
    own = definitions.get(loaded.name)
    names = {**{key: key for key in definitions}, loaded.name: MAIN}
    if own is not None and not own.empty:
        if not main.empty:
            source = Source(loaded.unit.text)
            message = f"template: multiple definition of template {quote(loaded.name)}"
            raise parse_error(loaded.name, source, loaded.unit.last_pos, message)
        names[loaded.name] = loaded.name
    for name, key in names.items():
        if name not in table or not loaded.unit.definitions[key].empty:
            table[name] = loaded.bodies[key]
