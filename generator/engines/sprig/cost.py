"""What results cost of a run's budget (`Run.spend`): roughly the bytes that they take here. A text costs its length."""

from typing import Final

ELEMENT: Final = 8
"""One more place in a list."""

NUMBER: Final = 40
"""One more place in a list, with a number or a short text of its own."""

ENTRY: Final = 100
"""One more key of a map."""

CONTAINER: Final = 64
"""A list or a map of its own, besides what is in it."""

MATCH: Final = 128
"""One match of a regular expression: mostly the time that it takes to look for it."""

LARGE: Final = 1 << 12
"""A text that is longer costs its length where a function that only looks at it would cost nothing."""

SLOW: Final = 48
"""One byte of a text that is taken apart byte by byte, such as YAML that is read."""

STEP: Final = 16
"""One step of work that builds nothing, such as comparing two values."""
