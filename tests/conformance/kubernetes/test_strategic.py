"""Merge patches do what kubectl, kustomize and Kubernetes' own library do, but for the departures that rows name."""

import json
import os
import random
import subprocess
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.model.kinds import group_version
from generator.model.merge_rules import MergeRule, merge_rule
from generator.stages.transform import strategic

pytestmark = pytest.mark.oracle
Oracle = Callable[[Sequence[dict[str, Any]]], list[dict[str, Any]]]
Json = Any


class Row(NamedTuple):
    name: str
    api: str
    """apiVersion and kind."""

    body: Json
    """The object without its head."""

    patch: Json
    want: Json
    departs: str = ""
    """Who does something else, and why."""


def pod(**spec: Json) -> Json:
    return {"spec": {"template": {"spec": spec}}}


DEPLOY, SERVICE, CUSTOM = "apps/v1 Deployment", "v1 Service", "example.com/v1 Thing"
AB = [{"name": "a", "image": "1"}, {"name": "b", "image": "2"}]
UDP, TCP = {"port": 53, "protocol": "UDP"}, {"port": 53, "protocol": "TCP"}
ROWS = [
    Row("a field is set", DEPLOY, {"spec": {"replicas": 1}}, {"spec": {"replicas": 2}}, {"spec": {"replicas": 2}}),
    Row("null deletes", DEPLOY, {"spec": {"replicas": 1, "paused": True}}, {"spec": {"replicas": None}},
        {"spec": {"paused": True}}),
    Row("null of nothing is nothing", DEPLOY, {"spec": {}}, {"spec": {"replicas": None}}, {"spec": {}}),
    Row("nulls inside a new map vanish", DEPLOY, {"spec": {}}, {"spec": {"strategy": {"type": None, "x": 1}}},
        {"spec": {"strategy": {"x": 1}}}),
    Row("maps merge", DEPLOY, pod(nodeSelector={"a": "1"}), pod(nodeSelector={"b": "2"}),
        pod(nodeSelector={"a": "1", "b": "2"})),
    Row("an element merges by name", DEPLOY, pod(containers=AB), pod(containers=[{"name": "b", "image": "3"}]),
        pod(containers=[AB[0], {"name": "b", "image": "3"}])),
    Row("a new element comes first", DEPLOY, pod(containers=AB), pod(containers=[{"name": "c"}]),
        pod(containers=[{"name": "c"}, *AB])),
    Row("the patch's order holds among its own", DEPLOY, pod(containers=AB),
        pod(containers=[{"name": "b"}, {"name": "a"}]), pod(containers=[AB[1], AB[0]])),
    Row("an element is deleted", DEPLOY, pod(containers=AB), pod(containers=[{"name": "a", "$patch": "delete"}]),
        pod(containers=[AB[1]])),
    Row("deleting what is not there", DEPLOY, pod(containers=AB), pod(containers=[{"name": "x", "$patch": "delete"}]),
        pod(containers=AB)),
    Row("a list is replaced", DEPLOY, pod(containers=AB), pod(containers=[{"$patch": "replace"}, {"name": "c"}]),
        pod(containers=[{"name": "c"}])),
    Row("the marker may stand anywhere", DEPLOY, pod(containers=AB),
        pod(containers=[{"name": "c"}, {"$patch": "replace"}]), pod(containers=[{"name": "c"}])),
    Row("a map is replaced", DEPLOY, pod(nodeSelector={"a": "1"}), pod(nodeSelector={"b": "2", "$patch": "replace"}),
        pod(nodeSelector={"b": "2"})),
    Row("a map that is not there is replaced", DEPLOY, pod(), pod(nodeSelector={"b": "2", "$patch": "replace"}),
        pod(nodeSelector={"b": "2"}), "kubectl drops the map"),
    Row("a map is deleted", DEPLOY, pod(nodeSelector={"a": "1"}, hostIPC=True), pod(nodeSelector={"$patch": "delete"}),
        pod(hostIPC=True), "kubectl leaves an empty map"),
    Row("a map is merged explicitly", DEPLOY, pod(nodeSelector={"a": "1"}),
        pod(nodeSelector={"$patch": "merge", "b": "2"}), pod(nodeSelector={"a": "1", "b": "2"}), "kubectl refuses"),
    Row("a volume changes its sort", DEPLOY, pod(volumes=[{"name": "v", "emptyDir": {}}]),
        pod(volumes=[{"name": "v", "emptyDir": None, "configMap": {"name": "c"}}]),
        pod(volumes=[{"name": "v", "configMap": {"name": "c"}}])),
    Row("a volume changes its sort by retained keys", DEPLOY, pod(volumes=[{"name": "v", "emptyDir": {}}]),
        pod(volumes=[{"$retainKeys": ["name", "configMap"], "name": "v", "configMap": {"name": "c"}}]),
        pod(volumes=[{"name": "v", "configMap": {"name": "c"}}]), "kustomize does not know it"),
    Row("retained keys of a map", DEPLOY, {"spec": {"strategy": {"type": "RollingUpdate", "rollingUpdate": {}}}},
        {"spec": {"strategy": {"$retainKeys": ["type"], "type": "Recreate"}}},
        {"spec": {"strategy": {"type": "Recreate"}}},
        "kustomize does not know it"),
    Row("scalars are a set", DEPLOY, {"metadata": {"finalizers": ["a", "b"]}}, {"metadata": {"finalizers": ["c", "b"]}},
        {"metadata": {"finalizers": ["c", "a", "b"]}}, "kustomize orders scalars otherwise"),
    Row("scalars are deleted", DEPLOY, {"metadata": {"finalizers": ["a", "b"]}},
        {"metadata": {"$deleteFromPrimitiveList/finalizers": ["a"]}}, {"metadata": {"finalizers": ["b"]}},
        "kustomize does not know it"),
    Row("an order is set", DEPLOY, pod(containers=[*AB, {"name": "c"}]),
        pod(**{"$setElementOrder/containers": [{"name": "c"}, {"name": "b"}, {"name": "a"}],
               "containers": [{"name": "c", "image": "3"}]}),
        pod(containers=[{"name": "c", "image": "3"}, AB[1], AB[0]]), "kustomize does not know it"),
    Row("an order is set that leaves one out", DEPLOY, pod(containers=[*AB, {"name": "c"}]),
        pod(**{"$setElementOrder/containers": [{"name": "c"}, {"name": "a"}]}),
        pod(containers=[AB[1], {"name": "c"}, AB[0]]), "kustomize does not know it"),
    Row("lists without keys are replaced", DEPLOY, pod(tolerations=[{"key": "a"}]), pod(tolerations=[{"key": "b"}]),
        pod(tolerations=[{"key": "b"}])),
    Row("commands are replaced", DEPLOY, pod(containers=[{"name": "a", "args": ["1", "2"]}]),
        pod(containers=[{"name": "a", "args": ["3"]}]), pod(containers=[{"name": "a", "args": ["3"]}])),
    Row("environments merge by name", DEPLOY,
        pod(containers=[{"name": "a", "env": [{"name": "X", "value": "1"}, {"name": "Y", "value": "2"}]}]),
        pod(containers=[{"name": "a", "env": [{"name": "Y", "value": "3"}, {"name": "X", "$patch": "delete"}]}]),
        pod(containers=[{"name": "a", "env": [{"name": "Y", "value": "3"}]}])),
    Row("mounts merge by path", DEPLOY,
        pod(containers=[{"name": "a", "volumeMounts": [{"mountPath": "/x", "name": "v"}]}]),
        pod(containers=[{"name": "a", "volumeMounts": [{"mountPath": "/x", "readOnly": True}]}]),
        pod(containers=[{"name": "a", "volumeMounts": [{"mountPath": "/x", "name": "v", "readOnly": True}]}])),
    Row("a selector of a budget is replaced", "policy/v1 PodDisruptionBudget",
        {"spec": {"selector": {"matchLabels": {"a": "1"}}}}, {"spec": {"selector": {"matchLabels": {"b": "2"}}}},
        {"spec": {"selector": {"matchLabels": {"b": "2"}}}}, "kustomize merges it"),
    Row("a port merges by number", SERVICE, {"spec": {"ports": [{"port": 80}, {"port": 90}]}},
        {"spec": {"ports": [{"port": 90, "name": "x"}]}},
        {"spec": {"ports": [{"port": 80}, {"port": 90, "name": "x"}]}}),
    Row("ports of one number, two protocols", SERVICE, {"spec": {"ports": [TCP]}}, {"spec": {"ports": [UDP]}},
        {"spec": {"ports": [UDP, TCP]}}, "kubectl makes a UDP port of the TCP port"),
    Row("the second of two protocols", SERVICE, {"spec": {"ports": [TCP, UDP]}},
        {"spec": {"ports": [{**UDP, "name": "x"}]}},
        {"spec": {"ports": [TCP, {**UDP, "name": "x"}]}}, "kubectl changes the first"),
    Row("a protocol that is not said is the usual one", SERVICE, {"spec": {"ports": [UDP, {"port": 53}]}},
        {"spec": {"ports": [{"port": 53, "name": "x"}]}}, {"spec": {"ports": [UDP, {"port": 53, "name": "x"}]}},
        "kubectl changes the first; kustomize makes one of the two"),
    Row("a protocol that is not said, and only one", SERVICE, {"spec": {"ports": [UDP]}},
        {"spec": {"ports": [{"port": 53, "name": "x"}]}}, {"spec": {"ports": [{**UDP, "name": "x"}]}},
        "kustomize loses the name"),
    Row("another type replaces", SERVICE, {"spec": {"ports": [TCP]}}, {"spec": {"ports": {"odd": 1}}},
        {"spec": {"ports": {"odd": 1}}}, "kustomize refuses"),
    Row("custom: lists are replaced", CUSTOM, {"spec": {"containers": AB}}, {"spec": {"containers": [{"name": "c"}]}},
        {"spec": {"containers": [{"name": "c"}]}}),
    Row("custom: maps merge, null deletes", CUSTOM, {"spec": {"a": {"b": 1, "c": 2}}},
        {"spec": {"a": {"b": None, "d": 3}}},
        {"spec": {"a": {"c": 2, "d": 3}}}),
    Row("custom: a map is replaced", CUSTOM, {"spec": {"a": {"b": 1}}}, {"spec": {"a": {"c": 1, "$patch": "replace"}}},
        {"spec": {"a": {"c": 1}}}, "kubectl's JSON merge patches know no directives"),
]  # fmt: skip


def whole(row: Row, body: Json) -> Json:
    api, kind = row.api.split()
    metadata = {"name": "x", **body.get("metadata", {})}
    return {"apiVersion": api, "kind": kind, **body, "metadata": metadata}


def rule_of(body: Json) -> MergeRule:
    return merge_rule(group_version(body["apiVersion"])[0], body["kind"])


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_ours(row: Row) -> None:
    body, patch = whole(row, row.body), deepcopy(row.patch)
    before = deepcopy(body)
    assert strategic.merge(body, patch, rule_of(body)) == whole(row, row.want)
    assert (body, patch) == (before, row.patch)


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_kubectl(row: Row, require_tool: Callable[[str], str]) -> None:
    how = "merge" if row.api == CUSTOM else "strategic"
    answer = subprocess.run(
        [require_tool("kubectl"), "patch", "--local", "-f-", f"--type={how}", "-p", json.dumps(row.patch), "-o=json"],
        input=json.dumps(whole(row, row.body)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    agrees = answer.returncode == 0 and json.loads(answer.stdout) == whole(row, row.want)
    assert agrees != ("kubectl" in row.departs), answer.stdout + answer.stderr


def test_kustomize(tmp_path: Path, require_tool: Callable[[str], str]) -> None:
    asked = [(f"x{number}", row) for number, row in enumerate(ROWS) if "kustomize refuses" not in row.departs]
    bodies, patches = [], []
    for name, row in asked:
        body = whole(row, row.body)
        bodies.append(body | {"metadata": body["metadata"] | {"name": name}})
        target = {"kind": body["kind"], "name": name}
        patches.append({"target": target, "patch": json.dumps(whole(row, row.patch))})
    (tmp_path / "all.yaml").write_text("\n---\n".join(map(json.dumps, bodies)))
    (tmp_path / "kustomization.yaml").write_text(json.dumps({"resources": ["all.yaml"], "patches": patches}))
    kubectl = require_tool("kubectl")
    built = subprocess.run([kubectl, "kustomize", tmp_path], check=True, capture_output=True, text=True).stdout
    # kubectl reads back what its kustomize wrote: one reader for all of these tests.
    read = subprocess.run(
        [kubectl, "patch", "--local", "-f-", "--type=merge", "-p", "{}", "-o=json"],
        input=built, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    got = {body["metadata"]["name"]: body for body in stream(read)}
    surprises = {}
    for name, row in asked:
        want = whole(row, row.want)
        want["metadata"]["name"] = name
        if (unordered(got[name]) == unordered(want)) == ("kustomize" in row.departs):
            surprises[row.name] = got[name]
    assert surprises == {}


def stream(text: str) -> list[Json]:
    decoder, at = json.JSONDecoder(), 0
    found: list[Json] = []
    while at < len(text.rstrip()):
        value, end = decoder.raw_decode(text, at)
        found += value.get("items", [value]) if value["kind"] == "List" else [value]
        at = end + len(text[end:]) - len(text[end:].lstrip())
    return found


def unordered(value: Json) -> Json:
    """The value with lists of maps sorted: kustomize and kubectl put elements in different orders."""
    if isinstance(value, dict):
        return {key: unordered(inner) for key, inner in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return sorted(map(unordered, value), key=lambda one: json.dumps(one, sort_keys=True))
    return value


# --- random patches, against Kubernetes' own library

ROUNDS = int(os.environ.get("MWGEN_FUZZ_ROUNDS", "1500"))


def element(rng: random.Random, *names: str, **fields: Sequence[Json]) -> list[Json]:
    """A list of maps with some of *names*, each with some of *fields*."""
    found = []
    for name in rng.sample(names, rng.randint(0, len(names))):
        key, _, value = name.partition("=")
        body: Json = {key: int(value) if value.isdigit() else value}
        for field, values in fields.items():
            if rng.random() < 0.6:
                body[field] = deepcopy(rng.choice(values))
        found.append(body)
    return found


def random_spec(rng: random.Random) -> Json:
    env = [element(rng, "name=A", "name=B", "name=C", value=["1", "2"]) for _ in range(3)]
    mounts = [element(rng, "mountPath=/a", "mountPath=/b", name=["v", "w"], readOnly=[True]) for _ in range(3)]
    ports = [
        element(rng, "containerPort=80", "containerPort=90", "containerPort=70", name=["p", "q"]) for _ in range(3)
    ]
    limits: list[Json] = [{"limits": {"cpu": "1"}}, {"limits": {"cpu": 2}, "claims": [{"name": "r"}]}, {}]
    spec: Json = {
        "containers": element(
            rng, "name=a", "name=b", "name=c", "name=d",
            image=["1", "2"], env=env, volumeMounts=mounts, ports=ports, resources=limits, args=[["x"], ["y", "z"]],
        ),
        "volumes": element(rng, "name=v", "name=w", emptyDir=[{}, {"medium": "Memory"}], configMap=[{"name": "c"}]),
        "tolerations": element(rng, "key=t", "key=u", operator=["Exists"]),
        "nodeSelector": {key: rng.choice("12") for key in rng.sample("abc", rng.randint(0, 3))},
        "hostNetwork": rng.random() < 0.5,
    }  # fmt: skip
    return {key: value for key, value in spec.items() if rng.random() < 0.8}


def random_object(rng: random.Random) -> Json:
    metadata: Json = {
        "name": "x",
        "labels": {"a": "1"},
        "finalizers": rng.sample(["f/a", "f/b", "f/c"], rng.randint(0, 3)),
    }
    spec: Json = {"template": {"spec": random_spec(rng)}, "replicas": rng.randint(0, 3)}
    if rng.random() < 0.5:
        spec["strategy"] = {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec}


def directed(rng: random.Random, patch: Json, original: Json, rule: MergeRule) -> Json:
    """*patch* with nulls and directives sprinkled in, but for those that rows above name as departures."""
    if not isinstance(patch, dict):
        return patch
    changed: Json = {}
    for name, value in patch.items():
        inner, old = rule.of(name), original.get(name) if isinstance(original, dict) else None
        if rng.random() < 0.08:
            changed[name] = None
        elif isinstance(value, dict):
            changed[name] = directed(rng, value, old, inner)
            if rng.random() < 0.05 and isinstance(old, dict):
                changed[name]["$patch"] = "replace"
                changed[name] = {key: entry for key, entry in changed[name].items() if entry is not None}
        elif isinstance(value, list) and inner.keys and inner.strategy:
            changed[name] = directed_list(rng, value, old, inner)
            if rng.random() < 0.15 and not any("$patch" in each for each in changed[name]):
                keys = {each[inner.keys[0]] for each in (*value, *(old if isinstance(old, list) else ()))}
                sometimes = [key for key in sorted(keys, key=str) if rng.random() < 0.7]
                listed = [each[inner.keys[0]] for each in value]
                order = [*listed, *(key for key in sometimes if key not in listed)]
                changed[f"$setElementOrder/{name}"] = [{inner.keys[0]: key} for key in order]
        elif isinstance(value, list) and inner.strategy:
            changed[name] = value
            if rng.random() < 0.3:
                changed[f"$deleteFromPrimitiveList/{name}"] = [each for each in ("f/a", "f/b") if each not in value]
        else:
            changed[name] = value
    return changed


def directed_list(rng: random.Random, patch: Json, original: Json, rule: MergeRule) -> Json:
    key = rule.keys[0]
    olds = {each[key]: each for each in original} if isinstance(original, list) else {}
    found = []
    for each in patch:
        if rng.random() < 0.15:
            found.append({key: each[key], "$patch": "delete"})
            continue
        merged = directed(rng, {name: value for name, value in each.items() if name != key}, olds.get(each[key]), rule)
        found.append({key: each[key], **merged})
    if rng.random() < 0.05:
        found.insert(rng.randint(0, len(found)), {"$patch": "replace"})
    return found


def scrubbed(value: Json) -> Json:
    """The library's result without the directives and nulls that it leaves in what is new; the API drops them."""
    if isinstance(value, dict):
        return {k: scrubbed(v) for k, v in value.items() if v is not None and not k.startswith("$")}
    if isinstance(value, list):
        return [scrubbed(each) for each in value if not (isinstance(each, dict) and "$patch" in each)]
    return value


def test_random_strategic_patches(oracle: Oracle) -> None:
    rng = random.Random(2024)
    asked = []
    for _ in range(ROUNDS):
        body = random_object(rng)
        patch = {key: value for key, value in random_object(rng).items() if key in {"metadata", "spec"}}
        asked.append({"op": "strategic", "object": body, "patch": directed(rng, patch, body, rule_of(body))})
    refused = 0
    for question, answer in zip(asked, oracle(asked), strict=True):
        if "error" in answer:
            refused += 1
            continue
        got = strategic.merge(question["object"], question["patch"], rule_of(question["object"]))
        assert got == scrubbed(answer["result"]), json.dumps(question)
    assert refused < ROUNDS / 10


def test_random_merge_patches_of_custom_kinds(oracle: Oracle) -> None:
    rng = random.Random(4048)

    def value(depth: int) -> Json:
        if depth and rng.random() < 0.6:
            return {key: value(depth - 1) for key in rng.sample("abcd", rng.randint(0, 3))}
        if depth and rng.random() < 0.3:
            return [value(depth - 1) for _ in range(rng.randint(0, 3))]
        return rng.choice([1, "x", True, "", 2.5, None])

    def known(one: Json) -> Json:
        """Without nulls: no manifest has them."""
        if isinstance(one, dict):
            return {key: known(inner) for key, inner in one.items() if inner is not None}
        return [known(inner) for inner in one if inner is not None] if isinstance(one, list) else one

    asked: list[dict[str, Any]] = [
        {"op": "merge", "object": {"spec": known({"a": value(4)})}, "patch": {"spec": {"a": value(4)}}}
        for _ in range(ROUNDS)
    ]
    for question, answer in zip(asked, oracle(asked), strict=True):
        got = strategic.merge(question["object"], question["patch"])
        # Nulls inside a new list: RFC 7386 keeps them, and so do we; the library does so in some places only.
        assert known(got) == known(answer["result"]), json.dumps(question)
