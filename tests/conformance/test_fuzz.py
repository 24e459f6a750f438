"""Random templates, formats and documents: what Helm makes of them, we do, to the byte and to the word of the error.

A part of the seeds is always the same, the others change with the engine. MWGEN_FUZZ=20000 asks for so many
templates; `tests.conformance.fuzz.run` is for the long run.
"""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conformance import helm_oracle
from tests.conformance.fuzz.batches import BATCHES
from tests.conformance.fuzz.run import SIZE, run

COUNT = int(os.environ.get("MWGEN_FUZZ", "400"))
ENGINE = Path(__file__).parents[2] / "generator"
DIGEST = sha256(b"".join(path.read_bytes() for path in sorted(ENGINE.rglob("engines/*/*.py"))))
FRESH = 1_000_000 + int.from_bytes(DIGEST.digest()[:4]) // 1000 * 1000
"""Other seeds for every change of the engine: a tree that was once green stays so."""


@pytest.mark.oracle
@pytest.mark.parametrize("kind", ["loose", "typed", "broken", "files"])
@pytest.mark.parametrize("seed", [0, FRESH], ids=["always", "fresh"])
def test_templates(kind: str, seed: int) -> None:
    helm_oracle.required()
    count = COUNT // 4
    found = run(kind, range(seed, seed + count))
    assert not found.differences, found.differences[0]
    if kind != "broken":
        assert 0.2 * count < found.refused < 0.8 * count, "a fuzz of nothing but errors, or of none, finds little"


@pytest.mark.oracle
@pytest.mark.parametrize("kind", BATCHES)
@pytest.mark.parametrize("seed", [0, FRESH], ids=["always", "fresh"])
def test_batches(kind: str, seed: int) -> None:
    helm_oracle.required()
    found = run(kind, range(seed, seed + max(COUNT * 5 // SIZE, 1)))
    assert not found.differences, found.differences[0]
