"""Places in source texts. Offsets are kept; lines and columns are computed only when somebody asks."""

from bisect import bisect_right

from generator.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text and where it came from.

    `path` is relative to the repository's root, with forward slashes.
    `text` has no byte order mark and is otherwise as read.
    """

    path: str
    text: str = field(repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and 1-based column (in code points) of *offset*."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line_starts(self) -> list[int]:
        """The offset at which each line starts; lines end at LF, CRLF or a lone CR, as YAML has it."""
        starts = [0]
        text = self.text
        for index, char in enumerate(text):
            if char == "\n" or (char == "\r" and text[index + 1 : index + 2] != "\n"):
                starts.append(index + 1)
        return starts

    def line_text(self, line: int) -> str:
        """The text of the 1-based *line*, without its line end."""
        starts = self.line_starts()
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """The code points `start` up to, not including, `end` of a file."""

    file: SourceFile
    start: int
    end: int

    @property
    def line(self) -> int:
        """1-based."""
        return self.file.position(self.start)[0]

    @property
    def column(self) -> int:
        """1-based, in code points."""
        return self.file.position(self.start)[1]

    def __str__(self) -> str:
        line, column = self.file.position(self.start)
        return f"{self.file.path}:{line}:{column}"
