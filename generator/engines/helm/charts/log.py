"""What Helm tells beside its result: warnings, as lines in the form that Go's slog gives them."""

from collections.abc import Callable
from typing import Final

from generator.engines.gotemplate.text import is_print, quote

Log = Callable[[str], None]
"""Takes each line, without its end."""

_SPECIAL: Final = frozenset(' "=')


def nowhere(line: str) -> None:
    """A log that nobody reads."""
    del line


def line(level: str, message: str, **attributes: str) -> str:
    """A line such as `level=WARN msg="two words" key=value`."""
    pairs = {"level": level, "msg": message, **attributes}
    return " ".join(f"{name}={_shown(text)}" for name, text in pairs.items())


def _shown(text: str) -> str:
    plain = text and all(char not in _SPECIAL and is_print(char) and char != "\ufffd" for char in text)
    return text if plain else quote(text)
