"""Names of Applications and Kustomizations: no two are the same, and all fit into a label."""

import re
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.targets.base import LONGEST_NAME, joined

PART = st.from_regex(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?", fullmatch=True)
SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")


@settings(deadline=None)  # a busy machine is no slow program
@given(st.lists(PART, min_size=1, max_size=4))
def test_a_name_is_one_that_kubernetes_takes(parts: list[str]) -> None:
    name = joined(*parts)
    assert SUBDOMAIN.fullmatch(name)
    assert len(name) <= LONGEST_NAME
    if len(".".join(parts)) <= LONGEST_NAME:
        assert name == ".".join(parts)


def test_hyphens_do_not_make_two_names_one() -> None:
    parts = ("a", "b", "a-b", "b-a", "a-a", "b-b")
    names = [joined(*pair) for pair in product(parts, parts)]
    assert len(set(names)) == len(names)


def test_long_names_that_differ_at_their_end_differ() -> None:
    assert joined("a" * 63, "b" * 40, "c") != joined("a" * 63, "b" * 40, "d")
