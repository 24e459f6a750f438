"""Objects that an API server takes, each spoilt in one place."""

import hashlib
import json
from copy import deepcopy
from typing import Any, NamedTuple

Json = Any

POD: Json = {
    "metadata": {"labels": {"app": "a"}},
    "spec": {
        "containers": [
            {
                "name": "c",
                "image": "i:1",
                "ports": [{"name": "web", "containerPort": 80}],
                "env": [{"name": "A", "value": "1"}],
                "resources": {"requests": {"cpu": "500m"}, "limits": {"cpu": "1", "memory": "1Gi"}},
                "volumeMounts": [{"name": "config", "mountPath": "/etc/c"}],
                "readinessProbe": {"tcpSocket": {"port": "web"}},
                "lifecycle": {"preStop": {"exec": {"command": ["true"]}}},
                "securityContext": {"runAsUser": 1000},
            }
        ],
        "volumes": [{"name": "config", "configMap": {"name": "a"}}],
        "topologySpreadConstraints": [
            {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {}}
        ],
    },
}
ONCE: Json = {**POD, "spec": {**POD["spec"], "restartPolicy": "Never"}}
CLAIM: Json = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
SELECTOR: Json = {"matchLabels": {"app": "a"}}

BASES: dict[str, Json] = {
    "sts": {"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": {
        "serviceName": "a", "replicas": 3, "selector": SELECTOR, "template": POD,
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": CLAIM}]}},
    "deploy": {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"selector": SELECTOR, "template": POD}},
    "ds": {"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"selector": SELECTOR, "template": POD}},
    "job": {"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": ONCE}},
    "cron": {"apiVersion": "batch/v1", "kind": "CronJob", "spec": {
        "schedule": "* * * * *", "jobTemplate": {"spec": {"template": ONCE}}}},
    "pvc": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": CLAIM},
    "svc": {"apiVersion": "v1", "kind": "Service", "spec": {
        "ports": [{"name": "web", "port": 80, "targetPort": "web"}], "selector": {"app": "a"}}},
    "cm": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}},
    "secret": {"apiVersion": "v1", "kind": "Secret", "data": {"a": "YQ=="}},
    "sa": {"apiVersion": "v1", "kind": "ServiceAccount"},
    "pdb": {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "spec": {
        "maxUnavailable": 1, "selector": SELECTOR}},
    "hpa": {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "spec": {
        "maxReplicas": 3, "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "a"}}},
    "np": {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "spec": {
        "podSelector": SELECTOR, "policyTypes": ["Ingress"],
        "ingress": [{"from": [{"podSelector": {}}], "ports": [{"port": 80}]}]}},
    "role": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "rules": [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]},
    "rb": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
           "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"},
           "subjects": [{"kind": "ServiceAccount", "name": "a", "namespace": "n"}]},
}  # fmt: skip

C = "spec.template.spec.containers[0]"
MOUNT: Json = {"name": "config", "mountPath": "/a"}
VOLUME: Json = {"name": "config", "emptyDir": {}}


class Case(NamedTuple):
    """One edit of a base: the path, the new value (None: it is left out), and the issues' `code path`."""

    base: str
    path: str
    value: Json
    want: tuple[str, ...]
    unlike: str = ""
    """Why the API server says otherwise."""

    @property
    def name(self) -> str:
        """What tells it apart."""
        return f"{self.base} {self.path}={str(self.value)[:120]}"


def _refused(
    base: str, path: str, *values: Json, code: str = "MW576", at: str | None = None, unlike: str = ""
) -> list[Case]:
    return [Case(base, path, value, (f"{code} {path if at is None else at}",), unlike) for value in values]


def _fine(base: str, path: str, *values: Json) -> list[Case]:
    return [Case(base, path, value, ()) for value in values]


LONG = "a" * 53
MANY = "x" * 200_000
STRICTER = "server-side apply and readers of the manifest are confused; the server takes it with a warning"
STARTS = "the server takes it, and nothing starts"
CODE = "the code still reads it, and no server serves it"

CASES: list[Case] = [
    *(case for base in BASES for case in _fine(base, "metadata.labels", {"a/b": "c"})),
    # types, unknown fields, missing ones
    *_refused("sts", "spec.replicas", "3", 1.5, [1], code="MW571"),
    *_refused("deploy", "spec.template.spec.containers", {"a": 1}, "x", code="MW571"),
    *_refused("deploy", f"{C}.env[0].value", 1, [1], code="MW571"),
    *_refused("cm", "data.a", 1, [1], {"b": 1}, code="MW571"),
    *_refused("cm", "metadata.annotations", ["a"], code="MW571"),
    *_refused("deploy", f"{C}.resources.limits.memory", "1GiB", "x", code="MW571"),
    *_fine("deploy", f"{C}.resources.limits.memory", "1.5Gi", "1e9", 1073741824),
    *_refused("secret", "data.a", "not base64!", "YQ", code="MW571"),
    *_refused("deploy", f"{C}.imagePullPolic", "Always", code="MW572"),
    *_refused("sts", "spec.replica", 3, code="MW572"),
    *_refused("svc", "spec.ports[0].containerPort", 80, code="MW572"),
    *_refused("cm", "spec", {}, code="MW572"),
    *_refused("deploy", "spec.selector", None, code="MW573", at="spec"),
    *_refused("deploy", f"{C}.name", None, code="MW573", at=C),
    *_refused("deploy", f"{C}.image", None, code="MW573", at=C),
    *_refused("deploy", f"{C}.image", ""),
    *_refused("deploy", f"{C}.image", "i: 1", unlike=STARTS),
    *_refused("sts", "spec.template", None, code="MW573", at="spec"),
    *_refused("cron", "spec.schedule", None, code="MW573", at="spec"),
    *_refused("hpa", "spec.maxReplicas", None, code="MW573", at="spec"),
    *_refused("rb", "roleRef", None, code="MW573", at=""),
    # API versions
    *_refused("pdb", "apiVersion", "policy/v1beta1", code="MW574", unlike=CODE),
    *_refused("cron", "apiVersion", "batch/v1beta1", code="MW574", unlike=CODE),
    *_refused("deploy", "apiVersion", "apps/v1beta2", code="MW574", unlike=CODE),
    *_refused("deploy", "apiVersion", "extensions/v1beta1", code="MW574"),
    # words
    *_refused("deploy", f"{C}.imagePullPolicy", "always", "IfNotpresent"),
    *_refused("deploy", "spec.template.spec.dnsPolicy", "Cluster"),
    *_refused("svc", "spec.type", "Clusterip", "Headless"),
    *_refused("svc", "spec.sessionAffinity", "IP"),
    *_refused("svc", "spec.ports[0].protocol", "tcp"),
    *_refused("deploy", f"{C}.ports[0].protocol", "tcp"),
    *_refused("deploy", "spec.strategy", {"type": "Rolling"}, at="spec.strategy.type"),
    *_refused("sts", "spec.podManagementPolicy", "parallel"),
    *_refused("sts", "spec.updateStrategy", {"type": "Recreate"}, at="spec.updateStrategy.type"),
    *_refused("cron", "spec.concurrencyPolicy", "Forbidden"),
    *_refused("pvc", "spec.accessModes", ["RWO"]),
    *_refused("pvc", "spec.volumeMode", "Files"),
    *_refused("np", "spec.policyTypes", ["ingress"]),
    *_refused("np", "spec.ingress[0].ports[0].protocol", "tcp"),
    *_refused("rb", "roleRef.kind", "Roll"),
    *_refused("deploy", "spec.template.spec.topologySpreadConstraints[0].whenUnsatisfiable", "Never"),
    *_refused("deploy", "spec.template.spec.securityContext", {"seccompProfile": {"type": "Default"}},
              at="spec.template.spec.securityContext.seccompProfile.type"),
    *_refused("deploy", "spec.template.spec.tolerations", [{"key": "a", "operator": "Exists", "effect": "NoRun"}],
              at="spec.template.spec.tolerations[0].effect"),
    # ranges
    *_refused("deploy", f"{C}.ports[0].containerPort", 0, 65536, 70000),
    *_refused("svc", "spec.ports[0].port", 0, 70000),
    *_fine("svc", "spec.ports[0].targetPort", 0, "", 8080),
    *_refused("svc", "spec.ports[0].targetPort", 70000, "a_b", "averyverylongname"),
    *_refused("deploy", f"{C}.readinessProbe.tcpSocket.port", 0, "Web", "8080"),
    *_refused("deploy", f"{C}.readinessProbe.periodSeconds", -1),
    *_refused("sts", "spec.replicas", -1),
    *_refused("job", "spec.backoffLimit", -1),
    *_refused("deploy", f"{C}.securityContext.runAsUser", -1),
    *_refused("deploy", "spec.template.spec.volumes[0].configMap.defaultMode", 0o1000, 755),
    *_fine("deploy", "spec.template.spec.volumes[0].configMap.defaultMode", 0o755, 0o400),
    *_refused("deploy", "spec.template.spec.topologySpreadConstraints[0].maxSkew", 0),
    *_refused("hpa", "spec.maxReplicas", 0),
    *_refused("hpa", "spec.minReplicas", 5),
    *_refused("pdb", "spec.maxUnavailable", "half", -1),
    *_fine("pdb", "spec.maxUnavailable", "50%", 0),
    *_refused("deploy", f"{C}.resources.requests.cpu", "2"),
    # spellings
    *_refused("deploy", f"{C}.name", "C", "a_b", "a" * 64, ""),
    *_refused("deploy", f"{C}.ports[0].name", "Web", "web_1", "averyverylongname", "80", "a--b"),
    *_refused("deploy", f"{C}.env[0].name", "", "A=B"),
    *_fine("deploy", f"{C}.env[0].name", "a.b", "A-B", "1A"),
    *_refused("deploy", f"{C}.volumeMounts[0].mountPath", ""),
    *_refused("deploy", f"{C}.volumeMounts[0].mountPath", "/a:b", unlike=STARTS),
    *_refused("deploy", f"{C}.volumeMounts[0].subPath", "/a", "../a"),
    *_refused("cron", "spec.schedule", "* * * *", "61 * * * *", "@never", "0 0 31 13 *", "5-1 * * * *", "*/0 * * * *"),
    *_fine("cron", "spec.schedule", "17 2 * * *", "@daily", "*/5 0-12/2 * jan-mar mon,wed", "@every 1h30m",
          "? * * * SUN"),
    *_refused("cm", "metadata.labels", {"a b": "c"}, code="MW577", at='metadata.labels["a b"]'),
    *_refused("cm", "metadata.labels", {"a": "b c"}, {"a": "-b"}, {"a": "x" * 64}, code="MW577",
              at="metadata.labels.a"),
    *_refused("cm", "metadata.annotations", {"a b": "c"}, code="MW577", at='metadata.annotations["a b"]'),
    *_fine("cm", "metadata.annotations", {"Example.com/a": "any thing"}),
    *_refused("svc", "metadata.name", "1a", code="MW577", unlike="Kubernetes 1.37 takes it, older ones do not"),
    *_refused("svc", "metadata.name", "a.b", "A", "a" * 64, code="MW577"),
    *_refused("cm", "metadata.name", "A", "a_b", "-a", "a" * 254, code="MW577"),
    *_fine("cm", "metadata.name", "a.b", "1a"),
    *_fine("role", "metadata.name", "system:A_b"),
    *_refused("role", "metadata.name", "a/b", code="MW577"),
    *_refused("cron", "metadata.name", LONG, code="MW577"),
    *_refused("sts", "metadata.name", LONG, code="MW577", unlike="the server takes it; the pods never come"),
    *_refused("cm", "data", {"a/b": "1"}, code="MW577", at='data["a/b"]'),
    # one thing twice
    *_refused("deploy", f"{C}.env", [{"name": "A", "value": "1"}, {"name": "A", "value": "2"}], code="MW578",
              at=f"{C}.env[1]", unlike=STRICTER),
    *_refused("deploy", f"{C}.volumeMounts", [dict(MOUNT), dict(MOUNT)], code="MW578", at=f"{C}.volumeMounts[1]"),
    *_refused("svc", "spec.ports", [{"name": "a", "port": 80}, {"name": "b", "port": 80}], code="MW578",
              at="spec.ports[1]"),
    *_refused("svc", "spec.ports", [{"name": "a", "port": 80}, {"name": "a", "port": 81}], code="MW578",
              at="spec.ports[1].name"),
    *_refused("deploy", "spec.template.spec.volumes", [dict(VOLUME), dict(VOLUME)], code="MW578",
              at="spec.template.spec.volumes[1]"),
    *_refused("deploy", "spec.template.spec.initContainers", [{"name": "c", "image": "i:1"}], code="MW578",
              at=f"{C}.name"),
    *_fine("svc", "spec.ports", [{"name": "a", "port": 80}, {"name": "b", "port": 80, "protocol": "UDP"}]),
    # what excludes each other, or needs each other
    *_refused("deploy", f"{C}.readinessProbe.exec", {"command": ["true"]}, code="MW579",
              at=f"{C}.readinessProbe.tcpSocket"),
    *_refused("deploy", f"{C}.readinessProbe.tcpSocket", None, code="MW573", at=f"{C}.readinessProbe"),
    *_refused("deploy", f"{C}.lifecycle.preStop.exec", None, code="MW573", at=f"{C}.lifecycle.preStop"),
    *_refused("deploy", f"{C}.env[0].valueFrom", {"fieldRef": {"fieldPath": "metadata.name"}}, code="MW579"),
    *_refused("deploy", f"{C}.env[0]", {"name": "A", "valueFrom": {}}, code="MW573", at=f"{C}.env[0].valueFrom"),
    *_refused("deploy", "spec.template.spec.volumes[0].emptyDir", {}, code="MW579"),
    *_refused("deploy", "spec.template.spec.containers", [], code="MW573"),
    *_refused("deploy", f"{C}.volumeMounts[0].name", "conf"),
    *_fine("sts", f"{C}.volumeMounts", [{"name": "data", "mountPath": "/d"}, {"name": "config", "mountPath": "/c"}]),
    *_refused("deploy", "spec.selector.matchLabels", {"app": "b"}, at="spec.selector.matchLabels.app"),
    *_refused("deploy", "spec.selector", {}),
    *_refused("sts", "spec.template.metadata.labels", {}, at="spec.selector.matchLabels.app"),
    *_refused("deploy", "spec.template.spec.restartPolicy", "Never"),
    *_refused("job", "spec.template.spec.restartPolicy", "Always", None),
    *_refused("cron", "spec.jobTemplate.spec.template.spec.restartPolicy", "Always"),
    *_refused("pdb", "spec.minAvailable", 1, code="MW579", at="spec.maxUnavailable"),
    *_refused("svc", "spec.ports", None, [], code="MW573", at="spec"),
    *_refused("svc", "spec.ports", [{"port": 80}, {"port": 81, "name": "b"}], code="MW573", at="spec.ports[0]"),
    *_fine("svc", "spec.clusterIP", "None"),
    *_refused("svc", "spec.ports[0].nodePort", 30080, code="MW579"),
    *_refused("svc", "spec.type", "ExternalName", code="MW573", at="spec"),
    *_refused("pvc", "spec.resources", {}, None, code="MW573", at="spec"),
    *_refused("pvc", "spec.accessModes", [], None, code="MW573", at="spec"),
    *_refused("pvc", "spec.accessModes", ["ReadWriteOncePod", "ReadWriteOnce"], code="MW579"),
    *_refused("np", "spec.ingress[0].from[0]", {}, code="MW573"),
    *_refused("np", "spec.ingress[0].from[0].ipBlock", {"cidr": "10.0.0.0/8"}, code="MW579",
              at="spec.ingress[0].from[0].podSelector"),
    *_refused("np", "spec.podSelector", {"matchExpressions": [{"key": "a", "operator": "In"}]}, code="MW573",
              at="spec.podSelector.matchExpressions[0]"),
    *_refused("np", "spec.podSelector", {"matchExpressions": [{"key": "a", "operator": "Exists", "values": ["b"]}]},
              code="MW579", at="spec.podSelector.matchExpressions[0].values"),
    *_refused("np", "spec.podSelector", {"matchExpressions": [{"key": "a", "operator": "Has"}]},
              at="spec.podSelector.matchExpressions[0].operator"),
    *_refused("cm", "data", {str(number): MANY for number in range(6)}, code="MW584", at=""),
    *_refused("cm", "metadata.annotations", {"a": MANY, "b": MANY}, code="MW584"),
]  # fmt: skip


def steps(path: str) -> list[str | int]:
    """The steps of `a.b[0].c`."""
    found: list[str | int] = []
    for part in path.split("."):
        name, _, index = part.partition("[")
        found.append(name)
        if index:
            found.append(int(index[:-1]))
    return found


def body(case: Case) -> Json:
    """The spoilt object."""
    made: Json = deepcopy({**BASES[case.base], "metadata": {"name": "a", "namespace": "n"}})
    *above, last = steps(case.path)
    here: Json = made
    for step in above:
        here = here.setdefault(step, {}) if isinstance(here, dict) else here[step]
    if case.value is None:
        here.pop(last, None)
    else:
        here[last] = deepcopy(case.value)
    return made


def digest(case: Case) -> str:
    """Changes with the case."""
    return hashlib.sha256(json.dumps(body(case), sort_keys=True).encode()).hexdigest()[:12]
