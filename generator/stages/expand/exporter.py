"""The exporter: whether it is on, where it listens, and its container in pods whose template has none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.model.kinds import pod_template, pod_template_path
from generator.model.plan import ComponentPlan, Plan
from generator.model.plugin import Exporter
from generator.model.resource import Resource
from generator.model.values import Object
from generator.stages.expand import environment
from generator.stages.expand.expansion import Expansion
from generator.stages.resolve.images import rewritten

CONTAINER = "exporter"
PORT = "metrics"
"""What the exporter's port is called; a container with a port of that name is one."""

_SERVES = frozenset({("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet")})
SECURITY = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "readOnlyRootFilesystem": True,
}
"""Of every container that mwgen makes."""


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
        if one.id[:2] in _SERVES and one.component in names and not _endpoints(one, found)
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
    if resource.id[:2] not in _SERVES:
        return []
    ports = [port for container in _containers(resource.body) for port in _maps(container.get("ports"))]
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
        "securityContext": SECURITY,
    }
    path = pod_template_path(resource.id.group, resource.id.kind)
    assert path is not None
    element = {field: value for field, value in container.items() if value}
    return replace(resource, body=_appended(resource.body, (*path, "spec", "containers"), element))


def _image(name: str, found: Exporter, plan: Plan) -> str:
    if found.image:
        return rewritten(found.image, plan.environment.registries)
    own = next(one for one in plan.components if one.name == name)
    return own.container_images.get(CONTAINER, "")


def _appended(value: Any, path: Sequence[str], element: Object) -> Any:
    """A copy of *value* with one more *element* in the list at *path*."""
    if not path:
        return [*(value if isinstance(value, list) else ()), element]
    here = value if isinstance(value, Mapping) else {}
    return {**here, path[0]: _appended(here.get(path[0]), path[1:], element)}


def _containers(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    template = pod_template(body)
    spec = template.get("spec") if template else None
    if isinstance(spec, Mapping):
        yield from _maps(spec.get("containers"))


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
