"""The real readers and writers, which everything here is compared with."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.yaml.referee import Referee, as_int64, build


@pytest.fixture(scope="session")
def go(require_tool: Callable[[str], str]) -> Referee:
    """Go's YAML and JSON libraries."""
    return Referee(build(require_tool("go")))


@pytest.fixture(scope="session")
def kubectl(require_tool: Callable[[str], str]) -> Callable[[str], list[Any]]:
    """`kubectl(text)` is what kubectl reads from a stream of objects; it raises `CalledProcessError` if it does not."""
    program = require_tool("kubectl")

    def read(text: str) -> list[Any]:
        ran = subprocess.run(
            [program, "patch", "--local", "-f", "-", "--type=merge", "-p", "{}", "-o", "json"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            env={"KUBECONFIG": "/dev/null", "PATH": "/nowhere", "HOME": "/nowhere"},
        )
        decoder, objects, at = json.JSONDecoder(parse_int=as_int64), [], 0
        while at < len(ran.stdout.rstrip()):
            found, at = decoder.raw_decode(ran.stdout, at)
            objects.append(found)
            at += len(ran.stdout[at:]) - len(ran.stdout[at:].lstrip())
        return objects

    return read


@pytest.fixture(scope="session")
def helm(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, list[Any]], list[str]]:
    """`helm(pipeline, values)` is what the real Helm makes of each of *values* in `{{ . | pipeline }}`."""
    library = pytest.importorskip("helm_python")
    number = iter(range(1_000_000))

    def render(pipeline: str, values: list[Any]) -> list[str]:
        folder: Path = tmp_path_factory.mktemp(f"chart{next(number)}")
        (folder / "templates").mkdir()
        (folder / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 1.0.0\n")
        template = f"{{{{ range .Values.all }}}}{{{{ . | {pipeline} | toJson }}}}\n{{{{ end }}}}"
        (folder / "templates" / "t.yaml").write_text(template)
        with library.Chart.load(folder) as chart:
            (rendered,) = chart.render(values={"all": values}, name="r").values()
        return [json.loads(line) for line in rendered.rstrip("\n").split("\n")]

    return render
