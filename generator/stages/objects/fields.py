"""What an API server refuses of single fields although their type is right: words, ranges, spellings.

By the field's type and name, so that a rule holds wherever the type occurs. From the validation in
k8s.io/kubernetes/pkg/apis, and of custom kinds from the patterns in their CustomResourceDefinitions.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.stages.objects import syntax
from generator.yamlio.wording import nearest


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A rule about one field's value, which is of the field's type."""

    holds: Callable[[Any], bool]
    says: str
    """How the message goes on after the value: `is no port from 1 to 65535`."""

    words: tuple[str, ...] = ()
    """The values that are allowed, where they can be listed."""

    tip: str = ""

    def hint(self, value: Any) -> str:
        """What to write instead of *value*."""
        near = nearest(value, self.words) if isinstance(value, str) else ""
        return f'did you mean "{near}"?' if near else self.tip


def _one_of(words: str) -> FieldRule:
    allowed = tuple(words.split())
    return FieldRule(frozenset(allowed).__contains__, f"is none of {', '.join(allowed)}", allowed)


def _each_of(words: str) -> FieldRule:
    allowed = tuple(words.split())
    known = frozenset(allowed)
    return FieldRule(known.issuperset, f"has something else than {', '.join(allowed)}", allowed)


def _number(low: int, high: int | None = None) -> FieldRule:
    says = f"is not from {low} to {high}" if high is not None else f"is less than {low}"
    return FieldRule(lambda value: low <= value and (high is None or value <= high), says)


def _matching(pattern: str, says: str, tip: str = "") -> FieldRule:
    expression = re.compile(pattern)
    return FieldRule(lambda value: expression.fullmatch(value) is not None, says, tip=tip)


def _port_or_name(value: Any) -> bool:
    return syntax.is_port(value) if isinstance(value, int) else syntax.is_port_name(value)


def _count_or_percent(value: Any) -> bool:
    return value >= 0 if isinstance(value, int) else re.fullmatch(r"[0-9]+%", value) is not None


_LABEL = FieldRule(
    syntax.is_label, "is no name here", tip='lower-case letters, digits and "-", at most 63; no "-" at either end'
)
_PORT = FieldRule(syntax.is_port, "is no port from 1 to 65535")
_PORT_NAME = FieldRule(
    syntax.is_port_name, "is no name of a port", tip='at most 15 lower-case letters, digits and single "-"'
)
_PORT_OR_NAME = FieldRule(
    _port_or_name, "is neither a port from 1 to 65535 nor the name of one", tip="names have at most 15 characters"
)
_TARGET = FieldRule(
    lambda value: value in (0, "") or _port_or_name(value), _PORT_OR_NAME.says, tip="names have at most 15 characters"
)
_PROTOCOL = _one_of("TCP UDP SCTP")
_POSITIVE, _FROM_0 = _number(1), _number(0)
_PERCENTAGE = FieldRule(_count_or_percent, "is neither a count nor a percentage such as 25%")
_IMAGE = FieldRule(lambda value: value.split() == [value], "is no image", tip="registry/name:tag")
_MODE = _number(0, 0o777)
_PATH = FieldRule(lambda value: bool(value) and ":" not in value, 'is no path to mount at: it is empty or has a ":"')
_SUBPATH = FieldRule(
    lambda value: not value.startswith("/") and ".." not in value.split("/"), "is no relative path without .."
)
_PROMETHEUS_DURATION = _matching(
    r"0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?",
    "is no duration of Prometheus",
    "such as 90s, 5m or 1h30m: numbers with units, longest unit first",
)
_GO_DURATION = _matching(
    r"([0-9]+(\.[0-9]+)?(ms|s|m|h))+", "is no duration of Go", "such as 90s, 10m or 1h30m: numbers with units"
)
_ACCESS_MODES = _each_of("ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod")
_OPERATORS = _one_of("In NotIn Exists DoesNotExist")

_PROBE = {
    "periodSeconds": _POSITIVE,
    "timeoutSeconds": _POSITIVE,
    "successThreshold": _POSITIVE,
    "failureThreshold": _POSITIVE,
    "initialDelaySeconds": _FROM_0,
}


def _of(struct: str, **rules: FieldRule) -> dict[str, FieldRule]:
    return {f"{struct}.{field.rstrip('_')}": rule for field, rule in rules.items()}


FIELD_RULES: dict[str, FieldRule] = (
    _of("core.v1.Container", name=_LABEL, image=_IMAGE, imagePullPolicy=_one_of("Always IfNotPresent Never"),
        terminationMessagePolicy=_one_of("File FallbackToLogsOnError"))
    | _of("core.v1.ContainerPort", containerPort=_PORT, hostPort=_number(0, 65535), name=_PORT_NAME, protocol=_PROTOCOL)
    | _of("core.v1.EnvVar", name=FieldRule(syntax.is_env_name, "is no name of an environment variable"))
    | _of("core.v1.VolumeMount", mountPath=_PATH, subPath=_SUBPATH,
          mountPropagation=_one_of("None HostToContainer Bidirectional"))
    | _of("core.v1.Volume", name=_LABEL)
    | _of("core.v1.ConfigMapVolumeSource", defaultMode=_MODE)
    | _of("core.v1.SecretVolumeSource", defaultMode=_MODE)
    | _of("core.v1.ProjectedVolumeSource", defaultMode=_MODE)
    | _of("core.v1.KeyToPath", mode=_MODE, path=_SUBPATH)
    | _of("core.v1.Probe", **_PROBE)
    | _of("core.v1.HTTPGetAction", port=_PORT_OR_NAME, scheme=_one_of("HTTP HTTPS"))
    | _of("core.v1.TCPSocketAction", port=_PORT_OR_NAME)
    | _of("core.v1.GRPCAction", port=_PORT)
    | _of("core.v1.SeccompProfile", type=_one_of("Unconfined RuntimeDefault Localhost"))
    | _of("core.v1.PodSecurityContext", fsGroupChangePolicy=_one_of("OnRootMismatch Always"), runAsUser=_FROM_0,
          runAsGroup=_FROM_0, fsGroup=_FROM_0)
    | _of("core.v1.SecurityContext", runAsUser=_FROM_0, runAsGroup=_FROM_0, procMount=_one_of("Default Unmasked"))
    | _of("core.v1.PodSpec", restartPolicy=_one_of("Always OnFailure Never"),
          dnsPolicy=_one_of("ClusterFirst ClusterFirstWithHostNet Default None"), terminationGracePeriodSeconds=_FROM_0,
          activeDeadlineSeconds=_POSITIVE, preemptionPolicy=_one_of("Never PreemptLowerPriority"))
    | _of("core.v1.Toleration", effect=_one_of("NoSchedule PreferNoSchedule NoExecute"),
          operator=_one_of("Exists Equal Lt Gt"))
    | _of("core.v1.TopologySpreadConstraint", maxSkew=_POSITIVE,
          whenUnsatisfiable=_one_of("DoNotSchedule ScheduleAnyway"), nodeAffinityPolicy=_one_of("Honor Ignore"),
          nodeTaintsPolicy=_one_of("Honor Ignore"))
    | _of("core.v1.WeightedPodAffinityTerm", weight=_number(1, 100))
    | _of("core.v1.PreferredSchedulingTerm", weight=_number(1, 100))
    | _of("core.v1.NodeSelectorRequirement", operator=_one_of("In NotIn Exists DoesNotExist Gt Lt"))
    | _of("meta.v1.LabelSelectorRequirement", operator=_OPERATORS)
    | _of("core.v1.ServiceSpec", type=_one_of("ClusterIP NodePort LoadBalancer ExternalName"),
          sessionAffinity=_one_of("ClientIP None"), externalTrafficPolicy=_one_of("Cluster Local"),
          internalTrafficPolicy=_one_of("Cluster Local"),
          ipFamilyPolicy=_one_of("SingleStack PreferDualStack RequireDualStack"), ipFamilies=_each_of("IPv4 IPv6"))
    | _of("core.v1.ServicePort", port=_PORT, targetPort=_TARGET, protocol=_PROTOCOL, nodePort=_number(0, 65535),
          name=_LABEL)
    | _of("core.v1.PersistentVolumeClaimSpec", accessModes=_ACCESS_MODES, volumeMode=_one_of("Filesystem Block"))
    | _of("core.v1.PersistentVolumeSpec", accessModes=_ACCESS_MODES, volumeMode=_one_of("Filesystem Block"),
          persistentVolumeReclaimPolicy=_one_of("Retain Delete Recycle"))
    | _of("storage.v1.StorageClass", volumeBindingMode=_one_of("Immediate WaitForFirstConsumer"),
          reclaimPolicy=_one_of("Retain Delete"))
    | _of("apps.v1.DeploymentSpec", replicas=_FROM_0, minReadySeconds=_FROM_0, revisionHistoryLimit=_FROM_0)
    | _of("apps.v1.DeploymentStrategy", type=_one_of("Recreate RollingUpdate"))
    | _of("apps.v1.RollingUpdateDeployment", maxSurge=_PERCENTAGE, maxUnavailable=_PERCENTAGE)
    | _of("apps.v1.StatefulSetSpec", replicas=_FROM_0, minReadySeconds=_FROM_0, revisionHistoryLimit=_FROM_0,
          podManagementPolicy=_one_of("OrderedReady Parallel"))
    | _of("apps.v1.StatefulSetUpdateStrategy", type=_one_of("RollingUpdate OnDelete"))
    | _of("apps.v1.RollingUpdateStatefulSetStrategy", partition=_FROM_0, maxUnavailable=_PERCENTAGE)
    | _of("apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy", whenDeleted=_one_of("Retain Delete"),
          whenScaled=_one_of("Retain Delete"))
    | _of("apps.v1.DaemonSetUpdateStrategy", type=_one_of("RollingUpdate OnDelete"))
    | _of("batch.v1.JobSpec", backoffLimit=_FROM_0, parallelism=_FROM_0, completions=_FROM_0,
          activeDeadlineSeconds=_POSITIVE, ttlSecondsAfterFinished=_FROM_0,
          completionMode=_one_of("NonIndexed Indexed"))
    | _of("batch.v1.CronJobSpec", concurrencyPolicy=_one_of("Allow Forbid Replace"), startingDeadlineSeconds=_FROM_0,
          successfulJobsHistoryLimit=_FROM_0, failedJobsHistoryLimit=_FROM_0,
          schedule=FieldRule(lambda value: not syntax.cron_mistake(value), "is no schedule of a CronJob",
                             tip="minute, hour, day of the month, month, day of the week"))
    | _of("policy.v1.PodDisruptionBudgetSpec", minAvailable=_PERCENTAGE, maxUnavailable=_PERCENTAGE,
          unhealthyPodEvictionPolicy=_one_of("IfHealthyBudget AlwaysAllow"))
    | _of("autoscaling.v2.HorizontalPodAutoscalerSpec", minReplicas=_FROM_0, maxReplicas=_POSITIVE)
    | _of("networking.v1.NetworkPolicySpec", policyTypes=_each_of("Ingress Egress"))
    | _of("networking.v1.NetworkPolicyPort", port=_PORT_OR_NAME, protocol=_PROTOCOL, endPort=_PORT)
    | _of("networking.v1.HTTPIngressPath", pathType=_one_of("Exact Prefix ImplementationSpecific"))
    | _of("rbac.v1.RoleRef", apiGroup=_one_of("rbac.authorization.k8s.io"), kind=_one_of("Role ClusterRole"))
    | _of("rbac.v1.Subject", kind=_one_of("User Group ServiceAccount"))
    | _of("monitoring.RuleGroup", interval=_PROMETHEUS_DURATION)
    | _of("monitoring.Rule", for_=_PROMETHEUS_DURATION, keep_firing_for=_PROMETHEUS_DURATION,
          alert=_matching(r"[\s\S]+", "is no name"))
    | _of("monitoring.Endpoint", interval=_PROMETHEUS_DURATION, scrapeTimeout=_PROMETHEUS_DURATION,
          scheme=_one_of("http https HTTP HTTPS"))
    | _of("monitoring.PodMetricsEndpoint", interval=_PROMETHEUS_DURATION, scrapeTimeout=_PROMETHEUS_DURATION,
          portNumber=_PORT, scheme=_one_of("http https HTTP HTTPS"))
    | _of("argo.Backoff", duration=_matching(r"[0-9]+|([0-9]+(\.[0-9]+)?(ms|s|m|h))+", "is no duration"))
    | _of("flux.KustomizationSpec", interval=_GO_DURATION, timeout=_GO_DURATION, retryInterval=_GO_DURATION,
          deletionPolicy=_one_of("MirrorPrune Delete WaitForTermination Orphan"))
    | _of("flux.SourceRef", kind=_one_of("GitRepository OCIRepository Bucket ExternalArtifact"))
    | _of("flux.GitRepositorySpec", interval=_GO_DURATION, timeout=_GO_DURATION,
          url=_matching(r"(http|https|ssh)://.*", "is no address that Flux fetches from", "http, https or ssh"))
)  # fmt: skip
"""By `type.field`."""
