"""Roles as the rendered scripts tell and switch them, in running pods."""

import subprocess
from collections.abc import Sequence

from tests.servers.pods import Pod
from tests.servers.yard import until


def role(pod: Pod, container: str) -> str:
    """What the rendered script says about a pod, in its own container; nothing while the pod has no role."""
    found = _told(pod, container)
    return found.stdout.strip() if found.returncode == 0 else ""


def _told(pod: Pod, container: str) -> subprocess.CompletedProcess[str]:
    return pod.execute(container, "/bin/sh", f"{tools(pod, container)}/role.sh")


def wait(pods: Sequence[Pod], container: str, *wanted: str) -> None:
    """Wait until the pods have these roles, one each, whoever has which."""
    until(
        lambda: sorted(role(pod, container) for pod in pods) == sorted(wanted),
        f"{', '.join(pod.name for pod in pods)} to be {', '.join(wanted)}",
        report=lambda: "\n".join(f"{_told(pod, container)}\n{pod.said()}" for pod in pods),
    )


def who(pods: Sequence[Pod], container: str, wanted: str) -> Pod:
    """The first pod in a role, as soon as there is one."""
    found: list[Pod] = []

    def some() -> bool:
        found[:] = [pod for pod in pods if role(pod, container) == wanted]
        return bool(found)

    until(some, f"one of {', '.join(pod.name for pod in pods)} to be {wanted}", report=pods[0].said)
    return found[0]


def tools(pod: Pod, container: str) -> str:
    """Where a container has the rendered scripts: where it mounts them, else (there are images without a shell) in the
    pod's data."""
    (spec,) = (one for one in pod.spec["containers"] if one["name"] == container)
    mounts = {one["name"]: one["mountPath"] for one in spec["volumeMounts"]}
    if "tools" in mounts:
        return str(mounts["tools"])
    folder = pod.volume("data") / "tools"
    folder.mkdir(exist_ok=True)
    workload = pod.name.rpartition("-")[0]
    for name, text in pod.cluster.texts("ConfigMap", f"{workload}-tool-scripts").items():
        (folder / name).write_text(text, encoding="utf-8")
    return f"{mounts['data']}/tools"
