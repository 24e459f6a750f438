"""Which files of the output are not committed, without asking git to look at all of them.

A note in git's own folder: the tree that HEAD had for the output folder when all of it was committed, and the files
that were written since. It holds only while HEAD still has that tree.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from generator.outside.git.repository import Repository


class Pending:
    """The note for one output folder, given relative to the repository's root."""

    def __init__(self, repository: Repository, folder: str) -> None:
        self._repository = repository
        self._folder = folder
        self._file = Path(repository.private_folder(), "pending", f"{folder.replace('/', '%')}.json")

    def paths(self) -> list[str] | None:
        """Files below the folder, relative to it, that may differ from HEAD; None where nobody knows."""
        note = self._note()
        return note[1] if note else None

    def wrote(self, paths: Iterable[str]) -> None:
        """More files were written or removed. Call it before that happens."""
        note = self._note()
        if note:
            tree, known = note
            self._save(tree, {*known, *paths})

    def committed(self) -> None:
        """HEAD has the folder as it stands."""
        self._save(self._committed(), ())

    def _note(self) -> tuple[str, list[str]] | None:
        """The tree that HEAD has for the folder, and what is not committed; None where that is not known."""
        try:
            note = json.loads(self._file.read_bytes())
            tree, paths = note["tree"], note["paths"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not isinstance(tree, str) or not isinstance(paths, list) or tree != self._committed():
            return None
        return tree, [path for path in paths if isinstance(path, str)]

    def _committed(self) -> str:
        """The tree that HEAD has for the folder; empty where it has none."""
        found = self._repository.finish("rev-parse", "--verify", "--quiet", "--end-of-options", f"HEAD:{self._folder}")
        return found.stdout.decode().strip() if found.status == 0 else ""

    def _save(self, tree: str, paths: Iterable[str]) -> None:
        draft = self._file.with_suffix(".new")
        with suppress(OSError):  # without the note, git looks at every file
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps({"tree": tree, "paths": sorted(paths)}))
            draft.replace(self._file)
