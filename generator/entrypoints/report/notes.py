"""What CI systems show beside lines of files: a mistake, or what a change does, as one shape for every format.

A family of groups that undergo the same is one note, at the line of its first group: a plugin's change over 500 groups
is told once. Formats are `machine.github`, `sarif` and `codequality`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.codes import CODES
from generator.entrypoints.report.discreet import discreet
from generator.entrypoints.report.fold import folded
from generator.model.review import EffectKind, Family, Review
from generator.model.settings import SETTINGS_FILE


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing to show at a place in a file of the repository."""

    rule: str
    """A diagnostic's code, or an effect's rule."""

    about: str
    """What the rule is about, in a few words."""

    severity: Severity
    message: str
    hint: str = ""
    file: str = ""
    """Relative to the repository's root; empty where there is no place."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    """Positions are from 1; the end is behind the last character."""

    identity: str = ""
    """What stays the same from run to run, whatever lines move: the object or bundle concerned."""

    @property
    def shown_in(self) -> str:
        """A file in any case, for who shows nothing without one."""
        return self.file or SETTINGS_FILE

    @property
    def fingerprint(self) -> str:
        """The same for the same thing in the next run: without lines, which move."""
        return hashlib.sha256(f"{self.rule}\0{self.file}\0{self.message}\0{self.identity}".encode()).hexdigest()


_SEVERITIES: Final[Mapping[EffectKind, Severity]] = {
    EffectKind.DATA: Severity.ERROR,
    EffectKind.RECREATE: Severity.WARNING,
    EffectKind.EXPOSURE: Severity.WARNING,
    EffectKind.STOP: Severity.WARNING,
    EffectKind.RESTART: Severity.NOTE,
}
"""How loud an effect is. What is not here is not said line by line: nobody need act on it."""


def of_diagnostics(found: Iterable[Diagnostic]) -> tuple[Note, ...]:
    """A note for each mistake; what differs only in the bundle concerned is one."""
    return tuple(_of_diagnostic(one) for one, *_ in folded(discreet(found)))


def _of_diagnostic(one: Diagnostic) -> Note:
    file, line, column, end_line, end_column = "", 1, 1, 1, 1
    if one.primary:
        span = one.primary.span
        file = span.file.path
        line, column = span.file.position(span.start)
        end_line, end_column = span.file.position(max(span.start, span.end))
    return Note(
        rule=one.code,
        about=CODES.get(one.code, ""),
        severity=one.severity,
        message=one.message,
        hint=one.hint,
        file=file,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        identity=one.resource or one.subject,
    )


def of_review(review: Review) -> tuple[Note, ...]:
    """What is wrong with the head, and what its changes do that somebody should know, the gravest first."""
    effects = [note for family in review.families for note in _of_family(family, review)]
    return (*of_diagnostics(review.diagnostics), *effects)


def _of_family(family: Family, review: Review) -> Iterator[Note]:
    first = next((one for key in family.members if (one := review.by_key.get(key)) is not None), None)
    if first is None:
        return
    whom = str(first.key) if len(family.members) == 1 else f"{len(family.members)} groups, {first.key} among them"
    told: set[tuple[str, str]] = set()
    for effect in family.effects:
        severity = _SEVERITIES.get(effect.kind)
        if severity is None or (effect.rule, effect.reason) in told:
            continue
        told.add((effect.rule, effect.reason))
        yield Note(
            rule=effect.rule,
            about=str(effect.kind),
            severity=severity,
            message=f"{effect.kind}: {effect.reason} ({whom})",
            hint=effect.way,
            file=first.file,
            line=max(first.line, 1),
            end_line=max(first.line, 1),
            identity=f"{family.id} {effect.field}",
        )
