"""Argo CD: the order is an annotation on each top-level object.

The value is read by strconv.Atoi, and anything else silently means wave 0 (gitops-engine, pkg/sync/syncwaves), so it
is always a canonical integer in a string. Pod templates never carry it: changing an order would restart every pod.
"""

from generator.model.values import Object

WAVE = "argocd.argoproj.io/sync-wave"


class ArgoCD:
    """Waves as `argocd.argoproj.io/sync-wave`."""

    def ordered(self, body: Object, wave: int | None) -> Object:
        """The object with its wave; without any where the order is empty."""
        if wave is None:
            return body
        metadata = body["metadata"]
        annotations = {**(metadata.get("annotations") or {}), WAVE: str(wave)}
        return {**body, "metadata": {**metadata, "annotations": annotations}}
