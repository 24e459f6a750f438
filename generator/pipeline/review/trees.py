"""Two trees that were rendered before: what differs between their bundles, as their files and locks say.

A bundle is a folder with a lock, and the files elsewhere that the lock names. What no lock knows is taken together by
the first two folders of its path, so that any tree of manifests can be compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.diagnostics import Collector, DiagnosticError
from generator.model.bundle import LOCK_NAME, BundleKey, Lock
from generator.model.delivery import FOLDER
from generator.model.group import State
from generator.model.order import Operation, Order
from generator.model.review import BundleReview, Review, Side
from generator.outside import workers
from generator.outside.rendered import RenderedTree
from generator.pipeline.request import Request
from generator.stages import operate
from generator.stages.review import families
from generator.stages.review.half import Half, Held, identity
from generator.stages.review.masks import Masker
from generator.stages.review.successors import with_successors
from generator.stages.review.verdict import Case, verdict
from generator.yamlio.load import decode, documents

_MANIFESTS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedState:
    """One of the trees."""

    side: Side
    tree: RenderedTree


@dataclass(frozen=True, slots=True)
class _Bundle:
    """A bundle of one side: its files by path, and its lock."""

    files: Mapping[str, bytes]
    lock: Lock | None


def review_trees(
    base: RenderedState, head: RenderedState, request: Request, masker: Masker, *, texts: bool = True
) -> Review:
    """What happens when the tree *head* takes the place of *base*. Mistakes in *head*'s files are told.

    *texts* is what it is for `review_sources`.
    """
    found = Collector()
    before, after = _Side(base.tree), _Side(head.tree)
    keys = sorted(key for key in before.bundles.keys() | after.bundles.keys() if request.selects(key))
    changed = [key for key in keys if before.digest(key) != after.digest(key)]
    old, new = before.read(changed), after.read(changed)
    judge = _Judge(masker, texts)
    pairs = [(key, old.get(key), new.get(key)) for key in changed]
    told: list[tuple[BundleReview, families.Folded]] = []
    for review, folded, diagnostics in workers.mapped(judge, pairs, workers=request.workers):
        found.extend(diagnostics)
        if review is not None and folded is not None:
            told.append((review, folded))
    bundles, prepared = with_successors([one for one, _ in told]), [one for _, one in told]
    return Review(
        base=base.side,
        head=head.side,
        bundles=families.marked(bundles, prepared),
        families=families.families(bundles, prepared),
        unchanged=len(keys) - len(bundles),
        diagnostics=found.sorted(),
    )


class _Side:
    """The bundles of a tree, by the paths of their files."""

    def __init__(self, tree: RenderedTree) -> None:
        self._tree = tree
        self._digests = tree.digests()
        locks = [path for path in self._digests if path.rpartition("/")[2] == LOCK_NAME and path.count("/") == 2]
        self._locks = {BundleKey(*path.split("/")[:2]): _lock(data) for path, data in tree.read(locks).items()}
        owners = {path: key for key, lock in self._locks.items() for path in (lock.delivery if lock else ())}
        self.bundles: dict[BundleKey, list[str]] = {}
        for path in self._digests:
            if path.endswith((*_MANIFESTS, f"/{LOCK_NAME}")):
                self.bundles.setdefault(owners.get(path) or _key(path), []).append(path)

    def digest(self, key: BundleKey) -> list[tuple[str, str]]:
        """Equal for equal bundles."""
        return [(path, self._digests[path]) for path in sorted(self.bundles.get(key, ()))]

    def read(self, keys: Sequence[BundleKey]) -> dict[BundleKey, _Bundle]:
        """The files of bundles, those that have any."""
        paths = [path for key in keys for path in self.bundles.get(key, ()) if not path.endswith(LOCK_NAME)]
        contents = self._tree.read(paths)
        return {
            key: _Bundle({path: contents[path] for path in self.bundles[key] if path in contents}, self._locks.get(key))
            for key in keys
            if key in self.bundles
        }


def _key(path: str) -> BundleKey:
    parts = path.split("/")
    if parts[0] == FOLDER and len(parts) > 3:
        return BundleKey(parts[2], FOLDER)  # what the bundles of an environment share
    folders = [*parts[:-1], ".", "."]
    return BundleKey(folders[0], folders[1])


def _lock(data: bytes) -> Lock | None:
    try:
        return Lock.load(data)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Judge:
    masker: Masker
    texts: bool

    def __call__(self, pair: tuple[BundleKey, _Bundle | None, _Bundle | None]) -> tuple[Any, Any, Any]:
        """The verdict on a bundle, that folded, and what is wrong with the head's files."""
        key, old, new = pair
        found = Collector()
        before = _half(key, old, Collector()) if old else None
        after = _half(key, new, found) if new else None
        if before is None and after is None:
            return None, None, found.sorted()
        review = verdict(_case(before, after, old, new), self.masker, texts=self.texts)
        return review, families.folded(review) if review else None, found.sorted()


def _case(before: Half | None, after: Half | None, old: _Bundle | None, new: _Bundle | None) -> Case:
    was, now = old.lock if old else None, new.lock if new else None
    upgrades: tuple[str, ...] = ()
    if was and now:
        upgrades = operate.upgrades(was, now.plugin, now.plugin_version, now.hashes.get("plugin"), now.runtime_version)
    return Case(
        before=before,
        after=after,
        operation=_operation(before, after, was, now),
        upgrades=upgrades,
        stages=_stages(after, was, now),
        recorded=_record(was) != _record(now) if before and after else False,
    )


def _operation(before: Half | None, after: Half | None, was: Lock | None, now: Lock | None) -> Operation:
    if after is None:
        return Operation.DELETE
    if now is not None and now != was:
        return now.operation
    if before is None:
        return Operation.PROVISION
    return Operation.UPDATE


def _stages(after: Half | None, was: Lock | None, now: Lock | None) -> Order:
    if after is None:
        return tuple(reversed(was.order)) if was else ()
    return now.order if now else ()


def _record(lock: Lock | None) -> object:
    """What a lock says besides its objects and hashes."""
    return lock and (
        lock.plugin, lock.plugin_version, lock.runtime, lock.runtime_version, lock.topology, lock.target, lock.state,
        lock.deletion_policy, lock.operation, lock.order, dict(lock.immutable_values),
    )  # fmt: skip


def _half(key: BundleKey, bundle: _Bundle, found: Collector) -> Half:
    lock = bundle.lock
    objects = tuple(_objects(key, bundle, found))
    namespaces = {one.id.namespace for one in objects if one.id.namespace and one.component}
    half = Half(key=key, objects=objects, namespace=namespaces.pop() if len(namespaces) == 1 else "")
    if lock is None:
        return half
    return Half(
        key=key,
        objects=objects,
        namespace=half.namespace,
        operation=lock.operation,
        order=lock.order,
        plugin=lock.plugin,
        plugin_version=lock.plugin_version,
        runtime=lock.runtime,
        runtime_version=lock.runtime_version,
        topology=lock.topology,
        state=State(lock.state),
        deletion_policy=lock.deletion_policy,
        target=lock.target,
        immutable_values=lock.immutable_values,
    )


def _objects(key: BundleKey, bundle: _Bundle, found: Collector) -> Iterator[Held]:
    delivery = set(bundle.lock.delivery) if bundle.lock else set()
    entries = {f"{key.folder}/{one.path}": one.component for one in (bundle.lock.objects if bundle.lock else ())}
    for path, data in sorted(bundle.files.items()):
        try:
            values = [one.value for one in documents(decode(path, data))]
        except DiagnosticError as error:
            found.extend(error.diagnostics)
            continue
        for number, body in enumerate(_unpacked(values)):
            component = "" if path in delivery else entries.get(path) or _component(path)
            if isinstance(body, dict):
                place = path if number == 0 else f"{path}#{number}"
                yield Held(id=identity(body, place), component=component, path=path, body=body)


def _unpacked(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, dict) and value.get("kind") == "List" and isinstance(value.get("items"), list):
            yield from value["items"]
        else:
            yield value


def _component(path: str) -> str:
    """The folder of a file inside of its bundle."""
    parts = path.split("/")
    return parts[2] if len(parts) > 3 else ""
