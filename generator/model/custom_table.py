"""The fields and types of custom kinds that bundles hold, in the notation of `api_table`.

From the CustomResourceDefinitions of prometheus-operator v0.85, Argo CD v3.1 and Flux v2.7. What mwgen has no use for
is `any`: it is not looked into.
"""

from typing import Final

_OBJECT: Final = "apiVersion:str kind:str metadata:meta.v1.ObjectMeta status:any"

CUSTOM_SERVED: dict[str, str] = {
    "monitoring.coreos.com/v1": (
        "PrometheusRule=monitoring.PrometheusRule ServiceMonitor=monitoring.ServiceMonitor"
        " PodMonitor=monitoring.PodMonitor"
    ),
    "argoproj.io/v1alpha1": "Application=argo.Application",
    "kustomize.toolkit.fluxcd.io/v1": "Kustomization=flux.Kustomization",
    "source.toolkit.fluxcd.io/v1": "GitRepository=flux.GitRepository",
}
"""By API version: its kinds as `Kind=type`."""

_SCRAPE: Final = (
    "sampleLimit:int targetLimit:int labelLimit:int labelNameLengthLimit:int labelValueLengthLimit:int"
    " keepDroppedTargets:int bodySizeLimit:str scrapeClass:str scrapeProtocols:[str] fallbackScrapeProtocol:str"
    " scrapeClassicHistograms:bool"
    " scrapeNativeHistograms:bool nativeHistogramBucketLimit:int nativeHistogramMinBucketFactor:quantity"
    " convertClassicHistogramsToNHCB:bool attachMetadata:any jobLabel:str podTargetLabels:[str]"
    " namespaceSelector:monitoring.NamespaceSelector selector!:meta.v1.LabelSelector selectorMechanism:str"
)
_ENDPOINT: Final = (
    "port:str targetPort:intstr path:str scheme:str params:{[str]} interval:str scrapeTimeout:str tlsConfig:any"
    " bearerTokenSecret:any authorization:any basicAuth:any oauth2:any honorLabels:bool honorTimestamps:bool"
    " trackTimestampsStaleness:bool metricRelabelings:[monitoring.RelabelConfig] relabelings:[monitoring.RelabelConfig]"
    " proxyUrl:str noProxy:str proxyFromEnvironment:bool proxyConnectHeader:any followRedirects:bool enableHttp2:bool"
    " filterRunning:bool"
)

CUSTOM_TYPES: dict[str, str] = {
    "monitoring.PrometheusRule": f"{_OBJECT} spec!:monitoring.PrometheusRuleSpec",
    "monitoring.PrometheusRuleSpec": "groups:[monitoring.RuleGroup]|name",
    "monitoring.RuleGroup": (
        "name!:str interval:str query_offset:str limit:int labels:{str} partial_response_strategy:str"
        " rules:[monitoring.Rule]"
    ),
    "monitoring.Rule": "record:str alert:str expr!:intstr for:str keep_firing_for:str labels:{str} annotations:{str}",
    "monitoring.ServiceMonitor": f"{_OBJECT} spec!:monitoring.ServiceMonitorSpec",
    "monitoring.ServiceMonitorSpec": (
        f"endpoints!:[monitoring.Endpoint] targetLabels:[str] serviceDiscoveryRole:str {_SCRAPE}"
    ),
    "monitoring.Endpoint": f"{_ENDPOINT} bearerTokenFile:str",
    "monitoring.PodMonitor": f"{_OBJECT} spec!:monitoring.PodMonitorSpec",
    "monitoring.PodMonitorSpec": f"podMetricsEndpoints!:[monitoring.PodMetricsEndpoint] {_SCRAPE}",
    "monitoring.PodMetricsEndpoint": f"{_ENDPOINT} portNumber:int",
    "monitoring.NamespaceSelector": "any:bool matchNames:[str]",
    "monitoring.RelabelConfig": (
        "sourceLabels:[str] separator:str targetLabel:str regex:str modulus:int replacement:str action:str"
    ),
    "argo.Application": f"{_OBJECT} spec!:argo.ApplicationSpec operation:any",
    "argo.ApplicationSpec": (
        "project!:str destination!:argo.Destination source:argo.Source sources:[argo.Source] sourceHydrator:any"
        " syncPolicy:argo.SyncPolicy ignoreDifferences:[any] info:[any] revisionHistoryLimit:int"
    ),
    "argo.Destination": "server:str namespace:str name:str",
    "argo.Source": (
        "repoURL!:str path:str targetRevision:str chart:str ref:str name:str directory:argo.Directory helm:any"
        " kustomize:any plugin:argo.SourcePlugin"
    ),
    "argo.Directory": "recurse:bool include:str exclude:str jsonnet:any",
    "argo.SourcePlugin": "name:str env:[any] parameters:[any]",
    "argo.SyncPolicy": (
        "automated:argo.Automated syncOptions:[str] retry:argo.Retry managedNamespaceMetadata:argo.NamespaceMetadata"
    ),
    "argo.Automated": "prune:bool selfHeal:bool allowEmpty:bool enabled:bool",
    "argo.Retry": "limit:int refresh:bool backoff:argo.Backoff",
    "argo.Backoff": "duration:str factor:int maxDuration:str",
    "argo.NamespaceMetadata": "labels:{str} annotations:{str}",
    "flux.Kustomization": f"{_OBJECT} spec!:flux.KustomizationSpec",
    "flux.KustomizationSpec": (
        "interval!:str prune!:bool sourceRef!:flux.SourceRef path:str dependsOn:[flux.Dependency] wait:bool timeout:str"
        " retryInterval:str force:bool suspend:bool targetNamespace:str namePrefix:str nameSuffix:str components:[str]"
        " healthChecks:[any] healthCheckExprs:[any] patches:[any] images:[any] postBuild:any commonMetadata:any"
        " decryption:any deletionPolicy:str ignoreMissingComponents:bool kubeConfig:any serviceAccountName:str"
    ),
    "flux.SourceRef": "kind!:str name!:str namespace:str apiVersion:str",
    "flux.Dependency": "name!:str namespace:str readyExpr:str",
    "flux.GitRepository": f"{_OBJECT} spec!:flux.GitRepositorySpec",
    "flux.GitRepositorySpec": (
        "url!:str interval!:str ref:flux.GitReference secretRef:flux.LocalReference timeout:str ignore:str suspend:bool"
        " verify:any proxySecretRef:flux.LocalReference provider:str recurseSubmodules:bool include:[any]"
        " sparseCheckout:[str] serviceAccountName:str"
    ),
    "flux.GitReference": "branch:str tag:str semver:str name:str commit:str",
    "flux.LocalReference": "name!:str",
}
"""By type: its fields."""
