"""A group's patches, applied to its rendered objects in the order in which they are written.

Targets are selected as kustomize does: every field that a target states must match; group, version, kind, name,
namespace and component are regular expressions (RE2) that match the whole text; a target without fields means
every object. Unlike kustomize, a patch that selects nothing is an error, and no patch changes which object it is:
templates and the names they refer to would no longer agree.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache, partial, reduce
from typing import Any

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label
from generator.model import selectors
from generator.model.group import Patch
from generator.model.kinds import group_version
from generator.model.merge_rules import merge_rule
from generator.model.resource import Resource, ResourceId, annotations_of, labels_of
from generator.model.values import Object
from generator.stages.transform import jsonpatch, strategic
from generator.yamlio.locate import Place

_LITERAL = re.compile(r"[A-Za-z0-9/-]*", re.ASCII)
_NEAREST = 3
"""How many objects an error names that a patch may have meant."""

_Check = Callable[[Resource], bool]


def apply(resources: Sequence[Resource], patches: Sequence[Patch]) -> tuple[Resource, ...]:
    """The objects after all *patches*, in their order, without those that a patch deletes.

    Raises:
        DiagnosticError: every patch that selects nothing, cannot be read or cannot be applied, at its place.
    """
    found = Collector()
    current = tuple(resources)
    for patch in patches:
        patched = found.each(partial(_apply, current), (patch,))
        current = patched[0] if patched else current
    found.raise_errors()
    return current


def _apply(resources: Sequence[Resource], patch: Patch) -> tuple[Resource, ...]:
    checks = _checks(patch)
    targets = {one.id for one in resources if all(check(one) for check in checks.values())}
    if not targets:
        raise _unmatched(resources, patch, checks)
    found = Collector()
    changed = found.each(lambda one: _patched(one, patch) if one.id in targets else one, resources)
    if found.failed:
        raise DiagnosticError(*_each_once(found.sorted()))
    return tuple(one for one in changed if one is not None)


def _each_once(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """One of those that differ in their object alone: a patch of five objects is one mistake, not five."""
    alike: dict[Diagnostic, list[Diagnostic]] = {}
    for one in found:
        alike.setdefault(replace(one, resource=""), []).append(one)
    for first, *more in alike.values():
        others = f" (so too for {len(more)} more object{'s' * (len(more) > 1)})" if more else ""
        yield replace(first, message=first.message + others)


# --- targets


def _checks(patch: Patch) -> dict[str, _Check]:
    """A check for each field that the target states, under the field's name."""
    target, place = patch.target, patch.place / "target"
    texts: dict[str, tuple[str, Callable[[Resource], str]]] = {
        "group": (target.group, lambda one: one.id.group),
        "version": (target.version, lambda one: group_version(one.body["apiVersion"])[1]),
        "kind": (target.kind, lambda one: one.id.kind),
        "name": (target.name, lambda one: one.id.name),
        "namespace": (target.namespace, lambda one: one.id.namespace),
        "component": (target.component, lambda one: one.component),
    }
    maps = {
        "labelSelector": (target.label_selector, labels_of),
        "annotationSelector": (target.annotation_selector, annotations_of),
    }
    found = Collector()
    work: list[tuple[str, Callable[[], _Check]]] = []
    for field, (pattern, get) in texts.items():
        if pattern:
            work.append((field, partial(_text_check, pattern, get, place / field)))
    for field, (selector, of) in maps.items():
        if selector:
            work.append((field, partial(_map_check, selector, of, place / field)))
    checks = dict(found.each(lambda item: (item[0], item[1]()), work))
    found.raise_errors()
    return checks


def _text_check(pattern: str, get: Callable[[Resource], str], place: Place) -> _Check:
    if _LITERAL.fullmatch(pattern):
        return lambda one: get(one) == pattern
    matches = _regex(pattern)
    if isinstance(matches, str):
        raise DiagnosticError(
            Diagnostic(
                code="MW512",
                message=f"this is not a regular expression: {matches}",
                primary=Label(place.span()),
                hint="patch targets take RE2 expressions that match the whole text; a dot and a star mean any text",
            )
        )
    return lambda one: matches(get(one))


@cache
def _regex(pattern: str) -> Callable[[str], bool] | str:
    """Whether a whole text matches *pattern*; what is wrong with the pattern, where it is none."""
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        return error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
    return lambda text: compiled.fullmatch(text) is not None


def _map_check(text: str, of: Callable[[Object], Mapping[str, Any]], place: Place) -> _Check:
    try:
        selector = selectors.parse(text)
    except selectors.SelectorError as error:
        raise DiagnosticError(
            Diagnostic(
                code="MW512",
                message=f"this is not a label selector: {error}",
                primary=Label(place.span()),
                hint="such as: app=redis,tier in (cache,queue),!legacy",
            )
        ) from None
    return lambda one: selector.matches(of(one.body))


def _unmatched(resources: Sequence[Resource], patch: Patch, checks: Mapping[str, _Check]) -> DiagnosticError:
    """That the patch selects nothing, with the objects that come nearest and what keeps each from matching."""

    def distance(one: Resource) -> tuple[int, float]:
        likeness = SequenceMatcher(None, f"{one.id.kind} {one.id.name}", f"{patch.target.kind} {patch.target.name}")
        return sum(not check(one) for check in checks.values()), -likeness.ratio()

    nearest = []
    for one in sorted(resources, key=distance)[:_NEAREST]:
        wrong = [field for field, check in checks.items() if not check(one)]
        nearest.append(f"{one.id.kind} {one.id.name} ({' and '.join(wrong)} differ{'s' * (len(wrong) == 1)})")
    return DiagnosticError(
        Diagnostic(
            code="MW511",
            message="this patch selects no object of the bundle",
            primary=Label((patch.place / "target").span()),
            hint=f"the nearest are {'; '.join(nearest)}" if nearest else "the bundle is empty",
        )
    )


# --- changes


def _patched(resource: Resource, patch: Patch) -> Resource | None:
    """The object after the patch; None where it is deleted."""
    try:
        body = _changed(resource, patch)
    except strategic.PatchError as error:
        place = reduce(operator.truediv, error.pointer, patch.place / "merge")
        raise _refused("MW513", error.message, place, resource.id, error.hint) from None
    except jsonpatch.JSONPatchError as error:
        place = patch.place / "json" / error.index
        place = place / error.member if error.member else place
        raise _refused("MW514", str(error), place, resource.id, error.hint) from None
    if body is None:
        return None
    _check_identity(body, resource.id, patch)
    return replace(resource, body=body)


def _changed(resource: Resource, patch: Patch) -> Object | None:
    if patch.merge is not None:
        return strategic.merge(resource.body, patch.merge, merge_rule(resource.id.group, resource.id.kind))
    assert patch.json is not None
    changed: Object = jsonpatch.apply(resource.body, patch.json)
    return changed


def _check_identity(body: Any, before: ResourceId, patch: Patch) -> None:
    """Refuse a patch that makes another object of the one that it is applied to, or none at all."""
    whole = body if isinstance(body, Mapping) else {}
    metadata = whole["metadata"] if isinstance(whole.get("metadata"), Mapping) else {}
    group = group_version(str(whole["apiVersion"]))[0] if "apiVersion" in whole else None
    rows = (
        (("apiVersion",), group, before.group),
        (("kind",), whole.get("kind"), before.kind),
        (("metadata", "name"), metadata.get("name"), before.name),
        (("metadata", "namespace"), metadata.get("namespace") or "", before.namespace),
    )
    for path, after, expected in rows:
        if after != expected:
            field = ".".join(path)
            place = patch.place / "json"
            if patch.merge is not None:
                place = reduce(operator.truediv, path, patch.place / "merge")
            message = f"a patch cannot change {field} of an object"
            raise _refused("MW515", message, place, before, f"leave {field} out of the patch")


def _refused(code: str, message: str, place: Place, resource: ResourceId, hint: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(code=code, message=message, primary=Label(place.span()), hint=hint, resource=str(resource))
    )
