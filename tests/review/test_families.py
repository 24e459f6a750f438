"""Which bundles change alike, once what is each group's own is taken out."""

from dataclasses import replace

import pytest

from generator.model.bundle import BundleKey
from generator.model.review import ChangeKind, FieldChange
from generator.stages.review.families import families, folded, normaliser
from tests.review.corpus import examples

NAMES = ("middleware", "app", "prometheus", "team-a")


@pytest.mark.parametrize("namespace", NAMES)
def test_names_that_begin_a_labels_domain_do_not_part_environments(namespace: str) -> None:
    one = examples()["restart-image"].review()
    path = f"/metadata/annotations/{namespace}.io~1values-hash"
    field = FieldChange(path=path, pointer=path, kind=ChangeKind.CHANGED, old="1", new="2")
    one = replace(one, objects=tuple(replace(each, fields=(*each.fields, field)) for each in one.objects))
    pair = [
        replace(one, key=BundleKey("prod", "cache"), namespace=namespace),
        replace(one, key=BundleKey("staging", "cache"), namespace=f"{namespace}-staging"),
    ]
    (family,) = families(pair, [folded(each) for each in pair])
    assert len(family.members) == 2


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("orders.middleware.svc", "<group>.<namespace>.svc"),
        ("/metadata/labels/middleware.io~1group", "/metadata/labels/middleware.io~1group"),
        ("middleware.io/group: orders", "middleware.io/group: <group>"),
        ("http://orders.middleware.svc/metrics", "http://<group>.<namespace>.svc/metrics"),
        ("orders.conf", "<group>.conf"),
        ("/data/orders.conf", "/data/<group>.conf"),
        ("borders-orders-0", "borders-<group>-0"),
    ],
)
def test_stand_ins(text: str, plain: str) -> None:
    one = replace(examples()["restart-image"].review(), key=BundleKey("prod", "orders"), namespace="middleware")
    assert normaliser(one)(text) == plain
