"""Whatever two objects are, the changes between them make the one of the other, and equal objects have none."""

import copy
import random
from typing import Any

import pytest

from generator.entrypoints.report.review.document import patch
from generator.model.resource import ResourceId
from generator.stages.review.fields import annotations, changes
from generator.stages.review.masks import Done, Masker
from generator.stages.review.same import sharing
from generator.stages.transform import jsonpatch
from generator.yamlio.dump import dump
from tests.review.corpus import examples, objects

SCALARS: tuple[Any, ...] = (0, 1, 1.0, 1.5, True, False, None, "", "1", "a", "b\nc", "x/y~z")


def bodies() -> list[dict[str, Any]]:
    return [body for one in examples().values() for side in (0, 1) for body in objects(one.data, side) or ()]


def places(value: Any) -> list[Any]:
    """Every map and list in *value*."""
    found: list[Any] = []
    if isinstance(value, dict | list):
        found.append(value)
        for inner in value.values() if isinstance(value, dict) else value:
            found += places(inner)
    return found


def grown(chance: random.Random, depth: int = 0) -> Any:
    if depth > 2 or chance.random() < 0.4:
        return chance.choice(SCALARS)
    if chance.random() < 0.5:
        return {
            chance.choice(("name", "a", "b", "port")): grown(chance, depth + 1) for _ in range(chance.randint(0, 3))
        }
    return [grown(chance, depth + 1) for _ in range(chance.randint(0, 3))]


def mutate(body: dict[str, Any], chance: random.Random) -> None:
    """One random change anywhere but in what makes the object itself."""
    place = chance.choice(places({key: value for key, value in body.items() if key not in {"apiVersion", "kind"}})[1:])
    if isinstance(place, dict):
        keys = [key for key in place if not (place is body["metadata"] and key in {"name", "namespace"})]
        if keys and chance.random() < 0.6:
            key = chance.choice(keys)
            if chance.random() < 0.5:
                del place[key]
            else:
                place[key] = grown(chance)
        else:
            place[chance.choice(("new", "annotations", "name2", "replicas"))] = grown(chance)
    elif place and chance.random() < 0.7:
        work = chance.choice(("remove", "move", "repeat", "replace"))
        at = chance.randrange(len(place))
        if work == "remove":
            del place[at]
        elif work == "move":
            place.insert(chance.randrange(len(place)), place.pop(at))
        elif work == "repeat":
            place.append(copy.deepcopy(place[at]))
        else:
            place[at] = grown(chance)
    else:
        place.insert(chance.randint(0, len(place)), grown(chance))


def types(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: types(inner) for key, inner in value.items()}
    return [types(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


@pytest.mark.parametrize("seed", range(40))
def test_the_changes_lead_from_one_to_the_other_and_back(seed: int) -> None:
    chance = random.Random(seed)
    known = bodies()
    for _ in range(50):
        old = copy.deepcopy(chance.choice(known))
        new = copy.deepcopy(old)
        for _ in range(chance.randint(1, 5)):
            mutate(new, chance)
        for one, other in ((old, new), (new, old)):
            found = changes(one, other, ResourceId.of(old))
            assert types(jsonpatch.apply(one, patch(found))) == types(other)
            assert (found == ()) == (types(one) == types(other))


@pytest.mark.parametrize("seed", range(10))
def test_what_two_objects_share_is_looked_at_once_and_is_the_same(seed: int) -> None:
    chance = random.Random(seed)
    known = bodies()
    for _ in range(50):
        old = copy.deepcopy(chance.choice(known))
        new = copy.deepcopy(old)
        mutate(new, chance)
        shared = sharing(old, new)
        assert dump(shared) == dump(new)
        assert types(shared) == types(new)
        if types(old) == types(new):
            assert shared is old
        done: Done = {}
        together = [Masker(b"salt").object(one, done) for one in (old, shared)]
        apart = [Masker(b"salt").object(one) for one in (old, new)]
        assert [dump(one) for one in together] == [dump(one) for one in apart]
        for name in old.keys() & new.keys():
            if isinstance(old[name], dict) and types(old[name]) == types(new[name]) and new is not old:
                assert shared[name] is old[name], "the more of it is one object, the less there is to do"


ALIKE: tuple[Any, ...] = (0, 0.0, False, "0", None, [], {})


@pytest.mark.parametrize("value", ALIKE)
def test_what_python_takes_for_equal_is_not_shared(value: Any) -> None:
    for other in ALIKE:
        assert types(sharing({"a": {"b": [other]}}, {"a": {"b": [value]}})) == types({"a": {"b": [value]}})


@pytest.mark.parametrize("seed", range(10))
def test_annotations_that_alone_differ_are_told_as_any_others(seed: int) -> None:
    chance = random.Random(seed)
    keys = ("middleware.io/values-hash", "middleware.io/plugin-hash", "argocd.argoproj.io/sync-wave", "checksum/a")
    for _ in range(100):
        old, new = (
            {
                "apiVersion": "v1",
                "kind": "Service",
                "metadata": {
                    "name": "a",
                    "annotations": {key: chance.choice(("1", "2", None)) for key in chance.sample(keys, 2)},
                },
            }
            for _ in range(2)
        )
        assert annotations(old, new, ResourceId.of(old)) == changes(old, new, ResourceId.of(old))


@pytest.mark.parametrize("seed", range(10))
def test_lists_with_keys_in_any_order(seed: int) -> None:
    chance = random.Random(seed)
    names = "abcdefgh"
    for _ in range(100):
        old, new = (
            {
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": {"name": "d"},
                "spec": {
                    "template": {
                        "spec": {
                            "containers": [
                                {"name": name, "image": chance.choice("xyz")}
                                for name in chance.sample(names, chance.randint(0, len(names)))
                            ]
                        }
                    }
                },
            }
            for _ in range(2)
        )
        found = changes(old, new, ResourceId.of(old))
        assert jsonpatch.apply(old, patch(found)) == new
