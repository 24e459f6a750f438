"""A sidecar as Argo CD has it, without Argo CD: what `argocd-cmp-server` does around a plugin's command.

From its source (argo-cd, cmpserver/plugin/plugin.go, util/io/files/tar.go, reposerver/repository): the repository is
copied without git's folder, files with mode 0644 and folders with 0755; the command runs in the Application's folder,
in a process group of its own, with the variables listed here and those of the sidecar itself; at the deadline the group
gets SIGTERM and, five seconds later, SIGKILL; what it has printed counts only if it exits with 0.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MWGEN = str(Path(sys.executable).with_name("mwgen"))
REVISION = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
TO_THE_KILL = 5.0


@dataclass(frozen=True)
class Answer:
    """What the command came to; `code` is negative where a signal ended it, as `subprocess` has it."""

    code: int
    out: bytes
    err: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Sidecar:
    """A working copy in `folder`, as the sidecar unpacks it."""

    folder: Path
    own: Mapping[str, str] = field(default_factory=dict)
    """The sidecar's own variables."""

    @classmethod
    def of(cls, repository: Path, folder: Path, names: Sequence[str] = ("",), **own: str) -> "Sidecar":
        """The copy that is made of *names* in a *repository*."""
        for name in names:
            source = repository / name
            for path in [source, *source.rglob("*")] if source.is_dir() else [source]:
                relative = path.relative_to(repository)
                if ".git" in relative.parts:
                    continue
                target = folder / relative
                if path.is_dir():
                    target.mkdir(mode=0o755, parents=True, exist_ok=True)
                else:
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(path, target)
                    target.chmod(0o644)
        return cls(folder=folder, own=own)

    def variables(
        self,
        app: str,
        *,
        parameters: Any = None,
        env: Mapping[str, str] | None = None,
        namespace: str = "middleware",
        announcing: bool = False,
    ) -> dict[str, str]:
        """What `newEnv` and `getPluginEnvs` set; *parameters* as JSON, or a text to be taken as it is."""
        told = {
            "ARGOCD_APP_NAME": "the-app",
            "ARGOCD_APP_SOURCE_REPO_URL": "https://git.example.com/platform.git",
            "ARGOCD_APP_SOURCE_PATH": app,
            "ARGOCD_APP_SOURCE_TARGET_REVISION": "main",
        }
        if not announcing:
            told |= {
                "ARGOCD_APP_NAMESPACE": namespace,
                "ARGOCD_APP_PROJECT_NAME": "default",
                "ARGOCD_APP_REVISION": REVISION,
                "ARGOCD_APP_REVISION_SHORT": REVISION[:7],
                "ARGOCD_APP_REVISION_SHORT_8": REVISION[:8],
                "KUBE_VERSION": "1.31.4",
                "KUBE_API_VERSIONS": "v1,apps/v1,apps/v1/StatefulSet",
            }
        told |= {f"ARGOCD_ENV_{name}": text for name, text in (env or {}).items()}
        told["ARGOCD_APP_PARAMETERS"] = parameters if isinstance(parameters, str) else json.dumps(parameters)
        return {"PATH": "/nowhere", **self.own, **told}

    def run(self, *arguments: str, app: str = ".", deadline: float = 60.0, **told: Any) -> Answer:
        """`mwgen ARGUMENTS` for an Application whose path is *app*; *told* as `variables` has it."""
        started = time.monotonic()
        process = subprocess.Popen(
            [MWGEN, *arguments],
            cwd=self.folder / app,
            env=self.variables(app, **told),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            process_group=0,
        )
        try:
            out, err = process.communicate(timeout=deadline)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                out, err = process.communicate(timeout=TO_THE_KILL)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                out, err = process.communicate()
        return Answer(process.returncode, out, err.decode(), time.monotonic() - started)
