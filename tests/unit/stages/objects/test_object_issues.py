"""What is wrong with an object by itself: what we refuse, the API server of Kubernetes 1.37 refuses, and where.

`verdicts.json` holds what its own code says of each case; `tests/conformance/kubernetes/recorder` writes it. A case
that is changed must be recorded anew: its digest stands beside the verdict.
"""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest

from generator.model.resource import Resource, ResourceId
from generator.model.values import dotted
from generator.stages.objects import object_issues
from tests.unit.stages.objects.cases import BASES, CASES, Case, body, digest

VERDICTS = Path(__file__).with_name("verdicts.json")
ORIGIN: Any = None
"""Rules about an object by itself do not ask where it comes from."""


def issues(made: Any, minor: int | None = None) -> list[str]:
    resource = Resource(id=ResourceId.of(made), body=made, component="", origin=ORIGIN)
    return [f"{one.code} {dotted(one.pointer)}" for one in object_issues(resource, minor)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_refused(case: Case) -> None:
    made = body(case)
    before = deepcopy(made)
    assert issues(made) == list(case.want)
    assert made == before


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_kubernetes_says_so_too(case: Case) -> None:
    verdict = json.loads(VERDICTS.read_text())[case.name]
    assert verdict["case"] == digest(case), "record the verdicts anew: the case has changed"
    assert (bool(verdict["refused"]) == bool(case.want)) != bool(case.unlike), verdict["refused"]


def test_no_verdict_is_left_over() -> None:
    assert json.loads(VERDICTS.read_text()).keys() == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_schemas_refuse_nothing_that_we_let_pass(case: Case) -> None:
    """The API's own schemas in strict mode, which know types and fields, but no words, ranges or spellings."""
    made = body(case)
    try:
        kubernetes_validate.validate(made, "1.32", strict=True)
    except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError):
        assert case.want


def test_versions_of_kubernetes() -> None:
    service = {**BASES["svc"], "metadata": {"name": "a", "namespace": "n"}}
    service["spec"] = {**service["spec"], "trafficDistribution": "PreferClose"}
    assert issues(service, 30) == []
    assert issues(service, 29) == ["MW575 spec.trafficDistribution"]
    scaler = {**BASES["hpa"], "apiVersion": "autoscaling/v2beta2", "metadata": {"name": "a", "namespace": "n"}}
    assert issues(scaler, 25) == []
    assert issues(scaler, 26) == ["MW574 apiVersion"]


def test_kinds_that_nobody_knows_are_let_pass() -> None:
    assert issues({"apiVersion": "x.example.com/v1", "kind": "Thing", "metadata": {"name": "a"}, "spec": 5}) == []


RULE: Any = {"alert": "A", "expr": "up == 0", "for": "5m"}
CUSTOM: dict[str, tuple[Any, list[str]]] = {
    "sound": (RULE, []),
    "a duration in words": ({**RULE, "for": "1 minute"}, ["MW576 spec.groups[0].rules[0].for"]),
    "a misspelt field": ({"alert": "A", "exp": "up"}, ["MW572 spec.groups[0].rules[0].exp",
                                                       "MW573 spec.groups[0].rules[0]"]),
    "neither alert nor record": ({"expr": "up"}, ["MW573 spec.groups[0].rules[0]"]),
    "a label that is a number": ({**RULE, "labels": {"a": 1}}, ["MW571 spec.groups[0].rules[0].labels.a"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CUSTOM)
def test_rules_of_prometheus(name: str) -> None:
    rule, want = CUSTOM[name]
    made = {
        "apiVersion": "monitoring.coreos.com/v1",
        "kind": "PrometheusRule",
        "metadata": {"name": "a", "namespace": "n"},
        "spec": {"groups": [{"name": "g", "rules": [rule]}]},
    }
    assert issues(made) == want
