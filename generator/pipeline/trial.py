"""A plugin on the bench: rendered for groups that are made up, to see what comes of it. Nothing is written.

A made-up group gives what any group must give: a Secret for each name that the plugin asks for, a destination for
backups. What else a plugin demands of its groups, its author says in values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile
from generator.engines.base import CodeStore
from generator.model.catalog import Catalog
from generator.model.group import Environment, Group
from generator.model.order import Operation, Order, waves
from generator.model.plan import Plan
from generator.model.plugin import Plugin, TemplateRef, TemplateText
from generator.model.resource import Resource
from generator.model.values import Value, at
from generator.pipeline.bundle import Compiled, begin, compiled, transformed
from generator.stages import load, order_checks, validate
from generator.stages import objects as checks
from generator.stages.blame import Blame
from generator.stages.lint import Subject, Tried, findings
from generator.stages.lint.definition import versions_without_images
from generator.stages.merge import overlay
from generator.stages.project import SYSTEM
from generator.stages.render import Rendering
from generator.stages.resolve import Resolver
from generator.yamlio.dump import dump

NAME = "example"
"""Of the made-up group, and of its environment."""

MADE_UP = "(made up to try the plugin)"
"""Stands for the file of the made-up group."""

_SECRETS = (
    re.compile(r'[Ss]ecret\w*"\s*\(list\s+[.$]\w*\s+"([\w-]+)"'),
    re.compile(r"secrets\.([A-Za-z_]\w*)"),
    re.compile(r'dig\s+"([\w-]+)"[^}]*\bsecrets\b'),
    re.compile(r'index\s[^}]*\bsecrets\s+"([\w-]+)"'),
    re.compile(r"secrets\[['\"]([\w-]+)"),
)
_READ = re.compile(r"\$?\.Values((?:\.[A-Za-z_]\w*)+)")
_MEANT = frozenset({"MW314"})
"""What is tried on purpose: versions that are deprecated."""

_REFERENCES = frozenset({"MW581", "MW582"})

_MANY = 100
"""How many missing values are asked for, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """What a made-up group chooses."""

    topology: str = ""
    runtime: str = ""
    version: str = ""
    state: str = "Running"
    provider: str = ""
    """Of backups; empty: none are made."""

    without: str = ""
    """A component that is disabled."""

    switched: bool = False
    """Whether values that optional templates wait for are set, rather than false as the plugin has them."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [self.topology, f"{self.runtime} {self.version}".strip(), "stopped" if self.state == "Stopped" else ""]
        words += [
            f"backup to {self.provider}" if self.provider else "",
            f"without {self.without}" if self.without else "",
            "with optional templates" if self.switched else "",
        ]
        return ", ".join(word for word in words if word) or "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of one variant."""

    variant: Variant
    plan: Plan | None = None
    resources: tuple[Resource, ...] = ()
    blame: Blame | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


class Bench:
    """Tries one plugin."""

    def __init__(self, catalog: Catalog, plugin: Plugin, store: CodeStore | None = None) -> None:
        """Compile the plugin's templates. Raises DiagnosticError for what is wrong with them."""
        self.plugin = plugin
        # What has no image is told as such; that its containers have none need not be told as well.
        images = {**plugin.images, **{version: f"{NAME}:{version}" for _, version in versions_without_images(plugin)}}
        tried = replace(plugin, images=images)
        self._catalog = replace(catalog, plugins={plugin.name: (tried,)}, groups={}, environments={})
        found = Collector()
        resolver = Resolver(self._catalog, lambda _: None, found)
        self.texts: tuple[tuple[TemplateRef, TemplateText], ...] = resolver.templates.texts(plugin)
        found.extend(resolver.templates.mistakes(plugin))
        found.raise_errors()
        self._compiled: Compiled = compiled(plugin, resolver, store)
        found.raise_errors()
        self._secrets = sorted(self._secret_names(catalog))

    def topologies(self) -> tuple[str, ...]:
        """The names of the plugin's topologies; one without a name where it has none."""
        return tuple(one.name for one in self.plugin.topologies) or ("",)

    def default(self, topology: str) -> Variant:
        """The plugin as it comes, in a topology."""
        runtime = self.plugin.runtime("")
        version = (runtime.default or (runtime.versions[-1] if runtime.versions else "")) if runtime else ""
        return Variant(topology=topology, runtime=runtime.name if runtime else "", version=version)

    def matrix(self) -> Iterator[Variant]:
        """Every topology with every version; with the default one also stopped, saved, and with more or less in it."""
        for topology in self.topologies():
            base = self.default(topology)
            yield from (
                replace(base, runtime=runtime.name, version=version)
                for runtime in self.plugin.runtimes[:1]
                for version in runtime.versions or ("",)
            )
            yield replace(base, state="Stopped")
            yield from (replace(base, provider=one) for one in self.providers(topology))
            members = self.plugin.topology(topology)
            names = members.components if members else tuple(one.name for one in self.plugin.components)
            yield from (replace(base, without=name) for name in names if len(names) > 1)
            if self._switches():
                yield replace(base, switched=True)

    def providers(self, topology: str) -> tuple[str, ...]:
        """Where the plugin can save to, in a topology."""
        backup = self.plugin.backup
        if backup is None or not self.plugin.can("backup") or not backup.saves:
            return ()
        return backup.providers if not backup.topologies or topology in backup.topologies else ()

    def tried(self, variant: Variant, values: Mapping[str, Value] | None = None) -> Trial:
        """What comes of *variant*, with *values* besides."""
        found = Collector()
        catalog = self._with_group(variant, values or {}, found)
        plans = Resolver(catalog, lambda _: None, found).plans(catalog.groups.values()) if not found.failed else []
        if not plans:
            return Trial(variant=variant, diagnostics=_plain(found))
        made = found.attempt(lambda: self._rendered(plans[0], found))
        if made is None:
            return Trial(variant=variant, plan=plans[0], diagnostics=_plain(found))
        resources, blame = made
        told = _plain(found)
        if variant.without:  # others may well look for it
            told = tuple(one for one in told if one.code not in _REFERENCES)
        return Trial(variant=variant, plan=plans[0], resources=resources, blame=blame, diagnostics=told)

    def _rendered(self, plan: Plan, found: Collector) -> tuple[tuple[Resource, ...], Blame]:
        begun = begin(plan, self._compiled)
        rendering = Rendering(plan, self._compiled.programs, begun.values)
        resources = transformed(plan, self._compiled, begun, rendering, found)
        blame = Blame(plan, self._compiled.programs, self._compiled.texts, rendering.context)
        found.extend(validate.bundle(resources, plan, (), blame))
        found.extend(blame.told(checks.findings(resources, plan)))
        return resources, blame

    def ordered(self, trial: Trial) -> tuple[Mapping[Operation, Order], tuple[Diagnostic, ...]]:
        """The order of each operation, and what would make one a lie.

        Only what is provisioned is not there yet; other operations find everything in its place.
        """
        plan, found = trial.plan, Collector()
        if plan is None or trial.blame is None:
            return {}, ()
        place = Label((self.plugin.place / "spec" / "orders").span(key=True))
        for operation in Operation:
            numbers = waves(plan.orders.of(operation), (one.name for one in plan.components))
            checked = order_checks.checked(
                trial.resources,
                {one.id: numbers[one.component] for one in trial.resources},
                plan.environment.storage_classes,
                () if operation is Operation.PROVISION else {one.id for one in trial.resources},
            )
            found.extend(finding.diagnostic(primary=place) for finding in checked.findings)
        return {operation: plan.orders.of(operation) for operation in Operation}, _plain(found)

    # --- linting

    def linted(self) -> tuple[Diagnostic, ...]:
        """Everything that there is to say about the plugin, each mistake once."""
        found = Collector()
        tried: list[Tried] = []
        switched: list[Tried] = []
        for topology in self.topologies():
            trial = self._whole(self.default(topology), found)
            made = _made(trial)
            tried.extend(made)
            if not made or not self._switches():
                continue
            # What a template refuses that waits for a value, groups that set it are told; what it makes must be sound.
            trial_with_more = self.tried(replace(self.default(topology), switched=True))
            more = _made(trial_with_more)
            if more:
                found.extend(one for one in trial_with_more.diagnostics if one not in trial.diagnostics)
            switched.extend(more)
        found.extend(findings(Subject(plugin=self.plugin, texts=self.texts, tried=tried, switched=switched)))
        return found.sorted()

    def _switches(self) -> dict[str, Any]:
        """The values that optional templates wait for, and that the plugin has as false, set to true."""
        found: dict[str, Any] = {}
        for ref in self.plugin.templates:
            if ref.optional and ref.when and at(self.plugin.default_values, ref.when) is False:
                here = found
                for name in ref.when[:-1]:
                    here = here.setdefault(str(name), {})
                here[str(ref.when[-1])] = True
        return found

    def _whole(self, variant: Variant, found: Collector) -> Trial:
        """A trial that goes on where a value is missing: with something in its place, after it was reported."""
        variant = replace(variant, provider=next(iter(self.providers(variant.topology)), ""))
        given: dict[str, Any] = {}
        trial = self.tried(variant, given)
        for _ in range(_MANY):
            missing = [one for one in trial.diagnostics if one.code == "MW403"]
            supplied = [one for one in missing if _supply(given, one)]
            if not supplied:
                break
            found.extend(self._everywhere(one) for one in supplied)
            trial = self.tried(variant, given)
        found.extend(one for one in trial.diagnostics if not given or not _is_of_what_was_given(one))
        return trial

    def _everywhere(self, missing: Diagnostic) -> Diagnostic:
        """A missing value, with the other places that read it."""
        path = _path(missing)
        if path is None or missing.primary is None:
            return missing
        spans = [
            text.span(one.start(), one.end())
            for _, text in self.texts
            for one in re.finditer(rf"\.Values\.{re.escape('.'.join(path))}\b", text.text)
        ]
        others = [
            span for span in spans if span.line != missing.primary.span.line or span.file != missing.primary.span.file
        ]
        hint = "give the runtime its `bin`, or the value a default" if path == ("middlewareBin",) else missing.hint
        labels = tuple(Label(span, "and here") for span in others)
        return replace(missing, secondary=(*missing.secondary, *labels), hint=hint)

    # --- the made-up group

    def _with_group(self, variant: Variant, values: Mapping[str, Value], found: Collector) -> Catalog:
        defined = load.definitions(SourceFile(MADE_UP, self._text(variant, values)), found)
        groups = {one.name: one for one in defined.items if isinstance(one, Group)}
        environments = {one.name: one for one in defined.items if isinstance(one, Environment)}
        return replace(self._catalog, groups=groups, environments=environments)

    def _text(self, variant: Variant, values: Mapping[str, Value]) -> str:
        destination = {"provider": variant.provider, "bucket": NAME, "secretRef": f"{NAME}-backup"}
        if variant.provider == "minio":
            destination["endpoint"] = "https://minio.example.com"
        spec: dict[str, Any] = {
            "plugin": {"name": self.plugin.name, "version": self.plugin.version},
            "state": variant.state,
            "environments": [{"name": NAME}],
            "values": overlay(self._switches() if variant.switched else {}, {**variant.values, **values}),
            "secrets": {name: _secret(name) for name in self._secrets},
            "monitoring": {"enabled": True},
        }
        if variant.topology:
            spec["topology"] = variant.topology
        if variant.version:
            spec["runtime"] = {"name": variant.runtime, "version": variant.version}
        if variant.provider:
            spec["backup"] = {"enabled": True, "schedule": "17 2 * * *", "destination": destination}
        if variant.without:
            spec["components"] = {variant.without: {"enabled": False}}
        storage = at(self.plugin.default_values, ("storage", "storageClass"))
        environment = {"storageClasses": {storage: "WaitForFirstConsumer"}} if isinstance(storage, str) else {}
        return "---\n".join(
            dump({"apiVersion": "middleware.io/v1alpha1", "kind": kind, "metadata": {"name": NAME}, "spec": body})
            for kind, body in (("Environment", environment), ("Group", spec))
        )

    def _secret_names(self, catalog: Catalog) -> set[str]:
        """The names under which the plugin looks for Secrets, as far as its texts and its groups tell."""
        found = {name for _, text in self.texts for pattern in _SECRETS for name in pattern.findall(text.text)}
        for section in (self.plugin.exporter, self.plugin.backup):
            found |= {*section.secret_env.values()} if section else set()
        for group in catalog.groups.values():
            if group.plugin and group.plugin.name == self.plugin.name:
                found |= {*group.secrets}
        return found


def _made(trial: Trial) -> tuple[Tried, ...]:
    """What was rendered, if it was, as far as rules can read it: the rest is refused for its shape."""
    plan = trial.plan
    if not plan or not trial.blame:
        return ()
    return (Tried(plan, tuple(one for one in trial.resources if checks.is_legible(one, plan)), trial.blame),)


def unready(catalog: Catalog, plugin: Plugin, store: CodeStore | None) -> str:
    """Why no group can use the plugin yet; empty where it can be used."""
    _, wrong = try_out(catalog, plugin, store)
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        return f"{wrong[0].message}{more}"
    missing = [version for _, version in versions_without_images(plugin)]
    return f"there is no image for {', '.join(missing)}" if missing else ""


def _secret(name: str) -> dict[str, str]:
    return {"existingSecret": f"{NAME}-{name}".lower(), "key": "password"}


def _plain(found: Collector) -> tuple[Diagnostic, ...]:
    """What was found, without the names of what is made up."""
    return tuple(replace(one, subject="", resource="") for one in found.sorted() if one.code not in _MEANT)


def _is_of_what_was_given(told: Diagnostic) -> bool:
    """Whether a mistake lies in a value that only stands for one that is missing."""
    return told.primary is not None and told.primary.span.file.path == MADE_UP


def _path(missing: Diagnostic) -> tuple[str, ...] | None:
    """The value that an expression reads at the place where it is missing."""
    span = missing.primary.span if missing.primary else None
    found = _READ.match(span.file.text, span.start) if span else None
    return tuple(found[1].removeprefix(".").split(".")) if found else None


def _supply(given: dict[str, Any], missing: Diagnostic) -> bool:
    """Put something in the place of the missing value; whether that was possible."""
    path = _path(missing)
    if path is None or path[0] in SYSTEM:
        return False
    here = given
    for name in path[:-1]:
        here = here.setdefault(name, {})
        if not isinstance(here, dict):
            return False
    if path[-1] in here:
        return False
    here[path[-1]] = NAME
    return True


def try_out(catalog: Catalog, plugin: Plugin, store: CodeStore | None) -> tuple[Bench | None, tuple[Diagnostic, ...]]:
    """The plugin on a bench; None, and what is wrong, where its templates cannot be compiled."""
    try:
        return Bench(catalog, plugin, store), ()
    except DiagnosticError as error:
        return None, error.diagnostics
