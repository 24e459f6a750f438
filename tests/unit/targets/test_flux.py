"""Kustomizations: what waits for what, and what is waited for."""

from collections.abc import Sequence
from typing import Any, cast

import pytest

from generator.model.bundle import BundleKey
from generator.model.delivery import DEFAULTS, Delivery, FluxSettings
from generator.model.group import DeletionPolicy, State
from generator.model.order import Order
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.targets import TARGETS
from generator.targets.base import Delivered, Placed, Site

Json = Any
ORIGIN = cast("RenderedFrom", None)
SETTINGS = Delivery(repo_url="https://git.example.com/x.git", path="out").over(DEFAULTS)
GROUPS = ".delivery/flux/prod/groups/g"


def placed(component: str, wave: int | None, api: str = "v1 ConfigMap", spec: Json = None) -> Placed:
    version, kind = api.split()
    body: Json = {"apiVersion": version, "kind": kind, "metadata": {"name": component, "namespace": "n"}}
    if spec is not None:
        body["spec"] = spec
    one = Resource(id=ResourceId.of(body), body=body, component=component, origin=ORIGIN)
    return Placed(resource=one, wave=wave, path=f"{component}/{kind.lower()}-{component}.yaml")


def delivered(order: Order, objects: Sequence[Placed], **changes: Json) -> Delivered:
    fields: dict[str, Json] = {
        "key": BundleKey("prod", "g"), "namespace": "n", "cluster": "", "plugin": "p", "labels": {},
        "state": State.RUNNING, "policy": DeletionPolicy.RETAIN, "order": order, "after": (), "tier": 0,
        "delivery": SETTINGS, "objects": tuple(objects),
    }  # fmt: skip
    return Delivered(**{**fields, **changes})


def specs(order: Order, objects: Sequence[Placed], **changes: Json) -> dict[str, Json]:
    """By file name, without ending: the specification."""
    files = TARGETS["flux"].bundle(delivered(order, objects, **changes))
    assert all(path.startswith(f"{GROUPS}/") for path in files)
    return {path[len(GROUPS) + 1 :].removesuffix(".yaml"): body["spec"] for path, body in files.items()}


def waits(order: Order, components: str, **changes: Json) -> dict[str, list[str]]:
    made = specs(order, [placed(name, None) for name in components.split()], **changes)
    return {name: [one["name"] for one in spec["dependsOn"]] for name, spec in made.items()}


@pytest.mark.parametrize(
    ("order", "components", "want"),
    [
        ((), "a b", {"a": ["mwgen.prod"], "b": ["mwgen.prod"]}),
        ((("a",), ("b",)), "a b", {"a": ["mwgen.prod"], "b": ["prod.g.a"]}),
        (
            (("a",), ("b", "c"), ("d",)),
            "a b c d",
            {"a": ["mwgen.prod"], "b": ["prod.g.a"], "c": ["prod.g.a"], "d": ["prod.g.b", "prod.g.c"]},
        ),
        # a stage without objects is passed over
        ((("a",), ("b",), ("c",)), "a c", {"a": ["mwgen.prod"], "c": ["prod.g.a"]}),
        ((("a",), ("b",)), "b", {"b": ["mwgen.prod"]}),
        # who is left out joins the last stage
        ((("a",), ("b",)), "a b z", {"a": ["mwgen.prod"], "b": ["prod.g.a"], "z": ["prod.g.a"]}),
    ],
)
def test_a_stage_waits_for_the_one_before(order: Order, components: str, want: dict[str, list[str]]) -> None:
    made = waits(order, components)
    assert made.pop("group") == [f"prod.g.{name}" for name in components.split()]
    assert made == {f"component-{name}": ones for name, ones in want.items()}


def test_first_stages_wait_for_other_groups() -> None:
    made = waits((("a",), ("b",)), "a b", after=("db", "zk"))
    assert made["component-a"] == ["mwgen.prod", "prod.db", "prod.zk"]
    assert made["component-b"] == ["prod.g.a"]


def test_a_parent_and_a_source_that_are_there_already() -> None:
    flux = FluxSettings(source="OCIRepository/x", parent="apps")
    settings = Delivery(flux=flux).over(SETTINGS)
    assert waits((), "a", delivery=settings)["component-a"] == ["apps"]
    assert specs((), [placed("a", None)], delivery=settings)["component-a"]["sourceRef"] == {
        "kind": "OCIRepository",
        "name": "x",
    }
    files = TARGETS["flux"].environment(Site(name="prod", delivery=settings))
    assert list(files) == [".delivery/flux/prod/ready/kustomization.yaml"]


def test_nothing_without_a_repository_or_a_source() -> None:
    silent = Delivery().over(DEFAULTS)
    for target in ("flux", "argocd"):
        assert TARGETS[target].bundle(delivered((), [placed("a", None)], delivery=silent)) == {}
        assert TARGETS[target].environment(Site(name="prod", delivery=silent)) == {}


CLAIM = "v1 PersistentVolumeClaim"


@pytest.mark.parametrize(
    ("objects", "state", "want"),
    [
        ([placed("a", 0), placed("a", 0, "apps/v1 Deployment")], State.RUNNING, {"wait": True}),
        ([placed("a", 0, CLAIM)], State.RUNNING, {"wait": True}),
        # a claim that joined its consumer's wave gets ready later than its component
        ([placed("a", 1, CLAIM)], State.RUNNING, {"wait": False}),
        (
            [placed("a", 1, CLAIM), placed("a", 0, "apps/v1 Deployment"), placed("a", 0)],
            State.RUNNING,
            {"wait": False, "healthChecks": [("apps/v1", "Deployment", "a", "n")]},
        ),
        (
            [placed("a", 1, CLAIM), placed("a", 0, "example.com/v1 Thing")],
            State.RUNNING,
            {"wait": False, "healthChecks": [("example.com/v1", "Thing", "a", "n")]},
        ),
        # nothing binds a new claim while nothing runs
        ([placed("a", 0, CLAIM)], State.STOPPED, {"wait": False}),
        # a suspended Job never completes
        ([placed("a", 0, "batch/v1 Job", {"suspend": True})], State.STOPPED, {"wait": False}),
        ([placed("a", 0, "batch/v1 Job", {})], State.RUNNING, {"wait": True}),
    ],
)
def test_what_is_waited_for(objects: list[Placed], state: State, want: Json) -> None:
    spec = specs((("a",), ("b",)), [*objects, placed("b", 1)], state=state)["component-a"]
    checks = [(one["apiVersion"], one["kind"], one["name"], one["namespace"]) for one in spec.get("healthChecks", ())]
    assert {"wait": spec["wait"], **({"healthChecks": checks} if checks else {})} == want


@pytest.mark.parametrize("policy", DeletionPolicy)
def test_protected_objects_outlive_their_kustomization(policy: DeletionPolicy) -> None:
    for spec in specs((), [placed("a", None)], policy=policy).values():
        assert spec.get("deletionPolicy") == ("Orphan" if policy is DeletionPolicy.PROTECT else None)


@pytest.mark.parametrize(
    ("settings", "url", "ref"),
    [
        ({}, "https://git.example.com/x.git", {"branch": "main"}),
        ({"repo_url": "git@host:a/b.git"}, "ssh://git@host/a/b.git", {"branch": "main"}),
        ({"repo_url": "ssh://git@host:22/b"}, "ssh://git@host:22/b", {"branch": "main"}),
        ({"revision": "env/prod"}, "https://git.example.com/x.git", {"branch": "env/prod"}),
        ({"revision": "refs/tags/v1"}, "https://git.example.com/x.git", {"name": "refs/tags/v1"}),
        ({"revision": "a" * 40}, "https://git.example.com/x.git", {"commit": "a" * 40}),
    ],
)
def test_the_source(settings: Json, url: str, ref: Json) -> None:
    site = Site(name="prod", delivery=Delivery(**settings).over(SETTINGS))
    spec = TARGETS["flux"].environment(site)[".delivery/flux/prod/root/gitrepository-mwgen.prod.yaml"]["spec"]
    assert (spec["url"], spec["ref"]) == (url, ref)


def test_no_file_has_a_name_that_is_kustomize_s() -> None:
    """Whatever components, groups and environments are called."""
    odd = delivered((), [placed("kustomization", None)], key=BundleKey("kustomization", "kustomization"))
    for target in ("flux", "argocd"):
        files = {**TARGETS[target].bundle(odd), **TARGETS[target].environment(Site(name="x", delivery=SETTINGS))}
        special = [path for path in files if path.rsplit("/", 1)[1] in {"kustomization.yaml", "Kustomization"}]
        assert special in ([], [".delivery/flux/x/ready/kustomization.yaml"])
