"""Merging maps, by the rules of dario.cat/mergo, and copying values, by those of mitchellh/copystructure."""

from typing import Any

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import GoMap, GoObject, NilMap
from generator.engines.gotemplate.run import Run
from generator.engines.sprig.cost import CONTAINER, ELEMENT, ENTRY, STEP


class _TypesDifferError(FuncError):
    """A pointer of the target meets another type: the merge stops half-way."""

    def __init__(self) -> None:
        super().__init__("src and dst must be of same type")


def merge(run: Run, target: dict[str, Any], *sources: dict[str, Any]) -> Any:
    """`target` itself, after the sources filled what it lacks or has empty, one after the other.

    Maps merge deeply; all else, lists included, is taken whole. A nil in a source changes nothing.
    """
    return _or_nothing(run, target, sources, overwrite=False)


def merge_overwrite(run: Run, target: dict[str, Any], *sources: dict[str, Any]) -> Any:
    """`target` itself, after the sources overwrote what they hold, empty values and nil included, one after the other.

    Maps merge deeply, so that an empty one changes nothing; all else, lists included, is taken whole.
    """
    return _or_nothing(run, target, sources, overwrite=True)


def must_merge(run: Run, target: dict[str, Any], *sources: dict[str, Any]) -> Any:
    """As `merge`, but an error where that gives an empty text."""
    return _merged(run, target, sources, overwrite=False)


def must_merge_overwrite(run: Run, target: dict[str, Any], *sources: dict[str, Any]) -> Any:
    """As `mergeOverwrite`, but an error where that gives an empty text."""
    return _merged(run, target, sources, overwrite=True)


def _or_nothing(run: Run, target: dict[str, Any], sources: tuple[dict[str, Any], ...], *, overwrite: bool) -> Any:
    try:
        return _merged(run, target, sources, overwrite=overwrite)
    except _TypesDifferError:
        return ""


def _merged(run: Run, target: dict[str, Any], sources: tuple[dict[str, Any], ...], *, overwrite: bool) -> Any:
    for source in sources:
        if isinstance(target, NilMap) and not isinstance(source, NilMap):
            target = {}
        _merge(run, target, source, overwrite=overwrite)
    return target


def _merge(run: Run, target: dict[str, Any], source: dict[str, Any], *, overwrite: bool) -> None:
    for key, value in list(source.items()):
        run.spend(STEP)
        if value is None:
            if overwrite:
                _put(run, target, key, value)
            continue
        present = target.get(key)
        if isinstance(value, dict) or (isinstance(value, GoObject) and not isinstance(value, int)):
            if isinstance(present, dict) and isinstance(value, dict):
                if not isinstance(present, NilMap):
                    _merge(run, present, value, overwrite=overwrite)
            elif _is_pointer(present) and not _is_pointer(value) and not overwrite:
                raise _TypesDifferError
        # Whether the target has nothing here is asked after the merge below it, which may have filled an empty map.
        if (
            key not in target
            or _is_empty(present)
            or (overwrite and not (isinstance(value, dict) and isinstance(present, dict)))
        ):
            _put(run, target, key, value)


def _put(run: Run, target: dict[str, Any], key: str, value: Any) -> None:
    if isinstance(target, GoMap) and target.go_elem == "string" and not isinstance(value, str):
        raise FuncError(
            "reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string",
        )
    run.spend(ENTRY)
    target[key] = value


def _is_pointer(value: Any) -> bool:
    return isinstance(value, GoObject) and value.go_kind == "ptr"


def _is_empty(value: Any) -> bool:
    return not value and (isinstance(value, int) or not isinstance(value, GoObject))


def deep_copy(run: Run, value: Any) -> Any:
    """A copy that shares no map and no list with the value."""
    if value is None:
        raise FuncError("reflect: call of reflect.Value.Type on zero Value")
    return _copied(run, value)


def _copied(run: Run, value: Any) -> Any:
    match value:
        case GoObject() if not isinstance(value, list):
            return value.go_copied()
        case dict():
            run.spend(CONTAINER + ENTRY * len(value))
            return value.__class__({key: _copied(run, element) for key, element in value.items()})
        case list():
            run.spend(CONTAINER + ELEMENT * len(value))
            return value.__class__([_copied(run, element) for element in value])
        case _:
            return value
