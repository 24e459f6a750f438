"""Immutable fields: what we refuse, Kubernetes 1.37 refuses.

`verdicts.json` holds what the API server's own code says of each case; `tests/conformance/kubernetes/recorder`
writes it. A case that is changed must be recorded anew: its digest stands beside the verdict.
"""

import hashlib
import json
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.model.resource import ResourceId
from generator.stages.guard import immutable

Json = Any
VERDICTS = Path(__file__).with_name("verdicts.json")

POD: Json = {
    "metadata": {"labels": {"app": "a"}},
    "spec": {
        "containers": [{"name": "c", "image": "i:1", "resources": {"requests": {"cpu": "500m"}}}],
        "restartPolicy": "Always",
    },
}
CLAIM: Json = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
SELECTOR: Json = {"matchLabels": {"app": "a"}}
ROLE: Json = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"}
BASES: dict[str, Json] = {
    "sts": {"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": {
        "serviceName": "a", "selector": SELECTOR, "template": POD,
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": CLAIM}]}},
    "deploy": {"apiVersion": "apps/v1", "kind": "Deployment", "spec": {"selector": SELECTOR, "template": POD}},
    "ds": {"apiVersion": "apps/v1", "kind": "DaemonSet", "spec": {"selector": SELECTOR, "template": POD}},
    "rs": {"apiVersion": "apps/v1", "kind": "ReplicaSet", "spec": {"selector": SELECTOR, "template": POD}},
    "job": {"apiVersion": "batch/v1", "kind": "Job", "spec": {
        "selector": SELECTOR, "manualSelector": True,
        "template": {**POD, "spec": {**POD["spec"], "restartPolicy": "Never"}}}},
    "cron": {"apiVersion": "batch/v1", "kind": "CronJob", "spec": {
        "schedule": "* * * * *",
        "jobTemplate": {"spec": {"template": {**POD, "spec": {**POD["spec"], "restartPolicy": "Never"}}}}}},
    "pod": {"apiVersion": "v1", "kind": "Pod", "spec": POD["spec"]},
    "pvc": {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "spec": CLAIM},
    "pv": {"apiVersion": "v1", "kind": "PersistentVolume", "spec": {
        "accessModes": ["ReadWriteOnce"], "capacity": {"storage": "1Gi"}, "nfs": {"server": "s", "path": "/p"}}},
    "svc": {"apiVersion": "v1", "kind": "Service", "spec": {"ports": [{"port": 80}], "selector": {"app": "a"}}},
    "cm": {"apiVersion": "v1", "kind": "ConfigMap", "data": {"a": "1"}},
    "secret": {"apiVersion": "v1", "kind": "Secret", "data": {"a": "YQ=="}},
    "rb": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "roleRef": ROLE},
    "crb": {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "roleRef": {**ROLE, "kind": "ClusterRole"}},
    "sc": {"apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "provisioner": "p.example.com",
           "parameters": {"type": "ssd"}},
    "pc": {"apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass", "value": 5},
    "ic": {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "spec": {"controller": "example.com/c"}},
    "rc": {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "handler": "h"},
    "csi": {"apiVersion": "storage.k8s.io/v1", "kind": "CSIDriver", "spec": {}},
    "pdb": {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget",
            "spec": {"maxUnavailable": 1, "selector": SELECTOR}},
    "quota": {"apiVersion": "v1", "kind": "ResourceQuota", "spec": {"hard": {"pods": "1"}, "scopes": ["Terminating"]}},
}  # fmt: skip
CLUSTER_SCOPED = {"pv", "crb", "sc", "pc", "ic", "rc", "csi"}


class Case(NamedTuple):
    name: str
    base: str
    old: dict[str, Json]
    """Edits of the base by dotted path; None removes."""

    new: dict[str, Json]
    """Edits of the old object."""

    refused: tuple[str, ...] = ()
    """The fields that we complain about."""

    unlike: str = ""
    """Why the recorded verdict is another, where it is."""


STORAGE = "spec.resources.requests.storage"
TEMPLATES = "spec.volumeClaimTemplates"
IMAGE = "spec.template.spec.containers.0.image"
BIG = [{"metadata": {"name": "data"}, "spec": {**CLAIM, "resources": {"requests": {"storage": "2Gi"}}}}]
SAME = [{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data", "creationTimestamp": None},
         "spec": {**CLAIM, "volumeMode": "Filesystem", "resources": {"requests": {"storage": "1024Mi"}}}}]  # fmt: skip
OTHER = {"matchLabels": {"app": "a", "x": "y"}}
LABELS = {"app": "a", "x": "y"}
RESELECT = {"spec.selector": OTHER, "spec.template.metadata.labels": LABELS}
FAIL = {"rules": [{"action": "FailJob", "onExitCodes": {"operator": "In", "values": [3]}}]}
CLASS = "spec.storageClassName"
ON_DELETE = {"spec.updateStrategy": {"type": "OnDelete"}}
RECREATE = {"spec.strategy": {"type": "Recreate"}}
STAYS = "the recorder does not apply: it does not see that what the server filled in stays"
CASES = [
    # StatefulSet
    Case("sts: its mutable fields", "sts", {"spec.updateStrategy": {"rollingUpdate": {}}}, {
        "spec.replicas": 5, IMAGE: "i:2", "spec.updateStrategy": {"type": "OnDelete"}, "spec.minReadySeconds": 5,
        "spec.revisionHistoryLimit": 3, "spec.ordinals": {"start": 1},
        "spec.persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete", "whenScaled": "Retain"}}),
    Case("sts: service name", "sts", {}, {"spec.serviceName": "b"}, ("spec.serviceName",)),
    Case("sts: service name removed", "sts", {}, {"spec.serviceName": None}, ("spec.serviceName",)),
    Case("sts: pod management", "sts", {}, {"spec.podManagementPolicy": "Parallel"}, ("spec.podManagementPolicy",)),
    Case("sts: pod management stated", "sts", {}, {"spec.podManagementPolicy": "OrderedReady"}),
    Case("sts: selector", "sts", {}, RESELECT, ("spec.selector",)),
    Case("sts: claim grows", "sts", {}, {TEMPLATES: BIG}, (TEMPLATES,)),
    Case("sts: claim shrinks", "sts", {TEMPLATES: BIG}, {TEMPLATES: SAME}, (TEMPLATES,)),
    Case("sts: claim said otherwise", "sts", {}, {TEMPLATES: SAME}),
    Case("sts: claim class", "sts", {}, {f"{TEMPLATES}.0.spec.storageClassName": "fast"}, (TEMPLATES,)),
    Case("sts: claim labels", "sts", {}, {f"{TEMPLATES}.0.metadata.labels": {"version": "2"}}, (TEMPLATES,)),
    Case("sts: claims removed", "sts", {}, {TEMPLATES: None}, (TEMPLATES,)),
    Case("sts: no longer rolling", "sts", {}, ON_DELETE, ("spec.updateStrategy",), STAYS),
    Case("sts: no longer rolling, stated", "sts", {"spec.updateStrategy": {"type": "RollingUpdate"}}, ON_DELETE),
    Case("sts: no longer rolling, nothing stated", "sts", {"spec.updateStrategy": {}}, ON_DELETE,
         ("spec.updateStrategy",), STAYS),
    # other workloads
    Case("deploy: template", "deploy", {"spec.strategy": {"rollingUpdate": {}}},
         {IMAGE: "i:2", **RECREATE, "spec.replicas": 0}),
    Case("deploy: no longer rolling", "deploy", {}, RECREATE, ("spec.strategy",), STAYS),
    Case("deploy: no longer rolling, type stated", "deploy", {"spec.strategy": {"type": "RollingUpdate"}}, RECREATE,
         ("spec.strategy",), STAYS),
    Case("deploy: no longer rolling, how stated", "deploy", {"spec.strategy": {"rollingUpdate": {"maxSurge": 1}}},
         RECREATE),
    Case("deploy: selector", "deploy", {}, RESELECT,
         ("spec.selector",)),
    Case("deploy: selector said otherwise", "deploy", {}, {"spec.selector.matchExpressions": []}),
    Case("ds: template", "ds", {}, {IMAGE: "i:2", **ON_DELETE}),
    Case("ds: selector", "ds", {}, RESELECT, ("spec.selector",)),
    Case("rs: selector", "rs", {}, RESELECT, ("spec.selector",)),
    Case("rs: replicas", "rs", {}, {"spec.replicas": 3}),
    Case("job: parallelism, suspension, deadline", "job", {},
         {"spec.parallelism": 2, "spec.suspend": True, "spec.activeDeadlineSeconds": 5, "spec.backoffLimit": 1,
          "spec.completions": 1}),
    Case("job: image", "job", {}, {IMAGE: "i:2"}, ("spec.template",)),
    Case("job: cpu said otherwise", "job", {}, {"spec.template.spec.containers.0.resources.requests.cpu": 0.5}),
    Case("job: a label like a quantity", "job", {"spec.template.metadata.labels.n": "1000m"},
         {"spec.template.metadata.labels.n": "1"}, ("spec.template",)),
    Case("job: checksum", "job", {}, {"spec.template.metadata.annotations": {"checksum/a": "x"}}, ("spec.template",)),
    Case("job: completions", "job", {}, {"spec.completions": 3}, ("spec.completions",)),
    Case("job: completions stated", "job", {}, {"spec.completions": 1}),
    Case("job: completion mode", "job", {"spec.completions": 1}, {"spec.completionMode": "Indexed"},
         ("spec.completionMode",)),
    Case("job: completion mode stated", "job", {}, {"spec.completionMode": "NonIndexed"}),
    Case("job: indexed, both", "job", {"spec.completions": 2, "spec.parallelism": 2, "spec.completionMode": "Indexed"},
         {"spec.completions": 3, "spec.parallelism": 3}),
    Case("job: indexed, one", "job", {"spec.completions": 2, "spec.parallelism": 2, "spec.completionMode": "Indexed"},
         {"spec.completions": 3}, ("spec.completions",)),
    Case("job: pod failure policy", "job", {},
         {"spec.podFailurePolicy": FAIL}, ("spec.podFailurePolicy",)),
    Case("job: scheduling while suspended", "job", {"spec.suspend": True},
         {"spec.template.spec.nodeSelector": {"a": "b"}, "spec.template.metadata.annotations": {"a": "b"}}),
    Case("job: image while suspended", "job", {"spec.suspend": True}, {IMAGE: "i:2"}, ("spec.template",)),
    Case("job: that Argo CD replaces", "job", {}, {IMAGE: "i:2", "metadata.annotations": {
        "argocd.argoproj.io/sync-options": "Force=true, Replace=true"}}, (), "the target deletes it first"),
    Case("job: that Argo CD only replaces", "job", {}, {IMAGE: "i:2", "metadata.annotations": {
        "argocd.argoproj.io/sync-options": "Replace=true"}}, ("spec.template",)),
    Case("job: a hook", "job", {}, {IMAGE: "i:2", "metadata.annotations": {"argocd.argoproj.io/hook": "PreSync"}}, (),
         "the target deletes it first"),
    Case("job: that Flux forces", "job", {}, {IMAGE: "i:2", "metadata.annotations": {
        "kustomize.toolkit.fluxcd.io/force": "enabled"}}, (), "the target deletes it first"),
    Case("cron: everything", "cron", {}, {"spec.schedule": "1 * * * *", "spec.suspend": True,
                                          "spec.jobTemplate.spec.template.spec.containers.0.image": "i:2"}),
    Case("pod: image", "pod", {}, {"spec.containers.0.image": "i:2"}),
    Case("pod: more tolerations", "pod", {}, {"spec.tolerations": [{"key": "a", "operator": "Exists"}]}),
    Case("pod: arguments", "pod", {}, {"spec.containers.0.args": ["x"]}, ("spec.containers",)),
    Case("pod: service account", "pod", {}, {"spec.serviceAccountName": "x"}, ("spec.serviceAccountName",)),
    # storage
    Case("pvc: grows", "pvc", {}, {STORAGE: "2Gi"}),
    Case("pvc: shrinks", "pvc", {}, {STORAGE: "512Mi"}, (STORAGE,)),
    Case("pvc: the same, otherwise", "pvc", {}, {STORAGE: "1024Mi"}),
    Case("pvc: decimal is less than binary", "pvc", {}, {STORAGE: "1G"}, (STORAGE,)),
    Case("pvc: a number of bytes", "pvc", {}, {STORAGE: 1073741824}),
    Case("pvc: class", "pvc", {CLASS: "a"}, {CLASS: "b"}, (CLASS,)),
    Case("pvc: class stated late", "pvc", {}, {CLASS: "fast"}, (CLASS,)),
    Case("pvc: class none stated late", "pvc", {}, {CLASS: ""}, (CLASS,)),
    Case("pvc: class no longer stated", "pvc", {CLASS: "a"}, {CLASS: None},
         (CLASS,)),
    Case("pvc: access modes", "pvc", {}, {"spec.accessModes": ["ReadWriteMany"]}, ("spec.accessModes",)),
    Case("pvc: volume mode", "pvc", {}, {"spec.volumeMode": "Block"}, ("spec.volumeMode",)),
    Case("pvc: volume mode stated", "pvc", {}, {"spec.volumeMode": "Filesystem"}),
    Case("pvc: volume", "pvc", {"spec.volumeName": "a"}, {"spec.volumeName": "b"}, ("spec.volumeName",)),
    Case("pvc: volume stated late", "pvc", {}, {"spec.volumeName": "pv-1"}),
    Case("pvc: selector", "pvc", {}, {"spec.selector": SELECTOR}, ("spec.selector",)),
    Case("pvc: attributes class", "pvc", {}, {"spec.volumeAttributesClassName": "gold"}),
    Case("pvc: attributes class no longer", "pvc", {"spec.volumeAttributesClassName": "gold"},
         {"spec.volumeAttributesClassName": None}, ("spec.volumeAttributesClassName",),
         "only once the class is in effect, which the recorder's claim does not have"),
    Case("pvc: source", "pvc", {}, {"spec.dataSource": {"kind": "PersistentVolumeClaim", "name": "x"}},
         ("spec.dataSource",)),
    Case("pvc: source said otherwise", "pvc", {"spec.dataSource": {"kind": "PersistentVolumeClaim", "name": "x"}},
         {"spec.dataSource": None, "spec.dataSourceRef": {"kind": "PersistentVolumeClaim", "name": "x"}}),
    Case("pvc: limits", "pvc", {}, {"spec.resources.limits": {"storage": "5Gi"}}, ("spec.resources",)),
    Case("pvc: not even a quantity", "pvc", {}, {STORAGE: "1Gib"}, (), "the server cannot read it at all"),
    Case("pvc: labels", "pvc", {}, {"metadata.labels": {"a": "b"}}),
    Case("pvc: forced", "pvc", {}, {STORAGE: "512Mi", "metadata.annotations": {
        "argocd.argoproj.io/sync-options": "Force=true,Replace=true"}}, (STORAGE,)),
    Case("pv: reclaim policy, capacity", "pv", {},
         {"spec.persistentVolumeReclaimPolicy": "Delete", "spec.capacity.storage": "2Gi", CLASS: "x"}),
    Case("pv: source", "pv", {}, {"spec.nfs.path": "/q"}, ("spec.nfs",)),
    Case("pv: volume mode stated", "pv", {}, {"spec.volumeMode": "Filesystem"}),
    Case("pv: volume mode", "pv", {}, {"spec.volumeMode": "Block"}, ("spec.volumeMode",)),
    # Service
    Case("svc: ports, selector, type", "svc", {},
         {"spec.ports": [{"port": 81}], "spec.selector": {"a": "b"}, "spec.type": "NodePort"}),
    Case("svc: becomes headless", "svc", {}, {"spec.clusterIP": "None"}, ("spec.clusterIP",)),
    Case("svc: stays headless", "svc", {"spec.clusterIP": "None"}, {"spec.clusterIP": None}, ("spec.clusterIP",),
         "no refusal: the server quietly keeps it headless"),
    Case("svc: headless gets an address", "svc", {"spec.clusterIP": "None"}, {"spec.clusterIP": "10.0.0.9"},
         ("spec.clusterIP",)),
    Case("svc: another address", "svc", {"spec.clusterIP": "10.0.0.8"}, {"spec.clusterIP": "10.0.0.9"},
         ("spec.clusterIP",)),
    Case("svc: the address no longer stated", "svc", {"spec.clusterIP": "10.0.0.8"}, {"spec.clusterIP": None}),
    Case("svc: becomes a name", "svc", {"spec.clusterIP": "10.0.0.8"},
         {"spec.clusterIP": None, "spec.type": "ExternalName", "spec.externalName": "example.com", "spec.ports": None}),
    Case("svc: headless was a name", "svc",
         {"spec.type": "ExternalName", "spec.externalName": "example.com"},
         {"spec.type": None, "spec.externalName": None, "spec.clusterIP": "None"}),
    Case("svc: another family", "svc", {"spec.ipFamilies": ["IPv4"]}, {"spec.ipFamilies": ["IPv6"]},
         ("spec.ipFamilies",)),
    Case("svc: load balancer class", "svc", {"spec.type": "LoadBalancer", "spec.loadBalancerClass": "example.com/a"},
         {"spec.loadBalancerClass": "example.com/b"}, ("spec.loadBalancerClass",)),
    Case("svc: load balancer class of a new one", "svc", {},
         {"spec.type": "LoadBalancer", "spec.loadBalancerClass": "example.com/b"}),
    # configuration
    Case("cm: data", "cm", {}, {"data.a": "2"}),
    Case("cm: becomes immutable", "cm", {}, {"immutable": True, "data.a": "2"}),
    Case("cm: immutable data", "cm", {"immutable": True}, {"data.a": "2"}, ("data",)),
    Case("cm: immutable binary data", "cm", {"immutable": True}, {"binaryData": {"b": "YQ=="}}, ("binaryData",)),
    Case("cm: no longer immutable", "cm", {"immutable": True}, {"immutable": None}, ("immutable",)),
    Case("cm: immutable labels", "cm", {"immutable": True}, {"metadata.labels": {"a": "b"}}),
    Case("secret: data", "secret", {}, {"data.a": "Yg=="}),
    Case("secret: immutable data", "secret", {"immutable": True}, {"data.a": "Yg=="}, ("data",)),
    Case("secret: immutable data said otherwise", "secret", {"immutable": True},
         {"data": None, "stringData": {"a": "a"}}),
    Case("secret: type", "secret", {}, {"type": "example.com/other"}, ("type",)),
    Case("secret: type stated", "secret", {}, {"type": "Opaque"}),
    # the rest
    Case("rb: role", "rb", {}, {"roleRef.name": "x"}, ("roleRef.name",)),
    Case("rb: kind of role", "rb", {}, {"roleRef.kind": "ClusterRole"}, ("roleRef.kind",)),
    Case("rb: subjects", "rb", {}, {"subjects": [{"kind": "ServiceAccount", "name": "x", "namespace": "n"}]}),
    Case("crb: role", "crb", {}, {"roleRef.name": "x"}, ("roleRef.name",)),
    Case("sc: provisioner", "sc", {}, {"provisioner": "q.example.com"}, ("provisioner",)),
    Case("sc: parameters", "sc", {}, {"parameters.type": "hdd"}, ("parameters",)),
    Case("sc: binding mode", "sc", {}, {"volumeBindingMode": "WaitForFirstConsumer"}, ("volumeBindingMode",)),
    Case("sc: reclaim policy", "sc", {}, {"reclaimPolicy": "Retain"}, ("reclaimPolicy",)),
    Case("sc: defaults stated", "sc", {}, {"reclaimPolicy": "Delete", "volumeBindingMode": "Immediate"}),
    Case("sc: expansion", "sc", {}, {"allowVolumeExpansion": True, "mountOptions": ["ro"]}),
    Case("pc: value", "pc", {}, {"value": 6}, ("value",)),
    Case("pc: preemption", "pc", {}, {"preemptionPolicy": "Never"}, ("preemptionPolicy",)),
    Case("pc: preemption stated", "pc", {}, {"preemptionPolicy": "PreemptLowerPriority", "description": "x"}),
    Case("ic: controller", "ic", {}, {"spec.controller": "example.com/d"}, ("spec.controller",)),
    Case("rc: handler", "rc", {}, {"handler": "i"}, ("handler",)),
    Case("csi: attachment", "csi", {}, {"spec.attachRequired": False}, ("spec.attachRequired",)),
    Case("csi: attachment stated", "csi", {}, {"spec.attachRequired": True, "spec.podInfoOnMount": True}),
    Case("csi: modes", "csi", {}, {"spec.volumeLifecycleModes": ["Ephemeral"]}, ("spec.volumeLifecycleModes",)),
    Case("pdb: selector", "pdb", {}, {"spec.selector": OTHER, "spec.maxUnavailable": 2}),
    Case("quota: scopes", "quota", {}, {"spec.scopes": ["NotTerminating"]}, ("spec.scopes",)),
    Case("quota: hard", "quota", {}, {"spec.hard.pods": "5"}),
]  # fmt: skip


def edited(body: Json, edits: dict[str, Json]) -> Json:
    body = deepcopy(body)
    for path, value in edits.items():
        *above, name = path.replace("containers.0", "containers/0").replace("Templates.0", "Templates/0").split(".")
        here = body
        for part in above:
            field, _, index = part.partition("/")
            here = here.setdefault(field, {})
            here = here[int(index)] if index else here
        if value is None:
            here.pop(name, None)
        else:
            here[name] = value
    return body


def pair(case: Case) -> tuple[Json, Json]:
    metadata = {"name": "a"} if case.base in CLUSTER_SCOPED else {"name": "a", "namespace": "n"}
    old = edited({**BASES[case.base], "metadata": metadata}, case.old)
    return old, edited(old, case.new)


def digest(case: Case) -> str:
    return hashlib.sha256(json.dumps(pair(case), sort_keys=True).encode()).hexdigest()[:12]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_refused(case: Case) -> None:
    old, new = pair(case)
    before = deepcopy((old, new))
    found = immutable.findings([old], [new], server_side=True)
    assert (old, new) == before
    assert tuple(one.field for one in found) == case.refused
    assert immutable.findings([old], [old], server_side=True) == ()


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_kubernetes_says_so_too(case: Case) -> None:
    recorded = json.loads(VERDICTS.read_text())
    verdict = recorded[case.name]
    assert verdict["case"] == digest(case), "record the verdicts anew: the case has changed"
    assert (bool(verdict["refused"]) == bool(case.refused)) != bool(case.unlike), verdict["refused"]


def test_no_verdict_is_left_over() -> None:
    assert json.loads(VERDICTS.read_text()).keys() == {case.name for case in CASES}


CRD: Json = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "things.example.com"},
    "spec": {
        "group": "example.com",
        "scope": "Namespaced",
        "names": {"kind": "Thing", "plural": "things"},
        "versions": [{"name": "v1", "storage": True}, {"name": "v2", "storage": False}],
    },
}
SNAPSHOT: Json = {
    "apiVersion": "snapshot.storage.k8s.io/v1",
    "kind": "VolumeSnapshot",
    "metadata": {"name": "s", "namespace": "n"},
    "spec": {"source": {"persistentVolumeClaimName": "a"}},
}


@pytest.mark.parametrize(
    ("body", "edits", "refused"),
    [
        (CRD, {"spec.scope": "Cluster"}, ["spec.scope"]),
        (CRD, {"spec.names": {"kind": "Other", "plural": "things"}}, ["spec.names.kind"]),
        (CRD, {"spec.versions": [{"name": "v2", "storage": True}]}, ["spec.versions"]),
        (CRD, {"spec.versions": [{"name": "v1", "storage": False}, {"name": "v2", "storage": True}]}, []),
        (SNAPSHOT, {"spec.source": {"persistentVolumeClaimName": "b"}}, ["spec.source"]),
        (SNAPSHOT, {"spec.volumeSnapshotClassName": "b"}, []),
        ({"apiVersion": "x.example.com/v1", "kind": "Thing", "metadata": {"name": "a"}}, {"spec": {"a": 1}}, []),
    ],
)
def test_kinds_that_the_recorder_does_not_have(body: Json, edits: dict[str, Json], refused: list[str]) -> None:
    found = immutable.findings([body], [edited(body, edits)])
    assert [one.field for one in found] == refused


def finding(case_name: str) -> tuple[str, str]:
    case = next(case for case in CASES if case.name == case_name)
    old, new = pair(case)
    (found,) = immutable.findings([old], [new])
    return found.message, found.hint


def test_how_it_is_applied_matters() -> None:
    """Client-side apply drops the field that the server filled in: the API says of a Deployment that it must."""
    old, new = pair(next(case for case in CASES if case.name == "deploy: no longer rolling"))
    assert immutable.findings([old], [new]) == ()
    new["metadata"]["annotations"] = {"argocd.argoproj.io/sync-options": "Prune=false, ServerSideApply=true"}
    (found,) = immutable.findings([old], [new])
    assert found.message == (
        "spec.strategy of Deployment a cannot change: the rollingUpdate that the server filled in stays, and is "
        "refused beside type Recreate"
    )
    assert found.hint.startswith("first have spec.strategy.rollingUpdate: {} applied, in a change of its own;")


def test_messages_tell_what_changed_and_what_to_do() -> None:
    message, hint = finding("sts: claim grows")
    assert message == (
        "spec.volumeClaimTemplates of StatefulSet a cannot change: "
        "/[metadata.name=data]/spec/resources/requests/storage was '1Gi', is '2Gi'"
    )
    assert hint == (
        "kubectl delete statefulset a -n n --cascade=orphan; the next sync makes it anew; "
        "and grow each claim that exists: kubectl patch pvc data-a-0 -n n --patch "
        '\'{"spec": {"resources": {"requests": {"storage": "2Gi"}}}}\''
    )
    old, new = pair(next(case for case in CASES if case.name == "sts: claim grows"))
    old["spec"]["replicas"] = 3
    assert "exists, data-a-0 to data-a-2: kubectl patch pvc data-a-0" in immutable.findings([old], [new])[0].hint
    assert finding("sts: claim shrinks")[1].startswith("keep the size: no claim shrinks. For new pods alone: kubectl")
    message, hint = finding("sts: service name")
    assert message == "spec.serviceName of StatefulSet a cannot change: was 'a', is 'b'"
    assert hint.startswith("kubectl delete statefulset a -n n --cascade=orphan; the next sync")
    assert finding("crb: role")[1].startswith("kubectl delete clusterrolebinding a; the next sync")
    message, _ = finding("pvc: class stated late")
    assert message.startswith("spec.storageClassName of PersistentVolumeClaim a cannot change: ")
    assert message.endswith("was left to the cluster's default, is 'fast'")
    message, _ = finding("pvc: class none stated late")
    assert message.endswith("was left to the cluster's default, is '' (none)")
    assert "keep 1Gi" in finding("pvc: shrinks")[1]


def test_a_message_tells_the_first_differences_and_counts_the_rest() -> None:
    case = Case("", "sc", {"parameters": {"a": "1", "b": "1", "c": "1", "d": "1", "e": "1"}}, {})
    old, _ = pair(case)
    for parameters, end in (
        ({"a": "2", "b": "2", "c": "2", "d": "1", "e": "1"}, "/c was '1', is '2'"),
        ({"a": "2", "b": "2", "c": "2", "d": "2", "e": "1"}, "/c was '1', is '2', and 1 more"),
        ({"b": "1", "c": "1", "d": "1", "e": "1"}, ": /a removed"),
    ):
        (found,) = immutable.findings([old], [{**old, "parameters": parameters}])
        assert found.message.endswith(end)


def test_the_kinds_that_have_rules_are_known() -> None:
    kinds = [("apps", "Deployment"), ("apps", "StatefulSet"), ("", "ServiceAccount"), ("example.com", "Thing")]
    assert [immutable.guards(ResourceId(*kind, "n", "a")) for kind in kinds] == [True, True, False, False]


def test_no_message_holds_what_a_secret_holds() -> None:
    message, hint = finding("secret: immutable data")
    assert "it is immutable, and a differ" in message
    assert "Yg==" not in message + hint


def test_objects_without_a_partner_are_nobody_s_business() -> None:
    old, new = pair(CASES[1])
    assert immutable.findings([], [new]) == ()
    assert immutable.findings([old], []) == ()
    assert immutable.findings([old], [{**new, "metadata": {"name": "other", "namespace": "n"}}]) == ()
