"""Whether there is anything to do at all, found out before anything heavy is imported.

What was read and written last time is in the index (`outside/index.py`). Where no definition changed since and every
file of the output is as it was written, a run is over here.
"""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator import __version__
from generator.entrypoints.root import find_root
from generator.model.key import BundleKey
from generator.model.settings import SETTINGS_FILE, Settings
from generator.outside import stamps, workers
from generator.outside.cache import Cache, open_cache
from generator.outside.files import PathChanges, Snapshot, WorkingTree
from generator.outside.git.repository import Repository
from generator.outside.index import Index, Memory, index_path, open_index
from generator.outside.pending import Pending
from generator.outside.replace import recover


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a first look found."""

    index: Index
    snapshot: Snapshot
    """The state of all inputs, from before any of them was read."""

    changes: PathChanges | None
    """Inputs that changed since the last run; None where there is no memory of one."""

    stale: frozenset[BundleKey] = frozenset()
    """Bundles whose files are not as they were written."""

    bundles: int = 0
    repository: Repository | None = None
    folder: str = ""
    """The output's, relative to the repository's root."""

    @property
    def clean(self) -> bool:
        """Whether everything is as the last run left it."""
        return self.changes is not None and not len(self.changes) and not self.stale

    def committed(self) -> bool:
        """Whether it is known that HEAD has the output as it stands, and nothing is in the way of a commit."""
        if self.repository is None or self.repository.unfinished():
            return False
        return Pending(self.repository, self.folder).paths() == []


def look(
    root: str | None,
    workers_wanted: int,
    settings: Settings | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Look | None:
    """The first look; None where it cannot be had without reading the *settings* properly.

    Where definitions changed, the caller can get ready *meanwhile*: other processes look at the output's files.
    """
    base = str(find_root(Path(root or ".").resolve()))
    data = _settings_text(base)
    folders = _known_folders(data, open_cache(base)) if settings is None else settings.folders
    if folders is None:
        return None
    plugins, groups, out = folders
    repository = Repository.find(base)
    index = open_index(index_path(base, repository.private_folder() if repository else None), _stamp(data))
    recover(f"{base}/{out}")

    def question(written: int, memory: Memory) -> Look:
        known = list(memory.stamps().items())
        with workers.begun(partial(_is_stale, written), known, workers=workers_wanted) as checked:
            snapshot = input_snapshot(base, plugins, groups)
            changes: PathChanges | None = memory.changed_inputs(snapshot, WorkingTree(base).read)
            if not all(stamps.intact(written, stamp) for stamp in memory.environment_stamps().values()):
                changes = None  # so few files that looking at everything will do
            if meanwhile and (changes is None or len(changes)):
                meanwhile()
            stale = frozenset(key for key in checked if key)
        return Look(
            index=index,
            snapshot=snapshot,
            changes=changes,
            stale=stale,
            bundles=len(known),
            repository=repository,
            folder=repository.below(base, out) if repository else "",
        )

    with stamps.opened(f"{base}/{out}") as written:
        seen = index.consult(partial(question, written))
    return seen or Look(index=index, snapshot=input_snapshot(base, plugins, groups), changes=None)


def input_snapshot(base: str, plugins: tuple[str, ...], groups: tuple[str, ...]) -> Snapshot:
    """The state of every file that a run may read: all below the plugins' folders, definitions below the groups'."""
    everything = WorkingTree(base, suffixes=("",)).snapshot(*plugins)
    definitions = WorkingTree(base).snapshot(*groups)
    return Snapshot({**everything.files, **definitions.files}, min(everything.taken_ns, definitions.taken_ns))


def _is_stale(written: int, known: tuple[BundleKey, bytes]) -> BundleKey | None:
    key, stamp = known
    return None if stamps.intact(written, stamp) else key


def remember_settings(base: str, cache: Cache, settings: Settings) -> None:
    """Keep what the settings say of folders, for the next first look."""
    data = _settings_text(base)
    if data:
        cache.put(_settings_key(data), json.dumps(settings.folders).encode())


def _known_folders(data: bytes, cache: Cache) -> tuple[tuple[str, ...], tuple[str, ...], str] | None:
    """The folders that the settings name: from the cache, where a run has read these very settings before."""
    if not data:
        return Settings().folders
    kept = cache.get(_settings_key(data))
    if kept is None:
        return None
    plugins, groups, out = json.loads(kept)
    return tuple(plugins), tuple(groups), out


def _settings_text(base: str) -> bytes:
    try:
        return Path(base, SETTINGS_FILE).read_bytes()
    except OSError:
        return b""


def _settings_key(data: bytes) -> str:
    return hashlib.sha256(b"mwgen settings\0" + __version__.encode() + b"\0" + data).hexdigest()


def _stamp(settings: bytes) -> str:
    """What output depends on besides definitions: this program, and the settings."""
    return f"{__version__} {_program()} {hashlib.sha256(settings).hexdigest()}"


def _program() -> str:
    """A digest of the state of our own files: another program makes other output, whatever its version says."""
    states: list[str] = []
    package = Path(__file__).parents[1]
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            found = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 - three hundred files at every start
            states.append(f"{folder}/{name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(states).encode()).hexdigest()[:16]
