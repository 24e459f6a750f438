r"""A role's pattern finds in a shell what it finds for an agent."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.patterns import PatternError, checked, ere
from generator.stages.expand.failover import _parse

ROWS = {
    r"role:([^\s]+)": r"role:([^[:space:]]+)",
    r"role:(\S+)": r"role:([^[:space:]]+)",
    r"^(\w+)$": r"^([[:alnum:]_]+)$",
    r"(?:a|b)=(\d{1,3})": r"(a|b)=([[:digit:]]{1,3})",
    r"(?P<role>x)": r"(x)",
    r"Mode: (leader|follower)": r"Mode: (leader|follower)",
    r'"state"\s*:\s*"([^"]+)"': r'"state"[[:space:]]*:[[:space:]]*"([^"]+)"',
    r"([a-z_.-]+)/": r"([a-z_.-]+)\/",
    r"([\]a])": "([]a])",
    r"([\^])": r"(\^)",
    r"([\^-])": "([-^])",
    r"([^\^-])": "([^^-])",
    r"([[:alpha:]]+)\.": r"([[:alpha:]]+)\.",
    r"\{(a)\}": r"\{(a)\}",
}


@pytest.mark.parametrize(("pattern", "want"), ROWS.items())
def test_rows(pattern: str, want: str) -> None:
    checked(pattern)
    assert ere(pattern)[0] == want


def test_the_group_s_number() -> None:
    assert ere(r"(?:(?:a)b)(c)") == ("((a)b)(c)", 3)


@pytest.mark.parametrize("pattern", ["role:", "(a)(b)", "(a", "a)", "[a", "*", "(?=a)(b)", r"(\q)", ""])
def test_what_agents_do_not_take(pattern: str) -> None:
    with pytest.raises(PatternError):
        checked(pattern)


@pytest.mark.parametrize("pattern", [r"\b(a)", "(a+?)", "(?i)(a)", r"(\pL)", r"([\x41])", "(?i:(a))", r"(\D[\D])"])
def test_what_a_shell_does_not_take(pattern: str) -> None:
    checked(pattern)
    with pytest.raises(PatternError):
        ere(pattern)


# --- any pattern -----------------------------------------------------------------------------------------------------

ATOMS = st.sampled_from(
    ["a", "b", ":", "/", r"\.", ".", r"\s", r"\S", r"\w", r"\d", "[ab]", "[^a]", "[a-c-]", r"[\s:]", "[^^]", "'", '"']
)
PIECES = st.builds("{}{}".format, ATOMS, st.sampled_from(["", "", "*", "+", "?", "{1,2}"]))
PATTERNS = st.builds(
    "{}({}){}".format,
    st.lists(PIECES, max_size=2).map("".join),
    st.lists(PIECES, min_size=1, max_size=3).map("".join),
    st.lists(PIECES, max_size=2).map("".join),
)
TEXTS = st.text(st.sampled_from("ab:/. 1^-'\"\n"), max_size=12)


@settings(deadline=None, max_examples=150)
@given(PATTERNS, TEXTS)
def test_the_same_as_for_an_agent(pattern: str, text: str) -> None:
    """Line by line, in each shell there is; an empty role is none."""
    want = next((found[1] for line in text.splitlines() if (found := re.search(pattern, line, re.ASCII))), "")
    for shell in ("sh", "busybox"):
        if path := shutil.which(shell):
            command = [path, "sh", "-c"] if shell == "busybox" else [path, "-c"]
            done = subprocess.run(
                [*command, _parse(pattern)], input=text, capture_output=True, text=True, check=False, timeout=20
            )
            assert done.stdout == (f"{want}\n" if want else ""), (shell, done.stderr)
            assert done.returncode == (0 if want else 1)
