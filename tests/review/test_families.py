"""Which bundles change alike, once what is each group's own is taken out."""

from dataclasses import replace

import pytest

from generator.entrypoints.report.review import markdown, terminal, words
from generator.entrypoints.report.style import Style
from generator.model.bundle import BundleKey
from generator.model.order import Operation
from generator.model.resource import ResourceId
from generator.model.review import BundleReview, ChangeKind, Effect, EffectKind, FieldChange, Noise, ObjectChange
from generator.stages.review.families import families, folded, normaliser
from tests.review.corpus import examples, whole

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


def silent(environment: str, group: str, objects: int) -> BundleReview:
    """A bundle in *objects* objects of which only a hash differs."""
    path = "/metadata/annotations/middleware.io~1values-hash"
    field = FieldChange(path=path, pointer=path, kind=ChangeKind.CHANGED, old="1", new="2", noise=Noise.CHECKSUM)
    return BundleReview(
        key=BundleKey(environment, group),
        operation=Operation.UPDATE,
        plugin="redis",
        versions=("1", "1"),
        effects=(Effect(kind=EffectKind.NONE, rule="metadata-only", reason="only hashes and version labels differ"),),
        objects=tuple(
            ObjectChange(id=ResourceId("", "Service", "ns", f"{group}-{at}"), kind=ChangeKind.CHANGED, fields=(field,))
            for at in range(objects)
        ),
    )


def test_groups_that_differ_in_noise_alone_are_told_once_whatever_they_are_made_of() -> None:
    review = whole(silent("prod", "a", 3), silent("prod", "b", 5), silent("staging", "a", 3))
    (family,) = review.families
    assert [str(key) for key in family.members] == ["prod/a", "prod/b", "staging/a"]
    assert family.objects == ()
    assert words.folded(family, review) == "in all: 11 checksum"
    shown = list(terminal.text(review, terminal.Look(style=Style())))
    assert sum("only hashes" in line for line in shown) == 1
    assert "  folded in all: 11 checksum" in shown
    everything = "\n".join(terminal.text(review, terminal.Look(style=Style(), noise=True)))
    assert all(each.id.name in everything for one in review.bundles for each in one.objects)


def test_what_a_plugin_adds_is_shown_as_one_group_has_it() -> None:
    new = ObjectChange(
        id=ResourceId("", "Service", "ns", "a-metrics"),
        kind=ChangeKind.ADDED,
        new="kind: Service\nspec: {port: 9121}\n",
    )
    pair = [
        replace(
            silent("prod", group, 1),
            objects=(replace(new, id=new.id._replace(name=f"{group}-metrics")),),
            effects=(Effect(kind=EffectKind.IN_PLACE, rule="added", reason="it is new"),),
        )
        for group in ("a", "b")
    ]
    review = whole(*pair)
    (family,) = review.families
    assert len(family.members) == 2
    for shown in ("\n".join(terminal.text(review, terminal.Look(style=Style()))), *markdown.parts(review)):
        assert "<group>-metrics" in shown
        assert "as in prod/a" in shown
        assert "port: 9121" in shown
    fresh = whole(*(replace(one, operation=Operation.PROVISION, versions=("", "1")) for one in pair))
    assert "port: 9121" not in markdown.parts(fresh)[0]


def test_every_group_of_a_large_family_is_named_in_a_comment() -> None:
    (text,) = markdown.parts(whole(*(silent(f"env-{at % 2}", f"cache-{at:03}", 1) for at in range(600))))
    assert "env-0, 300 groups:\n`cache-000 cache-002 " in text
    assert all(f"cache-{at:03}" in text for at in range(600))
    (text,) = markdown.parts(whole(*(silent("prod", f"cache-{at:04}", 1) for at in range(1500))))
    assert "prod, 1,500 groups:\n`cache-0000 " in text
    assert "`\nand 500 more\n" in text


def test_a_way_that_is_not_everybodys_says_so() -> None:
    effect = Effect(kind=EffectKind.RECREATE, rule="immutable-field", reason="it grows", way="patch it to 2Gi")
    ways = {"a": "patch it to 2Gi", "b": "patch it to 2Gi", "c": "patch it to 9Gi"}
    review = whole(
        *(replace(silent("prod", name, 1), effects=(replace(effect, way=way),)) for name, way in ways.items())
    )
    (family,) = review.families
    assert family.effects[0].way == "patch it to 2Gi; so in 2 of 3 groups, with values of their own in the others"


def test_what_is_folded_of_a_single_group_is_told_once() -> None:
    shown = list(terminal.text(whole(silent("prod", "a", 3)), terminal.Look(style=Style())))
    assert [line for line in shown if "folded" in line] == ["folded: 3 checksum (--noise shows them)"]


def test_noise_in_other_objects_parts_no_family() -> None:
    restart = examples()["restart-image"].review()
    pair = [
        replace(
            restart,
            key=BundleKey(environment, "cache"),
            objects=(*restart.objects, *silent("x", "cache", hashes).objects),
        )
        for environment, hashes in (("prod", 3), ("staging", 1))
    ]
    review = whole(*pair)
    (family,) = review.families
    assert [one.id.kind for one in family.objects] == ["StatefulSet"]
    shown = "\n".join(terminal.text(review, terminal.Look(style=Style())))
    assert "folded in all: 4 checksum" in shown
    assert "Folded in all: 4 checksum." in markdown.parts(review)[0]
    everything = "\n".join(terminal.text(review, terminal.Look(style=Style(), noise=True)))
    assert "in all: 4 checksum, as in prod/cache:" in everything
    assert everything.count("values-hash: 1 → 2 (checksum)") == 3
    same = whole(pair[0], replace(pair[0], key=BundleKey("test", "cache")))
    assert words.folded(same.families[0], same) == "in each: 3 checksum"


def test_a_long_list_of_groups_takes_no_room_from_what_changes() -> None:
    restart = examples()["restart-image"].review()
    many = (replace(restart, key=BundleKey("prod", f"cache-{'of-somebody-' * 4}{at:04}")) for at in range(1000))
    (text,) = markdown.parts(whole(*many), 40_000)
    assert markdown.length(text) <= 40_000
    assert "@@ /spec/template/spec/containers/[name=redis]/image @@" in text
    assert "**Cut here**" in text
    assert text.count("of-somebody") > 4 * 400, "as many groups as there is room for"
    assert text.count("<details>") == text.count("</details>")
