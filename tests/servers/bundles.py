"""A bundle as a test looks at it, of a group of this repository's plugins."""

import shutil
from pathlib import Path
from typing import Any

from tests.harness import Project
from tests.servers.yard import ROOT, Bundle, bundle


def render(root: Path, plugin: str, name: str, **spec: Any) -> Bundle:
    """The bundle of a new group, rendered below *root* by the command."""
    project = Project(root / f"project-{name}")
    shutil.copytree(ROOT / "plugins" / plugin, project.root / "plugins" / plugin, dirs_exist_ok=True)
    project.environment("test", target="plain", namespace="middleware", apiVersions=["monitoring.coreos.com/v1"])
    project.group(name, plugin, environments=[{"name": "test"}], **spec)
    project.run("generate").sound()
    return bundle(project.root / "out/test" / name)
