"""Random templates: what Helm makes of them, we do, to the byte and to the word of the error.

MWGEN_FUZZ=20000 asks for so many; MWGEN_FUZZ_SEED sets where to start.
"""

import os
import re

import pytest

from tests.conformance import helm_oracle
from tests.conformance.template_fuzz import VALUES, template_of
from tests.conformance.test_helm import render

COUNT = int(os.environ.get("MWGEN_FUZZ", "400"))
SEED = int(os.environ.get("MWGEN_FUZZ_SEED", "0"))

ADDRESS = re.compile(r"0x[0-9a-f]{8,}")
"""What Helm prints of a pointer differs from run to run; ours is always the same."""

DEPTH = re.compile(r"exceeded maximum template depth \(100000\)")
"""Template actions nest deeper in Go than in Python; both refuse a recursion without end."""


@pytest.mark.oracle
def test_random_templates() -> None:
    helm = helm_oracle.required()
    wrong, refused = [], 0
    for seed in range(SEED, SEED + COUNT):
        template = template_of(seed)
        wanted, wanted_error = helm({"t.yaml": template}, VALUES)
        if ADDRESS.search(wanted_error or wanted["t.yaml"]):
            continue
        got, error = render({"t.yaml": template}, VALUES)
        if DEPTH.search(wanted_error or ""):
            wanted_error = DEPTH.sub("the template needs more than its limit of 10000 for depth", wanted_error or "")
        refused += error is not None
        if error != wanted_error or got != wanted:
            wrong.append((seed, template, got, error, wanted, wanted_error))
    assert not wrong, wrong[0]
    assert 0.2 * COUNT < refused < 0.8 * COUNT, "a fuzz of nothing but errors, or of none, finds little"
