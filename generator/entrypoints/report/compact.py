"""Diagnostics for a narrow window: a line each, the first few, and how many more there are.

Argo CD and Kustomize show a program's standard error as one message, without line breaks where there is little room.
"""

from collections.abc import Collection, Sequence

from generator.diagnostics import Diagnostic, Severity
from generator.entrypoints.report.discreet import discreet

MOST = 10
"""Lines; of more diagnostics, the rest is counted."""

LONGEST = 400
"""Characters of a line."""

HIDDEN = "…"


def lines(found: Sequence[Diagnostic], secrets: Collection[str] = ()) -> list[str]:
    """The errors among *found*; *secrets* are blotted out wherever they appear, as are those of lines. Never empty."""
    errors = discreet(one for one in found if one.severity is Severity.ERROR)
    if not errors:
        return ["mwgen: nothing could be rendered; mwgen validate says why"]
    most = MOST if len(errors) <= MOST else MOST - 1
    shown = [_line(one, secrets) for one in errors[:most]]
    if len(errors) > most:
        shown.append(f"and {len(errors) - most} more errors: mwgen validate tells them all")
    return shown


def _line(one: Diagnostic, secrets: Collection[str]) -> str:
    place = ""
    if one.primary:
        span = one.primary.span
        place = f"{span.file.path}: " if span.file.path.startswith("(") or not span.file.text else f"{span}: "
    hint = f" ({one.hint})" if one.hint else ""
    return _short(f"error[{one.code}]: {place}{one.message}{hint}", secrets)


def fault(error: Exception, secrets: Collection[str] = ()) -> str:
    """Our own fault: what, and where in our code."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}: " if trace else ""
    return _short(f"mwgen: please report this fault of mwgen itself: {where}{type(error).__name__}: {error}", secrets)


def _short(text: str, secrets: Collection[str]) -> str:
    text = " ".join(text.split())
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + HIDDEN
