# ruff: noqa: ANN001, ANN201, ANN204
"""Regular expressions that are compiled when they are first used: most that a short process loads never are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as pattern
else:
    import re

    class _Pattern:
        """What `re.compile` would have given; it has its methods once they are asked for."""

        def __init__(self, text, flags):
            self._given = (text, flags)

        def __getattr__(self, name):
            found = getattr(re.compile(*self._given), name)
            setattr(self, name, found)
            return found

    def pattern(text, flags=0):
        """As `re.compile`; what is wrong with the expression is said when it is first used."""
        return _Pattern(text, flags)


__all__ = ["pattern"]
