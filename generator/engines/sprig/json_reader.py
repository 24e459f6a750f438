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
    from generator.goyaml.gojson import JsonError
    from generator.goyaml.unjson import readable_part, unmarshal_map

    run.spend(STEP * len(text))
    try:
        return NilMap() if _is_null(text) else unmarshal_map(text)
    except JsonError as error:
        return {**readable_part(text), "Error": str(error)}


def from_json_array(run: Run, text: str) -> list[Any]:
    """The list that JSON denotes, or one of the error."""
    from generator.goyaml.gojson import JsonError
    from generator.goyaml.unjson import unmarshal_list

    run.spend(STEP * len(text))
    try:
        return NilList() if _is_null(text) else unmarshal_list(text)
    except JsonError as error:
        return [str(error)]


def _is_null(text: str) -> bool:
    return text.strip(" \t\r\n") == "null"
