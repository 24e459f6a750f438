"""What alerts and exporters become, and what groups and environments say about it."""

from pathlib import Path
from typing import Any

import pytest

from generator.diagnostics import SourceFile
from generator.yamlio.load import documents
from tests.harness import Project

WORKLOAD = """\
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ .Values.name }}
spec:
  selector: {matchLabels: {app: {{ .Values.name }}}}
  template:
    metadata: {labels: {app: {{ .Values.name }}}}
    spec:
      containers:
        - name: main
          image: {{ .Values.image }}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.name }}-metrics
  labels: {app.kubernetes.io/instance: {{ .Values.name }}}
spec:
  selector: {app: {{ .Values.name }}}
  ports: [{name: http-metrics, port: 80, targetPort: metrics}, {name: main, port: 1}]
"""
ALERT = {"name": "AppDown", "expr": "app_up == 0", "for": "1m", "severity": "critical"}
EXPORTER = {"port": 9100, "image": "docker.io/exporter:1"}


def project(folder: Path, *, templates: dict[str, tuple[str, str]] | None = None, **spec: Any) -> Project:
    made = Project(folder)
    spec.setdefault("monitoring", {"alerts": [ALERT]})
    made.plugin("app", templates={"workload": ("", WORKLOAD), **(templates or {})}, **spec)
    return made


def objects(made: Project) -> dict[str, Any]:
    """By kind and name."""
    made.run("generate").sound()
    found = {}
    for path, data in made.files().items():
        if path.endswith(".yaml"):
            (document,) = documents(SourceFile(path, data.decode()))
            found[f"{document.value['kind']}/{document.value['metadata']['name']}"] = document.value
    return found


def rules(made: Project) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = objects(made)["PrometheusRule/cache"]["spec"]["groups"][0]["rules"]
    return found


def containers(found: dict[str, Any]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = found["StatefulSet/cache"]["spec"]["template"]["spec"]["containers"]
    return listed


# --- whether at all


@pytest.mark.parametrize(
    ("said", "known", "there", "noted"),
    [
        (None, [], False, False),
        (None, ["monitoring.coreos.com/v1"], True, False),
        (None, ["monitoring.coreos.com/v1/PrometheusRule"], True, False),
        (None, ["monitoring.coreos.com/v1alpha1", "apps/v1"], False, False),
        (True, [], True, False),
        (True, ["apps/v1"], False, True),
        (False, ["monitoring.coreos.com/v1"], False, False),
    ],
)
def test_who_decides(tmp_path: Path, *, said: bool | None, known: list[str], there: bool, noted: bool) -> None:
    made = project(tmp_path)
    made.environment("default", apiVersions=known)
    made.group("cache", "app", **({} if said is None else {"monitoring": {"enabled": said}}))
    ran = made.run("generate").sound()
    assert any("prometheusrule" in path for path in made.files()) is there
    assert ("MW542" in ran.err) is noted


# --- rules


def test_a_rule(tmp_path: Path) -> None:
    alert = {
        **ALERT,
        "expr": "app_up{port='{{ .Values.network.port }}'} == 0",
        "keepFiringFor": "5m",
        "labels": {"area": "cache"},
        "annotations": {"summary": "{{ $labels.pod }} is {{ $value }}"},
    }
    made = project(tmp_path, monitoring={"alerts": [alert]}, defaultValues={"network": {"port": 7}})
    made.environment("default", namespace="prod", ruleLabels={"release": "a", "from": "environment"})
    made.group("cache", "app", monitoring={"enabled": True, "ruleLabels": {"release": "b"}})
    rule = objects(made)["PrometheusRule/cache"]
    assert rule["spec"]["groups"] == [
        {
            "name": "prod.cache",
            "rules": [
                {
                    "alert": "AppDown",
                    "annotations": {"summary": "{{ $labels.pod }} is {{ $value }}"},
                    "expr": 'app_up{middleware_io_group="cache",namespace="prod",port="7"} == 0',
                    "for": "1m",
                    "keep_firing_for": "5m",
                    "labels": {
                        "area": "cache",
                        "severity": "critical",
                        "middleware_io_group": "cache",
                        "middleware_io_plugin": "app",
                    },
                }
            ],
        }
    ]
    labels = rule["metadata"]["labels"]
    assert (labels["release"], labels["from"]) == ("b", "environment")
    assert labels["middleware.io/group"] == "cache"
    assert "middleware.io/template-hash" not in rule["metadata"]["annotations"]


def test_disabled_and_overridden(tmp_path: Path) -> None:
    made = project(tmp_path, monitoring={"alerts": [ALERT, {**ALERT, "name": "AppSlow"}, {**ALERT, "name": "AppFull"}]})
    made.group(
        "base",
        abstract=True,
        monitoring={"alerts": {"disable": ["AppSlow"], "override": {"AppFull": {"for": "9m", "severity": "info"}}}},
    )
    override = {"AppFull": {"for": "1h", "labels": {"team": "x"}, "annotations": {"runbook": "y"}}}
    made.group("cache", "app", extends="base", monitoring={"enabled": True, "alerts": {"override": override}})
    first, second = rules(made)
    assert (first["alert"], first["for"], first["labels"]["severity"]) == ("AppDown", "1m", "critical")
    assert (second["alert"], second["for"], second["labels"]["severity"]) == ("AppFull", "1h", "info")
    assert second["labels"]["team"] == "x"
    assert second["annotations"] == {"runbook": "y"}


def test_all_alerts_disabled(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.group("cache", "app", monitoring={"enabled": True, "alerts": {"disable": ["AppDown"]}})
    assert set(objects(made)) == {"StatefulSet/cache"}


def test_series_of_other_names(tmp_path: Path) -> None:
    made = project(tmp_path, monitoring={"alerts": [ALERT, {**ALERT, "name": "Other", "scoped": False}]})
    made.group("cache", "app", monitoring={"enabled": True, "matchLabels": {"job": "mine"}})
    first, second = rules(made)
    assert first["expr"] == 'app_up{job="mine"} == 0'
    assert second["expr"] == "app_up == 0"


def test_mistakes_come_out_together_and_in_place(tmp_path: Path) -> None:
    alerts = [
        {**ALERT, "expr": "app_up{"},
        {**ALERT, "name": "B", "expr": "{{ .Values.nobody }} > 1"},
        {**ALERT, "name": "C"},
    ]
    made = project(tmp_path, monitoring={"alerts": alerts})
    made.group("cache", "app", monitoring={"enabled": True, "alerts": {"disable": ["C", "D"], "override": {"E": {}}}})
    ran = made.run("generate")
    assert ran.code == 1
    assert "error[MW227]: the expression of alert AppDown is no PromQL" in ran.err
    assert "error[MW403]: template spec.monitoring.alerts[1].expr: .Values.nobody has no value" in ran.err
    assert 'error[MW335]: plugin app 1.0.0 has no alert "D"' in ran.err
    assert 'error[MW335]: plugin app 1.0.0 has no alert "E"' in ran.err
    assert ran.err.count("error[") == 4


def test_an_expression_that_rendering_breaks_is_shown(tmp_path: Path) -> None:
    made = project(
        tmp_path, monitoring={"alerts": [{**ALERT, "expr": "up > {{ .Values.limit }}"}]}, defaultValues={"limit": ""}
    )
    made.group("cache", "app", monitoring={"enabled": True})
    assert "the expression of alert AppDown `up >` is no PromQL" in made.run("generate").err


def test_jinja2(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        engine="jinja2",
        templates={"workload": ("", WORKLOAD.replace(" .Values", " Values"))},
        monitoring={"alerts": [{**ALERT, "expr": "app_up{a='{{ Values.name }}'} == 0"}]},
    )
    made.group("cache", "app", monitoring={"enabled": True})
    assert rules(made)[0]["expr"] == 'app_up{a="cache",middleware_io_group="cache",namespace="default"} == 0'


# --- exporter and monitors


def test_a_container_where_the_template_has_none(tmp_path: Path) -> None:
    exporter = {
        **EXPORTER,
        "args": ["--port={{ .Values.network.port }}", "--all"],
        "env": {"ADDRESS": "localhost:{{ .Values.port }}"},
        "secretEnv": {"PASSWORD": "auth", "TOKEN": "token", "ABSENT": "absent"},
        "resources": {"limits": {"memory": "32Mi"}},
    }
    made = project(tmp_path, exporter=exporter, defaultValues={"network": {"port": 7}})
    made.environment("default", registries={"docker.io": "mirror"})
    secrets = {"auth": {"existingSecret": "a"}, "token": {"existingSecret": "b", "key": "c"}}
    made.group("cache", "app", secrets=secrets)
    main, added = containers(objects(made))
    assert main["name"] == "main"
    assert added == {
        "name": "exporter",
        "image": "mirror/exporter:1",
        "args": ["--port=7", "--all"],
        "env": [
            {"name": "ADDRESS", "value": "localhost:7"},
            {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "a", "key": "password"}}},
            {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "b", "key": "c"}}},
        ],
        "ports": [{"name": "metrics", "containerPort": 9100}],
        "resources": {"limits": {"memory": "32Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
    }


HAS_NAME = "          ports: [{name: metrics, containerPort: 1234}]\n"
HAS_NUMBER = "          ports: [{name: web, containerPort: 9100}]\n"


@pytest.mark.parametrize(("ports", "port"), [(HAS_NAME, "metrics"), (HAS_NUMBER, "web")])
def test_the_template_s_own_exporter_is_left_alone(tmp_path: Path, ports: str, port: str) -> None:
    made = project(tmp_path, exporter=EXPORTER, templates={"workload": ("", WORKLOAD + ports)})
    made.group("cache", "app", monitoring={"enabled": True})
    found = objects(made)
    assert len(containers(found)) == 1
    assert found["PodMonitor/cache"]["spec"]["podMetricsEndpoints"][0]["port"] == port


def test_a_container_can_be_patched(tmp_path: Path) -> None:
    made = project(tmp_path, exporter=EXPORTER)
    patch = {"spec": {"template": {"spec": {"containers": [{"name": "exporter", "image": "mine"}]}}}}
    made.group("cache", "app", patches=[{"target": {"kind": "StatefulSet"}, "merge": patch}])
    assert [one["image"] for one in containers(objects(made))] == ["app:1", "mine"]


def test_the_image_of_the_runtime_version(tmp_path: Path) -> None:
    made = project(tmp_path, exporter={"port": 9100}, images={"1": {"main": "app:1", "exporter": "exporter:7"}})
    made.group("cache", "app")
    assert containers(objects(made))[1]["image"] == "exporter:7"


def test_no_image_no_container(tmp_path: Path) -> None:
    made = project(tmp_path, exporter={"port": 9100})
    made.group("cache", "app", monitoring={"enabled": True})
    found = objects(made)
    assert len(containers(found)) == 1
    assert set(found) == {"StatefulSet/cache", "PrometheusRule/cache"}


def test_the_value_turns_it_off(tmp_path: Path) -> None:
    made = project(tmp_path, exporter=EXPORTER, defaultValues={"exporter": {"enabled": True}})
    made.group("cache", "app", values={"exporter": {"enabled": False}}, monitoring={"enabled": True})
    found = objects(made)
    assert set(found) == {"StatefulSet/cache"}
    assert len(containers(found)) == 1


def test_the_component_turns_it_off(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        templates={"workload": ("data", WORKLOAD)},
        components=[{"name": "data"}, {"name": "metrics"}],
        exporter={**EXPORTER, "component": "metrics", "watches": "data"},
    )
    made.group("cache", "app", monitoring={"enabled": True})
    found = objects(made)
    assert len(containers(found)) == 2
    assert found["PrometheusRule/cache"]["metadata"]["labels"]["middleware.io/component"] == "metrics"
    made.group("cache", "app", monitoring={"enabled": True}, components={"metrics": {"enabled": False}})
    assert set(objects(made)) == {"StatefulSet/cache"}


def test_a_service_monitor_where_a_service_leads_there(tmp_path: Path) -> None:
    made = project(tmp_path, exporter={**EXPORTER, "interval": "30s"}, templates={"service": ("", SERVICE)})
    made.group("cache", "app", monitoring={"enabled": True, "interval": "1m"})
    found = objects(made)
    assert "PodMonitor/cache" not in found
    service = found["Service/cache-metrics"]["metadata"]["labels"]
    spec = found["ServiceMonitor/cache"]["spec"]
    assert spec["selector"]["matchLabels"].items() <= service.items()
    assert spec["selector"]["matchLabels"]["app.kubernetes.io/instance"] == "cache"
    assert spec["endpoints"] == [
        {
            "port": "http-metrics",
            "path": "/metrics",
            "interval": "1m",
            "relabelings": [{"targetLabel": "middleware_io_group", "replacement": "cache"}],
        }
    ]


def test_pod_monitors_where_two_services_do(tmp_path: Path) -> None:
    other = SERVICE.replace("-metrics", "-more", 1)
    made = project(tmp_path, exporter=EXPORTER, templates={"service": ("", SERVICE), "other": ("", other)})
    made.group("cache", "app", monitoring={"enabled": True})
    found = objects(made)
    assert "ServiceMonitor/cache" not in found
    spec = found["PodMonitor/cache"]["spec"]
    assert spec["selector"] == found["StatefulSet/cache"]["spec"]["selector"]


def test_two_makers_of_one_object(tmp_path: Path) -> None:
    rule = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {name: cache, namespace: default}\n"
    made = project(tmp_path, templates={"rule": ("", rule)})
    made.group("cache", "app", monitoring={"enabled": True})
    ran = made.run("generate")
    assert "error[MW521]: template rule and spec.monitoring both make monitoring.coreos.com/PrometheusRule" in ran.err


def test_an_exporter_of_no_component(tmp_path: Path) -> None:
    made = project(tmp_path, components=[{"name": "data"}], exporter={**EXPORTER, "component": "dta", "watches": ["x"]})
    made.group("cache", "app")
    ran = made.run("generate")
    assert ran.err.count("error[MW212]") == 2
    assert 'did you mean "data"?' in ran.err
