"""The oracle: a small Go program of ours around Kubernetes' own libraries."""

import hashlib
import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

HERE = Path(__file__).parent
SOURCE = HERE / "oracle"
CACHE = HERE.parents[2] / "build" / "oracles"

Oracle: TypeAlias = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]


def built(go: str) -> Path:
    """The program, compiled unless it was before; several test processes may ask for it at once."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(SOURCE.iterdir()))).hexdigest()
    program = CACHE / f"kubernetes-{digest[:16]}"
    if not program.exists():
        own = program.with_suffix(f".{os.getpid()}")
        subprocess.run([go, "build", "-buildvcs=false", "-o", own, "."], cwd=SOURCE, check=True)
        own.replace(program)
    return program


@pytest.fixture(scope="session")
def oracle(require_tool: Callable[[str], str]) -> Oracle:
    """Answers many questions at once; `oracle/main.go` says what can be asked."""
    program = built(require_tool("go"))

    def ask(questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        answers = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout
        return [json.loads(line) for line in answers.splitlines()]

    return ask
