"""The table of contents: what happens, in order, from definitions to files and a commit.

Everything up to a `Result` only reads. `write` and `commit` are the two effects, and they take a sound result.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.diagnostics import Collector, DiagnosticError, SourceFile
from generator.engines.base import CodeStore
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.group import Group
from generator.model.outcome import EnvironmentOutcome, Outcome, Result
from generator.model.plan import Plan
from generator.model.plugin import Plugin, TemplateText
from generator.model.settings import SETTINGS_FILE, Settings
from generator.model.tree import Tree
from generator.outside import workers
from generator.outside.index import digest
from generator.outside.output import Output
from generator.outside.replace import Content, Waiting, replace
from generator.outside.spool import Spool
from generator.pipeline.bundle import Maker, compiled, is_gone, leaving
from generator.pipeline.request import Request
from generator.stages import deliver, load, project, validate
from generator.stages.fingerprint import fingerprint, inputs
from generator.stages.load import Definitions
from generator.stages.load.settings import settings as read_settings
from generator.stages.protect import Acknowledged
from generator.stages.resolve import Resolver
from generator.stages.resolve.choose import no_group
from generator.yamlio.load import decode

__all__ = ["Loaded", "Progress", "Request", "affected", "build", "load_catalog", "load_settings", "read", "write"]

PACKED = (".tgz", ".tar.gz")
"""How the names of packed charts end."""

Progress = Callable[[int, int], None]
"""Called with the number of bundles done, and of all."""


# --- load ------------------------------------------------------------------------------------------------------------


class Loaded(NamedTuple):
    """What a tree's files define."""

    files: tuple[Definitions, ...]
    """By path; files that define nothing are not among them."""

    templates: dict[str, TemplateText]
    """Template files by path."""

    digests: Mapping[str, bytes] = MappingProxyType({})
    """Of the files that were read, as the index compares them."""

    nearby: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """By the path of a template file that is not there: what else stands in the plugin's folder, relative to it."""


def load_settings(tree: Tree) -> Settings:
    """The settings of a repository; raises DiagnosticError for every mistake in `mwgen.yaml`."""
    try:
        data = tree.read(SETTINGS_FILE)
    except FileNotFoundError:
        return Settings()
    return read_settings(decode(SETTINGS_FILE, data))


def read(tree: Tree, paths: Iterable[str], found: Collector) -> Loaded:
    """The definitions in the files *paths*; mistakes go to *found*.

    Plugins come first: the files that they name as templates, and those of charts, are not looked at as definitions.
    """
    digests: dict[str, bytes] = {}

    def file_at(path: str) -> SourceFile:
        data = tree.read(path)
        digests[path] = digest(data)
        return decode(path, data)

    files = [one for one in found.each(file_at, dict.fromkeys(paths)) if load.may_define(one.text)]
    first = [file for file in files if load.may_hold_plugin(file.text)]
    defined = [load.definitions(file, found) for file in first]
    plugins = [item for each in defined for item in each.items if isinstance(item, Plugin)]
    named = load.template_files(plugins)
    templates = chart_files(tree, plugins)
    defined = [each for each in defined if each.path not in templates]
    seen = {*(file.path for file in first), *templates, *named}
    defined += [load.definitions(file, found) for file in files if file.path not in seen]
    nearby: dict[str, tuple[str, ...]] = {}

    def template_at(path: str) -> None:
        try:
            templates[path] = load.template_file(decode(path, tree.read(path)))
        except FileNotFoundError:  # resolving says so, at the line that names it
            own = named[path].place.file.path
            folder = own.rpartition("/")[0]
            there = Collector().each(tree.everything, [folder] if folder else [])
            nearby[path] = tuple(one.removeprefix(f"{folder}/") for names in there for one in names if one != own)
        except DiagnosticError:
            templates[path] = load.template_file(SourceFile(path, ""))
            raise

    found.each(template_at, named)
    return Loaded(tuple(sorted(defined, key=lambda each: each.path)), templates, digests, nearby)


def chart_files(tree: Tree, plugins: Iterable[Plugin]) -> dict[str, TemplateText]:
    """Every file of the charts that plugins name, by path; a chart that is not there has none."""
    found: dict[str, TemplateText] = {}
    for folder in load.chart_folders(plugins):
        packed = folder.endswith(PACKED)
        for path in (folder,) if packed else tree.everything(folder):
            try:
                found[path] = load.chart_file(path, tree.read(path), folder)
            except FileNotFoundError:
                continue  # resolving says so
    return found


def load_catalog(tree: Tree, settings: Settings, found: Collector) -> Catalog:
    """Everything that *tree* defines; mistakes go to *found*."""
    loaded = read(tree, [*tree.files(*settings.plugins), *tree.files(*settings.groups)], found)
    return load.catalog(loaded.files, loaded.templates, settings, found, loaded.nearby)


# --- build -----------------------------------------------------------------------------------------------------------


def build(
    catalog: Catalog,
    output: Output,
    request: Request,
    found: Collector,
    *,
    store: CodeStore | None = None,
    progress: Progress | None = None,
    spool: Spool | None = None,
) -> Result:
    """Render what *request* selects and compare it with what stands in *output*. Writes nothing there.

    Where there is a *spool*, what differs waits in it.
    """
    resolver = Resolver(catalog, output.lock, found, request.given)
    plans = [plan for plan in resolver.plans(_selected(catalog, request, found)) if request.selects(plan.key)]
    plugins = dict(found.each(lambda one: (one.key, compiled(one, resolver, store)), resolver.used.values()))
    allowed = Acknowledged(
        loss=request.allow_loss + catalog.settings.allow_loss,
        immutable=request.allow_immutable + catalog.settings.allow_immutable,
    )
    makeable = [plan for plan in plans if plan.plugin.key in plugins]
    keep = spool.keep if spool and len(makeable) >= workers.SERIAL_BELOW and spool.prepare() else None
    maker = Maker(plugins, output, request, catalog.settings, allowed, keep)
    outcomes: list[Outcome] = []
    for number, (outcome, diagnostics) in enumerate(workers.mapped(maker, makeable, workers=request.workers), start=1):
        found.extend(diagnostics)
        outcomes += [outcome] if outcome else []
        if progress:
            progress(number, len(makeable))
    found.extend(validate.identities(outcomes, {plan.key: plan for plan in plans}))
    found.extend(validate.claims(outcomes, {plan.key: plan for plan in plans}))
    found.extend(validate.circles(catalog.groups))
    if request.everything and not found.failed:
        found.extend(validate.quotas(outcomes, catalog.environments))
    if not found.failed:
        if request.leaving is None:
            candidates = [key for key in output.bundles() if request.selects(key)]
        else:
            candidates = sorted(request.leaving)
        gone = [key for key in candidates if is_gone(key, catalog)]
        outcomes += filter(None, found.each(lambda key: leaving(key, output, allowed, found), gone))
    return Result(
        outcomes=tuple(sorted(outcomes, key=lambda one: one.key)),
        environments=() if found.failed else _environments(outcomes, catalog, output, request),
        diagnostics=found.sorted(),
    )


def _environments(
    outcomes: Sequence[Outcome], catalog: Catalog, output: Output, request: Request
) -> tuple[EnvironmentOutcome, ...]:
    """What becomes of the files that bundles share, in every environment that *outcomes* are about."""
    names = {one.key.environment for one in outcomes}
    if request.everything and request.leaving is None:
        names |= {name for _, name in output.environments()}
    used = {one.key.environment for one in outcomes if one.lock}
    gone = {one.key for one in outcomes if not one.lock}
    if names - used:  # all that was looked at leaves them; what was not looked at may still be there
        used |= {key.environment for key in output.bundles() if key not in gone}
    return tuple(
        deliver.environment(name, catalog.environments.get(name), catalog.settings, output.read, used=name in used)
        for name in sorted(names)
    )


def _selected(catalog: Catalog, request: Request, found: Collector) -> list[Group]:
    found.extend(no_group(name, catalog) for name in sorted(request.groups or ()) if name not in catalog.groups)
    return [group for name, group in catalog.groups.items() if request.groups is None or name in request.groups]


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


# --- write -----------------------------------------------------------------------------------------------------------


def write(result: Result, out: str) -> None:
    """Put what *result* changes into the folder *out* (absolute), in one step.

    Raises DiagnosticError where that cannot be done; the folder is then as it was.
    """
    assert not result.failed
    changes: dict[str, Content] = {**result.write}
    for one in result.differing:
        kept = one.kept
        if kept is None:
            continue
        folder = f"{one.key.folder}/"
        if one.new:
            changes[one.key.folder] = Waiting(f"{kept.folder}/{one.key.folder}", len(kept.paths))
        for path in kept.paths:
            if not (one.new and path.startswith(folder)):
                changes[path] = Waiting(f"{kept.folder}/{path}")
    replace(out, changes, set(result.remove))
