"""The fields and types of built-in kinds, from the OpenAPI of Kubernetes 1.25 to 1.37.

Written by tests/conformance/kubernetes/make_api_table.py: do not edit. `api.py` reads it.
"""

MINORS = (25, 37)
"""The oldest and the newest minor version of Kubernetes that the tables know."""

SERVED: dict[str, str] = {
    "admissionregistration.k8s.io/v1": (
        "MutatingAdmissionPolicy=admissionregistration.v1.MutatingAdmissionPolicy@36-37"
        " MutatingAdmissionPolicyBinding=admissionregistration.v1.MutatingAdmissionPolicyBinding@36-37"
        " MutatingWebhookConfiguration=admissionregistration.v1.MutatingWebhookConfiguration@25-37"
        " ValidatingAdmissionPolicy=admissionregistration.v1.ValidatingAdmissionPolicy@30-37"
        " ValidatingAdmissionPolicyBinding=admissionregistration.v1.ValidatingAdmissionPolicyBinding@30-37"
        " ValidatingWebhookConfiguration=admissionregistration.v1.ValidatingWebhookConfiguration@25-37"
    ),
    "admissionregistration.k8s.io/v1alpha1": (
        "MutatingAdmissionPolicy=admissionregistration.v1alpha1.MutatingAdmissionPolicy@32-37"
        " MutatingAdmissionPolicyBinding=admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding@32-37"
        " ValidatingAdmissionPolicy=admissionregistration.v1alpha1.ValidatingAdmissionPolicy@26-31"
        " ValidatingAdmissionPolicyBinding=admissionregistration.v1alpha1.ValidatingAdmissionPolicyBinding@26-31"
    ),
    "admissionregistration.k8s.io/v1beta1": (
        "MutatingAdmissionPolicy=admissionregistration.v1beta1.MutatingAdmissionPolicy@34-37"
        " MutatingAdmissionPolicyBinding=admissionregistration.v1beta1.MutatingAdmissionPolicyBinding@34-37"
        " ValidatingAdmissionPolicy=admissionregistration.v1beta1.ValidatingAdmissionPolicy@28-33"
        " ValidatingAdmissionPolicyBinding=admissionregistration.v1beta1.ValidatingAdmissionPolicyBinding@28-33"
    ),
    "apiextensions.k8s.io/v1": (
        "CustomResourceDefinition=apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition@25-37"
    ),
    "apiregistration.k8s.io/v1": "APIService=kube-aggregator.pkg.apis.apiregistration.v1.APIService@25-37",
    "apps/v1": (
        "ControllerRevision=apps.v1.ControllerRevision@25-37 DaemonSet=apps.v1.DaemonSet@25-37"
        " Deployment=apps.v1.Deployment@25-37 ReplicaSet=apps.v1.ReplicaSet@25-37 StatefulSet=apps.v1.StatefulSet@25-37"
    ),
    "authentication.k8s.io/v1": (
        "SelfSubjectReview=authentication.v1.SelfSubjectReview@28-37 TokenRequest=authentication.v1.TokenRequest@25-37"
        " TokenReview=authentication.v1.TokenReview@25-37"
    ),
    "authentication.k8s.io/v1alpha1": "SelfSubjectReview=authentication.v1alpha1.SelfSubjectReview@26-31",
    "authentication.k8s.io/v1beta1": "SelfSubjectReview=authentication.v1beta1.SelfSubjectReview@27-32",
    "authorization.k8s.io/v1": (
        "LocalSubjectAccessReview=authorization.v1.LocalSubjectAccessReview@25-37"
        " SelfSubjectAccessReview=authorization.v1.SelfSubjectAccessReview@25-37"
        " SelfSubjectRulesReview=authorization.v1.SelfSubjectRulesReview@25-37"
        " SubjectAccessReview=authorization.v1.SubjectAccessReview@25-37"
    ),
    "autoscaling/v1": (
        "HorizontalPodAutoscaler=autoscaling.v1.HorizontalPodAutoscaler@25-37 Scale=autoscaling.v1.Scale@25-37"
    ),
    "autoscaling/v2": "HorizontalPodAutoscaler=autoscaling.v2.HorizontalPodAutoscaler@25-37",
    "autoscaling/v2beta2": "HorizontalPodAutoscaler=autoscaling.v2beta2.HorizontalPodAutoscaler@25-25",
    "batch/v1": "CronJob=batch.v1.CronJob@25-37 Job=batch.v1.Job@25-37",
    "certificates.k8s.io/v1": (
        "CertificateSigningRequest=certificates.v1.CertificateSigningRequest@25-37"
        " ClusterTrustBundle=certificates.v1.ClusterTrustBundle@37-37"
        " PodCertificateRequest=certificates.v1.PodCertificateRequest@37-37"
    ),
    "certificates.k8s.io/v1alpha1": (
        "ClusterTrustBundle=certificates.v1alpha1.ClusterTrustBundle@27-36"
        " PodCertificateRequest=certificates.v1alpha1.PodCertificateRequest@34-34"
    ),
    "certificates.k8s.io/v1beta1": (
        "ClusterTrustBundle=certificates.v1beta1.ClusterTrustBundle@33-37"
        " PodCertificateRequest=certificates.v1beta1.PodCertificateRequest@35-37"
    ),
    "coordination.k8s.io/v1": "Lease=coordination.v1.Lease@25-37",
    "coordination.k8s.io/v1alpha1": "LeaseCandidate=coordination.v1alpha1.LeaseCandidate@31-31",
    "coordination.k8s.io/v1alpha2": "LeaseCandidate=coordination.v1alpha2.LeaseCandidate@32-37",
    "coordination.k8s.io/v1beta1": "LeaseCandidate=coordination.v1beta1.LeaseCandidate@33-37",
    "discovery.k8s.io/v1": "EndpointSlice=discovery.v1.EndpointSlice@25-37",
    "events.k8s.io/v1": "Event=events.v1.Event@25-37",
    "flowcontrol.apiserver.k8s.io/v1": (
        "FlowSchema=flowcontrol.v1.FlowSchema@29-37"
        " PriorityLevelConfiguration=flowcontrol.v1.PriorityLevelConfiguration@29-37"
    ),
    "flowcontrol.apiserver.k8s.io/v1beta1": (
        "FlowSchema=flowcontrol.v1beta1.FlowSchema@25-25"
        " PriorityLevelConfiguration=flowcontrol.v1beta1.PriorityLevelConfiguration@25-25"
    ),
    "flowcontrol.apiserver.k8s.io/v1beta2": (
        "FlowSchema=flowcontrol.v1beta2.FlowSchema@25-28"
        " PriorityLevelConfiguration=flowcontrol.v1beta2.PriorityLevelConfiguration@25-28"
    ),
    "flowcontrol.apiserver.k8s.io/v1beta3": (
        "FlowSchema=flowcontrol.v1beta3.FlowSchema@26-31"
        " PriorityLevelConfiguration=flowcontrol.v1beta3.PriorityLevelConfiguration@26-31"
    ),
    "internal.apiserver.k8s.io/v1alpha1": "StorageVersion=apiserverinternal.v1alpha1.StorageVersion@25-37",
    "lifecycle.k8s.io/v1alpha1": (
        "Eviction=lifecycle.v1alpha1.Eviction@37-37 EvictionRequest=lifecycle.v1alpha1.EvictionRequest@37-37"
    ),
    "networking.k8s.io/v1": (
        "IPAddress=networking.v1.IPAddress@33-37 Ingress=networking.v1.Ingress@25-37"
        " IngressClass=networking.v1.IngressClass@25-37 NetworkPolicy=networking.v1.NetworkPolicy@25-37"
        " ServiceCIDR=networking.v1.ServiceCIDR@33-37"
    ),
    "networking.k8s.io/v1alpha1": (
        "ClusterCIDR=networking.v1alpha1.ClusterCIDR@25-28 IPAddress=networking.v1alpha1.IPAddress@27-30"
        " ServiceCIDR=networking.v1alpha1.ServiceCIDR@29-30"
    ),
    "networking.k8s.io/v1beta1": (
        "IPAddress=networking.v1beta1.IPAddress@31-36 ServiceCIDR=networking.v1beta1.ServiceCIDR@31-36"
    ),
    "node.k8s.io/v1": "RuntimeClass=node.v1.RuntimeClass@25-37",
    "policy/v1": "Eviction=policy.v1.Eviction@25-37 PodDisruptionBudget=policy.v1.PodDisruptionBudget@25-37",
    "rbac.authorization.k8s.io/v1": (
        "ClusterRole=rbac.v1.ClusterRole@25-37 ClusterRoleBinding=rbac.v1.ClusterRoleBinding@25-37"
        " Role=rbac.v1.Role@25-37 RoleBinding=rbac.v1.RoleBinding@25-37"
    ),
    "resource.k8s.io/v1": (
        "DeviceClass=resource.v1.DeviceClass@34-37 DeviceTaintRule=resource.v1.DeviceTaintRule@37-37"
        " ResourceClaim=resource.v1.ResourceClaim@34-37 ResourceClaimTemplate=resource.v1.ResourceClaimTemplate@34-37"
        " ResourceSlice=resource.v1.ResourceSlice@34-37"
    ),
    "resource.k8s.io/v1alpha1": (
        "PodScheduling=resource.v1alpha1.PodScheduling@26-26 ResourceClaim=resource.v1alpha1.ResourceClaim@26-26"
        " ResourceClaimTemplate=resource.v1alpha1.ResourceClaimTemplate@26-26"
        " ResourceClass=resource.v1alpha1.ResourceClass@26-26"
    ),
    "resource.k8s.io/v1alpha2": (
        "PodSchedulingContext=resource.v1alpha2.PodSchedulingContext@27-30"
        " ResourceClaim=resource.v1alpha2.ResourceClaim@27-30"
        " ResourceClaimParameters=resource.v1alpha2.ResourceClaimParameters@30-30"
        " ResourceClaimTemplate=resource.v1alpha2.ResourceClaimTemplate@27-30"
        " ResourceClass=resource.v1alpha2.ResourceClass@27-30"
        " ResourceClassParameters=resource.v1alpha2.ResourceClassParameters@30-30"
        " ResourceSlice=resource.v1alpha2.ResourceSlice@30-30"
    ),
    "resource.k8s.io/v1alpha3": (
        "DeviceClass=resource.v1alpha3.DeviceClass@31-33 DeviceTaintRule=resource.v1alpha3.DeviceTaintRule@33-37"
        " PodSchedulingContext=resource.v1alpha3.PodSchedulingContext@31-31"
        " ResourceClaim=resource.v1alpha3.ResourceClaim@31-33"
        " ResourceClaimTemplate=resource.v1alpha3.ResourceClaimTemplate@31-33"
        " ResourcePoolStatusRequest=resource.v1alpha3.ResourcePoolStatusRequest@36-37"
        " ResourceSlice=resource.v1alpha3.ResourceSlice@31-33"
    ),
    "resource.k8s.io/v1beta1": (
        "DeviceClass=resource.v1beta1.DeviceClass@32-37 ResourceClaim=resource.v1beta1.ResourceClaim@32-37"
        " ResourceClaimTemplate=resource.v1beta1.ResourceClaimTemplate@32-37"
        " ResourceSlice=resource.v1beta1.ResourceSlice@32-37"
    ),
    "resource.k8s.io/v1beta2": (
        "DeviceClass=resource.v1beta2.DeviceClass@33-37 DeviceTaintRule=resource.v1beta2.DeviceTaintRule@36-37"
        " ResourceClaim=resource.v1beta2.ResourceClaim@33-37"
        " ResourceClaimTemplate=resource.v1beta2.ResourceClaimTemplate@33-37"
        " ResourceSlice=resource.v1beta2.ResourceSlice@33-37"
    ),
    "scheduling.k8s.io/v1": "PriorityClass=scheduling.v1.PriorityClass@25-37",
    "scheduling.k8s.io/v1alpha1": "Workload=scheduling.v1alpha1.Workload@35-35",
    "scheduling.k8s.io/v1alpha2": (
        "PodGroup=scheduling.v1alpha2.PodGroup@36-36 Workload=scheduling.v1alpha2.Workload@36-36"
    ),
    "scheduling.k8s.io/v1alpha3": (
        "CompositePodGroup=scheduling.v1alpha3.CompositePodGroup@37-37 PodGroup=scheduling.v1alpha3.PodGroup@37-37"
        " Workload=scheduling.v1alpha3.Workload@37-37"
    ),
    "scheduling.k8s.io/v1beta1": (
        "PodGroup=scheduling.v1beta1.PodGroup@37-37 Workload=scheduling.v1beta1.Workload@37-37"
    ),
    "storage.k8s.io/v1": (
        "CSIDriver=storage.v1.CSIDriver@25-37 CSINode=storage.v1.CSINode@25-37"
        " CSIStorageCapacity=storage.v1.CSIStorageCapacity@25-37 StorageClass=storage.v1.StorageClass@25-37"
        " VolumeAttachment=storage.v1.VolumeAttachment@25-37"
        " VolumeAttributesClass=storage.v1.VolumeAttributesClass@34-37"
    ),
    "storage.k8s.io/v1alpha1": "VolumeAttributesClass=storage.v1alpha1.VolumeAttributesClass@29-34",
    "storage.k8s.io/v1beta1": (
        "CSIStorageCapacity=storage.v1beta1.CSIStorageCapacity@25-26"
        " VolumeAttributesClass=storage.v1beta1.VolumeAttributesClass@31-36"
    ),
    "storagemigration.k8s.io/v1": "StorageVersionMigration=storagemigration.v1.StorageVersionMigration@37-37",
    "storagemigration.k8s.io/v1alpha1": (
        "StorageVersionMigration=storagemigration.v1alpha1.StorageVersionMigration@30-34"
    ),
    "storagemigration.k8s.io/v1beta1": "StorageVersionMigration=storagemigration.v1beta1.StorageVersionMigration@35-37",
    "v1": (
        "Binding=core.v1.Binding@25-37 ComponentStatus=core.v1.ComponentStatus@25-37 ConfigMap=core.v1.ConfigMap@25-37"
        " Endpoints=core.v1.Endpoints@25-37 Event=core.v1.Event@25-37 LimitRange=core.v1.LimitRange@25-37"
        " Namespace=core.v1.Namespace@25-37 Node=core.v1.Node@25-37 PersistentVolume=core.v1.PersistentVolume@25-37"
        " PersistentVolumeClaim=core.v1.PersistentVolumeClaim@25-37 Pod=core.v1.Pod@25-37"
        " PodTemplate=core.v1.PodTemplate@25-37 ReplicationController=core.v1.ReplicationController@25-37"
        " ResourceQuota=core.v1.ResourceQuota@25-37 Secret=core.v1.Secret@25-37 Service=core.v1.Service@25-37"
        " ServiceAccount=core.v1.ServiceAccount@25-37 Status=meta.v1.Status@25-37"
    ),
}
"""By API version: its kinds as `Kind=type@first-last`, the minor versions that serve them."""

TYPES: dict[str, str] = {
    "admissionregistration.v1.ApplyConfiguration": "expression:str",
    "admissionregistration.v1.AuditAnnotation": "key!:str valueExpression!:str",
    "admissionregistration.v1.JSONPatch": "expression:str",
    "admissionregistration.v1.MatchCondition": "expression!:str name!:str",
    "admissionregistration.v1.MatchResources": (
        "excludeResourceRules:[admissionregistration.v1.NamedRuleWithOperations] matchPolicy:str"
        " namespaceSelector:meta.v1.LabelSelector objectSelector:meta.v1.LabelSelector"
        " resourceRules:[admissionregistration.v1.NamedRuleWithOperations]"
    ),
    "admissionregistration.v1.MutatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:admissionregistration.v1.MutatingAdmissionPolicySpec"
    ),
    "admissionregistration.v1.MutatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1.MutatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1.MutatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1.MatchResources paramRef:admissionregistration.v1.ParamRef"
        " policyName:str"
    ),
    "admissionregistration.v1.MutatingAdmissionPolicySpec": (
        "failurePolicy:str matchConditions:[admissionregistration.v1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1.MatchResources mutations:[admissionregistration.v1.Mutation]"
        " paramKind:admissionregistration.v1.ParamKind reinvocationPolicy:str"
        " variables:[admissionregistration.v1.Variable]"
    ),
    "admissionregistration.v1.MutatingWebhook": (
        "admissionReviewVersions!:[str] clientConfig!:admissionregistration.v1.WebhookClientConfig failurePolicy:str"
        " matchConditions@27:[admissionregistration.v1.MatchCondition]|name matchPolicy:str name!:str"
        " namespaceSelector:meta.v1.LabelSelector objectSelector:meta.v1.LabelSelector reinvocationPolicy:str"
        " rules:[admissionregistration.v1.RuleWithOperations] sideEffects!:str timeoutSeconds:int"
    ),
    "admissionregistration.v1.MutatingWebhookConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta webhooks:[admissionregistration.v1.MutatingWebhook]|name"
    ),
    "admissionregistration.v1.Mutation": (
        "applyConfiguration:admissionregistration.v1.ApplyConfiguration jsonPatch:admissionregistration.v1.JSONPatch"
        " patchType!:str"
    ),
    "admissionregistration.v1.NamedRuleWithOperations": (
        "apiGroups:[str] apiVersions:[str] operations:[str] resourceNames:[str] resources:[str] scope:str"
    ),
    "admissionregistration.v1.ParamKind": "apiVersion:str kind:str",
    "admissionregistration.v1.ParamRef": (
        "name:str namespace:str parameterNotFoundAction:str selector:meta.v1.LabelSelector"
    ),
    "admissionregistration.v1.RuleWithOperations": (
        "apiGroups:[str] apiVersions:[str] operations:[str] resources:[str] scope:str"
    ),
    "admissionregistration.v1.ServiceReference": "name!:str namespace!:str path:str port:int",
    "admissionregistration.v1.ValidatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1.ValidatingAdmissionPolicySpec status:any"
    ),
    "admissionregistration.v1.ValidatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec!:admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1.MatchResources paramRef:admissionregistration.v1.ParamRef"
        " policyName!:str validationActions!:[str]|="
    ),
    "admissionregistration.v1.ValidatingAdmissionPolicySpec": (
        "auditAnnotations:[admissionregistration.v1.AuditAnnotation] failurePolicy:str"
        " matchConditions:[admissionregistration.v1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1.MatchResources paramKind:admissionregistration.v1.ParamKind"
        " validations:[admissionregistration.v1.Validation] variables:[admissionregistration.v1.Variable]|name"
    ),
    "admissionregistration.v1.ValidatingWebhook": (
        "admissionReviewVersions!:[str] clientConfig!:admissionregistration.v1.WebhookClientConfig failurePolicy:str"
        " matchConditions@27:[admissionregistration.v1.MatchCondition]|name matchPolicy:str name!:str"
        " namespaceSelector:meta.v1.LabelSelector objectSelector:meta.v1.LabelSelector"
        " rules:[admissionregistration.v1.RuleWithOperations] sideEffects!:str timeoutSeconds:int"
    ),
    "admissionregistration.v1.ValidatingWebhookConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta webhooks:[admissionregistration.v1.ValidatingWebhook]|name"
    ),
    "admissionregistration.v1.Validation": "expression!:str message:str messageExpression:str reason:str",
    "admissionregistration.v1.Variable": "expression!:str name!:str",
    "admissionregistration.v1.WebhookClientConfig": (
        "caBundle:bytes service:admissionregistration.v1.ServiceReference url:str"
    ),
    "admissionregistration.v1alpha1.ApplyConfiguration": "expression:str",
    "admissionregistration.v1alpha1.AuditAnnotation": "key!:str valueExpression!:str",
    "admissionregistration.v1alpha1.JSONPatch": "expression:str",
    "admissionregistration.v1alpha1.MatchCondition": "expression!:str name!:str",
    "admissionregistration.v1alpha1.MatchResources": (
        "excludeResourceRules:[admissionregistration.v1alpha1.NamedRuleWithOperations] matchPolicy:str"
        " namespaceSelector:meta.v1.LabelSelector objectSelector:meta.v1.LabelSelector"
        " resourceRules:[admissionregistration.v1alpha1.NamedRuleWithOperations]"
    ),
    "admissionregistration.v1alpha1.MutatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1alpha1.MutatingAdmissionPolicySpec"
    ),
    "admissionregistration.v1alpha1.MutatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1alpha1.MutatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1alpha1.MatchResources paramRef:admissionregistration.v1alpha1.ParamRef"
        " policyName:str"
    ),
    "admissionregistration.v1alpha1.MutatingAdmissionPolicySpec": (
        "failurePolicy:str matchConditions:[admissionregistration.v1alpha1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1alpha1.MatchResources"
        " mutations:[admissionregistration.v1alpha1.Mutation] paramKind:admissionregistration.v1alpha1.ParamKind"
        " reinvocationPolicy:str variables:[admissionregistration.v1alpha1.Variable]"
    ),
    "admissionregistration.v1alpha1.Mutation": (
        "applyConfiguration:admissionregistration.v1alpha1.ApplyConfiguration"
        " jsonPatch:admissionregistration.v1alpha1.JSONPatch patchType!:str"
    ),
    "admissionregistration.v1alpha1.NamedRuleWithOperations": (
        "apiGroups:[str] apiVersions:[str] operations:[str] resourceNames:[str] resources:[str] scope:str"
    ),
    "admissionregistration.v1alpha1.ParamKind": "apiVersion:str kind:str",
    "admissionregistration.v1alpha1.ParamRef": (
        "name:str namespace:str parameterNotFoundAction@28:str selector@28:meta.v1.LabelSelector"
    ),
    "admissionregistration.v1alpha1.ValidatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1alpha1.ValidatingAdmissionPolicySpec status@27:any"
    ),
    "admissionregistration.v1alpha1.ValidatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1alpha1.ValidatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1alpha1.ValidatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1alpha1.MatchResources paramRef:admissionregistration.v1alpha1.ParamRef"
        " policyName:str validationActions@27:[str]|="
    ),
    "admissionregistration.v1alpha1.ValidatingAdmissionPolicySpec": (
        "auditAnnotations@27:[admissionregistration.v1alpha1.AuditAnnotation] failurePolicy:str"
        " matchConditions@27:[admissionregistration.v1alpha1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1alpha1.MatchResources"
        " paramKind:admissionregistration.v1alpha1.ParamKind validations:[admissionregistration.v1alpha1.Validation]"
        " variables@28:[admissionregistration.v1alpha1.Variable]|name"
    ),
    "admissionregistration.v1alpha1.Validation": "expression!:str message:str messageExpression@27:str reason:str",
    "admissionregistration.v1alpha1.Variable": "expression!:str name!:str",
    "admissionregistration.v1beta1.ApplyConfiguration": "expression:str",
    "admissionregistration.v1beta1.AuditAnnotation": "key!:str valueExpression!:str",
    "admissionregistration.v1beta1.JSONPatch": "expression:str",
    "admissionregistration.v1beta1.MatchCondition": "expression!:str name!:str",
    "admissionregistration.v1beta1.MatchResources": (
        "excludeResourceRules:[admissionregistration.v1beta1.NamedRuleWithOperations] matchPolicy:str"
        " namespaceSelector:meta.v1.LabelSelector objectSelector:meta.v1.LabelSelector"
        " resourceRules:[admissionregistration.v1beta1.NamedRuleWithOperations]"
    ),
    "admissionregistration.v1beta1.MutatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1beta1.MutatingAdmissionPolicySpec"
    ),
    "admissionregistration.v1beta1.MutatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1beta1.MutatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1beta1.MatchResources paramRef:admissionregistration.v1beta1.ParamRef"
        " policyName:str"
    ),
    "admissionregistration.v1beta1.MutatingAdmissionPolicySpec": (
        "failurePolicy:str matchConditions:[admissionregistration.v1beta1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1beta1.MatchResources"
        " mutations:[admissionregistration.v1beta1.Mutation] paramKind:admissionregistration.v1beta1.ParamKind"
        " reinvocationPolicy:str variables:[admissionregistration.v1beta1.Variable]"
    ),
    "admissionregistration.v1beta1.Mutation": (
        "applyConfiguration:admissionregistration.v1beta1.ApplyConfiguration"
        " jsonPatch:admissionregistration.v1beta1.JSONPatch patchType!:str"
    ),
    "admissionregistration.v1beta1.NamedRuleWithOperations": (
        "apiGroups:[str] apiVersions:[str] operations:[str] resourceNames:[str] resources:[str] scope:str"
    ),
    "admissionregistration.v1beta1.ParamKind": "apiVersion:str kind:str",
    "admissionregistration.v1beta1.ParamRef": (
        "name:str namespace:str parameterNotFoundAction:str selector:meta.v1.LabelSelector"
    ),
    "admissionregistration.v1beta1.ValidatingAdmissionPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1beta1.ValidatingAdmissionPolicySpec status:any"
    ),
    "admissionregistration.v1beta1.ValidatingAdmissionPolicyBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:admissionregistration.v1beta1.ValidatingAdmissionPolicyBindingSpec"
    ),
    "admissionregistration.v1beta1.ValidatingAdmissionPolicyBindingSpec": (
        "matchResources:admissionregistration.v1beta1.MatchResources paramRef:admissionregistration.v1beta1.ParamRef"
        " policyName:str validationActions:[str]|="
    ),
    "admissionregistration.v1beta1.ValidatingAdmissionPolicySpec": (
        "auditAnnotations:[admissionregistration.v1beta1.AuditAnnotation] failurePolicy:str"
        " matchConditions:[admissionregistration.v1beta1.MatchCondition]|name"
        " matchConstraints:admissionregistration.v1beta1.MatchResources"
        " paramKind:admissionregistration.v1beta1.ParamKind validations:[admissionregistration.v1beta1.Validation]"
        " variables:[admissionregistration.v1beta1.Variable]|name"
    ),
    "admissionregistration.v1beta1.Validation": "expression!:str message:str messageExpression:str reason:str",
    "admissionregistration.v1beta1.Variable": "expression!:str name!:str",
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition": (
        "description:str format:str jsonPath!:str name!:str priority:int type!:str"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion": (
        "strategy!:str webhook:apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec!:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec status:any"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames": (
        "categories:[str] kind!:str listKind:str plural!:str shortNames:[str] singular:str"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec": (
        "conversion:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion group!:str"
        " names!:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames"
        " preserveUnknownFields:bool scope!:str"
        " versions!:[apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion]"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion": (
        "additionalPrinterColumns:[apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition]"
        " deprecated:bool deprecationWarning:str name!:str"
        " schema:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation"
        " selectableFields@30:[apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField] served!:bool"
        " storage!:bool subresources:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale": (
        "labelSelectorPath:str specReplicasPath!:str statusReplicasPath!:str"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources": (
        "scale:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale status:any"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation": (
        "openAPIV3Schema:apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation": "description:str url:str",
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps": (
        "$ref:str $schema:str additionalItems:any additionalProperties:any"
        " allOf:[apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps]"
        " anyOf:[apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps] default:any"
        " definitions:{apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps} dependencies:{any}"
        " description:str enum:[any] example:any exclusiveMaximum:bool exclusiveMinimum:bool"
        " externalDocs:apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation format:str id:str"
        " items:any maxItems:int maxLength:int maxProperties:int maximum:num minItems:int minLength:int"
        " minProperties:int minimum:num multipleOf:num"
        " not:apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps nullable:bool"
        " oneOf:[apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps] pattern:str"
        " patternProperties:{apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps}"
        " properties:{apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps} required:[str] title:str"
        " type:str uniqueItems:bool x-kubernetes-embedded-resource:bool x-kubernetes-int-or-string:bool"
        " x-kubernetes-list-map-keys:[str] x-kubernetes-list-type:str x-kubernetes-map-type:str"
        " x-kubernetes-preserve-unknown-fields:bool"
        " x-kubernetes-validations:[apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule]|rule"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField": "jsonPath!:str",
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference": "name!:str namespace!:str path:str port:int",
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule": (
        "fieldPath@28:str message:str messageExpression@27:str optionalOldSelf@29:bool reason@28:str rule!:str"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig": (
        "caBundle:bytes service:apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference url:str"
    ),
    "apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion": (
        "clientConfig:apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig"
        " conversionReviewVersions!:[str]"
    ),
    "apiserverinternal.v1alpha1.StorageVersion": (
        "apiVersion:str kind:str metadata!:meta.v1.ObjectMeta spec:any status:any"
    ),
    "apps.v1.ControllerRevision": "apiVersion:str data!:any kind:str metadata:meta.v1.ObjectMeta revision:int",
    "apps.v1.DaemonSet": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:apps.v1.DaemonSetSpec status:any",
    "apps.v1.DaemonSetSpec": (
        "minReadySeconds:int revisionHistoryLimit:int selector!:meta.v1.LabelSelector"
        " template!:core.v1.PodTemplateSpec updateStrategy:apps.v1.DaemonSetUpdateStrategy"
    ),
    "apps.v1.DaemonSetUpdateStrategy": "rollingUpdate:apps.v1.RollingUpdateDaemonSet type:str",
    "apps.v1.Deployment": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:apps.v1.DeploymentSpec status:any",
    "apps.v1.DeploymentSpec": (
        "minReadySeconds:int paused:bool progressDeadlineSeconds:int replicas:int revisionHistoryLimit:int"
        " selector!:meta.v1.LabelSelector strategy:apps.v1.DeploymentStrategy template!:core.v1.PodTemplateSpec"
    ),
    "apps.v1.DeploymentStrategy": "rollingUpdate:apps.v1.RollingUpdateDeployment type:str",
    "apps.v1.ReplicaSet": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:apps.v1.ReplicaSetSpec status:any",
    "apps.v1.ReplicaSetSpec": (
        "minReadySeconds:int replicas:int selector!:meta.v1.LabelSelector template:core.v1.PodTemplateSpec"
    ),
    "apps.v1.RollingUpdateDaemonSet": "maxSurge:intstr maxUnavailable:intstr",
    "apps.v1.RollingUpdateDeployment": "maxSurge:intstr maxUnavailable:intstr",
    "apps.v1.RollingUpdateStatefulSetStrategy": "maxUnavailable:intstr partition:int",
    "apps.v1.StatefulSet": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:apps.v1.StatefulSetSpec status:any"
    ),
    "apps.v1.StatefulSetOrdinals": "start:int",
    "apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy": "whenDeleted:str whenScaled:str",
    "apps.v1.StatefulSetSpec": (
        "minReadySeconds:int ordinals@26:apps.v1.StatefulSetOrdinals"
        " persistentVolumeClaimRetentionPolicy:apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy"
        " podManagementPolicy:str replicas:int revisionHistoryLimit:int selector!:meta.v1.LabelSelector serviceName:str"
        " template!:core.v1.PodTemplateSpec updateStrategy:apps.v1.StatefulSetUpdateStrategy"
        " volumeClaimTemplates:[core.v1.PersistentVolumeClaim]"
    ),
    "apps.v1.StatefulSetUpdateStrategy": "rollingUpdate:apps.v1.RollingUpdateStatefulSetStrategy type:str",
    "authentication.v1.BoundObjectReference": "apiVersion:str kind:str name:str uid:str",
    "authentication.v1.SelfSubjectReview": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta status:any",
    "authentication.v1.TokenRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:authentication.v1.TokenRequestSpec status:any"
    ),
    "authentication.v1.TokenRequestSpec": (
        "attestations@37:{[str]} audiences:[str] boundObjectRef:authentication.v1.BoundObjectReference"
        " expirationSeconds:int"
    ),
    "authentication.v1.TokenReview": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:authentication.v1.TokenReviewSpec status:any"
    ),
    "authentication.v1.TokenReviewSpec": "audiences:[str] token!:str",
    "authentication.v1alpha1.SelfSubjectReview": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta status:any",
    "authentication.v1beta1.SelfSubjectReview": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta status:any",
    "authorization.v1.FieldSelectorAttributes": "rawSelector:str requirements:[meta.v1.FieldSelectorRequirement]",
    "authorization.v1.LabelSelectorAttributes": "rawSelector:str requirements:[meta.v1.LabelSelectorRequirement]",
    "authorization.v1.LocalSubjectAccessReview": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:authorization.v1.SubjectAccessReviewSpec status:any"
    ),
    "authorization.v1.NonResourceAttributes": "path:str verb:str",
    "authorization.v1.ResourceAttributes": (
        "fieldSelector@31:authorization.v1.FieldSelectorAttributes group:str"
        " labelSelector@31:authorization.v1.LabelSelectorAttributes name:str namespace:str resource:str subresource:str"
        " verb:str version:str"
    ),
    "authorization.v1.SelfSubjectAccessReview": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:authorization.v1.SelfSubjectAccessReviewSpec"
        " status:any"
    ),
    "authorization.v1.SelfSubjectAccessReviewSpec": (
        "nonResourceAttributes:authorization.v1.NonResourceAttributes"
        " resourceAttributes:authorization.v1.ResourceAttributes"
    ),
    "authorization.v1.SelfSubjectRulesReview": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:authorization.v1.SelfSubjectRulesReviewSpec"
        " status:any"
    ),
    "authorization.v1.SelfSubjectRulesReviewSpec": "namespace:str",
    "authorization.v1.SubjectAccessReview": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:authorization.v1.SubjectAccessReviewSpec status:any"
    ),
    "authorization.v1.SubjectAccessReviewSpec": (
        "extra:{[str]} groups:[str] nonResourceAttributes:authorization.v1.NonResourceAttributes"
        " resourceAttributes:authorization.v1.ResourceAttributes uid:str user:str"
    ),
    "autoscaling.v1.CrossVersionObjectReference": "apiVersion:str kind!:str name!:str",
    "autoscaling.v1.HorizontalPodAutoscaler": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:autoscaling.v1.HorizontalPodAutoscalerSpec"
        " status:any"
    ),
    "autoscaling.v1.HorizontalPodAutoscalerSpec": (
        "maxReplicas!:int minReplicas:int scaleTargetRef!:autoscaling.v1.CrossVersionObjectReference"
        " targetCPUUtilizationPercentage:int"
    ),
    "autoscaling.v1.Scale": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:autoscaling.v1.ScaleSpec status:any"
    ),
    "autoscaling.v1.ScaleSpec": "replicas:int",
    "autoscaling.v2.ContainerResourceMetricSource": "container!:str name!:str target!:autoscaling.v2.MetricTarget",
    "autoscaling.v2.CrossVersionObjectReference": "apiVersion:str kind!:str name!:str",
    "autoscaling.v2.ExternalMetricSource": (
        "metric!:autoscaling.v2.MetricIdentifier target!:autoscaling.v2.MetricTarget"
    ),
    "autoscaling.v2.HPAScalingPolicy": "periodSeconds!:int type!:str value!:int",
    "autoscaling.v2.HPAScalingRules": (
        "policies:[autoscaling.v2.HPAScalingPolicy] selectPolicy:str stabilizationWindowSeconds:int"
        " tolerance@33:quantity"
    ),
    "autoscaling.v2.HorizontalPodAutoscaler": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:autoscaling.v2.HorizontalPodAutoscalerSpec"
        " status:any"
    ),
    "autoscaling.v2.HorizontalPodAutoscalerBehavior": (
        "scaleDown:autoscaling.v2.HPAScalingRules scaleUp:autoscaling.v2.HPAScalingRules"
    ),
    "autoscaling.v2.HorizontalPodAutoscalerSpec": (
        "behavior:autoscaling.v2.HorizontalPodAutoscalerBehavior maxReplicas!:int metrics:[autoscaling.v2.MetricSpec]"
        " minReplicas:int scaleTargetRef!:autoscaling.v2.CrossVersionObjectReference"
    ),
    "autoscaling.v2.MetricIdentifier": "name!:str selector:meta.v1.LabelSelector",
    "autoscaling.v2.MetricSpec": (
        "containerResource:autoscaling.v2.ContainerResourceMetricSource external:autoscaling.v2.ExternalMetricSource"
        " object:autoscaling.v2.ObjectMetricSource pods:autoscaling.v2.PodsMetricSource"
        " resource:autoscaling.v2.ResourceMetricSource type!:str"
    ),
    "autoscaling.v2.MetricTarget": "averageUtilization:int averageValue:quantity type!:str value:quantity",
    "autoscaling.v2.ObjectMetricSource": (
        "describedObject!:autoscaling.v2.CrossVersionObjectReference metric!:autoscaling.v2.MetricIdentifier"
        " target!:autoscaling.v2.MetricTarget"
    ),
    "autoscaling.v2.PodsMetricSource": "metric!:autoscaling.v2.MetricIdentifier target!:autoscaling.v2.MetricTarget",
    "autoscaling.v2.ResourceMetricSource": "name!:str target!:autoscaling.v2.MetricTarget",
    "autoscaling.v2beta2.ContainerResourceMetricSource": (
        "container!:str name!:str target!:autoscaling.v2beta2.MetricTarget"
    ),
    "autoscaling.v2beta2.CrossVersionObjectReference": "apiVersion:str kind!:str name!:str",
    "autoscaling.v2beta2.ExternalMetricSource": (
        "metric!:autoscaling.v2beta2.MetricIdentifier target!:autoscaling.v2beta2.MetricTarget"
    ),
    "autoscaling.v2beta2.HPAScalingPolicy": "periodSeconds!:int type!:str value!:int",
    "autoscaling.v2beta2.HPAScalingRules": (
        "policies:[autoscaling.v2beta2.HPAScalingPolicy] selectPolicy:str stabilizationWindowSeconds:int"
    ),
    "autoscaling.v2beta2.HorizontalPodAutoscaler": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:autoscaling.v2beta2.HorizontalPodAutoscalerSpec"
        " status:any"
    ),
    "autoscaling.v2beta2.HorizontalPodAutoscalerBehavior": (
        "scaleDown:autoscaling.v2beta2.HPAScalingRules scaleUp:autoscaling.v2beta2.HPAScalingRules"
    ),
    "autoscaling.v2beta2.HorizontalPodAutoscalerSpec": (
        "behavior:autoscaling.v2beta2.HorizontalPodAutoscalerBehavior maxReplicas!:int"
        " metrics:[autoscaling.v2beta2.MetricSpec] minReplicas:int"
        " scaleTargetRef!:autoscaling.v2beta2.CrossVersionObjectReference"
    ),
    "autoscaling.v2beta2.MetricIdentifier": "name!:str selector:meta.v1.LabelSelector",
    "autoscaling.v2beta2.MetricSpec": (
        "containerResource:autoscaling.v2beta2.ContainerResourceMetricSource"
        " external:autoscaling.v2beta2.ExternalMetricSource object:autoscaling.v2beta2.ObjectMetricSource"
        " pods:autoscaling.v2beta2.PodsMetricSource resource:autoscaling.v2beta2.ResourceMetricSource type!:str"
    ),
    "autoscaling.v2beta2.MetricTarget": "averageUtilization:int averageValue:quantity type!:str value:quantity",
    "autoscaling.v2beta2.ObjectMetricSource": (
        "describedObject!:autoscaling.v2beta2.CrossVersionObjectReference metric!:autoscaling.v2beta2.MetricIdentifier"
        " target!:autoscaling.v2beta2.MetricTarget"
    ),
    "autoscaling.v2beta2.PodsMetricSource": (
        "metric!:autoscaling.v2beta2.MetricIdentifier target!:autoscaling.v2beta2.MetricTarget"
    ),
    "autoscaling.v2beta2.ResourceMetricSource": "name!:str target!:autoscaling.v2beta2.MetricTarget",
    "batch.v1.CronJob": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:batch.v1.CronJobSpec status:any",
    "batch.v1.CronJobSpec": (
        "concurrencyPolicy:str failedJobsHistoryLimit:int jobTemplate!:batch.v1.JobTemplateSpec schedule!:str"
        " startingDeadlineSeconds:int successfulJobsHistoryLimit:int suspend:bool timeZone:str"
    ),
    "batch.v1.Job": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:batch.v1.JobSpec status:any",
    "batch.v1.JobSchedulingConfiguration": (
        "disruptionMode:scheduling.v1alpha3.WorkloadPodGroupDisruptionMode"
        " resourceClaims:[scheduling.v1alpha3.WorkloadPodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1alpha3.WorkloadPodGroupSchedulingConstraints"
        " schedulingPolicy:scheduling.v1alpha3.WorkloadPodGroupSchedulingPolicy"
    ),
    "batch.v1.JobSpec": (
        "activeDeadlineSeconds:int backoffLimit:int backoffLimitPerIndex@28:int completionMode:str completions:int"
        " managedBy@30:str manualSelector:bool maxFailedIndexes@28:int parallelism:int"
        " podFailurePolicy:batch.v1.PodFailurePolicy podReplacementPolicy@28:str"
        " scheduling@37:batch.v1.JobSchedulingConfiguration selector:meta.v1.LabelSelector"
        " successPolicy@30:batch.v1.SuccessPolicy suspend:bool template!:core.v1.PodTemplateSpec"
        " ttlSecondsAfterFinished:int"
    ),
    "batch.v1.JobTemplateSpec": "metadata:meta.v1.ObjectMeta spec:batch.v1.JobSpec",
    "batch.v1.PodFailurePolicy": "rules!:[batch.v1.PodFailurePolicyRule]",
    "batch.v1.PodFailurePolicyOnExitCodesRequirement": "containerName:str operator!:str values!:[int]|=",
    "batch.v1.PodFailurePolicyOnPodConditionsPattern": "status:any type!:str",
    "batch.v1.PodFailurePolicyRule": (
        "action!:str onExitCodes:batch.v1.PodFailurePolicyOnExitCodesRequirement"
        " onPodConditions:[batch.v1.PodFailurePolicyOnPodConditionsPattern]"
    ),
    "batch.v1.SuccessPolicy": "rules!:[batch.v1.SuccessPolicyRule]",
    "batch.v1.SuccessPolicyRule": "succeededCount:int succeededIndexes:str",
    "certificates.v1.CertificateSigningRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1.CertificateSigningRequestSpec"
        " status:any"
    ),
    "certificates.v1.CertificateSigningRequestSpec": (
        "expirationSeconds:int extra:{[str]} groups:[str] request!:bytes signerName!:str uid:str usages:[str]"
        " username:str"
    ),
    "certificates.v1.ClusterTrustBundle": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1.ClusterTrustBundleSpec"
    ),
    "certificates.v1.ClusterTrustBundleSpec": "signerName:str trustBundle!:str",
    "certificates.v1.PodCertificateRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1.PodCertificateRequestSpec status:any"
    ),
    "certificates.v1.PodCertificateRequestSpec": (
        "maxExpirationSeconds:int nodeName!:str nodeUID!:str podName!:str podUID!:str serviceAccountName!:str"
        " serviceAccountUID!:str signerName!:str stubPKCS10Request!:bytes unverifiedUserAnnotations:{str}"
    ),
    "certificates.v1alpha1.ClusterTrustBundle": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1alpha1.ClusterTrustBundleSpec"
    ),
    "certificates.v1alpha1.ClusterTrustBundleSpec": "signerName:str trustBundle!:str",
    "certificates.v1alpha1.PodCertificateRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1alpha1.PodCertificateRequestSpec"
        " status:any"
    ),
    "certificates.v1alpha1.PodCertificateRequestSpec": (
        "maxExpirationSeconds:int nodeName!:str nodeUID!:str pkixPublicKey!:bytes podName!:str podUID!:str"
        " proofOfPossession!:bytes serviceAccountName!:str serviceAccountUID!:str signerName!:str"
    ),
    "certificates.v1beta1.ClusterTrustBundle": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1beta1.ClusterTrustBundleSpec"
    ),
    "certificates.v1beta1.ClusterTrustBundleSpec": "signerName:str trustBundle!:str",
    "certificates.v1beta1.PodCertificateRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:certificates.v1beta1.PodCertificateRequestSpec"
        " status:any"
    ),
    "certificates.v1beta1.PodCertificateRequestSpec": (
        "maxExpirationSeconds:int nodeName!:str nodeUID!:str pkixPublicKey:bytes podName!:str podUID!:str"
        " proofOfPossession:bytes serviceAccountName!:str serviceAccountUID!:str signerName!:str"
        " stubPKCS10Request!@36:bytes unverifiedUserAnnotations:{str}"
    ),
    "coordination.v1.Lease": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:coordination.v1.LeaseSpec",
    "coordination.v1.LeaseSpec": (
        "acquireTime:str holderIdentity:str leaseDurationSeconds:int leaseTransitions:int preferredHolder@31:str"
        " renewTime:str strategy@31:str"
    ),
    "coordination.v1alpha1.LeaseCandidate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:coordination.v1alpha1.LeaseCandidateSpec"
    ),
    "coordination.v1alpha1.LeaseCandidateSpec": (
        "binaryVersion:str emulationVersion:str leaseName!:str pingTime:str preferredStrategies!:[str] renewTime:str"
    ),
    "coordination.v1alpha2.LeaseCandidate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:coordination.v1alpha2.LeaseCandidateSpec"
    ),
    "coordination.v1alpha2.LeaseCandidateSpec": (
        "binaryVersion!:str emulationVersion:str leaseName!:str pingTime:str renewTime:str strategy!:str"
    ),
    "coordination.v1beta1.LeaseCandidate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:coordination.v1beta1.LeaseCandidateSpec"
    ),
    "coordination.v1beta1.LeaseCandidateSpec": (
        "binaryVersion!:str emulationVersion:str leaseName!:str pingTime:str renewTime:str strategy!:str"
    ),
    "core.v1.AWSElasticBlockStoreVolumeSource": "fsType:str partition:int readOnly:bool volumeID!:str",
    "core.v1.Affinity": (
        "nodeAffinity:core.v1.NodeAffinity podAffinity:core.v1.PodAffinity podAntiAffinity:core.v1.PodAntiAffinity"
    ),
    "core.v1.AppArmorProfile": "localhostProfile:str type!:str",
    "core.v1.AzureDiskVolumeSource": "cachingMode:str diskName!:str diskURI!:str fsType:str kind:str readOnly:bool",
    "core.v1.AzureFilePersistentVolumeSource": "readOnly:bool secretName!:str secretNamespace:str shareName!:str",
    "core.v1.AzureFileVolumeSource": "readOnly:bool secretName!:str shareName!:str",
    "core.v1.Binding": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta target!:core.v1.ObjectReference",
    "core.v1.CSIPersistentVolumeSource": (
        "controllerExpandSecretRef:core.v1.SecretReference controllerPublishSecretRef:core.v1.SecretReference"
        " driver!:str fsType:str nodeExpandSecretRef:core.v1.SecretReference"
        " nodePublishSecretRef:core.v1.SecretReference nodeStageSecretRef:core.v1.SecretReference readOnly:bool"
        " volumeAttributes:{str} volumeHandle!:str"
    ),
    "core.v1.CSIVolumeSource": (
        "driver!:str fsType:str nodePublishSecretRef:core.v1.LocalObjectReference readOnly:bool volumeAttributes:{str}"
    ),
    "core.v1.Capabilities": "add:[str] drop:[str]",
    "core.v1.CephFSPersistentVolumeSource": (
        "monitors!:[str] path:str readOnly:bool secretFile:str secretRef:core.v1.SecretReference user:str"
    ),
    "core.v1.CephFSVolumeSource": (
        "monitors!:[str] path:str readOnly:bool secretFile:str secretRef:core.v1.LocalObjectReference user:str"
    ),
    "core.v1.CinderPersistentVolumeSource": "fsType:str readOnly:bool secretRef:core.v1.SecretReference volumeID!:str",
    "core.v1.CinderVolumeSource": "fsType:str readOnly:bool secretRef:core.v1.LocalObjectReference volumeID!:str",
    "core.v1.ClaimSource": "resourceClaimName:str resourceClaimTemplateName:str",
    "core.v1.ClientIPConfig": "timeoutSeconds:int",
    "core.v1.ClusterTrustBundleProjection": (
        "labelSelector:meta.v1.LabelSelector name:str optional:bool path!:str signerName:str user@37:int"
    ),
    "core.v1.ComponentCondition": "error:str message:str status!:any type!:str",
    "core.v1.ComponentStatus": (
        "apiVersion:str conditions:[core.v1.ComponentCondition]|type kind:str metadata:meta.v1.ObjectMeta"
    ),
    "core.v1.ConfigMap": (
        "apiVersion:str binaryData:{bytes} data:{str} immutable:bool kind:str metadata:meta.v1.ObjectMeta"
    ),
    "core.v1.ConfigMapEnvSource": "name:str optional:bool",
    "core.v1.ConfigMapKeySelector": "key!:str name:str optional:bool",
    "core.v1.ConfigMapNodeConfigSource": "kubeletConfigKey!:str name!:str namespace!:str resourceVersion:str uid:str",
    "core.v1.ConfigMapProjection": "items:[core.v1.KeyToPath] name:str optional:bool",
    "core.v1.ConfigMapVolumeSource": (
        "defaultMode:int defaultUser@37:int items:[core.v1.KeyToPath] name:str optional:bool"
    ),
    "core.v1.Container": (
        "args:[str] command:[str] env:[core.v1.EnvVar]|name envFrom:[core.v1.EnvFromSource] image:str"
        " imagePullPolicy:str lifecycle:core.v1.Lifecycle livenessProbe:core.v1.Probe name!:str"
        " ports:[core.v1.ContainerPort]|containerPort,protocol readinessProbe:core.v1.Probe"
        " resizePolicy@27:[core.v1.ContainerResizePolicy] resources:core.v1.ResourceRequirements restartPolicy@28:str"
        " restartPolicyRules@34:[core.v1.ContainerRestartRule] securityContext:core.v1.SecurityContext"
        " startupProbe:core.v1.Probe stdin:bool stdinOnce:bool terminationMessagePath:str terminationMessagePolicy:str"
        " tty:bool volumeDevices:[core.v1.VolumeDevice]|devicePath volumeMounts:[core.v1.VolumeMount]|mountPath"
        " workingDir:str"
    ),
    "core.v1.ContainerPort": "containerPort!:int hostIP:str hostPort:int name:str protocol:str",
    "core.v1.ContainerResizePolicy": "resourceName!:str restartPolicy!:str",
    "core.v1.ContainerRestartRule": "action!:str exitCodes:core.v1.ContainerRestartRuleOnExitCodes",
    "core.v1.ContainerRestartRuleOnExitCodes": "operator!:str values:[int]|=",
    "core.v1.DownwardAPIProjection": "items:[core.v1.DownwardAPIVolumeFile]",
    "core.v1.DownwardAPIVolumeFile": (
        "fieldRef:core.v1.ObjectFieldSelector mode:int path!:str resourceFieldRef:core.v1.ResourceFieldSelector"
        " user@37:int"
    ),
    "core.v1.DownwardAPIVolumeSource": "defaultMode:int defaultUser@37:int items:[core.v1.DownwardAPIVolumeFile]",
    "core.v1.EmptyDirVolumeSource": "medium:str mode@37:int sizeLimit:quantity",
    "core.v1.EndpointAddress": "hostname:str ip!:str nodeName:str targetRef:core.v1.ObjectReference",
    "core.v1.EndpointPort": "appProtocol:str name:str port!:int protocol:str",
    "core.v1.EndpointSubset": (
        "addresses:[core.v1.EndpointAddress] notReadyAddresses:[core.v1.EndpointAddress] ports:[core.v1.EndpointPort]"
    ),
    "core.v1.Endpoints": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta subsets:[core.v1.EndpointSubset]",
    "core.v1.EnvFromSource": "configMapRef:core.v1.ConfigMapEnvSource prefix:str secretRef:core.v1.SecretEnvSource",
    "core.v1.EnvVar": "name!:str value:str valueFrom:core.v1.EnvVarSource",
    "core.v1.EnvVarSource": (
        "configMapKeyRef:core.v1.ConfigMapKeySelector fieldRef:core.v1.ObjectFieldSelector"
        " fileKeyRef@34:core.v1.FileKeySelector resourceFieldRef:core.v1.ResourceFieldSelector"
        " secretKeyRef:core.v1.SecretKeySelector"
    ),
    "core.v1.EphemeralContainer": (
        "args:[str] command:[str] env:[core.v1.EnvVar]|name envFrom:[core.v1.EnvFromSource] image:str"
        " imagePullPolicy:str lifecycle:core.v1.Lifecycle livenessProbe:core.v1.Probe name!:str"
        " ports:[core.v1.ContainerPort]|containerPort,protocol readinessProbe:core.v1.Probe"
        " resizePolicy@27:[core.v1.ContainerResizePolicy] resources:core.v1.ResourceRequirements restartPolicy@28:str"
        " restartPolicyRules@34:[core.v1.ContainerRestartRule] securityContext:core.v1.SecurityContext"
        " startupProbe:core.v1.Probe stdin:bool stdinOnce:bool targetContainerName:str terminationMessagePath:str"
        " terminationMessagePolicy:str tty:bool volumeDevices:[core.v1.VolumeDevice]|devicePath"
        " volumeMounts:[core.v1.VolumeMount]|mountPath workingDir:str"
    ),
    "core.v1.EphemeralVolumeSource": "volumeClaimTemplate:core.v1.PersistentVolumeClaimTemplate",
    "core.v1.Event": (
        "action:str apiVersion:str count:int eventTime:str firstTimestamp:str involvedObject!:core.v1.ObjectReference"
        " kind:str lastTimestamp:str message:str metadata!:meta.v1.ObjectMeta reason:str"
        " related:core.v1.ObjectReference reportingComponent:str reportingInstance:str series:core.v1.EventSeries"
        " source:core.v1.EventSource type:str"
    ),
    "core.v1.EventSeries": "count:int lastObservedTime:str",
    "core.v1.EventSource": "component:str host:str",
    "core.v1.EvictionResponder": "name!:str priority!:int",
    "core.v1.ExecAction": "command:[str]",
    "core.v1.FCVolumeSource": "fsType:str lun:int readOnly:bool targetWWNs:[str] wwids:[str]",
    "core.v1.FileKeySelector": "key!:str optional:bool path!:str volumeName!:str",
    "core.v1.FlexPersistentVolumeSource": (
        "driver!:str fsType:str options:{str} readOnly:bool secretRef:core.v1.SecretReference"
    ),
    "core.v1.FlexVolumeSource": (
        "driver!:str fsType:str options:{str} readOnly:bool secretRef:core.v1.LocalObjectReference"
    ),
    "core.v1.FlockerVolumeSource": "datasetName:str datasetUUID:str",
    "core.v1.GCEPersistentDiskVolumeSource": "fsType:str partition:int pdName!:str readOnly:bool",
    "core.v1.GRPCAction": "mode@37:str port!:int service:str",
    "core.v1.GitRepoVolumeSource": "directory:str repository!:str revision:str",
    "core.v1.GlusterfsPersistentVolumeSource": "endpoints!:str endpointsNamespace:str path!:str readOnly:bool",
    "core.v1.GlusterfsVolumeSource": "endpoints!:str path!:str readOnly:bool",
    "core.v1.HTTPGetAction": (
        "host:str httpHeaders:[core.v1.HTTPHeader] path:str port!:intstr protocol@37:str scheme:str"
    ),
    "core.v1.HTTPHeader": "name!:str value!:str",
    "core.v1.HostAlias": "hostnames:[str] ip!:str",
    "core.v1.HostPathVolumeSource": "path!:str type:str",
    "core.v1.ISCSIPersistentVolumeSource": (
        "chapAuthDiscovery:bool chapAuthSession:bool fsType:str initiatorName:str iqn!:str iscsiInterface:str lun!:int"
        " portals:[str] readOnly:bool secretRef:core.v1.SecretReference targetPortal!:str"
    ),
    "core.v1.ISCSIVolumeSource": (
        "chapAuthDiscovery:bool chapAuthSession:bool fsType:str initiatorName:str iqn!:str iscsiInterface:str lun!:int"
        " portals:[str] readOnly:bool secretRef:core.v1.LocalObjectReference targetPortal!:str"
    ),
    "core.v1.ImageVolumeSource": "pullPolicy:str reference:str",
    "core.v1.KeyToPath": "key!:str mode:int path!:str user@37:int",
    "core.v1.Lifecycle": "postStart:core.v1.LifecycleHandler preStop:core.v1.LifecycleHandler stopSignal@33:str",
    "core.v1.LifecycleHandler": (
        "exec:core.v1.ExecAction httpGet:core.v1.HTTPGetAction sleep@29:core.v1.SleepAction"
        " tcpSocket:core.v1.TCPSocketAction"
    ),
    "core.v1.LimitRange": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.LimitRangeSpec",
    "core.v1.LimitRangeItem": (
        "default:{quantity} defaultRequest:{quantity} max:{quantity} maxLimitRequestRatio:{quantity} min:{quantity}"
        " type!:str"
    ),
    "core.v1.LimitRangeSpec": "limits!:[core.v1.LimitRangeItem]",
    "core.v1.LocalObjectReference": "name:str",
    "core.v1.LocalVolumeSource": "fsType:str path!:str",
    "core.v1.NFSVolumeSource": "path!:str readOnly:bool server!:str",
    "core.v1.Namespace": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.NamespaceSpec status:any",
    "core.v1.NamespaceSpec": "finalizers:[str]",
    "core.v1.Node": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.NodeSpec status:any",
    "core.v1.NodeAffinity": (
        "preferredDuringSchedulingIgnoredDuringExecution:[core.v1.PreferredSchedulingTerm]"
        " requiredDuringSchedulingIgnoredDuringExecution:core.v1.NodeSelector"
    ),
    "core.v1.NodeConfigSource": "configMap:core.v1.ConfigMapNodeConfigSource",
    "core.v1.NodePodPreemptionPolicy": "disableResizePreemption:[str]|=",
    "core.v1.NodeSelector": "nodeSelectorTerms!:[core.v1.NodeSelectorTerm]",
    "core.v1.NodeSelectorRequirement": "key!:str operator!:str values:[str]",
    "core.v1.NodeSelectorTerm": (
        "matchExpressions:[core.v1.NodeSelectorRequirement] matchFields:[core.v1.NodeSelectorRequirement]"
    ),
    "core.v1.NodeSpec": (
        "configSource:core.v1.NodeConfigSource externalID:str podCIDR:str podCIDRs:[str]|="
        " podPreemptionPolicy@37:core.v1.NodePodPreemptionPolicy providerID:str taints:[core.v1.Taint]"
        " unschedulable:bool"
    ),
    "core.v1.ObjectFieldSelector": "apiVersion:str fieldPath!:str",
    "core.v1.ObjectReference": (
        "apiVersion:str fieldPath:str kind:str name:str namespace:str resourceVersion:str uid:str"
    ),
    "core.v1.PersistentVolume": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.PersistentVolumeSpec status:any"
    ),
    "core.v1.PersistentVolumeClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.PersistentVolumeClaimSpec status:any"
    ),
    "core.v1.PersistentVolumeClaimSpec": (
        "accessModes:[str] dataSource:core.v1.TypedLocalObjectReference dataSourceRef:core.v1.TypedObjectReference"
        " resources:core.v1.VolumeResourceRequirements selector:meta.v1.LabelSelector storageClassName:str"
        " volumeAttributesClassName@29:str volumeMode:str volumeName:str"
    ),
    "core.v1.PersistentVolumeClaimTemplate": "metadata:meta.v1.ObjectMeta spec!:core.v1.PersistentVolumeClaimSpec",
    "core.v1.PersistentVolumeClaimVolumeSource": "claimName!:str readOnly:bool",
    "core.v1.PersistentVolumeSpec": (
        "accessModes:[str] awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource"
        " azureDisk:core.v1.AzureDiskVolumeSource azureFile:core.v1.AzureFilePersistentVolumeSource capacity:{quantity}"
        " cephfs:core.v1.CephFSPersistentVolumeSource cinder:core.v1.CinderPersistentVolumeSource"
        " claimRef:core.v1.ObjectReference csi:core.v1.CSIPersistentVolumeSource fc:core.v1.FCVolumeSource"
        " flexVolume:core.v1.FlexPersistentVolumeSource flocker:core.v1.FlockerVolumeSource"
        " gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource glusterfs:core.v1.GlusterfsPersistentVolumeSource"
        " hostPath:core.v1.HostPathVolumeSource iscsi:core.v1.ISCSIPersistentVolumeSource"
        " local:core.v1.LocalVolumeSource mountOptions:[str] nfs:core.v1.NFSVolumeSource"
        " nodeAffinity:core.v1.VolumeNodeAffinity persistentVolumeReclaimPolicy:str"
        " photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource portworxVolume:core.v1.PortworxVolumeSource"
        " quobyte:core.v1.QuobyteVolumeSource rbd:core.v1.RBDPersistentVolumeSource"
        " scaleIO:core.v1.ScaleIOPersistentVolumeSource storageClassName:str"
        " storageos:core.v1.StorageOSPersistentVolumeSource volumeAttributesClassName@29:str volumeMode:str"
        " vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource"
    ),
    "core.v1.PhotonPersistentDiskVolumeSource": "fsType:str pdID!:str",
    "core.v1.Pod": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.PodSpec status:any",
    "core.v1.PodAffinity": (
        "preferredDuringSchedulingIgnoredDuringExecution:[core.v1.WeightedPodAffinityTerm]"
        " requiredDuringSchedulingIgnoredDuringExecution:[core.v1.PodAffinityTerm]"
    ),
    "core.v1.PodAffinityTerm": (
        "labelSelector:meta.v1.LabelSelector matchLabelKeys@29:[str] mismatchLabelKeys@29:[str]"
        " namespaceSelector:meta.v1.LabelSelector namespaces:[str] topologyKey!:str"
    ),
    "core.v1.PodAntiAffinity": (
        "preferredDuringSchedulingIgnoredDuringExecution:[core.v1.WeightedPodAffinityTerm]"
        " requiredDuringSchedulingIgnoredDuringExecution:[core.v1.PodAffinityTerm]"
    ),
    "core.v1.PodCertificateProjection": (
        "certificateChainPath:str credentialBundlePath:str keyPath:str keyType!:str maxExpirationSeconds:int"
        " signerName!:str user@37:int userAnnotations@35:{str}"
    ),
    "core.v1.PodDNSConfig": "nameservers:[str] options:[core.v1.PodDNSConfigOption] searches:[str]",
    "core.v1.PodDNSConfigOption": "name:str value:str",
    "core.v1.PodOS": "name!:str",
    "core.v1.PodReadinessGate": "conditionType!:str",
    "core.v1.PodResourceClaim": (
        "name!:str resourceClaimName@31:str resourceClaimTemplateName@31:str source~30:core.v1.ClaimSource"
    ),
    "core.v1.PodSchedulingGate": "name!:str",
    "core.v1.PodSchedulingGroup": "podGroupName:str",
    "core.v1.PodSecurityContext": (
        "appArmorProfile@30:core.v1.AppArmorProfile fsGroup:int fsGroupChangePolicy:str runAsGroup:int"
        " runAsNonRoot:bool runAsUser:int seLinuxChangePolicy@32:str seLinuxOptions:core.v1.SELinuxOptions"
        " seccompProfile:core.v1.SeccompProfile supplementalGroups:[int] supplementalGroupsPolicy@31:str"
        " sysctls:[core.v1.Sysctl] windowsOptions:core.v1.WindowsSecurityContextOptions"
    ),
    "core.v1.PodSpec": (
        "activeDeadlineSeconds:int affinity:core.v1.Affinity automountServiceAccountToken:bool"
        " containers!:[core.v1.Container]|name dnsConfig:core.v1.PodDNSConfig dnsPolicy:str enableServiceLinks:bool"
        " ephemeralContainers:[core.v1.EphemeralContainer]|name evictionResponders@37:[core.v1.EvictionResponder]|name"
        " hostAliases:[core.v1.HostAlias]|ip hostIPC:bool hostNetwork:bool hostPID:bool hostUsers:bool hostname:str"
        " hostnameOverride@34:str imagePullSecrets:[core.v1.LocalObjectReference]|name"
        " initContainers:[core.v1.Container]|name nodeName:str nodeSelector:{str} os:core.v1.PodOS overhead:{quantity}"
        " preemptionPolicy:str priority:int priorityClassName:str readinessGates:[core.v1.PodReadinessGate]"
        " resourceClaims@26:[core.v1.PodResourceClaim]|name resources@32:core.v1.ResourceRequirements restartPolicy:str"
        " runtimeClassName:str schedulerName:str schedulingGates@26:[core.v1.PodSchedulingGate]|name"
        " schedulingGroup@36:core.v1.PodSchedulingGroup securityContext:core.v1.PodSecurityContext serviceAccount:str"
        " serviceAccountName:str setHostnameAsFQDN:bool shareProcessNamespace:bool subdomain:str"
        " terminationGracePeriodSeconds:int tolerations:[core.v1.Toleration]"
        " topologySpreadConstraints:[core.v1.TopologySpreadConstraint]|topologyKey,whenUnsatisfiable"
        " volumes:[core.v1.Volume]|name workloadRef@35~35:core.v1.WorkloadReference"
    ),
    "core.v1.PodTemplate": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta template:core.v1.PodTemplateSpec",
    "core.v1.PodTemplateSpec": "metadata:meta.v1.ObjectMeta spec:core.v1.PodSpec",
    "core.v1.PortworxVolumeSource": "fsType:str readOnly:bool volumeID!:str",
    "core.v1.PreferredSchedulingTerm": "preference!:core.v1.NodeSelectorTerm weight!:int",
    "core.v1.Probe": (
        "exec:core.v1.ExecAction failureThreshold:int grpc:core.v1.GRPCAction httpGet:core.v1.HTTPGetAction"
        " initialDelaySeconds:int periodSeconds:int successThreshold:int tcpSocket:core.v1.TCPSocketAction"
        " terminationGracePeriodSeconds:int timeoutSeconds:int"
    ),
    "core.v1.ProjectedVolumeSource": "defaultMode:int defaultUser@37:int sources:[core.v1.VolumeProjection]",
    "core.v1.QuobyteVolumeSource": "group:str readOnly:bool registry!:str tenant:str user:str volume!:str",
    "core.v1.RBDPersistentVolumeSource": (
        "fsType:str image!:str keyring:str monitors!:[str] pool:str readOnly:bool secretRef:core.v1.SecretReference"
        " user:str"
    ),
    "core.v1.RBDVolumeSource": (
        "fsType:str image!:str keyring:str monitors!:[str] pool:str readOnly:bool"
        " secretRef:core.v1.LocalObjectReference user:str"
    ),
    "core.v1.ReplicationController": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.ReplicationControllerSpec status:any"
    ),
    "core.v1.ReplicationControllerSpec": (
        "minReadySeconds:int replicas:int selector:{str} template:core.v1.PodTemplateSpec"
    ),
    "core.v1.ResourceClaim": "name!:str request@31:str",
    "core.v1.ResourceFieldSelector": "containerName:str divisor:quantity resource!:str",
    "core.v1.ResourceQuota": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.ResourceQuotaSpec status:any"
    ),
    "core.v1.ResourceQuotaSpec": "hard:{quantity} scopeSelector:core.v1.ScopeSelector scopes:[str]",
    "core.v1.ResourceRequirements": "claims@26:[core.v1.ResourceClaim]|name limits:{quantity} requests:{quantity}",
    "core.v1.SELinuxOptions": "level:str role:str type:str user:str",
    "core.v1.ScaleIOPersistentVolumeSource": (
        "fsType:str gateway!:str protectionDomain:str readOnly:bool secretRef!:core.v1.SecretReference sslEnabled:bool"
        " storageMode:str storagePool:str system!:str volumeName:str"
    ),
    "core.v1.ScaleIOVolumeSource": (
        "fsType:str gateway!:str protectionDomain:str readOnly:bool secretRef!:core.v1.LocalObjectReference"
        " sslEnabled:bool storageMode:str storagePool:str system!:str volumeName:str"
    ),
    "core.v1.ScopeSelector": "matchExpressions:[core.v1.ScopedResourceSelectorRequirement]",
    "core.v1.ScopedResourceSelectorRequirement": "operator!:str scopeName!:str values:[str]",
    "core.v1.SeccompProfile": "localhostProfile:str type!:str",
    "core.v1.Secret": (
        "apiVersion:str data:{bytes} immutable:bool kind:str metadata:meta.v1.ObjectMeta stringData:{str} type:str"
    ),
    "core.v1.SecretEnvSource": "name:str optional:bool",
    "core.v1.SecretKeySelector": "key!:str name:str optional:bool",
    "core.v1.SecretProjection": "items:[core.v1.KeyToPath] name:str optional:bool",
    "core.v1.SecretReference": "name:str namespace:str",
    "core.v1.SecretVolumeSource": (
        "defaultMode:int defaultUser@37:int items:[core.v1.KeyToPath] optional:bool secretName:str"
    ),
    "core.v1.SecurityContext": (
        "allowPrivilegeEscalation:bool appArmorProfile@30:core.v1.AppArmorProfile capabilities:core.v1.Capabilities"
        " privileged:bool procMount:str readOnlyRootFilesystem:bool runAsGroup:int runAsNonRoot:bool runAsUser:int"
        " seLinuxOptions:core.v1.SELinuxOptions seccompProfile:core.v1.SeccompProfile"
        " windowsOptions:core.v1.WindowsSecurityContextOptions"
    ),
    "core.v1.Service": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:core.v1.ServiceSpec status:any",
    "core.v1.ServiceAccount": (
        "apiVersion:str automountServiceAccountToken:bool imagePullSecrets:[core.v1.LocalObjectReference] kind:str"
        " metadata:meta.v1.ObjectMeta secrets:[core.v1.ObjectReference]|name"
    ),
    "core.v1.ServiceAccountTokenProjection": "audience:str expirationSeconds:int path!:str user@37:int",
    "core.v1.ServicePort": "appProtocol:str name:str nodePort:int port!:int protocol:str targetPort:intstr",
    "core.v1.ServiceSpec": (
        "allocateLoadBalancerNodePorts:bool clusterIP:str clusterIPs:[str] externalIPs:[str] externalName:str"
        " externalTrafficPolicy:str healthCheckNodePort:int internalTrafficPolicy:str ipFamilies:[str]"
        " ipFamilyPolicy:str loadBalancerClass:str loadBalancerIP:str loadBalancerSourceRanges:[str]"
        " ports:[core.v1.ServicePort]|port,protocol publishNotReadyAddresses:bool selector:{str} sessionAffinity:str"
        " sessionAffinityConfig:core.v1.SessionAffinityConfig trafficDistribution@30:str type:str"
    ),
    "core.v1.SessionAffinityConfig": "clientIP:core.v1.ClientIPConfig",
    "core.v1.SleepAction": "seconds!:int",
    "core.v1.StorageOSPersistentVolumeSource": (
        "fsType:str readOnly:bool secretRef:core.v1.ObjectReference volumeName:str volumeNamespace:str"
    ),
    "core.v1.StorageOSVolumeSource": (
        "fsType:str readOnly:bool secretRef:core.v1.LocalObjectReference volumeName:str volumeNamespace:str"
    ),
    "core.v1.Sysctl": "name!:str value!:str",
    "core.v1.TCPSocketAction": "host:str port!:intstr",
    "core.v1.Taint": "effect!:str key!:str timeAdded:str value:str",
    "core.v1.Toleration": "effect:str key:str operator:str tolerationSeconds:int value:str",
    "core.v1.TopologySelectorLabelRequirement": "key!:str values!:[str]",
    "core.v1.TopologySelectorTerm": "matchLabelExpressions:[core.v1.TopologySelectorLabelRequirement]",
    "core.v1.TopologySpreadConstraint": (
        "labelSelector:meta.v1.LabelSelector matchLabelKeys:[str] maxSkew!:int minDomains:int nodeAffinityPolicy:str"
        " nodeTaintsPolicy:str topologyKey!:str whenUnsatisfiable!:str"
    ),
    "core.v1.TypedLocalObjectReference": "apiGroup:str kind!:str name!:str",
    "core.v1.TypedObjectReference": "apiGroup:str kind!:str name!:str namespace:str",
    "core.v1.Volume": (
        "awsElasticBlockStore:core.v1.AWSElasticBlockStoreVolumeSource azureDisk:core.v1.AzureDiskVolumeSource"
        " azureFile:core.v1.AzureFileVolumeSource cephfs:core.v1.CephFSVolumeSource cinder:core.v1.CinderVolumeSource"
        " configMap:core.v1.ConfigMapVolumeSource csi:core.v1.CSIVolumeSource"
        " downwardAPI:core.v1.DownwardAPIVolumeSource emptyDir:core.v1.EmptyDirVolumeSource"
        " ephemeral:core.v1.EphemeralVolumeSource fc:core.v1.FCVolumeSource flexVolume:core.v1.FlexVolumeSource"
        " flocker:core.v1.FlockerVolumeSource gcePersistentDisk:core.v1.GCEPersistentDiskVolumeSource"
        " gitRepo:core.v1.GitRepoVolumeSource glusterfs:core.v1.GlusterfsVolumeSource"
        " hostPath:core.v1.HostPathVolumeSource image@31:core.v1.ImageVolumeSource iscsi:core.v1.ISCSIVolumeSource"
        " name!:str nfs:core.v1.NFSVolumeSource persistentVolumeClaim:core.v1.PersistentVolumeClaimVolumeSource"
        " photonPersistentDisk:core.v1.PhotonPersistentDiskVolumeSource portworxVolume:core.v1.PortworxVolumeSource"
        " projected:core.v1.ProjectedVolumeSource quobyte:core.v1.QuobyteVolumeSource rbd:core.v1.RBDVolumeSource"
        " scaleIO:core.v1.ScaleIOVolumeSource secret:core.v1.SecretVolumeSource storageos:core.v1.StorageOSVolumeSource"
        " vsphereVolume:core.v1.VsphereVirtualDiskVolumeSource"
    ),
    "core.v1.VolumeDevice": "devicePath!:str name!:str",
    "core.v1.VolumeMount": (
        "bindMountOptions@37:[str]|= mountPath!:str mountPropagation:str name!:str readOnly:bool"
        " recursiveReadOnly@30:str subPath:str subPathExpr:str"
    ),
    "core.v1.VolumeNodeAffinity": "required:core.v1.NodeSelector",
    "core.v1.VolumeProjection": (
        "clusterTrustBundle@29:core.v1.ClusterTrustBundleProjection configMap:core.v1.ConfigMapProjection"
        " downwardAPI:core.v1.DownwardAPIProjection podCertificate@34:core.v1.PodCertificateProjection"
        " secret:core.v1.SecretProjection serviceAccountToken:core.v1.ServiceAccountTokenProjection"
    ),
    "core.v1.VolumeResourceRequirements": "limits:{quantity} requests:{quantity}",
    "core.v1.VsphereVirtualDiskVolumeSource": "fsType:str storagePolicyID:str storagePolicyName:str volumePath!:str",
    "core.v1.WeightedPodAffinityTerm": "podAffinityTerm!:core.v1.PodAffinityTerm weight!:int",
    "core.v1.WindowsSecurityContextOptions": (
        "gmsaCredentialSpec:str gmsaCredentialSpecName:str hostProcess:bool runAsUserName:str"
    ),
    "core.v1.WorkloadReference": "name!:str podGroup!:str podGroupReplicaKey:str",
    "discovery.v1.Endpoint": (
        "addresses!:[str]|= conditions:discovery.v1.EndpointConditions deprecatedTopology:{str}"
        " hints:discovery.v1.EndpointHints hostname:str nodeName:str targetRef:core.v1.ObjectReference zone:str"
    ),
    "discovery.v1.EndpointConditions": "ready:bool serving:bool terminating:bool",
    "discovery.v1.EndpointHints": "forNodes@33:[discovery.v1.ForNode] forZones:[discovery.v1.ForZone]",
    "discovery.v1.EndpointPort": "appProtocol:str name:str port:int protocol:str",
    "discovery.v1.EndpointSlice": (
        "addressType!:str apiVersion:str endpoints:[discovery.v1.Endpoint] kind:str metadata:meta.v1.ObjectMeta"
        " ports:[discovery.v1.EndpointPort]"
    ),
    "discovery.v1.ForNode": "name!:str",
    "discovery.v1.ForZone": "name!:str",
    "events.v1.Event": (
        "action:str apiVersion:str deprecatedCount:int deprecatedFirstTimestamp:str deprecatedLastTimestamp:str"
        " deprecatedSource:core.v1.EventSource eventTime!:str kind:str metadata:meta.v1.ObjectMeta note:str reason:str"
        " regarding:core.v1.ObjectReference related:core.v1.ObjectReference reportingController:str"
        " reportingInstance:str series:events.v1.EventSeries type:str"
    ),
    "events.v1.EventSeries": "count!:int lastObservedTime!:str",
    "flowcontrol.v1.ExemptPriorityLevelConfiguration": "lendablePercent:int nominalConcurrencyShares:int",
    "flowcontrol.v1.FlowDistinguisherMethod": "type!:str",
    "flowcontrol.v1.FlowSchema": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:flowcontrol.v1.FlowSchemaSpec status:any"
    ),
    "flowcontrol.v1.FlowSchemaSpec": (
        "distinguisherMethod:flowcontrol.v1.FlowDistinguisherMethod matchingPrecedence:int"
        " priorityLevelConfiguration!:flowcontrol.v1.PriorityLevelConfigurationReference"
        " rules:[flowcontrol.v1.PolicyRulesWithSubjects]"
    ),
    "flowcontrol.v1.GroupSubject": "name!:str",
    "flowcontrol.v1.LimitResponse": "queuing:flowcontrol.v1.QueuingConfiguration type!:str",
    "flowcontrol.v1.LimitedPriorityLevelConfiguration": (
        "borrowingLimitPercent:int lendablePercent:int limitResponse!:flowcontrol.v1.LimitResponse"
        " nominalConcurrencyShares:int"
    ),
    "flowcontrol.v1.NonResourcePolicyRule": "nonResourceURLs!:[str]|= verbs!:[str]|=",
    "flowcontrol.v1.PolicyRulesWithSubjects": (
        "nonResourceRules:[flowcontrol.v1.NonResourcePolicyRule] resourceRules:[flowcontrol.v1.ResourcePolicyRule]"
        " subjects!:[flowcontrol.v1.Subject]"
    ),
    "flowcontrol.v1.PriorityLevelConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:flowcontrol.v1.PriorityLevelConfigurationSpec"
        " status:any"
    ),
    "flowcontrol.v1.PriorityLevelConfigurationReference": "name!:str",
    "flowcontrol.v1.PriorityLevelConfigurationSpec": (
        "exempt:flowcontrol.v1.ExemptPriorityLevelConfiguration"
        " limited:flowcontrol.v1.LimitedPriorityLevelConfiguration type!:str"
    ),
    "flowcontrol.v1.QueuingConfiguration": "handSize:int queueLengthLimit:int queues:int",
    "flowcontrol.v1.ResourcePolicyRule": (
        "apiGroups!:[str]|= clusterScope:bool namespaces:[str]|= resources!:[str]|= verbs!:[str]|="
    ),
    "flowcontrol.v1.ServiceAccountSubject": "name!:str namespace!:str",
    "flowcontrol.v1.Subject": (
        "group:flowcontrol.v1.GroupSubject kind!:str serviceAccount:flowcontrol.v1.ServiceAccountSubject"
        " user:flowcontrol.v1.UserSubject"
    ),
    "flowcontrol.v1.UserSubject": "name!:str",
    "flowcontrol.v1beta1.FlowDistinguisherMethod": "type!:str",
    "flowcontrol.v1beta1.FlowSchema": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta1.FlowSchemaSpec status:any"
    ),
    "flowcontrol.v1beta1.FlowSchemaSpec": (
        "distinguisherMethod:flowcontrol.v1beta1.FlowDistinguisherMethod matchingPrecedence:int"
        " priorityLevelConfiguration!:flowcontrol.v1beta1.PriorityLevelConfigurationReference"
        " rules:[flowcontrol.v1beta1.PolicyRulesWithSubjects]"
    ),
    "flowcontrol.v1beta1.GroupSubject": "name!:str",
    "flowcontrol.v1beta1.LimitResponse": "queuing:flowcontrol.v1beta1.QueuingConfiguration type!:str",
    "flowcontrol.v1beta1.LimitedPriorityLevelConfiguration": (
        "assuredConcurrencyShares:int limitResponse:flowcontrol.v1beta1.LimitResponse"
    ),
    "flowcontrol.v1beta1.NonResourcePolicyRule": "nonResourceURLs!:[str]|= verbs!:[str]|=",
    "flowcontrol.v1beta1.PolicyRulesWithSubjects": (
        "nonResourceRules:[flowcontrol.v1beta1.NonResourcePolicyRule]"
        " resourceRules:[flowcontrol.v1beta1.ResourcePolicyRule] subjects!:[flowcontrol.v1beta1.Subject]"
    ),
    "flowcontrol.v1beta1.PriorityLevelConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta1.PriorityLevelConfigurationSpec"
        " status:any"
    ),
    "flowcontrol.v1beta1.PriorityLevelConfigurationReference": "name!:str",
    "flowcontrol.v1beta1.PriorityLevelConfigurationSpec": (
        "limited:flowcontrol.v1beta1.LimitedPriorityLevelConfiguration type!:str"
    ),
    "flowcontrol.v1beta1.QueuingConfiguration": "handSize:int queueLengthLimit:int queues:int",
    "flowcontrol.v1beta1.ResourcePolicyRule": (
        "apiGroups!:[str]|= clusterScope:bool namespaces:[str]|= resources!:[str]|= verbs!:[str]|="
    ),
    "flowcontrol.v1beta1.ServiceAccountSubject": "name!:str namespace!:str",
    "flowcontrol.v1beta1.Subject": (
        "group:flowcontrol.v1beta1.GroupSubject kind!:str serviceAccount:flowcontrol.v1beta1.ServiceAccountSubject"
        " user:flowcontrol.v1beta1.UserSubject"
    ),
    "flowcontrol.v1beta1.UserSubject": "name!:str",
    "flowcontrol.v1beta2.ExemptPriorityLevelConfiguration": "lendablePercent:int nominalConcurrencyShares:int",
    "flowcontrol.v1beta2.FlowDistinguisherMethod": "type!:str",
    "flowcontrol.v1beta2.FlowSchema": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta2.FlowSchemaSpec status:any"
    ),
    "flowcontrol.v1beta2.FlowSchemaSpec": (
        "distinguisherMethod:flowcontrol.v1beta2.FlowDistinguisherMethod matchingPrecedence:int"
        " priorityLevelConfiguration!:flowcontrol.v1beta2.PriorityLevelConfigurationReference"
        " rules:[flowcontrol.v1beta2.PolicyRulesWithSubjects]"
    ),
    "flowcontrol.v1beta2.GroupSubject": "name!:str",
    "flowcontrol.v1beta2.LimitResponse": "queuing:flowcontrol.v1beta2.QueuingConfiguration type!:str",
    "flowcontrol.v1beta2.LimitedPriorityLevelConfiguration": (
        "assuredConcurrencyShares:int borrowingLimitPercent@26:int lendablePercent@26:int"
        " limitResponse:flowcontrol.v1beta2.LimitResponse"
    ),
    "flowcontrol.v1beta2.NonResourcePolicyRule": "nonResourceURLs!:[str]|= verbs!:[str]|=",
    "flowcontrol.v1beta2.PolicyRulesWithSubjects": (
        "nonResourceRules:[flowcontrol.v1beta2.NonResourcePolicyRule]"
        " resourceRules:[flowcontrol.v1beta2.ResourcePolicyRule] subjects!:[flowcontrol.v1beta2.Subject]"
    ),
    "flowcontrol.v1beta2.PriorityLevelConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta2.PriorityLevelConfigurationSpec"
        " status:any"
    ),
    "flowcontrol.v1beta2.PriorityLevelConfigurationReference": "name!:str",
    "flowcontrol.v1beta2.PriorityLevelConfigurationSpec": (
        "exempt@28:flowcontrol.v1beta2.ExemptPriorityLevelConfiguration"
        " limited:flowcontrol.v1beta2.LimitedPriorityLevelConfiguration type!:str"
    ),
    "flowcontrol.v1beta2.QueuingConfiguration": "handSize:int queueLengthLimit:int queues:int",
    "flowcontrol.v1beta2.ResourcePolicyRule": (
        "apiGroups!:[str]|= clusterScope:bool namespaces:[str]|= resources!:[str]|= verbs!:[str]|="
    ),
    "flowcontrol.v1beta2.ServiceAccountSubject": "name!:str namespace!:str",
    "flowcontrol.v1beta2.Subject": (
        "group:flowcontrol.v1beta2.GroupSubject kind!:str serviceAccount:flowcontrol.v1beta2.ServiceAccountSubject"
        " user:flowcontrol.v1beta2.UserSubject"
    ),
    "flowcontrol.v1beta2.UserSubject": "name!:str",
    "flowcontrol.v1beta3.ExemptPriorityLevelConfiguration": "lendablePercent:int nominalConcurrencyShares:int",
    "flowcontrol.v1beta3.FlowDistinguisherMethod": "type!:str",
    "flowcontrol.v1beta3.FlowSchema": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta3.FlowSchemaSpec status:any"
    ),
    "flowcontrol.v1beta3.FlowSchemaSpec": (
        "distinguisherMethod:flowcontrol.v1beta3.FlowDistinguisherMethod matchingPrecedence:int"
        " priorityLevelConfiguration!:flowcontrol.v1beta3.PriorityLevelConfigurationReference"
        " rules:[flowcontrol.v1beta3.PolicyRulesWithSubjects]"
    ),
    "flowcontrol.v1beta3.GroupSubject": "name!:str",
    "flowcontrol.v1beta3.LimitResponse": "queuing:flowcontrol.v1beta3.QueuingConfiguration type!:str",
    "flowcontrol.v1beta3.LimitedPriorityLevelConfiguration": (
        "borrowingLimitPercent:int lendablePercent:int limitResponse:flowcontrol.v1beta3.LimitResponse"
        " nominalConcurrencyShares:int"
    ),
    "flowcontrol.v1beta3.NonResourcePolicyRule": "nonResourceURLs!:[str]|= verbs!:[str]|=",
    "flowcontrol.v1beta3.PolicyRulesWithSubjects": (
        "nonResourceRules:[flowcontrol.v1beta3.NonResourcePolicyRule]"
        " resourceRules:[flowcontrol.v1beta3.ResourcePolicyRule] subjects!:[flowcontrol.v1beta3.Subject]"
    ),
    "flowcontrol.v1beta3.PriorityLevelConfiguration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:flowcontrol.v1beta3.PriorityLevelConfigurationSpec"
        " status:any"
    ),
    "flowcontrol.v1beta3.PriorityLevelConfigurationReference": "name!:str",
    "flowcontrol.v1beta3.PriorityLevelConfigurationSpec": (
        "exempt@28:flowcontrol.v1beta3.ExemptPriorityLevelConfiguration"
        " limited:flowcontrol.v1beta3.LimitedPriorityLevelConfiguration type!:str"
    ),
    "flowcontrol.v1beta3.QueuingConfiguration": "handSize:int queueLengthLimit:int queues:int",
    "flowcontrol.v1beta3.ResourcePolicyRule": (
        "apiGroups!:[str]|= clusterScope:bool namespaces:[str]|= resources!:[str]|= verbs!:[str]|="
    ),
    "flowcontrol.v1beta3.ServiceAccountSubject": "name!:str namespace!:str",
    "flowcontrol.v1beta3.Subject": (
        "group:flowcontrol.v1beta3.GroupSubject kind!:str serviceAccount:flowcontrol.v1beta3.ServiceAccountSubject"
        " user:flowcontrol.v1beta3.UserSubject"
    ),
    "flowcontrol.v1beta3.UserSubject": "name!:str",
    "kube-aggregator.pkg.apis.apiregistration.v1.APIService": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec status:any"
    ),
    "kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec": (
        "caBundle:bytes group:str groupPriorityMinimum!:int insecureSkipTLSVerify:bool"
        " service:kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference version:str versionPriority!:int"
    ),
    "kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference": "name:str namespace:str port:int",
    "lifecycle.v1alpha1.Eviction": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:lifecycle.v1alpha1.EvictionSpec status:any"
    ),
    "lifecycle.v1alpha1.EvictionPodReference": "name!:str uid!:str",
    "lifecycle.v1alpha1.EvictionRequest": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:lifecycle.v1alpha1.EvictionRequestSpec status:any"
    ),
    "lifecycle.v1alpha1.EvictionRequestPodReference": "name!:str uid!:str",
    "lifecycle.v1alpha1.EvictionRequestSpec": (
        "intent!:str requester!:str target!:lifecycle.v1alpha1.EvictionRequestTarget"
    ),
    "lifecycle.v1alpha1.EvictionRequestTarget": "pod:lifecycle.v1alpha1.EvictionRequestPodReference",
    "lifecycle.v1alpha1.EvictionSpec": "target!:lifecycle.v1alpha1.EvictionTarget",
    "lifecycle.v1alpha1.EvictionTarget": "pod:lifecycle.v1alpha1.EvictionPodReference",
    "meta.v1.DeleteOptions": (
        "apiVersion:str dryRun:[str] gracePeriodSeconds:int ignoreStoreReadErrorWithClusterBreakingPotential@32:bool"
        " kind:str orphanDependents:bool preconditions:meta.v1.Preconditions propagationPolicy:str"
    ),
    "meta.v1.FieldSelectorRequirement": "key!:str operator!:str values:[str]",
    "meta.v1.GroupResource": "group!:str resource!:str",
    "meta.v1.LabelSelector": "matchExpressions:[meta.v1.LabelSelectorRequirement] matchLabels:{str}",
    "meta.v1.LabelSelectorRequirement": "key!:str operator!:str values:[str]",
    "meta.v1.ListMeta": (
        "continue:str remainingItemCount:int resourceVersion:str selfLink:str shardInfo@36:meta.v1.ShardInfo"
    ),
    "meta.v1.ObjectMeta": (
        "annotations:{str} creationTimestamp:str deletionGracePeriodSeconds:int deletionTimestamp:str"
        " finalizers:[str]|= generateName:str generation:int labels:{str} managedFields:any name:str namespace:str"
        " ownerReferences:[meta.v1.OwnerReference]|uid resourceVersion:str selfLink:str uid:str"
    ),
    "meta.v1.OwnerReference": "apiVersion!:str blockOwnerDeletion:bool controller:bool kind!:str name!:str uid!:str",
    "meta.v1.Preconditions": "resourceVersion:str uid:str",
    "meta.v1.ShardInfo": "selector!:str",
    "meta.v1.Status": (
        "apiVersion:str code:int details:meta.v1.StatusDetails kind:str message:str metadata:meta.v1.ListMeta"
        " reason:str status:any"
    ),
    "meta.v1.StatusCause": "field:str message:str reason:str",
    "meta.v1.StatusDetails": "causes:[meta.v1.StatusCause] group:str kind:str name:str retryAfterSeconds:int uid:str",
    "networking.v1.HTTPIngressPath": "backend!:networking.v1.IngressBackend path:str pathType!:str",
    "networking.v1.HTTPIngressRuleValue": "paths!:[networking.v1.HTTPIngressPath]",
    "networking.v1.IPAddress": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:networking.v1.IPAddressSpec",
    "networking.v1.IPAddressSpec": "parentRef!:networking.v1.ParentReference",
    "networking.v1.IPBlock": "cidr!:str except:[str]",
    "networking.v1.Ingress": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1.IngressSpec status:any"
    ),
    "networking.v1.IngressBackend": (
        "resource:core.v1.TypedLocalObjectReference service:networking.v1.IngressServiceBackend"
    ),
    "networking.v1.IngressClass": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1.IngressClassSpec"
    ),
    "networking.v1.IngressClassParametersReference": "apiGroup:str kind!:str name!:str namespace:str scope:str",
    "networking.v1.IngressClassSpec": "controller:str parameters:networking.v1.IngressClassParametersReference",
    "networking.v1.IngressRule": "host:str http:networking.v1.HTTPIngressRuleValue",
    "networking.v1.IngressServiceBackend": "name!:str port:networking.v1.ServiceBackendPort",
    "networking.v1.IngressSpec": (
        "defaultBackend:networking.v1.IngressBackend ingressClassName:str rules:[networking.v1.IngressRule]"
        " tls:[networking.v1.IngressTLS]"
    ),
    "networking.v1.IngressTLS": "hosts:[str] secretName:str",
    "networking.v1.NetworkPolicy": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1.NetworkPolicySpec status~27:any"
    ),
    "networking.v1.NetworkPolicyEgressRule": (
        "ports:[networking.v1.NetworkPolicyPort] to:[networking.v1.NetworkPolicyPeer]"
    ),
    "networking.v1.NetworkPolicyIngressRule": (
        "from:[networking.v1.NetworkPolicyPeer] ports:[networking.v1.NetworkPolicyPort]"
    ),
    "networking.v1.NetworkPolicyPeer": (
        "ipBlock:networking.v1.IPBlock namespaceSelector:meta.v1.LabelSelector podSelector:meta.v1.LabelSelector"
    ),
    "networking.v1.NetworkPolicyPort": "endPort:int port:intstr protocol:str",
    "networking.v1.NetworkPolicySpec": (
        "egress:[networking.v1.NetworkPolicyEgressRule] ingress:[networking.v1.NetworkPolicyIngressRule]"
        " podSelector:meta.v1.LabelSelector policyTypes:[str]"
    ),
    "networking.v1.ParentReference": "group:str name!:str namespace:str resource!:str",
    "networking.v1.ServiceBackendPort": "name:str number:int",
    "networking.v1.ServiceCIDR": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1.ServiceCIDRSpec status:any"
    ),
    "networking.v1.ServiceCIDRSpec": "cidrs:[str]",
    "networking.v1alpha1.ClusterCIDR": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1alpha1.ClusterCIDRSpec"
    ),
    "networking.v1alpha1.ClusterCIDRSpec": "ipv4:str ipv6:str nodeSelector:core.v1.NodeSelector perNodeHostBits!:int",
    "networking.v1alpha1.IPAddress": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1alpha1.IPAddressSpec"
    ),
    "networking.v1alpha1.IPAddressSpec": "parentRef!:networking.v1alpha1.ParentReference",
    "networking.v1alpha1.ParentReference": "group:str name!:str namespace:str resource!:str uid~28:str",
    "networking.v1alpha1.ServiceCIDR": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1alpha1.ServiceCIDRSpec status:any"
    ),
    "networking.v1alpha1.ServiceCIDRSpec": "cidrs:[str]",
    "networking.v1beta1.IPAddress": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:networking.v1beta1.IPAddressSpec"
    ),
    "networking.v1beta1.IPAddressSpec": "parentRef!:networking.v1beta1.ParentReference",
    "networking.v1beta1.ParentReference": "group:str name!:str namespace:str resource!:str",
    "networking.v1beta1.ServiceCIDR": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:networking.v1beta1.ServiceCIDRSpec status:any"
    ),
    "networking.v1beta1.ServiceCIDRSpec": "cidrs:[str]",
    "node.v1.Overhead": "podFixed:{quantity}",
    "node.v1.RuntimeClass": (
        "apiVersion:str handler!:str kind:str metadata:meta.v1.ObjectMeta overhead:node.v1.Overhead"
        " scheduling:node.v1.Scheduling"
    ),
    "node.v1.Scheduling": "nodeSelector:{str} tolerations:[core.v1.Toleration]",
    "policy.v1.Eviction": "apiVersion:str deleteOptions:meta.v1.DeleteOptions kind:str metadata:meta.v1.ObjectMeta",
    "policy.v1.PodDisruptionBudget": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:policy.v1.PodDisruptionBudgetSpec status:any"
    ),
    "policy.v1.PodDisruptionBudgetSpec": (
        "maxUnavailable:intstr minAvailable:intstr selector:meta.v1.LabelSelector unhealthyPodEvictionPolicy@26:str"
    ),
    "rbac.v1.AggregationRule": "clusterRoleSelectors:[meta.v1.LabelSelector]",
    "rbac.v1.ClusterRole": (
        "aggregationRule:rbac.v1.AggregationRule apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " rules:[rbac.v1.PolicyRule]"
    ),
    "rbac.v1.ClusterRoleBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta roleRef!:rbac.v1.RoleRef subjects:[rbac.v1.Subject]"
    ),
    "rbac.v1.PolicyRule": "apiGroups:[str] nonResourceURLs:[str] resourceNames:[str] resources:[str] verbs!:[str]",
    "rbac.v1.Role": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta rules:[rbac.v1.PolicyRule]",
    "rbac.v1.RoleBinding": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta roleRef!:rbac.v1.RoleRef subjects:[rbac.v1.Subject]"
    ),
    "rbac.v1.RoleRef": "apiGroup:str kind!:str name!:str",
    "rbac.v1.Subject": "apiGroup:str kind!:str name!:str namespace:str",
    "resource.v1.CELDeviceSelector": "expression!:str",
    "resource.v1.CapacityRequestPolicy": (
        "default:quantity validRange:resource.v1.CapacityRequestPolicyRange validValues:[quantity]"
    ),
    "resource.v1.CapacityRequestPolicyRange": "max:quantity min!:quantity step:quantity",
    "resource.v1.CapacityRequirements": "requests:{quantity}",
    "resource.v1.Counter": "value!:quantity",
    "resource.v1.CounterSet": "counters!:{resource.v1.Counter} name!:str",
    "resource.v1.Device": (
        "allNodes:bool allowMultipleAllocations:bool attributes:{resource.v1.DeviceAttribute} bindingConditions:[str]"
        " bindingFailureConditions:[str] bindsToNode:bool capacity:{resource.v1.DeviceCapacity}"
        " consumesCounters:[resource.v1.DeviceCounterConsumption] name!:str"
        " nodeAllocatableResourceMappings@36~36:{resource.v1.NodeAllocatableResourceMapping}"
        " nodeAllocatableResources@37:{resource.v1.NodeAllocatableResource} nodeName:str"
        " nodeSelector:core.v1.NodeSelector taints:[resource.v1.DeviceTaint]"
    ),
    "resource.v1.DeviceAttribute": (
        "bool:bool bools@36:[bool] int:int ints@36:[int] string:str strings@36:[str] version:str versions@36:[str]"
    ),
    "resource.v1.DeviceCapacity": "requestPolicy:resource.v1.CapacityRequestPolicy value!:quantity",
    "resource.v1.DeviceClaim": (
        "config:[resource.v1.DeviceClaimConfiguration] constraints:[resource.v1.DeviceConstraint]"
        " requests:[resource.v1.DeviceRequest]"
    ),
    "resource.v1.DeviceClaimConfiguration": "opaque:resource.v1.OpaqueDeviceConfiguration requests:[str]",
    "resource.v1.DeviceClass": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1.DeviceClassSpec",
    "resource.v1.DeviceClassConfiguration": "opaque:resource.v1.OpaqueDeviceConfiguration",
    "resource.v1.DeviceClassSpec": (
        "config:[resource.v1.DeviceClassConfiguration] extendedResourceName:str selectors:[resource.v1.DeviceSelector]"
    ),
    "resource.v1.DeviceConstraint": "distinctAttribute:str matchAttribute:str requests:[str]",
    "resource.v1.DeviceCounterConsumption": (
        "compatibilityGroups@37:[str] counterSet!:str counters!:{resource.v1.Counter}"
    ),
    "resource.v1.DeviceDerivedAttribute": "expression!:str name!:str",
    "resource.v1.DeviceRequest": (
        "exactly:resource.v1.ExactDeviceRequest firstAvailable:[resource.v1.DeviceSubRequest] name!:str"
    ),
    "resource.v1.DeviceSelector": "cel:resource.v1.CELDeviceSelector",
    "resource.v1.DeviceSubRequest": (
        "allocationMode:str capacity:resource.v1.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1.DeviceDerivedAttribute] deviceClassName!:str name!:str"
        " selectors:[resource.v1.DeviceSelector] tolerations:[resource.v1.DeviceToleration]"
    ),
    "resource.v1.DeviceTaint": "effect!:str key!:str timeAdded:str value:str",
    "resource.v1.DeviceTaintRule": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1.DeviceTaintRuleSpec status:any"
    ),
    "resource.v1.DeviceTaintRuleSpec": "deviceSelector:resource.v1.DeviceTaintSelector taint!:resource.v1.DeviceTaint",
    "resource.v1.DeviceTaintSelector": "device:str driver:str pool:str",
    "resource.v1.DeviceToleration": "effect:str key:str operator:str tolerationSeconds:int value:str",
    "resource.v1.ExactDeviceRequest": (
        "adminAccess:bool allocationMode:str capacity:resource.v1.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1.DeviceDerivedAttribute] deviceClassName!:str"
        " selectors:[resource.v1.DeviceSelector] tolerations:[resource.v1.DeviceToleration]"
    ),
    "resource.v1.NodeAllocatableMapping": "capacityKey:str capacityMultiplier:quantity deviceMultiplier:quantity",
    "resource.v1.NodeAllocatableOverhead": "perContainer:quantity perPod:quantity",
    "resource.v1.NodeAllocatableResource": (
        "mapping:resource.v1.NodeAllocatableMapping overhead:resource.v1.NodeAllocatableOverhead"
    ),
    "resource.v1.NodeAllocatableResourceMapping": "allocationMultiplier:quantity capacityKey:str",
    "resource.v1.OpaqueDeviceConfiguration": "driver!:str parameters!:any",
    "resource.v1.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1.ResourceClaimSpec status:any"
    ),
    "resource.v1.ResourceClaimSpec": "devices:resource.v1.DeviceClaim",
    "resource.v1.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1.ResourceClaimTemplateSpec"
    ),
    "resource.v1.ResourceClaimTemplateSpec": "metadata:meta.v1.ObjectMeta spec:resource.v1.ResourceClaimSpec",
    "resource.v1.ResourcePool": "generation!:int name!:str resourceSliceCount!:int",
    "resource.v1.ResourceSlice": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1.ResourceSliceSpec"
    ),
    "resource.v1.ResourceSliceSpec": (
        "allNodes:bool devices:[resource.v1.Device] driver!:str nodeName:str nodeSelector:core.v1.NodeSelector"
        " partitionTypeAttribute@37:str perDeviceNodeSelection:bool pool!:resource.v1.ResourcePool"
        " sharedCounters:[resource.v1.CounterSet] skipNodeOperations@37:[str]|="
    ),
    "resource.v1alpha1.PodScheduling": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha1.PodSchedulingSpec status:any"
    ),
    "resource.v1alpha1.PodSchedulingSpec": "potentialNodes:[str]|= selectedNode:str",
    "resource.v1alpha1.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha1.ResourceClaimSpec status:any"
    ),
    "resource.v1alpha1.ResourceClaimParametersReference": "apiGroup:str kind!:str name!:str",
    "resource.v1alpha1.ResourceClaimSpec": (
        "allocationMode:str parametersRef:resource.v1alpha1.ResourceClaimParametersReference resourceClassName!:str"
    ),
    "resource.v1alpha1.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha1.ResourceClaimTemplateSpec"
    ),
    "resource.v1alpha1.ResourceClaimTemplateSpec": (
        "metadata:meta.v1.ObjectMeta spec!:resource.v1alpha1.ResourceClaimSpec"
    ),
    "resource.v1alpha1.ResourceClass": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta"
        " parametersRef:resource.v1alpha1.ResourceClassParametersReference suitableNodes:core.v1.NodeSelector"
    ),
    "resource.v1alpha1.ResourceClassParametersReference": "apiGroup:str kind!:str name!:str namespace:str",
    "resource.v1alpha2.DriverRequests": (
        "driverName:str requests:[resource.v1alpha2.ResourceRequest] vendorParameters:any"
    ),
    "resource.v1alpha2.NamedResourcesAttribute": (
        "bool:bool int:int intSlice:resource.v1alpha2.NamedResourcesIntSlice name!:str quantity:quantity string:str"
        " stringSlice:resource.v1alpha2.NamedResourcesStringSlice version:str"
    ),
    "resource.v1alpha2.NamedResourcesFilter": "selector!:str",
    "resource.v1alpha2.NamedResourcesInstance": "attributes:[resource.v1alpha2.NamedResourcesAttribute] name!:str",
    "resource.v1alpha2.NamedResourcesIntSlice": "ints!:[int]",
    "resource.v1alpha2.NamedResourcesRequest": "selector!:str",
    "resource.v1alpha2.NamedResourcesResources": "instances!:[resource.v1alpha2.NamedResourcesInstance]",
    "resource.v1alpha2.NamedResourcesStringSlice": "strings!:[str]",
    "resource.v1alpha2.PodSchedulingContext": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha2.PodSchedulingContextSpec"
        " status:any"
    ),
    "resource.v1alpha2.PodSchedulingContextSpec": "potentialNodes:[str] selectedNode:str",
    "resource.v1alpha2.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha2.ResourceClaimSpec status:any"
    ),
    "resource.v1alpha2.ResourceClaimParameters": (
        "apiVersion:str driverRequests:[resource.v1alpha2.DriverRequests]"
        " generatedFrom:resource.v1alpha2.ResourceClaimParametersReference kind:str metadata:meta.v1.ObjectMeta"
        " shareable:bool"
    ),
    "resource.v1alpha2.ResourceClaimParametersReference": "apiGroup:str kind!:str name!:str",
    "resource.v1alpha2.ResourceClaimSpec": (
        "allocationMode:str parametersRef:resource.v1alpha2.ResourceClaimParametersReference resourceClassName!:str"
    ),
    "resource.v1alpha2.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha2.ResourceClaimTemplateSpec"
    ),
    "resource.v1alpha2.ResourceClaimTemplateSpec": (
        "metadata:meta.v1.ObjectMeta spec!:resource.v1alpha2.ResourceClaimSpec"
    ),
    "resource.v1alpha2.ResourceClass": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta"
        " parametersRef:resource.v1alpha2.ResourceClassParametersReference structuredParameters@30:bool"
        " suitableNodes:core.v1.NodeSelector"
    ),
    "resource.v1alpha2.ResourceClassParameters": (
        "apiVersion:str filters:[resource.v1alpha2.ResourceFilter]"
        " generatedFrom:resource.v1alpha2.ResourceClassParametersReference kind:str metadata:meta.v1.ObjectMeta"
        " vendorParameters:[resource.v1alpha2.VendorParameters]"
    ),
    "resource.v1alpha2.ResourceClassParametersReference": "apiGroup:str kind!:str name!:str namespace:str",
    "resource.v1alpha2.ResourceFilter": "driverName:str namedResources:resource.v1alpha2.NamedResourcesFilter",
    "resource.v1alpha2.ResourceRequest": "namedResources:resource.v1alpha2.NamedResourcesRequest vendorParameters:any",
    "resource.v1alpha2.ResourceSlice": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta"
        " namedResources:resource.v1alpha2.NamedResourcesResources nodeName:str"
    ),
    "resource.v1alpha2.VendorParameters": "driverName:str parameters:any",
    "resource.v1alpha3.BasicDevice": (
        "allNodes@33:bool attributes:{resource.v1alpha3.DeviceAttribute} capacity:{quantity}"
        " consumesCounters@33:[resource.v1alpha3.DeviceCounterConsumption] nodeName@33:str"
        " nodeSelector@33:core.v1.NodeSelector taints@33:[resource.v1alpha3.DeviceTaint]"
    ),
    "resource.v1alpha3.CELDeviceSelector": "expression!:str",
    "resource.v1alpha3.Counter": "value!:quantity",
    "resource.v1alpha3.CounterSet": "counters!:{resource.v1alpha3.Counter} name!:str",
    "resource.v1alpha3.Device": "basic:resource.v1alpha3.BasicDevice name!:str",
    "resource.v1alpha3.DeviceAttribute": "bool:bool int:int string:str version:str",
    "resource.v1alpha3.DeviceClaim": (
        "config:[resource.v1alpha3.DeviceClaimConfiguration] constraints:[resource.v1alpha3.DeviceConstraint]"
        " requests:[resource.v1alpha3.DeviceRequest]"
    ),
    "resource.v1alpha3.DeviceClaimConfiguration": "opaque:resource.v1alpha3.OpaqueDeviceConfiguration requests:[str]",
    "resource.v1alpha3.DeviceClass": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.DeviceClassSpec"
    ),
    "resource.v1alpha3.DeviceClassConfiguration": "opaque:resource.v1alpha3.OpaqueDeviceConfiguration",
    "resource.v1alpha3.DeviceClassSpec": (
        "config:[resource.v1alpha3.DeviceClassConfiguration] selectors:[resource.v1alpha3.DeviceSelector]"
        " suitableNodes~31:core.v1.NodeSelector"
    ),
    "resource.v1alpha3.DeviceConstraint": "matchAttribute:str requests:[str]",
    "resource.v1alpha3.DeviceCounterConsumption": "counterSet!:str counters!:{resource.v1alpha3.Counter}",
    "resource.v1alpha3.DeviceRequest": (
        "adminAccess:bool allocationMode:str count:int deviceClassName:str"
        " firstAvailable@33:[resource.v1alpha3.DeviceSubRequest] name!:str selectors:[resource.v1alpha3.DeviceSelector]"
        " tolerations@33:[resource.v1alpha3.DeviceToleration]"
    ),
    "resource.v1alpha3.DeviceSelector": "cel:resource.v1alpha3.CELDeviceSelector",
    "resource.v1alpha3.DeviceSubRequest": (
        "allocationMode:str count:int deviceClassName!:str name!:str selectors:[resource.v1alpha3.DeviceSelector]"
        " tolerations:[resource.v1alpha3.DeviceToleration]"
    ),
    "resource.v1alpha3.DeviceTaint": "effect!:str key!:str timeAdded:str value:str",
    "resource.v1alpha3.DeviceTaintRule": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.DeviceTaintRuleSpec status@35:any"
    ),
    "resource.v1alpha3.DeviceTaintRuleSpec": (
        "deviceSelector:resource.v1alpha3.DeviceTaintSelector taint!:resource.v1alpha3.DeviceTaint"
    ),
    "resource.v1alpha3.DeviceTaintSelector": (
        "device:str deviceClassName~34:str driver:str pool:str selectors~34:[resource.v1alpha3.DeviceSelector]"
    ),
    "resource.v1alpha3.DeviceToleration": "effect:str key:str operator:str tolerationSeconds:int value:str",
    "resource.v1alpha3.OpaqueDeviceConfiguration": "driver!:str parameters!:any",
    "resource.v1alpha3.PodSchedulingContext": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.PodSchedulingContextSpec"
        " status:any"
    ),
    "resource.v1alpha3.PodSchedulingContextSpec": "potentialNodes:[str] selectedNode:str",
    "resource.v1alpha3.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.ResourceClaimSpec status:any"
    ),
    "resource.v1alpha3.ResourceClaimSpec": "controller~31:str devices:resource.v1alpha3.DeviceClaim",
    "resource.v1alpha3.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.ResourceClaimTemplateSpec"
    ),
    "resource.v1alpha3.ResourceClaimTemplateSpec": (
        "metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.ResourceClaimSpec"
    ),
    "resource.v1alpha3.ResourcePool": "generation!:int name!:str resourceSliceCount!:int",
    "resource.v1alpha3.ResourcePoolStatusRequest": (
        "apiVersion:str kind:str metadata!:meta.v1.ObjectMeta spec!:resource.v1alpha3.ResourcePoolStatusRequestSpec"
        " status:any"
    ),
    "resource.v1alpha3.ResourcePoolStatusRequestSpec": (
        "defaultPartitionTypeAttribute@37:str driver!:str limit:int poolName:str"
    ),
    "resource.v1alpha3.ResourceSlice": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1alpha3.ResourceSliceSpec"
    ),
    "resource.v1alpha3.ResourceSliceSpec": (
        "allNodes:bool devices:[resource.v1alpha3.Device] driver!:str nodeName:str nodeSelector:core.v1.NodeSelector"
        " perDeviceNodeSelection@33:bool pool!:resource.v1alpha3.ResourcePool"
        " sharedCounters@33:[resource.v1alpha3.CounterSet]"
    ),
    "resource.v1beta1.BasicDevice": (
        "allNodes@33:bool allowMultipleAllocations@34:bool attributes:{resource.v1beta1.DeviceAttribute}"
        " bindingConditions@34:[str] bindingFailureConditions@34:[str] bindsToNode@34:bool"
        " capacity:{resource.v1beta1.DeviceCapacity} consumesCounters@33:[resource.v1beta1.DeviceCounterConsumption]"
        " nodeAllocatableResourceMappings@36~36:{resource.v1beta1.NodeAllocatableResourceMapping}"
        " nodeAllocatableResources@37:{resource.v1beta1.NodeAllocatableResource} nodeName@33:str"
        " nodeSelector@33:core.v1.NodeSelector taints@33:[resource.v1beta1.DeviceTaint]"
    ),
    "resource.v1beta1.CELDeviceSelector": "expression!:str",
    "resource.v1beta1.CapacityRequestPolicy": (
        "default:quantity validRange:resource.v1beta1.CapacityRequestPolicyRange validValues:[quantity]"
    ),
    "resource.v1beta1.CapacityRequestPolicyRange": "max:quantity min!:quantity step:quantity",
    "resource.v1beta1.CapacityRequirements": "requests:{quantity}",
    "resource.v1beta1.Counter": "value!:quantity",
    "resource.v1beta1.CounterSet": "counters!:{resource.v1beta1.Counter} name!:str",
    "resource.v1beta1.Device": "basic:resource.v1beta1.BasicDevice name!:str",
    "resource.v1beta1.DeviceAttribute": (
        "bool:bool bools@36:[bool] int:int ints@36:[int] string:str strings@36:[str] version:str versions@36:[str]"
    ),
    "resource.v1beta1.DeviceCapacity": "requestPolicy@34:resource.v1beta1.CapacityRequestPolicy value!:quantity",
    "resource.v1beta1.DeviceClaim": (
        "config:[resource.v1beta1.DeviceClaimConfiguration] constraints:[resource.v1beta1.DeviceConstraint]"
        " requests:[resource.v1beta1.DeviceRequest]"
    ),
    "resource.v1beta1.DeviceClaimConfiguration": "opaque:resource.v1beta1.OpaqueDeviceConfiguration requests:[str]",
    "resource.v1beta1.DeviceClass": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta1.DeviceClassSpec"
    ),
    "resource.v1beta1.DeviceClassConfiguration": "opaque:resource.v1beta1.OpaqueDeviceConfiguration",
    "resource.v1beta1.DeviceClassSpec": (
        "config:[resource.v1beta1.DeviceClassConfiguration] extendedResourceName@34:str"
        " selectors:[resource.v1beta1.DeviceSelector]"
    ),
    "resource.v1beta1.DeviceConstraint": "distinctAttribute@34:str matchAttribute:str requests:[str]",
    "resource.v1beta1.DeviceCounterConsumption": (
        "compatibilityGroups@37:[str] counterSet!:str counters!:{resource.v1beta1.Counter}"
    ),
    "resource.v1beta1.DeviceDerivedAttribute": "expression!:str name!:str",
    "resource.v1beta1.DeviceRequest": (
        "adminAccess:bool allocationMode:str capacity@34:resource.v1beta1.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1beta1.DeviceDerivedAttribute] deviceClassName:str"
        " firstAvailable@33:[resource.v1beta1.DeviceSubRequest] name!:str selectors:[resource.v1beta1.DeviceSelector]"
        " tolerations@33:[resource.v1beta1.DeviceToleration]"
    ),
    "resource.v1beta1.DeviceSelector": "cel:resource.v1beta1.CELDeviceSelector",
    "resource.v1beta1.DeviceSubRequest": (
        "allocationMode:str capacity@34:resource.v1beta1.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1beta1.DeviceDerivedAttribute] deviceClassName!:str name!:str"
        " selectors:[resource.v1beta1.DeviceSelector] tolerations:[resource.v1beta1.DeviceToleration]"
    ),
    "resource.v1beta1.DeviceTaint": "effect!:str key!:str timeAdded:str value:str",
    "resource.v1beta1.DeviceToleration": "effect:str key:str operator:str tolerationSeconds:int value:str",
    "resource.v1beta1.NodeAllocatableMapping": "capacityKey:str capacityMultiplier:quantity deviceMultiplier:quantity",
    "resource.v1beta1.NodeAllocatableOverhead": "perContainer:quantity perPod:quantity",
    "resource.v1beta1.NodeAllocatableResource": (
        "mapping:resource.v1beta1.NodeAllocatableMapping overhead:resource.v1beta1.NodeAllocatableOverhead"
    ),
    "resource.v1beta1.NodeAllocatableResourceMapping": "allocationMultiplier:quantity capacityKey:str",
    "resource.v1beta1.OpaqueDeviceConfiguration": "driver!:str parameters!:any",
    "resource.v1beta1.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta1.ResourceClaimSpec status:any"
    ),
    "resource.v1beta1.ResourceClaimSpec": "devices:resource.v1beta1.DeviceClaim",
    "resource.v1beta1.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta1.ResourceClaimTemplateSpec"
    ),
    "resource.v1beta1.ResourceClaimTemplateSpec": "metadata:meta.v1.ObjectMeta spec:resource.v1beta1.ResourceClaimSpec",
    "resource.v1beta1.ResourcePool": "generation!:int name!:str resourceSliceCount!:int",
    "resource.v1beta1.ResourceSlice": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1beta1.ResourceSliceSpec"
    ),
    "resource.v1beta1.ResourceSliceSpec": (
        "allNodes:bool devices:[resource.v1beta1.Device] driver!:str nodeName:str nodeSelector:core.v1.NodeSelector"
        " partitionTypeAttribute@37:str perDeviceNodeSelection@33:bool pool!:resource.v1beta1.ResourcePool"
        " sharedCounters@33:[resource.v1beta1.CounterSet] skipNodeOperations@37:[str]|="
    ),
    "resource.v1beta2.CELDeviceSelector": "expression!:str",
    "resource.v1beta2.CapacityRequestPolicy": (
        "default:quantity validRange:resource.v1beta2.CapacityRequestPolicyRange validValues:[quantity]"
    ),
    "resource.v1beta2.CapacityRequestPolicyRange": "max:quantity min!:quantity step:quantity",
    "resource.v1beta2.CapacityRequirements": "requests:{quantity}",
    "resource.v1beta2.Counter": "value!:quantity",
    "resource.v1beta2.CounterSet": "counters!:{resource.v1beta2.Counter} name!:str",
    "resource.v1beta2.Device": (
        "allNodes:bool allowMultipleAllocations@34:bool attributes:{resource.v1beta2.DeviceAttribute}"
        " bindingConditions@34:[str] bindingFailureConditions@34:[str] bindsToNode@34:bool"
        " capacity:{resource.v1beta2.DeviceCapacity} consumesCounters:[resource.v1beta2.DeviceCounterConsumption]"
        " name!:str nodeAllocatableResourceMappings@36~36:{resource.v1beta2.NodeAllocatableResourceMapping}"
        " nodeAllocatableResources@37:{resource.v1beta2.NodeAllocatableResource} nodeName:str"
        " nodeSelector:core.v1.NodeSelector taints:[resource.v1beta2.DeviceTaint]"
    ),
    "resource.v1beta2.DeviceAttribute": (
        "bool:bool bools@36:[bool] int:int ints@36:[int] string:str strings@36:[str] version:str versions@36:[str]"
    ),
    "resource.v1beta2.DeviceCapacity": "requestPolicy@34:resource.v1beta2.CapacityRequestPolicy value!:quantity",
    "resource.v1beta2.DeviceClaim": (
        "config:[resource.v1beta2.DeviceClaimConfiguration] constraints:[resource.v1beta2.DeviceConstraint]"
        " requests:[resource.v1beta2.DeviceRequest]"
    ),
    "resource.v1beta2.DeviceClaimConfiguration": "opaque:resource.v1beta2.OpaqueDeviceConfiguration requests:[str]",
    "resource.v1beta2.DeviceClass": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta2.DeviceClassSpec"
    ),
    "resource.v1beta2.DeviceClassConfiguration": "opaque:resource.v1beta2.OpaqueDeviceConfiguration",
    "resource.v1beta2.DeviceClassSpec": (
        "config:[resource.v1beta2.DeviceClassConfiguration] extendedResourceName@34:str"
        " selectors:[resource.v1beta2.DeviceSelector]"
    ),
    "resource.v1beta2.DeviceConstraint": "distinctAttribute@34:str matchAttribute:str requests:[str]",
    "resource.v1beta2.DeviceCounterConsumption": (
        "compatibilityGroups@37:[str] counterSet!:str counters!:{resource.v1beta2.Counter}"
    ),
    "resource.v1beta2.DeviceDerivedAttribute": "expression!:str name!:str",
    "resource.v1beta2.DeviceRequest": (
        "exactly:resource.v1beta2.ExactDeviceRequest firstAvailable:[resource.v1beta2.DeviceSubRequest] name!:str"
    ),
    "resource.v1beta2.DeviceSelector": "cel:resource.v1beta2.CELDeviceSelector",
    "resource.v1beta2.DeviceSubRequest": (
        "allocationMode:str capacity@34:resource.v1beta2.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1beta2.DeviceDerivedAttribute] deviceClassName!:str name!:str"
        " selectors:[resource.v1beta2.DeviceSelector] tolerations:[resource.v1beta2.DeviceToleration]"
    ),
    "resource.v1beta2.DeviceTaint": "effect!:str key!:str timeAdded:str value:str",
    "resource.v1beta2.DeviceTaintRule": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1beta2.DeviceTaintRuleSpec status:any"
    ),
    "resource.v1beta2.DeviceTaintRuleSpec": (
        "deviceSelector:resource.v1beta2.DeviceTaintSelector taint!:resource.v1beta2.DeviceTaint"
    ),
    "resource.v1beta2.DeviceTaintSelector": "device:str driver:str pool:str",
    "resource.v1beta2.DeviceToleration": "effect:str key:str operator:str tolerationSeconds:int value:str",
    "resource.v1beta2.ExactDeviceRequest": (
        "adminAccess:bool allocationMode:str capacity@34:resource.v1beta2.CapacityRequirements count:int"
        " derivedAttributes@37:[resource.v1beta2.DeviceDerivedAttribute] deviceClassName!:str"
        " selectors:[resource.v1beta2.DeviceSelector] tolerations:[resource.v1beta2.DeviceToleration]"
    ),
    "resource.v1beta2.NodeAllocatableMapping": "capacityKey:str capacityMultiplier:quantity deviceMultiplier:quantity",
    "resource.v1beta2.NodeAllocatableOverhead": "perContainer:quantity perPod:quantity",
    "resource.v1beta2.NodeAllocatableResource": (
        "mapping:resource.v1beta2.NodeAllocatableMapping overhead:resource.v1beta2.NodeAllocatableOverhead"
    ),
    "resource.v1beta2.NodeAllocatableResourceMapping": "allocationMultiplier:quantity capacityKey:str",
    "resource.v1beta2.OpaqueDeviceConfiguration": "driver!:str parameters!:any",
    "resource.v1beta2.ResourceClaim": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta2.ResourceClaimSpec status:any"
    ),
    "resource.v1beta2.ResourceClaimSpec": "devices:resource.v1beta2.DeviceClaim",
    "resource.v1beta2.ResourceClaimTemplate": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:resource.v1beta2.ResourceClaimTemplateSpec"
    ),
    "resource.v1beta2.ResourceClaimTemplateSpec": "metadata:meta.v1.ObjectMeta spec:resource.v1beta2.ResourceClaimSpec",
    "resource.v1beta2.ResourcePool": "generation!:int name!:str resourceSliceCount!:int",
    "resource.v1beta2.ResourceSlice": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:resource.v1beta2.ResourceSliceSpec"
    ),
    "resource.v1beta2.ResourceSliceSpec": (
        "allNodes:bool devices:[resource.v1beta2.Device] driver!:str nodeName:str nodeSelector:core.v1.NodeSelector"
        " partitionTypeAttribute@37:str perDeviceNodeSelection:bool pool!:resource.v1beta2.ResourcePool"
        " sharedCounters:[resource.v1beta2.CounterSet] skipNodeOperations@37:[str]|="
    ),
    "scheduling.v1.PriorityClass": (
        "apiVersion:str description:str globalDefault:bool kind:str metadata:meta.v1.ObjectMeta preemptionPolicy:str"
        " value:int"
    ),
    "scheduling.v1alpha1.GangSchedulingPolicy": "minCount!:int",
    "scheduling.v1alpha1.PodGroup": "name!:str policy!:scheduling.v1alpha1.PodGroupPolicy",
    "scheduling.v1alpha1.PodGroupPolicy": "basic:any gang:scheduling.v1alpha1.GangSchedulingPolicy",
    "scheduling.v1alpha1.TypedLocalObjectReference": "apiGroup:str kind!:str name!:str",
    "scheduling.v1alpha1.Workload": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha1.WorkloadSpec"
    ),
    "scheduling.v1alpha1.WorkloadSpec": (
        "controllerRef:scheduling.v1alpha1.TypedLocalObjectReference podGroups!:[scheduling.v1alpha1.PodGroup]|name"
    ),
    "scheduling.v1alpha2.GangSchedulingPolicy": "minCount!:int",
    "scheduling.v1alpha2.PodGroup": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha2.PodGroupSpec status:any"
    ),
    "scheduling.v1alpha2.PodGroupResourceClaim": "name!:str resourceClaimName:str resourceClaimTemplateName:str",
    "scheduling.v1alpha2.PodGroupSchedulingConstraints": "topology:[scheduling.v1alpha2.TopologyConstraint]",
    "scheduling.v1alpha2.PodGroupSchedulingPolicy": "basic:any gang:scheduling.v1alpha2.GangSchedulingPolicy",
    "scheduling.v1alpha2.PodGroupSpec": (
        "disruptionMode:str podGroupTemplateRef:scheduling.v1alpha2.PodGroupTemplateReference priority:int"
        " priorityClassName:str resourceClaims:[scheduling.v1alpha2.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1alpha2.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha2.PodGroupSchedulingPolicy"
    ),
    "scheduling.v1alpha2.PodGroupTemplate": (
        "disruptionMode:str name!:str priority:int priorityClassName:str"
        " resourceClaims:[scheduling.v1alpha2.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1alpha2.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha2.PodGroupSchedulingPolicy"
    ),
    "scheduling.v1alpha2.PodGroupTemplateReference": "workload:scheduling.v1alpha2.WorkloadPodGroupTemplateReference",
    "scheduling.v1alpha2.TopologyConstraint": "key!:str",
    "scheduling.v1alpha2.TypedLocalObjectReference": "apiGroup:str kind!:str name!:str",
    "scheduling.v1alpha2.Workload": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha2.WorkloadSpec"
    ),
    "scheduling.v1alpha2.WorkloadPodGroupTemplateReference": "podGroupTemplateName!:str workloadName!:str",
    "scheduling.v1alpha2.WorkloadSpec": (
        "controllerRef:scheduling.v1alpha2.TypedLocalObjectReference"
        " podGroupTemplates!:[scheduling.v1alpha2.PodGroupTemplate]|name"
    ),
    "scheduling.v1alpha3.CompositeDisruptionMode": "all:any single:any",
    "scheduling.v1alpha3.CompositeGangSchedulingPolicy": "minGroupCount!:int",
    "scheduling.v1alpha3.CompositePodGroup": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha3.CompositePodGroupSpec status:any"
    ),
    "scheduling.v1alpha3.CompositePodGroupSchedulingConstraints": "topology:[scheduling.v1alpha3.TopologyConstraint]",
    "scheduling.v1alpha3.CompositePodGroupSchedulingPolicy": (
        "basic:any gang:scheduling.v1alpha3.CompositeGangSchedulingPolicy"
    ),
    "scheduling.v1alpha3.CompositePodGroupSpec": (
        "disruptionMode:scheduling.v1alpha3.CompositeDisruptionMode parentCompositePodGroupName:str"
        " preemptionPolicy:str priority:int priorityClassName:str"
        " schedulingConstraints:scheduling.v1alpha3.CompositePodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha3.CompositePodGroupSchedulingPolicy"
        " workloadRef!:scheduling.v1alpha3.WorkloadReference"
    ),
    "scheduling.v1alpha3.CompositePodGroupTemplate": (
        "compositePodGroupTemplates:[scheduling.v1alpha3.CompositePodGroupTemplate]|name"
        " disruptionMode:scheduling.v1alpha3.CompositeDisruptionMode name!:str"
        " podGroupTemplates:[scheduling.v1alpha3.PodGroupTemplate]|name preemptionPolicy:str priority:int"
        " priorityClassName:str schedulingConstraints:scheduling.v1alpha3.CompositePodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha3.CompositePodGroupSchedulingPolicy"
    ),
    "scheduling.v1alpha3.DisruptionMode": "all:any single:any",
    "scheduling.v1alpha3.GangSchedulingPolicy": "minCount!:int",
    "scheduling.v1alpha3.PodGroup": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha3.PodGroupSpec status:any"
    ),
    "scheduling.v1alpha3.PodGroupResourceClaim": "name!:str resourceClaimName:str resourceClaimTemplateName:str",
    "scheduling.v1alpha3.PodGroupSchedulingConstraints": "topology:[scheduling.v1alpha3.TopologyConstraint]",
    "scheduling.v1alpha3.PodGroupSchedulingPolicy": "basic:any gang:scheduling.v1alpha3.GangSchedulingPolicy",
    "scheduling.v1alpha3.PodGroupSpec": (
        "disruptionMode:scheduling.v1alpha3.DisruptionMode parentCompositePodGroupName:str preemptionPolicy:str"
        " priority:int priorityClassName:str resourceClaims:[scheduling.v1alpha3.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1alpha3.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha3.PodGroupSchedulingPolicy"
        " workloadRef:scheduling.v1alpha3.WorkloadReference"
    ),
    "scheduling.v1alpha3.PodGroupTemplate": (
        "disruptionMode:scheduling.v1alpha3.DisruptionMode name!:str preemptionPolicy:str priority:int"
        " priorityClassName:str resourceClaims:[scheduling.v1alpha3.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1alpha3.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1alpha3.PodGroupSchedulingPolicy"
    ),
    "scheduling.v1alpha3.TopologyConstraint": "key!:str",
    "scheduling.v1alpha3.TypedLocalObjectReference": "apiGroup:str kind!:str name!:str",
    "scheduling.v1alpha3.Workload": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1alpha3.WorkloadSpec"
    ),
    "scheduling.v1alpha3.WorkloadPodGroupDisruptionMode": "all:any single:any",
    "scheduling.v1alpha3.WorkloadPodGroupGangSchedulingPolicy": "minCount:int",
    "scheduling.v1alpha3.WorkloadPodGroupResourceClaim": (
        "name!:str resourceClaimName:str resourceClaimTemplateName:str"
    ),
    "scheduling.v1alpha3.WorkloadPodGroupSchedulingConstraints": "topology:[scheduling.v1alpha3.TopologyConstraint]",
    "scheduling.v1alpha3.WorkloadPodGroupSchedulingPolicy": (
        "basic:any gang:scheduling.v1alpha3.WorkloadPodGroupGangSchedulingPolicy"
    ),
    "scheduling.v1alpha3.WorkloadReference": "templateName!:str workloadName!:str",
    "scheduling.v1alpha3.WorkloadSpec": (
        "compositePodGroupTemplates:[scheduling.v1alpha3.CompositePodGroupTemplate]|name"
        " controllerRef:scheduling.v1alpha3.TypedLocalObjectReference"
        " podGroupTemplates:[scheduling.v1alpha3.PodGroupTemplate]|name"
    ),
    "scheduling.v1beta1.CompositeDisruptionMode": "all:any single:any",
    "scheduling.v1beta1.CompositeGangSchedulingPolicy": "minGroupCount!:int",
    "scheduling.v1beta1.CompositePodGroupSchedulingConstraints": "topology:[scheduling.v1beta1.TopologyConstraint]",
    "scheduling.v1beta1.CompositePodGroupSchedulingPolicy": (
        "basic:any gang:scheduling.v1beta1.CompositeGangSchedulingPolicy"
    ),
    "scheduling.v1beta1.CompositePodGroupTemplate": (
        "compositePodGroupTemplates:[scheduling.v1beta1.CompositePodGroupTemplate]|name"
        " disruptionMode:scheduling.v1beta1.CompositeDisruptionMode name!:str"
        " podGroupTemplates:[scheduling.v1beta1.PodGroupTemplate]|name preemptionPolicy:str priority:int"
        " priorityClassName:str schedulingConstraints:scheduling.v1beta1.CompositePodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1beta1.CompositePodGroupSchedulingPolicy"
    ),
    "scheduling.v1beta1.DisruptionMode": "all:any single:any",
    "scheduling.v1beta1.GangSchedulingPolicy": "minCount!:int",
    "scheduling.v1beta1.PodGroup": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1beta1.PodGroupSpec status:any"
    ),
    "scheduling.v1beta1.PodGroupResourceClaim": "name!:str resourceClaimName:str resourceClaimTemplateName:str",
    "scheduling.v1beta1.PodGroupSchedulingConstraints": "topology:[scheduling.v1beta1.TopologyConstraint]",
    "scheduling.v1beta1.PodGroupSchedulingPolicy": "basic:any gang:scheduling.v1beta1.GangSchedulingPolicy",
    "scheduling.v1beta1.PodGroupSpec": (
        "disruptionMode:scheduling.v1beta1.DisruptionMode parentCompositePodGroupName:str preemptionPolicy:str"
        " priority:int priorityClassName:str resourceClaims:[scheduling.v1beta1.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1beta1.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1beta1.PodGroupSchedulingPolicy"
        " workloadRef:scheduling.v1beta1.WorkloadReference"
    ),
    "scheduling.v1beta1.PodGroupTemplate": (
        "disruptionMode:scheduling.v1beta1.DisruptionMode name!:str preemptionPolicy:str priority:int"
        " priorityClassName:str resourceClaims:[scheduling.v1beta1.PodGroupResourceClaim]|name"
        " schedulingConstraints:scheduling.v1beta1.PodGroupSchedulingConstraints"
        " schedulingPolicy!:scheduling.v1beta1.PodGroupSchedulingPolicy"
    ),
    "scheduling.v1beta1.TopologyConstraint": "key!:str",
    "scheduling.v1beta1.TypedLocalObjectReference": "apiGroup:str kind!:str name!:str",
    "scheduling.v1beta1.Workload": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:scheduling.v1beta1.WorkloadSpec"
    ),
    "scheduling.v1beta1.WorkloadReference": "templateName!:str workloadName!:str",
    "scheduling.v1beta1.WorkloadSpec": (
        "compositePodGroupTemplates:[scheduling.v1beta1.CompositePodGroupTemplate]|name"
        " controllerRef:scheduling.v1beta1.TypedLocalObjectReference"
        " podGroupTemplates:[scheduling.v1beta1.PodGroupTemplate]|name"
    ),
    "storage.v1.CSIDriver": "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:storage.v1.CSIDriverSpec",
    "storage.v1.CSIDriverSpec": (
        "attachRequired:bool fsGroupPolicy:str nodeAllocatableUpdatePeriodSeconds@33:int podInfoOnMount:bool"
        " preventPodSchedulingIfMissing@36:bool requiresRepublish:bool seLinuxMount:bool"
        " serviceAccountTokenInSecrets@35:bool storageCapacity:bool tokenRequests:[storage.v1.TokenRequest]"
        " volumeLifecycleModes:[str]|="
    ),
    "storage.v1.CSINode": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:storage.v1.CSINodeSpec status@37:any"
    ),
    "storage.v1.CSINodeDriver": "allocatable:storage.v1.VolumeNodeResources name!:str nodeID!:str topologyKeys:[str]",
    "storage.v1.CSINodeSpec": "drivers!:[storage.v1.CSINodeDriver]|name",
    "storage.v1.CSIStorageCapacity": (
        "apiVersion:str capacity:quantity kind:str maximumVolumeSize:quantity metadata:meta.v1.ObjectMeta"
        " nodeTopology:meta.v1.LabelSelector storageClassName!:str"
    ),
    "storage.v1.StorageClass": (
        "allowVolumeExpansion:bool allowedTopologies:[core.v1.TopologySelectorTerm] apiVersion:str kind:str"
        " metadata:meta.v1.ObjectMeta mountOptions:[str] parameters:{str} provisioner!:str reclaimPolicy:str"
        " volumeBindingMode:str"
    ),
    "storage.v1.TokenRequest": "audience!:str expirationSeconds:int",
    "storage.v1.VolumeAttachment": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec!:storage.v1.VolumeAttachmentSpec status:any"
    ),
    "storage.v1.VolumeAttachmentSource": "inlineVolumeSpec:core.v1.PersistentVolumeSpec persistentVolumeName:str",
    "storage.v1.VolumeAttachmentSpec": "attacher!:str nodeName!:str source!:storage.v1.VolumeAttachmentSource",
    "storage.v1.VolumeAttributesClass": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta parameters:{str}"
    ),
    "storage.v1.VolumeNodeResources": "count:int",
    "storage.v1alpha1.VolumeAttributesClass": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta parameters:{str}"
    ),
    "storage.v1beta1.CSIStorageCapacity": (
        "apiVersion:str capacity:quantity kind:str maximumVolumeSize:quantity metadata:meta.v1.ObjectMeta"
        " nodeTopology:meta.v1.LabelSelector storageClassName!:str"
    ),
    "storage.v1beta1.VolumeAttributesClass": (
        "apiVersion:str driverName!:str kind:str metadata:meta.v1.ObjectMeta parameters:{str}"
    ),
    "storagemigration.v1.StorageVersionMigration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:storagemigration.v1.StorageVersionMigrationSpec"
        " status:any"
    ),
    "storagemigration.v1.StorageVersionMigrationSpec": "resource!:meta.v1.GroupResource",
    "storagemigration.v1alpha1.GroupVersionResource": "group:str resource:str version:str",
    "storagemigration.v1alpha1.StorageVersionMigration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta"
        " spec:storagemigration.v1alpha1.StorageVersionMigrationSpec status:any"
    ),
    "storagemigration.v1alpha1.StorageVersionMigrationSpec": (
        "continueToken:str resource!:storagemigration.v1alpha1.GroupVersionResource"
    ),
    "storagemigration.v1beta1.StorageVersionMigration": (
        "apiVersion:str kind:str metadata:meta.v1.ObjectMeta spec:storagemigration.v1beta1.StorageVersionMigrationSpec"
        " status:any"
    ),
    "storagemigration.v1beta1.StorageVersionMigrationSpec": "resource!:meta.v1.GroupResource",
}
"""By type: its fields as `name[!][@since][~until]:type`, separated by blanks; `!` is required."""
