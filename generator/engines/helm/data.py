"""YAML for templates: `toYaml` and its kin, as thin wrappers over `generator.goyaml`. JSON and TOML are in sprig."""

from collections.abc import Callable
from typing import Any, Final

from generator.engines.gotemplate.funcs import Func, FuncError, FuncMap
from generator.engines.gotemplate.gotypes import GoObject, NilList, NilMap, NilStrings
from generator.engines.gotemplate.run import LimitExceeded, Run
from generator.engines.gotemplate.values import type_name
from generator.goyaml import emit, read
from generator.goyaml.errors import MarshalError, YamlError
from generator.goyaml.shapes import Struct

_NODE: Final = 256  # what a value is counted for besides its text: it takes as long as so many bytes
_READ: Final = 64  # and a character that is read
_PLAIN: Final = frozenset({bool, int, float, type(None)})
_NILS: Final = (NilMap, NilList, NilStrings)
_DEEPEST: Final = 1000


def _weigh(run: Run, value: Any) -> bool:
    """Account for all that is to be written; and whether there is anything in it that only templates know.

    A list may hold the same list many times over, so that a short template can name a text of any length.
    """
    odd = False
    level = [value]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        size = _NODE * len(level)
        for one in level:
            cls = one.__class__
            if cls is str:
                size += len(one)
            elif cls in _PLAIN:
                pass
            elif isinstance(one, dict):
                odd = odd or isinstance(one, NilMap)
                below += one.values()
            elif isinstance(one, list):
                odd = odd or isinstance(one, (GoObject, *_NILS))
                below += one
            else:
                odd = True
        run.spend(size)
        if not below:
            return odd
        level = below
    raise LimitExceeded("depth", _DEEPEST)


def _plain(value: Any) -> Any:
    """The value as plain types: nil lists and maps as null, objects as what JSON makes of them."""
    match value:
        case NilMap() | NilList() | NilStrings():
            return None
        case GoObject():
            return _plain(_json_of(value))
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case Func() | complex():
            raise MarshalError(f"error marshaling into JSON: json: unsupported type: {type_name(value)}")
        case _:
            return value


def _json_of(value: GoObject) -> Any:
    try:
        return value.go_json()
    except FuncError as error:
        said = f"json: error calling MarshalJSON for type {value.go_type}: {error}"
        raise MarshalError(f"error marshaling into JSON: {said}") from None


def _pretty(value: Any) -> Any:
    """The value as go-yaml 3 sees it: nil lists and maps are empty ones, and fields have other names than in JSON.

    Raises:
        FuncError: it holds what go-yaml cannot write.
    """
    match value:
        case GoObject():
            made = value.go_yaml()
            return Struct({key: _pretty(one) for key, one in made.items()}) if isinstance(made, dict) else made
        case dict():
            return {key: _pretty(one) for key, one in value.items()}
        case list():
            return [_pretty(one) for one in value]
        case Func() | complex():
            raise FuncError(f"cannot marshal type: {type_name(value)}")
        case _:
            return value


def _written(run: Run, value: Any, write: Callable[[Any], str], plain: Callable[[Any], Any] = _plain) -> str:
    return write(plain(value) if _weigh(run, value) else value).removesuffix("\n")


def to_yaml(run: Run, value: Any) -> str:
    """YAML without its final newline; nothing where the value cannot be written."""
    try:
        return _written(run, value, emit.marshal)
    except MarshalError:
        return ""


def must_to_yaml(run: Run, value: Any) -> str:
    """As `to_yaml`, but an error where the value cannot be written."""
    try:
        return _written(run, value, emit.marshal)
    except MarshalError as error:
        raise FuncError(str(error)) from None


def to_yaml_pretty(run: Run, value: Any) -> str:
    """YAML with lists indented; nothing where the value cannot be written."""
    try:
        return _written(run, value, emit.marshal_pretty, _pretty)
    except MarshalError:
        return ""


def from_yaml(run: Run, text: str) -> dict[str, Any]:
    """The map that a YAML text is, or one that holds the error under `Error`."""
    run.spend(_READ * len(text))
    try:
        value = read.read_values(text)
    except YamlError:
        value = False
    if value is None:
        return {}
    if isinstance(value, dict):
        return value
    try:
        return read.read_map(text)  # knows what Go says
    except YamlError as error:
        return {"Error": str(error)}


def from_yaml_array(run: Run, text: str) -> list[Any]:
    """The list that a YAML text is, or one that holds the error."""
    run.spend(_READ * len(text))
    try:
        value = read.read_values(text)
    except YamlError:
        value = False
    if value is None:
        return []
    if isinstance(value, list):
        return value
    try:
        return read.read_list(text)
    except YamlError as error:
        return [str(error)]


DATA_FUNCTIONS: Final[FuncMap] = {
    "fromYaml": Func("func(string) map[string]interface {}", from_yaml, wants_run=True),
    "fromYamlArray": Func("func(string) []interface {}", from_yaml_array, wants_run=True),
    "mustToYaml": Func("func(interface {}) string", must_to_yaml, wants_run=True),
    "toYaml": Func("func(interface {}) string", to_yaml, wants_run=True),
    "toYamlPretty": Func("func(interface {}) string", to_yaml_pretty, wants_run=True),
}
