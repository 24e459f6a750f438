"""One bundle, from plan to outcome: the stages in their order. And the bundles that leave."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.diagnostics import Collector, Diagnostic
from generator.engines import CHART, ENGINES
from generator.engines.base import CodeStore, Program, TemplateSource
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.outcome import Outcome
from generator.model.plan import Plan
from generator.model.plugin import Plugin, TemplateText
from generator.model.resource import Resource
from generator.model.settings import Settings
from generator.outside import clock
from generator.outside.output import Output
from generator.pipeline.request import Request
from generator.stages import (
    assemble,
    deliver,
    expand,
    objects,
    operate,
    project,
    protect,
    sequence,
    transform,
    validate,
)
from generator.stages.blame import Blame
from generator.stages.expand import texts
from generator.stages.expand.expansion import Expansion
from generator.stages.fingerprint import Fingerprint, fingerprint
from generator.stages.protect import Acknowledged
from generator.stages.render import Parsed, Rendering
from generator.stages.resolve import Resolver
from generator.stages.resolve.inherit import chain, environments
from generator.stages.schema import ValuesSchema
from generator.targets import TARGETS


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a plugin's bundles have in common: made once, before any worker starts."""

    programs: Mapping[str, Program]
    """By engine."""

    texts: Mapping[str, TemplateText]
    """The templates by name."""

    schema: ValuesSchema | None


def compiled(plugin: Plugin, resolver: Resolver, store: CodeStore | None) -> Compiled:
    """The plugin's templates and schema.

    Raises:
        DiagnosticError: the mistakes in all of its templates, or in the schema.
    """
    by_engine: dict[str, list[TemplateSource]] = {}
    texts_by_name: dict[str, TemplateText] = {}
    for ref, text in resolver.templates.texts(plugin):
        texts_by_name[ref.name] = text
        if ref.engine == CHART:
            continue
        by_engine.setdefault(ref.engine, []).append(TemplateSource(name=ref.name, text=text.text, span=text.span))
    if own := texts.sources(plugin):
        by_engine.setdefault(plugin.engine, []).extend(own)
    constants = [
        plugin.default_values,
        *(one.default_values for one in plugin.topologies),
        *(one.default_values for one in plugin.components),
    ]
    programs: dict[str, Program] = {
        engine: ENGINES[engine](store, clock.timer).compile(sources, constants, plugin.template_budget)
        for engine, sources in by_engine.items()
    }
    chart = resolver.templates.chart(plugin)
    if chart is not None:
        from generator.stages.resolve.charts import chart_program

        programs[CHART] = chart_program(chart, store, clock.timer, plugin.template_budget)
        texts_by_name |= chart.sources
    return Compiled(
        programs=programs,
        texts=texts_by_name,
        schema=ValuesSchema(plugin) if plugin.values_schema is not None else None,
    )


class Begun(NamedTuple):
    """What a bundle is made from."""

    values: Mapping[str, Mapping[str, Any]]
    """By component."""

    hashes: Fingerprint


def begin(plan: Plan, plugin: Compiled) -> Begun:
    """The values of *plan*, and the hashes of all it is made from. Raises DiagnosticError for mistakes in values."""
    values = project.values(plan, plugin.schema)
    return Begun(values, fingerprint(plan, values))


def contents(
    plan: Plan, plugin: Compiled, begun: Begun, settings: Settings, found: Collector, parsed: Parsed | None = None
) -> tuple[Resource, ...]:
    """What a bundle holds, before anything is known of an order or an earlier run: rendered, transformed, validated.

    Notes go to *found*; for *parsed*, see `Rendering`. Raises DiagnosticError for the mistakes in it.
    """
    rendering = Rendering(plan, plugin.programs, begun.values, parsed)
    resources = transformed(plan, plugin, begun, rendering, found)
    blame = Blame(plan, plugin.programs, plugin.texts, rendering.context)
    found.extend(validate.bundle(resources, plan, settings.allow_plain_secrets, blame))
    found.extend(blame.told(objects.findings(resources, plan)))
    found.raise_errors()
    return resources


def transformed(
    plan: Plan, plugin: Compiled, begun: Begun, rendering: Rendering, found: Collector
) -> tuple[Resource, ...]:
    """What a bundle holds, whatever a cluster would say of it."""
    expansion = Expansion(plan, plugin.programs, rendering.context)
    whole = expand.expanded(rendering.resources(), expansion, found)
    return transform.transformed(whole, plan, begun.hashes, found)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one bundle after the other, in whichever process."""

    compiled: Mapping[tuple[str, str], Compiled]
    output: Output
    request: Request
    settings: Settings
    allowed: Acknowledged
    keep: Callable[[Outcome], Outcome] | None = None
    """What becomes of files that differ: they need not stay in memory."""

    def __call__(self, plan: Plan) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
        """The bundle's outcome, or none, and what there is to say about it."""
        found = Collector()
        outcome = found.attempt(lambda: self._made(plan, found))
        if outcome and self.keep:
            outcome = self.keep(outcome)
        return outcome, found.sorted()

    def _made(self, plan: Plan, found: Collector) -> Outcome:
        """The stages of one bundle, in order."""
        lock = self.output.lock(plan.key)
        operate.check_runtime(plan, lock)
        plugin = self.compiled[plan.plugin.key]
        begun = begin(plan, plugin)
        resources = contents(plan, plugin, begun, self.settings, found)
        target, policy = TARGETS[plan.environment.target], plan.deletion_policy
        held = assemble.files(resources, assemble.locked_waves(resources, lock), target, policy) if lock else ()
        changed = lock is None or not assemble.same(held, lock)
        decision = operate.decide(plan, lock, changed=changed, forced=self.request.operation)
        waves = sequence.waves(resources, plan, decision, lock, found)
        made = assemble.moved(held, waves, target, policy) if lock else assemble.files(resources, waves, target, policy)
        delivery = deliver.bundle(plan, made, decision.operation)
        fixed = protect.immutable_values(plan, begun.values)
        summary = begun.hashes.summary()
        if lock and changed:
            found.extend(protect.values(plan, lock, fixed, self.allowed))
            found.extend(protect.change(plan, lock, made, summary, self.output.object, self.allowed))
        if lock:
            found.extend(protect.delivery(plan, lock, made, delivery, self.output.object, self.allowed))
            found.raise_errors()
        read = self.output.read if self.output.has(plan.key) and not self.request.complete else _nothing
        return assemble.outcome(made, plan, lock, decision, summary, fixed, deliver.written(delivery), read)


def _nothing(path: str) -> None:
    """What stands in any file where there is no bundle."""
    del path


def is_gone(key: BundleKey, catalog: Catalog) -> bool:
    """Whether nothing in the source asks for the bundle any more."""
    group = catalog.groups.get(key.group)
    return group is None or group.abstract or key.environment not in environments(chain(catalog.groups, group))


def leaving(key: BundleKey, output: Output, allowed: Acknowledged, found: Collector) -> Outcome | None:
    """The removal of a bundle, if its losses are acknowledged; None where there is no such bundle.

    Raises:
        DiagnosticError: what would be lost, and is not acknowledged.
    """
    lock = output.lock(key)
    if lock is None:
        return None
    own = Collector()
    own.extend(protect.removal(key, lock, allowed))
    own.raise_errors()
    found.extend(own.sorted())
    return assemble.removal(key, lock)
