"""What every report owes to its reader: all of the change, nothing of the secrets, no markup from a repository."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest

from generator.entrypoints.commands.schema import text as schema_text
from generator.entrypoints.report import machine, notes
from generator.entrypoints.report.page import page
from generator.entrypoints.report.review import document, formats, markdown, terminal
from generator.entrypoints.report.style import Style
from generator.model.resource import ResourceId
from generator.model.review import BundleReview, ChangeKind, EffectKind, Noise, Review
from generator.model.values import Object
from generator.stages.review.masks import Masker
from generator.stages.review.verdict import verdict
from generator.stages.transform import jsonpatch
from tests.review.corpus import SALT, Example, examples, objects, whole
from tests.review.test_masks import MAPS, SECRET, TEXTS
from tests.review.test_masks import whole as decoded

Report = Callable[[Review], str]


def on_a_terminal(review: Review, **look: Any) -> str:
    return "\n".join(terminal.text(review, terminal.Look(style=Style(), **look)))


LIMITS = formats.Limits(chars=65_000, parts=100)
REPORTS: dict[str, Report] = {
    "fields": lambda review: on_a_terminal(review, width=0, noise=True),
    "columns": lambda review: on_a_terminal(review, width=200, noise=True),
    "brief": lambda review: "\n".join(terminal.brief(review, Style(colour=True))),
    "json": document.text,
    "markdown": lambda review: "".join(markdown.parts(review, max_parts=100)),
    "page": page,
    "github": lambda review: "\n".join(machine.github((*notes.of_review(review), *notes.aside(review)))),
    "sarif": lambda review: formats.FILES["sarif"](review, LIMITS)["review.sarif"],
    "codequality": lambda review: formats.FILES["codequality"](review, LIMITS)["review-quality.json"],
}
NOTES = {"github", "sarif", "codequality"}
"""They tell what a change does, and not what it is."""


@pytest.fixture(params=list(examples()))
def example(request: pytest.FixtureRequest) -> Example:
    return examples()[request.param]


def masked(example: Example, side: int) -> dict[ResourceId, Object]:
    return {ResourceId.of(body): Masker(SALT).object(body) for body in objects(example.data, side) or ()}


@pytest.mark.parametrize("way", ["forwards", "backwards"])
def test_the_changes_make_the_new_objects_of_the_old_ones(example: Example, way: str) -> None:
    found = verdict(example.case(backwards=way == "backwards"), Masker(SALT))
    assert found is not None
    sides = [masked(example, 0), masked(example, 1)]
    before, after = sides if way == "forwards" else sides[::-1]
    made = dict(before)
    for one in document.as_document(whole(found))["bundles"][0]["objects"]:
        id_ = ResourceId(**one["id"])
        match one["change"]:
            case "added":
                made[id_] = one["after"]
            case "removed":
                assert made.pop(id_) == one["before"]
            case _:
                old = made.pop(ResourceId(**one.get("previous", one["id"])))
                made[id_] = jsonpatch.apply(old, one["changes"])
    assert made == after
    assert _types(made) == _types(after)


def _types(value: Any) -> Any:
    """The value with the types of its scalars, because Python takes 1 for true."""
    if isinstance(value, dict):
        return {str(key): _types(inner) for key, inner in value.items()}
    return [_types(inner) for inner in value] if isinstance(value, list) else (type(value).__name__, value)


def test_the_document_keeps_to_its_schema(example: Example) -> None:
    validator = jsonschema_rs.validator_for(json.loads(schema_text("review")))
    validator.validate(json.loads(document.text(whole(example.review()))))


@pytest.mark.parametrize("report", REPORTS)
def test_no_secret_is_in_any_report(example: Example, report: str) -> None:
    secrets = example.expected.get("secret", ())
    review = whole(example.review())
    shown = REPORTS[report](review) + repr(review)
    assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize("report", ["fields", "columns", "json", "markdown", "page"])
def test_nothing_that_changed_is_absent(example: Example, report: str) -> None:
    found = example.review()
    shown = REPORTS[report](whole(found))
    for one in found.objects:
        if one.is_noise and report == "markdown":
            continue  # counted below
        assert one.id.name in shown
        assert one.id.kind in shown
    assert [mark for mark in _marks(found, report) if mark not in shown] == []


def _marks(found: BundleReview, report: str) -> Iterator[str]:
    """What must be in the report for each field that changed."""
    for one in found.objects:
        for field in one.fields:
            if field.noise and report in {"markdown", "page"}:
                yield str(field.noise)
            elif report == "columns" and one.old and one.new:
                continue
            elif report in {"json", "page"}:
                yield json.dumps(field.path)[1:-1]
            else:
                yield field.path
        if report == "columns" and one.kind is not ChangeKind.MOVED and one.old and one.new:
            old, new = one.old.splitlines(), one.new.splitlines()
            yield from (line.strip()[:30] for line in {*old} ^ {*new})


@pytest.mark.parametrize("report", REPORTS)
def test_no_report_has_anything_to_say_where_nothing_changes(report: str) -> None:
    shown = REPORTS[report](whole())
    if report in NOTES:
        assert "changed" not in shown
    elif report not in {"json", "page"}:
        assert shown == ""


@pytest.mark.parametrize("report", sorted(NOTES))
def test_each_effect_that_counts_is_told_with_its_object(example: Example, report: str) -> None:
    found = example.review()
    shown = REPORTS[report](whole(found))
    loud = [one for one in found.effects if one.kind.gravity >= EffectKind.RESTART.gravity]
    for one in loud:
        assert one.rule in shown
        assert f"{one.object.kind} {one.object.name}" in shown if one.object else str(one.kind) in shown
    if not loud:
        assert "1 group changed without a restart: 1 " in shown
        assert str(found.key) in shown


def test_values_are_no_markup(example: Example) -> None:
    shown = REPORTS["markdown"](whole(example.review()))
    outside = _without_fences(shown)
    assert "<script" not in outside
    assert not re.search(r"@(?!\u200b)\w", re.sub(r"`[^`]*`", "", outside))
    assert outside.count("<details>") == outside.count("</details>")


def _without_fences(shown: str) -> str:
    """The page without what stands in fences, read as CommonMark does: a fence ends with one at least as long."""
    kept: list[str] = []
    fence = ""
    for line in shown.splitlines():
        found = re.match(r"(`{3,})(.*)", line)
        if fence:
            if found and len(found[1]) >= len(fence) and not found[2].strip():
                fence = ""
        elif found:
            fence = found[1]
        else:
            kept.append(line)
    assert fence == "", "a fence that nothing closes"
    return "\n".join(kept)


@pytest.mark.parametrize("limit", [2_000, 3_000, 5_000, 65_000])
def test_comments_keep_to_their_limit(limit: int) -> None:
    bundles = [example.review() for example in examples().values()]
    review = whole(*_renamed(bundles))
    parts = markdown.parts(review, limit, 1000)
    assert all(markdown.length(part) <= limit for part in parts)
    for part in parts:
        outside = _without_fences(part)
        assert outside.count("<details>") == outside.count("</details>")
    (first,) = markdown.parts(review, limit, 1)
    assert markdown.length(first) <= limit


def _renamed(bundles: list[BundleReview]) -> Iterator[BundleReview]:
    """The bundles under names of their own."""
    for number, one in enumerate(bundles):
        yield replace(one, key=one.key._replace(group=f"cache-{number}"))


def test_columns_leave_out_lines_of_noise_and_count_them() -> None:
    hashes = "metadata:\n  annotations:\n    checksum/x: {}\n  name: cache\nspec:\n  replicas: {}\n"
    found = examples()["in-place-scale-up"].review()
    change = found.objects[0]
    field = replace(change.fields[0], path="/metadata/annotations/checksum~1x", noise=Noise.CHECKSUM)
    change = replace(change, fields=(*change.fields, field), old=hashes.format("a", 3), new=hashes.format("b", 5))
    review = whole(replace(found, objects=(change,)))
    shown = on_a_terminal(review, width=200)
    assert "checksum/x" not in shown
    assert "replicas: 3" in shown
    assert "folded: 1 checksum" in shown
    assert "checksum/x: b" in on_a_terminal(review, width=200, noise=True)


PLACES = {**{name: {"data": {"file": text}} for name, text in TEXTS.items()}, **MAPS}


@pytest.mark.parametrize("place", PLACES)
def test_a_planted_secret_is_in_no_report(place: str) -> None:
    """Wherever it stands, and whether it comes, goes, changes or stays beside what changes."""

    def body(secret: str, size: int, kind: str) -> dict[str, Any]:
        planted = json.loads(json.dumps(PLACES[place]).replace(SECRET, secret))
        metadata = {"name": f"cache-{kind.lower()}", "namespace": "ns"}
        inside = planted if kind == "ConfigMap" else {"spec": {"size": size, "inside": planted}}
        api = "v1" if kind == "ConfigMap" else "example.com/v1"
        return {"apiVersion": api, "kind": kind, "metadata": metadata, "size": size, **inside}

    def both(secret: str, size: int) -> list[dict[str, Any]]:
        return [body(secret, size, kind) for kind in ("ConfigMap", "Cache")]

    sides: list[tuple[Any, Any]] = [
        (both(SECRET, 1), both("other1Xy2", 2)), (both("other1Xy2", 1), both(SECRET, 2)),
        (both(SECRET, 1), both(SECRET, 2)), ([], both(SECRET, 1)), (both(SECRET, 1), []), (None, both(SECRET, 1)),
    ]  # fmt: skip
    for before, after in sides:
        example = Example("planted", "", {"before": before, "after": after, "expect": {}})
        found = verdict(example.case(), Masker(SALT))
        assert found is not None
        twice = replace(found, key=found.key._replace(group="other"))
        for review in (whole(found), whole(found, twice)):
            for name, report in REPORTS.items():
                assert SECRET not in decoded(report(review)), f"{name}: {before} → {after}"
