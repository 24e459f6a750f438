"""The repository that a command works in: where its root is, what it defines, what its output folder holds."""

from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.diagnostics import Collector
from generator.entrypoints.root import find_root
from generator.model.catalog import Catalog
from generator.model.settings import Settings
from generator.outside.cache import Cache, open_cache
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.outside.replace import recover


@dataclass(frozen=True, slots=True)
class Workspace:
    """A repository on disk."""

    root: Path
    tree: WorkingTree
    settings: Settings
    output: Output
    cache: Cache

    @classmethod
    def open(cls, start: str | None = None) -> "Workspace":
        """The repository around *start* (None: the current folder).

        Raises:
            DiagnosticError: mistakes in `mwgen.yaml`.
        """
        root = find_root(Path(start or ".").resolve())
        tree = WorkingTree(str(root))
        settings = pipeline.load_settings(tree)
        recover(str(root / settings.out))
        return cls(root, tree, settings, Output(str(root), settings.out), open_cache(str(root)))

    def catalog(self, found: Collector) -> Catalog:
        """Everything that the repository defines; mistakes go to *found*."""
        return pipeline.load_catalog(self.tree, self.settings, found)
