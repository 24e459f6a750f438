"""Which bundle is meant: a name that is needed long before anything is known of what it names."""

from typing import NamedTuple


class BundleKey(NamedTuple):
    """Which bundle: a group in an environment."""

    environment: str
    group: str

    def __str__(self) -> str:
        return f"{self.environment}/{self.group}"

    @property
    def folder(self) -> str:
        """Relative to the output folder."""
        return f"{self.environment}/{self.group}"
