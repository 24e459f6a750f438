"""Which environment, plugin version, topology and runtime version a group gets, and what to say where none fits."""

from collections.abc import Callable, Iterable, Sequence

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, Severity
from generator.model.bundle import Lock
from generator.model.catalog import Catalog
from generator.model.group import Environment, Group, PluginRef, RuntimeRef, UpdatePolicy
from generator.model.plugin import Plugin, Runtime, Topology
from generator.stages.resolve import inherit, versions
from generator.yamlio.wording import choices


def no_group(name: str, catalog: Catalog) -> Diagnostic:
    """That there is no group of this *name*, and which ones are meant perhaps."""
    hint = choices(name, catalog.groups) or "see mwgen groups list"
    return Diagnostic(code="MW319", message=f'there is no group "{name}"', hint=hint)


def environment(catalog: Catalog, chain: Sequence[Group], name: str) -> Environment:
    """The declared environment of that name; where none is declared at all, one without settings."""
    declared = catalog.environments
    if ("Environment", name) in catalog.broken:
        raise DiagnosticError
    if name in declared:
        return declared[name]
    if not declared or name == "default":
        return Environment(name=name, place=None)
    lister = next((group for group in reversed(chain) if group.environments is not None), chain[-1])
    place = next(entry.place for entry in lister.environments or () if entry.name == name)
    raise DiagnosticError(
        Diagnostic(
            code="MW304",
            message=f'environment "{name}" is not declared',
            primary=Label((place / "name").span()),
            hint=choices(name, declared),
        )
    )


def plugin_version(
    catalog: Catalog,
    group: Group,
    ref: PluginRef | None,
    runtime: RuntimeRef | None,
    lock: Callable[[], Lock | None],
) -> Plugin:
    """The highest version that the constraint allows and that supports the runtime; a pinned one if locked."""
    if ref is None or not ref.name:
        raise DiagnosticError(
            Diagnostic(
                code="MW305",
                message=f"group {group.name} names no plugin",
                primary=Label((ref.place if ref else group.place / "spec").span()),
                hint="say which: spec.plugin.name",
            )
        )
    if ("Plugin", ref.name) in catalog.broken:
        raise DiagnosticError  # what is wrong with it has been told
    versions = catalog.plugins.get(ref.name)
    if not versions:
        raise DiagnosticError(
            Diagnostic(
                code="MW306",
                message=f'there is no plugin "{ref.name}"',
                primary=Label((ref.place / "name").span()),
                hint=choices(ref.name, catalog.plugins),
            )
        )
    allowed = [one for one in versions if _satisfies(one.version, ref)]
    if not allowed:
        raise DiagnosticError(
            Diagnostic(
                code="MW307",
                message=f'no version of plugin {ref.name} satisfies "{ref.constraint}"',
                primary=Label((ref.place / "version").span()),
                hint=known("there are", [one.version for one in versions]),
            )
        )
    locked = lock() if ref.update_policy is UpdatePolicy.PINNED else None
    if locked is not None and locked.plugin == ref.name:
        pinned = next((one for one in allowed if one.version == locked.plugin_version), None)
        if pinned is not None:
            return pinned
    fitting = [one for one in allowed if _supports(one, runtime)]
    if not fitting:
        assert runtime is not None
        offered = [
            f"{one.name} {version} (plugin {plugin.version})"
            for plugin in allowed
            for one in plugin.runtimes
            for version in one.versions
        ]
        raise DiagnosticError(
            Diagnostic(
                code="MW308",
                message=f"no allowed version of plugin {ref.name} supports runtime "
                f"{' '.join(part for part in (runtime.name, runtime.version) if part)}",
                primary=Label((runtime.place / "version" if runtime.version else runtime.place).span()),
                hint=known("supported are", offered),
            )
        )
    return fitting[-1]


def plugin_ref(chain: Sequence[Group]) -> PluginRef | None:
    """The plugin that the chain names, each field as the nearest group sets it."""
    refs = [group.plugin for group in chain if group.plugin]
    if not refs:
        return None
    return PluginRef(
        name=next((ref.name for ref in reversed(refs) if ref.name), ""),
        constraint=next((ref.constraint for ref in reversed(refs) if ref.constraint), ""),
        update_policy=next((ref.update_policy for ref in reversed(refs) if ref.update_policy), None),
        place=refs[-1].place,
    )


def runtime_ref(chain: Sequence[Group], environment: str) -> RuntimeRef | None:
    """The runtime that the chain asks for; what it says of the environment counts most."""
    refs = [group.runtime for group in chain if group.runtime]
    refs += [entry.runtime for _, entry in inherit.entries(chain, environment) if entry.runtime]
    if not refs:
        return None
    nearest = next((ref for ref in reversed(refs) if ref.version), refs[-1])
    return RuntimeRef(
        name=next((ref.name for ref in reversed(refs) if ref.name), ""),
        version=nearest.version,
        place=nearest.place,
    )


def topology(plugin: Plugin, chain: Sequence[Group]) -> Topology | None:
    """The topology asked for, or the default one; None where the plugin has none."""
    name = inherit.last(chain, lambda one: one.topology) or ""
    found = plugin.topology(name)
    if name and found is None:
        group = next(one for one in reversed(chain) if one.topology)
        raise DiagnosticError(
            Diagnostic(
                code="MW313",
                message=f'plugin {plugin.name} {plugin.version} has no topology "{name}"',
                primary=Label((group.place / "spec" / "topology").span()),
                hint=choices(name, (one.name for one in plugin.topologies)),
            )
        )
    return found


def runtime_version(
    plugin: Plugin, runtime: Runtime | None, ref: RuntimeRef | None, group: Group, found: Collector
) -> str:
    """The version asked for, or the plugin's default. Newest without a default is a choice one should write down."""
    if runtime is None:
        return ref.version if ref else ""
    if ref and ref.version:
        if ref.version in runtime.deprecated:
            found.add(
                Diagnostic(
                    code="MW314",
                    severity=Severity.WARNING,
                    message=f"plugin {plugin.name} {plugin.version} calls {runtime.name} {ref.version} deprecated",
                    primary=Label((ref.place / "version").span()),
                    hint=known("others are", [one for one in runtime.versions if one not in runtime.deprecated]),
                )
            )
        return ref.version
    if runtime.default:
        return runtime.default
    current = [one for one in runtime.versions if one not in runtime.deprecated] or list(runtime.versions)
    if len(current) > 1:
        found.add(
            Diagnostic(
                code="MW315",
                severity=Severity.WARNING,
                message=f"group {group.name} does not say which version of {runtime.name} it runs; "
                f"{current[-1]} is taken, and a later plugin may bring another",
                primary=Label((group.place / "spec").span(key=True)),
                hint=f'write it down: runtime: {{name: {runtime.name}, version: "{current[-1]}"}}',
            )
        )
    return current[-1] if current else ""


def _satisfies(version: str, ref: PluginRef) -> bool:
    if not ref.constraint:
        return True
    try:
        return versions.satisfies(version, ref.constraint)
    except ValueError as error:
        raise DiagnosticError(
            Diagnostic(
                code="MW310",
                message=f'"{ref.constraint}" is no version constraint: {error}',
                primary=Label((ref.place / "version").span()),
                hint='for instance "2.0.0", "^2.0", "~2.1", ">=2.0.0 <3.0.0" or "2.x"',
            )
        ) from None


def _supports(plugin: Plugin, ref: RuntimeRef | None) -> bool:
    if ref is None:
        return True
    runtime = plugin.runtime(ref.name)
    return runtime is not None and (not ref.version or ref.version in runtime.versions)


def known(words: str, names: Iterable[str]) -> str:
    """`plugins are kafka, redis`: what a hint lists where nothing is near."""
    listed = sorted(names)
    shown = ", ".join(listed[:9])
    return f"{words} {shown}" + (f" and {len(listed) - 9} more" if len(listed) > 9 else "")
