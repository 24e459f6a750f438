"""Rules about what a plugin renders: pods that live well, mounts that can do what is asked of them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, Label
from generator.model.kinds import pod_template_path
from generator.model.resource import MadeFrom, Resource
from generator.model.values import Pointer, maps
from generator.stages.expand import pods
from generator.stages.lint import commands
from generator.stages.lint.definition import is_pinned, unpinned
from generator.stages.lint.subject import Subject, Tried, first_of, warning

_REDIRECTED = re.compile(r">>?\s*[\"']?(/[^\s\"';|&)]+)")


class _Pod(NamedTuple):
    tried: Tried
    resource: Resource
    path: Pointer
    spec: Mapping[str, Any]

    def label(self, *pointer: str | int) -> Label:
        return self.tried.label(self.resource, (*self.path, *pointer))

    @property
    def containers(self) -> list[tuple[int, Mapping[str, Any]]]:
        listed = self.spec.get("containers")
        return [(index, one) for index, one in enumerate(listed or ()) if isinstance(one, Mapping)]

    @property
    def title(self) -> str:
        return self.resource.id.kind


def _pods(subject: Subject) -> Iterator[_Pod]:
    """The pods of workloads that templates render."""
    for tried, resource in first_of(subject.tried).values():
        if pods.serves(resource) and not isinstance(resource.origin, MadeFrom):
            path = pod_template_path(resource.id.group, resource.id.kind) or ()
            yield _Pod(tried, resource, (*path, "spec"), pods.spec(resource))


def images(subject: Subject) -> Iterator[Diagnostic]:
    """Images that templates spell out are pinned, too."""
    for pod in _pods(subject):
        for index, container in pod.containers:
            image = str(container.get("image") or "")
            known = {
                one
                for plan in pod.tried.plan.components
                for one in (*plan.images.values(), *plan.container_images.values())
            }
            if image and image not in known and not is_pinned(image):
                yield unpinned(image, pod.label("containers", index, "image"))


def health(subject: Subject) -> Iterator[Diagnostic]:
    """Probes, limits and a security context."""
    unread = "resources" in subject.plugin.default_values and not any(
        re.search(r"\.Values\.resources\b", text.text) for _, text in subject.texts
    )
    for pod in _pods(subject):
        listed = pod.containers
        if listed and not any({"readinessProbe", "livenessProbe", "startupProbe"} & one.keys() for _, one in listed):
            yield warning(
                "MW245",
                f"no container of the {pod.title} has a probe: it counts as ready before it serves",
                pod.label("containers", listed[0][0], "name"),
                "add a readinessProbe to the container that serves",
            )
        bare = [(index, one) for index, one in listed if not one.get("resources")]
        if bare:
            names = ", ".join(str(one.get("name")) for _, one in bare)
            yield warning(
                "MW246",
                f"containers of the {pod.title} have neither requests nor limits: {names}",
                pod.label("containers", bare[0][0], "name"),
                "no template reads the value resources: write resources: {{- toYaml .Values.resources | nindent … }}"
                if unread
                else "add resources",
                *(pod.label("containers", index, "name") for index, _ in bare[1:]),
            )
        if not pod.spec.get("securityContext") and not any(one.get("securityContext") for _, one in listed):
            yield warning(
                "MW247",
                f"nothing is said about the rights of the {pod.title}'s containers: they may run as root",
                pod.label("containers", listed[0][0], "name") if listed else pod.label(),
                "add securityContext: runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}",
            )


def foreign_programs(subject: Subject) -> Iterator[Diagnostic]:
    """Containers with an image of their own that are told to run the middleware's client."""
    programs = commands.clients(subject.plugin)
    for pod in _pods(subject):
        known = {
            one
            for plan in pod.tried.plan.components
            for one in (*plan.images.values(), *plan.container_images.values())
        }
        for index, container in pod.containers:
            if container.get("image") in known or not programs:
                continue
            for number, variable in enumerate(container.get("env") or ()):
                text = str(variable.get("value") or "") if isinstance(variable, Mapping) else ""
                used = next((one for one in programs if re.search(rf"(^|\s){re.escape(one)}(\s|$)", text)), "")
                if used:
                    yield warning(
                        "MW248",
                        f"container {container.get('name')} is to run {used}, "
                        f"which the image {container.get('image')} need not have",
                        pod.label("containers", index, "env", number, "value"),
                        "copy the program there in an init container, or run it in the container that has it",
                    )


def shared_claims(subject: Subject) -> Iterator[Diagnostic]:
    """Several pods of a Deployment that write into one claim."""
    for pod in _pods(subject):
        replicas = pod.resource.body.get("spec", {}).get("replicas")
        if pod.resource.id.kind != "Deployment" or not isinstance(replicas, int) or replicas < 2:
            continue
        for index, volume in enumerate(maps(pod.spec.get("volumes"))):
            claim = volume.get("persistentVolumeClaim")
            if isinstance(claim, Mapping) and not claim.get("readOnly"):
                yield warning(
                    "MW244",
                    f"the Deployment's {replicas} pods share one claim: each would write into the others' data",
                    pod.label("volumes", index, "persistentVolumeClaim"),
                    "use a StatefulSet with volumeClaimTemplates, or one replica",
                    pod.tried.label(pod.resource, ("spec", "replicas"), f"{replicas} replicas"),
                )


class _Mount(NamedTuple):
    path: str
    sub_path: str
    volume: str
    pointer: Pointer


def mounts(subject: Subject) -> Iterator[Diagnostic]:
    """ConfigMaps and Secrets are read-only, and what is mounted by `subPath` never changes in a running pod."""
    reloads = subject.plugin.can("configReload") or "configReload" in subject.plugin.capabilities
    for pod in _pods(subject):
        given = {
            str(one.get("name")) for one in maps(pod.spec.get("volumes")) if one.get("configMap") or one.get("secret")
        }
        for index, container in pod.containers:
            found = [
                _Mount(
                    str(one.get("mountPath")).rstrip("/"),
                    str(one.get("subPath") or ""),
                    str(one.get("name")),
                    ("containers", index, "volumeMounts", number),
                )
                for number, one in enumerate(maps(container.get("volumeMounts")))
            ]
            for mount in found:
                if mount.volume in given and mount.sub_path and reloads:
                    yield warning(
                        "MW242",
                        f"volume {mount.volume} is mounted by subPath, which never shows a change in a running pod: "
                        "that contradicts the capability configReload",
                        pod.label(*mount.pointer, "subPath"),
                        "mount the whole volume into a folder",
                    )
            yield from _written(pod, index, container, [one for one in found if one.volume in given])


def _written(pod: _Pod, index: int, container: Mapping[str, Any], given: list[_Mount]) -> Iterator[Diagnostic]:
    for field in ("command", "args"):
        for number, text in enumerate(container.get(field) or ()):
            for path in dict.fromkeys(_REDIRECTED.findall(str(text))):
                mount = next((one for one in given if path == one.path or path.startswith(f"{one.path}/")), None)
                if mount is None:
                    continue
                what = f"{mount.path} is read-only"
                if mount.sub_path and path != mount.path:
                    what = f"{mount.path} is the file {mount.sub_path} itself, and read-only"
                yield warning(
                    "MW241",
                    f"container {container.get('name')} writes to {path}, and {what}",
                    pod.label("containers", index, field, number),
                    "put the lines into the ConfigMap, or copy it to an emptyDir first",
                    pod.label(*mount.pointer),
                )
