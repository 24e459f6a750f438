"""Plain files, for `kubectl apply` and tools of one's own; the lock beside them knows the waves."""

from generator.model.values import Object


class Plain:
    """Objects stay as they are."""

    def ordered(self, body: Object, wave: int | None) -> Object:
        """The object itself."""
        del wave
        return body
