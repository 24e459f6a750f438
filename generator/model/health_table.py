"""The kinds whose health Argo CD 3.6.1 judges by a script.

Written by tests/conformance/kubernetes/make_health_table.py: do not edit. `kinds.py` reads it.
"""

CHECKED: dict[str, str] = {
    "*.cnrm.cloud.google.com": "*",
    "*.crossplane.io": "*",
    "*.services.k8s.aws": "*",
    "*.upbound.io": "*",
    "acid.zalan.do": "postgresql",
    "acme.cert-manager.io": "Challenge Order",
    "addons.cluster.x-k8s.io": "ClusterResourceSet",
    "addons.projectcapsule.dev": "GlobalSopsSecret SopsProvider SopsSecret",
    "apiextensions.k8s.io": "CustomResourceDefinition",
    "apps.3scale.net": "APIManager",
    "apps.kruise.io": "AdvancedCronJob BroadcastJob CloneSet DaemonSet StatefulSet",
    "apps.openshift.io": "DeploymentConfig",
    "argoproj.io": "AnalysisRun ApplicationSet CronWorkflow EventBus Experiment Rollout",
    "astra.netapp.io": (
        "AppVault Application Backup ExecHook ExecHooksRun ResourceBackup ResticVolumeBackup"
        " Schedule Snapshot"
    ),
    "batch": "CronJob",
    "beat.k8s.elastic.co": "Beat",
    "bitnami.com": "SealedSecret",
    "camel.apache.org": "Integration",
    "capabilities.3scale.net": (
        "ActiveDoc Application ApplicationAuth Backend CustomPolicyDefinition DeveloperAccount"
        " DeveloperUser OpenAPI Product ProxyConfigPromote Tenant"
    ),
    "capsule.clastix.io": (
        "CapsuleConfiguration CustomQuota GlobalCustomQuota GlobalProxySettings"
        " GlobalTenantResource ProxySetting ResourcePool ResourcePoolClaim Tenant TenantOwner"
        " TenantResource"
    ),
    "cassandra.rook.io": "Cluster",
    "cdi.kubevirt.io": "DataVolume",
    "ceph.rook.io": "CephCluster CephObjectStore",
    "cert-manager.io": "Certificate CertificateRequest ClusterIssuer Issuer",
    "certmanager.k8s.io": "Certificate Issuer",
    "clickhouse-keeper.altinity.com": "ClickHouseKeeperInstallation",
    "clickhouse.altinity.com": "ClickHouseInstallation",
    "cloudfront.aws.crossplane.io": "Distribution",
    "cluster.x-k8s.io": "Cluster Machine MachineDeployment MachineHealthCheck MachinePool",
    "controlplane.cluster.x-k8s.io": "AWSManagedControlPlane",
    "coralogix.com": "Alert RecordingRuleGroupSet",
    "core.gardener.cloud": "Shoot",
    "core.humio.com": (
        "HumioAction HumioAlert HumioCluster HumioIngestToken HumioParser HumioRepository HumioView"
    ),
    "core.spinkube.dev": "SpinApp",
    "datadoghq.com": "DatadogMetric",
    "db.atlasgo.io": "AtlasMigration AtlasSchema",
    "elasticsearch.k8s.elastic.co": "Elasticsearch",
    "external-secrets.io": ("ClusterExternalSecret ClusterSecretStore ExternalSecret PushSecret SecretStore"),
    "flagger.app": "Canary",
    "flink.apache.org": "FlinkDeployment FlinkSessionJob",
    "game.kruise.io": "GameServer GameServerSet",
    "gateway.envoyproxy.io": (
        "Backend BackendTrafficPolicy ClientTrafficPolicy EnvoyExtensionPolicy EnvoyPatchPolicy"
        " SecurityPolicy"
    ),
    "gateway.networking.k8s.io": (
        "BackendTLSPolicy GRPCRoute Gateway GatewayClass HTTPRoute ListenerSet TLSRoute"
    ),
    "gateway.solo.io": (
        "Gateway MatchableHttpGateway RouteOption RouteTable VirtualHostOption VirtualService"
    ),
    "gloo.solo.io": "Proxy Settings Upstream UpstreamGroup",
    "grafana-org-operator.kubitus-project.gitlab.io": "*",
    "grafana.integreatly.org": "Grafana GrafanaDashboard GrafanaDatasource GrafanaFolder",
    "helm.toolkit.fluxcd.io": "HelmRelease",
    "iam.aws.crossplane.io": "Policy Role RolePolicyAttachment",
    "iammanager.keikoproj.io": "Iamrole",
    "image.toolkit.fluxcd.io": "ImagePolicy ImageRepository ImageUpdateAutomation",
    "install.istio.io": "IstioOperator",
    "jaegertracing.io": "Jaeger",
    "k8s.keycloak.org": "Keycloak",
    "k8s.mariadb.com": "Backup Database Grant MariaDB SqlJob User",
    "kafka.banzaicloud.io": "KafkaCluster",
    "kafka.strimzi.io": "Kafka KafkaBridge KafkaConnect KafkaConnector KafkaTopic KafkaUser",
    "karpenter.k8s.aws": "EC2NodeClass",
    "karpenter.sh": "NodeClaim NodePool",
    "keda.sh": "ScaledJob ScaledObject",
    "kiali.io": "Kiali",
    "kro.run": "* ResourceGraphDefinition",
    "kubernetes-client.io": "ExternalSecret",
    "kubevirt.io": "VirtualMachine VirtualMachineInstance",
    "kustomize.toolkit.fluxcd.io": "Kustomization",
    "kyverno.io": "ClusterPolicy Policy",
    "lifecycle.keptn.sh": (
        "KeptnAppVersion KeptnEvaluation KeptnTask KeptnWorkloadInstance KeptnWorkloadVersion"
    ),
    "logstash.k8s.elastic.co": "Logstash",
    "mariadb.mmontes.io": "MariaDB",
    "medusa.k8ssandra.io": "MedusaBackupJob MedusaTask",
    "metrics.keptn.sh": "Analysis KeptnMetric",
    "microgateway.airlock.com": "*",
    "minio.min.io": "Tenant",
    "monitoring.coreos.com": "Alertmanager Prometheus ThanosRuler",
    "networking.gke.io": "ManagedCertificate",
    "nmstate.io": "NodeNetworkConfigurationPolicy",
    "notification.toolkit.fluxcd.io": "Receiver",
    "numaflow.numaproj.io": "InterStepBufferService MonoVertex Pipeline Vertex",
    "numaplane.numaproj.io": (
        "ISBServiceRollout MonoVertexRollout NumaflowControllerRollout PipelineRollout"
    ),
    "objectbucket.io": "ObjectBucketClaim",
    "ocs.openshift.io": "StorageCluster",
    "onepassword.com": "OnePasswordItem",
    "openfaas.com": "Function",
    "opentelemetry.io": "OpenTelemetryCollector",
    "operator.knative.dev": "KnativeEventing KnativeServing",
    "operator.openshift.io": "IngressController",
    "operator.victoriametrics.com": "*",
    "operators.coreos.com": "Subscription",
    "pkg.crossplane.io": "Provider",
    "platform.confluent.io": ("Connect Connector ControlCenter Kafka KsqlDB SchemaRegistry Zookeeper"),
    "policies.kyverno.io": (
        "DeletingPolicy GeneratingPolicy ImageValidatingPolicy MutatingPolicy"
        " NamespacedDeletingPolicy NamespacedGeneratingPolicy NamespacedImageValidatingPolicy"
        " NamespacedMutatingPolicy NamespacedValidatingPolicy ValidatingPolicy"
    ),
    "policy": "PodDisruptionBudget",
    "policy.open-cluster-management.io": ("CertificatePolicy ConfigurationPolicy OperatorPolicy Policy"),
    "postgresql.cnpg.io": "Backup Cluster Database",
    "proclaim.dogmatiq.io": "DNSSDServiceInstance",
    "projectcontour.io": "ExtensionService HTTPProxy",
    "promoter.argoproj.io": (
        "ArgoCDCommitStatus ChangeTransferPolicy ClusterScmProvider CommitStatus GitCommitStatus"
        " GitRepository PromotionStrategy PullRequest ScmProvider TimedCommitStatus"
        " WebRequestCommitStatus"
    ),
    "psmdb.percona.com": "PerconaServerMongoDB",
    "pulumi.com": "Stack",
    "pxc.percona.com": "PerconaXtraDBCluster",
    "rabbitmq.com": "Binding Exchange Permission Policy Queue RabbitmqCluster Shovel User Vhost",
    "rds.aws.crossplane.io": "DBCluster DBInstance",
    "rollouts.kruise.io": "Rollout",
    "route.openshift.io": "Route",
    "route53.aws.crossplane.io": "ResourceRecordSet",
    "s3.aws.crossplane.io": "Bucket",
    "services.cloud.sap.com": "ServiceBinding ServiceInstance",
    "serving.knative.dev": "Service",
    "serving.kserve.io": "InferenceService LLMInferenceService",
    "snapshot.storage.k8s.io": "VolumeSnapshot VolumeSnapshotContent",
    "solr.apache.org": "SolrCloud",
    "source.toolkit.fluxcd.io": "Bucket GitRepository HelmChart HelmRepository OCIRepository",
    "sparkoperator.k8s.io": "SparkApplication",
    "spot.io": "SpotDeployment",
    "stacks.crossplane.io": "ClusterStackInstall",
    "tekton.dev": "PipelineRun TaskRun",
    "tower.ansible.com": "AnsibleJob",
    "trident.netapp.io": "TridentBackendConfig TridentOrchestrator",
    "trust.cert-manager.io": "Bundle",
    "velero.io": "Backup Restore Schedule",
    "work.karmada.io": "ClusterResourceBinding ResourceBinding",
    "zookeeper.pravega.io": "ZookeeperCluster",
}
"""Kinds by group; `*` stands for any text."""

SUSPENDING: dict[str, str] = {
    "*.cnrm.cloud.google.com": "*",
    "apps.kruise.io": "AdvancedCronJob BroadcastJob CloneSet DaemonSet StatefulSet",
    "argoproj.io": "Rollout",
    "astra.netapp.io": "ExecHook",
    "capabilities.3scale.net": "Application DeveloperAccount DeveloperUser",
    "capsule.clastix.io": "GlobalTenantResource ResourcePoolClaim Tenant TenantResource",
    "cdi.kubevirt.io": "DataVolume",
    "cloudfront.aws.crossplane.io": "Distribution",
    "cluster.x-k8s.io": "Cluster MachineDeployment",
    "flink.apache.org": "FlinkSessionJob",
    "game.kruise.io": "GameServerSet",
    "gateway.solo.io": (
        "Gateway MatchableHttpGateway RouteOption RouteTable VirtualHostOption VirtualService"
    ),
    "gloo.solo.io": "Proxy Settings Upstream UpstreamGroup",
    "helm.toolkit.fluxcd.io": "HelmRelease",
    "iam.aws.crossplane.io": "Policy Role RolePolicyAttachment",
    "image.toolkit.fluxcd.io": "ImageRepository ImageUpdateAutomation",
    "karpenter.sh": "NodeClaim",
    "keda.sh": "ScaledJob ScaledObject",
    "kubevirt.io": "VirtualMachine VirtualMachineInstance",
    "kustomize.toolkit.fluxcd.io": "Kustomization",
    "nmstate.io": "NodeNetworkConfigurationPolicy",
    "notification.toolkit.fluxcd.io": "Receiver",
    "openfaas.com": "Function",
    "operator.victoriametrics.com": "*",
    "postgresql.cnpg.io": "Cluster",
    "psmdb.percona.com": "PerconaServerMongoDB",
    "rabbitmq.com": "RabbitmqCluster",
    "rds.aws.crossplane.io": "DBCluster DBInstance",
    "rollouts.kruise.io": "Rollout",
    "route53.aws.crossplane.io": "ResourceRecordSet",
    "s3.aws.crossplane.io": "Bucket",
    "serving.kserve.io": "InferenceService LLMInferenceService",
    "source.toolkit.fluxcd.io": "Bucket GitRepository HelmChart HelmRepository OCIRepository",
    "spot.io": "SpotDeployment",
}
"""Those among them that the script may call Suspended."""
