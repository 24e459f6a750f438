"""What expressions of a template become in the code that is written for them."""

from generator.dataclass import dataclass
from generator.engines.gotemplate.emitter import Body


@dataclass(frozen=True, slots=True)
class Val:
    """What an expression of the template became."""

    code: str
    """A Python name or constant."""
    type: str = ""
    """Go's type of it where that is known, and it is not nil then; else empty."""
    iface: str = "0"
    """Python code for: whether a nil here is an interface that holds nil."""


NOTHING = Val("None")


@dataclass(slots=True)
class Var:
    """A variable of the template."""

    name: str
    val: Val
    body: Body
    """The Python function that its local variable belongs to."""
    flag: str = ""
    """A local variable that follows whether a nil in it is an interface that holds nil."""
    doubtful: bool = False
    """Whether its declaration may not have been reached."""
