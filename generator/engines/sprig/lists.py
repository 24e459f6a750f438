"""Lists: building, cutting, searching, sorting. No function changes the list it is given, but `sortAlpha`.

Go's `panic` and its error come out alike in a template, so a function and its `must` twin are one here.
"""

from typing import Any, Final

from generator.engines.gotemplate.funcs import FuncError
from generator.engines.gotemplate.gotypes import Lists, NilList, Strings, Uint8
from generator.engines.gotemplate.run import Run
from generator.engines.gotemplate.text import to_bytes
from generator.engines.gotemplate.values import kind_name
from generator.engines.sprig.convert import is_empty, strings_of, strval, to_int
from generator.engines.sprig.cost import CONTAINER, ELEMENT, NUMBER, STEP
from generator.engines.sprig.equality import Seen, deep_equal
from generator.engines.sprig.runes import is_valid

NIL_POINTER: Final = "runtime error: invalid memory address or nil pointer dereference"
"""What Go says when a function asks for the type of nil."""


def _elements(value: Any, refusal: str) -> list[Any]:
    """The elements of a list.

    Raises:
        FuncError: `refusal`, with the kind of what is no list put in.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, bytes):
        return [Uint8(byte) for byte in value]
    if value is None:
        raise FuncError(NIL_POINTER)
    raise FuncError(refusal.format(kind_name(value)))


def make_list(run: Run, *values: Any) -> list[Any]:
    """A list of the arguments."""
    run.spend(ELEMENT * len(values))
    return list(values)


def append(run: Run, values: Any, value: Any) -> list[Any]:
    """A new list with `value` after the others."""
    elements = _elements(values, "Cannot push on type {}")
    run.spend(ELEMENT * (len(elements) + 1))
    return [*elements, value]


def prepend(run: Run, values: Any, value: Any) -> list[Any]:
    """A new list with `value` before the others."""
    elements = _elements(values, "Cannot prepend on type {}")
    run.spend(ELEMENT * (len(elements) + 1))
    return [value, *elements]


def concat(run: Run, *lists: Any) -> list[Any]:
    """A new list of the elements of all lists; nil where there are none."""
    result: list[Any] = []
    for values in lists:
        elements = _elements(values, "Cannot concat type {} as list")
        run.spend(ELEMENT * len(elements))
        result += elements
    return result or NilList()


def first(values: Any) -> Any:
    """The first element, nil of an empty list."""
    elements = _elements(values, "Cannot find first on type {}")
    return elements[0] if elements else None


def last(values: Any) -> Any:
    """The last element, nil of an empty list."""
    elements = _elements(values, "Cannot find last on type {}")
    return elements[-1] if elements else None


def rest(run: Run, values: Any) -> list[Any]:
    """All elements but the first; a nil list of an empty one."""
    elements = _elements(values, "Cannot find rest on type {}")
    run.spend(ELEMENT * len(elements))
    return elements[1:] if elements else NilList()


def initial(run: Run, values: Any) -> list[Any]:
    """All elements but the last; a nil list of an empty one."""
    elements = _elements(values, "Cannot find initial on type {}")
    run.spend(ELEMENT * len(elements))
    return elements[:-1] if elements else NilList()


def reverse(run: Run, values: Any) -> list[Any]:
    """A new list in reverse order."""
    elements = _elements(values, "Cannot find reverse on type {}")
    run.spend(ELEMENT * len(elements))
    return elements[::-1]


def compact(run: Run, values: Any) -> list[Any]:
    """A new list of the elements that are not empty."""
    elements = _elements(values, "Cannot compact on type {}")
    run.spend(ELEMENT * len(elements))
    return [element for element in elements if not is_empty(element)]


def uniq(run: Run, values: Any) -> list[Any]:
    """A new list without elements that equal an earlier one."""
    result: list[Any] = []
    seen = Seen(run)
    elements = _elements(values, "Cannot find uniq on type {}")
    run.spend(NUMBER * len(elements))
    for element in elements:
        if element not in seen:
            seen.add(element)
            result.append(element)
    return result


def without(run: Run, values: Any, *omitted: Any) -> list[Any]:
    """A new list without the elements that equal one of the others."""
    elements = _elements(values, "Cannot find without on type {}")
    run.spend(NUMBER * len(elements))
    seen = Seen(run, omitted)
    return [element for element in elements if element not in seen]


def has(run: Run, needle: Any, values: Any) -> bool:
    """Whether an element equals `needle`; nil has none."""
    if values is None:
        return False
    elements = _elements(values, "Cannot find has on type {}")
    run.spend(STEP * len(elements))
    return any(deep_equal(run, needle, element) for element in elements)


def cut(run: Run, values: Any, *bounds: Any) -> Any:
    """The elements from the first bound to before the second, as a list of the same type; nil of an empty list.

    Go lets the end go beyond the list, into memory that an earlier `append` has set aside. We do not.

    Raises:
        FuncError: the bounds are not in the list.
    """
    elements = _elements(values, "list should be type of slice or array but {}")
    size = len(elements)
    if size == 0:
        return None
    start = to_int(bounds[0]) if bounds else 0
    end = to_int(bounds[1]) if len(bounds) > 1 else size
    if not 0 <= start <= end <= size:
        raise FuncError("reflect.Value.Slice: slice index out of bounds")
    run.spend(ELEMENT * (end - start))
    return values.__class__(values[start:end])


def chunk(run: Run, size: int, values: Any) -> Lists:
    """The elements in lists of `size`, the last one shorter.

    Raises:
        FuncError: the size is 0 or less, but for what upstream's formula lets through.
    """
    elements = _elements(values, "Cannot chunk type {}")
    run.spend(ELEMENT * len(elements))
    if size > 0:
        run.spend(CONTAINER * (len(elements) // size + 1))
        return Lists(elements[start : start + size] for start in range(0, len(elements), size))
    count = (len(elements) - 1) // size + 1 if size else -1
    if count == 0:
        return Lists()
    if count == 1 and len(elements) % -size:
        return Lists([elements[:]])
    raise FuncError("runtime error: makeslice: len out of range")


def sort_alpha(run: Run, values: Any) -> Strings:
    """The elements as strings, in the order of their bytes. A []string is itself put in order, as upstream does."""
    if not isinstance(values, list | bytes):
        return Strings([strval(run, values)])
    strings = strings_of(run, values)
    run.spend(STEP * len(strings))
    strings.sort(key=None if all(map(is_valid, strings)) else to_bytes)
    return strings
