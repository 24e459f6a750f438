"""Patches: which objects a target selects, what an error says and where it points."""

from dataclasses import replace
from typing import Any, cast

import pytest

from generator.diagnostics import Diagnostic, DiagnosticError, SourceFile
from generator.model.group import Patch, PatchTarget
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.stages.transform import patches
from generator.yamlio.load import documents
from generator.yamlio.locate import Place

NOWHERE = Place(SourceFile("plugin.yaml", ""))
ORIGIN = cast("RenderedFrom", None)  # patches do not look at it


def resource(api: str, name: str, component: str, **fields: Any) -> Resource:
    version, kind = api.split()
    metadata = {"name": name, "namespace": "mw", **fields.pop("metadata", {})}
    body = {"apiVersion": version, "kind": kind, "metadata": metadata, **fields}
    return Resource(id=ResourceId.of(body), body=body, component=component, origin=ORIGIN)


BUNDLE = (
    resource("apps/v1 StatefulSet", "cache", "data", metadata={"labels": {"app": "redis", "tier": "data"}}),
    resource("apps/v1 Deployment", "cache-exporter", "exporter", metadata={"labels": {"app": "redis"}}),
    resource("v1 Service", "cache", "data", metadata={"annotations": {"public": "yes"}}),
    resource("v1 Service", "cache-headless", "data"),
    resource("example.com/v1beta1 Thing", "cache", "data", spec={"list": [1]}),
)  # fmt: skip
MARK = {"metadata": {"annotations": {"marked": "x"}}}


def patch(target: PatchTarget, **change: Any) -> Patch:
    return Patch(target=target, place=NOWHERE, **change)


@pytest.mark.parametrize(
    ("target", "selected"),
    [
        ({"kind": "Service"}, ["cache", "cache-headless"]),
        ({"kind": "Serv"}, []),
        ({"kind": "Serv.*"}, ["cache", "cache-headless"]),
        ({"kind": "Service|Deployment"}, ["cache-exporter", "cache", "cache-headless"]),
        ({"kind": "StatefulSet", "name": "cach"}, []),
        ({"name": "cache"}, ["cache", "cache", "cache"]),
        ({"name": "cache-.*"}, ["cache-exporter", "cache-headless"]),
        ({"name": "cache|x"}, ["cache", "cache", "cache"]),
        ({"group": "apps"}, ["cache", "cache-exporter"]),
        ({"group": r"example\.com", "version": "v1.*"}, ["cache"]),
        ({"version": "v1beta1"}, ["cache"]),
        ({"namespace": "mw", "kind": "Thing"}, ["cache"]),
        ({"namespace": "other", "kind": "Thing"}, []),
        ({"component": "exporter"}, ["cache-exporter"]),
        ({"component": "data", "kind": "Service", "name": "cache"}, ["cache"]),
        ({"label_selector": "app=redis"}, ["cache", "cache-exporter"]),
        ({"label_selector": "app=redis,!tier"}, ["cache-exporter"]),
        ({"label_selector": "tier in (data,web)"}, ["cache"]),
        ({"annotation_selector": "public"}, ["cache"]),
        ({}, ["cache", "cache-exporter", "cache", "cache-headless", "cache"]),
    ],
    ids=str,
)
def test_targets(target: dict[str, str], selected: list[str]) -> None:
    asked = patch(PatchTarget(**target), merge=MARK)
    if not selected:
        with pytest.raises(DiagnosticError, match="MW511"):
            patches.apply(BUNDLE, [asked])
        return
    result = patches.apply(BUNDLE, [asked])
    marked = [one.id.name for one in result if "marked" in one.body["metadata"].get("annotations", {})]
    assert marked == selected
    assert [one.id for one in result] == [one.id for one in BUNDLE]


def test_merge_is_strategic_for_built_in_kinds_and_plain_for_others() -> None:
    ports = {"spec": {"ports": [{"port": 2}]}}
    bundle = (replace(BUNDLE[2], body={**BUNDLE[2].body, "spec": {"ports": [{"port": 1}]}}), BUNDLE[4])
    first, second = patches.apply(
        bundle,
        [
            patch(PatchTarget(kind="Service"), merge=ports),
            patch(PatchTarget(kind="Thing"), merge={"spec": {"list": [2]}}),
        ],
    )
    assert first.body["spec"]["ports"] == [{"port": 2}, {"port": 1}]
    assert second.body["spec"]["list"] == [2]


def test_patches_see_what_earlier_ones_did() -> None:
    result = patches.apply(
        BUNDLE,
        [
            patch(PatchTarget(kind="Thing"), merge={"metadata": {"labels": {"app": "redis"}}}),
            patch(PatchTarget(label_selector="app=redis", kind="Thing"), merge={"spec": None}),
            patch(PatchTarget(kind="Service"), merge={"$patch": "delete"}),
        ],
    )
    assert [one.id.kind for one in result] == ["StatefulSet", "Deployment", "Thing"]
    assert "spec" not in result[-1].body


SOURCE = """\
patches:
  - target: {kind: StatefulSets, name: cache}
    merge: {spec: {replicas: 1}}
  - target: {kind: "Stateful(Set"}
    merge: {spec: {replicas: 1}}
  - target: {labelSelector: "app in redis"}
    merge: {spec: {replicas: 1}}
  - target: {kind: StatefulSet}
    merge:
      spec:
        template:
          spec:
            containers:
              - name: main
              - image: redis
  - target: {kind: StatefulSet}
    json:
      - {op: test, path: /spec/replicas, value: 3}
      - {op: replace, path: /spec/paused, value: true}
  - target: {kind: StatefulSet}
    merge: {metadata: {name: other}}
  - target: {kind: StatefulSet}
    json: [{op: replace, path: /kind, value: Deployment}]
  - target: {kind: StatefulSet}
    json: [{op: replace, path: "", value: 1}]
  - target: {kind: StatefulSet}
    merge: {metadata: {namespace: null}}
"""
TARGET = {"labelSelector": "label_selector", "annotationSelector": "annotation_selector"}


@pytest.fixture(scope="module")
def complaints() -> list[Diagnostic]:
    """What is wrong with SOURCE, all of it in one go."""
    file = SourceFile("groups/cache.yaml", SOURCE)
    template = {"spec": {"containers": [{"name": "main"}]}}
    bundle = (replace(BUNDLE[0], body={**BUNDLE[0].body, "spec": {"replicas": 3, "template": template}}), *BUNDLE[1:])
    asked = [
        Patch(
            target=PatchTarget(**{TARGET.get(field, field): text for field, text in one["target"].items()}),
            merge=one.get("merge"),
            json=tuple(one["json"]) if "json" in one else None,
            place=Place(file) / "patches" / index,
        )
        for index, one in enumerate(documents(file)[0].value["patches"])
    ]
    with pytest.raises(DiagnosticError) as caught:
        patches.apply(bundle, asked)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("code", "at", "message", "hint"),
    [
        ("MW511", "2:13", "selects no object", "StatefulSet cache (kind differs)"),
        ("MW512", "4:20", "not a regular expression: missing ): Stateful(Set", "RE2"),
        ("MW512", "6:29", "found 'redis' where '(' is expected", "app=redis"),
        ("MW513", "15:17", "needs 'name'", ""),
        ("MW514", "19:29", "operation 1: /spec has no 'paused'", ""),
        ("MW515", "21:30", "cannot change metadata.name", "leave metadata.name out"),
        ("MW515", "23:11", "cannot change kind", "leave kind out"),
        ("MW515", "25:11", "cannot change apiVersion", ""),
        ("MW515", "27:35", "cannot change metadata.namespace", ""),
    ],
)  # fmt: skip
def test_every_mistake_is_reported_at_its_place(
    complaints: list[Diagnostic], code: str, at: str, message: str, hint: str
) -> None:
    places = {str(one.primary.span).partition(":")[2]: one for one in complaints if one.primary}
    assert at in places, sorted(places)
    found = places[at]
    assert found.code == code
    assert message in found.message
    assert hint in found.hint


def test_there_are_no_other_complaints(complaints: list[Diagnostic]) -> None:
    assert len(complaints) == 9
    assert [one.resource for one in complaints if one.code in {"MW513", "MW514", "MW515"}] == [
        "apps/StatefulSet/mw/cache"
    ] * 6


def test_the_objects_that_a_patch_may_have_meant_are_named_nearest_first() -> None:
    with pytest.raises(DiagnosticError) as caught:
        patches.apply(BUNDLE, [patch(PatchTarget(kind="Service", name="cach", component="data"), merge=MARK)])
    assert caught.value.diagnostics[0].hint == (
        "the nearest are Service cache (name differs); Service cache-headless (name differs); "
        "Thing cache (kind and name differ)"
    )


def test_one_mistake_on_several_objects_is_told_once() -> None:
    with pytest.raises(DiagnosticError) as caught:
        patches.apply(BUNDLE, [patch(PatchTarget(name="cache"), json=({"op": "remove", "path": "/x"},))])
    (found,) = caught.value.diagnostics
    assert found.message == "operation 0: the object has no 'x' (so too for 2 more objects)"
    assert found.resource == "apps/StatefulSet/mw/cache"


def test_a_patch_on_an_empty_bundle_says_so() -> None:
    with pytest.raises(DiagnosticError) as caught:
        patches.apply((), [patch(PatchTarget(), merge=MARK)])
    assert caught.value.diagnostics[0].hint == "the bundle is empty"


def test_nothing_that_was_given_is_changed() -> None:
    body = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"ports": [{"port": 1}]}}
    before = repr(body)
    given = Resource(id=ResourceId.of(body), body=body, component="c", origin=ORIGIN)
    patches.apply((given,), [patch(PatchTarget(), json=({"op": "add", "path": "/spec/ports/0/name", "value": "x"},))])
    patches.apply((given,), [patch(PatchTarget(), merge={"spec": {"ports": [{"port": 1, "name": "x"}]}})])
    assert repr(body) == before
