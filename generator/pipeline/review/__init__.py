"""From two states to a review: what differs between them, and what that does. Reads only.

Source states are rendered in memory, from wherever they stand, as far as the change between them reaches; nothing is
checked out and nothing is written. Trees that were rendered before are compared as they are: `trees`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.diagnostics import Collector, Diagnostic, Label
from generator.engines.base import CodeStore
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.plan import Plan
from generator.model.plugin import Plugin
from generator.model.review import BundleReview, ChangeKind, Review, Side
from generator.model.tree import Tree
from generator.outside import workers
from generator.outside.files import PathChanges
from generator.pipeline import Progress
from generator.pipeline.bundle import Compiled, compiled
from generator.pipeline.request import Request
from generator.pipeline.review.reach import Sources, reached
from generator.pipeline.review.sources import Judge, Judged, Pair, chains, changed_definitions
from generator.stages import validate
from generator.stages.resolve import Resolver
from generator.stages.review import families
from generator.stages.review.masks import Masker
from generator.stages.review.successors import with_successors

Locks = Callable[[Sequence[BundleKey]], Mapping[BundleKey, bytes]]
"""What stands in the locks of bundles, of those that have one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A source state."""

    side: Side
    tree: Tree
    locks: Locks
    """Of the bundles that are committed beside it."""


def review_sources(
    base: State,
    head: State,
    changes: PathChanges | None,
    request: Request,
    masker: Masker,
    *,
    store: CodeStore | None = None,
    progress: Progress | None = None,
    texts: bool = True,
) -> Review:
    """What happens when *head* takes the place of *base*.

    Without *texts*, objects that are on both sides are not written out: only a page and columns show them.
    *changes* are the files that differ below the folders of definitions of either; None where nobody knows.
    """
    found = Collector()
    sources = reached(base.tree, head.tree, changes, found)
    old, new = _resolver(sources.base, base, Collector()), _resolver(sources.head, head, found)
    before = _plans(sources.base, old, sources, request)
    after = _plans(sources.head, new, sources, request)
    found.extend(validate.circles(sources.head.groups))
    judge = Judge(
        base=_compiled(old, {}, store, Collector()),
        head={},
        settings=sources.head.settings,
        masker=masker,
        changed=changed_definitions(sources.base, sources.head),
        chains=chains(sources.head.groups, [*after.values()]),
        texts=texts,
    )
    judge = replace(judge, head=_compiled(new, _shared(old, new, judge.base), store, found))
    keys = sorted(key for key in before.keys() | after.keys() if _is_sound(key, after, judge))
    locks = base.locks(keys)
    pairs = [Pair(key, before.get(key), after.get(key), locks.get(key)) for key in keys]
    judged: list[Judged] = []
    for number, one in enumerate(workers.mapped(judge, pairs, workers=request.workers), start=1):
        found.extend(one.diagnostics)
        judged.append(one)
        if progress:
            progress(number, len(pairs))
    found.extend(_clashes(judged))
    return _review(base.side, head.side, judged, found)


def _review(base: Side, head: Side, judged: Sequence[Judged], found: Collector) -> Review:
    told = [(one.review, one.folded) for one in judged if one.review is not None and one.folded is not None]
    bundles, folded = with_successors([one for one, _ in told]), [one for _, one in told]
    return Review(
        base=base,
        head=head,
        bundles=families.marked(bundles, folded),
        families=families.families(bundles, folded),
        unchanged=sum(1 for one in judged if one.review is None and not one.diagnostics),
        diagnostics=found.sorted(),
    )


def _resolver(catalog: Catalog, state: State, found: Collector) -> Resolver:
    from generator.model.bundle import Lock

    def locked(key: BundleKey) -> Lock | None:
        data = state.locks([key]).get(key)
        try:
            return Lock.load(data) if data is not None else None
        except ValueError:
            return None

    return Resolver(catalog, locked, found)


def _plans(catalog: Catalog, resolver: Resolver, sources: Sources, request: Request) -> dict[BundleKey, Plan]:
    names = catalog.groups if sources.groups is None else sorted(sources.groups & catalog.groups.keys())
    wanted = [catalog.groups[name] for name in names if request.groups is None or name in request.groups]
    return {plan.key: plan for plan in resolver.plans(wanted) if request.selects(plan.key)}


def _compiled(
    resolver: Resolver, shared: Mapping[int, Compiled], store: CodeStore | None, found: Collector
) -> dict[tuple[str, str], Compiled]:
    """The plugins that were used, compiled; those that both sides have, only once."""

    def one(plugin: Plugin) -> tuple[tuple[str, str], Compiled]:
        return plugin.key, shared.get(id(plugin)) or compiled(plugin, resolver, store)

    return dict(found.each(one, resolver.used.values()))


def _shared(old: Resolver, new: Resolver, done: Mapping[tuple[str, str], Compiled]) -> dict[int, Compiled]:
    """What was compiled of plugins that both sides have, templates included; by the plugin."""
    return {
        id(plugin): done[key]
        for key, plugin in old.used.items()
        if key in done and new.used.get(key) is plugin
        and old.templates.hash_of(plugin) == new.templates.hash_of(plugin)
    }  # fmt: skip


def _is_sound(key: BundleKey, after: Mapping[BundleKey, Plan], judge: Judge) -> bool:
    """Whether the head's bundle can be made at all; one that left can always be told."""
    return key not in after or after[key].plugin.key in judge.head


def _clashes(judged: Iterable[Judged]) -> Iterable[Diagnostic]:
    """New objects that are in two bundles on one cluster."""
    owners: dict[tuple[object, ...], BundleReview] = {}
    for one in (each.review for each in judged if each.review is not None):
        for change in one.objects:
            if change.kind is not ChangeKind.ADDED:
                continue
            other = owners.setdefault((one.cluster or one.key.environment, change.id), one)
            if other.key != one.key:
                yield Diagnostic(
                    code="MW523",
                    message=f"{change.id} is in {other.key} and in {one.key}, on one cluster",
                    primary=_place(one),
                    hint="give the groups different namespaces or names, or the environments different clusters",
                    resource=str(change.id),
                    subject=str(one.key),
                )


def _place(one: BundleReview) -> Label | None:
    from generator.diagnostics import SourceFile, Span

    return Label(Span(SourceFile(one.file, ""), 0, 0)) if one.file else None
