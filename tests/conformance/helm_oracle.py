"""Real Helm, in this process. Never in a forked one: it is Go."""

import io
import json
import os
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

CHART = {"apiVersion": "v2", "name": "c", "version": "1.2.3", "appVersion": "9.9"}
RELEASE, NAMESPACE = "rel", "ns"
FILES = {"a.txt": b"l1\nl2\n", "cfg/x.conf": b"key = value\n", "cfg/deep/y.conf": b"", "bin": b"\x00\xff"}

Outcome = tuple[dict[str, str], str | None]
"""Every rendered file by its name in templates/, and the error."""

Render = Callable[[Mapping[str, str], Mapping[str, Any]], Outcome]


def archive(templates: Mapping[str, str]) -> bytes:
    """A chart of these templates."""
    files = {"Chart.yaml": json.dumps(CHART).encode(), **FILES}
    files |= {f"templates/{name}": text.encode() for name, text in templates.items()}
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz", compresslevel=1) as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(f"c/{name}")
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return data.getvalue()


def render(templates: Mapping[str, str], values: Mapping[str, Any]) -> Outcome:
    """What Helm makes of templates, by name below templates/."""
    import helm_python

    chart = helm_python.Chart.load_archive(archive(templates))
    try:
        rendered = chart.render(dict(values), name=RELEASE, namespace=NAMESPACE)
    except helm_python.HelmError as error:
        return {}, str(error)
    except UnicodeDecodeError as error:  # a message that quotes bytes that are no UTF-8
        return {}, bytes(error.object).decode("utf-8", "replace")
    finally:
        chart.close()
    return {name.removeprefix("c/templates/"): text for name, text in rendered.items()}, None


def version() -> str:
    """Which Helm answers."""
    import helm_python

    return f"Helm {helm_python.helm_sdk_version()} (helm-python-sdk {helm_python.__version__})"


def required() -> Render:
    """`render`; where Helm is not installed, a skip at a desk and a failure under MWGEN_REQUIRE_TOOLS=1."""
    if os.environ.get("MWGEN_REQUIRE_TOOLS") != "1":
        pytest.importorskip("helm_python")
    return render


class FixedProvider:
    """A clock that stands, and randomness that is always the same: for what only has a shape to compare."""

    def now(self) -> tuple[int, int]:
        self.asked = True
        return 1_700_000_000, 123_456_789

    def __init__(self) -> None:
        self.random = Random(1)
        self.asked = False
        """Whether anything asked for the time: then Helm's answer depends on it."""

    def random_bytes(self, count: int) -> bytes:
        return self.random.randbytes(count)


VECTORS = Path(__file__).parent / "vectors"


def load(vector: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The values that the cases of a vector share, and the cases. Numbers are float64, as Helm reads them."""
    document = json.loads((VECTORS / vector).read_text(), parse_int=float)
    return document["values"], document["cases"]


def templates(case: Mapping[str, Any]) -> dict[str, str]:
    """The templates of a case: one, or several."""
    files: dict[str, str] = case.get("files") or {"t.yaml": case["template"]}
    return files
