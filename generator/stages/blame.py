"""Where something inside a rendered object comes from: the template's line that wrote it, the value that it printed.

Nothing is kept while objects are rendered. To answer, a template is rendered once more with a trace of which line
wrote what, so that asking costs something, and only where there is something to complain about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from generator.diagnostics import Diagnostic, Label, SourceFile, Span
from generator.engines.base import Program, RenderContext, RenderedLine
from generator.model.plan import Plan
from generator.model.plugin import TemplateText
from generator.model.resource import RenderedFrom, Resource
from generator.model.values import Pointer, at, dotted
from generator.stages.explain import printed
from generator.stages.objects import Told
from generator.yamlio.load import Document, documents
from generator.yamlio.locate import Place


class Blamed(NamedTuple):
    """The place to change, and those that explain it."""

    primary: Label
    secondary: tuple[Label, ...] = ()


class _Traced(NamedTuple):
    documents: tuple[Document, ...]
    lines: tuple[RenderedLine, ...]


class Blame:
    """Answers for the objects of one bundle."""

    def __init__(
        self,
        plan: Plan,
        programs: Mapping[str, Program],
        texts: Mapping[str, TemplateText],
        context: Callable[[str], RenderContext],
    ) -> None:
        """Be ready to answer; *texts* are the plugin's templates by name, *context* is what a component's may know."""
        self._plan = plan
        self._programs = programs
        self._texts = texts
        self._context = context

    @cached_property
    def _traces(self) -> dict[tuple[str, str], _Traced]:
        return {}

    def told(self, findings: Iterable[Told]) -> Iterator[Diagnostic]:
        """The findings as diagnostics, at the places that they come from."""
        for resource, issue in findings:
            blamed = self.of(resource, issue.pointer)
            where = f" {dotted(issue.pointer)}" if issue.pointer else ""
            yield Diagnostic(
                code=issue.code,
                message=f"{resource.id.kind}{where}: {issue.message}",
                severity=issue.severity,
                primary=blamed.primary,
                secondary=blamed.secondary,
                hint=issue.hint,
                resource=str(resource.id),
                field=dotted(issue.pointer),
                subject=str(self._plan.key),
            )

    def of(self, resource: Resource, pointer: Pointer) -> Blamed:
        """What *pointer* inside the object comes from, or the nearest thing around it that is there."""
        source = resource.origin
        if not isinstance(source, RenderedFrom):
            return Blamed(Label(source.span()))
        traced = self._trace(source, resource.component)
        written = _written(traced.documents, source.document, resource)
        if written is None:
            return Blamed(Label(source.span()))
        place, body = written
        if at(body, pointer) != at(resource.body, pointer):
            patch = self._patched(pointer)
            if patch is not None:
                return Blamed(Label(patch))
        start = place.child(*pointer).span().start
        # What a built-in template writes is blamed on the line that includes it.
        known = (one for one in traced.lines if one.offset <= start and one.template in self._texts)
        line = max(known, key=lambda one: one.offset, default=None)
        return self._at(source, line, resource.component)

    def _trace(self, source: RenderedFrom, component: str) -> _Traced:
        key = (source.ref.name, component)
        if key not in self._traces:
            program = self._programs[source.ref.engine]
            text, lines = program.trace(source.ref.name, self._context(component))
            self._traces[key] = _Traced(documents(SourceFile(source.text.name, text)), tuple(lines))
        return self._traces[key]

    def _at(self, source: RenderedFrom, line: RenderedLine | None, component: str) -> Blamed:
        text = self._texts.get(line.template) if line else None
        if line is None or text is None:
            return Blamed(Label(source.span()))
        end = text.text.find("\n", line.position)
        start = line.position + len(text.text[line.position : end]) - len(text.text[line.position : end].lstrip())
        written = text.span(start, end if end >= 0 else len(text.text))
        plan = next((one for one in self._plan.components if one.name == component), None)
        value = printed(text.text, line.position, plan, self._context(component).values) if plan else None
        if value is None:
            return Blamed(Label(written))
        span, by_plugin = value
        if by_plugin:
            return Blamed(Label(written), (Label(span, "the value"),))
        return Blamed(Label(span), (Label(written, "printed here"),))

    def _patched(self, pointer: Pointer) -> Span | None:
        """The group's last patch that says anything at *pointer* or around it."""
        for patch in reversed(self._plan.patches):
            if patch.merge is not None:
                steps = tuple(step for step in pointer if isinstance(step, str))
                for length in range(len(steps), 0, -1):
                    if at(patch.merge, steps[:length]) is not None:
                        return patch.place.child("merge", *steps[:length]).span()
            path = "/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in pointer)
            for index, operation in enumerate(patch.json or ()):
                said = str(operation.get("path"))
                if path == said or path.startswith(f"{said}/") or said.startswith(f"{path}/"):
                    return patch.place.child("json", index).span()
        return None


def _written(found: tuple[Document, ...], number: int, resource: Resource) -> tuple[Place, Any] | None:
    """The object as its template wrote it, and where in the rendered text."""
    if number >= len(found):
        return None
    document = found[number]
    value = document.value
    if isinstance(value, dict) and value.get("kind") == "List" and isinstance(value.get("items"), list):
        for index, item in enumerate(value["items"]):
            named = at(item, ("metadata", "name")) == resource.id.name
            if named and at(item, ("kind",)) == resource.id.kind:
                return document.place.child("items", index), item
        return None
    return document.place, value
