"""A compiled text: Python code, what it defines, and which line of the code stands for which node of the text.

A unit holds nothing of the run and nothing of the functions it calls, so that it can be kept on disk and shared.
"""

import marshal
import sys
from collections.abc import Mapping
from types import CodeType
from typing import Final

from generator.dataclass import dataclass
from generator.digest import blake2b

ENGINE = "6"
"""Goes up with every change of what the compiler writes; a test knows."""


NOWHERE: Final = -1
"""In place of an index of a site: the line stands for none."""


@dataclass(frozen=True, slots=True)
class Site:
    """A node that a line of code may fail for."""

    pos: int
    """Offset in characters."""
    context: str
    """The node's canonical text."""
    call: str = ""
    """The function that the line calls, which Go's messages name."""
    args: tuple[int, ...] = ()
    """Where arguments of a method are to blame: their sites."""
    chosen: str = ""
    """The local variable that holds the site at run time, where it depends on what was evaluated last."""
    begin: int = -1
    """Where the node's text begins, if that is not `pos`."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A named template of a unit."""

    function: str
    """The Python function that executes it."""
    empty: bool
    """Whether it is nothing but space: then it replaces no other definition."""


@dataclass(frozen=True, slots=True)
class CodeUnit:
    """What a text compiles to."""

    text: str
    code: CodeType
    main: Definition
    """The text itself; who loads the unit gives it its name."""
    definitions: Mapping[str, Definition]
    """What the text defines besides."""
    owners: Mapping[str, str | None]
    """Python function: the definition that it executes, wholly or in part; None for the text itself."""
    sites: tuple[Site, ...]
    lines: tuple[int, ...]
    """Line of code: index into `sites`, or -1."""
    calls: frozenset[str]
    """The functions that the text names."""
    last_pos: int
    """Where the text ends, as complaints about the whole see it."""

    def dumps(self) -> bytes:
        """The unit, without its text, for a disk cache; see `key`."""
        return marshal.dumps(
            (
                self.code,
                (self.main.function, self.main.empty),
                {name: (one.function, one.empty) for name, one in self.definitions.items()},
                dict(self.owners),
                tuple((site.pos, site.context, site.call, site.args, site.chosen, site.begin) for site in self.sites),
                self.lines,
                sorted(self.calls),
                self.last_pos,
            )
        )


def loads(data: bytes, text: str) -> CodeUnit:
    """The unit that `dumps` wrote, of the same text, for the same key.

    Only for data from a place that nobody else can write to: it holds code.
    """
    code, main, definitions, owners, sites, lines, calls, last_pos = marshal.loads(data)  # noqa: S302 - see above
    return CodeUnit(
        text,
        code,
        Definition(*main),
        {name: Definition(*fields) for name, fields in definitions.items()},
        owners,
        tuple(Site(*fields) for fields in sites),
        lines,
        frozenset(calls),
        last_pos,
    )


def key(text: str, dialect: str) -> str:
    """A name for the unit of a text under a dialect (`Dialect.digest`), this engine and this Python."""
    head = f"{ENGINE} {sys.implementation.cache_tag} {sys.hexversion:x} {dialect} ".encode()
    return blake2b(head + text.encode("utf-8", "surrogateescape"), digest_size=32).hexdigest()
