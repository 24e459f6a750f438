"""Strategic merge patches, as `kubectl patch --type=strategic` applies them; plain merge for custom kinds.

Where kubectl loses or mangles what was meant, this module does what was meant:
- list elements are told apart by all of their keys: a UDP port does not become the TCP port of that number;
- `$patch: delete` on a map removes it, where kubectl leaves an empty map behind (kustomize removes it too);
- `$patch: replace` works on a map that is not there yet, where kubectl drops the map;
- `$patch: replace` in an element that says more is an error: kubectl would drop that element and all others;
- `$patch: merge` says what happens anyway, where kubectl refuses it;
- a directive that can have no effect is an error, and none ever reaches the result.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from generator.model.merge_rules import KEY_DEFAULTS, PLAIN, MergeRule
from generator.model.values import Pointer

_DIRECTIVE = "$patch"
_RETAIN = "$retainKeys"
_ORDER = "$setElementOrder/"
_UNWANTED = "$deleteFromPrimitiveList/"


class PatchError(Exception):
    """A patch that cannot be applied: what is wrong, and where in the patch."""

    def __init__(self, message: str, pointer: Pointer = (), hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer
        self.hint = hint


class _Removed:
    """Stands for a value that the patch deletes."""


_REMOVED: Final = _Removed()
_Map: TypeAlias = Mapping[str, Any]


def merge(body: _Map, patch: _Map, rule: MergeRule = PLAIN) -> dict[str, Any] | None:
    """*body* with *patch* merged into it by *rule*; None where the patch deletes all of it. Neither is changed.

    Raises:
        PatchError: the patch has a directive that means nothing, or an element without the key of its list.
    """
    merged = _map(body, patch, rule, ())
    return None if isinstance(merged, _Removed) else merged


def _map(original: _Map, patch: _Map, rule: MergeRule, path: Pointer) -> dict[str, Any] | _Removed:
    directive = _directive(patch, path)
    if directive == "delete":
        return _REMOVED
    if directive == "replace":
        return _fields(patch, rule, path)
    merged = _retained(original, patch, path)
    for name, unwanted in _named(patch, _UNWANTED, path):
        if isinstance(merged.get(name), list):
            merged[name] = [value for value in merged[name] if value not in unwanted]
    for name, value in patch.items():
        if not name.startswith("$"):
            changed = _value(merged.get(name), value, rule.of(name), (*path, name))
            if isinstance(changed, _Removed):
                merged.pop(name, None)
            else:
                merged[name] = changed
    for name, order in _named(patch, _ORDER, path):
        if isinstance(merged.get(name), list):
            merged[name] = _ordered(merged[name], original.get(name), order, rule.of(name))
    return merged


def _value(original: Any, patch: Any, rule: MergeRule, path: Pointer) -> Any:
    """What becomes of one field: merged, replaced, or removed."""
    if patch is None:
        return _REMOVED
    if isinstance(patch, Mapping) and isinstance(original, Mapping) and rule.strategy != "replace":
        return _map(original, patch, rule, path)
    if isinstance(patch, list) and isinstance(original, list) and rule.strategy == "merge":
        return _list(original, patch, rule, path)
    return _new(patch, rule, path)


def _new(patch: Any, rule: MergeRule, path: Pointer) -> Any:
    """A value of the patch where nothing was, or something of another sort: no directives, no nulls in maps."""
    if isinstance(patch, Mapping):
        return _REMOVED if _directive(patch, path) == "delete" else _fields(patch, rule, path)
    if not isinstance(patch, list):
        return patch
    contents = _contents(patch, rule, path)
    if not rule.keys:
        for at, element in contents:
            _refuse_directives(element, (*path, at))
        return [element for _, element in contents]
    elements = [_new(element, rule, (*path, at)) for at, element in contents]
    return [element for element in elements if not isinstance(element, _Removed)]


def _fields(patch: _Map, rule: MergeRule, path: Pointer) -> dict[str, Any]:
    """The fields of a map that is the patch's alone."""
    new = {
        name: _new(value, rule.of(name), (*path, name))
        for name, value in patch.items()
        if value is not None and not name.startswith("$")
    }
    return {name: value for name, value in new.items() if not isinstance(value, _Removed)}


# --- lists


@dataclass(slots=True)
class _Element:
    """An element of a list on its way: where it stood, and where the patch has it."""

    value: Any
    before: int | None
    patched: int | None = None


def _list(original: Sequence[Any], patch: Sequence[Any], rule: MergeRule, path: Pointer) -> list[Any]:
    """Two lists merged element by element: scalars by value, maps by the keys of the rule."""
    contents = _contents(patch, rule, path)
    if any(isinstance(element, Mapping) and element == {_DIRECTIVE: "replace"} for element in patch):
        return list(_new(patch, rule, path))
    elements = [_Element(value, at) for at, value in enumerate(original)]
    for at, wanted in contents:
        here = (*path, at)
        same = _matcher(wanted, rule, here)
        found = [element for element in elements if same(element.value)]
        directive = _directive(wanted, here) if isinstance(wanted, Mapping) else ""
        if directive == "replace":
            hint = "{$patch: replace} alone, as an element, replaces the list; null deletes a single field"
            raise PatchError("$patch: replace stands beside other fields of a list's element", here, hint)
        if directive == "delete":
            elements = [element for element in elements if not any(element is one for one in found)]
        elif found:
            target = _likeliest(found, wanted, rule)
            target.value = _map(target.value, wanted, rule, here) if isinstance(wanted, Mapping) else wanted
            target.patched = at if target.patched is None else target.patched
        else:
            elements.append(_Element(_new(wanted, rule, here), None, at))
    return _interleaved(elements)


def _contents(patch: Sequence[Any], rule: MergeRule, path: Pointer) -> list[tuple[int, Any]]:
    """The elements of a patch's list with their places, without those that are a mere `$patch: replace` or `merge`."""
    kept = []
    for at, element in enumerate(patch):
        if isinstance(element, Mapping) and element.keys() == {_DIRECTIVE}:
            if _directive(element, (*path, at)) == "delete":
                raise PatchError("$patch: delete does not say which element", (*path, at), _which(rule))
            continue
        kept.append((at, element))
    return kept


def _matcher(wanted: Any, rule: MergeRule, path: Pointer) -> Callable[[Any], bool]:
    """Whether an element is the one that the patch's element *wanted* speaks of.

    The patch merge key must be equal; of the other keys those that *wanted* states.
    """
    if not rule.keys:
        return lambda value: bool(value == wanted)
    if not isinstance(wanted, Mapping) or rule.keys[0] not in wanted:
        raise PatchError(f"an element of this list needs {rule.keys[0]!r} to say which one it is", path)
    stated = [(key, wanted[key]) for key in rule.keys if key in wanted]
    return lambda value: (
        isinstance(value, Mapping) and all(value.get(key, KEY_DEFAULTS.get(key)) == said for key, said in stated)
    )


def _likeliest(found: Sequence[_Element], wanted: Any, rule: MergeRule) -> _Element:
    """The first that has the default of each key that *wanted* leaves out; else the first."""
    unsaid = [(key, KEY_DEFAULTS[key]) for key in rule.keys if key in KEY_DEFAULTS and key not in wanted]
    usual = (one for one in found if all(one.value.get(key, default) == default for key, default in unsaid))
    return next(usual, found[0])


def _ordered(merged: Sequence[Any], original: Any, order: Sequence[Any], rule: MergeRule) -> list[Any]:
    """A merged list in the order that `$setElementOrder` gives; elements it does not name keep their neighbours."""

    def key(element: Any) -> Any:
        return element.get(rule.keys[0]) if rule.keys and isinstance(element, Mapping) else element

    wanted = [key(element) for element in order]
    before = [key(element) for element in original] if isinstance(original, list) else []
    places = [(element, key(element)) for element in merged]
    return _interleaved([
        _Element(
            element,
            before.index(its) if its in before else None,
            wanted.index(its) if its in wanted else None,
        )
        for element, its in places
    ])  # fmt: skip


def _interleaved(elements: Sequence[_Element]) -> list[Any]:
    """The patch's elements in the patch's order; each other one before the first that it used to stand before.

    An element that is new stands before those that the patch does not name: kubectl's rule.
    """
    ours = sorted((one for one in elements if one.patched is not None), key=lambda one: one.patched or 0)
    others = sorted((one for one in elements if one.patched is None), key=lambda one: one.before or 0)
    result: list[Any] = []
    for one in ours:
        while others and one.before is not None and (others[0].before or 0) < one.before:
            result.append(others.pop(0).value)
        result.append(one.value)
    return [*result, *(one.value for one in others)]


# --- directives


def _directive(patch: _Map, path: Pointer) -> str:
    """The map's `$patch`, or an empty text. Every other key with a dollar sign is checked here as well."""
    for name in patch:
        if name.startswith("$") and name not in {_DIRECTIVE, _RETAIN} and not name.startswith((_ORDER, _UNWANTED)):
            raise PatchError(f"there is no directive {name!r}", (*path, name), _KNOWN)
    directive = patch.get(_DIRECTIVE, "")
    if directive not in {"", "delete", "replace", "merge"}:
        raise PatchError(f"$patch is delete, replace or merge, not {directive!r}", (*path, _DIRECTIVE))
    return str(directive)


_KNOWN = f"directives are {_DIRECTIVE}, {_RETAIN}, {_UNWANTED}FIELD and {_ORDER}FIELD"


def _refuse_directives(value: Any, path: Pointer) -> None:
    """What stands in a list without keys replaces the list as it is: nothing inside it is there to be merged."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name.startswith("$"):
                raise PatchError(f"{name} means nothing in a list that is replaced as a whole", (*path, name))
            _refuse_directives(inner, (*path, name))
    elif isinstance(value, list):
        for at, element in enumerate(value):
            _refuse_directives(element, (*path, at))


def _which(rule: MergeRule) -> str:
    return f"add {rule.keys[0]!r}; null deletes the whole list" if rule.keys else "null deletes the whole list"


def _retained(original: _Map, patch: _Map, path: Pointer) -> dict[str, Any]:
    """*original* without the fields that `$retainKeys` does not name, where the patch has it."""
    if _RETAIN not in patch:
        return dict(original)
    kept = patch[_RETAIN]
    if not isinstance(kept, list):
        raise PatchError("$retainKeys is a list of field names", (*path, _RETAIN))
    for name, value in patch.items():
        if value is not None and not name.startswith("$") and name not in kept:
            raise PatchError(f"the patch sets {name!r}, which its $retainKeys does not retain", (*path, name))
    return {name: value for name, value in original.items() if name in kept}


def _named(patch: _Map, prefix: str, path: Pointer) -> list[tuple[str, list[Any]]]:
    """The directives that begin with *prefix*: the field that each is about, and its list."""
    found = []
    for name, value in patch.items():
        if name.startswith(prefix):
            if not isinstance(value, list):
                raise PatchError(f"{name} is a list", (*path, name))
            found.append((name.removeprefix(prefix), value))
    return found
