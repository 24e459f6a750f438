"""One run of `generate`: loads what is needed, builds, and afterwards writes and remembers."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from threading import Thread
from typing import TYPE_CHECKING

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints import options
from generator.entrypoints.progress import Progress
from generator.entrypoints.quick import Look, input_snapshot, look, remember_settings
from generator.entrypoints.revisions import below
from generator.entrypoints.workspace import Workspace
from generator.model.bundle import BundleKey
from generator.model.catalog import Catalog
from generator.model.order import Operation
from generator.model.outcome import Result
from generator.outside import workers
from generator.outside.files import PathChanges, Snapshot
from generator.outside.git.repository import Repository
from generator.outside.pending import Pending
from generator.outside.spool import Spool
from generator.pipeline import Loaded, incremental
from generator.pipeline.request import Request
from generator.stages import load

if TYPE_CHECKING:
    from generator.entrypoints.commands.generate import Wish
    from generator.entrypoints.committing import Doubts, Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run has found, and what it needs to remember it."""

    space: Workspace
    loaded: Loaded
    result: Result
    first: Look | None
    """The look that the run began with; None where the run is about a part only, and is not remembered."""

    snapshot: Snapshot
    changes: PathChanges | None
    """What was read anew; None where everything was."""


def spool_for(space: Workspace, wish: "Wish") -> "AbstractContextManager[Spool | None]":
    """Where what is rendered may wait: nowhere, without a repository, or where nothing will be written."""
    repository = Repository.find(str(space.root)) if wish.writes else None
    if repository is None:
        return nullcontext()
    out = str(space.root / space.settings.out)
    return Spool(repository.private_folder(), out, repository.algorithm if wish.commit else None)


def rendered(space: Workspace, wish: "Wish", first: Look | None, spool: Spool | None = None) -> Run:
    """The result of what was wished for. Nothing is written yet, though it may wait in the *spool*.

    Where an incremental run meets a mistake, a full one follows: it tells all of them.
    """
    if first is None and wish.whole:
        remember_settings(str(space.root), space.cache, space.settings)
        first = look(wish.root, wish.workers, space.settings)
    run = _incremental(space, wish, first, spool) if first else None
    return run if run and not run.result.failed else _full(space, wish, first, spool)


def everything_again(root: str | None, allow_loss: tuple[str, ...] = (), allow_immutable: tuple[str, ...] = ()) -> bool:
    """Render and write everything, as the source is now; False where there are mistakes, which are told."""
    from generator.entrypoints.commands.generate import Wish
    from generator.entrypoints.report import deliver

    wish = Wish(root=root, allow_loss=allow_loss, allow_immutable=allow_immutable)
    space = Workspace.open(root)
    with spool_for(space, wish) as spool:
        run = rendered(space, wish, look(root, 0), spool)
        deliver.diagnostics(run.result.diagnostics, "text")
        if run.result.failed:
            return False
        with written(run):
            return True


def _full(space: Workspace, wish: "Wish", first: Look | None, spool: Spool | None) -> Run:
    settings, found = space.settings, Collector()
    snapshot = first.snapshot if first else input_snapshot(str(space.root), settings.plugins, settings.groups)
    paths = [*space.tree.files(*settings.plugins), *space.tree.files(*settings.groups)]
    loaded = pipeline.read(space.tree, paths, found)
    catalog = load.catalog(loaded.files, loaded.templates, settings, found)
    request = replace(
        _request(wish),
        groups=options.chosen(wish.groups),
        environments=options.chosen(wish.environments),
        bundles=None if wish.since is None else frozenset(_changed(space, catalog, wish.since, found)),
    )
    result = _built(space, catalog, request, found, spool)
    return Run(space=space, loaded=loaded, result=result, first=first, snapshot=snapshot, changes=None)


def _incremental(space: Workspace, wish: "Wish", first: Look, spool: Spool | None) -> Run | None:
    """The run over the part of the source that changes reach; None where everything is to be looked at."""
    changes, stale, found = first.changes, first.stale, Collector()
    if changes is None:
        return None
    narrow = first.index.consult(
        lambda memory: incremental.narrowed(memory, space.tree, space.settings, changes, stale, found)
    )
    if narrow is None:
        return None
    request = replace(_request(wish), groups=narrow.groups, leaving=narrow.bundles)
    result = _built(space, narrow.catalog, request, found, spool)
    others = first.index.consult(lambda memory: [*incremental.strangers(memory, result.outcomes, narrow.catalog)])
    if others is None:
        return None
    found.extend(others)
    known = sum(1 for one in result.outcomes if one.lock is None or not one.new)
    result = replace(result, diagnostics=found.sorted(), unchanged=max(0, first.bundles - known))
    return Run(space=space, loaded=narrow.loaded, result=result, first=first, snapshot=first.snapshot, changes=changes)


def _request(wish: "Wish") -> Request:
    return Request(
        operation=Operation(wish.operation) if wish.operation else None,
        allow_loss=wish.allow_loss,
        allow_immutable=wish.allow_immutable,
        workers=wish.workers,
    )


def _built(space: Workspace, catalog: Catalog, request: Request, found: Collector, spool: Spool | None) -> Result:
    with Progress("rendering") as progress:
        return pipeline.build(catalog, space.output, request, found, store=space.cache, progress=progress, spool=spool)


def _changed(space: Workspace, catalog: Catalog, since: str, found: Collector) -> tuple[BundleKey, ...]:
    from generator.entrypoints.revisions import catalog_at

    return pipeline.affected(catalog_at(space, since), catalog, space.output, found)


@contextmanager
def written(run: Run) -> Iterator[None]:
    """Write what the run has found; it is remembered for the next one meanwhile, and has been afterwards."""
    space = run.space
    out = str(space.root / space.settings.out)
    repository = Repository.find(str(space.root))
    paths = [*run.result.files, *run.result.remove]
    if repository and paths:
        Pending(repository, below(space, repository, space.settings.out)).wrote(paths)
    pipeline.write(run.result, out)
    with _remembering(run, run.first, out) if run.first else nullcontext():
        yield


def _remembering(run: Run, first: Look, out: str) -> AbstractContextManager[None]:
    """Remember the run meanwhile. Everything is much, and would hold up the commit in this process."""

    def remember() -> None:
        tree, loaded, snapshot, result = run.space.tree, run.loaded, run.snapshot, run.result
        first.index.store(incremental.update(tree, loaded, snapshot, result, out, changes=run.changes))

    return workers.aside(remember) if run.changes is None else _in_thread(remember)


@contextmanager
def _in_thread(work: Callable[[], None]) -> Iterator[None]:
    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def prepared(run: Run, doubts: "Doubts | None" = None) -> "Prepared":
    """What a commit right after the run need not find out again."""
    from generator.entrypoints.committing import Prepared

    locks = {one.key: one.lock for one in run.result.outcomes}
    kept = [one.kept for one in run.result.outcomes if one.kept and one.kept.part]
    return Prepared(locks=locks, kept=kept, doubts=doubts)
