"""Kustomize runs the generator, in both of its forms: the examples, what comes out of them, and how they fail."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import document, documents
from tests.e2e.doors.sidecar import MWGEN

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"
PLUGINS = ROOT / "deploy/kustomize/plugin"
FUNCTION = ("--enable-alpha-plugins", "--enable-exec")
LEGACY = ("--enable-alpha-plugins",)
BUNDLES = ("page-cache", "rate-limits")

Build = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def build(require_tool: Callable[[str], str]) -> Build:
    """`build(folder, *options)` is what `kustomize build` comes to there."""
    kustomize = require_tool("kustomize")

    def run(folder: Path, *options: str) -> "subprocess.CompletedProcess[str]":
        paths = f"{Path(MWGEN).parent}:{os.environ['PATH']}"
        return subprocess.run(
            [kustomize, "build", *options, str(folder)],
            env={**os.environ, "PATH": paths, "KUSTOMIZE_PLUGIN_HOME": str(PLUGINS)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def held() -> list[Any]:
    """The objects of the examples' bundles."""
    paths = [path for name in BUNDLES for path in (ROOT / "out/prod" / name).glob("*/*.yaml")]
    return [document(SourceFile(path.name, path.read_text())).value for path in paths]


def name(body: Any) -> tuple[str, str]:
    return body["kind"], body["metadata"]["name"]


@pytest.mark.parametrize(("folder", "options"), [("kustomize", FUNCTION), ("kustomize-legacy", LEGACY)])
def test_the_example_builds_the_bundles(folder: str, options: tuple[str, ...], build: Build) -> None:
    built = build(EXAMPLES / folder, *options)
    assert built.returncode == 0, built.stderr
    objects = [one.value for one in documents(SourceFile("built", built.stdout))]
    assert sorted(objects, key=name) == sorted(held(), key=name)


def test_both_forms_build_the_same_bytes(build: Build) -> None:
    function, legacy = build(EXAMPLES / "kustomize", *FUNCTION), build(EXAMPLES / "kustomize-legacy", *LEGACY)
    assert function.stdout == legacy.stdout != ""


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Path]:
    """`broken(folder, **spec)` is a copy of an example that asks for something else."""

    def copy(folder: str, text: str) -> Path:
        made = tmp_path / folder
        shutil.copytree(EXAMPLES / folder, made)
        config = (made / "caches.yaml").read_text().replace("root: ../..", f"root: {ROOT}")
        (made / "caches.yaml").write_text(config.replace("groups: [page-cache, rate-limits]", text))
        return made

    return copy


@pytest.mark.parametrize(("folder", "options"), [("kustomize", FUNCTION), ("kustomize-legacy", LEGACY)])
def test_a_mistake_fails_the_build_and_says_why(
    folder: str, options: tuple[str, ...], build: Build, broken: Callable[..., Path]
) -> None:
    built = build(broken(folder, "groups: [page-cash]"), *options)
    assert built.returncode == 1
    assert built.stdout == ""
    assert 'there is no group "page-cash" (did you mean "page-cache"?)' in built.stderr


def test_kustomize_takes_silence_for_success(build: Build, broken: Callable[..., Path], tmp_path: Path) -> None:
    """Why mwgen never ends with 0 without having written a list: nobody else would notice."""
    folder = broken("kustomize", "groups: [page-cache]")
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\nexit 0\n")
    silent.chmod(0o755)
    config = folder / "caches.yaml"
    config.write_text(config.read_text().replace("{path: mwgen, args: [krm]}", f"{{path: {silent}}}"))
    built = build(folder, *FUNCTION)
    assert (built.returncode, built.stdout) == (0, "")


def test_without_enable_exec_kustomize_builds_nothing_and_says_nothing(build: Build) -> None:
    """The documents warn of it. The legacy form has no such trap: without its option it fails."""
    built = build(EXAMPLES / "kustomize", "--enable-alpha-plugins")
    assert (built.returncode, built.stdout) == (0, "")
    built = build(EXAMPLES / "kustomize-legacy")
    assert built.returncode == 1
    assert "external plugins disabled" in built.stderr


def test_other_generators_and_resources_of_the_kustomization_stay(build: Build, broken: Callable[..., Path]) -> None:
    folder = broken("kustomize", "groups: [page-cache]")
    kustomization = folder / "kustomization.yaml"
    more = "resources: [quota.yaml]\nnamePrefix: x-\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n"
    kustomization.write_text(kustomization.read_text() + more)
    quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: quota, namespace: middleware}\n"
    (folder / "quota.yaml").write_text(quota)
    built = build(folder, *FUNCTION)
    assert built.returncode == 0, built.stderr
    names = [name(one.value) for one in documents(SourceFile("built", built.stdout))]
    assert ("ResourceQuota", "x-quota") in names
    assert ("Deployment", "x-page-cache") in names


def test_as_a_transformer_it_adds_the_bundles_to_the_resources(build: Build, broken: Callable[..., Path]) -> None:
    folder = broken("kustomize", "groups: [page-cache]")
    kustomization = folder / "kustomization.yaml"
    kustomization.write_text(kustomization.read_text().replace("generators:", "resources: [quota.yaml]\ntransformers:"))
    quota = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: quota, namespace: middleware}\n"
    (folder / "quota.yaml").write_text(quota)
    built = build(folder, *FUNCTION)
    assert built.returncode == 0, built.stderr
    names = [name(one.value) for one in documents(SourceFile("built", built.stdout))]
    assert names[0] == ("ResourceQuota", "quota")
    assert ("Deployment", "page-cache") in names
