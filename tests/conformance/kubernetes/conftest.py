"""The oracle: a small Go program of ours around Kubernetes' own libraries."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

HERE = Path(__file__).parent
PROGRAM = HERE.parents[2] / "build" / "oracles" / "kubernetes"

Oracle: TypeAlias = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def oracle(require_tool: Callable[[str], str]) -> Oracle:
    """Answers many questions at once; `oracle/main.go` says what can be asked."""
    go = require_tool("go")
    subprocess.run([go, "build", "-buildvcs=false", "-o", PROGRAM, "."], cwd=HERE / "oracle", check=True)

    def ask(questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        answers = subprocess.run([PROGRAM], input=lines, capture_output=True, text=True, check=True).stdout
        return [json.loads(line) for line in answers.splitlines()]

    return ask
