"""Which files of a chart's folder do not belong to the chart: the rules of `.helmignore`, as Helm takes them.

They differ from git's: the first rule that matches decides, a rule with `!` ignores whatever it does *not* match, and
`**` is an error. Dotfiles in templates/ are always left out.
"""

from collections.abc import Sequence
from typing import Final

from generator.dataclass import dataclass
from generator.engines.helm.charts.errors import ChartError
from generator.engines.helm.charts.match import BadPatternError, compiled, match
from generator.engines.sprig.runes import SPACE

HELMIGNORE: Final = ".helmignore"
_ALWAYS: Final = "templates/.?*"


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: str
    negated: bool
    folders_only: bool
    whole_path: bool
    """Whether it is about the path, or about the last name in it."""

    def matches(self, path: str) -> bool:
        return match(self.pattern, path if self.whole_path else path.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a chart, in their order."""

    rules: Sequence[_Rule]

    def ignores(self, path: str, *, folder: bool = False) -> bool:
        """Whether what stands at a path below the chart's folder is left out; a folder, with all that is in it."""
        for rule in self.rules:
            if rule.negated:
                if (rule.folders_only and not folder) or not rule.matches(path):
                    return True
            elif (folder or not rule.folders_only) and rule.matches(path):
                return True
        return False

    def keeps(self, path: str) -> bool:
        """Whether a file belongs to the chart: neither it nor a folder above it is ignored."""
        parts = path.split("/")
        above = ("/".join(parts[:count]) for count in range(1, len(parts)))
        return not self.ignores(path) and not any(self.ignores(one, folder=True) for one in above)


def rules(text: str = "") -> Rules:
    """The rules that a `.helmignore` of this text makes, and Helm's own.

    Raises:
        ChartError: a line is no pattern.
    """
    found: list[_Rule] = []
    for line in [*text.removeprefix("\ufeff").split("\n"), _ALWAYS]:
        pattern = line.strip(SPACE)
        if pattern and not pattern.startswith("#"):
            found.append(_rule(pattern))
    return Rules(tuple(found))


def _rule(line: str) -> _Rule:
    if "**" in line:
        raise ChartError("double-star (**) syntax is not supported", path=HELMIGNORE)
    try:
        compiled(line)
        pattern = line.removeprefix("!")
        negated = pattern != line
        folders_only = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        whole_path = "/" in pattern
        pattern = pattern.removeprefix("/")
        compiled(pattern)
    except BadPatternError as error:
        raise ChartError(str(error), path=HELMIGNORE) from None
    return _Rule(pattern, negated, folders_only, whole_path)
