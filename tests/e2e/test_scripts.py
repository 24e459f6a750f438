"""shellcheck has nothing to say about any script that stands in a ConfigMap of this repository's output."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.yamlio.load import decode, documents

ROOT = Path(__file__).parents[2]

GUESSES = "SC2153"
"""That a variable which nobody sets might be another one misspelt: the pod sets it."""

pytestmark = pytest.mark.e2e


def scripts() -> Iterator[tuple[str, str]]:
    """Every text in a ConfigMap whose key says that it is a script, or whose first line does; equal ones once."""
    seen = set()
    for path in sorted((ROOT / "out").rglob("configmap-*.yaml")):
        (document,) = documents(decode(path.relative_to(ROOT).as_posix(), path.read_bytes()))
        for key, text in document.value["data"].items():
            if (key.endswith(".sh") or text.startswith("#!")) and text not in seen:
                seen.add(text)
                yield f"{path.relative_to(ROOT / 'out')}:{key}", text


SCRIPTS = dict(scripts())


def test_there_are_scripts() -> None:
    assert {name.rpartition(":")[2] for name in SCRIPTS} >= {"role.sh", "failover.sh", "start.sh"}


@pytest.mark.parametrize("name", SCRIPTS)
def test_shellcheck(name: str, require_tool: Callable[[str], str]) -> None:
    text = SCRIPTS[name]
    dialect = "bash" if text.startswith("#!/bin/bash") else "sh"
    done = subprocess.run(
        [require_tool("shellcheck"), "-s", dialect, f"--exclude={GUESSES}", "-"],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
