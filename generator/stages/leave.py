"""How a group leaves: at once, or in two steps; and the edits of its definition that take them.

Argo CD prunes by the waves of the live objects, the highest first (gitops-engine, pkg/sync/sync_tasks.go), which are
those of the operation that was applied last. Where that is not the order in which the plugin stops, the group is
stopped first, in its own order, and only then removed.
"""

from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic, Label
from generator.goyaml.stream import parts
from generator.model.bundle import Lock
from generator.model.catalog import Catalog
from generator.model.group import Group, State
from generator.model.order import Order
from generator.model.plan import Plan
from generator.stages.resolve import inherit
from generator.yamlio.locate import Place


def stops_first(lock: Lock, stop: Order) -> bool:
    """Whether removing the locked bundle at once would take it down in another order than *stop*."""
    there = {entry.component for entry in lock.objects}
    wanted = [frozenset(stage) & there for stage in stop]
    wanted = [stage for stage in wanted if stage]
    if lock.state is State.STOPPED or len(wanted) < 2:
        return False  # nothing runs any more, or everything may go at once
    if lock.target != "argocd":
        return True  # nobody else prunes in any order
    waves: dict[str, int] = {}
    for entry in lock.objects:
        waves[entry.component] = max(waves.get(entry.component, 0), entry.wave or 0)
    pruned = [
        frozenset(name for name in waves if waves[name] == wave) for wave in sorted({*waves.values()}, reverse=True)
    ]
    ordered = frozenset().union(*wanted)
    pruned = [stage & ordered for stage in pruned if stage & ordered]
    return pruned != wanted


def kept_running(catalog: Catalog, plans: Sequence[Plan]) -> Iterator[Diagnostic]:
    """Where a base says that *plans* (of one group) run in an environment: what the group says cannot overrule it."""
    for plan in plans:
        group = catalog.groups[plan.key.group]
        told = [
            (one, entry)
            for one, entry in inherit.entries(inherit.chain(catalog.groups, group), plan.key.environment)
            if entry.state
        ]
        if told and told[-1][0] is not group:
            base, entry = told[-1]
            yield Diagnostic(
                code="MW739",
                message=f"{base.name}, which {group.name} extends, says that it is {entry.state} in {entry.name}",
                primary=Label((entry.place / "state").span()),
                hint="set state: Stopped there, or --at-once",
            )


def stopped(group: Group) -> str:
    """The text of the group's file with `state: Stopped` for all of its environments."""
    place = group.place
    text = place.file.text
    said = place / "spec" / "state"
    edits = [
        (span.start, span.end, "Stopped")
        for one in (said, *(entry.place / "state" for entry in group.environments or ()))
        if one.exists()
        for span in (one.span(),)
    ]
    if not said.exists():
        first = (place / "spec" / "plugin") if (place / "spec" / "plugin").exists() else place / "spec" / "extends"
        start = first.span(key=True).start
        line = text[text.rfind("\n", 0, start) + 1 : start]
        # Where something stands before it, the map is written in braces, on one line.
        edits.append((start, start, "state: Stopped, " if line.strip() else f"state: Stopped\n{line}"))
    for start, end, new in sorted(edits, reverse=True):
        text = f"{text[:start]}{new}{text[end:]}"
    return text


def without(place: Place) -> str:
    """The text of the file without the group's document at *place*; empty where nothing else stands in it."""
    text = place.file.text
    found: Sequence[tuple[int, int]] = list(parts(text))
    kept = [text[start:end] for number, (start, end) in enumerate(found) if number != place.document]
    whole = [part for part in kept if _says_something(part)]
    return "---\n".join(part if part.endswith("\n") else f"{part}\n" for part in whole)


def _says_something(part: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in part.splitlines())
