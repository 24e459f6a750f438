"""A diagnostic is a value; how it looks on a terminal or in a pull request is a reporter's business."""

from enum import StrEnum

from generator.dataclass import dataclass
from generator.diagnostics.span import Span


class Severity(StrEnum):
    """How bad it is. Only errors make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A place and, where it helps, what is special about it."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One mistake, warning or note.

    `code` is stable and listed in `codes.CODES`; `message` is one sentence without a full stop.
    `primary` is the place to change; `secondary` are the other places that explain it.
    `resource` is the Kubernetes object concerned, as `apps/v1/Deployment/namespace/name`.
    `field` is a path inside that object or definition, such as `spec.replicas`.
    `subject` is the bundle concerned, as `environment/group`.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    primary: Label | None = None
    secondary: tuple[Label, ...] = ()
    hint: str = ""
    resource: str = ""
    field: str = ""
    subject: str = ""

    @property
    def sort_key(self) -> tuple[str, int, str, str, str]:
        """File, place, code, message: equal runs report in equal order."""
        span = self.primary.span if self.primary else None
        return (
            span.file.path if span else "",
            span.start if span else 0,
            self.code,
            self.message,
            self.subject,
        )
