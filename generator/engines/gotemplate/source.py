"""Where an offset in a template stands, as errors tell it."""

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import to_bytes


@dataclass(frozen=True, slots=True)
class Source:
    """A template's text, and where an offset in it is."""

    text: str

    def offset(self, pos: int) -> int:
        """Offset in bytes."""
        head = self.text[:pos]
        return pos if head.isascii() else len(to_bytes(head))

    def line(self, pos: int) -> int:
        """Line, from 1."""
        return 1 + self.text.count("\n", 0, pos)

    def column(self, pos: int) -> int:
        """Bytes since the start of the line."""
        return self.offset(pos) - self.offset(self.text.rfind("\n", 0, pos) + 1)
