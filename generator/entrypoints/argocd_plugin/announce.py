"""The parameters that Argo CD's user interface offers: what `mwgen cmp generate` understands, as far as it is known.

Argo CD calls this with less than it tells `generate`: no revision, no namespace, nothing about the cluster. Announced
defaults are shown and never sent back: what nobody sets stays what the source says.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import Collector
from generator.entrypoints.argocd_plugin.run import Application, part_of
from generator.model.given import Text
from generator.model.plan import Plan
from generator.model.values import Pointer, Value, at, dotted
from generator.stages.explain import leaves, origin
from generator.stages.merge import merged
from generator.stages.project import SYSTEM
from generator.stages.resolve import Resolver

Announced = dict[str, Any]


def announcement(asked: Application, found: Collector) -> list[Announced]:
    """All parameters: group, environment, and, where the Application is about one group, each of its values."""
    choice = asked.choice
    if choice.open:
        return [_group("", required=True), _environment(choice.environment, ())]
    part, by_group = part_of(asked, found)
    if len(by_group) != 1:
        return [_group("", required=False), _environment(choice.environment, ())]
    ((name, environment),) = by_group.items()
    plans = Resolver(part.catalog, asked.source.output.lock, found).plans([part.catalog.groups[name]])
    plan = next((one for one in plans if one.key.environment == environment), None)
    listed = sorted(one.key.environment for one in plans)
    values = sorted(_values(plan), key=lambda one: str(one["name"])) if plan else []
    return [_group(name, required=False), _environment(environment, listed), *values]


def _group(name: str, *, required: bool) -> Announced:
    return _parameter(
        "group",
        "Group",
        "The group to render; mwgen groups list has their names. "
        + ("" if required else "Without it, what the Application's path leads to."),
        name,
        required=required,
    )


def _environment(name: str, listed: Sequence[str]) -> Announced:
    known = f" It goes to {', '.join(listed)}." if listed else ""
    return _parameter("environment", "Environment", f"Where the group goes.{known}", name)


def _values(plan: Plan) -> Iterator[Announced]:
    """Each value; once where all components agree, else for each component."""
    own = {one.name: merged(layer.data for layer in one.layers) for one in plan.components}
    pointers = dict.fromkeys(
        pointer for values in own.values() for pointer, _ in leaves(values) if pointer and pointer[0] not in SYSTEM
    )
    for pointer in pointers:
        saying = [one for one in plan.components if at(own[one.name], pointer) is not None]
        stories = {one.name: origin(one, pointer, own[one.name]) for one in saying}
        told = {repr((story.value, story.layer and story.layer.name)) for story in stories.values()}
        agreed = len(told) == 1 and len(saying) == len(own)
        for one in saying[:1] if agreed else saying:
            story = stories[one.name]
            prefix = "values" if agreed else f"components.{one.name}.values"
            where = story.layer.place.child(*pointer).span() if story.layer else ""
            source = f"{story.layer.name} ({where})" if story.layer else "mwgen"
            yield _value(f"{prefix}{_dotted(pointer)}", dotted(pointer), f"Default from {source}.", story.value)


def _dotted(pointer: Pointer) -> str:
    text = dotted(pointer)
    return text if text.startswith("[") else f".{text}"


def _value(name: str, title: str, tooltip: str, value: Value) -> Announced:
    if isinstance(value, Mapping):
        return _parameter(name, title, tooltip, {})
    if isinstance(value, Sequence) and not isinstance(value, str):
        kinds = {_item_type(each) for each in value}
        item_type = kinds.pop() if len(kinds) == 1 else "string"
        return _parameter(name, title, tooltip, [_text(each) for each in value], item_type=item_type)
    return _parameter(name, title, tooltip, _text(value), item_type=_item_type(value))


def _parameter(
    name: str, title: str, tooltip: str, value: Text = "", *, required: bool = False, item_type: str = "string"
) -> Announced:
    """As `ParameterAnnouncement` of argo-cd's reposerver/repository/repository.proto."""
    form = "string" if isinstance(value, str) else "map" if isinstance(value, Mapping) else "array"
    return {
        "name": name,
        "title": title,
        "tooltip": tooltip.strip(),
        "required": required,
        "itemType": item_type,
        "collectionType": form,
        form: value,
    }


def _item_type(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "string"


def _text(value: Value) -> str:
    """A value as a parameter has it: what `generate` reads back as the same value."""
    import json

    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
