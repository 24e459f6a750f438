"""A NetworkPolicy of the plugin, and whether Prometheus gets to the exporter's port through it."""

from pathlib import Path
from typing import Any

import pytest

from tests.harness import Project

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Values.name }}}
spec:
  replicas: 1
  selector: {matchLabels: {app: {{ .Values.name }}}}
  template:
    metadata: {labels: {app: {{ .Values.name }}, part: server}}
    spec:
      securityContext: {runAsNonRoot: true}
      containers:
        - name: app
          image: {{ .Values.image }}
          resources: {limits: {memory: 64Mi}}
          readinessProbe: {tcpSocket: {port: app}}
          ports:
            - {name: app, containerPort: 7000}
            - {name: %s, containerPort: 9100}
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: {{ .Values.name }}}
spec: %s
"""
MINE = "podSelector: {matchLabels: {app: {{ .Values.name }}}}"
CLIENTS = "ingress: [{ports: [{port: app}]}]"
LET = {
    "by its name": f"{{{MINE}, ingress: [{{ports: [{{port: app}}]}}, {{ports: [{{port: metrics}}]}}]}}",
    "by its number": f"{{{MINE}, ingress: [{{ports: [{{port: 9100}}]}}]}}",
    "in a range": f"{{{MINE}, ingress: [{{ports: [{{port: 9000, endPort: 9200}}]}}]}}",
    "with every port": f"{{{MINE}, ingress: [{{from: [{{podSelector: {{}}}}]}}]}}",
    "with every port of a protocol": f"{{{MINE}, ingress: [{{ports: [{{protocol: TCP}}]}}]}}",
    "by a policy for other pods": f"{{podSelector: {{matchLabels: {{app: another}}}}, {CLIENTS}}}",
    "by a policy for what pods send": f"{{{MINE}, policyTypes: [Egress], egress: []}}",
    "by an expression that leaves them out": (
        f"{{podSelector: {{matchExpressions: [{{key: part, operator: NotIn, values: [server]}}]}}, {CLIENTS}}}"
    ),
    "by one that wants a label away": (
        f"{{podSelector: {{matchExpressions: [{{key: part, operator: DoesNotExist}}]}}, {CLIENTS}}}"
    ),
}
KEPT = {
    "clients alone": f"{{{MINE}, {CLIENTS}}}",
    "nobody": f"{{{MINE}}}",
    "nobody, in both directions": f"{{{MINE}, policyTypes: [Egress, Ingress], egress: []}}",
    "another protocol": f"{{{MINE}, ingress: [{{ports: [{{port: metrics, protocol: UDP}}]}}]}}",
    "another number": f"{{{MINE}, ingress: [{{ports: [{{port: 9101, endPort: 9200}}]}}]}}",
    "every pod": f"{{podSelector: {{}}, {CLIENTS}}}",
    "an expression": (
        f"{{podSelector: {{matchExpressions: [{{key: part, operator: In, values: [server]}}]}}, {CLIENTS}}}"
    ),
    "a label": f"{{podSelector: {{matchExpressions: [{{key: part, operator: Exists}}]}}, {CLIENTS}}}",
}


def told(root: Path, *specs: str, port: str = "metrics", **more: Any) -> str:
    project = Project(root)
    policies = {f"policy-{number}": ("", POLICY % spec) for number, spec in enumerate(specs)}
    for number, (name, (_, text)) in enumerate(policies.items()):
        policies[name] = (
            "",
            text.replace("{name: {{ .Values.name }}}\nspec", f"{{name: {{{{ .Values.name }}}}-{number}}}\nspec"),
        )
    project.plugin(
        "app", templates={"deployment": ("", DEPLOYMENT % port), **policies}, exporter={"port": 9100}, **more
    )
    return project.run("plugins", "lint").err


@pytest.mark.parametrize("spec", LET.values(), ids=LET)
def test_let_through(tmp_path: Path, spec: str) -> None:
    assert "MW268" not in told(tmp_path, spec)


@pytest.mark.parametrize("spec", KEPT.values(), ids=KEPT)
def test_kept_in(tmp_path: Path, spec: str) -> None:
    said = told(tmp_path, spec)
    assert said.count("MW268") == 1, said
    assert "Deployment example (port metrics)" in said


def test_one_of_several_policies_is_enough(tmp_path: Path) -> None:
    assert "MW268" not in told(tmp_path, KEPT["clients alone"], LET["by its name"])
    assert "MW268" in told(tmp_path / "two", KEPT["clients alone"], KEPT["nobody"])


def test_a_port_of_another_name(tmp_path: Path) -> None:
    said = told(tmp_path, KEPT["another protocol"], port="numbers")
    assert "ports: [{port: numbers}]" in said
    assert "MW268" not in told(tmp_path / "let", LET["by its name"].replace("metrics", "numbers"), port="numbers")


@pytest.mark.parametrize(
    "spec",
    [
        f"{{{MINE}, policyTypes: 3}}",
        "{podSelector: {matchLabels: [a]}}",
        "{podSelector: {matchExpressions: [{key: part, operator: In, values: 3}]}}",
        f"{{{MINE}, ingress: 3}}",
        f"{{{MINE}, ingress: [{{ports: [{{port: 1, endPort: []}}]}}]}}",
    ],
)
def test_what_is_no_policy_is_refused_and_not_judged(tmp_path: Path, spec: str) -> None:
    said = told(tmp_path, spec)
    assert "MW571" in said
    assert "MW268" not in said


def test_an_end_of_a_range_that_is_no_number(tmp_path: Path) -> None:
    said = told(tmp_path, f"{{{MINE}, ingress: [{{ports: [{{port: 1, endPort: x}}]}}]}}")
    assert ("MW571" in said, "MW268" in said) == (True, True)
