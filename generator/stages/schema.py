"""A plugin's `valuesSchema` (JSON Schema), held against the values of its groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, DiagnosticError, Label
from generator.model.plugin import Plugin
from generator.model.values import Layer, Pointer, at, dotted
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices, nearest

_LONGEST = 300
"""Characters of a message; a wrong value may be a whole map."""


class ValuesSchema:
    """A compiled schema."""

    def __init__(self, plugin: Plugin) -> None:
        """Compile the schema of *plugin*, which has one.

        Raises:
            DiagnosticError: it is no schema, or refers to something outside itself.
        """
        import jsonschema_rs

        self._plugin = plugin
        try:
            self._validator = jsonschema_rs.validator_for(dict(plugin.values_schema or {}), retriever=_refused)
        except jsonschema_rs.ValidationError as error:
            place = plugin.place / "spec" / "valuesSchema"
            raise DiagnosticError(
                Diagnostic(
                    code="MW209",
                    message=f"the schema is not valid: {_first_line(error.message)}",
                    primary=Label(place.child(*error.instance_path).span()),
                    hint=_of_type(error.instance_path, error.instance)
                    or "it must be a JSON Schema that refers to nothing outside itself",
                )
            ) from None

    def misfits(self, values: Mapping[str, Any], layers: Sequence[Layer], subject: str) -> Iterator[Diagnostic]:
        """What *values* do that the schema does not allow, each at the layer that says so."""
        for error in self._validator.iter_errors(values):
            unexpected = getattr(error.kind, "unexpected", None)
            pointer: Pointer = tuple(error.instance_path)
            if unexpected:
                known = self._properties(pointer)
                for name in unexpected:
                    yield self._misfit(
                        (*pointer, name), f'no value "{name}" is known', layers, subject, choices(name, known), key=True
                    )
            else:
                yield self._misfit(pointer, _first_line(error.message), layers, subject, _hint(error.kind), key=False)

    def _misfit(
        self, pointer: Pointer, message: str, layers: Sequence[Layer], subject: str, hint: str, *, key: bool
    ) -> Diagnostic:
        # Of the values as a whole, the plugin's own defaults are to blame: there the value that is missing may stand.
        saying = next((layer for layer in reversed(layers) if pointer and at(layer.data, pointer) is not None), None)
        saying = saying or next((layer for layer in layers if not pointer and layer.by_plugin), None)
        rule = self._plugin.place / "spec" / "valuesSchema"
        place: Place = saying.place.child(*pointer) if saying else rule
        return Diagnostic(
            code="MW333",
            message=f"{dotted(pointer)}: {message}" if pointer else message,
            primary=Label(place.span(key=key or not pointer)),
            secondary=(Label(rule.span(key=True), "the plugin's schema says so"),),
            hint=hint,
            field=dotted(pointer),
            subject=subject,
        )

    def _properties(self, pointer: Pointer) -> list[str]:
        """The names that the schema has for the map at *pointer*, as far as that can be followed."""
        schema: Any = self._plugin.values_schema
        for step in pointer:
            schema = at(schema, ("items",)) if isinstance(step, int) else at(schema, ("properties", step))
        properties = at(schema, ("properties",))
        return list(properties) if isinstance(properties, Mapping) else []


def _hint(kind: Any) -> str:
    """What to do about a value that the schema does not allow."""
    missing = getattr(kind, "property", None)
    if missing:
        return f"give {missing} a value, or take it out of the schema's required"
    return "give a value that fits, or change the schema"


def _of_type(path: Sequence[str | int], said: Any) -> str:
    """The type of JSON Schema that was probably meant."""
    if not path or path[-1] != "type" or not isinstance(said, str):
        return ""
    meant = _TYPES.get(said.lower()) or nearest(said, _TYPES.values())
    return f'write "{meant}"' if meant else f"the types are {', '.join(sorted({*_TYPES.values()}))}"


_TYPES = {
    **dict.fromkeys(("int", "int32", "int64", "long"), "integer"),
    **dict.fromkeys(("float", "double"), "number"),
    **dict.fromkeys(("str", "text"), "string"),
    **dict.fromkeys(("bool",), "boolean"),
    **dict.fromkeys(("map", "dict"), "object"),
    **dict.fromkeys(("list",), "array"),
    "none": "null",
}
"""What people call JSON Schema's types."""


def _first_line(message: str) -> str:
    line = message.splitlines()[0]
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _refused(uri: str) -> Any:
    raise ValueError(f"{uri} is not part of the schema")
