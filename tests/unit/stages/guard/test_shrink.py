"""Objects that vanish: which losses are told, and what is told of them."""

import pytest

from generator.diagnostics import Label, Severity, SourceFile, Span
from generator.model.bundle import LockedObject
from generator.model.resource import ResourceId
from generator.stages.guard import shrink
from generator.stages.guard.shrink import Cause

CLAIM = ResourceId("", "PersistentVolumeClaim", "mw", "data")
OTHER_CLAIM = ResourceId("", "PersistentVolumeClaim", "mw", "data2")
SET = ResourceId("apps", "StatefulSet", "mw", "cache")
CONFIG = ResourceId("", "ConfigMap", "mw", "conf")
SCALER = ResourceId("autoscaling", "HorizontalPodAutoscaler", "mw", "cache")
CLASS = ResourceId("storage.k8s.io", "StorageClass", "", "fast")
ALL = (CLAIM, SET, CONFIG, SCALER, CLASS)

ANY = Cause(reason="the plugin changed")
EXPORTER = Cause(reason="component exporter is disabled", component="exporter")
STOPPED = Cause(reason="the group is stopped", kinds=frozenset({("autoscaling", "HorizontalPodAutoscaler")}))


def held(id_: ResourceId, component: str = "data") -> LockedObject:
    return LockedObject(id=id_, component=component, wave=0, path="p", sha256="")


@pytest.mark.parametrize(
    ("name", "old", "new", "causes", "want"),
    [
        ("nothing leaves", ALL, ALL, (), []),
        ("something comes", ALL, (*ALL, OTHER_CLAIM), (), []),
        ("without a cause", ALL, (CLAIM, SET, SCALER, CLASS), (), ["MW602 ConfigMap/mw/conf"]),
        ("with a cause", ALL, (CLAIM, SET, SCALER, CLASS), (ANY,), []),
        ("a cause of another component", ALL, (CLAIM, SET, SCALER, CLASS), (EXPORTER,), ["MW602 ConfigMap/mw/conf"]),
        ("a cause of another kind", ALL, (CLAIM, SET, SCALER, CLASS), (STOPPED,), ["MW602 ConfigMap/mw/conf"]),
        ("a cause of its kind", ALL, (CLAIM, SET, CONFIG, CLASS), (STOPPED,), []),
        ("a claim", ALL, (SET, CONFIG, SCALER, CLASS), (), ["MW603 PersistentVolumeClaim/mw/data"]),
        ("a claim, with a cause", ALL, (SET, CONFIG, SCALER, CLASS), (ANY,), ["MW603 PersistentVolumeClaim/mw/data"]),
        ("a set, with a cause", ALL, (CLAIM, CONFIG, SCALER, CLASS), (ANY,), ["MW603 apps/StatefulSet/mw/cache"]),
        ("a storage class, with a cause", ALL, (CLAIM, SET, CONFIG, SCALER), (ANY,), []),
        ("a storage class, without", ALL, (CLAIM, SET, CONFIG, SCALER), (), ["MW602 storage.k8s.io/StorageClass/fast"]),
        ("everything", ALL, (), (ANY,), ["MW603 PersistentVolumeClaim/mw/data", "MW603 apps/StatefulSet/mw/cache"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_losses(
    name: str, old: tuple[ResourceId, ...], new: tuple[ResourceId, ...], causes: tuple[Cause, ...], want: list[str]
) -> None:
    found = shrink.findings(map(held, old), frozenset(new), causes)
    assert [f"{one.code} {one.id}" for one in found] == want


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("", "PersistentVolume"),
        ("", "Namespace"),
        ("apiextensions.k8s.io", "CustomResourceDefinition"),
        ("postgresql.cnpg.io", "Cluster"),
        ("kafka.strimzi.io", "KafkaTopic"),
    ],
)
def test_other_dangerous_kinds(group: str, kind: str) -> None:
    (found,) = shrink.findings([held(ResourceId(group, kind, "", "x"))], (), [ANY])
    assert found.code == "MW603"


def test_the_component_counts() -> None:
    assert shrink.findings([held(CONFIG, "exporter")], (), [EXPORTER]) == ()


def test_a_new_name_is_told() -> None:
    (found,) = shrink.findings([held(CLAIM), held(SET)], {OTHER_CLAIM, SET}, [ANY])
    assert found.message == (
        "PersistentVolumeClaim data leaves the bundle (the plugin changed): "
        "its volume and data go with it, unless the volume's reclaim policy is Retain"
    )
    assert found.hint == "mw/data2 is new: to rename an object is to delete it and to make an empty one"


def test_a_finding_becomes_a_diagnostic_where_its_caller_puts_it() -> None:
    (found,) = shrink.findings([held(CONFIG)], ())
    place = Label(Span(SourceFile("groups/a.yaml", "kind: Group\n"), 0, 4))
    diagnostic = found.diagnostic(primary=place, subject="prod/cache")
    assert (diagnostic.code, diagnostic.severity, diagnostic.primary) == ("MW602", Severity.ERROR, place)
    assert (diagnostic.resource, diagnostic.field, diagnostic.subject) == ("ConfigMap/mw/conf", "", "prod/cache")
    assert diagnostic.message == "ConfigMap conf leaves the bundle (nothing in the source says why)"
    assert diagnostic.hint == "a template that renders nothing by mistake looks like this"
