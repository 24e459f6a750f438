"""Colour, where it is wanted. https://no-color.org: NO_COLOR, when set and not empty, means none."""

import os
from dataclasses import dataclass
from typing import IO

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints text, or leaves it as it is."""

    colour: bool = False

    def __call__(self, text: str, *names: str) -> str:
        """*text* in the named styles."""
        if not self.colour or not text:
            return text
        return f"\033[{';'.join(_CODES[name] for name in names)}m{text}\033[0m"


def style_for(stream: IO[str]) -> Style:
    """Colour on a terminal only; FORCE_COLOR asks for it elsewhere, NO_COLOR forbids it everywhere."""
    if os.environ.get("NO_COLOR"):
        return Style()
    if os.environ.get("FORCE_COLOR"):
        return Style(colour=True)
    return Style(colour=stream.isatty() and os.environ.get("TERM") != "dumb")
