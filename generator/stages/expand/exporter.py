"""The exporter: whether it is on, where it listens, and its container in pods whose template has none."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.plan import ComponentPlan, Plan
from generator.model.plugin import Exporter
from generator.model.resource import Resource
from generator.model.values import maps
from generator.stages.expand import environment, pods
from generator.stages.expand.expansion import Expansion
from generator.stages.resolve.images import rewritten

CONTAINER = "exporter"
PORT = "metrics"
"""What the exporter's port is called; a container with a port of that name is one."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Pods that serve metrics."""

    workload: Resource
    port: str
    """The port's name; empty where it has none."""

    number: int


def component(plan: Plan) -> ComponentPlan | None:
    """The component that turns the exporter on and off, and that objects about metrics belong to.

    None where it is not enabled, or not in the bundle.
    """
    found = plan.plugin.exporter
    name = (found.component or next(iter(found.watches), "")) if found else ""
    members = [one for one in plan.components if not name or one.name == name]
    return next((one for one in members if one.enabled), None)


def is_on(of: Expansion) -> bool:
    """Whether the group has an exporter: its component is enabled, and the value `exporter.enabled` is not false."""
    own = component(of.plan)
    if of.plan.plugin.exporter is None or own is None:
        return False
    return of.value(own.name, "exporter", "enabled") is not False


def attached(resources: Sequence[Resource], of: Expansion) -> tuple[Resource, ...]:
    """The objects, with an exporter's container in the pods that it watches and that have none."""
    found = of.plan.plugin.exporter
    if found is None or not is_on(of):
        return tuple(resources)
    names = _watched(found, of.plan)
    return tuple(
        _with_container(one, found, of)
        if pods.serves(one) and one.component in names and not _endpoints(one, found)
        else one
        for one in resources
    )


def endpoints(resources: Sequence[Resource], found: Exporter) -> list[Endpoint]:
    """Where the bundle's metrics are served, by workload."""
    return [endpoint for one in resources for endpoint in _endpoints(one, found)]


def _watched(found: Exporter, plan: Plan) -> tuple[str, ...]:
    """The components of the bundle in whose pods the exporter runs."""
    own = component(plan)
    return found.watches or ((own.name,) if own else ())


def _endpoints(resource: Resource, found: Exporter) -> list[Endpoint]:
    """The port of metrics in the pods of one object: the one of that name, else the one of that number."""
    if not pods.serves(resource):
        return []
    ports = [port for container in pods.containers(resource) for port in maps(container.get("ports"))]
    named = [port for port in ports if port.get("name") == PORT]
    numbered = [port for port in ports if port.get("containerPort") == found.port]
    return [
        Endpoint(resource, str(port.get("name") or ""), port.get("containerPort") or found.port)
        for port in (named or numbered)[:1]
    ]


def _with_container(resource: Resource, found: Exporter, of: Expansion) -> Resource:
    image = _image(resource.component, found, of.plan)
    if not image:
        return resource
    name = resource.component
    args = [of.text(found.place / "args" / number, text, name) for number, text in enumerate(found.args)]
    env = [
        *environment.plain({key: of.text(found.place / "env" / key, text, name) for key, text in found.env.items()}),
        *environment.secret(found.secret_env, of.plan),
    ]
    container = {
        "name": CONTAINER,
        "image": image,
        "args": args,
        "env": env,
        "ports": [{"name": PORT, "containerPort": found.port}],
        "resources": dict(found.resources),
        "securityContext": pods.SECURITY,
    }
    element = {field: value for field, value in container.items() if value}
    return pods.with_containers(resource, lambda others: [*others, element])


def _image(name: str, found: Exporter, plan: Plan) -> str:
    if found.image:
        return rewritten(found.image, plan.environment.registries)
    own = next(one for one in plan.components if one.name == name)
    return own.container_images.get(CONTAINER, "")
