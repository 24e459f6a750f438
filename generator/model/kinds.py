"""What is known about kinds of Kubernetes objects: scope, pod templates, health checks, order.

The facts stand in tables that programs wrote (`kinds_table`, `health_table`) and in the short literals here.
How lists of a kind merge is in `merge_rules`.
"""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from generator.model.health_table import CHECKED, SUSPENDING
from generator.model.kinds_table import KINDS, POD_TEMPLATES


def _sets(table: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {group: frozenset(kinds.split()) for group, kinds in table.items()}


def group_version(api_version: str) -> tuple[str, str]:
    """`apps/v1` is ("apps", "v1"); `v1` is ("", "v1")."""
    group, _, version = api_version.rpartition("/")
    return group, version


_BUILT_IN = _sets(KINDS)


def is_built_in(group: str, kind: str) -> bool:
    """Whether an API server knows the kind without a CustomResourceDefinition."""
    return kind in _BUILT_IN.get(group, ())


# --- scope

_CLUSTER_SCOPED = _sets({
    "": "ComponentStatus Namespace Node PersistentVolume",
    "admissionregistration.k8s.io": KINDS["admissionregistration.k8s.io"],
    "apiextensions.k8s.io": KINDS["apiextensions.k8s.io"],
    "apiregistration.k8s.io": KINDS["apiregistration.k8s.io"],
    "authentication.k8s.io": "SelfSubjectReview TokenReview",
    "authorization.k8s.io": "SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle",
    "flowcontrol.apiserver.k8s.io": KINDS["flowcontrol.apiserver.k8s.io"],
    "internal.apiserver.k8s.io": KINDS["internal.apiserver.k8s.io"],
    "networking.k8s.io": "ClusterCIDR IPAddress IngressClass ServiceCIDR",
    "node.k8s.io": KINDS["node.k8s.io"],
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding",
    "resource.k8s.io": "DeviceClass DeviceTaintRule ResourceClass ResourcePoolStatusRequest ResourceSlice",
    "scheduling.k8s.io": "PriorityClass",
    "storage.k8s.io": "CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass",
    "storagemigration.k8s.io": KINDS["storagemigration.k8s.io"],
})  # fmt: skip
"""From the markers `+genclient:nonNamespaced` in Kubernetes' API types."""


def namespaced(group: str, kind: str) -> bool | None:
    """Whether objects of the kind live in a namespace; None for a custom kind: only its definition says."""
    return kind not in _CLUSTER_SCOPED.get(group, ()) if is_built_in(group, kind) else None


# --- pod templates

_CUSTOM_POD_TEMPLATES = {
    ("apps.kruise.io", "AdvancedCronJob"): "spec.template.jobTemplate.spec.template",
    ("apps.kruise.io", "BroadcastJob"): "spec.template",
    ("apps.kruise.io", "CloneSet"): "spec.template",
    ("apps.kruise.io", "DaemonSet"): "spec.template",
    ("apps.kruise.io", "StatefulSet"): "spec.template",
    ("argoproj.io", "Rollout"): "spec.template",
    ("serving.knative.dev", "Service"): "spec.template",
}
"""Custom kinds whose pod template is a PodTemplateSpec as the built-in ones have it."""


_POD_TEMPLATE_PATHS = {
    kind: tuple(path.split(".")) if path else () for kind, path in (_CUSTOM_POD_TEMPLATES | POD_TEMPLATES).items()
}


def pod_template_path(group: str, kind: str) -> tuple[str, ...] | None:
    """Where an object of the kind holds its pod template: () for a Pod, None where there is none."""
    return _POD_TEMPLATE_PATHS.get((group, kind))


def pod_template(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The pod template (`metadata`, `spec`) inside *body*, or None where it has none."""
    path = pod_template_path(group_version(str(body.get("apiVersion", "")))[0], str(body.get("kind", "")))
    if path is None:
        return None
    found: Any = body
    for key in path:
        found = found.get(key) if isinstance(found, (dict, Mapping)) else None
    return found if isinstance(found, (dict, Mapping)) else None


# --- what runs

_RUN_NOTHING = {
    "autoscaling.k8s.io": "VerticalPodAutoscaler",
    "bitnami.com": "SealedSecret",
    "cert-manager.io": "Certificate CertificateRequest ClusterIssuer Issuer",
    "cilium.io": "CiliumClusterwideNetworkPolicy CiliumNetworkPolicy",
    "external-secrets.io": "*",
    "gateway.networking.k8s.io": "*",
    "grafana.integreatly.org": "GrafanaDashboard GrafanaDatasource GrafanaFolder",
    "keda.sh": "ClusterTriggerAuthentication TriggerAuthentication",
    "monitoring.coreos.com": "AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor",
    "networking.istio.io": "*",
    "security.istio.io": "*",
    "snapshot.storage.k8s.io": "*",
    "traefik.io": "*",
}
"""Custom kinds that are mere settings: nothing runs because of them, and nothing need wait for them."""


@cache
def runs_nothing(group: str, kind: str) -> bool:
    """Whether a custom kind is known to be mere settings."""
    return _listed(_RUN_NOTHING, group, kind)


# --- Argo CD

_CHECKED_IN_GO = _sets({
    "": "PersistentVolumeClaim Pod Service",
    "apiregistration.k8s.io": "APIService",
    "apps": "DaemonSet Deployment ReplicaSet StatefulSet",
    "argoproj.io": "Workflow",
    "autoscaling": "HorizontalPodAutoscaler",
    "batch": "Job",
    "extensions": "Ingress",
    "networking.k8s.io": "Ingress",
})  # fmt: skip
_SUSPENDING_IN_GO = _sets({"apps": "Deployment", "batch": "Job"})


@cache
def has_health_check(group: str, kind: str) -> bool:
    """Whether Argo CD can tell when such an object is ready; without a check it counts as ready at once."""
    return kind in _CHECKED_IN_GO.get(group, ()) or _listed(CHECKED, group, kind)


@cache
def may_be_suspended(group: str, kind: str) -> bool:
    """Whether Argo CD's check may call such an object Suspended; a sync waits for ever on that."""
    return kind in _SUSPENDING_IN_GO.get(group, ()) or _listed(SUSPENDING, group, kind)


def _listed(table: Mapping[str, str], group: str, kind: str) -> bool:
    """Whether *table* has the kind, by name or by a pattern."""
    if kind in table.get(group, "").split():
        return True
    patterns = ((of, kinds) for of, kinds in table.items() if "*" in of + kinds)
    return any(fnmatchcase(group, of) and any(fnmatchcase(kind, each) for each in kinds.split())
               for of, kinds in patterns)  # fmt: skip


_ARGO_ORDER = (
    "Namespace NetworkPolicy ResourceQuota LimitRange PodSecurityPolicy PodDisruptionBudget "
    "ServiceAccount Secret SecretList ConfigMap StorageClass PersistentVolume PersistentVolumeClaim "
    "CustomResourceDefinition ClusterRole ClusterRoleList ClusterRoleBinding ClusterRoleBindingList "
    "Role RoleList RoleBinding RoleBindingList Service DaemonSet Pod ReplicationController ReplicaSet "
    "Deployment HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService"
)
_RANK = {kind: rank for rank, kind in enumerate(_ARGO_ORDER.split())}


def rank(kind: str) -> int:
    """The kind's place in the order in which Argo CD applies one wave; kinds it does not list come last."""
    return _RANK.get(kind, len(_RANK))
