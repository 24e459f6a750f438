"""`kind: Plugin` → Plugin. The fields are those of `docs/reference/plugin.md`, in the same order."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from generator.diagnostics import Diagnostic, Label, Severity
from generator.engines import CHART, ENGINES
from generator.model.change import EffectKind
from generator.model.order import Operation, Orders
from generator.model.plugin import (
    Component,
    EffectRule,
    Exporter,
    Image,
    Migration,
    Plugin,
    Runtime,
    TemplateRef,
    Topology,
)
from generator.stages.load import fields
from generator.stages.load.backup import backup
from generator.stages.load.chart import chart
from generator.stages.load.failover import high_availability
from generator.stages.load.monitoring import alerts, exporter
from generator.stages.load.orders import check_names, left_out, orders
from generator.yamlio.cursor import Cursor
from generator.yamlio.wording import choices

CAPABILITIES = ("backup", "configReload", "failover", "scaling")
SECTIONS = {"backup": "backup", "configReload": "dynamicConfig", "failover": "highAvailability"}
"""What each capability needs in the plugin."""

_BELONG = {
    "alerts": "monitoring",
    "roleDetection": "highAvailability.passive",
    "failoverCommand": "highAvailability.active",
    "migrateFrom": "compatibility",
    **dict.fromkeys(("provision", "update", "upgrade", "stop"), "orders"),
    **dict.fromkeys(("replicas", "resources", "network", "storage", "config"), "defaultValues"),
    **dict.fromkeys(("providers", "schedule", "uploadCommands", "retention"), "backup"),
    "image": "images, by runtime version",
    "versions": "runtimes",
}
"""Where fields belong that stand in `spec` by mistake."""

_BELONG_OF_COMPONENTS = {
    **dict.fromkeys(("resources", "network", "storage", "config", "port", "env"), "defaultValues of the component"),
    **dict.fromkeys(("image", "images"), "images of the plugin, by runtime version"),
    **dict.fromkeys(("template", "templates"), "templates of the plugin, with the component's name there"),
    "topology": "topologies of the plugin",
}

MOST_BUDGET = 100
"""Of `templateBudget`: there is an end even to what a plugin may ask for."""

HELPER_TYPE = "Helper"
"""The type of a template that renders nothing itself: it defines what others include."""


def plugin(cursor: Cursor) -> Plugin:
    """A whole Plugin document; `status` is read over."""
    meta = cursor.field("metadata", fields.metadata)
    spec = cursor.at("spec")
    result = cursor.field("spec", lambda inner: _spec(inner, meta, cursor))
    cursor.no_other_fields("apiVersion", "kind", "status")
    _check_labels(cursor, meta, spec)
    return result


def _spec(cursor: Cursor, meta: fields.Metadata, document: Cursor) -> Plugin:
    name = cursor.field("name", fields.name)
    declared = cursor.each("components", _component)
    engine = cursor.one_of("engine", *ENGINES, default="gotemplate")
    found_chart = cursor.optional("chart", chart)
    templates = cursor.each("templates", lambda entry: _template(entry, engine, in_chart=found_chart is not None))
    topologies = cursor.each("topologies", _topology)
    plugin_orders = cursor.optional("orders", orders, Orders())
    found_exporter = cursor.optional("exporter", exporter)
    components = _all_components(cursor, name, declared, plugin_orders, templates, topologies)
    result = Plugin(
        name=name,
        version=cursor.field("version", fields.version),
        description=cursor.optional("description", str, ""),
        object_name=meta.name,
        labels=meta.labels,
        annotations=meta.annotations,
        runtimes=cursor.each("runtimes", _runtime),
        images=cursor.mapping("images", _image),
        migrations=cursor.optional("compatibility", _migrations, {}),
        engine=engine,
        capabilities=frozenset(cursor.each("capabilities", _capability)),
        says_capabilities=cursor.has("capabilities"),
        orders=plugin_orders,
        components=components,
        topologies=topologies,
        default_values=cursor.optional("defaultValues", fields.free_map, {}),
        values_schema=cursor.optional("valuesSchema", fields.free_map),
        immutable_values=cursor.each("immutableValues", fields.pointer),
        dynamic_config=cursor.each("dynamicConfig", str),
        effects=cursor.each("effects", _effect),
        templates=templates,
        template_budget=cursor.optional("templateBudget", _budget, 1),
        alerts=cursor.optional("monitoring", alerts, ()),
        exporter=found_exporter,
        high_availability=cursor.optional("highAvailability", high_availability),
        backup=cursor.optional("backup", backup),
        chart=found_chart,
        digest=hashlib.sha256(json.dumps(cursor.value, sort_keys=True).encode()).hexdigest(),
        place=document.place,
    )
    cursor.no_other_fields(elsewhere=_BELONG)
    _check_exporter(cursor, found_exporter, components)
    _check_runtimes(cursor, result)
    _check_defaults(cursor, topologies)
    if not cursor.found.failed:
        _check_members(cursor, result)
        _check_topologies(cursor, result)
        _check_capabilities(cursor, result)
    for field, entries in (
        ("components", declared),
        ("templates", templates),
        ("topologies", topologies),
        ("runtimes", result.runtimes),
    ):
        fields.unique(cursor, field, [entry.name for entry in entries])
    return result


def _budget(cursor: Cursor) -> int:
    budget = cursor.read(int)
    if cursor.is_a(int) and not 1 <= budget <= MOST_BUDGET:
        cursor.fail(f"a budget is a number from 1 to {MOST_BUDGET}", hint="1 is enough for nearly all templates")
    return budget


# --- runtimes, images, versions --------------------------------------------------------------------------------------


def _runtime(cursor: Cursor) -> Runtime:
    versions = cursor.each("versions", str)
    default = cursor.optional("default", str, "")
    deprecated = cursor.each("deprecated", str)
    if default and default not in versions:
        cursor.at("default").fail(
            f'the default "{default}" is not among the versions', code="MW213", hint=choices(default, versions)
        )
    for index, version in enumerate(deprecated):
        if version not in versions:
            cursor.at("deprecated", index).fail(
                f'"{version}" is not among the versions', code="MW213", hint=choices(version, versions)
            )
    result = Runtime(
        name=cursor.field("name", str),
        versions=versions,
        default=default,
        deprecated=frozenset(deprecated),
        bin=cursor.optional("bin", str, ""),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _image(cursor: Cursor) -> Image:
    if isinstance(cursor.value, Mapping):
        return {name: entry.read(str) for name, entry in cursor.items()}
    return cursor.read(str)


def _migrations(cursor: Cursor) -> dict[str, tuple[Migration, ...]]:
    result = cursor.mapping("migrateFrom", lambda ways: tuple(way.read(_migration) for way in ways.elements()))
    cursor.no_other_fields()
    return result


def _migration(cursor: Cursor) -> Migration:
    if not isinstance(cursor.value, Mapping):
        return Migration(source=cursor.read(str), place=cursor.place)
    result = Migration(
        source=cursor.field("from", str),
        method=cursor.one_of("method", "rolling", "job", default="rolling"),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _capability(cursor: Cursor) -> str:
    text = cursor.read(str)
    if text and text not in CAPABILITIES:
        _warn(cursor, "MW214", f'mwgen knows no capability "{text}"', choices(text, CAPABILITIES))
    return text


def _effect(cursor: Cursor) -> EffectRule:
    result = EffectRule(
        kind=cursor.optional("kind", str, ""),
        name=cursor.optional("name", str, ""),
        field=cursor.optional("field", _path, ""),
        effect=cursor.one_of("effect", *map(str, EffectKind)),
        reason=cursor.optional("reason", str, ""),
        way=cursor.optional("way", str, ""),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _path(cursor: Cursor) -> str:
    text = cursor.read(str)
    if text and not text.startswith("/"):
        cursor.fail(
            f'"{text}" is no path', code="MW204", hint=f"write it as reviews show it: /{text.replace('.', '/')}"
        )
    return text


# --- components, orders, topologies ----------------------------------------------------------------------------------


def _component(cursor: Cursor) -> Component:
    result = Component(
        name=cursor.field("name", fields.name),
        description=cursor.optional("description", str, ""),
        enabled=cursor.optional("enabled", bool, default=True),
        name_suffix=cursor.optional("nameSuffix", bool, default=False),
        runtime=cursor.optional("runtime", str, ""),
        default_values=_with_replicas(cursor, "defaultValues"),
        place=cursor.place,
    )
    cursor.no_other_fields(elsewhere=_BELONG_OF_COMPONENTS)
    return result


def _with_replicas(cursor: Cursor, name: str) -> dict[str, Any]:
    """The values under *name*, with `replicas` beside them as a short form of the value of that name."""
    values = cursor.optional(name, fields.free_map, {})
    replicas = cursor.optional("replicas", int)
    return values if replicas is None else {"replicas": replicas, **values}


def _topology(cursor: Cursor) -> Topology:
    found = cursor.optional("orders", orders)
    components = cursor.each("components", fields.name)
    if found:
        check_names(cursor.at("orders"), found, components)
    result = Topology(
        name=cursor.field("name", fields.name),
        description=cursor.optional("description", str, ""),
        default=cursor.optional("default", bool, default=False),
        components=components,
        orders=found,
        default_values=cursor.optional("defaultValues", fields.free_map, {}),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


def _all_components(
    cursor: Cursor,
    name: str,
    declared: tuple[Component, ...],
    found: Orders,
    templates: tuple[TemplateRef, ...],
    topologies: tuple[Topology, ...],
) -> tuple[Component, ...]:
    """The declared components and those that are only named; a plugin that names none has one of its own name.

    Where none is declared, `provision` (or, without it, every order) says which there are; a name that only another
    order knows is then a slip.
    """
    named = [component for template in templates for component in template.components]
    first = found.by_operation.get(Operation.PROVISION) or ()
    sources = [part for stage in first for part in stage] if first else list(found.components())
    members = [part for topology in topologies for part in topology.components]
    names = [one.name for one in declared] if declared else [*sources, *named] or members
    known = dict.fromkeys(one for one in names if one) or {name: None}  # without those that could not be read
    check_names(cursor.at("orders"), found, known, {one.name for one in templates})
    for number, template in enumerate(templates):
        for component in template.components:
            if component not in known:
                cursor.at("templates", number, "component").fail(
                    f'"{component}" is no component', code="MW212", hint=choices(component, known)
                )
    for number, topology in enumerate(topologies):
        for index, component in enumerate(topology.components):
            if component and component not in known:
                cursor.at("topologies", number, "components", index).fail(
                    f'"{component}" is no component', code="MW212", hint=choices(component, known)
                )
    _warn_left_out(cursor, found, known, topologies)
    by_name = {one.name: one for one in declared}
    return tuple(by_name.get(one) or Component(name=one, place=cursor.place) for one in known)


def _warn_left_out(cursor: Cursor, found: Orders, known: Collection[str], topologies: tuple[Topology, ...]) -> None:
    """A component that an order leaves out runs in its last stage: rarely what was meant."""
    members = [one.components for one in topologies if one.orders is None] if topologies else [tuple(known)]
    readable = {name for group in members for name in group if name in known}
    for operation, names in left_out(found, readable, {*known}).items():
        _warn(
            cursor.at("orders", operation),
            "MW215",
            f"the order of {operation} leaves out {', '.join(sorted(names))}: they join the last stage",
            "name every component, or leave the order empty",
        )


# --- templates -------------------------------------------------------------------------------------------------------


def _template(cursor: Cursor, engine: str, *, in_chart: bool) -> TemplateRef:
    config_map = cursor.optional("configMapRef", str, "")
    file = cursor.optional("file", str, "")
    in_chart = in_chart and not config_map and not file
    if bool(config_map) == bool(file) and not in_chart:
        cursor.fail(
            "a template has a configMapRef or a file, and not both",
            code="MW216",
            hint="take one of them out"
            if file
            else "add file, the path of a file beside the plugin, or configMapRef, the name of a Template ConfigMap",
        )
    result = TemplateRef(
        name=cursor.field("name", str),
        config_map=config_map,
        file=file,
        type=cursor.optional("type", str, ""),
        optional=cursor.optional("optional", bool, default=False),
        components=cursor.optional("component", fields.texts, ()),
        engine=CHART if in_chart else cursor.one_of("engine", *ENGINES, default=None) or engine,
        when=cursor.optional("when", fields.pointer, ()),
        place=cursor.place,
    )
    cursor.no_other_fields()
    return result


# --- what holds across fields ----------------------------------------------------------------------------------------


def _check_exporter(cursor: Cursor, found: Exporter | None, components: Iterable[Component]) -> None:
    known = [one.name for one in components]
    named = [*([found.component] if found and found.component else []), *(found.watches if found else ())]
    for name in dict.fromkeys(named):
        if found and name not in known:
            field = "component" if name == found.component else "watches"
            cursor.at("exporter", field).fail(f'"{name}" is no component', code="MW212", hint=choices(name, known))


def _check_runtimes(cursor: Cursor, found: Plugin) -> None:
    """Runtimes and versions that other parts of the plugin speak of."""
    names = [one.name for one in found.runtimes if one.name]
    versions = {version for one in found.runtimes for version in one.versions}
    keys = {*versions, *(f"{one.name}/{version}" for one in found.runtimes for version in one.versions)}
    for one in found.components:
        if one.runtime and one.runtime not in names:
            Cursor(one.runtime, one.place / "runtime", cursor.found).fail(
                f'"{one.runtime}" is no runtime of the plugin', code="MW265", hint=choices(one.runtime, names)
            )
    if not versions or cursor.found.failed:
        return
    for version in found.images:
        if version not in keys:
            _warn(
                cursor.at("images", version),
                "MW266",
                f'no runtime has the version "{version}": the image is for nobody',
                choices(version, sorted(keys)),
                key=True,
            )
    for version in found.migrations:
        if version not in versions:
            _warn(
                cursor.at("compatibility", "migrateFrom", version),
                "MW266",
                f'no runtime has the version "{version}": nothing is upgraded to it',
                choices(version, sorted(versions)),
                key=True,
            )


def _check_defaults(cursor: Cursor, topologies: tuple[Topology, ...]) -> None:
    """Of topologies, one at most is what groups get that name none."""
    default = [number for number, one in enumerate(topologies) if one.default is True]
    for number in default[1:]:
        cursor.at("topologies", number, "default").fail(
            f"{topologies[default[0]].name} is the default topology already",
            code="MW267",
            hint="let one of them be the default",
        )


def _check_members(cursor: Cursor, found: Plugin) -> None:
    """Components that high availability and backup name."""
    named = {
        "highAvailability": found.high_availability.components if found.high_availability else (),
        "backup": (found.backup.component,) if found.backup and found.backup.component else (),
    }
    known = [one.name for one in found.components]
    for section, names in named.items():
        for name in names:
            if name not in known:
                cursor.at(section, "component").fail(
                    f'"{name}" is no component', code="MW212", hint=choices(name, known)
                )


def _check_topologies(cursor: Cursor, found: Plugin) -> None:
    """Topologies that backup names."""
    known = [one.name for one in found.topologies]
    for number, name in enumerate(found.backup.topologies if found.backup else ()):
        if name not in known:
            cursor.at("backup", "topologies", number).fail(
                f'"{name}" is no topology', code="MW254", hint=choices(name, known) or "the plugin has none"
            )


def _check_capabilities(cursor: Cursor, found: Plugin) -> None:
    """What the plugin says that it can do, and what it has sections for, belong together."""
    if not found.says_capabilities:
        return
    for number, name in enumerate(cursor.value["capabilities"] or ()):
        if not found.has_section(name):
            _warn(
                cursor.at("capabilities", number),
                "MW228",
                f"the capability {name} needs {SECTIONS[name]}, which is not there",
                f"add {SECTIONS[name]}, or take the capability out",
            )
    for name, section in SECTIONS.items():
        if name not in found.capabilities and found.has_section(name):
            _warn(
                cursor.at(section),
                "MW229",
                f"{section} is there, but {name} is not among the capabilities: nothing is made of it",
                f"add {name} to the capabilities, or take {section} out",
                key=True,
            )


def _check_labels(cursor: Cursor, meta: fields.Metadata, spec: Cursor) -> None:
    """The labels by which plugins are found must say what the spec says; a leading `v` does not count."""
    if not isinstance(spec.value, Mapping):
        return
    for label, field in (("middleware.io/plugin", "name"), ("middleware.io/version", "version")):
        said, meant = meta.labels.get(label), spec.value.get(field)
        if said is None or not isinstance(meant, str) or said.removeprefix("v") == meant.removeprefix("v"):
            continue
        if field == "name" and not fields.is_name(meant):
            continue  # which has been told
        cursor.at("metadata", "labels", label).fail(
            f'the label {label} says "{said}", spec.{field} says "{meant}"',
            code="MW217",
            hint="make them agree: the label is how the plugin is found",
        )


def _warn(cursor: Cursor, code: str, message: str, hint: str, *, key: bool = False) -> None:
    cursor.found.add(
        Diagnostic(
            code=code,
            message=message,
            severity=Severity.WARNING,
            primary=Label(cursor.place.span(key=key)),
            hint=hint,
            field=str(cursor.place),
        )
    )
