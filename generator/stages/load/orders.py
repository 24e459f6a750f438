"""Orders as authors write them: lists of component names; names that run at once in a list or with commas."""

from collections.abc import Collection, Iterable, Mapping

from generator.model.order import Operation, Order, Orders, Stage
from generator.yamlio.cursor import Cursor
from generator.yamlio.wording import choices


def orders(cursor: Cursor) -> Orders:
    """The order of each operation. Repeated names are mistakes."""
    cursor.read(dict)
    found: dict[Operation, Order] = {}
    for operation in Operation:
        if cursor.has(operation):
            found[operation] = cursor.field(operation, _order)
    cursor.no_other_fields(*Operation)
    return Orders(by_operation=found)


def _order(cursor: Cursor) -> Order:
    seen: set[str] = set()
    stages: list[Stage] = []
    for element in cursor.elements():
        stage = _stage(element)
        for name in stage:
            if name in seen:
                element.fail(
                    f'component "{name}" stands twice in this order', code="MW211", hint="name it once: in its stage"
                )
            seen.add(name)
        stages.append(stage)
    return tuple(stages)


def _stage(cursor: Cursor) -> Stage:
    written = (
        [element.read(str) for element in cursor.elements()] if isinstance(cursor.value, list) else [cursor.read(str)]
    )
    names = tuple(part.strip() for text in written for part in text.split(","))
    if not names or not all(names):
        cursor.fail("a stage without a name", code="MW211", hint='name a component, or several: "a, b" or [a, b]')
    return names


def check_names(cursor: Cursor, found: Orders, known: Iterable[str], templates: Collection[str] = ()) -> None:
    """Report names in the orders at *cursor* that are no components; people often name *templates* there."""
    allowed = tuple(name for name in known if name)  # without those that could not be read
    for operation, order in found.by_operation.items():
        for number, stage in enumerate(order):
            for name in stage:
                if name not in allowed:
                    cursor.at(operation, number).fail(
                        f'"{name}" in the order of {operation} is no component',
                        code="MW212",
                        hint=f"it is a template; orders name components: {', '.join(allowed)}"
                        if name in templates
                        else choices(name, allowed),
                    )


def left_out(found: Orders, components: Iterable[str], known: Collection[str]) -> Mapping[Operation, tuple[str, ...]]:
    """For each order that is not empty, those of *components* that it does not name.

    An order with a name that is not *known* is passed over: that is likely to be one of them, misspelt.
    """
    wanted = tuple(components)
    missing: dict[Operation, tuple[str, ...]] = {}
    for operation, order in found.by_operation.items():
        named = {name for stage in order for name in stage}
        rest = tuple(name for name in wanted if name not in named)
        if order and rest and named <= {*known}:
            missing[operation] = rest
    return missing
