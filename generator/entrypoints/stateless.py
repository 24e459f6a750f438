"""What the doors have in common that only read: where the source is, and rendering a part of it to a stream."""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.diagnostics import Collector, Diagnostic, DiagnosticError
from generator.model.given import Given
from generator.model.outcome import Result
from generator.model.settings import SETTINGS_FILE, Settings
from generator.model.tree import Tree
from generator.outside.cache import Cache, open_cache
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.pipeline.narrow import Narrowed, Wanted, narrowed
from generator.pipeline.request import Request


@dataclass(frozen=True, slots=True)
class Source:
    """A copy of a repository, which need not have git's own folder."""

    root: Path
    tree: Tree
    settings: Settings
    output: Output
    cache: Cache

    @classmethod
    def around(cls, start: Path, otherwise: str = "") -> "Source":
        """The source that the folder *start* lies in; *otherwise* says what the caller can do where it is in none.

        Raises:
            DiagnosticError: there is none, its settings have mistakes, or its folders are missing.
        """
        otherwise = otherwise or _PATHS
        root = _root(start, otherwise)
        tree = WorkingTree(str(root))
        settings = pipeline.load_settings(tree)
        missing = [
            f"{title}: {', '.join(folders)}"
            for title, folders in (("plugins", settings.plugins), ("groups", settings.groups))
            if not any((root / folder).is_dir() for folder in folders)
        ]
        if missing:
            raise DiagnosticError(
                Diagnostic(
                    code="MW802",
                    message=f"folders are missing beside {SETTINGS_FILE} ({'; '.join(missing)}): "
                    "what was handed over is only a part of the repository",
                    hint=otherwise,
                )
            )
        return cls(root, tree, settings, Output(str(root), settings.out), open_cache(str(root)))

    def narrowed(self, wanted: Wanted, found: Collector) -> Narrowed:
        """The part of the source that *wanted* needs."""
        return narrowed(self.tree, self.settings, wanted, found)

    def rendered(
        self,
        part: Narrowed,
        groups: Collection[str],
        environments: Collection[str] | None,
        given: Given,
        found: Collector,
    ) -> Result:
        """Whole bundles: every file is in the outcomes, whatever stands in the output folder."""
        request = Request(
            groups=frozenset(groups),
            environments=None if environments is None else frozenset(environments),
            leaving=frozenset(),
            workers=1,
            given=given,
            complete=True,
        )
        return pipeline.build(part.catalog, self.output, request, found, store=self.cache)


_PATHS = (
    "where Argo CD sends parts of a repository, name all of it that is needed in the annotation "
    f"argocd.argoproj.io/manifest-generate-paths, such as /plugins;/groups;/out;/{SETTINGS_FILE}"
)


def _root(start: Path, otherwise: str) -> Path:
    """The nearest folder upwards with a `mwgen.yaml`, else with both default folders.

    git's own folder says nothing here: what tools hand over has none.
    """
    folders = [start, *start.parents]
    for folder in folders:
        if os.path.lexists(folder / SETTINGS_FILE):
            return folder
    plain = Settings()
    for folder in folders:
        if all((folder / name).is_dir() for name in (*plain.plugins, *plain.groups)):
            return folder
    raise DiagnosticError(
        Diagnostic(
            code="MW801",
            message=f"neither this folder nor any above it has a {SETTINGS_FILE}, or the folders plugins and groups",
            hint=f"put a {SETTINGS_FILE}, which may be empty, at the root of the definitions; {otherwise}",
        )
    )
