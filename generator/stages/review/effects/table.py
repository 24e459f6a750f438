"""The rules' names: what each finds, and how grave that is. `docs/reference/review.md` has the same table."""

from collections.abc import Mapping
from typing import Final

from generator.model.resource import ResourceId
from generator.model.review import Effect, EffectKind

EFFECTS: Final[Mapping[str, tuple[EffectKind, str]]] = {
    # --- nothing that runs notices
    "metadata-only": (EffectKind.NONE, "labels and annotations of the object itself"),
    "order-only": (EffectKind.NONE, "the wave in which an object is applied"),
    "notation-only": (EffectKind.NONE, "the same, written differently"),
    "component-moves": (EffectKind.NONE, "an object belongs to another component, under the same name"),
    "record-only": (EffectKind.NONE, "what the lock records, such as the plugin's version"),
    # --- as it is applied
    "new-group": (EffectKind.IN_PLACE, "a group that was not there"),
    "started": (EffectKind.IN_PLACE, "a group that was stopped runs again"),
    "added": (EffectKind.IN_PLACE, "a new object in a group that is there"),
    "taken-up": (EffectKind.IN_PLACE, "a change that is taken up without a restart"),
    "removed": (EffectKind.IN_PLACE, "an object leaves whose absence stops nothing"),
    "kept": (EffectKind.IN_PLACE, "an object leaves the bundle but stays in the cluster, as its annotation asks"),
    "scale-up": (EffectKind.IN_PLACE, "more pods"),
    "scale-down": (EffectKind.IN_PLACE, "fewer pods, but most of them stay"),
    "next-run": (EffectKind.IN_PLACE, "what runs by schedule or as a hook changes with its next run"),
    "on-delete": (EffectKind.IN_PLACE, "pods take it up when somebody deletes them (updateStrategy OnDelete)"),
    "paused": (EffectKind.IN_PLACE, "the Deployment is paused: nothing happens until it is resumed"),
    "not-running": (EffectKind.IN_PLACE, "a pod template of which no pod runs"),
    "claim-grows": (EffectKind.IN_PLACE, "a claim asks for more, where its storage class allows that"),
    "config-later": (EffectKind.IN_PLACE, "configuration that running pods do not take up by themselves"),
    "disruption-budget": (EffectKind.IN_PLACE, "how many pods may be evicted at once"),
    "autoscaler": (EffectKind.IN_PLACE, "how many pods there may be"),
    "target-changes": (EffectKind.IN_PLACE, "another tool applies the bundle from now on"),
    "delivery": (EffectKind.IN_PLACE, "how Argo CD or Flux apply the bundle"),
    # --- reload
    "config-reload": (EffectKind.RELOAD, "configuration that the middleware takes up while it runs"),
    # --- rolling restart
    "pod-template": (EffectKind.RESTART, "the pod template changes"),
    "config-checksum": (EffectKind.RESTART, "configuration changes, and its checksum stands on the pod template"),
    "config-reloader": (EffectKind.RESTART, "configuration changes, and a reloader's annotation restarts the pods"),
    "image": (EffectKind.RESTART, "another image"),
    "image-major": (EffectKind.RESTART, "an image of another major version: there may be no way back"),
    "only-pod": (EffectKind.RESTART, "the only pod restarts: there is a gap"),
    "all-at-once": (EffectKind.RESTART, "all pods stop before new ones start (strategy Recreate)"),
    "partition": (EffectKind.RESTART, "only pods from an ordinal on restart (updateStrategy.partition)"),
    "operator": (EffectKind.RESTART, "a custom resource changes: its operator decides what restarts"),
    # --- stop
    "stopped": (EffectKind.STOP, "the group is stopped, as its state asks; claims stay"),
    "group-deleted": (EffectKind.STOP, "a group leaves, and no data with it"),
    "workload-removed": (EffectKind.STOP, "pods stop, and nothing takes their place"),
    "service-removed": (EffectKind.STOP, "a name under which something was reached is gone"),
    # --- recreate
    "immutable-field": (EffectKind.RECREATE, "a field that cannot change once the object exists"),
    "immutable-value": (EffectKind.RECREATE, "a value that the plugin forbids to change"),
    "force-replace": (EffectKind.RECREATE, "the target deletes the object and makes it anew, as its annotation asks"),
    "renamed": (EffectKind.RECREATE, "a workload under another name: its pods stop and start as others"),
    "component-moves-flux": (
        EffectKind.RECREATE,
        "Flux: the Kustomization of the old component deletes the object before the new one makes it",
    ),
    # --- exposure
    "service-type": (EffectKind.EXPOSURE, "the type of a Service: from where it can be reached"),
    "service-reach": (EffectKind.EXPOSURE, "addresses, source ranges or load balancer settings of a Service"),
    "service-port": (EffectKind.EXPOSURE, "ports of a Service: its clients must follow"),
    "service-selector": (EffectKind.EXPOSURE, "a Service leads to other pods"),
    "route": (EffectKind.EXPOSURE, "an Ingress, Gateway or route"),
    "network-policy": (EffectKind.EXPOSURE, "which traffic is allowed"),
    "rbac": (EffectKind.EXPOSURE, "what a service account may do"),
    "service-account": (EffectKind.EXPOSURE, "an identity: its token, or the cloud role that it takes"),
    "pod-privileges": (EffectKind.EXPOSURE, "what a pod may do on its node"),
    "pod-security": (EffectKind.EXPOSURE, "what pods may do in a namespace"),
    "image-source": (EffectKind.EXPOSURE, "an image from another registry or repository"),
    "webhook": (EffectKind.EXPOSURE, "who admits or changes objects of the cluster"),
    # --- data at risk
    "claim-shrinks": (EffectKind.DATA, "storage asks for less than before, which no claim can do"),
    "claim-removed": (EffectKind.DATA, "a claim, and with it its volume"),
    "claims-deleted": (EffectKind.DATA, "claims are deleted together with pods or their StatefulSet"),
    "reclaim-delete": (EffectKind.DATA, "volumes are deleted with their claims"),
    "data-mount": (EffectKind.DATA, "pods find their claims elsewhere or not at all, and may start empty"),
    "backup-ends": (EffectKind.DATA, "what makes backups goes, or is suspended while its group runs"),
    "data-removed": (EffectKind.DATA, "an object that holds data, or that others are deleted with"),
    "secret-removed": (EffectKind.DATA, "a Secret: what it held is not in git"),
    "keep-removed": (EffectKind.DATA, "the annotation that kept the object from being deleted is gone"),
    "replicas-zero": (EffectKind.DATA, "no pod is left, although the group is to run"),
    "quorum": (EffectKind.DATA, "fewer pods than were the majority"),
    "downgrade": (EffectKind.DATA, "an older version of the runtime"),
    "image-downgrade": (EffectKind.DATA, "an older image of something that keeps data"),
    "upgrade-path": (EffectKind.DATA, "a version that the plugin gives no way to"),
    "runtime-changes": (EffectKind.DATA, "another program on the same data"),
    "plugin-changes": (EffectKind.DATA, "another middleware under the same name"),
    "cluster-moves": (EffectKind.DATA, "the environment is another cluster: everything starts empty there"),
    "namespace-moves": (EffectKind.DATA, "everything is made anew in another namespace"),
    "group-data-deleted": (EffectKind.DATA, "a group that keeps data leaves"),
    "deletion-policy": (EffectKind.DATA, "the group's data go with it from now on"),
    "delivery-removed": (EffectKind.DATA, "who applied the bundle goes, and deletes what it has applied"),
    "version-removed": (EffectKind.DATA, "a version of a custom resource that is no longer served"),
}  # fmt: skip
"""By name. A name never changes its meaning."""


def effect(
    rule: str,
    reason: str,
    id_: ResourceId | None = None,
    field: str = "",
    way: str = "",
    kind: EffectKind | None = None,
) -> Effect:
    """The effect that *rule* finds; *kind* where it is graver than usual."""
    return Effect(kind=kind or EFFECTS[rule][0], rule=rule, reason=reason, object=id_, field=field, way=way)
