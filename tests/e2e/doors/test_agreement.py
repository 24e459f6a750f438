"""The doors agree, byte for byte: every bundle of this repository through each of them.

A bundle's stream is its files in the order of their waves and, within a wave, of their paths, with `---` lines between
them. `mwgen cmp generate` and the legacy plugin print it; an item of the function, without the annotations that say
where it goes, is a file of it. That `out/` is what `mwgen generate` writes is asserted here, too.
"""

import json
import os
from pathlib import Path
from unittest import mock

import pytest

from tests.e2e.doors.function import call, file_of, listed, path
from tests.e2e.doors.sidecar import Sidecar
from tests.harness import Project

ROOT = Path(__file__).parents[3]
BUNDLES = sorted(one.parent.relative_to(ROOT / "out").as_posix() for one in ROOT.glob("out/[!.]*/*/bundle.lock"))
# What Argo CD says whether it is asked or not; this repository's environments declare both.
CLUSTER = {"KUBE_VERSION": "1.27.3", "KUBE_API_VERSIONS": "v1,apps/v1", "ARGOCD_APP_NAMESPACE": "somewhere-else"}


def written(bundle: str) -> dict[str, bytes]:
    """The bundle's files in the order of the stream, by path."""
    folder = ROOT / "out" / bundle
    lock = json.loads((folder / "bundle.lock").read_bytes())
    entries = sorted(lock["objects"], key=lambda one: (one["wave"] or 0, one["path"]))
    return {f"out/{bundle}/{one['path']}": (folder / one["path"]).read_bytes() for one in entries}


def test_the_output_is_what_generate_writes() -> None:
    Project(ROOT).run("verify").sound()
    assert len(BUNDLES) > 10


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_door_gives_the_same_bytes(bundle: str, tmp_path: Path) -> None:
    environment, group = bundle.split("/")
    files = written(bundle)
    stream = b"---\n".join(files.values())

    with mock.patch.dict(os.environ, CLUSTER):
        by_path = Project(ROOT / "out" / bundle).run("cmp", "generate").sound()
    named = {"ARGOCD_ENV_GROUP": group, "ARGOCD_ENV_ENVIRONMENT": environment, **CLUSTER}
    with mock.patch.dict(os.environ, named):
        by_name = Project(ROOT / "groups").run("cmp", "generate").sound()
    assert by_path.out.encode() == stream
    assert by_name.out.encode() == stream

    config = {"root": str(ROOT), "groups": [group], "environments": [environment], "path": "out"}
    items = call(tmp_path, listed(config)).items
    assert {path(item): file_of(item) for item in items} == files
    assert [path(item) for item in items] == list(files)

    file = tmp_path / "config.yaml"
    spec = json.dumps(config)
    file.write_text(f"apiVersion: middleware.io/v1alpha1\nkind: MwgenGenerator\nmetadata: {{name: x}}\nspec: {spec}\n")
    assert call(tmp_path, "", "--legacy", str(file)).out.encode() == stream


def test_without_locks_the_doors_lay_out_what_a_first_run_writes(tmp_path: Path) -> None:
    names = ["plugins", "groups", "mwgen.yaml"]
    fresh = Project(Sidecar.of(ROOT, tmp_path / "fresh", names).folder)
    fresh.run("generate").sound()
    bare = Sidecar.of(ROOT, tmp_path / "bare", names).folder
    for bundle in BUNDLES:
        environment, group = bundle.split("/")
        lock = json.loads((fresh.root / "out" / bundle / "bundle.lock").read_bytes())
        entries = sorted(lock["objects"], key=lambda one: (one["wave"] or 0, one["path"]))
        stream = b"---\n".join((fresh.root / "out" / bundle / one["path"]).read_bytes() for one in entries)
        with mock.patch.dict(os.environ, {"ARGOCD_ENV_GROUP": group, "ARGOCD_ENV_ENVIRONMENT": environment}):
            assert Project(bare / "groups").run("cmp", "generate").sound().out.encode() == stream
