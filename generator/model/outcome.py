"""What a run found out and would change. Nothing here is written yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from generator.diagnostics import Diagnostic, Severity
from generator.model.bundle import BundleKey, Lock
from generator.model.order import Operation, Order
from generator.model.resource import ResourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Files that wait on disk for their place in the output folder, and what git is to store of them.

    For git, files are compressed already: they stand in the pack's file `part` from `start` on, in their order.
    """

    folder: str
    """Where they wait, each at its path relative to the output folder."""

    paths: tuple[str, ...]
    stamp: bytes = b""
    """For the incremental index: of a new bundle, all of whose files wait; else empty."""

    part: str = ""
    """Empty: nothing is there for git."""

    start: int = 0
    ids: bytes = b""
    """Of their blobs, one after the other."""

    sizes: tuple[int, ...] = ()
    """Of their entries in the part; 0 for a blob that an earlier entry of the part has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One bundle: what happens to it, and which files that changes."""

    key: BundleKey
    operation: Operation
    upgrades: tuple[str, ...] = ()
    order: Order = ()
    """The stages of the operation, disabled components left out."""

    lock: Lock | None
    """None for a bundle that leaves `out/`."""

    cluster: str = ""
    write: Mapping[str, bytes] = field(default_factory=dict)
    """What must stand in files that are new or differ, by path relative to the output folder; the lock included."""

    kept: Kept | None = None
    """The same, where it waits on disk; `write` is empty then."""

    remove: tuple[str, ...] = ()
    """Paths relative to the output folder."""

    added: tuple[ResourceId, ...] = ()
    changed: tuple[ResourceId, ...] = ()
    removed: tuple[ResourceId, ...] = ()
    exclusive: tuple[str, ...] = ()
    """What the bundle wants to have alone on its cluster, such as `node port 30080/TCP`."""

    demand: Mapping[str, Fraction] = field(default_factory=dict)
    """What it requests, where the environment has a quota: `cpu`, bytes of `memory` and `storage`, `pods`."""

    inputs: str = ""
    """What the bundle was made from, for the incremental index."""

    new: bool = False
    """Whether there was no such bundle before."""

    @property
    def differs(self) -> bool:
        """Whether any file changes."""
        return bool(self.files or self.remove)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are new or differ, by path relative to the output folder."""
        return self.kept.paths if self.kept else tuple(self.write)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentOutcome:
    """What the bundles of an environment share: how the tool that applies them finds them."""

    name: str
    files: tuple[str, ...] = ()
    """All there are to be, relative to the output folder."""

    write: Mapping[str, bytes] = field(default_factory=dict)
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A whole run."""

    outcomes: tuple[Outcome, ...] = ()
    """Of the bundles looked at, sorted by key; unchanged ones included."""

    environments: tuple[EnvironmentOutcome, ...] = ()
    """Those of the bundles looked at."""

    unchanged: int = 0
    """Bundles known to be as they should without looking at them."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether an error was found."""
        return any(one.severity is Severity.ERROR for one in self.diagnostics)

    @property
    def _parts(self) -> "tuple[Outcome | EnvironmentOutcome, ...]":
        return (*self.differing, *self.environments)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that are new or differ, by path relative to the output folder."""
        return tuple(path for one in self._parts for path in (one.files if isinstance(one, Outcome) else one.write))

    @property
    def write(self) -> dict[str, bytes]:
        """What must stand in those of these files that do not wait on disk."""
        return {path: data for one in self._parts for path, data in one.write.items()}

    @property
    def remove(self) -> tuple[str, ...]:
        """Files that leave, relative to the output folder."""
        return tuple(path for one in self._parts for path in one.remove)

    @property
    def differing(self) -> tuple[Outcome, ...]:
        """The bundles that change."""
        return tuple(one for one in self.outcomes if one.differs)
