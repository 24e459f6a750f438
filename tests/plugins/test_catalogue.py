"""This repository's own plugins are what the linter wants of others, and hold in all their variants."""

import json
from functools import cache
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from kubernetes_validate import utils

from generator.diagnostics import Collector
from generator.entrypoints.workspace import Workspace
from generator.model.kinds import is_built_in
from generator.model.values import at
from generator.pipeline.trial import try_out
from generator.yamlio.dump import dump
from tests.harness import Project

ROOT = Path(__file__).parents[2]
KUBERNETES = "1.32"
SCHEMAS = cache(utils.schema_contents)
"""Parsed once, rather than for each object."""

PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if path.is_dir())


@pytest.mark.parametrize("name", PLUGINS)
def test_nothing_but_notes(name: str) -> None:
    ran = Project(ROOT).run("plugins", "lint", name)
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("name", PLUGINS)
def test_all_variants(name: str) -> None:
    ran = Project(ROOT).run("plugins", "test", name, "-o", "json").sound()
    document = json.loads(ran.out)
    assert not document["diagnostics"]
    assert all(row["result"] == "sound" and row["objects"] for row in document["trials"])


@pytest.mark.parametrize("name", PLUGINS)
def test_kubernetes_own_schemas_hold_for_all_variants(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every field of every object that any variant renders, as strictly as an API server reads it."""
    monkeypatch.setattr(utils, "schema_contents", SCHEMAS)
    space = Workspace.open(str(ROOT))
    catalog = space.catalog(Collector())
    validated: set[str] = set()
    for plugin in catalog.plugins[name]:
        bench, wrong = try_out(catalog, plugin, space.cache)
        assert bench is not None, wrong
        for variant in bench.matrix():
            trial = bench.tried(variant)
            assert trial.resources, variant
            for one in trial.resources:
                text = dump(one.body)
                if text in validated or not is_built_in(one.id.group, one.id.kind):
                    continue  # the package knows no custom kinds
                validated.add(text)
                body = yaml.load(text, yaml.CSafeLoader)  # noqa: TID251 - read by a reader that is not ours
                try:
                    kubernetes_validate.validate(body, KUBERNETES, strict=True)
                except kubernetes_validate.ValidationError as error:
                    pytest.fail(f"{variant}, {one.id}: {error}")
    assert validated


@pytest.mark.parametrize("name", PLUGINS)
def test_metrics_are_measured_and_not_shown_to_everybody(name: str) -> None:
    """A Service that leads out of the cluster has no port of the exporter's, and yet a monitor finds one."""
    space = Workspace.open(str(ROOT))
    catalog = space.catalog(Collector())
    for plugin in catalog.plugins[name]:
        bench, wrong = try_out(catalog, plugin, space.cache)
        assert bench is not None, wrong
        typed = at(plugin.values_schema or {}, ("properties", "network", "properties", "type")) is not None
        for topology in bench.topologies():
            trial = bench.tried(bench.default(topology), {"network": {"type": "LoadBalancer"}} if typed else {})
            services = [one.body["spec"] for one in trial.resources if one.id.kind == "Service"]
            shown = [one for one in services if one.get("type") == "LoadBalancer"]
            assert bool(shown) is typed
            assert all(port["name"] != "metrics" for one in shown for port in one["ports"])
            assert any(one.id.kind in ("ServiceMonitor", "PodMonitor") for one in trial.resources)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("nats", {"lameDuckSeconds": 60}, "terminationGracePeriodSeconds (60) must be more than lameDuckSeconds (60)"),
        (
            "rabbitmq",
            {"drainSeconds": 90},
            "terminationGracePeriodSeconds (180) must be more than twice drainSeconds (90)",
        ),
    ],
)
def test_a_pod_has_the_time_that_it_takes_to_go(name: str, values: dict[str, int], said: str) -> None:
    space = Workspace.open(str(ROOT))
    catalog = space.catalog(Collector())
    (plugin,) = catalog.plugins[name]
    bench, wrong = try_out(catalog, plugin, space.cache)
    assert bench is not None, wrong
    (told,) = bench.tried(bench.default(""), values).diagnostics
    assert (told.code, said in told.message) == ("MW406", True), told.message


def test_all_are_ready() -> None:
    rows = json.loads(Project(ROOT).run("plugins", "list", "-o", "json").sound().out)
    assert {row["name"] for row in rows} == set(PLUGINS)
    assert {row["phase"] for row in rows} == {"Ready"}
