"""The second engine: Jinja2, under the same protocol, with the same values.

Templates see `Values`, `Release`, `Chart`, `Capabilities` and `Components` as templates of Helm's dialect do, and the
maps `labels` and `selector_labels`. A plugin's Jinja2 templates can include and import one another by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from jinja2 import Template, TemplateError, TemplateSyntaxError

from generator.diagnostics import Collector, DiagnosticError
from generator.engines.base import (
    CodeStore,
    RenderContext,
    RenderedLine,
    TemplateSource,
    Timer,
    labels,
    selector_labels,
)
from generator.engines.gotemplate.run import LimitExceeded
from generator.engines.jinja import faults
from generator.engines.jinja.budget import Budget
from generator.engines.jinja.environment import FILE_PREFIX, Sandbox
from generator.engines.jinja.positions import original

_MISTAKES: Final = (
    TemplateError,
    LimitExceeded,
    RecursionError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
)
"""What a template can make Jinja2, or Python's own functions behind its filters, raise."""


class Jinja2:
    """Compiles templates of Jinja2; compiled code may outlive the process in *store*."""

    def __init__(self, store: CodeStore | None = None, timer: Timer | None = None) -> None:
        self._store = store
        self._timer = timer

    def compile(
        self, sources: Sequence[TemplateSource], constants: Sequence[Mapping[str, Any]] = (), budget: int = 1
    ) -> "JinjaProgram":
        """All *sources* as one program. Raises DiagnosticError with every syntax error."""
        del constants  # values are used as they are
        by_name = {source.name: source for source in sources}
        texts = {name: source.text for name, source in by_name.items()}
        environment = Sandbox(texts, Budget(budget, self._timer), self._store)
        found = Collector()
        found.each(lambda source: _compiled(environment, source), sources)
        found.raise_errors()
        return JinjaProgram(environment, by_name)


class JinjaProgram:
    """Compiled templates; the sandbox compiles each once and keeps it."""

    def __init__(self, environment: Sandbox, sources: Mapping[str, TemplateSource]) -> None:
        self._environment = environment
        self._sources = sources

    def render(self, template: str, context: RenderContext) -> str:
        """The text that *template* gives."""
        return "".join(text for text, _ in self._pieces(template, context))

    def trace(self, template: str, context: RenderContext) -> tuple[str, Sequence[RenderedLine]]:
        """The text, and the template's place for each piece of it and for each line inside a piece of its own text."""
        source = self._sources[template].text
        texts: list[str] = []
        lines: list[RenderedLine] = []
        offset = position = 0
        for text, number in self._pieces(template, context):
            copied = source.find(text, position)
            position = copied if copied >= 0 and "\n" in text else original(source, number)
            lines.append(RenderedLine(offset=offset, template=template, position=position))
            if copied == position:
                lines += [
                    RenderedLine(offset=offset + at + 1, template=template, position=position + at + 1)
                    for at, char in enumerate(text)
                    if char == "\n"
                ]
            texts.append(text)
            offset += len(text)
        return "".join(texts), lines

    def _pieces(self, name: str, context: RenderContext) -> Iterator[tuple[str, int]]:
        """Each piece of the output, with the number of the place that wrote it."""
        template = self._environment.get_template(name)
        budget = self._environment.budget
        written = 0
        try:
            budget.start()
            stream: Any = template.root_render_func(template.new_context(_scope(context)))
            for text in stream:
                written += len(text)
                budget.written(written)
                frame = stream.gi_frame
                yield text, template.get_corresponding_lineno(frame.f_lineno) if frame else 1
        except _MISTAKES as error:
            name, number = self._place(error, name)
            raise DiagnosticError(faults.fault(self._sources[name], number, error)) from None

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost place of a template that was running."""
        number = 1
        for file, line in faults.frames(error.__traceback__, FILE_PREFIX):
            name, number = file, self._environment.get_template(file).get_corresponding_lineno(line)
        return name, number


def _compiled(environment: Sandbox, source: TemplateSource) -> Template | None:
    try:
        return environment.get_template(source.name)
    except TemplateSyntaxError as error:
        raise DiagnosticError(faults.syntax(source, error)) from None
    except (RecursionError, MemoryError, SyntaxError):
        raise DiagnosticError(faults.nesting(source)) from None
    except (TemplateError, LimitExceeded) as error:
        raise DiagnosticError(faults.fault(source, 1, error)) from None


def _scope(context: RenderContext) -> dict[str, Any]:
    return {
        "Values": context.values,
        "Release": {
            "Name": context.name,
            "Namespace": context.namespace,
            "Service": "mwgen",
            "Revision": 1,
            "IsInstall": True,
            "IsUpgrade": False,
        },
        "Chart": {
            "Name": context.plugin,
            "Version": context.plugin_version,
            "AppVersion": context.runtime_version,
        },
        "Capabilities": {"KubeVersion": context.kube_version, "APIVersions": list(context.api_versions)},
        "Components": {
            name: {**facts, "values": context.component_values.get(name, {})}
            for name, facts in context.components.items()
        },
        "labels": labels(context),
        "selector_labels": selector_labels(context),
    }
