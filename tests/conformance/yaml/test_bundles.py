"""Whole bundles, as kubectl reads them back from their files: what the model held, object for object."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import Collector
from generator.model.values import Object
from generator.outside.files import WorkingTree
from generator.outside.output import Output
from generator.pipeline import load_catalog, load_settings
from generator.pipeline.bundle import begin, compiled, contents
from generator.stages import assemble, deliver
from generator.stages.resolve import Resolver
from generator.targets import TARGETS
from generator.targets.base import Site
from tests.consumers.bundles import copied

ROOT = Path(__file__).parents[3]
KUSTOMIZATION = "kustomization.yaml"
"""No object: `kubectl kustomize` reads it, see tests/consumers."""


def held(root: Path) -> Iterator[tuple[str, Object]]:
    """Every object of a rendered repository on its way to its file, by path relative to the output folder."""
    tree, found = WorkingTree(str(root)), Collector()
    settings = load_settings(tree)
    catalog, output = load_catalog(tree, settings, found), Output(str(root), settings.out)
    resolver = Resolver(catalog, output.lock, found)
    plans = resolver.plans(catalog.groups.values())
    programs = {key: compiled(plugin, resolver, None) for key, plugin in resolver.used.items()}
    for plan in plans:
        lock, plugin = output.lock(plan.key), programs[plan.plugin.key]
        assert lock is not None
        target, policy = TARGETS[plan.environment.target], plan.deletion_policy
        resources = contents(plan, plugin, begin(plan, plugin), settings, found)
        made = assemble.files(resources, {one.id: one.wave for one in lock.objects}, target, policy)
        for one in made:
            yield f"{plan.key.folder}/{one.path}", assemble.body(one.resource, one.wave, target, policy)
        yield from deliver.bundle(plan, made, lock.operation).items()
    for environment in catalog.environments.values():
        site = Site(name=environment.name, delivery=settings.delivered(environment.delivery))
        yield from TARGETS[environment.target].environment(site).items()
    found.raise_errors()


@pytest.fixture(scope="module", params=["", *TARGETS], ids=["this repository", *TARGETS])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository as it stands, and its definitions rendered for each target."""
    if not request.param:
        return ROOT
    project = copied(tmp_path_factory.mktemp("bundles") / "repo", request.param)
    project.run("generate").sound()
    return project.root


def test_kubectl_reads_every_file_back_as_the_model_held_it(
    root: Path, kubectl: Callable[[str], list[dict[str, Any]]]
) -> None:
    model = {path: body for path, body in held(root) if not path.endswith(KUSTOMIZATION)}
    out = root / "out"
    files = {path.relative_to(out).as_posix(): path for path in sorted(out.rglob("*.yaml"))}
    objects = {path: file.read_text() for path, file in files.items() if not path.endswith(KUSTOMIZATION)}
    assert objects.keys() == model.keys()
    read = kubectl("---\n".join(objects.values()))
    assert dict(zip(objects, read, strict=True)) == {path: model[path] for path in objects}
