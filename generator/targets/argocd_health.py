"""A health check for Applications, which Argo CD has not had since 1.8.

Without it an app-of-apps does not wait for the Applications of one wave before it goes on to the next.
"""

from generator.model.values import Object

_KEY = "resource.customizations.health.argoproj.io_Application"
_CHECK = """\
local health = {status = "Progressing", message = "not looked at yet"}
local status = obj.status
if status == nil then
  return health
end
if status.operationState ~= nil and status.operationState.phase == "Running" then
  health.message = "a sync is running"
  return health
end
if status.health ~= nil and status.health.status ~= nil then
  health.status = status.health.status
  health.message = status.health.message or ""
end
return health
"""


def patch(namespace: str) -> Object:
    """What `kubectl patch configmap argocd-cm --patch-file` merges into Argo CD's settings."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "argocd-cm", "namespace": namespace},
        "data": {_KEY: _CHECK},
    }
