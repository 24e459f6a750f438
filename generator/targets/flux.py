"""Flux: the order is in the `dependsOn` of one Kustomization per component, and nowhere in the objects."""

from generator.model.values import Object


class Flux:
    """Objects stay as they are, so that an order change moves and touches none of them."""

    def ordered(self, body: Object, wave: int | None) -> Object:
        """The object itself."""
        del wave
        return body
