"""A real repository in a temporary folder, driven by git itself, for tests to prepare and to look at."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.outside.git import Repository


@dataclass(frozen=True)
class Sandbox:
    root: Path

    @classmethod
    def create(cls, root: Path, *options: str) -> "Sandbox":
        root.mkdir(parents=True, exist_ok=True)
        box = cls(root)
        box.git("init", "--quiet", *options)
        return box

    @property
    def repository(self) -> Repository:
        found = Repository.find(str(self.root))
        assert found is not None
        return found

    def git(self, *arguments: str, stdin: str | None = None, **env: str) -> str:
        done = subprocess.run(
            ("git", *arguments),
            cwd=self.root,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **env},
            encoding="utf-8",
            errors="surrogateescape",
        )
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def write(self, files: dict[str, str | None]) -> None:
        """Write texts by path; None removes."""
        for path, text in files.items():
            place = self.root / path
            if text is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode("utf-8", "surrogateescape"))

    def commit(self, message: str, files: dict[str, str | None] | None = None) -> str:
        """Commit everything, after writing *files*; the commit's id."""
        self.write(files or {})
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.head()

    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def status(self, *paths: str) -> list[str]:
        """What `git status` has to say: `XY path`, one item each."""
        listed = self.git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", *paths)
        return listed.split("\0")[:-1]

    def paths(self, revision: str = "HEAD") -> dict[str, str]:
        """Path to text of every file in a commit."""
        listed = self.git("ls-tree", "-r", "-z", "--name-only", revision).split("\0")[:-1]
        return {path: self.git("cat-file", "blob", f"{revision}:{path}") for path in listed}
