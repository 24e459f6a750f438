"""Plain files, for `kubectl apply` and tools of one's own.

The `kustomization.yaml` beside a bundle's lock lists its objects in the order of their waves, for `kubectl apply -k`.
It is written for this target alone: Argo CD would take the folder for an application of kustomize.
"""

from generator.model import kinds
from generator.model.group import DeletionPolicy
from generator.model.resource import Resource
from generator.model.values import Object
from generator.targets.base import Delivered, Files, Placed, Site

KUSTOMIZATION = "kustomization.yaml"


class Plain:
    """Objects stay as they are; a list has them in order."""

    def written(self, resource: Resource, wave: int | None, policy: DeletionPolicy) -> Object:
        """The object itself."""
        del wave, policy
        return resource.body

    def enlarged(self, body: Object) -> Object:
        """The object itself."""
        return body

    def bundle(self, bundle: Delivered) -> Files:
        """The list of the bundle's files."""
        listed = sorted(bundle.objects, key=_place)
        return {
            f"{bundle.key.folder}/{KUSTOMIZATION}": {
                "apiVersion": "kustomize.config.k8s.io/v1beta1",
                "kind": "Kustomization",
                "sortOptions": {"order": "fifo"},
                "resources": [one.path for one in listed],
            }
        }

    def environment(self, site: Site) -> Files:
        """Nothing."""
        del site
        return {}


def _place(one: Placed) -> tuple[int, int, str]:
    """By wave; in a wave as Argo CD goes: namespaces, configuration and roles before what uses them."""
    return one.wave or 0, kinds.rank(one.resource.id.kind), one.path
