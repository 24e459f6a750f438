"""What CI systems show beside lines of files: a mistake, or what a change does, as one shape for every format.

A family of groups that undergo the same is one note, at the definition that makes them: a plugin's change over 500
groups is told once, in the plugin. Formats are `machine.github`, `sarif` and `codequality`.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator.diagnostics import Diagnostic, Severity
from generator.diagnostics.codes import CODES
from generator.entrypoints.report.discreet import discreet
from generator.entrypoints.report.fold import folded
from generator.entrypoints.report.review import words
from generator.model.review import BundleReview, CauseKind, Effect, EffectKind, Family, Review
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


def aside(review: Review) -> tuple[Note, ...]:
    """One note, or none, that counts the groups whose change nobody need act on: `of_review` passes over them."""
    quiet = [one for family in review.families if family.effect not in _SEVERITIES for one in family.members]
    if not quiet:
        return ()
    numbers = {kind: number for kind, number in review.by_effect.items() if kind not in _SEVERITIES}
    effects = ", ".join(words.effect_count(kind, number) for kind, number in numbers.items())
    message = f"{words.count(len(quiet), 'group')} changed without a restart: {effects} ({words.named(quiet, _NAMED)})"
    return (Note(rule="no-restart", about=_ASIDE, severity=Severity.NOTE, message=message, identity=_ASIDE),)


_ASIDE = "what nobody need act on"
_NAMED = 3


def _of_family(family: Family, review: Review) -> Iterator[Note]:
    members = [review.by_key[key] for key in family.members]
    first = members[0]
    whom = str(first.key) if len(members) == 1 else f"{len(members)} groups, {first.key} among them"
    file, line = _place(members)
    alike: dict[tuple[EffectKind, str, str, str], list[Effect]] = {}
    for effect in family.effects:
        if effect.kind in _SEVERITIES:
            alike.setdefault((effect.kind, effect.rule, effect.reason, effect.way), []).append(effect)
    for (kind, rule, reason, way), effects in alike.items():
        objects = ", ".join(dict.fromkeys(words.where(one) for one in effects if one.object))
        yield Note(
            rule=rule,
            about=str(kind),
            severity=_SEVERITIES[kind],
            message=f"{kind}: {f'{objects}: ' if objects else ''}{reason} ({whom})",
            hint=way,
            file=file,
            line=line,
            end_line=line,
            identity=f"{family.id} {effects[0].field}",
        )


def _place(members: Sequence[BundleReview]) -> tuple[str, int]:
    """The definition that differs and that all *members* come from, for beside that a host shows notes.

    A group's own goes before its bases, and those before the plugin; without any it is where the first is defined.
    """
    first = members[0]
    common = [one for one in first.causes if one.file and all(one in each.causes for each in members)]
    groups = [one for one in common if one.kind is CauseKind.GROUP]
    cause = groups[-1] if groups else common[0] if common else None
    return (cause.file, max(cause.line, 1)) if cause else (first.file, max(first.line, 1))
