"""Random values under names that templates know: equal seeds give equal ones. Numbers are float64, as in Helm."""

from random import Random
from typing import Any

from tests.conformance.fuzz.words import NAMES, WORDS
from tests.conformance.yaml.generate import Generator

FIXED: dict[str, Any] = {
    "s": "hello", "es": "", "i": 3.0, "z": 0.0, "f": 1.5, "big": 1234567.0, "t": True, "fa": False, "n": None,
    "list": ["a", "b", "c"], "nums": [3.0, 1.0, 2.0], "mixed": [1.0, "a", True, None, {"k": "v"}, ["x"]], "el": [],
    "m": {"b": 2.0, "a": 1.0, "c": {"d": "x"}}, "em": {}, "nested": {"x": {"y": {"z": "deep"}}}, "uni": "héllo ☃",
    "objs": [{"name": "a", "v": 1.0}, {"name": "b", "v": None}, {"name": "c"}], "nilm": {"in": None},
    "quoted": "it's \"q\"", "ml": "a\nb\n", "num": "12", "ver": "7.2.4",
}  # fmt: skip
NUMBERS = (
    0.0,
    1.0,
    -1.0,
    2.0,
    3.0,
    10.0,
    0.5,
    -2.5,
    1e6,
    1e21,
    1e-7,
    123456789.0,
    9007199254740992.0,
    2.675,
    80.0,
    99999.5,
)


def random_values(seed: int) -> dict[str, Any]:
    """The fixed values, and some by chance."""
    random = Random(seed)
    yaml = Generator(seed)

    def scalar() -> Any:
        roll = random.random()
        if roll < 0.55:
            return random.choice(WORDS) if roll < 0.45 else yaml.text()
        if roll < 0.8:
            return random.choice(NUMBERS)
        return random.choice((True, False, None))

    def tree(depth: int) -> Any:
        roll = random.random()
        if depth and roll < 0.3:
            return {random.choice(NAMES): tree(depth - 1) for _ in range(random.randint(0, 3))}
        if depth and roll < 0.5:
            return [tree(depth - 1) for _ in range(random.randint(0, 4))]
        return scalar()

    made = {
        "t1": random.choice(WORDS), "t2": random.choice(WORDS), "t3": yaml.text(),
        "long": " ".join(random.choices(WORDS, k=6)), "n1": random.choice(NUMBERS), "n2": random.uniform(-1e6, 1e6),
        "l1": [tree(1) for _ in range(random.randint(0, 4))],
        "l2": [random.choice(WORDS) for _ in range(random.randint(0, 4))],
        "m1": {random.choice(NAMES): tree(2) for _ in range(random.randint(0, 4))},
        "m2": {random.choice(NAMES): tree(1) for _ in range(random.randint(0, 4))},
    }  # fmt: skip
    return {**FIXED, **made}
