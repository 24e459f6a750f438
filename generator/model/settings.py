"""`mwgen.yaml` at the root of a repository: where things are, and what this repository permits."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.model.delivery import DEFAULTS, Delivery

SETTINGS_FILE = "mwgen.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything has a default; the file may be absent."""

    plugins: tuple[str, ...] = ("plugins",)
    """Folders that hold plugins, relative to the root."""

    groups: tuple[str, ...] = ("groups",)
    """Folders that hold groups and environments."""

    out: str = "out"
    """The folder that the generator owns."""

    allow_loss: tuple[str, ...] = ()
    """Acknowledged losses: `environment/group`, or `environment/group/Kind/name`; `*` matches within a part."""

    allow_immutable: tuple[str, ...] = ()
    """Acknowledged changes of immutable fields, in the same form."""

    allow_plain_secrets: tuple[str, ...] = ()
    """Secrets whose data may stand in `out/`, in the same form."""

    commit: Mapping[str, str] = field(default_factory=dict)
    """`name` and `email` of the committer where git has none, and `subject` of the message."""

    delivery: Delivery = field(default_factory=Delivery)
    """How bundles are delivered, as far as an environment does not say it itself."""

    def delivered(self, said: Delivery | None) -> Delivery:
        """How the bundles are delivered of an environment that says *said*."""
        own = self.delivery.over(replace(DEFAULTS, path=self.out))
        return said.over(own) if said else own

    @property
    def folders(self) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Plugins, groups, output."""
        return self.plugins, self.groups, self.out
