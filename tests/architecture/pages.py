"""The project's pages as data: their headings, fenced blocks, tables, links and the commands that they show."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"(?P<marks>`{3,})(?P<info>[^`]*)")
_HEADING = re.compile(r"(?P<marks>#{1,6}) +(?P<text>.*?)\s*$")
_CODE = re.compile(r"(`+)(?P<code>.+?)\1")
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^()\s]+)\)")
_EXPLICIT = re.compile(r'<a (?:id|name)="(?P<name>[^"]+)"')
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Heading:
    """A heading, and the name that GitHub gives it for links."""

    level: int
    text: str
    anchor: str
    line: int
    """Its index among the page's lines."""


@dataclass(frozen=True)
class Block:
    """A fenced block: what its fence says, and the lines from `start` up to, not including, `end`."""

    info: str
    lines: tuple[str, ...]
    start: int
    end: int

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.lines)


@dataclass(frozen=True)
class Table:
    """A table below a heading: its titles, and a map by title for each row."""

    heading: str
    titles: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


class Page:
    """A Markdown file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines = path.read_text(encoding="utf-8").splitlines()

    @property
    def name(self) -> str:
        """Its path in the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        found: list[Block] = []
        marks, info, start = "", "", 0
        for number, line in enumerate(self.lines):
            fence = _FENCE.match(line.strip())
            if marks:
                if fence and not fence["info"].strip() and len(fence["marks"]) >= len(marks):
                    found.append(Block(info, tuple(self.lines[start:number]), start, number))
                    marks = ""
            elif fence:
                marks, info, start = fence["marks"], fence["info"].strip(), number + 1
        assert not marks, f"{self.name}: a block that is never closed"
        return tuple(found)

    @cached_property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """The lines outside of fenced blocks, with their indexes."""
        inside = {number for block in self.blocks for number in range(block.start - 1, block.end + 1)}
        return tuple((number, line) for number, line in enumerate(self.lines) if number not in inside)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        found: list[Heading] = []
        seen: Counter[str] = Counter()
        for number, line in self.prose:
            match = _HEADING.match(line)
            if match:
                anchor = _anchor(match["text"])
                suffix = f"-{seen[anchor]}" if seen[anchor] else ""
                found.append(Heading(len(match["marks"]), match["text"], anchor + suffix, number))
                seen[anchor] += 1
        return tuple(found)

    @property
    def anchors(self) -> set[str]:
        explicit = {match["name"] for _, line in self.prose for match in _EXPLICIT.finditer(line)}
        return {heading.anchor for heading in self.headings} | explicit

    @property
    def links(self) -> list[tuple[int, str]]:
        """Where each link points, with the line's number from 1."""
        return [
            (number + 1, match["target"])
            for number, line in self.prose
            for match in _LINK.finditer(_CODE.sub("", line))
        ]

    @property
    def code_spans(self) -> list[tuple[int, str]]:
        """What stands between backticks in the text, with the line's number from 1."""
        return [(number + 1, match["code"].strip()) for number, line in self.prose for match in _CODE.finditer(line)]

    @property
    def commands(self) -> list[tuple[int, str]]:
        """Each line that calls `mwgen`, in blocks for a shell and between backticks, with the line's number from 1."""
        found = [(line, code) for line, code in self.code_spans if code.startswith("mwgen ")]
        for block in self.blocks:
            language = block.info.split(" ")[0]
            if language in {"console", "sh", "bash", "shell"}:
                for offset, line in enumerate(block.lines):
                    if language == "console" and not line.startswith("$ "):
                        continue  # what a command prints
                    found += [(block.start + offset + 1, call) for call in _calls(line)]
        return sorted(found)

    @property
    def tables(self) -> list[Table]:
        """Every table, in order."""
        found: list[Table] = []
        rows: list[list[str]] = []
        for number, line in (*self.prose, (len(self.lines), "")):
            if line.startswith("|"):
                rows.append([cell.strip().replace("\\|", "|") for cell in _CELLS.split(line.strip())[1:-1]])
            elif rows:
                titles = tuple(rows[0])
                cells = tuple(dict(zip(titles, row, strict=True)) for row in rows[2:])
                found.append(Table(self.heading_above(number), titles, cells))
                rows = []
        return found

    def heading_above(self, number: int) -> str:
        """The text of the nearest heading above the line with the index *number*; empty above the first."""
        return next((one.text for one in reversed(self.headings) if one.line < number), "")


def _anchor(text: str) -> str:
    """The name of a heading as GitHub makes it: lower case, no punctuation, hyphens for spaces."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


def _calls(line: str) -> list[str]:
    """The calls of mwgen in a line of shell, without what comes before and behind them."""
    command = line.removeprefix("$ ").strip()
    return [
        match["call"].strip() for match in re.finditer(r"(?:^|[|&;(]\s*|\w+=\S+ )(?P<call>mwgen [^|&;)#]*)", command)
    ]


def pages(*patterns: str) -> list[Page]:
    """The project's pages, or those that match one of *patterns* (relative to the root)."""
    wanted = patterns or ("*.md", "docs/**/*.md", "plugins/**/*.md", "groups/**/*.md", "tests/**/*.md")
    return [Page(path) for path in sorted({path for pattern in wanted for path in ROOT.glob(pattern)})]


def hold(path: Path, mark: str, generated: Iterable[str], *, update: bool) -> None:
    """Assert that the lines below *mark* of the page in *path* are those that are *generated*, or write them there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    now = [*lines[: lines.index(mark) + 1], *generated]
    if update:
        path.write_text("\n".join(now) + "\n", encoding="utf-8")
    else:
        name = path.relative_to(ROOT).as_posix()
        assert now == lines, "\n".join(difflib.unified_diff(lines, now, name, "now", lineterm=""))
