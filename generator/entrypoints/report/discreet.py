"""Diagnostics without the secrets that stand in the lines they are about: a log and a comment are read by many.

What a line says of a secret is known by what is before it, as in a review: `masterauth: 1234`, `--password 1234`. Each
character of it becomes an asterisk, in the line and wherever the diagnostic repeats it, so that columns stay true.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from generator.diagnostics import Diagnostic, Label, SourceFile


def discreet(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """*found*, with no secret in it that the lines show."""
    return tuple(_discreet(one) for one in found)


def _discreet(one: Diagnostic) -> Diagnostic:
    labels = [label for label in (one.primary, *one.secondary) if label]
    hidden = {secret for label in labels for secret in _secrets(*_lines(label))}
    if not hidden:
        return one
    pattern = re.compile("|".join(_whole(secret) for secret in sorted(hidden, key=len, reverse=True)))
    return replace(
        one,
        message=_blotted(one.message, pattern),
        hint=_blotted(one.hint, pattern),
        primary=_label(one.primary, pattern) if one.primary else None,
        secondary=tuple(_label(label, pattern) for label in one.secondary),
    )


def _lines(label: Label) -> tuple[str, str]:
    """The line of the place, and the one before it, which may name what the line gives a value."""
    file = label.span.file
    line = label.span.line
    return file.line_text(line - 1) if line > 1 else "", file.line_text(line)


@lru_cache(maxsize=1_000)
def _secrets(before: str, line: str) -> frozenset[str]:
    from generator.stages.review.masks import secrets_in

    return frozenset(found for found in secrets_in(f"{before}\n{line}") if found in line)


def _whole(secret: str) -> str:
    """A pattern for *secret*, where it is no part of a longer word."""
    return rf"(?<!\w){re.escape(secret)}(?!\w)"


def _blotted(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda found: "*" * len(found[0]), text)


def _label(label: Label, pattern: re.Pattern[str]) -> Label:
    """The same place in a file whose line has no secret in it."""
    span = label.span
    line = span.line
    starts = span.file.line_starts()
    start, end = starts[line - 1], starts[line] if line < len(starts) else len(span.file.text)
    text = span.file.text
    shown = SourceFile(span.file.path, text[:start] + _blotted(text[start:end], pattern) + text[end:])
    return Label(replace(span, file=shown), _blotted(label.text, pattern))
