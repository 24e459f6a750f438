"""What a rule has to say about a place inside an object."""

from typing import NamedTuple

from generator.diagnostics import Severity
from generator.model.values import Pointer


class Issue(NamedTuple):
    """One thing that is wrong. Rules about a part of an object give pointers from that part on."""

    code: str
    pointer: Pointer
    message: str
    """What is wrong, without the place: `must be one of A, B`."""

    hint: str = ""
    severity: Severity = Severity.ERROR
    misshapen: bool = False
    """Whether a list, a map or a plain value stands where another of the three must: no rule can read it."""

    def below(self, *prefix: str | int) -> "Issue":
        """The same issue, told of the object that holds the part at *prefix*."""
        return self._replace(pointer=(*prefix, *self.pointer))


def refused(pointer: Pointer, message: str, hint: str = "") -> Issue:
    """A value that the API server refuses although its type is right."""
    return Issue("MW576", pointer, message, hint)
