"""Compiled units made callable under a name, and put together into one table of definitions."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from generator.dataclass import dataclass
from generator.engines.gotemplate.dialect import Dialect
from generator.engines.gotemplate.funcs import direct
from generator.engines.gotemplate.gotypes import Int64
from generator.engines.gotemplate.run import Body
from generator.engines.gotemplate.runtime import NAMESPACE
from generator.engines.gotemplate.text import quote
from generator.engines.gotemplate.unit import CodeUnit

ORIGIN: Final = "__origin__"
"""The global name under which a unit's code knows what it was loaded as: errors and traces ask for it."""

_CLASSES: Final[dict[str, Any]] = {
    "Int64": Int64,
    "bool": bool,
    "complex": complex,
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
    main: Body
    """The text itself."""
    bodies: Mapping[str, Body]
    """What it defines besides."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the functions of a unit know of themselves."""

    name: str
    unit: CodeUnit

    def owner(self, function: str) -> str:
        """The name of the definition that a function of the code belongs to."""
        owner = self.unit.owners[function]
        return self.name if owner is None else owner


def load(unit: CodeUnit, name: str, dialect: Dialect) -> Loaded:
    """Make the definitions of a unit callable."""
    functions: dict[str, Callable[..., Any]] = {f"f_{one}": direct(dialect.callable[one].call) for one in unit.calls}
    space: dict[str, Any] = {**_CLASSES, **NAMESPACE, **functions, ORIGIN: Origin(name, unit)}
    exec(unit.code, space)  # noqa: S102 - our own compiler's code, in which the template is but constants
    bodies = {key: space[one.function] for key, one in unit.definitions.items()}
    return Loaded(name, unit, space[unit.main.function], bodies)


def define(table: dict[str, Body], loaded: Loaded) -> None:
    """Add the definitions of a unit to a table, as Go does with one more parsed text.

    What is defined later wins, unless it is empty.

    Raises:
        TemplateError: the text defines its own name, and is not empty itself.
    """
    unit, name = loaded.unit, loaded.name
    bodies = dict(loaded.bodies)
    empty = {key: one.empty for key, one in unit.definitions.items()}
    if empty.get(name, True):
        bodies[name], empty[name] = loaded.main, unit.main.empty
    elif not unit.main.empty:
        from generator.engines.gotemplate.errors import parse_error
        from generator.engines.gotemplate.source import Source

        message = f"template: multiple definition of template {quote(name)}"
        raise parse_error(name, Source(unit.text), unit.last_pos, message)
    table.update({key: body for key, body in bodies.items() if key not in table or not empty[key]})
