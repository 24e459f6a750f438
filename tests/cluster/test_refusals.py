"""What we refuse a live API server refuses, and what we let pass it takes: of new objects, and of changed ones.

The cases are those of the unit tests, whose recorded verdicts come from the server's own strategies alone. Here stands
the whole server: its admission, its defaults, its storage, server-side apply.
"""

from typing import Any

import pytest

from tests.cluster.servers import Cluster
from tests.unit.stages.guard import test_immutable as changes
from tests.unit.stages.objects import cases as news

Json = Any
APPLY = "application/apply-patch+yaml"
MERGE = "application/merge-patch+json"
CLASS: Json = {
    "apiVersion": "storage.k8s.io/v1",
    "kind": "StorageClass",
    "metadata": {"name": "standard", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"}},
    "provisioner": "p.example.com",
    "allowVolumeExpansion": True,
}


def refusal(answer: Json) -> str:
    """What the server says against it; empty where it takes it."""
    return answer["message"] if answer["kind"] == "Status" and answer["status"] == "Failure" else ""


@pytest.fixture(scope="module")
def room(cluster: Cluster) -> Cluster:
    """The cluster with what every real one has: the namespace of the cases, and a storage class."""
    space(cluster, "n")
    assert not refusal(cluster.ask("POST", "/apis/storage.k8s.io/v1/storageclasses", CLASS))
    return cluster


def space(cluster: Cluster, name: str) -> None:
    """A namespace with the account that a controller makes in every one."""
    body = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
    assert not refusal(cluster.ask("POST", "/api/v1/namespaces", body))
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
    assert not refusal(cluster.ask("POST", f"/api/v1/namespaces/{name}/serviceaccounts", account))


def test_new_objects(room: Cluster) -> None:
    wrong = []
    for case in news.CASES:
        body = news.body(case)
        path = room.address(body, named=False)
        said = (
            refusal(room.ask("POST", path, body, dryRun="All", fieldValidation="Strict"))
            if path
            else f"no {body['kind']} of {body['apiVersion']}"
        )
        unlike = case.unlike not in {"", news.CODE}  # no server serves it, though its code reads it
        if (bool(said) == bool(case.want)) == unlike:
            wrong.append(f"{case.name}: we say {case.want}, it says {said!r}; {case.unlike}")
    assert wrong == []


def test_changed_objects(room: Cluster) -> None:
    """Applied by the server, old and new by the same manager, as those who take our objects do."""
    wrong = []
    for number, case in enumerate(changes.CASES):
        old, new = changes.pair(case)
        space(room, f"n{number}")
        for body in (old, new):
            if "namespace" in body["metadata"]:
                body["metadata"]["namespace"] = f"n{number}"
            else:
                body["metadata"]["name"] = f"a{number}"
        assert not (said := applied(room, old)), (case.name, said)
        if case.base == "pvc":
            bind(room, old)
        said = applied(room, new, dryRun="All")
        room.ask("DELETE", room.address(old) or "")  # the next Service may want its address
        unlike = case.unlike not in {"", changes.STAYS}  # the whole server sees that it stays
        if (bool(said) == bool(case.refused)) == unlike:
            wrong.append(f"{case.name}: we say {case.refused}, it says {said!r}; {case.unlike}")
    assert wrong == []


def applied(cluster: Cluster, body: Json, **query: str) -> str:
    path = cluster.address(body)
    assert path
    answer = cluster.ask(
        "PATCH", path, body, kind=APPLY, fieldManager="tests", force="true", fieldValidation="Strict", **query
    )
    return refusal(answer)


def bind(cluster: Cluster, claim: Json) -> None:
    """Do what the controller of volumes does of a claim."""
    path = cluster.address(claim)
    assert path
    volume = claim["spec"].get("volumeName", "pv-1")
    for below, body in (
        ("", {"spec": {"volumeName": volume}}),
        ("/status", {"status": {"phase": "Bound", "capacity": claim["spec"]["resources"]["requests"]}}),
    ):
        assert not refusal(cluster.ask("PATCH", path + below, body, kind=MERGE, fieldManager="volumes"))
