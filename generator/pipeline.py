"""The table of contents: what happens, in order, from definitions to files and a commit.

Everything up to a `Result` only reads. `write` and `commit` are the two effects, and they take a sound result.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from generator import __version__
from generator.diagnostics import Collector, Diagnostic
from generator.engines import ENGINES
from generator.engines.base import CodeStore, Program, TemplateSource
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.model.order import Operation
from generator.model.outcome import Outcome, Result
from generator.model.plan import Plan
from generator.model.plugin import Plugin
from generator.model.settings import SETTINGS_FILE, Settings
from generator.model.tree import Tree
from generator.outside import workers
from generator.outside.git.commit import Committed, Identity, Message, Terms, commit_tree
from generator.outside.git.repository import Head, Repository
from generator.outside.output import Output
from generator.outside.replace import replace
from generator.stages import assemble, describe, load, operate, project, protect, sequence, transform, validate
from generator.stages.fingerprint import fingerprint, inputs
from generator.stages.load.settings import settings as read_settings
from generator.stages.protect import Acknowledged
from generator.stages.render import Rendering
from generator.stages.resolve import Resolver
from generator.stages.resolve.inherit import chain, environments
from generator.stages.schema import ValuesSchema
from generator.targets import TARGETS
from generator.yamlio.load import decode
from generator.yamlio.wording import choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a door asks for."""

    groups: tuple[str, ...] = ()
    """Names; none: all."""

    environments: tuple[str, ...] = ()
    bundles: frozenset[BundleKey] | None = None
    """Only these; None: all."""

    operation: Operation | None = None
    """Instead of the one that the lock decides."""

    allow_loss: tuple[str, ...] = ()
    allow_immutable: tuple[str, ...] = ()
    strangers: bool = False
    """Whether to look for files that nobody generated."""

    workers: int = 0
    """Processes; 0: as many as there are processors."""


Progress = Callable[[int, int], None]
"""Called with the number of bundles done, and of all."""


def load_settings(tree: Tree) -> Settings:
    """The settings of a repository; raises DiagnosticError for every mistake in `mwgen.yaml`."""
    try:
        data = tree.read(SETTINGS_FILE)
    except FileNotFoundError:
        return Settings()
    return read_settings(decode(SETTINGS_FILE, data))


def load_catalog(tree: Tree, settings: Settings, found: Collector) -> Catalog:
    """Everything that *tree* defines; mistakes go to *found*.

    Plugins come first: the files that they name as templates are not looked at as definitions.
    """
    paths = dict.fromkeys([*tree.files(*settings.plugins), *tree.files(*settings.groups)])
    files = [
        file for file in found.each(lambda path: decode(path, tree.read(path)), paths) if load.may_define(file.text)
    ]
    first = [file for file in files if load.may_hold_plugin(file.text)]
    read = [load.definitions(file, found) for file in first]
    named = load.template_files(item for each in read for item in each.items if isinstance(item, Plugin))
    seen = {file.path for file in first}
    read += [load.definitions(file, found) for file in files if file.path not in seen and file.path not in named]
    templates = {}
    for path in named:
        try:
            templates[path] = load.template_file(decode(path, tree.read(path)))
        except FileNotFoundError:
            continue
    return load.catalog(sorted(read, key=lambda each: each.path), templates, settings, found)


# --- all bundles -----------------------------------------------------------------------------------------------------


def build(
    catalog: Catalog,
    output: Output,
    request: Request,
    found: Collector,
    *,
    store: CodeStore | None = None,
    progress: Progress | None = None,
) -> Result:
    """Render what *request* selects and compare it with what stands in *output*. Writes nothing."""
    resolver = Resolver(catalog, output.lock, found)
    plans = resolver.plans(_selected(catalog, request, found), request.environments)
    if request.bundles is not None:
        plans = [plan for plan in plans if plan.key in request.bundles]
    compiled = dict(found.each(lambda plugin: (plugin.key, _compiled(plugin, resolver, store)), resolver.used.values()))
    allowed = Acknowledged(
        loss=request.allow_loss + catalog.settings.allow_loss,
        immutable=request.allow_immutable + catalog.settings.allow_immutable,
    )
    maker = _Maker(compiled, output, request, catalog.settings, allowed)
    makeable = [plan for plan in plans if plan.plugin.key in compiled]
    outcomes: list[Outcome] = []
    for number, (outcome, diagnostics) in enumerate(workers.mapped(maker, makeable, workers=request.workers), start=1):
        found.extend(diagnostics)
        outcomes += [outcome] if outcome else []
        if progress:
            progress(number, len(makeable))
    found.extend(validate.fleet(outcomes, {plan.key: plan for plan in plans}))
    if not found.failed:
        leaving = [key for key in output.bundles() if _is_gone(key, catalog, request)]
        outcomes += found.each(lambda key: _leaving(key, output, allowed, found), leaving)
    return Result(
        outcomes=tuple(sorted(outcomes, key=lambda one: one.key)),
        diagnostics=found.sorted(),
        foreign=tuple(output.foreign()) if request.strangers else (),
    )


def affected(old: Catalog, new: Catalog, output: Output, found: Collector) -> tuple[BundleKey, ...]:
    """The bundles that are rendered from something else in *new* than in *old*; those that come and go included.

    Mistakes in *new* go to *found*; what *old* got wrong no longer matters.
    """
    before, after = _inputs(old, output, Collector()), _inputs(new, output, found)
    return tuple(sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key)))


def _inputs(catalog: Catalog, output: Output, found: Collector) -> dict[BundleKey, str]:
    def digest(plan: Plan) -> tuple[BundleKey, str]:
        return plan.key, inputs(plan, fingerprint(plan, project.values(plan, None)))

    plans = Resolver(catalog, output.lock, found).plans(catalog.groups.values())
    return dict(found.each(digest, plans))


def write(result: Result, out: str) -> None:
    """Put what *result* changes into the folder *out* (absolute), in one step.

    Raises DiagnosticError where that cannot be done; the folder is then as it was.
    """
    assert not result.failed
    changes = {path: data for one in result.differing for path, data in one.write.items()}
    replace(out, changes, {path for one in result.differing for path in one.remove})


def commit(
    repository: Repository,
    folder: str,
    output: Output,
    settings: Settings,
    *,
    paths: Sequence[str] | None = None,
    subject: str = "",
) -> tuple[Committed, str] | None:
    """Commit the output folder as it stands, and nothing else; None where it is as HEAD has it.

    Args:
        repository: whose branch the commit goes to.
        folder: of the output, relative to the repository's root.
        output: reads it.
        settings: the committer where git knows none, and the subject.
        paths: files that may differ from HEAD, relative to *folder*; None: look at all of them.
        subject: of the message, instead of the one that is made from what changed.

    Returns:
        The commit and its message's subject.

    Raises:
        DiagnosticError: git is in the way; then nothing has changed.
    """
    head = repository.head()
    if paths is None:
        paths = _different(repository, folder, output, head)
    changes = [_described(key, output) for key in describe.touched(paths)]
    source = (("Source-Commit", head.commit),) if head.commit else ()
    message = Message(
        subject=subject or settings.commit.get("subject", "") or describe.subject(changes),
        body=describe.body(changes),
        trailers=(*source, ("Rendered-By", f"mwgen {__version__}")),
    )
    name, email = settings.commit.get("name", ""), settings.commit.get("email", "")
    terms = Terms(onto=head.commit, identity=Identity(name, email) if name and email else None)
    made = commit_tree(repository, [folder], message, paths=[f"{folder}/{path}" for path in paths], terms=terms)
    return (made, message.subject) if made else None


def _different(repository: Repository, folder: str, output: Output, head: Head) -> list[str]:
    """Files below *folder*, relative to it, that are not as HEAD has them."""
    if head.commit is None:
        return list(output.all_files())
    changes = repository.changed_since("HEAD", folder)
    return [path[len(folder) + 1 :] for path in (*changes.added, *changes.changed, *changes.removed)]


def _described(key: BundleKey, output: Output) -> describe.BundleChange:
    lock = output.lock(key)
    if lock is None:
        return describe.BundleChange(key=key, operation=Operation.DELETE)
    detail = f"{lock.plugin} {lock.plugin_version}, {lock.runtime} {lock.runtime_version}"
    return describe.BundleChange(key=key, operation=lock.operation, detail=detail)


def _selected(catalog: Catalog, request: Request, found: Collector) -> list[Group]:
    for name in request.groups:
        if name not in catalog.groups:
            found.add(
                Diagnostic(
                    code="MW319",
                    message=f'there is no group "{name}"',
                    hint=choices(name, catalog.groups) or "see mwgen groups list",
                )
            )
    return [group for name, group in catalog.groups.items() if not request.groups or name in request.groups]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What a plugin's bundles have in common: made once, before any worker starts."""

    programs: Mapping[str, Program]
    """By engine."""

    schema: ValuesSchema | None


def _compiled(plugin: Plugin, resolver: Resolver, store: CodeStore | None) -> _Compiled:
    by_engine: dict[str, list[TemplateSource]] = {}
    for ref, text in resolver.templates.texts(plugin):
        by_engine.setdefault(ref.engine, []).append(TemplateSource(name=ref.name, text=text.text, span=text.span))
    constants = [
        plugin.default_values,
        *(one.default_values for one in plugin.topologies),
        *(one.default_values for one in plugin.components),
    ]
    return _Compiled(
        programs={engine: ENGINES[engine](store).compile(sources, constants) for engine, sources in by_engine.items()},
        schema=ValuesSchema(plugin) if plugin.values_schema is not None else None,
    )


# --- one bundle ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes one bundle after the other, in whichever process."""

    compiled: Mapping[tuple[str, str], _Compiled]
    output: Output
    request: Request
    settings: Settings
    allowed: Acknowledged

    def __call__(self, plan: Plan) -> tuple[Outcome | None, tuple[Diagnostic, ...]]:
        found = Collector()
        outcome = found.attempt(lambda: self._made(plan, found))
        return outcome, found.sorted()

    def _made(self, plan: Plan, found: Collector) -> Outcome:
        """The stages of one bundle, in order."""
        lock = self.output.lock(plan.key)
        operate.check_runtime(plan, lock)
        compiled = self.compiled[plan.plugin.key]
        values = project.values(plan, compiled.schema)
        rendered = Rendering(plan, compiled.programs, values).resources()
        hashes = fingerprint(plan, values)
        resources = transform.transformed(rendered, plan, hashes, found)
        found.extend(validate.bundle(resources, plan, self.settings.allow_plain_secrets))
        found.raise_errors()
        target = TARGETS[plan.environment.target]
        held = assemble.files(resources, assemble.locked_waves(resources, lock), target) if lock else ()
        changed = lock is None or not assemble.same(held, lock)
        decision = operate.decide(plan, lock, changed=changed, forced=self.request.operation)
        waves = sequence.waves(resources, plan, decision, lock, found)
        made = assemble.moved(held, waves, target) if lock else assemble.files(resources, waves, target)
        fixed = protect.immutable_values(plan, values)
        summary = hashes.summary()
        if lock and changed:
            found.extend(protect.values(plan, lock, fixed))
            found.extend(protect.change(plan, lock, made, summary, self.output.object, self.allowed))
            found.raise_errors()
        return assemble.outcome(made, plan, lock, decision, summary, fixed, self.output.read)


# --- bundles that leave ----------------------------------------------------------------------------------------------


def _is_gone(key: BundleKey, catalog: Catalog, request: Request) -> bool:
    """Whether nothing in the source asks for the bundle any more, within what the request selects."""
    if request.groups and key.group not in request.groups:
        return False
    if request.environments and key.environment not in request.environments:
        return False
    if request.bundles is not None and key not in request.bundles:
        return False
    group = catalog.groups.get(key.group)
    return group is None or group.abstract or key.environment not in environments(chain(catalog.groups, group))


def _leaving(key: BundleKey, output: Output, allowed: Acknowledged, found: Collector) -> Outcome:
    """The removal of a bundle, if its losses are acknowledged."""
    lock = output.lock(key)
    assert lock is not None
    own = Collector()
    own.extend(protect.removal(key, lock, allowed))
    own.raise_errors()
    found.extend(own.sorted())
    return assemble.removal(key, lock)
