"""What each target writes on a bundle's objects, and that it leaves alone what a template wrote."""

import json
from copy import deepcopy
from typing import Any, cast

import pytest

from generator.model.group import DeletionPolicy
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.targets import TARGETS
from generator.targets.argocd import SYNC_OPTIONS, WAVE
from generator.targets.flux import PRUNE, SUBSTITUTE

Json = Any
ORIGIN = cast("RenderedFrom", None)
KEPT = "Prune=false,Delete=false"
CUSTOM = "SkipDryRunOnMissingResource=true"


def resource(api: str, spec: Json = None, annotations: Json = None, **more: Json) -> Resource:
    version, kind = api.split()
    metadata: Json = {"name": "a", "namespace": "n"}
    if annotations is not None:
        metadata["annotations"] = annotations
    body: Json = {"apiVersion": version, "kind": kind, "metadata": metadata, **more}
    if spec is not None:
        body["spec"] = spec
    return Resource(id=ResourceId.of(body), body=body, component="c", origin=ORIGIN)


def annotations(
    target: str, one: Resource, wave: int | None = None, policy: DeletionPolicy = DeletionPolicy.RETAIN
) -> Json:
    before = deepcopy(one.body)
    made = TARGETS[target].written(one, wave, policy)
    assert one.body == before, "what was given is not written into"
    assert {**made, "metadata": 0} == {**before, "metadata": 0}, "nothing but metadata changes"
    return made["metadata"].get("annotations")


@pytest.mark.parametrize(("wave", "text"), [(0, "0"), (7, "7"), (12, "12")])
def test_a_wave_is_a_canonical_integer_in_a_text(wave: int, text: str) -> None:
    assert annotations("argocd", resource("v1 ConfigMap"), wave) == {WAVE: text}


def test_an_empty_order_leaves_no_wave() -> None:
    assert annotations("argocd", resource("v1 ConfigMap")) is None


def test_the_pod_template_has_no_wave() -> None:
    template = {"metadata": {"labels": {"a": "b"}}, "spec": {}}
    made = TARGETS["argocd"].written(resource("apps/v1 Deployment", {"template": template}), 3, DeletionPolicy.DELETE)
    assert made["spec"]["template"] == template


CLAIM, SET = resource("v1 PersistentVolumeClaim"), resource("apps/v1 StatefulSet", {"replicas": 1})
FORGETFUL = resource("apps/v1 StatefulSet", {"persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete"}})
SCALED = resource("apps/v1 StatefulSet", {"persistentVolumeClaimRetentionPolicy": {"whenScaled": "Delete"}})
DATABASE = resource("postgresql.cnpg.io/v1 Cluster")


@pytest.mark.parametrize(
    ("one", "kept_by"),
    [
        (CLAIM, "Retain Protect"),
        (SET, "Protect"),
        (SCALED, "Protect"),
        (FORGETFUL, "Retain Protect"),
        (DATABASE, "Retain Protect"),
        (resource("v1 Namespace"), "Retain Protect"),
        (resource("apiextensions.k8s.io/v1 CustomResourceDefinition"), "Retain Protect"),
        (resource("apps/v1 Deployment"), ""),
        (resource("v1 Secret"), ""),
        (resource("monitoring.coreos.com/v1 PrometheusRule"), ""),
    ],
    ids=lambda value: value.id.kind if isinstance(value, Resource) else "",
)
@pytest.mark.parametrize("policy", DeletionPolicy)
def test_what_outlives_its_group(one: Resource, kept_by: str, policy: DeletionPolicy) -> None:
    kept = policy in kept_by.split()
    argo, flux = annotations("argocd", one, policy=policy) or {}, annotations("flux", one, policy=policy) or {}
    assert argo.get(SYNC_OPTIONS, "").startswith(KEPT) == kept
    assert flux.get(PRUNE) == ("disabled" if kept else None)
    assert annotations("plain", one, policy=policy) is None


@pytest.mark.parametrize(
    ("given", "want"),
    [
        (None, f"{KEPT},{CUSTOM}"),
        ("", f"{KEPT},{CUSTOM}"),
        ("Validate=false", f"Validate=false,{KEPT},{CUSTOM}"),
        ("Prune=true", f"Prune=true,Delete=false,{CUSTOM}"),
        ("Delete=confirm, Prune=confirm", f"Delete=confirm, Prune=confirm,{CUSTOM}"),
        (f"{CUSTOM},", f"{CUSTOM},{KEPT}"),
        (" Prune = false ,Delete=false,SkipDryRunOnMissingResource=false", None),
    ],
)
def test_sync_options_of_a_template_stay_and_win(given: str | None, want: str | None) -> None:
    one = resource("postgresql.cnpg.io/v1 Cluster", annotations=None if given is None else {SYNC_OPTIONS: given})
    made = annotations("argocd", one)
    assert made[SYNC_OPTIONS] == (given if want is None else want)


@pytest.mark.parametrize("annotation", [PRUNE, SUBSTITUTE])
def test_flux_annotations_of_a_template_win(annotation: str) -> None:
    one = resource("v1 PersistentVolumeClaim", {"x": "${Y}"}, annotations={annotation: "enabled"})
    assert annotations("flux", one)[annotation] == "enabled"
    labelled = resource("v1 PersistentVolumeClaim", {"x": "${Y}"})
    labelled.body["metadata"]["labels"] = {annotation: "enabled"}
    assert annotation not in (annotations("flux", labelled) or {})


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("${X}", True),
        ("$${X}", True),
        ("a $$ b", True),
        ("pid $$", True),
        ("$X", False),
        ("$(X)", False),
        ("cost: 5$", False),
        ("$1", False),
        ("{X}", False),
    ],
)
@pytest.mark.parametrize("where", ["value", "key", "deep"])
def test_substitution_is_off_where_it_would_change_a_text(text: str, where: str, *, damaged: bool) -> None:
    data = {"value": {"a": text}, "key": {text: "a"}, "deep": {"a": [{"b": [1, text]}]}}[where]
    made = annotations("flux", resource("v1 ConfigMap", data=data))
    assert made == ({SUBSTITUTE: "disabled"} if damaged else None)


# --- large objects

LIMIT = 256 * 1024


def annotated_size(one: Json) -> int:
    """Bytes of annotations as kubectl would make them: those that are there, and the object as Go writes it."""
    text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    own = one["metadata"].get("annotations") or {}
    applied = {**own, "kubectl.kubernetes.io/last-applied-configuration": text + "\n"}
    return sum(len(key.encode()) + len(value.encode()) for key, value in applied.items())


@pytest.mark.parametrize("char", ["x", "<", "é", "\n"])
def test_what_is_too_large_for_an_annotation_is_applied_on_the_server_s_side(char: str) -> None:
    argo = TARGETS["argocd"]
    applied_on_client = []
    for count in range(20_000, 300_000, 7919):
        one = resource("v1 ConfigMap", data={"a": char * count}, annotations={SYNC_OPTIONS: "Validate=false"}).body
        made = argo.enlarged(one)
        if made == one:
            applied_on_client.append(count)
            assert annotated_size(one) <= LIMIT
        else:
            assert made["metadata"]["annotations"] == {SYNC_OPTIONS: "Validate=false,ServerSideApply=true"}
            assert annotated_size(one) > LIMIT - 60_000
    assert applied_on_client == [*range(20_000, 20_000 + 7919 * len(applied_on_client), 7919)]


def test_flux_and_plain_need_no_such_thing() -> None:
    one = resource("v1 ConfigMap", data={"a": "x" * 400_000}).body
    assert TARGETS["flux"].enlarged(one) is one
    assert TARGETS["plain"].enlarged(one) is one
