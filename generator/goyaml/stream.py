"""Where one document of a stream ends and the next begins, as kubectl and Helm cut it before they read anything."""

import re
from collections.abc import Iterator
from typing import Final

from generator.pattern import pattern

# Three dashes at the start of a line, and nothing but a comment behind them.
_SEPARATOR: Final = pattern(r"^---[^\S\n]*(?:#[^\n]*)?(?:\n|\Z)", re.MULTILINE)


def parts(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each part of *text*: what stands between its separators, which may be nothing."""
    start = 0
    if "\n---" in text or text.startswith("---"):
        for separator in _SEPARATOR.finditer(text):
            yield start, separator.start()
            start = separator.end()
    yield start, len(text)
