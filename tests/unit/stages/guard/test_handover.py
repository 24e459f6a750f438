"""What is deleted because somebody else applies a bundle than before."""

from typing import Any

import pytest

from generator.model.bundle import Lock, LockedObject
from generator.model.group import DeletionPolicy, State
from generator.model.order import Operation
from generator.model.resource import ResourceId
from generator.stages.guard import handover

Json = Any
SET, CLAIM, MAP = (
    ResourceId("apps", "StatefulSet", "n", "s"),
    ResourceId("", "PersistentVolumeClaim", "n", "c"),
    ResourceId("", "ConfigMap", "n", "m"),
)
HELD = {SET: "server", CLAIM: "storage", MAP: "server"}


def application(name: str = "prod.g", *, finalizer: bool = True) -> Json:
    metadata: Json = {"name": name, "namespace": "argocd"}
    if finalizer:
        metadata["finalizers"] = ["resources-finalizer.argocd.argoproj.io"]
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": metadata}


def kustomization(component: str = "", namespace: str = "flux-system", **spec: Json) -> Json:
    labels = {"middleware.io/component": component} if component else {}
    metadata = {"name": f"prod.g.{component}".rstrip("."), "namespace": namespace, "labels": labels}
    return {
        "apiVersion": "kustomize.toolkit.fluxcd.io/v1",
        "kind": "Kustomization",
        "metadata": metadata,
        "spec": {"prune": True, **spec},
    }


PARTS = {"group": kustomization(), "server": kustomization("server"), "storage": kustomization("storage")}


def lock(target: str, delivery: Json) -> Lock:
    return Lock(
        plugin="p", plugin_version="1.0.0", runtime="p", runtime_version="1", topology="", target=target,
        state=State.RUNNING, deletion_policy=DeletionPolicy.RETAIN, operation=Operation.PROVISION,
        objects=tuple(
            LockedObject(id=id_, component=component, wave=None, path="x", sha256="") for id_, component in HELD.items()
        ),
        delivery=tuple(delivery),
    )  # fmt: skip


def found(old: Json, new: Json, *, target: str, now: Json = HELD) -> list[tuple[str, str]]:
    return [(one.code, one.id.name) for one in handover.findings(lock(target, old), now, new, old.get)]


@pytest.mark.parametrize(
    ("name", "target", "old", "new", "now", "want"),
    [
        ("nothing changes", "argocd", {"a": application()}, {"a": application()}, HELD, []),
        ("another file for it", "argocd", {"a": application()}, {"b": application()}, HELD, []),
        ("another name", "argocd", {"a": application()}, {"a": application("x.g")}, HELD, [("MW551", "prod.g")]),
        ("no Application any more", "argocd", {"a": application()}, {}, HELD, [("MW551", "prod.g")]),
        ("without finalizer", "argocd", {"a": application(finalizer=False)}, {}, HELD, []),
        ("the whole bundle is another one", "argocd", {"a": application()}, {}, {}, []),
        ("another target", "argocd", {"a": application()}, PARTS, HELD, [("MW551", "prod.g")]),
        (
            "back again",
            "flux",
            PARTS,
            {"a": application()},
            HELD,
            [("MW551", "prod.g.server"), ("MW551", "prod.g.storage")],
        ),
        (
            "orphaned",
            "flux",
            {"server": kustomization("server", deletionPolicy="Orphan")},
            {"a": application()},
            HELD,
            [],
        ),
        (
            "another namespace",
            "flux",
            {"server": kustomization("server")},
            {"server": kustomization("server", "other")},
            HELD,
            [("MW551", "prod.g.server")],
        ),
        ("a component goes with all it has", "flux", PARTS, {"server": PARTS["server"]}, {SET: "server"}, []),
        (
            "an object moves",
            "flux",
            PARTS,
            PARTS,
            {**HELD, MAP: "storage"},
            [("MW552", "m")],
        ),
        (
            "all of a component's objects move",
            "flux",
            PARTS,
            {"server": PARTS["server"]},
            {**HELD, CLAIM: "server"},
            [("MW552", "c")],
        ),
        ("an object moves in Argo CD", "argocd", {"a": application()}, {"a": application()}, {SET: "x"}, []),
    ],
)
def test_handover(name: str, target: str, old: Json, new: Json, now: Json, want: list[tuple[str, str]]) -> None:
    assert found(old, new, target=target, now=now) == want


@pytest.mark.parametrize(("moved", "severity"), [(CLAIM, "error"), (MAP, "warning")])
def test_moving_data_is_an_error_and_moving_others_a_warning(moved: ResourceId, severity: str) -> None:
    now = {**HELD, moved: "server" if moved is CLAIM else "storage"}
    (finding,) = handover.findings(lock("flux", PARTS), now, PARTS, PARTS.get)
    assert finding.severity == severity
