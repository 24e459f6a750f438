"""What a door asks for."""

from dataclasses import dataclass, field

from generator.model.bundle import BundleKey
from generator.model.given import Given
from generator.model.order import Operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Which bundles, and what may happen to them. The default is everything, and nothing dangerous."""

    groups: frozenset[str] | None = None
    """Names; None: all."""

    environments: frozenset[str] | None = None
    """Names; None: all."""

    bundles: frozenset[BundleKey] | None = None
    """Only these; None: all."""

    leaving: frozenset[BundleKey] | None = None
    """Bundles that may have left the source; None: look for them."""

    operation: Operation | None = None
    """Instead of the one that the lock decides."""

    allow_loss: tuple[str, ...] = ()
    allow_immutable: tuple[str, ...] = ()
    workers: int = 0
    """Processes; 0: as many as there are processors."""

    given: Given = field(default_factory=Given)
    """What the caller says besides the source."""

    complete: bool = False
    """Whether outcomes hold all files of their bundles, not only those that differ."""

    @property
    def everything(self) -> bool:
        """Whether it asks for every bundle."""
        return self.groups is None and self.environments is None and self.bundles is None

    def selects(self, key: BundleKey) -> bool:
        """Whether the bundle is among those asked for."""
        return (
            (self.groups is None or key.group in self.groups)
            and (self.environments is None or key.environment in self.environments)
            and (self.bundles is None or key in self.bundles)
        )
