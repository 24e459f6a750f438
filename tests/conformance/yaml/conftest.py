"""The real readers and writers, which everything here is compared with."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance import helm_oracle
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
def helm() -> Callable[[str, list[Any]], list[str]]:
    """`helm(pipeline, values)` is what the real Helm makes of each of *values* in `{{ . | pipeline }}`."""
    render = helm_oracle.required()

    def pipe(pipeline: str, values: list[Any]) -> list[str]:
        template = f"{{{{ range .Values.all }}}}{{{{ . | {pipeline} | toJson }}}}\n{{{{ end }}}}"
        files, error = render({"t.yaml": template}, {"all": values})
        assert error is None
        return [json.loads(line) for line in files["t.yaml"].rstrip("\n").split("\n")]

    return pipe


@pytest.fixture
def helm_values(tmp_path: Path) -> Callable[[str], dict[str, Any] | str]:
    """`helm_values(text)` is what the real Helm reads from a chart's values file, or the error."""
    helm_oracle.required()

    def read(text: str) -> dict[str, Any] | str:
        import helm_python

        (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: c\nversion: 1.0.0\n")
        (tmp_path / "values.yaml").write_text(text)
        try:
            with helm_python.Chart.load(tmp_path) as chart:
                # The binding has integers again, of what are floats in Helm.
                values: dict[str, Any] = json.loads(json.dumps(chart.values), parse_int=float)
                return values
        except helm_python.HelmChartLoadError as error:
            return str(error)

    return read
