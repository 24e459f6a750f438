"""A repository in a temporary folder, written in a few lines; and the command, run in this process as a user would."""

import contextlib
import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from generator.entrypoints import cli
from generator.yamlio.dump import dump


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    def sound(self) -> "Ran":
        """This run, which must have succeeded."""
        assert self.code == 0, f"exit {self.code}\n{self.out}\n{self.err}"
        return self


class Project:
    """Plugins, groups and environments on disk; `run` is the command."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
        return file

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def plugin(
        self, name: str, version: str = "1.0.0", *, templates: dict[str, tuple[str, str]] | None = None, **spec: Any
    ) -> Path:
        """A plugin; *templates* are component and text by name, the texts written as files beside it."""
        folder = f"plugins/{name}-{version}"
        refs = []
        for template, (component, text) in (templates or {}).items():
            self.write(f"{folder}/{template}.tpl", text)
            refs.append(
                {"name": template, "file": f"{template}.tpl", **({"component": component} if component else {})}
            )
        spec.setdefault("runtimes", [{"name": name, "versions": ["1"]}])
        spec.setdefault("images", {version: f"{name}:{version}" for version in spec["runtimes"][0]["versions"]})
        body = {
            "apiVersion": "middleware.io/v1alpha1",
            "kind": "Plugin",
            "metadata": {"name": f"{name}-{version}", "labels": {"middleware.io/plugin": name}},
            "spec": {"name": name, "version": version, "templates": refs, **spec},
        }
        return self.write(f"{folder}/plugin.yaml", dump(body))

    def group(self, name: str, plugin: str | dict[str, Any] | None = None, **spec: Any) -> Path:
        metadata = {"name": name, **spec.pop("metadata", {})}
        if plugin:
            spec["plugin"] = {"name": plugin} if isinstance(plugin, str) else plugin
        return self.definition("Group", metadata, spec, f"groups/{name}.yaml")

    def environment(self, name: str, **spec: Any) -> Path:
        return self.definition("Environment", {"name": name}, spec, f"groups/environments/{name}.yaml")

    def definition(self, kind: str, metadata: dict[str, Any], spec: dict[str, Any], path: str) -> Path:
        body = {"apiVersion": "middleware.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}
        return self.write(path, dump(body))

    def run(self, *arguments: str) -> Ran:
        """`mwgen ARGUMENTS`, in the project's folder."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            mock.patch.object(sys, "argv", ["mwgen", *arguments]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                cli.run()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(bool(end.code))
        return Ran(code, out.getvalue(), err.getvalue())

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def files(self, folder: str = "out") -> dict[str, bytes]:
        """Every file below *folder*, by path relative to it."""
        base = self.root / folder
        return {str(path.relative_to(base)): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}
