"""Writes generator/model/kinds_table.py from the OpenAPI schemas in the package kubernetes-validate.

Run `python tests/conformance/kubernetes/make_kinds_table.py`; a test holds the committed table equal to it.
Every Kubernetes minor version in the package is read; where versions differ, the newest that has a type wins,
so that a kind which is gone from the newest version is still known.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "generator" / "model" / "kinds_table.py"
POD_TEMPLATE = "io.k8s.api.core.v1.PodTemplateSpec"
OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"

Schema = dict[str, Any]
Row = tuple[str, tuple[str, ...], str]
"""Path, list map keys, patch strategy without `retainKeys`."""


def minor(name: str) -> int:
    return int(re.findall(r"v1\.(\d+)", name)[0])


def definitions() -> tuple[dict[str, Schema], list[int]]:
    """All types by name, the newest version of each, and the minor versions that were read."""
    folder = resources.files("kubernetes_validate") / "kubernetes-json-schema"
    versions = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith("-local")),
        key=lambda entry: minor(entry.name),
    )
    found: dict[str, Schema] = {}
    for version in versions:
        found.update(json.loads((version / "_definitions.json").read_text())["$defs"])
    return found, [minor(version.name) for version in versions]


def reference(schema: Mapping[str, Any]) -> str:
    """The name of the type that a property's schema refers to, or an empty text."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    parts = (part for key in ("oneOf", "anyOf", "allOf") for part in schema.get(key, ()))
    return next(filter(None, map(reference, parts)), "")


def element(schema: Mapping[str, Any]) -> tuple[str, str]:
    """How a path enters the value (`[]`, `{}` or nothing) and the type inside."""
    types = schema.get("type", [])
    types = types if isinstance(types, list) else [types]
    if "array" in types:
        return "[]", reference(schema.get("items", {}))
    if "object" in types and isinstance(schema.get("additionalProperties"), dict):
        return "{}", reference(schema["additionalProperties"])
    return "", reference(schema)


def rows(types: Mapping[str, Schema], name: str, path: str = "", above: tuple[str, ...] = ()) -> Iterator[Row]:
    """The fields below *path* that do not simply merge as maps and replace as lists."""
    for field, schema in sorted(types.get(name, {}).get("properties", {}).items()):
        here = f"{path}.{field}" if path else field
        if field == "status":
            continue  # never part of a manifest
        keys = tuple(schema.get("x-kubernetes-list-map-keys", ()))
        strategy = ",".join(
            part for part in schema.get("x-kubernetes-patch-strategy", "").split(",") if part != "retainKeys"
        )
        assert not strategy or keys[:1] == ((schema["x-kubernetes-patch-merge-key"],) if keys else ()), here
        inside, kind = element(schema)
        if kind == POD_TEMPLATE:
            yield here, (), "pod"
        if keys or strategy:
            yield here, keys, strategy
        if kind and kind not in {*above, name, POD_TEMPLATE} and not (kind == OBJECT_META and not path):
            yield from rows(types, kind, here + inside, (*above, name))


def kinds(types: Mapping[str, Schema]) -> dict[tuple[str, str], list[str]]:
    """The types of each kind (one an API version), lists of objects and requests' options left out."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, schema in types.items():
        served = schema.get("x-kubernetes-group-version-kind", ())
        if len(served) != 1 or not {"kind", "metadata"} <= schema["properties"].keys():
            continue
        kind = served[0]["kind"]
        if not (kind.endswith("List") and "items" in schema["properties"]):
            found.setdefault((served[0]["group"], kind), []).append(name)
    return found


def row_of_names(group: str, names: list[str]) -> list[str]:
    """A row of KINDS, broken into lines that the linter accepts."""
    lines = textwrap.wrap(" ".join(names), 78)
    if len(lines) == 1:
        return [f'    "{group}": "{lines[0]}",']
    return [
        f'    "{group}": (',
        *(f'        "{" " * bool(at)}{line}"' for at, line in enumerate(lines)),
        "    ),",
    ]


def table() -> str:
    """The text of the module."""
    types, minors = definitions()
    lists: list[tuple[str, Row]] = []
    pods: list[tuple[str, str, str]] = [("", "Pod", "")]
    by_group: dict[str, list[str]] = {}
    for (group, kind), names in sorted(kinds(types).items()):
        by_group.setdefault(group, []).append(kind)
        if kind == "Pod":
            continue
        for path, keys, strategy in dict.fromkeys(row for name in names for row in rows(types, name)):
            if strategy == "pod":
                pods.append((group, kind, path))
            else:
                lists.append((f"{group}/{kind}", (path, keys, strategy)))
    lists += [("*", (f"metadata.{path}", keys, how)) for path, keys, how in rows(types, OBJECT_META)]
    lists += [("pod", row) for row in rows(types, POD_TEMPLATE)]
    lines = [
        f'"""What the OpenAPI of Kubernetes 1.{minors[0]} to 1.{minors[-1]} says about built-in kinds.',
        "",
        "Written by tests/conformance/kubernetes/make_kinds_table.py: do not edit. `kinds.py` reads it.",
        '"""',
        "",
        "KINDS: dict[str, str] = {",
        *(line for group, names in sorted(by_group.items()) for line in row_of_names(group, names)),
        "}",
        '"""The kinds of each API group."""',
        "",
        "POD_TEMPLATES: dict[tuple[str, str], str] = {",
        *(f'    ("{group}", "{kind}"): "{path}",' for group, kind, path in pods),
        "}",
        '"""By group and kind: the path of the pod template. A Pod is one itself."""',
        "",
        "FIELDS: tuple[tuple[str, str, str, str], ...] = (",
        *(f'    ("{owner}", "{path}", "{" ".join(keys)}", "{how}"),' for owner, (path, keys, how) in lists),
        ")",
        '"""Owner (`group/Kind`, `pod` for a pod template, `*` for any kind), path, keys, strategy."""',
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table())
