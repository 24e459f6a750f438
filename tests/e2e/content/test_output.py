"""Every file of out/, what is written for Argo CD and Flux included, has the fields that its kind has."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.model import api
from generator.model.resource import Resource, ResourceId
from generator.stages.objects import object_issues
from generator.yamlio.load import decode, documents

ROOT = Path(__file__).parents[3]
FILES = sorted((ROOT / "out").rglob("*.yaml"))
ORIGIN: Any = None


def bodies() -> Iterator[tuple[str, Any]]:
    for path in FILES:
        for one in documents(decode(path.relative_to(ROOT).as_posix(), path.read_bytes())):
            yield one.file.path, one.value


def test_fields_and_types() -> None:
    found = {}
    for path, body in bodies():
        resource = Resource(id=ResourceId.of(body), body=body, component="", origin=ORIGIN)
        if issues := [*object_issues(resource, None)]:
            found[path] = issues
    assert found == {}


def test_kinds_are_known() -> None:
    kinds = {(body["apiVersion"], body["kind"]) for _, body in bodies()}
    assert {pair for pair in kinds if api.served(*pair) is None} == set()
