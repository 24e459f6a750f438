"""What a user's mistake is: where it stands, what is wrong, why, and the likely fix."""

from generator.diagnostics.collect import Collector, DiagnosticError
from generator.diagnostics.diagnostic import Diagnostic, Label, Severity
from generator.diagnostics.span import SourceFile, Span

__all__ = ["Collector", "Diagnostic", "DiagnosticError", "Label", "Severity", "SourceFile", "Span"]
