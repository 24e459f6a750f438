"""Programs of ours around the code of those who take our output: Argo CD and Flux.

Their modules are pinned. Building them takes minutes once; what is built is kept until their source changes.
"""

import fcntl
import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "build" / "consumers"

Asked: TypeAlias = dict[str, Any]
Consumer: TypeAlias = Callable[[Sequence[Asked]], list[Any]]


class RefusedError(Exception):
    """What a consumer says where it does not take something."""


def built(go: str, module: str) -> Path:
    """The program of a module, compiled unless it was before."""
    source = HERE / module
    files = [path for path in sorted(source.iterdir()) if path.suffix in {".go", ".mod", ".sum"}]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    CACHE.mkdir(parents=True, exist_ok=True)
    program = CACHE / f"{module}-{digest[:16]}"
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one compiler at a time: each takes a gigabyte
        if not program.exists():
            own = program.with_suffix(".new")
            # Without debugging information: half the size, and half the time to link.
            flags = ["-buildvcs=false", "-ldflags=-s -w"]
            env = {**os.environ, "CGO_ENABLED": "0"}
            subprocess.run([go, "build", *flags, "-o", own, "."], cwd=source, env=env, check=True)
            own.replace(program)
    return program


def asking(program: Path) -> Consumer:
    """Many questions at once; an answer that refuses is raised."""

    def ask(questions: Sequence[Asked]) -> list[Any]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        done = subprocess.run([program], input=lines, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(answers) == len(questions)
        for answer in answers:
            if "error" in answer:
                raise RefusedError(answer["error"])
        return [answer.get("result") for answer in answers]

    return ask


@pytest.fixture(scope="session")
def argocd(require_tool: Callable[[str], str]) -> Consumer:
    """Argo CD; `argocd/main.go` says what can be asked."""
    return asking(built(require_tool("go"), "argocd"))


@pytest.fixture(scope="session")
def flux(require_tool: Callable[[str], str]) -> Consumer:
    """Flux; `flux/main.go` says what can be asked."""
    return asking(built(require_tool("go"), "flux"))
