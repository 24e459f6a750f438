"""Python source being written: lines with the sites that they stand for, and local variables."""

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.dataclass import dataclass, field
from generator.engines.gotemplate.nodes import Node, Text
from generator.engines.gotemplate.unit import NOWHERE, Site


@dataclass(slots=True)
class Line:
    """A line of code. `chooser` names a variable that records what was evaluated last; see `Emitter.chosen`."""

    indent: int
    code: str
    site: int = NOWHERE
    chooser: str = ""


@dataclass(slots=True)
class Body:
    """A Python function being written: a definition, or a deep part of one."""

    name: str
    lines: list[Line] = field(default_factory=list)
    indent: int = 1
    loops: int = 0
    """How many loops are open in this function."""
    locals: set[str] = field(default_factory=set)
    writes: dict[str, None] = field(default_factory=dict)
    """Variables of an outer function that this one assigns."""
    jumps: bool = False
    """Whether it ends an outer function's loop, or a round of it."""


class Emitter:
    """The functions of one unit."""

    def __init__(self) -> None:
        self.sites: list[Site] = []
        self.owners: dict[str, str | None] = {}
        self.finished: list[list[Line]] = []
        self._known: dict[tuple[int, str], int] = {}
        self._choosers: set[str] = set()
        self._follows: dict[str, set[str]] = {}
        self._names = 0
        self.body = Body("")

    # -- names and sites

    def name(self, prefix: str) -> str:
        """A fresh local variable of the function being written."""
        self._names += 1
        name = f"{prefix}{self._names}"
        self.body.locals.add(name)
        return name

    def site(self, node: Node, call: str = "", args: tuple[int, ...] = ()) -> int:
        """The index of the site for a node, where a line calls a function for the node's sake."""
        known = (id(node), call)
        if args or known not in self._known:
            context = "" if isinstance(node, Text) else node.source()
            begin = -1 if node.begin == node.pos else node.begin
            self.sites.append(Site(node.pos, context, call, args, begin=begin))
            self._known[known] = len(self.sites) - 1
        return self._known[known]

    def chosen(self, chooser: str) -> int:
        """The index of the site that a variable holds at run time."""
        self._use(chooser)
        self.sites.append(Site(0, "", chosen=chooser))
        return len(self.sites) - 1

    def follow(self, chooser: str, other: str) -> None:
        """Note that a variable for sites takes the value of another."""
        self._follows.setdefault(chooser, set()).add(other)

    def _use(self, chooser: str) -> None:
        """Keep the lines that record what was evaluated last: mostly nobody asks, and they are dropped."""
        if chooser not in self._choosers:
            self._choosers.add(chooser)
            for other in self._follows.get(chooser, ()):
                self._use(other)

    # -- lines

    def line(self, code: str, site: int = NOWHERE, *, chooser: str = "") -> None:
        """Write a line."""
        self.body.lines.append(Line(self.body.indent, code, site, chooser))

    @contextmanager
    def block(self, head: str, site: int = NOWHERE) -> Iterator[None]:
        """Write a line that opens a block, and what is written meanwhile inside of it."""
        self.line(head, site)
        self.body.indent += 1
        start = len(self.body.lines)
        yield
        if len(self.body.lines) == start:
            self.line("pass")
        self.body.indent -= 1

    # -- functions

    def function(self, name: str, owner: str | None, write: Callable[[], None]) -> Body:
        """Write a whole function: `write` writes its lines."""
        outer, self.body = self.body, Body(name)
        self.owners[name] = owner
        write()
        if not self.body.lines:
            self.line("pass")
        done, self.body = self.body, outer
        return done

    def finish(self, body: Body, params: str) -> None:
        """Add a written function to the unit."""
        self.finished.append([Line(0, f"def {body.name}({params}):"), *body.lines])

    def outer_names(self, body: Body) -> list[str]:
        """The local variables that a written function takes from the functions around it."""
        code = "\n".join([f"{'    ' * line.indent}{line.code}" for line in body.lines])
        tree = ast.parse(f"def {body.name}():\n{code}")
        read = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        own = body.locals | {"R", "w", "dot"}
        return sorted(name for name in read - own if name[:1] in "tvk" and name[1:].isdigit())

    def code(self) -> tuple[str, tuple[int, ...]]:
        """The source, and for each of its lines (the first is 1) the index of its site."""
        source: list[str] = []
        sites = [NOWHERE]
        for lines in self.finished:
            for line in lines:
                if line.chooser and line.chooser not in self._choosers:
                    continue
                source.append(f"{'    ' * line.indent}{line.code}\n")
                sites.append(line.site)
        return "".join(source), tuple(sites)
