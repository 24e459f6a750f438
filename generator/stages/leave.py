"""How a group leaves: at once, or in two steps; and the edits of its definition that take them.

Argo CD prunes by the waves of the live objects, the highest first (gitops-engine, pkg/sync/sync_tasks.go), which are
those of the operation that was applied last. Where that is not the order in which the plugin stops, the group is
stopped first, in its own order, and only then removed.
"""

from collections.abc import Sequence

from generator.goyaml.stream import parts
from generator.model.bundle import Lock
from generator.model.group import State
from generator.model.order import Order
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


def stopped(place: Place) -> str:
    """The text of the file of the group's document at *place*, with `state: Stopped` in it."""
    text = place.file.text
    said = place / "spec" / "state"
    if said.exists():
        span = said.span()
        return f"{text[: span.start]}Stopped{text[span.end :]}"
    first = (place / "spec" / "plugin") if (place / "spec" / "plugin").exists() else place / "spec" / "extends"
    start = first.span(key=True).start
    line = text[text.rfind("\n", 0, start) + 1 : start]
    if line.strip():  # the map is written in braces, on one line
        return f"{text[:start]}state: Stopped, {text[start:]}"
    return f"{text[:start]}state: Stopped\n{line}{text[start:]}"


def without(place: Place) -> str:
    """The text of the file without the group's document at *place*; empty where nothing else stands in it."""
    text = place.file.text
    found: Sequence[tuple[int, int]] = list(parts(text))
    kept = [text[start:end] for number, (start, end) in enumerate(found) if number != place.document]
    whole = [part for part in kept if _says_something(part)]
    return "---\n".join(part if part.endswith("\n") else f"{part}\n" for part in whole)


def _says_something(part: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in part.splitlines())
