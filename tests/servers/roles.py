"""Roles as the rendered scripts tell and switch them, in running pods."""

from tests.servers.pods import Pod


def role(pod: Pod, container: str) -> str:
    """What the rendered script says about a pod, in its own container."""
    return pod.run(container, "/bin/sh", f"{tools(pod, container)}/role.sh")


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
