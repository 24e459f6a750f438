"""The real Helm."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.e2e.charts.commands import VERSION, Answer


@pytest.fixture(scope="session")
def helm(require_tool: Callable[[str], str]) -> Callable[..., Answer]:
    """`helm template` with these arguments, in a folder."""
    program = require_tool("helm")
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    assert f'"{VERSION}"' in version, f"the tests are about Helm {VERSION}, and this is {version}"

    def run(args: Sequence[str], folder: Path, stdin: bytes = b"") -> Answer:
        done = subprocess.run(
            [program, "template", *args], cwd=folder, input=stdin, capture_output=True, check=False, timeout=60
        )
        lines = done.stderr.decode("utf-8", "replace").splitlines(keepends=True)
        warned = [line for line in lines if line.startswith(("level=WARN", "level=INFO"))]
        said = "".join(line for line in lines if not line.startswith("level=")).removeprefix("Error: ")
        return Answer(bool(done.returncode), done.stdout, said, sorted(warned))

    return run
