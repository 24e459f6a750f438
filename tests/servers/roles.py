"""Role detection as the plugin has it, asked of a running pod."""

import functools
import operator
import re
from typing import Any

from generator.diagnostics import SourceFile
from generator.yamlio.load import documents
from tests.servers.pods import Pod
from tests.servers.yard import ROOT


def spec(plugin: str) -> Any:
    """The plugin's spec."""
    file = ROOT / f"plugins/{plugin}/plugin.yaml"
    (document,) = documents(SourceFile(file.name, file.read_text(encoding="utf-8")))
    return document.value["spec"]


def command(plugin: str, text: str) -> str:
    """A command of the plugin, with the plugin's own values in it."""
    values = spec(plugin)["defaultValues"]
    values["port"] = values["network"]["port"]
    path = r"\{\{ \.Values\.([A-Za-z.]+) \}\}"
    return re.sub(path, lambda found: str(functools.reduce(operator.getitem, found[1].split("."), values)), text)


def role(plugin: str, pod: Pod, container: str) -> str:
    """What the plugin's own command and pattern say about a pod."""
    detection = spec(plugin)["highAvailability"]["passive"]["roleDetection"]
    said = pod.run(container, "/bin/sh", "-c", command(plugin, detection["command"]))
    found = re.search(detection["parsePattern"], said)
    assert found, f"{detection['parsePattern']} finds nothing in {said!r}"
    return found[1]
