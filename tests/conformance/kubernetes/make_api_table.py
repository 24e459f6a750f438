"""Writes generator/model/api_table.py from the OpenAPI schemas in the package kubernetes-validate.

Run `python tests/conformance/kubernetes/make_api_table.py`; a test holds the committed table equal to it.
"""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "generator" / "model" / "api_table.py"
PREFIXES = ("io.k8s.api.", "io.k8s.apimachinery.pkg.apis.", "io.k8s.apimachinery.pkg.", "io.k8s.")
PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "number": "num"}
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "quantity",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "intstr",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "str",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "str",
}
OPEN = {"status", "managedFields"}
"""Fields that no manifest writes; whatever stands there does no harm."""

Schema = dict[str, Any]
Types = dict[str, Schema]


def versions() -> dict[int, Types]:
    """All types by name, of every minor version of Kubernetes, oldest first."""
    folder = resources.files("kubernetes_validate") / "kubernetes-json-schema"
    found = {
        int(re.findall(r"v1\.(\d+)", entry.name)[0]): json.loads((entry / "_definitions.json").read_text())["$defs"]
        for entry in folder.iterdir()
        if entry.name.endswith("-local")
    }
    return dict(sorted(found.items()))


def short(name: str) -> str:
    """`core.v1.Container` of `io.k8s.api.core.v1.Container`."""
    return next(name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix))


def spelled(schema: Mapping[str, Any], types: Types, wanted: set[str]) -> str:
    """The type of a field; what it refers to is put into *wanted*."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        if name in SPECIAL:
            return SPECIAL[name]
        if not types[name].get("properties"):
            return "any"
        wanted.add(name)
        return short(name)
    of = schema.get("type", [])
    of = next((one for one in ([of] if isinstance(of, str) else of) if one != "null"), "")
    if of == "array":
        return f"[{spelled(schema['items'], types, wanted)}]{_keys(schema)}"
    if of == "object":
        inner = schema.get("additionalProperties")
        return f"{{{spelled(inner, types, wanted)}}}" if isinstance(inner, Mapping) else "any"
    if of == "string" and schema.get("format") == "byte":
        return "bytes"
    return PLAIN.get(of, "any")


def _keys(schema: Mapping[str, Any]) -> str:
    match schema.get("x-kubernetes-list-type"):
        case "map":
            return f"|{','.join(schema['x-kubernetes-list-map-keys'])}"
        case "set":
            return "|="
        case _:
            return ""


def fields(name: str, by_minor: Mapping[int, Types], wanted: set[str]) -> Iterator[str]:
    """The fields of a type, each as `name[!][@since][~until]:type`; `!` where it is required."""
    having = {minor: types[name].get("properties", {}) for minor, types in by_minor.items() if name in types}
    newest = by_minor[max(having)]
    for field in sorted({field for each in having.values() for field in each}):
        there = [minor for minor, each in having.items() if field in each]
        last = by_minor[there[-1]]
        of = "any" if field in OPEN else spelled(having[there[-1]][field], last, wanted)
        mark = "!" if field in newest[name].get("required", ()) else ""
        since = f"@{there[0]}" if there[0] > min(having) else ""
        until = f"~{there[-1]}" if there[-1] < max(having) else ""
        yield f"{field}{mark}{since}{until}:{of}"


def table() -> str:
    """The text of the module."""
    by_minor = versions()
    first, last = min(by_minor), max(by_minor)
    served: dict[str, tuple[str, list[int]]] = {}
    for minor, types in by_minor.items():
        for name, schema in types.items():
            gvk = schema.get("x-kubernetes-group-version-kind", ())
            if len(gvk) == 1 and {"kind", "metadata"} <= schema.get("properties", {}).keys():
                one = gvk[0]
                if one["kind"].endswith("List") and "items" in schema["properties"]:
                    continue
                version = "/".join(filter(None, (one["group"], one["version"])))
                served.setdefault(f"{version} {one['kind']}", (name, []))[1].append(minor)
    waiting = {name for name, _ in served.values()}
    done: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        wanted: set[str] = set()
        done[name] = " ".join(fields(name, by_minor, wanted))
        waiting |= wanted - done.keys()
    versions_of: dict[str, list[str]] = {}
    for kind, (name, minors) in sorted(served.items()):
        version, _, kind_name = kind.partition(" ")
        versions_of.setdefault(version, []).append(f"{kind_name}={short(name)}@{minors[0]}-{minors[-1]}")
    lines = [
        f'"""The fields and types of built-in kinds, from the OpenAPI of Kubernetes 1.{first} to 1.{last}.',
        "",
        "Written by tests/conformance/kubernetes/make_api_table.py: do not edit. `api.py` reads it.",
        '"""',
        "",
        f"MINORS = ({first}, {last})",
        '"""The oldest and the newest minor version of Kubernetes that the tables know."""',
        "",
        "SERVED: dict[str, str] = {",
        *(line for version, kinds in versions_of.items() for line in _row(version, " ".join(kinds))),
        "}",
        '"""By API version: its kinds as `Kind=type@first-last`, the minor versions that serve them."""',
        "",
        "TYPES: dict[str, str] = {",
        *(
            line
            for name, text in sorted(done.items(), key=lambda item: short(item[0]))
            for line in _row(short(name), text)
        ),
        "}",
        '"""By type: its fields as `name[!][@since][~until]:type`, separated by blanks; `!` is required."""',
    ]
    return "\n".join(lines) + "\n"


def _row(key: str, text: str) -> list[str]:
    """An entry of a table, broken into lines as the formatter wants them."""
    whole = f'    "{key}": "{text}",'
    if len(whole) <= 120:
        return [whole]
    rows = [text] if len(text) <= 110 else textwrap.wrap(text, 109, break_long_words=False, break_on_hyphens=False)
    return [f'    "{key}": (', *(f'        "{" " * bool(at)}{row}"' for at, row in enumerate(rows)), "    ),"]


if __name__ == "__main__":
    TABLE.write_text(table())
