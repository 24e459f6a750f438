"""What bundles have in common: things that only one can have, in full and incremental runs; and what they add up to."""

from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from generator.model.resource import Resource, ResourceId
from generator.stages.objects.fleet import demand, exclusive
from tests.harness import Project
from tests.unit.stages.objects.cases import BASES

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}
spec:
  type: NodePort
  ports: [{port: 80, nodePort: {{ .Values.port }}}]
"""


def resource(base: str, **spec: Any) -> Resource:
    body = {**BASES[base], "metadata": {"name": "a", "namespace": "n"}}
    body["spec"] = {**body.get("spec", {}), **spec}
    return Resource(id=ResourceId.of(body), body=body, component="", origin=mock.sentinel.origin)


def test_what_an_object_wants_alone() -> None:
    ports = [{"port": 1, "nodePort": 30001}, {"port": 2, "nodePort": 30001, "protocol": "UDP"}, {"port": 3}]
    assert exclusive([resource("svc", ports=ports)]) == ("node port 30001/TCP", "node port 30001/UDP")
    assert exclusive([resource("svc", loadBalancerIP="10.0.0.9")]) == ("load balancer address 10.0.0.9",)
    assert exclusive([resource("deploy")]) == ()


@pytest.mark.parametrize(
    ("base", "spec", "want"),
    [
        ("sts", {"replicas": 2}, {"cpu": 1, "memory": 2 * 2**30, "storage": 2 * 2**30, "pods": 2}),
        ("sts", {"replicas": 0}, {}),
        ("deploy", {}, {"cpu": Fraction(1, 2), "memory": 2**30, "pods": 1}),
        ("pvc", {}, {"storage": 2**30}),
        ("job", {}, {}),
    ],
)
def test_what_an_object_requests(base: str, spec: dict[str, Any], want: dict[str, Any]) -> None:
    assert demand([resource(base, **spec)]) == want


def test_a_group_that_comes_later_is_held_against_those_that_are_there(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.git("init", "-q")
    project.plugin("app", templates={"main": ("", SERVICE)}, defaultValues={"port": 30080})
    project.group("a", plugin="app")
    project.git("add", "-A")
    project.git("commit", "-qm", "start")
    project.run("generate").sound()
    project.group("b", plugin="app")
    ran = project.run("generate")
    assert ran.code == 1
    assert "error[MW585]" in ran.err
    project.group("b", plugin="app", values={"port": 30081})
    project.run("generate").sound()


def test_two_services_of_one_bundle(tmp_path: Path) -> None:
    project = Project(tmp_path)
    other = SERVICE.replace("{{ .Values.name }}", "{{ .Values.name }}-b")
    project.plugin("app", templates={"main": ("", SERVICE), "other": ("", other)}, defaultValues={"port": 30080})
    project.group("a", plugin="app")
    ran = project.run("validate")
    assert ran.code == 1
    assert "error[MW585]: Service spec: Service a wants node port 30080/TCP, too" in ran.err
