"""What a linter looks at: a plugin, the texts of its templates, and what it renders for made-up groups."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.diagnostics import Diagnostic, Label, Severity, Span
from generator.model.plan import Plan
from generator.model.plugin import Plugin, TemplateRef, TemplateText
from generator.model.resource import Resource
from generator.model.values import Pointer
from generator.stages.blame import Blame
from generator.yamlio.locate import Place


class Tried(NamedTuple):
    """A bundle that was rendered to see what comes of it."""

    plan: Plan
    resources: Sequence[Resource]
    blame: Blame

    def label(self, resource: Resource, pointer: Pointer, text: str = "") -> Label:
        """Where what is at *pointer* comes from: the template's line, or the plugin's section."""
        return Label(self.blame.of(resource, pointer).primary.span, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A plugin on the bench."""

    plugin: Plugin
    texts: Sequence[tuple[TemplateRef, TemplateText]]
    tried: Sequence[Tried] = ()
    """One for each topology, as far as it could be rendered."""

    switched: Sequence[Tried] = ()
    """The same, with what optional templates wait for, where there are such templates and nothing is missing."""

    @property
    def spec(self) -> Place:
        """The plugin's spec."""
        return self.plugin.place / "spec"


Rule = Callable[[Subject], Iterator[Diagnostic]]


def warning(
    code: str, message: str, place: Place | Span | Label, hint: str, *others: Label, key: bool = False
) -> Diagnostic:
    """What a rule has to say; at a place of the plugin, or wherever it was found."""
    return said(code, message, place, hint, others, Severity.WARNING, key=key)


def note(code: str, message: str, place: Place | Span | Label, hint: str, *others: Label) -> Diagnostic:
    """The same, where nothing is wrong."""
    return said(code, message, place, hint, others, Severity.NOTE)


def said(
    code: str,
    message: str,
    place: Place | Span | Label,
    hint: str,
    others: Sequence[Label],
    severity: Severity,
    *,
    key: bool = False,
) -> Diagnostic:
    """A diagnostic of that severity."""
    if isinstance(place, Place):
        place = place.span(key=key)
    primary = place if isinstance(place, Label) else Label(place)
    return Diagnostic(
        code=code, message=message, severity=severity, primary=primary, secondary=tuple(others), hint=hint
    )


def first_of(tried: Sequence[Tried]) -> Mapping[tuple[str, str], tuple[Tried, Resource]]:
    """Each rendered object once, by kind and name, with the first bundle that has it."""
    found: dict[tuple[str, str], tuple[Tried, Resource]] = {}
    for one in tried:
        for resource in one.resources:
            found.setdefault((resource.id.kind, resource.id.name), (one, resource))
    return found
