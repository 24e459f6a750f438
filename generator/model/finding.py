"""What a rule found out about one object: data, until somebody who knows the source gives it a place."""

from dataclasses import dataclass

from generator.diagnostics import Diagnostic, Label, Severity
from generator.model.resource import ResourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule's verdict. It knows the object and the field, but neither the bundle nor the line to blame."""

    code: str
    """One of `diagnostics.codes.CODES`."""

    id: ResourceId
    message: str
    """One sentence without a full stop, which names the object."""

    reason: str = ""
    """The same without the object's name, for who has said it already; empty where there is none."""

    field: str = ""
    """The path inside the object, such as `spec.serviceName`; empty where the whole object is meant."""

    hint: str = ""
    """What to do about it."""

    severity: Severity = Severity.ERROR

    def diagnostic(self, *, primary: Label | None = None, subject: str = "") -> Diagnostic:
        """The finding as a diagnostic of the bundle *subject*, at the place *primary* in its source."""
        return Diagnostic(
            code=self.code,
            message=self.message,
            severity=self.severity,
            primary=primary,
            hint=self.hint,
            resource=str(self.id),
            field=self.field,
            subject=subject,
        )
