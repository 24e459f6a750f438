"""From a plan to Kubernetes objects: every template of every component, rendered, read back, and checked to be objects.

What YAML refuses in a rendered text is reported at the template's line: the template is rendered once more with a
trace of which line wrote what, which costs nothing where all is well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from generator.diagnostics import Collector, Diagnostic, DiagnosticError, Label, SourceFile, Span
from generator.engines import CHART
from generator.engines.base import Program, RenderContext, RenderedLine
from generator.model import kinds
from generator.model.plan import ComponentPlan, Plan, TemplatePlan
from generator.model.resource import RenderedFrom, Resource, ResourceId
from generator.model.values import Object, at
from generator.stages import project
from generator.stages.explain import printed
from generator.stages.resolve.templates import home_of_kind
from generator.yamlio.load import Document, documents

_HELM_HOOK = "helm.sh/hook"

CLAIMS = frozenset({"PersistentVolumeClaim"})
CLAIM_TOGGLE = ("storage", "enabled")
"""An optional template of a claim that names no `when` of its own is rendered only if this value counts as true."""


Parsed: TypeAlias = dict[tuple[str, str], list[tuple[Any, int, Document]]]
"""Bodies with their documents, by a template's name and the text that it rendered."""


class Rendering:
    """Renders the templates of one plan.

    Who renders much the same again hands *parsed* from one rendering to the next: a text in it is not read twice.
    """

    def __init__(
        self,
        plan: Plan,
        programs: Mapping[str, Program],
        values: Mapping[str, Mapping[str, Any]],
        parsed: Parsed | None = None,
    ) -> None:
        self._parsed: Parsed = {} if parsed is None else parsed
        self._plan = plan
        self._programs = programs
        self._values = values
        self._enabled = {one.name for one in plan.components if one.enabled}
        self._components = project.components(plan)
        self._in_chart = project.chart_values(plan, values)
        self._contexts: dict[str, RenderContext] = {}

    def resources(self) -> tuple[Resource, ...]:
        """Every object of the bundle, in the order of the plugin's templates.

        Raises:
            DiagnosticError: the mistakes of all templates.
        """
        found = Collector()
        rendered = found.each(self._template, (one for one in self._plan.templates if self._wanted(one)))
        found.raise_errors()
        return tuple(resource for resources in rendered for resource in resources)

    def _wanted(self, template: TemplatePlan) -> bool:
        if not template.component:
            return True
        when = template.ref.when
        if not when and template.ref.optional and template.ref.type in CLAIMS:
            values = self._values[template.component]
            return at(values, CLAIM_TOGGLE) is not False
        return not when or bool(at(self._values[template.component], when))

    def _template(self, template: TemplatePlan) -> list[Resource]:
        program = self._programs[template.ref.engine]
        context = self.context(template.component or self._plan.components[0].name)
        text = self._text(program, template, context)
        found = Collector()
        bodies = self._parsed.get((template.text.name, text))
        if bodies is None:
            bodies = [
                (body, number, document)
                for number, document in enumerate(documents(SourceFile(template.text.name, text), found))
                for body in _unpacked(document.value)
            ]
            if not found.failed:
                self._parsed[template.text.name, text] = bodies
        if template.ref.engine == CHART:
            bodies = [one for one in bodies if not _is_test(one[0])]
        result = found.each(lambda one: self._resource(template, *one), bodies)
        if found.failed:
            raise DiagnosticError(*self._at_template(found.sorted(), template, program, context))
        return result if template.component else [one for one in result if one.component in self._enabled]

    def _text(self, program: Program, template: TemplatePlan, context: RenderContext) -> str:
        """What the template renders. Raises DiagnosticError, with the origin of the value where one is to blame."""
        found = Collector()
        text = found.attempt(lambda: program.render(template.ref.name, context))
        if text is None:
            component = self._component(template)
            raise DiagnosticError(*(_with_value(one, component, context.values) for one in found.sorted()))
        return text

    def _component(self, template: TemplatePlan) -> ComponentPlan | None:
        return next((one for one in self._plan.components if one.name == template.component), None)

    def context(self, component: str) -> RenderContext:
        """What the templates of *component* may know; the same one for all of them."""
        if component not in self._contexts:
            self._contexts[component] = self._context(component)
        return self._contexts[component]

    def _context(self, component: str) -> RenderContext:
        plan = self._plan
        values = self._values[component]
        return RenderContext(
            values=values,
            name=values["name"],
            namespace=plan.namespace,
            plugin=plan.plugin.name,
            plugin_version=plan.plugin.version,
            runtime_version=values["runtime"]["version"],
            components=self._components,
            component_values=self._values,
            chart_values=self._in_chart,
            kube_version=plan.environment.kube_version,
            api_versions=plan.environment.api_versions,
        )

    def _resource(self, template: TemplatePlan, body: Any, number: int, document: Document) -> Resource:
        check_object(body, document)
        group, _ = kinds.group_version(body["apiVersion"])
        metadata = body["metadata"]
        if kinds.namespaced(group, body["kind"]) and not metadata.get("namespace"):
            body = {**body, "metadata": {**metadata, "namespace": self._plan.namespace}}
        return Resource(
            id=ResourceId.of(body),
            body=body,
            component=template.component or self._home(body["kind"]),
            origin=RenderedFrom(ref=template.ref, text=template.text, document=number),
        )

    def _home(self, kind: str) -> str:
        """The component of an object of a chart; the first one, where nothing says otherwise."""
        members = {one.name for one in self._plan.components}
        return next(iter(home_of_kind(self._plan.plugin, kind, members)), self._plan.components[0].name)

    def _at_template(
        self,
        diagnostics: tuple[Diagnostic, ...],
        template: TemplatePlan,
        program: Program,
        context: RenderContext,
    ) -> Iterator[Diagnostic]:
        """The same mistakes, at the lines of the template that wrote them."""
        text, lines = program.trace(template.ref.name, context)
        rendered = SourceFile(template.text.name, text)
        for one in diagnostics:
            written = one.primary.span if one.primary else Span(rendered, 0, 0)
            line = max((each for each in lines if each.offset <= written.start), key=lambda e: e.offset, default=None)
            shown = rendered.line_text(rendered.position(min(written.start, len(text)))[0]).strip()
            told = Diagnostic(
                code=one.code,
                message=f"{one.message}, in what template {template.ref.name} renders: `{shown}`",
                severity=one.severity,
                primary=Label(_template_span(template, line)),
                hint=one.hint,
                resource=one.resource,
                field=one.field,
                subject=str(self._plan.key),
            )
            yield _with_value(told, self._component(template), context.values)


def _is_test(body: Any) -> bool:
    """Whether an object of a chart is for `helm test` only."""
    said = at(body, ("metadata", "annotations", _HELM_HOOK))
    return isinstance(said, str) and any(event.strip() in ("test", "test-success") for event in said.split(","))


def _template_span(template: TemplatePlan, line: RenderedLine | None) -> Span:
    text = template.text.text
    if line is None or line.template != template.ref.name:
        return template.text.span(0, max(text.find("\n"), 0))
    end = text.find("\n", line.position)
    return template.text.span(line.position, end if end >= 0 else len(text))


def _with_value(one: Diagnostic, component: ComponentPlan | None, values: Mapping[str, Any]) -> Diagnostic:
    """The diagnostic, and beside it where the one value comes from that the action to blame uses."""
    if one.primary is None or component is None:
        return one
    found = printed(one.primary.span.file.text, one.primary.span.start, component, values)
    return one if found is None else replace(one, secondary=(*one.secondary, Label(found[0], "the value")))


def _unpacked(value: Any) -> Iterator[Any]:
    """A List's items, or the value itself."""
    if isinstance(value, dict) and value.get("kind") == "List" and isinstance(value.get("items"), list):
        yield from value["items"]
    else:
        yield value


def check_object(body: Any, document: Document) -> None:
    """Refuse what is no Kubernetes object: without apiVersion, kind or name, or with labels that are not text.

    One annotation that is not text makes Argo CD lose all annotations of the object, without a word.
    """
    place = document.place
    if not isinstance(body, dict):
        raise _odd(
            place.span(),
            "MW501",
            "this is no Kubernetes object but a plain value",
            "render a map with apiVersion",
        )
    for field in ("apiVersion", "kind"):
        if not isinstance(body.get(field), str) or not body[field]:
            raise _odd(place.span(), "MW501", f"the object has no {field}", f"write {field}: at the top of the object")
    metadata = body.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or not name:
        hint = "quote the name in the template: {{ … | quote }}" if name is not None else "write metadata.name"
        raise _odd((place / "metadata").span(), "MW502", f"the {body['kind']} has no name that is text", hint)
    if all(map(_is_text, _metadata_values(body))):
        return
    found = Collector()
    for holder, where in _metadata(body):
        for field in ("labels", "annotations"):
            pairs = holder.get(field)
            for key, value in pairs.items() if isinstance(pairs, Mapping) else ():
                if not isinstance(value, str):
                    error = _odd(
                        place.child(*where, field, key).span(),
                        "MW503",
                        f"{field[:-1]} {key} of {body['kind']} {name} is not text",
                        "quote it in the template: {{ … | quote }}",
                    )
                    found.extend(error.diagnostics)
    found.raise_errors()


def _is_text(value: Any) -> bool:
    return value.__class__ is str


def _metadata_values(body: Object) -> Iterator[Any]:
    """The values of all labels and annotations that are looked at."""
    for holder, _ in _metadata(body):
        for field in ("labels", "annotations"):
            pairs = holder.get(field)
            if isinstance(pairs, dict):
                yield from pairs.values()


def _metadata(body: Object) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    yield body["metadata"], ("metadata",)
    group, _ = kinds.group_version(body["apiVersion"])
    path = kinds.pod_template_path(group, body["kind"])
    template = kinds.pod_template(body) if path else None
    if template is not None and isinstance(template.get("metadata"), Mapping):
        yield template["metadata"], (*(path or ()), "metadata")


def _odd(span: Span, code: str, message: str, hint: str) -> DiagnosticError:
    return DiagnosticError(Diagnostic(code=code, message=message, primary=Label(span), hint=hint))
