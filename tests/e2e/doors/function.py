"""A KRM function as a list on standard input and a list on standard output, in this process."""

import io
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from generator.diagnostics import SourceFile
from generator.yamlio.dump import dump
from generator.yamlio.load import document as only_document
from tests.harness import Project

CALLERS = ("config.kubernetes.io/", "internal.config.kubernetes.io/")


@dataclass(frozen=True)
class Returned:
    """What the function came to."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The ResourceList on standard output."""
        value = only_document(SourceFile("out", self.out)).value
        assert value["kind"] == "ResourceList"
        assert value["apiVersion"] == "config.kubernetes.io/v1"
        assert isinstance(value, dict)
        return value

    @property
    def items(self) -> list[Any]:
        """The list's items, of a call that succeeded."""
        assert self.code == 0, self.err
        return list(self.document["items"])

    @property
    def results(self) -> list[Any]:
        return list(self.document.get("results", []))


def call(root: Path, text: str, *arguments: str) -> Returned:
    """`mwgen krm` in the folder *root*, with *text* on standard input."""
    project = Project(root)
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode()))):
        ran = project.run("krm", *arguments)
    return Returned(ran.code, ran.out, ran.err)


def listed(config: Mapping[str, Any] | None = None, items: Sequence[Any] = ()) -> str:
    """A ResourceList; *config* is the spec of a MwgenGenerator."""
    body: dict[str, Any] = {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": list(items)}
    if config is not None:
        body["functionConfig"] = {
            "apiVersion": "middleware.io/v1alpha1",
            "kind": "MwgenGenerator",
            "metadata": {"name": "it"},
            "spec": dict(config),
        }
    return dump(body)


def path(item: Any) -> str:
    annotations = item["metadata"]["annotations"]
    assert annotations["config.kubernetes.io/path"] == annotations["internal.config.kubernetes.io/path"]
    assert annotations["config.kubernetes.io/index"] == annotations["internal.config.kubernetes.io/index"] == "0"
    return str(annotations["config.kubernetes.io/path"])


def file_of(item: Any) -> bytes:
    """The item as a file of a bundle: without what says where it goes."""
    metadata = dict(item["metadata"])
    own = {key: text for key, text in metadata.pop("annotations", {}).items() if not key.startswith(CALLERS)}
    if own:
        metadata["annotations"] = own
    return dump({**item, "metadata": metadata}).encode()
