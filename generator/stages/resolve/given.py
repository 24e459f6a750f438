"""The layer of values that a door's caller sets, above everything in the source.

A protocol that knows only texts, such as Argo CD's parameters, cannot say whether `8` is a number. So a text becomes
what it replaces: a number where a number is the default, text where text is. Where nothing is replaced, `true`, `false`
and whole numbers are read as YAML reads them, and everything else stays text: `7.10` is a version more often than it
is a number, and templates print both alike. `null` deletes, as it does in YAML.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from generator.diagnostics import Diagnostic, Label, SourceFile
from generator.goyaml.errors import YamlError
from generator.goyaml.read import read_manifest
from generator.model.given import Given, GivenText, GivenValue, Text
from generator.model.values import Layer, Pointer, Value, at
from generator.stages.merge import overlay
from generator.yamlio.dump import dump
from generator.yamlio.locate import Place
from generator.yamlio.wording import choices

_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_NONE: Any = object()


def layers(given: Given, component: str, below: Sequence[Layer]) -> Iterator[Layer]:
    """The layer of *given* for *component*, whose other layers are *below*; none where there is nothing to say."""
    fitting = [one for one in given.values if one.component in ("", component)]
    if not fitting:
        return
    data: Mapping[str, Any] = reduce(overlay, (_nested(one, below) for one in fitting), {})
    file = SourceFile(f"({given.origin})", dump(data))
    yield Layer(name=given.origin, data=data, place=Place(file))


def strangers(given: Given, components: Sequence[str], plugin: str) -> Iterator[Diagnostic]:
    """Values for components that the bundle does not have."""
    for one in given.values:
        if one.component and one.component not in components:
            yield Diagnostic(
                code="MW309",
                message=f'{one.name}: plugin {plugin} has no component "{one.component}"',
                primary=Label(Place(SourceFile(f"({given.origin})", "")).span()),
                hint=choices(one.component, components),
            )


def _nested(one: GivenValue, below: Sequence[Layer]) -> dict[str, Any]:
    value: Any = _typed(one.value.text, one.pointer, below) if isinstance(one.value, GivenText) else one.value
    for key in reversed(one.pointer):
        value = {key: value}
    assert isinstance(value, dict)
    return value


def _typed(text: Text, pointer: Pointer, below: Sequence[Layer]) -> Value:
    if isinstance(text, Mapping):
        return {key: _typed(each, (*pointer, key), below) for key, each in text.items()}
    replaced = _replaced(pointer, below)
    if isinstance(text, str):
        return _scalar(text, replaced)
    like = replaced[0] if isinstance(replaced, Sequence) and not isinstance(replaced, str) and replaced else None
    return [_scalar(each, like) for each in text]


def _replaced(pointer: Pointer, below: Sequence[Layer]) -> Value:
    """What the highest layer that says anything there says."""
    return next((value for layer in reversed(below) if (value := at(layer.data, pointer)) is not None), None)


def _scalar(text: str, like: Value) -> Value:
    """*text* as a value of the type of *like*, as far as it is one; what does not fit is reported where all is."""
    if text == "null":
        return None
    if isinstance(like, str):
        return text
    if like is None:
        return read_manifest(text) if text in ("true", "false") or _WHOLE.match(text) else text
    value = _read(text)
    fits = (
        isinstance(value, bool)
        if isinstance(like, bool)
        else isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(like, int | float)
        else isinstance(value, Mapping)
        if isinstance(like, Mapping)
        else isinstance(value, list)
    )
    return value if fits else text


def _read(text: str) -> Any:
    try:
        return read_manifest(text)
    except YamlError:
        return _NONE
