"""The tree of a template, and the canonical text of every node, which error messages show.

`pos` is an offset in characters into the template's text, as `Source` turns it into bytes, line and column.
"""

from typing import ClassVar, Final

from generator.dataclass import dataclass, field
from generator.engines.gotemplate.numbers import Number
from generator.engines.gotemplate.source import Source
from generator.engines.gotemplate.text import quote


@dataclass(frozen=True, slots=True)
class Node:
    """Something of a template that has a place."""

    pos: int
    """Where Go says that the node is. Of a chain of fields, that is its second field."""

    @property
    def begin(self) -> int:
        """Where the node's text begins."""
        return self.pos

    def source(self) -> str:
        """Canonical text."""
        raise NotImplementedError


# -- operands


@dataclass(frozen=True, slots=True)
class Bool(Node):
    """`true` or `false`."""

    value: bool

    def source(self) -> str:
        """Canonical text."""
        return "true" if self.value else "false"


@dataclass(frozen=True, slots=True)
class Dot(Node):
    """`.`."""

    def source(self) -> str:
        """Canonical text."""
        return "."


@dataclass(frozen=True, slots=True)
class Nil(Node):
    """`nil`."""

    def source(self) -> str:
        """Canonical text."""
        return "nil"


@dataclass(frozen=True, slots=True)
class NumberLiteral(Node):
    """A number or character constant."""

    literal: str
    value: Number

    def source(self) -> str:
        """As written."""
        return self.literal


@dataclass(frozen=True, slots=True)
class StringLiteral(Node):
    """A string constant."""

    literal: str
    value: str

    def source(self) -> str:
        """As written."""
        return self.literal


@dataclass(frozen=True, slots=True)
class Field(Node):
    """`.a.b`: fields of dot."""

    names: tuple[str, ...]
    first: int = -1
    """Where the first field is, if that is not `pos`."""

    @property
    def begin(self) -> int:
        """Where the node's text begins."""
        return self.pos if self.first < 0 else self.first

    def source(self) -> str:
        """Canonical text."""
        return "." + ".".join(self.names)


@dataclass(frozen=True, slots=True)
class Variable(Node):
    """`$x.a.b`: a variable, and fields of it. `name` holds the dollar sign."""

    name: str
    names: tuple[str, ...] = ()
    first: int = -1
    """Where the variable's name is, if that is not `pos`."""

    @property
    def begin(self) -> int:
        """Where the node's text begins."""
        return self.pos if self.first < 0 else self.first

    def source(self) -> str:
        """Canonical text."""
        return ".".join((self.name, *self.names))


@dataclass(frozen=True, slots=True)
class Identifier(Node):
    """The name of a function."""

    name: str

    def source(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """`(pipeline).a.b` or `function.a`: fields of a value."""

    term: "Operand"
    names: tuple[str, ...]

    @property
    def begin(self) -> int:
        """Where the node's text begins: at the parenthesis, or at the function's name."""
        return self.term.begin - (self.term.__class__ is Pipe)

    def source(self) -> str:
        """Canonical text."""
        return f"{_wrapped(self.term)}.{'.'.join(self.names)}"


@dataclass(frozen=True, slots=True)
class Command(Node):
    """`function argument argument` or a lone operand."""

    args: tuple["Operand", ...]

    def source(self) -> str:
        """Canonical text."""
        return " ".join([_wrapped(arg) for arg in self.args])


@dataclass(frozen=True, slots=True)
class Pipe(Node):
    """Commands joined by bars, and the variables that get the result."""

    commands: tuple[Command, ...]
    variables: tuple[Variable, ...] = ()
    assigns: bool = False
    """Whether the variables are assigned (`=`), not declared (`:=`)."""

    def source(self) -> str:
        """Canonical text."""
        body = " | ".join([command.source() for command in self.commands])
        if not self.variables:
            return body
        names = ", ".join([variable.source() for variable in self.variables])
        return f"{names} {'=' if self.assigns else ':='} {body}"


Operand = Bool | Dot | Nil | NumberLiteral | StringLiteral | Field | Variable | Identifier | Chain | Pipe


def _wrapped(node: Operand) -> str:
    return f"({node.source()})" if node.__class__ is Pipe else node.source()


# -- what stands in a list


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Text outside of actions."""

    text: str

    def source(self) -> str:
        """As written, with what trim marks left of it."""
        return self.text

    @property
    def blank(self) -> bool:
        """Whether it is nothing but space, in Unicode's sense."""
        return not self.text.strip(SPACE)


SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What `unicode.IsSpace` holds for."""


@dataclass(frozen=True, slots=True)
class Action(Node):
    """`{{pipeline}}`."""

    pipe: Pipe

    def source(self) -> str:
        """Canonical text."""
        return "{{" + self.pipe.source() + "}}"


@dataclass(frozen=True, slots=True)
class Break(Node):
    """`{{break}}`."""

    def source(self) -> str:
        """Canonical text."""
        return "{{break}}"


@dataclass(frozen=True, slots=True)
class Continue(Node):
    """`{{continue}}`."""

    def source(self) -> str:
        """Canonical text."""
        return "{{continue}}"


@dataclass(frozen=True, slots=True)
class TemplateCall(Node):
    """`{{template "name" pipeline}}`."""

    name: str
    pipe: Pipe | None

    def source(self) -> str:
        """Canonical text."""
        data = f" {self.pipe.source()}" if self.pipe is not None else ""
        return f"{{{{template {quote(self.name)}{data}}}}}"


@dataclass(frozen=True, slots=True)
class Branch(Node):
    """What if, with and range have in common."""

    keyword: ClassVar[str]

    pipe: Pipe
    body: "List"
    otherwise: "List | None"

    def source(self) -> str:
        """Canonical text, to the end of the block."""
        otherwise = "" if self.otherwise is None else "{{else}}" + self.otherwise.source()
        return f"{{{{{self.keyword} {self.pipe.source()}}}}}{self.body.source()}{otherwise}{{{{end}}}}"


@dataclass(frozen=True, slots=True)
class If(Branch):
    """`{{if pipeline}} … {{end}}`."""

    keyword = "if"


@dataclass(frozen=True, slots=True)
class With(Branch):
    """`{{with pipeline}} … {{end}}`."""

    keyword = "with"


@dataclass(frozen=True, slots=True)
class Range(Branch):
    """`{{range pipeline}} … {{end}}`."""

    keyword = "range"


@dataclass(frozen=True, slots=True)
class List(Node):
    """What stands between two actions that belong together."""

    nodes: tuple["Statement", ...]

    def source(self) -> str:
        """Canonical text."""
        return "".join([node.source() for node in self.nodes])

    @property
    def empty(self) -> bool:
        """Whether there is nothing but space: such a definition replaces none."""
        return all(node.__class__ is Text and node.blank for node in self.nodes)


Statement = Text | Action | If | With | Range | TemplateCall | Break | Continue


@dataclass(frozen=True, slots=True)
class Definition:
    """A named template: what `define` and `block` make, and the text as a whole."""

    name: str
    body: List


@dataclass(frozen=True, slots=True)
class Tree:
    """A parsed text."""

    source: Source
    main: List
    definitions: tuple[Definition, ...] = field(default=())
    """What the text defines besides itself, each name once."""
