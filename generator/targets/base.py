"""The socket for targets. That a component runs in wave 2 is a fact; how it is spelled is the target's business."""

from typing import Protocol

from generator.model.values import Object


class Target(Protocol):
    """A tool that applies bundles."""

    def ordered(self, body: Object, wave: int | None) -> Object:
        """The object as this tool wants it in that wave; None: the order is empty, everything runs at once."""
        ...
