"""The repository's own hooks around a commit of ours, run as `git commit` runs them."""

import os
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics import Diagnostic, DiagnosticError
from generator.outside.git.repository import Repository
from generator.outside.process import Command, clean_environment, finish, redact

_SHOWN_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Stage:
    """What hooks get to see: an index in the folder `scratch` that holds the root tree `tree` and no more."""

    repository: Repository
    scratch: str
    tree: str

    def before_commit(self, text: str) -> str:
        """The message as the hooks leave it. Raises DiagnosticError where one of them objects."""
        self.repository.run("read-tree", self.tree, env={"GIT_INDEX_FILE": self._index})
        message = Path(self.scratch, "COMMIT_EDITMSG")
        message.write_text(text, "utf-8")
        self._run("pre-commit")
        self._run("prepare-commit-msg", str(message), "message")
        self._run("commit-msg", str(message))
        return message.read_text("utf-8")

    def after_commit(self) -> None:
        """Tell `post-commit`; it can object to nothing any more."""
        self._run("post-commit", may_fail=True)

    @property
    def _index(self) -> str:
        return f"{self.scratch}/hook-index"

    def _run(self, name: str, *arguments: str, may_fail: bool = False) -> None:
        # Asking git for the place honours core.hooksPath.
        place = self.repository.run("rev-parse", "--git-path", f"hooks/{name}").decode().rstrip("\n")
        program = str(Path(self.repository.root, place))
        if not os.access(program, os.X_OK):
            return
        index = {} if may_fail else {"GIT_INDEX_FILE": self._index}
        # Not what we set for our own git commands: a hook may want globs, locks and its own language.
        environment = {**clean_environment(), **index, "GIT_EDITOR": ":"}
        finished = finish(Command(argv=(program, *arguments), cwd=self.repository.root, env=environment))
        if finished.status and not may_fail:
            said = redact((finished.stdout + finished.stderr).decode("utf-8", "replace").strip())
            message = f"the hook {name} refuses the commit: {said[-_SHOWN_CHARACTERS:]}"
            raise DiagnosticError(Diagnostic(code="MW726", message=message))
