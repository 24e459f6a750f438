"""The forms of a review that are files. Each is made from the review alone; another one is a row here."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.model.review import Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of a comment on a pull request."""

    chars: int
    """That one comment may have, as the host counts."""

    parts: int
    """How many comments there may be."""


def _json(review: Review, limits: Limits) -> dict[str, str]:
    from generator.entrypoints.report.review import document

    del limits
    return {"review.json": document.text(review)}


def _markdown(review: Review, limits: Limits) -> dict[str, str]:
    from generator.entrypoints.report.review import markdown

    parts = markdown.parts(review, limits.chars, limits.parts)
    return {f"review-{number}.md": text for number, text in enumerate(parts, start=1)}


def _html(review: Review, limits: Limits) -> dict[str, str]:
    from generator.entrypoints.report.page import page

    del limits
    return {"review.html": page(review)}


def _sarif(review: Review, limits: Limits) -> dict[str, str]:
    from generator.entrypoints.report import notes, sarif

    del limits
    return {
        "review.sarif": json.dumps(
            sarif.sarif(notes.of_review(review), notes.aside(review)), indent=2, ensure_ascii=False
        )
        + "\n"
    }


def _codequality(review: Review, limits: Limits) -> dict[str, str]:
    from generator.entrypoints.report import codequality, notes

    del limits
    issues = codequality.codequality((*notes.of_review(review), *notes.aside(review)))
    return {"review-quality.json": json.dumps(issues, indent=2, ensure_ascii=False) + "\n"}


FILES: Mapping[str, Callable[[Review, Limits], dict[str, str]]] = {
    "json": _json,
    "markdown": _markdown,
    "html": _html,
    "sarif": _sarif,
    "codequality": _codequality,
}
"""By name: the files' texts by their names. Where nothing differs, `markdown` is no file."""
