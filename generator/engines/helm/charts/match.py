r"""Go's `filepath.Match`: patterns of names in `.helmignore` and `--show-only`.

`*` is any text within a name, `?` a character of it, `[a-z]` one of some, `[^a-z]` one of all others, `\` the next
character itself. Not the same as patterns of `.Files.Glob`.
"""

import re
from functools import lru_cache


class BadPatternError(ValueError):
    """A pattern with a syntax error."""

    def __init__(self) -> None:
        super().__init__("syntax error in pattern")


def match(pattern: str, name: str) -> bool:
    """Whether the whole *name* matches.

    Raises:
        BadPatternError: the pattern is none, whether or not the name gets that far.
    """
    return compiled(pattern).match(name) is not None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression.

    Raises:
        BadPatternError: it is none.
    """
    parts: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        at += 1
        if char == "*":
            # Several in a row are one: as an expression, they would take time for every way to share a text.
            if parts[-1:] != ["[^/]*"]:
                parts.append("[^/]*")
        elif char == "?":
            parts.append("[^/]")
        elif char == "[":
            part, at = _one_of(pattern, at)
            parts.append(part)
        elif char == "\\":
            if at == len(pattern):
                raise BadPatternError
            parts.append(re.escape(pattern[at]))
            at += 1
        else:
            parts.append(re.escape(char))
    return re.compile(f"(?s:{_without_backtracking(parts)})\\Z")


def _without_backtracking(parts: list[str]) -> str:
    """The parts joined, so that a `*` never takes back what the one before it has given up.

    Between two `*`, the first place that fits is as good as any other: only the last `*` has to look further.
    """
    stars = [index for index, part in enumerate(parts) if part == "[^/]*"]
    if not stars:
        return "".join(parts)
    chunks = ["".join(parts[: stars[0]])]
    for here, after in zip(stars, [*stars[1:], len(parts)], strict=True):
        rest = "".join(parts[here + 1 : after])
        chunks.append(f"(?>[^/]*?{rest})" if after < len(parts) else f"[^/]*{rest}")
    return "".join(chunks)


def _one_of(pattern: str, at: int) -> tuple[str, int]:
    """The characters between brackets, as an expression, and where the pattern goes on."""
    negated = pattern.startswith("^", at)
    at += negated
    ranges: list[str] = []
    while True:
        if ranges and pattern.startswith("]", at):
            break
        low, at = _escaped(pattern, at)
        high = low
        if pattern.startswith("-", at):
            high, at = _escaped(pattern, at + 1)
        if low <= high:
            ranges.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            ranges.append("")  # a range of nothing
    inside = "".join(ranges)
    if not inside:
        return ("." if negated else r"(?!)"), at + 1
    return f"[{'^' if negated else ''}{inside}]", at + 1


def _escaped(pattern: str, at: int) -> tuple[str, int]:
    if at >= len(pattern) or pattern[at] in "-]":
        raise BadPatternError
    at += pattern[at] == "\\"
    if at + 1 >= len(pattern):  # the bracket must still be closed
        raise BadPatternError
    return pattern[at], at + 1
