"""Values from JSON, as encoding/json reads them: all numbers are float64."""

from typing import Any

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import NilList, NilMap
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.cost import STEP


def must_from_json(run: Run, text: str) -> Any:
    """The value that JSON denotes.

    Raises:
        FuncError: it is no JSON.
    """
    from generator.goyaml.gojson import JsonError
    from generator.goyaml.unjson import unmarshal

    run.spend(STEP * len(text))
    try:
        return unmarshal(text)
    except JsonError as error:
        raise FuncError(str(error)) from None


def from_json(run: Run, text: str) -> dict[str, Any]:
    """The map that JSON denotes, or one with the error at `Error`."""
    try:
        value = must_from_json(run, text)
    except FuncError as error:
        return {"Error": str(error)}
    if value is None:
        return NilMap()
    return value if isinstance(value, dict) else {"Error": _mismatch(value, "map[string]interface {}")}


def from_json_array(run: Run, text: str) -> list[Any]:
    """The list that JSON denotes, or one of the error."""
    try:
        value = must_from_json(run, text)
    except FuncError as error:
        return [str(error)]
    if value is None:
        return NilList()
    return value if isinstance(value, list) else [_mismatch(value, "[]interface {}")]


def _mismatch(value: Any, wanted: str) -> str:
    from generator.goyaml.unjson import mismatch

    return mismatch(value, wanted)
