"""Shell scripts that mwgen writes: POSIX sh, everything from outside quoted, nothing that shellcheck complains of."""

import re
import shlex
from collections.abc import Sequence
from functools import lru_cache
from textwrap import dedent

LIMITED = """\
# Runs a command for so many seconds at most, where the system can do that.
limited() {
  seconds=$1
  shift
  if command -v timeout >/dev/null 2>&1; then timeout "$seconds" "$@"; else "$@"; fi
}
"""

_UNITS = {"ms": 0, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
_PARTS = re.compile(r"(\d+)(ms|[smhdwy])", re.ASCII)


@lru_cache(maxsize=256)
def script(about: str, body: str, *, disabled: str = "") -> str:
    """A whole script: what it is for, strict from the start, then *body*. Groups of a plugin have most in common.

    *disabled* are checks that shellcheck is to leave out, with the reason behind them.
    """
    directive = f"# shellcheck disable={disabled}\n" if disabled else ""
    comment = "".join(f"# {line}\n" for line in about.strip().splitlines())
    return f"#!/bin/sh\n{comment}{directive}set -eu\n\n{dedent(body).strip()}\n"


def command(text: str, args: Sequence[str]) -> str:
    """A command of an author: shell as it is, and each of its arguments quoted."""
    return " ".join([text.strip(), *(quoted(one) for one in args)])


def quoted(text: str) -> str:
    """A word for the shell."""
    return shlex.quote(text)


def seconds(duration: str, default: int) -> int:
    """A duration such as `1m30s` in whole seconds, at least one; *default* where it is empty."""
    total = sum(int(number) * _UNITS[unit] for number, unit in _PARTS.findall(duration))
    return max(total, 1) if duration else default
