"""Which groups must be there before a group, in one environment."""

from collections.abc import Mapping

from generator.diagnostics import Collector
from generator.model.bundle import BundleKey
from generator.model.group import Group
from generator.stages.resolve import inherit


class Dependencies:
    """What groups say in `dependsOn`, as far as it holds in an environment: both must go there.

    Mistakes (a group that is not there, a circle) are told elsewhere; here they count for nothing.
    """

    def __init__(self, groups: Mapping[str, Group]) -> None:
        self._groups = groups
        self._named: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._tiers: dict[BundleKey, int] = {}

    def of(self, key: BundleKey) -> tuple[str, ...]:
        """The groups that must be in the bundle's environment before it, sorted."""
        named, _ = self._read(key.group)
        return tuple(sorted({name for name in named if key.environment in self._read(name)[1]}))

    def tier(self, key: BundleKey) -> int:
        """The length of the longest chain of groups that must be there before the bundle."""
        if key not in self._tiers:
            self._tiers[key] = 0  # whoever comes back here goes round in a circle
            before = [self.tier(BundleKey(key.environment, name)) + 1 for name in self.of(key)]
            self._tiers[key] = max(before, default=0)
        return self._tiers[key]

    def _read(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What the group depends on, and the environments that it goes to; nothing, where it is not rendered."""
        if name not in self._named:
            self._named[name] = ((), ())
            group = self._groups.get(name)
            if group is not None and not group.abstract:
                chain = Collector().attempt(lambda: inherit.chain(self._groups, group))
                if chain:
                    teller = inherit.depends(chain)
                    self._named[name] = (teller.depends_on or (), inherit.environments(chain))
        return self._named[name]
