"""What a cluster would refuse or misunderstand, found before it is committed. Nothing is changed.

Three layers: the fields and types that a kind has (`types`), what an API server refuses beyond them (`fields`,
`structs`, `whole`), and what objects of a bundle say of each other (`links`). Whatever two bundles fight for is found
by `validate`, which sees them all.
"""

from collections.abc import Iterator, Sequence

from generator.model import api
from generator.model.api import Struct
from generator.model.plan import Plan
from generator.model.resource import Resource
from generator.stages.objects import whole
from generator.stages.objects.issue import Issue
from generator.stages.objects.links import Told, links
from generator.stages.objects.types import fits, issues

__all__ = ["Issue", "Told", "findings", "is_legible", "object_issues"]


def findings(resources: Sequence[Resource], plan: Plan) -> Iterator[Told]:
    """What is wrong with the objects of one bundle, each finding at a path inside its object.

    References are looked at only where every object is sound by itself.
    """
    minor = api.minor(plan.environment.kube_version)
    sound = True
    for resource in resources:
        for issue in object_issues(resource, minor):
            sound = False
            yield Told(resource, issue)
    if sound:
        yield from links(resources, plan)


def is_legible(resource: Resource, plan: Plan) -> bool:
    """Whether lists, maps and plain values stand where its kind has them, so that rules can read the object."""
    return not any(one.misshapen for one in object_issues(resource, api.minor(plan.environment.kube_version)))


def object_issues(resource: Resource, minor: int | None) -> Iterator[Issue]:
    """What is wrong with an object by itself, for that minor version of Kubernetes; None: the newest."""
    yield from whole.version(resource, minor)
    yield from whole.name(resource, minor)
    served = api.served(str(resource.body["apiVersion"]), str(resource.body["kind"]))
    if served is not None:
        of, version = Struct(served.type), api.NEWEST if minor is None else minor
        if not fits(of, version)(resource.body):
            yield from issues(of, resource.body, version)
