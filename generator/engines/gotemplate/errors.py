"""What goes wrong in templates, as fields. Go's text is made of them; nothing is ever read out of a text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from generator.dataclass import dataclass
from generator.engines.gotemplate.text import quote

if TYPE_CHECKING:
    from generator.engines.gotemplate.source import Source

ErrorKind = Literal["parse", "exec", "function", "unavailable", "missing", "limit", "fail", "required"]
"""parse: the text is no template. exec: an action cannot be done. function: a function refuses.
unavailable: it needs the clock or randomness, which the run does not give. missing: a value that
is printed is not there (guarded mode). limit: a budget is used up. fail, required: the template says so itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a template."""

    name: str
    """The name under which the text was parsed: a file, or Helm's `gotpl` for the text given to `tpl`."""
    line: int
    """From 1."""
    column: int
    """Bytes since the start of the line, from 0, as Go counts."""
    offset: int
    """Bytes since the start of the text."""
    start: int
    """Where the blamed node's text begins, in bytes. Go's place of `.a.b.c` is its `.b`; it begins before."""
    length: int
    """Bytes of the blamed node's canonical text, from `start`; what stands in the file may be spaced otherwise."""
    template: str = ""
    """The definition that was being executed."""
    context: str = ""
    """The blamed node, canonically printed."""

    def go_text(self) -> str:
        """How Go's error begins."""
        return (
            f"template: {self.name}:{self.line}:{self.column}: executing {quote(self.template)} at <{self.context}>: "
        )


@dataclass(frozen=True, slots=True)
class Call:
    """An include or template call that led to an error."""

    place: Place
    function: str
    """`include`, `tpl`, or `template` for the action of that name."""
    lead: str
    """What Go's text says between this place and what follows; empty for the action, which Go does not mention."""


class TemplateError(Exception):
    """A template that cannot be parsed or executed.

    Attributes:
        kind: what sort of mistake it is.
        message: what is wrong; Go's words where Go refuses the same.
        place: where.
        calls: the calls that led there, outermost first.
        go_message: the message as it stands in Go's text, where that differs.
        data: what else is known, by kind. missing: `chain`, `key`, `near` (similar keys), `keys`. limit: `limit`,
            `allowed`. parse: `function` that is not defined and those that are `known`; `opened`, the byte behind the
            block that is never closed; `brace`, where one stands alone. exec: the key asked of `nil`. function: the
            `template` that is not there.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        place: Place,
        *,
        calls: tuple[Call, ...] = (),
        go_message: str | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind
        self.message = message
        self.place = place
        self.calls = calls
        self.go_message = message if go_message is None else go_message
        self.data: Mapping[str, Any] = {} if data is None else data

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by fields."""
        fields = (self.kind, self.message, self.place, self.calls, self.go_message, dict(self.data))
        return (_rebuilt, fields)

    def __str__(self) -> str:
        """Go's text."""
        return self.go_text()

    def go_text(self) -> str:
        """What Go's error says, to the letter."""
        lead = "".join([call.place.go_text() + call.lead for call in self.calls if call.lead])
        return lead + self.own_go_text()

    def own_go_text(self) -> str:
        """What Go's innermost error says: without the calls that led to it."""
        if self.kind == "parse":
            return f"template: {self.place.name}:{self.place.line}: {self.go_message}"
        if not self.place.template:
            return self.go_message
        return self.place.go_text() + self.go_message


def _rebuilt(
    kind: ErrorKind,
    message: str,
    place: Place,
    calls: tuple[Call, ...],
    go_message: str,
    data: Mapping[str, Any],
) -> TemplateError:
    return TemplateError(kind, message, place, calls=calls, go_message=go_message, data=data)


def parse_error(
    name: str, source: "Source", pos: int, message: str, data: Mapping[str, Any] | None = None
) -> TemplateError:
    """A text that is no template; Go knows only the line of such a mistake."""
    place = Place(name, source.line(pos), source.column(pos), source.offset(pos), source.offset(pos), 0)
    return TemplateError("parse", message, place, data=data)


def limit_error(limit: str, allowed: int, *, name: str) -> TemplateError:
    """A budget that is used up before anything is executed."""
    return TemplateError(
        "limit",
        f"the template needs more than its limit of {allowed} for {limit}",
        Place(name, 1, 0, 0, 0, 0),
        data={"limit": limit, "allowed": allowed},
    )


class ExecError(Exception):
    """Raised while a template runs, in Go's words; the run adds the place.

    Attributes:
        arg: where an argument of a method is to blame, its index.
    """

    def __init__(self, message: str, *, arg: int | None = None, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.arg = arg
        self.data: Mapping[str, Any] = data or {}


class MissingError(ExecError):
    """In guarded mode: a value that is not there is printed."""

    def __init__(self, message: str, data: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.data = data


class Unprintable(ExecError):  # noqa: N818 - named as Go says it
    """A value that has no text, such as a function; the message needs the node, and is made with the place."""

    def __init__(self, type_: str) -> None:
        super().__init__(type_)
        self.type = type_


class InnerError(Exception):
    """An error of a text that a function parsed and executed: it happened further in, and is located already.

    Attributes:
        lead: what Go's text says before the inner error, after `error calling NAME: `.
    """

    def __init__(self, lead: str, error: TemplateError) -> None:
        super().__init__(lead, error)
        self.lead = lead
        self.error = error
