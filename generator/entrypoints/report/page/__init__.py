"""A review as one HTML file, to be opened from a disk or a CI's artifacts: no network, no other file.

The page's own parts are `page.html`, `page.css` and `page.js` beside this. Whatever comes from a repository goes into
a block of JSON, and from there into the document as text: nothing of it is ever markup.
"""

import json
from html import escape
from importlib import resources

from generator.diagnostics import Severity
from generator.entrypoints.report.page.data import page_data
from generator.model.review import EffectKind, Review, Side


def page(review: Review) -> str:
    """The whole file. Without any difference it says so."""
    data = json.dumps(page_data(review), ensure_ascii=False, separators=(",", ":"))
    parts = {
        "title": f"{_heading(review)} - mwgen",
        "heading": _heading(review),
        "sides": _side("from", review.base) + _side("to", review.head),
        "problems": _problems(review),
        "total": _count(len(review.bundles), "changed group"),
        "foot": _foot(review),
        "css": _asset("page.css"),
        "js": _asset("page.js"),
        # "</script>" and "<!--" would end or bend the block; inside of JSON strings these characters may be escaped.
        "data": data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
    }
    raw = {"css", "js", "data", "sides", "problems"}
    pieces = _asset("page.html").split("@@")
    # Between the marks stand texts and names in turn; what is filled in is not looked at again.
    return "".join(
        piece if at % 2 == 0 else parts[piece] if piece in raw else escape(parts[piece])
        for at, piece in enumerate(pieces)
    )


def _asset(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _heading(review: Review) -> str:
    if review.failed:
        return "The definitions have mistakes"
    if not review.bundles:
        return "Nothing changes"
    worst = next(iter(review.by_effect))
    return f"{_count(len(review.bundles), 'group')} changed" + (
        "" if worst is EffectKind.NONE else f", at worst: {worst}"
    )


def _side(title: str, side: Side) -> str:
    commit = f" <code>{escape(side.commit[:12])}</code>" if side.commit else ""
    subject = f" {escape(side.subject)}" if side.subject else ""
    why = f" <span class=soft>({escape(side.why)})</span>" if side.why else ""
    return f"<dt>{title}</dt><dd>{escape(side.name)}{commit}{subject}{why}</dd>"


def _problems(review: Review) -> str:
    rows = []
    for one in review.diagnostics:
        span = one.primary.span if one.primary else None
        place = f"{span.file.path}:{span.line}:{span.column} " if span else ""
        rows.append(f"<li><code>{escape(place)}</code>{escape(f'{one.severity}[{one.code}]: {one.message}')}</li>")
    errors = any(one.severity is Severity.ERROR for one in review.diagnostics)
    lead = "<p>There is no verdict until this is mended:</p>" if errors else ""
    return f'<div class="problems">{lead}<ul>{"".join(rows)}</ul></div>' if rows else ""


def _foot(review: Review) -> str:
    noise = ", ".join(f"{kind} {count:,}" for kind, count in review.noise.items())
    folded = f" Noise that is folded, fields: {noise}." if noise else ""
    return f"{_count(review.unchanged, 'group')} unchanged.{folded} Secrets are masked; equal masks are equal values."
