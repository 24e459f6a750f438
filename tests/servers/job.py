"""Runs the scripts of a rendered CronJob as its pods would: with their environment, one container after the other."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.servers.cluster import Cluster
from tests.servers.yard import Bundle, Done, Yard, search_path

CLOUD = Path(__file__).with_name("cloud.py")


@dataclass
class Cloud:
    """Buckets, and the programs that reach them."""

    root: Path
    programs: Path

    @classmethod
    def at(cls, yard: Yard, owner: str) -> "Cloud":
        programs = yard.folder("programs", mode=0o755)
        for path, text in stand_ins().items():
            program = programs / Path(path).name
            program.write_text(text)
            program.chmod(0o755)
        return cls(yard.folder("cloud", owner=owner), programs)

    @classmethod
    def within(cls, cluster: Cluster) -> "Cloud":
        """In a folder that all pods of a cluster share; its programs are what `Image.files` has of `stand_ins`."""
        cluster.shared = cluster.folder / "shared"
        root = cluster.shared / "cloud"
        root.mkdir(parents=True)
        for folder in (cluster.shared, root):
            folder.chmod(0o777)
        return cls(root, Path("/usr/local/bin"))

    @property
    def env(self) -> dict[str, str]:
        return {"CLOUD": str(self.root), "PATH": search_path(str(self.programs))}

    def files(self) -> list[str]:
        """Every object, by bucket and path."""
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def calls(self) -> list[list[str]]:
        """Every call of one of the programs."""
        lines = Path(f"{self.root}.calls").read_text().splitlines()
        return [json.loads(line) for line in lines]


@dataclass
class Job:
    """A CronJob, its scripts in a folder, and volumes that live as long as a pod."""

    yard: Yard
    bundle: Bundle
    name: str
    cloud: Cloud
    user: str
    env: Mapping[str, str] = field(default_factory=dict)
    """What is different from the rendered environment: hosts and folders of this machine."""

    def run(self, **env: str) -> Done:
        """One pod: its init containers, then its container. The first that fails is what it comes to."""
        spec = self.bundle.get("CronJob", self.name)["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        volumes = {
            name: self.yard.folder(f"{self.name}-{self.yard.number()}-{name}", owner=self.user)
            for name in ("backup", "state")
        }
        scripts = {one["name"]: one["configMap"]["name"] for one in spec["volumes"] if "configMap" in one}
        folder = self.yard.configuration(self.bundle.texts(scripts["scripts"]), self.name)
        done = Done(0, "", "")
        for container in (*spec["initContainers"], *spec["containers"]):
            told = {
                **plain(container["env"]),
                **self.env,
                **self.cloud.env,
                "HOME": str(volumes["state"]),
                "MW_BACKUP_DIR": str(volumes["backup"]),
                "MW_STATE_DIR": str(volumes["state"]),
                **env,
            }
            script = Path(container["command"][-1]).name
            assert container["command"][0] == "/bin/sh"
            now = self.yard.run("sh", f"{folder}/{script}", env=told, user=self.user)
            done = Done(now.code, done.out + now.out, f"{done.err}[{container['name']}] {now.err}\n")
            if now.code:
                break
        for path in volumes.values():
            shutil.rmtree(path)
        return done


def stand_ins() -> dict[str, str]:
    """The providers' programs as files, for images and folders."""
    text = f"#!{python()}\n{CLOUD.read_text()}"
    return {f"/usr/local/bin/{name}": text for name in ("aws", "gcloud", "az", "kubectl")}


def python() -> Path:
    """A Python that other users can run: this one may lie in somebody's home."""
    own = Path(sys.executable).resolve()
    found = [own, Path("/usr/bin/python3"), Path("/usr/local/bin/python3")]
    reachable = (
        one for one in found if one.exists() and all(up.stat().st_mode & 0o001 for up in one.resolve().parents)
    )
    return next(reachable, own)


def plain(env: Sequence[Any]) -> dict[str, str]:
    """The variables that stand there with their values."""
    return {one["name"]: one["value"] for one in env if "value" in one}
