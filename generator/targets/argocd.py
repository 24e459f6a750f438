"""Argo CD: the order is an annotation on each top-level object, and a bundle is an Application.

A wave is read by strconv.Atoi, and anything else silently means wave 0 (gitops-engine, pkg/sync/syncwaves), so it is
always a canonical integer in a string. Pod templates never carry it: changing an order would restart every pod.
"""

import json
from collections.abc import Mapping
from typing import Any

from generator.model.delivery import FOLDER, Delivery, Form
from generator.model.group import DeletionPolicy
from generator.model.resource import Resource, annotations_of
from generator.model.values import Object
from generator.targets import argocd_health
from generator.targets.base import (
    MANAGED,
    Delivered,
    Files,
    Site,
    annotated,
    is_custom,
    is_kept,
    joined,
)

WAVE = "argocd.argoproj.io/sync-wave"
SYNC_OPTIONS = "argocd.argoproj.io/sync-options"
MANIFEST_PATHS = "argocd.argoproj.io/manifest-generate-paths"
FINALIZER = "resources-finalizer.argocd.argoproj.io"
TIER = "middleware.io/tier"
IN_CLUSTER = "https://kubernetes.default.svc"

_API_VERSION = "argoproj.io/v1alpha1"
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_ANNOTATIONS_LIMIT = 256 * 1024 - 1024
"""Bytes of all annotations that an API server takes (apimachinery's TotalAnnotationSizeLimitB), less those that Argo CD
adds."""

_BACKOFF = {"duration": "10s", "factor": 2, "maxDuration": "5m"}
_TIERS = 10
"""Steps of a rolling sync; groups with longer chains of dependencies all go in the last one."""


class ArgoCD:
    """Waves as `argocd.argoproj.io/sync-wave`, bundles as Applications."""

    def written(self, resource: Resource, wave: int | None, policy: DeletionPolicy) -> Object:
        """The object with its wave, and the sync options that it needs beside those that it has."""
        changes = {} if wave is None else {WAVE: str(wave)}
        options: dict[str, str] = {}
        if is_kept(resource, policy):
            options |= {"Prune": "false", "Delete": "false"}
        if is_custom(resource):
            options["SkipDryRunOnMissingResource"] = "true"
        return annotated(_with_options(resource.body, options), changes)

    def enlarged(self, body: Object) -> Object:
        """Server-side apply where the annotation that client-side apply needs would be too large."""
        annotations = annotations_of(body)
        known = sum(len(key.encode()) + len(value.encode()) for key, value in annotations.items())
        if known + len(_LAST_APPLIED) + _json_size(body) <= _ANNOTATIONS_LIMIT:
            return body
        return _with_options(body, {"ServerSideApply": "true"})

    def bundle(self, bundle: Delivered) -> Files:
        """The bundle's Application."""
        settings = bundle.delivery
        if not settings.repo_url:
            return {}
        path = f"{_folder(bundle.key.environment)}/applications/application-{bundle.key.group}.yaml"
        return {path: _application(bundle)}

    def environment(self, site: Site) -> Files:
        """What makes the Applications known to Argo CD, by the environment's form."""
        settings, folder = site.delivery, _folder(site.name)
        if not settings.repo_url:
            return {}
        match settings.argocd.form:
            case Form.APP_OF_APPS:
                name = joined("mwgen", site.name)
                return {
                    f"{folder}/root/application-{name}.yaml": _app_of_apps(site, name),
                    f"{folder}/argocd-cm-patch.yaml": argocd_health.patch(settings.argocd.namespace),
                }
            case Form.APPLICATION_SET:
                name = joined("mwgen", site.name)
                return {f"{folder}/root/applicationset-{name}.yaml": _application_set(site, name)}
            case _:
                return {}


def _folder(environment: str) -> str:
    return f"{FOLDER}/argocd/{environment}"


# --- objects ---------------------------------------------------------------------------------------------------------


def _with_options(body: Object, options: Mapping[str, str]) -> Object:
    """The object with these sync options behind its own; what it says itself holds."""
    given = annotations_of(body).get(SYNC_OPTIONS, "")
    said = {part.partition("=")[0].strip() for part in given.split(",")}
    added = [f"{name}={value}" for name, value in options.items() if name not in said]
    if not added:
        return body
    parts = [part for part in (given.rstrip(", "), ",".join(added)) if part]
    return annotated(body, {SYNC_OPTIONS: ",".join(parts)})


def _json_size(body: Object) -> int:
    """Bytes of the object as Go writes it: UTF-8, `<`, `>` and `&` as escapes of six characters."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return len(text.encode()) + 5 * sum(text.count(char) for char in "<>&")


# --- applications ----------------------------------------------------------------------------------------------------


def _application(bundle: Delivered) -> Object:
    key, settings = bundle.key, bundle.delivery
    metadata: Object = {
        "name": joined(key.environment, key.group),
        "namespace": settings.argocd.namespace,
        "labels": {
            **bundle.labels,
            **MANAGED,
            "middleware.io/environment": key.environment,
            "middleware.io/group": key.group,
            "middleware.io/plugin": bundle.plugin,
            TIER: str(bundle.tier),
        },
        "annotations": {MANIFEST_PATHS: "."},
    }
    if settings.argocd.form is Form.APP_OF_APPS and bundle.tier:
        metadata["annotations"][WAVE] = str(bundle.tier)
    if bundle.policy is not DeletionPolicy.PROTECT:
        metadata["finalizers"] = [FINALIZER]
    return {
        "apiVersion": _API_VERSION,
        "kind": "Application",
        "metadata": metadata,
        "spec": {
            "project": settings.argocd.project,
            "destination": _destination(bundle.cluster, bundle.namespace),
            "source": {
                **_source(settings, key.environment, key.group),
                "directory": {"recurse": True, "include": "*.yaml"},
            },
            "syncPolicy": _sync_policy(settings),
        },
    }


def _source(settings: Delivery, *path: str) -> Object:
    return {"repoURL": settings.repo_url, "targetRevision": settings.revision, "path": settings.at(*path)}


def _destination(cluster: str, namespace: str) -> Object:
    where = {"server": cluster or IN_CLUSTER} if not cluster or "://" in cluster else {"name": cluster}
    return {**where, "namespace": namespace}


def _sync_policy(settings: Delivery) -> Object:
    own = settings.argocd
    policy: Object = {}
    if own.automated:
        policy["automated"] = {"prune": bool(own.prune), "selfHeal": bool(own.self_heal)}
    if own.retries:
        policy["retry"] = {"limit": own.retries, "backoff": _BACKOFF}
    if own.sync_options:
        policy["syncOptions"] = list(own.sync_options)
    return policy


def _app_of_apps(site: Site, name: str) -> Object:
    settings = site.delivery
    own = settings.argocd
    policy = {key: value for key, value in _sync_policy(settings).items() if key != "syncOptions"}
    return {
        "apiVersion": _API_VERSION,
        "kind": "Application",
        "metadata": {"name": name, "namespace": own.namespace, "labels": _labels(site)},
        "spec": {
            "project": own.project,
            "destination": {"server": IN_CLUSTER, "namespace": own.namespace},
            "source": {
                **_source(settings, _folder(site.name), "applications"),
                "directory": {"include": "*.yaml"},
            },
            "syncPolicy": policy,
        },
    }


def _labels(site: Site) -> dict[str, str]:
    return {**MANAGED, "middleware.io/environment": site.name}


_PATCH = """\
metadata:
  labels: {{ toJson .metadata.labels }}
  annotations: {{ toJson .metadata.annotations }}
  {{- with index .metadata "finalizers" }}
  finalizers: {{ toJson . }}
  {{- end }}
spec: {{ toJson .spec }}
"""
"""What an Application has beyond the fields that every template of an ApplicationSet must have."""


def _application_set(site: Site, name: str) -> Object:
    """Makes the Applications that are in the files; the controller reads these as parameters."""
    settings = site.delivery
    files = settings.at(_folder(site.name), "applications", "*.yaml")
    last = [str(tier) for tier in range(_TIERS - 1)]
    steps: list[Any] = [_step("In", [tier]) for tier in last]
    return {
        "apiVersion": _API_VERSION,
        "kind": "ApplicationSet",
        "metadata": {"name": name, "namespace": settings.argocd.namespace, "labels": _labels(site)},
        "spec": {
            "goTemplate": True,
            "goTemplateOptions": ["missingkey=error"],
            "generators": [
                {
                    "git": {
                        "repoURL": settings.repo_url,
                        "revision": settings.revision,
                        "files": [{"path": files}],
                    }
                }
            ],
            # Each Application brings its own finalizer, or none; without this the controller would add one.
            "syncPolicy": {"preserveResourcesOnDeletion": True},
            "strategy": {
                "type": "RollingSync",
                "deletionOrder": "Reverse",
                "rollingSync": {"steps": [*steps, _step("NotIn", last)]},
            },
            "template": {
                "metadata": {"name": "{{ .metadata.name }}", "namespace": "{{ .metadata.namespace }}"},
                "spec": {
                    "project": "{{ .spec.project }}",
                    "destination": {"namespace": "{{ .spec.destination.namespace }}"},
                },
            },
            "templatePatch": _PATCH,
        },
    }


def _step(operator: str, tiers: list[str]) -> Object:
    return {"matchExpressions": [{"key": TIER, "operator": operator, "values": tiers}]}
