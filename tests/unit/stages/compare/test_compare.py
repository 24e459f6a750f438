"""Comparing objects: what a change is called, where it stands, and that the changes are all there is."""

import json
import random
from collections import defaultdict
from copy import deepcopy
from typing import Any

import pytest
from deepdiff import DeepDiff
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.merge_rules import KEY_DEFAULTS, PLAIN, MergeRule, merge_rule
from generator.stages.compare import FieldChange, ListKey, Path, compare, compare_files, pointer
from generator.stages.compare.fields import differences

Json = Any


def deployment(**spec: Json) -> Json:
    pod = {"template": {"spec": spec}}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "namespace": "n"}, "spec": pod}


def lines(changes: tuple[FieldChange, ...]) -> list[str]:
    """One line a change, without the part of the path that all pods share."""
    return [
        f"{change.kind} {pointer(change.path).removeprefix('/spec/template/spec')} "
        f"{json.dumps(change.old)} {json.dumps(change.new)}"
        + (f" at {change.at}" if change.at is not None else "")
        for change in changes
    ]  # fmt: skip


A, B, C = ({"name": name, "image": name} for name in "abc")
TCP, UDP = {"containerPort": 53}, {"containerPort": 53, "protocol": "UDP"}


@pytest.mark.parametrize(
    ("old", "new", "want"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["changed /a 1 2"]),
        ({"a": 1}, {}, ["removed /a 1 null"]),
        ({}, {"a": None}, ["added /a null null"]),
        ({"a": 1}, {"a": "1"}, ['changed /a 1 "1"']),
        ({"a": 1}, {"a": True}, ["changed /a 1 true"]),
        ({"a": 1}, {"a": 1.0}, ["changed /a 1 1.0"]),
        ({"a": {}}, {"a": []}, ["changed /a {} []"]),
        ({"x/y": {"~": 1}}, {"x/y": {"~": 2}}, ["changed /x~1y/~0 1 2"]),
        # lists with keys
        ({"containers": [A]}, {"containers": [{**A, "image": "z"}]}, ['changed /containers/[name=a]/image "a" "z"']),
        ({"containers": [A]}, {"containers": [B, A]}, [f"added /containers/[name=b] null {json.dumps(B)} at 0"]),
        ({"containers": [A, B]}, {"containers": [B]}, [f"removed /containers/[name=a] {json.dumps(A)} null"]),
        ({"containers": [A, B, C]}, {"containers": [B, C, A]}, ["moved /containers/[name=a] 0 2 at 2"]),
        ({"containers": [A, B]}, {"containers": [B, {**A, "image": "z"}]}, [
            "moved /containers/[name=a] 0 1 at 1", 'changed /containers/[name=a]/image "a" "z"']),
        ({"containers": [{"name": "a", "ports": [TCP]}]}, {"containers": [{"name": "a", "ports": [TCP, UDP]}]}, [
            f"added /containers/[name=a]/ports/[containerPort=53,protocol=UDP] null {json.dumps(UDP)} at 1"]),
        # keys that nobody names, but that are plain
        ({"groups": [{"name": "g", "rules": [{"alert": "X", "expr": "1"}, {"alert": "Y"}]}]},
         {"groups": [{"name": "g", "rules": [{"alert": "X", "expr": "2"}, {"alert": "Y"}]}]},
         ['changed /groups/[name=g]/rules/[alert=X]/expr "1" "2"']),
        ({"claims": [{"metadata": {"name": "d"}, "x": 1}]}, {"claims": [{"metadata": {"name": "d"}, "x": 2}]},
         ["changed /claims/[metadata.name=d]/x 1 2"]),
        # keys that do not tell apart
        ({"containers": [{"name": ["x"], "tty": True, "stdin": True}]},
         {"containers": [{"name": ["x"], "tty": False, "stdin": True}]}, ["changed /containers/0/tty true false"]),
        ({"env": [A, A]}, {"env": [A, {**A, "image": "z"}]}, ['changed /env/1/image "a" "z"']),
        # scalars
        ({"args": ["--a=1", "--b"]}, {"args": ["--a=2", "--b"]}, ['changed /args/0 "--a=1" "--a=2"']),
        ({"args": ["a", "b", "c"]}, {"args": ["b", "c"]}, ['removed /args/0 "a" null']),
        ({"args": ["b", "c"]}, {"args": ["a", "b", "c"]}, ['added /args/0 null "a" at 0']),
        ({"args": ["a", "b"]}, {"args": ["b", "a"]}, ['added /args/0 null "b" at 0', 'removed /args/1 "b" null']),
        # maps without keys: the alike pair
        ({"tolerations": [{"key": "a", "effect": "x"}, {"key": "a", "effect": "y", "value": "1"}]},
         {"tolerations": [{"key": "a", "effect": "y", "value": "2"}]},
         ['removed /tolerations/0 {"key": "a", "effect": "x"} null', 'changed /tolerations/1/value "1" "2"']),
    ],
    ids=str,
)  # fmt: skip
def test_fields(old: Json, new: Json, want: list[str]) -> None:
    assert lines(differences(deployment(**old), deployment(**new), merge_rule("apps", "Deployment"))) == want


def body(api: str, name: str, **fields: Json) -> Json:
    version, kind = api.split()
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name}, **fields}


def test_objects_pair_by_identity() -> None:
    old = [body("v1 Service", "a"), body("v1 Service", "b"), body("policy/v1beta1 PodDisruptionBudget", "p")]
    new = [body("v1 Service", "c"), body("v1 Service", "b", spec={}), body("policy/v1 PodDisruptionBudget", "p")]
    changes = compare(old, new)
    assert [f"{one.kind} {one.id} {[pointer(field.path) for field in one.fields]}" for one in changes] == [
        "removed Service/a []",
        "changed Service/b ['/spec']",
        "added Service/c []",
        "changed policy/PodDisruptionBudget/p ['/apiVersion']",
    ]
    assert compare(old, reversed(old)) == ()
    assert (changes[0].new, changes[2].old) == (None, None)


def test_objects_of_one_identity_pair_in_their_order() -> None:
    twice = [body("v1 Service", "a", spec=1), body("v1 Service", "a", spec=2)]
    assert compare(twice, twice) == ()
    assert [one.kind for one in compare(twice, twice[:1])] == ["removed"]


def test_files_that_both_trees_have_are_not_read() -> None:
    read: list[str] = []

    def reader(path: str, data: bytes) -> list[Json]:
        read.append(path)
        return [json.loads(line) for line in data.splitlines()]

    def file(*bodies: Json) -> bytes:
        return "\n".join(map(json.dumps, bodies)).encode()

    same, one, two = body("v1 Service", "a"), body("v1 Service", "b"), body("v1 Service", "b", spec={})
    changes = compare_files(
        {"x": file(same), "y": file(one), "moved": file(body("v1 Secret", "s"))},
        {"x": file(same), "z": file(two), "elsewhere": file(body("v1 Secret", "s"))},
        reader,
    )
    assert read == ["y", "z"]
    assert [(one.kind, str(one.id)) for one in changes] == [("changed", "Service/b")]


# --- the laws


def patched(old: Json, changes: list[tuple[Path, FieldChange]]) -> Json:
    """*old* with the changes done, each with what is left of its path; what `differences` promises and no more."""
    if any(not path and change.kind == "changed" for path, change in changes):
        return changes[0][1].new
    if not changes:
        return old
    # What is added counts in the new list, everything else in the old one.
    added = [(path[0], change) for path, change in changes if len(path) == 1 and change.kind == "added"]
    below: dict[Any, list[tuple[Path, FieldChange]]] = defaultdict(list)
    for path, change in changes:
        if len(path) > 1 or change.kind != "added":
            below[path[0]].append((path[1:], change))
    gone = {step for step, inner in below.items() for path, change in inner if not path and change.kind == "removed"}
    if isinstance(old, dict):
        kept = {name: patched(value, below[name]) for name, value in old.items() if name not in gone}
        return {**kept, **{name: change.new for name, change in added}}
    elements: list[Json] = []
    placed: list[tuple[int, Json]] = [(change.at or 0, change.new) for _, change in added]
    for index, element in enumerate(old):
        step = next((step for step in below if step == index or is_key_of(step, element)), index)
        if step in gone:
            continue
        moves = [change for path, change in below[step] if not path and change.kind == "moved"]
        value = patched(element, [pair for pair in below[step] if pair[1] not in moves])
        if moves:
            placed.append((moves[0].at or 0, value))
        else:
            elements.append(value)
    for at, value in sorted(placed, key=lambda pair: pair[0]):
        elements.insert(at, value)
    return elements


def is_key_of(step: Any, element: Json) -> bool:
    if not isinstance(step, ListKey) or not isinstance(element, dict):
        return False
    for path, value in step.pairs:
        found: Json = element
        for name in path.split("."):
            found = found.get(name, KEY_DEFAULTS.get(name)) if isinstance(found, dict) else None
        if found != value:
            return False
    return True


def exact(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


NAMES = st.sampled_from(["a", "b", "c", "name", "ports"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["", "x", "1"]), st.just(1.0))
KEYED = st.lists(
    st.fixed_dictionaries({"name": st.sampled_from("uvwxyz")}, optional={"image": SCALARS, "ports": st.lists(SCALARS)}),
    max_size=6,
)
VALUES = st.recursive(
    st.one_of(SCALARS, KEYED),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
RULE = MergeRule(fields={"ports": MergeRule(keys=("name", "protocol"), strategy="merge")})


def check(old: Json, new: Json, rule: MergeRule) -> None:
    given_ = exact([old, new])
    changes = differences(old, new, rule)
    assert exact([old, new]) == given_
    assert exact(patched(deepcopy(old), [(change.path, change) for change in changes])) == exact(new)
    assert bool(changes) == (exact(old) != exact(new))
    assert changes or not DeepDiff(old, new)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(VALUES, VALUES)
def test_the_changes_make_the_new_of_the_old(old: Json, new: Json) -> None:
    check({"a": old}, {"a": new}, RULE)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(VALUES)
def test_equal_values_have_no_changes(value: Json) -> None:
    assert differences(value, deepcopy(value), RULE) == ()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.permutations("abcdef"), st.permutations("bcdefg"), st.integers(0, 6), st.integers(0, 6))
def test_moves(old: list[str], new: list[str], one: int, other: int) -> None:
    before, after = ([{"name": name} for name in names] for names in (old[:one], new[:other]))
    check(before, after, PLAIN)
    changes = differences(before, after, PLAIN)
    assert all(change.kind != "changed" for change in changes)


def test_small_edits_of_a_big_object_stay_small() -> None:
    rng = random.Random(5)
    containers = [{"name": f"c{n}", "env": [{"name": f"E{m}", "value": str(m)} for m in range(20)]} for n in range(5)]
    old = deployment(containers=containers, tolerations=[{"operator": "Exists", "n": n} for n in range(10)])
    for _ in range(50):
        new = deepcopy(old)
        spec = new["spec"]["template"]["spec"]
        rng.choice(rng.choice(spec["containers"])["env"])["value"] = "edited"
        rng.shuffle(spec["containers"])
        del spec["tolerations"][rng.randrange(10)]
        changes = differences(old, new, merge_rule("apps", "Deployment"))
        assert sum(change.kind != "moved" for change in changes) == 2
