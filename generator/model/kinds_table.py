"""What the OpenAPI of Kubernetes 1.25 to 1.37 says about built-in kinds.

Written by tests/conformance/kubernetes/make_kinds_table.py: do not edit. `kinds.py` reads it.
"""

KINDS: dict[str, str] = {
    "": (
        "Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node"
        " PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController"
        " ResourceQuota Secret Service ServiceAccount Status"
    ),
    "admissionregistration.k8s.io": (
        "MutatingAdmissionPolicy MutatingAdmissionPolicyBinding"
        " MutatingWebhookConfiguration ValidatingAdmissionPolicy"
        " ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration"
    ),
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apiregistration.k8s.io": "APIService",
    "apps": "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
    "authentication.k8s.io": "SelfSubjectReview TokenRequest TokenReview",
    "authorization.k8s.io": (
        "LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview"
    ),
    "autoscaling": "HorizontalPodAutoscaler Scale",
    "batch": "CronJob Job",
    "certificates.k8s.io": "CertificateSigningRequest ClusterTrustBundle PodCertificateRequest",
    "coordination.k8s.io": "Lease LeaseCandidate",
    "discovery.k8s.io": "EndpointSlice",
    "events.k8s.io": "Event",
    "flowcontrol.apiserver.k8s.io": "FlowSchema PriorityLevelConfiguration",
    "internal.apiserver.k8s.io": "StorageVersion",
    "lifecycle.k8s.io": "Eviction EvictionRequest",
    "networking.k8s.io": "ClusterCIDR IPAddress Ingress IngressClass NetworkPolicy ServiceCIDR",
    "node.k8s.io": "RuntimeClass",
    "policy": "Eviction PodDisruptionBudget",
    "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding Role RoleBinding",
    "resource.k8s.io": (
        "DeviceClass DeviceTaintRule PodScheduling PodSchedulingContext ResourceClaim"
        " ResourceClaimParameters ResourceClaimTemplate ResourceClass"
        " ResourceClassParameters ResourcePoolStatusRequest ResourceSlice"
    ),
    "scheduling.k8s.io": "CompositePodGroup PodGroup PriorityClass Workload",
    "storage.k8s.io": ("CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment VolumeAttributesClass"),
    "storagemigration.k8s.io": "StorageVersionMigration",
}
"""The kinds of each API group."""

POD_TEMPLATES: dict[tuple[str, str], str] = {
    ("", "Pod"): "",
    ("", "PodTemplate"): "template",
    ("", "ReplicationController"): "spec.template",
    ("apps", "DaemonSet"): "spec.template",
    ("apps", "Deployment"): "spec.template",
    ("apps", "ReplicaSet"): "spec.template",
    ("apps", "StatefulSet"): "spec.template",
    ("batch", "CronJob"): "spec.jobTemplate.spec.template",
    ("batch", "Job"): "spec.template",
}
"""By group and kind: the path of the pod template. A Pod is one itself."""

FIELDS: tuple[tuple[str, str, str, str], ...] = (
    ("/ComponentStatus", "conditions", "type", "merge"),
    ("/Node", "spec.podCIDRs", "", "merge"),
    ("/Service", "spec.ports", "port protocol", "merge"),
    ("/ServiceAccount", "secrets", "name", "merge"),
    ("admissionregistration.k8s.io/MutatingAdmissionPolicy", "spec.matchConditions", "name", "merge"),
    ("admissionregistration.k8s.io/MutatingWebhookConfiguration", "webhooks", "name", "merge"),
    (
        "admissionregistration.k8s.io/MutatingWebhookConfiguration",
        "webhooks[].matchConditions",
        "name",
        "merge",
    ),
    ("admissionregistration.k8s.io/ValidatingAdmissionPolicy", "spec.matchConditions", "name", "merge"),
    ("admissionregistration.k8s.io/ValidatingAdmissionPolicy", "spec.variables", "name", "merge"),
    ("admissionregistration.k8s.io/ValidatingWebhookConfiguration", "webhooks", "name", "merge"),
    (
        "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
        "webhooks[].matchConditions",
        "name",
        "merge",
    ),
    (
        "apiextensions.k8s.io/CustomResourceDefinition",
        "spec.versions[].schema.openAPIV3Schema.x-kubernetes-validations",
        "rule",
        "merge",
    ),
    ("apps/StatefulSet", "spec.volumeClaimTemplates[].metadata.finalizers", "", "merge"),
    ("apps/StatefulSet", "spec.volumeClaimTemplates[].metadata.ownerReferences", "uid", "merge"),
    ("batch/CronJob", "spec.jobTemplate.metadata.finalizers", "", "merge"),
    ("batch/CronJob", "spec.jobTemplate.metadata.ownerReferences", "uid", "merge"),
    ("batch/CronJob", "spec.jobTemplate.spec.scheduling.resourceClaims", "name", "merge"),
    ("batch/Job", "spec.scheduling.resourceClaims", "name", "merge"),
    ("policy/PodDisruptionBudget", "spec.selector", "", "replace"),
    ("resource.k8s.io/ResourceClaimTemplate", "spec.metadata.finalizers", "", "merge"),
    ("resource.k8s.io/ResourceClaimTemplate", "spec.metadata.ownerReferences", "uid", "merge"),
    ("scheduling.k8s.io/PodGroup", "spec.resourceClaims", "name", "merge"),
    ("scheduling.k8s.io/Workload", "spec.podGroups", "name", ""),
    ("scheduling.k8s.io/Workload", "spec.podGroupTemplates", "name", ""),
    ("scheduling.k8s.io/Workload", "spec.podGroupTemplates[].resourceClaims", "name", "merge"),
    ("scheduling.k8s.io/Workload", "spec.compositePodGroupTemplates", "name", ""),
    (
        "scheduling.k8s.io/Workload",
        "spec.compositePodGroupTemplates[].compositePodGroupTemplates",
        "name",
        "",
    ),
    ("scheduling.k8s.io/Workload", "spec.compositePodGroupTemplates[].podGroupTemplates", "name", ""),
    (
        "scheduling.k8s.io/Workload",
        "spec.compositePodGroupTemplates[].podGroupTemplates[].resourceClaims",
        "name",
        "merge",
    ),
    ("storage.k8s.io/CSINode", "spec.drivers", "name", "merge"),
    ("*", "metadata.finalizers", "", "merge"),
    ("*", "metadata.ownerReferences", "uid", "merge"),
    ("pod", "spec.containers", "name", "merge"),
    ("pod", "spec.containers[].env", "name", "merge"),
    ("pod", "spec.containers[].ports", "containerPort protocol", "merge"),
    ("pod", "spec.containers[].resources.claims", "name", ""),
    ("pod", "spec.containers[].volumeDevices", "devicePath", "merge"),
    ("pod", "spec.containers[].volumeMounts", "mountPath", "merge"),
    ("pod", "spec.ephemeralContainers", "name", "merge"),
    ("pod", "spec.ephemeralContainers[].env", "name", "merge"),
    ("pod", "spec.ephemeralContainers[].ports", "containerPort protocol", "merge"),
    ("pod", "spec.ephemeralContainers[].resources.claims", "name", ""),
    ("pod", "spec.ephemeralContainers[].volumeDevices", "devicePath", "merge"),
    ("pod", "spec.ephemeralContainers[].volumeMounts", "mountPath", "merge"),
    ("pod", "spec.evictionResponders", "name", "merge"),
    ("pod", "spec.hostAliases", "ip", "merge"),
    ("pod", "spec.imagePullSecrets", "name", "merge"),
    ("pod", "spec.initContainers", "name", "merge"),
    ("pod", "spec.initContainers[].env", "name", "merge"),
    ("pod", "spec.initContainers[].ports", "containerPort protocol", "merge"),
    ("pod", "spec.initContainers[].resources.claims", "name", ""),
    ("pod", "spec.initContainers[].volumeDevices", "devicePath", "merge"),
    ("pod", "spec.initContainers[].volumeMounts", "mountPath", "merge"),
    ("pod", "spec.resourceClaims", "name", "merge"),
    ("pod", "spec.resources.claims", "name", ""),
    ("pod", "spec.schedulingGates", "name", "merge"),
    ("pod", "spec.topologySpreadConstraints", "topologyKey whenUnsatisfiable", "merge"),
    ("pod", "spec.volumes", "name", "merge"),
    ("pod", "spec.volumes[].ephemeral.volumeClaimTemplate.metadata.finalizers", "", "merge"),
    ("pod", "spec.volumes[].ephemeral.volumeClaimTemplate.metadata.ownerReferences", "uid", "merge"),
)
"""Owner (`group/Kind`, `pod` for a pod template, `*` for any kind), path, keys, strategy."""
